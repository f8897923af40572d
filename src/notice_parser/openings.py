"""The characters that texts of a regular expression begin or end with: one look spares most places the expression.

Python's engine tries the alternatives of a long expression one after the other at each place of a text, unless each of
them begins with a letter: then it sees by itself where none can. An expression that is nothing but words needs no
engine: `plain_words` are soon found one by one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

# Python does not show the types of its own reader of expressions.
Inner = Any
Row = Iterable[tuple[Inner, Inner]]
Range = tuple[int, int]  # the codes of characters, from the first to the last
Begun = set[tuple[Range, ...]]  # ways to begin: by two characters, or fewer where no more need be there

_ANY: Range = (0, sys.maxunicode)
_FEW = 20  # the letters of a range that are told one by one


class Words(NamedTuple):
    """Named regular expressions, the characters at the edges of each, how long it is at most, and its plain words."""

    expressions: dict[str, str]
    openings: dict[str, str]
    entrances: dict[str, dict[str, str]]
    exits: dict[str, dict[str, str]]
    endings: dict[str, str]
    widths: dict[str, int]
    words: dict[str, tuple[str, ...]]


def words_of(expressions: dict[str, str]) -> Words:
    """All that is told here of expressions."""
    told = Words(
        {name: led(each) for name, each in expressions.items()},
        {name: opening(each) for name, each in expressions.items()},
        {name: entrances(each) for name, each in expressions.items()},
        {name: exits(each) for name, each in expressions.items()},
        {name: ending(each) for name, each in expressions.items()},
        {name: longest(each) for name, each in expressions.items()},
        {name: plain_words(each) for name, each in expressions.items()},
    )
    _parsed.cache_clear()
    return told


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


def entrances(expression: str) -> dict[str, str]:
    """The characters that a text of the expression may begin with, each with those that may follow it ("": any may).

    >>> entrances("提[高升]|增加|增长?|约"), entrances("[0-2]个"), entrances("[一-龥]个")
    ({'增': '', '提': '升高', '约': ''}, {'0': '个', '1': '个', '2': '个'}, {})
    """
    return _pairs(expression, iter)


def exits(expression: str) -> dict[str, str]:
    """The characters that a text of the expression may end with, each with those that may stand before it ("": any).

    >>> exits("(?:提高|增加|提升)(?:了)?|约"), exits("提高.?")
    ({'了': '加升高', '加': '增', '升': '提', '约': '', '高': '提'}, {})
    """
    return _pairs(expression, _turned)


def together(entered: Iterable[dict[str, str]]) -> dict[str, str]:
    """The entrances of alternatives.

    >>> together([{"提": "升", "增": ""}, {"提": "高", "增": "加"}]), together([{"提": "升"}, {}])
    ({'提': '升高', '增': ''}, {})
    """
    followed: dict[str, set[str]] = {}
    for each in entered:
        if not each:
            return {}
        for sign, then in each.items():
            followed.setdefault(sign, set()).update(then or [""])
    return {sign: _each(then) for sign, then in followed.items()}


def _pairs(expression: str, read: Callable[[Row], Row]) -> dict[str, str]:
    beside: dict[str, set[str]] = {}
    for way in _begun(expression, read):
        edge, inner, *_ = *map(_letters, way), "", ""
        for sign in edge or [""]:
            beside.setdefault(sign, set()).update(inner or [""])
    return {} if "" in beside else {sign: _each(beside[sign]) for sign in sorted(beside)}


def _each(signs: set[str]) -> str:
    return "" if "" in signs else "".join(sorted(signs))


def _letters(signs: Range) -> str:
    """The letters of a short range, "" for a long one."""
    first, last = signs
    return "".join(map(chr, range(first, last + 1))) if last - first < _FEW else ""


def plain_words(expression: str) -> tuple[str, ...]:
    """The words of an expression that is nothing but words; none of any other.

    >>> plain_words("技术支持:|ICP备"), plain_words("更新(?:日期|时间)|[甲乙]"), plain_words("增长?")
    (('技术支持:', 'ICP备'), ('更新日期', '更新时间', '甲', '乙'), ())
    """
    try:
        return tuple(_spelt(_parsed(expression)))
    except Exception:  # more than words, or not known here
        return ()


def _spelt(row: Row) -> list[str]:
    words = [""]
    for kind, value in row:
        words = [word + more for word in words for more in _SPELLERS[kind.name](value)]
    return words


_SPELLERS: dict[str, Callable[[Inner], list[str]]] = {
    "LITERAL": lambda code: [chr(code)],
    "BRANCH": lambda value: [word for row in value[1] for word in _spelt(row)],
    "IN": lambda members: [word for member in members for word in _spelt([member])],
}


def longest(expression: str) -> int:
    """How many characters a text of the expression has at most.

    >>> longest("至少|不少于[0-9]{1,3}"), longest("[甲乙]+") > 1_000_000
    (6, True)
    """
    return int(_parsed(expression).getwidth()[1])


def members(signs: str) -> frozenset[str]:
    """The characters of a class as `opening` says it.

    >>> sorted(members("0-2至超"))
    ['0', '1', '2', '至', '超']
    """
    edges = [(ord(first), ord(last or first)) for first, last in re.findall(r"(?s)\\?(.)(?:-\\?(.))?", signs)]
    return frozenset(chr(code) for first, last in edges for code in range(first, last + 1))


def _edge(expression: str, read: Callable[[Row], Row]) -> str:
    begun = {way[0] if way else _ANY for way in _begun(expression, read)}
    return "" if _ANY in begun else "".join(sorted(map(_member, begun)))


def _member(signs: Range) -> str:
    first, last = (re.escape(chr(code)) for code in signs)
    return first if first == last else f"{first}-{last}"


def _begun(expression: str, read: Callable[[Row], Row]) -> Begun:
    try:
        return _of_row(read(_parsed(expression)))
    except Exception:  # what is not known here may begin with anything, and another Python may differ anywhere
        return {()}


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


@cache  # one expression is asked about several times
def _parsed(expression: str) -> Inner:
    """What Python's own reader makes of an expression, without flags: with one a letter is not only itself."""
    parsed = import_module("re._parser").parse(expression)
    if parsed.state.flags != re.UNICODE:  # which every expression has
        raise ValueError("an expression with flags")
    return parsed


