"""Parser for Chinese government notices (公文): `parse` a text, `read` a file, see the `ledger` of who must do what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notice_parser.carriers import UnreadableError
    from notice_parser.model import Notice
    from notice_parser.parser import parse
    from notice_parser.reading import read
    from notice_parser.tasks import ledger

__version__ = "0.1.0"
__all__ = ["Notice", "UnreadableError", "ledger", "parse", "read"]

# Imported when first asked for: the command line must not load pydantic and lark to print its version.
_ROOMS = {
    "Notice": "model",
    "UnreadableError": "carriers",
    "ledger": "tasks",
    "parse": "parser",
    "read": "reading",
}


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_ROOMS[name]}"), name)
