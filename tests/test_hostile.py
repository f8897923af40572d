"""Hostile texts: whatever is fed to it, a notice comes out, and nothing of the text is lost."""

import pytest

from notice_parser import parse
from notice_parser.checks.lossless import lossless
from notice_parser.model import bodies, items
from notice_parser.render import FORMATS, render
from notice_parser.source import scrub

MEGABYTE = 1_000_000
SENTENCE = "到2025年，全市建成50个以上示范点。（责任单位：市科技局、市财政局）"
HEAD = "关于开展示范工作的通知\n各有关单位：\n"


def read(text):
    notice = parse(text)
    assert lossless(scrub(text.removeprefix("\ufeff")), notice) == ()
    return notice


def all_items(notice):
    return [item for _, body in bodies(notice) for item in items(body)]


@pytest.mark.parametrize("text", ["", " ", "\n", "\r", "\ufeff", "\0", "　\n\t"])
def test_nothing_is_an_empty_notice(text):
    assert len(read(text).body.content) <= 1


@pytest.mark.parametrize(
    "character", [chr(code) for code in (*range(32), 127, 0x85, 0xA0, 0x200B, 0x2028, 0x2029, 0xFEFF)]
)
def test_a_control_character_may_stand_anywhere(character):
    notice = read(
        f"一、总{character}体要求\n{character}\n（一）{character}加强领导。{character}\n云岭市人民政府{character}\n2021年3月5日"
    )
    assert [item.marker for item in all_items(notice)][:1] == ["一、"]


@pytest.mark.parametrize("character", ["\ud800", "\udfff", "\udc80"])
def test_lone_surrogates_are_read_as_replacement_characters(character):
    assert read(f"一、总{character}体要求").body.content[0].heading.text == "总\ufffd体要求"


@pytest.mark.parametrize("form", FORMATS)
def test_strange_characters_can_be_written_in_every_format(form):
    render(parse("一、\0总\ud800体\x1b要求\n| a\x7f | b |\n（一）\U0001f600\u202e。\ufffe"), form)


