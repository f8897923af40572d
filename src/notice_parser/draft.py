"""The tree of a notice before its clauses are read: plain values that readers ask often, made into models once."""

from __future__ import annotations

from notice_parser.model import ParagraphRole, Style, Table
from notice_parser.source import Span


class Stretch:
    """A stretch of the source, as `model.Text` says it: the heading of an item."""

    __slots__ = ("gaps", "span", "text")

    def __init__(self, text: str, span: Span, gaps: tuple[Span, ...]) -> None:
        self.text, self.span, self.gaps = text, span, gaps


class Prose(Stretch):
    """Paragraph (自然段), or what stands in its place."""

    __slots__ = ("role",)

    def __init__(self, role: ParagraphRole, text: str, span: Span, gaps: tuple[Span, ...]) -> None:
        super().__init__(text, span, gaps)
        self.role = role


class Holder:
    """What holds blocks in reading order: the body of a document, or an item of it."""

    __slots__ = ("content", "span")

    def __init__(self, content: Content, span: Span) -> None:
        self.content, self.span = content, span


class Numbered(Holder):
    """Numbered item; its fields are those of `model.Section` and `model.Measure`."""

    __slots__ = ("heading", "level", "marker", "number", "path", "style")

    def __init__(
        self,
        path: str,
        level: int,
        marker: str,
        style: Style,
        number: str,
        heading: Stretch | None,
        content: Content,
        span: Span,
    ) -> None:
        super().__init__(content, span)
        self.path, self.level, self.marker = path, level, marker
        self.style: Style = style
        self.number, self.heading = number, heading


Block = Prose | Table | Numbered
Content = list[Block]


def has_items(holder: Holder) -> bool:
    """Whether it holds numbered items, as a section does."""
    return any(isinstance(block, Numbered) for block in holder.content)


def holders(holder: Holder) -> list[Holder]:
    """The holder and all items below it, in reading order."""
    return _below(holder, [])


def _below(holder: Holder, found: list[Holder]) -> list[Holder]:
    found.append(holder)
    for block in holder.content:
        if isinstance(block, Numbered):
            _below(block, found)
    return found
