"""Trees from tokens or texts, as the parse table of a grammar says: lark makes it, and here it is gone through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from sys import intern
from typing import Any, Final, Protocol, final

from lark import Tree
from lark.grammar import Rule, Terminal
from lark.parsers.lalr_analysis import IntParseTable, Shift

_END: Final = "$END"


class Typed(Protocol):
    """What a tree can be made of: a token needs to tell nothing but its type."""

    @property
    def type(self) -> str:
        """The terminal that it is."""


@final
class Token:
    """A word, a mark or a run of text at `[start, end)` of what is read; `type` is a terminal."""

    def __init__(self, type: str, text: str, start: int, end: int) -> None:
        self.type, self.text, self.start, self.end = type, text, start, end


class _Part:
    """A symbol of a rule that stays in the tree; of one whose name begins with _ only what is below it does."""

    def __init__(self, place: int, *, inlined: bool) -> None:
        self.place, self.inlined = place, inlined


class _Rule:
    """A rule with `size` symbols: the node that it makes, and what of the symbols is below that."""

    def __init__(self, rule: Rule) -> None:
        self.origin = intern(str(rule.origin.name))
        self.name = intern(str(rule.alias or rule.options.template_source or rule.origin.name))
        self.inlined = self.origin.startswith("_")
        self.single = rule.options.expand1 and not rule.alias  # a node with one child is that child
        self.size = len(rule.expansion)
        whole = rule.options.keep_all_tokens
        self.parts = [
            _Part(place, inlined=not symbol.is_term and symbol.name.startswith("_"))
            for place, symbol in enumerate(rule.expansion)
            if whole or not (isinstance(symbol, Terminal) and symbol.filter_out)
        ]


class _State:
    """Where a parser may stand: the states behind what may come next, and the rules that are complete before it."""

    def __init__(self) -> None:
        self.behind: dict[str, _State] = {}
        self.complete: dict[str, _Rule] = {}


class Table:
    """The parse table of a grammar, each state with its neighbours at hand."""

    def __init__(self, table: IntParseTable, start: str) -> None:
        found = [action for actions in table.states.values() for action in actions.values()]
        rules = {rule: _Rule(rule) for rule in {argument for action, argument in found if action is not Shift}}
        states = {number: _State() for number in table.states}
        for number, actions in table.states.items():
            for symbol, (action, argument) in actions.items():
                if action is Shift:
                    states[number].behind[intern(str(symbol))] = states[argument]
                else:
                    states[number].complete[intern(str(symbol))] = rules[argument]
        self.start, self.end = states[table.start_states[start]], states[table.end_states[start]]

    def tree(self, tokens: Iterable[Typed]) -> Tree[Any] | None:
        """What the grammar makes of tokens; None where it makes nothing."""
        parser = Parser(self)
        for token in tokens:
            if not parser.take(token.type, token):
                return None
        return parser.tree()


def tree_of_text(table: Table, words: Sequence[tuple[str, re.Pattern[str]]], text: str) -> Tree[Any] | None:
    """What a grammar makes of a text, whose tokens are the first of its `words` that may come next and stand there."""
    parser, place = Parser(table), 0
    while place < len(text):
        token = _next(parser, words, text, place)
        if token is None:
            return None
        parser.take(token.type, token)
        place = token.end
    return parser.tree()


def _next(parser: Parser, words: Sequence[tuple[str, re.Pattern[str]]], text: str, place: int) -> Token | None:
    for kind, word in words:
        if parser.expects(kind) and (found := word.match(text, place)):
            return Token(kind, found[0], place, found.end())
    return None


class Parser:
    """A parser in the midst of its tokens."""

    def __init__(self, table: Table) -> None:
        self._states, self._end = [table.start], table.end
        self._nodes: list[object] = []  # one less than states: what led from each to the next

    def expects(self, kind: str) -> bool:
        """Whether a token of this type may come next."""
        state = self._states[-1]
        return kind in state.behind or kind in state.complete

    def take(self, kind: str, token: object) -> bool:
        """Take the next token, which becomes a leaf; whether it may come next."""
        state = self._states[-1]
        while (rule := state.complete.get(kind)) is not None:
            state = self._reduced(rule)
        behind = state.behind.get(kind)
        if behind is None:
            return False
        self._states.append(behind)
        self._nodes.append(token)
        return True

    def tree(self) -> Tree[Any] | None:
        """The tree of all tokens; None where more were expected."""
        state = self._states[-1]
        while state is not self._end:
            rule = state.complete.get(_END)
            if rule is None:
                return None
            state = self._reduced(rule)
        tree = self._nodes[-1]
        assert isinstance(tree, Tree)
        return tree

    def _reduced(self, rule: _Rule) -> _State:
        """The state behind a rule that is complete, whose node takes the place of its symbols."""
        children = self._below(rule)
        for _ in range(rule.size):
            self._states.pop()
            self._nodes.pop()
        state = self._states[-1].behind[rule.origin]
        self._states.append(state)
        self._nodes.append(_node(rule, children))
        return state

    def _below(self, rule: _Rule) -> list[object]:
        """The children of a rule's node; a list that has grown so far goes on growing, since nobody else has it."""
        first = len(self._nodes) - rule.size
        children: list[object] = []
        for part in rule.parts:
            node = self._nodes[first + part.place]
            if not part.inlined:
                children.append(node)
                continue
            assert isinstance(node, list)
            if children:
                children.extend(node)
            else:
                children = node
        return children


def _node(rule: _Rule, children: list[object]) -> object:
    """The node that a rule makes; of one that is inlined nothing but the children is ever asked for."""
    if rule.inlined:
        return children
    return children[0] if rule.single and len(children) == 1 else Tree(rule.name, children)
