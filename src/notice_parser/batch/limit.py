"""Ends work that takes too long."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TextIO

_GRACE = 5.0
_AGAIN = 0.5
_SELDOM = 2.0  # seconds between signs of life, since each costs a thread; fewer than the grace


class OverdueError(BaseException):
    """The time is over; no `except Exception` on the way holds it up."""


class _Watch:
    """Ends the process when there was no sign of life for too long, whatever it is at."""

    def __init__(self, seconds: float, nowhere: TextIO) -> None:
        self._seconds, self._nowhere = seconds + _GRACE, nowhere
        self._seen = -_SELDOM

    def see(self) -> None:
        """A sign of life."""
        if monotonic() - self._seen >= _SELDOM:
            faulthandler.dump_traceback_later(self._seconds, exit=True, file=self._nowhere)
            self._seen = monotonic()


_watches: list[_Watch] = []


@contextmanager
def watched(seconds: float | None) -> Iterator[None]:
    """Code in the block that no signal reaches takes the process with it, a while after `seconds` in one `within`."""
    if not seconds or not _hears_signals():
        yield
        return
    with open(os.devnull, "w", encoding="ascii") as nowhere:  # noqa: PTH123 - the handle is what is wanted
        _watches.append(_Watch(seconds, nowhere))
        try:
            yield
        finally:
            _watches.pop()
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Raise `OverdueError` in the block when the seconds are over.

    In a process of its own by a signal, which reaches regular expressions too. In a thread of a cluster's worker
    between two steps of Python.
    """
    if not seconds:
        yield
    elif _hears_signals():
        yield from _by_signal(seconds)
    else:
        yield from _by_thread(seconds)


def _hears_signals() -> bool:
    return threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")


def _by_signal(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _overdue)
    for watch in _watches:
        watch.see()
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _overdue(*_: object) -> None:
    raise OverdueError


def _by_thread(seconds: float) -> Iterator[None]:
    thread, lock, over = threading.get_ident(), threading.Lock(), threading.Event()

    def interrupt() -> None:
        with lock:
            if not over.is_set():
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(OverdueError))

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        with lock:
            over.set()
