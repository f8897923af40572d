"""The way of a notice: fold → outline → annotate → check."""

from __future__ import annotations

import hashlib

from notice_parser.checks import diagnose
from notice_parser.clauses import annotate
from notice_parser.model import Notice, Source
from notice_parser.model.made import changed
from notice_parser.outline import outline
from notice_parser.source import fold, scrub


def parse(text: str, *, name: str | None = None) -> Notice:
    """The notice that `text` is. Never refuses: what is strange becomes a diagnostic.

    >>> [item.marker for item in parse("一、总体要求\\n二、重点任务").body.content]
    ['一、', '二、']
    """
    clean = scrub(text.removeprefix("\ufeff"))
    digest = hashlib.sha256(clean.encode()).hexdigest()
    source = Source(name=name, format="text", encoding="utf-8", characters=len(clean), sha256=digest)
    return parse_from(clean, source)


def parse_from(text: str, source: Source) -> Notice:
    """The notice in a text without lone surrogates, of which `source` says where it comes from."""
    folded = fold(text)
    tree = outline(text, folded, source)
    notice = annotate(tree.notice, tree.bodies, text, folded)
    return changed(notice, diagnostics=diagnose(notice, folded, tree.remarks))
