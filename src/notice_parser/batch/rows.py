"""A notice as rows of the tables of an archive; rows refer to each other by their order."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

from notice_parser.model import Block, Body, Item, LedgerRow, Magnitude, Notice, Paragraph, Table, Target
from notice_parser.source import fold
from notice_parser.tasks import Place, ledger, places

Value = str | int | float | None
Row = tuple[Value, ...]
Belonging = tuple[int, Row]

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_WIDEST = 1 << 63  # SQLite's whole numbers are smaller


class Rows(NamedTuple):
    """What an archive keeps of a notice: `items` with the place of their parent, `words` what is searched in each.

    `responsibilities` begin with the place of their item; the others with the place of their responsibility.
    """

    notice: Row
    items: tuple[tuple[int | None, Row], ...]
    words: tuple[str, ...]
    responsibilities: tuple[tuple[int, str, int, int, int], ...]
    units: tuple[Belonging, ...]
    deadlines: tuple[Belonging, ...]
    targets: tuple[Belonging, ...]


def rows(notice: Notice) -> Rows:
    """The rows of a notice: itself, its bodies and items, its ledger."""
    found = tuple(places(notice))
    index = {place.path: count for count, place in enumerate(found)}
    tasks = ledger(notice)
    return Rows(
        notice=_notice(notice),
        items=tuple(_item(place, index) for place in found),
        words=tuple(fold("\n".join(filter(None, (_heading(place), _text(place))))) for place in found),
        responsibilities=tuple((index[row.path], row.text, int(row.inherited), *row.span) for row in tasks),
        units=tuple(_units(tasks)),
        deadlines=tuple(_deadlines(tasks)),
        targets=tuple(_targets(tasks)),
    )


def last_day(value: str) -> str | None:
    """The last day of a date cut to its precision.

    >>> last_day("2025"), last_day("2024-02"), last_day("三年内")
    ('2025-12-31', '2024-02-29', None)
    """
    date = _DATE.match(value)
    if date is None:
        return None
    year, month = int(date[1]), int(date[2] or 12)
    if year == 0 or not 1 <= month <= 12:
        return None
    return f"{date[1]}-{month:02}-{date[3] or monthrange(year, month)[1]}"


def _notice(notice: Notice) -> Row:
    source, number, title = notice.source, notice.document_number, notice.title
    date = notice.sign_off.date if notice.sign_off else notice.printed_on
    issued = date.value if date else None
    organs = notice.issuers or (notice.sign_off.organs if notice.sign_off else ())
    return (
        *(source.name, source.sha256, source.format, source.encoding, source.characters),
        *((title.text, title.document_type) if title else (None, None)),
        *((number.text, number.agency, number.serial) if number else (None, None, None)),
        (number.year if number else None) or (int(issued[:4]) if issued else None),
        "、".join(organ.name for organ in organs),
        issued,
    )


def _item(place: Place, index: dict[str, int]) -> tuple[int | None, Row]:
    holder = place.holder
    parent = index[place.parent] if place.parent is not None else None
    mark = (None, 0, None) if isinstance(holder, Body) else (holder.style, holder.level, holder.marker)
    kind = "body" if isinstance(holder, Body) else holder.kind
    return parent, (place.path, kind, *mark, _heading(place), place.citation, _text(place), *holder.span)


def _heading(place: Place) -> str | None:
    return place.headings[-1] if isinstance(place.holder, Body) and place.headings else _own_heading(place.holder)


def _own_heading(holder: Body | Item) -> str | None:
    return None if isinstance(holder, Body) or holder.heading is None else holder.heading.text


def _text(place: Place) -> str:
    return "\n".join(filter(None, map(_block_text, place.holder.content)))


def _block_text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, Table):
        return "\n".join("\t".join(cell.text for cell in row) for row in block.rows)
    return ""


# The ledger


def _units(tasks: tuple[LedgerRow, ...]) -> Iterator[Belonging]:
    for at, row in enumerate(tasks):
        yield from ((at, (position, unit.name, unit.role)) for position, unit in enumerate(row.units))


def _deadlines(tasks: tuple[LedgerRow, ...]) -> Iterator[Belonging]:
    for at, row in enumerate(tasks):
        yield from ((at, (position, value, last_day(value))) for position, value in enumerate(row.deadlines))


def _targets(tasks: tuple[LedgerRow, ...]) -> Iterator[Belonging]:
    for at, row in enumerate(tasks):
        yield from ((at, (position, *_target(target))) for position, target in enumerate(row.targets))


def _target(target: Target) -> Row:
    due = target.deadline.value or target.deadline.text if target.deadline else None
    return (
        *(target.indicator, target.verb, target.comparator, _number(target.value), _number(target.value_max)),
        *(target.unit, target.change, due, target.frequency, target.baseline, target.modality),
        *_magnitude(target.magnitude),
        target.text,
    )


def _magnitude(magnitude: Magnitude | None) -> Row:
    return (_number(magnitude.value), magnitude.unit) if magnitude else (None, None)


def _number(value: float | None) -> float | None:
    return float(value) if isinstance(value, int) and abs(value) >= _WIDEST else value
