"""The source text and places in it: spans, decoding, folding, lines and columns."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import accumulate
from string import ascii_letters
from typing import Final, NamedTuple


class Span(NamedTuple):
    """Half-open range of characters `[start, end)` in the decoded text, line ends unchanged, BOM not counted."""

    start: int
    end: int


_made: Final = tuple.__new__
_Span: Final = Span  # as a constant the class need not be looked up


def span_of(start: int, end: int) -> Span:
    """`Span(start, end)` for what makes hundreds of them: at a third of what the way through its class costs."""
    return _made(_Span, (start, end))


class Spans:
    """Spans in order and apart from each other, asked often whether one of them holds a place."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = tuple(spans)
        self._starts = [span.start for span in self._spans]

    def hold(self, place: int) -> bool:
        """Whether one of the spans holds the character at `place`."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._spans[at].end


def blotted(text: str, spans: Iterable[tuple[int, int]], sign: str) -> str:
    """The text with `sign` for each character in the spans, which stand in order and apart from each other."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [text[done:start], sign * (end - start)]
        done = end
    return "".join([*pieces, text[done:]]) if pieces else text


def places(text: str, signs: str) -> list[int]:
    """Where one of a few signs stands; they are looked for one by one, which is faster than a pattern."""
    found: list[int] = []
    for sign in signs:
        place = text.find(sign)
        while place >= 0:
            found.append(place)
            place = text.find(sign, place + 1)
    return sorted(found) if len(signs) > 1 else found


class Remark(NamedTuple):
    """Something worth telling about a text: the rule's id, what was found and what was expected, and where."""

    rule: str
    message: str
    span: Span


class UndecodableError(ValueError):
    """Bytes that are text in none of the encodings tried; `offset` is the first byte that does not fit."""

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(reason)
        self.reason, self.offset = reason, offset


# Tried in this order where UTF-8 does not fit and nothing is said; Big5 in its widest form.
_CANDIDATES: Final = {"gb18030": "gb18030", "big5": "big5hkscs", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be"}
_WIDER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "utf-8": "utf-8-sig"}
_MARKS: Final = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x7f]")
# What no Chinese notice does without, in both scripts: one in six of its characters, hardly any of a wrong reading.
_DOMAIN: Final = re.compile(
    "[的一二三四五和是在有为為了人不年月日市国國政府部门門各单單位工作发發关關于於通知办辦、，。：；（）《》]"
)
_LEAST: Final = (
    0.9  # a right reading has 1 and more, since all its characters are common ones; a wrong one 0.87 at most
)
_HARDLY: Final = 0.5  # UTF-8 read as UTF-16 or Latin-1 has 0 and less, GB18030 read as a DOS code page 0.4 at most
_LONG_RUN: Final = 3  # a Chinese character is three bytes of UTF-8
_MARGIN: Final = 0.15  # a reading that is hardly better than another one is a guess


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of `data` without its BOM, and the encoding it is in: the one asked for, else the one that fits.

    Strict: an `UndecodableError` names the first byte that does not fit; a wrong guess would be worse than an error.
    """
    if encoding is not None:
        return _decode_asked(data, codecs.lookup(encoding).name)
    for mark, marked in _MARKS.items():
        if data.startswith(mark):
            return _decode_as(data, marked)
    return _decode_unmarked(data)


def _decode_asked(data: bytes, name: str) -> tuple[str, str]:
    """UTF-8 proves itself; any other encoding may fit and say nothing: UTF-8 bytes are UTF-16 and Latin-1, too."""
    text, found = _decode_as(data, name)
    if found != "utf-8" and _in_long_runs(text) and _likeness(text) < _HARDLY:
        raise UndecodableError(f"hardly any Chinese if read as {name}", 0)
    return text, found


def _in_long_runs(text: str) -> bool:
    """Whether what is not ASCII is more than the single accented letters of a Latin text."""
    runs = _FOREIGN.findall(text[:_ENOUGH])
    return sum(map(len, runs)) >= _LONG_RUN * len(runs) > 0


def _decode_as(data: bytes, name: str) -> tuple[str, str]:
    wide = _WIDER.get(name, name)
    try:
        return data.decode(wide).removeprefix("\ufeff"), wide.removesuffix("-sig").removesuffix("hkscs")
    except UnicodeDecodeError as error:
        raise UndecodableError(f"not {name} text ({error.reason})", error.start) from None
    except UnicodeError as error:  # idna and punycode say no place
        raise UndecodableError(f"not {name} text ({error})", 0) from None


def _decode_unmarked(data: bytes) -> tuple[str, str]:
    """UTF-8 proves itself; of the others the one is right that reads as Chinese."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, error)
    _refuse_binary(data)
    return text, "utf-8"


