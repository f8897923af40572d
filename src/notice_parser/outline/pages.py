"""Page numbers that stand alone on their lines, where a printed page was taken over as text."""

from __future__ import annotations

from itertools import accumulate

from notice_parser.outline.lines import Line

_FEWEST = 3  # pages
_SHORTEST, _LONGEST = 120, 2000  # characters of a page; the cells of a table are shorter
_DIGITS = 3


def page_numbers(lines: list[Line]) -> set[int]:
    """The lines that hold nothing but the next number, a page of text behind the one before.

    >>> from notice_parser.outline.lines import read_lines
    >>> text = "5\\n" + "页" * 300 + "\\n6\\n" + "页" * 300 + "\\n7\\n" + "2024\\n8"
    >>> sorted(page_numbers(read_lines(text, text)))
    [0, 2, 4]
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
    return {index for run in runs if len(run) >= _FEWEST for index in run}
