"""A sheet as a table for the terminal, readable at 80 columns."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.table import Table
from rich.text import Text

from notice_parser.cli.output import is_terminal
from notice_parser.render.sheet import Sheet

_WIDTH = 80
_BETWEEN = 3  # blanks between two columns
_ENOUGH = 12  # a column of six Chinese characters can be read
# What stays in one line: a character or a word with the brackets before it and the stops and brackets behind it.
_TOKEN = re.compile("[（《〈“‘〔【「]*(?:[!-~−–≥≤≈]+|.)[、，；。：！？…％）》〉”’〕】」]*")
_UP_TO_PAUSE = re.compile("(.*[、，；])(.+)")


def render(sheet: Sheet, *, to_file: bool) -> str:
    """The table as wide as the terminal, or 80 columns; in colour only on a terminal."""
    terminal = not to_file and is_terminal()
    out = io.StringIO()
    width = max(40, shutil.get_terminal_size((_WIDTH, 24)).columns)
    console = Console(file=out, width=width, force_terminal=terminal, no_color=None if terminal else True)
    console.print(_table(sheet, width))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _table(sheet: Sheet, width: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, leading=1, header_style="bold")
    share = width // max(1, len(sheet.heads)) - _BETWEEN
    for head, *cells in zip(sheet.heads, *sheet.rows, strict=True):
        longest = max(cell_len(line) for cell in (head, *cells) for line in cell.split("\n"))
        table.add_column(_Cell(head), overflow="fold", min_width=min(longest, share, _ENOUGH))
    for row in sheet.rows:
        table.add_row(*(_Cell(cell) for cell in row))
    return table


class _Cell(Text):
    """A text that is wrapped as Chinese is."""

    def wrap(self, console: Console, width: int, **_: object) -> Lines:
        """The lines of the cell, in no more than `width` columns."""
        return Lines(Text(line) for part in self.plain.split("\n") for line in wrapped(part, width))


def wrapped(text: str, width: int) -> Iterator[str]:
    """The text in lines: broken after 、，； or between characters, no stop or closing bracket first in a line."""
    line = ""
    for token in _tokens(text, width):
        while line and cell_len(line + token) > width:
            head, line = _parted(line, width)
            yield head.rstrip()
        line = (line + token) if line else token.lstrip()
    yield line


def _tokens(text: str, width: int) -> Iterator[str]:
    for token in _TOKEN.findall(text):
        yield from (token,) if cell_len(token) <= width else token


def _parted(line: str, width: int) -> tuple[str, str]:
    """A full line up to its last pause and what is behind it, if that leaves the line half full."""
    found = _UP_TO_PAUSE.fullmatch(line)
    return (found[1], found[2]) if found and cell_len(found[1]) * 2 >= width else (line, "")
