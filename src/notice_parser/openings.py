"""The characters that texts of a regular expression begin or end with: one look spares most places the expression.

Python's engine tries the alternatives of a long expression one after the other at each place of a text, unless each of
them begins with a letter: then it sees by itself where none can.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

# Python does not show the types of its own reader of expressions.
Inner = Any
Row = Iterable[tuple[Inner, Inner]]
Begun = tuple[set[str], bool]  # characters, and whether there may be none


def opening(expression: str) -> str:
    """What a class of the characters holds that any text of the expression begins with; "" where that may be any.

    >>> opening("(?:至少|(?<!不)超过?)[0-9]"), opening("至?"), opening(".至")
    ('至超', '', '')
    """
    return _edge(expression, iter)


def ending(expression: str) -> str:
    """What a class of the characters holds that any text of the expression ends with; "" where that may be any.

    >>> ending("(?:提高|增加)(?:了(?!吗))?$"), ending("提高.?")
    ('了加高', '')
    """
    return _edge(expression, _turned)


def members(signs: str) -> frozenset[str]:
    """The characters of a class as `opening` says it.

    >>> sorted(members("0-2至超"))
    ['0', '1', '2', '至', '超']
    """
    edges = [(ord(first), ord(last or first)) for first, last in re.findall(r"\\?(.)(?:-\\?(.))?", signs)]
    return frozenset(chr(code) for first, last in edges for code in range(first, last + 1))


def _edge(expression: str, read: Callable[[Row], Row]) -> str:
    try:
        begun, empty = _of_row(read(_parsed(expression)))
    except Exception:  # what is not known here may begin with anything, and another Python may differ anywhere
        return ""
    return "" if empty else "".join(sorted(begun))


def _turned(row: Row) -> Row:
    """The row from its end to its beginning, and so the rows in it."""
    return [(kind, _TURNERS.get(kind.name, _as_it_is)(value)) for kind, value in reversed(list(row))]


def _as_it_is(value: Inner) -> Inner:
    return value


def _turned_last(value: Inner) -> Inner:
    """A group, or what is repeated: its row is the last of what is said of it."""
    *said, row = value
    return *said, _turned(row)


_TURNERS: dict[str, Callable[[Inner], Inner]] = {
    "BRANCH": lambda value: (value[0], [_turned(row) for row in value[1]]),
    "SUBPATTERN": _turned_last,
    "MAX_REPEAT": _turned_last,
    "MIN_REPEAT": _turned_last,
    "POSSESSIVE_REPEAT": _turned_last,
}


def led(expression: str) -> str:
    """The expression behind a look at the character there, unless the engine sees by itself what may begin.

    >>> led("(?:提高|增加)(?:到|至)|达到"), led("超过|达到")
    ('(?=[增提达])(?:(?:提高|增加)(?:到|至)|达到)', '超过|达到')
    """
    begun = opening(expression)
    return f"(?=[{begun}])(?:{expression})" if begun and not _is_seen(_parsed(expression)) else expression


def _parsed(expression: str) -> Row:
    row: Row = import_module("re._parser").parse(expression)
    return row


def _is_seen(row: Row) -> bool:
    """Whether the engine itself takes a look at the first character, at hardly any cost."""
    kind, value = next(iter(row))
    if kind.name == "BRANCH":
        return all(map(_has_letter_first, value[1]))
    return kind.name in _SIMPLE or (kind.name == "MAX_REPEAT" and value[0] > 0 and value[2][0][0].name in _SIMPLE)


_SIMPLE = ("LITERAL", "IN")


def _has_letter_first(row: Row) -> bool:
    kind, _ = next(iter(row))
    return bool(kind.name == "LITERAL")


def _of_row(row: Row) -> Begun:
    """Of one thing behind the other: what the first begins with, and the next where there may be nothing before it."""
    begun: set[str] = set()
    for kind, value in row:
        characters, empty = _READERS[kind.name](value)
        begun |= characters
        if not empty:
            return begun, False
    return begun, True


def _of_branch(value: Inner) -> Begun:
    branches = [_of_row(branch) for branch in value[1]]
    return {sign for begun, _ in branches for sign in begun}, any(empty for _, empty in branches)


def _of_repeated(value: Inner) -> Begun:
    least, _, row = value
    begun, empty = _of_row(row)
    return begun, empty or least == 0


def _of_place(value: Inner) -> Begun:
    """A look around and an edge take no character."""
    return set(), True


def _sign(code: int) -> str:
    return re.escape(chr(code))


# What is missing here may begin with anything: a dot, a negated class, a group again.
_MEMBERS: dict[str, Callable[[Inner], str]] = {
    "LITERAL": _sign,
    "RANGE": lambda edges: f"{_sign(edges[0])}-{_sign(edges[1])}",
}
_READERS: dict[str, Callable[[Inner], Begun]] = {
    "LITERAL": lambda code: ({_sign(code)}, False),
    "IN": lambda members: ({_MEMBERS[kind.name](value) for kind, value in members}, False),
    "BRANCH": _of_branch,
    "SUBPATTERN": lambda value: _of_row(value[-1]),
    "MAX_REPEAT": _of_repeated,
    "MIN_REPEAT": _of_repeated,
    "POSSESSIVE_REPEAT": _of_repeated,
    "AT": _of_place,
    "ASSERT": _of_place,
    "ASSERT_NOT": _of_place,
}
