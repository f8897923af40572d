"""The command line: commands, what they read and write, exit statuses; nothing heavy is loaded before it is needed."""

from __future__ import annotations

import sys
from importlib import import_module

import click
from click_default_group import DefaultGroup

from notice_parser import __version__

_PLACES = {
    "parse": "parse",
    "measures": "views",
    "units": "views",
    "targets": "views",
    "check": "check",
    "schema": "schema",
    "batch": "batch",
    "search": "search",
}
_DEFAULT = "parse"
_EPILOG = """\b
Examples:
  notice-parse notice.txt
  notice-parse notice.txt --format markdown -o notice.md
  notice-parse measures notice.txt
\b
Exit status: 0 all well, 1 `check` found problems, 2 wrong usage, 3 an input could not be read.
"""


class _Commands(DefaultGroup):
    """Imports the module of a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted(_PLACES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or the default one."""
        name = cmd_name if cmd_name in _PLACES else _DEFAULT
        self.add_command(getattr(import_module(f"notice_parser.cli.{_PLACES[name]}"), name))
        return super().get_command(ctx, cmd_name)


@click.group(
    cls=_Commands,
    default=_DEFAULT,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "-V", "--version", prog_name="notice-parse")
def commands() -> None:
    """Read Chinese government notices (公文): who must do what, by when, to what measure.

    `notice-parse FILE` is `notice-parse parse FILE`; `-` is standard input.
    """


def main() -> None:
    """Run the command line; a fault of the program itself is told in one line."""
    try:
        commands(prog_name="notice-parse", standalone_mode=True)
    except Exception as error:
        from notice_parser.cli.inputs import UNREADABLE, fault
        from notice_parser.cli.output import refuse

        if isinstance(error, OSError) and error.filename is None:  # help and version, which click itself writes
            refuse(error)
        click.echo(f"notice-parse: {fault(error)}", err=True)
        sys.exit(UNREADABLE)
