"""Paragraphs: lines put together where a type-setter broke them, cut where a line break got lost."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Final

from notice_parser.clauses.responsibility import is_own_line
from notice_parser.grammar import anywhere, at_end, closing, may_begin, terminals
from notice_parser.outline.labels import is_metadata
from notice_parser.outline.lines import Line, Stretch, offsets, squeeze
from notice_parser.outline.marks import Mark
from notice_parser.outline.titles import ended, is_title
from notice_parser.source import Span, span_of

_INDENT: Final = 2.0  # a paragraph's first line begins two characters in
_BRACKETS: Final = (("(", ")", 300), ("“", "”", 40), ("《", "》", 90), ("[", "]", 300))
_CLAUSE_LINES: Final = 14  # a clause of many units, torn at each 、
_SHORT: Final = 2.6  # a full line may miss this much: a bracket or a number that would not fit went to the next
_OVER: Final = 1.5  # and reach this much further: our widths are those of a grid
_HARDLY: Final = 0.5
_NEARLY: Final = 0.8  # of the page
_LOOK_AHEAD: Final = 8
_LABEL: Final = 12  # the longest label of a clause: 牵头单位及责任单位：
_LONG_HEADING: Final = 20
_HEAD_OF_TITLE: Final = 4
_LINES_OF_TITLE: Final = 8
_LINES_OF_SIGN_OFF: Final = 4  # a name over three lines at most, and the date
_MOST_ORGANS: Final = 40  # in a column, each on a line
_FIRST_WORDS: Final = 4  # characters that begin a sentence, torn off on a line of their own
_LINES_OF_LIST: Final = 30  # around an item: whether others have a label
_LAST_WORDS: Final = 8  # characters within which the words that a line leaves open end on the next
_TORN: Final = 3  # characters behind 、 are torn off their line: ……弄虚作假、⏎徇私⏎舞弊……
_HEAD: Final = 30  # a document number and the fields of a site stand among the first lines
_LONGEST_HEAD_LINE: Final = 45

_ENDED: Final = re.compile(r"[。:;!?…][”’)\]》]?$|[。;]$")
_BESIDE_QUOTE: Final = re.compile(r"[”’》)\]]$")
_OPENING: Final = re.compile(r"^[“‘《(\[]")
_BRACKET: Final = re.compile(r"^[(\[]")  # a clause; no paragraph begins with a bracket
_WORD_END: Final = re.compile(r"[一-龥]$")
_WORD_START: Final = re.compile(r"[一-龥]")
_GOES_ON: Final = re.compile(r"[,;、。]")
_FIELD: Final = re.compile(r"[一-龥]{2,8}:")
_SHRED: Final = re.compile(r"[一-龥]{1,2}$")
_STOPPED: Final = ("", "。", ";", ":", "!", "?")
_SCRAP: Final = re.compile(r"[一-龥]{1,5}$")
_PLAIN_END: Final = re.compile(r"[一-龥0-9A-Za-z%]$")
_WORD_OR_QUOTE_END: Final = re.compile(r"[一-龥0-9A-Za-z%”》]$")
_FIGURE_END: Final = re.compile(r"[0-9A-Za-z.%]$")
_FIGURE_START: Final = re.compile(r"^[0-9A-Za-z]")

_LABELLED: Final = re.compile(r"[^。;,:]{3,24}:.")  # （二）适用性：行业标准应……
_LABEL_NUMBER: Final = re.compile(r"[0-9]{1,2}$")


class Piece(Line):
    """A line, or the part of one from a buried mark on; `role` where it is no text (CONTENTS, TABLE_TEXT)."""

    def __init__(self, line: Line, mark: Mark | None, role: str, *, cut: bool = False) -> None:
        super().__init__(
            line.start, line.text, line.squeezed, line.indent, line.empty, source=line.source, width=line._width
        )
        self.mark, self.role, self.cut = mark, role, cut


class Paragraph:
    """A paragraph at `span` without its `gaps`; `squeezed` is its folded text without blanks and without its mark.

    `role`: CONTENTS or TABLE_TEXT where it is no text.
    """

    def __init__(self, pieces: list[Piece], squeezed: str, span: Span, gaps: tuple[Span, ...]) -> None:
        first = pieces[0]
        self.pieces, self.squeezed = pieces, squeezed
        self.span, self.gaps = span, gaps
        self.mark, self.role, self.empty = first.mark, first.role, first.empty

    @property
    def line(self) -> str:
        """Its first line as it stands, with its blanks."""
        return self.pieces[0].text

    @property
    def places(self) -> list[int]:
        """Where each character of `squeezed` stands in the source, of a paragraph without a mark."""
        return [piece.start + offset for piece in self.pieces for offset in offsets(piece.text)]


def _numbered() -> re.Pattern[str]:
    return anywhere("numbering", "NUMBERED")


@cache
def _block_starts() -> re.Pattern[str]:
    """What begins a paragraph wherever it stands: 附件：…, 抄送：…, a dash, 专栏."""
    kinds = terminals("document")
    return re.compile(rf"(?:{kinds['LISTED']}|{kinds['COPIED']}|{kinds['BOX'].removesuffix('.*')}|——|--|—(?=[^—0-9]))")


@cache
def _whole_blocks() -> re.Pattern[str]:
    """What is a paragraph of its own: a note, a label, a date alone, 目录."""
    kinds = closing("document", "NOTE", "LABEL", "PRINTED", "REGISTERED", "SIGNED", "OPEN_DATE", "SUBJECT")
    return re.compile(
        "|".join([kinds.pattern, closing("layout", "CONTENTS").pattern, closing("attached", "LIST_ALONE").pattern])
    )


def _signed() -> re.Pattern[str]:
    return closing("document", "SIGNED", "OPEN_DATE")


def _hangs(words: str) -> bool:
    """Whether a line begins with what no paragraph begins with."""
    return not words[:3].isalnum() and anywhere("layout", "HANGING").match(words) is not None


def _hangs_over(joint: _Joint) -> bool:
    """Whether a line hangs over from the one above; words behind an item's heading begin its text: 一、领导⏎要求，……"""
    words = joint.piece.squeezed
    if not _hangs(words):
        return False
    headed = len(joint.group) == 1 and joint.last.mark is not None and len(joint.last.squeezed) < _LONG_HEADING
    return not (headed and "一" <= words[0] <= "龥")