def _guess(data: bytes, refused: UnicodeDecodeError) -> tuple[str, str]:
    _refuse_cut(data, refused)
    read = {name: text for name in _CANDIDATES if (text := _strictly(data, name)) is not None}
    likeness = sorted(((_likeness(text), name) for name, text in read.items()), reverse=True)
    if likeness and likeness[0][0] >= _LEAST and (len(likeness) == 1 or likeness[0][0] - likeness[1][0] >= _MARGIN):
        return read[likeness[0][1]], likeness[0][1]
    _refuse_binary(data)
    _refuse_cut_pair(data)
    raise _nearest(data, refused)


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(_CANDIDATES[name])
    except UnicodeDecodeError:
        return None


def _likeness(text: str) -> float:
    """The share of what is common, and the domain's own, in what is not ASCII; nonsense counts against it."""
    foreign = "".join(_FOREIGN.findall(text))[:_ENOUGH]
    common = sum(map(_common().__contains__, foreign)) + len(_DOMAIN.findall(foreign))
    return (common - len(_STRANGE.findall(text[:_ENOUGH]))) / len(foreign) if foreign else 0.0


_ENOUGH: Final = 3000
_FOREIGN: Final = re.compile("[^\x00-\x7f]+")
_STRANGE: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff]")


@cache
def _common() -> frozenset[str]:
    """The first levels of the two national standards, GB 2312 and Big5, with their marks."""
    high, low = range(0xA1, 0xFF), range(0x40, 0x7F)
    simplified = (bytes((row, cell)) for row in (0xA1, 0xA3, *range(0xB0, 0xD8)) for cell in high)
    traditional = (bytes((row, cell)) for row in range(0xA1, 0xC7) for cell in (*low, *high))
    both = (("gb2312", simplified), ("big5", traditional))
    return frozenset(pair.decode(name, "ignore") for name, pairs in both for pair in pairs) | set("\xa0—·")


def _refuse_cut(data: bytes, refused: UnicodeDecodeError) -> None:
    """UTF-8 to the last character, which is cut: as GB18030 it might pass, and be another text."""
    if refused.reason == "unexpected end of data" and not data[: refused.start].isascii():
        raise UndecodableError("UTF-8 text that is cut off in the middle of a character", refused.start)


def _refuse_cut_pair(data: bytes) -> None:
    """GB18030 or Big5 to the last character, which is cut: what stands before it reads as Chinese."""
    for name in ("gb18030", "big5"):
        end = _first_misfit(data, name)
        if len(data) - end < _WIDEST and _likeness(data[:end].decode(_CANDIDATES[name])) >= _LEAST:
            raise UndecodableError(f"{name.upper()} text that is cut off in the middle of a character", end)


_WIDEST: Final = 4  # bytes of a character in GB18030


def _refuse_binary(data: bytes) -> None:
    """A stray control character is part of a text; one byte in a hundred is no text."""
    controls = _CONTROL.findall(data)
    if len(controls) * 100 > len(data):
        raise UndecodableError("not text but binary data", data.find(controls[0]))


def _nearest(data: bytes, refused: UnicodeDecodeError) -> UndecodableError:
    """Names the first byte that does not fit the encoding that fits longest."""
    refusals = {"UTF-8": refused.start, **{name.upper(): _first_misfit(data, name) for name in ("gb18030", "big5")}}
    name = max(refusals, key=lambda name: refusals[name])
    return UndecodableError(f"neither UTF-8, GB18030, Big5 nor UTF-16 text (it fits {name} longest)", refusals[name])


def _first_misfit(data: bytes, name: str) -> int:
    """The first byte that `name` cannot read; 0 where it reads them all and they say nothing."""
    try:
        data.decode(_CANDIDATES[name])
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _table() -> dict[str, str]:
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
    return {look: one for look, one in same.items() if look != one}


_FOLD: Final = _table()
_LOOK_ALIKE: Final = re.compile(f"[{re.escape(''.join(_FOLD))}]")
_LONE_CR: Final = re.compile("\r(?!\n)")
_BLANK_ENTITIES: Final = re.compile(
    "(?:&(?:nb|en|em|thin)?sp; *)+(?P<last>\\Z|(?=\n))?"
)  # left of a web page, or of &nbsp;
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def fold(text: str) -> str:
    """Look-alike digits, brackets, stops, blanks and line ends made one; the same length, and idempotent.

    >>> fold("１．支持（一）〔2017〕")
    '1.支持(一)[2017]'
    """
    folded = _LONE_CR.sub("\n", text) if "\r" in text else text
    found = _LOOK_ALIKE.search(folded)
    while found:  # a dozen of them: much faster than translating every character
        folded = folded.replace(found[0], _FOLD[found[0]])
        found = _LOOK_ALIKE.search(folded, found.end())
    return _BLANK_ENTITIES.sub(_blanks, folded) if "sp;" in folded else folded


def _blanks(entities: re.Match[str]) -> str:
    """Blanks, where entities begin or end a line; inside it they are printed."""
    edge = entities["last"] is not None or entities.string[entities.start() - 1 : entities.start()] in ("", "\n")
    return " " * len(entities[0]) if edge else entities[0]


def scrub(text: str) -> str:
    """Lone surrogates as U+FFFD, so that every text can be written as UTF-8."""
    try:
        text.encode("utf-16-le")  # the fastest way to see that there is none
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


