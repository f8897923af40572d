"""`notice-parse parse`: notices as JSON, YAML, Markdown, a tree or text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from notice_parser.cli import options
from notice_parser.cli.inputs import Failures, Read, read_all
from notice_parser.cli.output import write

if TYPE_CHECKING:
    from notice_parser.model import Part

Item = TypeVar("Item")

_WRONG_USAGE = 2
_SHOWN_PATHS = 12


@click.command()
@options.files
@options.formats("json", "jsonl", "yaml", "markdown", "tree", "text", "source")
@options.output
@click.option("--select", metavar="PATH", help="Only the item at this path (5.1.3, A1:2; A1: is an attached document).")
@click.option("--text", type=click.Path(file_okay=False), help="Folder for the texts that all places refer to.")
@options.indent
@options.encoding
def parse(
    files: tuple[str, ...],
    form: str,
    output: str | None,
    select: str | None,
    text: str | None,
    indent: int,
    encoding: str | None,
) -> None:
    """Print the structure of notices. One file gives an object, several an array.

    Text, Markdown, HTML, DOCX, PDF, legacy Word files and ZIP archives of them are read; --format source
    prints the text that was found in them.

    \b
    Examples:
      notice-parse notice.txt
      notice-parse notice.txt --format yaml --select 5.1.3
      cat notice.txt | notice-parse - --format markdown -o notice.md
    """
    failures = Failures()
    reads = read_all(files, encoding, failures)
    kept = _with_texts(reads, Path(text)) if text else reads
    if form == "source":
        _write_begun(kept, output, lambda first, rest: (read.text for read in chain(first, rest)))
    else:
        parts = _parts(kept, select, failures)
        several = len(files) > 1
        _write_begun(parts, output, lambda first, rest: _rendered(first, rest, form, indent, several=several))
    failures.leave()


def _write_begun(
    items: Iterator[Item], output: str | None, chunks: Callable[[list[Item], Iterator[Item]], Iterable[str]]
) -> None:
    """Write what `chunks` makes of the items, the first two apart; where nothing could be read, nothing is written."""
    first = list(islice(items, 2))
    if first:
        write(chunks(first, items), output)


def _with_texts(reads: Iterable[Read], folder: Path) -> Iterator[Read]:
    """The same notices, their texts written to a file each on the way."""
    _make(folder)
    taken: Counter[str] = Counter()
    for read in reads:
        name = read.name.replace("\\", "/").rpartition("/")[2]
        taken[name] += 1
        write([read.text], str(folder / (f"{name}.txt" if taken[name] == 1 else f"{name}~{taken[name]}.txt")))
        yield read


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        shown = click.format_filename(folder)
        raise click.UsageError(f"{shown} cannot be made ({error.strerror}); name another folder with --text.") from None


def _rendered(first: list[Part], rest: Iterator[Part], form: str, indent: int, *, several: bool) -> Iterable[str]:
    """One as it is; several files, or those of an archive, in one output."""
    from notice_parser.render import render, render_several

    if several or len(first) > 1:
        return render_several(chain(first, rest), form, indent=indent)
    return [render(first[0], form, indent=indent)]


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
