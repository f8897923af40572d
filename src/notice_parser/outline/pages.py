"""Page numbers where a printed page was taken over as text: alone on their lines, or inside one that runs on."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, pairwise
from typing import Final

from notice_parser.grammar import terminals
from notice_parser.outline.lines import Line
from notice_parser.source import Span, places

_FEWEST: Final = 3  # pages
# characters of a page; the cells of a table are shorter
_SHORTEST: Final = 120
_LONGEST: Final = 2000
_DIGITS: Final = 3
_LOST: Final = 3  # steps between two numbers, where those of the pages between got lost


def page_numbers(lines: list[Line]) -> set[int]:
    """The lines that hold nothing but the next number, a page of text behind the one before.

    >>> from notice_parser.outline.lines import read_lines
    >>> text = "5\\n" + "页" * 300 + "\\n6\\n" + "页" * 300 + "\\n7\\n" + "2024\\n8"
    >>> sorted(page_numbers(read_lines(text, text)))
    [0, 2, 4]

    Numbers that got lost do not end the count, and an empty page has nothing before its number.
    >>> text = "1\\n" + "页" * 300 + "\\n2\\n" + "页" * 300 + "\\n3\\n" + "页" * 600 + "\\n5\\n6"
    >>> sorted(page_numbers(read_lines(text, text)))
    [0, 2, 4, 6, 7]
    """
    found = [index for index, line in enumerate(lines) if len(line.squeezed) <= _DIGITS and line.squeezed.isdecimal()]
    if len(found) < _FEWEST:
        return set()
    places = list(accumulate((len(line.squeezed) for line in lines), initial=0))
    ending: dict[int, list[int]] = {}  # the run of page numbers that each number ends
    runs: list[list[int]] = []
    for index in found:
        number = int(lines[index].squeezed)
        run = ending.pop(number - 1, [])
        if not run or not _SHORTEST <= places[index] - places[run[-1]] <= _LONGEST:
            run = []
            runs.append(run)
        run.append(index)
        ending[number] = run
    whole = [run for run in runs if len(run) >= _FEWEST]
    return {index for run in [*whole, *(_book(lines, places, runs) if whole else ())] for index in run}


def numbers_inside(folded: str) -> tuple[Span, ...]:
    """Page numbers in dashes that a line runs on behind; several that rise, with a page of text between them.

    >>> text = "页" * 300 + "- 7 -" + "页" * 300 + "- 8 -页"
    >>> numbers_inside(text), numbers_inside(text.replace("8", "7"))
    ((Span(start=300, end=305), Span(start=605, end=610)), ())
    """
    found = [mark for place in places(folded, "-—") if (mark := _inside().match(folded, place))]
    if len(found) < 2 or not all(_is_page(*pair) for pair in pairwise(found)):
        return ()
    return tuple(Span(*mark.span()) for mark in found if not _is_alone(folded, mark))


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(terminals("residue")["INSIDE"])


def _is_page(above: re.Match[str], below: re.Match[str]) -> bool:
    """Whether two numbers in dashes are as many pages apart as they say."""
    steps = int(below["number"]) - int(above["number"])
    return steps > 0 and _SHORTEST <= below.start() - above.end() <= _LONGEST * steps


def _is_alone(folded: str, mark: re.Match[str]) -> bool:
    """Whether a number has a line of its own, as most have."""
    return folded[mark.start() - 1 : mark.start()] in ("", "\n") and folded[mark.end() : mark.end() + 1] in ("", "\n")


def _book(lines: list[Line], places: list[int], runs: list[list[int]]) -> list[list[int]]:
    """The longest run, with those before and behind it that are too short to show themselves."""
    longest = max(range(len(runs)), key=lambda place: len(runs[place]))
    book = [runs[longest]]
    for run in runs[longest + 1 :]:
        if _goes_on(lines, places, book[-1][-1], run[0]):
            book.append(run)
    for run in reversed(runs[:longest]):
        if _goes_on(lines, places, run[-1], book[0][0]):
            book.insert(0, run)
    return book


def _goes_on(lines: list[Line], places: list[int], last: int, first: int) -> bool:
    """Whether a number goes on with the count: so many pages further, or under the last one of an empty page."""
    steps = int(lines[first].squeezed) - int(lines[last].squeezed)
    fits = _SHORTEST * steps <= places[first] - places[last] <= _LONGEST * steps
    return 0 < steps <= _LOST and (fits or (steps == 1 and first == last + 1))
