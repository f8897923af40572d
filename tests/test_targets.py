"""Quantitative targets: what is one, what is none, and every field of it."""

import pytest
from corpus_files import FOLDER, read_cases

from notice_parser.clauses.targets import Frame, read_targets, starts_dash, starts_theme, states_goals
from notice_parser.model import items
from notice_parser.parser import parse
from notice_parser.source import Passage, Span, fold

YEAR = 2031


def passage(text):
    return Passage(text, fold(text), Span(0, len(text)))


def targets(text, **options):
    return read_targets(passage(text), **{"year": YEAR, **options})[0]


def lines(text):
    return "\n".join(map(line, targets(text)))


def line(target):
    value = f"{target.value}-{target.value_max}" if target.value_max is not None else str(target.value)
    limit = target.deadline and (target.deadline.text if target.deadline.inferred else target.deadline.value)
    rest = {
        "change": target.change,
        "by": limit or (target.deadline and target.deadline.text),
        "frequency": target.frequency,
        "baseline": target.baseline,
        "modality": target.modality,
    }
    said = [f"{name}: {what}" for name, what in rest.items() if what]
    return " | ".join([target.indicator, f"{target.comparator} {value} {target.unit}", *said])


@pytest.mark.parametrize("case", read_cases("target") if (FOLDER / "target.txt").exists() else [], ids=str)
def test_targets(case):
    assert lines(case.input) == case.expected


def test_a_dash_takes_over_the_frame_of_the_paragraph_above():
    _, frame = read_targets(passage("到2033年，实现以下目标："), year=YEAR)
    dash = passage("——网络提速。基站总量达到900个。")
    assert starts_dash(dash.folded)
    (target,), _ = read_targets(dash, frame=frame, year=YEAR)
    assert target.deadline.value == "2033"
    assert target.deadline.span == Span(1, 6)


@pytest.mark.parametrize("text", ["—— 平台", "--平台", "一是平台", "· 平台"])
def test_what_begins_a_dash_item(text):
    assert starts_dash(text)


def test_a_numbered_item_is_no_dash_item():
    assert not starts_dash("(一)平台建设。")


def test_what_is_skipped_is_not_read():
    text = "建设20个站点。（建设30个站点）新建5座泵站。"
    assert [target.value for target in targets(text, skip=(Span(8, 17),))] == [20, 5]


def test_a_frame_that_looks_back_is_left_behind_at_the_next_aim():
    text = "截至2030年底，建成站点20个。到2033年，站点达到50个。"
    assert [target.value for target in targets(text)] == [50]


def test_the_magnitude_is_exact_and_in_base_units():
    (target,) = targets("交易额达到1.1亿元。")
    assert target.magnitude == (110_000_000, "元")
    assert (target.value, target.unit) == (1.1, "亿元")


def test_text_and_place_are_those_of_the_clause_in_the_passage():
    text = "加快建设，绿道达到 ３００ 公里。"
    (target,) = targets(text)
    assert passage(text).text[target.start : target.end] == target.text == "绿道达到３００公里"


def test_the_verb_is_kept_as_printed():
    assert [target.verb for target in targets("规划建设3座泵站，漏损率控制在8%以内。")] == ["规划建设", "控制在"]


def test_a_paragraph_without_numbers_leaves_the_frame_as_it_was():
    frame = Frame()
    assert read_targets(passage("加强组织领导。"), frame=frame) == ((), frame)


def test_without_the_year_of_the_document_a_bare_year_looks_back():
    assert targets("2029年，入库企业达到1.2万家。", year=None) == ()
    assert [target.value for target in targets("2029年，培育企业1200家。", year=None)] == [1200]


def test_in_a_report_only_what_names_an_aim_is_a_target():
    report = "建成站点20个，覆盖率达到60%。到2033年，站点达到50个。"
    assert [target.value for target in targets(report, report=True)] == [50]


def test_an_organ_that_answers_for_growth_on_the_year_makes_it_a_goal():
    text = "贷款余额同比增长20%。（市财政局负责）"
    assert targets(text) == ()
    assert [target.value for target in targets(text, skip=(Span(11, 20),))] == [20]


