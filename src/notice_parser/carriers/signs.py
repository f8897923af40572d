"""By what a carrier of text is known, apart from the carriers: most files are none, and need load none."""

from __future__ import annotations

import re

# Patterns as they are written: the first text that could have the sign has them compiled.
_BEGINS = (
    r"(?is)[\s\ufeff]*(?>(?:<\?xml[^>]*>|<!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|tbody"
    r"|tr|td|span|section|article|main|center|font|style|script|link|base|br|ul|ol|h[1-6]|b|strong|a|img|form|header|nav)\b"
)
_TAGS = r"(?i)</(?:p|div|span|td|tr|html|body)>|<br ?/?>"
_LOOKED_AT, _MANY_TAGS = 20_000, 4
_MARKS = (
    r"(?m)^#{1,6}[ \t]+(?!Page [0-9])\S",
    r"\*\*[^\s*][^*\n]*\*\*",
    r"(?m)^[ \t]*+\|?(?:[ \t]*+:?-{2,}+:?[ \t]*+\|)+[ \t]*+(?::?-{2,}+:?[ \t]*+)?$",
    r"\[[^\[\]\n]{1,500}\]\((?:https?:|/|\.)",
    r"\A---[ \t]*\r?\n",
)


def kind(text: str, name: str | None) -> str:
    """The carrier that a text is written for: `html`, `markdown` or `text`."""
    if _is_html(text):
        return "html"
    return "markdown" if _is_markdown(text, name) else "text"


def _is_html(text: str) -> bool:
    """Whether a text begins with a tag, or closes some soon."""
    begin = text[:_LOOKED_AT]
    if "<" not in begin:
        return False
    return re.match(_BEGINS, text) is not None or len(re.findall(_TAGS, begin)) >= _MANY_TAGS


def _is_markdown(text: str, name: str | None) -> bool:
    """Whether a text has one of the marks under such a name, two kinds of them under any."""
    named = name is not None and name.lower().endswith((".md", ".markdown"))
    found = sum(re.search(mark, text) is not None for mark in _MARKS) if named or "**" in text or "#" in text else 0
    return found >= (1 if named else 2)
