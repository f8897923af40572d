"""Where what an expression finds may begin, as two characters show it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notice_parser.grammar import FOLDER, beginning, entrance, grammar, spelt
from notice_parser.openings import entrances, plain_words, together

PLAIN = {
    (path.stem, terminal.name): terminal.pattern.to_regexp()
    for path in sorted(FOLDER.glob("*.lark"))
    for terminal in grammar(path.stem).terminals
}
# Pieces of its words in any order are near what an expression finds, and near what it refuses.
PIECES = {
    key: sorted({*re.findall(r"[一-龥]{1,2}|[0-9%,。;:、()]", plain)} | {"5", "、"}) for key, plain in PLAIN.items()
}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_terminal_begins_but_at_its_entrance(data):
    name, terminal = data.draw(st.sampled_from(sorted(PLAIN)))
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES[name, terminal]), max_size=30)))
    first = re.compile(entrance(name, terminal))
    assert all(first.match(text, found.start()) for found in re.finditer(PLAIN[name, terminal], text) if found[0])


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


def test_the_words_of_a_terminal_are_those_of_its_expression():
    assert spelt("residue", "CREDITED") == tuple(PLAIN["residue", "CREDITED"].split("|"))
