"""Markdown: a readable document, the hierarchy as headings and lists, tables of measures and targets at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from notice_parser.model import (
    Attachment,
    Block,
    Body,
    Item,
    Measure,
    Notice,
    Organ,
    Paragraph,
    Part,
    Responsibility,
    Section,
    SignOff,
    Table,
)
from notice_parser.render.sheet import Sheet, sheet
from notice_parser.render.words import ROLES, by_role, due, target_words, visible
from notice_parser.tasks import ledger, targets

_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~$&]")
_LINE_MARKUP = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")  # what begins a heading, a list or a ruler
_DEEPEST = 6


def render(part: Part, indent: int) -> str:
    """Blocks with an empty line between them, whatever the indent."""
    return "\n\n".join(block for block in _part(part) if block) + "\n"


def table(columns: Sheet) -> str:
    """A sheet as a Markdown table."""
    rule = tuple("---" for _ in columns.heads)
    rows = [tuple(_cell(cell) for cell in row) for row in columns.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns.heads, rule, *rows))


def _part(part: Part) -> Iterator[str]:
    if isinstance(part, Notice):
        return _notice(part)
    return _blocks(part.content, 1) if isinstance(part, Body) else _blocks((part,), 1)


def _notice(notice: Notice) -> Iterator[str]:
    if notice.title:
        yield f"# {_inline(notice.title.text)}"
    yield _head(notice)
    if notice.addressees:
        yield f"{_names(notice.addressees)}："
    yield from _body(notice.body)
    yield from _signed(notice.sign_off)
    yield from (_line(note.text) for note in notice.notes)
    for attachment in notice.attachments:
        yield from _attachment(attachment)
    yield from _overviews(notice)


def _head(notice: Notice) -> str:
    """The head as a table: what the notice is, then the fields that the site gives."""
    number = notice.document_number
    known = [
        ("发文字号", number.text if number else ""),
        ("发文机关", _names(notice.issuers)),
        ("抄送机关", _names(notice.copied_to)),
        ("印发机关", notice.printed_by.name if notice.printed_by else ""),
        ("印发日期", due(notice.printed_on)),
    ]
    fields = [(label, value) for label, value in known if value]
    fields += [(visible(field.label), visible(field.value)) for field in notice.metadata]
    return table(Sheet(("项目", "内容"), tuple(fields))) if fields else ""


def _names(organs: Iterable[Organ]) -> str:
    return _inline("，".join(organ.name for organ in organs))


def _body(body: Body) -> Iterator[str]:
    yield from _blocks(body.content, 2)
    yield from _answers(body, "")


def _attachment(attachment: Attachment) -> Iterator[str]:
    said = [text.text for text in (attachment.label, attachment.title or attachment.listed) if text]
    yield f"## {_inline('　'.join(said))}"
    if attachment.body:
        yield from _blocks(attachment.body.content, 3)
        yield from _answers(attachment.body, "")
    yield from _signed(attachment.sign_off)


def _signed(sign_off: SignOff | None) -> Iterator[str]:
    if sign_off:
        names = [organ.name for organ in sign_off.organs] + list(sign_off.signers)
        date = [sign_off.date.text if not sign_off.date.repaired else due(sign_off.date)] if sign_off.date else []
        yield "  \n".join(_line(text) for text in names + date)


def _blocks(content: Iterable[Block], depth: int) -> Iterator[str]:
    for block in content:
        if isinstance(block, Section):
            yield from _section(block, depth)
        elif isinstance(block, Measure):
            yield "\n\n".join(_measure(block))
        else:
            yield _plain(block)


def _plain(block: Paragraph | Table) -> str:
    if isinstance(block, Paragraph):
        return _line(block.text)
    rows = [tuple(visible(cell.text) for cell in row) for row in block.rows]
    return table(Sheet(rows[0], tuple(rows[1:]))) if rows else ""


def _section(section: Section, depth: int) -> Iterator[str]:
    yield f"{'#' * min(depth, _DEEPEST)} {_title(section)}"
    yield from _answers(section, "")
    yield from _blocks(section.content, depth + 1)


def _measure(measure: Measure) -> Iterator[str]:
    """A list entry: the heading, what follows it, and who answers for it, by when, to what measure."""
    texts = [_plain(block) for block in measure.content if not isinstance(block, (Section, Measure))]
    opening = f"- **{_title(measure)}**"
    if texts and not measure.heading:
        opening = f"{opening} {texts.pop(0)}"
    yield opening
    yield from (_indented(text) for text in texts)
    yield from _answers(measure, "  ")


def _indented(text: str) -> str:
    return "  " + text.replace("\n", "\n  ")


def _title(item: Item) -> str:
    heading = item.heading.text if item.heading else ""
    return _inline(f"{item.marker}{heading}")


def _answers(holder: Body | Item, margin: str) -> Iterator[str]:
    """Units, targets and time limits of a body or an item, an entry a line."""
    lines = [line for clause in holder.responsibilities for line in _clause(clause)]
    lines += [f"目标：{_inline(target_words(target))}" for target in holder.targets]
    aimed_at = [target.deadline for target in holder.targets]
    lines += [f"时限：{_inline(date.text)}" for date in holder.deadlines if date not in aimed_at]
    if lines:
        yield "\n".join(f"{margin}- {line}" for line in lines)


def _clause(clause: Responsibility) -> Iterator[str]:
    for role, names in by_role(clause.units).items():
        yield f"{ROLES[role][0]}：{_inline('、'.join(names))}"
    if clause.deadline:
        yield f"时限：{_inline(clause.deadline.text)}"


def _overviews(notice: Notice) -> Iterator[str]:
    """The tables of the measures and of the targets, where there are any."""
    measures, aims = ledger(notice), targets([notice])
    if measures:
        yield "## 任务分解表"
        yield table(sheet("measures", measures, "markdown"))
    if aims:
        yield "## 量化目标"
        yield table(sheet("targets", aims, "markdown"))


def _inline(text: str) -> str:
    """Text as it stands, whatever Markdown would make of it."""
    return _MARKUP.sub(r"\\\g<0>", visible(text).replace("\n", " "))


def _line(text: str) -> str:
    """The same at the start of a line, where more is markup."""
    return _LINE_MARKUP.sub(_kept, _inline(text).strip())


def _kept(begin: re.Match[str]) -> str:
    mark = begin[2]
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def _cell(text: str) -> str:
    return "<br>".join(_inline(line) for line in text.split("\n"))
