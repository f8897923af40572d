"""What each format does with a notice."""

import csv
import io
import json
from pathlib import Path

import pytest
import yaml
from notices import Maker, notice

import notice_parser
from notice_parser import parse
from notice_parser.model import Body, Notice, Paragraph, Table, at
from notice_parser.render import FORMATS, encoded, markdown, render, render_rows, render_several
from notice_parser.render import csv as to_csv
from notice_parser.render.json import render as render_json
from notice_parser.render.sheet import Sheet, sheet
from notice_parser.render.words import visible
from notice_parser.source import Span
from notice_parser.tasks import ledger, targets, units

SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))


def saying(words):
    """A notice whose body is one paragraph."""
    paragraph = Paragraph(role="text", text=words, span=Span(0, len(words)))
    return notice().model_copy(update={"body": Body(content=(paragraph,), span=paragraph.span)})


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_ends_with_a_line_break(form):
    assert render(notice(), form).endswith("\n")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("path", ["", "1", "2.1"])
def test_every_format_writes_parts(form, path):
    part = at(notice(), path)
    assert part is not None
    assert render(part, form).strip()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("indent", [0, 2])
def test_every_format_is_encoded_as_it_is_written(form, indent):
    assert encoded(notice(), form, indent=indent).decode() == render(notice(), form, indent=indent)


def test_json_reads_back_as_the_notice():
    assert Notice.model_validate_json(render(notice(), "json")) == notice()


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_json_is_what_pydantic_writes(path):
    read = notice_parser.read(path)
    for part in (read, *ledger(read)):
        assert render_json(part, 0) == part.model_dump_json() + "\n"
        assert render_json(part, 2) == part.model_dump_json(indent=2) + "\n"


def test_a_name_that_is_no_text_can_be_written():
    written = render(parse("关于开展检查的通知", name="甲\udcff.txt"), "jsonl")
    assert json.loads(written)["source"]["name"] == "甲\ufffd.txt"


def test_json_without_indent_is_one_line():
    assert render(notice(), "json", indent=0).count("\n") == 1


def test_json_lines_are_one_line():
    assert render(notice(), "jsonl").count("\n") == 1


@pytest.mark.parametrize(
    "words", ["是", "yes", "2017-05-19", "# 一", "𠮷😀", "a: b", "'\"", "\x85\x9b\u2028", "  ", "~"]
)
def test_yaml_says_what_json_says(words):
    assert yaml.safe_load(render(saying(words), "yaml")) == json.loads(render(saying(words), "json"))


def test_yaml_writes_characters_as_they_are():
    assert "档案𠮷😀" in render(saying("档案𠮷😀"), "yaml")


def test_several_in_json_are_an_array():
    assert (
        json.loads("".join(render_several([notice(), notice()], "json"))) == [json.loads(render(notice(), "json"))] * 2
    )


def test_several_in_yaml_are_documents():
    assert len(list(yaml.safe_load_all("".join(render_several([notice(), notice()], "yaml"))))) == 2


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_rows_are_a_list(form):
    rows = ledger(notice())
    read = {"json": json.loads, "yaml": yaml.safe_load}[form]("".join(render_rows(rows, form)))
    assert read == [row.model_dump(mode="json") for row in rows]


@pytest.mark.parametrize(("form", "nothing"), [("json", []), ("yaml", [])])
def test_no_rows_are_an_empty_list(form, nothing):
    assert yaml.safe_load("".join(render_rows([], form))) == nothing


# The tree


def test_the_tree_has_a_line_for_each_node():
    lines = render(at(notice(), "1.1"), "tree").splitlines()
    assert lines == [
        "measure 1.1 （一） [93,150) 改造库房",
        "  paragraph [101,150) 到2022年，全市档案库房达标率达到90%以上。…",
        "  responsibility [125,150) lead 市档案局; support 市财政局、高新区",
        "  target [108,124) 全市档案库房达标率 达到 ≥90%; until 到2022年 = 2022",
        "  deadline [101,107) 到2022年 = 2022",
    ]


def test_a_table_is_shown_row_by_row():
    make = Maker("甲 乙")
    table = Table(rows=((make.text("甲"), make.text("乙")),), span=Span(0, 3))
    body = Body(content=(table,), span=Span(0, 3))
    assert render(body, "tree").splitlines()[1:] == ["  table [0,3)", "    row 甲 | 乙"]


# Text


def test_text_is_the_notice_a_paragraph_a_line():
    assert render(notice(), "text").splitlines() == [
        "索引号：YL01",
        "公开方式：",
        "云岭市人民政府办公室关于加快数字档案建设的通知",
        "",
        "云政办发〔2021〕7号",
        "各县人民政府，市政府各部门：",
        "为加快数字档案建设，现通知如下：",
        "一、夯实基础",
        "（一）改造库房。到2022年，全市档案库房达标率达到90%以上。（牵头单位：市档案局；配合单位：市财政局、高新区）",
        "（二）配齐人员",
        "二、推进应用",
        "（市大数据局负责）",
        '1.推动"一网查档"，方便群众。',
        "2.开展培训。每年举办培训2次。（责任单位：云岭高新区）",
        "云岭市人民政府办公室",
        "2021年3月5日",
        "（此件公开发布）",
    ]


