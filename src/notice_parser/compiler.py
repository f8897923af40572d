"""What lark makes of a grammar, in plain values: asked only where they are not kept from an earlier start."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark
from lark.common import LexerConf
from lark.grammar import Rule, Terminal
from lark.lexer import ContextualLexer, TerminalDef
from lark.parsers.lalr_analysis import IntParseTable, Shift

from notice_parser.pushdown import Told


@cache
def grammar(path: Path) -> Lark:
    """The grammar of a file as lark compiles it (LALR, contextual lexer)."""
    return Lark.open(
        str(path),
        parser="lalr",
        propagate_positions=False,
        maybe_placeholders=False,
        _plugins={"ContextualLexer": _Unchecked},
    )


def expressions(compiled: Lark) -> dict[str, str]:
    """The terminals of a grammar as regular expressions, in the order in which lark's own lexer tries them."""
    return {terminal.name: terminal.pattern.to_regexp() for terminal in sorted(compiled.terminals, key=_rank)}


def _rank(word: TerminalDef) -> tuple[int, int, int, str]:
    return -word.priority, -word.pattern.max_width, -len(word.pattern.value), word.name


def table(compiled: Lark) -> Told:
    """The parse table of a grammar, in plain values."""
    parser: Any = compiled.parser
    made: IntParseTable = parser.parser.parser.parse_table
    numbers: dict[Rule, int] = {}
    shifts: dict[int, dict[str, int]] = {number: {} for number in made.states}
    completes: dict[int, dict[str, int]] = {number: {} for number in made.states}
    for number, row in made.states.items():
        for symbol, (action, argument) in row.items():
            if action is Shift:
                shifts[number][str(symbol)] = argument
            else:
                completes[number][str(symbol)] = numbers.setdefault(argument, len(numbers))
    rules = [_told_rule(rule) for rule in numbers]
    return Told(made.start_states["start"], made.end_states["start"], rules, shifts, completes)


def _told_rule(rule: Rule) -> tuple[str, str, bool, int, list[tuple[int, bool]]]:
    """A rule's symbol, the node it makes, whether one child takes its place, its size, and what stays in the tree."""
    origin, options = str(rule.origin.name), rule.options
    parts = [
        (place, not symbol.is_term and symbol.name.startswith("_"))
        for place, symbol in enumerate(rule.expansion)
        if options.keep_all_tokens or not (isinstance(symbol, Terminal) and symbol.filter_out)
    ]
    name = str(rule.alias or options.template_source or origin)
    return origin, name, bool(options.expand1 and not rule.alias), len(rule.expansion), parts


class _Unchecked(ContextualLexer):
    """Does not compare every terminal with every other: where interegular is installed that takes seconds."""

    def __init__(
        self, conf: LexerConf, states: dict[int, Collection[str]], always_accept: Collection[str] = ()
    ) -> None:
        conf.skip_validation = True  # the tests compile each grammar strictly
        super().__init__(conf, states, always_accept)
