"""Lines that a type-setter broke are joined: by the width of the page, of a box on it, over its page numbers."""

import pytest

from notice_parser import parse
from notice_parser.checks.lossless import lossless
from notice_parser.model import Paragraph, items

SENTENCES = (
    "各县区要把数字档案建设列入年度工作要点，明确专人负责，定期调度进展，及时协调解决推进中遇到的困难和问题。",
    "市档案馆会同有关单位编制统一的目录规范，指导各立档单位开展文件材料的收集、整理和归档，提高档案的完整程度。",
    "支持有条件的乡镇利用闲置用房改建档案服务点，为群众就近查阅婚姻、土地、社保等民生档案提供方便快捷的服务。",
    "加强档案安全管理，落实防火防盗防潮措施，重要档案异地备份，确保实体安全和信息安全，不得发生任何泄密事件。",
)
BODY, BOX = 27, 40


def wrapped(text: str, width: int) -> str:
    return "\n".join(text[start : start + width] for start in range(0, len(text), width))


def paragraphs(text: str) -> list[str]:
    notice = parse(text)
    assert lossless(text, notice) == ()
    return [block.text for block in notice.body.content if isinstance(block, Paragraph)]


def body(count: int) -> list[str]:
    return [SENTENCES[index % 4] + SENTENCES[(index + 1) % 4] for index in range(count)]


def test_the_body_is_joined_where_a_box_is_set_wider():
    texts = [*body(8), *(sentence * 2 for sentence in SENTENCES), *body(8)]
    lines = [wrapped(text, BOX if 8 <= index < 12 else BODY) for index, text in enumerate(texts)]
    assert paragraphs("\n".join(lines)) == texts


def test_the_rows_of_a_wide_table_stay_apart():
    rows = [
        f"{number} 云岭市档案{'数字化' * (number % 3)}标准{'、目录规范' * (4 + number % 4)} 制定中"
        for number in range(1, 7)
    ]
    text = "\n".join([*(wrapped(text, BODY) for text in body(6)), *rows])
    assert paragraphs(text)[-6:] == rows


def test_a_short_letter_is_joined_before_a_long_table_flattened_to_its_cells():
    cells = [
        "序号",
        "重点任务",
        "责任单位",
        *(f"{number}\n档案数字化加工和目录建设\n云岭市档案馆" for number in range(1, 60)),
    ]
    letter = body(2)
    assert paragraphs("\n".join([*(wrapped(text, 40) for text in letter), *cells]))[:2] == letter


def test_bare_page_numbers_in_running_text_are_residue():
    texts = body(12)
    lines = wrapped("\n".join(texts).replace("\n", ""), BODY).split("\n")
    pages = [line for number in range(4) for line in [*lines[number * 12 : number * 12 + 12], str(number + 7)]]
    notice = parse("\n".join(pages))
    assert [text.text for text in notice.residue] == ["7", "8", "9", "10"]
    assert not any(digit in notice.body.content[0].text for digit in "7890")


def test_the_numbers_of_short_entries_are_no_page_numbers():
    entries = [part for number in range(1, 6) for part in (str(number), "云岭市档案馆")]
    notice = parse("\n".join([*(wrapped(text, BODY) for text in body(6)), *entries]))
    assert notice.residue == ()


def test_prose_goes_on_where_a_long_figure_left_a_line_short():
    short = "全市档案服务点达到一定规模以后要逐步联网，目前档案数据的存储总量已超过"  # 35 wide on a page of 40
    figure = "180000000GB，并继续增长。"
    text = "\n".join(
        [*(wrapped(text, 40) for text in body(6)), SENTENCES[0][:40], SENTENCES[0][40:] + short[:25], figure]
    )
    assert paragraphs(text)[-1] == SENTENCES[0] + short[:25] + figure


def test_a_sentence_goes_on_however_short_its_line_was_torn():
    torn = ["档案库房内严禁吸烟、使用明火，", "遇到雷雨大风天气应当停止室外", "作业；检查人员要做好记录，及时整改。"]
    text = "\n".join([*(wrapped(text, 40) for text in body(6)), SENTENCES[0], *torn])
    assert paragraphs(text)[-1] == SENTENCES[0] + "".join(torn)


def test_prose_that_ends_without_a_stop_goes_on_though_no_comma_stands_near():
    torn = ["档案库房应当保持恒温。在确", "保安全的前提下，可以分区管理，统一编制目录清", "单", "和流程，定期公布。"]
    text = "\n".join([*(wrapped(text, 40) for text in body(6)), *torn])
    assert paragraphs(text)[-1].endswith("".join(torn))


def test_a_heading_whose_line_break_got_lost_behind_a_sentence_does_not_go_on():
    lines = ["档案库房应当保持恒温。（二）分区管理", "分区管理以库房为单位，每年调整一次。"]
    notice = parse("\n".join([*(wrapped(text, 40) for text in body(6)), "（一）温度", *lines]))
    assert [item.heading.text for item in notice.body.content[-2:]] == ["温度", "分区管理"]