# Markdown


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("*重点*", r"\*重点\*"),
        ("[链接](x)", r"\[链接\](x)"),
        ("<b>甲</b>", r"\<b\>甲\</b\>"),
        ("# 甲", r"\# 甲"),
        ("1.甲", r"1\.甲"),
        ("- 甲", r"\- 甲"),
        ("+ 甲", r"\+ 甲"),
        ("2021年 - 甲", "2021年 - 甲"),
        ("甲|乙", r"甲\|乙"),
        ("    甲", "甲"),
        ("&nbsp;", r"\&nbsp;"),
    ],
)
def test_markdown_escapes_what_would_be_markup(words, escaped):
    assert f"\n\n{escaped}\n\n" in render(saying(words), "markdown")


def test_markdown_begins_with_the_title_and_the_head_as_a_table():
    lines = render(notice(), "markdown").splitlines()
    assert lines[0] == "# 云岭市人民政府办公室关于加快数字档案建设的通知"
    assert lines[2:5] == ["| 项目 | 内容 |", "| --- | --- |", "| 发文字号 | 云政办发〔2021〕7号 |"]


def test_markdown_shows_units_and_targets_under_their_measure():
    assert render(at(notice(), "1.1"), "markdown").split("\n\n") == [
        "- **（一）改造库房**",
        "  到2022年，全市档案库房达标率达到90%以上。（牵头单位：市档案局；配合单位：市财政局、高新区）",
        "  - 牵头单位：市档案局\n  - 配合单位：市财政局、高新区\n  - 目标：全市档案库房达标率 ≥90%（2022）\n",
    ]


def test_markdown_ends_with_the_measures_and_the_targets():
    written = render(notice(), "markdown")
    assert written.index("## 任务分解表") < written.index("## 量化目标")
    assert written.endswith("| 二、2. | 培训 | 2次 | 每年 |  |  | 云岭高新区 |  |\n")


# Sheets


def test_a_terminal_table_has_who_answers_in_one_column():
    columns = sheet("measures", ledger(notice()), "table")
    assert columns.heads == ("出处", "任务", "分工", "时限", "目标")
    assert columns.rows[0] == (
        "一、（一）", "改造库房", "牵头：市档案局\n配合：市财政局、高新区", "2022", "全市档案库房达标率 ≥90%",
    )  # fmt: skip


def test_the_deadline_of_a_row_is_not_said_again_in_its_targets():
    row = ledger(notice())[0].model_copy(update={"deadlines": ("2022",)})
    assert sheet("measures", [row], "table").rows[0][-1] == "全市档案库房达标率 ≥90%"


def test_of_several_deadlines_a_target_says_its_own():
    row = ledger(notice())[0].model_copy(update={"deadlines": ("2021", "2022")})
    assert sheet("measures", [row], "table").rows[0][-1] == "全市档案库房达标率 ≥90%（2022）"


def test_another_deadline_than_the_rows_is_said_in_the_target():
    row = ledger(notice())[0].model_copy(update={"deadlines": ("2021",)})
    assert sheet("measures", [row], "table").rows[0][-1] == "全市档案库房达标率 ≥90%（2022）"


def test_what_is_inherited_is_marked():
    assert sheet("measures", ledger(notice()), "table").rows[3][2] == "责任：市大数据局\n（承上）"


def test_heads_can_be_english():
    assert sheet("units", units([notice()]), "table", "en").heads == ("Unit", "Printed as", "Tasks")


def test_a_table_of_several_notices_says_which():
    other = notice().model_copy(update={"document_number": None})
    assert sheet("measures", [*ledger(notice()), *ledger(other)], "table").heads[0] == "公文"


def test_csv_has_all_columns_always():
    heads = sheet("targets", [], "csv").heads
    assert heads == sheet("targets", targets([notice()]), "csv").heads
    assert "基期" in heads


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", " =1", "＝1"])
def test_no_cell_of_csv_starts_a_formula(cell):
    written = to_csv.render(Sheet(("甲",), ((cell,),)))
    assert list(csv.reader(io.StringIO(written)))[1][0].startswith("'")


def test_a_record_of_csv_is_one_line():
    assert to_csv.render(Sheet(("甲",), (("乙\n丙",),))) == "甲\n乙；丙\n"


def test_a_markdown_cell_stays_in_its_row():
    assert markdown.table(Sheet(("甲",), (("乙\n丙|丁",),))).splitlines()[-1] == r"| 乙<br>丙\|丁 |"


@pytest.mark.parametrize("form", ["tree", "markdown"])
def test_no_control_sequence_is_written(form):
    assert "\x1b" not in render(saying("\x1b[31m甲"), form)


def test_control_characters_are_shown():
    assert visible("\x1b[0m\x9b\u202e\n") == "␛[0m\ufffd\ufffd\n"
