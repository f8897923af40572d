"""What of an item is its heading."""

from __future__ import annotations

import re
from typing import Final

from notice_parser.clauses.responsibility import clause_spans, is_own_line
from notice_parser.model import Style
from notice_parser.source import Span, blotted

LONGEST: Final = 40  # characters; a longer first sentence is the measure itself

_ALWAYS: Final[frozenset[Style]] = frozenset({"part", "chapter", "section"})
_NEVER: Final[frozenset[Style]] = frozenset({"article"})
_NESTED: Final = re.compile(r"“[^“”]*”|‘[^‘’]*’|《[^《》]*》|〈[^〈〉]*〉|\([^()]*\)|\[[^\[\]]*\]")
_DEEPEST: Final = 4
_OPENS: Final = re.compile(r"[“‘《〈(\[:]")  # a colon opens a clause, the others what may hold a stop
_STOP: Final = re.compile(r"[。!?;]")
_HELD: Final = "“‘《〈(["  # what stands behind these may hold a stop
_HIDING: Final = re.compile(r"[!?;“‘《〈(\[:]")
_LOOSE: Final = "。:;,、 "


class Heading:
    """A heading at `[start, end)` of its paragraph; the rest of the paragraph begins at `rest`."""

    def __init__(self, start: int, end: int, rest: int) -> None:
        self.start, self.end, self.rest = start, end, rest


def read_heading(folded: str, style: Style, *, more: bool) -> Heading | None:
    """The heading of an item whose first paragraph is `folded`; `more` says whether more of the item follows it.

    Without its clauses, all of the paragraph if it holds no stop, or else its first sentence if that is short and
    something follows. A rule's 第X条 has none, 第X章 always has.

    >>> found = [read_heading(words, "cn", more=False) for words in ("总体要求", "指导思想。坚持新发展理念。")]
    >>> [(heading.start, heading.end, heading.rest) for heading in found]
    [(0, 4, 4), (0, 4, 5)]
    """
    if style in _NEVER or not folded:
        return None
    if first := _plain_sentence(folded, style):
        return first if more or _says_more(folded, first.rest) else None
    clauses = clause_spans(folded)
    stop = _first_stop(folded, clauses)
    end = min(stop, clauses[0].start) if clauses else stop
    if not folded[:end].strip(_LOOSE):
        return None
    if stop == len(folded) or style in _ALWAYS:
        return Heading(0, len(folded[:end].rstrip(_LOOSE)), _after(folded, end))
    short = end == stop <= LONGEST and folded[stop] == "。"
    return Heading(0, stop, stop + 1) if short and (more or _says_more(folded, stop + 1)) else None


def _plain_sentence(folded: str, style: Style) -> Heading | None:
    """A short first sentence that holds nothing in which a stop could hide, and no clause: as most headings do."""
    stop = folded.find("。", 0, LONGEST + 1)
    if stop < 0 or style in _ALWAYS or not folded[:stop].strip(_LOOSE) or _HIDING.search(folded, 0, stop):
        return None
    return Heading(0, stop, stop + 1)


def _says_more(folded: str, start: int) -> bool:
    """Whether more than clauses stands behind a heading, or than a list of organs: 建设平台。(市科技局)"""
    rest = folded[start:].lstrip(_LOOSE)
    if rest and rest[0] not in "([" and not is_own_line(rest):
        return True
    outside = "".join(folded[a:b] for a, b in _between(start, len(folded), clause_spans(folded, lists=True)))
    return bool(outside.strip(_LOOSE))


def _first_stop(folded: str, clauses: tuple[Span, ...]) -> int:
    """The first stop outside quotation marks, brackets and clauses; the end where there is none."""
    stop = _stop_in(folded)
    if stop == len(folded) or not ((clauses and clauses[0].start < stop) or _OPENS.search(folded, 0, stop)):
        return stop  # as in most paragraphs: nothing is opened before it
    return _stop_in(_masked(folded, clauses))


def _stop_in(text: str) -> int:
    stop = _STOP.search(text)
    return stop.start() if stop else len(text)


def _masked(folded: str, clauses: tuple[Span, ...]) -> str:
    """The paragraph with everything in quotation marks, brackets or clauses blotted out."""
    masked = blotted(folded, clauses, "〇")
    for _ in range(_DEEPEST):
        if not any(sign in masked for sign in _HELD):
            break
        masked = _NESTED.sub(_hidden, masked)
    return masked


def _hidden(match: re.Match[str]) -> str:
    return "〇" * len(match[0])


def _between(start: int, end: int, clauses: tuple[Span, ...]) -> list[tuple[int, int]]:
    """The parts of `[start, end)` outside the clauses."""
    parts = []
    for clause_start, clause_end in clauses:
        if clause_start >= start:
            parts.append((start, clause_start))
            start = clause_end
    return [*parts, (start, end)]


def _after(folded: str, end: int) -> int:
    """Where the rest begins: behind the colon or stop that closes a heading."""
    while end < len(folded) and folded[end] in _LOOSE:
        end += 1
    return end
