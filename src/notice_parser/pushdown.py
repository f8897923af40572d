"""Trees from tokens or texts, as the parse table of a grammar says: lark makes it, and here it is gone through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from sys import intern
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar, final

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


Leaf = TypeVar("Leaf")


@final
class Tree(Generic[Leaf]):
    """A node of a rule's name, and the nodes and leaves below it."""

    def __init__(self, data: str, children: list[Leaf | Tree[Leaf]]) -> None:
        self.data, self.children = data, children

    def leaves(self) -> list[Leaf]:
        """All that it is made of, in order."""
        found: list[Leaf] = []
        for child in self.children:
            if isinstance(child, Tree):
                found += child.leaves()
            else:
                found.append(child)
        return found


class Told(NamedTuple):
    """A parse table in plain values, as it is kept for the next start; states and rules are told by their numbers."""

    start: int
    end: int
    rules: list[tuple[str, str, bool, int, list[tuple[int, bool]]]]
    shifts: dict[int, dict[str, int]]
    completes: dict[int, dict[str, int]]


class _Part:
    """A symbol of a rule that stays in the tree; of one whose name begins with _ only what is below it does."""

    def __init__(self, place: int, *, inlined: bool) -> None:
        self.place, self.inlined = place, inlined


class _Rule:
    """A rule with `size` symbols: the node that it makes, and what of the symbols is below that."""

    def __init__(self, origin: str, name: str, single: bool, size: int, parts: list[tuple[int, bool]]) -> None:
        self.origin, self.name, self.size = intern(origin), intern(name), size
        self.inlined = origin.startswith("_")
        self.single = single  # a node with one child is that child
        self.parts = [_Part(place, inlined=inlined) for place, inlined in parts]


class _State:
    """Where a parser may stand: the states behind what may come next, and the rules that are complete before it."""

    def __init__(self) -> None:
        self.behind: dict[str, _State] = {}
        self.complete: dict[str, _Rule] = {}


class Table:
    """The parse table of a grammar, each state with its neighbours at hand."""

    def __init__(self, table: Told) -> None:
        rules = [_Rule(*rule) for rule in table.rules]
        states = {number: _State() for number in table.shifts}
        for number, state in states.items():
            state.behind = {intern(symbol): states[behind] for symbol, behind in table.shifts[number].items()}
            state.complete = {intern(symbol): rules[rule] for symbol, rule in table.completes[number].items()}
        self.start, self.end = states[table.start], states[table.end]

    def tree(self, tokens: Iterable[Typed]) -> Tree[Any] | None:
        """What the grammar makes of tokens; None where it makes nothing."""
        parser = Parser(self)
        for token in tokens:
            if not parser.take(token.type, token):
                return None
        return parser.tree()


def tree_of_text(table: Table, words: Sequence[tuple[str, re.Pattern[str]]], text: str) -> Tree[Any] | None:
    """What a grammar makes of a text, whose tokens are the first of its `words` that may come next and stand there.

    Of a grammar that ignores nothing, and none of whose words stand inside others: lark tells those apart once more.
    """
    parser, place = Parser(table), 0
    while place < len(text):
        token = _next(parser, words, text, place)
        if token is None or not parser.take(token.type, token):
            return None
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
