"""The verification of a reading finds each way in which it can be wrong."""

from notices import TEXT, notice

from notice_parser.checks.lossless import lossless
from notice_parser.model import Text
from notice_parser.source import Span


def rules(text, changed):
    return {flaw.rule for flaw in lossless(text, changed)}


def changed(**fields):
    return notice().model_copy(update=fields)


def test_a_right_reading_has_no_flaw():
    assert lossless(TEXT, notice()) == ()


def test_a_line_that_nobody_holds_is_lost():
    flaws = lossless(TEXT, changed(residue=()))
    assert [(flaw.rule, TEXT[slice(*flaw.span)].strip()) for flaw in flaws] == [("lost", "打印本页")]


def test_a_separator_is_a_mark_and_not_lost():
    assert TEXT[60] == "，"
    assert not any(flaw.span.start <= 60 < flaw.span.end for flaw in lossless(TEXT, notice()))


def test_a_text_that_is_not_the_sources_differs():
    note = notice().notes[0]
    assert rules(TEXT, changed(notes=(note.model_copy(update={"text": "（此件不公开）"}),))) == {"text-differs"}


def test_two_leaves_at_one_place_overlap():
    residue = notice().residue
    assert rules(TEXT, changed(residue=residue * 2)) == {"overlap"}


def test_a_gap_is_no_overlap():
    residue = Text(text="本", span=Span(255, 256))
    around = Text(text="打印页", span=Span(253, 257), gaps=(Span(255, 256),))
    assert rules(TEXT, changed(residue=(around, residue))) == set()


def test_a_span_behind_the_end_is_outside():
    assert rules(TEXT, changed(residue=(Text(text="x", span=Span(253, 999)),))) == {"span-outside"}


def with_content(content):
    body = notice().body
    return changed(body=body.model_copy(update={"content": content}))


def test_blocks_in_another_order_are_reported():
    first, second, third = notice().body.content
    assert rules(TEXT, with_content((first, third, second))) == {"order"}


def test_a_block_outside_its_parent_is_reported():
    body = notice().body.model_copy(update={"span": Span(70, 222)})
    assert rules(TEXT, changed(body=body)) == {"nesting"}


def test_a_path_that_occurs_twice_is_reported():
    first, second, third = notice().body.content
    assert rules(TEXT, with_content((first, second, third.model_copy(update={"path": "1"})))) == {"path-twice"}


def test_a_reading_outside_every_leaf_is_reported():
    issuer = notice().issuers[0].model_copy(update={"span": Span(60, 61)})
    assert rules(TEXT, changed(issuers=(issuer,))) == {"reading-outside"}
