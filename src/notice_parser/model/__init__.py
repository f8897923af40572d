"""The shape of a notice that has been read: frozen values, every one with its place in the source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler, SerializeAsAny
from pydantic_core import CoreSchema, core_schema

from notice_parser.source import Span, scrub

SCHEMA_VERSION: Final = "1.0"

Role = Literal["lead", "support", "responsible", "guide", "implement", "assess"]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "approx", "range"]
Change = Literal["increase", "decrease", "growth", "multiply"]
Modality = Literal["strive", "ensure", "in_principle"]
Precision = Literal["day", "month", "quarter", "year", "none"]
Severity = Literal["error", "warning", "info"]
Style = Literal[
    "part", "chapter", "section", "article", "cn", "cn_paren",
    "arabic", "arabic_paren", "arabic_half_paren", "circled", "decimal",
]  # fmt: skip
ParagraphRole = Literal["text", "contents", "box", "table_text"]
RuleKind = Literal["first_listed_leads", "implicit_unit", "default_scope"]


class _AsItIs:
    """Spans are taken as they are and printed as two numbers; pydantic would build each anew, a third of its work."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, __: GetCoreSchemaHandler) -> CoreSchema:
        number = core_schema.int_schema()
        read = core_schema.no_info_after_validator_function(Span._make, core_schema.tuple_schema([number, number]))
        built = core_schema.union_schema([core_schema.is_instance_schema(Span), read], mode="left_to_right")
        return core_schema.json_or_python_schema(json_schema=read, python_schema=built)


Place = Annotated[Span, _AsItIs]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


_fields_set = BaseModel.__dict__["__pydantic_fields_set__"]


def _set_fields(value: _Value) -> set[str]:
    """Which fields count as set: those that pydantic has noted, else all, as in what the program makes itself."""
    try:
        noted: set[str] = _fields_set.__get__(value)
    except AttributeError:
        return set(type(value).model_fields)
    return noted


_nothing = property(lambda _: None, lambda _, __: None)
# Said once for all, since to put it into each model takes a fourth of its making: none holds more than its fields, and
# only pydantic notes which of these are set.
for _slot, _said in {
    "__pydantic_extra__": _nothing,
    "__pydantic_private__": _nothing,
    "__pydantic_fields_set__": property(_set_fields, _fields_set.__set__),
}.items():
    setattr(_Value, _slot, _said)


class Text(_Value):
    """A stretch of the source: `text` is the source at `span` without its `gaps`.

    White space around line breaks is dropped (one blank stays between two Latin letters). A gap is a part of the span
    that is not its text: a page line or a running head that the paragraph runs across.
    """

    text: str
    span: Place
    gaps: tuple[Place, ...] = ()


class Organ(_Value):
    """Organ (机关): who issues, signs, receives or prints a notice."""

    name: str
    span: Place


class Date(_Value):
    """Date or time limit (日期、期限) as far as it is printed.

    `value` is ISO 8601 cut to its `precision`: `2017-05-19`, `2020-06`, `2020`, or null where it is relative
    (三年内) or impossible. `repaired`: digits or 年月日 were put back; `inferred`: the year stands elsewhere.
    """

    text: str
    value: str | None
    precision: Precision
    repaired: bool = False
    inferred: bool = False
    span: Place


class Source(_Value):
    """What was read: its name, the format and encoding it came in, and the SHA-256 of its bytes.

    What in a file's name is no text (bytes in another encoding) stands there as U+FFFD.
    """

    name: Annotated[str, AfterValidator(scrub)] | None
    format: str
    encoding: str
    characters: int
    sha256: str


class Metadata(_Value):
    """One labelled field of the head (索引号: …): `name` is its identifier, null for an unknown label."""

    label: str
    name: str | None
    value: str
    span: Place


class DocumentNumber(_Value):
    """Document number (发文字号): issuing agency's code (机关代字), year (年份) and serial (发文顺序号)."""

    text: str
    agency: str | None
    year: int | None
    serial: str | None
    span: Place


