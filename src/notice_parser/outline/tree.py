"""From blocks to the tree: document.lark says how they nest, the rest moves them into the model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from lark import Tree
from lark.parsers.lalr_parser_state import ParserState

from notice_parser.clauses.responsibility import clause_spans, is_own_line
from notice_parser.grammar import grammar
from notice_parser.model import Block as ModelBlock
from notice_parser.model import Body, Measure, Paragraph, ParagraphRole, Section, Table, Text
from notice_parser.outline.headings import read_heading
from notice_parser.outline.kinds import Block
from notice_parser.outline.marks import DEEPEST, Mark
from notice_parser.source import Passage, Remark, Span, joined

Node = Tree[Block]
Child = Block | Node
_ROLES: dict[str, ParagraphRole] = {
    "TEXT": "text", "CLOSING": "text", "CONTENTS": "contents", "BOX": "box", "TABLE_TEXT": "table_text",
}  # fmt: skip
_RULE = re.compile(r"\|[|:\-—]+$")  # the line below the heads of a Markdown table
_IN, _OUT, _ATTACHED = (Block(kind, Span(0, 0)) for kind in ("_IN", "_OUT", "_ATTACHED"))  # what no text stands for
_ITEM_PARTS = frozenset({"TEXT", "CONTENTS", "BOX", "TABLE_TEXT", "ROW", "CLOSING"})


class Part(NamedTuple):
    """A document of the file: the notice itself, or one that is attached. Its blocks by kind, and its body's tree."""

    blocks: tuple[Block, ...]
    body: Node


# ---------------------------------------------------------------- nesting


def nest(blocks: list[Block]) -> tuple[list[Part], list[Remark]]:
    """The documents of a text, each with the tree of its body."""
    placer = _Placer(blocks)
    parser = grammar("document").parse_interactive()
    for block in placer.nested():
        _feed(parser.parser_state, block)
    tree: Node = parser.feed_eof()  # type: ignore[no-untyped-call]  # lark leaves it untyped
    return [_part(document) for document in tree.children if isinstance(document, Tree)], placer.remarks


def _feed(state: ParserState[Any], block: Block) -> None:
    """Give the parser a block; one that cannot stand here is text, and text behind a sign-off begins a document."""
    expected = state.parse_conf.states[state.position]
    feed: Callable[[Block], object] = state.feed_token  # type: ignore[assignment]  # blocks are the tokens
    if block.kind in expected:
        feed(block)
        return
    if "TEXT" not in expected:
        feed(_ATTACHED)
    feed(block._replace(kind="TEXT"))


def _part(document: Node) -> Part:
    held = document.scan_values(lambda value: isinstance(value, Block))
    return Part(tuple(held), next(document.find_data("body")))


