"""An SQLite archive: notices, items and the ledger as tables, with an index of the full text."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from notice_parser.batch import whole
from notice_parser.batch.records import File, Outcome, Recipe, StoppedError, Task
from notice_parser.batch.register import Register, connect, stopped
from notice_parser.batch.rows import Rows, Value
from notice_parser.batch.sources import printable

APPLICATION = 0x676F6E67  # "gong", in the head of the file
SCHEMA = 1

_TABLES = f"""
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {SCHEMA};
CREATE TABLE notices (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, format TEXT NOT NULL,
    encoding TEXT NOT NULL, characters INTEGER NOT NULL, title TEXT, document_type TEXT, document_number TEXT,
    agency TEXT, serial TEXT, year INTEGER, issuers TEXT NOT NULL, issued_on TEXT
);
CREATE TABLE items (
    id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notices ON DELETE CASCADE,
    parent_id INTEGER REFERENCES items ON DELETE CASCADE, path TEXT NOT NULL, kind TEXT NOT NULL, style TEXT,
    level INTEGER NOT NULL, marker TEXT, heading TEXT, citation TEXT NOT NULL, text TEXT NOT NULL,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL, UNIQUE (notice_id, path)
);
CREATE TABLE responsibilities (
    id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notices ON DELETE CASCADE,
    item_id INTEGER NOT NULL REFERENCES items ON DELETE CASCADE, text TEXT NOT NULL, inherited INTEGER NOT NULL,
    span_start INTEGER NOT NULL, span_end INTEGER NOT NULL
);
CREATE TABLE units (
    responsibility_id INTEGER NOT NULL REFERENCES responsibilities ON DELETE CASCADE, position INTEGER NOT NULL,
    name TEXT NOT NULL, role TEXT NOT NULL, PRIMARY KEY (responsibility_id, position)
) WITHOUT ROWID;
CREATE TABLE deadlines (
    responsibility_id INTEGER NOT NULL REFERENCES responsibilities ON DELETE CASCADE, position INTEGER NOT NULL,
    value TEXT NOT NULL, last_day TEXT, PRIMARY KEY (responsibility_id, position)
) WITHOUT ROWID;
CREATE TABLE targets (
    responsibility_id INTEGER NOT NULL REFERENCES responsibilities ON DELETE CASCADE, position INTEGER NOT NULL,
    indicator TEXT NOT NULL, verb TEXT, comparator TEXT NOT NULL, value NUMERIC NOT NULL, value_max NUMERIC,
    unit TEXT NOT NULL, change TEXT, deadline TEXT, frequency TEXT, baseline TEXT, modality TEXT,
    magnitude NUMERIC, magnitude_unit TEXT, text TEXT NOT NULL, PRIMARY KEY (responsibility_id, position)
) WITHOUT ROWID;
CREATE INDEX notices_by_year ON notices (year);
CREATE INDEX items_by_parent ON items (parent_id);
CREATE INDEX responsibilities_by_notice ON responsibilities (notice_id);
CREATE INDEX responsibilities_by_item ON responsibilities (item_id);
CREATE INDEX units_by_name ON units (name, role);
CREATE INDEX deadlines_by_day ON deadlines (last_day);
CREATE VIRTUAL TABLE full_text USING fts5 (words, tokenize = 'trigram', columnsize = 0);
"""
_NOTICE = (
    "name, sha256, format, encoding, characters, title, document_type, document_number, agency, serial, year, issuers, "
    "issued_on"
)


class Archive:
    """A database; the first run makes it beside its place, later ones bring it up to date where it stands."""

    def __init__(self, target: Path, recipe: Recipe, *, force: bool) -> None:
        self._target = target
        self._part = target.with_name(f".{target.name}.part")
        self._path = target if target.exists() else self._part
        self._db = connect(self._path)
        _prepare(self._db, self._path)
        self._register = Register(self._db, recipe.mark, force=force)
        self._db.execute("PRAGMA cache_size = -65536")
        self._last = {table: _greatest(self._db, table) for table in ("notices", "items", "responsibilities")}

    def claim(self, file: File) -> Task | None:
        """What is there counts."""
        return self._register.claim(file, lambda kept: True)

    def take(self, outcome: Outcome) -> None:
        """Put a notice into the tables, in the place of an earlier reading of the same file."""
        if outcome.status == "done":
            self._drop_below(outcome.file.name)
            for rows in outcome.payload:
                self._put(rows)
            self._register.note(outcome)
        if self._register.is_due():
            self._register.commit()

    def _put(self, rows: Rows) -> None:
        notice = self._cleared(rows) or self._added(rows)
        items = self._numbers("items", len(rows.items))
        tasks = self._numbers("responsibilities", len(rows.responsibilities))
        self._insert(
            "items", [(n, notice, _of(up, items), *row) for n, (up, row) in zip(items, rows.items, strict=True)]
        )
        self._insert("full_text (rowid, words)", list(zip(items, rows.words, strict=True)))
        numbered = zip(tasks, rows.responsibilities, strict=True)
        self._insert("responsibilities", [(n, notice, items[row[0]], *row[1:]) for n, row in numbered])
        for table in ("units", "deadlines", "targets"):
            self._insert(table, [(tasks[at], *row) for at, row in getattr(rows, table)])

    def _drop_below(self, name: str) -> None:
        """Take out the notices of a ZIP archive, which may hold others now."""
        below = self._db.execute("SELECT id FROM notices WHERE name >= ? AND name < ?", (f"{name}/", f"{name}0"))
        for number in below.fetchall():
            self._clear(number)
            self._db.execute("DELETE FROM notices WHERE id = ?", number)

    def _cleared(self, rows: Rows) -> int | None:
        """The number of a notice that is there, of which nothing but the number stays."""
        found = self._db.execute("SELECT id FROM notices WHERE name = ?", rows.notice[:1]).fetchone()
        if found is None:
            return None
        self._clear(found)
        values = ", ".join("?" * len(rows.notice))
        self._db.execute(f"UPDATE notices SET ({_NOTICE}) = ({values}) WHERE id = ?", (*rows.notice, *found))
        return int(found[0])

    def _clear(self, number: tuple[int, ...]) -> None:
        """Take out what stands below a notice."""
        self._db.execute("DELETE FROM full_text WHERE rowid IN (SELECT id FROM items WHERE notice_id = ?)", number)
        self._db.execute("DELETE FROM items WHERE notice_id = ?", number)

    def _added(self, rows: Rows) -> int:
        number = self._numbers("notices", 1)[0]
        self._insert("notices", [(number, *rows.notice)])
        return number

    def _numbers(self, table: str, count: int) -> range:
        """The next numbers of a table: the same in every run over the same files."""
        first = self._last[table] + 1
        self._last[table] += count
        return range(first, first + count)

    def _insert(self, table: str, rows: Sequence[Sequence[Value]]) -> None:
        if rows:
            self._db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    def finish(self) -> None:
        """One file again, and where it is new let it appear."""
        self._db.execute("COMMIT")
        self._db.execute("PRAGMA journal_mode = DELETE")
        self._register.close()
        if self._path != self._target:
            whole.publish(self._path, self._target)

    def close(self) -> None:
        """Keep what was put in."""
        self._register.close()


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    """Make the tables of a new database; another program's is left alone."""
    try:
        if head(db) == (APPLICATION, SCHEMA):
            return
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise StoppedError(f"{printable(str(path))}: is another program's database or version; name a new file")
        db.executescript(f"BEGIN;{_TABLES}COMMIT;BEGIN")
    except sqlite3.Error as error:
        raise stopped(path, error) from None


def head(db: sqlite3.Connection) -> tuple[int, int]:
    """Whose database it is, and the version of its tables."""
    application, version = (db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version"))
    return application, version


def _greatest(db: sqlite3.Connection, table: str) -> int:
    return int(db.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0])


def _of(place: int | None, numbers: range) -> int | None:
    return None if place is None else numbers[place]
