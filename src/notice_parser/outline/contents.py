"""Tables of contents (目录): which lines only announce the headings."""

from __future__ import annotations

import re

from notice_parser.outline.lines import Line

_HEAD = re.compile(r"目录$")
_LEADER = re.compile(r"[.·…—-]{4,} ?[0-9]*$|…+[0-9]+$")
_PAGE_NUMBER = re.compile(r"[.·… ]*[0-9]{1,3}$")
_LONGEST = 300  # lines
_WRAPPED = 2  # an entry without dots may be the first half of one that has them


def contents_lines(lines: list[Line]) -> set[int]:
    """From 目录 to the last line with dots and page numbers, or to where the first entry stands again as a heading."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if index not in found and _HEAD.match(line.squeezed):
            found.update(range(index, _end(lines, index)))
    return found


def _end(lines: list[Line], start: int) -> int:
    dotted = _dotted_end(lines, start + 1)
    return dotted if dotted > start + 1 else _repeated_end(lines, start)


def _dotted_end(lines: list[Line], index: int) -> int:
    """Behind the last line with dots, as far as they go on."""
    end = index
    while index < len(lines) and index - end <= _WRAPPED:
        if _LEADER.search(lines[index].text):
            end = index + 1
        index += 1
    return end


def _repeated_end(lines: list[Line], start: int) -> int:
    """Where the first entry is printed again."""
    if start + 1 >= len(lines):
        return start + 1
    first = _plain(lines[start + 1])
    for index in range(start + 2, min(len(lines), start + _LONGEST)):
        if _plain(lines[index]) == first:
            return index
    return start + 1


def _plain(line: Line) -> str:
    return _PAGE_NUMBER.sub("", line.squeezed)
