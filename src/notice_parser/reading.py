"""From files to notices: the text that a carrier holds, parsed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from notice_parser.carriers import Extract, extract
from notice_parser.model import Notice, Source
from notice_parser.parser import parse_from


def read(path: str | Path, *, encoding: str | None = None) -> Notice:
    """The notice in a file of any format that is known.

    Raises `OSError` where it cannot be opened and `UnreadableError` where no notice can be read from it.
    """
    return parse_bytes(Path(path).read_bytes(), name=str(path), encoding=encoding)


def parse_bytes(data: bytes, *, name: str | None = None, encoding: str | None = None) -> Notice:
    """The notice in the bytes of a file; raises `UnreadableError` where none can be read from them."""
    return parse_extract(extract(data, name=name, encoding=encoding), data, name=name)


def parse_extract(carried: Extract, data: bytes, *, name: str | None = None) -> Notice:
    """The notice in a text that was taken from `data`; its spans refer to that text."""
    source = Source(
        name=name,
        format=carried.format,
        encoding=carried.encoding,
        characters=len(carried.text),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    return parse_from(carried.text, source)
