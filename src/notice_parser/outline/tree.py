"""From blocks to the tree: document.lark says how they nest, the rest moves them into the model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lark import Token, Tree
from lark.parsers.lalr_interactive_parser import InteractiveParser

from notice_parser.clauses.responsibility import clause_spans, is_own_line
from notice_parser.grammar import grammar
from notice_parser.model import Block as ModelBlock
from notice_parser.model import Body, Measure, Paragraph, ParagraphRole, Section, Table, Text
from notice_parser.outline.headings import read_heading
from notice_parser.outline.kinds import Block
from notice_parser.outline.marks import DEEPEST, Mark
from notice_parser.source import Passage, Remark, Span, joined

_ROLES: dict[str, ParagraphRole] = {
    "TEXT": "text", "CLOSING": "text", "CONTENTS": "contents", "BOX": "box", "TABLE_TEXT": "table_text",
}  # fmt: skip
_RULE = re.compile(r"\|[|:\-—]+$")  # the line below the heads of a Markdown table
_ITEM_PARTS = frozenset({"TEXT", "CONTENTS", "BOX", "TABLE_TEXT", "ROW", "CLOSING"})


class Part(NamedTuple):
    """A document of the file: the notice itself, or one that is attached. Its blocks by kind, and its body's tree."""

    blocks: tuple[Block, ...]
    body: Tree[Token]


# ---------------------------------------------------------------- nesting


def nest(blocks: list[Block]) -> tuple[list[Part], list[Remark]]:
    """The documents of a text, each with the tree of its body."""
    placer = _Placer(blocks)
    parser = grammar("document").parse_interactive()
    for kind, index in placer.tokens():
        _feed(parser, kind, index)
    tree: Tree[Token] = parser.feed_eof()  # type: ignore[no-untyped-call]  # lark leaves it untyped
    return [_part(document, blocks) for document in tree.children if isinstance(document, Tree)], placer.remarks


def _feed(parser: InteractiveParser, kind: str, index: int) -> None:
    """Give the parser a token; one that cannot stand here is text, and text behind a sign-off begins a document."""
    state = parser.parser_state
    expected = state.parse_conf.states[state.position]  # parser.choices() makes a copy of it
    for wanted in (kind, "TEXT"):
        if wanted in expected:
            parser.feed_token(_token(wanted, index))
            return
    parser.feed_token(_token("_ATTACHED", index))
    parser.feed_token(_token("TEXT", index))


def _token(kind: str, index: int) -> Token:
    return Token(kind, "", start_pos=index)


def _part(document: Tree[Token], blocks: list[Block]) -> Part:
    tokens = document.scan_values(lambda value: isinstance(value, Token))
    held = (_called(blocks[token.start_pos or 0], token.type) for token in tokens)
    return Part(tuple(held), next(document.find_data("body")))


def _called(block: Block, kind: str) -> Block:
    return block if block.kind == kind else block._replace(kind=kind)


