"""JSON lines: one object a line, for pipes."""

from __future__ import annotations

from notice_parser.model import Part, Row
from notice_parser.render import json


def render(part: Part | Row, indent: int) -> str:
    """One JSON object on one line, whatever the indent."""
    return json.render(part, 0)


def encoded(part: Part | Row, indent: int) -> bytes:
    """The same in UTF-8, in which it is written first."""
    return json.encoded(part, 0)
