"""Work that goes wrong where a file asks for it: the worker leaves, crashes or hangs."""

import ctypes
import os
import time

from notice_parser.batch import work as real

_read = real._notice


def _exit():
    os._exit(3)


def _crash():
    ctypes.string_at(0)


def _hang():
    while True:
        pass


def _stick():
    sum(range(10**13))  # one step of Python: no handler of a signal is heard before it ends


def _sleep():
    time.sleep(60)


FAULTS = {b"exit": _exit, b"crash": _crash, b"hang": _hang, b"stick": _stick, b"sleep": _sleep}


def _notice(data, name, recipe):
    for word, fault in FAULTS.items():
        if word in data:
            fault()
    return _read(data, name, recipe)


def work(tasks, recipe):
    """The batch's own work, but for the files that ask for a fault."""
    real._notice = _notice
    return real.work(tasks, recipe)
