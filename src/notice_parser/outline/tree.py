"""From blocks to the tree: document.lark says how they nest, the rest makes a draft of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from notice_parser.clauses.responsibility import clause_spans, is_own_line
from notice_parser.draft import Content, Holder, Numbered, Prose, Stretch
from notice_parser.grammar import parsing
from notice_parser.model import ParagraphRole, Table, Text
from notice_parser.model.made import built
from notice_parser.outline.headings import read_heading
from notice_parser.outline.kinds import Block
from notice_parser.outline.marks import DEEPEST, Mark
from notice_parser.pushdown import Parser, Tree
from notice_parser.source import Passage, Remark, Span, joined, span_of

Node = Tree[Block]
Child = Block | Node
_ROLES: Final[dict[str, ParagraphRole]] = {
    "TEXT": "text", "CLOSING": "text", "CONTENTS": "contents", "BOX": "box", "TABLE_TEXT": "table_text",
}  # fmt: skip
_RULE: Final = re.compile(r"\|[|:\-—]+$")  # the line below the heads of a Markdown table
_NOWHERE: Final = Span(0, 0)
_IN, _OUT, _ATTACHED = (Block(kind, _NOWHERE) for kind in ("_IN", "_OUT", "_ATTACHED"))
_LEVELS: Final = frozenset({"_IN", "_OUT"})
_PROSE: Final = frozenset({"TEXT", "MARK"})
_ITEM_PARTS: Final = frozenset({"TEXT", "CONTENTS", "BOX", "TABLE_TEXT", "ROW"})


class Part(NamedTuple):
    """A document of the file: the notice itself, or one that is attached. Its blocks, and its body's tree."""

    blocks: list[Block]
    body: Node


# ---------------------------------------------------------------- nesting


def nest(blocks: list[Block]) -> tuple[list[Part], list[Remark]]:
    """The documents of a text, each with the tree of its body."""
    placer = _Placer(blocks)
    parser = parsing("document")
    fed: list[Block] = []
    for block in placer.nested():
        tokens = [block] if parser.expects(block.type) else _as_text(block, parser)
        for token in tokens:
            taken = parser.take(token.type, token)
            assert taken, token.type
        fed += tokens
    tree = parser.tree()
    assert tree is not None
    bodies = [_body(document) for document in tree.children if isinstance(document, Tree)]
    return [Part(held, body) for held, body in zip(_documents(fed), bodies, strict=True)], placer.remarks


def _as_text(block: Block, parser: Parser) -> list[Block]:
    """A block that cannot stand here as what it is; behind a sign-off it begins a document."""
    text = block.as_a("TEXT")
    return [text] if parser.expects("TEXT") else [_ATTACHED, text]


def _documents(fed: list[Block]) -> list[list[Block]]:
    """The blocks of each document, without what stands for no text."""
    documents: list[list[Block]] = [[]]
    for block in fed:
        if block.type == "_ATTACHED":
            documents.append([])
        elif block.type not in _LEVELS:
            documents[-1].append(block)
    return documents


def _body(document: Node) -> Node:
    return next(part for part in document.children if isinstance(part, Tree) and part.data == "body")


