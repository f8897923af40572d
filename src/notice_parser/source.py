"""The source text and places in it: spans, decoding, folding, lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of characters `[start, end)` in the decoded text, before any change of line ends, BOM not counted."""

    start: int
    end: int


class UndecodableError(ValueError):
    """Bytes that are text in none of the encodings tried; `offset` is the first byte that does not fit."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason, self.offset = reason, offset


def _table() -> dict[int, str]:
    """Look-alikes made one, each character for exactly one, so that every offset holds."""
    same = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)}  # full-width ASCII
    same |= dict.fromkeys("\u3000\u00a0\u1680\u202f\u205f\t\u001f", " ") | {chr(c): " " for c in range(0x2000, 0x200B)}
    same |= dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n") | {"\r": " "}
    same |= dict.fromkeys("〔［【﹝〖", "[") | dict.fromkeys("〕］】﹞〗", "]")
    same |= dict.fromkeys("﹙❨⁽", "(") | dict.fromkeys("﹚❩⁾", ")")
    same |= {
        "﹕": ":",
        "︰": ":",
        "∶": ":",
        "﹔": ";",
        "﹐": ",",
        "﹒": ".",
        "․": ".",
        "。": "。",
        "｡": "。",
        "､": "、",
    }
    same |= dict.fromkeys("―─━⸺﹘", "—") | dict.fromkeys("‐‑‒–−﹣", "-") | dict.fromkeys("〜∼˜", "~")
    same |= dict.fromkeys("○◯⭘", "〇") | {"﹪": "%", "％": "%", "﹡": "*", "〈": "〈", "〉": "〉", "﹤": "<", "﹥": ">"}
    same |= {"\ue010": "."}  # the glyph of a full stop in the private area of a common PDF font
    return str.maketrans(same)


_FOLD = _table()
_LONE_CR = re.compile("\r(?!\n)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def fold(text: str) -> str:
    """Look-alike digits, brackets, stops, blanks and line ends made one; the same length, and idempotent.

    >>> fold("１．支持（一）〔2017〕")
    '1.支持(一)[2017]'
    """
    return _LONE_CR.sub("\n", text).translate(_FOLD)


def scrub(text: str) -> str:
    """Lone surrogates as U+FFFD, so that every text can be written as UTF-8."""
    return _SURROGATE.sub("\ufffd", text)


class Lines:
    """Line and column, both from 1, of an offset."""

    def __init__(self, folded: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", folded))]

    def place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


# Blanks next to a Chinese character or a digit come from type-setting (2023 年6 月) and carry nothing; around a line
# break they carry nothing but where two Latin words meet (Produced⏎By).
_BLANKS = re.compile(r" *\n[ \n]*| +")
_LINE_BREAK = re.compile(r" *\n[ \n]*")


class Passage:
    """A paragraph as its readers want it: no line breaks, no gaps, no blanks but between two Latin letters.

    `text` is as printed, `folded` its look-alikes made one; both have the same length and offsets, and `span` leads
    from those back to the source.
    """

    __slots__ = ("_origins", "_starts", "end", "folded", "start", "text")

    def __init__(self, text: str, folded: str, span: Span, gaps: tuple[Span, ...] = ()) -> None:
        self.start, self.end = span
        pieces = _pieces(folded, span, gaps, _BLANKS)
        self._origins = [start for start, _ in pieces]
        self._starts = list(accumulate((end - start for start, end in pieces), initial=0))
        self.text = _joined(text, pieces)
        self.folded = _joined(folded, pieces)

    def at(self, offset: int) -> int:
        """The place in the source of the character at `offset` of the passage."""
        if offset >= self._starts[-1]:
            return self.end
        piece = bisect_right(self._starts, offset) - 1
        return self._origins[piece] + offset - self._starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The place in the source of `[start, end)` of the passage."""
        first = self.at(start)
        return Span(first, self.at(end - 1) + 1 if end > start else first)

    def offset(self, place: int) -> int:
        """The offset in the passage of a place in the source, or of the next character that is in the passage."""
        piece = bisect_right(self._origins, place) - 1
        if piece < 0:
            return 0
        return min(self._starts[piece] + place - self._origins[piece], self._starts[piece + 1])


def joined(text: str, folded: str, span: Span, gaps: tuple[Span, ...] = (), *, blanks: bool = True) -> str:
    """The source at `span` without its `gaps` and the white space around line breaks.

    With `blanks=False` also without the blanks next to a Chinese character, as titles and headings have them (总　　则).
    """
    return _joined(text, _pieces(folded, span, gaps, _LINE_BREAK if blanks else _BLANKS))


def _joined(text: str, pieces: list[Span]) -> str:
    """The pieces in a row; a line break that stays is a blank."""
    return "".join([text[start:end] for start, end in pieces]).replace("\n", " ")


def _pieces(folded: str, span: Span, gaps: tuple[Span, ...], blanks: re.Pattern[str]) -> list[Span]:
    """The runs of `span` between its gaps and `blanks`; a blank that stands between two Latin letters stays."""
    runs = []
    for part in _outside(span, gaps):
        start = part.start
        for blank in blanks.finditer(folded, part.start, part.end):
            if blank.start() > start:
                runs.append(Span(start, blank.start()))
            start = blank.end()
            if _between_latin(folded, blank.start(), blank.end()):
                runs.append(Span(blank.start(), blank.start() + 1))
        if start < part.end:
            runs.append(Span(start, part.end))
    return runs


def _outside(span: Span, gaps: tuple[Span, ...]) -> list[Span]:
    """The parts of `span` that lie in none of its gaps."""
    edges = [span.start, *(edge for gap in gaps for edge in gap), span.end]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _between_latin(folded: str, start: int, end: int) -> bool:
    return 0 < start and end < len(folded) and _latin(folded[start - 1]) and _latin(folded[end])


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