def test_who_answers_below_a_full_line_ends_a_paragraph():
    clause = SENTENCES[0][:40] + SENTENCES[1][:38] + "。（责任单位：市档案馆，市直各部门按职责分工负责）"
    closing = "以上措施自印发之日起施行。"
    text = "\n".join([*(wrapped(text, 40) for text in body(6)), wrapped(clause, 40), closing])
    assert paragraphs(text)[-2:] == [clause, closing]


def test_a_heading_in_wrapped_text_does_not_go_on_with_the_text_below_it():
    lines = ["（一）完善档案管理制度，提升服务能力", "各县区要建立健全制度，明确责任，加强培训。"]
    notice = parse("\n".join([*(wrapped(text, 40) for text in body(6)), *lines]))
    assert notice.body.content[-1].heading.text == "完善档案管理制度，提升服务能力"


def test_a_clause_whose_label_is_torn_is_one():
    notice = parse("一、总体要求\n抓好档案工作。（责\n任单位：市档案馆）\n二、重点任务\n加强安全管理。")
    assert [unit.name for clause in notice.body.content[0].responsibilities for unit in clause.units] == ["市档案馆"]


def test_a_tail_is_signed_once():
    text = "加强安全管理。\n云岭市档案馆\n2021年3月5日\n（此件公开发布）\n（2021年4月6日）"
    notice = parse(text)
    assert lossless(text, notice) == ()
    assert notice.sign_off.date.value == "2021-03-05"


TORN = (
    # what hangs over, whatever the width of the line above
    "档案馆应当建立健全库房巡查工作的机\n制，保障实体安全。",
    "为落实《云岭市关于加强档案管理的通知》\n（云政发〔2021〕7号）要求，制定本方案。",
    "现将《关于加强档案管理工作的若干政策措施》\n印发给你们，请认真落实。",
    "各馆要加强协同，推广“一馆一策”\n“一卷一码”等做法，方便查阅。",
    "各馆要加强协同，统一编制目录。有关\n部门要加强监督、指导。",
    "各馆要以改革创新为先导，深入落实全市工\n作会议讲\n话精神，加强保管。",
    "凡进馆的各类纸质档案应当在三个月之内完成扫\n描和编目，并移交备份。",
)
STANDING = (
    "云岭市档案馆工作人员联系方式\n王明，市档案馆业务科科长。",  # too short for a sentence
    "云岭市档案馆库房管理和安全巡查工作实施方案\n各馆要加强协同，统一编制目录。",  # a title
)


@pytest.mark.parametrize("lines", TORN)
def test_a_sentence_goes_on_over_lines_that_tear_within_words(lines):
    texts = [wrapped(text, BODY) for text in body(8)]
    assert paragraphs("\n".join([*texts, lines, *texts]))[8] == lines.replace("\n", "")


@pytest.mark.parametrize("lines", STANDING)
def test_what_may_stand_alone_does(lines):
    texts = [wrapped(text, BODY) for text in body(8)]
    assert paragraphs("\n".join([*texts, lines, *texts]))[8:10] == lines.split("\n")


def test_items_of_a_list_of_clauses_are_no_headings():
    clauses = "一、职责\n（一）组织各馆推荐档案保护专业委员会和分\n会委员，参与审查；\n（二）负责宣传；\n"
    headed = "二、保障\n（一）加强组织\n各馆要明确专人；\n（二）加强宣传\n各馆要广泛动员。\n"
    notice = parse(clauses + headed + "\n".join(wrapped(text, BODY) for text in body(8)))
    assert [item.heading.text if item.heading else None for item in items(notice.body)] == [
        "职责", None, None, "保障", "加强组织", "加强宣传"
    ]  # fmt: skip


def test_a_clause_goes_on_behind_its_inner_brackets_though_a_label_begins_the_line():
    clause = "（牵头单位：市档案局、各县（市、区）人民政府，\n配合单位：市财政局、市大数据局）"
    last = paragraphs("\n".join([*(wrapped(text, BODY) for text in body(4)), clause]))[-1]
    assert last.endswith(clause.replace("\n", ""))


def test_a_line_of_units_that_is_full_ends_where_the_document_is_signed():
    fields = ("档案", "财政", "教育", "公安", "民政", "司法", "水务", "商务", "文旅", "体育")
    units = "责任单位：" + "、".join(f"市{field}局" for field in fields)
    assert len(units) % BODY == 0
    lines = [*(wrapped(text, BODY) for text in body(4)), wrapped(units, BODY), "云岭市档案局", "2031年5月6日"]
    sign_off = parse("\n".join(lines)).sign_off
    assert sign_off and [organ.name for organ in sign_off.organs] == ["云岭市档案局"]
