"""One file of lines: they are gathered in a neighbour, which takes its name when all are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from notice_parser.batch import whole
from notice_parser.batch.records import File, Outcome, Recipe, Task
from notice_parser.batch.register import Kept, Register, connect

_TABLES = """
CREATE TABLE IF NOT EXISTS gathered (bytes INTEGER NOT NULL);
CREATE TEMP TABLE lines (at INTEGER PRIMARY KEY, name TEXT NOT NULL, begin INTEGER NOT NULL, length INTEGER NOT NULL);
"""


class Lines:
    """A file of lines in the order of the archive.

    The neighbour is only ever added to, and what the register says of a line is believed if its bytes are the same.
    So whatever is lost in a crash is done again, and a run that is not disturbed writes every line once.
    """

    def __init__(self, target: Path, recipe: Recipe, *, force: bool) -> None:
        self._target = target
        self._part = target.with_name(f".{target.name}.part")
        self._db = connect(target.with_name(f".{target.name}.state"))
        self._register = Register(self._db, recipe.mark, force=force)
        self._db.executescript(f"{_TABLES}BEGIN")
        self._log = self._opened()
        self._old = self._target.open("rb") if self._target.is_file() else None
        self._ordered = 0  # so far the neighbour begins with the lines of this run, in order and without gaps

    def _opened(self) -> BinaryIO:
        """The neighbour, without what was written to it after the register was last kept."""
        log = self._part.open("ab+")
        log.truncate(min(self._size(), log.seek(0, 2)))
        return log

    def _size(self) -> int:
        row = self._db.execute("SELECT bytes FROM gathered").fetchone()
        return int(row[0]) if row else 0

    def claim(self, file: File) -> Task | None:
        """What is there counts if it is still what was written."""
        return self._register.claim(file, lambda kept: self._read(kept) is not None)

    def _read(self, kept: Kept) -> bytes | None:
        """The line that was kept, from the neighbour or the file of an earlier run."""
        for file in filter(None, (self._log, self._old)):
            line = _at(file, kept.begin, kept.length)
            if _proof(line) == kept.proof:
                return line
        return None

    def take(self, outcome: Outcome) -> None:
        """Add a line; one that stands in the neighbour stays where it is."""
        if outcome.status == "done":
            self._add(outcome, b"".join(outcome.payload))
        elif outcome.status == "skipped":
            self._keep(outcome)
        if self._register.is_due():
            self._save()

    def _keep(self, outcome: Outcome) -> None:
        kept = self._register.kept(outcome.file.name)
        if _proof(_at(self._log, kept.begin, kept.length)) == kept.proof:
            self._place(outcome.file.name, kept.begin, kept.length)
        else:
            self._add(outcome, self._read(kept) or b"")

    def _add(self, outcome: Outcome, line: bytes) -> None:
        begin = self._log.seek(0, 2)
        self._log.write(line)
        self._register.note(outcome, begin, len(line), _proof(line))
        self._place(outcome.file.name, begin, len(line))

    def _place(self, name: str, begin: int, length: int) -> None:
        self._db.execute("INSERT INTO lines (name, begin, length) VALUES (?, ?, ?)", (name, begin, length))
        if begin == self._ordered:
            self._ordered += length

    def _save(self) -> None:
        """First the lines, then what is said of them."""
        self._log.flush()
        self._db.execute("DELETE FROM gathered")
        self._db.execute("INSERT INTO gathered VALUES (?)", (self._log.seek(0, 2),))
        self._register.commit()

    def finish(self) -> None:
        """Let the file appear: the neighbour itself where it holds just these lines in order."""
        self._save()
        if not self.is_sorted():
            self._sort()
        whole.publish(self._part, self._target)
        self._log.close()
        self._db.execute("DELETE FROM gathered")

    def is_sorted(self) -> bool:
        """Whether the neighbour holds just the lines of this run in order."""
        return self._ordered == self._log.seek(0, 2)

    def _sort(self) -> None:
        """A neighbour anew, with the lines of this run and no others."""
        sorted_part = self._target.with_name(f".{self._target.name}.sorted")
        begin = 0
        with sorted_part.open("wb") as file:
            for name, line in self.lines():
                file.write(line)
                self._db.execute("UPDATE files SET begin = ? WHERE name = ?", (begin, name))
                begin += len(line)
        sorted_part.replace(self._part)
        self._log.close()
        self._log = self._part.open("ab+")

    def lines(self) -> Iterator[tuple[str, bytes]]:
        """The lines of this run in order, with the names of their files."""
        for name, begin, length in self._db.execute("SELECT name, begin, length FROM lines ORDER BY at"):
            yield name, _at(self._log, begin, length)

    def close(self) -> None:
        """Keep what was gathered."""
        with suppress(OSError, sqlite3.Error):  # what cannot be written was said when it was tried
            if not self._log.closed:
                self._save()
        for file in filter(None, (self._log, self._old)):
            with suppress(OSError):
                file.close()
        self._register.close()


def _at(file: BinaryIO, begin: int, length: int) -> bytes:
    file.seek(begin)
    return file.read(length)


def _proof(line: bytes) -> bytes:
    return blake2b(line, digest_size=8).digest()
