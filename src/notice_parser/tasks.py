"""The ledger (任务分解表): a notice as rows of who must do what, by when, to what measure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from notice_parser.model import (
    Attachment,
    Body,
    Date,
    Item,
    LedgerRow,
    LedgerUnit,
    Measure,
    Notice,
    Organ,
    Paragraph,
    Responsibility,
    ResponsibleUnit,
    Section,
    Table,
    Target,
    TargetRow,
    UnitRow,
    UnitTask,
)
from notice_parser.source import Span, fold

Placed = TypeVar("Placed", Target, Date)

_SHORT = 40
_FULL_WIDTH = str.maketrans("()", "（）")


class Place(NamedTuple):
    """A body or an item, where it stands and how people quote it; `headings` are all ancestors' and its own."""

    holder: Body | Item
    path: str
    parent: str | None
    citation: str
    headings: tuple[str, ...]


class _Place(NamedTuple):
    """Where a row stands: its body's name, then the items from the outermost to the innermost."""

    notice: Notice
    prefix: str
    body_name: str
    items: tuple[Item, ...]

    def below(self, item: Item) -> _Place:
        return self._replace(items=(*self.items, item))


def ledger(notice: Notice) -> tuple[LedgerRow, ...]:
    """One row a clause, one a measure without a clause, one for what a section or a body sets for itself."""
    return tuple(row for place, body in _bodies(notice) for row in _body_rows(place, body))


def units(notices: Iterable[Notice]) -> tuple[UnitRow, ...]:
    """One row a unit, in the order of their first tasks; the names a document uses for one unit are folded."""
    mentions: dict[str, list[tuple[LedgerRow, LedgerUnit]]] = {}
    for notice in notices:
        rows = ledger(notice)
        names = _full_names(notice, rows)
        for row in rows:
            for unit in row.units:
                mentions.setdefault(names[unit.name], []).append((row, unit))
    return tuple(_unit_row(name, named) for name, named in mentions.items())


def targets(notices: Iterable[Notice]) -> tuple[TargetRow, ...]:
    """One row a target, with those who answer for it."""
    rows = (row for notice in notices for row in ledger(notice))
    return tuple(_target_row(row, target) for row in rows for target in row.targets)


def places(notice: Notice) -> Iterator[Place]:
    """Each body and each item of the notice in reading order, where it stands; a body's heading is its title."""
    for place, body in _bodies(notice):
        yield Place(body, place.prefix, None, place.body_name, _titles(notice, place))
        yield from _places(place, body)


def subject(row: LedgerRow) -> str:
    """What a row is about, in short: the item's own heading, else the first words of its text."""
    steps = row.path.rpartition(":")[2].split(".")
    if len(row.headings) == len(steps):
        return row.headings[-1]
    sentence = row.text.partition("。")[0]
    return sentence if len(sentence) <= _SHORT else f"{sentence[:_SHORT]}…"


# Rows


def _body_rows(place: _Place, body: Body) -> Iterator[LedgerRow]:
    yield from _clause_rows(place, body)
    yield from _uncovered_row(place, body)
    yield from _item_rows(place, body)


def _item_rows(place: _Place, holder: Body | Item) -> Iterator[LedgerRow]:
    for item in holder.content:
        if isinstance(item, (Section, Measure)):
            below = place.below(item)
            yield from _clause_rows(below, item)
            yield from _uncovered_row(below, item)
            yield from _item_rows(below, item)


def _clause_rows(place: _Place, holder: Body | Item) -> Iterator[LedgerRow]:
    cells = _cells(holder) if holder.responsibilities else {}
    for clause in holder.responsibilities:
        reach = (clause.covers, clause.span)
        deadlines = (*filter(None, [clause.deadline]), *_within(holder.deadlines, reach))
        own, given = _plain(clause.units), _rule_units(place.notice, clause.span.start)
        text = cells.get(clause.covers) or _text(holder, clause.covers)
        yield _row(place, clause.span, text, own, given, deadlines, _within(holder.targets, reach))


def _uncovered_row(place: _Place, holder: Body | Item) -> Iterator[LedgerRow]:
    """What no clause of the holder answers for: a measure without one, targets and deadlines beside one."""
    reach = tuple(span for clause in holder.responsibilities for span in (clause.covers, clause.span))
    deadlines, aims = _beyond(holder.deadlines, reach), _beyond(holder.targets, reach)
    if deadlines or aims or (isinstance(holder, Measure) and not reach):
        text = _text(holder, holder.span)
        yield _row(place, holder.span, text, (), _inherited(place), deadlines, aims)


