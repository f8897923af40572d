"""Notices made by hand, for tests of what is done with a notice once it has been read."""

import hashlib

from notice_parser.model import (
    Attachment,
    Body,
    Date,
    DocumentNumber,
    Magnitude,
    Measure,
    Metadata,
    Notice,
    Organ,
    Paragraph,
    Responsibility,
    ResponsibleUnit,
    Section,
    SignOff,
    Source,
    Target,
    Text,
    Title,
)
from notice_parser.source import Span

TEXT = """\
索引号: YL01 公开方式:
云岭市人民政府办公室关于
加快数字档案建设的通知
云政办发〔2021〕7号
各县人民政府，市政府各部门：
为加快数字档案建设，现通知如下：
一、夯实基础
（一）改造库房。到2022年，全市档案库房达标率达到90%以上。（牵头单位：市档案局；配合单位：市财政局、高新区）
（二）配齐人员。
二、推进应用
（市大数据局负责）
1.推动"一网查档"，方便群众。
2.开展培训。每年举办培训2次。（责任单位：云岭高新区）
云岭市人民政府办公室
2021年3月5日
（此件公开发布）
打印本页
"""


class Maker:
    """Makes parts of a notice from the words of a source; each is looked for behind the one before it."""

    def __init__(self, source: str) -> None:
        self.source, self.at = source, 0

    def span(self, words: str) -> Span:
        """Where the words stand next."""
        start = self.source.index(words, self.at)
        self.at = start + 1
        return Span(start, start + len(words))

    def text(self, words: str) -> Text:
        return Text(text=words, span=self.span(words))

    def organ(self, name: str) -> Organ:
        return Organ(name=name, span=self.span(name))

    def paragraph(self, words: str) -> Paragraph:
        return Paragraph(role="text", text=words, span=self.span(words))

    def date(self, words: str, value: str | None) -> Date:
        precision = {4: "year", 7: "month", 10: "day"}[len(value)] if value else "none"
        return Date(text=words, value=value, precision=precision, span=self.span(words))

    def clause(self, words: str, units: dict[str, str], covers: Span) -> Responsibility:
        span = self.span(words)
        named = tuple(self.unit(name, role) for name, role in units.items())
        return Responsibility(
            text=words, units=named, open_list=False, deadline=None, remark=None, covers=covers, span=span
        )

    def unit(self, name: str, role: str) -> ResponsibleUnit:
        return ResponsibleUnit(
            name=name, raw=name, role=role, role_text=role, collective=False, span=self.span(name)
        )  # fmt: skip

    def back(self, words: str) -> None:
        """Look again from the last place of the words."""
        self.at = self.source.rindex(words, 0, self.at + len(words))


def target(span: Span, text: str, indicator: str, **fields: object) -> Target:
    """A target with nothing but its indicator, number and unit, unless `fields` say more."""
    plain = dict.fromkeys(("verb", "value_max", "change", "deadline", "frequency", "baseline", "modality", "magnitude"))
    return Target(**plain | {"comparator": "eq", "indicator": indicator, "text": text, "span": span} | fields)


def source_of(text: str, name: str | None) -> Source:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Source(name=name, format="text", encoding="utf-8", characters=len(text), sha256=digest)


def notice(name: str | None = "archive.txt") -> Notice:
    """The notice that `TEXT` is."""
    make = Maker(TEXT)
    metadata = (
        Metadata(label="索引号", name="index_number", value="YL01", span=make.span("索引号: YL01")),
        Metadata(label="公开方式", name="disclosure_mode", value="", span=make.span("公开方式:")),
    )
    issuer = make.organ("云岭市人民政府办公室")
    printed = "云岭市人民政府办公室关于\n加快数字档案建设的通知"
    make.at = issuer.span.start
    title = Title(text=printed.replace("\n", ""), document_type="通知", span=make.span(printed))
    number = DocumentNumber(
        text="云政办发〔2021〕7号", agency="云政办发", year=2021, serial="7", span=make.span("云政办发〔2021〕7号")
    )
    addressees = (make.organ("各县人民政府"), make.organ("市政府各部门"))
    content = (make.paragraph("为加快数字档案建设，现通知如下："), _first(make), _second(make))
    body = Body(content=content, span=Span(content[0].span.start, content[-1].span.end))
    organ = make.organ("云岭市人民政府办公室")
    date = make.date("2021年3月5日", "2021-03-05")
    return Notice(
        source=source_of(TEXT, name),
        metadata=metadata,
        document_number=number,
        issuers=(issuer,),
        title=title,
        addressees=addressees,
        body=body,
        sign_off=SignOff(organs=(organ,), signers=(), date=date, span=Span(organ.span.start, date.span.end)),
        notes=(make.text("（此件公开发布）"),),
        copied_to=(),
        printed_by=None,
        printed_on=None,
        attachments=(),
        rules=(),
        residue=(make.text("打印本页"),),
        diagnostics=(),
    )


