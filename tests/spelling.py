"""Texts that a regular expression may find, written from what Python's own reader makes of it."""

import re
from importlib import import_module
from itertools import islice
from random import Random

_SOME = "某5、x 的(\n"  # for what may be nearly anything
_TRIES = 400
_MORE = 3  # times at most that something is repeated above the least


def found_texts(expression: str, count: int) -> list[str]:
    """So many texts in which the expression finds something, the same each time; fewer where few are hit on."""
    pattern, row, chance = re.compile(expression), import_module("re._parser").parse(expression), Random(expression)
    texts = (_spelt(row, chance) + chance.choice(["", "某"]) for _ in range(_TRIES))
    return list(islice((text for text in texts if (found := pattern.search(text)) and found[0]), count))


def _spelt(row, chance: Random) -> str:
    return "".join(_WRITERS.get(kind.name, _nothing)(value, chance) for kind, value in row)


def _repeated(value, chance: Random) -> str:
    least, most, row = value
    return "".join(_spelt(row, chance) for _ in range(chance.randint(least, min(most, least + _MORE))))


def _looked_at(value, chance: Random) -> str:
    """What is looked for may stand there as well, or is what the next thing brings by itself."""
    return _spelt(value[1], chance) if chance.random() < 0.5 else ""


def _of_class(members, chance: Random) -> str:
    if members[0][0].name == "NEGATE":
        return chance.choice([sign for sign in _SOME if not any(_holds(member, ord(sign)) for member in members)])
    kind, value = chance.choice(members)
    return chr(value if kind.name == "LITERAL" else chance.randint(*value))


def _holds(member, code: int) -> bool:
    kind, value = member
    return value == code if kind.name == "LITERAL" else kind.name == "RANGE" and value[0] <= code <= value[1]


def _nothing(value, chance: Random) -> str:
    return ""


_WRITERS = {
    "LITERAL": lambda code, chance: chr(code),
    "NOT_LITERAL": lambda code, chance: chance.choice([sign for sign in _SOME if ord(sign) != code]),
    "ANY": lambda value, chance: chance.choice(_SOME.rstrip("\n")),
    "IN": _of_class,
    "BRANCH": lambda value, chance: _spelt(chance.choice(value[1]), chance),
    "SUBPATTERN": lambda value, chance: _spelt(value[-1], chance),
    "MAX_REPEAT": _repeated,
    "MIN_REPEAT": _repeated,
    "POSSESSIVE_REPEAT": _repeated,
    "ASSERT": _looked_at,
}
