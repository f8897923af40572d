"""A tree of files, one a notice, in the folders of the archive; workers write it."""

from __future__ import annotations

from pathlib import Path
from shutil import rmtree

from notice_parser.batch.records import File, Outcome, Recipe, Task
from notice_parser.batch.register import Kept, Register, connect

STATE = ".notice-parse.state"


class Tree:
    """A folder; what is in it is kept in a file of its own there."""

    def __init__(self, folder: Path, recipe: Recipe, *, force: bool) -> None:
        self._recipe = recipe
        folder.mkdir(parents=True, exist_ok=True)
        self._register = Register(connect(folder / STATE), recipe.mark, force=force)
        self._sweep()
        Path(recipe.workshop).mkdir()

    def _sweep(self) -> None:
        """Take away the workshop, with what a worker that was killed has left in it."""
        rmtree(self._recipe.workshop, ignore_errors=True)

    def claim(self, file: File) -> Task | None:
        """What is there counts if it still has its size."""
        return self._register.claim(file, lambda kept: self._has(file, kept))

    def _has(self, file: File, kept: Kept) -> bool:
        try:
            return _size(self._recipe.target(file), Path(self._recipe.folder or "", file.place)) == kept.length
        except OSError:
            return False

    def take(self, outcome: Outcome) -> None:
        """Note what a worker has written."""
        if outcome.status == "done":
            self._register.note(outcome, length=sum(outcome.payload))
        if self._register.is_due():
            self._register.commit()

    def finish(self) -> None:
        """Every file is whole as it is."""

    def close(self) -> None:
        """Keep what was noted."""
        self._sweep()
        self._register.close()


def _size(target: str, folder: Path) -> int:
    """The bytes written for a file; those of an archive's files stand in a folder of its name."""
    if folder.is_dir():
        return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return Path(target).stat().st_size
