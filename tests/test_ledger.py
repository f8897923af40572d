"""The ledger: who must do what, with what sections and rules give to the items below."""

import pytest
from notices import TEXT, Maker, attached, notice, target

import notice_parser
from notice_parser.model import Body, Measure, Organ, Paragraph, Responsibility, ResponsibleUnit, Rule, Section
from notice_parser.source import Span
from notice_parser.tasks import ledger, targets, units


def row_at(path, rows):
    return next(row for row in rows if row.path == path)


def names(row):
    return [(unit.role, unit.name) for unit in row.units]


def test_there_is_a_row_for_each_clause_and_each_measure_without_one():
    assert [row.path for row in ledger(notice())] == ["1.1", "1.2", "2", "2.1", "2.2"]


def test_a_row_cites_its_place_as_people_do():
    assert [row.citation for row in ledger(notice())] == ["一、（一）", "一、（二）", "二、", "二、1.", "二、2."]


def test_a_row_names_all_headings_above_it():
    assert row_at("1.1", ledger(notice())).headings == ("夯实基础", "改造库房")


def test_a_row_holds_what_its_clause_covers_without_the_clause():
    assert row_at("1.1", ledger(notice())).text == "到2022年，全市档案库房达标率达到90%以上。"


def test_a_row_knows_its_units_and_which_of_them_leads():
    row = row_at("1.1", ledger(notice()))
    assert row.lead == ("市档案局",)
    assert names(row) == [("lead", "市档案局"), ("support", "市财政局"), ("support", "高新区")]
    assert not row.inherited


def test_a_row_has_the_targets_and_deadlines_that_its_clause_covers():
    row = row_at("1.1", ledger(notice()))
    assert row.deadlines == ("2022",)
    assert [aim.indicator for aim in row.targets] == ["全市档案库房达标率"]


def test_a_measure_without_a_clause_has_its_sections_units():
    row = row_at("2.1", ledger(notice()))
    assert names(row) == [("responsible", "市大数据局")]
    assert row.inherited


def test_a_measure_under_a_section_without_a_clause_has_nobody():
    row = row_at("1.2", ledger(notice()))
    assert row.units == ()
    assert not row.inherited


def test_a_notice_without_a_file_is_called_by_its_title():
    assert ledger(notice(name=None))[0].notice == "云岭市人民政府办公室关于加快数字档案建设的通知"


def test_the_ledger_is_part_of_the_package():
    assert notice_parser.ledger(notice()) == ledger(notice())


def rule(words, name):
    make = Maker(TEXT)
    span = make.span(words)
    unit = ResponsibleUnit(name=name, raw=name, role="implement", role_text="落实", collective=False, span=span)
    return Rule(kind="implicit_unit", text=words, units=(unit,), span=span)


def test_a_rule_gives_its_unit_to_all_that_follows_it():
    rows = ledger(notice().model_copy(update={"rules": (rule("（二）配齐人员。", "各县人民政府"),)}))
    assert [("implement", "各县人民政府") in names(row) for row in rows] == [False, False, True, True, True]
    assert row_at("2.2", rows).inherited


def measure(make, path, marker, style, words, **fields):
    start = make.span(marker).start
    paragraph = make.paragraph(words)
    return Measure(
        path=path, level=1, marker=marker, style=style, number=path, heading=None, content=(paragraph,),
        span=Span(start, paragraph.span.end), **fields,
    )  # fmt: skip


def body_of(*items):
    return Body(content=items, span=Span(items[0].span.start, items[-1].span.end))


def with_body(body):
    return notice().model_copy(update={"body": body})


def clause(make, words, name, covers):
    start = make.source.index(words)
    unit = ResponsibleUnit(
        name=name,
        raw=name,
        role="responsible",
        role_text="负责",
        collective=False,
        span=Span(start, start + len(words)),
    )
    return Responsibility(
        text=words, units=(unit,), open_list=False, deadline=None, remark=None, covers=covers,
        span=Span(start, start + len(words)),
    )  # fmt: skip


def test_two_clauses_of_a_paragraph_share_its_text():
    source = "1.修路。（甲局负责）架桥5座。（乙局负责）"
    make = Maker(source)
    item = measure(
        make, "1", "1.", "arabic", "修路。（甲局负责）架桥5座。（乙局负责）",
        responsibilities=(
            clause(make, "（甲局负责）", "甲局", Span(0, 5)),
            clause(make, "（乙局负责）", "乙局", Span(11, 16)),
        ),
        targets=(target(Span(11, 15), "架桥5座", "桥", value=5, unit="座"),),
    )  # fmt: skip
    rows = ledger(with_body(body_of(item)))
    assert [(row.text, row.units[0].name, len(row.targets)) for row in rows] == [
        ("修路。", "甲局", 0),
        ("架桥5座。", "乙局", 1),
    ]


