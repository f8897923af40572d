"""Notices and near-notices for property tests: lines put together from marks, separators and words."""

from hypothesis import strategies as st

MARKS = (
    "一、",
    "二、",
    "三、",
    "十一、",
    "（一）",
    "（二）",
    "（三）",
    "(四)",
    "1.",
    "2.",
    "3.",
    "1．",
    "２．",
    "10.",
    "4、",
    "（1）",
    "（2）",
    "1）",
    "①",
    "第一章",
    "第二章",
    "第一节",
    "第一条",
    "第二条",
    "第十三条",
    "1.1",
    "1.2",
    "2.1.1",
    "第一编",
    "二 、",
    "",
    "",
    "",
)
SEPARATORS = ("", "", "", " ", "　", "。", "：", "，", "、", "；", "  ")
WORDS = (
    "总体要求",
    "推进数据共享开放",
    "加强组织领导",
    "到2025年，全市建成50个以上示范点",
    "市科技局",
    "各县、区人民政府",
    "（责任单位：市科技局、市财政局）",
    "（市交通局牵头，市财政局配合）",
    "责任单位：市科技局",
    "牵头单位：市数据局；配合单位：市财政局",
    "“1+8”工程",
    "《云岭市示范工作方案》",
    "三、四级政府",
    "增长2.5%",
    "《",
    "》",
    "“",
    "（",
    "）",
    "data model",
    "G312",
    "2017年5月",
    "——",
    "一是坚持创新",
    "和",
    "现将有关事项通知如下",
    "完成时限：2023年12月底前",
    "①",
    "第三条规定",
    "的",
    "|",
    "：",
    "。",
    "；",
)
HEAD = (
    "索引号：YL01 公开方式：主动公开",
    "发文字号：云政办发〔2021〕7号",
    "000018",
    "机密★1年",
    "特急",
    "云岭市人民政府办公室文件",
    "云政办发〔2021〕7号",
    "云岭市人民政府办公室关于加快数字档案建设的通知",
    "关于印发《云岭市示范工作方案》的通知",
    "云岭市人民政府办公室",
    "各县、区人民政府，市政府各部门：",
    "各有关单位：",
    "（2021年3月5日）",
    "4. 关于开展示范工作的通知（2021年3月5日）",
    "目录",
)
TAIL = (
    "附件：1.任务分解表",
    "2.评分细则",
    "附件：云岭市示范工作方案",
    "附件",
    "附件1",
    "云岭市人民政府",
    "云岭市科技局 云岭市财政局",
    "2021年3月5日",
    "二〇二一年三月五日",
    "2021年35日",
    "市长　王某某",
    "（此件公开发布）",
    "（联系人：某某；电话：12345）",
    "特此通知。",
    "抄送：市委各部门，市纪委。",
    "云岭市人民政府办公室　2021年3月6日印发",
    "打印本页 关闭窗口",
    "— 15 —",
    "# Page 3:",
    "- 3 -",
    "云岭市示范工作方案",
    "| 序号 | 任务 |",
    "| 1 | 建设 |",
    "目录",
    "专栏1 重点工程",
    "总体要求……3",
    "关于另一件事的通知",
)
_INDENTS = ("", "", "", "　　", "  ", "\t")

_said = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map("".join)
_item = st.tuples(st.sampled_from(MARKS), st.sampled_from(SEPARATORS), _said, st.sampled_from(SEPARATORS)).map("".join)
_line = st.one_of(_item, _item, st.sampled_from(HEAD), st.sampled_from(TAIL), st.just(""))
_shaped = st.tuples(
    st.lists(st.sampled_from(HEAD), max_size=5),
    st.lists(_item, min_size=1, max_size=14),
    st.lists(st.sampled_from(TAIL), max_size=8),
).map(lambda parts: [line for part in parts for line in part])


def _indented(lines: list[str]) -> st.SearchStrategy[str]:
    indents = st.lists(st.sampled_from(_INDENTS), min_size=len(lines), max_size=len(lines))
    return indents.map(lambda found: "\n".join(map("".join, zip(found, lines, strict=True))))


def _maybe(*lines: str) -> st.SearchStrategy[list[str]]:
    return st.sampled_from([[], list(lines)])


_HEADING = st.sampled_from(["总体要求", "推进数据共享开放", "加强组织领导", "完善政策体系"])
_SENTENCE = st.sampled_from(
    [
        "到2025年，全市建成50个以上示范点。",
        "各县、区人民政府要落实“1+8”工程。（责任单位：市科技局、市财政局）",
        "三、四级政府分别负责。",
        "按照《云岭市示范工作方案》，增长2.5%；推动G312改造。",
        "（市交通局牵头，市财政局配合）",
        "责任单位：市科技局",
        "——坚持创新。",
        "一是坚持创新。二是坚持开放。",
        "第三条规定的事项除外。",
        "主要任务：",
        "| 序号 | 任务 |",
    ]
)
_RUN_IN = st.sampled_from(["", "。", "。推动data model应用。", "：", "。（市科技局负责）", "（责任单位：市科技局）"])
_numbered = st.tuples(st.sampled_from([mark for mark in MARKS if mark and mark != "2.1.1"]), _HEADING, _RUN_IN).map(
    "".join
)
_items = st.lists(st.one_of(_numbered, _numbered, _SENTENCE), max_size=10)
_attached = st.tuples(
    _maybe("附件1"),
    st.just(["云岭市示范工作方案"]),
    st.just(["一、总体要求"]),
    _items,
    _maybe("云岭市科技局", "2021年3月4日"),
)


def _flat(parts: tuple[object, ...]) -> list[str]:
    return [line for part in parts for line in (_flat(part) if isinstance(part, tuple) else part)]


def plain_notices() -> st.SearchStrategy[str]:
    """Notices as they should be: head, items in any numbering, tail and an attached document, a paragraph a line."""
    head = st.tuples(
        _maybe("索引号：YL01 公开方式：主动公开"),
        _maybe("云岭市人民政府关于印发《云岭市示范工作方案》的通知"),
        _maybe("云政发〔2021〕7号"),
        _maybe("各县、区人民政府，市政府各部门："),
        st.just(["现将有关事项通知如下。"]),
    )
    tail = st.tuples(
        _maybe("特此通知。"),
        _maybe("附件：云岭市示范工作方案"),
        st.just(["云岭市人民政府", "2021年3月5日"]),
        _maybe("（此件公开发布）"),
        st.one_of(st.just([]), _attached),
        _maybe("抄送：市委各部门，市纪委。", "云岭市人民政府办公室　2021年3月6日印发"),
    )
    return st.tuples(head, _items, tail).map(lambda parts: "\n".join(_flat(parts)))


def notices() -> st.SearchStrategy[str]:
    """The same, or the same lines in any order; indented or not."""
    return st.one_of(_shaped, st.lists(_line, max_size=25)).flatmap(_indented)


def texts() -> st.SearchStrategy[str]:
    """Anything: notices, notices with strange characters in them, and any Unicode at all, lone surrogates included."""
    strange = st.text(st.characters(codec=None), max_size=12)
    return st.one_of(notices(), st.lists(st.one_of(_line, strange), max_size=20).map("\n".join), strange)
