"""Reads what the command line names; what cannot be read is told in one line, and the others are still done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from notice_parser.model import Notice

UNREADABLE = 3
_MOST = 64 << 20  # bytes of a file; the longest notice has a thousandth of them
_DEBUG = "NOTICE_PARSE_DEBUG"
_COMMANDS = ("parse", "measures", "units", "targets", "check", "schema")


class Read(NamedTuple):
    """A notice, the name of its file as shown, and its source text."""

    name: str
    text: str
    notice: Notice


class _BlankError(Exception):
    """A text with nothing in it."""


class Failures(list[int]):
    """Exit statuses of what went wrong; the command leaves with the highest."""

    def tell(self, name: str, message: str, status: int = UNREADABLE) -> None:
        """One line on standard error: what, where, the way out."""
        self.append(status)
        click.echo(f"notice-parse: {name}: {message}", err=True)

    def leave(self) -> None:
        """End the command with the highest status, if there is any."""
        if self:
            click.get_current_context().exit(max(self))


def read_all(files: Iterable[str], encoding: str | None, failures: Failures) -> Iterator[Read]:
    """The notices in the files, in their order; `failures` learns of those that cannot be read."""
    for file in files:
        for name, content in _contents(file, failures):
            read = _read(name, content, encoding, failures)
            if read:
                yield read


def _contents(file: str, failures: Failures) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name and the bytes of a file; of an archive, those of each file in it."""
    from notice_parser.carriers import is_archive, members

    name = shown(file)
    try:
        data = _bytes(file)
    except OSError as error:
        failures.tell(name, _unreadable(file, error))
        return
    if len(data) > _MOST:
        failures.tell(name, f"has more than {_MOST >> 20} MB; `notice-parse batch --max-size` reads it")
        return
    if is_archive(data):
        yield from ((shown(f"{name}/{member.name}"), member.read) for member in members(data))
    else:
        yield name, lambda: data


def _read(name: str, content: Callable[[], bytes], encoding: str | None, failures: Failures) -> Read | None:
    from notice_parser.carriers import UnreadableError

    try:
        return _parsed(name, content(), encoding)
    except UnreadableError as error:
        failures.tell(name, visible_line(str(error)))
    except _BlankError as error:
        failures.tell(name, f"byte 0: {error}; a notice was expected")
    except Exception as error:  # a notice that the program stumbles over must not cost the others
        failures.tell(name, fault(error))
    return None


def fault(error: Exception) -> str:
    """One line on a fault of the program itself, which is raised again for those who look for it."""
    if _DEBUG in os.environ:
        raise error
    return f"a fault in the program ({type(error).__name__}: {error}".splitlines()[0] + f"); {_DEBUG}=1 shows where"


def _parsed(name: str, data: bytes, encoding: str | None) -> Read:
    from notice_parser.carriers import extract
    from notice_parser.reading import parse_extract

    carried = extract(data, name=name, encoding=encoding)
    if not carried.text.strip():
        raise _BlankError("nothing in it but white space" if data else "the file is empty")
    return Read(name, carried.text, parse_extract(carried, data, name=None if name == "-" else name))


def _bytes(file: str) -> bytes:
    """The bytes of a file, one more than may be at most: a device has no end."""
    if file == "-":
        return sys.stdin.buffer.read(_MOST + 1)
    with Path(file).open("rb") as stream:
        return stream.read(_MOST + 1)


def shown(file: str) -> str:
    """The file's name as it can be printed anywhere."""
    return visible_line(click.format_filename(file))


def visible_line(text: str) -> str:
    """A text as one line that steers no terminal."""
    from notice_parser.render.words import visible

    return visible(text).replace("\n", " ")


def _unreadable(file: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        from difflib import get_close_matches

        meant = get_close_matches(file, _COMMANDS, 1, 0.7)
        return f"no such file; did you mean `notice-parse {meant[0]}`?" if meant else "no such file; check its name"
    if isinstance(error, IsADirectoryError):
        return "is a folder; name the files in it"
    return f"cannot be read ({error.strerror or error}); check who may read it"
