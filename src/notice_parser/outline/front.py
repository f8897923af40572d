"""The first lines of a text: what a compendium or a web site put above the notice."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile
from typing import Final, NamedTuple

from notice_parser.clauses.responsibility import is_own_line
from notice_parser.grammar import closing, terminals
from notice_parser.outline.kinds import Block
from notice_parser.outline.labels import is_field, is_metadata, labels
from notice_parser.outline.lines import Line, offsets
from notice_parser.outline.titles import document_type, is_title
from notice_parser.source import Span

_MOST_LINES: Final = 8
_MOST_UNKNOWN: Final = 6
_NUMBERED: Final = re.compile(r"[0-9]{1,3}\.(?![0-9])")
_BRACKETED: Final = re.compile(r"[•·∙●◆ ]*\[[一-龥]{2,10}\]")
_PLAIN_VALUE: Final = re.compile(r"(?:19|20)[0-9]{2}[-年/.][0-9]{1,2}[-月/.][0-9]{1,2}日?$|[A-Z0-9][A-Z0-9/_-]{5,40}$")
_UNDATED: Final = re.compile(r"(?P<number>[0-9]{1,3}\.)(?P<title>[^。]{6,200})$")


class Front(NamedTuple):
    """The blocks of the first `lines` lines."""

    lines: int
    blocks: tuple[Block, ...]


def read_front(lines: list[Line]) -> Front:
    """The head of a compendium's entry (`N. title（date）`), or the metadata of a web site, where a text begins so."""
    entry = _read_entry(lines)
    if entry:
        return entry
    count = _metadata_lines(lines)
    return Front(count, tuple(Block("METADATA", line.span, (), line.text) for line in lines[:count]))


# ---------------------------------------------------------------- compendium


def _read_entry(lines: list[Line]) -> Front | None:
    """`4. ××市人民政府关于…的通知（2023 年4 月28 日）` over several lines; number and date are the compendium's."""
    numbered = len(list(takewhile(lambda line: _NUMBERED.match(line.squeezed), lines[:_MOST_LINES])))
    if not 0 < numbered < _MOST_LINES:  # so many are a list
        return None
    entry = _entry(lines[numbered - 1 :])
    left = (Block("RESIDUE", line.span, (), line.squeezed) for line in lines[: numbered - 1])  # of the entry before
    return Front(entry.lines + numbered - 1, (*left, *entry.blocks)) if entry else None


@cache
def _dated() -> re.Pattern[str]:
    """The number of an entry, its title and its date."""
    return re.compile(
        rf"(?P<number>[0-9]{{1,3}}\.)(?P<title>[^。]{{6,200}}?)(?P<date>{terminals('layout')['ENTRY_DATE']})$"
    )


def _entry(lines: list[Line]) -> Front | None:
    """The entry that begins with the first line: with its date, or without one."""
    joined = ""
    for count, line in enumerate(lines[:_MOST_LINES], 1):
        joined += line.squeezed
        if match := _dated().match(joined):
            return Front(count, _entry_blocks(lines[:count], match))
    return _undated(lines)


def _undated(lines: list[Line]) -> Front | None:
    """The same without a date: only where a document number or addressees follow the title."""
    joined = ""
    for count, line in enumerate(lines[:_MOST_LINES], 1):
        joined += line.squeezed
        following = lines[count].squeezed if count < len(lines) else ""
        match = _UNDATED.match(joined)
        if (
            match
            and document_type(joined)
            and (closing("document", "NUMBER").match(following) or following.endswith(":"))
        ):
            return Front(count, _entry_blocks(lines[:count], match))
    return None


def _entry_blocks(lines: list[Line], match: re.Match[str]) -> tuple[Block, ...]:
    """Number and date as residue, the title between them with the line ends as they are."""
    places = [line.start + offset for line in lines for offset in offsets(line.text)]
    parts = [("RESIDUE", "number"), ("TITLE", "title"), ("RESIDUE", "date")]
    blocks = []
    for kind, group in parts:
        if group in match.groupdict() and match[group]:
            start, end = match.span(group)
            blocks.append(Block(kind, Span(places[start], places[end - 1] + 1), (), match[group]))
    return tuple(blocks)


# ---------------------------------------------------------------- metadata


def _metadata_lines(lines: list[Line]) -> int:
    """How many of the first lines are labelled fields, or the value of one that stands on the next line."""
    count = 0
    while count < min(len(lines), 60):
        if not (_is_labelled(lines, count) or (count and _is_value(lines, count)) or _is_unknown(lines, count)):
            break
        count += 1
    return count


def _is_labelled(lines: list[Line], index: int) -> bool:
    """Whether a line holds fields with known labels."""
    return is_metadata(lines[index].text) or _is_bare_label(lines, index) or _is_bracketed(lines, index)


def _is_unknown(lines: list[Line], index: int) -> bool:
    """A field whose label is not known, among those that are: known ones stand above it or directly below it."""
    if not is_field(lines[index].squeezed) or (not index and is_own_line(lines[index].squeezed)):
        return False
    below = range(index + 1, min(index + _MOST_UNKNOWN, len(lines)))
    end = next((place for place in below if not is_field(lines[place].squeezed)), below.stop)
    known = any(is_metadata(lines[place].text) for place in range(index + 1, end))
    if lines[index].squeezed.find(":") < len(lines[index].squeezed) - 1:
        return known or index > 0
    first, *second = lines[index + 1 : index + 3] or [lines[index]]
    valued = end == index + 1 and any(is_metadata(line.text) for line in second)
    addressed = closing("document", "ADDRESSEE").match(lines[index].squeezed) is not None
    return known or valued or (index > 0 and not addressed and is_title(first.squeezed))


def _is_bare_label(lines: list[Line], index: int) -> bool:
    """A label alone on its line, in a table flattened to one cell a line."""
    return index + 1 < len(lines) and _bare_label().fullmatch(lines[index].text) is not None


@cache
def _bare_label() -> re.Pattern[str]:
    return re.compile(rf"(?:{labels()}):?")


def _is_bracketed(lines: list[Line], index: int) -> bool:
    """A label in 【】 that is not known, beside one that is."""
    beside = [*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2]]
    return _BRACKETED.match(lines[index].text) is not None and any(is_metadata(line.text) for line in beside)


def _is_value(lines: list[Line], index: int) -> bool:
    """The line below a label without a value: a date or a number, or anything where labels go on below it."""
    above = lines[index - 1].text.rstrip()
    words = lines[index].squeezed
    empty = above.endswith(":") or _bare_label().fullmatch(above) is not None
    if empty and (_PLAIN_VALUE.match(words) or closing("layout", "STATE").match(words) or _numbers(above, words)):
        return True
    return empty and any(
        is_metadata(line.text) or _is_bare_label(lines, index + 1) for line in lines[index + 1 : index + 2]
    )


def _numbers(label: str, words: str) -> bool:
    """A document number below its label: 发文字号：⏎云教〔2021〕3号."""
    name = label.rstrip(":").replace(" ", "")
    numbered = re.fullmatch(terminals("metadata")["DOCUMENT_NUMBER"], name) is not None
    return numbered and closing("document", "NUMBER").match(words) is not None
