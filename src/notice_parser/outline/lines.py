"""The lines of a text: which there are, how wide, and whether a type-setter broke them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import pairwise
from typing import Final, NamedTuple

from notice_parser.grammar import anywhere
from notice_parser.source import Span, span_of

_CLOSED: Final = "。:;!?.…"  # a line that ends so ends of its own will
_FEWEST_DOTS: Final = 5
_LEADER: Final = re.compile(rf"[.·…]{{{_FEWEST_DOTS}}}")  # the dots of a table of contents
_COMMON: Final = 22.0
_FEWEST: Final = 2
_FEWEST_NARROW: Final = 6  # a narrow column needs more to show itself
_FEWEST_LINES: Final = 6
_CLEARLY_MORE: Final = 2  # times as many lines run on at another width
_BOXES: Final = 2  # one line in three may be of boxes, forms or tables that are wider than the body
_WIDER: Final = 1.15  # times the page: a line that is none of the body's
_BESIDE: Final = 4  # lines between two wide ones of a box: the end of an entry, the next one's head
_UNEVEN: Final = 2.5  # the first line of an entry may be set in
# a hard-wrapped page is wider than 16 and narrower than 62 Chinese characters
_NARROW: Final = 16.0
_WIDE: Final = 62.0
_LONG: Final = 2 * _WIDER * _WIDE  # characters of any kind


_UNMEASURED: Final = -1.0


class Line:
    """A line without the blanks around it; `empty` counts the empty lines before it.

    `source` is the text that it is measured in, where its own has other forms of the same characters.
    `unfolded`: a part of a line that held the whole notice.
    """

    def __init__(
        self,
        start: int,
        text: str,
        squeezed: str,
        indent: int,
        empty: int,
        *,
        source: str = "",
        width: float = _UNMEASURED,
        unfolded: bool = False,
    ) -> None:
        self.start, self.end = start, start + len(text)
        self.text, self.squeezed = text, squeezed
        self.indent, self.empty = indent, empty
        self.source, self.unfolded = source, unfolded
        self._width = width

    @property
    def span(self) -> Span:
        """Its place in the source."""
        return span_of(self.start, self.end)

    @property
    def width(self) -> float:
        """In Chinese characters; measured when somebody asks, as in many texts nobody does."""
        if self._width == _UNMEASURED:
            self._width = width(self.source[self.start : self.end] or self.text)
        return self._width


def read_lines(source: str, folded: str) -> list[Line]:
    """The lines that hold more than blanks."""
    lines: list[Line] = []
    place = empty = 0
    for printed in folded.split("\n"):
        if text := printed.strip(" "):
            indent = 0 if printed[0] != " " else len(printed) - len(printed.lstrip(" "))
            above = empty if lines else 0
            lines.append(Line(place + indent, text, squeeze(text), indent, above, source=source))
            empty = 0
        else:
            empty += 1
        place += len(printed) + 1
    return lines


def part_of(line: Line, begin: int, end: int) -> Line:
    """What stands at `[begin, end)` of a line's text, as a line of its own; only its first part is set in as it is."""
    text = line.text[begin:end]
    begin += len(text) - len(text.lstrip(" "))
    text = text.strip(" ")
    indent, empty = (line.indent, line.empty) if not begin else (0, 0)
    return Line(line.start + begin, text, squeeze(text), indent, empty)


_BLANK: Final = re.compile(r" +(?:(?<![A-Za-z] )|(?![A-Za-z]))")


def squeeze(text: str) -> str:
    """Without the blanks, but a lone one between two Latin letters."""
    return _BLANK.sub("", text) if " " in text else text


def width(text: str) -> float:
    """How much of a line `text` takes, in Chinese characters: Latin ones take half, blanks next to nothing."""
    wide = (len(text.encode("utf-8", "replace")) - len(text)) / 2
    return wide + (len(text) - wide) / 2 - 0.3 * text.count(" ")


def wrap_width(lines: list[Line]) -> float | None:
    """The width at which the text is hard-wrapped; None where every line is a paragraph of its own.

    Wrapped text has many lines of nearly one width that end in mid-sentence, and hardly a longer one but in boxes.
    """
    running_on = _running_on(lines)
    if not _fits(sum(map(_is_long, lines)), len(running_on), len(lines)):  # no line need be measured
        return None
    broken = [line for line in running_on if line.width >= _NARROW]
    if len(broken) < _FEWEST:  # as in most texts: no line is wrapped
        return None
    widths = sorted([line.width for line in lines if not _has_leader(line.text)])
    if len(widths) < _FEWEST_LINES:
        return None
    guesses = widths[int(len(widths) * 0.96)], _body(broken), _commonest(widths)
    pages = {page: count for page in guesses if (count := _wrapped(page, lines, widths, broken))}
    most = max(pages.values(), default=0)
    return next((page for page, count in pages.items() if _CLEARLY_MORE * count >= most), None)


