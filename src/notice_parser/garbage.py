"""How often a process of our own looks for garbage."""

from __future__ import annotations

import gc

_RARELY = 100_000  # new values before the youngest are looked through; Python's own 700 are a line or two of a notice


def collect_rarely() -> None:
    """What is read holds no cycles, so there is little to collect; looking for it takes a seventh of the time."""
    gc.set_threshold(_RARELY)