def _is_seen(row: Row) -> bool:
    """Whether the engine itself takes a look at the first character, at hardly any cost."""
    kind, value = _first(row)
    if kind == "BRANCH":
        return all(_first(branch)[0] == "LITERAL" for branch in value[1])
    if kind == "MAX_REPEAT":
        least, _, repeated = value
        return least > 0 and _first(repeated)[0] in _SIMPLE
    return kind in _SIMPLE


_SIMPLE = ("LITERAL", "IN")


def _first(row: Row) -> tuple[str, Inner]:
    """The kind of the first thing of a row, "" of an empty one, and what is said of it."""
    return next(((kind.name, value) for kind, value in row), ("", None))


def _of_row(row: Row) -> Begun:
    """Of one thing behind the other: what the first begins with, and the next where more may be seen of it."""
    begun: Begun = {()}
    for kind, value in row:
        begun = _joined(begun, _READERS.get(kind.name, _of_anything)(value))
        if all(len(way) == _SEEN for way in begun):
            return begun
    return begun


_SEEN = 2


def _joined(begun: Begun, then: Begun) -> Begun:
    return {(*way, *more)[:_SEEN] for way in begun for more in (then if len(way) < _SEEN else [()])}


def _of_branch(value: Inner) -> Begun:
    return {way for branch in value[1] for way in _of_row(branch)}


def _of_repeated(value: Inner) -> Begun:
    least, most, row = value
    once = _of_row(row)
    begun = once if most == 1 else once | _joined(once, once)
    return begun if least else begun | {()}


def _of_group(value: Inner) -> Begun:
    """A group with flags of its own may begin with other letters than it says: (?i:a)."""
    _, added, taken, row = value
    return _of_anything(value) if added or taken else _of_row(row)


def _of_class(members: Inner) -> Begun:
    return {(_RANGES.get(kind.name, _any)(value),) for kind, value in members}


def _any(value: Inner) -> Range:
    return _ANY


def _of_place(value: Inner) -> Begun:
    """A look around and an edge take no character."""
    return {()}


def _of_anything(value: Inner) -> Begun:
    return {(), (_ANY,)}


# What is missing here may begin with anything: a dot, a negated class, a group again.
_RANGES: dict[str, Callable[[Inner], Range]] = {"LITERAL": lambda code: (code, code), "RANGE": tuple}
_READERS: dict[str, Callable[[Inner], Begun]] = {
    "LITERAL": lambda code: {((code, code),)},
    "IN": _of_class,
    "BRANCH": _of_branch,
    "SUBPATTERN": _of_group,
    "MAX_REPEAT": _of_repeated,
    "MIN_REPEAT": _of_repeated,
    "POSSESSIVE_REPEAT": _of_repeated,
    "AT": _of_place,
    "ASSERT": _of_place,
    "ASSERT_NOT": _of_place,
}
