"""The report of a run: a line of JSON a file, in a file that is whole also where the run is not."""

from __future__ import annotations

import json
from pathlib import Path

from notice_parser.batch import whole
from notice_parser.batch.records import Outcome
from notice_parser.batch.run import told


class Report:
    """Writes what became of each file; without a path it writes nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path or Path()
        self._part = path.with_name(f".{path.name}.part") if path else None
        with told(self._path):
            self._file = self._part.open("w", encoding="utf-8") if self._part else None

    def add(self, outcome: Outcome) -> None:
        """What became of a file."""
        if self._file:
            record = {"name": outcome.file.name, **outcome._asdict()}
            with told(self._path):
                self._file.write(json.dumps({key: record[key] for key in _KEYS}, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Let the report appear."""
        if self._file and self._part:
            with told(self._path):
                self._file.close()
                whole.publish(self._part, self._path)


_KEYS = ("name", "status", "seconds", "counts", "diagnostics", "error")
