"""A sheet as a table for the terminal, readable at 80 columns."""

from __future__ import annotations

import io
import shutil
import sys

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from notice_parser.render.sheet import Sheet

_WIDTH = 80


def render(sheet: Sheet, *, to_file: bool) -> str:
    """The table as wide as the terminal, or 80 columns; in colour only on a terminal."""
    terminal = sys.stdout.isatty() and not to_file
    out = io.StringIO()
    console = Console(file=out, width=_width(), force_terminal=terminal, no_color=None if terminal else True)
    console.print(_table(sheet))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _width() -> int:
    return max(40, shutil.get_terminal_size((_WIDTH, 24)).columns)


def _table(sheet: Sheet) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, leading=1, header_style="bold")
    for at, head in enumerate(sheet.heads):
        longest = max((len(line) for row in sheet.rows for line in row[at].split("\n")), default=0)
        table.add_column(Text(head), overflow="fold", min_width=_least(head, longest))
    for row in sheet.rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _least(head: str, longest: int) -> int:
    """Wide enough for a short cell to stay on one line, and for ten Chinese characters of a long one."""
    return min(2 * max(longest, len(head)), 12)
