"""Finds the files of an archive, always in the same order; what is no file is found too, with the reason."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import IO, NamedTuple

from notice_parser.batch.records import File
from notice_parser.render.words import visible

_Identity = tuple[int, int]
_BLOCK = 1 << 16
_KINDS = {
    stat.S_IFIFO: "is a named pipe (FIFO), not a file",
    stat.S_IFSOCK: "is a socket, not a file",
    stat.S_IFCHR: "is a device, not a file",
    stat.S_IFBLK: "is a device, not a file",
    stat.S_IFDIR: "is a folder, not a file",
}
_NO_NAME = re.compile("[\x80-\u07ff]{2}")
_LOOP = "leads back to a folder that it stands in, which is read once"


class Choice(NamedTuple):
    """Which files of a folder are meant; a pattern with a slash is held against the path below the folder."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def takes(self, below: str) -> bool:
        """Whether a file is meant."""
        return not self.include or _matches(self.include, below)

    def leaves(self, below: str) -> bool:
        """Whether a file, or a folder with all that is in it, is left out."""
        return _matches(self.exclude, below)


class Own(NamedTuple):
    """Where the run itself writes: what it wrote is not among what it reads."""

    folder: _Identity | None = None
    name: str = ""

    @classmethod
    def at(cls, destination: Path) -> Own:
        """The place of a destination in a folder that exists."""
        place = destination.resolve()
        return cls(_identity(place.parent.stat()), place.name)

    def holds(self, folder: _Identity, name: str) -> bool:
        """Whether an entry of a folder is the destination or one of the neighbours that keep its state."""
        return folder == self.folder and (name == self.name or name.startswith((f".{self.name}.", f"{self.name}-")))


class _Folder(NamedTuple):
    """A folder being walked: what it is, what stands above it, its place, the path below its source, what is in it."""

    identity: _Identity
    above: frozenset[_Identity]
    place: str
    below: str
    entries: Iterator[os.DirEntry[str]]


def find(sources: Iterable[str], choice: Choice, own: Own, *, alone: bool = False) -> Iterator[File]:
    """The files that the sources name or hold; `alone`: the only source is a folder, places are counted from it."""
    for source in sources:
        path = os.path.normpath(source)
        if Path(path).is_dir():
            yield from _walk(path, "" if alone else _place(path), choice, own)
        else:
            yield _file(path, _place(path))


def listed(stream: IO[bytes]) -> Iterator[str]:
    """The paths of a list, one a line, or parted by NUL where it has any (find -print0)."""
    block = stream.read(_BLOCK)
    mark = b"\0" if b"\0" in block else b"\n"
    rest = b""
    while block:
        *lines, rest = (rest + block).split(mark)
        yield from (os.fsdecode(line) for raw in lines if (line := raw.removesuffix(b"\r")))
        block = stream.read(_BLOCK)
    if rest:
        yield os.fsdecode(rest)


def printable(path: str) -> str:
    """A path as it can be printed and kept: names of old Chinese systems are read, controls become signs."""
    return visible(_decoded(os.fsencode(path))).replace("\n", "␊").replace("\t", "␉")


def _decoded(raw: bytes) -> str:
    """UTF-8, else GB18030; 通知 in GBK happens to be UTF-8 as well, of two letters that no name has side by side."""
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            name = raw.decode(encoding)
            if not _NO_NAME.search(name):
                return name
    return raw.decode("utf-8", "backslashreplace")


def kind_problem(mode: int) -> str | None:
    """Why a thing of this kind cannot be read; none if it is a file."""
    return None if stat.S_ISREG(mode) else _KINDS.get(stat.S_IFMT(mode), "is not a file")


def unreadable(error: OSError) -> str:
    """Why something cannot be opened, in a few words."""
    if isinstance(error, FileNotFoundError):
        return "no such file; it may have been moved or deleted meanwhile"
    return f"cannot be read ({error.strerror or error})"


def _walk(path: str, place: str, choice: Choice, own: Own) -> Iterator[File]:
    """Depth first, each folder sorted by the bytes of its names; a stack, since folders nest deeper than calls may."""
    stack: list[_Folder] = []
    yield from _enter(stack, path, place, "", frozenset())
    while stack:
        folder = stack[-1]
        entry = next(folder.entries, None)
        if entry is None:
            stack.pop()
            continue
        below = _join(folder.below, entry.name)
        if not own.holds(folder.identity, entry.name) and not choice.leaves(below):
            yield from _entry(stack, folder, entry, below, choice)


def _entry(
    stack: list[_Folder], folder: _Folder, entry: os.DirEntry[str], below: str, choice: Choice
) -> Iterator[File]:
    place = _join(folder.place, entry.name)
    if _is_folder(entry):
        yield from _enter(stack, entry.path, place, below, folder.above | {folder.identity})
    elif choice.takes(below):
        yield _file(entry.path, place)


def _enter(stack: list[_Folder], path: str, place: str, below: str, above: frozenset[_Identity]) -> Iterator[File]:
    """Put a folder on the stack, or say why it cannot be walked."""
    try:
        identity = _identity(Path(path).stat())
        with os.scandir(path) as entries:
            inside = sorted(entries, key=lambda entry: os.fsencode(entry.name))
    except OSError as error:
        yield File(path, printable(place or path), place, 0, unreadable(error))
        return
    if identity in above:
        yield File(path, printable(place or path), place, 0, _LOOP)
    else:
        stack.append(_Folder(identity, above, place, below, iter(inside)))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """A link that leads to itself is no folder; looking at it as a file says what is wrong."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _file(path: str, place: str) -> File:
    try:
        found = Path(path).stat()
    except (OSError, ValueError) as error:
        problem = unreadable(error) if isinstance(error, OSError) else f"is no path ({error})"
        return File(path, printable(place), place, 0, problem)
    return File(path, printable(place), place, found.st_size, kind_problem(found.st_mode))


def _identity(found: os.stat_result) -> _Identity:
    return found.st_dev, found.st_ino


def _place(path: str) -> str:
    """A path as one that cannot lead out of the folder it is put in: no root, and `..` is a name like others."""
    whole = PurePath(path)
    return str(PurePath(*("__" if part == ".." else part for part in whole.relative_to(whole.anchor).parts)))


def _join(folder: str, name: str) -> str:
    return f"{folder}{os.sep}{name}" if folder else name


def _matches(patterns: tuple[str, ...], below: str) -> bool:
    name = below.rpartition(os.sep)[2]
    return any(fnmatchcase(below if "/" in pattern else name, pattern) for pattern in patterns)
