"""What all of a text may be: the terminals of a grammar, each known by the character that it begins with."""

from __future__ import annotations

import re

from notice_parser.grammar import begins, closing


class Whole:
    """Any of these terminals of a grammar as all of a text: most texts begin with another character, and need no more.

    >>> dated = Whole("document", "SIGNED")
    >>> dated.match("2023年5月10日") is not None, dated.match("一、总体要求"), dated.match("")
    (True, None, None)
    """

    def __init__(self, name: str, *terminals: str) -> None:
        self._name, self._terminals = name, terminals
        self._pattern: re.Pattern[str] | None = None  # read when it is first asked for, as grammars are
        self._signs: frozenset[str] = frozenset()

    def match(self, text: str) -> re.Match[str] | None:
        """The text as one of the terminals."""
        pattern = self._pattern or self._read()
        if self._signs and (not text or text[0] not in self._signs):
            return None
        return pattern.match(text)

    def _read(self) -> re.Pattern[str]:
        self._signs = begins(self._name, *self._terminals)
        self._pattern = closing(self._name, *self._terminals)
        return self._pattern
