"""`notice-parse measures`, `units`, `targets`: the ledger (任务分解表) and its views."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from functools import reduce, wraps
from typing import TYPE_CHECKING, NamedTuple

import click

from notice_parser.cli import options
from notice_parser.cli.inputs import Failures, read_all, visible_line
from notice_parser.cli.output import write

if TYPE_CHECKING:
    from notice_parser.model import LedgerRow, Notice, Row, UnitRow
    from notice_parser.render.sheet import Language, View

_BOM = "\ufeff"
_NEAREST = 3


class _How(NamedTuple):
    """In which form the rows are written, and where to."""

    form: str
    output: str | None
    lang: Language
    bom: bool
    indent: int


_assigned = click.option("--assigned", is_flag=True, help="Only rows that name a unit.")


def _view(command: Callable[..., None]) -> Callable[..., None]:
    """What all views take: the files, and how the rows are to be written."""

    @wraps(command)
    def collected(form: str, output: str | None, lang: Language, bom: bool, indent: int, **rest: object) -> None:
        command(how=_How(form, output, lang, bom, indent), **rest)

    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), collected)


_OPTIONS: tuple[Callable[[Callable[..., None]], Callable[..., None]], ...] = (
    options.files,
    options.formats("table", "markdown", "csv", "json", "jsonl", "yaml"),
    options.output,
    click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Column heads."),
    click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, as Excel wants it."),
    options.indent,
    options.encoding,
)


@click.command()
@_view
@_assigned
def measures(files: tuple[str, ...], encoding: str | None, assigned: bool, how: _How) -> None:
    """Print the ledger (任务分解表): what is to be done, by whom, by when.

    \b
    Examples:
      notice-parse measures notice.txt
      notice-parse measures *.txt --assigned --format csv --bom -o 任务分解表.csv
    """
    failures = Failures()
    rows = [row for notice in _notices(files, encoding, failures) for row in _ledger(notice)]
    _show("measures", [row for row in rows if row.units or not assigned], how, failures)


@click.command()
@_view
@click.option("--unit", "names", multiple=True, metavar="NAME", help="Only this unit; may be given again.")
def units(files: tuple[str, ...], encoding: str | None, names: tuple[str, ...], how: _How) -> None:
    """Print one row a unit: what it leads, supports and answers for.

    \b
    Examples:
      notice-parse units notice.txt
      notice-parse units *.txt --unit 市科技局 --format json
    """
    from notice_parser.tasks import units as by_unit

    failures = Failures()
    rows = by_unit(_notices(files, encoding, failures))
    _tell_missing(names, rows, failures)
    _show("units", [row for row in rows if not names or _is_named(row, names)], how, failures)


@click.command()
@_view
@_assigned
def targets(files: tuple[str, ...], encoding: str | None, assigned: bool, how: _How) -> None:
    """Print the quantitative targets (量化目标), with those who answer for them.

    \b
    Examples:
      notice-parse targets notice.txt
      notice-parse targets *.txt --format jsonl
    """
    from notice_parser.tasks import targets as by_target

    failures = Failures()
    rows = by_target(_notices(files, encoding, failures))
    _show("targets", [row for row in rows if row.units or not assigned], how, failures)


def _notices(files: tuple[str, ...], encoding: str | None, failures: Failures) -> Iterable[Notice]:
    return (read.notice for read in read_all(files, encoding, failures))


def _ledger(notice: Notice) -> tuple[LedgerRow, ...]:
    from notice_parser.tasks import ledger

    return ledger(notice)


def _is_named(row: UnitRow, names: tuple[str, ...]) -> bool:
    return not {row.name, *row.printed}.isdisjoint(names)


def _tell_missing(names: tuple[str, ...], rows: Sequence[UnitRow], failures: Failures) -> None:
    """Say which names no unit has, and the nearest that there are; where nothing could be read, that is said."""
    there = [name for row in rows for name in (row.name, *row.printed)]
    for name in names:
        if name not in there and (rows or not failures):
            nearest = "、".join(get_close_matches(name, dict.fromkeys(there), _NEAREST, 0.0))
            said = f"the nearest are {nearest}" if nearest else "no unit is named at all"
            click.echo(f"notice-parse: {visible_line(f'no unit is named {name}; {said}')}", err=True)


def _show(view: View, rows: Sequence[Row], how: _How, failures: Failures) -> None:
    """Write the rows; where nothing could be read there are none to write."""
    if rows or not failures:
        write(_written(view, rows, how), how.output, styled=how.form == "table")
    failures.leave()


def _written(view: View, rows: Sequence[Row], how: _How) -> Iterable[str]:
    from notice_parser.render import ROW_FORMATS, render_rows

    return (
        render_rows(rows, how.form, indent=how.indent)
        if how.form in ROW_FORMATS
        else _LAYOUTS[how.form](view, rows, how)
    )


def _as_csv(view: View, rows: Sequence[Row], how: _How) -> Iterable[str]:
    from notice_parser.render import csv
    from notice_parser.render.sheet import sheet

    return [_BOM if how.bom else "", csv.render(sheet(view, rows, "csv", how.lang))]


def _as_markdown(view: View, rows: Sequence[Row], how: _How) -> Iterable[str]:
    from notice_parser.render import markdown
    from notice_parser.render.sheet import sheet

    return [markdown.table(sheet(view, rows, "markdown", how.lang)), "\n"]


def _as_table(view: View, rows: Sequence[Row], how: _How) -> Iterable[str]:
    from notice_parser.cli import table
    from notice_parser.render.sheet import sheet

    return [table.render(sheet(view, rows, "table", how.lang), to_file=how.output not in (None, "-"))]


_LAYOUTS = {"csv": _as_csv, "markdown": _as_markdown, "table": _as_table}
