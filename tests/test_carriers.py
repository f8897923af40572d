"""One notice in every carrier gives one text, and one tree."""

import pytest
from carried import HEAD, LINES, ROWS, TASKS, TEXT, Set, archive, docx, pdf

from notice_parser import ledger, parse
from notice_parser.carriers import UnreadableError, extract, is_archive, members
from notice_parser.carriers.base import borrowed
from notice_parser.carriers.numbering import chinese
from notice_parser.model import bodies, items
from notice_parser.reading import parse_bytes


def paragraphs(document):
    for line in LINES:
        document.add_paragraph(line)


MARKDOWN = "\n\n".join((f"# {LINES[0]}", *LINES[1:4], f"## {LINES[4]}", f"**{LINES[5]}**", *LINES[6:])) + "\n"
HTML = "".join(f"<p>{line}</p>" for line in LINES)
CARRIERS = {
    "text": TEXT.encode,
    "markdown": MARKDOWN.encode,
    "html": HTML.encode,
    "docx": lambda: docx(paragraphs),
    "pdf": lambda: pdf([LINES[:6], LINES[6:]]),
}


def texts(values):
    return [value.text for value in values]


def tree(notice):
    """What all carriers must agree in."""
    parts = [
        (item.path, item.marker, item.heading and item.heading.text, *map(texts, (item.responsibilities, item.targets)))
        for _, body in bodies(notice)
        for item in items(body)
    ]
    organs = notice.issuers, notice.addressees, notice.sign_off.organs
    return notice.title.text, notice.document_number.text, [[o.name for o in row] for row in organs], parts


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_notice_has_the_same_tree_in_every_carrier(carrier):
    assert tree(parse_bytes(CARRIERS[carrier]())) == tree(parse(TEXT))


@pytest.mark.parametrize("carrier", CARRIERS)
def test_the_format_is_found_by_what_a_file_holds(carrier):
    assert parse_bytes(CARRIERS[carrier](), name="notice.dat").source.format == carrier


@pytest.mark.parametrize("carrier", CARRIERS)
def test_places_refer_to_the_extracted_text(carrier):
    data = CARRIERS[carrier]()
    text, notice = extract(data).text, parse_bytes(data)
    assert [text[slice(*item.span)][: len(item.marker)] for item in notice.body.content[1:]] == ["一、", "二、"]


@pytest.mark.parametrize("carrier", CARRIERS)
def test_what_is_extracted_is_read_as_the_file_is(carrier):
    data = CARRIERS[carrier]()
    assert tree(parse(extract(data).text)) == tree(parse_bytes(data))


def html_row(row):
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"


def printed(markup, name=None):
    return extract(markup.encode(), name=name).text


# ---------------------------------------------------------------- text


def test_text_is_left_as_it_is():
    text = "一、总体要求\r\n　　按时完成。\r\n"
    assert extract(text.encode("gb18030")) == (text, "text", "gb18030")


def test_page_lines_that_look_like_headings_do_not_make_a_text_markdown():
    text = "# Page 1:\n一、**总体**要求\n"
    assert extract(text.encode()).format == "text"


# ---------------------------------------------------------------- Markdown


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("## 一、总体要求 ##", "一、总体要求"),
        ("**（一）提质。** 全面提升。", "（一）提质。 全面提升。"),
        ("- 建成*两个*园区", "建成两个园区"),
        ("- 3 -", "- 3 -"),
        ("> 责任单位：`市科技局`", "责任单位：市科技局"),
        ("1. 摸清底数", "1. 摸清底数"),
        ("详见[实施方案](http://a.example/b_(1).html)。", "详见实施方案。"),
        ("![印章](seal.png)盖章", "盖章"),
        (r"1\. 摸清底数 \*", "1. 摸清底数 *"),
        ("<b>第一条</b>&nbsp;总则<!-- 注 -->", "第一条\xa0总则"),
        ("~~旧~~新", "旧新"),
        ("销售额\\_万元", "销售额_万元"),
        ("市财政局\\\n市教育局", "市财政局\n市教育局"),
    ],
)
def test_markdown_is_read_as_it_is_printed(written, read):
    assert printed(f"# 通知\n\n{written}\n", "a.md") == f"通知\n\n{read}\n"


