"""The run: files in, outcomes out in the same order, with a bounded amount of work on its way."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from notice_parser.batch.destinations import Destination
from notice_parser.batch.executors import Chunk, Executor, Outcomes, Pending
from notice_parser.batch.records import File, Outcome, StoppedError, Task, WorkerLostError
from notice_parser.batch.register import stopped
from notice_parser.batch.whole import unwritable

# A worker's answer costs about as much as a tenth of a notice, so it answers for several; what is on its way is bounded
# by their number and, in bytes, by what a giant among them may have.
_FILES = 8
_BYTES = 256 << 10
_AHEAD = 6
_LOST = "its worker died over it (a crash, or out of memory), twice"


class _Given(NamedTuple):
    chunk: Chunk
    pending: Pending


def run(files: Iterable[File], destination: Destination, executor: Executor) -> Iterator[Outcome]:
    """The outcome of each file in order, once it is kept; raises `StoppedError` where no more can be kept."""
    waiting: deque[_Given] = deque()
    for chunk in _chunks(filter(None, map(destination.claim, files))):
        waiting.append(_Given(chunk, executor.submit(chunk)))
        if len(waiting) >= _AHEAD * executor.slots:
            yield from _settled(waiting.popleft(), destination, executor)
    while waiting:
        yield from _settled(waiting.popleft(), destination, executor)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What goes wrong with a destination at `path` ends the run in one line."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from None
    except sqlite3.Error as error:
        raise stopped(path, error) from None


def _chunks(tasks: Iterable[Task]) -> Iterator[Chunk]:
    chunk: list[Task] = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += task.file.size
        if len(chunk) == _FILES or size > _BYTES:
            yield tuple(chunk)
            chunk, size = [], 0
    if chunk:
        yield tuple(chunk)


def _settled(given: _Given, destination: Destination, executor: Executor) -> Iterator[Outcome]:
    for outcome in _outcomes(given, executor):
        if outcome.status == "stopped":
            raise StoppedError(outcome.error)
        destination.take(outcome)
        yield outcome._replace(payload=())
        yield from outcome.failures


def _outcomes(given: _Given, executor: Executor) -> Outcomes:
    """The outcomes of some files; where a worker died over them, each is tried once more by itself."""
    try:
        return given.pending.result()
    except WorkerLostError:
        return tuple(_alone(task, executor) for task in given.chunk)


def _alone(task: Task, executor: Executor) -> Outcome:
    try:
        return executor.submit((task,)).result()[0]
    except WorkerLostError:
        return Outcome(task.file, "failed", error=_LOST)
