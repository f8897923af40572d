"""`notice-parse search`: who must do what, over an SQLite archive."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from notice_parser.cli import options
from notice_parser.cli.output import write

if TYPE_CHECKING:
    from notice_parser.batch.search import Hit, Question
    from notice_parser.render.sheet import Language, Sheet

_ROLES = ("lead", "support", "responsible", "guide", "implement", "assess")
_WRONG_USAGE = 2


def _day(context: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """A year, a month or a day."""
    from notice_parser.batch.rows import last_day

    if value is not None and last_day(value) is None:
        raise click.BadParameter(f"{value!r} is no date; 2025, 2025-06 or 2025-06-30 was expected.")
    return value


@click.command()
@click.argument("archive", metavar="DB", type=click.Path(path_type=Path))
@click.argument("words", metavar="[QUERY]", default="")
@click.option("--unit", "units", multiple=True, metavar="NAME", help="A unit that answers; * is any words.")
@click.option("--role", "roles", multiple=True, type=click.Choice(_ROLES), help="What the unit has to do.")
@click.option("--year", "years", multiple=True, type=int, help="Year of the notice.")
@click.option("--issuer", metavar="NAME", help="Words in the names of those who issued the notice.")
@click.option(
    "--deadline-before", callback=_day, metavar="DATE", help="Due by the end of this year, month or day: 2025, 2025-06."
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="No more than this.")
@options.formats("table", "json", "jsonl", "csv")
@options.output
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Column heads.")
def search(
    archive: Path, form: str, output: str | None, lang: Language, **asked: str | tuple[str, ...] | int | None
) -> None:
    """Search an archive that `batch` made. Every word of QUERY stands in the item, its heading or the notice's title.

    \b
    Examples:
      notice-parse search archive.sqlite 高新技术企业
      notice-parse search archive.sqlite --unit 市科技局 --role lead --deadline-before 2025
      notice-parse search archive.sqlite 数据 --year 2021 --format csv -o hits.csv
    """
    from notice_parser.batch.records import StoppedError
    from notice_parser.batch.search import Question
    from notice_parser.batch.search import search as answers

    try:
        question = Question(**asked)  # type: ignore[arg-type]  # as click checked
        hits = answers(archive, question)
        first = next(hits, None)
        if first is None:
            click.echo(f"notice-parse: {_nothing(archive, question)}", err=True)
        found = chain([first], hits) if first else iter(())
        write(_LAYOUTS[form](found, lang, output), output, styled=form == "table")
    except StoppedError as error:
        click.echo(f"notice-parse: {error}", err=True)
        click.get_current_context().exit(_WRONG_USAGE)


def _nothing(archive: Path, question: Question) -> str:
    """That nothing was found, and what may be meant."""
    from notice_parser.batch.search import unknown
    from notice_parser.batch.sources import printable

    told = [
        f"; nobody is called {printable(unit)}" + (f", but there are {'、'.join(like)}" if like else "")
        for unit, like in unknown(archive, question.units)
    ]
    return "".join(["nothing found", *told])


# Layouts


def _as_lines(hits: Iterable[Hit], lang: Language, output: str | None) -> Iterator[str]:
    return (f"{_json(hit)}\n" for hit in hits)


def _as_array(hits: Iterable[Hit], lang: Language, output: str | None) -> Iterator[str]:
    yield "["
    for count, hit in enumerate(hits):
        yield f"{',' if count else ''}\n  {_json(hit)}"
    yield "\n]\n"


def _json(hit: Hit) -> str:
    return json.dumps(hit._asdict(), ensure_ascii=False)


def _as_csv(hits: Iterable[Hit], lang: Language, output: str | None) -> Iterator[str]:
    from notice_parser.render import csv

    yield csv.render(_sheet(hits, lang, full=True))


def _as_table(hits: Iterable[Hit], lang: Language, output: str | None) -> Iterator[str]:
    from notice_parser.cli import table

    yield table.render(_sheet(hits, lang, full=False), to_file=output not in (None, "-"))


_LAYOUTS = {"table": _as_table, "json": _as_array, "jsonl": _as_lines, "csv": _as_csv}


# Columns


class _Column(NamedTuple):
    """A column: its head in Chinese and English, its cell, and whether only a full sheet has it."""

    heads: tuple[str, str]
    cell: Callable[[Hit], str]
    full: bool = False


def _sheet(hits: Iterable[Hit], lang: Language, *, full: bool) -> Sheet:
    from notice_parser.render.sheet import Sheet
    from notice_parser.render.words import visible

    columns = [column for column in _COLUMNS if full or not column.full]
    heads = tuple(column.heads[lang == "en"] for column in columns)
    return Sheet(heads, tuple(tuple(visible(column.cell(hit)) for column in columns) for hit in hits))


def _units(hit: Hit) -> str:
    """Who answers, a role a line."""
    from notice_parser.render.words import ROLES

    named = {role: [unit["name"] for unit in hit.units if unit["role"] == role] for role in ROLES}
    lines = [
        f"{words[0].removesuffix('单位')}：{'、'.join(named[role])}" for role, words in ROLES.items() if named[role]
    ]
    return "\n".join([*lines, "（承上）"] if hit.inherited else lines)


def _task(hit: Hit) -> str:
    """The heading, or the first sentence."""
    return hit.heading or hit.text.partition("。")[0]


_COLUMNS = (
    _Column(("公文", "Notice"), lambda hit: hit.document_number or hit.title or hit.notice),
    _Column(("标题", "Title"), lambda hit: hit.title or "", full=True),
    _Column(("文件", "File"), lambda hit: hit.notice, full=True),
    _Column(("发文机关", "Issuers"), lambda hit: hit.issuers, full=True),
    _Column(("路径", "Path"), lambda hit: hit.path, full=True),
    _Column(("出处", "Place"), lambda hit: hit.citation),
    _Column(("任务", "Task"), _task),
    _Column(("内容", "Text"), lambda hit: hit.text, full=True),
    _Column(("分工", "Units"), _units),
    _Column(("时限", "Due"), lambda hit: "\n".join(hit.deadlines)),
    _Column(("目标", "Targets"), lambda hit: "\n".join(hit.targets)),
)
