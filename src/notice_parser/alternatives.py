"""Regular expressions as Python's engine goes through them fastest: alternatives together by their first letters.

The engine passes over an alternative that begins with another letter than the text at once; into one that begins with
a group or a look behind it goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from notice_parser.openings import Inner, begins_with, parsed

# What the reader of expressions makes of one: things behind each other, each a kind and what is said of it.
Things = list[tuple[Inner, Inner]]

_SHORT = 16  # characters of what may be written once more behind each alternative


def by_letters(expression: str) -> str:
    """An expression that finds the same, whose alternatives begin with different letters as far as may be.

    It may stand beside others wherever the given one may: alternatives are put in brackets.

    >>> by_letters("(?:提高|增加)[到至]|(?<!不)提升|新?建")
    '(?:提(?:高[到至]|升(?<!不提升))|增加[到至]|新建|建)'
    """
    try:
        read = parsed(expression)
        plain = read.state.groups == 1 and read.state.flags == re.UNICODE
        written = _row(list(read)) if plain else expression
    except Exception:  # what is not known here stays as it is, and another Python may differ anywhere
        return expression
    return f"(?:{written})" if plain and "|" in written else written


def plain_words(expression: str) -> tuple[str, ...]:
    """The words of an expression that is nothing but words; none of any other.

    >>> plain_words("技术支持:|ICP备"), plain_words("更新(?:日期|时间)|[甲乙]"), plain_words("增长?")
    (('技术支持:', 'ICP备'), ('更新日期', '更新时间', '甲', '乙'), ())
    """
    try:
        return tuple(_spelt(list(parsed(expression))))
    except Exception:  # as above, or more than words
        return ()


def _spelt(row: Things) -> list[str]:
    words = [""]
    for kind, value in row:
        words = [word + more for word in words for more in _SPELLERS[kind.name](value)]
    return words


_SPELLERS: dict[str, Callable[[Inner], list[str]]] = {
    "LITERAL": lambda code: [chr(code)],
    "BRANCH": lambda value: [word for row in value[1] for word in _spelt(list(row))],
    "IN": lambda members: [word for member in members for word in _spelt([member])],
}


# ---------------------------------------------------------------- alternatives


def _branch(rows: list[Things]) -> str:
    return "|".join(map(_group, _together([flat for row in rows for flat in _flat(row)])))


def _group(rows: list[Things]) -> str:
    """Alternatives that begin with the same letter, if there are several."""
    if len(rows) == 1:
        return _things(rows[0])
    return f"{_thing(rows[0][0])}(?:{_branch([row[1:] for row in rows])})"


def _together(rows: list[Things]) -> list[list[Things]]:
    """Those with the same letter in one group, in their order; none is taken past one that may begin alike."""
    groups: list[list[Things]] = []
    for row in rows:
        same = _group_of(row, groups) if _is_lettered(row) else None
        if same is None:
            groups.append([row])
        else:
            same.append(row)
    return groups


def _group_of(row: Things, groups: list[list[Things]]) -> list[Things] | None:
    letter = row[0][1]
    for group in reversed(groups):
        if _is_lettered(group[0]):
            if group[0][0][1] == letter:
                return group
        elif begins_with(group[0], letter):
            return None
    return None


def _is_lettered(row: Things) -> bool:
    return bool(row and row[0][0].name == "LITERAL")


def _flat(row: Things) -> list[Things]:
    """The alternatives that a row amounts to, as far as that lets a letter begin them."""
    if not row:
        return [row]
    kind, value = row[0]
    return _FLATTENERS.get(kind.name, _as_it_is)(row, value)


def _as_it_is(row: Things, value: Inner) -> list[Things]:
    return [row]


def _flat_branch(row: Things, value: Inner) -> list[Things]:
    _, *tail = row
    if len(_things(tail)) > _SHORT:
        return [row]
    return [flat for branch in value[1] for flat in _flat([*branch, *tail])]


def _flat_option(row: Things, value: Inner) -> list[Things]:
    _, *tail = row
    least, most, body = value
    if (least, most) != (0, 1) or body.getwidth()[0] == 0:
        return [row]
    return [*_flat([*body, *tail]), *_flat(tail)]


def _flat_look(row: Things, value: Inner) -> list[Things]:
    """A look behind is taken behind the character that follows it."""
    (kind, _), *tail = row
    way, seen = value
    flat = _flat(tail)
    if way > 0 or not all(each and each[0][0].name in ("LITERAL", "IN") for each in flat):
        return [row]
    return [[first, (kind, (way, [*seen, first])), *rest] for first, *rest in flat]


_FLATTENERS: dict[str, Callable[[Things, Inner], list[Things]]] = {
    "BRANCH": _flat_branch,
    "MAX_REPEAT": _flat_option,
    "ASSERT": _flat_look,
    "ASSERT_NOT": _flat_look,
}


# ---------------------------------------------------------------- written again


def _row(row: Things) -> str:
    """What stands in a pair of brackets of its own."""
    return _branch([row])


def _things(row: Things) -> str:
    return "".join(map(_thing, row))


def _thing(thing: tuple[Inner, Inner]) -> str:
    kind, value = thing
    return _WRITERS[kind.name](value)


def _letter(code: int) -> str:
    return re.escape(chr(code))


def _look(ahead: str, behind: str) -> Callable[[Inner], str]:
    return lambda value: f"({ahead if value[0] > 0 else behind}{_row(list(value[1]))})"


def _repeated(greed: str) -> Callable[[Inner], str]:
    return lambda value: f"{_body(list(value[2]))}{_times(*value[:2])}{greed}"


def _body(row: Things) -> str:
    single = len(row) == 1 and row[0][0].name in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "BRANCH")
    return _thing(row[0]) if single else f"(?:{_row(row)})"


def _times(least: int, most: int) -> str:
    return _SIGNS.get((least, most)) or f"{{{least},{'' if most == _NO_END else most}}}"


_NO_END = int(import_module("re._constants").MAXREPEAT)
_SIGNS = {(0, 1): "?", (0, _NO_END): "*", (1, _NO_END): "+"}


def _class(members: Inner) -> str:
    return f"[{''.join(_MEMBERS[kind.name](value) for kind, value in members)}]"


_MEMBERS: dict[str, Callable[[Inner], str]] = {
    "NEGATE": lambda _: "^",
    "LITERAL": _letter,
    "RANGE": lambda edges: f"{_letter(edges[0])}-{_letter(edges[1])}",
}
_PLACES = {"AT_BEGINNING": "^", "AT_END": "$"}
_WRITERS: dict[str, Callable[[Inner], str]] = {
    "LITERAL": _letter,
    "NOT_LITERAL": lambda code: f"[^{_letter(code)}]",
    "ANY": lambda _: ".",
    "IN": _class,
    "BRANCH": lambda value: f"(?:{_branch([list(row) for row in value[1]])})",
    "MAX_REPEAT": _repeated(""),
    "MIN_REPEAT": _repeated("?"),
    "POSSESSIVE_REPEAT": _repeated("+"),
    "AT": lambda place: _PLACES[place.name],
    "ASSERT": _look("?=", "?<="),
    "ASSERT_NOT": _look("?!", "?<!"),
}
