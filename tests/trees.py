"""Trees compared: what a reading says, whatever its places and the width of its marks."""

from collections.abc import Iterator

from notice_parser.model import Attachment, Block, Body, Item, Notice, Paragraph, SignOff, Table, Text, Title, bodies
from notice_parser.source import fold


def essence(notice: Notice) -> Iterator[str]:
    """What a reading says, line by line: all but places, metadata, residue and diagnostics."""
    yield f"title {_words(notice.title)}"
    yield f"number {_words(notice.document_number)}"
    yield f"addressees {_names(notice.addressees)}"
    yield _signed(notice.sign_off)
    yield from (f"note {_words(note)}" for note in notice.notes)
    yield f"copied to {_names(notice.copied_to)}"
    yield from map(_attached, notice.attachments)
    for prefix, body in bodies(notice):
        yield f"body {prefix}"
        yield from _holder(body)


def _holder(holder: Body | Item) -> Iterator[str]:
    for clause in holder.responsibilities:
        yield f"units {[(unit.role, fold(unit.name)) for unit in clause.units]}"
    for target in holder.targets:
        yield f"target {fold(target.indicator)} {target.comparator} {target.value} {fold(target.unit)}"
    for block in holder.content:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield f"{block.role} {_words(block)}"
    elif isinstance(block, Table):
        yield from (f"row {[_words(cell) for cell in row]}" for row in block.rows)
    else:
        yield f"{block.path} {fold(block.marker).replace(' ', '')} {_words(block.heading)}"
        yield from _holder(block)


def _attached(attachment: Attachment) -> str:
    words = [_words(text) for text in (attachment.listed, attachment.title)]
    return f"attachment {attachment.number} {words} {_signed(attachment.sign_off)}"


def _signed(sign_off: SignOff | None) -> str:
    if sign_off is None:
        return "unsigned"
    signers = [fold(name) for name in sign_off.signers]
    return f"signed {_names(sign_off.organs)} {signers} {sign_off.date and sign_off.date.value}"


def _names(organs) -> list[str]:
    return [fold(organ.name).replace(" ", "") for organ in organs]


def _words(text: Text | Title | Paragraph | None) -> str | None:
    """The words in half width, without the blanks that a change of width brings about."""
    return text and fold(text.text).replace(" ", "")


def moved(notice: Notice, places: int) -> object:
    """The notice as data with every span moved, without its source, and without the lines of its diagnostics."""
    data = notice.model_dump(exclude={"source": True, "diagnostics": {"__all__": {"line"}}})
    return _moved(data, places)


def _moved(data: object, places: int) -> object:
    if isinstance(data, dict):
        return {key: _span(key, value, places) for key, value in data.items()}
    return [_moved(value, places) for value in data] if isinstance(data, list | tuple) else data


def _span(key: str, value: object, places: int) -> object:
    if key in ("span", "covers"):
        return tuple(place + places for place in value)
    if key == "gaps":
        return [tuple(place + places for place in gap) for gap in value]
    return _moved(value, places)
