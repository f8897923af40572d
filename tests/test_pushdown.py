"""What is made of tokens is what lark itself would make of them, whatever they are."""

import random
import re

import pytest
from lark import Lark, Token
from lark.exceptions import UnexpectedInput
from lark.parsers.lalr_parser_state import ParserState
from spelling import found_texts

from notice_parser.compiler import grammar, table
from notice_parser.grammar import FOLDER, parsing, tokens_of, tree_of
from notice_parser.pushdown import Table, tree_of_text

DRIVEN = ("document", "target", "responsibility")
TRIES = 300


def compiled(name):
    return grammar(FOLDER / f"{name}.lark")


def shown(tree):
    """A tree in plain lists, whoever made it."""
    if tree is None or isinstance(tree, Token):
        return tree
    return [str(tree.data), *map(shown, tree.children)]


def larks(name, kinds):
    """The tree that lark's own parser makes; None where it refuses."""
    parser = compiled(name).parse_interactive()
    state = ParserState(parser.parser_state.parse_conf, parser.lexer_thread)
    try:
        for kind in kinds:
            state.feed_token(Token(kind, kind))
        return state.feed_token(Token("$END", ""), is_end=True)
    except UnexpectedInput:
        return None


def probable(name, chance, length):
    """Tokens each of which may come next, as far as lark sees, and now and then one that may not."""
    parser = compiled(name).parse_interactive()
    kinds = []
    terminals = sorted(terminal.name for terminal in compiled(name).terminals)
    while len(kinds) < length and (expected := sorted(parser.choices().keys() & {*terminals})):
        kinds.append(chance.choice(terminals if chance.random() < 0.01 else expected))
        try:
            parser.feed_token(Token(kinds[-1], kinds[-1]))
        except UnexpectedInput:
            break
    return kinds


@pytest.mark.parametrize("name", DRIVEN)
def test_a_tree_is_the_one_that_lark_makes(name):
    chance = random.Random(name)
    found = []
    for _ in range(TRIES):
        kinds = probable(name, chance, chance.randrange(40))
        found.append(tree_of(name, [Token(kind, kind) for kind in kinds]))
        assert shown(found[-1]) == shown(larks(name, kinds)), kinds
    assert any(found)
    assert not all(found)


@pytest.mark.parametrize("name", ["date", "document_number"])
def test_the_tokens_of_a_text_are_those_that_lark_finds(name):
    chance = random.Random(name)
    words = [text for each in compiled(name).terminals for text in found_texts(each.pattern.to_regexp(), 3)]
    texts = ["".join(chance.choices(words, k=chance.randrange(1, 5))) for _ in range(3000)] + words
    found = [[(token.type, token.text) for token in tokens_of(name, text)] for text in texts]
    assert found == [lexed(name, text) for text in texts]
    assert any(found)
    assert not all(found)


def test_a_token_that_may_end_a_rule_but_lead_nowhere_behind_it_is_refused():
    abc = Lark('start: A x D | B x E\nx: C\nA: "a"\nB: "b"\nC: "c"\nD: "d"\nE: "e"', parser="lalr")
    words = [(sign.upper(), re.compile(sign)) for sign in "abcde"]
    assert [tree_of_text(Table(table(abc)), words, text) is not None for text in ("acd", "ace", "aced", "bce")] == [
        1,
        0,
        0,
        1,
    ]


def lexed(name, text):
    """The tokens in the tree that lark's own lexer and parser make; none where they refuse."""
    try:
        tree = compiled(name).parse(text)
    except UnexpectedInput:
        return []
    return [(token.type, str(token)) for token in tree.scan_values(lambda _: True)]


def test_a_parser_says_what_may_come_next():
    parser = parsing("document")
    assert parser.expects("TITLE")
    assert not parser.expects("_OUT")
    assert not parser.take("_OUT", "")
