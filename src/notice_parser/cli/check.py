"""`notice-parse check`: what is strange in notices, and whether they are read without loss."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from notice_parser.cli import options
from notice_parser.cli.inputs import Failures, Read, read_all
from notice_parser.cli.output import write

if TYPE_CHECKING:
    from notice_parser.model import Diagnostic

_PROBLEMS = 1
_SEVERITIES = ("error", "warning", "info")


@click.command()
@options.files
@options.formats("text", "json", "jsonl")
@options.output
@click.option(
    "--severity", type=click.Choice(_SEVERITIES), default="warning", show_default=True, help="The least that counts."
)
@click.option("--lossless", is_flag=True, help="Verify instead that every character is where the reading says it is.")
@options.encoding
def check(
    files: tuple[str, ...], form: str, output: str | None, severity: str, lossless: bool, encoding: str | None
) -> None:
    """Print what is strange in notices: FILE:LINE:COLUMN RULE MESSAGE. The exit status is 1 if there is anything.

    \b
    Examples:
      notice-parse check notice.txt
      notice-parse check *.txt --severity info --format jsonl
      notice-parse check *.txt --lossless
    """
    failures = Failures()
    counted = _SEVERITIES[: _SEVERITIES.index(severity) + 1]
    reads = read_all(files, encoding, failures)
    found = [(read.name, remark) for read in reads for remark in _remarks(read, lossless) if remark.severity in counted]
    if found or not failures:
        write(_written(found, form), output)
    failures.extend([_PROBLEMS] * bool(found))
    failures.leave()


def _remarks(read: Read, lossless: bool) -> Iterable[Diagnostic]:
    return _flaws(read) if lossless else read.notice.diagnostics


def _flaws(read: Read) -> Iterator[Diagnostic]:
    from notice_parser.checks.lossless import lossless
    from notice_parser.model import Diagnostic
    from notice_parser.source import Lines, fold

    lines = Lines(fold(read.text))
    for flaw in lossless(read.text, read.notice):
        line, column = lines.place(flaw.span.start)
        yield Diagnostic(severity="error", line=line, column=column, **flaw._asdict())


def _written(found: list[tuple[str, Diagnostic]], form: str) -> Iterator[str]:
    if form == "text":
        return (_line(name, remark) for name, remark in found)
    records = [{"file": name, **remark.model_dump(mode="json")} for name, remark in found]
    return _as_array(records) if form == "json" else (_json(record) for record in records)


def _line(name: str, remark: Diagnostic) -> str:
    from notice_parser.render.words import visible

    message = visible(remark.message).replace("\n", " ")
    return f"{name}:{remark.line}:{remark.column} {remark.rule} {message}\n"


def _json(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _as_array(records: list[dict[str, Any]]) -> Iterator[str]:
    yield json.dumps(records, ensure_ascii=False, indent=2) + "\n"
