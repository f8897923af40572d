"""Dates and time limits (日期、期限): read as printed, repaired only where one reading is possible, never guessed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from notice_parser.grammar import Openings, Patterns, anywhere, beginning, closing, entrance, terminals, tokens_of
from notice_parser.model import Precision
from notice_parser.numerals import read_integer
from notice_parser.pushdown import Token
from notice_parser.source import Passage

# a printed year outside these is damage (4549年, 0402年), and is not corrected
EARLIEST: Final = 1900
LATEST: Final = 2100


class DateReading(NamedTuple):
    """A date or time limit at `[start, end)` of its passage; the other fields are those of `model.Date`."""

    start: int
    end: int
    text: str
    value: str | None
    precision: Precision
    repaired: bool = False
    inferred: bool = False


class _When(NamedTuple):
    """What the tokens of one date say: 0 is not said, `shift` is how far 明年 is from the document's year."""

    year: int = 0
    month: int = 0
    day: int = 0
    shift: int = 0
    precision: Precision = "none"


_anywhere: Final = Patterns(anywhere, "date_words")
_closing: Final = Patterns(closing, "date_words")
_dated: Final = Openings("date_words", "DATED")


# A run of these tokens is worth a look; which of them make a date is the grammar's to say.
_OPENERS: Final = (
    "PERIOD",
    "NUMERIC",
    "RELATIVE",
    "PLAN",
    "WHOLE",
    "YEAR_END",
    "YEAR",
    "NAMED_YEAR",
    "MONTH",
    "QUARTER",
    "HALF",
    "EVERY",
)
_FOLLOWERS: Final = ("MONTH", "DAY", "YEAR_END", "END", "QUARTER", "HALF", "BEFORE")


def read_date(folded: str, *, repair: bool = False, year: int | None = None) -> DateReading | None:
    """The date that all of `folded` is, or None; with `repair` also one that has lost its 年月日.

    >>> read_date("二〇一七年五月十九日").value, read_date("2017519", repair=True).value, read_date("第三条")
    ('2017-05-19', '2017-05-19', None)
    """
    text = folded.replace(" ", "")
    value, precision = _read(text, year) or (None, None)
    if value is None and repair and (parts := _anywhere["DAMAGED"].fullmatch(folded)):
        return _repaired(folded, parts)
    if precision is None:
        return None
    return DateReading(0, len(folded), folded, value, precision, inferred=_inferred(value, text))


def find_dates(folded: str, year: int | None = None) -> tuple[DateReading, ...]:
    """Every date and time limit in running text, in order; `year` is the document's, where it is certain."""
    return _found(folded, year) if _may_hold_dates(folded) else ()


def _may_hold_dates(folded: str) -> bool:
    """Whether a text has a sign that no date is without."""
    if _dated.may_stand_in(folded):
        return True
    parted = "-" in folded or "/" in folded or "." in folded
    return parted and _anywhere["PARTED"].search(folded) is not None


@lru_cache(maxsize=2)  # a paragraph is asked for its targets and then for its time limits
def _found(folded: str, year: int | None) -> tuple[DateReading, ...]:
    return tuple(_dates(folded, year))


def _dates(folded: str, year: int | None) -> Iterator[DateReading]:
    above: DateReading | None = None
    run = _runs().search(folded)
    while run:
        text = _longest(run["RUN"])
        if text:
            start = run.start()
            value, precision = _read(text, _year_at(folded, start, above, year)) or (None, "none")
            above = DateReading(start, start + len(text), text, value, precision, inferred=_inferred(value, text))
            yield above
        run = _runs().search(folded, run.end("RUN"))


def _year_at(folded: str, start: int, above: DateReading | None, year: int | None) -> int | None:
    """The year of a date that prints none: none of its own, that of the date it stands beside, the document's."""
    if recurs(folded, start):
        return None
    if above is None or not _are_beside(folded, above.end, start):
        return year
    return int(above.value[:4]) if above.value else None  # 2030年6月20日、9月20日前; 每年6月底、12月底前