@pytest.mark.parametrize(
    ("title", "text", "values"),
    [
        ("云岭市2030年工作总结", "一、主要工作\n建成站点20个，覆盖率达到60%。", []),
        ("云岭市工作要点", "一、存在的主要问题\n覆盖率达到60%。\n二、重点任务\n建成站点20个。", [20]),
        ("云岭市2030年工作总结", "一、工作回顾\n建成站点20个。\n二、2031年工作安排\n新建站点30个。", [30]),
    ],
)
def test_reports_and_their_sections_tell_what_has_been(title, text, values):
    notice = parse(f"{title}\n\n{text}\n\n云岭市人民政府\n2031年1月5日")
    assert [target.value for item in items(notice.body) for target in item.targets] == values


def test_what_applicants_must_show_is_no_target():
    demands = "第一条 申报单位应当具备下列条件：\n（一）服务企业不少于30家；\n（二）拥有专利10件以上。"
    notice = parse(f"云岭市平台建设管理办法\n\n{demands}\n第二条 全市建设平台20个。")
    assert [target.value for item in items(notice.body) for target in item.targets] == [20]


def test_a_paragraph_of_an_item_that_leads_to_demands_makes_what_follows_demands():
    demands = "（一）响应\n参与用户需符合以下条件：\n1.响应比例不低于70%。\n2.申报量不低于7200千瓦时。"
    notice = parse(f"云岭市响应实施细则\n\n{demands}\n（二）建设\n全市建设站点20个。")
    assert [target.value for item in items(notice.body) for target in item.targets] == [20]


def test_the_time_of_goals_governs_the_themes_below_it():
    goals = fold("到2033年，城市面貌显著改善。")
    assert states_goals(goals)
    assert starts_theme(fold("供水能力明显增强。新建水厂3座。"))


@pytest.mark.parametrize("text", ["优化供水，新建水厂3座。", "新建水厂3座。供水能力明显增强。", "供水能力明显增强。"])
def test_a_paragraph_without_a_theme_in_a_few_words_has_its_own_time(text):
    assert not starts_theme(fold(text))


def test_a_paragraph_that_does_not_open_with_a_year_states_no_goals_for_others():
    assert not states_goals(fold("加快建设，到2033年建成水厂3座。"))
    assert not states_goals(fold("2033年，建成水厂3座。"))


BARE = "2034年，码头吞吐量突破90万吨。\n2028年，码头吞吐量达到20万吨。"


def printed(text):
    notice = parse(text)
    return [(target.value, target.deadline.value) for item in items(notice.body) for target in item.targets]


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("海港升级行动方案（2033—2035年）", "建设内容", [(90, "2034")]),
        ("海港升级行动方案", "主要目标", [(90, "2034"), (20, "2028")]),
        ("海港升级行动方案", "建设内容", []),
    ],
    ids=["title", "heading", "neither"],
)
def test_a_bare_year_of_a_document_without_a_date_is_ahead_where_its_title_or_heading_says_so(title, heading, expected):
    assert printed(f"{title}\n\n一、{heading}\n{BARE}\n二、保障措施\n加强领导。\n") == expected


def test_a_heading_that_is_the_first_sentence_of_a_paragraph_hands_its_time_on():
    below = "（二）到2034年，建成书店9家。\n新建泵站3座。"
    notice = parse(f"关于建设的通知\n（一）到2034年，建成书店9家。新建泵站3座。\n{below}\n2031年5月1日")
    limits = [[target.deadline and target.deadline.value for target in item.targets] for item in items(notice.body)]
    assert limits == [["2034", "2034"], ["2034", None]]


def test_a_word_of_will_behind_a_bare_year_makes_it_one_ahead():
    said = ["2034年，力争吞吐量突破90万吨。", "2034年，要建成码头9个。"]
    assert [target.deadline.value for text in said for target in targets(text, year=None)] == ["2034", "2034"]


@pytest.mark.parametrize("text", ["2028年，重要码头吞吐量达到20万吨。", "2028年，吞吐量达到20万吨，力争再上台阶。"])
def test_a_bare_year_without_such_a_word_is_looked_back_on(text):
    assert targets(text, year=None) == ()


def test_below_a_heading_of_goals_what_is_to_be_reached_is_no_condition_for_what_is_granted():
    said = "植树面积达到9万亩以上，给予重点扶持。投资1亿元以上，优先供地。"
    goals, policy = items(parse(f"关于植树的通知\n一、主要目标\n{said}\n二、扶持政策\n{said}\n2031年5月1日").body)
    assert [target.indicator for target in goals.targets] == ["植树面积"]
    assert not policy.targets
