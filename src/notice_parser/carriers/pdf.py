"""PDF with a text layer: the lines of its pages, page lines kept; what only a printer repeats is left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from threading import Lock
from typing import NamedTuple

from notice_parser.carriers.base import Borrowed, UnreadableError, borrowed

_MOST_PAGES = 20_000
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_ONE_AT_A_TIME = Lock()  # PDFium is not made for threads

# Fonts made by Chinese printers' software name radicals and compatibility forms instead of characters: ⼀、 for 一、.
_RADICALS = {
    place: unicodedata.normalize("NFKC", chr(place))
    for first, last in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF))
    for place in range(first, last + 1)
    if len(unicodedata.normalize("NFKC", chr(place))) == 1
}
_SIGNS = {0xAD: "-", 0xFFFE: "", 0xFFFF: "", 0x02: "-", 0x00: "", 0x0D: ""}
_GLYPHS = _RADICALS | _SIGNS
_STRANGE = re.compile("[\ufffd\ue000-\uf8ff\x01-\x08\x0e-\x1f]")
_NUMBER_LINE = re.compile(r"[0-9]{1,4}")
_CHINESE = re.compile(r"[一-龥]")
_STOP = re.compile(r"[，。；：、]")
_MENU = 7  # lines that are looked at
_SMALLER = 0.95  # than the text
_HEAD, _LARGER, _ALIKE, _FILE = 12, 1.5, 0.9, "文件"
_OCR = "read it with character recognition first, e.g. ocrmypdf -l chi_sim IN.pdf OUT.pdf"


class _Line(NamedTuple):
    """A line of a page: how high it stands, from where to where it goes, and how wide its characters are, in points.

    Nothing of these is known where it has no Chinese character.
    """

    text: str
    bottom: float = 0
    left: float = 0
    right: float = 0
    size: float = 0


def extract(data: bytes, name: str | None = None) -> str:
    """The text of all pages."""
    library = borrowed("pypdfium2", "pdf")
    with _ONE_AT_A_TIME:
        document = _opened(library, data)
        try:
            pages = [_page_lines(library, document, number) for number in range(_count(document))]
        finally:
            document.close()
    return _checked("\n".join(line for page in _without_heads(_printed(pages)) for line in page) + "\n")


def _opened(library: Borrowed, data: bytes) -> Borrowed:
    try:
        return library.PdfDocument(data)
    except library.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise UnreadableError("the PDF is encrypted", "", "save it without a password") from None
        raise UnreadableError("the PDF is damaged or cut off", "", "fetch or save it again") from None


def _count(document: Borrowed) -> int:
    count = len(document)
    if count > _MOST_PAGES:
        raise UnreadableError(f"the PDF has {count} pages", "", f"split it; {_MOST_PAGES} are read at most")
    return count


def _page_lines(library: Borrowed, document: Borrowed, number: int) -> list[_Line]:
    """The lines of a page; a page that cannot be read is an error, since its text would be missing."""
    try:
        page = document[number]
        words = page.get_textpage()
        found = list(_placed(words, words.get_text_bounded(errors="replace")))
        words.close()
        page.close()
    except library.PdfiumError:
        raise UnreadableError("the page is damaged", f"page {number + 1}", "fetch or save the file again") from None
    return found


def _placed(words: Borrowed, text: str) -> Iterator[_Line]:
    """The lines that say something; their places are known where a character of the text is one of the page."""
    known, begin = words.count_chars() == len(text), 0
    for line in text.split("\n"):
        plain = line.translate(_GLYPHS).rstrip()
        sign = _CHINESE.search(line) if known else None
        if sign:
            first, last = begin + len(line) - len(line.lstrip()), begin + len(line.rstrip()) - 1
            left, right = words.get_charbox(first, loose=True)[0], words.get_charbox(last, loose=True)[2]
            start, bottom, end, _ = words.get_charbox(begin + sign.start(), loose=True)
            yield _Line(plain, bottom, left, right, end - start)
        elif plain.strip():
            yield _Line(plain)
        begin += len(line) + 1


# ------------------------------------------------------------------------------------------------ what is set otherwise


def _printed(pages: list[list[_Line]]) -> Iterator[list[str]]:
    """The lines of each page as text."""
    sizes = Counter(round(line.size, 1) for page in pages for line in page for _ in line.text)
    usual = max(sizes, key=sizes.__getitem__, default=0.0)
    for number, page in enumerate(pages):
        below = _without_menus(page, usual)
        yield [*(_red_head(below, usual) if number == 0 else map(_text, below))]


def _text(line: _Line) -> str:
    return line.text


def _without_menus(page: list[_Line], usual: float) -> list[_Line]:
    """A page without what its site sets over it, a menu or a search box: written first, below what comes next, or last,
    above what comes before."""
    first = _menu_ends(page, usual)
    last = len(page) - _menu_ends([line._replace(bottom=-line.bottom) for line in reversed(page)], usual)
    return page[first : max(first, last)]


def _menu_ends(page: list[_Line], usual: float) -> int:
    """How many lines at the beginning are small, say nothing whole, and stand below the next one; a cell of a table
    does too, but has that one beside it."""
    for index, (line, following) in enumerate(pairwise(page[:_MENU]), 1):
        if not 0 < line.size < _SMALLER * usual or _STOP.search(line.text):
            return 0
        if following.bottom > line.bottom + 2 * line.size:
            return index if following.left < line.right and line.left < following.right else 0
    return 0


def _red_head(page: list[_Line], usual: float) -> Iterator[str]:
    """The lines of the first page; the organs of a red head (文件头) over several lines, each as wide as the others,
    share one 文件: 发展改革委办公厅 / 税务 总局 办 公厅 文件."""
    large = [line for line in page[:_HEAD] if line.size > _LARGER * usual]
    head = [_squeezed(line.text) for line in large if line.size > _ALIKE * max(line.size for line in large)]
    if len(head) > 1 and sum(_FILE in line for line in head) == 1:
        organs = [line.replace(_FILE, "") for line in head]
        yield " ".join(filter(None, organs)) + _FILE
        page = [line for line in page if _squeezed(line.text) not in head]
    yield from map(_text, page)


# ------------------------------------------------------------------------------------------------ running heads


def _without_heads(pages: Iterable[list[str]]) -> Iterator[list[str]]:
    """The pages without the lines that their edges repeat, and without bare page numbers; — 3 — is kept as printed."""
    filled = list(pages)
    edges = Counter(_squeezed(line) for page in filled for line in {*page[:1], *page[-1:]})
    repeated = {line for line, count in edges.items() if count > 2 and count * 2 > len(filled)}
    for page in filled:
        first = 1 if page and _is_head(page[0], repeated) else 0
        last = len(page) - (1 if len(page) > first and _is_head(page[-1], repeated) else 0)
        yield page[first:last]


def _is_head(line: str, repeated: set[str]) -> bool:
    return _squeezed(line) in repeated or _NUMBER_LINE.fullmatch(line.strip()) is not None


def _squeezed(line: str) -> str:
    return "".join(line.split())


def _checked(text: str) -> str:
    """The text if there is one: a scan has none, and a font without a table of characters gives nonsense."""
    solid = len("".join(text.split()))
    if not solid:
        raise UnreadableError("the PDF is a scan without text", "", _OCR)
    if len(_STRANGE.findall(text)) * 3 > solid:
        raise UnreadableError("the text of the PDF cannot be read (its fonts do not name their characters)", "", _OCR)
    return text
