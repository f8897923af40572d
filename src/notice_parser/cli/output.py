"""Writes what the commands print: to standard output, or whole or not at all to a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import click

_WRONG_USAGE = 2


def write(chunks: Iterable[str], path: str | None, *, styled: bool = False) -> None:
    """The chunks as UTF-8 to the file at `path`, or to standard output."""
    if path is None or path == "-":
        _to_stdout(chunks, styled=styled)
    else:
        _to_file(chunks, Path(path))


def _to_stdout(chunks: Iterable[str], *, styled: bool) -> None:
    """What steers a terminal is shown on one, except our own colours; who closes the pipe has read enough."""
    if sys.stdout is None:
        _end("cannot write standard output: it is closed; name a file with -o")
    safe = is_terminal() and not styled
    out = sys.stdout.buffer
    for chunk in chunks:
        with _writing():
            out.write((_visible(chunk) if safe else chunk).encode("utf-8", "replace"))
    with _writing():
        out.flush()


def is_terminal() -> bool:
    """Whether standard output is a terminal; a closed one is none."""
    return sys.stdout is not None and sys.stdout.isatty()


@contextmanager
def _writing() -> Iterator[None]:
    """Ends the program where standard output takes no more."""
    try:
        yield
    except BrokenPipeError:
        _drop_rest()
        sys.exit(0)
    except OSError as error:
        refuse(error)


def _drop_rest() -> None:
    """The last flush, at exit, must not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def refuse(error: OSError) -> NoReturn:
    """End the program because standard output takes no more."""
    _drop_rest()
    _end(f"cannot write standard output: {error.strerror or error}; name a file with -o")


def _end(message: str) -> NoReturn:
    click.echo(f"notice-parse: {message}", err=True)
    sys.exit(_WRONG_USAGE)


def _visible(text: str) -> str:
    from notice_parser.render.words import visible

    return visible(text)


def _to_file(chunks: Iterable[str], path: Path) -> None:
    try:
        _replace(chunks, path.resolve())
    except OSError as error:
        _end(f"{click.format_filename(path)} cannot be written ({error.strerror or error}); name another place for it")


def _replace(chunks: Iterable[str], target: Path) -> None:
    """Write a neighbour and give it the name, so that the file is there whole or not at all."""
    if target.exists() and not target.is_file():
        return _into(chunks, target)  # a device or a pipe cannot be replaced
    neighbour = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _into(chunks, neighbour)
        neighbour.replace(target)
    finally:
        neighbour.unlink(missing_ok=True)
    return None


def _into(chunks: Iterable[str], path: Path) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.writelines(chunks)
