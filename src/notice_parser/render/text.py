"""Plain text: the notice written out canonically, so that reading it again gives the same tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from notice_parser.model import (
    Attachment,
    Block,
    Body,
    Item,
    Metadata,
    Notice,
    Organ,
    Paragraph,
    Part,
    SignOff,
    Table,
)
from notice_parser.source import Span

_SET_APART = ("part", "chapter", "section", "article", "decimal")  # a blank parts these markers from what follows
_HEADED = ("part", "chapter", "section")  # what stands on their lines is a heading without more
_STOPS = "。！？；"
_SIGNER = "签署人　"  # instead of the office, which a reading does not keep
_SHORT = 40  # the longest first sentence that is a heading

Placed = tuple[Span, str]


def render(part: Part, indent: int) -> str:
    """One paragraph a line, whatever the indent; residue and the blanks of type-setting are left out."""
    return "".join(f"{line}\n" for line in _part(part))


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Notice):
        return _notice(part)
    return _blocks(part.content) if isinstance(part, Body) else _item(part)


def _notice(notice: Notice) -> Iterator[str]:
    yield from _in_order(_head(notice))
    if notice.addressees:
        yield _names(notice.addressees) + "："
    yield from _blocks(notice.body.content)
    yield from _in_order(_tail(notice))
    yield from _imprint(notice)


def _in_order(lines: Iterable[Placed]) -> Iterator[str]:
    return (line for _, line in sorted(lines))


def _head(notice: Notice) -> Iterator[Placed]:
    """Metadata, number, issuers and title, each on a line; what only reads one of the others is not said twice."""
    fields = [(field.span, _field(field)) for field in notice.metadata]
    yield from fields
    title, number = notice.title, notice.document_number
    if title:
        yield title.span, f"{title.text}\n"
    if number and not _lies_in(number.span, [span for span, _ in fields]):
        yield number.span, number.text
    if notice.sign_off and _dated_above(notice) and not _lies_in(notice.sign_off.span, [span for span, _ in fields]):
        yield notice.sign_off.span, "\n".join(_sign_off(notice.sign_off))
    said = [*(span for span, _ in fields), *([title.span] if title else []), *_signed(notice)]
    yield from ((organ.span, organ.name) for organ in notice.issuers if not _lies_in(organ.span, said))


def _field(field: Metadata) -> str:
    return f"{field.label}：{field.value}" if field.label else field.value


def _signed(notice: Notice) -> list[Span]:
    return [notice.sign_off.span] if notice.sign_off else []


def _dated_above(notice: Notice) -> bool:
    """Whether the date of issue stands in the head: （2021年3月5日） below the title."""
    return notice.sign_off is not None and notice.sign_off.span.start < notice.body.span.start


def _lies_in(span: Span, places: Iterable[Span]) -> bool:
    return any(place.start <= span.start < place.end for place in places)


def _tail(notice: Notice) -> Iterator[Placed]:
    """The list of attachments, the sign-off, the notes and what is attached, in the order they stand in."""
    listed = (attachment.listed for attachment in notice.attachments)
    yield from ((text.span, text.text) for text in (*filter(None, listed), *notice.notes))
    if notice.sign_off and not _dated_above(notice):
        yield notice.sign_off.span, "\n".join(_sign_off(notice.sign_off))
    for attachment in notice.attachments:
        if attachment.span != (attachment.listed and attachment.listed.span):
            yield attachment.span, "\n".join(_attachment(attachment))


def _sign_off(sign_off: SignOff) -> Iterator[str]:
    yield from (organ.name for organ in sign_off.organs)
    yield from (f"{_SIGNER}{name}" for name in sign_off.signers)
    if sign_off.date:
        yield sign_off.date.text


def _attachment(attachment: Attachment) -> Iterator[str]:
    """An attached document; its label or its title says where it begins, so one without either gets a label."""
    if attachment.label or not attachment.title:
        yield attachment.label.text if attachment.label else f"附件{attachment.number}"
    if attachment.title:
        yield f"{attachment.title.text}\n"
    if attachment.body:
        yield from _blocks(attachment.body.content)
    if attachment.sign_off:
        yield from _sign_off(attachment.sign_off)


def _imprint(notice: Notice) -> Iterator[str]:
    if notice.copied_to:
        yield f"抄送：{_names(notice.copied_to)}。"
    if notice.printed_by or notice.printed_on:
        by = notice.printed_by.name if notice.printed_by else ""
        on = f"{notice.printed_on.text}印发" if notice.printed_on else ""
        yield "　".join(filter(None, [by, on]))


def _names(organs: Iterable[Organ]) -> str:
    return "，".join(organ.name for organ in organs)


def _blocks(content: Iterable[Block]) -> Iterator[str]:
    for block in content:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            yield from (f"| {' | '.join(cell.text for cell in row)} |" for row in block.rows)
        else:
            yield from _item(block)


def _item(item: Item) -> Iterator[str]:
    """The item's opening, with its first paragraph where that belongs on the same line, then what is below it."""
    first = item.content[0] if item.content else None
    opening = item.marker + ("　" if item.style in _SET_APART else "")
    if isinstance(first, Paragraph) and _runs_in(item, first):
        yield f"{opening}{_heading(item, first)}{first.text}"
        yield from _blocks(item.content[1:])
    else:
        yield f"{opening}{_heading(item, first)}"
        yield from _blocks(item.content)


def _runs_in(item: Item, first: Paragraph) -> bool:
    """Whether the first paragraph stands behind marker and heading; a clause that stood apart stays apart."""
    if item.heading is None or _adjoins(item, first):
        return True
    apart = any(clause.span.start == first.span.start for clause in item.responsibilities)
    return first.role == "text" and item.style not in _HEADED and len(item.heading.text) <= _SHORT and not apart


def _heading(item: Item, first: Block | None) -> str:
    """The heading, with a stop where it would not be one without."""
    if item.heading is None:
        return ""
    heading = item.heading.text
    if isinstance(first, Paragraph) and _runs_in(item, first):
        return heading if _adjoins(item, first) else f"{heading}。"
    return f"{heading}。" if any(stop in heading for stop in _STOPS) else heading


def _adjoins(item: Item, first: Paragraph) -> bool:
    """Whether a paragraph follows its heading without a stop."""
    return item.heading is not None and first.span.start == item.heading.span.end
