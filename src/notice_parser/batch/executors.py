"""Who does the work: processes of this machine, or a cluster; both lose workers and lose nothing by it."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import warnings
from collections import deque
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from notice_parser.batch.records import Outcome, Recipe, StoppedError, Task, WorkerLostError
from notice_parser.batch.work import packed, work
from notice_parser.garbage import collect_rarely

if TYPE_CHECKING:
    import distributed

Chunk = tuple[Task, ...]
Outcomes = tuple[Outcome, ...]

_PATIENCE = 10  # seconds for a scheduler to answer
# A fork server starts a worker in milliseconds and, unlike a fork, is safe beside threads.
_START = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_LOADED = ["notice_parser.batch.work", "notice_parser.reading", "notice_parser.render.json"]


class Pending(Protocol):
    """Work that has been given out."""

    def result(self) -> Outcomes:
        """Wait for the outcomes; `WorkerLostError` where a worker died over just this work."""


class Executor(Protocol):
    """Gives work to workers; `slots` of them work at the same time."""

    @property
    def slots(self) -> int:
        """How many workers there are."""

    def submit(self, chunk: Chunk) -> Pending:
        """Give out some files; never waits."""

    def close(self) -> None:
        """Let the workers go, also those that hang."""


# Processes


class LocalPool:
    """Processes of this machine, each a pool of one: when one dies, it is known over what."""

    def __init__(self, workers: int, recipe: Recipe) -> None:
        multiprocessing.set_forkserver_preload(_LOADED)
        self._lanes = [_Lane(recipe) for _ in range(workers)]

    @property
    def slots(self) -> int:
        """The number of processes."""
        return len(self._lanes)

    def submit(self, chunk: Chunk) -> Pending:
        """Give the files to the process with the least to do."""
        return min(self._lanes, key=_Lane.load).submit(chunk)

    def close(self) -> None:
        """End all processes."""
        for lane in self._lanes:
            lane.close()


class _Given:
    """Work given to a lane; another process of the lane takes it over when the first dies over other work."""

    def __init__(self, lane: _Lane, chunk: Chunk) -> None:
        self._lane, self.chunk = lane, chunk
        self.future: Future[Outcomes] | None = None

    def result(self) -> Outcomes:
        while self.future is not None:
            try:
                return self.future.result()
            except BrokenExecutor:
                self._lane.mend()
        raise WorkerLostError

    def is_done(self) -> bool:
        """Whether the outcomes are there."""
        return self.future is None or (self.future.done() and self.future.exception() is None)


class _Lane:
    """One process and the work given to it, in order."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self._given: deque[_Given] = deque()
        self._start()

    def _start(self) -> None:
        """A process that ends when its line to this one is cut, by `close` or by the death of this one."""
        context = multiprocessing.get_context(_START)
        line, self._line = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_begin, initargs=(line,))

    def load(self) -> int:
        """How much of the work is not done."""
        while self._given and self._given[0].is_done():
            self._given.popleft()
        return len(self._given)

    def submit(self, chunk: Chunk) -> _Given:
        given = _Given(self, chunk)
        self._given.append(given)
        self._give(given)
        return given

    def _give(self, given: _Given) -> None:
        try:
            given.future = self._pool.submit(work, given.chunk, self._recipe)
        except BrokenExecutor:
            given.future = Future()
            given.future.set_exception(BrokenExecutor())
            self.mend()
        except OSError as error:
            raise StoppedError(f"no worker can be started ({error.strerror or error})") from None

    def mend(self) -> None:
        """A new process for the dead one; the work it died over is lost, what was to follow is given again."""
        left = [given for given in self._given if not given.is_done()]
        self.close()
        self._start()
        self._given = deque(left[1:])
        left[0].future = None
        for given in left[1:]:
            self._give(given)

    def close(self) -> None:
        self._line.close()
        self._pool.shutdown(wait=False, cancel_futures=True)


def _begin(line: Connection) -> None:
    """A worker leaves Ctrl-C to the process that gives it work, and goes when that one is gone."""
    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for_end, args=(line,), daemon=True).start()


def _wait_for_end(line: Connection) -> None:
    line.poll(None)  # nothing is ever sent: what can be read is the end
    os._exit(1)


# A cluster


class Cluster:
    """Workers of a Dask cluster, which see the same files as this machine, or are sent them."""

    def __init__(self, scheduler: str, recipe: Recipe, *, send: bool = False) -> None:
        try:
            import distributed
        except ImportError:
            raise StoppedError("--executor dask needs distributed: pip install 'notice-parse[dask]'") from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # a lost worker is no news, it is replaced
        folder = recipe.folder and str(Path(recipe.folder).absolute())
        self._recipe, self._send = recipe._replace(folder=folder), send
        try:
            self._client = distributed.Client(scheduler, set_as_default=False, timeout=_PATIENCE)
        except (OSError, ValueError) as error:
            raise StoppedError(f"{scheduler}: no Dask scheduler answers ({type(error).__name__})") from None

    @property
    def slots(self) -> int:
        """The number of threads of all workers."""
        return sum(self._client.nthreads().values()) or 1

    def submit(self, chunk: Chunk) -> Pending:
        """Give the files to the cluster, which gives them again when it loses a worker."""
        tasks = tuple(packed(task, self._recipe) if self._send else _from_root(task) for task in chunk)
        with warnings.catch_warnings(action="ignore"):  # a large file is no mistake
            return _Remote(self._client.submit(work, tasks, self._recipe, pure=False))

    def close(self) -> None:
        """Take leave; the cluster stays."""
        self._client.close(timeout=_PATIENCE)


def _from_root(task: Task) -> Task:
    """The task for a worker that stands in another folder."""
    return task._replace(file=task.file._replace(path=str(Path(task.file.path).absolute())))


class _Remote(NamedTuple):
    future: distributed.Future[Outcomes]

    def result(self) -> Outcomes:
        from distributed import KilledWorker

        try:
            outcomes: Outcomes = self.future.result()
        except KilledWorker:
            raise WorkerLostError from None
        except (CancelledError, OSError) as error:
            raise StoppedError(f"the Dask cluster is gone ({type(error).__name__})") from None
        return outcomes
