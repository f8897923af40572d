"""A Parquet file, a row a notice with its ledger inside; the extra `parquet` brings pyarrow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notice_parser.batch import whole
from notice_parser.batch.lines import Lines
from notice_parser.batch.records import Recipe, StoppedError

if TYPE_CHECKING:
    import pyarrow

    from notice_parser.model import Notice

_GROUP = 1000  # notices a row group; what is held at a time


def record(notice: Notice) -> bytes:
    """A notice as the line from which its row is made."""
    from notice_parser.batch.rows import rows
    from notice_parser.tasks import ledger

    head = dict(zip(_HEAD, rows(notice).notice, strict=True))
    tasks = [_task(row.model_dump(mode="json")) for row in ledger(notice)]
    return json.dumps({**head, "ledger": tasks}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


class Columns(Lines):
    """Gathers lines and makes the file of them; they stay beside it for the next run."""

    def __init__(self, target: Path, recipe: Recipe, *, force: bool) -> None:
        _schema()
        super().__init__(target, recipe, force=force)

    def finish(self) -> None:
        """Make the file and let it appear."""
        self._save()
        new = self._target.with_name(f".{self._target.name}.new")
        _write(new, (line for _, lines in self.lines() for line in lines.splitlines()))
        whole.publish(new, self._target)
        if not self.is_sorted():
            self._sort()
            self._save()


_HEAD = (
    *("name", "sha256", "format", "encoding", "characters", "title", "document_type", "document_number"),
    *("agency", "serial", "year", "issuers", "issued_on"),
)
_NUMBERS = ("characters", "year")
_TARGET_NUMBERS = ("value", "value_max")
_TARGET = (
    *("indicator", "verb", "comparator", "value", "value_max", "unit", "change", "deadline", "frequency"),
    *("baseline", "modality", "text"),
)


def _task(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the ledger; a target's deadline is its value, or what is printed."""
    return {**{name: row[name] for name in _TASK}, "targets": [_aim(target) for target in row["targets"]]}


_TASK = ("path", "citation", "headings", "text", "lead", "units", "inherited", "deadlines")


def _aim(target: dict[str, Any]) -> dict[str, Any]:
    due = target["deadline"] and (target["deadline"]["value"] or target["deadline"]["text"])
    return {**{name: target[name] for name in _TARGET}, "deadline": due}


def _write(path: Path, lines: Iterator[bytes]) -> None:
    """Row groups of `_GROUP` notices, one in memory at a time."""
    from pyarrow import Table
    from pyarrow.parquet import ParquetWriter

    schema = _schema()
    with ParquetWriter(path, schema, compression="zstd") as writer:
        while group := [json.loads(line) for line in islice(lines, _GROUP)]:
            writer.write_table(Table.from_pylist(group, schema=schema))


def _schema() -> pyarrow.Schema:
    try:
        import pyarrow as pa
    except ImportError:
        raise StoppedError("a .parquet file needs pyarrow: pip install 'notice-parse[parquet]'") from None
    text, number = pa.string(), pa.float64()
    target = pa.struct([(name, number if name in _TARGET_NUMBERS else text) for name in _TARGET])
    unit = pa.struct([("name", text), ("role", text)])
    task = pa.struct(
        [
            *(("path", text), ("citation", text), ("headings", pa.list_(text)), ("text", text)),
            *(("lead", pa.list_(text)), ("units", pa.list_(unit)), ("inherited", pa.bool_())),
            *(("deadlines", pa.list_(text)), ("targets", pa.list_(target))),
        ]
    )
    head = [(name, pa.int64() if name in _NUMBERS else text) for name in _HEAD]
    return pa.schema([*head, ("ledger", pa.list_(task))])
