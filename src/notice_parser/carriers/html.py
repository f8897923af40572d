"""HTML: the lines that a page prints, its tables as rows, without what only leads to other pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from notice_parser.carriers.base import Borrowed, Rows, UnreadableError, borrowed, lines, table
from notice_parser.grammar import terminals

_WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127])
_COLLAPSED = re.compile(r"[ \t\n\r\f]+")

_UNSEEN = frozenset(
    (
        *("head", "title", "script", "style", "noscript", "template", "iframe", "frame", "object", "embed", "svg"),
        *("math", "select", "option", "button", "textarea", "audio", "video", "canvas", "map", "rt", "rp"),
        *("nav", "footer", "aside"),
    )
)
_BLOCKS = frozenset(
    (
        *("html", "body", "address", "article", "blockquote", "center", "details", "dialog", "div", "fieldset"),
        *("figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "main", "p"),
        *("pre", "section", "summary", "dd", "dl", "dt", "li", "ol", "ul"),
        *("caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    )
)
_HOLDERS = frozenset(("body", "div", "td", "section", "article", "main", "form", "center"))
_HEADINGS = frozenset(("h1", "h2", "h3"))
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_UNMARKED = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
_TITLED = re.compile(r"(?:^|[\s_-])(?:title|tit|bt|biaoti)|title$|tit$", re.IGNORECASE)
_LABEL = re.compile(r"[【\[]?(?P<words>[一-龥\s\u3000\xa0]{2,16})[:：】\]]")
_PROSE = re.compile(r"[，。；、]|^[\s\u3000]*[（(]?[一二三四五六七八九十0-9]{1,3}[、.．）)]")

_MOST = 0.85  # of the page's prose is in the part that holds the notice
_LEAST_LINES = 4
_LINKED = 0.6  # a line of which so much is links leads away
_WIDEST = 60


class _Line(NamedTuple):
    """A line as printed; `linked` of its characters are links; `head`: set as a heading; `row`: of a table."""

    text: str
    linked: int = 0
    head: bool = False
    row: bool = False

    @property
    def solid(self) -> int:
        return len(self.text) - self.text.count(" ")

    @property
    def leads_away(self) -> bool:
        return self.linked > _LINKED * max(self.solid, 1)

    @property
    def prose(self) -> int:
        return 0 if self.leads_away or not _PROSE.search(self.text) else self.solid


class _Part(NamedTuple):
    """The lines `[start, end)` of an element that can hold a notice."""

    start: int
    end: int


def printed(text: str) -> str:
    """The lines of the notice in the page."""
    page = _Page(_tree(text))
    return lines(_notice(page, whole=_WHOLE.search(text) is not None))


def _tree(text: str) -> Borrowed:
    """The elements of the page. Nothing is fetched, nothing read from outside; a declared encoding does not count."""
    library = borrowed("lxml.html", "html")
    parser = library.HTMLParser(
        no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )
    clean = text.translate(_CONTROLS)
    try:
        tree = library.document_fromstring(f"<html>{clean}".encode(), parser=parser)
    except borrowed("lxml.etree", "html").LxmlError:
        raise UnreadableError("the HTML page is empty", "", "save the page again, with its content") from None
    if any("depth" in entry.message for entry in parser.error_log):
        raise UnreadableError("the HTML page nests its elements too deep", "", "save its text as .txt")
    return tree


# ------------------------------------------------------------------------------------------------ the lines of a page


class _Page:
    """Walks through the elements once and sets their words as lines."""

    def __init__(self, tree: Borrowed) -> None:
        self.lines: list[_Line] = []
        self.parts: list[_Part] = []
        self.title = ""
        self._words: list[str] = []
        self._linked = self._in_link = self._in_head = self._in_pre = 0
        self._opened: list[int] = []
        self._numbers: list[int | None] = []
        self._walk(tree)

    def _walk(self, tree: Borrowed) -> None:
        walker = borrowed("lxml.etree", "html").iterwalk(tree, events=("start", "end"))
        skipped = None
        for event, element in walker:
            if event == "start":
                if self._is_whole(element):
                    skipped = element
                    walker.skip_subtree()
                else:
                    self._open(element)
            else:
                if element is not skipped:
                    self._close(element)
                self._say(element.tail)
        self._break()

    def _is_whole(self, element: Borrowed) -> bool:
        """Whether an element is done with as one: not seen, or a table of data."""
        tag = element.tag
        if tag == "title":
            self.title = self.title or "".join(element.itertext())
        if tag in _UNSEEN or element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            return True
        if tag != "table" or (rows := _data(element)) is None:
            return False
        self._break()
        self.lines += [_Line(line, row=True) for line in table(rows)]
        return True

    def _open(self, element: Borrowed) -> None:
        tag = element.tag
        if tag in _BLOCKS:
            self._break()
        self._in_link += tag == "a"
        self._in_pre += tag == "pre"
        self._in_head += _is_head(element)
        if tag in ("ol", "ul"):
            self._numbers.append(_first_number(element))
        if tag in _HOLDERS:
            self._opened.append(len(self.lines))
        if tag == "br":
            self._break(empty=True)
        if tag == "li":
            self._number()
        self._say(element.text)

    def _close(self, element: Borrowed) -> None:
        tag = element.tag
        if tag == "p" or tag in _BLOCKS:
            self._break(empty=tag == "p")
        self._in_link -= tag == "a"
        self._in_pre -= tag == "pre"
        self._in_head -= _is_head(element)
        if tag in ("ol", "ul"):
            self._numbers.pop()
        if tag in _HOLDERS:
            self.parts.append(_Part(self._opened.pop(), len(self.lines)))

    def _number(self) -> None:
        """The number that a browser prints before an entry of an ordered list."""
        if self._numbers and (number := self._numbers[-1]) is not None:
            self._words.append(f"{number}. ")
            self._numbers[-1] = number + 1

    def _say(self, words: str | None) -> None:
        if not words:
            return
        if self._in_pre:
            first, *rest = words.replace("\r", "").split("\n")
            self._words.append(first)
            for line in rest:
                self._break(empty=True)
                self._words.append(line)
            return
        plain = _COLLAPSED.sub(" ", words)
        self._words.append(plain)
        self._linked += len(plain) - plain.count(" ") if self._in_link else 0

    def _break(self, *, empty: bool = False) -> None:
        """End a line; with `empty` also one that says nothing."""
        line = "".join(self._words)
        line = line.rstrip() if self._in_pre else _COLLAPSED.sub(" ", line).strip(" ")
        if line.strip():
            self.lines.append(_Line(line, self._linked, self._in_head > 0))
        elif empty and (self._words or not self.lines or self.lines[-1].text):
            self.lines.append(_Line(""))
        self._words, self._linked = [], 0


def _is_head(element: Borrowed) -> bool:
    if element.tag in _HEADINGS:
        return True
    names = f"{element.get('id') or ''} {element.get('class') or ''}"
    return bool(names != " " and element.tag not in ("body", "html") and _TITLED.search(names))


def _first_number(element: Borrowed) -> int | None:
    """Where an ordered list begins to count; None where it prints no arabic numbers."""
    if element.tag == "ul" or element.get("type", "1") != "1" or _UNMARKED.search(element.get("style") or ""):
        return None
    start = element.get("start", "1")
    return int(start) if start.isdecimal() and len(start) < 5 else 1


# ------------------------------------------------------------------------------------------------ tables


def _data(element: Borrowed) -> Rows | None:
    """The cells of a table that holds data; None for one that only lays out a page."""
    if element.find(".//table") is not None:
        return None
    rows = [_cells(row) for row in element.iter("tr")]
    if (len(rows) < 2 and max(map(len, rows), default=0) < 3) or max(map(len, rows), default=0) < 2:
        return None
    if any(len(cell.findall(".//p")) > _WIDEST for row in rows for cell in row):
        return None
    return _grid(rows)


def _cells(row: Borrowed) -> list[Borrowed]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _grid(rows: list[list[Borrowed]]) -> Rows:
    """The cells in their columns; a cell over several columns or rows is printed once, in the first."""
    grid, below = [], dict[int, int]()
    for row in rows:
        line: list[str] = []
        for cell in row:
            _fill(line, below)
            wide = min(_number_of(cell, "colspan"), _WIDEST)
            below |= dict.fromkeys(range(len(line), len(line) + wide), _number_of(cell, "rowspan") - 1)
            line += [_cell_text(cell), *[""] * (wide - 1)]
        _fill(line, below)
        grid.append(line)
    return grid


def _fill(line: list[str], below: dict[int, int]) -> None:
    """Empty cells where one of a row above reaches down."""
    while below.get(len(line), 0) > 0:
        below[len(line)] -= 1
        line.append("")


def _number_of(cell: Borrowed, name: str) -> int:
    value = cell.get(name, "1").strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 5 else 1


def _cell_text(cell: Borrowed) -> str:
    """The words of a cell; what stands on lines of its own is kept apart by a line break."""
    words = [cell.text or ""]
    for element in cell.iterdescendants():
        if element.tag in _BLOCKS or element.tag == "br":
            words.append("\n")
        if element.tag not in _UNSEEN:
            words.append(_COLLAPSED.sub(" ", element.text or ""))
        words.append(_COLLAPSED.sub(" ", element.tail or ""))
    return "".join(words)


# ------------------------------------------------------------------------------------------------ the notice in a page


def _notice(page: _Page, *, whole: bool) -> Iterator[str]:
    """The part that holds most of the prose; before it fields and the title, after it what leads nowhere else."""
    part = _main(page)
    inside = page.lines[part.start : part.end]
    yield from _lead(page, page.lines[: part.start], inside, whole=whole)
    yield from (line.text for line in inside if not line.leads_away or line.row)
    yield from (line.text for line in page.lines[part.end :] if not line.leads_away)


def _main(page: _Page) -> _Part:
    """The smallest element that holds nearly all prose of the page, and more than a line or two."""
    sums = list(accumulate((line.prose for line in page.lines), initial=0))
    everything = _Part(0, len(page.lines))
    wanted = _MOST * sums[-1]
    holding = [
        part
        for part in page.parts
        if sums[part.end] - sums[part.start] >= wanted and _lines_in(page, part) >= _LEAST_LINES
    ]
    return min(holding, key=lambda part: part.end - part.start, default=everything) if sums[-1] else everything


def _lines_in(page: _Page, part: _Part) -> int:
    return sum(line.text != "" for line in page.lines[part.start : part.end][: 4 * _LEAST_LINES])


def _lead(page: _Page, above: list[_Line], inside: list[_Line], *, whole: bool) -> Iterator[str]:
    """What stands above the notice and is its own: labelled fields, and the title if the notice does not repeat it."""
    opening = "".join(line.text for line in inside[:12]).replace(" ", "")
    for line in above:
        if line.leads_away or not line.text:
            continue
        title = line.head or (len(line.text) > 7 and line.text in page.title)
        if title and line.text.replace(" ", "") in opening:
            continue
        if not whole or title or line.row or _is_field(line.text):
            yield line.text


def _is_field(line: str) -> bool:
    """Whether a line begins with the label of a field that sites print above notices: 索 引 号："""
    label = _LABEL.match(line)
    return label is not None and _labels().fullmatch("".join(label["words"].split())) is not None


@cache
def _labels() -> re.Pattern[str]:
    return re.compile("|".join(terminals("metadata").values()))
