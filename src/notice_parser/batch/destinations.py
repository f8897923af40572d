"""Where the results go: a tree of files, lines, a database; each knows what it holds and takes results in order."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol

from notice_parser.batch.records import File, Form, Outcome, Recipe, Task

FORMS: dict[str, Form] = {
    ".jsonl": "jsonl",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".parquet": "parquet",
}
# Imported when asked for: each brings libraries of its own.
_ROOMS = {"jsonl": "lines.Lines", "sqlite": "archive.Archive", "parquet": "columns.Columns"}


class Destination(Protocol):
    """Takes the outcomes of files in the order in which they were claimed."""

    def __init__(self, target: Path, recipe: Recipe, *, force: bool) -> None:
        """What is at `target`, with what an earlier run left there; `force` leaves that out of account."""

    def claim(self, file: File) -> Task | None:
        """The work there is with a file; none where this run has had it."""

    def take(self, outcome: Outcome) -> None:
        """Keep a result, or what is there of a file that has not changed."""

    def finish(self) -> None:
        """All files have been taken: let the whole appear."""

    def close(self) -> None:
        """Let go; what was taken is there for the next run."""


def open_destination(target: Path, recipe: Recipe, *, force: bool) -> Destination:
    """The destination for what the recipe makes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    room, _, name = _ROOMS.get(recipe.form, "tree.Tree").partition(".")
    kind: type[Destination] = getattr(import_module(f"notice_parser.batch.{room}"), name)
    return kind(target, recipe, force=force)
