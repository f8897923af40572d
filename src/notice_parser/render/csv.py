"""CSV of a sheet: for spreadsheets, in which no cell may start a formula."""

from __future__ import annotations

import csv
import io

from notice_parser.render.sheet import Sheet

_FORMULA = tuple("=+-@＝＋－＠")


def render(sheet: Sheet) -> str:
    """One record a row; a cell that a spreadsheet would take for a formula begins with an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([_cell(text) for text in row] for row in (sheet.heads, *sheet.rows))
    return file.getvalue()


def _cell(text: str) -> str:
    line = text.replace("\n", "；")
    return f"'{line}" if line.startswith("\t") or line.lstrip().startswith(_FORMULA) else line
