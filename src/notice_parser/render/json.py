"""JSON: the model's own fields."""

from __future__ import annotations

from notice_parser.model import Part, Row


def render(part: Part | Row, indent: int) -> str:
    """One JSON object over several lines, or on one line where `indent` is 0."""
    return part.model_dump_json(indent=indent or None) + "\n"
