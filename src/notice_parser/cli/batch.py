"""`notice-parse batch`: an archive to a tree of files, to lines, to a database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from notice_parser.cli import options
from notice_parser.cli.inputs import UNREADABLE

if TYPE_CHECKING:
    from notice_parser.batch.executors import Executor
    from notice_parser.batch.records import File, Form, Recipe
    from notice_parser.cli.progress import Progress

_STOPPED = 2
_INTERRUPTED = 130
_GOES_ON = "the same command goes on from here"
_SCALES = {"": 0, "K": 10, "M": 20, "G": 30}
_NO_FOLDERS = (".json", ".yaml", ".yml", ".md", ".csv", ".txt")


class _Asked(NamedTuple):
    """What the command line asks for."""

    sources: tuple[str, ...]
    destination: Path
    form: Form | None
    files_from: str | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    jobs: int | None
    timeout: float
    max_size: int
    report: Path | None
    force: bool
    fail_fast: bool
    max_errors: int | None
    executor: str
    scheduler: str | None
    send: bool
    encoding: str | None


class _EnoughError(Exception):
    """More files failed than may."""


def _size(context: click.Context, option: click.Parameter, value: str) -> int:
    """A number of bytes, with K, M or G behind it."""
    number, scale = (value[:-1], value[-1].upper()) if value[-1:].isalpha() else (value, "")
    if not number.isdecimal() or scale not in _SCALES:
        raise click.BadParameter(f"{value!r} is no size; a number was expected, such as 500K or 64M.")
    return int(number) << _SCALES[scale]


_OPTIONS: tuple[Callable[[Callable[..., None]], Callable[..., None]], ...] = (
    click.argument("sources", nargs=-1, metavar="SRC..."),
    click.option(
        "-o",
        "--output",
        "destination",
        required=True,
        type=click.Path(path_type=Path),
        metavar="DEST",
        help="A folder, or a file that ends in .jsonl, .sqlite or .parquet.",
    ),
    click.option(
        "-f",
        "--format",
        "form",
        type=click.Choice(["json", "yaml", "markdown"]),
        help="Format of the files in a folder.  [default: json]",
    ),
    click.option("--files-from", metavar="FILE", help="A list of files, a line each or parted by NUL; - is stdin."),
    click.option("--include", multiple=True, metavar="GLOB", help="Of a folder only such files; may be given again."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="No such files or folders; may be given again."),
    click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Processes.  [default: the processors]"),
    click.option(
        "--timeout",
        type=click.FloatRange(0),
        default=300.0,
        show_default=True,
        metavar="SECONDS",
        help="The longest a file may take; 0 is for ever.",
    ),
    click.option(
        "--max-size",
        callback=_size,
        default="64M",
        show_default=True,
        metavar="BYTES",
        help="The largest file to read.",
    ),
    click.option(
        "--report", type=click.Path(path_type=Path), metavar="FILE", help="A line of JSON a file: what became of it."
    ),
    click.option("--force", is_flag=True, help="Do again what is there already."),
    click.option("--fail-fast", is_flag=True, help="Stop at the first file that cannot be read."),
    click.option("--max-errors", type=click.IntRange(0), metavar="N", help="Stop when more than N cannot be read."),
    click.option(
        "--executor",
        type=click.Choice(["local", "dask"]),
        default="local",
        show_default=True,
        help="Processes of this machine, or a Dask cluster.",
    ),
    click.option("--scheduler", metavar="ADDRESS", help="Where the Dask cluster is: tcp://HOST:8786."),
    click.option("--send", is_flag=True, help="Send the files to the cluster, whose workers do not see them."),
    options.encoding,
)


def _asking(command: Callable[..., None]) -> Callable[..., None]:
    """What the command takes."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


@click.command()
@_asking
def batch(**asked: Any) -> None:  # noqa: ANN401 - as click checked them
    """Convert an archive. SRC are folders and files, or `-` for a list of files on standard input.

    What is done is not done again: after a change or an interruption give the same command.

    \b
    Examples:
      notice-parse batch archive/ -o out/ --format markdown
      notice-parse batch archive/ -o archive.sqlite -j 4 --report report.jsonl
      find archive -name '*.txt' -print0 | notice-parse batch - -o notices.jsonl
    """
    click.get_current_context().exit(_status(_checked(_Asked(**asked))))


