"""The command line: commands, what they read and write, exit statuses; nothing heavy is loaded before it is needed."""

from __future__ import annotations

import os
import sys

import click
from click_default_group import DefaultGroup

from notice_parser import __version__
from notice_parser.cli.batch import batch
from notice_parser.cli.check import check
from notice_parser.cli.inputs import UNREADABLE, fault
from notice_parser.cli.parse import parse
from notice_parser.cli.schema import schema
from notice_parser.cli.search import search
from notice_parser.cli.views import measures, targets, units

_EPILOG = """\b
Examples:
  notice-parse notice.txt
  notice-parse notice.txt --format markdown -o notice.md
  notice-parse measures notice.txt
\b
Exit status: 0 all well, 1 `check` found problems, 2 wrong usage, 3 an input could not be read.
"""


@click.group(
    cls=DefaultGroup,
    default="parse",
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", prog_name="notice-parse")
def commands() -> None:
    """Read Chinese government notices (公文): who must do what, by when, to what measure.

    `notice-parse FILE` is `notice-parse parse FILE`; `-` is standard input.
    """


for command in (parse, measures, units, targets, check, schema, batch, search):
    commands.add_command(command)


def main() -> None:
    """Run the command line; a fault of the program itself is told in one line."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is used, and looking for them takes 20 ms
    try:
        commands(prog_name="notice-parse", standalone_mode=True)
    except Exception as error:
        click.echo(f"notice-parse: {fault(error)}", err=True)
        sys.exit(UNREADABLE)
