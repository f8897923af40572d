"""The lines of a text: which there are, how wide, and whether a type-setter broke them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from notice_parser.source import Span

_LINE = re.compile(r" *(?P<text>[^ \n](?:[^\n]*[^ \n])?)")
_CLOSED = "。:;!?.…"  # a line that ends so ends of its own will
_LEADER = re.compile(r"[.·…]{5}")  # the dots of a table of contents
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|\(?[0-9一二三四五六七八九十]+[.、)]|第.{1,4}[章节条]")
_COMMON, _FEWEST, _FEWEST_NARROW = 22.0, 2, 6  # a narrow column needs more to show itself
_NARROW, _WIDE = 16.0, 62.0  # a hard-wrapped page is wider than 16 and narrower than 62 Chinese characters


class Line(NamedTuple):
    """A line without the blanks around it; `width` in Chinese characters, `empty` counts the empty lines before it.

    `unfolded`: a part of a line that held the whole notice.
    """

    start: int
    end: int
    text: str
    squeezed: str
    width: float
    indent: int
    empty: int
    unfolded: bool = False

    @property
    def span(self) -> Span:
        """Its place in the source."""
        return Span(self.start, self.end)


def read_lines(source: str, folded: str) -> list[Line]:
    """The lines that hold more than blanks."""
    lines: list[Line] = []
    last = 0
    for match in _LINE.finditer(folded):
        start, end = match.span("text")
        empty = folded.count("\n", last, start) - 1 if lines else 0
        text = match["text"]
        lines.append(
            Line(start, end, text, squeeze(text), width(source[start:end]), start - match.start(), max(empty, 0))
        )
        last = end
    return lines


_BLANK = re.compile(r"(?<![A-Za-z]) +| +(?![A-Za-z])")


def squeeze(text: str) -> str:
    """Without the blanks, but those between two Latin letters."""
    return _BLANK.sub("", text) if " " in text else text


def width(text: str) -> float:
    """How much of a line `text` takes, in Chinese characters: Latin ones take half, blanks next to nothing."""
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2
    return wide + (len(text) - wide) / 2 - 0.3 * text.count(" ")


def wrap_width(lines: list[Line]) -> float | None:
    """The width at which the text is hard-wrapped; None where every line is a paragraph of its own.

    Wrapped text has many lines of nearly one width that end in mid-sentence, and hardly a longer one.
    """
    widths = sorted(line.width for line in lines if not _LEADER.search(line.text))
    if len(widths) < 6:
        return None
    guesses = widths[int(len(widths) * 0.96)], _commonest(widths)
    return next((page for page in guesses if _is_page(page, lines, widths)), None)


def _is_page(page: float, lines: list[Line], widths: list[float]) -> bool:
    full = [line for line in lines if page - 3.5 <= line.width <= 1.15 * page]
    broken = sum(line.text[-1] not in _CLOSED for line in full)
    running_on = sum(_runs_on(line, below, page) for line, below in pairwise(lines))
    longer = len(widths) - bisect_right(widths, 1.15 * page)
    enough = len(full) >= max(3, 0.06 * len(lines)) and broken >= 0.6 * len(full)
    enough = enough and running_on >= (_FEWEST if page >= _COMMON else _FEWEST_NARROW)
    return _NARROW <= page <= _WIDE and enough and longer <= 0.08 * len(lines)


def _runs_on(line: Line, below: Line, page: float) -> bool:
    """Whether a full line ends in mid-sentence and the next one does not begin with a mark."""
    full = page - 3.5 <= line.width <= 1.15 * page and line.text[-1] not in _CLOSED
    return full and not _NUMBERED.match(below.squeezed)


def _commonest(widths: list[float]) -> float:
    """The commonest width among the wider lines: the shorter ones are headings, last lines and scraps."""
    counts = Counter(round(width) for width in widths if width >= 0.6 * widths[int(len(widths) * 0.97)])
    return float(max(counts, key=lambda width: counts[width - 1] + counts[width] + counts[width + 1]))


def offsets(text: str) -> list[int]:
    """The places in `text` of the characters that `squeeze` keeps."""
    kept: list[int] = []
    last = 0
    for blank in _BLANK.finditer(text):
        kept += range(last, blank.start())
        last = blank.end()
    return [*kept, *range(last, len(text))]