class Title(_Value):
    """Title (标题), its lines joined; `document_type` (文种) is its last word: 通知, 意见, 批复 …"""

    text: str
    document_type: str | None
    span: Place
    gaps: tuple[Place, ...] = ()


class SignOff(_Value):
    """Sign-off: the signing organs or persons (发文机关署名、签署人) and the date of issue (成文日期)."""

    organs: tuple[Organ, ...]
    signers: tuple[str, ...]
    date: Date | None
    span: Place


class ResponsibleUnit(_Value):
    """One unit (责任单位) of a clause: `name` in full, `raw` as printed, `role_text` the word that gives the role.

    `collective`: it stands for several (各区、市政府, 有关部门).
    """

    name: str
    raw: str
    role: Role
    role_text: str
    collective: bool
    span: Place


class Responsibility(_Value):
    """Responsibility clause (责任分工): who answers for the text at `covers`.

    `open_list`: the list of units is closed by 等. `remark`: what the clause says beside units and deadline.
    """

    text: str
    units: tuple[ResponsibleUnit, ...]
    open_list: bool
    deadline: Date | None
    remark: str | None
    covers: Place
    span: Place


class Magnitude(_Value):
    """A target's value in base units: 70 亿元 is 7000000000 元."""

    value: int | float
    unit: str


class Target(_Value):
    """Quantitative target (量化目标): a number that can be ticked off.

    `value` and `unit` are as written (70, 亿元); `value_max` only for a range; `change` where the number is a
    difference (增长8%); `frequency` 每年; `baseline` what it is compared with (比2015年).
    """

    indicator: str
    verb: str | None
    comparator: Comparator
    value: int | float
    value_max: int | float | None
    unit: str
    change: Change | None
    deadline: Date | None
    frequency: str | None
    baseline: str | None
    modality: Modality | None
    magnitude: Magnitude | None
    text: str
    span: Place


class Paragraph(_Value):
    """Paragraph (自然段), or what stands in its place: contents (目录), box (专栏), flattened table (table_text)."""

    kind: Literal["paragraph"] = "paragraph"
    role: ParagraphRole
    text: str
    span: Place
    gaps: tuple[Place, ...] = ()


class Table(_Value):
    """Table (表格): rows of cells."""

    kind: Literal["table"] = "table"
    rows: tuple[tuple[Text, ...], ...]
    span: Place


class _Item(_Value):
    kind: str  # first, so that a reader of the output learns what it is before its content
    path: str
    level: int
    marker: str
    style: Style
    number: str
    heading: Text | None
    content: tuple[Block, ...]
    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Date, ...] = ()
    span: Place


class Section(_Item):
    """Numbered item with numbered items below it (层次): 一、 （一） 1. （1） 第一章 …

    `path` is its address in the notice (`5.1.3`, `A1:2.3`), `level` its depth from 1, `marker` what is printed,
    `number` the last step of its path.
    """

    kind: Literal["section"] = "section"


class Measure(_Item):
    """Numbered item with no numbered item below it (措施): the smallest thing that somebody must do."""

    kind: Literal["measure"] = "measure"


# Each block is printed as what it is; pydantic would try the kinds in turn, which takes three times as long.
Block = Annotated[Paragraph | Table | Section | Measure, Field(discriminator="kind"), SerializeAsAny()]
Item = Section | Measure


class Body(_Value):
    """Body (正文): everything between the addressees and the sign-off, in reading order."""

    content: tuple[Block, ...]
    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Date, ...] = ()
    span: Place


class Attachment(_Value):
    """Attachment (附件): `listed` is its entry in the 附件 list, `title` and `body` what its own pages print."""

    number: int
    label: Text | None
    listed: Text | None
    title: Text | None
    body: Body | None
    sign_off: SignOff | None
    span: Place


