"""The linter's rules: what a reader should know about a text before trusting what was read from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from notice_parser.model import (
    Attachment,
    Body,
    Date,
    Diagnostic,
    Item,
    Notice,
    Paragraph,
    Severity,
    Text,
    bodies,
)
from notice_parser.model.made import built
from notice_parser.source import Remark, Span

# Every rule and how bad what it tells is: an error is lost or wrong for certain, a warning likely, an info only odd.
RULES: Final[dict[str, Severity]] = {
    "numbering-gap": "warning",
    "numbering-repeat": "warning",
    "numbering-back": "warning",
    "marker-recovered": "info",
    "marker-refused": "info",
    "nesting-capped": "warning",
    "date-repaired": "warning",
    "date-unreadable": "error",
    "date-impossible": "error",
    "dates-disagree": "info",
    "brackets-unbalanced": "info",
    "document-number-damaged": "warning",
    "attachment-without-text": "info",
    "attachment-unlisted": "info",
    "several-notices": "info",
    "text-spoiled": "warning",
}


class _Read(NamedTuple):
    """What the checks look at: a notice and its text; the bodies and items of the one, the paragraphs in the other."""

    notice: Notice
    folded: str
    holders: list[Body | Item]
    paragraphs: list[Span]


def diagnose(notice: Notice, folded: str, remarks: Iterable[tuple[str, str, Span]]) -> tuple[Diagnostic, ...]:
    """All diagnostics of a notice in the order of the text; `remarks` are those that the outline made on its way."""
    found = {Remark(*remark) for remark in remarks}
    read = _read(notice, folded)
    for check in _CHECKS:
        found.update(check(read))
    return tuple(_diagnostics(sorted(found, key=lambda remark: (remark.span, remark.rule)), folded))


def _read(notice: Notice, folded: str) -> _Read:
    holders: list[Body | Item] = [body for _, body in bodies(notice)]
    paragraphs = []
    for holder in holders:  # which grow: what is held in one comes behind them
        for block in holder.content:
            if type(block) is Paragraph:  # as most are; to ask for its `kind` would take longer
                paragraphs += [block.span] if block.role == "text" else []
            elif block.kind == "section" or block.kind == "measure":
                holders.append(block)
    return _Read(notice, folded, holders, paragraphs)


def _diagnostics(remarks: list[Remark], folded: str) -> Iterator[Diagnostic]:
    """The remarks, which are in order, each with its severity, line and column."""
    line, begin, counted = 1, 0, 0
    for remark in remarks:
        start = remark.span.start
        if breaks := folded.count("\n", counted, start):
            line, begin = line + breaks, folded.rfind("\n", counted, start) + 1
        counted = start
        yield built(
            Diagnostic,
            rule=remark.rule,
            severity=RULES[remark.rule],
            message=remark.message,
            line=line,
            column=start - begin + 1,
            span=remark.span,
        )


# ---------------------------------------------------------------- dates


def _signed_dates(notice: Notice) -> Iterator[Date]:
    signed = [notice.sign_off, *(attachment.sign_off for attachment in notice.attachments)]
    yield from (sign_off.date for sign_off in signed if sign_off and sign_off.date)


def _check_dates(read: _Read) -> Iterator[Remark]:
    """Dates of issue that were repaired, or cannot be read."""
    for date in _signed_dates(read.notice):
        if date.repaired:
            yield Remark(
                "date-repaired", f"“{date.text}” was read as {date.value}; year, month and day were expected", date.span
            )
        elif date.value is None:
            yield Remark(
                "date-unreadable", f"“{date.text}” is no date; a date such as 2017年5月19日 was expected", date.span
            )


def _check_years(read: _Read) -> Iterator[Remark]:
    """Time limits in a year that cannot be, as fonts against copying make them: 到4549年."""
    for limit in _limits(read.holders):
        year = _YEAR.search(limit.text)
        if year and not 1900 <= int(year[1]) <= 2100:
            message = f"“{limit.text}” cannot be; a year from 1900 to 2100 was expected"
            yield Remark("date-impossible", message, limit.span)


def _limits(holders: list[Body | Item]) -> list[Date]:
    """The time limits without a value."""
    stated = [limit for holder in holders for limit in holder.deadlines]
    stated += [target.deadline for holder in holders for target in holder.targets if target.deadline]
    return [limit for limit in stated if limit.value is None]


_YEAR: Final = re.compile(r"([0-9]{4})年")


def _check_agreement(read: _Read) -> Iterator[Remark]:
    """The date of issue in the text and the dates in the metadata."""
    notice = read.notice
    date = notice.sign_off.date if notice.sign_off else None
    if date is None or date.precision != "day":
        return
    for field in notice.metadata:
        if (
            field.name in ("issued_on", "generated_on", "sent_on")
            and (printed := _iso(field.value))
            and printed != date.value
        ):
            message = f"{field.label} is {printed}, the date of issue at the end {date.value}; the same was expected"
            yield Remark("dates-disagree", message, field.span)


_DAY: Final = re.compile(r"\s*([0-9]{4})[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})日?.*\Z")


def _iso(text: str) -> str | None:
    found = _DAY.match(text)
    return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}" if found else None


# ---------------------------------------------------------------- damage

_PAIRS: Final = {"》": "《", "”": "“", ")": "("}
_PAIRED: Final = re.compile(r"[《》“”()\"]")
_MARKER_BRACKET: Final = re.compile(r"[0-9a-zA-Z一二三四五六七八九十]\)")
_PINYIN: Final = re.compile(r"\((?<=[\u4e00-\u9fff]\()[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}\)")
_MOJIBAKE: Final = re.compile("[\ufffd锟Ã-ÿ?](?:(?<=\ufffd)\ufffd*|(?<=锟)斤拷|(?<=[Ã-ÿ])[Ã-ÿ]{3,}|(?<=\\?)。ǘ)")
_LOST: Final = ("\ufffd", "锟斤拷", "?。ǘ")
_ACCENTED: Final = re.compile(b"[\xc3-\xff]")


def _check_brackets(read: _Read) -> Iterator[Remark]:
    """《 “ （ without their partners, paragraph by paragraph."""
    for span in read.paragraphs:
        yield from _unbalanced(read.folded, span)


def _unbalanced(folded: str, span: Span) -> list[Remark]:
    """One remark for each kind of mark, at the first that lacks its partner."""
    start, end = span
    text = folded[start:end]
    if '"' not in text and all(_are_paired(text, opening, closing) for closing, opening in _PAIRS.items()):
        return []  # as in most paragraphs
    alone: dict[str, list[int]] = {mark: [] for pair in _PAIRS.items() for mark in pair}
    for match in _PAIRED.finditer(folded, *span):
        mark, place = "”" if match[0] == '"' and alone["“"] else match[0], match.start()  # “四新经济"集聚区
        opening = _PAIRS.get(mark)
        if opening and alone[opening]:
            alone[opening].pop()
        elif mark != '"' and not (mark == ")" and _MARKER_BRACKET.match(folded, place - 1)):
            alone[mark].append(place)
    return [
        Remark("brackets-unbalanced", _alone(mark, len(places)), Span(places[0], places[0] + 1))
        for mark, places in alone.items()
        if places
    ]


def _are_paired(text: str, opening: str, closing: str) -> bool:
    """Whether each mark is closed before the next one opens; what is nested is left to a closer look."""
    end = -1
    while True:
        start, last = text.find(opening, end + 1), end
        end = text.find(closing, last + 1)
        if start < 0 or end < 0:
            return start == end
        if end < start or 0 <= text.find(opening, start + 1) < end:
            return False


def _alone(mark: str, count: int) -> str:
    several = f"{count} × " if count > 1 else ""
    if mark in _PAIRS:
        return f"{several}“{mark}” closes nothing; {_PAIRS[mark]} was expected before it"
    closing = next(closing for closing, opening in _PAIRS.items() if opening == mark)
    return f"{several}“{mark}” is not closed; {closing} was expected behind it"


def _check_damage(read: _Read) -> Iterator[Remark]:
    """Text that a machine spoiled: pinyin in brackets, characters lost in a wrong encoding."""
    folded = read.folded
    lost = _MOJIBAKE.finditer(folded) if _may_be_spoiled(folded) else ()
    for name, places, least in (("pinyin in brackets", _PINYIN.finditer(folded), 3), ("lost characters", lost, 1)):
        found = list(places)
        if len(found) >= least:
            message = f"{len(found)} × {name}: the text was spoiled by a machine; the printed notice was expected"
            yield Remark("text-spoiled", message, Span(*found[0].span()))


def _may_be_spoiled(folded: str) -> bool:
    """Whether `_MOJIBAKE` may stand in a text: of four accented letters in a row, every fourth sign shows one.

    They are seen at once when all that is wider is left out.
    """
    accented = _ACCENTED.search(folded[::4].encode("latin-1", "ignore"))
    return accented is not None or any(sign in folded for sign in _LOST)


# ---------------------------------------------------------------- attachments


def _check_attachments(read: _Read) -> Iterator[Remark]:
    """What is listed without its text, and what is there without being in the list above it.

    A list at the end of an attached document is that document's own: it says nothing of those above it.
    """
    notice = read.notice
    listed = min((entry.span.start for entry in _entries(notice)), default=len(read.folded))
    for attachment in notice.attachments:
        if attachment.listed and attachment.body is None and attachment.title is None:
            if attachment.listed.text.endswith(_LEFT_OUT):
                continue
            message = f"“{attachment.listed.text[:40]}” is listed, but its text is not in the file"
            yield Remark("attachment-without-text", message, attachment.listed.span)
        elif listed < attachment.span.start and attachment.listed is None:
            yield Remark(
                "attachment-unlisted", "this document is not in the list of attachments (附件说明)", _place(attachment)
            )


_LEFT_OUT: Final = ("（略）", "(略)")  # 附件：任务清单（略）


def _entries(notice: Notice) -> Iterator[Text]:
    return (attachment.listed for attachment in notice.attachments if attachment.listed)


def _check_notices(read: _Read) -> Iterator[Remark]:
    """A second notice with a document number and a sign-off of its own."""
    for attachment in read.notice.attachments:
        signed = attachment.title and attachment.sign_off and attachment.sign_off.date
        if signed and _own_number(attachment, read.folded):
            message = "another whole notice begins here; one notice a file was expected"
            yield Remark("several-notices", message, _place(attachment))


def _own_number(attachment: Attachment, folded: str) -> bool:
    title = attachment.title
    below = folded[title.span.end : title.span.end + 60].strip() if title else ""
    return re.match(r"[^。\n]{1,30}\[(?:19|20)[0-9]{2}\] *[0-9]+ *号 *\n", below + "\n") is not None


def _place(attachment: Attachment) -> Span:
    return Span(attachment.span.start, min(attachment.span.end, attachment.span.start + 40))


_CHECKS: Final[tuple[Callable[[_Read], Iterable[Remark]], ...]] = (
    _check_dates, _check_years, _check_agreement, _check_brackets, _check_damage, _check_attachments, _check_notices,
)  # fmt: skip
