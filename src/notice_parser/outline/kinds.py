"""What each paragraph is: a part of the head, text, an item, a part of the tail, residue."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from typing import Final

from notice_parser.clauses.responsibility import clause_spans
from notice_parser.grammar import anywhere, closing, may_begin, terminals
from notice_parser.outline.looks import (
    FEW,
    FOOTER_LINE,
    LONGEST_TITLE_LINE,
    PAPER,
    SUBTITLE,
    above_date,
    are_collectives,
    are_few,
    date_of_issue,
    head_kind,
    is_addressee,
    is_by_line,
    is_issue,
    is_label,
    is_next_entry,
    is_organ,
    is_organ_line,
    is_printer,
    is_prose,
    is_quoting,
    is_signature,
    is_unknown_field,
    is_whole_title,
    label_before_title,
    label_numbers,
    may_be_title,
    may_sign,
    opens_text,
    sign_off_kind,
    speaks_to_all,
    with_mark,
)
from notice_parser.outline.marks import Mark
from notice_parser.outline.paragraphs import Paragraph
from notice_parser.outline.titles import (
    document_type,
    ended,
    ending,
    is_title,
    known_titles,
    plain_title,
)
from notice_parser.source import Span, span_of

_LONGEST_TITLE: Final = 200
_MOST_TITLE_LINES: Final = 8
_MOST_REST_LINES: Final = 2
_MOST_ORGANS: Final = 40
_LONGEST_HEADING: Final = 14
_LONGEST_ENTRY: Final = 90
_MOST_UNDATED: Final = 3
_MOST_FIELDS: Final = 40
_HEAD_BLOCKS: Final = 80
_GOES_ON: Final = ("关于", "转发", "印发", "批转")  # what begins so names organs within the title
_NAME: Final = re.compile(r"[一-龥]{2,4}")
_SIGN_OFF: Final = frozenset({"ORGAN", "SIGNER", "SIGNED", "ORGAN_AND_DATE"})
_TAIL: Final = _SIGN_OFF | {"NOTE", "SUBJECT", "COPIED", "LISTED"}


class Block:
    """A paragraph; `type` is the terminal of document.lark that it is, as Lark's tokens have one.

    `squeezed` is its folded text without blanks and without the `mark` that it begins with.
    """

    def __init__(
        self, type: str, span: Span, gaps: tuple[Span, ...] = (), squeezed: str = "", mark: Mark | None = None
    ) -> None:
        self.type, self.span, self.gaps = type, span, gaps
        self.squeezed, self.mark = squeezed, mark

    def as_a(self, type: str) -> Block:
        """The same paragraph as another terminal."""
        return Block(type, self.span, self.gaps, self.squeezed, self.mark)


_BRACKETED: Final = re.compile(r"\([^()]{2,40}\)$")


@cache
def _entry_lead() -> re.Pattern[str]:
    """What stands before the title of an entry of the list of attachments: 附件：1."""
    words = terminals("attached")
    return re.compile(f"^(?:{words['LIST_HEAD']})?(?:{words['ROW']})?")


def title_of(blocks: Iterable[Block]) -> str:
    """What blocks say of the title, its lines as one."""
    return "".join([block.squeezed for block in blocks if block.type == "TITLE"])


def read_kinds(paragraphs: list[Paragraph], head: list[Block], announced: frozenset[str]) -> list[Block]:
    """The blocks of a text in order; `head` is what is known of its first lines, `announced` the titles it encloses."""
    reader = _Reader(paragraphs, head, announced)
    reader.read()
    return reader.blocks


class _Reader:
    """Goes through the paragraphs once; `here` is the next one."""

    def __init__(self, paragraphs: list[Paragraph], head: list[Block], announced: frozenset[str]) -> None:
        self.paragraphs = paragraphs
        self.blocks: list[Block] = list(head)
        self.here = 0
        self.titles: set[str] = set()
        self.plain: set[str] = set()  # the same, as plain_title makes them
        self._announce(announced)
        self.attached = False
        self.signed = False
        self.listed: set[str] = set()  # the titles of the list of attachments, as plain_title makes them
        self.numbered = 0  # the last 一、 of this document

    # ---------------------------------------------------------------- going along

    def read(self) -> None:
        self._head()
        while self.here < len(self.paragraphs):
            self._body()
            if self._tail() and self.here < len(self.paragraphs):
                self._after_tail()

    def _after_tail(self) -> None:
        """What follows a sign-off is an attached document; a few words that are none are residue."""
        rest = self.paragraphs[self.here : self.here + FEW]
        few = are_few(rest) and not self._label_length()
        if (few and not self._title_length()) or is_next_entry(rest):
            self._take("RESIDUE", len(rest))
        else:
            self._attachment()

    def _put(self, kind: str, paragraph: Paragraph) -> None:
        self.blocks.append(Block(kind, paragraph.span, paragraph.gaps, paragraph.squeezed))

    def _take(self, kind: str, count: int = 1) -> None:
        for paragraph in self.paragraphs[self.here : self.here + count]:
            self._put(kind, paragraph)
        self.here += count

    def _peek(self, ahead: int = 0) -> Paragraph | None:
        place = self.here + ahead
        return self.paragraphs[place] if place < len(self.paragraphs) else None

    def _run(self, ahead: int, most: int, holds: Callable[[Paragraph], bool]) -> int:
        """How many paragraphs in a row are alike there, `most` at most: further than that nothing is asked."""
        count = 0
        while count < most and (paragraph := self._peek(ahead + count)) and holds(paragraph):
            count += 1
        return count

    def _attachment(self) -> None:
        """Begin an attached document: its label, its title."""
        self.blocks.append(
            Block("_ATTACHED", Span(self.paragraphs[self.here].span.start, self.paragraphs[self.here].span.start))
        )
        self.attached = True
        self.numbered = 0
        while (paragraph := self._peek()) and is_label(paragraph):
            self._take("LABEL")
        self._take("LABEL", self._enclosed_head_length())
        if length := self._label_length():
            title = self.paragraphs[self.here].squeezed[length:]
            self._take_split("LABEL", "TITLE", length)
            self._take("TITLE", self._rest_of_title(title))
            return
        labelled = self.blocks[-1].type == "LABEL"
        if count := self._title_length() or (labelled and self._plain_title_length()) or 0:
            self._announce(known_titles(self._printed(count)))
            self._take_title(count)
            self._take("TEXT", self._text_below(self._by_line_length(0)))

    def _text_below(self, count: int) -> int:
        """As many paragraphs, where text follows them: what is signed below its title is no sign-off."""
        following = self._peek(count)
        return count if following and not is_label(following) else 0

    def _label_length(self) -> int:
        """How much of this paragraph is a label with the title behind it: 附件2 任务清单, behind the sign-off."""
        paragraph = self._peek()
        label = label_before_title(paragraph) if paragraph else 0
        if paragraph is None or not label:
            return 0
        title = plain_title(paragraph.squeezed[label:])
        known = self.signed or self.attached or title in self.plain
        return label if known and (self._is_listed(title) or self._document_follows(paragraph, label)) else 0

    def _is_listed(self, title: str) -> bool:
        """Whether the list of attachments says a title, of which the first line may be all that is here."""
        begun = len(title) > FEW and any(listed.startswith(title) for listed in self.listed)
        return begun or title in self.listed

    def _rest_of_title(self, title: str) -> int:
        """How many paragraphs from here go on with a title, as it was listed or else as titles end."""
        ends: list[int] = []
        for count in range(_MOST_REST_LINES + 1):
            if plain_title(title) in self.listed:
                return count
            ends += [count] if is_title(title) else []
            paragraph = self._peek(count)
            if paragraph is None or not may_be_title(paragraph, first=False) or label_before_title(paragraph):
                break
            title += paragraph.squeezed
        return ends[0] if ends else 0

    def _document_follows(self, paragraph: Paragraph, label: int) -> bool:
        """Whether what follows is the text of a document, not the next entry of a list or the foot of a page."""
        following, numbers = self._peek(1), label_numbers(paragraph.squeezed[:label])
        if following is None:
            return False
        if following.mark:
            return following.mark.style != "arabic" or following.mark.value != (numbers or (1,))[0] + 1
        if not (self.signed or self.attached) or is_label(following) or label_before_title(following):
            return False
        title = paragraph.squeezed[label:]
        spaced = paragraph.line[len(paragraph.squeezed[:label])] == " "  # nothing but a blank tells the label
        if plain_title(following.squeezed) == plain_title(title) or (spaced and not document_type(title)):
            return False
        few = are_few(self.paragraphs[self.here + 1 : self.here + 1 + FEW])
        return (self.attached or not few) and not self._closes_at(1)

    def _closes_at(self, ahead: int) -> bool:
        """Whether a sign-off, an imprint or a note stands there: what is above it is the list of attachments."""
        here, self.here = self.here, self.here + ahead
        closes = bool(self._is_last_date() or self._sign_off_length() or self._imprint_length())
        closes = closes or self._single_tail_kind() is not None
        self.here = here
        return closes

    def _plain_title_length(self) -> int:
        """Below a label any short line is the title, and what is in brackets below that: 典型经验做法⏎（共130项）."""
        first, second = self._peek(), self._peek(1)
        if first is None or not may_be_title(first, first=True) or len(first.squeezed) > FOOTER_LINE:
            return 0
        return 2 if second is not None and _BRACKETED.match(second.squeezed) and not second.mark else 1

    # ---------------------------------------------------------------- head

    def _head(self) -> None:
        """Everything up to the addressees or the first sentence."""
        titled = any(block.type == "TITLE" for block in self.blocks)
        while (paragraph := self._peek()) and not paragraph.mark:
            parts = self._head_parts(paragraph, titled=titled)
            kind, count = next((part for part in parts if part[1]), ("", 0))
            if not count:
                break
            self._take_head(kind, count)
            titled |= kind == "TITLE"
        if (paragraph := self._peek()) and not paragraph.mark:
            if is_addressee(paragraph) or self._calls(paragraph):
                self._take("ADDRESSEE")
            elif (match := anywhere("names", "SPOKEN_TO").match(paragraph.squeezed)) and (self.blocks or match["all"]):
                self._take_split("ADDRESSEE", "TEXT", match.end())

    def _calls(self, paragraph: Paragraph) -> bool:
        """Whether addressees stand there without their colon, between the title of a letter and its text."""
        below = self._peek(1)
        if below is None or not are_collectives(paragraph.squeezed):
            return False
        title = title_of(self.blocks)
        if ended(title, "LETTER") is None or anywhere("names", "OF_THEM").match(below.squeezed):
            return False
        return not may_be_title(below, first=False)

    def _head_parts(self, paragraph: Paragraph, *, titled: bool) -> Iterator[tuple[str, int]]:
        """What may stand next in a head, and over how many paragraphs: 0 where it does not."""
        above = self._order() if titled else self._letterhead() or self._masthead()
        kind = head_kind(paragraph) or above
        yield "ORDER", self._order_length(titled=titled)
        yield "ISSUER_MARK", 0 if titled else self._red_head_length()
        yield kind or "", int(kind is not None)
        yield "METADATA", self._field_length(titled=titled) or self._more_signers()
        yield ("RESIDUE", self._second_printing()) if titled else ("TITLE", self._title_length())
        yield "BY_LINE", int(self._by_line_length(0, titled=titled) > 0)

    def _take_head(self, kind: str, count: int) -> None:
        if kind == "TITLE":
            self._announce(known_titles(self._printed(count)))
            self._take_title(count)
        elif kind == "NUMBER":
            self._take_numbered(kind)
        elif kind == "ORDER":
            titled = any(block.type == "TITLE" for block in self.blocks)
            self._take_split("ISSUER_MARK" if titled else "TITLE", "NUMBER", count)
        else:
            self._take(kind, count)

    def _field_length(self, *, titled: bool) -> int:
        """How many paragraphs are fields, whatever their labels, which others, the number or the title follow."""
        count = self._run(0, _MOST_FIELDS, is_unknown_field)
        following = self._peek(count) if count else None
        if following is None or following.mark:
            return 0
        below = head_kind(following) in ("NUMBER", "METADATA", "ISSUER_MARK") or (titled and is_addressee(following))
        return count if below or (not titled and self._title_below(count)) else 0

    def _more_signers(self) -> int:
        """1 for the name of another who signs, below 签发人：×××."""
        signed = bool(self.blocks) and self.blocks[-1].type == "METADATA" and "签发人" in self.blocks[-1].squeezed
        name = self.paragraphs[self.here].squeezed
        return int(signed and _NAME.fullmatch(name) is not None and not is_organ(name) and not is_title(name))

    def _title_below(self, count: int) -> bool:
        here, self.here = self.here, self.here + count
        titled = self._title_length() > 0 or self._letterhead() is not None or self._red_head_length() > 0
        self.here = here
        return titled

    def _letterhead(self) -> str | None:
        """The organ alone above a number that a title follows: a letter (函) has no 文件 in its red head."""
        below = 1 + self._run(1, FEW - 1, lambda above: head_kind(above) in PAPER)
        paragraph, number, title = self._peek(), self._peek(below), self._peek(below + 1)
        if paragraph is None or number is None or title is None or number.mark or head_kind(number) != "NUMBER":
            return None
        organ = ended(paragraph.squeezed, "ORGAN_END") is not None
        return "ISSUER_MARK" if organ and may_be_title(title, first=True) else None

    def _order(self) -> str | None:
        """The head of an order below a title, above its number: ××管理办法⏎××市人民政府令⏎（第290号）."""
        mark, number = self.paragraphs[self.here].squeezed, self._peek(1)
        ordered = mark.endswith("令") and closing("document", "ISSUER_MARK").match(mark) is not None
        numbered = number is not None and not number.mark and head_kind(number) == "NUMBER"
        return "ISSUER_MARK" if ordered and numbered else None

    def _order_length(self, *, titled: bool) -> int:
        """How much of a line is the head of an order, with its number behind it: ××市人民政府令（第290号）."""
        text = self.paragraphs[self.here].squeezed
        match = closing("names", "ORDER").match(text) if titled or text.endswith(")") else None
        return match.end("mark") if match else 0

    def _red_head_length(self) -> int:
        """How many lines are the organs of a red head (文件头) that has 文件 behind those in the middle."""
        count = self._run(0, _MOST_ORGANS, lambda row: not row.mark and is_organ(row.squeezed.removesuffix("文件")))
        marked = sum(row.squeezed.endswith("文件") for row in self.paragraphs[self.here : self.here + count])
        below = self._peek(count)
        numbered = below is not None and not below.mark and head_kind(below) is not None
        return count if count > 1 and marked == 1 and numbered else 0

    def _masthead(self) -> str | None:
        """The head of a series: its name, which of it this is, perhaps who issues it, and only then the title."""
        name, number = self._peek(), self._peek(1)
        if name is None or number is None or number.mark or not closing("document", "MASTHEAD").match(name.squeezed):
            return None
        below = 2 + self._run(2, FEW - 2, is_by_line)
        return "MASTHEAD" if head_kind(number) == "NUMBER" and self._title_below(below) else None

    def _take_split(self, first: str, second: str, length: int) -> None:
        """Two kinds whose line break is lost: 各县（区）人民政府：现将……, 附件2 任务清单."""
        paragraph = self.paragraphs[self.here]
        places = paragraph.places
        for kind, span, text in (
            (first, Span(paragraph.span.start, places[length - 1] + 1), paragraph.squeezed[:length]),
            (second, Span(places[length], paragraph.span.end), paragraph.squeezed[length:]),
        ):
            self.blocks.append(Block(kind, span, (), text))
        self.here += 1

    def _take_numbered(self, kind: str) -> None:
        """A document number, and the date that may stand on its line."""
        paragraph = self.paragraphs[self.here]
        self._take(kind)
        if closing("document", "NUMBER_AND_DATE").match(paragraph.squeezed):
            self.blocks[-1] = self.blocks[-1].as_a("NUMBER_AND_DATE")

    def _take_title(self, count: int) -> None:
        """A title, without the date that stands in brackets on its line: ……的意见（2018年5月30日）."""
        self._take("TITLE", count)
        last, title = self.paragraphs[self.here - 1], self.blocks[-1].squeezed
        edge = title.rfind("(")
        if edge > 0 and is_issue(title[edge:]):
            places = last.places
            self.blocks[-1] = Block("TITLE", Span(last.span.start, places[edge - 1] + 1), (), title[:edge])
            self.blocks.append(Block("BY_LINE", Span(places[edge], last.span.end), (), title[edge:]))

    def _title_length(self) -> int:
        """How many paragraphs from here are a title; 0 where there is no sign of one."""
        joined, best = "", 0
        for count in range(1, _MOST_TITLE_LINES + 1):
            paragraph = self._peek(count - 1)
            if paragraph is None or not may_be_title(paragraph, first=count == 1):
                break
            if joined and plain_title(joined) == plain_title(paragraph.squeezed):
                return count - 1  # the second printing begins
            if joined and (opens_text(joined, paragraph.squeezed) or self._is_signed_below(joined, count - 1)):
                break
            if count > 2 and self.attached and self._lists_organs(count):
                break
            joined += paragraph.squeezed
            if len(joined) > _LONGEST_TITLE:
                break
            if self._is_announced(joined):
                return count + self._edition(count)
            whole = is_whole_title(joined) and not is_quoting(joined)
            ends = whole and (self.attached or self._title_may_end(joined, count))
            best = count if ends or self._stands_before_number(count) else best
        return best + self._edition(best) if best else 0

    def _lists_organs(self, count: int) -> bool:
        """Whether paragraphs below the first of an attached document are a list of organs: …先进单位⏎××镇人民政府⏎…"""
        first, *below = self.paragraphs[self.here : self.here + count]
        whole = not is_organ_line(first) and not first.squeezed.startswith(_GOES_ON)
        return whole and all(map(is_organ_line, below[-2:]))

    def _announce(self, titles: Collection[str]) -> None:
        """Titles that the text says will follow."""
        self.titles.update(titles)
        self.plain.update([plain_title(title) for title in titles])

    def _is_announced(self, title: str) -> bool:
        """A title is often announced with 关于 and 的 left out, or printed with the organ's name before it."""
        return title in self.titles or ((plain := plain_title(title)) != "" and plain in self.plain)

    def _edition(self, count: int) -> int:
        """1 where （2024—2026年）, （试行） or ——a subtitle stands on a line of its own below the title."""
        following = self._peek(count)
        if following is None or following.mark or len(following.squeezed) > LONGEST_TITLE_LINE:
            return 0
        text = following.squeezed
        subtitle = not self.attached and text.startswith(SUBTITLE) and text[-1] not in "。:;"
        return int(subtitle or closing("attached", "EDITION").match(text) is not None)

    def _title_may_end(self, title: str, count: int) -> bool:
        """A title is followed by a number, addressees, an empty line, or text; not by more of itself."""
        following = self._peek(count)
        return (
            following is None
            or following.mark is not None
            or not may_be_title(following, first=False)
            or following.empty > 0
            or opens_text(title, following.squeezed)
            or following.squeezed.startswith(SUBTITLE)
            or speaks_to_all(following.squeezed)
            or self._is_signed_below(title, count)
        )

    def _is_signed_below(self, title: str, count: int) -> bool:
        """Whether who issues the document stands below its title of `count` paragraphs."""
        below = self._peek(count)
        ordered = below is not None and closing("names", "ORDER").match(below.squeezed) is not None
        return is_whole_title(title) and not is_quoting(title) and (ordered or self._by_line_length(count) > 0)

    def _by_line_length(self, ahead: int, *, titled: bool = True) -> int:
        """How many paragraphs say there who issues and when (题下署名): ××市教育局⏎2019年2月23日; no more of a title.

        A few organs need no date below a title; above one or without one, they need a date behind them.
        """
        count = self._run(ahead, _MOST_ORGANS, is_by_line)
        if not count:
            return 0
        rows, below = self.paragraphs[self.here + ahead : self.here + ahead + count], self._peek(ahead + count)
        dated = [date_of_issue().match(row.squeezed) is not None for row in rows]
        if not titled:
            goes_on = below is not None and ("。" in below.squeezed or self._title_below(ahead + count))
            return count if dated[-1] and goes_on else 0
        if below and not below.mark and may_be_title(below, first=False):
            return 0
        return count if any(dated) or (count <= _MOST_UNDATED and below) else 0

    def _stands_before_number(self, count: int) -> bool:
        following = self._peek(count)
        return following is not None and not following.mark and head_kind(following) == "NUMBER" and not self.attached

    def _second_printing(self) -> int:
        """How many paragraphs from here print the title again."""
        title, joined = self._printed_title(), ""
        for count in range(1, _MOST_TITLE_LINES + 1):
            paragraph = self._peek(count - 1)
            if paragraph is None or paragraph.mark:
                return 0
            joined += paragraph.squeezed
            if plain_title(joined) == title:
                return count
            if not title.startswith(plain_title(joined)):
                return 0
        return 0

    def _printed_title(self) -> str:
        """What is said of the title so far, which is among the first blocks."""
        return plain_title(title_of(self.blocks[:_HEAD_BLOCKS]))

    # ---------------------------------------------------------------- body

    def _body(self) -> None:
        """Text and items, up to a sign-off, an attached document, or the end."""
        while paragraph := self._peek():
            if paragraph.role:
                self._take(paragraph.role)
                continue
            if paragraph.mark:
                self._item(paragraph, paragraph.mark)
            elif is_prose(paragraph):
                self._take("TEXT")
            elif self._tail_begins():
                return
            elif self._attachment_begins():
                self._attachment()
            else:
                self._take(self._text_kind(paragraph))

    def _text_kind(self, paragraph: Paragraph) -> str:
        if closing("document", "CLOSING").match(paragraph.squeezed) or self._closes_body(paragraph.squeezed):
            return "CLOSING"
        if paragraph.squeezed.startswith("|") and paragraph.squeezed.endswith("|") and len(paragraph.squeezed) > 2:
            return "ROW"
        return "BOX" if closing("document", "BOX").match(paragraph.squeezed) else "TEXT"

    def _closes_body(self, text: str) -> bool:
        """Whether what stands behind the last item is of the whole document: when it is in force, 各地各部门要…."""
        if not (self.blocks and may_begin("layout", "IN_FORCE", "CALLED_ON")(text[0])):
            return False
        in_force = anywhere("layout", "IN_FORCE").match(text) is not None
        if in_force and self._is_sentence_of_item() and not self._item_follows():
            return True
        return (in_force or anywhere("layout", "CALLED_ON").match(text) is not None) and self._is_behind_clause()

    def _is_sentence_of_item(self) -> bool:
        """Whether all that stands above of the item is a sentence, not the heading of what would follow."""
        mark, text = self.blocks[-1].mark, self.blocks[-1].squeezed
        if mark is None or mark.style == "article":
            return False
        return len(text) > _LONGEST_HEADING and text.endswith(("。", ")", "]"))

    def _is_behind_clause(self) -> bool:
        """Whether the last item ends above with who answers for it: …。（责任单位：市教育局）"""
        above = self.blocks[-1]
        spans = clause_spans(above.squeezed) if above.squeezed.endswith((")", "]")) else ()
        ended = above.type in ("MARK", "TEXT") and bool(spans) and spans[-1].end == len(above.squeezed)
        return ended and not self._item_follows()

    def _item_follows(self) -> bool:
        """Whether a list of items begins here, or goes on further down."""
        marks = (paragraph.mark for paragraph in self.paragraphs[self.here + 1 :] if paragraph.mark)
        following, mark = self._peek(1), next(marks, None)
        return mark is not None and (mark.value > 1 or (following is not None and following.mark is mark))

    def _item(self, paragraph: Paragraph, mark: Mark) -> None:
        if mark.where == "box":
            self.blocks.append(Block("BOX", paragraph.span, paragraph.gaps, with_mark(paragraph)))
            self.here += 1
            return
        self.numbered = mark.value if mark.style == "cn" else self.numbered
        span = paragraph.span if paragraph.squeezed else span_of(mark.start, mark.end)
        self.blocks.append(Block("MARK", span, paragraph.gaps, paragraph.squeezed, mark))
        self.here += 1

    # ---------------------------------------------------------------- tail

    def _tail_begins(self) -> bool:
        return bool(
            self._listed_length() or self._sign_off_length() or self._imprint_length() or self._single_tail_kind()
        )

    def _single_tail_kind(self) -> str | None:
        paragraph = self._peek()
        if paragraph is None or paragraph.mark:
            return None
        if closing("document", "SUBJECT").match(paragraph.squeezed):
            return "SUBJECT" if self._in_imprint() else None
        if closing("document", "COPIED").match(paragraph.squeezed):
            told = self._in_imprint() or (paragraph.squeezed[0] == "抄" and self._nothing_follows())
            return "COPIED" if told else None
        return "NOTE" if closing("document", "NOTE").match(paragraph.squeezed) and self._nothing_follows() else None

    def _in_imprint(self) -> bool:
        """Whether the sign-off or a part of the imprint stands above, or the next part of it below."""
        below = self._peek(1)
        parts = closing("document", "SUBJECT", "COPIED", "PRINTED")
        behind = bool(self.blocks) and self.blocks[-1].type in _TAIL
        if behind or below is None or below.mark:
            return behind
        return parts.match(below.squeezed) is not None and self._nothing_follows()

    def _nothing_follows(self, ahead: int = 0) -> bool:
        """Whether no item and no longer text follows."""
        place = self.here + ahead
        return all(not p.mark and len(p.squeezed) < FOOTER_LINE for p in self.paragraphs[place + 1 : place + 41])

    def _tail(self) -> bool:
        """The sign-off and what stands around it; whether there was any."""
        begun = self.here
        while paragraph := self._peek():
            if count := self._listed_length():
                self._take_listed(count)
            elif (count := self._sign_off_length() or self._organs_below_date()) and self._may_be_signed(begun):
                self._take_sign_off(count)
            elif count := self._imprint_length():
                self._take_imprint(count)
            elif kind := self._single_tail_kind() or (self.here > begun and self._note_kind(paragraph)) or None:
                self._take(kind)
            else:
                break
        return self.here > begun

    def _imprint_length(self) -> int:
        """How many paragraphs from here are the imprint: 抄送：… over several lines, who printed, and when."""
        first = self._peek()
        if first is None or first.mark:
            return 0
        copied = first.squeezed[0] in "抄分" and closing("document", "COPIED").match(first.squeezed)
        for count in range(FEW if copied else 1 + is_printer(first)):
            paragraph = self._peek(count)
            if paragraph is None or paragraph.mark or closing("document", "SUBJECT").match(paragraph.squeezed):
                return 0
            if closing("document", "PRINTED").match(paragraph.squeezed):
                return count + 1
        return 0

    def _take_imprint(self, count: int) -> None:
        """Who printed may stand above the line that says when: ××市人民政府办公厅秘书处⏎2023年5月18日印发."""
        *copied, printed = self.paragraphs[self.here : self.here + count]
        above = copied.pop() if copied and printed.squeezed[0].isdecimal() and is_printer(copied[-1]) else None
        for paragraph in copied:
            self._put("COPIED", paragraph)
        self._put("PRINTED", printed)
        if above:
            span = Span(above.span.start, printed.span.end)
            self.blocks[-1] = Block("PRINTED", span, (), above.squeezed + printed.squeezed)
        self.here += count

    def _may_be_signed(self, begun: int) -> bool:
        """Whether this tail is unsigned so far, or what stands above is of the same sign-off; a title is not."""
        tail = self.blocks[len(self.blocks) - (self.here - begun) :]
        if not any(block.type in _SIGN_OFF for block in tail):
            return True
        first = self.paragraphs[self.here]
        return tail[-1].type in _SIGN_OFF and not (is_label(first) or is_title(first.squeezed))

    def _note_kind(self, paragraph: Paragraph) -> str | None:
        """Behind a sign-off, one in brackets is a note (附注); below the list of attachments, one about it."""
        text = paragraph.squeezed
        if paragraph.mark:
            return None
        bracketed = text.startswith("(") and text.endswith(")")
        beside = self.blocks[-1].type in _SIGN_OFF | {"NOTE"} and closing("document", "CONTACT").match(text)
        told = bracketed or beside or closing("document", "NOTE").match(text) or self._tells_of_list(paragraph)
        return "NOTE" if told else None

    def _tells_of_list(self, paragraph: Paragraph) -> bool:
        """Whether a line between the list of attachments and the sign-off is of the list: 附件请登录官网下载."""
        if self.blocks[-1].type != "LISTED" or not closing("attached", "OF_LIST").match(paragraph.squeezed):
            return False
        return self._sign_off_below() > 0 and not self._is_label_of_document(paragraph)

    def _listed_length(self) -> int:
        """How many paragraphs from here are the list of attachments: 附件：1.×××, 2.×××."""
        paragraph = self._peek()
        if paragraph is None or paragraph.mark or self._label_length():
            return 0
        if closing("attached", "LIST_ALONE").match(paragraph.squeezed):
            return self._entries_below()
        if not closing("document", "LISTED").match(paragraph.squeezed):
            return self._labelled_entries(paragraph)
        if len(paragraph.squeezed) > _LONGEST_ENTRY * 2 or "。" in paragraph.squeezed[:-1]:
            return 0
        count = self._entries(1)
        return count if self._list_may_end(count) else 0

    def _labelled_entries(self, paragraph: Paragraph) -> int:
        """The same where only labels tell the entries, of which one alone stands above the sign-off: 附件1 创建指标."""
        text = paragraph.squeezed
        if text[0] != "附" or not anywhere("attached", "FIRST_ROW").match(text):
            return 0
        if not label_before_title(paragraph):  # a blank, a dash or a stop parts them
            return 0
        count = self._entries(1) if may_be_title(paragraph, first=True) else 0
        ends = self._list_may_end(count) if count > 1 else count and self._closes_at(count)
        return count if ends else 0

    def _entries(self, count: int) -> int:
        while (following := self._peek(count)) and (self._is_entry(following) or self._is_rest_of_entry(count)):
            count += 1
        return count

    def _is_rest_of_entry(self, count: int) -> bool:
        """The second line of an entry, which the next entry follows."""
        rest, following = self._peek(count), self._peek(count + 1)
        if rest is None or following is None or not may_be_title(rest, first=False):
            return False
        return self._is_entry(following) and not anywhere("attached", "FIRST_ROW").match(with_mark(following))

    def _entries_below(self) -> int:
        """附件： alone on its line, and the entries below it: numbered ones, or a single title before the sign-off."""
        count = self._entries(1)
        if count > 1:
            return count if self._list_may_end(count) else 0
        following = self._peek(1)
        single = following is not None and may_be_title(following, first=True) and not self._has_listed(following)
        return 2 if single and self._list_may_end(2, by_name=False) else 0

    def _has_listed(self, entry: Paragraph) -> bool:
        """Whether a list above the sign-off has the entry already: 附：⏎×××计划表 is then the document itself."""
        return self.signed and plain_title(entry.squeezed) in self.listed

    def _is_entry(self, following: Paragraph) -> bool:
        """The next entry of the list: a number and a title."""
        short = len(following.squeezed) < _LONGEST_ENTRY and (
            "。" not in following.squeezed or self._is_closed_entry(following)
        )
        if following.mark:
            return short and self._is_next_number(following.mark)
        return short and anywhere("attached", "ROW").match(following.squeezed) is not None

    def _is_next_number(self, mark: Mark) -> bool:
        """Whether a mark is one that the list counts with: 一、 behind 附件：方案 begins an item."""
        first = self.paragraphs[self.here].squeezed
        alone = closing("attached", "LIST_ALONE").match(first) is not None
        if mark.value == 1 and not alone:
            return False
        counts = alone or anywhere("attached", "COUNTED").match(first) is not None
        return mark.style == "arabic" or (mark.style == "cn" and counts)

    def _is_closed_entry(self, following: Paragraph) -> bool:
        """An entry that ends as a sentence does, where the list begins on the line of 附件："""
        first = self.paragraphs[self.here].squeezed
        return (
            closing("attached", "CLOSED_ENTRY").match(following.squeezed) is not None
            and anywhere("attached", "ENTRY").search(first) is not None
        )

    def _list_may_end(self, count: int, *, by_name: bool = True) -> bool:
        """A list of attachments closes the body: a sign-off, a note, another page or nothing follows."""
        following = self._peek(count)
        if following is None or (by_name and self.blocks and self.blocks[-1].type in ("SIGNED", "NOTE", "LISTED")):
            return True
        ends = self._closes_at(count) or is_label(following)
        ends = ends or (not following.mark and self._nothing_follows(count))
        return ends or (by_name and not following.mark and following.empty > 0 and may_be_title(following, first=True))

    def _is_last_date(self) -> bool:
        """Whether a date alone stands here, which no item follows."""
        date, following = self._peek(), self._peek(1)
        dated = date is not None and not date.mark and closing("document", "SIGNED").match(date.squeezed)
        return bool(dated) and (following is None or not following.mark)

    def _take_listed(self, count: int) -> None:
        for paragraph in self.paragraphs[self.here : self.here + count]:
            self.blocks.append(Block("LISTED", paragraph.span, paragraph.gaps, with_mark(paragraph)))
            title = _entry_lead().sub("", with_mark(paragraph))
            self._announce([title])
            self.listed.add(plain_title(title))
        self.here += count

    def _sign_off_length(self) -> int:
        """How many paragraphs from here are the sign-off: organs or a signer, then a date; 0 where they are none."""
        count = 0
        while (paragraph := self._peek(count)) and count < _MOST_ORGANS:
            if paragraph.mark:
                return 0
            if closing("document", "SIGNED", "ORGAN_AND_DATE").match(paragraph.squeezed):
                return count + 1 if self._signs(count) else 0
            if closing("document", "OPEN_DATE").match(paragraph.squeezed):
                return count + 1 if self._leaves_open(count) else 0
            if not may_sign(paragraph.squeezed):
                return 0
            count += 1
        return count if paragraph is None and count and self._closes(count) else 0

    def _organs_below_date(self) -> int:
        """How many paragraphs are organs that stand below the date instead of above it, and end the document."""
        above = [block.type for block in self.blocks[-2:]]
        if above[-1:] != ["SIGNED"] or above[0] in _SIGN_OFF - {"SIGNED"}:
            return 0
        count = self._run(0, _MOST_ORGANS, is_organ_line)
        below = self._peek(count)
        ends = closing("document", "LABEL", "NOTE", "SUBJECT", "COPIED", "PRINTED")
        ended_by = below is None or ends.match(with_mark(below)) or self._is_announced(below.squeezed)
        return count if ended_by else 0

    def _signs(self, count: int) -> bool:
        """Whether the lines before a date are organs or a signer; a date alone must stand behind the last sentence."""
        if count == 0:
            return self._date_alone()
        above = [self.paragraphs[self.here + place].squeezed for place in range(count)]
        return any(is_signature(line) for line in above)

    def _leaves_open(self, count: int) -> bool:
        """Whether organs stand above a date to be filled in; a form has those whose seal it wants: ××局（盖章）."""
        above = [self.paragraphs[self.here + place].squeezed for place in range(count)]
        return count > 0 and all(is_organ(line) and not ending("SEAL").search(line) for line in above)

    def _date_alone(self) -> bool:
        paragraph = self.paragraphs[self.here]
        if closing("document", "ORGAN_AND_DATE").match(paragraph.squeezed):
            return is_signature(above_date(paragraph.squeezed))
        following = self._peek(1)
        before = self.paragraphs[self.here - 1].squeezed if self.here else ""
        listed = bool(self.blocks) and self.blocks[-1].type == "LISTED"
        ended = before.endswith(("。", ")", ":", "》")) or not before or listed
        return ended and (following is None or not following.mark)

    def _closes(self, count: int) -> bool:
        """Organs without a date, at the very end: only where one of them is the one that the title names."""
        title = title_of(self.blocks)
        lines = [self.paragraphs[self.here + place].squeezed for place in range(count)]
        return all(ended(line, "ORGAN_END") for line in lines) and any(line in title for line in lines)

    def _take_sign_off(self, count: int) -> None:
        for paragraph in self.paragraphs[self.here : self.here + count]:
            self._put(sign_off_kind(paragraph), paragraph)
        self.here += count
        self.signed = True

    # ---------------------------------------------------------------- attached documents

    def _attachment_begins(self) -> bool:
        """A label alone on its line, the title of a document that was announced, or one before 一、 begins anew."""
        paragraph = self._peek()
        if paragraph is None or paragraph.mark or not self.blocks:
            return False
        labelled = self._is_label_of_document(paragraph) or self._label_length() > 0
        if self.blocks[-1].type in ("TITLE", "LABEL", "_ATTACHED"):
            return self.attached and labelled  # of the attachment above only label and title are there
        begins = labelled or self._announced_title() or self._restarts() or self._names_members()
        return begins or (self.attached and self._enclosed_head_length() > 0)

    def _is_label_of_document(self, label: Paragraph) -> bool:
        """Whether a label is alone on its line, and more follows than the sign-off of what stands above."""
        if not is_label(label):
            return False
        behind = len(self.paragraphs) - self.here - 1
        return self.signed or not behind or self._sign_off_below() < behind

    def _sign_off_below(self) -> int:
        """How many paragraphs are the sign-off that begins with the next one."""
        self.here += 1
        count = self._sign_off_length()
        self.here -= 1
        return count

    def _names_members(self) -> bool:
        """The list of those who sit on what the document above sets up: 联席会议成员名单⏎召集人：…"""
        if not self.attached or not self.paragraphs[self.here].empty:
            return False
        members = self._peek(count) if (count := self._title_length()) else None
        return members is not None and closing("names", "FIRST_MEMBER").match(members.squeezed) is not None

    def _enclosed_head_length(self) -> int:
        """How many paragraphs are the head of a letter that is passed on: ××厅文件, its number."""
        first = self._peek()
        if first is None or not first.squeezed.endswith(("文件", "号", ")")):  # nearly always
            return 0
        count = self._run(0, FEW, lambda above: not above.mark and head_kind(above) in ("ISSUER_MARK", "NUMBER"))
        return count if count and self._is_letter(count) else 0

    def _is_letter(self, ahead: int) -> bool:
        """Whether the title of a letter stands there, and below it to whom it is sent."""
        here, self.here = self.here, self.here + ahead
        count = self._title_length()
        title, following = self._printed(count), self._peek(count)
        self.here = here
        return ended(title, "LETTER") is not None and following is not None and is_addressee(following)

    def _printed(self, count: int) -> str:
        """The next paragraphs in a row."""
        return "".join([paragraph.squeezed for paragraph in self.paragraphs[self.here : self.here + count]])

    def _restarts(self) -> bool:
        """A title, then 一、 again although this document is past it: several documents stand in one file."""
        if not may_be_title(self.paragraphs[self.here], first=True) or self.numbered < 2 or not self._title_length():
            return False
        following = (p.mark for p in self.paragraphs[self.here : self.here + _MOST_TITLE_LINES] if p.mark)
        mark = next(following, None)
        return mark is not None and mark.value == 1 and mark.style == "cn"

    def _announced_title(self) -> bool:
        joined = ""
        for count in range(1, 4):
            paragraph = self._peek(count - 1)
            if paragraph is None or not may_be_title(paragraph, first=count == 1):
                return False
            joined += paragraph.squeezed
            if len(joined) > 6 and joined in self.titles:
                return True
        return False
