"""A whole notice on one line, as text recognition leaves it: cut where its parts begin."""

from __future__ import annotations

import re
from itertools import pairwise

from notice_parser.clauses.dates import find_dates
from notice_parser.outline.lines import Line, squeeze
from notice_parser.outline.titles import document_type, ending

_LONG = 240.0  # characters; a paragraph with its head and sign-off in it is longer
_FEW_LINES = 4
_HEAD, _TAIL = 420, 260

_NUMBER = re.compile(
    r"(?<![(《“])(?P<number>[^ \[\]()。,;:《》0-9]{2,16}?[\[(](?:19|20)[0-9]{2}[\])]第?[0-9]{1,4}号)(?![)》])"
)
_MARK_END = re.compile(r"文件 ?$|(?:通知|意见|决定|通告|公告|通报|批复|函|方案|办法) ?$")
_PAGE = re.compile(r"[-—] ?[0-9]{1,3} ?[-—]")
_ADDRESSEE = re.compile(r"(?:各|全|省|市|县|区|州|[一-龥]{2,12}(?:人民政府|局|委|厅|部|院|公司|单位|部门|大学))")
_LISTED = re.compile(r"(?<=[。)]) ?附件:")
_BOUNDARY = re.compile(r"[。;!?)》”XＸ*](?=[^。;!?)》”XＸ*]*$)")


def unfold(lines: list[Line]) -> list[Line]:
    """The lines of a text; where one holds the whole notice, its parts as lines of their own."""
    if len(lines) > _FEW_LINES or not any(line.width > _LONG for line in lines):
        return lines
    return [part for line in lines for part in (_parts(line) if line.width > _LONG else [line])]


def _parts(line: Line) -> list[Line]:
    edges = sorted({0, len(line.text), *_head_edges(line.text), *_page_edges(line.text), *_tail_edges(line.text)})
    parts = (_part(line, start, end) for start, end in pairwise(edges))
    return [part for part in parts if part.text]


def _part(line: Line, start: int, end: int) -> Line:
    text = line.text[start:end]
    lead = len(text) - len(text.lstrip(" "))
    text = text.strip(" ")
    begin = line.start + start + lead
    return Line(begin, begin + len(text), text, squeeze(text), float(len(text)), line.indent, 0, unfolded=True)


def _page_edges(text: str) -> list[int]:
    """—4— in the middle of the text."""
    return [edge for match in _PAGE.finditer(text) for edge in match.span()]


def _head_edges(text: str) -> list[int]:
    """Behind the red head, around the document number, behind the title, behind the addressees."""
    colon = text.find(":", 0, _HEAD)
    if colon < 0:
        return []
    edges = []
    begin = 0
    number = _NUMBER.search(text, 0, colon)
    if number:
        start = _number_start(text, number)
        edges += [start, number.end()]
        begin = number.end() if text[:start].rstrip().endswith("文件") else 0
    title = _title_end(text, begin, number.start() if number and not begin else colon)
    if title:
        edges += [title, colon + 1]
    return edges


def _number_start(text: str, number: re.Match[str]) -> int:
    """A number's code begins behind 文件 or behind the end of the title."""
    for place in range(number.start(), number.end() - 8):
        if _MARK_END.search(text, 0, place):
            return place
    return number.start()


def _title_end(text: str, begin: int, end: int) -> int | None:
    """Where the title ends: at the last kind of document before the colon behind which addressees begin."""
    for place in range(end - 1, begin + 6, -1):
        title = text[begin:place]
        if document_type(title) and title.count("《") == title.count("》") and text[place] not in "》的稿书)":
            rest = text[place:].lstrip(" ")
            if _ADDRESSEE.match(rest) or _NUMBER.match(rest):
                return place
    return None


def _tail_edges(text: str) -> list[int]:
    """Before the list of attachments, before the signing organ, behind the date of issue."""
    start = max(len(text) - _TAIL, 0)
    edges = [match.start() for match in _LISTED.finditer(text, start)]
    days = [day for day in find_dates(text[start:]) if day.precision == "day" and _signs(text, start + day.start)]
    for day in days[:1]:
        edges += [_organ_start(text, start + day.start), start + day.end]
    return edges


def _signs(text: str, day: int) -> bool:
    return ending("ORGAN_END").search(text[:day].rstrip(" ")) is not None


def _organ_start(text: str, end: int) -> int:
    """Where the signing organ begins: as the title or the red head names it, else behind the last sentence."""
    boundary = _BOUNDARY.search(text[:end])
    start = boundary.end() if boundary else 0
    for length in range(min(60, end - start), 3, -1):
        if text.startswith(text[end - length : end]) or text.find(text[end - length : end]) < _HEAD // 2:
            return end - length
    return start
