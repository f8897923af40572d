"""JSON: the model's own fields."""

from __future__ import annotations

from operator import attrgetter
from typing import Final

from msgspec import json

from notice_parser.model import Part, Row

# A model's fields are its `__dict__`, in their order; pydantic's own writer takes twice as long for the same.
_ENCODER: Final = json.Encoder(enc_hook=attrgetter("__dict__"))


def render(part: Part | Row, indent: int) -> str:
    """One JSON object over several lines, or on one line where `indent` is 0."""
    return encoded(part, indent).decode()


def encoded(part: Part | Row, indent: int) -> bytes:
    """The same in UTF-8, in which it is written first."""
    written = _ENCODER.encode(part)
    return (json.format(written, indent=indent) if indent else written) + b"\n"
