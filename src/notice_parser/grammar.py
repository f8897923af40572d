"""The grammars: compiled once, their tables kept for the next start."""

from __future__ import annotations

import hashlib
import io
import pickle
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, Final, TypeVar, final

from notice_parser import kept
from notice_parser.openings import Words, members, together, words_of
from notice_parser.pushdown import Parser, Table, Token, Told, Tree, Typed, tree_of_text

_PACKAGED: Final = Path(__file__).parent / "grammars"
FOLDER: Final = (
    _PACKAGED if _PACKAGED.is_dir() else Path(__file__).parents[2] / "grammars"
)  # the wheel's, or the checkout's


Kept = TypeVar("Kept", Words, Told)


def parsing(name: str) -> Parser:
    """A parser of a grammar at its very beginning, to be given tokens."""
    return Parser(_table(name))


def tree_of(name: str, tokens: Iterable[Typed]) -> Tree[Any] | None:
    """What a grammar makes of tokens; None where it makes nothing."""
    return _table(name).tree(tokens)


def tokens_of(name: str, text: str) -> list[Token]:
    """The tokens of a text as a grammar knows it, without those that only hold it together; none where it does not.

    >>> [(token.type, token.text) for token in tokens_of("document_number", "兰政办发[2017]145号")]
    [('AGENCY', '兰政办发'), ('YEAR', '2017'), ('SERIAL', '145')]
    """
    tree = tree_of_text(_table(name), _patterns(name), text)
    return tree.leaves() if tree else []


@cache
def _patterns(name: str) -> list[tuple[str, re.Pattern[str]]]:
    return [(word, re.compile(expression)) for word, expression in terminals(name).items()]


@cache
def _table(name: str) -> Table:
    return Table(_kept(name, _read_table) or _anew(name)[1])


@cache
def terminals(name: str) -> dict[str, str]:
    """The terminals of a grammar as regular expressions, for readers that look for one mark in running text."""
    return _words(name).expressions


@cache
def anywhere(name: str, *names: str) -> re.Pattern[str]:
    """Any of these terminals of a grammar."""
    return re.compile(_either(name, names))


@cache
def spelt(name: str, terminal: str) -> tuple[str, ...]:
    """The words of a terminal that is nothing but words; in a text Python finds a few sooner than a pattern."""
    words = _words(name).words[terminal]
    assert words, f"{terminal} is more than words"
    return words


@cache
def closing(name: str, *names: str) -> re.Pattern[str]:
    """Any of these terminals of a grammar, as the end of a text (or, matched at its beginning, as all of it)."""
    return re.compile(f"(?:{_either(name, names)})$")


@cache
def holding(name: str, *names: str) -> re.Pattern[str]:
    """Where any of these terminals of a grammar begins: to be searched for, since nothing but that place is found."""
    return re.compile(beginning(entrance(name, *names), _either(name, names)))


def beginning(first: str, expression: str) -> str:
    """An expression for the first character of another one, which `first`, its `entrance`, finds.

    The engine sees by itself where no character of a class stands; the look around finds the groups of the other, too.

    >>> re.search(beginning("[至不]", "(?:至少|不少于)(?P<number>[0-9])"), "应不少于5人")["number"]
    '5'
    """
    return f"(?:{first})(?<=(?={expression})(?s:.))"


@cache
def entrance(name: str, *names: str, also: str = "") -> str:
    """An expression for the first character of any of these terminals, as the next one lets it be seen, or `also`."""
    signs = opening_signs(name, *names)
    if not signs:
        return "(?s:.)"
    entered = together(_words(name).entrances[each] for each in names) | dict.fromkeys(also, "")
    looks = _looks(entered) if any(entered.values()) else []
    return f"[{signs}{also}]" + (f"(?<={'|'.join(looks)})" if looks else "")


def _looks(entered: dict[str, str]) -> list[str]:
    """Classes of first characters, each with what may follow any of them: so few that they are soon gone through."""
    free = "".join(map(re.escape, (first for first in entered if not entered[first])))
    bound = sorted((first for first in entered if entered[first]), key=lambda first: entered[first])
    looks = [f"[{free}]"] if free else []
    for place in range(0, len(bound), _TOGETHER):
        group = bound[place : place + _TOGETHER]
        follows = {sign for first in group for sign in entered[first]}
        looks.append(f"[{''.join(map(re.escape, group))}](?=[{''.join(map(re.escape, sorted(follows)))}])")
    return looks


_TOGETHER: Final = 24  # first characters


@final
class Patterns:
    """What `anywhere`, `closing`, `holding` or a reader itself makes of a grammar, each when it is first asked for."""

    def __init__(self, make: Callable[..., re.Pattern[str]], name: str) -> None:
        self._make, self._name = make, name
        self._made: dict[str | tuple[str, ...], re.Pattern[str]] = {}

    def __getitem__(self, names: str | tuple[str, ...]) -> re.Pattern[str]:
        found = self._made.get(names)
        return found if found is not None else self._new(names)

    def _new(self, names: str | tuple[str, ...]) -> re.Pattern[str]:
        each = (names,) if isinstance(names, str) else names
        return self._made.setdefault(names, self._make(self._name, *each))


def opening_signs(name: str, *names: str) -> str:
    """What a class of the characters holds that any of these terminals begins with; "" where that may be any."""
    openings = [_words(name).openings[each] for each in names]
    return "".join(openings) if all(openings) else ""


def ahead(name: str, *names: str) -> str:
    """A look ahead at the characters that any of these terminals of a grammar begins with; "" where that may be any."""
    signs = opening_signs(name, *names)
    return f"(?=[{signs}])" if signs else ""


