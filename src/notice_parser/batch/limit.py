"""Ends work that takes too long."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_GRACE = 5.0
_AGAIN = 0.5


class OverdueError(BaseException):
    """The time is over; no `except Exception` on the way holds it up."""


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Raise `OverdueError` in the block when the seconds are over.

    In a process of its own by a signal, which reaches regular expressions too; code that even this does not reach
    takes the process with it. In a thread of a cluster's worker between two steps of Python.
    """
    if not seconds:
        yield
    elif threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        yield from _by_signal(seconds)
    else:
        yield from _by_thread(seconds)


def _by_signal(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _overdue)
    with open(os.devnull, "w", encoding="ascii") as nowhere:  # noqa: PTH123 - the handle is what is wanted
        faulthandler.dump_traceback_later(seconds + _GRACE, exit=True, file=nowhere)
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            faulthandler.cancel_dump_traceback_later()
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
