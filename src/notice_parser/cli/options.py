"""Options and arguments that several commands share."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def _known(context: click.Context, option: click.Parameter, name: str | None) -> str | None:
    """An encoding's name, if Python knows it; rot13 and hex are codecs, but none of text."""
    try:
        "".encode(name or "utf-8")
        return codecs.lookup(name).name if name else None
    except (LookupError, UnicodeError):
        raise click.BadParameter(f"{name!r} is no encoding of text; try utf-8, gb18030, big5 or utf-16.") from None


files = click.argument("files", nargs=-1, required=True, type=click.Path(allow_dash=True), metavar="FILE...")
encoding = click.option("--encoding", callback=_known, help="Encoding of the files; found by itself if left out.")
output = click.option("-o", "--output", type=click.Path(), help="File to write instead of standard output.")
indent = click.option(
    "--indent", type=click.IntRange(0, 16), default=2, show_default=True, help="Blanks a level in JSON and YAML."
)


def formats(*names: str) -> Callable[[Command], Command]:
    """`--format` with a choice of `names`, the first of which is the default."""
    choice = click.Choice(names, case_sensitive=False)
    return click.option(
        "-f", "--format", "form", type=choice, default=names[0], show_default=True, help="Output format."
    )
