"""From text to the tree of a notice: head, numbered items, sign-off, attachments, residue."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

from notice_parser.draft import Holder
from notice_parser.grammar import Begun, anywhere, closing, spelt
from notice_parser.model import Body, Date, Notice, SignOff, Source, Text
from notice_parser.model.made import built
from notice_parser.outline import assemble
from notice_parser.outline.assemble import Pages, Words
from notice_parser.outline.boxes import boxed
from notice_parser.outline.contents import contents_lines
from notice_parser.outline.front import Front, read_front
from notice_parser.outline.kinds import Block, read_kinds, title_of
from notice_parser.outline.labels import is_metadata
from notice_parser.outline.lines import Line, read_lines, stretches, wrap_width
from notice_parser.outline.looks import label_numbers
from notice_parser.outline.marks import decide, find_candidates
from notice_parser.outline.pages import numbers_inside, page_numbers
from notice_parser.outline.paragraphs import Page, Paragraph, cut, join
from notice_parser.outline.parting import bare, parted
from notice_parser.outline.tables import table_lines
from notice_parser.outline.titles import known_titles, quoted_titles
from notice_parser.outline.tree import Builder, Part, nest
from notice_parser.outline.unfold import unfold
from notice_parser.source import Remark, Span, Spans, blotted

_ENDED: Final = "。:;!?)”"
_PAUSED: Final = ",、"
_TEARING: Final = "统唯逐之》"  # what NUMBER_TORN goes on from
_WHOLE: Final = 40  # characters of a line that no type-setter broke: a comma at its end is a stop misprinted
_OPENING_LINES: Final = 60
_HEAD_LINES: Final = 8
# where a site's banners and footers stand
_TOP_LINES: Final = 20
_BOTTOM_LINES: Final = 25
_LONGEST_PAGE: Final = 60
_LINE_END: Final = "⏎"
_ARTICLE: Final = 8  # characters that hold 第二十三条 and its blank
_PAGE: Final = Begun(closing, "residue", "PAGE", "RULE", "OMITTED")
_ADDED: Final = Begun(closing, "residue", "FOOTER", "BANNER")


class Outline(NamedTuple):
    """A notice whose bodies are empty, the drafts of these in order, and what was remarkable on the way."""

    notice: Notice
    bodies: list[Holder]
    remarks: tuple[Remark, ...]


def outline(text: str, folded: str, source: Source) -> Outline:
    """The tree of the notice that `text` is; `folded` is the same text with its look-alikes made one."""
    inside = tuple(span for span in numbers_inside(folded) if not is_metadata(_line_at(folded, span.start)))
    folded = blotted(folded, inside, " ") if inside else folded
    kept, width, residue, pages = _printed(text, folded, inside)
    front = read_front(kept)
    announced = _announced(front, kept)
    alone = announced | _organs(front, kept)
    paragraphs, remarks = _paragraphs(text, kept, front, alone, width, pages)
    blocks = read_kinds(paragraphs, list(front.blocks), announced)
    residue += [block for block in blocks if block.type == "RESIDUE"]
    words = Words(text, folded, sorted(block.span for block in residue))
    blocks = [_with_gaps(words, block) for block in blocks if block.type != "RESIDUE"]
    parts, capped = nest(blocks)
    bodies = _bodies(Builder(text, folded), parts, len(text))
    notice = _notice(words, bodies, parts, source, residue)
    listed = Spans(block.span for block in blocks if block.type == "LISTED")  # 附件：1.…⏎2.… begins no item
    remarks = [remark for remark in remarks if not listed.hold(remark.span.start)]
    filled = [bodies[0], *(body for body in bodies[1:] if body.content)]
    return Outline(notice, filled, (*remarks, *capped, *assemble.number_remark(notice.document_number, folded)))


def _line_at(folded: str, place: int) -> str:
    """The line that holds a place."""
    end = folded.find("\n", place)
    return folded[folded.rfind("\n", 0, place) + 1 : end if end >= 0 else len(folded)].strip()


class _Printed(NamedTuple):
    """The lines that are the notice's, the width at which they are wrapped, what was added, where page lines stood."""

    lines: list[Line]
    width: float | None
    residue: list[Block]
    pages: list[Span]


