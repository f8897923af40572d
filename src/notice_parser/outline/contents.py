"""Tables of contents (目录): which lines only announce the headings."""

from __future__ import annotations

import re
from typing import Final

from notice_parser.grammar import closing
from notice_parser.outline.lines import Line

_PAGE: Final = (
    r"(?:[0-9]{1,3}|[-—] ?[0-9]{1,3} ?[-—]|\( ?[0-9]{1,3} ?\)|第? ?[0-9]{1,3} ?页)"  # 12, - 12 -, （12）, 第12页
)
_LEADER: Final = re.compile(rf"[.·…—-]{{4,}} *{_PAGE}?$|…+{_PAGE}$")
_PAGE_NUMBER: Final = re.compile(rf"[.·… ]*{_PAGE}$")
_HEAD: Final = 4  # characters at most: 目录
_LONGEST: Final = 300  # lines
_WRAPPED: Final = 2  # an entry without dots may be the first half of one that has them


def contents_lines(lines: list[Line]) -> set[int]:
    """From 目录 to the last line with dots and page numbers, or to where the first entry stands again as a heading."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if len(line.squeezed) <= _HEAD and index not in found and (head := _head_lines(lines, index)):
            found.update(range(index, _end(lines, index + head)))
    return found


def _head_lines(lines: list[Line], index: int) -> int:
    """How many lines 目录 takes: one, or two (目⏎录)."""
    is_head, printed = closing("layout", "CONTENTS").match, lines[index].squeezed
    if is_head(printed):
        return 1
    return 2 if index + 1 < len(lines) and is_head(printed + lines[index + 1].squeezed) else 0


def _end(lines: list[Line], first: int) -> int:
    dotted = _dotted_end(lines, first)
    return dotted if dotted > first else _repeated_end(lines, first)


def _dotted_end(lines: list[Line], index: int) -> int:
    """Behind the last line with dots, as far as they go on."""
    end = index
    while index < len(lines) and index - end <= _WRAPPED:
        if _LEADER.search(lines[index].text):
            end = index + 1
        index += 1
    return end


def _repeated_end(lines: list[Line], first: int) -> int:
    """Where the first entry is printed again, a mark with its heading or apart from it."""
    if first >= len(lines):
        return first
    entry = _plain(lines[first])
    alone = closing("layout", "DIVISION").match(entry) is not None and first + 1 < len(lines)
    whole = entry + _plain(lines[first + 1]) if alone else entry
    for index in range(first + 1, min(len(lines), first + _LONGEST)):
        if _plain(lines[index]) in (entry, whole):
            return index
    return first


def _plain(line: Line) -> str:
    return _PAGE_NUMBER.sub("", line.squeezed)
