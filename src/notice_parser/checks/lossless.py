"""Losslessness: whether every character of a text is where a notice says it is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from notice_parser.model import (
    Attachment,
    Body,
    Date,
    Item,
    Measure,
    Notice,
    Organ,
    Paragraph,
    Section,
    SignOff,
    Table,
    Text,
    Title,
    bodies,
    items,
)
from notice_parser.source import Span, fold, joined


class Flaw(NamedTuple):
    """A promise that is not kept, and where."""

    rule: str
    message: str
    span: Span


class _Leaf(NamedTuple):
    """A part of the source that is nobody else's; `text` where it must equal the source, `blanks` whether with them."""

    name: str
    span: Span
    gaps: tuple[Span, ...] = ()
    text: str | None = None
    blanks: bool = True


_UNGAPPED = frozenset({"addressee", "copied_to", "printed_by", "printed_on", "sign_off", "document_number"})

# What may stand outside the leaves: stops and separators, and the words that open the lists of the head and the tail.
_MARK = re.compile(
    r"[\s,，:：;；。、.．!！?？()\[\]|*·•—\-]|(?:主送|抄送|抄报|印[发制]?)(?:机关|单位)?|附件?"
    r"|(?<![^\s。])(?:抄[发致]|分[送发]|[印发报]送|[报送发])(?:机关|单位|范围)?[:：]"
)


def lossless(text: str, notice: Notice) -> tuple[Flaw, ...]:
    """All flaws of a reading: a character lost or in two places, a text that is not the source's, a tree out of order.

    None means that each character but white space lies in one leaf or is a mark, that every text equals the source at
    its span without its gaps, that children stand in order inside their parents, and that no path occurs twice.
    """
    folded = fold(text)
    leaves = sorted(_gapped(notice), key=lambda leaf: leaf.span)
    outside = [leaf for leaf in leaves if not _within(leaf.span, Span(0, len(text)))]
    if outside:
        return tuple(Flaw("span-outside", f"{leaf.name} ends behind the text", leaf.span) for leaf in outside)
    return (
        *_untrue(text, folded, leaves),
        *_doubled(leaves),
        *_lost(folded, leaves, notice),
        *_disordered(notice),
        *_unfounded(notice, leaves),
        *_ambiguous(notice),
    )


# Leaves


def _gapped(notice: Notice) -> Iterator[_Leaf]:
    """The leaves; where one may not say its own gaps (an organ, a sign-off), the residue inside it is one."""
    residue = sorted(text.span for text in notice.residue)
    for leaf in _leaves(notice):
        inside = _inside(residue, leaf.span) if leaf.name in _UNGAPPED else ()
        yield leaf._replace(gaps=inside) if inside else leaf


def _inside(spans: list[Span], outer: Span) -> tuple[Span, ...]:
    """Those of the spans, which are in order, that lie in another."""
    near = spans[bisect_left(spans, (outer.start,)) : bisect_left(spans, (outer.end,))]
    return tuple(span for span in near if _within(span, outer))


def _leaves(notice: Notice) -> Iterator[_Leaf]:
    yield from (_Leaf("metadata", field.span) for field in notice.metadata)
    if notice.document_number and not _in_metadata(notice, notice.document_number.span):
        yield _Leaf("document_number", notice.document_number.span)
    yield from _headings("title", notice.title)
    yield from (_organ("addressee", organ) for organ in notice.addressees)
    yield from _body_leaves(notice.body)
    if notice.sign_off and not _in_metadata(notice, notice.sign_off.span):
        yield from _signed(notice.sign_off)
    yield from _texts("note", notice.notes)
    yield from (_organ("copied_to", organ) for organ in notice.copied_to)
    yield from (_organ("printed_by", organ) for organ in filter(None, [notice.printed_by]))
    yield from (_Leaf("printed_on", date.span) for date in filter(None, [notice.printed_on]))
    yield from (leaf for attachment in notice.attachments for leaf in _attachment_leaves(attachment))
    yield from _texts("residue", notice.residue)


def _in_metadata(notice: Notice, span: Span) -> bool:
    return any(_within(span, field.span) for field in notice.metadata)


def _organ(name: str, organ: Organ) -> _Leaf:
    return _Leaf(name, organ.span, (), organ.name, blanks=False)


def _texts(name: str, texts: Iterable[Text | Paragraph]) -> Iterator[_Leaf]:
    return (_Leaf(name, text.span, text.gaps, text.text) for text in texts)


def _headings(name: str, *texts: Text | Title | None) -> Iterator[_Leaf]:
    return (_Leaf(name, text.span, text.gaps, text.text, blanks=False) for text in texts if text)


def _signed(sign_off: SignOff | None) -> Iterator[_Leaf]:
    if sign_off:
        yield _Leaf("sign_off", sign_off.span)


def _attachment_leaves(attachment: Attachment) -> Iterator[_Leaf]:
    yield from _texts("label", filter(None, [attachment.label]))
    yield from _texts("listed", filter(None, [attachment.listed]))
    yield from _headings("title", attachment.title)
    if attachment.body:
        yield from _body_leaves(attachment.body)
    yield from _signed(attachment.sign_off)


def _body_leaves(body: Body) -> Iterator[_Leaf]:
    for holder in (body, *items(body)):
        if not isinstance(holder, Body):
            yield from _headings("heading", holder.heading)
        for block in holder.content:
            if isinstance(block, Paragraph):
                yield from _texts("paragraph", [block])
            elif isinstance(block, Table):
                yield from (leaf for row in block.rows for leaf in _texts("cell", row))