def _number() -> re.Pattern[str]:
    return closing("document", "NUMBER")


def cut(lines: list[Line], first: int, marks: list[Mark], roles: dict[int, str]) -> list[Piece]:
    """The lines from the `first` on, each cut before the marks buried in it."""
    by_line: dict[int, list[Mark]] = {}
    for mark in marks:
        by_line.setdefault(mark.line, []).append(mark)
    pieces: list[Piece] = []
    for index, line in enumerate(lines[first:], first):
        own, role = by_line.get(index, []), roles.get(index, "")
        if not own or (len(own) == 1 and own[0].start == line.start):
            pieces.append(Piece(line, own[0] if own else None, role))
        else:
            starts = {mark.start: mark for mark in own}
            edges = sorted({line.start, line.end, *starts})
            pieces += [_piece(line, start, end, starts.get(start), role) for start, end in pairwise(edges)]
    return pieces


def _piece(line: Line, start: int, end: int, mark: Mark | None, role: str) -> Piece:
    text = line.text[start - line.start : end - line.start].rstrip(" ")
    part = Line(start, text, squeeze(text), line.indent, line.empty)
    return Piece(part, mark, role, cut=start > line.start)


class Page:
    """How a text is set: the width of its hard-wrapped lines, the page lines between them, what is known to stand on a
    line of its own (announced titles, the issuing organ), and the boxes and tables that are set wider."""

    def __init__(
        self, width: float | None, lines: list[Span], announced: frozenset[str], boxes: tuple[Stretch, ...]
    ) -> None:
        self.width, self.lines, self.boxes = width, tuple(lines), boxes
        self.announced = sorted(announced)

    def announces(self, words: str) -> bool:
        """Whether `words` are what is known to stand alone."""
        at = bisect_left(self.announced, words)
        return at < len(self.announced) and self.announced[at] == words

    def announces_more(self, words: str) -> bool:
        """Whether something that is known to stand alone begins with `words`."""
        at = bisect_left(self.announced, words)
        return at < len(self.announced) and self.announced[at].startswith(words)

    def width_at(self, place: int) -> float | None:
        """The width of the box that stands at `place`, else that of the body."""
        at = bisect_right(self.boxes, place, key=_start) - 1 if self.boxes else -1
        return self.boxes[at].width if at >= 0 and place < self.boxes[at].end else self.width


def _start(box: Stretch) -> int:
    return box.start


