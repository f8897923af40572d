"""What a destination holds already: of which file, by what recipe, and where."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from notice_parser.batch.records import File, Outcome, StoppedError, Task
from notice_parser.batch.sources import printable

_TABLES = """
CREATE TABLE IF NOT EXISTS files (
    name TEXT PRIMARY KEY, path BLOB NOT NULL, digest TEXT NOT NULL, mark TEXT NOT NULL,
    begin INTEGER NOT NULL, length INTEGER NOT NULL, proof BLOB NOT NULL
) WITHOUT ROWID;
CREATE TEMP TABLE seen (name TEXT PRIMARY KEY, path BLOB NOT NULL) WITHOUT ROWID;
"""
_SECOND = 1.0
_Found = tuple[Any, ...]


class Kept(NamedTuple):
    """A result that is there: the digest of its file, where it stands, and the digest of itself."""

    digest: str
    begin: int
    length: int
    proof: bytes


def connect(path: Path) -> sqlite3.Connection:
    """A database that this run alone has open; what was not committed is gone after a crash, the rest is there."""
    try:
        connection = sqlite3.connect(path, timeout=_SECOND, isolation_level=None)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        raise stopped(path, error) from None
    return connection


def stopped(path: Path, error: sqlite3.Error) -> StoppedError:
    """The error that ends a run, in one line."""
    if "locked" in str(error):
        return StoppedError(f"{printable(str(path))}: another run is writing there; wait for its end")
    return StoppedError(f"{printable(str(path))}: cannot be written ({error})")


class Register:
    """The files of a destination; a file is claimed before it is read and noted when its result is there."""

    def __init__(self, connection: sqlite3.Connection, mark: str, *, force: bool) -> None:
        self._db, self._mark, self._force = connection, mark, force
        self._db.executescript(f"{_TABLES}BEGIN")
        self._committed = monotonic()

    def claim(self, file: File, holds: Callable[[Kept], bool]) -> Task | None:
        """The work there is with a file: none where this run has had it, less where its result is there."""
        path = os.fsencode(Path(file.path).absolute())
        before = self._one("SELECT path FROM seen WHERE name = ?", file.name)
        if before:
            return None if before[0] == path else _taken(file, before[0])
        self._db.execute("INSERT INTO seen VALUES (?, ?)", (file.name, path))
        row = self._one("SELECT path, mark, digest, begin, length, proof FROM files WHERE name = ?", file.name)
        if row and row[0] != path and _is_another(row[0], path):
            return _taken(file, row[0])
        return Task(file, self._known(row, holds))

    def _known(self, row: _Found | None, holds: Callable[[Kept], bool]) -> str | None:
        if row is None or self._force or row[1] != self._mark:
            return None
        kept = Kept._make(row[2:])
        return kept.digest if holds(kept) else None

    def kept(self, name: str) -> Kept:
        """What is there of a file."""
        return Kept._make(self._one("SELECT digest, begin, length, proof FROM files WHERE name = ?", name) or ())

    def note(self, outcome: Outcome, begin: int = 0, length: int = 0, proof: bytes = b"") -> None:
        """The result of a file is there; an archive of which something failed is tried again."""
        if outcome.failures:
            return
        path = os.fsencode(Path(outcome.file.path).absolute())
        row = (outcome.file.name, path, outcome.digest, self._mark, begin, length, proof)
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def is_due(self) -> bool:
        """Whether it is time to commit."""
        return monotonic() - self._committed > _SECOND

    def commit(self) -> None:
        """What was noted survives."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")
        self._committed = monotonic()

    def close(self) -> None:
        """Keep what was noted, as far as the disk allows, and let go."""
        with suppress(sqlite3.Error):
            self._db.execute("COMMIT")
        self._db.close()

    def _one(self, query: str, name: str) -> _Found | None:
        row: _Found | None = self._db.execute(query, (name,)).fetchone()
        return row


def _is_another(known: bytes, path: bytes) -> bool:
    """Whether a known path still leads to a file, and to another one."""
    try:
        return not Path(os.fsdecode(known)).samefile(os.fsdecode(path))
    except OSError:
        return False


def _taken(file: File, other: bytes) -> Task:
    said = printable(os.fsdecode(other))
    return Task(file._replace(problem=f"has the name of {said}, which is in there; give their folders in one run"))
