"""Boxes (专栏): what is numbered inside one is no item of the notice."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from notice_parser.grammar import closing
from notice_parser.model import Style
from notice_parser.outline.lines import Line
from notice_parser.outline.marks import Mark

_LONGEST_HEAD: Final = 60  # characters
_LATEST: Final = 6  # characters in which the word for a box stands
_MOST_HEAD_LINES: Final = 2
_INSIDE: Final[frozenset[Style]] = frozenset({"cn_paren", "arabic", "arabic_paren", "arabic_half_paren", "circled"})


def boxed(lines: list[Line], candidates: list[Mark]) -> list[Mark]:
    """The candidates; `where` is box for those in one: from a 1 directly below its head on, as far as they count up.

    >>> from notice_parser.outline.lines import read_lines
    >>> from notice_parser.outline.marks import find_candidates
    >>> text = "1.加强建设\\n专栏1 重点工程\\n1.档案馆\\n2.档案室\\n2.加强管理"
    >>> lines = read_lines(text, text)
    >>> [mark.where for mark in boxed(lines, find_candidates(lines, {}, set()))]
    ['start', 'box', 'box', 'start']
    """
    places = [candidate.line for candidate in candidates]
    found = list(candidates)
    for head, line in enumerate(lines):
        if "专栏" in line.squeezed[:_LATEST] and _is_head(line.squeezed):
            begin = bisect_left(places, head + 1)
            end = begin + _count(found, begin) if _opens(found, begin, head) else begin
            found[begin:end] = [mark.in_box() for mark in found[begin:end]]
    return found


def _is_head(printed: str) -> bool:
    return len(printed) < _LONGEST_HEAD and closing("document", "BOX").match(printed) is not None


def _opens(marks: list[Mark], begin: int, head: int) -> bool:
    """Whether the first mark below the head of a box is a 1 that stands directly below it."""
    if begin == len(marks) or marks[begin].line > head + _MOST_HEAD_LINES:
        return False
    return marks[begin].value == 1 and marks[begin].where == "start" and marks[begin].style in _INSIDE


def _count(marks: list[Mark], begin: int) -> int:
    """How many marks the box holds: up to a shallower one, or one of the same kind that does not count up."""
    rank, last = marks[begin].rank, 0
    for place in range(begin, len(marks)):
        mark = marks[place]
        shallower, astray = mark.rank < rank and mark.where == "start", mark.rank == rank and mark.value != last + 1
        if shallower or astray:
            return place - begin
        last = mark.value if mark.rank == rank else last
    return len(marks) - begin