def recurs(folded: str, place: int) -> bool:
    """Whether the word before a date there tells that it has no year of its own: 每年10月底前."""
    return _with_recurring(folded, place) < place


def _are_beside(folded: str, end: int, start: int) -> bool:
    """Whether only a mark or a conjunction stands between two dates."""
    return _anywhere["BESIDE"].fullmatch(folded, end, start) is not None


def find_time_limits(passage: Passage, year: int | None) -> tuple[DateReading, ...]:
    """Every time limit that the text sets for an action: 2020年底前完成, 于6月底前报送, 到2020年达到."""
    folded = passage.folded
    limits: list[DateReading] = []
    for reading in reversed(find_dates(folded, year)):
        if _limits_an_action(folded, reading) or (limits and _shares_limit(folded, reading, limits[-1])):
            start = _with_recurring(folded, reading.start)
            limits.append(reading._replace(start=start, text=passage.text[start : reading.end]))
    return tuple(limits[::-1])


def _with_recurring(folded: str, place: int) -> int:
    """Where a date begins with the word that tells that it comes every year: 每年10月底前."""
    word = _closing["RECURRING"].search(folded, max(0, place - _LONGEST_RECURRING), place)
    return word.start() if word else place


_LONGEST_RECURRING: Final = 3


def _shares_limit(folded: str, reading: DateReading, limit: DateReading) -> bool:
    """Whether a date stands beside one that is a limit, whose 前 holds for it too: 6月20日、9月20日前."""
    return _are_beside(folded, reading.end, limit.start) and points_ahead(folded, reading)


# ---------------------------------------------------------------- reading one date


@lru_cache(maxsize=4096)
def _read(text: str, year: int | None) -> tuple[str | None, Precision] | None:
    """Value and precision of the date that `text` is, None where it is no date."""
    tokens = tokens_of("date", text)
    if not tokens:
        return None
    when = _when(tokens)
    if not when.year and when.precision != "none" and year is not None:
        when = when._replace(year=year + when.shift)
    return _value(when)


def _when(tokens: list[Token]) -> _When:
    when = _When()
    for token in tokens:
        when = _MEANINGS[token.type](when, token.text) if token.type in _MEANINGS else when
    return when


def _value(when: _When) -> tuple[str | None, Precision]:
    """ISO 8601, cut to what is printed; nothing for a date that cannot be."""
    if not EARLIEST <= when.year <= LATEST or when.month > 12 or (when.precision == "day" and not _is_day(*when[:3])):
        return None, "none"
    return f"{when.year}-{when.month:02}-{when.day:02}"[: _LENGTHS[when.precision]], when.precision


_LENGTHS: Final = {"none": 0, "year": 4, "month": 7, "quarter": 7, "day": 10}


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(datetime.date(year, month, day))
    except ValueError:
        return False


def _inferred(value: str | None, text: str) -> bool:
    """Whether the year of a value stands elsewhere: nothing in the text gives one."""
    return value is not None and not _anywhere["GIVES_YEAR"].search(text)


def _number(text: str) -> int:
    """The number in 5月, 十九日 or 第三季度; 99, which no date allows, where it cannot be read or is 0."""
    return read_integer("".join(_anywhere["NUMERALS"].findall(text))) or 99


def _numeric(when: _When, text: str) -> _When:
    year, month, day = map(int, re.split(r"[-/.]", text))
    return _When(year, month, day, precision="day")


def _plan(when: _When, text: str) -> _When:
    """The last year of a five-year plan: 十三五 ends in 1955 + 13 × 5 = 2020."""
    return _When(1955 + 5 * _number(text.rpartition("五")[0]), precision="year")


def _end(when: _When, text: str) -> _When:
    return when if when.month else when._replace(month=12, precision="month")


