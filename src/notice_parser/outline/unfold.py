"""A whole notice on one line, as text recognition leaves it: cut where its parts begin.

The parts are those of any notice: head, body, list of attachments, sign-off, attached documents, imprint. Each is
looked for between its neighbours, wherever in the line it stands: the head by its colon, the imprint at the end, the
sign-off by an organ and a date with a beginning behind them, an attached document by its label or announced title.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from notice_parser.clauses.dates import find_dates
from notice_parser.grammar import anywhere, terminals
from notice_parser.outline.assemble import issuing_organ
from notice_parser.outline.lines import Line, squeeze
from notice_parser.outline.organs import row_names
from notice_parser.outline.titles import document_type, ended, known_titles, quoted_titles
from notice_parser.source import Span

_LONG: Final = 240.0  # characters; a paragraph with its head and sign-off in it is longer
_LONG_ALONE: Final = 80.0  # where nothing else is left
_FEW_LINES: Final = 4
_FEWEST_PARTS: Final = 4
_LONGEST_HEAD: Final = 420
_LONGEST_ORGANS: Final = 120
_LONGEST_OFFICE: Final = 8
_LONGEST_LEAD: Final = 20
_LONGEST_TITLE: Final = 60
_LONGEST_ABOVE: Final = 3  # 委员会, before the code of a number
_SHORTEST_CODE: Final = 2
_SHORTEST_ORGAN: Final = 4
_SHORTEST_TITLE: Final = 6
_MOST_TITLES: Final = 40
_MISREAD: Final = 8  # one character in so many may be misread

_ENTRY: Final = re.compile(r"(?:^|(?<=[^0-9.]))[0-9]{1,2}[.、,:](?![0-9])")
_BRACKET: Final = re.compile(r"\([^()]{1,20}\)")
_YEAR: Final = re.compile(r" ?[\[(](?:19|20)")
_PUNCTUATED: Final = re.compile(r"[。,;:!?、()]")


def _words(name: str) -> re.Pattern[str]:
    """A terminal of one_line.lark."""
    return anywhere("one_line", name)


class _Head(NamedTuple):
    """What the head of a line says: where its parts begin, its title, where the body begins, the organs it names."""

    edges: tuple[int, ...]
    title: str
    end: int
    organs: tuple[str, ...]


def unfold(lines: list[Line]) -> list[Line]:
    """The lines of a text; where one holds the whole notice, its parts as lines of their own."""
    if len(lines) > _FEW_LINES:
        return lines
    return [part for line in lines for part in _parts(line, alone=len(lines) == 1)]


def _parts(line: Line, *, alone: bool) -> list[Line]:
    """The parts of a long line; a short one that is all there is may be one sentence as well as a whole notice."""
    if line.width <= (_LONG_ALONE if alone else _LONG):
        return [line]
    edges = sorted({0, len(line.text), *_edges(line.text), *_page_edges(line.text)})
    parts = [part for start, end in pairwise(edges) if (part := _part(line, start, end)).text]
    return parts if line.width > _LONG or len(parts) >= _FEWEST_PARTS else [line]


def _part(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end]
    lead = len(text) - len(text.lstrip(" "))
    text = text.strip(" ")
    begin = line.start + start + lead
    unfolded = _words("LISTED").match(text) is None  # the numbers of a list begin no items
    return Line(begin, text, squeeze(text), line.indent, 0, width=float(len(text)), unfolded=unfolded)


def _page_edges(text: str) -> list[int]:
    """—4— in the middle of the text."""
    return [edge for match in _words("PAGE").finditer(text) for edge in match.span()]


def _edges(text: str) -> list[int]:
    """Where the parts of a whole notice begin."""
    head = _read_head(text)
    imprint = _imprint_edges(text, head)
    note = _note_edges(text, min(imprint, default=len(text)))
    close = min([*note, *imprint], default=len(text))
    titles = [*known_titles(head.title), *quoted_titles(text[head.end : close])]
    signed = _sign_off(text, head, close, titles[:_MOST_TITLES])
    listed = _list_edges(text, head.end, signed.start if signed else close)
    titles += [title for edge in listed for title in _entries(text[edge : signed.start if signed else close])]
    listed += _list_edges(text, signed.end, close) if signed else []
    behind = _behind_note(text, signed.end) if signed else head.end
    announced = list(dict.fromkeys(titles))[:_MOST_TITLES]
    attached = _attached_edges(text[:close], behind, announced, begins=signed is not None)
    return [*head.edges, *listed, *(signed or ()), behind, *attached, *note, *imprint]


# ---------------------------------------------------------------- head


def _read_head(text: str) -> _Head:
    """The red head, the document number, the title and the addressees, or the title and the first sentence."""
    colon = text.find(":", 0, _LONGEST_HEAD)
    end = colon if colon >= 0 else min(len(text), _LONGEST_HEAD)
    number = _words("NUMBER").search(text, 0, end)
    start = _number_start(text, number) if number else 0
    below = number is not None and not document_type(squeeze(text[:start]))
    begin = number.end() if number and below else 0
    limit = start if number and not below else end
    addressed = _title_end(text, begin, limit) if colon >= 0 else None
    title = addressed or _bare_title_end(text, begin, limit)
    opens = colon + 1 if addressed else title
    printed = squeeze(text[begin:title]) if title else ""
    mark = squeeze(text[:start]).removesuffix("文件") if below else ""
    organs = tuple(dict.fromkeys(filter(None, (mark, issuing_organ(printed)))))
    numbered = number is not None and (start or title)  # at the very beginning it may be what a sentence names
    edges = (*((start, number.end()) if number and numbered else ()), *((title, opens) if title and opens else ()))
    return _Head(edges, printed, opens or 0, organs)


def _number_start(text: str, number: re.Match[str]) -> int:
    """A number's code begins behind 文件, behind an organ or behind the end of the title, never with 函 itself."""
    year = _YEAR.search(text, number.start())
    end = (year.start() if year else number.end()) - _SHORTEST_CODE
    begin = max(0, number.start() - _LONGEST_ABOVE)
    above = [match.end() for match in _words("ABOVE_NUMBER").finditer(text, begin, end) if match.end() > number.start()]
    return above[-1] if above else number.start()