class _Placer:
    """Turns the ranks of marks into _IN and _OUT: the kind of mark gives the rank, the stack the parent."""

    def __init__(self, blocks: list[Block]) -> None:
        self._blocks = blocks
        self._nested: list[Block] = []
        self._ranks: list[int] = []
        self._depth = 0
        self.remarks: list[Remark] = []

    def nested(self) -> list[Block]:
        """The blocks in order, with what opens and closes a level between them."""
        for index, block in enumerate(self._blocks):
            if block.mark:
                self._place(block.mark)
            elif block.type not in _ITEM_PARTS:
                self._close(0)
            if self._depth > 1 and block.type in _PROSE and self._is_parents_clause(index):
                block = self._left(block)
            self._nested.append(block)
        self._close(0)
        return self._nested

    def _left(self, block: Block) -> Block:
        """What of a block its item's parent gets, with the item ended: all of it, but for a mark of its own."""
        if block.mark:
            mark = Span(block.mark.start, block.mark.end)
            self._nested.append(Block("MARK", mark, (), "", block.mark))
            block = _unmarked(block, block.mark)
        self._close(self._depth - 1)
        return block

    def _place(self, mark: Mark) -> None:
        while self._ranks and self._ranks[-1] >= mark.rank:
            self._ranks.pop()
        wanted = len(self._ranks) + 1
        if wanted > DEEPEST:
            message = f"“{mark.text}” would be level {wanted}; it stays at {DEEPEST}"
            self.remarks.append(Remark("nesting-capped", message, Span(mark.start, mark.end)))
            wanted = DEEPEST
        self._ranks.append(mark.rank)
        self._leave(wanted)
        if self._depth < wanted:
            self._nested.append(_IN)
            self._depth = wanted

    def _close(self, depth: int) -> None:
        """End the items below `depth`."""
        self._leave(depth)
        del self._ranks[depth:]

    def _leave(self, depth: int) -> None:
        """Leave levels until `depth` is reached."""
        if depth < self._depth:
            self._nested += [_OUT] * (self._depth - depth)
            self._depth = depth

    def _is_parents_clause(self, index: int) -> bool:
        """Whether a clause on a line of its own closes several siblings none of which has one: it is their parent's."""
        clause = self._blocks[index]
        if not is_own_line(clause.squeezed) or (not clause.mark and self._closes_item(index)):
            return False
        rank, siblings = self._ranks[-1], int(clause.mark is not None)
        for place in range(index - 1, -1, -1):
            block = self._blocks[place]
            if block.type in _PROSE and (is_own_line(block.squeezed) or clause_spans(block.squeezed)):
                return False
            if block.mark and block.mark.rank < rank:
                break
            siblings += block.mark is not None and block.mark.rank == rank
        return siblings > 1 and not self._sibling_follows(index, rank)

    def _closes_item(self, index: int) -> bool:
        """Whether the line above is already part of the same clause (责任单位：… under 牵头单位：…)."""
        above = self._blocks[index - 1]
        return above.type in _PROSE and is_own_line(above.squeezed)

    def _sibling_follows(self, index: int, rank: int) -> bool:
        following = next((mark for at in range(index + 1, len(self._blocks)) if (mark := self._blocks[at].mark)), None)
        return following is not None and following.rank == rank and following.value > 1


# ---------------------------------------------------------------- building


class _Over(NamedTuple):
    """The number and the path of an item, and the path above it."""

    value: int
    path: str
    above: str


