"""The report of a run: a line of JSON a file, in a file that is whole also where the run is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from notice_parser.batch import whole
from notice_parser.batch.records import Outcome, StoppedError
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
            with self._writing():
                self._file.write(json.dumps({key: record[key] for key in _KEYS}, ensure_ascii=False) + "\n")

    def close(self) -> None:
        """Let the report appear, if all of it could be written."""
        if self._file and self._part:
            with self._writing():
                self._file.close()
                whole.publish(self._part, self._path)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Ends the run where the report takes no more; what there is of it goes."""
        try:
            with told(self._path):
                yield
        except StoppedError:
            self._drop()
            raise

    def _drop(self) -> None:
        part, file, self._part, self._file = self._part, self._file, None, None
        with suppress(OSError):
            if file:
                file.close()
        if part:
            part.unlink(missing_ok=True)


_KEYS = ("name", "status", "seconds", "counts", "diagnostics", "error")