class Rule(_Value):
    """A rule said once for all that follows: 列第一位者为牵头单位，下同."""

    kind: RuleKind
    text: str
    units: tuple[ResponsibleUnit, ...]
    span: Place


class Diagnostic(_Value):
    """What a reader should know about the text or its reading; `line` and `column` count from 1."""

    rule: str
    severity: Severity
    message: str
    line: int
    column: int
    span: Place


class Notice(_Value):
    """A government notice (公文), GB/T 9704-2012."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    source: Source
    metadata: tuple[Metadata, ...]
    document_number: DocumentNumber | None
    issuers: tuple[Organ, ...]
    title: Title | None
    addressees: tuple[Organ, ...]
    body: Body
    sign_off: SignOff | None
    notes: tuple[Text, ...]
    copied_to: tuple[Organ, ...]
    printed_by: Organ | None
    printed_on: Date | None
    attachments: tuple[Attachment, ...]
    rules: tuple[Rule, ...]
    residue: tuple[Text, ...]
    diagnostics: tuple[Diagnostic, ...]


class _Row(_Value):
    """Built when first used: reading a notice does without."""

    model_config = ConfigDict(defer_build=True)


class LedgerUnit(_Row):
    """A unit of a ledger row, and what it has to do there."""

    name: str
    role: Role


class LedgerRow(_Row):
    """One row of the ledger (任务分解表): what is to be done, who answers for it, by when, to what measure.

    `notice` is the name of the source, or the title where it has none; `citation` the place as people quote it
    (五、（一）3.); `text` what the clause covers, headings aside; `inherited`: units that a section's clause or a rule
    said once for all gives to the row.
    """

    notice: str | None
    document_number: str | None
    path: str
    citation: str
    headings: tuple[str, ...]
    text: str
    lead: tuple[str, ...]
    units: tuple[LedgerUnit, ...]
    inherited: bool
    deadlines: tuple[str, ...]
    targets: tuple[Target, ...]
    span: Place


class UnitTask(_Row):
    """One thing that a unit leads, supports or answers for; `task` says in short what."""

    notice: str | None
    document_number: str | None
    path: str
    citation: str
    task: str
    role: Role
    inherited: bool
    deadlines: tuple[str, ...]


class UnitRow(_Row):
    """The ledger seen from one unit (责任单位); `printed` are the forms its name takes (兰州高新区, 高新区)."""

    name: str
    printed: tuple[str, ...]
    tasks: tuple[UnitTask, ...]


class TargetRow(_Row):
    """The ledger seen from one target (量化目标), with those who answer for it."""

    notice: str | None
    document_number: str | None
    path: str
    citation: str
    headings: tuple[str, ...]
    lead: tuple[str, ...]
    units: tuple[LedgerUnit, ...]
    inherited: bool
    target: Target


Section.model_rebuild()
Measure.model_rebuild()


Part = Notice | Body | Item
Row = LedgerRow | UnitRow | TargetRow


def bodies(notice: Notice) -> Iterator[tuple[str, Body]]:
    """The body of the notice and of each attachment that has one, each with its path prefix: "", "A1:", "A2:" …"""
    yield "", notice.body
    carried = (attachment.body for attachment in notice.attachments)
    for number, body in enumerate(filter(None, carried), 1):
        yield f"A{number}:", body


def items(holder: Body | Item) -> Iterator[Item]:
    """All numbered items below `holder`, in reading order."""
    return iter(_below(holder.content, []))


def _below(content: tuple[Block, ...], found: list[Item]) -> list[Item]:
    for block in content:
        if block.kind == "section":
            found.append(block)
            _below(block.content, found)
        elif block.kind == "measure":
            found.append(block)
    return found


def at(notice: Notice, path: str) -> Part | None:
    """What stands at a path: the notice's body at "", an attachment's at "A1:", an item at "5.1.3"."""
    for prefix, body in bodies(notice):
        if path == prefix:
            return body
        for item in items(body):
            if path == item.path:
                return item
    return None
