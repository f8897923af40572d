"""What an expression may begin with is looked at first, and nothing that it finds is lost by that."""

import re
from pathlib import Path

import pytest

from notice_parser.clauses.dates import _OPENERS, find_dates
from notice_parser.compiler import grammar
from notice_parser.grammar import FOLDER, anywhere, at_end, closing, terminals
from notice_parser.openings import ending, led, members, opening
from notice_parser.source import decode, fold

GRAMMARS = sorted(path.stem for path in FOLDER.glob("*.lark"))
LINES = [
    fold(line)
    for path in sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))
    for line in decode(path.read_bytes())[0].splitlines()
]


def spans(expression):
    """Where an expression is found in each line."""
    return [[found.span() for found in re.finditer(expression, line)] for line in LINES]


@pytest.mark.parametrize("name", GRAMMARS)
def test_what_leads_a_terminal_loses_nothing_of_it(name):
    plain = {terminal.name: terminal.pattern.to_regexp() for terminal in grammar(FOLDER / f"{name}.lark").terminals}
    looked_at_first = [each for each, words in terminals(name).items() if words != plain[each]]
    assert all(spans(terminals(name)[each]) == spans(plain[each]) for each in looked_at_first)


def test_a_good_part_of_the_terminals_is_led():
    led_ones = [words for name in GRAMMARS for words in terminals(name).values() if words.startswith("(?=[")]
    assert len(led_ones) > 50


@pytest.mark.parametrize(
    ("expression", "begins"),
    [
        ("(?<!不)[0-9至]", "0-9至"),
        ("第?(?:一|[二三])", "一三二第"),
        ("(?:(?:建|改)?建|新)+设", "建改新"),
        (r"(?=甲)\-", r"\-"),
        ("(?P<one>甲)|乙", "乙甲"),
    ],
)
def test_an_opening_holds_what_the_first_thing_may_be(expression, begins):
    assert set(opening(expression)) == set(begins)


@pytest.mark.parametrize(
    "expression", ["", ".甲", "[^甲]", "甲?", "(?:甲|)", r"\d", "(甲)?\\1", "(?i:a)b", "(?i)ab", "(?x) a"]
)
def test_what_may_begin_with_anything_has_no_opening(expression):
    assert (opening(expression), led(expression)) == ("", expression)


@pytest.mark.parametrize(
    ("expression", "seen"),
    [("(?:)+a", "a"), ("(?:a|)b", "ab"), ("a*b", "ab"), ("(?:(?<!b)a)+", "a"), ("(?:a(?i:b)|c)+", "ac")],
)
def test_what_the_engine_does_not_see_is_looked_at_first(expression, seen):
    assert led(expression) == f"(?=[{seen}])(?:{expression})"


@pytest.mark.parametrize("expression", ["a+b", "[ab]c", "ab|cd", "(?:ab|cd)e"])
def test_what_the_engine_sees_by_itself_is_left_to_it(expression):
    assert led(expression) == expression


def test_what_an_expression_ends_with_under_a_flag_may_be_anything():
    assert [ending(each) for each in ("a(?i:b)", "(?i)ab", "(?:a|(?i:b))", "a(?i:b)c")] == ["", "", "", "c"]


def test_the_members_of_a_class_are_told_one_by_one():
    signs = "\n\\]^-+.[甲乙丙"
    assert members(opening("|".join(map(re.escape, signs)))) == set(signs)
    assert members(opening("[\\\\-\\]]")) == set("\\]")


@pytest.mark.parametrize(
    ("expression", "ends"),
    [
        ("[0-9至](?!不)", "0-9至"),
        ("(?:一|[二三])第?$", "一二三第"),
        ("设(?:新|建(?:建|改)?)+", "建改新"),
        ("甲(?:乙)??", "甲乙"),
        ("甲.?", ""),
        ("(?:甲|)", ""),
    ],
)
def test_an_ending_holds_what_the_last_thing_may_be(expression, ends):
    assert set(ending(expression)) == set(ends)


@pytest.mark.parametrize(
    "names",
    [
        ("names", "ORGAN_END"),
        ("names", "DOCUMENT_TYPE"),
        ("layout", "UNENDED"),
        ("layout", "LABELLED_END", "LABEL_TORN"),
    ],
)
def test_what_is_looked_for_at_the_end_is_found_wherever_a_text_ends(names):
    texts = [line[:end] for line in LINES for end in range(min(len(line), 60) + 1)] + ["市政府\n", "\n"]
    assert [bool(at_end(text, *names)) for text in texts] == [bool(closing(*names).search(text)) for text in texts]


def test_no_date_is_without_the_sign_that_is_looked_for_first():
    words = ("2030-1-2", "2030/1/2", "2024—2026年", "用三年时间", "“十四五”末", "任期内", "年底", "2030年", "明年",
             "6月", "第三季度", "下半年", "每月9日前")  # fmt: skip
    assert all(find_dates(f"于{each}完成") for each in words)
    kinds = [name for name in _OPENERS if any(anywhere("date", name).match(each) for each in words)]
    assert kinds == list(_OPENERS)
