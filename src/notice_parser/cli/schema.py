"""`notice-parse schema`: the JSON Schema of what the other commands print."""

from __future__ import annotations

import click

from notice_parser.cli import options
from notice_parser.cli.output import write

_ALSO = {"measures": "ledger"}  # the command whose rows they are


@click.command()
@click.argument("kind", type=click.Choice(["notice", "ledger", "measures", "units", "targets"]), default="notice")
@options.output
def schema(kind: str, output: str | None) -> None:
    """Print the JSON Schema of a notice, or of one row of the ledger, of units or of targets.

    \b
    Examples:
      notice-parse schema
      notice-parse schema ledger -o ledger.schema.json
    """
    from notice_parser.render.schema import render

    write([render(_ALSO.get(kind, kind))], output)