def join(pieces: list[Piece], page: Page) -> list[Paragraph]:
    """The paragraphs that the pieces make."""
    paragraphs: list[Paragraph] = []
    group: list[Piece] = []
    fill: _Fill | None = None  # of a paragraph that may go on, as few may
    for index, piece in enumerate(pieces):
        if group and not (piece.mark or piece.cut or piece.role or group[-1].role):
            fill = fill or _begun(group[0])
            joint = _Joint(group, fill, pieces, index, page)
            if _continues(joint):
                fill = _filled(joint, page.width_at(piece.start))
                group.append(piece)
                continue
        if group:
            paragraphs.append(_paragraph(group, page.lines))
        group, fill = [piece], None
    return [*paragraphs, _paragraph(group, page.lines)] if group else paragraphs


class _Fill:
    """How far the current visual line reaches; `slack` is its indent, which extracted text often does not keep."""

    def __init__(self, reach: float, slack: float) -> None:
        self.reach, self.slack = reach, slack

    def holds(self, more: float, page: float) -> bool:
        """Whether `more` would still fit on the line; on a full one hardly anything does."""
        return self.reach + more <= page + (_HARDLY if self.is_full(page) else self.slack + _OVER)

    def is_full(self, page: float) -> bool:
        return self.reach >= page - _SHORT

    def behind(self, more: float, page: float | None) -> _Fill:
        """The line with `more` set behind it, or the next one."""
        if page is not None and self.holds(more, page):
            return _Fill(self.reach + more, self.slack)
        return _Fill(more, 0.0)


def _filled(joint: _Joint, page: float | None) -> _Fill:
    """How full the line is with the piece; where a word is broken the one before it was, whatever its width says."""
    broken = _WORD_END.search(joint.last.squeezed) and _WORD_START.match(joint.piece.squeezed)
    if page is not None and broken and not joint.full(page) and _is_broken(joint):
        return _Fill(joint.piece.width, 0.0)
    return joint.fill.behind(joint.piece.width, page)


def _is_broken(joint: _Joint) -> bool:
    return _hangs(joint.piece.squeezed) or _in_quote(joint) or _in_sentence(joint)


def _in_quote(joint: _Joint) -> bool:
    """Whether the last line ends within a quotation that it opens: 实现“应⏎减必减”; it is not torn there but broken."""
    last = joint.last.squeezed
    return last.rfind("“") > last.rfind("”") or last.rfind("《") > last.rfind("》")


def _begun(piece: Piece) -> _Fill:
    """The first line of a paragraph."""
    return _Fill(piece.indent + piece.width, 0.0) if piece.indent else _Fill(_INDENT + piece.width, _INDENT)


# ---------------------------------------------------------------- whether a paragraph goes on


class _Joint:
    """The place between the lines of a paragraph so far (`group`) and the piece `at` which they may go on."""

    def __init__(self, group: list[Piece], fill: _Fill, pieces: list[Piece], at: int, page: Page) -> None:
        self.group, self.fill, self.page = group, fill, page
        self.pieces, self.at = pieces, at
        self.last, self.piece = group[-1], pieces[at]
        self.below = pieces[at + 1] if at + 1 < len(pieces) else None
        self._in_bracket: bool | None = None

    def in_bracket(self) -> bool:
        """Whether a bracket is still open; asked for up to three times."""
        if self._in_bracket is None:
            self._in_bracket = _open_bracket(self.group)
        return self._in_bracket

    def printed(self) -> str:
        """The lines so far in a row."""
        return "".join([piece.squeezed for piece in self.group])

    def full(self, width: float) -> bool:
        return self.fill.is_full(width)


def _continues(joint: _Joint) -> bool:
    """Whether the next piece goes on with the paragraph: its words may tell, or else how the lines are set."""
    for asks, answer in _TOLD:
        if asks(joint):
            return answer
    width = joint.page.width_at(joint.last.start)
    if width is None:
        return _runs_on(joint) or _ends_heading(joint)
    return _is_wrapped(joint, width)


def _is_label_torn(joint: _Joint) -> bool:
    """Whether the number of a label is torn off it, with its title below: 附件⏎2⏎项目清单."""
    if len(joint.group) > 1 or not _is_torn_label(joint.last, joint.piece):
        return False
    return joint.below is not None and _WORD_START.match(joint.below.squeezed) is not None