def test_a_target_that_no_clause_covers_has_a_row_of_its_own():
    source = "1.修路。（甲局负责）架桥5座。"
    make = Maker(source)
    item = measure(
        make, "1", "1.", "arabic", "修路。（甲局负责）架桥5座。",
        responsibilities=(clause(make, "（甲局负责）", "甲局", Span(0, 5)),),
        targets=(target(Span(11, 15), "架桥5座", "桥", value=5, unit="座"),),
    )  # fmt: skip
    rows = ledger(with_body(body_of(item)))
    assert [(len(row.units), len(row.targets)) for row in rows] == [(1, 0), (0, 1)]


def test_a_body_with_a_target_has_a_row():
    paragraph = Paragraph(role="text", text="架桥5座。", span=Span(0, 5))
    aim = target(Span(0, 4), "架桥5座", "桥", value=5, unit="座")
    rows = ledger(with_body(Body(content=(paragraph,), targets=(aim,), span=Span(0, 5))))
    assert [(row.path, row.citation, row.text) for row in rows] == [("", "", "架桥5座。")]


def test_an_attached_document_is_cited_by_its_name():
    make = Maker("一、修路。")
    base = with_body(Body(content=(), span=Span(0, 0)))
    rows = ledger(attached(base, body_of(measure(make, "A1:1", "一、", "cn", "修路。"))))
    assert [(row.path, row.citation) for row in rows] == [("A1:1", "附件1：一、")]


def test_brackets_of_a_citation_are_full_width():
    make = Maker("(一)修路。")
    rows = ledger(with_body(body_of(measure(make, "1", "(一)", "cn_paren", "修路。"))))
    assert rows[0].citation == "（一）"


def test_a_decimal_is_cited_without_the_decimals_above_it():
    make = Maker("1　总则\n1.1　修路。")
    start = make.span("1").start
    heading = make.text("总则")
    inner = measure(make, "1.1", "1.1", "decimal", "修路。")
    outer = Section(
        path="1", level=1, marker="1", style="decimal", number="1", heading=heading, content=(inner,),
        span=Span(start, inner.span.end),
    )  # fmt: skip
    assert ledger(with_body(body_of(outer)))[0].citation == "1.1"


def test_a_decimal_is_cited_without_the_number_that_it_prints():
    text = "二、设备\n3.空调\n3.1 检修\n每月检修。（市档案局负责）\n4.照明\n1.1 检修\n每月检修。（市档案局负责）"
    rows = ledger(notice_parser.parse(text))
    assert [(row.path, row.citation) for row in rows] == [("2.3.1", "二、3.1"), ("2.4.1.1", "二、4.1.1")]


def test_a_unit_has_one_row_whatever_it_is_called():
    row = next(row for row in units([notice()]) if row.name == "云岭高新区")
    assert row.printed == ("高新区", "云岭高新区")
    assert [(task.path, task.role) for task in row.tasks] == [("1.1", "support"), ("2.2", "responsible")]


def implied(name):
    nowhere = Span(0, 0)
    unit = ResponsibleUnit(name=name, raw=name, role="lead", role_text="牵头", collective=False, span=nowhere)
    return Rule(kind="implicit_unit", text=name, span=nowhere, units=(unit,))


@pytest.mark.parametrize(
    ("short", "long", "same"),
    [
        ("财政局", "市财政局", True),
        ("体育局", "教育体育局", False),
        ("高新区", "云岭高新区", True),
        ("高新区", "山海高新区", False),
    ],
)
def test_names_are_one_units_only_where_the_longer_says_whose_it_is(short, long, same):
    make = Maker("1.修路。\n2.架桥。")
    rules = tuple(implied(name) for name in (short, long))
    body = body_of(measure(make, "1", "1.", "arabic", "修路。"))
    changed = with_body(body).model_copy(
        update={"rules": rules, "issuers": (Organ(name="云岭市政府", span=Span(0, 0)),)}
    )
    assert (len(units([changed])) == 1) == same


def test_a_target_row_names_those_who_answer():
    rows = targets([notice()])
    assert [(row.target.indicator, row.lead) for row in rows] == [("全市档案库房达标率", ("市档案局",)), ("培训", ())]
