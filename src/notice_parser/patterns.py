"""Regular expressions, compiled once: their code is kept for the next start, as the grammars' tables are.

A short run would spend a third of its time on the same few hundred patterns. Only the program does so; whoever imports
the library has Python's own compiler. Where that has not the shape that is known here, nothing is kept.
"""

from __future__ import annotations

import pickle
import re
import sys
from array import array
from collections.abc import Callable
from hashlib import sha256
from importlib import import_module
from typing import Any, NamedTuple

from notice_parser import __version__, kept

_MOST = 1000  # the program's own are some three hundred; a user's (--include) are not to fill the folder
_UNKEPT = re.DEBUG | re.LOCALE
_NAME = f"patterns-{sha256(f'{__version__} {sys.version}'.encode()).hexdigest()[:24]}.tables"


class _Code(NamedTuple):
    """A compiled pattern as the engine takes it."""

    flags: int
    code: bytes
    groups: int
    numbers: dict[str, int]
    names: tuple[str | None, ...]


# Python does not show the types of its own compiler.
Inner = Any
Source = Any


def keep() -> Callable[[], None]:
    """From now on compile no pattern whose code is kept; what is returned keeps those that were new."""
    try:
        python = import_module("re._compiler")
        ours = _Compiler(python, import_module("_sre"))
        ours.compile(r"(?P<tried>一|[二三])")
    except Exception:  # another Python may differ anywhere
        return lambda: None
    python.compile = ours.compile  # type: ignore[attr-defined]
    return ours.write


class _Compiler:
    """Does what `re._compiler.compile` does, and remembers."""

    def __init__(self, python: Inner, engine: Inner) -> None:
        self._compile, self._code, self._parse = python.compile, python._code, python._parser.parse
        self._engine = engine
        self._codes = _read()
        self._known = len(self._codes)

    def compile(self, pattern: Source, flags: int = 0) -> re.Pattern[Any]:
        """As Python's own."""
        if not isinstance(pattern, str) or flags & _UNKEPT:
            return self._compile(pattern, flags)  # type: ignore[no-any-return]
        found = self._codes.get((pattern, flags)) or self._coded(pattern, flags)
        words = array("I", found.code).tolist()
        return self._engine.compile(pattern, found.flags, words, *found[2:])  # type: ignore[no-any-return]

    def _coded(self, pattern: str, flags: int) -> _Code:
        parsed = self._parse(pattern, flags)
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
        code = array("I", self._code(parsed, flags)).tobytes()
        found = _Code(int(flags) | state.flags, code, state.groups - 1, state.groupdict, tuple(names))
        if len(self._codes) < _MOST:
            self._codes[pattern, int(flags)] = found
        return found

    def write(self) -> None:
        """Keep what is new."""
        if len(self._codes) > self._known:
            kept.write(_NAME, pickle.dumps({key: tuple(code) for key, code in self._codes.items()}))


def _read() -> dict[tuple[str, int], _Code]:
    content = kept.read(_NAME)
    try:
        return {key: _Code(*code) for key, code in pickle.loads(content).items()} if content else {}
    except Exception:  # a damaged pickle raises nearly anything, and the patterns themselves are always at hand
        return {}