def _row(
    place: _Place,
    span: Span,
    text: str,
    own: tuple[LedgerUnit, ...],
    given: tuple[LedgerUnit, ...],
    deadlines: tuple[Date, ...],
    aims: tuple[Target, ...],
) -> LedgerRow:
    answering = tuple(dict.fromkeys((*own, *given)))
    number = place.notice.document_number
    return LedgerRow(
        notice=_name(place.notice),
        document_number=number.text if number else None,
        path=_path(place),
        citation=_citation(place),
        headings=_headings(place),
        text=text,
        lead=tuple(unit.name for unit in answering if unit.role == "lead"),
        units=answering,
        inherited=len(answering) > len(set(own)),
        deadlines=tuple(dict.fromkeys(date.value or date.text for date in deadlines)),
        targets=aims,
        span=span,
    )


def _name(notice: Notice) -> str | None:
    return notice.source.name or (notice.title.text if notice.title else None)


# Places


def _places(place: _Place, holder: Body | Item) -> Iterator[Place]:
    for item in holder.content:
        if isinstance(item, (Section, Measure)):
            below = place.below(item)
            yield Place(item, item.path, _path(place), _citation(below), _headings(below))
            yield from _places(below, item)


def _path(place: _Place) -> str:
    return place.items[-1].path if place.items else place.prefix


def _headings(place: _Place) -> tuple[str, ...]:
    return tuple(item.heading.text for item in place.items if item.heading)


def _bodies(notice: Notice) -> Iterator[tuple[_Place, Body]]:
    yield _Place(notice, "", "", ()), notice.body
    carried = [attachment for attachment in notice.attachments if attachment.body]
    for count, attachment in enumerate(carried, 1):
        if attachment.body:
            yield _Place(notice, f"A{count}:", _label(attachment), ()), attachment.body


def _titles(notice: Notice, place: _Place) -> tuple[str, ...]:
    """The title that a body stands under: the notice's, or that of the attached document."""
    if not place.prefix:
        return (notice.title.text,) if notice.title else ()
    carried = [attachment for attachment in notice.attachments if attachment.body]
    attachment = carried[int(place.prefix[1:-1]) - 1]
    title = attachment.title or attachment.listed
    return (title.text,) if title else ()


def _label(attachment: Attachment) -> str:
    return attachment.label.text.rstrip(":：") if attachment.label else f"附件{attachment.number}"


def _citation(place: _Place) -> str:
    """The markers in a row, in full-width brackets: 五、（一）3.; a decimal says its ancestors' numbers itself."""
    said = [item for item in place.items[:-1] if not _says_number_of(place.items[-1], item)] + list(place.items[-1:])
    markers = "".join(fold(item.marker).replace(" ", "").translate(_FULL_WIDTH) for item in said)
    return f"{place.body_name}：{markers}" if place.body_name and markers else place.body_name or markers


def _says_number_of(item: Item, above: Item) -> bool:
    """Whether a decimal prints the number of an item above it: 3.1 that of 3. and that of 3, but not that of 三、"""
    if item.style != "decimal":
        return False
    return above.style == "decimal" or (above.style == "arabic" and item.number.startswith(f"{above.number}."))


# Who answers where nobody is named


def _inherited(place: _Place) -> tuple[LedgerUnit, ...]:
    """The units of the nearest section's clause, and those of a rule said before."""
    above = [item.responsibilities for item in reversed(place.items[:-1]) if item.responsibilities]
    nearest = [unit for clause in above[0] for unit in _plain(clause.units)] if above else []
    start = place.items[-1].span.start if place.items else 0
    return (*nearest, *_rule_units(place.notice, start))


def _rule_units(notice: Notice, start: int) -> tuple[LedgerUnit, ...]:
    """Whom a rule said before `start` gives to all that follows: 以下均需试点城市政府落实，不再列出."""
    rules = [rule for rule in notice.rules if rule.kind == "implicit_unit" and rule.span.end <= start]
    return tuple(unit for rule in rules for unit in _plain(rule.units))


def _plain(named: tuple[ResponsibleUnit, ...]) -> tuple[LedgerUnit, ...]:
    return tuple(LedgerUnit(name=unit.name, role=unit.role) for unit in named)


# What a clause covers


def _within(values: tuple[Placed, ...], reach: tuple[Span, ...]) -> tuple[Placed, ...]:
    return tuple(value for value in values if _starts_in(value.span, reach))


