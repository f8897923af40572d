"""Writes what the commands print: to standard output, or whole or not at all to a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click


def write(chunks: Iterable[str], path: str | None, *, styled: bool = False) -> None:
    """The chunks as UTF-8 to the file at `path`, or to standard output."""
    if path is None or path == "-":
        _to_stdout(chunks, styled=styled)
    else:
        _to_file(chunks, Path(path))


def _to_stdout(chunks: Iterable[str], *, styled: bool) -> None:
    """What steers a terminal is shown on one, except our own colours; who closes the pipe has read enough."""
    safe = sys.stdout.isatty() and not styled
    out = sys.stdout.buffer
    try:
        for chunk in chunks:
            out.write((_visible(chunk) if safe else chunk).encode("utf-8", "replace"))
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the last flush, at exit, must not fail again
        sys.exit(0)


def _visible(text: str) -> str:
    from notice_parser.render.words import visible

    return visible(text)


def _to_file(chunks: Iterable[str], path: Path) -> None:
    try:
        _replace(chunks, path.resolve())
    except OSError as error:
        shown = click.format_filename(path)
        raise click.UsageError(f"{shown} cannot be written ({error.strerror}); name another file with -o.") from None


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