def _title_end(text: str, begin: int, end: int) -> int | None:
    """Where the title ends: at the last kind of document before the colon behind which addressees begin."""
    for place in range(end, begin + _SHORTEST_TITLE, -1):
        if _ends_title(text, begin, place):
            rest = text[place:].lstrip(" ")
            if _words("ADDRESSED").match(rest) or _words("NUMBER").match(rest):
                return place
    return None


def _bare_title_end(text: str, begin: int, end: int) -> int | None:
    """Where the title of a notice without addressees ends: before the words that a first sentence begins with."""
    places = (match.start() for match in _words("OPENING").finditer(text, begin + _SHORTEST_TITLE, end))
    return next((place for place in places if _ends_title(text, begin, place)), None)


def _ends_title(text: str, begin: int, place: int) -> bool:
    title = text[begin:place].rstrip(" ")
    if not document_type(title) or "。" in title or text[place : place + 1] in tuple("》的稿书)"):
        return False
    return title.count("《") == title.count("》")


# ---------------------------------------------------------------- imprint, copies, notes


def _imprint_edges(text: str, head: _Head) -> list[int]:
    """抄送：… and ××办公室2021年3月1日印发 at the very end; the printer has no need to end as organs end."""
    printed = _words("PRINTED_ON").search(text, max(head.end, len(text) - _LONGEST_ORGANS))
    if printed is None:
        return []
    found = _organ_start(text, printed.start(), head)
    start = found if found is not None else printed.start()
    copied = [match.start() for match in _words("COPIED").finditer(text, head.end, start + 1)]
    return [*copied[-1:], start]


def _note_edges(text: str, end: int) -> list[int]:
    """（此件公开发布） in front of the imprint or at the end."""
    return [note.start() for note in _words("NOTE").finditer(text, 0, end) if note.end() == end]


# ---------------------------------------------------------------- sign-off


def _sign_off(text: str, head: _Head, close: int, titles: list[str]) -> Span | None:
    """The first organ with a full date that another part of the notice follows."""
    for day in find_dates(text[head.end : close]):
        end = head.end + day.end
        if day.precision == "day" and _part_begins(text, end, close, titles) and _signs(text, head.end + day.start):
            start = _organ_start(text, head.end + day.start, head)
            if start is not None:
                return Span(start, end)
    return None


def _signs(text: str, day: int) -> bool:
    return ended(text[max(0, day - _LONGEST_ORGANS) : day].rstrip(" "), "ORGAN_END") is not None