@pytest.mark.parametrize(
    "unit",
    [
        "（",
        "）",
        "《“",
        "一、",
        "7",
        "1.1.",
        "、",
        "：",
        "责任单位：",
        "。一、加强领导。（一）落实责任。",
        "　",
        "\n",
        "a ",
        "2025年",
    ],
)
def test_a_megabyte_of_the_same_is_read(unit):
    assert read(unit * (MEGABYTE // len(unit.encode()))).source.characters


def test_a_line_of_five_megabytes_is_read():
    words = "推进公共数据有序开放，" * (5 * MEGABYTE // 33)
    assert len(read(words).body.content[0].text) == len(words)


def test_a_long_line_of_clauses_gives_them_all():
    assert len(read(SENTENCE * 3000).body.responsibilities) == 3000


@pytest.mark.parametrize(
    "text",
    [
        "1.建设道路：[（责任单位：市交通局（公路中心））；",
        "一、修路。（（责任单位：市交通局（公路中心）",
        "云政发〔2023〕3号\n2023年3月6日印",
    ],
)
def test_a_clause_in_brackets_that_do_not_end_and_half_an_imprint_are_read(text):
    read(text)


@pytest.mark.parametrize("line", ["联系电话：123", "云岭市人民政府文件", "适用对象：各学校", "分送：各县", "第5期"])
def test_thousands_of_lines_that_could_open_a_head_are_read(line):
    assert read(f"{line}\n" * 5000)


@pytest.mark.parametrize("verbs", ["负责做好", "统筹", "认真督促", "组织具体"])
def test_thousands_of_verbs_of_a_clause_are_read(verbs):
    assert read(f"1.修路。（市交通局{verbs * 5000}）\n").body.content


@pytest.mark.parametrize("names", ["市财政局、", "青山、", "各区、", "市国资局和"])
def test_a_list_of_thousands_of_units_is_read(names):
    assert read(f"加强领导。（责任单位：{names * 5000}市审计局）\n").body.responsibilities


@pytest.mark.parametrize(
    "words", ["）以下", "（1）下同", "甲局为责任单位，", "逗号前", "第一位", "统筹", "支持", "以下除"]
)
def test_the_beginnings_of_rules_and_verbs_may_come_thousands_of_times(words):
    assert read(f"加强领导。（{words * 5000}：下同，落实").body.content


def test_a_page_of_blanks_inside_a_line_is_white_space():
    blanks = " " * 50_000
    (paragraph,) = read(f"加强领导{blanks}\n，落实责任{blanks}。").body.content
    assert paragraph.text.startswith("加强领导，落实责任")


def test_a_title_that_was_announced_may_stand_behind_thousands_of_others():
    titles = "".join(f"《甲区第{number}号方案》" for number in range(3000))
    assert read(f"现将{titles}印发。\n" + "《甲区文\n" * 3000).body.content


def test_a_hundred_thousand_markers_are_a_hundred_thousand_items():
    assert len(all_items(parse("1.明确分工\n" * 100_000))) == 100_000


def test_a_thousand_levels_stay_at_the_deepest():
    text = "\n".join(f"{'.'.join(['1'] * depth)} 目的" for depth in range(1, 1001))
    assert max((item.level for item in all_items(read(text))), default=0) <= 16


def test_the_kinds_of_marks_in_turn_never_nest_deeper_than_sixteen():
    marks = ("第一编", "第一章", "第一节", "第一条", "一、", "（一）", "1.1.1.1.1.1", "1.", "（1）", "1）", "①")
    notice = read("\n".join(f"{mark}　加强领导" for mark in marks * 100))
    assert max(item.level for item in all_items(notice)) <= 16


def test_thousands_of_unbalanced_brackets_are_one_remark_a_kind():
    remarks = read("加强领导" + "（《" * 5000 + "。").diagnostics
    assert [remark.rule for remark in remarks] == ["brackets-unbalanced"] * 2


@pytest.mark.parametrize(
    "line",
    [
        "责任单位：市科技局",
        "附件：任务分解表",
        "附件1",
        "关于开展示范工作的通知",
        "2021年3月5日",
        "云岭市人民政府",
        "（此件公开发布）",
        "— 15 —",
        "索引号：YL01",
        "云政办发〔2021〕7号",
        "抄送：市委各部门。",
        "| 市科技局 | 1 |",
        "市",
        "目录",
        "特此通知。",
    ],
)
def test_a_line_of_any_kind_may_come_ten_thousand_times(line):
    assert read(HEAD + f"{line}\n" * 10_000).title


def test_a_straight_mark_closes_a_quotation():
    assert read('推动“四新经济"集聚区建设。').diagnostics == ()


@pytest.mark.parametrize(
    "text",
    [
        "并且" * 40 + "机构达到5家。",
        "牵头或参与" * 40 + "活动5场。",
        "“" + "新建成" * 40 + "甲”5家。",
        "2031年12月31日至2032年12月31日甲乙10家以上企业。",
        "2031年底前" * 12 + "建成5所学校。",
        "贷款余额" + "由" * 40 + "甲" * 13 + "达到5亿元。",
        "由甲从乙丙" * 20 + "达到5亿元。",
        "余额达到5亿元、竣工200个、" * 1000,
        "分别达到5个、" * 1000,
        "建成5个" + "已有甲乙" * 10_000 + "。",
        "6月20日、" * 10_000 + "前完成。",
        "到2031年，" + "60%以上采用" * 10_000 + "达到5个。",
        "（）、）各1份",
        "关于开展示范工作的通知 各有关单位：加强领导。" + "云政办发〔2021〕7号" * 5000,
        "关于开展示范工作的通知 各有关单位：加强领导。" + "市厅文件云发〔2021〕7号关于甲的通知各市：" * 2000,
    ],
    ids=lambda text: text[:12],
)
def test_what_can_be_read_in_many_ways_is_read_in_one(text):
    read(text)


@pytest.mark.parametrize("blank", ["\t", "\u2003", "- 7 -"])
def test_nothing_but_a_blank_stands_between_lost_line_breaks(blank):
    read("甲乙。　　" + blank + "　　丙丁。" + "页" * 300 + "- 8 -页")


@pytest.mark.parametrize("label", ["来源：", "索引号："])
def test_page_numbers_stand_inside_a_field(label):
    read(label + "页" * 300 + "- 7 -" + "页" * 300 + "- 8 -页")


@pytest.mark.parametrize(
    "text",
    [
        "标题 标题　抄送：",
        "某局办公室 2031年5月1日印发　某局办公室 2031年5月1日印发",
        "二〇三一年五月一日某局办公室 2031年5月1日印发",
        "抄送：某市政府。\n责\n任单位：\n某局办公室 2031年5月1日印发",
        "来源：\n- 7 -\n2031年5月1日",
        "二〇三一年五月一日\n某教发〔2031〕5号 二〇三一年五月一日",
        "责任单位：某局\n| a | b |　— 8 —\n打印本页\n| a | b |",
        "附件：1.清单 总理　李某某\n二〇三一年五月一日",
    ],
)
def test_odd_heads_and_tails_lose_nothing(text):
    read(text)
