"""What holds for every text: nothing is refused, nothing lost, and what carries no meaning changes nothing."""

import json
import re

import yaml
from hypothesis import assume, given, settings
from strategies import notices, plain_notices, texts
from trees import essence, moved

from notice_parser import parse
from notice_parser.checks.lossless import lossless
from notice_parser.model import Notice, bodies, items
from notice_parser.outline.lines import read_lines, wrap_width
from notice_parser.render import render
from notice_parser.source import fold, scrub

_WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F) if chr(c) not in "\"'|#<>^`~*-"})


def is_hard_wrapped(text):
    """Of such a text the widths and indents of the lines say where paragraphs end."""
    return wrap_width(read_lines(text, fold(text))) is not None


def all_items(notice):
    return [item for _, body in bodies(notice) for item in items(body)]


@given(texts())
def test_every_text_is_read_without_loss(text):
    clean = scrub(text.removeprefix("\ufeff"))
    assert lossless(clean, parse(text)) == ()


@given(texts())
def test_folding_keeps_the_length_and_is_done_once_for_all(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(notices())
def test_every_marker_stands_where_its_item_begins(text):
    for item in all_items(parse(text)):
        assert text.startswith(item.marker, item.span.start)


@given(notices())
def test_items_stand_in_order_inside_their_parents(text):
    for _, body in bodies(parse(text)):
        for holder in (body, *items(body)):
            ends = holder.span.start
            for block in holder.content:
                assert ends <= block.span.start <= block.span.end <= holder.span.end
                ends = block.span.end


@given(notices())
def test_no_path_occurs_twice(text):
    paths = [item.path for item in all_items(parse(text))]
    assert len(set(paths)) == len(paths)


@given(notices())
def test_blank_lines_in_front_move_every_span_and_change_nothing_else(text):
    here, there = parse(text), parse("\n\n\n" + text)
    assert moved(here, 3) == moved(there, 0)


@given(texts())
def test_json_reads_back_equal(text):
    notice = parse(text)
    assert Notice.model_validate_json(render(notice, "json")) == notice


@settings(max_examples=40)
@given(texts())
def test_yaml_says_what_json_says(text):
    notice = parse(text)
    assert yaml.load(render(notice, "yaml"), yaml.CSafeLoader) == json.loads(render(notice, "json"))


@given(notices())
def test_full_and_half_width_have_the_same_tree(text):
    assume(not is_hard_wrapped(text.translate(_WIDE)) and not is_hard_wrapped(fold(text)))
    assert list(essence(parse(text.translate(_WIDE)))) == list(essence(parse(fold(text))))


@given(notices())
def test_line_ends_change_nothing(text):
    unix = list(essence(parse(text)))
    assert list(essence(parse(text.replace("\n", "\r\n")))) == unix
    assert list(essence(parse(text.replace("\n", "\r")))) == unix


@given(notices())
def test_indents_change_nothing(text):
    bare = re.sub(r"^[ \t　]+", "", text, flags=re.MULTILINE)
    assume(not is_hard_wrapped(bare))
    assert list(essence(parse(bare))) == list(essence(parse(re.sub("^(?=.)", "　　", bare, flags=re.MULTILINE))))


@given(plain_notices())
def test_the_canonical_text_has_the_same_tree(text):
    notice = parse(text)
    written = render(notice, "text")
    assume(not is_hard_wrapped(text) and not is_hard_wrapped(written))
    assert list(essence(parse(written))) == list(essence(notice))
