"""One file → what the destination takes of it; runs in a worker and lets nothing through but outcomes."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING, Any

from notice_parser import __version__
from notice_parser.batch import whole
from notice_parser.batch.limit import OverdueError, within
from notice_parser.batch.records import SUFFIXES, Outcome, Recipe, StoppedError, Task
from notice_parser.batch.sources import kind_problem, printable, unreadable

if TYPE_CHECKING:
    from notice_parser.batch.rows import Rows
    from notice_parser.model import Notice


class _UnreadableError(Exception):
    """Why a file gives no notice."""


def work(tasks: tuple[Task, ...], recipe: Recipe) -> tuple[Outcome, ...]:
    """The outcomes of some files, in their order."""
    return tuple(_outcome(task, recipe) for task in tasks)


def _outcome(task: Task, recipe: Recipe) -> Outcome:
    began = perf_counter()
    try:
        with within(recipe.timeout):
            outcome = _result(task, recipe)
    except OverdueError:
        outcome = _failed(task, f"took longer than {recipe.timeout:g} s; --timeout allows more")
    except StoppedError as error:
        outcome = Outcome(task.file, "stopped", error=str(error))
    except Exception as error:  # whatever a file does to the program, it must not cost the others
        outcome = _failed(task, _reason(error))
    return outcome._replace(seconds=round(perf_counter() - began, 4))


def _result(task: Task, recipe: Recipe) -> Outcome:
    if recipe.version != __version__:
        raise StoppedError(f"a worker has version {__version__}, {recipe.version} was expected")
    data = _bytes(task, recipe)
    digest = hashlib.sha256(data).hexdigest()
    if digest == task.known:
        return Outcome(task.file, "skipped", digest=digest)
    notice = _notice(data, task.file.name, recipe)
    payload = _PAYLOADS[recipe.form](notice, task, recipe)
    return Outcome(task.file, "done", 0.0, digest, payload, _counts(notice), _remarks(notice))


def _failed(task: Task, error: str) -> Outcome:
    return Outcome(task.file, "failed", error=error)


def _reason(error: Exception) -> str:
    from notice_parser.source import UndecodableError

    if isinstance(error, _UnreadableError):
        return str(error)
    if isinstance(error, UndecodableError):
        return f"byte {error.offset}: {error.reason}"
    if isinstance(error, OSError):
        return unreadable(error)
    return printable(f"a fault in the program ({type(error).__name__}: {error}".partition("\n")[0]) + ")"


# Reading


def _bytes(task: Task, recipe: Recipe) -> bytes:
    """The file's bytes; a pipe that has taken its place is not waited for."""
    if task.file.problem:
        raise _UnreadableError(task.file.problem)
    handle = os.open(task.file.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if problem := kind_problem(found.st_mode):
            raise _UnreadableError(problem)
        if found.st_size > recipe.max_bytes:
            raise _UnreadableError(f"has {found.st_size} bytes; --max-size allows {recipe.max_bytes}")
        return file.read(recipe.max_bytes + 1)


def _notice(data: bytes, name: str, recipe: Recipe) -> Notice:
    from notice_parser.parser import parse_bytes

    if not data.strip():
        raise _UnreadableError("byte 0: the file is empty; a notice was expected")
    notice = parse_bytes(data, name=name, encoding=recipe.encoding)
    if not _has_text(notice):
        raise _UnreadableError("byte 0: nothing in it but white space; a notice was expected")
    return notice


def _has_text(notice: Notice) -> bool:
    return bool(notice.body.content or notice.residue or notice.metadata or notice.title or notice.document_number)


# What is told of a notice


def _counts(notice: Notice) -> Mapping[str, int]:
    from notice_parser.model import bodies, items

    holders = [holder for _, body in bodies(notice) for holder in (body, *items(body))]
    units = (len(clause.units) for holder in holders for clause in holder.responsibilities)
    return {
        "characters": notice.source.characters,
        "items": len(holders) - sum(1 for _ in bodies(notice)),
        "responsibilities": sum(len(holder.responsibilities) for holder in holders),
        "units": sum(units),
        "targets": sum(len(holder.targets) for holder in holders),
        "deadlines": sum(len(holder.deadlines) for holder in holders),
    }


def _remarks(notice: Notice) -> Mapping[str, int]:
    return dict(Counter(diagnostic.rule for diagnostic in notice.diagnostics))


# What destinations take


def _written(notice: Notice, task: Task, recipe: Recipe) -> int:
    """The notice written to its place in the tree, and the size of that file."""
    from notice_parser.render import render

    target = recipe.target(task.file)
    data = render(notice, recipe.form).encode("utf-8", "replace")
    try:
        whole.write(target, data)
    except OSError as error:
        if whole.fatal(error):
            raise whole.unwritable(target, error) from None
        raise _UnreadableError(f"its output cannot be written ({error.strerror or error})") from None
    return len(data)


def _line(notice: Notice, task: Task, recipe: Recipe) -> bytes:
    from notice_parser.render import render

    return render(notice, "jsonl").encode("utf-8", "replace")


def _rows(notice: Notice, task: Task, recipe: Recipe) -> Rows:
    from notice_parser.batch.rows import rows

    return rows(notice)


def _record(notice: Notice, task: Task, recipe: Recipe) -> bytes:
    from notice_parser.batch.columns import record

    return record(notice)


_PAYLOADS: dict[str, Callable[[Notice, Task, Recipe], Any]] = {
    **dict.fromkeys(SUFFIXES, _written),
    "jsonl": _line,
    "sqlite": _rows,
    "parquet": _record,
}