def _printed(text: str, folded: str, inside: tuple[Span, ...]) -> _Printed:
    """What a text prints; `inside` are the page numbers within its lines."""
    lines, layout = bare(read_lines(text, folded))
    kept, residue, pages = _without_residue(unfold(parted(lines, text)))
    width = None if any(line.unfolded for line in kept) else wrap_width(kept)
    numbers = page_numbers(kept) if width is not None else frozenset()
    alone = [kept[index].span for index in numbers]
    residue += [Block("RESIDUE", span) for span in (*layout, *inside, *alone)]
    lines = [line for index, line in enumerate(kept) if index not in numbers] if numbers else kept
    return _Printed(lines, width, residue, sorted([*pages, *inside, *alone]))


def _paragraphs(
    text: str, lines: list[Line], front: Front, announced: frozenset[str], width: float | None, pages: list[Span]
) -> tuple[list[Paragraph], list[Remark]]:
    """The paragraphs below the front, each with its mark, and what is remarkable about their marks."""
    contents = contents_lines(lines)
    cells = table_lines(lines, width, announced) - contents
    skipped = contents | cells | set(range(front.lines))
    marks, remarks = decide(boxed(lines, find_candidates(lines, _broken(lines, width), skipped)), text)
    roles = dict.fromkeys(contents, "CONTENTS") | dict.fromkeys(cells, "TABLE_TEXT")
    page = Page(width, pages, announced, stretches(lines, width))
    return join(cut(lines, front.lines, marks, roles), page), remarks


def _with_gaps(words: Words, block: Block) -> Block:
    gaps = words.gaps(block.span)
    return block if gaps == block.gaps else Block(block.type, block.span, gaps, block.squeezed, block.mark)


def _without_residue(lines: list[Line]) -> tuple[list[Line], list[Block], list[Span]]:
    """The lines that are the notice's, what a site or a printer added, and where page lines stood."""
    edges = {*range(_TOP_LINES), *range(len(lines) - _BOTTOM_LINES, len(lines))}
    pages = {index for index, line in enumerate(lines) if _is_page(line.squeezed)}
    added = {index for index in edges if 0 <= index < len(lines) and _is_added(lines[index].squeezed)}
    found = pages | added | _sizes([line.squeezed for line in lines[:_TOP_LINES]])
    residue = [Block("RESIDUE", lines[index].span, (), lines[index].squeezed) for index in sorted(found)]
    kept = [line for index, line in enumerate(lines) if index not in found]
    return kept, residue, [lines[index].span for index in sorted(pages)]


def _sizes(top: list[str]) -> set[int]:
    """Which of the first lines are the sizes of letters that a site offers, a sign each: 小⏎|⏎中⏎|⏎大."""
    if "中" not in top:  # nearly always
        return set()
    text = _LINE_END.join(top)
    match = anywhere("residue", "SIZES").search(text)
    first, last = (text.count(_LINE_END, 0, edge) for edge in match.span()) if match else (0, -1)
    return {*range(first, last + 1)}


def _is_page(text: str) -> bool:
    """Whether a line is a printer's, wherever it stands."""
    return len(text) < _LONGEST_PAGE and _PAGE.match(text) is not None


def _is_added(text: str) -> bool:
    """Whether a line among the first or the last ones is a site's."""
    if _ADDED.match(text):
        return True
    if text[-1].isalpha() and text[-1].isascii() and closing("residue", "FILE").match(text):
        return True
    return (
        any(word in text for word in spelt("residue", "CREDITED"))
        and closing("residue", "CREDIT").match(text) is not None
    )


