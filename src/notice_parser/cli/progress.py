"""What a batch tells while it runs, on standard error: a bar on a terminal, a line a failure, a summary."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from notice_parser.batch.records import Outcome

_WORDS = {"done": "done", "skipped": "done before", "failed": "failed"}


class Progress:
    """Counts outcomes and shows them; `count` says how many files there are, and may take its time."""

    def __init__(self, count: Callable[[], int] | None) -> None:
        self._began = monotonic()
        self._seen: Counter[str] = Counter()
        self._bar = _bar() if sys.stderr.isatty() else None
        if self._bar:
            self._task = self._bar.add_task("", total=None, failed=0)
            self._bar.start()
            Thread(target=self._know, args=(count,), daemon=True).start()

    def _know(self, count: Callable[[], int] | None) -> None:
        if self._bar and count:
            self._bar.update(self._task, total=count())

    @property
    def failed(self) -> int:
        """How many files could not be read."""
        return self._seen["failed"]

    def add(self, outcome: Outcome) -> None:
        """One file more; a failure is told."""
        self._seen[outcome.status] += 1
        if outcome.error:
            self.tell(f"{outcome.file.name}: {outcome.error}")
        if self._bar:
            self._bar.update(self._task, advance=1, failed=self.failed)

    def tell(self, message: str) -> None:
        """One line, above the bar."""
        if self._bar:
            self._bar.console.print(f"notice-parse: {message}", markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(f"notice-parse: {message}", err=True)

    def stop(self) -> None:
        """Take the bar away and sum up."""
        if self._bar:
            self._bar.stop()
        seconds, total = monotonic() - self._began, self._seen.total()
        parts = ", ".join(f"{self._seen[status]} {word}" for status, word in _WORDS.items() if self._seen[status])
        rate = f"{total / seconds:.0f} files/s" if seconds else ""
        click.echo(f"{total} files: {parts or 'none done'}; {seconds:.1f} s, {rate}", err=True)


def _bar() -> Bar:
    """Files, rate, time left, failures."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        """Files a second of late."""

        def render(self, task: Task) -> Text:
            """The rate as far as it is known."""
            return Text(f"{task.speed:.0f} files/s" if task.speed else "")

    failures = TextColumn("{task.fields[failed]} failed")
    columns = (MofNCompleteColumn(), BarColumn(), Rate(), TimeRemainingColumn(), failures)
    return Progress(*columns, console=Console(stderr=True), transient=True)