class Builder:
    """Makes drafts of trees; remembers the paths that are taken."""

    def __init__(self, text: str, folded: str) -> None:
        self._text, self._folded = text, folded
        self._paths: dict[str, int] = {}

    def body(self, tree: Node, prefix: str, place: int) -> Holder:
        """The body that `tree` is; an empty one stands at `place`."""
        content = self._content(tree.children, prefix, "", 1)
        span = Span(content[0].span.start, content[-1].span.end) if content else Span(place, place)
        return Holder(content, span)

    def _content(self, children: list[Child], path: str, base: str, level: int, over: _Over | None = None) -> Content:
        """Blocks and items in reading order; `base` is the path above the decimals, whose own numbers say the rest.

        `over` is the item above them, where decimals may print its number: 3.1 below 3. — below 三、 it is another.
        """
        content: Content = []
        rows: list[Block] = []
        for child in children:
            if isinstance(child, Block) and child.type == "ROW":
                rows.append(child)
                continue
            if rows:
                content += self._table(rows)
                rows = []
            if isinstance(child, Block):
                content.append(self._paragraph(child))
            else:
                content.append(self._item(child, path, _base(child, over) if over else base, level))
        if rows:
            content += self._table(rows)
        return content

    def _table(self, rows: list[Block]) -> list[Table]:
        """The rows as a table, without the line below its heads; that alone is none."""
        rows = [row for row in rows if not _RULE.match(row.squeezed)]
        if not rows:
            return []
        cells = tuple(tuple(self._cells(row)) for row in rows)
        return [built(Table, rows=cells, span=Span(rows[0].span.start, rows[-1].span.end))]

    def _cells(self, row: Block) -> Iterator[Text]:
        """The cells between the bars of a row."""
        place = row.span.start
        for cell in self._folded[row.span.start : row.span.end].split("|"):
            inner = cell.strip(" ")
            start = place + cell.index(inner) if inner else place
            span = Span(start, start + len(inner))
            if inner:
                gaps = _within(row.gaps, span)
                yield built(Text, text=joined(self._text, self._folded, span, gaps), span=span, gaps=gaps)
            place += len(cell) + 1

    def _paragraph(self, block: Block) -> Prose:
        return self._printed(_ROLES.get(block.type, "text"), block.span, block.gaps)

    def _printed(self, role: ParagraphRole, span: Span, gaps: tuple[Span, ...]) -> Prose:
        span, gaps = self._trimmed(span, gaps)
        return Prose(role, joined(self._text, self._folded, span, gaps), span, gaps)

    def _trimmed(self, span: Span, gaps: tuple[Span, ...]) -> tuple[Span, tuple[Span, ...]]:
        """A place without the blanks before its words, as they stand behind a mark."""
        start, end = span
        if start < end and self._folded[start] not in " \n":
            return span, gaps
        while start < end and self._folded[start] in " \n":
            start += 1
        return span_of(start, end), gaps and tuple([gap for gap in gaps if gap.start >= start])

    def _item(self, tree: Node, path: str, base: str, level: int) -> Numbered:
        opening, *children = tree.children
        assert isinstance(opening, Block)
        mark = opening.mark
        assert mark is not None
        if opening.squeezed:
            children = [_unmarked(opening, mark), *children]
        number = mark.number
        above = base if mark.style == "decimal" else path
        own = self._unique(above + number if not above or above.endswith(":") else f"{above}.{number}")
        below = any(not isinstance(child, Block) for child in children)
        heading, content = self._heading(children, mark, more=below)
        if rest := children[1:] if heading or content else children:
            over = _Over(mark.value, own, above) if mark.style == "arabic" else None
            content += self._content(rest, own, base if mark.style == "decimal" else own, level + 1, over)
        end = content[-1].span.end if content else heading.span.end if heading else mark.end
        marker, span = self._text[mark.start : mark.end], span_of(mark.start, end)
        return Numbered(own, level, marker, mark.style, number, heading, content, span)

    def _unique(self, path: str) -> str:
        """A path that occurs again is told apart: 2.1~2."""
        self._paths[path] = count = self._paths.get(path, 0) + 1
        return path if count == 1 else f"{path}~{count}"

    def _heading(self, children: list[Child], mark: Mark, *, more: bool) -> tuple[Stretch | None, Content]:
        """The heading of an item, and what its first paragraph says besides."""
        block = children[0] if children else None
        if not isinstance(block, Block) or block.type != "TEXT":
            return None, []
        place, gaps = self._trimmed(block.span, block.gaps)
        if self._folded[mark.end : place.start].strip(" \n"):  # not the paragraph that the mark opens
            return None, []
        passage = Passage(self._text, self._folded, place, gaps)
        found = read_heading(passage.folded, mark.style, more=more or _text_follows(children))
        if found is None:
            return None, [self._printed("text", place, gaps)]
        span = passage.span(found.start, found.end)
        heading = Stretch(passage.text[found.start : found.end], span, _within(gaps, span))
        if found.rest >= len(passage.folded):
            return heading, []
        rest = span_of(passage.at(found.rest), place.end)
        return heading, [self._printed("text", rest, _within(gaps, rest))]


def _base(child: Node, over: _Over) -> str:
    """The path above an item, were it a decimal: one that prints the number of the item over it stands beside that."""
    opening = child.children[0]
    mark = opening.mark if isinstance(opening, Block) else None
    return over.above if mark and mark.style == "decimal" and mark.steps[0] == over.value else over.path


def _unmarked(block: Block, mark: Mark) -> Block:
    """What a block prints behind its mark."""
    gaps = block.gaps and tuple([gap for gap in block.gaps if gap.start >= mark.end])
    return Block("TEXT", span_of(mark.end, block.span.end), gaps, block.squeezed)


def _within(gaps: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    """The gaps that begin in a span."""
    return gaps and tuple([gap for gap in gaps if span.start <= gap.start < span.end])


def _text_follows(children: list[Child]) -> bool:
    """Whether another paragraph of the item follows that is more than a clause."""
    block = children[1] if len(children) > 1 else None
    if not isinstance(block, Block) or block.type not in _ITEM_PARTS:
        return False
    return not is_own_line(block.squeezed) and not _is_clause(block.squeezed)


def _is_clause(squeezed: str) -> bool:
    """Whether a paragraph is nothing but a clause: （省发展改革委负责）."""
    spans = clause_spans(squeezed) if squeezed[:1] in ("(", "[") else ()
    return bool(spans) and spans[0].start == 0 and spans[-1].end >= len(squeezed.rstrip("。"))