# Promises


def _untrue(text: str, folded: str, leaves: list[_Leaf]) -> Iterator[Flaw]:
    for leaf in leaves:
        if leaf.text is not None:
            printed = joined(text, folded, leaf.span, leaf.gaps, blanks=leaf.blanks)
            if leaf.text != printed:
                yield Flaw("text-differs", f"{leaf.name} says {leaf.text!r}, the source {printed!r}", leaf.span)


def _doubled(leaves: list[_Leaf]) -> Iterator[Flaw]:
    pieces = sorted((piece, leaf.name) for leaf in leaves for piece in _pieces(leaf))
    for (before, first), (after, second) in pairwise(pieces):
        if after.start < before.end:
            yield Flaw("overlap", f"{first} and {second} claim the same characters", Span(after.start, before.end))


def _pieces(leaf: _Leaf) -> Iterator[Span]:
    """The leaf without its gaps, which are other leaves' or marks."""
    edges = [leaf.span.start, *(edge for gap in leaf.gaps for edge in gap), leaf.span.end]
    return (Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end)


def _lost(folded: str, leaves: list[_Leaf], notice: Notice) -> Iterator[Flaw]:
    """What no leaf holds must be an item's marker or another mark."""
    markers = {item.span.start: item for _, body in bodies(notice) for item in items(body)}
    for rest in _uncovered(leaves, len(folded)):
        start = rest.start
        while start < rest.end:
            end = _mark_end(folded, start, rest.end, markers)
            if end == start:
                yield Flaw("lost", f"no part of the notice holds {folded[start : rest.end].strip()!r}", Span(*rest))
                break
            start = end


def _uncovered(leaves: list[_Leaf], end: int) -> Iterator[Span]:
    start = 0
    for piece in sorted(piece for leaf in leaves for piece in _pieces(leaf)):
        if start < piece.start:
            yield Span(start, piece.start)
        start = max(start, piece.end)
    if start < end:
        yield Span(start, end)


def _mark_end(folded: str, start: int, end: int, markers: dict[int, Item]) -> int:
    """Where the mark at `start` ends: `start` itself where none stands there."""
    if start in markers:
        marker = fold(markers[start].marker)
        length = _printed_length(marker, folded[start:end])
        if length:
            return start + length
    mark = _MARK.match(folded, start, end)
    return mark.end() if mark else start


def _printed_length(marker: str, printed: str) -> int:
    """How much of `printed` the marker takes, blanks inside included (一 、); 0 where it is another."""
    found = re.match(r"\s*".join(map(re.escape, marker.replace(" ", ""))), printed)
    return found.end() if found else 0


def _disordered(notice: Notice) -> Iterator[Flaw]:
    for _, body in bodies(notice):
        for holder in (body, *items(body)):
            spans = [block.span for block in holder.content]
            for before, after in pairwise(spans):
                if after.start < before.end:
                    yield Flaw("order", "a block begins before the one above it ends", after)
            for span in spans:
                if not _within(span, holder.span):
                    yield Flaw("nesting", f"a block lies outside {_called(holder)}", span)


def _called(holder: Body | Item) -> str:
    return f"item {holder.path}" if isinstance(holder, (Section, Measure)) else "the body"


def _unfounded(notice: Notice, leaves: list[_Leaf]) -> Iterator[Flaw]:
    """Readings begin and end inside leaves."""
    pieces = sorted(piece for leaf in leaves for piece in _pieces(leaf))
    starts = [piece.start for piece in pieces]
    for name, span in _readings(notice):
        ends = (span.start, span.end - 1)
        if not all(_covered(place, pieces, starts) for place in ends):
            yield Flaw("reading-outside", f"{name} does not lie inside the notice's text", span)


def _covered(place: int, pieces: list[Span], starts: list[int]) -> bool:
    at = bisect_right(starts, place) - 1
    return at >= 0 and place < pieces[at].end


def _readings(notice: Notice) -> Iterator[tuple[str, Span]]:
    yield from (("issuer", organ.span) for organ in notice.issuers)
    yield from (("rule", rule.span) for rule in notice.rules)
    for signed in filter(None, [notice.sign_off, *(attachment.sign_off for attachment in notice.attachments)]):
        yield from (("organ", organ.span) for organ in signed.organs)
        yield from _dates(filter(None, [signed.date]))
    for _, body in bodies(notice):
        for holder in (body, *items(body)):
            yield from _holder_readings(holder)


def _holder_readings(holder: Body | Item) -> Iterator[tuple[str, Span]]:
    for clause in holder.responsibilities:
        yield "responsibility", clause.span
        yield from (("unit", unit.span) for unit in clause.units)
    yield from (("target", target.span) for target in holder.targets)
    yield from _dates(holder.deadlines)


def _dates(dates: Iterable[Date]) -> Iterator[tuple[str, Span]]:
    return (("date", date.span) for date in dates)


def _ambiguous(notice: Notice) -> Iterator[Flaw]:
    seen: set[str] = set()
    for _, body in bodies(notice):
        for item in items(body):
            if item.path in seen:
                yield Flaw("path-twice", f"two items have the path {item.path}", item.span)
            seen.add(item.path)


def _within(span: Span, outer: Span) -> bool:
    return outer.start <= span.start <= span.end <= outer.end
