"""A notice, or a part of it, written out: one module a format, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import NamedTuple

from notice_parser.model import Part, Row

INDENT = 2


class _Joint(NamedTuple):
    """What stands before, between and after several notices in one output."""

    before: str = ""
    between: str = ""
    after: str = ""


_JOINTS = {
    "json": _Joint("[\n", ",\n", "\n]\n"),
    "jsonl": _Joint(),
    "yaml": _Joint(between="---\n"),
    "markdown": _Joint(between="\n---\n\n"),
    "tree": _Joint(between="\n"),
    "text": _Joint(between="\n"),
}
FORMATS = tuple(_JOINTS)
ROW_FORMATS = ("json", "jsonl", "yaml")


def render(part: Part, form: str, *, indent: int = INDENT) -> str:
    """A notice or a part of it in one of `FORMATS`; it ends with a line break."""
    write: Callable[[Part | Row, int], str] = import_module(f"notice_parser.render.{form}").render
    return write(part, indent)


def encoded(part: Part, form: str, *, indent: int = INDENT) -> bytes:
    """The same in UTF-8, as files hold it."""
    if form in _WRITTEN_AS_BYTES:
        write: Callable[[Part, int], bytes] = import_module(f"notice_parser.render.{form}").encoded
        return write(part, indent)
    return render(part, form, indent=indent).encode("utf-8", "replace")


_WRITTEN_AS_BYTES = ("json", "jsonl")


def render_several(parts: Iterable[Part], form: str, *, indent: int = INDENT) -> Iterator[str]:
    """Several in one output, each written as it comes: a JSON array, YAML documents, one after the other."""
    return _joined((render(part, form, indent=indent) for part in parts), form, indent)


def render_rows(rows: Iterable[Row], form: str, *, indent: int = INDENT) -> Iterator[str]:
    """Rows of the ledger in one of `ROW_FORMATS`: an array, a line each, a YAML list."""
    write: Callable[[Row, int], str] = import_module(f"notice_parser.render.{form}").render
    written = (write(row, indent) for row in rows)
    return _yaml_list(written) if form == "yaml" else _joined(written, form, indent)


def _joined(written: Iterable[str], form: str, indent: int) -> Iterator[str]:
    joint = _JOINTS[form]
    yield joint.before
    for count, text in enumerate(written):
        yield joint.between if count else ""
        yield _array_item(text, indent) if form == "json" else text
    yield joint.after


def _array_item(text: str, indent: int) -> str:
    """One step further in; a JSON string holds no line break, so every one begins a line."""
    margin = " " * indent
    return margin + text.rstrip("\n").replace("\n", "\n" + margin)


def _yaml_list(written: Iterable[str]) -> Iterator[str]:
    empty = True
    for text in written:
        empty = False
        yield "- " + text.rstrip("\n").replace("\n", "\n  ") + "\n"
    if empty:
        yield "[]\n"