class _Placer:
    """Turns the ranks of marks into _IN and _OUT: the kind of mark gives the rank, the stack the parent."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._ranks: list[int] = []
        self._depth = 0
        self.remarks: list[Remark] = []

    def nested(self) -> Iterator[Block]:
        """The blocks in order, with what opens and closes a level between them."""
        for index, block in enumerate(self._blocks):
            if block.mark:
                yield from self._place(block.mark)
            elif block.kind == "CLOSING":
                yield from self._close(0)
            elif block.kind == "TEXT" and self._depth > 1 and self._is_parents_clause(index):
                yield from self._close(self._depth - 1)
            elif block.kind not in _ITEM_PARTS:
                yield from self._close(0)
            yield block
        yield from self._close(0)

    def _place(self, mark: Mark) -> Iterator[Block]:
        while self._ranks and self._ranks[-1] >= mark.rank:
            self._ranks.pop()
        wanted = len(self._ranks) + 1
        if wanted > DEEPEST:
            message = f"“{mark.text}” would be level {wanted}; it stays at {DEEPEST}"
            self.remarks.append(Remark("nesting-capped", message, Span(mark.start, mark.end)))
            wanted = DEEPEST
        self._ranks.append(mark.rank)
        yield from self._close(wanted, keep=True)
        if self._depth < wanted:
            yield _IN
            self._depth = wanted

    def _close(self, depth: int, *, keep: bool = False) -> Iterator[Block]:
        """Leave levels until `depth` is reached."""
        for _ in range(self._depth - depth):
            yield _OUT
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

    def __init__(self, text: str, folded: str) -> None:
        self._text, self._folded = text, folded
        self._paths: Counter[str] = Counter()

    def body(self, tree: Node, prefix: str, place: int) -> Body:
        """The body that `tree` is; an empty one stands at `place`."""
        content = tuple(self._content(tree.children, prefix, "", 1))
        span = Span(content[0].span.start, content[-1].span.end) if content else Span(place, place)
        return Body(content=content, span=span)

    def _content(self, children: list[Child], path: str, base: str, level: int) -> Iterator[ModelBlock]:
        """Blocks and items in reading order; `base` is the path above the decimals, whose own numbers say the rest."""
        for is_table, run in groupby(children, _is_row):
            if is_table:
                yield from self._table([row for row in run if isinstance(row, Block)])
                continue
            for child in run:
                yield self._item(child, path, base, level) if isinstance(child, Tree) else self._paragraph(child)

    def _table(self, rows: list[Block]) -> Iterator[Table]:
        """The rows as a table, without the line below its heads; that alone is none."""
        rows = [row for row in rows if not _RULE.match(row.squeezed)]
        if rows:
            cells = tuple(tuple(self._cells(row)) for row in rows)
            yield Table(rows=cells, span=Span(rows[0].span.start, rows[-1].span.end))

    def _cells(self, row: Block) -> Iterator[Text]:
        """The cells between the bars of a row."""
        place = row.span.start
        for cell in self._folded[row.span.start : row.span.end].split("|"):
            inner = cell.strip(" ")
            start = place + cell.index(inner) if inner else place
            span = Span(start, start + len(inner))
            if inner:
                gaps = _within(row.gaps, *span)
                yield Text(text=joined(self._text, self._folded, span, gaps), span=span, gaps=gaps)
            place += len(cell) + 1

    def _paragraph(self, block: Block) -> Paragraph:
        span, gaps = self._trimmed(block)
        words = joined(self._text, self._folded, span, gaps)
        return Paragraph(role=_ROLES.get(block.kind, "text"), text=words, span=span, gaps=gaps)

    def _trimmed(self, block: Block) -> tuple[Span, tuple[Span, ...]]:
        """The place of a block without the blanks behind a mark."""
        start, end = block.span
        if self._folded[start : start + 1] not in (" ", "\n"):
            return block.span, block.gaps
        while start < end and self._folded[start] in " \n":
            start += 1
        return Span(start, end), tuple(gap for gap in block.gaps if gap.start >= start)

    def _item(self, tree: Node, path: str, base: str, level: int) -> Section | Measure:
        opening, *children = tree.children
        mark = opening.mark if isinstance(opening, Block) else None
        assert mark is not None
        number = ".".join(map(str, mark.steps))
        above = base if mark.style == "decimal" else path
        own = self._unique(above + number if not above or above.endswith(":") else f"{above}.{number}")
        below = any(isinstance(child, Tree) for child in children)
        heading, first = self._heading(children, mark, more=below)
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

    def _heading(self, children: list[Child], mark: Mark, *, more: bool) -> tuple[Text | None, tuple[Paragraph, ...]]:
        """The heading of an item, and what its first paragraph says besides."""
        block = children[0] if children else None
        if not isinstance(block, Block) or block.kind != "TEXT":
            return None, ()
        place, gaps = self._trimmed(block)
        if self._folded[mark.end : place.start].strip(" \n"):  # not the paragraph that the mark opens
            return None, ()
        passage = Passage(self._text, self._folded, place, gaps)
        found = read_heading(passage.folded, mark.style, more=more or _text_follows(children))
        if found is None:
            return None, (
                Paragraph(role="text", text=joined(self._text, self._folded, place, gaps), span=place, gaps=gaps),
            )
        span = passage.span(found.start, found.end)
        heading = Text(text=passage.text[found.start : found.end], span=span, gaps=_within(gaps, *span))
        if found.rest >= len(passage.folded):
            return heading, ()
        rest = Span(passage.at(found.rest), place.end)
        return heading, (self._paragraph(Block("TEXT", rest, _within(gaps, *rest))),)


def _within(gaps: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    return tuple(gap for gap in gaps if start <= gap.start < end) if gaps else ()


def _text_follows(children: list[Child]) -> bool:
    """Whether another paragraph of the item follows that is more than a clause."""
    block = children[1] if len(children) > 1 else None
    if not isinstance(block, Block) or block.kind not in _ITEM_PARTS:
        return False
    return not is_own_line(block.squeezed) and not _is_clause(block.squeezed)


def _is_row(child: Child) -> bool:
    return isinstance(child, Block) and child.kind == "ROW"


def _is_clause(squeezed: str) -> bool:
    """Whether a paragraph is nothing but a clause: （省发展改革委负责）."""
    spans = clause_spans(squeezed) if squeezed[:1] in ("(", "[") else ()
    return bool(spans) and spans[0].start == 0 and spans[-1].end >= len(squeezed.rstrip("。"))
