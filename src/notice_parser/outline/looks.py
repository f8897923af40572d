"""What one paragraph looks like, by itself: a label, a title, an organ, a by-line, a date."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from notice_parser.clauses.dates import find_dates
from notice_parser.clauses.responsibility import is_own_line
from notice_parser.grammar import Begun, ahead, anywhere, closing, terminals
from notice_parser.numerals import read_integer
from notice_parser.outline.labels import is_field, is_metadata
from notice_parser.outline.lines import squeeze
from notice_parser.outline.paragraphs import Paragraph
from notice_parser.outline.titles import (
    above_subtitle,
    ended,
    ending,
    is_title,
    without_quotes,
)

FEW: Final = 6
FOOTER_LINE: Final = 60  # what follows a footer and is no longer than this is the footer's
LONGEST_TITLE_LINE: Final = 130
PAPER: Final = ("REGISTERED", "COPY_NUMBER", "SECURITY_CLASSIFICATION", "URGENCY", "MARGINAL")
SUBTITLE: Final = ("——", "--")
_LONGEST_PAPER: Final = 24
_LONGEST_ORGAN: Final = 60
_LONGEST_ADDRESSEE: Final = 500
_LONGEST_BY_LINE: Final = 90
_paper: Final = Begun(closing, "document", *PAPER)
_signed: Final = Begun(closing, "document", "SIGNED")
_UNSIGNED: Final = re.compile(r"[。,;:!?《》、|]|[0-9]{3}")
_DATED_END: Final = "日月)"
_OPEN: Final = "。:;,!?"
_PROPOSAL: Final = re.compile(r"对“[^“”]*”(?=的)")  # ××部对“关于……，……的建议”的答复
_SENTENCE: Final = re.compile(r"[。;!?](?![^《]*》)|,")


def head_kind(paragraph: Paragraph) -> str | None:
    """The part of a head that a paragraph shows itself to be, if any."""
    text = paragraph.squeezed
    if _paper.match(text):
        return next(kind for kind in PAPER if closing("document", kind).match(text))
    if is_metadata(paragraph.line):
        return "METADATA"
    if len(text) < 60 and closing("document", "NUMBER", "NUMBER_AND_DATE").match(text):
        return "NUMBER"
    if _signed.match(text):
        return "DATED"
    return "ISSUER_MARK" if text.endswith(("文件", "发电")) and closing("document", "ISSUER_MARK").match(text) else None


@cache
def _leads() -> re.Pattern[str]:
    """What a paragraph that is more than text may begin with, however long it is: 附件：…, (此件…, 抄送：…, a row."""
    kinds = ahead("document", "LISTED", "NOTE", "COPIED", "LABEL", "CLOSING", "BOX"), ahead("attached", "LIST_ALONE")
    return re.compile("|".join([*kinds, r"\|"]))


def is_prose(paragraph: Paragraph) -> bool:
    """Whether nothing needs to be asked: a title, an organ, a date or an imprint is never so long."""
    return len(paragraph.squeezed) > LONGEST_TITLE_LINE and _leads().match(paragraph.squeezed) is None


def is_unknown_field(paragraph: Paragraph) -> bool:
    """A field with a value; a clause (责任单位:市教育局) is none where no known field stands above it."""
    text = paragraph.squeezed
    return not paragraph.mark and is_field(text) and not text.endswith(":") and not is_own_line(text)


def opens_text(above: str, line: str) -> bool:
    """Whether the text begins below a title: how it came about (题注), or what for; 方案⏎为贯彻…."""
    enacted = closing("attached", "ENACTED").match(line)
    return bool(enacted or (is_title(above) and anywhere("attached", "PREAMBLE").match(line)))


def is_whole_title(text: str) -> bool:
    """A title, perhaps with its subtitle on the same line: 政府工作报告——2024年1月10日在……会议上."""
    return is_title(text) or ((above := above_subtitle(text)) != text and is_title(above))


def is_quoting(title: str) -> bool:
    """Whether a 《 of a title is still open."""
    return title.count("《") > title.count("》")


def may_be_title(paragraph: Paragraph, *, first: bool) -> bool:
    """A line without a mark that is no sentence; the rest of a title may begin with nearly anything."""
    text = paragraph.squeezed
    if (
        paragraph.mark
        or is_metadata(paragraph.line)
        or paragraph.role
        or not text
        or len(text) > LONGEST_TITLE_LINE
        or text[-1] in _OPEN
        or closing("document", "SIGNED").match(text)
    ):
        return False
    if closing("document", "NOTE", "LABEL", "PRINTED", "NUMBER", "NUMBER_AND_DATE").match(text) or is_addressee(
        paragraph
    ):
        return False
    if len(text) < _LONGEST_PAPER and closing("document", *PAPER).match(text):
        return False
    if closing("layout", "MEETING").match(text) or (text[-1] in _DATED_END and is_issue(text)):
        return False
    told = without_quotes(text)
    return not (_SENTENCE.search(told) and _SENTENCE.search(_PROPOSAL.sub("对", told)))


def is_addressee(paragraph: Paragraph) -> bool:
    """Whether a paragraph says to whom a notice is sent (主送机关): 各县、区人民政府，市直各部门："""
    text = paragraph.squeezed
    return (
        text.endswith(":")
        and len(text) < _LONGEST_ADDRESSEE
        and closing("document", "ADDRESSEE").match(text) is not None
    )


def are_collectives(text: str) -> bool:
    """Whether a line names those to whom a notice is sent, without the colon: 区直有关单位、各乡镇人民政府."""
    return closing("names", "COLLECTIVES").match(text) is not None


def speaks_to_all(text: str) -> bool:
    """Whether a line below a title begins with whom it is sent to, as no title does that goes on: 各银行."""
    return closing("names", "BELOW_TITLE").match(text) is not None and not is_title(text)


def is_next_entry(rest: list[Paragraph]) -> bool:
    """Whether nothing but the head of a compendium's next entry follows: `5. ×××的通知（2023 年2 月27 日）`."""
    return (
        len(rest) == 1
        and rest[0].mark is not None
        and closing("attached", "NEXT_ENTRY").match(rest[0].squeezed) is not None
    )


def is_label(paragraph: Paragraph) -> bool:
    """Whether a paragraph is the label of an attachment (附件标识): 附件2"""
    return not paragraph.mark and closing("document", "LABEL").match(paragraph.squeezed) is not None


def label_numbers(label: str) -> tuple[int, ...]:
    """The 2 of 附件2, or of 云政发[2021]7号附件2; 2 and 1 of 附件2-1."""
    place = label.rfind("附")
    found = anywhere("attached", "NUMBER").search(label, place) if place >= 0 else None
    return read_numbers(found[0]) if found else ()


def read_numbers(printed: str) -> tuple[int, ...]:
    """The number of an attachment, and that of its part: 2, 二, 2-1."""
    return tuple([number for each in printed.split("-") if (number := read_integer(each))])


def label_before_title(paragraph: Paragraph) -> int:
    """The length of a label that a title follows on the line: 附件2 任务清单."""
    if paragraph.mark or not paragraph.squeezed.startswith("附"):
        return 0
    match = anywhere("attached", "LABELLED").match(paragraph.line)
    length = len(squeeze(match[0])) if match else 0
    title = paragraph.squeezed[length:]
    sentence = len(title) > FOOTER_LINE * 2 or title[-1:] in _OPEN or _SENTENCE.search(without_quotes(title))
    return 0 if sentence else length


def are_few(rest: list[Paragraph]) -> bool:
    """Whether a few words are left, without a mark or a label: the foot of a page."""
    return len(rest) < FEW and not any(
        p.mark or len(p.squeezed) > FOOTER_LINE or is_label(p) or label_before_title(p) for p in rest
    )


def may_sign(text: str) -> bool:
    """A line that may stand in a sign-off: short, and no sentence."""
    if text[:1] == "(" and not is_behind_name(text):  # （此件公开发布） may stand above the organ too
        return False
    if text.startswith("附件"):
        return False
    return 1 < len(text) <= _LONGEST_ORGAN and not _UNSIGNED.search(text.replace("主任:", "").replace("长:", ""))


def is_organ_line(paragraph: Paragraph) -> bool:
    """Whether a paragraph is an organ alone on its line, as organs sign."""
    return not paragraph.mark and may_sign(paragraph.squeezed) and is_organ(paragraph.squeezed)


def is_signature(text: str) -> bool:
    """An organ, or an office with a name."""
    return is_organ(text) or signer_pattern().match(text) is not None


def is_organ(text: str) -> bool:
    """Whether a line of the sign-off ends with an organ, or with the other name that it also has."""
    return ended(text, "ORGAN_END") is not None or ended(text, "OTHER_NAME") is not None


def is_behind_name(line: str) -> bool:
    """Whether a line belongs to the organ above it: its other name, or a seal (代章)."""
    return ending("OTHER_NAME").match(line) is not None or ending("SEAL").match(line) is not None


@cache
def signer_pattern() -> re.Pattern[str]:
    """总理　李克强, 市长：××"""
    return re.compile(rf"(?P<office>[^。,;]{{0,20}}{terminals('names')['OFFICE']}):?(?P<name>[一-龥·]{{2,8}})$")


def is_printer(paragraph: Paragraph) -> bool:
    """An organ alone on its line, as it stands above 2023年5月18日印发."""
    text = paragraph.squeezed
    return not paragraph.mark and len(text) <= _LONGEST_ORGAN and ended(text, "ORGAN_END") is not None


def date_of_issue() -> re.Pattern[str]:
    """What tells below a title when it was issued."""
    return closing("document", "SIGNED", "BY_LINE")


def is_by_line(paragraph: Paragraph) -> bool:
    """Whether a line below a title says who issued it, or when, or both."""
    text = paragraph.squeezed
    if paragraph.mark or paragraph.role or len(text) > _LONGEST_BY_LINE:
        return False
    if closing("document", "SIGNED").match(text):
        return True
    if closing("document", "BY_LINE").match(text):
        return is_issue(text)
    name = text[slice(*unbracketed(text))]
    if name.startswith(("各", "全")):  # whom the text speaks to
        return False
    return may_sign(name) and is_signature(name) and not is_title(name)


def is_issue(text: str) -> bool:
    """Whether a line says who issued when: ××市人民政府办公室2023年4月10日, （2023年4月10日××市教育局印发）."""
    match = closing("document", "BY_LINE").match(text)
    return match is not None and _names_issuer(match)


def _names_issuer(match: re.Match[str]) -> bool:
    """Whether what stands beside the date is an organ, or the act by which it was issued."""
    above, behind = match["above"], match["behind"]
    told = behind is None or match["act"] is not None or is_organ(behind)
    return told and (above is None or is_organ(above)) and (above is None or behind is None)


def unbracketed(text: str) -> tuple[int, int]:
    """Where a text begins and ends without the brackets around it: （××市教育局）."""
    return (1, len(text) - 1) if text.startswith("(") and text.endswith(")") else (0, len(text))


def sign_off_kind(paragraph: Paragraph) -> str:
    """Which line of a sign-off a paragraph is: its date, an organ, both, or a person."""
    if closing("document", "SIGNED", "OPEN_DATE").match(paragraph.squeezed):
        return "SIGNED"
    if closing("document", "ORGAN_AND_DATE").match(paragraph.squeezed):
        return "ORGAN_AND_DATE"
    return (
        "SIGNER"
        if signer_pattern().match(paragraph.squeezed) and not ended(paragraph.squeezed, "ORGAN_END")
        else "ORGAN"
    )


def with_mark(paragraph: Paragraph) -> str:
    """A paragraph as it is printed, with its mark."""
    return (paragraph.mark.text if paragraph.mark else "") + paragraph.squeezed


def above_date(line: str) -> str:
    """The organ on a line with the date behind it."""
    return line[: day_start(line)]


def day_start(line: str) -> int:
    """Where the date of issue begins on a line that ends with it."""
    starts = [reading.start for reading in find_dates(line) if reading.precision in ("day", "month")]
    return starts[-1] if starts else len(line)
