"""PDF with a text layer: the lines of its pages, page lines kept; what only a printer repeats is left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from threading import Lock

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
_OCR = "read it with character recognition first, e.g. ocrmypdf -l chi_sim IN.pdf OUT.pdf"


def extract(data: bytes, name: str | None = None) -> str:
    """The text of all pages."""
    library = borrowed("pypdfium2", "pdf")
    with _ONE_AT_A_TIME:
        document = _opened(library, data)
        try:
            pages = [_page_lines(library, document, number) for number in range(_count(document))]
        finally:
            document.close()
    return _checked("\n".join(line for page in _without_heads(pages) for line in page) + "\n")


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


def _page_lines(library: Borrowed, document: Borrowed, number: int) -> list[str]:
    """The lines of a page; a page that cannot be read is an error, since its text would be missing."""
    try:
        page = document[number]
        words = page.get_textpage()
        text: str = words.get_text_bounded(errors="replace")
        words.close()
        page.close()
    except library.PdfiumError:
        raise UnreadableError("the page is damaged", f"page {number + 1}", "fetch or save the file again") from None
    return [line.rstrip() for line in text.translate(_GLYPHS).split("\n")]


# ------------------------------------------------------------------------------------------------ running heads


def _without_heads(pages: list[list[str]]) -> Iterator[list[str]]:
    """The pages without the lines that their edges repeat, and without bare page numbers; — 3 — is kept as printed."""
    filled = [[line for line in page if line.strip()] for page in pages]
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
