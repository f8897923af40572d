"""Reads the ```console blocks of a Markdown page: each line that begins with `$` and what is shown below it."""

import re
from pathlib import Path
from typing import NamedTuple

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (?P<line>.*)\n(?P<shown>(?:(?!\$ ).*\n)*)", re.MULTILINE)


class Command(NamedTuple):
    line: str
    shown: str
    start: int
    end: int


def read_commands(page: Path) -> list[Command]:
    """All commands of a page with the place of what is shown below them."""
    text = page.read_text("utf-8")
    return [
        Command(
            found["line"], found["shown"], block.start(1) + found.start("shown"), block.start(1) + found.end("shown")
        )
        for block in _BLOCK.finditer(text)
        for found in _COMMAND.finditer(block[1])
    ]


def show(page: Path, outputs: dict[Command, str]) -> None:
    """Write new outputs below their commands (pytest --update)."""
    text = page.read_text("utf-8")
    for command in sorted(outputs, key=lambda command: command.start, reverse=True):
        text = text[: command.start] + outputs[command] + text[command.end :]
    page.write_text(text, "utf-8")