_SHIFTS: Final = {"明年": 1, "来年": 1}
_MEANINGS: Final[dict[str, Callable[[_When, str], _When]]] = {
    "NUMERIC": _numeric,
    "PERIOD": lambda when, text: _When(_number(text[-5:]), precision="year"),
    "PLAN": _plan,
    "YEAR": lambda when, text: when._replace(year=_number(text), precision="year"),
    "NAMED_YEAR": lambda when, text: when._replace(shift=_SHIFTS.get(text, 0), precision="year"),
    "MONTH": lambda when, text: when._replace(month=_number(text), precision="month"),
    "DAY": lambda when, text: when._replace(day=_number(text), precision="day"),
    "QUARTER": lambda when, text: when._replace(month=3 * _number(text), precision="quarter"),
    "HALF": lambda when, text: when._replace(month=6 if text[0] == "上" else 12, precision="month"),
    "YEAR_END": lambda when, text: when._replace(month=12, precision="month"),
    "END": _end,
}


# ---------------------------------------------------------------- what has lost its 年月日


def _repaired(folded: str, parts: re.Match[str]) -> DateReading:
    """The one calendar day that the figures left can mean (2017519, 2021年2月22); no value where there are two."""
    year = _number(parts["year"])
    numerals = _anywhere["NUMERALS"].findall(parts["rest"])
    days = {(year, *pair) for pair in _month_and_day(numerals) if _is_day(year, *pair)}
    value = "{}-{:02}-{:02}".format(*days.pop()) if len(days) == 1 else None
    return DateReading(0, len(folded), folded, value, "day" if value else "none", repaired=value is not None)


def _month_and_day(numerals: list[str]) -> Iterator[tuple[int, int]]:
    """The ways to read what follows the year as a month and a day; one run of figures can be cut anywhere."""
    if len(numerals) == 2:
        yield _number(numerals[0]), _number(numerals[1])
    elif len(numerals) == 1:
        run = numerals[0]
        for cut in range(1, len(run)):
            yield _number(run[:cut]), _number(run[cut:])


# ---------------------------------------------------------------- dates in running text


@cache
def _runs() -> re.Pattern[str]:
    """Where a RUN of tokens begins that may be a date; the grammar says which of them are one."""
    words, span = terminals("date"), terminals("date_words")["SPAN_OF"]
    opener, follower = ("|".join(words[name] for name in names) for names in (_OPENERS, _FOLLOWERS))
    run = rf"(?<![0-9.第每])(?P<RUN>(?:{opener})(?:{follower})*|{span})"
    return re.compile(beginning(entrance("date", *_OPENERS, "SPAN"), run))


@lru_cache(maxsize=4096)
def _longest(run: str) -> str:
    """The longest head of a run that is a date, "" where none is."""
    return next((run[:end] for end in range(len(run), 1, -1) if tokens_of("date", run[:end])), "")


def _limits_an_action(folded: str, reading: DateReading) -> bool:
    """Whether a date in running text says by when something is to be done."""
    if not points_ahead(folded, reading) or _in_title(folded, reading.start):
        return False
    before, after = _beside(folded, reading)
    by = _anywhere["BY"].search(reading.text) or _closing["BY_BEFORE"].search(before)
    return bool(by or _anywhere["DONE_AFTER"].match(after))


def points_ahead(folded: str, reading: DateReading) -> bool:
    """Whether no word beside a date makes it a fact's, a validity's, or one that is looked back on."""
    before, after = _beside(folded, reading)
    if _closing["TOLD_BEFORE"].search(before) or _anywhere["TOLD_AFTER"].match(after):
        return False
    return not _closing["EXTENDED"].search(before) or _anywhere["DONE_AFTER"].match(after) is not None


def _beside(folded: str, reading: DateReading) -> tuple[str, str]:
    return folded[max(0, reading.start - 12) : reading.start], folded[reading.end : reading.end + 12]


def _in_title(folded: str, place: int) -> bool:
    nearest = max(0, place - _LONGEST_TITLE)
    return folded.rfind("《", nearest, place) > folded.rfind("》", nearest, place)


_LONGEST_TITLE: Final = 120