def _first(make: Maker) -> Section:
    start = make.span("一、").start
    heading = make.text("夯实基础")
    content = (_rooms(make), _staff(make))
    return Section(
        path="1", level=1, marker="一、", style="cn", number="1", heading=heading, content=content,
        span=Span(start, content[-1].span.end),
    )  # fmt: skip


def _rooms(make: Maker) -> Measure:
    start = make.span("（一）").start
    heading = make.text("改造库房")
    words = "到2022年，全市档案库房达标率达到90%以上。"
    clause = "（牵头单位：市档案局；配合单位：市财政局、高新区）"
    paragraph = make.paragraph(words + clause)
    make.at = paragraph.span.start
    deadline = make.date("到2022年", "2022")
    aim = target(
        make.span("全市档案库房达标率达到90%以上"), "全市档案库房达标率达到90%以上", "全市档案库房达标率",
        verb="达到", comparator="ge", value=90, unit="%", deadline=deadline, magnitude=Magnitude(value=0.9, unit=""),
    )  # fmt: skip
    units = {"市档案局": "lead", "市财政局": "support", "高新区": "support"}
    answer = make.clause(clause, units, Span(start, paragraph.span.start + len(words)))
    return Measure(
        path="1.1", level=2, marker="（一）", style="cn_paren", number="1", heading=heading, content=(paragraph,),
        responsibilities=(answer,), targets=(aim,), deadlines=(deadline,), span=Span(start, paragraph.span.end),
    )  # fmt: skip


def _staff(make: Maker) -> Measure:
    start = make.span("（二）").start
    heading = make.text("配齐人员")
    return Measure(
        path="1.2", level=2, marker="（二）", style="cn_paren", number="2", heading=heading, content=(),
        span=Span(start, heading.span.end),
    )  # fmt: skip


def _second(make: Maker) -> Section:
    start = make.span("二、").start
    heading = make.text("推进应用")
    words = "（市大数据局负责）"
    paragraph = make.paragraph(words)
    make.at = paragraph.span.start
    clause = make.clause(words, {"市大数据局": "responsible"}, heading.span)
    content = (paragraph, _search(make), _training(make))
    return Section(
        path="2", level=1, marker="二、", style="cn", number="2", heading=heading, content=content,
        responsibilities=(clause,), span=Span(start, content[-1].span.end),
    )  # fmt: skip


def _search(make: Maker) -> Measure:
    start = make.span("1.").start
    paragraph = make.paragraph('推动"一网查档"，方便群众。')
    return Measure(
        path="2.1", level=2, marker="1.", style="arabic", number="1", heading=None, content=(paragraph,),
        span=Span(start, paragraph.span.end),
    )  # fmt: skip


def _training(make: Maker) -> Measure:
    start = make.span("2.").start
    heading = make.text("开展培训")
    words, clause = "每年举办培训2次。", "（责任单位：云岭高新区）"
    paragraph = make.paragraph(words + clause)
    make.at = paragraph.span.start
    aim = target(
        make.span("每年举办培训2次"), "每年举办培训2次", "培训", verb="举办", value=2, unit="次", frequency="每年"
    )
    answer = make.clause(clause, {"云岭高新区": "responsible"}, Span(start, paragraph.span.start + len(words)))
    return Measure(
        path="2.2", level=2, marker="2.", style="arabic", number="2", heading=heading, content=(paragraph,),
        responsibilities=(answer,), targets=(aim,), span=Span(start, paragraph.span.end),
    )  # fmt: skip


def attached(base: Notice, body: Body) -> Notice:
    """The notice with one attached document."""
    one = Attachment(number=1, label=None, listed=None, title=None, body=body, sign_off=None, span=body.span)
    return base.model_copy(update={"attachments": (one,)})