def _broken(lines: list[Line], page: float | None) -> dict[int, str]:
    """The lines that begin in mid-sentence: behind a comma, or where a full hard-wrapped line does not end.

    Behind the comma of a line that holds a whole paragraph a mark may begin an item after all.
    """
    found = {}
    for index, (above, line) in enumerate(pairwise(lines), 1):
        end = above.text[-1]
        if end in _PAUSED:
            found[index] = "inside" if page is not None or len(above.text) < _WHOLE else "broken"
        elif page is not None and end not in _ENDED and above.width >= page - 3:
            found[index] = "broken"
        elif end in _TEARING:
            found |= _number_torn(index, above.text, line.text)
    return found


def _number_torn(index: int, above: str, text: str) -> dict[int, str]:
    """The line, where it begins with the rest of a word or a citation of the line above: 标准统⏎一、服务同质."""
    torn = f"{above}{_LINE_END}{text[:_ARTICLE]}"
    return {index: "broken"} if anywhere("layout", "NUMBER_TORN").search(torn) else {}


def _announced(front: Front, lines: list[Line]) -> frozenset[str]:
    """The titles that the head quotes, which are printed on lines of their own later."""
    opening = "".join(line.squeezed for line in lines[: front.lines + _OPENING_LINES])
    titles = [*known_titles(title_of(front.blocks)), *quoted_titles(opening)]
    return frozenset([*titles, *(title[:-1] for title in titles if title.endswith(")"))])  # a bracket may have got lost


def _organs(front: Front, lines: list[Line]) -> frozenset[str]:
    """The organ that the title names, and those of the red head: they sign on lines of their own."""
    organs = [assemble.issuing_organ(title_of(front.blocks)), *map(_red_head, lines[: front.lines + _HEAD_LINES])]
    return frozenset(filter(None, organs))


def _red_head(line: Line) -> str | None:
    """The organ of 云岭市××办公室文件."""
    return line.squeezed.removesuffix("文件") if line.squeezed.endswith("文件") else None


def _bodies(builder: Builder, parts: list[Part], end: int) -> list[Holder]:
    """The drafts of the bodies; among the attached ones those that hold something count in the paths."""
    bodies = [builder.body(parts[0].body, "", end)]
    order = 1
    for part in parts[1:]:
        bodies.append(builder.body(part.body, f"A{order}:", 0))
        order += bool(bodies[-1].content)
    return bodies


def _notice(words: Words, bodies: list[Holder], parts: list[Part], source: Source, residue: list[Block]) -> Notice:
    of, tails = _by_kind(parts[0]), [_by_kind(part) for part in parts]
    pages = [_pages(words, body, part) for body, part in zip(bodies[1:], parts[1:], strict=True)]
    title = assemble.merged(words, of["TITLE"])
    first, more, again = _numbers(of["NUMBER"])
    fields = sorted([*of["METADATA"], *of["BY_LINE"], *more, *_all(tails, "SUBJECT")], key=_place)
    metadata = assemble.read_metadata(words, fields)
    number, dated = assemble.read_number(words, first)
    by_line = assemble.read_by_line(words, of["BY_LINE"])
    sign_off = _signed(words, of, _dated(dated), by_line.date)
    printed, others = _first(_all(tails, "PRINTED"))
    printed_by, printed_on = assemble.read_printed(words, printed)
    others += [printed] if printed and not (printed_by or printed_on) else []
    others += _dated(dated) if of["SIGN_OFF"] or of["DATED"] else []
    listed = [entry for tail in tails for entry in assemble.read_listed(words, tail["LISTED"])]
    return built(
        Notice,
        source=source,
        metadata=metadata,
        document_number=number or assemble.number_in(words, metadata),
        issuers=assemble.read_issuers(words, title, _issuer_marks(of["METADATA"]), sign_off) or by_line.organs,
        title=assemble.read_title(words, title),
        addressees=assemble.read_addressees(words, next(iter(of["ADDRESSEE"]), None)),
        body=_empty(bodies[0]),
        sign_off=sign_off,
        notes=_texts(words, _all(tails, "NOTE")),
        copied_to=assemble.read_copied(words, _all(tails, "COPIED")),
        printed_by=printed_by,
        printed_on=printed_on,
        attachments=assemble.read_attachments(listed, pages),
        rules=(),
        residue=_residue(words, [*residue, *others, *again, *of["DATED"][0 if of["SIGN_OFF"] else 1 :]]),
        diagnostics=(),
    )