def _part_begins(text: str, place: int, close: int, titles: list[str]) -> bool:
    """Whether the text ends here, or a label or the title of an attached document follows, or a note and these."""
    begin = _behind_note(text, place)
    rest = text[begin : min(close, begin + _LONGEST_HEAD)].lstrip(" ")
    return not rest or _words("LABEL").match(rest) is not None or _title_at(rest, titles) > 0 or _first_title(rest) > 0


def _behind_note(text: str, place: int) -> int:
    note = _words("NOTE").match(text, place)
    return note.end() if note else place


def _organ_start(text: str, end: int, head: _Head) -> int | None:
    """Where the organs before `end` begin: behind the last mark, or as the head names them."""
    boundary = _words("BREAK").search(text[max(0, end - _LONGEST_ORGANS) : end])
    start = max(0, end - _LONGEST_ORGANS) + boundary.end() if boundary else None
    if start is not None and _is_row(text[start:end]):
        return start
    return _named_start(text, end, head)


def _is_row(text: str) -> bool:
    """Whether all of a stretch is organs, as far as its beginning tells: 省政府办公厅信息科, not 表××市教育局."""
    row = squeeze(text)
    return _place().match(row) is not None and not _PUNCTUATED.search(row) and not _holds_title(row)


def _holds_title(row: str) -> bool:
    """Whether an entry of the list of attachments stands before the organ: 任务清单××市教育局."""
    names = row_names(row)
    return any(document_type(name) for name in names[:-1])


def _named_start(text: str, end: int, head: _Head) -> int | None:
    """Where the organ begins as the head names it, or the short form of its name (省教育厅 of ××省教育厅)."""
    names = [*head.organs, *(name for row in head.organs for name in row_names(row))]
    for name in names:
        start = _back(text, end, len(name))
        if _same(squeeze(text[start:end]), name):
            return start
        place = text.rfind(name, end - len(name) - _LONGEST_OFFICE, end)
        if place >= 0:  # ××市教育局办公室, of which the head names the first part
            return place
    found = [_back(text, end, length) for name in names for length in _common(text, end, name)]
    return min(found, default=None)


def _same(printed: str, name: str) -> bool:
    """The same name, but for what text recognition misread: 妥全生产委员会."""
    wrong = sum(a != b for a, b in zip(printed, name, strict=False)) + abs(len(printed) - len(name))
    return wrong <= len(name) // _MISREAD


def _common(text: str, end: int, name: str) -> list[int]:
    """How long the end is that a name and the text before `end` have in common, with a place's kind before it."""
    printed = squeeze(text[max(0, end - _LONGEST_ORGANS) : end])
    pairs = enumerate(zip(reversed(printed), reversed(name), strict=False))
    length = next((count for count, (a, b) in pairs if a != b), min(len(printed), len(name)))
    if length < _SHORTEST_ORGAN:
        return []
    return [length + (printed[-length - 1 : -length] in tuple("省市县区州旗"))]


def _back(text: str, end: int, count: int) -> int:
    """The place `count` characters before `end`, blanks not counted."""
    place = end
    while place > 0 and count:
        place -= 1
        count -= text[place] != " "
    return place


@cache
def _place() -> re.Pattern[str]:
    return re.compile(f"{terminals('names')['REGION']}|[省市县区州旗](?![一-龥]?(?:直|属|级))")


# ---------------------------------------------------------------- attachments


def _list_edges(text: str, begin: int, end: int) -> list[int]:
    """Where 附件：1.… begins, behind which no sentence ends."""
    found = [match.start() for match in _words("LISTED").finditer(text, text.rfind("。", begin, end) + 1, end)]
    return [edge for edge in found[-1:] if edge > begin]


def _entries(listed: str) -> list[str]:
    """The titles of a list of attachments."""
    titles = _ENTRY.split(squeeze(listed).removeprefix("附件:"))
    return [title.strip("《》") for title in titles if len(title) >= _SHORTEST_ORGAN]


def _attached_edges(text: str, begin: int, titles: list[str], *, begins: bool) -> list[int]:
    """Around the labels and titles of attached documents; the first may stand directly at `begin`."""
    labels = [_label(text, match, titles) for match in _words("LABEL").finditer(text, begin)]
    if begins and begin not in (start for start, _ in labels):
        labels.insert(0, (begin, begin))
    edges: list[int] = []
    for start, end in labels:
        if length := _attached_title(text, Span(start, end), titles, first=begins and start == begin):
            edges += [start, end, end + length, *_first_mark(text, end + length)]
        elif begins and start == begin:
            edges += [start, end]
    return [*edges, *_printed_titles(text, begin, titles), *_enclosed_edges(text, begin)]