def _beyond(values: tuple[Placed, ...], reach: tuple[Span, ...]) -> tuple[Placed, ...]:
    return tuple(value for value in values if not _starts_in(value.span, reach))


def _starts_in(span: Span, reach: tuple[Span, ...]) -> bool:
    return any(start <= span.start < end for start, end in reach)


def _text(holder: Body | Item, covers: Span) -> str:
    """The holder's own paragraphs inside `covers` without their clauses; the heading where there are none."""
    paragraphs = [block for block in holder.content if isinstance(block, Paragraph)]
    pieces = [piece for paragraph in paragraphs for piece in _pieces(paragraph, holder.responsibilities)]
    text = "\n".join(text for text, span in pieces if text.strip() and _overlap(span, covers))
    heading = None if isinstance(holder, Body) else holder.heading
    return text or (heading.text if heading else "")


def _cells(holder: Body | Item) -> dict[Span, str]:
    """The cells of the holder's tables: a clause that is a row of one answers for one of them."""
    tables = (block for block in holder.content if isinstance(block, Table))
    return {cell.span: cell.text for table in tables for row in table.rows for cell in row}


def _pieces(paragraph: Paragraph, clauses: tuple[Responsibility, ...]) -> Iterator[tuple[str, Span]]:
    """What stands between the clauses of a paragraph, and where."""
    done, begin = 0, paragraph.span.start
    for clause in clauses:
        if _overlap(clause.span, paragraph.span):
            start, end = _place_in(paragraph, clause, done)
            yield paragraph.text[done:start], Span(begin, clause.span.start)
            done, begin = end, clause.span.end
    yield paragraph.text[done:], Span(begin, paragraph.span.end)


def _place_in(paragraph: Paragraph, clause: Responsibility, done: int) -> tuple[int, int]:
    """Where in the paragraph's text the clause stands; counted in the source where it runs over several paragraphs."""
    found = paragraph.text.find(clause.text, done)
    if found >= 0:
        return found, found + len(clause.text)
    start, end = (max(done, place - paragraph.span.start) for place in clause.span)
    return start, end


def _overlap(one: Span, other: Span) -> bool:
    return max(one.start, other.start) < min(one.end, other.end)


# One unit, several names


_LEVELS = ("国家", "自治区", "省", "市", "州", "区", "县", "盟", "旗")


def _full_names(notice: Notice, rows: tuple[LedgerRow, ...]) -> dict[str, str]:
    """Each name and the longest of the document that is the same unit's: 高新区 is 兰州高新区 where both occur."""
    names = dict.fromkeys(unit.name for row in rows for unit in row.units)
    return {name: _full_name(name, names, _heads(notice)) for name in names}


def _full_name(name: str, names: Iterable[str], heads: str) -> str:
    longer = [other for other in names if other.endswith(name) and _is_place(other.removesuffix(name), heads)]
    return longer[0] if len(longer) == 1 else name


def _is_place(word: str, heads: str) -> bool:
    """Whether a word says whose unit it is: 市, the 兰州 of a notice by 兰州市人民政府; not the 教育 of 教育体育局."""
    return word in _LEVELS or (len(word) > 1 and any(word.removesuffix(level) + level in heads for level in _LEVELS))


def _heads(notice: Notice) -> str:
    organs: tuple[Organ, ...] = (
        *notice.issuers,
        *notice.addressees,
        *(notice.sign_off.organs if notice.sign_off else ()),
    )
    return "".join([notice.title.text if notice.title else "", *(organ.name for organ in organs)])


# Views


def _unit_row(name: str, mentions: list[tuple[LedgerRow, LedgerUnit]]) -> UnitRow:
    printed = dict.fromkeys(unit.name for _, unit in mentions)
    return UnitRow(name=name, printed=tuple(printed), tasks=tuple(_task(row, unit) for row, unit in mentions))


def _task(row: LedgerRow, unit: LedgerUnit) -> UnitTask:
    return UnitTask(
        notice=row.notice,
        document_number=row.document_number,
        path=row.path,
        citation=row.citation,
        task=subject(row),
        role=unit.role,
        inherited=row.inherited,
        deadlines=row.deadlines,
    )


def _target_row(row: LedgerRow, target: Target) -> TargetRow:
    return TargetRow(
        notice=row.notice,
        document_number=row.document_number,
        path=row.path,
        citation=row.citation,
        headings=row.headings,
        lead=row.lead,
        units=row.units,
        inherited=row.inherited,
        target=target,
    )
