"""Tables of contents (目录): which lines only announce the headings."""

from __future__ import annotations

import re

from notice_parser.outline.lines import Line

_HEAD = re.compile(r"目录?$")  # or 目⏎录
_MARK = re.compile(r"第[一二三四五六七八九十0-9]{1,3}[编章节]$")  # alone on its line, its heading on the next
_LEADER = re.compile(r"[.·…—-]{4,} ?[0-9]*$|…+[0-9]+$")
_PAGE_NUMBER = re.compile(r"[.·… ]*[0-9]{1,3}$")
_LONGEST = 300  # lines
_WRAPPED = 2  # an entry without dots may be the first half of one that has them


def contents_lines(lines: list[Line]) -> set[int]:
    """From 目录 to the last line with dots and page numbers, or to where the first entry stands again as a heading."""
    found: set[int] = set()
    for index in range(len(lines)):
        if index not in found and (head := _head_lines(lines, index)):
            found.update(range(index, _end(lines, index + head)))
    return found


def _head_lines(lines: list[Line], index: int) -> int:
    """How many lines 目录 takes."""
    if not _HEAD.match(lines[index].squeezed):
        return 0
    if lines[index].squeezed == "目录":
        return 1
    return 2 if index + 1 < len(lines) and lines[index + 1].squeezed == "录" else 0


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
    whole = entry + _plain(lines[first + 1]) if _MARK.match(entry) and first + 1 < len(lines) else entry
    for index in range(first + 1, min(len(lines), first + _LONGEST)):
        if _plain(lines[index]) in (entry, whole):
            return index
    return first


def _plain(line: Line) -> str:
    return _PAGE_NUMBER.sub("", line.squeezed)
