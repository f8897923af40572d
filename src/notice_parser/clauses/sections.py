"""What the numbers of a document or a section are: aims, facts, or demands on applicants."""

from __future__ import annotations

from typing import Final, Literal

from notice_parser.draft import Numbered, Prose
from notice_parser.grammar import Patterns, anywhere, holding
from notice_parser.model import Text, Title

Numbers = Literal["aims", "goals", "facts", "demands"]

_holding: Final = Patterns(holding, "section")
_OFTEN: Final = 5
_LINE: Final = 80


def numbers_of_document(title: Text | Title | None) -> Numbers:
    """Facts in a document whose title says that it tells what has been: 工作总结, 统计公报."""
    return "facts" if title is not None and anywhere("section", "REPORT").search(title.text) else "aims"


def compares(folded: str) -> bool:
    """Whether growth against the year before is told again and again, as reports do that come without a title."""
    return folded.count("同比") >= _OFTEN and len(anywhere("section", "GROWN").findall(folded)) >= _OFTEN


def numbers_of_section(item: Numbered, above: Numbers, folded: str) -> Numbers:
    """Facts (一、发展基础), demands (二、申报条件), goals (二、主要目标), else what those `above` are."""
    printed = item.heading
    heading = printed.text if printed else ""
    words = heading or _first_words(item, folded)
    if above != "facts" and not _holding["HINT"].search(words):  # as in most
        return above
    if heading and anywhere("section", "LOOKS_BACK").fullmatch(heading):
        return "facts"
    if anywhere("section", "DEMANDS").search(words):
        return "demands"
    if anywhere("section", "GOALS").search(heading):
        return "goals"
    return "aims" if above == "facts" and anywhere("section", "LOOKS_AHEAD").search(heading) else above


def announces_demands(words: str) -> bool:
    """Whether a paragraph leads to what applicants must show: 参与用户需符合以下条件:."""
    return words.endswith(":") and anywhere("section", "DEMANDS").search(words[-_LINE:]) is not None


def _first_words(item: Numbered, folded: str) -> str:
    """How an item without a heading opens, if other items follow: 第八条 申报单位应当具备下列条件:."""
    first = item.content[0] if len(item.content) > 1 else None
    if not isinstance(first, Prose):
        return ""
    return folded[first.span.start : min(first.span.end, first.span.start + _LINE)]
