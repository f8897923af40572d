"""Names of organs where they stand in a row."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from notice_parser.grammar import anywhere
from notice_parser.model import Organ
from notice_parser.model.made import built
from notice_parser.outline.titles import ended
from notice_parser.source import Passage, Span

_STEM: Final = re.compile(r"([一-龥]{2,3})(?=省|市|自治区)")  # 上海市… beside 上海海关
_NESTED: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def split_at(passage: Passage, separators: str, start: int = 0, end: int | None = None) -> tuple[Organ, ...]:
    """The names between separators that stand outside brackets."""
    end = len(passage.folded) if end is None else end
    masked = _NESTED.sub(lambda match: "〇" * len(match[0]), passage.folded[start:end])
    spans = (Span(start + match.start(), start + match.end()) for match in re.finditer(f"[^{separators}]+", masked))
    return tuple(built(Organ, name=passage.text[slice(*span)], span=passage.span(*span)) for span in spans)


def split_row(
    passage: Passage, start: int = 0, end: int | None = None, known: tuple[str, ...] = ()
) -> tuple[Organ, ...]:
    """The organs of a joint notice, which stand in a row without a mark: 北京市发展和改革委员会北京市商务局.

    One ends where an organ's name may end and the name of a place or of a central body begins, but not inside the name
    of a body that carries its place behind its own (国家税务总局上海市税务局). `known` are names read elsewhere.
    """
    end = len(passage.folded) if end is None else end
    row = passage.folded[start:end]
    edges = [0, *_joints(row, known, _gaps(passage, start, end)), len(row)]
    parts = (Span(start + a, start + b) for a, b in pairwise(edges) if b > a)
    spans = [Span(a + (passage.folded[a] == "、"), b) for a, b in parts]
    return tuple(built(Organ, name=passage.text[a:b], span=passage.span(a, b)) for a, b in spans)


def row_names(row: str) -> tuple[str, ...]:
    """The names in a row that is no passage of a source."""
    return tuple(row[a:b] for a, b in pairwise([0, *_joints(row, (), set()), len(row)]) if b > a)


def _gaps(passage: Passage, start: int, end: int) -> set[int]:
    """Where blanks stood in the row, or 、 stands: 国务院办公厅　中央军委办公厅."""
    places = [passage.at(offset) for offset in range(start, end)]
    return {
        place
        for place, (above, below) in enumerate(pairwise(places), 1)
        if below - above > 1 or passage.folded[start + place] == "、"
    }


def _joints(row: str, known: tuple[str, ...], gaps: set[int]) -> list[int]:
    joints, last = [], 0
    known = (*known, *_STEM.findall(row))
    for place in range(3, len(row) - 2):
        if place - last < 3 or not (place in gaps or _may_begin(row[place:], known)):
            continue
        if _may_end(row[last:place]) and ended(row[place:], "ORGAN_END"):
            joints.append(place)
            last = place
    return joints


def _may_end(name: str) -> bool:
    return ended(name, "ORGAN_END") is not None and anywhere("names", "VERTICAL").fullmatch(name) is None


def _may_begin(rest: str, known: tuple[str, ...]) -> bool:
    begins = rest.startswith(known) or anywhere("names", "REGION").match(rest) is not None
    return begins and anywhere("names", "BRANCH").match(rest) is None
