"""Every grammar is LALR(1) without a conflict and without a terminal that hides another."""

import pytest
from lark import Lark

from notice_parser.grammar import FOLDER

GRAMMARS = sorted(FOLDER.glob("*.lark"))


def test_there_are_grammars():
    assert GRAMMARS


@pytest.mark.parametrize("path", GRAMMARS, ids=lambda path: path.stem)
def test_a_grammar_compiles_strictly(path):
    Lark.open(str(path), parser="lalr", strict=True)


@pytest.mark.parametrize("path", GRAMMARS, ids=lambda path: path.stem)
def test_a_grammar_opens_with_three_examples(path):
    opening = []
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("//"):
            break
        opening.append(line)
    assert len(opening) >= 3