def _empty(body: Holder) -> Body:
    """A body that is filled when its clauses have been read."""
    return built(Body, content=(), span=body.span)


def _numbers(blocks: list[Block]) -> tuple[Block | None, list[Block], list[Block]]:
    """The document number, the further ones of a joint document, and those that are printed again."""
    first, rest = _first(blocks)
    more = [block for block in rest if first and block.squeezed != first.squeezed]
    return first, more, [block for block in rest if block not in more]


def _signed(words: Words, of: dict[str, list[Block]], dated: list[Block], issued: Date | None) -> SignOff | None:
    """What is signed at the end, else the date above; without a date of its own it has the one below the title."""
    above = assemble.read_sign_off(words, of["DATED"][:1] or dated)
    sign_off = assemble.read_sign_off(words, of["SIGN_OFF"]) or above
    return assemble.with_date(sign_off, issued or (above.date if above else None))


def _all(tails: list[dict[str, list[Block]]], kind: str) -> list[Block]:
    """What is of a kind in any of the documents."""
    return [block for tail in tails for block in tail[kind]]


def _first(blocks: list[Block]) -> tuple[Block | None, list[Block]]:
    return (blocks[0], blocks[1:]) if blocks else (None, [])


def _place(block: Block) -> Span:
    return block.span


def _issuer_marks(blocks: list[Block]) -> list[Block]:
    return [block for block in blocks if block.type == "ISSUER_MARK"]


_GROUPS: Final = {
    "NUMBER_AND_DATE": "NUMBER", "ORGAN": "SIGN_OFF", "SIGNER": "SIGN_OFF", "SIGNED": "SIGN_OFF",
    "ORGAN_AND_DATE": "SIGN_OFF", "CONTACT": "NOTE", "ISSUER_MARK": "METADATA", "REGISTERED": "METADATA",
    "COPY_NUMBER": "METADATA", "SECURITY_CLASSIFICATION": "METADATA", "URGENCY": "METADATA", "MARGINAL": "METADATA",
    "MASTHEAD": "METADATA",
}  # fmt: skip
_KINDS: Final = (
    "METADATA", "NUMBER", "TITLE", "DATED", "BY_LINE", "ADDRESSEE", "SIGN_OFF", "NOTE", "SUBJECT", "COPIED", "PRINTED",
    "LISTED", "LABEL",
)  # fmt: skip


def _by_kind(part: Part) -> dict[str, list[Block]]:
    groups: dict[str, list[Block]] = {kind: [] for kind in _KINDS}
    for block in part.blocks:
        kind = _GROUPS.get(block.type, block.type)
        if kind in groups:
            groups[kind].append(block)
    return groups


def _dated(span: Span | None) -> list[Block]:
    return [Block("SIGNED", span)] if span else []


def _residue(words: Words, blocks: list[Block]) -> tuple[Text, ...]:
    """All that was added; a page line inside an entry's date is a gap of it."""
    spans = sorted(block.span for block in blocks)
    return tuple(words.text(span, tuple(gap for gap in words.gaps(span) if gap != span)) for span in spans)


def _texts(words: Words, blocks: list[Block]) -> tuple[Text, ...]:
    return tuple(words.text(block.span, block.gaps) for block in blocks)


def _pages(words: Words, body: Holder, part: Part) -> Pages:
    """An attached document; one whose body holds nothing has none."""
    of = _by_kind(part)
    title, label = assemble.merged(words, of["TITLE"]), assemble.merged(words, of["LABEL"])
    spans = [block.span for block in part.blocks]
    return Pages(
        label=words.text(label.span, label.gaps) if label else None,
        numbers=label_numbers(label.squeezed) if label else (),
        title=words.text(title.span, title.gaps, blanks=False) if title else None,
        body=_empty(body) if body.content else None,
        sign_off=assemble.read_sign_off(words, of["SIGN_OFF"]),
        span=Span(spans[0].start, spans[-1].end),
    )