def _checked(asked: _Asked) -> _Asked:
    """What is asked for, if it goes together."""
    is_file = _form(asked) not in ("json", "yaml", "markdown")
    whole = asked.destination.resolve()
    wrong = {
        "name a folder or a file to read as SRC": not (asked.sources or asked.files_from),
        f"--format is for a folder; {asked.destination} is a file": is_file and asked.form is not None,
        f"{asked.destination} is a file; name a folder": not is_file and whole.is_file(),
        f"{asked.destination} is a folder; name a file": is_file and whole.is_dir(),
        "DEST is a folder, or ends in .jsonl, .sqlite or .parquet": not is_file
        and asked.destination.suffix in _NO_FOLDERS
        and not whole.is_dir(),
        "DEST is SRC; name another folder": whole in [Path(source).resolve() for source in asked.sources],
        "--send is for --executor dask and a DEST that is a file": asked.send
        and not (is_file and asked.executor == "dask"),
        "--executor dask needs --scheduler tcp://HOST:PORT": asked.executor == "dask" and not asked.scheduler,
    }
    for message, holds in wrong.items():
        if holds:
            raise click.UsageError(f"{message}.")
    return asked


def _status(asked: _Asked) -> int:
    """Run, and say how it ended."""
    from notice_parser.batch.records import StoppedError
    from notice_parser.cli.progress import Progress

    progress = Progress(_counter(asked))
    try:
        _convert(asked, progress)
    except StoppedError as error:
        return _ended(progress, f"{error}; mend that, and {_GOES_ON}", _STOPPED)
    except _EnoughError as error:
        return _ended(progress, f"{error}; {_GOES_ON}", UNREADABLE)
    except KeyboardInterrupt:
        return _ended(progress, f"interrupted; {_GOES_ON}", _INTERRUPTED)
    progress.stop()
    return UNREADABLE if progress.failed else 0


def _ended(progress: Progress, message: str, status: int) -> int:
    progress.tell(message)
    progress.stop()
    return status


def _convert(asked: _Asked, progress: Progress) -> None:
    from notice_parser.batch.destinations import open_destination
    from notice_parser.batch.report import Report
    from notice_parser.batch.run import run, told

    recipe = _recipe(asked)
    with ExitStack() as stack:
        report = stack.enter_context(closing(Report(asked.report)))
        stack.enter_context(told(asked.destination))
        destination = stack.enter_context(closing(open_destination(asked.destination, recipe, force=asked.force)))
        executor = stack.enter_context(closing(_executor(asked, recipe)))
        for outcome in run(_files(asked), destination, executor):
            report.add(outcome)
            progress.add(outcome)
            _stop_at(progress.failed, 0 if asked.fail_fast else asked.max_errors)
        destination.finish()


def _stop_at(failed: int, most: int | None) -> None:
    if most is not None and failed > most:
        raise _EnoughError(f"stopped at failure {failed}; --max-errors allows {most}")


def _form(asked: _Asked) -> Form:
    from notice_parser.batch.destinations import FORMS

    return FORMS.get(asked.destination.suffix.lower()) or asked.form or "json"


def _recipe(asked: _Asked) -> Recipe:
    from notice_parser.batch.records import Recipe

    return Recipe(_form(asked), asked.encoding, str(asked.destination), asked.timeout or None, asked.max_size)


def _executor(asked: _Asked, recipe: Recipe) -> Executor:
    from notice_parser.batch.executors import Cluster, LocalPool

    if asked.scheduler and asked.executor == "dask":
        return Cluster(asked.scheduler, recipe, send=asked.send)
    return LocalPool(asked.jobs or _processors(), recipe)


def _processors() -> int:
    """Those that this process may use, where the system says so."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _files(asked: _Asked) -> Iterator[File]:
    from notice_parser.batch.sources import Choice, Own, find

    alone = len(asked.sources) == 1 and not asked.files_from and Path(asked.sources[0]).is_dir()
    choice = Choice(asked.include, asked.exclude)
    return find(_sources(asked), choice, Own.at(asked.destination), alone=alone)


def _sources(asked: _Asked) -> Iterator[str]:
    for source in asked.sources:
        yield from _list("-") if source == "-" else (source,)
    if asked.files_from:
        yield from _list(asked.files_from)


def _list(name: str) -> Iterator[str]:
    from notice_parser.batch.sources import listed

    with click.open_file(name, "rb") as stream:
        yield from (path for path in listed(stream) if path)


def _counter(asked: _Asked) -> Callable[[], int] | None:
    """Counts the files, where they can be gone through twice."""
    if asked.files_from or "-" in asked.sources:
        return None
    return lambda: sum(1 for _ in _files(asked))