class _Placer:
    """Turns the ranks of marks into _IN and _OUT: the kind of mark gives the rank, the stack the parent."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._ranks: list[int] = []
        self._depth = 0
        self.remarks: list[Remark] = []

    def tokens(self) -> Iterator[tuple[str, int]]:
        for index, block in enumerate(self._blocks):
            if block.mark:
                yield from self._place(index, block.mark)
            elif block.kind == "CLOSING":
                yield from self._close(index, 0)
            elif block.kind == "TEXT" and self._depth > 1 and self._is_parents_clause(index):
                yield from self._close(index, self._depth - 1)
            elif block.kind not in _ITEM_PARTS:
                yield from self._close(index, 0)
            yield block.kind, index
        yield from self._close(len(self._blocks), 0)

    def _place(self, index: int, mark: Mark) -> Iterator[tuple[str, int]]:
        while self._ranks and self._ranks[-1] >= mark.rank:
            self._ranks.pop()
        wanted = len(self._ranks) + 1
        if wanted > DEEPEST:
            message = f"“{mark.text}” would be level {wanted}; it stays at {DEEPEST}"
            self.remarks.append(Remark("nesting-capped", message, Span(mark.start, mark.end)))
            wanted = DEEPEST
        self._ranks.append(mark.rank)
        yield from self._close(index, wanted, keep=True)
        if self._depth < wanted:
            yield "_IN", index
            self._depth = wanted

    def _close(self, index: int, depth: int, *, keep: bool = False) -> Iterator[tuple[str, int]]:
        """Leave levels until `depth` is reached."""
        for _ in range(self._depth - depth):
            yield "_OUT", index
        self._depth = min(self._depth, depth)
        if not keep:
            del self._ranks[depth:]

    def _is_parents_clause(self, index: int) -> bool:
        """Whether a clause on a line of its own closes several siblings none of which has one: it is their parent's."""
        if not is_own_line(self._blocks[index].squeezed) or self._closes_item(index):
            return False
        rank, siblings = self._ranks[-1], 0
        for place in range(index - 1, -1, -1):
            block = self._blocks[place]
            if block.mark and block.mark.rank < rank:
                break
            if block.mark and block.mark.rank == rank:
                siblings += 1
            elif block.kind == "TEXT" and (is_own_line(block.squeezed) or clause_spans(block.squeezed)):
                return False
        return siblings > 1 and not self._sibling_follows(index, rank)

    def _closes_item(self, index: int) -> bool:
        """Whether the line above is already part of the same clause (责任单位：… under 牵头单位：…)."""
        above = self._blocks[index - 1]
        return above.kind == "TEXT" and not above.mark and is_own_line(above.squeezed)

    def _sibling_follows(self, index: int, rank: int) -> bool:
        following = next((mark for at in range(index + 1, len(self._blocks)) if (mark := self._blocks[at].mark)), None)
        return following is not None and following.rank == rank and following.value > 1


# ---------------------------------------------------------------- building


