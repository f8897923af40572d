"""One file → what the destination takes of it; runs in a worker and lets nothing through but outcomes."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from notice_parser import __version__
from notice_parser.batch import whole
from notice_parser.batch.limit import OverdueError, watched, within
from notice_parser.batch.records import SUFFIXES, File, Outcome, Recipe, StoppedError, Task
from notice_parser.batch.sources import kind_problem, printable, unreadable

if TYPE_CHECKING:
    from notice_parser.batch.rows import Rows
    from notice_parser.model import Notice


_SINGLY = 20


class _RefusedError(Exception):
    """Why a file gives no notice."""


class _Part(NamedTuple):
    """A file, or one of those in a ZIP archive."""

    name: str
    place: str
    read: Callable[[], bytes]


def work(tasks: tuple[Task, ...], recipe: Recipe) -> tuple[Outcome, ...]:
    """The outcomes of some files, in their order."""
    with watched(recipe.timeout):
        return tuple(_outcome(task, recipe) for task in tasks)


def packed(task: Task, recipe: Recipe) -> Task:
    """The task with the bytes of its file, or with the reason why they cannot be read."""
    try:
        return task._replace(data=_bytes(task, recipe))
    except (_RefusedError, OSError) as error:
        return task._replace(file=task.file._replace(problem=_reason(error, recipe)))


def _outcome(task: Task, recipe: Recipe) -> Outcome:
    began = perf_counter()
    try:
        outcome = _result(task, recipe)
    except StoppedError as error:
        outcome = Outcome(task.file, "stopped", error=str(error))
    except (OverdueError, Exception) as error:  # whatever a file does to the program, it must not cost the others
        outcome = Outcome(task.file, "failed", error=_reason(error, recipe))
    return outcome._replace(seconds=round(perf_counter() - began, 4))


def _result(task: Task, recipe: Recipe) -> Outcome:
    if recipe.version != __version__:
        raise StoppedError(f"a worker has version {__version__}, {recipe.version} was expected")
    with within(recipe.timeout):
        data = _bytes(task, recipe)
        digest = hashlib.sha256(data).hexdigest()
        if digest == task.known:
            return Outcome(task.file, "skipped", digest=digest)
        parts = _parts(task.file, data, recipe)
    if len(parts) == 1 and parts[0].name == task.file.name:
        return _read(parts[0], recipe)._replace(file=task.file, digest=digest)
    return _together(task.file, digest, [_outcome_in(part, task.file, recipe) for part in parts])


def _read(part: _Part, recipe: Recipe) -> Outcome:
    file = File("", part.name, part.place, 0)
    with within(recipe.timeout):
        notice = _notice(part.read(), part.name, recipe)
        payload = _PAYLOADS[recipe.form](notice, file, recipe)
    return Outcome(file, "done", payload=(payload,), counts=_counts(notice), diagnostics=_remarks(notice))


def _reason(error: BaseException, recipe: Recipe) -> str:
    from notice_parser.carriers import UnreadableError

    if isinstance(error, OverdueError):
        return f"took longer than {recipe.timeout:g} s; --timeout allows more"
    if isinstance(error, (_RefusedError, UnreadableError)):
        return printable(str(error))
    if isinstance(error, OSError):
        return unreadable(error)
    return printable(f"a fault in the program ({type(error).__name__}: {error}".partition("\n")[0]) + ")"


# Archives in the archive


def _parts(file: File, data: bytes, recipe: Recipe) -> list[_Part]:
    """The file, or those in it if it is a ZIP archive, each under a name of its own."""
    from notice_parser.carriers import is_archive, members

    if not is_archive(data):
        return [_Part(file.name, file.place, lambda: data)]
    purse = _Purse(recipe.max_bytes)
    seen: Counter[str] = Counter()
    parts = []
    for member in members(data):
        seen[member.name] += 1
        name = member.name if seen[member.name] == 1 else f"{member.name}~{seen[member.name]}"
        parts.append(_Part(f"{file.name}/{name}", f"{file.place}/{name}", purse.paying(member.read)))
    if not parts:
        raise _RefusedError("a ZIP archive with nothing in it; a notice was expected")
    return parts


class _Purse:
    """What the files of an archive may come to in bytes, together."""

    def __init__(self, left: int) -> None:
        self._most = self._left = left

    def paying(self, read: Callable[[], bytes]) -> Callable[[], bytes]:
        """The same reading, paid for."""

        def paid() -> bytes:
            if self._left < 0:
                raise _RefusedError(f"with it the archive unpacks to more than {self._most} bytes; see --max-size")
            data = read()
            self._left -= len(data)
            return data

        return paid


def _outcome_in(part: _Part, file: File, recipe: Recipe) -> Outcome:
    """What becomes of one of the files of an archive."""
    try:
        return _read(part, recipe)
    except StoppedError:
        raise
    except (OverdueError, Exception) as error:
        return Outcome(file._replace(name=part.name), "failed", error=_reason(error, recipe))


def _together(file: File, digest: str, inside: list[Outcome]) -> Outcome:
    """The outcome of an archive, with those of its files that failed."""
    return Outcome(
        file,
        "done",
        digest=digest,
        payload=tuple(load for outcome in inside for load in outcome.payload),
        counts=_sum(outcome.counts for outcome in inside),
        diagnostics=_sum(outcome.diagnostics for outcome in inside),
        failures=_told(file, [outcome for outcome in inside if outcome.status == "failed"]),
    )


def _told(file: File, failures: list[Outcome]) -> tuple[Outcome, ...]:
    """The failures of an archive, the first of them singly: it may hold a hundred thousand files that are none."""
    more = len(failures) - _SINGLY
    if more <= 0:
        return tuple(failures)
    return (*failures[:_SINGLY], Outcome(file, "failed", error=f"{more} more files in it could not be read"))


def _sum(tables: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    total: Counter[str] = Counter()
    for table in tables:
        total.update(table)
    return dict(total)


# Reading


def _bytes(task: Task, recipe: Recipe) -> bytes:
    """The file's bytes; a pipe that has taken its place is not waited for."""
    if task.file.problem:
        raise _RefusedError(task.file.problem)
    if task.data is not None:
        return task.data
    handle = os.open(task.file.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(handle)
        if problem := kind_problem(found.st_mode):
            raise _RefusedError(problem)
        if found.st_size > recipe.max_bytes:
            raise _RefusedError(f"has {found.st_size} bytes; --max-size allows {recipe.max_bytes}")
        return file.read(recipe.max_bytes)


def _notice(data: bytes, name: str, recipe: Recipe) -> Notice:
    """The one place where a batch reads a notice."""
    from notice_parser.carriers import extract
    from notice_parser.reading import parse_extract

    carried = extract(data, name=name, encoding=recipe.encoding)
    if not carried.text.strip():
        what = "nothing in it but white space" if data else "the file is empty"
        raise _RefusedError(f"byte 0: {what}; a notice was expected")
    return parse_extract(carried, data, name=name)


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


def _written(notice: Notice, file: File, recipe: Recipe) -> int:
    """The notice written to its place in the tree, and the size of that file."""
    from notice_parser.render import encoded

    target = recipe.target(file)
    data = encoded(notice, recipe.form)
    try:
        whole.write(target, data, recipe.workshop)
    except OSError as error:
        if whole.fatal(error):
            raise whole.unwritable(target, error) from None
        raise _RefusedError(f"its output cannot be written ({error.strerror or error})") from None
    return len(data)


def _line(notice: Notice, file: File, recipe: Recipe) -> bytes:
    from notice_parser.render import encoded

    return encoded(notice, "jsonl")


def _rows(notice: Notice, file: File, recipe: Recipe) -> Rows:
    from notice_parser.batch.rows import rows

    return rows(notice)


def _record(notice: Notice, file: File, recipe: Recipe) -> bytes:
    from notice_parser.batch.columns import record

    return record(notice)


_PAYLOADS: dict[str, Callable[[Notice, File, Recipe], Any]] = {
    **dict.fromkeys(SUFFIXES, _written),
    "jsonl": _line,
    "sqlite": _rows,
    "parquet": _record,
}
