"""An expression whose alternatives stand together by their letters finds what it found before."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notice_parser.alternatives import by_letters, plain_words
from notice_parser.grammar import FOLDER, beginning, entrance, grammar, tells, terminals
from notice_parser.openings import entrances, together

PLAIN = {
    (path.stem, terminal.name): terminal.pattern.to_regexp()
    for path in sorted(FOLDER.glob("*.lark"))
    for terminal in grammar(path.stem).terminals
}
REWRITTEN = {key: (re.compile(plain), re.compile(terminals(key[0])[key[1]])) for key, plain in PLAIN.items()}
# Pieces of its words in any order are near what an expression finds, and near what it refuses.
PIECES = {
    key: sorted({*re.findall(r"[一-龥]{1,2}|[0-9%,。;:、()]", plain)} | {"5", "、"}) for key, plain in PLAIN.items()
}


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("(?:提高|增加)[到至]", "(?:提高[到至]|增加[到至])"),
        ("提高|增加|提升", "(?:提(?:高|升)|增加)"),
        ("增|增长", "(?:增(?:|长))"),
        ("新?(?:建|设)", "(?:新[建设]|[建设])"),
        ("(?<!不)(?:提高|提升)", "提(?<!不提)[高升]"),
        ("(?:提高|.增|提升)+", "(?:(?:提高|.增|提升)+)"),  # 提增 is for the second
        ("甲*?乙{2,}丙{,3}丁++[^戊]", "甲*?乙{2,}丙{0,3}丁++[^戊]"),
        ("(甲|乙)丙|甲丁", "(甲|乙)丙|甲丁"),  # groups keep their numbers
        (r"甲\d|甲乙", r"甲\d|甲乙"),  # not known here
    ],
)
def test_alternatives_stand_together_by_their_first_letters(expression, written):
    assert by_letters(expression) == written


@pytest.mark.parametrize(
    ("expression", "text", "found"),
    [
        ("增|增长", "增长", "增"),  # the order of those with one letter stays
        ("增长|增", "增长", "增长"),
        ("提高|.[高升]级|提升", "提升级", "提升级"),
        ("(?<=不)提高|提升|提高到", "不提高到", "提高"),
    ],
)
def test_the_first_that_fits_is_found(expression, text, found):
    assert re.search(expression, text)[0] == re.search(by_letters(expression), text)[0] == found


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_terminal_finds_in_any_text_what_the_grammar_says(data):
    key = data.draw(st.sampled_from(sorted(PLAIN)))
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES[key]), max_size=30)))
    plain, rewritten = REWRITTEN[key]
    assert [found.span() for found in plain.finditer(text)] == [found.span() for found in rewritten.finditer(text)]


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_terminal_begins_but_at_its_entrance(data):
    name, terminal = data.draw(st.sampled_from(sorted(PLAIN)))
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES[name, terminal]), max_size=30)))
    plain, _ = REWRITTEN[name, terminal]
    first = re.compile(entrance(name, terminal))
    assert all(first.match(text, found.start()) for found in plain.finditer(text) if found[0])


def test_an_expression_may_stand_beside_others_as_before():
    assert re.fullmatch(f"不{by_letters('(?:提高|增加)')}了", "不增加了")


def test_an_entrance_lets_the_next_character_be_seen():
    words = re.compile(beginning(entrance("target", "RISE", "FALL"), "提高|减少"))
    assert [bool(words.search(text)) for text in ("提高", "减少", "提出", "减")] == [True, True, False, False]
    assert re.compile(entrance("target", "RISE", "FALL")).search("提出减免") is None


@pytest.mark.parametrize("expression", ["[一-龥]个", ".个", "(?:至)?", "(甲)?\\1"])
def test_what_may_begin_with_anything_has_no_entrances(expression):
    assert entrances(expression) == {} == together([entrances(expression), entrances("提高")])


@pytest.mark.parametrize("expression", ["增长?", "提高|.", "(?<!不)增", "甲|[0-9]"])
def test_what_is_more_than_words_has_no_plain_words(expression):
    assert plain_words(expression) == ()


@pytest.mark.parametrize("terminal", ["CREDITED", "SIZES"])  # words, and a pattern
def test_a_terminal_is_told_of_a_text_either_way(terminal):
    texts = ["技术支持:某公司", "粤ICP备1号", "字体大小:大 中 小", "字号:[大中小]", "无"]
    told = tells("residue", terminal)
    assert [told(text) for text in texts] == [bool(re.search(PLAIN["residue", terminal], text)) for text in texts]
