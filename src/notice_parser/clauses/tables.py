"""Tables that say who does what (任务分解表): a row is a responsibility clause for its task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from notice_parser.clauses.dates import read_date
from notice_parser.clauses.into_model import as_limit, as_unit
from notice_parser.clauses.responsibility import ROLES, read_clauses
from notice_parser.clauses.units import is_broken, is_unit, read_names
from notice_parser.grammar import terminals
from notice_parser.model import Date, Responsibility, ResponsibleUnit, Role, Table
from notice_parser.model.made import built
from notice_parser.source import Passage, Span, joined

_HEAD_ROWS: Final = 3  # a caption or the unit of measure may stand above the head
_TIME: Final = "TIME_LABEL"
_TASK: Final = "TASK"
_ROLED: Final = ("LEAD_LABEL", "SUPPORT_LABEL", "GUIDE_LABEL", "IMPLEMENT_LABEL", "ASSESS_LABEL", "RESPONSIBLE_LABEL")
_NAMING: Final = (*_ROLED, "OFFICE")
_BESIDE: Final = (*_NAMING, _TIME)
_LONGEST: Final = 45  # characters of a unit's name
_CUT: Final = re.compile("[ 、,;]")
_REMARK: Final = re.compile(r"\([^()]*\)")
_BREAK: Final = re.compile(r"[ \u3000\xa0]+")


class _Column(NamedTuple):
    """What a column holds: the kind of its head, and the words of it."""

    kind: str
    words: str


class _Head(NamedTuple):
    """The columns of a table, and the number of its rows down to the head."""

    columns: tuple[_Column, ...]
    rows: int


def read_table(table: Table, text: str, folded: str, year: int | None) -> Iterator[Responsibility]:
    """A clause a row, where the head names tasks and those who answer for them; `year` is the document's.

    A row that names nobody goes with the units and the time limit above it, as cells over several rows do.
    """
    rows = [_cells(row[0].span.start, row[-1].span.end, folded) for row in table.rows]
    head = _head(rows, folded)
    if head is None:
        return
    above: Sequence[Span] = ()
    for row in rows[head.rows :]:
        filled = _filled(row, above, head.columns)
        if (clause := _clause(filled, head.columns, text, folded, year)) is not None:
            yield clause
            above = filled


def _cells(start: int, end: int, folded: str) -> list[Span]:
    """The cells of a row, the empty ones too, so that each stays below its head."""
    first, last = folded.rfind("\n", 0, start) + 1, folded.find("\n", end)
    line = folded[first : last if last >= 0 else len(folded)]
    bars = [found.start() for found in re.finditer(r"\|", line)]
    return [_trimmed(first + one + 1, first + other, folded) for one, other in pairwise(bars)]


def _trimmed(start: int, end: int, folded: str) -> Span:
    words = folded[start:end]
    inner = words.strip(" ")
    begin = start + words.index(inner) if inner else start
    return Span(begin, begin + len(inner))


# ---------------------------------------------------------------- the head


def _head(rows: list[list[Span]], folded: str) -> _Head | None:
    """The first row that names a column of tasks and one of units."""
    for count, row in enumerate(rows[:_HEAD_ROWS], 1):
        columns = tuple(_column(folded[slice(*cell)]) for cell in row)
        kinds = {column.kind for column in columns}
        if _TASK in kinds and kinds & set(_NAMING):
            return _Head(columns, count)
    return None


@lru_cache(maxsize=1024)
def _column(head: str) -> _Column:
    """What a head says that stands over a column: 牵头单位(排第一的牵头) is a 牵头单位."""
    words = _REMARK.sub("", head.replace(" ", ""))
    kind = next((name for name, pattern in _heads().items() if pattern.fullmatch(f"{words}:")), "")
    return _Column(kind, words)


@cache
def _heads() -> dict[str, re.Pattern[str]]:
    """The kinds of columns, tried in this order; labels of clauses bring their colon with them."""
    labels, words = terminals("responsibility"), terminals("table")
    patterns = {name: labels[name] for name in (*_ROLED, _TIME)}
    patterns |= {name: f"(?:{words[name]}):" for name in ("SERIAL", "OFFICE", _TASK)}
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


# ---------------------------------------------------------------- a row


def _filled(row: list[Span], above: Sequence[Span], columns: tuple[_Column, ...]) -> list[Span]:
    """The row, with the cells of units and time limit from above where it names nobody who answers first."""
    answering = next(index for index, column in enumerate(columns) if column.kind in _NAMING)
    if not above or len(row) != len(columns) or row[answering].end > row[answering].start:
        return row
    return [cell if cell.end > cell.start or column.kind not in _BESIDE else higher
            for cell, column, higher in zip(row, columns, above, strict=True)]  # fmt: skip


def _clause(
    row: list[Span], columns: tuple[_Column, ...], text: str, folded: str, year: int | None
) -> Responsibility | None:
    """What a row says: who answers for its task, by when."""
    if len(row) != len(columns):
        return None
    task = _task(row, columns)
    held = [(cell, column) for cell, column in zip(row, columns, strict=True) if cell.end > cell.start]
    read = [_units(cell, column, text, folded) for cell, column in held if column.kind in _NAMING]
    units = tuple(unit for found, _ in read for unit in found)
    if task is None or not units:
        return None
    limits = [_limit(cell, text, folded, year) for cell, column in held if column.kind == _TIME]
    places = [cell for cell, column in held if column.kind in _BESIDE]
    span = _own(places, row) or Span(units[0].span.start, units[-1].span.end)
    return built(
        Responsibility,
        text=joined(text, folded, span),
        units=units,
        open_list=any(is_open for _, is_open in read),
        deadline=limits[0] if limits else None,
        remark=None,
        covers=task,
        span=span,
    )


def _own(places: Iterable[Span], row: list[Span]) -> Span | None:
    """From the first to the last of the cells that the row itself prints."""
    own = [cell for cell in places if row[0].start <= cell.start]
    return Span(own[0].start, own[-1].end) if own else None


def _task(row: list[Span], columns: tuple[_Column, ...]) -> Span | None:
    """The last cell of a task, which says it closest: 重点任务 | 具体措施."""
    tasks = [cell for cell, column in zip(row, columns, strict=True) if column.kind == _TASK and cell.end > cell.start]
    return tasks[-1] if tasks else None


def _units(cell: Span, column: _Column, text: str, folded: str) -> tuple[tuple[ResponsibleUnit, ...], bool]:
    """The units of a cell, and whether their list is open; a cell may hold a whole clause (牵头单位:…;配合单位:…)."""
    passage = Passage(text, folded, cell)
    clauses = read_clauses(passage) if ":" in passage.folded else ()
    if clauses:
        return tuple(as_unit(passage, unit) for clause in clauses for unit in clause.units), clauses[0].open_list
    role: Role = ROLES.get(column.kind, "responsible")
    words, listed = text[slice(*cell)], read_names(_listed(folded[slice(*cell)]))
    found = (
        (_BREAK.sub("", name.full(words)), Span(cell.start + name.start, cell.start + name.end), name.collective)
        for name in listed.names
    )
    return tuple(
        built(
            ResponsibleUnit,
            name=name,
            raw=text[slice(*span)],
            role=role,
            role_text=column.words,
            collective=collective,
            span=span,
        )
        for name, span, collective in found
        if not is_broken(name)
    ), listed.open_list


def _listed(folded: str) -> str:
    """The list with its line ends, which a cell writes as blanks, as marks: 市财政局 市审计局 are two units."""
    return _BREAK.sub(lambda blank: _mark(folded, blank), folded)


def _mark(folded: str, blank: re.Match[str]) -> str:
    before = _CUT.split(folded[max(0, blank.start() - _LONGEST) : blank.start()])[-1]
    return "、".ljust(len(blank[0])) if before and is_unit(before) else blank[0]


def _limit(cell: Span, text: str, folded: str, year: int | None) -> Date:
    return as_limit(text[slice(*cell)], read_date(folded[slice(*cell)], year=year), cell)
