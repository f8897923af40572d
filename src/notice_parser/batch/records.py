"""What goes through a batch: files found, how they are to be read, what became of each."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from notice_parser import __version__

Form = Literal["json", "yaml", "markdown", "jsonl", "sqlite", "parquet"]
Status = Literal["done", "skipped", "failed", "stopped"]

SUFFIXES: dict[str, str] = {"json": ".json", "yaml": ".yaml", "markdown": ".md"}
WORKSHOP = ".notice-parse.part"
_NOTHING: Mapping[str, int] = {}


class File(NamedTuple):
    """A file to read: `place` is its path in the archive, `name` the same as it can be printed.

    `problem` says why it cannot be read, where that is known beforehand.
    """

    path: str
    name: str
    place: str
    size: int
    problem: str | None = None


class Recipe(NamedTuple):
    """What is made of every file; `folder` is the tree that workers write to."""

    form: Form
    encoding: str | None = None
    folder: str | None = None
    timeout: float | None = None
    max_bytes: int = 64 << 20
    version: str = __version__

    @property
    def workshop(self) -> str:
        """Where workers make the files of the tree: what one that was killed leaves stands in no one's way."""
        return f"{self.folder}{os.sep}{WORKSHOP}"

    @property
    def mark(self) -> str:
        """What a result depends on beside the bytes of its file; work that bears another mark is done again."""
        return f"{self.version} {self.form} {self.encoding or 'any'}"

    def target(self, file: File) -> str:
        """Where the file's output stands in the tree."""
        return f"{self.folder}{os.sep}{file.place}{SUFFIXES[self.form]}"


class Task(NamedTuple):
    """A file, and the digest of the bytes whose result is there already; its bytes where a worker cannot see it."""

    file: File
    known: str | None = None
    data: bytes | None = None


class Outcome(NamedTuple):
    """What became of a file; a `stopped` one says why nothing more can be written.

    `payload` is what the destination takes of each notice in it: a line, rows, or the size of the file written;
    `failures` are the files of an archive that could not be read, while others could.
    """

    file: File
    status: Status
    seconds: float = 0.0
    digest: str = ""
    payload: tuple[Any, ...] = ()
    counts: Mapping[str, int] = _NOTHING
    diagnostics: Mapping[str, int] = _NOTHING
    error: str | None = None
    failures: tuple[Outcome, ...] = ()


class StoppedError(Exception):
    """Nothing more can be done: a full disk, a read-only folder, another run in the same place, a lost cluster."""


class WorkerLostError(Exception):
    """A worker died over its files."""
