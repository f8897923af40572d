"""The tree: one node a line, with its kind, path, marker, span and first words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from notice_parser.model import (
    Attachment,
    Block,
    Body,
    Date,
    Item,
    Notice,
    Organ,
    Paragraph,
    Part,
    Responsibility,
    SignOff,
    Table,
    Target,
    Text,
)
from notice_parser.render.words import amount, by_role, visible
from notice_parser.source import Span

_FIRST_WORDS = 24


class _Line(NamedTuple):
    depth: int
    kind: str
    span: Span | None
    words: str
    address: str = ""


def render(part: Part, indent: int) -> str:
    """One node a line, each level two blanks further in, whatever the indent."""
    return "".join(f"{_written(line)}\n" for line in _part(part))


def _written(line: _Line) -> str:
    span = f"[{line.span.start},{line.span.end})" if line.span else ""
    words = " ".join(filter(None, [line.kind, line.address, span, line.words]))
    return "  " * line.depth + visible(words).replace("\n", " ")


def _first(text: str) -> str:
    return text if len(text) <= _FIRST_WORDS else f"{text[:_FIRST_WORDS]}…"


def _part(part: Part) -> Iterator[_Line]:
    if isinstance(part, Notice):
        return _notice(part)
    return _body(part, 0) if isinstance(part, Body) else _item(part, 0)


def _notice(notice: Notice) -> Iterator[_Line]:
    yield _Line(0, "notice", Span(0, notice.source.characters), notice.source.name or "")
    yield from _head(notice)
    yield from _body(notice.body, 1)
    yield from _tail(notice)
    for attachment in notice.attachments:
        yield from _attachment(attachment)
    yield from _remarks(notice)


def _head(notice: Notice) -> Iterator[_Line]:
    for field in notice.metadata:
        yield _Line(1, "metadata", field.span, f"{field.label}：{_first(field.value)}", field.name or "")
    if number := notice.document_number:
        parts = " / ".join(str(part) for part in (number.agency, number.year, number.serial) if part is not None)
        yield _Line(1, "document_number", number.span, f"{number.text} = {parts}")
    yield from _organs("issuer", notice.issuers)
    if title := notice.title:
        yield _Line(1, "title", title.span, title.text, title.document_type or "")
    yield from _organs("addressee", notice.addressees)


def _tail(notice: Notice) -> Iterator[_Line]:
    yield from _sign_off(notice.sign_off, 1)
    yield from _texts("note", notice.notes, 1)
    yield from _organs("copied_to", notice.copied_to)
    yield from _organs("printed_by", filter(None, [notice.printed_by]))
    yield from _dates("printed_on", filter(None, [notice.printed_on]), 1)


def _remarks(notice: Notice) -> Iterator[_Line]:
    for rule in notice.rules:
        units = "、".join(unit.name for unit in rule.units)
        yield _Line(1, "rule", rule.span, " ".join(filter(None, [rule.text, units])), rule.kind)
    yield from _texts("residue", notice.residue, 1)
    for found in notice.diagnostics:
        yield _Line(1, found.severity, found.span, f"{found.line}:{found.column} {found.message}", found.rule)


def _attachment(attachment: Attachment) -> Iterator[_Line]:
    yield _Line(1, "attachment", attachment.span, "", str(attachment.number))
    for kind, text in (("label", attachment.label), ("listed", attachment.listed), ("title", attachment.title)):
        yield from _texts(kind, filter(None, [text]), 2)
    if attachment.body:
        yield from _body(attachment.body, 2)
    yield from _sign_off(attachment.sign_off, 2)


def _sign_off(sign_off: SignOff | None, depth: int) -> Iterator[_Line]:
    if sign_off:
        names = "、".join([*(organ.name for organ in sign_off.organs), *sign_off.signers])
        yield _Line(depth, "sign_off", sign_off.span, names)
        yield from _dates("date", filter(None, [sign_off.date]), depth + 1)


def _body(body: Body, depth: int) -> Iterator[_Line]:
    yield _Line(depth, "body", body.span, "")
    yield from _inside(body, depth + 1)


def _item(item: Item, depth: int) -> Iterator[_Line]:
    heading = item.heading.text if item.heading else ""
    yield _Line(depth, item.kind, item.span, heading, f"{item.path} {item.marker}")
    yield from _inside(item, depth + 1)


def _inside(holder: Body | Item, depth: int) -> Iterator[_Line]:
    for block in holder.content:
        yield from _block(block, depth)
    for clause in holder.responsibilities:
        yield _responsibility(clause, depth)
    for target in holder.targets:
        yield _target(target, depth)
    yield from _dates("deadline", holder.deadlines, depth)


def _block(block: Block, depth: int) -> Iterator[_Line]:
    if isinstance(block, Paragraph):
        yield _Line(depth, "paragraph", block.span, _first(block.text), block.role if block.role != "text" else "")
    elif isinstance(block, Table):
        yield _Line(depth, "table", block.span, "")
        for row in block.rows:
            yield _Line(depth + 1, "row", None, " | ".join(cell.text for cell in row))
    else:
        yield from _item(block, depth)


def _responsibility(clause: Responsibility, depth: int) -> _Line:
    units = "; ".join(f"{role} {'、'.join(names)}" for role, names in by_role(clause.units).items())
    deadline = f"until {_date_words(clause.deadline)}" if clause.deadline else ""
    extra = ["open list" if clause.open_list else "", deadline, clause.remark]
    return _Line(depth, "responsibility", clause.span, "; ".join(filter(None, [units, *extra])))


def _target(target: Target, depth: int) -> _Line:
    deadline = f"until {_date_words(target.deadline)}" if target.deadline else ""
    extra = [target.modality, deadline, target.frequency, target.baseline]
    words = [target.indicator, target.verb, amount(target), *(f"; {said}" for said in extra if said)]
    return _Line(depth, "target", target.span, " ".join(filter(None, words)).replace(" ;", ";"))


def _dates(kind: str, dates: Iterable[Date], depth: int) -> Iterator[_Line]:
    for date in dates:
        yield _Line(depth, kind, date.span, _date_words(date))


def _date_words(date: Date) -> str:
    marks = [mark for mark, holds in (("repaired", date.repaired), ("inferred", date.inferred)) if holds]
    return " ".join([date.text, "=", date.value or "?", *marks])


def _organs(kind: str, organs: Iterable[Organ]) -> Iterator[_Line]:
    for organ in organs:
        yield _Line(1, kind, organ.span, organ.name)


def _texts(kind: str, texts: Iterable[Text], depth: int) -> Iterator[_Line]:
    for text in texts:
        yield _Line(depth, kind, text.span, _first(text.text))
