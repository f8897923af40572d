"""A sheet as a table for the terminal, readable at 80 columns."""

from __future__ import annotations

import io
import shutil
import sys

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from notice_parser.render.sheet import Sheet

_WIDTH = 80
_BETWEEN = 3  # blanks between two columns
_ENOUGH = 12  # a column of six Chinese characters can be read


def render(sheet: Sheet, *, to_file: bool) -> str:
    """The table as wide as the terminal, or 80 columns; in colour only on a terminal."""
    terminal = sys.stdout.isatty() and not to_file
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
        table.add_column(Text(head), overflow="fold", min_width=min(longest, share, _ENOUGH))
    for row in sheet.rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