def test_rules_and_front_matter_of_markdown_are_not_printed():
    assert printed("---\ntitle: 通知\n---\n# 通知\n\n---\n\n正文。\n", "a.md") == "通知\n\n\n正文。\n"


def test_a_markdown_table_is_rows_between_bars():
    table = "序号 | 任务\n:---|---:\n1 | **建园** \\| 扩园\n"
    assert printed(f"# 任务\n\n{table}", "a.md") == "任务\n\n| 序号 | 任务 |\n| 1 | 建园 ∣ 扩园 |\n"


def test_a_red_head_of_several_organs_that_is_a_table_is_a_line():
    page = "<table><tr><td>云岭市发展改革委<td rowspan=2>文 件<tr><td>云岭市财 政 局</table><p>云发改〔2024〕3号</p>"
    assert printed(page) == "云岭市发展改革委 云岭市财政局文件\n云发改〔2024〕3号\n"


def test_two_signs_make_markdown_under_any_name():
    assert extract("# 通知\n\n**一、总体要求**\n".encode(), name="a.txt").format == "markdown"


# ---------------------------------------------------------------- HTML

NAVIGATION = "<ul><li><a href='/'>首页</a></li><li><a href='/zw'>政务公开</a></li></ul>"
PAGE = (
    "<!DOCTYPE html><html><head><title>{title}_云岭市人民政府</title><script>var a = '正文';</script></head><body>"
    f"<div class='top'>{NAVIGATION}</div><div class='search'>热门搜索：社保</div><div>{{fields}}</div>"
    "<div class='main'>{content}</div>"
    f"<div>{NAVIGATION}<a href='/next'>上一篇：关于社保，医保缴费</a></div>"
    "<footer>版权所有，云岭市</footer></body></html>"
)


def page(content=HTML, title=LINES[0], fields=""):
    return PAGE.format(content=content, title=title, fields=fields)


def test_a_saved_page_is_read_without_its_navigation():
    assert printed(page()) == TEXT


def test_the_title_of_a_page_stands_above_the_notice_where_the_notice_lacks_it():
    rest = "".join(f"<p>{line}</p>" for line in LINES[1:])
    assert printed(page(rest, fields=f"<h2>{LINES[0]}</h2>")) == TEXT


def test_a_table_of_fields_is_a_line_each():
    fields = "<table><tr><td>索 引 号：</td><td>0143/2024-7</td><td>主题分类：</td><td>水利</td></tr></table>"
    assert printed(page(fields=fields)) == f"索 引 号：0143/2024-7\n主题分类：水利\n{TEXT}"


def test_fields_of_a_page_become_metadata():
    fields = f"<table>{html_row(('索引号：', '0143/2024-7'))}{html_row(('发文机关：', '云岭市政府办'))}</table>"
    assert [field.name for field in parse_bytes(page(fields=fields).encode()).metadata] == [
        "index_number",
        "issuing_body",
    ]


def test_tables_that_lay_out_a_page_are_read_through():
    inner = f"<table><tr><td>{HTML}</td></tr></table>"
    assert printed(f"<table><tr><td>{inner}</td></tr></table>") == TEXT


def test_a_data_table_is_rows_and_merged_cells_are_printed_once():
    table = (
        "<table><tr><th>任务</th><th>单位</th></tr>"
        "<tr><td>建园</td><td rowspan=2>商务局</td></tr><tr><td>扩园</td></tr></table>"
    )
    assert printed(table) == "| 任务 | 单位 |\n| 建园 | 商务局 |\n| 扩园 |  |\n"


def test_ordered_lists_are_numbered_as_a_browser_does():
    assert printed("<ol start='3'><li>摸底</li><li>整改</li></ol>") == "3. 摸底\n4. 整改\n"


def test_what_a_page_hides_is_not_read():
    assert printed("<p>一、要求<span style='display:none'>隐藏</span></p><div hidden>隐藏</div>") == "一、要求\n"


