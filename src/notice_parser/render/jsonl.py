"""JSON lines: one object a line, for pipes."""

from __future__ import annotations

from notice_parser.model import Part, Row
from notice_parser.render import json


def render(part: Part | Row, indent: int) -> str:
    """One JSON object on one line, whatever the indent."""
    return json.render(part, 0)