class Builder:
    """Moves trees into the model; remembers the paths that are taken."""

    def __init__(self, text: str, folded: str, blocks: list[Block]) -> None:
        self._text, self._folded, self._blocks = text, folded, blocks
        self._paths: Counter[str] = Counter()

    def body(self, tree: Tree[Token], prefix: str, place: int) -> Body:
        """The body that `tree` is; an empty one stands at `place`."""
        content = tuple(self._content(tree.children, prefix, "", 1))
        span = Span(content[0].span.start, content[-1].span.end) if content else Span(place, place)
        return Body(content=content, span=span)

    def text(self, block: Block, *, blanks: bool = True) -> Text:
        """The words of a block."""
        return Text(
            text=joined(self._text, self._folded, block.span, block.gaps, blanks=blanks),
            span=block.span,
            gaps=block.gaps,
        )

    def _content(self, children: list[Token | Tree[Token]], path: str, base: str, level: int) -> Iterator[ModelBlock]:
        """Blocks and items in reading order; `base` is the path above the decimals, whose own numbers say the rest."""
        rows: list[Block] = []
        for child in children:
            block = self._blocks[_index(child)] if not isinstance(child, Token) and child.data == "block" else None
            if block and block.kind == "ROW":
                rows += [] if _RULE.match(block.squeezed) else [block]
                continue
            yield from self._table(rows)
            rows = []
            if block:
                yield self._paragraph(block)
            elif isinstance(child, Tree):
                yield self._item(child, path, base, level)
        yield from self._table(rows)

    def _table(self, rows: list[Block]) -> Iterator[Table]:
        if rows:
            cells = tuple(tuple(self._cells(row)) for row in rows)
            yield Table(rows=cells, span=Span(rows[0].span.start, rows[-1].span.end))

    def _cells(self, row: Block) -> Iterator[Text]:
        """The cells between the bars of a row."""
        place = row.span.start
        for cell in self._folded[row.span.start : row.span.end].split("|"):
            inner = cell.strip(" ")
            start = place + cell.index(inner) if inner else place
            if inner:
                yield self.text(Block("CELL", Span(start, start + len(inner))))
            place += len(cell) + 1

    def _paragraph(self, block: Block) -> Paragraph:
        words = self.text(self._trimmed(block))
        return Paragraph(role=_ROLES.get(block.kind, "text"), text=words.text, span=words.span, gaps=words.gaps)

    def _trimmed(self, block: Block) -> Block:
        """Without the blanks behind a mark."""
        start, end = block.span
        if self._folded[start : start + 1] not in (" ", "\n"):
            return block
        while start < end and self._folded[start] in " \n":
            start += 1
        gaps = tuple(gap for gap in block.gaps if gap.start >= start)
        return block._replace(span=Span(start, end), gaps=gaps)

    def _item(self, tree: Tree[Token], path: str, base: str, level: int) -> Section | Measure:
        mark = self._blocks[_index(tree)].mark
        assert mark is not None
        number = ".".join(map(str, mark.steps))
        above = base if mark.style == "decimal" else path
        own = self._unique(above + number if not above or above.endswith(":") else f"{above}.{number}")
        children = tree.children[1:]
        below = [child for child in children if isinstance(child, Tree) and child.data == "item"]
        heading, first = self._heading(children, mark, more=bool(below))
        rest = children[1:] if heading is not None or first else children
        content = (*first, *self._content(rest, own, base if mark.style == "decimal" else own, level + 1))
        kind = Section if below else Measure
        end = content[-1].span.end if content else heading.span.end if heading else mark.end
        return kind(
            path=own, level=level, marker=self._text[mark.start : mark.end], style=mark.style, number=number,
            heading=heading, content=content, span=Span(mark.start, end),
        )  # fmt: skip

    def _unique(self, path: str) -> str:
        """A path that occurs again is told apart: 2.1~2."""
        self._paths[path] += 1
        return path if self._paths[path] == 1 else f"{path}~{self._paths[path]}"

    def _heading(
        self, children: list[Token | Tree[Token]], mark: Mark, *, more: bool
    ) -> tuple[Text | None, tuple[Paragraph, ...]]:
        """The heading of an item, and what its first paragraph says besides."""
        if not children or self._kind(children[0]) != "TEXT":
            return None, ()
        block = self._trimmed(self._blocks[_index(children[0])])
        if not self._begins_item(block, mark):
            return None, ()
        passage = Passage(self._text, self._folded, block.span, block.gaps)
        found = read_heading(passage.folded, mark.style, more=more or self._text_follows(children))
        if found is None:
            return None, (self._paragraph(block),)
        span = passage.span(found.start, found.end)
        gaps = tuple(gap for gap in block.gaps if span.start <= gap.start < span.end)
        heading = Text(text=passage.text[found.start : found.end], span=span, gaps=gaps)
        if found.rest >= len(passage.folded):
            return heading, ()
        rest = Span(passage.at(found.rest), block.span.end)
        after = tuple(gap for gap in block.gaps if gap.start >= rest.start)
        return heading, (self._paragraph(Block("TEXT", rest, after)),)

    def _begins_item(self, block: Block, mark: Mark) -> bool:
        """Whether the paragraph is the one that the mark opens."""
        return not self._folded[mark.end : block.span.start].strip(" \n")

    def _text_follows(self, children: list[Token | Tree[Token]]) -> bool:
        """Whether another paragraph of the item follows that is more than a clause."""
        following = (self._blocks[_index(child)] for child in children[1:2] if self._kind(child) in _ITEM_PARTS)
        return any(not is_own_line(block.squeezed) and not _is_clause(block.squeezed) for block in following)

    def _kind(self, child: Token | Tree[Token]) -> str:
        return self._blocks[_index(child)].kind if isinstance(child, Tree) and child.data == "block" else ""


def _is_clause(squeezed: str) -> bool:
    """Whether a paragraph is nothing but a clause: （省发展改革委负责）."""
    spans = clause_spans(squeezed) if squeezed[:1] in ("(", "[") else ()
    return bool(spans) and spans[0].start == 0 and spans[-1].end >= len(squeezed.rstrip("。"))


def _index(child: Token | Tree[Token]) -> int:
    """The block that a node begins with."""
    while isinstance(child, Tree):
        child = child.children[0]
    return child.start_pos or 0