def test_paragraphs_without_words_are_empty_lines():
    assert printed("<p>通知</p><p><br></p><p>各县：</p>") == "通知\n\n各县：\n"


def test_a_lying_charset_is_not_believed():
    markup = f"<html><head><meta charset='gbk'></head><body>{HTML}</body></html>"
    assert extract(markup.encode("utf-8")) == (TEXT, "html", "utf-8")


def test_html_in_gb18030_that_says_utf_8_is_read():
    markup = f"<html><head><meta charset='utf-8'></head><body>{HTML}</body></html>"
    assert extract(markup.encode("gb18030")) == (TEXT, "html", "gb18030")


def test_entities_are_characters():
    assert printed("<p>&#19968;、&ldquo;总体&rdquo;&#x8981;求</p>") == "一、“总体”要求\n"


# ---------------------------------------------------------------- DOCX


def word(build):
    return extract(docx(build)).text


def numbered(document, levels, texts):
    """Paragraphs of an automatic list of `(form, text)` levels."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    layers = "".join(
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for number, (form, text) in enumerate(levels)
    )
    part = document.part.numbering_part.element
    part.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{layers}</w:abstractNum>'))
    part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, text in texts:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
        )


def test_automatic_numbers_of_word_are_read_out():
    levels = [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    texts = [(0, "总体要求"), (1, "思路"), (1, "原则"), (2, "统筹"), (0, "任务"), (1, "建设"), (2, "扩容")]
    read = word(lambda document: numbered(document, levels, texts))
    assert read == "一、总体要求\n（一）思路\n（二）原则\n1.统筹\n二、任务\n（一）建设\n1.扩容\n"


def test_decimals_of_word_are_set_apart_from_the_words():
    levels = [("decimal", "%1"), ("decimal", "%1.%2")]
    assert word(lambda document: numbered(document, levels, [(0, "总则"), (1, "目的")])) == "1 总则\n1.1 目的\n"


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (210, "二百一十")]
)
def test_word_counts_in_chinese(number, written):
    assert chinese(number) == written


def test_a_table_of_word_is_rows():
    def build(document):
        table = document.add_table(rows=0, cols=len(HEAD))
        for row in (HEAD, *TASKS):
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words

    assert word(build) == "\n".join(ROWS) + "\n"


def test_merged_cells_of_word_are_printed_once():
    def build(document):
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
        table.cell(0, 1).text, table.cell(1, 1).text = "乙", "丙"

    assert word(build) == "| 甲 | 乙 |\n|  | 丙 |\n"


def test_a_table_of_one_cell_is_a_paragraph():
    def build(document):
        document.add_table(rows=1, cols=1).cell(0, 0).text = "专栏1　重点工程"

    assert word(build) == "专栏1　重点工程\n"


def test_headers_and_footers_are_left_out():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "云岭市人民政府公报"
        document.sections[0].footer.paragraphs[0].text = "— 1 —"
        document.add_paragraph("一、总体要求")

    assert word(build) == "一、总体要求\n"


def paragraph_of(document, markup):
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    spaces = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')} {spaces}>{markup}</w:p>"))


def test_a_text_box_is_read_once_behind_its_paragraph():
    box = "<w:txbxContent><w:p><w:r><w:t>（盖章处）</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    markup = f"<w:r><w:t>署名</w:t></w:r><w:r>{both}</w:r>"
    assert word(lambda document: paragraph_of(document, markup)) == "署名\n（盖章处）\n"


def test_deleted_and_hidden_text_is_not_read():
    markup = (
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>文</w:t></w:r>"
    )
    assert word(lambda document: paragraph_of(document, markup)) == "新文\n"


# ---------------------------------------------------------------- PDF


def test_page_lines_of_a_pdf_are_kept_and_become_gaps():
    notice = parse_bytes(pdf([(*LINES[:6], "— 1 —"), LINES[6:]]))
    assert "— 1 —" in [text.text for text in notice.residue]


def test_bare_page_numbers_and_running_heads_are_left_out():
    pages = [("云岭市人民政府公报", line, str(number)) for number, line in enumerate(LINES, 1)]
    assert extract(pdf(pages)).text == TEXT


def test_radicals_that_a_font_names_are_characters():
    assert extract(pdf([("⼀、⽣态保护",)])).text == "一、生态保护\n"


def test_files_to_fetch_below_a_notice_are_residue():
    notice = parse_bytes(
        pdf([(*LINES, "附件列表：", "附件1：山洪防御任务分解表.docx", "主办单位：云岭市人民政府办公室")])
    )
    assert [text.text for text in notice.residue][-3:] == [
        "附件列表：",
        "附件1：山洪防御任务分解表.docx",
        "主办单位：云岭市人民政府办公室",
    ]
    assert not notice.attachments


def test_a_menu_that_a_site_sets_over_its_pages_is_left_out():
    menu = (Set("首页 要闻 政策", 9, 700), Set("服务 互动", 9, 685))
    pages = [[*LINES[:6], *menu], [Set("打印 收藏", 9, 500), *LINES[6:]]]
    assert extract(pdf(pages)).text == TEXT


def test_small_print_in_its_place_is_no_menu():
    pages = [[*LINES[:-1], Set("抄送 市委办公室", 9)]]
    assert extract(pdf(pages)).text.endswith("2024年4月12日\n抄送 市委办公室\n")


def test_a_cell_in_the_middle_of_its_row_is_no_menu():
    pages = [LINES[:6], [Set("市水务局", 9, 700), Set("布设站点", 9, 780, 200), *LINES[6:]]]
    assert "\n市水务局\n布设站点\n" in extract(pdf(pages)).text


def test_the_organs_of_a_red_head_share_a_line():
    head = (Set("云岭市发展改革委", 30), Set("云岭市 财 政 局 文件", 30, 740), Set(LINES[0], 20, 700))
    assert extract(pdf([[*head, *(Set(line, 12, 660 - 24 * at) for at, line in enumerate(LINES[1:]))]])).text == (
        f"云岭市发展改革委 云岭市财政局文件\n{TEXT}"
    )


# ---------------------------------------------------------------- archives


def test_the_files_of_an_archive_are_found_with_their_names():
    data = archive([("甲/一.txt", TEXT.encode()), ("二.html", HTML.encode()), ("__MACOSX/._二.html", b"\x00")])
    assert [(member.name, extract(member.read()).format) for member in members(data)] == [
        ("甲/一.txt", "text"),
        ("二.html", "html"),
    ]


def test_archives_in_archives_are_opened():
    data = archive([("年.zip", archive([("月.zip", archive([("日.txt", TEXT.encode())]))]))])
    assert [member.name for member in members(data)] == ["年.zip/月.zip/日.txt"]


def test_an_archive_of_one_file_is_that_file():
    assert extract(archive([("一.txt", TEXT.encode())])) == (TEXT, "text", "utf-8")


def test_a_word_file_is_no_archive():
    assert not is_archive(docx(paragraphs))


# ---------------------------------------------------------------- tables of tasks


TABLES = {
    "text": "\n".join(ROWS),
    "markdown": "\n".join(("# 任务", ROWS[0], "|---|---|---|---|---|", *ROWS[1:])),
    "html": f"<table>{''.join(map(html_row, (HEAD, *TASKS)))}</table>",
}


@pytest.mark.parametrize("carrier", TABLES)
def test_a_table_of_tasks_gives_the_same_ledger_in_every_carrier(carrier):
    rows = [row for row in ledger(parse_bytes(TABLES[carrier].encode(), name="a.md")) if row.units]
    assert [(row.text, row.lead, len(row.units), row.deadlines) for row in rows] == [
        ("建成水文监测中心", ("市水务局",), 3, ("2024-10",)),
        ("修订转移预案", ("市应急局",), 1, ("2024-06",)),
    ]


# ---------------------------------------------------------------- what is missing


def test_a_missing_extra_is_named_with_the_command_that_installs_it():
    with pytest.raises(UnreadableError, match=r"pip install 'notice-parse\[pdf\]'"):
        borrowed("no_such_library", "pdf")