def _enclosed_edges(text: str, begin: int) -> list[int]:
    """Around the head of a letter that is passed on: …。××省财政厅文件×财发〔2021〕5号关于…的通知各市财政局：…"""
    edges: list[int] = []
    for number in _words("NUMBER").finditer(text, begin):
        colon = text.find(":", number.end(), number.end() + _LONGEST_HEAD)
        if colon < 0:
            continue
        code = _number_start(text, number)
        start = text.rfind("。", max(begin, code - _LONGEST_HEAD), code) + 1
        mark = text[start:code].strip(" ")
        if start and (not mark or (mark.endswith("文件") and not _PUNCTUATED.search(mark))):
            title = _title_end(text, number.end(), colon)
            letter = title is not None and ended(text[:title].rstrip(" "), "LETTER") is not None
            edges += [start, code, number.end(), title, colon + 1] if title and letter else []
    return edges


def _label(text: str, label: re.Match[str], titles: list[str]) -> tuple[int, int]:
    """The place of a label, whose numeral may be the first word of the title: 附件三级公立医院考核指标."""
    bare = label.end("bare")
    rest = text[label.end() : label.end() + _LONGEST_HEAD]
    whole = label.end() == bare or _title_at(rest, titles) or not _title_at(text[bare : label.end()] + rest, titles)
    return label.start(), label.end() if whole else bare


def _attached_title(text: str, label: Span, titles: list[str], *, first: bool) -> int:
    """The length of the title behind a label: one that was announced, or what the place shows to be one."""
    rest = text[label.end : label.end + _LONGEST_HEAD]
    if length := _title_at(rest, titles):
        return length
    if first:
        return _first_title(rest) if label.start == label.end else _labelled_title(rest)
    return (_first_title(rest) or _last_title(rest)) if text[label.start - 1] in "。)" else 0


def _first_mark(text: str, begin: int) -> list[int]:
    """Where the first item of an attached document begins, which counts anew: …制定本方案。一、…, 填表说明：1.…"""
    mark = _words("FIRST_MARK").search(text, begin)
    return [mark.start()] if mark else []


def _printed_titles(text: str, begin: int, titles: list[str]) -> list[int]:
    """An announced title behind a sentence, with a first sentence behind it: …贯彻落实。关于×××的实施意见为深入…"""
    edges = []
    for title in titles:
        place = text.find(f"。{title}", begin)
        end = place + 1 + len(title)
        if place >= 0 and _words("OPENING").match(text, end):
            edges += [place + 1, end, *_first_mark(text, end)]
    return edges


def _title_at(rest: str, titles: list[str]) -> int:
    """The length of the announced title that a text begins with, letter-spaced, in 《》 or behind its organ's name."""
    for title in sorted(titles, key=len, reverse=True):
        found = re.compile("《?" + " *".join(map(re.escape, title)) + "》?").search(
            rest, 0, len(title) * 3 + _LONGEST_LEAD
        )
        lead = rest[: found.start()].rstrip(" ") if found else ""
        if found and (not lead or (len(lead) <= _LONGEST_LEAD and ended(lead, "ORGAN_END"))):
            return found.end()
    return 0


def _first_title(rest: str) -> int:
    """The length of a title that nobody announced: ends as documents end, and a first sentence follows."""
    for place in range(_SHORTEST_TITLE, min(len(rest), _LONGEST_TITLE)):
        if rest[place - 1] in "。,;:":
            return 0
        if document_type(rest[:place]) and _words("OPENING").match(rest, place):
            return place
    return 0


def _last_title(rest: str) -> int:
    """The length of a title of which nothing but itself is left: a table whose cells are lost."""
    return len(rest) if len(rest) < _LONGEST_TITLE and not _PUNCTUATED.search(rest) and document_type(rest) else 0


def _labelled_title(rest: str) -> int:
    """The length of a title below a label, as far as its kind of document and a bracket tell: 附件×××名单（共20个）."""
    named = _first_title(rest)
    for place in range(_SHORTEST_TITLE, min(len(rest), _LONGEST_TITLE) if not named else 0):
        if document_type(rest[:place]) and "。" not in rest[:place] and not document_type(rest[: place + 1]):
            bracket = _BRACKET.match(rest, place)
            return bracket.end() if bracket else place
    return named
