"""Tables flattened to words: which lines were the cells of one."""

from __future__ import annotations

import re
from typing import Final

from notice_parser.grammar import anywhere, closing, may_begin
from notice_parser.numerals import read_integer
from notice_parser.outline.lines import Line

_LONGEST_HEAD: Final = 10
_FEWEST_HEADS: Final = 2
_PROSE: Final = 3  # so many full lines in a row are text again
_ABOVE: Final = 400  # lines in which the numbers are looked for that the text goes on with below the table
_LONG: Final = 80.0  # and so is one line of this width that is not hard-wrapped


def table_lines(lines: list[Line], page: float | None, announced: frozenset[str]) -> set[int]:
    """The lines that were cells: from a row of column heads (序号, 重点任务, 责任单位) to text or another document."""
    cells: set[int] = set()
    end = 0
    is_numbered, may_be = anywhere("layout", "NUMBERS").match, may_begin("layout", "NUMBERS")
    for index, line in enumerate(lines):
        if index >= end and may_be(line.squeezed[:1]) and is_numbered(line.squeezed) and _is_head(lines, index):
            last = _end(lines, index, page, announced)
            cells.update(range(index, last))
            end = last + 1
    return cells


def _is_head(lines: list[Line], index: int) -> bool:
    """序号, with which the line begins, and other column heads, a line each or all on one."""
    text = lines[index].squeezed
    if len(text) < _LONG and anywhere("layout", "HEADING_ROW").match(text) and "。" not in text:
        return True
    if not closing("layout", "NUMBERS").match(text):
        return False
    heads = lines[index + 1 : index + 1 + _FEWEST_HEADS]
    return len(heads) == _FEWEST_HEADS and all(map(_may_be_head, heads))


def _may_be_head(line: Line) -> bool:
    return len(line.squeezed) <= _LONGEST_HEAD and not re.search(r"[0-9。,;:]", line.squeezed)


def _end(lines: list[Line], start: int, page: float | None, announced: frozenset[str]) -> int:
    full = 0
    awaited = _awaited(lines, start)
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if awaited and (found := _number(line)) and awaited.pop(found[0], 0) == found[1]:
            return index
        if closing("layout", "TABLE_LABEL").match(line.squeezed) or line.squeezed in announced:
            return index
        full = full + 1 if page is not None and line.width >= 0.8 * page else 0
        if full == _PROSE:
            return index - _PROSE + 1
        if page is None and line.width >= _LONG and anywhere("numbering", "CN", "CN_PAREN").match(line.text):
            return index
    return len(lines)


def _awaited(lines: list[Line], start: int) -> dict[str, int]:
    """The numbers that go on with the text below a table, whose own begin with 一、: 二、 and （三） behind （二）."""
    awaited: dict[str, int] = {}
    for line in reversed(lines[max(0, start - _ABOVE) : start]):
        if found := _number(line):
            awaited.setdefault(found[0], found[1] + 1)
            if found[0] == "CN":
                break
    return awaited


def _number(line: Line) -> tuple[str, int] | None:
    """The kind and the number of a mark 一、 or （一） at the start of a line."""
    for kind in ("CN", "CN_PAREN"):
        if match := anywhere("numbering", kind).match(line.text):
            value = read_integer(match[0].strip("()、., "))
            return (kind, value) if value else None
    return None
