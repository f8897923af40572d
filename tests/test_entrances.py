"""Where what an expression finds may begin, as two characters show it."""

import re
from itertools import product

import pytest
from spelling import found_texts

from notice_parser.compiler import grammar
from notice_parser.grammar import FOLDER, beginning, entrance, last_signs, may_begin, spelt, terminals
from notice_parser.openings import ending, entrances, exits, led, members, opening, plain_words, together

PLAIN = {
    (path.stem, terminal.name): terminal.pattern.to_regexp()
    for path in sorted(FOLDER.glob("*.lark"))
    for terminal in grammar(path).terminals
}
NEXT = dict(zip(PLAIN, [*list(PLAIN)[1:], *list(PLAIN)[:1]], strict=True))
TEXTS = ["".join(signs) for length in range(5) for signs in product("abc", repeat=length)]
WORDS = ["a", "b", "[ab]", "ab", "(?:ab|c)", "(?:cb|ca)", "a?", "b*", "c+", "(?:a|)", "(?:ab)??"]
LOOKS = ["(?=a)", "(?!a)", "(?<!b)", "$", "\\b"]
OTHERS = [*LOOKS, ".", "[^a]", "\\w", "(a)?", "a{2}", "(?>ab|a)", "c++", "(?i:B)", "(?:)+"]
SHAPES = ["{}{}", "{}|{}", "(?:{}|{})c", "(?:{}{})+", "c(?:{}|{}){{1,2}}", "(?:{}b{}){{0,2}}"]


def each_of(shape, pieces):
    """The expressions of a shape, which is of two pieces."""
    return [shape.format(*pair) for pair in product(pieces, pieces)]


def whole(expression):
    """The texts that an expression finds all of."""
    return [text for text in TEXTS if re.fullmatch(expression, text)]


def spans(expression, text):
    return [found.span() for found in re.finditer(expression, text)]


def followed(texts):
    """What `entrances` says of an expression that finds these texts, and `exits` of one that finds them reversed."""
    seconds = {}
    for text in texts:
        seconds.setdefault(text[:1], set()).add(text[1:2])
    each = {first: "" if "" in then else "".join(sorted(then)) for first, then in seconds.items()}
    return {} if "" in each else each


def gates(expression):
    """What is told of the places where a text that the expression finds begins and ends."""
    entered = "|".join(f"{sign}(?=[{then}])" if then else sign for sign, then in entrances(expression).items())
    left = "|".join(
        f"(?<=[{before}]{sign})" if before else f"(?<={sign})" for sign, before in exits(expression).items()
    )
    opened, ended = (f"[{signs}]" if signs else "" for signs in (opening(expression), ending(expression)))
    return re.compile(f"(?={opened})(?:{entered})"), re.compile(f"(?<={ended})(?:{left})")


@pytest.mark.parametrize("key", PLAIN, ids="-".join)
def test_what_a_terminal_finds_begins_at_its_entrance(key):
    name, terminal = key
    texts = found_texts(PLAIN[key], 8)
    assert texts
    for text in texts:
        starts = [start for start, end in spans(PLAIN[key], text) if start < end]
        assert all(re.compile(entrance(name, terminal)).match(text, start) for start in starts)
        assert all(may_begin(name, terminal)(text[start]) for start in starts)
        assert spans(terminals(name)[terminal], text) == spans(PLAIN[key], text)


@pytest.mark.parametrize("key", PLAIN, ids="-".join)
def test_what_a_terminal_finds_ends_at_its_exit(key):
    last = last_signs(*key)
    for text in found_texts(PLAIN[key], 8):
        for start, end in spans(PLAIN[key], text):
            before = last[text[end - 1]] if last and start < end else ""
            assert before == "" or (end - start > 1 and text[end - 2] in before)


@pytest.mark.parametrize("key", [key for key in PLAIN if key[0] == NEXT[key][0]], ids="-".join)
def test_the_entrance_of_two_terminals_is_one_of_either(key):
    either = re.compile(entrance(key[0], key[1], NEXT[key][1]))
    for plain in (PLAIN[key], PLAIN[NEXT[key]]):
        found = [(text, *span) for text in found_texts(plain, 4) for span in spans(plain, text)]
        assert all(either.match(text, start) for text, start, end in found if start < end)


@pytest.mark.parametrize("shape", SHAPES)
def test_of_words_all_is_known_that_two_characters_show(shape):
    for expression in each_of(shape, WORDS):
        texts = whole(expression)
        edges = [set() if "" in texts else {text[edge] for text in texts} for edge in (0, -1)]
        assert entrances(expression) == followed(texts), expression
        assert exits(expression) == followed([text[::-1] for text in texts]), expression
        assert [members(each(expression)) for each in (opening, ending)] == edges, expression


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_found_but_where_it_may_begin_and_end(shape):
    for expression in each_of(shape, WORDS + OTHERS):
        begin, end = gates(expression)
        for text in TEXTS:
            places = spans(expression, text)
            assert all(begin.match(text, start) and end.match(text, stop) for start, stop in places), (expression, text)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_look_at_the_first_character_changes_nothing(shape):
    for expression in each_of(shape, WORDS + OTHERS):
        looked_at_first = led(expression)
        for text in TEXTS:
            assert spans(looked_at_first, text) == spans(expression, text), expression


@pytest.mark.parametrize("shape", SHAPES)
def test_plain_words_are_all_that_an_expression_finds(shape):
    told = {expression: set(plain_words(expression)) for expression in each_of(shape, WORDS + OTHERS)}
    assert [each for each, words in told.items() if words and words != set(whole(each))] == []


@pytest.mark.parametrize("one", WORDS)
def test_alternatives_are_entered_as_either_is(one):
    for other in WORDS + OTHERS:
        assert together([entrances(one), entrances(other)]) == entrances(f"{one}|{other}"), other


def test_an_entrance_lets_the_next_character_be_seen():
    words = re.compile(beginning(entrance("target", "RISE", "FALL"), "提高|减少"))
    assert [bool(words.search(text)) for text in ("提高", "减少", "提出", "减")] == [True, True, False, False]
    assert re.compile(entrance("target", "RISE", "FALL")).search("提出减免") is None


@pytest.mark.parametrize("expression", ["[一-龥]个", ".个", "(?:至)?", "(甲)?\\1", "(?i:至)", "(?i)至"])
def test_what_may_begin_with_anything_has_no_entrances(expression):
    assert entrances(expression) == {} == together([entrances(expression), entrances("提高")])


@pytest.mark.parametrize("expression", ["增长?", "提高|.", "(?<!不)增", "甲|[0-9]", "(?i)pdf", "(?i:pdf)", "p(?i:df)"])
def test_what_is_more_than_words_has_no_plain_words(expression):
    assert plain_words(expression) == ()


def test_the_words_of_a_terminal_are_those_of_its_expression():
    assert spelt("residue", "CREDITED") == tuple(PLAIN["residue", "CREDITED"].split("|"))
