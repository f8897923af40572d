"""Which marks are marks: the one place that decides, from the sequence so far, whether 一、 or 1. begins an item."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, final

from notice_parser.grammar import anywhere, begins, closing, may_begin, terminals
from notice_parser.model import Style
from notice_parser.numerals import read_integer
from notice_parser.outline.lines import Line
from notice_parser.source import Remark, Span, places

# The rank of each kind of mark: a lower one holds the higher ones. Decimals stand between 1. and （1） by their depth.
RANKS: Final[dict[Style, int]] = {
    "part": 0, "chapter": 10, "section": 20, "article": 30, "cn": 40, "cn_paren": 50,
    "decimal": 60, "arabic": 60, "arabic_paren": 70, "arabic_half_paren": 80, "circled": 90,
}  # fmt: skip
DEEPEST: Final = 16  # a level below this stays at this

# A step in the numbering that is worth telling but no reason to doubt the mark; figures jump so only in tables.
_NEAR: Final = 3
_ALWAYS: Final = frozenset({"part", "chapter", "section", "article", "cn"})
# These number the parts of one item; they begin with 1, or run on from item to item without a step left out.
_INNER: Final = frozenset({"arabic_paren", "arabic_half_paren", "circled"})
_RUNNING_ON: Final = 60
_LOOK_AHEAD: Final = 400  # candidates; enough for the longest item, and keeps 100,000 marks linear


class Mark:
    """A mark at `[start, end)`: how it is printed, its number in figures, step by step (a decimal has several).

    The last step is its `value`, the number among its siblings. A mark of a lower `rank` holds those of higher ones; a
    decimal of more steps stands below one of fewer.

    `where`: start (of a line), broken (start of a hard-wrapped line in mid-sentence), inside (start of a line behind a
    comma, so in mid-sentence for certain), figure (of a line, before a figure: 11.121人才工程), amount (the same, where
    it may as well be an amount: 1.2024年底前, 2.5万元), buried (in a line), undotted (start of a line, its dot lost:
    30 加强监管), misread (the same, another sign for its dot: 2。加强监管),
    headed (behind a heading and a blank: 二、任务 （一）合理布局), box (in a 专栏, so no item).
    `sunk`: its rank, where the document itself shows that it is another than its kind has (第4条 below （二）).
    """

    def __init__(
        self, start: int, text: str, style: Style, steps: tuple[int, ...], where: str, line: int, sunk: int = 0
    ) -> None:
        self.start, self.end = start, start + len(text)
        self.text, self.style, self.steps = text, style, steps
        self.where, self.line = where, line
        self.value = steps[-1]
        self.rank = sunk or RANKS[style] + (len(steps) - 1 if style == "decimal" else 0)

    @property
    def number(self) -> str:
        """Its number in figures, with all its steps: 1.2."""
        return str(self.value) if len(self.steps) == 1 else ".".join(map(str, self.steps))

    def in_box(self) -> Mark:
        """The same mark in a 专栏."""
        return Mark(self.start, self.text, self.style, self.steps, "box", self.line)


# ---------------------------------------------------------------- candidates

_ORDER: Final[tuple[Style, ...]] = (
    "part", "chapter", "section", "article", "decimal", "cn", "cn_paren", "arabic", "arabic_paren",
    "arabic_half_paren", "circled",
)  # fmt: skip
_STYLES: Final[dict[str | None, Style]] = {style: style for style in _ORDER}
_SINKING: Final = frozenset(_ORDER) - {"decimal", "arabic_half_paren", "circled", "part"}

_FINISHED: Final = "。;:!?)”"
_ENDED: Final = "。!?)]” "
_ENDED_AT_BLANK: Final = ("。", " ")
_LINE_END: Final = "\n"
_NUMERAL_SIGNS: Final = "〇零一二三四五六七八九十百"
_SIGNS: Final = {
    chr(first + n): n + 1
    for first, count in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10))
    for n in range(count)
}
_QUOTES: Final = (("“", "”"), ("‘", "’"), ("《", "》"), ("「", "」"), ("『", "』"))
_CITING: Final = 4  # characters at most
_APART: Final = 5  # characters within which the figures of a decimal stand apart
_STOPS: Final = ("。", ";", ":")  # a buried mark may stand before a figure only behind one: …落实。2.2025年底前……


@final
class _Kinds:
    """Marks of some kinds, found by the character that each begins with: hardly two kinds begin with the same."""

    def __init__(self, styles: Iterable[Style]) -> None:
        self._styles = list(styles)
        self._any: re.Pattern[str] | None = None
        self._by_sign: dict[str, re.Pattern[str] | None] = {}  # read when it is first asked for, as grammars are

    def match(self, text: str, place: int) -> re.Match[str] | None:
        """The mark that begins at a place."""
        if not self._by_sign:
            self._read()
        pattern = self._by_sign.get(text[place], self._any) if place < len(text) else None
        return pattern.match(text, place) if pattern else None

    def _read(self) -> None:
        opened = {style: begins("numbering", style.upper()) for style in self._styles}
        self._any = _kinds(style for style, signs in opened.items() if not signs)
        self._by_sign = {
            sign: _kinds(style for style in opened if may_begin("numbering", style.upper())(sign))
            for sign in {sign for signs in opened.values() for sign in signs}
        }


def _kinds(styles: Iterable[Style]) -> re.Pattern[str] | None:
    """A mark of one of these kinds, where what follows does not show that it is none; None without a kind."""
    kinds = [f"(?P<{style}>{terminals('numbering')[style.upper()]})" for style in styles]
    return re.compile("|".join(kinds)) if kinds else None


_openers: Final = _Kinds(_ORDER)  # at the start of a line
_sunk: Final = _Kinds(style for style in _ORDER if style in _SINKING)  # buried in a line


@cache
def _yeared() -> re.Pattern[str]:
    """A mark in front of a year, inside a line: ……。2.2025年底前……"""
    return re.compile(f"(?P<arabic>{terminals('numbering')['YEARED']})")


@cache
def _anywhere() -> re.Pattern[str]:
    """Where all line breaks are lost a mark may stand anywhere, but not inside another word (统一、)."""
    signs = terminals("numbering")
    return re.compile(rf"(?={signs['OPENS']})(?:(?<!{signs['JOINED']})|(?=\([一二三四五六七八九十]|第))")


def _edges(lines: list[Line]) -> list[list[int]]:
    """Where in a line a buried mark may begin: behind a sentence, a clause, or two blanks (第一章　总则　　第一条)."""
    edges = _ends(_LINE_END.join([line.text for line in lines]))
    by_line: list[list[int]] = []
    begin = at = 0
    for line in lines:
        end, first = begin + len(line.text), at
        while at < len(edges) and edges[at] < end:
            at += 1
        inside = [edge - begin for edge in edges[first:at]]
        by_line.append([edge.start() for edge in _anywhere().finditer(line.text)] if line.unfolded else inside)
        begin = end + len(_LINE_END)
    return by_line


def _ends(text: str) -> list[int]:
    """The same in all lines at once, which asks for each sign once."""
    may_open = may_begin("numbering", "OPENS")
    text += _LINE_END
    ends = [end for end in places(text, _ENDED) if may_open(text[end + 1])]
    return [end + 1 for end in ends if text[end] != " " or text[max(0, end - 1) : end] in _ENDED_AT_BLANK]


def _style(match: re.Match[str]) -> Style:
    """The kind of a mark: the groups of the patterns above are called so."""
    return _STYLES[match.lastgroup]


def find_candidates(lines: list[Line], broken: dict[int, str], skipped: set[int]) -> list[Mark]:
    """Everything that looks like a mark: at the start of a line, or buried in one where a line break got lost."""
    candidates: list[Mark] = []
    numbered = [line.text for line in lines if line.text[0].isdecimal()]
    spaced = _are_spaced(numbered)
    decimals = spaced or any(map(anywhere("numbering", "DECIMAL").match, numbered))
    edges = _edges(lines)
    for index, line in enumerate(lines):
        if index in skipped:
            continue
        end = 0
        where = broken.get(index, "start")
        first = (_spaced(line, index, where) if spaced else None) or _first(lines, index, where, decimals)
        if first := first or (_dotless(lines, index, broken) if line.text[0].isdecimal() else None):
            candidates.append(first)
            end = first.end - line.start
            if first.style == "cn_paren" and ";" in line.text:
                candidates += _behind_clause(line, index, first)
        if len(line.text) - end > 6:
            candidates += _with_headed(line, index, first, _buried(line, index, end, edges[index]))
    return _ranked(candidates)


def _are_spaced(numbered: list[str]) -> bool:
    """Whether the figures of decimals stand apart: 1. 1 编制目的 and 1. 2 编制依据."""
    spaced = anywhere("numbering", "SPACED")
    apart = [
        _steps("decimal", match[0]) for text in numbered if ". " in text[:_APART] and (match := spaced.match(text))
    ]
    return any(steps[-1] == 1 and (*steps[:-1], 2) in apart for steps in apart)


def _spaced(line: Line, index: int, where: str) -> Mark | None:
    """A decimal whose figures stand apart."""
    match = anywhere("numbering", "SPACED").match(line.text) if line.text[0].isdecimal() else None
    return _mark(line, index, match, "decimal", where) if match else None


def _first(lines: list[Line], index: int, where: str, decimals: bool) -> Mark | None:
    """The mark that a line starts with; a bare number only where decimals follow (`1　总则`)."""
    line = lines[index]
    if match := _openers.match(line.text, 0):
        figure = match.lastgroup == "arabic" and line.text[match.end() : match.end() + 1].isdigit()
        return _mark(line, index, match, _style(match), "figure" if figure else where)
    if not line.text[0].isdecimal():
        return _ruled(lines, index, where) if line.text[0] == "(" else None
    figured = anywhere("numbering", "FIGURED").match(line.text)
    if figured and where == "start" and not (index and _is_under_way(lines[index - 1].text)):
        return _mark(line, index, figured, "arabic", "amount")
    if decimals and (match := anywhere("numbering", "BARE").match(line.text)):
        return _mark(line, index, match, "decimal", where)
    return None


def _ruled(lines: list[Line], index: int, where: str) -> Mark | None:
    """A mark behind a sentence, though what follows would make a citation of it: ……；⏎（三）规定的其他工作。"""
    if where != "start" or not index or lines[index - 1].text[-1] not in _STOPS:
        return None
    match = anywhere("numbering", "RULED").match(lines[index].text)
    return _mark(lines[index], index, match, "cn_paren", "broken") if match else None


def _is_under_way(above: str) -> bool:
    """Whether a line leaves a sentence open, which an amount may go on with: 完成投资5亿元,其中⏎2.1亿元……"""
    return "," in above and above[-1] not in _FINISHED


def _dotless(lines: list[Line], index: int, broken: dict[int, str]) -> Mark | None:
    """A number without its dot, which got lost or was misread."""
    if not index or index in broken:
        return None
    return _misread(lines, index) or _undotted(lines, index)


def _undotted(lines: list[Line], index: int) -> Mark | None:
    """A number whose dot got lost, where the line above it is finished; table cells and amounts look the same."""
    match = anywhere("numbering", "UNDOTTED").match(lines[index].text)
    if match is None or lines[index - 1].text[-1] not in _FINISHED:
        return None
    return _mark(lines[index], index, match, "arabic", "undotted")


def _misread(lines: list[Line], index: int) -> Mark | None:
    """A number whose dot was misread; but for the first, which the next one tells, what stands above it is finished."""
    match = anywhere("numbering", "MISREAD").match(lines[index].text)
    if match is None:
        return None
    mark = _mark(lines[index], index, match, "arabic", "misread")
    return mark if mark.value == 1 or lines[index - 1].text[-1] in _FINISHED else None


def _behind_clause(line: Line, index: int, first: Mark) -> list[Mark]:
    """The next numbers behind the ； of an item that begins the line: (十)……；(十一)……; not of a list inside it."""
    found = [first]
    pieces = line.text.split(";") if "(一)" not in line.text[1:] else ()
    place = 0
    for piece in pieces[:-1]:
        place += len(piece) + 1
        match = _sunk.match(line.text, place + (line.text[place : place + 1] == " "))
        if match and match.lastgroup == "cn_paren" and not _is_quoted(line.text, place):
            mark = _mark(line, index, match, "cn_paren", "buried")
            found += [mark] if mark.value == found[-1].value + 1 else []
    return found[1:]


def _is_quoted(text: str, place: int) -> bool:
    """Whether a place of a line stands in a quotation that the line opens: 修改为：“有场所；(二)有资金。”"""
    return any(text.rfind(opening, 0, place) > text.rfind(ending, 0, place) for opening, ending in _QUOTES)


def _buried(line: Line, index: int, offset: int, edges: list[int]) -> list[Mark]:
    """The marks inside a line from `offset` on, which begin at some of its edges."""
    buried: list[Mark] = []
    if not edges:  # as in most
        return buried
    may_be_yeared = may_begin("numbering", "YEARED")
    end = offset
    for place in edges:
        if place < end:
            continue
        match = _sunk.match(line.text, place)
        if not match and may_be_yeared(line.text[place]):
            match = _yeared().match(line.text, place)
        if match and not _is_figure(line, match):
            end = match.end()
            if not closing("numbering", "CITED").search(line.text, max(0, place - _CITING), place):
                buried.append(_mark(line, index, match, _style(match), "buried"))
    return buried


def _is_figure(line: Line, match: re.Match[str]) -> bool:
    """Whether 26. inside a line is of a number: of 26.7, and of 2.6 behind anything but a stop and a blank."""
    if match.lastgroup != "arabic" or not line.text[match.end() : match.end() + 1].isdecimal():
        return False
    return line.text[: match.start()].rstrip(" ")[-1:] not in _STOPS


# What ends the heading of a mark of these kinds where the first mark below it stands on its line, and that mark's kind.
_BELOW: Final[dict[Style, tuple[str, Style]]] = {
    "cn": ("HEADED", "cn_paren"), "chapter": ("CHAPTERED", "article"), "section": ("CHAPTERED", "article"),
}  # fmt: skip


def _with_headed(line: Line, index: int, first: Mark | None, buried: list[Mark]) -> list[Mark]:
    """The marks inside a line, with each （一） right behind the heading of 一、, and 第十条 behind that of 第二章."""
    if "(一)" not in line.text and (first is None or first.style not in ("chapter", "section")):
        return buried
    above = [mark for mark in (first, *buried) if mark and mark.style in _BELOW]
    headed = [mark for each in above if (mark := _headed(line, index, each))]
    found = {mark.start: mark for mark in [*buried, *headed]}
    return [found[start] for start in sorted(found)]


def _headed(line: Line, index: int, above: Mark) -> Mark | None:
    name, style = _BELOW[above.style]
    heading = anywhere("numbering", name).match(line.text, above.end - line.start)
    if heading is None or closing("numbering", "CITED").search(heading[0].rstrip(" ")[-_CITING:]):
        return None
    match = _openers.match(line.text, heading.end())
    where = "headed" if style == "cn_paren" and heading[0].endswith(" ") else "buried"
    return _mark(line, index, match, style, where) if match and match.lastgroup == style else None


def _mark(line: Line, index: int, match: re.Match[str], style: Style, where: str) -> Mark:
    text = match[0].rstrip(" ")
    return Mark(line.start + match.start(), text, style, _steps(style, text), where, index)


_FIGURES: Final = re.compile(r"[0-9]+")
_NUMERALS: Final = re.compile(f"[{_NUMERAL_SIGNS}]+")


@lru_cache(maxsize=1024)
def _steps(style: Style, text: str) -> tuple[int, ...]:
    """The number that a mark prints; 「-、」 is 一、 misread."""
    if style == "decimal":
        return tuple(map(int, _FIGURES.findall(text)))
    if text in _SIGNS:
        return (_SIGNS[text],)
    text = text.replace(" ", "")  # 第 1 0 条
    found = _FIGURES.search(text) or _NUMERALS.search(text)
    number = read_integer(found[0]) if found else 1
    return (number if number is not None else 0,)


# ---------------------------------------------------------------- articles below

# What articles may stand below, and their rank then.
_SUNK: Final[dict[Style, int]] = {"cn": 45, "cn_paren": 55}


def _ranked(candidates: list[Mark]) -> list[Mark]:
    """The candidates; where （二） goes on behind articles that stand below （一）, these are the lower level."""
    if not any(mark.style == "article" for mark in candidates):
        return candidates
    rank = max([rank for style, rank in _SUNK.items() if _holds_articles(candidates, style)], default=0)
    return [_sunk_to(mark, rank) if mark.style == "article" else mark for mark in candidates] if rank else candidates


def _holds_articles(candidates: list[Mark], style: Style) -> bool:
    """Whether the numbers of a kind go on behind articles, and none of them begins behind one."""
    last, between, goes_on = 0, False, False
    for mark in candidates:
        if mark.style == "article":
            between = True
        elif mark.style == style:
            if between and not 1 <= last < mark.value:
                return False
            goes_on = goes_on or (between and mark.value == last + 1)
            last, between = mark.value, False
        elif mark.rank < RANKS[style]:
            last, between = 0, False
    return goes_on


def _sunk_to(mark: Mark, rank: int) -> Mark:
    return Mark(mark.start, mark.text, mark.style, mark.steps, mark.where, mark.line, rank)


# ---------------------------------------------------------------- decision


def decide(candidates: list[Mark], source: str) -> tuple[list[Mark], list[Remark]]:
    """The candidates that are marks, in order, and what is remarkable about them and about those refused."""
    sequence = _Sequence(candidates, source)
    accepted: list[Mark] = []
    for index, candidate in enumerate(candidates):
        if candidate.where == "box":
            accepted.append(candidate)
        elif sequence.takes(index, candidate):
            accepted.append(candidate)
            sequence.push(candidate)
        else:
            sequence.refuse(candidate)
    return accepted, sequence.remarks


class _Sequence:
    """The numbering so far: the open levels, and the last number of each kind, which may run on across parents."""

    def __init__(self, candidates: list[Mark], source: str) -> None:
        self._candidates, self._source = candidates, source
        self._open: list[Mark] = []
        self._last: dict[int, int] = {}
        self.remarks: list[Remark] = []

    def takes(self, index: int, mark: Mark) -> bool:
        if mark.style == "decimal" and not self._fits_decimal(mark):
            return False
        match mark.where:
            case "start":
                return self._plausible(index, mark)
            case "figure":
                return self._continues(mark) or not self._open
            case "amount":
                return self._begins_again(index, mark) if mark.value == 1 else self._continues(mark)
            case "misread":
                return self._begins_again(index, mark) if mark.value == 1 else self._goes_on(mark)
            case "headed":
                return bool(self._open) and self._open[-1].style == "cn" and self._open[-1].line == mark.line
            case "undotted":
                return self._goes_on(mark) and self._has_next(index, mark)
        return self._continues_within(mark) or self._begins_within(index, mark)

    def _continues_within(self, mark: Mark) -> bool:
        """A mark inside a line or a sentence that goes on with a numbering."""
        return self._continues(mark) and (self._level(mark) is not None or mark.rank <= _RUNNING_ON)

    def _begins_within(self, index: int, mark: Mark) -> bool:
        """The first mark of its kind inside a line: where the second follows, or nothing else is numbered so."""
        if mark.where == "buried" and mark.value > 1:
            return self._opens_behind_clause(index, mark) or self._skips(index, mark)
        if mark.where == "buried" and mark.style in ("chapter", "article"):
            return mark.value == 1
        return mark.value == 1 and mark.where != "inside" and self._has_next(index, mark) and not self._shallower(mark)

    def push(self, mark: Mark) -> None:
        expected = self._expected(mark) if mark.value != 1 else None
        if mark.where in ("buried", "headed"):
            self._remark(
                "marker-recovered", "stands in the middle of a line; a line break before it was expected", mark
            )
        if expected is not None and mark.value != expected:
            runs_on = self._level(mark) is not None or mark.value > expected
            self._remark(*(_gap(mark, expected) if runs_on else _first_missing(mark)), mark)
        while self._open and self._open[-1].rank >= mark.rank:
            self._open.pop()
        self._open.append(mark)
        self._last[mark.rank] = mark.value

    def refuse(self, mark: Mark) -> None:
        if mark.where == "start" and mark.style != "decimal":
            expected = self._expected(mark) or 1
            self._remark("marker-refused", f"begins no item here; {expected} was expected", mark)

    def _remark(self, rule: str, message: str, mark: Mark) -> None:
        """Tell what is remarkable about a mark, which is quoted as it is printed."""
        printed = self._source[mark.start : mark.end]
        self.remarks.append(Remark(rule, f"“{printed}” {message}", Span(mark.start, mark.end)))

    def _level(self, mark: Mark) -> Mark | None:
        """The open item of the same kind."""
        for item in reversed(self._open):
            if item.rank <= mark.rank:
                return item if item.rank == mark.rank else None
        return None

    def _expected(self, mark: Mark) -> int | None:
        """The number that would come next; None for the first of its kind."""
        level = self._level(mark)
        last = level.value if level else self._last.get(mark.rank)
        return None if last is None else last + 1

    def _continues(self, mark: Mark) -> bool:
        return mark.value == self._expected(mark)

    def _goes_on(self, mark: Mark) -> bool:
        """Whether the item before it is still open."""
        return self._continues(mark) and self._level(mark) is not None

    def _opens_behind_clause(self, index: int, mark: Mark) -> bool:
        """The first mark of a text that begins in the middle, behind a clause: …办公室负责)(十七)智驾之都."""
        return index == 0 and mark.style in ("cn_paren", "arabic") and not self._open

    def _skips(self, index: int, mark: Mark) -> bool:
        """A buried article behind one or two that got lost, where the next one follows."""
        near = mark.style == "article" and mark.value <= (self._expected(mark) or 0) + _NEAR
        return near and not self._back(mark) and self._has_next(index, mark)

    def _back(self, mark: Mark) -> bool:
        return mark.value < (self._expected(mark) or 0)

    def _begins_again(self, index: int, mark: Mark) -> bool:
        """A 1 before a figure: not the 1.2 of an amount below 1. itself."""
        level = self._level(mark)
        return (level is None or level.value > 1) and self._has_next(index, mark)

    def _shallower(self, mark: Mark) -> bool:
        return any(item.rank >= mark.rank for item in self._open)

    def _plausible(self, index: int, mark: Mark) -> bool:
        """At the start of a line: any mark but figures that jump, which are of a table or a wrapped amount."""
        if mark.style in _INNER and not self._level(mark):
            return mark.value in (1, self._expected(mark))
        if mark.style in _ALWAYS or mark.value == 1:
            return mark.value > 0
        expected = self._expected(mark)
        if expected is None:
            return mark.value > 0
        if expected - 2 * _NEAR <= mark.value <= expected + _NEAR:
            return True
        return self._has_next(index, mark) and self._level(mark) is not None

    def _fits_decimal(self, mark: Mark) -> bool:
        """1.2 stands under 1 or beside 1.1; a decimal that fits nowhere is an amount (2.5 3 torn off PM2.5)."""
        if len(mark.steps) == 1:
            return True
        near = [item for item in self._open if item.style == "decimal"]
        if not near:
            return mark.value <= 1 + _NEAR and (not self._open or mark.steps[0] in (self._open[-1].value, 1))
        return any(item.steps[: len(mark.steps) - 1] == mark.steps[:-1] for item in near) or mark.value == 1

    def _has_next(self, index: int, mark: Mark) -> bool:
        """Whether the next number of the same kind follows before anything shallower does."""
        for other in self._candidates[index + 1 : index + _LOOK_AHEAD]:
            if other.rank == mark.rank and other.where != "undotted":
                return other.value == mark.value + 1
            if other.rank < mark.rank and other.where == "start":
                return False
        return False


def _first_missing(mark: Mark) -> tuple[str, str]:
    """三、 and （二） below it, without its （一）."""
    first = ".".join(map(str, (*mark.steps[:-1], 1)))
    return "numbering-gap", f"is the first here; {first} was expected before it"


def _gap(mark: Mark, expected: int) -> tuple[str, str]:
    if mark.value > expected:
        return "numbering-gap", f"follows {expected - 1}; {expected} was expected"
    rule = "numbering-repeat" if mark.value == expected - 1 else "numbering-back"
    return rule, f"comes after {expected - 1}; {expected} was expected"
