"""Reads what the command line names; what cannot be read is told in one line, and the others are still done."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from notice_parser.model import Notice

UNREADABLE = 3
_DEBUG = "NOTICE_PARSE_DEBUG"
_ENCODINGS = "utf-8, gb18030, big5, utf-16"
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
        read = _read(file, encoding, failures)
        if read:
            yield read


def _read(file: str, encoding: str | None, failures: Failures) -> Read | None:
    from notice_parser.source import UndecodableError

    name = shown(file)
    try:
        return _parsed(name, _bytes(file), encoding)
    except OSError as error:
        failures.tell(name, _unreadable(file, error))
    except UndecodableError as error:
        failures.tell(name, f"byte {error.offset}: {error.reason}; {_way_out(encoding)}")
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
    from notice_parser.parser import parse_bytes
    from notice_parser.source import decode

    text, found = decode(data, encoding)
    if not text.strip():
        raise _BlankError("nothing in it but white space" if data else "the file is empty")
    return Read(name, text, parse_bytes(data, name=None if name == "-" else name, encoding=found))


def _bytes(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()


def shown(file: str) -> str:
    """The file's name as it can be printed anywhere."""
    from notice_parser.render.words import visible

    return visible(click.format_filename(file)).replace("\n", " ")


def _unreadable(file: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        meant = get_close_matches(file, _COMMANDS, 1, 0.7)
        return f"no such file; did you mean `notice-parse {meant[0]}`?" if meant else "no such file; check its name"
    if isinstance(error, IsADirectoryError):
        return "is a folder; name the files in it"
    return f"cannot be read ({error.strerror or error}); check who may read it"


def _way_out(encoding: str | None) -> str:
    if encoding:
        return "leave out --encoding to have it found"
    return f"mend the file or name its encoding with --encoding ({_ENCODINGS})"
