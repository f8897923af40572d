"""`notice-parse parse`: notices as JSON, YAML, Markdown, a tree or text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import click

from notice_parser.cli import options
from notice_parser.cli.inputs import Failures, Read, read_all
from notice_parser.cli.output import write

if TYPE_CHECKING:
    from notice_parser.model import Part

_WRONG_USAGE = 2
_SHOWN_PATHS = 12


@click.command()
@options.files
@options.formats("json", "jsonl", "yaml", "markdown", "tree", "text")
@options.output
@click.option("--select", metavar="PATH", help="Only the item at this path (5.1.3, A1:2; A1: is an attached document).")
@options.indent
@options.encoding
def parse(
    files: tuple[str, ...], form: str, output: str | None, select: str | None, indent: int, encoding: str | None
) -> None:
    """Print the structure of notices. One file gives an object, several an array.

    \b
    Examples:
      notice-parse notice.txt
      notice-parse notice.txt --format yaml --select 5.1.3
      cat notice.txt | notice-parse - --format markdown -o notice.md
    """
    failures = Failures()
    parts = _begun(_parts(read_all(files, encoding, failures), select, failures))
    if parts:
        write(_rendered(parts, form, indent, several=len(files) > 1), output)
    failures.leave()


def _begun(parts: Iterator[Part]) -> Iterator[Part] | None:
    """The parts if there is any: where nothing could be read, nothing is written."""
    first = next(parts, None)
    return None if first is None else chain([first], parts)


def _rendered(parts: Iterator[Part], form: str, indent: int, *, several: bool) -> Iterable[str]:
    from notice_parser.render import render, render_several

    if several:
        return render_several(parts, form, indent=indent)
    return (render(part, form, indent=indent) for part in parts)


def _parts(reads: Iterable[Read], path: str | None, failures: Failures) -> Iterator[Part]:
    for read in reads:
        part = _selected(read, path, failures) if path is not None else read.notice
        if part is not None:
            yield part


def _selected(read: Read, path: str, failures: Failures) -> Part | None:
    from notice_parser.model import at, bodies, items

    part = at(read.notice, path)
    if part is None:
        paths = [item.path for _, body in bodies(read.notice) for item in items(body)]
        there = ", ".join(paths[:_SHOWN_PATHS]) + (" …" if len(paths) > _SHOWN_PATHS else "")
        failures.tell(read.name, f"no item has the path {path!r}; there are: {there or 'none'}", _WRONG_USAGE)
    return part
