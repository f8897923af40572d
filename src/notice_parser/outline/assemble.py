"""Blocks moved into the model: the head, the tail, what is attached."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

from notice_parser.clauses.dates import DateReading, read_date
from notice_parser.clauses.document_number import is_well_formed, read_document_number
from notice_parser.grammar import anywhere, closing, terminals
from notice_parser.model import Attachment, Body, Date, DocumentNumber, Metadata, Organ, SignOff, Text, Title
from notice_parser.model.made import built, changed
from notice_parser.numerals import read_integer
from notice_parser.outline.kinds import Block
from notice_parser.outline.labels import bare_labels, label_pattern
from notice_parser.outline.looks import (
    day_start,
    is_behind_name,
    is_organ,
    read_numbers,
    signer_pattern,
    unbracketed,
)
from notice_parser.outline.organs import split_at, split_row
from notice_parser.outline.titles import above_subtitle, document_type, ended, ending
from notice_parser.source import Passage, Remark, Span, joined

_UNLABELLED: Final = {
    "ISSUER_MARK": "issuer_mark", "REGISTERED": None, "COPY_NUMBER": "copy_number",
    "SECURITY_CLASSIFICATION": "security_classification", "URGENCY": "urgency", "MARGINAL": None,
    "BY_LINE": "by_line", "MASTHEAD": "issuer_mark", "NUMBER": "document_number", "NUMBER_AND_DATE": "document_number",
}  # fmt: skip
_HOUR: Final = re.compile(r"(?<=日)(?:[0-9]{1,2}时(?:[0-9]{1,2}分)?)?(?:签发)?$")
_LABELLED: Final = ("METADATA", "SUBJECT")
_PRINTED: Final = re.compile(r"(?P<organ>.*)(?P<date>(?:[12][0-9]{3}|[〇零一二三四五六七八九]{4})年[^年]+?日?)印")


class Words:
    """The source and its folded twin, from which every value takes its words."""

    def __init__(self, text: str, folded: str, residue: list[Span]) -> None:
        self.source, self.folded = text, folded
        self._residue = residue
        self._ends = [span.end for span in residue]

    def gaps(self, span: Span) -> tuple[Span, ...]:
        """The residue inside a span: page lines and running heads."""
        if not self._residue:
            return ()
        first = last = bisect_right(self._ends, span.start)
        while last < len(self._ends) and self._ends[last] <= span.end:
            last += 1
        return tuple(self._residue[first:last]) if last > first else ()

    def passage(self, block: Block) -> Passage:
        """The block as its readers want it."""
        return Passage(self.source, self.folded, block.span, block.gaps)

    def text(self, span: Span, gaps: tuple[Span, ...] = (), *, blanks: bool = True) -> Text:
        """What is printed at a place."""
        return built(Text, text=joined(self.source, self.folded, span, gaps, blanks=blanks), span=span, gaps=gaps)


def merged(words: Words, blocks: list[Block]) -> Block | None:
    """Several blocks in a row as one; what stands between them is white space or page lines."""
    if not blocks:
        return None
    gaps = words.gaps(Span(blocks[0].span.start, blocks[-1].span.end))
    return Block(
        blocks[0].type, Span(blocks[0].span.start, blocks[-1].span.end), gaps, "".join(b.squeezed for b in blocks)
    )


# ---------------------------------------------------------------- head


def read_metadata(words: Words, blocks: Iterable[Block]) -> tuple[Metadata, ...]:
    """The fields above the title: the paper's own, which have no label, and the labelled ones of a site.

    Several may stand on a line; a line without a label is the value of the one above.
    """
    fields: list[Metadata] = []
    for block in blocks:
        found = list(_fields(words, block)) if block.type in _LABELLED else []
        if block.type not in _LABELLED:
            value = joined(words.source, words.folded, block.span, block.gaps)
            fields.append(built(Metadata, label="", name=_UNLABELLED[block.type], value=value, span=block.span))
        elif found:
            fields += found
        else:
            value = joined(words.source, words.folded, block.span)
            beside = fields and not words.gaps(Span(fields[-1].span.end, block.span.start))
            last = fields.pop() if beside else built(Metadata, label="", name=None, value="", span=block.span)
            value = f"{last.value} {value}".lstrip()
            fields.append(changed(last, value=value, span=Span(last.span.start, block.span.end)))
    return tuple(fields)


_AROUND_FIELDS: Final = " |[•·∙●◆("


def _fields(words: Words, block: Block) -> Iterator[Metadata]:
    line = words.folded[block.span.start : block.span.end]
    labels = list(label_pattern().finditer(line)) or list(bare_labels().finditer(line))
    ends = [*(match.start("label") for match in labels[1:]), len(line)]
    if labels and (above := line[: labels[0].start()].strip(_AROUND_FIELDS)):  # words before the first label
        start = block.span.start + line.index(above)
        span = Span(start, start + len(above))
        yield built(Metadata, label="", name=None, value=words.source[slice(*span)], span=span)
    for match, end in zip(labels, ends, strict=False):  # none in a line that is the value of the one above
        start = match.start("label")
        value = line[match.end() : end].rstrip(_AROUND_FIELDS)
        value = value.removesuffix(")") if line.startswith("(") else value
        lead = len(value) - len(value.lstrip(" |:"))
        place = block.span.start + match.end() + lead
        text = words.source[place : block.span.start + match.end() + len(value)]
        stop = place + len(text) if text else block.span.start + match.end("label")
        label = match["label"].replace(" ", "")
        yield built(
            Metadata, label=label, name=_identifier(label), value=text, span=Span(block.span.start + start, stop)
        )


@cache
def _identifier(label: str) -> str | None:
    found = (name for name, words in terminals("metadata").items() if re.fullmatch(words, label))
    return next((name.lower() for name in found), None)


def read_number(words: Words, block: Block | None) -> tuple[DocumentNumber | None, Span | None]:
    """The document number, without brackets of its own, and where the date on its line stands."""
    if block is None:
        return None, None
    passage = words.passage(block)
    start, end = 0, len(passage.folded)
    dated = day_start(passage.folded) if block.type == "NUMBER_AND_DATE" else end
    end = len(passage.folded[:dated].rstrip("("))
    if passage.folded[start] == "(" and passage.folded[end - 1] == ")":
        start, end = start + 1, end - 1
    elif passage.folded[start] == "(" and dated < len(passage.folded):  # (云政发[2021]6号 2021年3月5日)
        start += 1
    reading = read_document_number(passage.folded[start:end])
    agency = reading and reading.agency and passage.text[start : start + len(reading.agency)]
    number = built(
        DocumentNumber, text=words.source[slice(*passage.span(start, end))], agency=agency or None,
        year=reading.year if reading else None, serial=reading.serial if reading else None,
        span=passage.span(start, end),
    )  # fmt: skip
    return number, passage.span(dated, len(passage.folded)) if dated < len(passage.folded) else None


def number_in(words: Words, metadata: tuple[Metadata, ...]) -> DocumentNumber | None:
    """The document number that only the metadata say (文号: …)."""
    fields = (field for field in metadata if field.name == "document_number" and field.value)
    for field in fields:
        span = Span(field.span.end - len(field.value), field.span.end)
        number, _ = read_number(words, Block("NUMBER", span))
        if number and number.serial:
            return number
    return None


def number_remark(number: DocumentNumber | None, folded: str) -> Iterator[Remark]:
    """A number whose brackets or 号 are lost."""
    if number is None:
        return
    printed = folded[slice(*number.span)].replace(" ", "").replace("\n", "")
    of_an_order = re.fullmatch(r"第[0-9]{1,5}号|(?:[12][0-9]{3}年)?第.{1,5}期(?:\(总第[0-9]+期\))?", printed)
    if not of_an_order and (number.serial is None or not is_well_formed(printed)):
        message = f"“{number.text}” is damaged; a number such as 国办发〔2018〕128号 was expected"
        yield Remark("document-number-damaged", message, number.span)


def read_title(words: Words, block: Block | None) -> Title | None:
    """The title, its lines joined, without a 〉》 that quotes it."""
    if block is None:
        return None
    text = joined(words.source, words.folded, block.span, block.gaps, blanks=False)
    told = document_type(block.squeezed) or document_type(above_subtitle(block.squeezed))
    return built(Title, text=text, document_type=told, span=block.span, gaps=block.gaps)


def read_addressees(words: Words, block: Block | None) -> tuple[Organ, ...]:
    """The addressees (主送机关), split at ， only."""
    if block is None:
        return ()
    passage = words.passage(block)
    return split_at(passage, ",", 0, len(passage.folded.rstrip(":")))


@cache
def _issued() -> re.Pattern[str]:
    """The organs before the word by which they speak: ××局关于…, ××局印发《…》, ××局征求《…》意见."""
    return re.compile(rf"(?P<organs>[^《》“”,。]{{3,120}}?)(?:{terminals('names')['SPEAKS']})")


@cache
def _marked() -> re.Pattern[str]:
    """The organs of a red head (发文机关标志), without what it prints behind them: …文件."""
    return re.compile(rf"(?P<organs>.+?)(?:{terminals('names')['MARK_WORD']})?$")


def issuing_organ(title: str) -> str | None:
    """The organ that a title begins with."""
    match = _issued().match(title)
    return match["organs"] if match and ended(match["organs"], "ORGAN_END") else None


def read_issuers(words: Words, title: Block | None, marks: list[Block], sign_off: SignOff | None) -> tuple[Organ, ...]:
    """Who issues: named in the title; or all who sign, where it names not all of them; or in the red head."""
    signed = sign_off.organs if sign_off else ()
    known = tuple(organ.name for organ in signed)
    if title is not None:
        passage = words.passage(title)
        named = issuing_organ(passage.folded)
        if named and not anywhere("names", "SEVERAL").search(named):
            issuing = split_row(passage, 0, len(named), known)
            return signed if {organ.name for organ in issuing} < set(known) else issuing
    if signed:
        return signed
    ordered = title is not None and title.squeezed.endswith("令")
    rows = [words.passage(mark) for mark in marks or ([title] if title and ordered else [])]
    found = [
        organ for row in rows if (match := _marked().match(row.folded)) for organ in split_row(row, 0, match.end(1))
    ]
    return tuple({organ.name: organ for organ in found}.values())


class ByLine(NamedTuple):
    """What stands below a title of who issued the document, and when."""

    organs: tuple[Organ, ...]
    date: Date | None


def read_by_line(words: Words, blocks: Iterable[Block]) -> ByLine:
    """Who issued and when (题下署名、题注): ××市教育局, （2019年2月23日××市教育局印发）, （…会议通过）."""
    organs: list[Organ] = []
    date: Date | None = None
    for block in blocks:
        passage = words.passage(block)
        match = closing("document", "BY_LINE").match(passage.folded)
        start, end = match.span("above" if match["above"] else "behind") if match else unbracketed(passage.folded)
        if start < end and is_organ(passage.folded[start:end]):
            organs += split_row(passage, start, end)
        date = date or (read_day(passage, *match.span("day")) if match else None)
    return ByLine(tuple(organs), date)


def with_date(sign_off: SignOff | None, date: Date | None) -> SignOff | None:
    """The sign-off, dated by what stands below the title where it says no date itself."""
    if date is None or (sign_off and sign_off.date):
        return sign_off
    return (
        changed(sign_off, date=date) if sign_off else built(SignOff, organs=(), signers=(), date=date, span=date.span)
    )


# ---------------------------------------------------------------- tail


def read_sign_off(words: Words, blocks: list[Block]) -> SignOff | None:
    """The sign-off (署名和成文日期): the organs or persons who sign, and the date."""
    if not blocks:
        return None
    organs: list[Organ] = []
    signers: list[str] = []
    date: Date | None = None
    for block in _rows(words, blocks):
        passage = words.passage(block)
        if block.type == "SIGNER":
            match = signer_pattern().match(passage.folded)
            signers.append(passage.text[match.start("name") :] if match else passage.text)
        elif block.type == "ORGAN":
            organs += _signing(passage, 0, len(passage.folded))
        else:
            begun = day_start(passage.folded) if block.type == "ORGAN_AND_DATE" else 0
            organs += _signing(passage, 0, begun) if begun else ()
            date = read_day(passage, begun, len(passage.folded)) or date
    return built(
        SignOff,
        organs=tuple(organs),
        signers=tuple(signers),
        date=date,
        span=Span(blocks[0].span.start, blocks[-1].span.end),
    )


def _rows(words: Words, blocks: list[Block]) -> Iterator[Block]:
    """The lines of a sign-off, a name that runs over two put together: 市推进…改革⏎协调领导小组办公室（代章）.

    Its other name or a seal may stand below it, in brackets: 市健康委员会⏎（爱国卫生运动委员会）（代章）.
    """
    begun: list[Block] = []
    for block, below in zip(blocks, [*blocks[1:], None], strict=True):
        if block.type == "ORGAN" and ((below and _goes_on_name(block, below)) or not _ends_name(block.squeezed)):
            begun.append(block)
            continue
        whole = merged(words, [*begun, block]) if block.type == "ORGAN" else block
        yield from begun if block.type != "ORGAN" else ()
        yield whole or block
        begun = []
    yield from begun


def _goes_on_name(block: Block, below: Block) -> bool:
    """Whether the organ of a line goes on with the next: in brackets, or with its place (国家税务总局⏎云岭市税务局)."""
    if below.type != "ORGAN":
        return False
    placed = closing("names", "PLACED").match(below.squeezed) is not None
    return is_behind_name(below.squeezed) or (placed and closing("names", "VERTICAL").match(block.squeezed) is not None)


def _ends_name(line: str) -> bool:
    return is_organ(line) or is_behind_name(line)


def _signing(passage: Passage, start: int, end: int) -> tuple[Organ, ...]:
    """The organs on a line, without their seals or those for others (代章)."""
    seals = [seal.span() for seal in anywhere("names", "SEAL").finditer(passage.folded, start, end)]
    edges = [start, *(edge for seal in seals for edge in seal), end]
    rows = zip(edges[::2], edges[1::2], strict=True)
    return tuple(organ for begin, stop in rows if begin < stop for organ in split_row(passage, begin, stop))


def read_day(passage: Passage, start: int, end: int) -> Date | None:
    """The date of issue (成文日期), repaired where only one reading is possible."""
    folded = passage.folded[start:end]
    lead = len(folded) - len(folded.lstrip("("))
    bare = _HOUR.sub("", ending("SEAL").sub("", folded).strip("()"))
    reading = read_date(bare, repair=True) or _left_open(bare)
    if reading is None:
        return None
    place = start + lead
    return built(
        Date, text=passage.text[place : place + len(bare)], value=reading.value, precision=reading.precision,
        repaired=reading.repaired, inferred=reading.inferred, span=passage.span(place, place + len(bare)),
    )  # fmt: skip


def _left_open(text: str) -> DateReading | None:
    """A date of which nothing is filled in: 年 月 日."""
    is_open = closing("document", "OPEN_DATE").match(text) is not None
    return DateReading(0, len(text), text, None, "none") if is_open else None


def read_copied(words: Words, blocks: Iterable[Block]) -> tuple[Organ, ...]:
    """The organs that get a copy (抄送机关)."""
    organs: list[Organ] = []
    for block in blocks:
        passage = words.passage(block)
        begin = passage.folded.find(":") + 1 if closing("document", "COPIED").match(passage.folded) else 0
        organs += split_at(passage, ",;。", begin)
    return tuple(organs)


def read_printed(words: Words, block: Block | None) -> tuple[Organ | None, Date | None]:
    """Who printed it, and when (印发机关、印发日期)."""
    if block is None:
        return None, None
    passage = words.passage(block)
    match = _PRINTED.match(passage.folded)
    if match is None:
        return None, None
    organ = (
        built(Organ, name=passage.text[: match.end("organ")], span=passage.span(0, match.end("organ")))
        if match["organ"]
        else None
    )
    return organ, read_day(passage, match.start("date"), match.end("date"))


# ---------------------------------------------------------------- attachments


class Listed(NamedTuple):
    """An entry of the list of attachments: its numbers (1 and 2 of 附件1-2), and its words with 附件： before them."""

    numbers: tuple[int, ...]
    text: Text


def read_listed(words: Words, blocks: list[Block]) -> list[Listed]:
    """The entries of the lists of attachments (附件说明)."""
    runs = (merged(words, run) for run in _runs(words, blocks))
    return [entry for run in runs if run for entry in _entries(words, run)]


def _runs(words: Words, blocks: list[Block]) -> list[list[Block]]:
    """The blocks that stand directly below each other."""
    runs: list[list[Block]] = []
    for block in blocks:
        above = runs[-1][-1].span.end if runs else block.span.start
        between = joined(
            words.folded, words.folded, Span(above, block.span.start), words.gaps(Span(above, block.span.start))
        )
        if runs and not between.strip():
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs


def _entries(words: Words, block: Block) -> list[Listed]:
    passage = words.passage(block)
    head = anywhere("attached", "LIST_HEAD").match(passage.folded)
    begin = head.end() if head else 0
    starts = _rising(anywhere("attached", "ENTRY").finditer(passage.folded, begin), begin)
    if not starts:
        return [Listed((), _entry(words, passage, 0, len(passage.folded)))]
    ends = [match.start() for match in starts[1:]] + [len(passage.folded)]
    begins = [0, *(match.start() for match in starts[1:])]
    return [
        Listed(read_numbers(match["number"] + (match["part"] or "")), _entry(words, passage, begun, end))
        for match, begun, end in zip(starts, begins, ends, strict=True)
    ]


def _rising(found: Iterable[re.Match[str]], begin: int) -> list[re.Match[str]]:
    """The numbers 1, 2, 3 … or 1-1, 1-2, 2 … in order; other figures are in a title."""
    rising: list[re.Match[str]] = []
    last = 0
    for match in found:
        value = read_integer(match["number"])
        follows = value == last + 1 or (match["part"] is not None and value == last)
        if value and follows and (rising or match.start() == begin):
            rising.append(match)
            last = value
    return rising


def _entry(words: Words, passage: Passage, start: int, end: int) -> Text:
    span = passage.span(start, end)
    return words.text(span, words.gaps(span))


class Pages(NamedTuple):
    """What an attached document prints on its own pages."""

    label: Text | None
    numbers: tuple[int, ...]
    title: Text | None
    body: Body | None
    sign_off: SignOff | None
    span: Span


def read_attachments(listed: list[Listed], pages: list[Pages]) -> tuple[Attachment, ...]:
    """Entries and pages put together by number, or in order; what has only one of them stays alone."""
    attachments, left = [], list(listed)
    for order, page in enumerate(pages, 1):
        entry = _entry_of(page, left, len(pages), order)
        if entry:
            left.remove(entry)
        number, *_ = page.numbers or (entry.numbers if entry else ()) or (order,)
        attachments.append(
            built(
                Attachment, number=number, label=page.label, listed=entry.text if entry else None, title=page.title,
                body=page.body, sign_off=page.sign_off, span=page.span,
            )
        )  # fmt: skip
    for order, entry in enumerate(left, len(pages) + 1):
        attachments.append(
            built(
                Attachment, number=next(iter(entry.numbers), order), label=None, listed=entry.text, title=None,
                body=None, sign_off=None, span=entry.text.span,
            )
        )  # fmt: skip
    return tuple(attachments)


def _entry_of(page: Pages, listed: list[Listed], count: int, order: int) -> Listed | None:
    """The entry of a document: the one that says its title, or has its number."""
    title = _plain(page.title.text) if page.title else ""
    for entry in listed:
        if title and (title in _plain(entry.text.text) or _plain(entry.text.text).endswith(title)):
            return entry
    numbers = page.numbers or (1,)
    known = (numbers, numbers[:1]) if page.label is not None else ()  # 附件1-2 may be a part of what is listed as 1
    return next((entry for each in known for entry in listed if (entry.numbers or (1,)) == each), None)


def _plain(text: str) -> str:
    return re.sub(r"[\s《》“”\"（）()]", "", text)