def _has_leader(text: str) -> bool:
    if "." in text or "·" in text or "…" in text:
        return text.count(".") + text.count("·") + text.count("…") >= _FEWEST_DOTS and _LEADER.search(text) is not None
    return False


def _running_on(lines: list[Line]) -> list[Line]:
    """The lines that end in mid-sentence, where the next one does not begin with a mark."""
    is_marked = anywhere("numbering", "NUMBERED").match
    return [line for line, below in pairwise(lines) if _is_open(line) and not is_marked(below.squeezed)]


def _is_long(line: Line) -> bool:
    """Whether a line is wider than any page: a character that is no blank takes half the width of a Chinese one."""
    return len(line.squeezed) > _LONG and " " not in line.squeezed and not _has_leader(line.text)


def _fits(longer: int, running_on: int, lines: int) -> bool:
    """Whether so many lines may be longer than those of the page, which are set in boxes, forms and tables."""
    return longer <= max(0.08 * lines, running_on / _BOXES)


def _wrapped(page: float, lines: list[Line], widths: list[float], broken: list[Line]) -> int:
    """How many lines run on at this width; 0 where it cannot be that of the page."""
    running_on = sum([page - 3.5 <= line.width <= _WIDER * page for line in broken])
    if not _NARROW <= page <= _WIDE or running_on < (_FEWEST if page >= _COMMON else _FEWEST_NARROW):
        return 0
    full = [line for line in lines if page - 3.5 <= line.width <= _WIDER * page]
    longer = len(widths) - bisect_right(widths, _WIDER * page)
    prose = len(widths) - bisect_left(widths, _NARROW)  # cells of a flattened table are narrower
    enough = len(full) >= max(3, 0.06 * prose) and sum(map(_is_open, full)) >= 0.6 * len(full)
    return running_on if enough and _fits(longer, running_on, len(lines)) else 0


def _is_open(line: Line) -> bool:
    return line.text[-1] not in _CLOSED


def _commonest(widths: list[float]) -> float:
    """The commonest width among the wider lines: the shorter ones are headings, last lines and scraps."""
    least = 0.6 * widths[int(len(widths) * 0.97)]
    counts = Counter([round(width) for width in widths[bisect_left(widths, least) :]])
    return float(max(counts, key=lambda width: counts[width - 1] + counts[width] + counts[width + 1]))


def _body(broken: list[Line]) -> float:
    """The width of the body beside wider boxes, or beside the cells of a table: the one at which most lines run on."""
    counts = Counter(round(line.width) + 1 for line in broken)  # a stop may hang over the edge
    return float(max((width for width in counts if width >= _COMMON), key=lambda width: counts[width], default=0))


class Stretch(NamedTuple):
    """Lines of another width than the body's: a box (专栏), a form; None where each stands alone, as in a table."""

    start: int
    end: int
    width: float | None


def stretches(lines: list[Line], page: float | None) -> tuple[Stretch, ...]:
    """Where several lines near each other are wider than the page."""
    if page is None:
        return ()
    wide = [index for index, line in enumerate(lines) if line.width > _WIDER * page]
    breaks = [0, *(at for at, (a, b) in enumerate(pairwise(wide), 1) if b - a > _BESIDE), len(wide)]
    return tuple(_stretch(lines, wide[a:b]) for a, b in pairwise(breaks) if b - a > 1)


def _stretch(lines: list[Line], wide: list[int]) -> Stretch:
    """The box that most of the wide lines are of: from the first of them to where the last one's sentence ends."""
    widths = Counter(round(lines[index].width) for index in wide)
    common = max(widths, key=lambda width: widths[width])
    full = [index for index in wide if abs(lines[index].width - common) <= _UNEVEN]
    boxed = 2 * len(full) >= len(wide) and common <= _WIDE
    first, last = (full[0], full[-1]) if boxed else (wide[0], wide[-1])
    end = last + 1 if _is_open(lines[last]) and last + 1 < len(lines) else last
    return Stretch(lines[first].start, lines[end].end, common + 1.0 if boxed else None)


def offsets(text: str) -> list[int]:
    """The places in `text` of the characters that `squeeze` keeps."""
    kept: list[int] = []
    last = 0
    for blank in _BLANK.finditer(text):
        kept += range(last, blank.start())
        last = blank.end()
    return [*kept, *range(last, len(text))]