def _is_label_open(joint: _Joint) -> bool:
    """Whether the last line announces what stands on the next, or is torn within its label: 完成时限：⏎2023年12月."""
    return at_end(joint.last.squeezed, "layout", "LABELLED_END", "LABEL_TORN") is not None


def _is_title_of_head(joint: _Joint) -> bool:
    """Whether the lines so far are the whole title, which addressees or a number follow: 关于印发《×××》的通知."""
    if joint.at >= _HEAD or joint.group[0].mark or not joint.piece.squeezed or joint.piece.squeezed[0] in "的》":
        return False
    printed = joint.printed()
    if not ("关于" in printed or "印发" in printed) or "。" in printed:
        return False
    return is_title(printed) and not _opens_sentence(printed)


def _opens_sentence(printed: str) -> bool:
    """Whether a text begins as the first sentence of a letter does: 为贯彻落实……, 根据……, 现将《……》"""
    begun = may_begin("attached", "PREAMBLE")(printed[0])
    return begun and anywhere("attached", "PREAMBLE").match(printed) is not None


def _is_inside_bracket(joint: _Joint) -> bool:
    """Whether what would be a paragraph of its own stands in a bracket; 云政发〔2021)7号 is whole as it is."""
    return joint.in_bracket() and not _number().match(joint.last.squeezed) and _is_alone(joint)


def _is_labelled(joint: _Joint) -> bool:
    """Whether the next piece is a label and a title, behind what is finished: ……报送。⏎附件2 任务清单."""
    if joint.piece.squeezed[0] != "附" or not _ENDED.search(joint.last.squeezed):
        return False
    return anywhere("attached", "LABELLED").match(joint.piece.text) is not None


def _is_alone(joint: _Joint) -> bool:
    """Whether the next piece is a paragraph of its own, or the lines so far are one."""
    return _is_block(joint.piece, joint.at) or _is_all_whole(joint.group, joint.at)


def _is_announced(joint: _Joint) -> bool:
    """Whether the next piece begins, or the lines so far are, what was announced to stand alone."""
    return bool(joint.page.announced) and (_begins_announced(joint) or _is_all_of_announced(joint))


def _begins_announced(joint: _Joint) -> bool:
    """Whether the pieces from the next one on print, over up to three lines, what was announced."""
    if not joint.page.announces_more(joint.piece.squeezed):  # nearly always: nothing then to be joined
        return False
    first, *more = (piece.squeezed for piece in joint.pieces[joint.at : joint.at + 3])
    return any(joint.page.announces("".join([first, *more[:count]])) for count in (0, 1, 2))


def _is_all_of_announced(joint: _Joint) -> bool:
    whole = len(joint.group) <= _LINES_OF_TITLE and not _hangs(joint.piece.squeezed)
    return whole and joint.page.announces(joint.printed())


def _is_part_of_announced(joint: _Joint) -> bool:
    """Whether the lines so far and the next one are the beginning of what was announced."""
    if not joint.page.announced or len(joint.group) > _HEAD_OF_TITLE:
        return False
    return joint.page.announces_more(joint.printed() + joint.piece.squeezed)


def _is_word_torn(joint: _Joint) -> bool:
    """Whether a date or the name of a chapter is torn within it: 2023⏎年底前, 2023年6⏎月底前, 第一章　总⏎则."""
    return at_end(f"{joint.last.squeezed}⏎{joint.piece.squeezed[:1]}", "layout", "WORD_TORN") is not None


def _is_mark_alone(joint: _Joint) -> bool:
    """Whether the last line is a mark and nothing else: （三）⏎加强督查."""
    return joint.last.mark is not None and joint.last.mark.end == joint.last.end


# What the words of two lines tell, the first that holds: whether the paragraph goes on.
_TOLD: Final[tuple[tuple[Callable[[_Joint], bool], bool], ...]] = (
    (_is_label_torn, True),
    (_is_label_open, True),
    (_is_word_torn, True),
    (_is_title_of_head, False),
    (_is_inside_bracket, True),
    (_is_alone, False),
    (_is_labelled, False),
    (_is_announced, False),
    (_is_part_of_announced, True),
    (_is_mark_alone, True),
)


def _is_all_whole(group: list[Piece], index: int) -> bool:
    """Whether what is a paragraph of its own is complete: one line of it, or a label and its number."""
    return _whole(group[0], index - 1) if len(group) == 1 else len(group) == 2 and _is_torn_label(*group)


