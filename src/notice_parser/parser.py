"""The way of a notice: decode → fold → outline → annotate → check."""

from __future__ import annotations

import hashlib
from pathlib import Path

from notice_parser.checks import diagnose
from notice_parser.clauses import annotate
from notice_parser.model import Notice, Source
from notice_parser.outline import outline
from notice_parser.source import decode, fold, scrub


def parse(text: str, *, name: str | None = None) -> Notice:
    """The notice that `text` is. Never refuses: what is strange becomes a diagnostic.

    >>> [item.marker for item in parse("一、总体要求\\n二、重点任务").body.content]
    ['一、', '二、']
    """
    clean = scrub(text.removeprefix("\ufeff"))
    return _parse(clean, _source(clean.encode(), clean, name, "utf-8"))


def read(path: str | Path, *, encoding: str | None = None) -> Notice:
    """The notice in a file; raises `OSError` where it cannot be opened and `UndecodableError` where it is no text."""
    return parse_bytes(Path(path).read_bytes(), name=str(path), encoding=encoding)


def parse_bytes(data: bytes, *, name: str | None = None, encoding: str | None = None) -> Notice:
    """The notice in the bytes of a file; raises `UndecodableError` where they are no text."""
    text, found = decode(data, encoding)
    clean = scrub(text)
    return _parse(clean, _source(data, clean, name, found))


def _source(data: bytes, text: str, name: str | None, encoding: str) -> Source:
    digest = hashlib.sha256(data).hexdigest()
    return Source(name=name, format="text", encoding=encoding, characters=len(text), sha256=digest)


def _parse(text: str, source: Source) -> Notice:
    folded = fold(text)
    tree = outline(text, folded, source)
    notice = annotate(tree.notice, text, folded)
    return notice.model_copy(update={"diagnostics": diagnose(notice, folded, tree.remarks)})
