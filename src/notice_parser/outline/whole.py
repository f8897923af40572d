"""What all of a text may be: the terminals of a grammar, each known by the character that it begins with."""

from __future__ import annotations

import re
from collections.abc import Callable

from notice_parser.grammar import closing, may_begin

_Known = tuple[Callable[[str], bool], re.Pattern[str]]


class Whole:
    """Any of these terminals of a grammar as all of a text: most texts begin with another character, and need no more.

    >>> dated = Whole("document", "SIGNED")
    >>> dated.match("2023年5月10日") is not None, dated.match("一、总体要求"), dated.match("")
    (True, None, None)
    """

    def __init__(self, name: str, *terminals: str) -> None:
        self._name, self._terminals = name, terminals
        self._known: _Known | None = None  # read when it is first asked for, as grammars are

    def match(self, text: str) -> re.Match[str] | None:
        """The text as one of the terminals."""
        may_be, pattern = self._known or self._read()
        return pattern.match(text) if may_be(text[:1]) else None

    def _read(self) -> _Known:
        self._known = may_begin(self._name, *self._terminals), closing(self._name, *self._terminals)
        return self._known