def _is_torn_label(label: Piece, number: Piece) -> bool:
    return label.squeezed == "附件" and _LABEL_NUMBER.match(number.squeezed) is not None


def _is_block(piece: Piece, index: int) -> bool:
    if _whole(piece, index) or _block_starts().match(piece.squeezed):
        return True
    return ":" in piece.squeezed[:_LABEL] and is_own_line(piece.squeezed)


def _whole(piece: Piece, index: int) -> bool:
    if _whole_blocks().match(piece.squeezed):
        return True
    if index >= _HEAD or len(piece.squeezed) >= _LONGEST_HEAD_LINE:
        return False
    return _number().match(piece.squeezed) is not None or is_metadata(piece.text)


# ---------------------------------------------------------------- text that is not hard-wrapped


def _runs_on(joint: _Joint) -> bool:
    """Only what cannot end there."""
    last = joint.last.squeezed
    return (
        (len(last) != 1 and at_end(last, "layout", "UNENDED") is not None) or _hangs_over(joint) or joint.in_bracket()
    )


def _ends_heading(joint: _Joint) -> bool:
    """Whether a few characters are the end of a long heading, with its text below: （十二）打造……引领⏎区⏎依托……"""
    head, rest, below = joint.group[0], joint.piece, joint.below
    if not head.mark or len(joint.group) > 1 or not _SCRAP.match(rest.squeezed) or below is None:
        return False
    open_end = len(head.squeezed) >= _LONG_HEADING and _PLAIN_END.search(head.squeezed) is not None
    prose = below.mark is None and len(below.squeezed) > len(head.squeezed) and "一" <= below.squeezed[0] <= "龥"
    return open_end and prose and rest.indent <= head.indent  # cells of a table are set in


def _open_bracket(group: list[Piece]) -> bool:
    """Whether a bracket opened in the last lines is still open: a clause runs over the line."""
    tail = "".join([piece.squeezed for piece in group[-_CLAUSE_LINES:]])
    return any(pair[0] in tail and _is_open(tail, *pair) for pair in _BRACKETS)


def _is_open(tail: str, opening: str, ending: str, longest: int) -> bool:
    opened = tail.rfind(opening)
    if opening == "(" and opened < tail.rfind(ending) and tail.count(opening) > tail.count(ending):
        opened = _outer(tail)
    elif opened <= tail.rfind(ending):
        return False
    if opened < 0 or len(tail) - opened >= longest:
        return False
    return opening in "([" or tail.count(opening) > tail.count(ending)  # quotation marks are often only half there


def _outer(tail: str) -> int:
    """Where a clause opens whose inner brackets are closed, -1 where none does: （牵头单位：各市（州）政府、⏎各县"""
    depth = 0
    for at in range(len(tail) - 1, -1, -1):
        if tail[at] == "(" and not depth:
            return at if is_own_line(tail[at + 1 :]) else -1
        depth += (tail[at] == ")") - (tail[at] == "(")
    return -1


# ---------------------------------------------------------------- hard-wrapped text


def _is_wrapped(joint: _Joint, width: float) -> bool:
    """Whether the paragraph goes on, from how far its last line reaches on a page of `width`."""
    last, words = joint.last.squeezed, joint.piece.squeezed
    if joint.in_bracket():
        return True
    if last[-1] == ":":
        return _is_label_of_list(joint)
    if _ends_answered(joint.group) and not joint.full(width):
        return False
    if at_end(last, "layout", "UNENDED") or _hangs_over(joint):
        return True
    if _ENDED.search(last) and (_says_in_force(words) or _signs(joint.pieces, joint.at)):
        return False
    if is_own_line(joint.group[0].squeezed) and ended(last, "ORGAN_END") and _signs(joint.pieces, joint.at):
        return False
    if joint.full(width) or (_BRACKET.match(words) and (_ENDED.search(last) or _is_prose(joint))):
        return True
    if _breaks_off(joint, width) or _in_sentence(joint):
        return True
    return joint.fill.holds(joint.piece.width, width) and _is_scrap(joint, width)


def _is_label_of_list(joint: _Joint) -> bool:
    """Whether an item's first line ends with its label, and another of its list has label and words on one line.

    What ends on the next line with more of the item below it is a paragraph under a heading.
    """
    mark, ends = joint.group[0].mark, _ENDED.search(joint.piece.squeezed) is not None
    if mark is None or len(joint.group) > 1 or (ends and joint.below and not joint.below.mark):
        return False
    below = joint.pieces[joint.at : joint.at + _LINES_OF_LIST]
    above = joint.pieces[max(0, joint.at - 1 - _LINES_OF_LIST) : joint.at - 1]
    return any(_LABELLED.match(piece.squeezed) for part in (below, reversed(above)) for piece in _beside(mark, part))


