"""Lines as their writer meant them: without the marks of layout that a text kept, and cut where a line break got lost.

A line break is lost where two full-width blanks, with which a paragraph begins, stand inside a line of prose, and
between a document number and the title that stands on its line.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import Final

from notice_parser.grammar import anywhere, closing
from notice_parser.outline.assemble import issuing_organ
from notice_parser.outline.labels import is_metadata
from notice_parser.outline.lines import Line, part_of, squeeze
from notice_parser.outline.titles import is_title, without_quotes
from notice_parser.source import Span

_INDENT: Final = "\u3000\u3000"  # of a paragraph
_LOST: Final = re.compile("\u3000\u3000[ \u3000\xa0]*")
_HEAD_LINES: Final = 8
_LONGEST_HEAD_LINE: Final = 300
_SAID: Final = "。:"  # whom the text speaks to, and what it says, end so
_PUNCTUATED: Final = re.compile(r"[。,;:!?]")
_LABELLING: Final = ":]"  # what stands before the value of a field
_MARKED: Final = "#<"  # what a line with marks of layout begins with


# ---------------------------------------------------------------- marks of layout


def bare(lines: list[Line]) -> tuple[list[Line], list[Span]]:
    """The lines without the marks around them (# of Markdown, <b>), and where these stand."""
    kept, marks = [], []
    for line in lines:
        if line.text[0] not in _MARKED:
            kept.append(line)
            continue
        begin, end = _inner(line.text)
        kept += [part_of(line, begin, end)] if begin < end else []
        edges = (0, len(line.text[:begin].rstrip(" "))), (end, len(line.text))
        marks += [Span(line.start + a, line.start + b) for a, b in edges if a < b]
    return kept, marks


def _inner(text: str) -> tuple[int, int]:
    """What of a line stands between its marks, without the blanks beside them."""
    opening = anywhere("layout", "DRESSED").match(text)
    if opening is None:
        return 0, len(text)
    closed = closing("layout", "UNDRESSED").search(text, opening.end())
    return opening.end(), closed.start() if closed else len(text)


# ---------------------------------------------------------------- line breaks


def parted(lines: list[Line], source: str) -> list[Line]:
    """The lines, those that hold several paragraphs or a number and a title cut between them."""
    lines = [part for line in lines for part in _at_blanks(line, source)]
    head = list(takewhile(lambda line: line.text[-1] not in _SAID, lines[:_HEAD_LINES]))
    below = [*(line.squeezed for line in head[1:]), ""]
    parts = [part for line, words in zip(head, below, strict=False) for part in _at_number(line, words)]
    return [*parts, *lines[len(head) :]]


def _at_blanks(line: Line, source: str) -> list[Line]:
    """The paragraphs of a line: …，现通知如下：　　一、加强领导　　各单位要……。 Not the cells of a row."""
    if source.find(_INDENT, line.start, line.end) < 0:
        return [line]
    runs = [match.span() for match in _LOST.finditer(source[line.start : line.end])]
    edges = [0, *(edge for run in runs for edge in run), len(line.text)]
    pieces = [part_of(line, begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True)]
    parts = [piece for piece in pieces if piece.text]  # other blanks, a page number
    return _joined(line, parts) if _is_prose(parts) else [line]


def _is_prose(parts: list[Line]) -> bool:
    """Whether most of the parts hold a sentence, announce one, begin with a mark or are the date of issue."""
    telling = sum(
        "。" in part.text
        or part.text[-1] in ":;"
        or anywhere("numbering", "NUMBERED").match(part.squeezed) is not None
        or closing("document", "SIGNED").match(part.squeezed) is not None
        for part in parts
    )
    return 2 * telling >= len(parts) and any("。" in part.text for part in parts)


def _joined(line: Line, parts: list[Line]) -> list[Line]:
    """The parts of a line, those put together again that belong together."""
    breaks = [(above.end, below.start) for above, below in pairwise(parts) if not _belong(above, below)]
    edges = [0, *(place - line.start for lost in breaks for place in lost), len(line.text)]
    return [part_of(line, begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True)]


def _belong(above: Line, below: Line) -> bool:
    """Letter-spaced words; a bare mark and what stands behind it; what a buried mark will be cut from."""
    spaced = min(len(above.squeezed), len(below.squeezed)) == 1
    mark = anywhere("numbering", "NUMBERED")
    return spaced or mark.fullmatch(above.squeezed) is not None or mark.match(below.squeezed) is not None


def _at_number(line: Line, below: str) -> list[Line]:
    """A document number and what stands beside it: ×政发〔2021〕6号××市人民政府关于……的通知, …6号　　签发人：×××."""
    short = len(line.text) <= _LONGEST_HEAD_LINE
    edge = (_number_end(line.text, below) or _number_start(line.text) or _title_end(line.text)) if short else 0
    parts = [part_of(line, 0, edge), part_of(line, edge, len(line.text))] if edge else [line]
    return [part for part in parts if part.text]


def _number_end(text: str, below: str) -> int:
    """Where the number ends that a title follows; its organ may stand there alone, with the rest of it `below`."""
    number = anywhere("one_line", "NUMBER").match(text)
    rest = squeeze(text[number.end() :].lstrip(" ")) if number else ""
    if number and rest and _stands_beside(text[number.end() :].strip(" ")):
        return number.end()
    if not number or not rest or _PUNCTUATED.search(without_quotes(rest)):
        return 0
    titled = rest.startswith("关于") or issuing_organ(rest + below) is not None
    return number.end() if titled and not rest.startswith("文件") else 0


def _number_start(text: str) -> int:
    """Where the number begins behind what the first page prints beside it: 特急　×政发〔2021〕6号."""
    numbers = anywhere("one_line", "NUMBER").finditer(text) if text.endswith("号") else ()
    last = next((number.start() for number in numbers if number.end() == len(text)), 0)
    above = text[:last].strip(" ")
    return last if above and above[-1] not in _LABELLING and _stands_beside(above) else 0


def _stands_beside(text: str) -> bool:
    """What may stand on the line of a number: a field, how secret or urgent it is, who issued when, another number."""
    paper = closing("document", "SECURITY_CLASSIFICATION", "URGENCY", "COPY_NUMBER", "MARGINAL", "ORGAN_AND_DATE")
    number = anywhere("one_line", "NUMBER").fullmatch(text)
    return is_metadata(text) or number is not None or paper.match(squeeze(text)) is not None


def _title_end(text: str) -> int:
    """Where the title ends that a number follows, behind a blank or in brackets."""
    if not text.endswith(("号", "号)")):
        return 0
    edge = max(text.rfind(" "), text.rfind("(") - 1) + 1
    title, number = squeeze(text[:edge]), squeeze(text[edge:]).strip("()")
    told = is_title(title) and not _PUNCTUATED.search(without_quotes(title))
    return edge if told and anywhere("one_line", "NUMBER").fullmatch(number) else 0
