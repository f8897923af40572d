"""Responsibility clauses: what the corpus file shows, and what holds for every text."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from corpus_files import Case, read_cases
from hypothesis import given
from hypothesis import strategies as st
from lark import Lark

from notice_parser import parse
from notice_parser.clauses.responsibility import (
    LONGEST_LABEL,
    Clause,
    _brackets,
    _looks,
    clause_spans,
    is_own_line,
    read_clauses,
    settle,
)
from notice_parser.grammar import FOLDER, anywhere
from notice_parser.model import items
from notice_parser.openings import longest
from notice_parser.source import Passage, Span, fold

PIECES = [*"、，；。（）〔〕等和", "牵头单位：", "责任单位:", "市财政局", "负责", "牵头", "配合", "各区"]


def passages(text: str) -> list[Passage]:
    """One passage a line."""
    folded = fold(text)
    return [Passage(text, folded, Span(*line.span())) for line in re.finditer(r"[^\n]+", folded)]


def read(text: str) -> tuple[Clause | None, ...]:
    return settle([clause for passage in passages(text) for clause in read_clauses(passage)])


def written(text: str) -> str:
    """The clauses of a text in the form that the corpus file expects."""
    found = [(passage, clause) for passage in passages(text) for clause in read_clauses(passage)]
    settled = settle([clause for _, clause in found])
    lines = (
        line for (passage, _), clause in zip(found, settled, strict=True) if clause for line in shown(passage, clause)
    )
    return "\n".join(lines) or "nothing"


def shown(passage: Passage, clause: Clause) -> Iterator[str]:
    yield f"covers {passage.text[clause.covers_start : clause.covers_end] or '-'}"
    yield from (f"  {unit.role} {unit.name}" for unit in clause.units)
    if clause.open_list:
        yield "  open"
    if clause.limit:
        yield f"  limit {clause.limit.text}"
    if clause.remark:
        yield f"  remark {clause.remark}"
    if clause.rule:
        yield " ".join(["  rule", clause.rule.kind, *(unit.name for unit in clause.rule.units)])


@pytest.mark.parametrize("case", read_cases("responsibility"), ids=str)
def test_corpus(case: Case):
    assert written(case.input) == case.expected


def test_a_unit_keeps_its_printed_form_and_the_word_that_gives_its_role():
    (clause,) = read("（牵头部门：市发改委、商务局）")
    assert [(unit.raw, unit.role_text) for unit in clause.units] == [("市发改委", "牵头部门"), ("商务局", "牵头部门")]


def test_the_units_of_a_rule_keep_the_word_that_gives_their_role():
    (clause,) = read("（以下均需各县区政府组织落实，不再列出）")
    assert clause.rule
    assert [(unit.name, unit.role, unit.role_text) for unit in clause.rule.units] == [
        ("各县区政府", "implement", "组织落实")
    ]


def test_a_collective_is_told_apart_from_one_organ():
    (clause,) = read("（市财政局、市直有关部门、各区政府负责）")
    assert [unit.collective for unit in clause.units] == [False, True, True]


def test_a_unit_stands_where_it_is_printed():
    text = "修路。（市交通局牵头，市财政、税务局配合）"
    (clause,) = read(text)
    assert all(text[unit.start : unit.end] == unit.raw for unit in clause.units)


def test_a_limit_stands_where_it_is_printed():
    text = "修路。（市交通局负责，2023年6月底前完成）"
    (clause,) = read(text)
    assert text[clause.limit.start : clause.limit.end] == "2023年6月底前"


def test_a_clause_without_brackets_is_an_own_line():
    (clause,) = read("牵头单位：市交通局")
    assert clause.own_line


@pytest.mark.parametrize(
    "line", ["牵头单位：市交通局", "责任单位:", "完成时限：6月底前", "  责 任 单 位 ：区政府", "责任领导：某某"]
)
def test_a_line_that_begins_with_a_label_is_an_own_line(line: str):
    assert is_own_line(fold(line))


@pytest.mark.parametrize(
    "line", ["主办：市政府办公室", "由市交通局牵头：", "责任单位要高度重视", "一、牵头单位：市交通局", ""]
)
def test_other_lines_are_no_own_lines(line: str):
    assert not is_own_line(fold(line))


def test_no_label_of_a_line_is_longer_than_is_looked_at():
    assert longest(_looks["own_line"].pattern) == LONGEST_LABEL


def test_the_spans_of_clauses_are_those_that_are_read():
    text = "先修路。（市交通局负责）再架桥。（市住建局牵头）牵头单位：市水务局。"
    assert clause_spans(fold(text)) == tuple(Span(clause.start, clause.end) for clause in read(text) if clause)


def test_the_spans_leave_out_lists_that_only_may_be_clauses():
    assert clause_spans("修路。(市交通局、市财政局)") == ()


def test_settling_keeps_the_order_and_the_number_of_clauses():
    clauses = read_clauses(passages("甲。（市财政局负责）乙。（市商务局、海关）")[0])
    assert [clause is None for clause in settle(clauses)] == [False, True]


def test_of_several_heads_that_fit_a_name_the_longest_is_put_back():
    clauses = read_clauses(
        passages("甲。（责任单位：省海事局、云岭省海事局）乙。（责任单位：省财政局、云岭省地震局、海事局）")[0]
    )
    assert [unit.name for unit in settle(clauses)[1].units] == ["省财政局", "云岭省地震局", "云岭省海事局"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_is_read(text: str):
    for passage in passages(text):
        for clause in read_clauses(passage):
            assert 0 <= clause.covers_start <= clause.covers_end == clause.start < clause.end <= len(text)
            assert all(clause.start <= unit.start < unit.end <= clause.end for unit in clause.units)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_name_holds_a_stop_outside_its_brackets(text: str):
    names = [re.sub("[（〔].*?[）〕]", "", unit.name) for clause in read(text) if clause for unit in clause.units]
    assert not any(re.search("[，；。：]", name) for name in names)


@pytest.mark.parametrize("name", ["responsibility", "unit_list"])
def test_the_grammar_is_free_of_conflicts(name: str):
    Lark.open(str(FOLDER / f"{name}.lark"), parser="lalr", strict=True)


def test_lists_of_organs_that_close_several_headings_are_clauses():
    lines = ("1.甲行动（市科委）", "2.乙工程（市教委、市财政局）", "3.丙活动（市税务局）")
    found = items(parse("\n".join(lines)).body)
    assert [(item.heading.text, [unit.name for unit in item.responsibilities[0].units]) for item in found] == [
        ("甲行动", ["市科委"]), ("乙工程", ["市教委", "市财政局"]), ("丙活动", ["市税务局"])
    ]  # fmt: skip


def test_one_heading_that_ends_with_an_organ_keeps_it():
    (first, _) = items(parse("1.建设服务平台（市交易中心）\n2.开展活动（试行）").body)
    assert (first.heading.text, first.responsibilities) == ("建设服务平台（市交易中心）", ())


def test_a_line_of_its_own_behind_several_items_without_clauses_is_their_parents():
    found = items(parse("一、夯实基础\n（一）改造库房。\n（二）配齐人员。\n牵头单位：市档案局\n二、推进应用").body)
    assert [item.path for item in found if item.responsibilities] == ["1"]


def test_a_line_of_its_own_is_the_items_where_another_of_the_list_has_a_clause():
    found = items(parse("一、夯实基础\n（一）改造库房。（市住建局负责）\n（二）配齐人员。\n牵头单位：市档案局").body)
    assert [item.path for item in found if item.responsibilities] == ["1.1", "1.2"]


def test_cells_with_units_and_their_time_limit_below_each_other_are_a_clause():
    (clause,) = parse("市税务局等,各县、市、区政府\n\n2020年12月").body.responsibilities
    assert ([unit.name for unit in clause.units], clause.open_list) == (["市税务局", "各县、市、区政府"], True)
    assert clause.deadline.value == "2020-12"


def test_organs_above_a_day_sign_and_answer_for_nothing():
    assert parse("现予印发。\n\n市税务局、市财政局\n\n2020年12月5日").body.responsibilities == ()


def test_organs_that_caption_articles_answer_for_nothing():
    articles = "".join(f"第{number}条　（管理中心）\n市政府设立中心。\n" for number in "一二三四")
    _, *found = items(parse(f"第一章　总则\n{articles}").body)
    assert [item.responsibilities for item in found] == [()] * 4


def test_who_leads_below_who_helps_begins_another_clause():
    told = "牵头单位：市文旅局\n配合单位：市档案局\n完成时限：6月底前\n主办：市教育局\n协办：市体育局"
    text = "一、任务\n" + "办展览。\n" * 30 + told + "\n办展览。" * 30
    answering = [answer for item in items(parse(text).body) for answer in item.responsibilities]
    assert [[unit.name for unit in answer.units] for answer in answering] == [
        ["市文旅局", "市档案局"], ["市教育局", "市体育局"],
    ]  # fmt: skip
    assert [answer.deadline is not None for answer in answering] == [True, False]


def test_who_organises_is_known_by_who_helps_on_the_line_below():
    many = "\n".join(f"（{sign}）归档。\n应归尽归。" for sign in "一二三四五六七八九")
    own = "（十）办展览。\n主办：市文旅局\n协办：市档案局、各区\n（十一）宣传。\n主办：市文旅局\n做好报道。"
    text = f"一、任务\n{many}\n{own}\n二、保障\n{many}\n三、考核\n{many}"
    answering = [answer for item in items(parse(text).body) for answer in item.responsibilities]
    found = [unit for answer in answering for unit in answer.units]
    assert [(unit.role, unit.name) for unit in found] == [
        ("lead", "市文旅局"), ("support", "市档案局"), ("support", "各区"),
    ]  # fmt: skip


def test_one_bracket_is_found_where_the_grammar_finds_it():
    bracketed = anywhere("responsibility", "BRACKETED")
    for signs in product("()[]a", repeat=6):
        text = "".join(signs)
        first = min((text.find(sign) for sign in "([" if sign in text), default=-1)
        assert _brackets(text, first) == [found.span() for found in bracketed.finditer(text)], text