def _beside(mark: Mark, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Those of some pieces that begin items of the same list."""
    for piece in pieces:
        if piece.mark and piece.mark.rank < mark.rank:
            return
        if piece.mark and piece.mark.rank == mark.rank:
            yield piece


def _says_in_force(words: str) -> bool:
    """Whether a line says from when on the whole document is in force."""
    return may_begin("layout", "IN_FORCE")(words[0]) and anywhere("layout", "IN_FORCE").match(words) is not None


def _signs(pieces: list[Piece], index: int) -> bool:
    """Whether a sign-off begins here, however well its line would fit: ……反映。⏎××市××局（代章）⏎2023年5月30日"""
    return _name_signs(pieces, index) or _column_signs(pieces, index)


def _column_signs(pieces: list[Piece], index: int) -> bool:
    """Whether organs stand here in a column, a line each, with the date below them."""
    column = pieces[index : index + _MOST_ORGANS]
    date = next((place for place, piece in enumerate(column) if not _is_organ(piece)), 0)
    return date > 0 and _signed().match(column[date].squeezed) is not None


def _is_organ(piece: Piece) -> bool:
    return not piece.mark and ended(piece.squeezed, "ORGAN_END") is not None and not _GOES_ON.search(piece.squeezed)


def _name_signs(pieces: list[Piece], index: int) -> bool:
    """Whether a name over a few lines stands here, with the date below it."""
    ahead = range(index + 1, min(index + _LINES_OF_SIGN_OFF, len(pieces)))
    date = next((place for place in ahead if _signed().match(pieces[place].squeezed)), index)
    organ = "".join(piece.squeezed for piece in pieces[index:date])
    named = (ended(organ, "ORGAN_END") or ended(organ, "OTHER_NAME")) if organ else None
    return named is not None and not _GOES_ON.search(organ)


def _ends_answered(group: list[Piece]) -> bool:
    """Whether a heading of one line ends with who answers for it: 七、办理破产领域（省高院牵头）."""
    only = group[0] if len(group) == 1 else None
    return only is not None and only.mark is not None and at_end(only.squeezed, "layout", "ANSWERED") is not None


def _is_answered(group: list[Piece], width: float) -> bool:
    """Whether prose ends, below a full line, with a bracket that says who answers: ……，市直各部门按职责分工负责）"""
    if group[-1].squeezed[-1] not in ")]" or (len(group) > 1 and group[-2].width < width - _SHORT):
        return False
    printed = "".join([piece.squeezed for piece in group[-_CLAUSE_LINES:]])
    clause = printed[max(printed.rfind("("), printed.rfind("[")) + 1 : -1]
    return is_own_line(clause) or at_end(printed, "layout", "ANSWERED") is not None


def _breaks_off(joint: _Joint, width: float) -> bool:
    """Whether prose ends without a stop on a nearly full line: what follows is too long to fit (⏎180EFLOPS)."""
    last = joint.last
    if last.width < _NEARLY * width or not _PLAIN_END.search(last.squeezed) or _numbered().match(joint.piece.squeezed):
        return False
    if len(joint.group) == 1:  # perhaps a heading
        return "。" in last.squeezed
    return any("," in member.squeezed or "。" in member.squeezed for member in joint.group[-_CLAUSE_LINES:])


def _is_prose(joint: _Joint) -> bool:
    """Whether the lines so far are of a sentence that ends with none of its marks yet."""
    printed = joint.printed()
    return joint.last.squeezed[-1] not in ")]" and ("," in printed or "。" in printed or _opens_sentence(printed))


def _in_sentence(joint: _Joint) -> bool:
    """Whether a sentence of prose is under way, however short the line: ……。在确⏎保安全的前提下，……; ……清⏎单⏎和……"""
    group, last, words = joint.group, joint.last.squeezed, joint.piece.squeezed
    if not _WORD_OR_QUOTE_END.search(last) or _numbered().match(words) or _FIELD.match(words):
        return False
    text = "".join([member.squeezed for member in group[-_CLAUSE_LINES:]])
    above = text[: -len(last)]
    if _is_begun(above, last, words):
        return True
    if not (_GOES_ON.search(words) or _SHRED.match(words) or _goes_on_below(joint)):
        return False
    if not (_tells(group[0], text) or (len(last) <= _TORN and above.endswith("、"))) or is_own_line(text):
        return _opens_long(group, text, words) or _is_clause_of_list(joint)
    if "。" in last:  # what is numbered behind a sentence is a heading whose line break got lost
        return not _SHRED.match(words) and not _numbered().match(last.rpartition("。")[2])
    return above[-1:] not in _STOPPED or _GOES_ON.search(last) is not None or _opens_long(group, text, words)


def _is_begun(above: str, last: str, words: str) -> bool:
    """Whether the last line is the first words of a sentence, torn off behind the one above: ……决定。⏎有关⏎部门……"""
    return above[-1:] in ("。", ";") and len(last) <= _FIRST_WORDS and _GOES_ON.search(words) is not None


def _tells(first: Piece, text: str) -> bool:
    """Whether lines are prose; what is numbered may be a heading so far, but for a rule's 第X条."""
    if "。" in text or (first.mark is None and _opens_sentence(text)):
        return True
    return "," in text and (first.mark is None or first.mark.style == "article")


def _opens_long(group: list[Piece], text: str, words: str) -> bool:
    """Whether a first sentence without a mark is too long for a heading, and no title: ……动火作⏎业现场，……"""
    if group[0].mark or "。" in text or not _GOES_ON.search(words) or is_own_line(text):
        return False
    long = len(text) >= _LONG_HEADING and not is_title(text) and not _opens_sentence(words)
    return long or _opens_sentence(text)


def _is_clause_of_list(joint: _Joint) -> bool:
    """Whether an item ends with ； on the next line, as another beside it does on its own: no headings then."""
    mark = joint.group[0].mark
    if mark is None or joint.piece.squeezed[-1] != ";":
        return False
    above = joint.at - len(joint.group) - 1
    beside = [*joint.pieces[max(above, 0) : above + 1], *joint.pieces[joint.at + 1 : joint.at + 2]]
    return any(each.mark and each.mark.style == mark.style and each.squeezed[-1] in ";。" for each in beside)


def _goes_on_below(joint: _Joint) -> bool:
    """Whether the next line holds no stop, but the one below it goes on: ……落实全市工⏎作会议讲⏎话精神，……"""
    below = joint.below
    return below is not None and not below.mark and _GOES_ON.search(below.squeezed, 0, _LAST_WORDS) is not None


def _is_scrap(joint: _Joint, width: float) -> bool:
    """Whether a piece that would fit behind the last one is the rest of the same line, torn off by the extractor.

    It tears at punctuation and at figures; then either the rest fills the line, or a new paragraph would.
    """
    last, words = joint.last.squeezed, joint.piece.squeezed
    if _FIGURE_END.search(last) and _FIGURE_START.match(words):
        return True
    if last[-1].isdigit() or words.isdigit():
        return True
    torn = _ENDED.search(last) or _BESIDE_QUOTE.search(last) or _OPENING.match(words)
    if not torn:
        return False
    fills, begins = _lands(joint, joint.fill, width), _lands(joint, _Fill(_INDENT, 0.0), width)
    if fills == begins and _is_answered(joint.group, width):
        return False
    return fills if fills != begins else fills or not _ENDED.search(last)


def _lands(joint: _Joint, fill: _Fill, width: float) -> bool:
    """Whether the pieces from the next one on, set behind what is there, fill a line or end a paragraph in it."""
    ended = False
    for place, piece in enumerate(joint.pieces[joint.at : joint.at + _LOOK_AHEAD], joint.at):
        if piece.mark or not fill.holds(piece.width, width) or _is_block(piece, place):
            break
        fill = fill.behind(piece.width, width)
        if fill.is_full(width):
            return True
        ended = _ENDED.search(piece.squeezed) is not None
    return ended


def _paragraph(group: list[Piece], pages: tuple[Span, ...]) -> Paragraph:
    first, last = group[0], group[-1]
    span = span_of(first.start, last.end)
    gaps = pages[bisect_right(pages, (span.start, span.end)) : bisect_left(pages, (span.end, 0))] if pages else ()
    text = first.squeezed if len(group) == 1 else "".join([piece.squeezed for piece in group])
    text = text[len(squeeze(first.mark.text)) :] if first.mark else text
    return Paragraph(group, text, span, gaps)
