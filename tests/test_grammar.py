"""Every grammar is LALR(1) without a conflict and without a terminal that hides another."""

import pytest
from lark import Lark

from notice_parser.grammar import FOLDER, Patterns, anywhere, at_end, closing, holding, last_signs, may_begin

GRAMMARS = sorted(FOLDER.glob("*.lark"))


def test_there_are_grammars():
    assert GRAMMARS


@pytest.mark.parametrize("path", GRAMMARS, ids=lambda path: path.stem)
def test_a_grammar_compiles_strictly(path):
    Lark.open(str(path), parser="lalr", strict=True)


@pytest.mark.parametrize("path", GRAMMARS, ids=lambda path: path.stem)
def test_a_grammar_opens_with_three_examples(path):
    opening = []
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("//"):
            break
        opening.append(line)
    assert len(opening) >= 3


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("PART", "第 一 编"), ("CHAPTER", "第3章"), ("SECTION", "第二节"), ("ARTICLE", "第十条"), ("DECIMAL", "1.2 "),
        ("CN", "一、"), ("CN", "〇、"), ("CN", "-、"), ("CN_PAREN", "(一)"), ("CN_PAREN", "( 百 )"), ("CN_PAREN", "㈩"),
        ("ARABIC", "0."), ("ARABIC", "⒛"), ("ARABIC_PAREN", "(1)"), ("ARABIC_PAREN", "( 1)"), ("ARABIC_PAREN", "⒇"),
        ("ARABIC_HALF_PAREN", "9)"), ("CIRCLED", "⑳"),
    ],
)  # fmt: skip
def test_the_cheapest_look_lets_every_mark_through(kind, mark):
    assert anywhere("numbering", kind).match(mark + "加强")
    assert anywhere("numbering", "OPENS").match(mark)


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("LOOKS_BACK", "2033年工作开展情况"), ("LOOKS_BACK", "渔港建设取得显著进展"), ("LOOKS_BACK", "存在的问题"),
        ("GOALS", "目标任务"), ("DEMANDS", "申报条件"), ("DEMANDS", "入库资格"), ("DEMANDS", "验收标准"),
        ("DEMANDS", "参评要求"), ("DEMANDS", "申报对象"), ("DEMANDS", "应当具备下列"), ("DEMANDS", "须符合以下"),
    ],
)  # fmt: skip
def test_the_cheapest_look_lets_every_heading_through(kind, heading):
    assert anywhere("section", kind).search(heading)
    assert anywhere("section", "HINT").search(heading)


@pytest.mark.parametrize("text", ["县人民政府办公室", "厅,县人民政府(市发展改革委代章)", "县人民政府,", "厅\n", ""])
def test_what_a_text_ends_with_is_found_as_if_all_of_it_were_searched(text):
    found, whole = at_end(text, "names", "ORGAN_END"), closing("names", "ORGAN_END").search(text)
    assert (found and found.span()) == (whole and whole.span())


@pytest.mark.parametrize("text", ["全市已建成500个", "力争建成500个", "", "近年来", "增长了"])
def test_a_terminal_is_held_where_it_is_found(text):
    held, found = holding("commitment", "FACT").search(text), anywhere("commitment", "FACT").search(text)
    assert (held and held.start()) == (found and found.start())


def test_what_terminals_end_with_is_known_where_all_of_it_is():
    assert last_signs("target", "OVER") | last_signs("target", "AND") == last_signs("target", "AND", "OVER")
    assert last_signs("target", "AND", "OVER").keys() == set("、与及和于出破超过逾")
    assert last_signs("target", "OVER")["破"] == "突"
    assert not last_signs("commitment", "DEMANDS", "THEIRS")


@pytest.mark.parametrize(("sign", "begins"), [("超", True), ("甲", False), ("", False)])
def test_terminals_begin_with_their_own_characters_or_with_any(sign, begins):
    assert may_begin("target", "AND", "OVER")(sign) is begins
    assert may_begin("document", "TEXT")(sign)


def test_a_pattern_is_made_once_of_one_name_or_several():
    patterns = Patterns(anywhere, "commitment")
    assert patterns["AIM"] is patterns["AIM"] is anywhere("commitment", "AIM")
    assert patterns["AIM", "FACT"] is anywhere("commitment", "AIM", "FACT")
