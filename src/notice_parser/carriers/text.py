"""Plain text: bytes in the one encoding that fits."""

from __future__ import annotations

from notice_parser.carriers.base import UnreadableError
from notice_parser.source import UndecodableError, decode, scrub

_ENCODINGS = "utf-8, gb18030, big5, utf-16"


def decoded(data: bytes, encoding: str | None) -> tuple[str, str]:
    """The text of the bytes and the encoding it is in."""
    try:
        text, found = decode(data, encoding)
    except UndecodableError as error:
        raise UnreadableError(error.reason, f"byte {error.offset}", _way_out(encoding)) from None
    return scrub(text), found


def _way_out(encoding: str | None) -> str:
    if encoding:
        return "leave out --encoding to have it found"
    return f"mend the file or name its encoding with --encoding ({_ENCODINGS})"


def printed(text: str) -> str:
    """As it is."""
    return text