class Lines:
    """Line and column, both from 1, of an offset."""

    def __init__(self, folded: str) -> None:
        self._starts = [0, *[place + 1 for place in places(folded, "\n")]]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


_NO_PLACES: Final[list[int]] = []


class Passage:
    """A paragraph as its readers want it: no line breaks, no gaps, no blanks but between two Latin letters.

    `text` is as printed, `folded` its look-alikes made one; both have the same length and offsets, and `span` leads
    from those back to the source.
    """

    __slots__ = ("_origins", "_source", "_starts", "_text", "_whole", "end", "folded", "start")

    def __init__(self, text: str, folded: str, span: Span, gaps: tuple[Span, ...] = ()) -> None:
        self.start, self.end = start, end = span
        self._whole = not gaps and folded.find(" ", start, end) < 0 and folded.find("\n", start, end) < 0
        self._source = text
        self._text: str | None = None
        self._origins = self._starts = _NO_PLACES
        if self._whole:  # as most are: nothing to cut
            self.folded = folded[start:end]
            return
        pieces = _pieces(folded, span, gaps, spaced=True)
        self._origins = [start for start, _ in pieces]
        self._starts = list(accumulate([end - start for start, end in pieces], initial=0))
        self._text = _joined(text, pieces)
        self.folded = _joined(folded, pieces)

    @property
    def text(self) -> str:
        """As printed; of a whole passage it is cut out when it is first asked for."""
        if self._text is None:
            self._text = self._source[self.start : self.end]
        return self._text

    def at(self, offset: int) -> int:
        """The place in the source of the character at `offset` of the passage."""
        if self._whole:
            return min(self.start + offset, self.end)
        if offset >= self._starts[-1]:
            return self.end
        piece = bisect_right(self._starts, offset) - 1
        return self._origins[piece] + offset - self._starts[piece]

    def span(self, start: int, end: int) -> Span:
        """The place in the source of `[start, end)` of the passage."""
        if self._whole:
            return span_of(self.start + start, self.start + end)
        first = self.at(start)
        return span_of(first, self.at(end - 1) + 1 if end > start else first)

    def offset(self, place: int) -> int:
        """The offset in the passage of a place in the source, or of the next character that is in the passage."""
        if self._whole:
            return max(0, min(place, self.end) - self.start)
        piece = bisect_right(self._origins, place) - 1
        if piece < 0:
            return 0
        return min(self._starts[piece] + place - self._origins[piece], self._starts[piece + 1])


def joined(text: str, folded: str, span: Span, gaps: tuple[Span, ...] = (), *, blanks: bool = True) -> str:
    """The source at `span` without its `gaps` and the white space around line breaks.

    With `blanks=False` also without the blanks next to a Chinese character, which letter-space titles (总　　则).
    """
    start, end = span
    if not gaps and folded.find("\n", start, end) < 0 and (blanks or folded.find(" ", start, end) < 0):  # as most are
        return text[start:end]
    return _joined(text, _pieces(folded, span, gaps, spaced=not blanks))


def _joined(text: str, pieces: list[tuple[int, int]]) -> str:
    """The pieces in a row; a line break that stays is a blank."""
    if len(pieces) == 1:
        return text[slice(*pieces[0])]
    return "".join([text[start:end] for start, end in pieces]).replace("\n", " ")


# Blanks next to a Chinese character or a digit come from type-setting (2023 年6 月) and carry nothing; around a line
# break they carry nothing but where two Latin words meet (Produced⏎By).
def _pieces(folded: str, span: Span, gaps: tuple[Span, ...], *, spaced: bool) -> list[tuple[int, int]]:
    """The runs of `span` between its gaps and its line breaks with the blanks around these, or any blanks if `spaced`.

    A blank that stands between two Latin letters stays.
    """
    runs: list[tuple[int, int]] = []
    for start, end in _outside(span, gaps) if gaps else (span,):
        line, blank = folded.find("\n", start, end), folded.find(" ", start, end) if spaced else -1
        while line >= 0 or blank >= 0:
            edge = after = max(line, blank) if line < 0 or blank < 0 else min(line, blank)
            while after < end and folded[after] in _WHITE:
                after += 1
            while edge > start and folded[edge - 1] == " ":
                edge -= 1
            if edge > start:
                runs.append((start, edge))
            start = after
            if folded[edge - 1 : edge] in _LATIN and folded[after : after + 1] in _LATIN:
                runs.append((edge, edge + 1))
            line = folded.find("\n", after, end) if 0 <= line < after else line
            blank = folded.find(" ", after, end) if 0 <= blank < after else blank
        if start < end:
            runs.append((start, end))
    return runs


_WHITE: Final = " \n"


def _outside(span: Span, gaps: tuple[Span, ...]) -> list[Span]:
    """The parts of `span` that lie in none of its gaps."""
    edges = [span.start, *(edge for gap in gaps for edge in gap), span.end]
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]


_LATIN: Final = frozenset(ascii_letters)
