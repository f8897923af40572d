"""Questions to an SQLite archive: words, units, roles, years, issuers, time limits."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from notice_parser.batch.archive import APPLICATION, SCHEMA, head
from notice_parser.batch.records import StoppedError
from notice_parser.batch.rows import last_day
from notice_parser.batch.sources import printable
from notice_parser.source import fold

_TRIGRAM = 3


class Question(NamedTuple):
    """What is asked: words that all stand in an item, and who, when, by whom; `*` in a unit's name is any words."""

    words: str = ""
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    issuer: str | None = None
    deadline_before: str | None = None
    limit: int | None = None


class Hit(NamedTuple):
    """An item, or what one of its clauses covers, with those who answer for it."""

    notice: str
    title: str | None
    document_number: str | None
    issuers: str
    year: int | None
    path: str
    citation: str
    heading: str | None
    text: str
    units: list[dict[str, str]]
    inherited: bool
    deadlines: list[str]
    targets: list[str]


class _Condition(NamedTuple):
    sql: str
    values: tuple[Any, ...] = ()


_HITS = """
SELECT notices.name, notices.title, notices.document_number, notices.issuers, notices.year, items.path, items.citation,
    items.heading, coalesce(responsibilities.text, items.text),
    (SELECT json_group_array(json_object('name', name, 'role', role)) FROM
        (SELECT name, role FROM units WHERE responsibility_id = responsibilities.id ORDER BY position)),
    coalesce(responsibilities.inherited, 0),
    (SELECT json_group_array(value) FROM
        (SELECT value FROM deadlines WHERE responsibility_id = responsibilities.id ORDER BY position)),
    (SELECT json_group_array(text) FROM
        (SELECT text FROM targets WHERE responsibility_id = responsibilities.id ORDER BY position))
FROM items JOIN notices ON notices.id = items.notice_id
{join} responsibilities ON responsibilities.item_id = items.id
WHERE {conditions} ORDER BY notices.id, items.id, responsibilities.id LIMIT ?
"""

_LIKE = "SELECT name FROM units WHERE instr(name, ?) > 0 GROUP BY name ORDER BY count(*) DESC, name LIMIT 5"


def search(path: Path, question: Question) -> Iterator[Hit]:
    """What answers the question, in the order of the archive."""
    db = _opened(path)
    conditions = _conditions(question)
    assigned = any("responsibilities.id" in condition.sql for condition in conditions)
    query = _HITS.format(
        join="JOIN" if assigned else "LEFT JOIN",
        conditions=" AND ".join(condition.sql for condition in conditions) or "TRUE",
    )
    values = [value for condition in conditions for value in condition.values]
    try:
        for row in db.execute(query, (*values, -1 if question.limit is None else question.limit)):
            yield _hit(row)
    except sqlite3.Error as error:
        raise StoppedError(f"{printable(str(path))}: cannot be read ({error})") from None
    finally:
        db.close()


def unknown(path: Path, units: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Those of the units that nobody in the archive is called, each with the commonest names that contain it."""
    db = _opened(path)
    try:
        for unit in units:
            if not db.execute("SELECT 1 FROM units WHERE name GLOB ? LIMIT 1", (_glob(unit),)).fetchone():
                yield unit, tuple(name for (name,) in db.execute(_LIKE, (unit.strip("*"),)))
    finally:
        db.close()


def _hit(row: tuple[Any, ...]) -> Hit:
    return Hit._make((*row[:9], json.loads(row[9]), bool(row[10]), json.loads(row[11]), json.loads(row[12])))


def _opened(path: Path) -> sqlite3.Connection:
    shown = printable(str(path))
    if not path.is_file():
        raise StoppedError(f"{shown}: no such archive; make one with `notice-parse batch FOLDER -o {shown}`")
    try:
        db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        found = head(db)
    except sqlite3.Error as error:
        raise StoppedError(f"{shown}: cannot be read ({error})") from None
    if found != (APPLICATION, SCHEMA):
        raise StoppedError(f"{shown}: is no archive of this program; make one with `notice-parse batch`")
    return db


# Conditions


def _conditions(question: Question) -> list[_Condition]:
    return [
        *_worded(question.words),
        *_named(question),
        *([_Condition(f"notices.year IN ({_marks(question.years)})", question.years)] if question.years else ()),
        *([_Condition("instr(notices.issuers, ?) > 0", (question.issuer,))] if question.issuer else ()),
        *([_due(question.deadline_before)] if question.deadline_before else ()),
    ]


def _worded(words: str) -> Iterator[_Condition]:
    """Each word stands in the item; the index knows none shorter than three characters, these are looked for."""
    terms = fold(words).split()
    long = [term for term in terms if len(term) >= _TRIGRAM]
    if long:
        query = " AND ".join('"' + term.replace('"', '""') + '"' for term in long)
        yield _Condition("items.id IN (SELECT rowid FROM full_text WHERE full_text MATCH ?)", (query,))
    for term in terms:
        if len(term) < _TRIGRAM:
            yield _Condition(
                "instr((SELECT lower(words) FROM full_text WHERE rowid = items.id), lower(?)) > 0", (term,)
            )


def _named(question: Question) -> Iterator[_Condition]:
    """One unit with its role: a unit that supports does not answer the question who leads."""
    if question.units or question.roles:
        names = [_Condition("name GLOB ?", (_glob(name),)) for name in question.units]
        alternatives = [f"({' OR '.join(name.sql for name in names)})"] if names else []
        alternatives += [f"role IN ({_marks(question.roles)})"] if question.roles else []
        chosen = f"SELECT responsibility_id FROM units WHERE {' AND '.join(alternatives)}"
        yield _Condition(f"responsibilities.id IN ({chosen})", (*map(_glob, question.units), *question.roles))


def _due(before: str) -> _Condition:
    last = last_day(before)
    return _Condition("responsibilities.id IN (SELECT responsibility_id FROM deadlines WHERE last_day <= ?)", (last,))


def _glob(name: str) -> str:
    """A name as a pattern: a star is any words, and nothing else means anything."""
    return re.sub(r"[\[\]?]", lambda mark: f"[{mark[0]}]", name)


def _marks(values: tuple[Any, ...]) -> str:
    return ", ".join("?" * len(values))
