"""Markdown: its marks taken off, so that what a reader sees is left; tables as `| a | b |` rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from itertools import groupby

from notice_parser.carriers.base import lines, table

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?=[A-Za-z_][\w-]*:)(?:[^\n]*\n){0,60}?---[ \t]*\r?\n")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_RULE = re.compile(r"[ \t]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,}|```.*|~~~.*)\Z")
_DEFINITION = re.compile(r"[ \t]{0,3}\[[^\]\n]+\]:[ \t]+\S+.*\Z")
_DELIMITER = re.compile(r"[ \t]*+\|?(?:[ \t]*+:?-++:?[ \t]*+\|)+(?:[ \t]*+:?-++:?[ \t]*+)?\Z")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*\Z")
_CELLS = re.compile(r"(?<!\\)\|")

# What opens a line and is not printed: quotes, headings, bullets. Numbers of lists and of pages (- 3 -) are printed.
_OPENING = re.compile(
    r"(?:[ \t]{0,3}>[ \t]?)*"
    r"(?:[ \t]{0,3}#{1,6}(?!#)[ \t]+(?!Page [0-9])|[ \t]*[-*+•][ \t]+(?=\S)(?![0-9]{1,4}[ \t]?-[ \t]*\Z))?"
)
_CLOSING = re.compile(r"(?<![ \t])[ \t]+#+\Z")

# Inline marks and what is printed of them, in this order; each stays in its line, and within 500 characters, so that
# a line of marks without partners costs no more than another.
_INLINE: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"), ""),  # ![seal](seal.png)
    (re.compile(r"\[([^\[\]\n]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"), r"\1"),  # [原文](http://…)
    (re.compile(r"<((?:https?|mailto):[^<>\s]+)>"), r"\1"),
    (re.compile(r"<br[ \t]*/?>", re.IGNORECASE), "\n"),
    (re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:[ \t][^<>\n]*)?/?>"), ""),
    (re.compile(r"\*\*\*(?=\S)([^\n]{1,500}?)(?<=\S)\*\*\*"), r"\1"),
    (re.compile(r"\*\*[ \t]{0,4}(?=\S)([^\n]{1,500}?)(?<=\S)[ \t]{0,4}\*\*"), r"\1"),
    (re.compile(r"(?<![A-Za-z0-9_])__(?=\S)([^\n]{1,500}?)(?<=\S)__(?![A-Za-z0-9_])"), r"\1"),
    (re.compile(r"~~(?=\S)([^\n]{1,500}?)(?<=\S)~~"), r"\1"),
    (re.compile(r"(?<![*\\])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*\\])\*(?!\*)"), r"\1"),
    (re.compile(r"(`{1,3})(?!`)([^\n]{1,200}?)(?<!`)\1(?!`)"), r"\2"),
    (re.compile(r"\*\*(?=[ \t]|\Z)"), ""),  # a mark that its partner, on another line, has lost
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])"), r"\1"),
    (re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,20});"), lambda said: unescape(said[0])),
)  # fmt: skip


def printed(text: str) -> str:
    """What a reader sees of the text."""
    bare = _COMMENT.sub("", _FRONT_MATTER.sub("", text)) if "<!--" in text else _FRONT_MATTER.sub("", text)
    plain = bare.replace("\r\n", "\n").split("\n")
    tabled = _in_tables(plain)
    runs = groupby(range(len(plain)), key=tabled.__contains__)
    return lines(line for is_table, run in runs for line in _run([plain[index] for index in run], is_table=is_table))


def _in_tables(plain: list[str]) -> set[int]:
    """The lines that are rows of tables: between bars, or around a line `---|---`."""
    found = {index for index, line in enumerate(plain) if _ROW.match(line)}
    for index, line in enumerate(plain):
        if index and "|" in plain[index - 1] and "|" in line and _DELIMITER.match(line):
            found |= {index - 1, *_rows_from(plain, index)}
    return found


def _rows_from(plain: list[str], index: int) -> Iterator[int]:
    while index < len(plain) and "|" in plain[index]:
        yield index
        index += 1


def _run(run: list[str], *, is_table: bool) -> Iterator[str]:
    if is_table:
        return table([_cells(line) for line in run if not _DELIMITER.match(line)])
    return (_inline(line) for line in run if not _DEFINITION.match(line))


def _cells(line: str) -> list[str]:
    return [_inline(cell.strip()) for cell in _CELLS.split(line.strip().strip("|"))]


def _inline(line: str) -> str:
    """A line without its marks; a rule between two parts leaves an empty line."""
    if _RULE.match(line):
        return ""
    opened = _OPENING.match(line)
    rest = (line[opened.end() :] if opened else line).rstrip()
    rest = _CLOSING.sub("", rest) if "#" in rest else rest
    for mark, seen in _INLINE:
        rest = mark.sub(seen, rest)
    return rest.rstrip().removesuffix("\\")  # a break of the line that is printed: 财政部\\
