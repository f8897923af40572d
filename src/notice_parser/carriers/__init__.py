"""Carriers: the bytes of a file (text, Markdown, HTML, DOCX, PDF, legacy Word, ZIP) → the text of the notice in it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from notice_parser.carriers.base import UnreadableError
from notice_parser.carriers.signs import kind
from notice_parser.carriers.text import decoded
from notice_parser.source import scrub

if TYPE_CHECKING:
    from notice_parser.carriers.packed import Member

__all__ = ["Extract", "UnreadableError", "extract", "is_archive", "members"]


class Extract(NamedTuple):
    """The text that a file carries, to which all spans refer; its format, and the encoding it came in.

    `encoding` is `unicode` where a format names its characters itself (DOCX, PDF, legacy Word).
    """

    text: str
    format: str
    encoding: str


# How the formats begin that say so in their first bytes; those with a way out are known and not read.
_BEGINNINGS = (
    (b"%PDF-", "pdf", ""),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc", ""),
    (b"{\\rtf", "doc", ""),
    (b"\x89PNG", "a picture", "read it with character recognition first"),
    (b"\xff\xd8\xff", "a picture", "read it with character recognition first"),
    (b"GIF8", "a picture", "read it with character recognition first"),
    (b"II*\x00", "a picture", "read it with character recognition first"),
    (b"MM\x00*", "a picture", "read it with character recognition first"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it first"),
    (b"\x1f\x8b\x08", "a gzip file", "unpack it first"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xfd7zXZ\x00", "an xz file", "unpack it first"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_SELF_NAMED = "unicode"


def extract(data: bytes, *, name: str | None = None, encoding: str | None = None) -> Extract:
    """The text in the bytes of a file, its format found by what it holds; raises `UnreadableError`.

    >>> extract("<p>一、总体要求</p>".encode("gb18030"))
    Extract(text='一、总体要求\\n', format='html', encoding='gb18030')
    """
    carrier = _packed_kind(data) if data.startswith(_ZIP) else _binary_kind(data)
    if carrier == "zip":
        return _only_member(data, name, encoding)
    if carrier:
        text: str = import_module(f"notice_parser.carriers.{carrier}").extract(data, name)
        return Extract(scrub(text), carrier, _SELF_NAMED)
    return _from_text(*decoded(data, encoding), name)


def _from_text(text: str, encoding: str, name: str | None) -> Extract:
    carrier = kind(text, name)
    printed: str = import_module(f"notice_parser.carriers.{carrier}").printed(text)
    return Extract(printed, carrier, encoding)


def _binary_kind(data: bytes) -> str | None:
    """The carrier of bytes that are no text; other software's files are refused."""
    for beginning, what, way_out in _BEGINNINGS:
        if data.startswith(beginning):
            if way_out:
                raise UnreadableError(what, "byte 0", way_out)
            return what
    return "pdf" if b"%PDF-" in data[:1024] else None


def _packed_kind(data: bytes) -> str:
    from notice_parser.carriers import packed

    found = packed.kind(packed.opened(data))
    if found not in ("docx", "zip"):
        raise UnreadableError(found, "byte 0", "save its text as .docx or .txt")
    return found


# ------------------------------------------------------------------------------------------------ archives


def is_archive(data: bytes) -> bool:
    """Whether the bytes are a ZIP archive of files; a DOCX is none, nor is what is damaged."""
    if not data.startswith(_ZIP):
        return False
    from notice_parser.carriers import packed

    try:
        return packed.kind(packed.opened(data)) == "zip"
    except UnreadableError:
        return False


def members(data: bytes) -> Iterator[Member]:
    """The files in an archive, those of archives inside it too; each is unpacked when it is read."""
    from notice_parser.carriers import packed

    return packed.members(data)


def _only_member(data: bytes, name: str | None, encoding: str | None) -> Extract:
    """An archive of one file is that file."""
    inside = list(members(data))
    if len(inside) != 1:
        raise UnreadableError(
            f"an archive of {len(inside)} files", "", "read them one by one" if inside else "nothing is in it"
        )
    content = inside[0].read()
    if is_archive(content):
        raise UnreadableError("archives in archives, too deep", inside[0].name, "unpack it yourself if you trust it")
    return extract(content, name=inside[0].name, encoding=encoding)
