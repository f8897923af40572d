"""YAML: what JSON says, for reading."""

from __future__ import annotations

import re
from json import loads

import yaml

from notice_parser.model import Part, Row
from notice_parser.render import json

_FAST = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
# libyaml writes characters beyond the first plane as escapes (𠮷 as "\U00020BB7"), the Python emitter writes them.
_BEYOND_FIRST_PLANE = re.compile("[\U00010000-\U0010ffff]")


def render(part: Part | Row, indent: int) -> str:
    """One YAML document; lists of plain values, such as spans, stand on one line."""
    written = json.render(part, 0)
    text: str = yaml.dump(
        loads(written),
        Dumper=yaml.SafeDumper if _BEYOND_FIRST_PLANE.search(written) else _FAST,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=None,
        indent=max(indent, 2),
        width=2**31 - 1,
    )
    return text