@cache
def begins(name: str, *names: str) -> frozenset[str]:
    """The characters that any of these terminals of a grammar begins with; none where that may be any."""
    openings = [_words(name).openings[each] for each in names]
    return members("".join(openings)) if all(openings) else frozenset()


@final
class Openings:
    """The characters that any of these terminals begins with: sought one by one, which is faster than a pattern.

    >>> held = Openings("target", "OVER")
    >>> held.may_stand_in("达到或超过5个"), held.may_stand_in("5个")
    (True, False)
    """

    def __init__(self, name: str, *names: str) -> None:
        self._name, self._names = name, names
        self._signs: tuple[str, ...] | None = None  # read when they are first asked for

    def may_stand_in(self, text: str) -> bool:
        """Whether a text has one of them, or they are not known."""
        if self._signs is None:
            self._signs = tuple(sorted(begins(self._name, *self._names)))
        return not self._signs or any(sign in text for sign in self._signs)


@final
class Begun:
    """What a text begins with (`anywhere`) or all of it is (`closing`), where it is one of these terminals.

    Most texts begin with another character than they do, and need no more.

    >>> dated = Begun(closing, "document", "SIGNED")
    >>> dated.match("2023年5月10日") is not None, dated.match("一、总体要求"), dated.match("")
    (True, None, None)
    """

    def __init__(self, make: Callable[..., re.Pattern[str]], name: str, *names: str) -> None:
        self._make, self._name, self._names = make, name, names
        self._signs: frozenset[str] = frozenset()
        self._pattern: re.Pattern[str] | None = None  # read when it is first asked for

    def match(self, text: str) -> re.Match[str] | None:
        """What the text begins with, or is."""
        if self._pattern is None:
            self._signs = begins(self._name, *self._names)
            self._pattern = self._make(self._name, *self._names)
        if self._signs and text[:1] not in self._signs:
            return None
        return self._pattern.match(text)


@cache
def may_begin(name: str, *names: str) -> Callable[[str], bool]:
    """Whether any of these terminals of a grammar may begin with a character, or ("") where a text ends.

    >>> [may_begin("target", "OVER")(sign) for sign in ("超", "甲", "")], may_begin("document", "TEXT")("甲")
    ([True, False, False], True)
    """
    signs = begins(name, *names)
    return signs.__contains__ if signs else _is_any


def _is_any(sign: str) -> bool:
    return True


def last_signs(name: str, *names: str) -> dict[str, str]:
    """The characters that any of these terminals ends with, each with those before it ("": any); {} where that is any.

    >>> last_signs("target", "OVER")["破"], last_signs("document", "TEXT")
    ('突', {})
    """
    return together(_words(name).exits[each] for each in names)


def at_end(text: str, name: str, *names: str) -> re.Match[str] | None:
    """What `text` ends with, where it is one of these terminals: looked for only as far from the end as they reach."""
    pattern, reach, last = _ending(name, *names)
    return None if last and text[-1:] not in last else pattern.search(text, max(0, len(text) - reach))


@cache
def _ending(name: str, *names: str) -> tuple[re.Pattern[str], int, frozenset[str]]:
    """The pattern, how far it reaches, and the last characters if not any; a line break may stand at the very end."""
    words = _words(name)
    endings, reach = [words.endings[each] for each in names], max(words.widths[each] for each in names)
    last = members("".join(endings)) | {"\n"} if all(endings) else frozenset()
    return closing(name, *names), reach + 1, last


def _either(name: str, names: tuple[str, ...]) -> str:
    expressions = terminals(name)
    return "|".join(expressions[each] for each in names)


@cache
def _words(name: str) -> Words:
    return _kept(name, _read_words) or _anew(name)[0]


@cache
def _anew(name: str) -> tuple[Words, Told]:
    """What is made of a grammar, kept for the next start."""
    from notice_parser import compiler  # which loads lark: no start needs it where the tables are kept

    compiled = compiler.grammar(FOLDER / f"{name}.lark")
    made = words_of(compiler.expressions(compiled)), compiler.table(compiled)
    _keep(name, *made)
    return made


# ------------------------------------------------------------------------------------------------ kept tables


def _kept(name: str, read: Callable[[BinaryIO], Kept]) -> Kept | None:
    """What `read` finds in the kept tables; None where there are none or they cannot be read (they are made again)."""
    tables = kept.read(_tables(name))
    try:
        return read(io.BytesIO(tables)) if tables else None
    except Exception:  # a damaged pickle raises nearly anything, and the grammar itself is always at hand
        return None


# The terminals come first, so that a reader of marks need not read the parse table behind them.
def _read_words(file: BinaryIO) -> Words:
    return Words(*pickle.load(file))


def _read_table(file: BinaryIO) -> Told:
    pickle.load(file)
    return Told(*pickle.load(file))


def _keep(name: str, words: Words, table: Told) -> None:
    kept.write(_tables(name), pickle.dumps(tuple(words)) + pickle.dumps(tuple(table)))


def _tables(name: str) -> str:
    return f"{name}-{_key()}.tables"


@cache
def _key() -> str:
    """Changes with the text of any grammar (one may import another), and with what made the tables."""
    digest = hashlib.sha256(sys.version.encode())
    made_by = [Path(__file__).with_name(name) for name in ("grammar.py", "openings.py", "pushdown.py", "compiler.py")]
    lark = find_spec("lark")  # whose first file tells its version; it is not loaded
    assert lark and lark.origin
    for path in (Path(lark.origin), *made_by, *sorted(FOLDER.iterdir())):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]
