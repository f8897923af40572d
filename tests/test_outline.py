"""Outlines as the corpus file tells them: what stands in the head, which items there are, how the notice ends."""

from collections.abc import Iterator

import pytest
from corpus_files import read_cases
from corpus_files import update as write_back

from notice_parser import parse
from notice_parser.checks.lossless import lossless
from notice_parser.model import Attachment, Body, Item, Notice, Paragraph, SignOff, Table, bodies, items

CASES = read_cases("outline")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_text_has_this_outline(case, update):
    if not update:
        assert "\n".join(told(parse(case.input))) == case.expected


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nothing_of_it_is_lost(case):
    assert lossless(case.input, parse(case.input)) == ()


def test_a_lost_first_mark_is_told_with_the_marks_as_they_are_printed():
    (remark,) = parse("一、任务\n（一）修复\n（二）编目\n（三）保管\n二、保障\n（二）宣传").diagnostics
    assert remark.message == "“（二）” is the first here; 1 was expected before it"


def test_with_update_the_file_is_written_anew(update):
    if update:
        write_back({case: "\n".join(told(parse(case.input))) for case in CASES})


def told(notice: Notice) -> Iterator[str]:
    """The notice in a few lines: its head, its items (path, marker, heading or ~ and the text), its tail."""
    yield from _head(notice)
    for _, body in bodies(notice):
        yield from _text(body)
        for item in items(body):
            yield from _item(item)
    yield from _tail(notice)


def _head(notice: Notice) -> Iterator[str]:
    yield from (f"metadata: {field.name or field.label} = {field.value}" for field in notice.metadata)
    yield from _field("number", [notice.document_number.text] if notice.document_number else [])
    yield from _field("issuers", [organ.name for organ in notice.issuers])
    yield from _field("title", [notice.title.text] if notice.title else [])
    yield from _field("addressees", [organ.name for organ in notice.addressees])


def _item(item: Item) -> Iterator[str]:
    paragraphs = [block.text for block in item.content if isinstance(block, Paragraph)]
    heading = item.heading.text if item.heading else f"~{paragraphs[0][:12] if paragraphs else ''}"
    yield f"{item.path} | {item.marker} | {heading}"
    yield from _text(item, rest=item.heading is None)


def _text(holder: Body | Item, *, rest: bool = False) -> Iterator[str]:
    """What stands beside the items: paragraphs cut to their first words, tables."""
    blocks = [block for block in holder.content if isinstance(block, Paragraph | Table)]
    for block in blocks[int(rest) :]:
        if isinstance(block, Table):
            yield from ("  | " + " | ".join(cell.text for cell in row) for row in block.rows)
        else:
            role = "" if block.role == "text" else f"[{block.role}] "
            yield f"  {role}{block.text[:24]}{'…' if len(block.text) > 24 else ''}"


def _tail(notice: Notice) -> Iterator[str]:
    yield from _signed(notice.sign_off)
    yield from _field("notes", [note.text for note in notice.notes])
    yield from (line for attachment in notice.attachments for line in _attached(attachment))
    yield from _field("copied to", [organ.name for organ in notice.copied_to])
    printed = [notice.printed_by and notice.printed_by.name, notice.printed_on and notice.printed_on.value]
    yield from _field("printed", list(filter(None, printed)))
    yield from _field("residue", [text.text for text in notice.residue])
    yield from (f"{remark.severity}: {remark.rule} {remark.line}:{remark.column}" for remark in notice.diagnostics)


def _signed(sign_off: SignOff | None) -> Iterator[str]:
    if sign_off:
        names = [*(organ.name for organ in sign_off.organs), *sign_off.signers]
        yield from _field("signed", [*names, *filter(None, [sign_off.date and sign_off.date.value])])


def _attached(attachment: Attachment) -> Iterator[str]:
    words = (text.text if text else "-" for text in (attachment.label, attachment.listed, attachment.title))
    yield f"attachment {attachment.number}: {' | '.join(words)}"
    yield from (f"  {line}" for line in _signed(attachment.sign_off))


def _field(name: str, values: list[str]) -> Iterator[str]:
    if values:
        yield f"{name}: {' | '.join(values)}"
