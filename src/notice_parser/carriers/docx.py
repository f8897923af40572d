"""DOCX: paragraphs with the numbers that Word prints, tables as rows, text boxes behind their paragraph."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator

from notice_parser.carriers.base import Borrowed, UnreadableError, borrowed, lines, table
from notice_parser.carriers.numbering import Numbering, W
from notice_parser.carriers.packed import Budget, content, opened

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_COMMON = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"

# What Word does not print: deleted and moved text, instructions, second forms of pictures, readings of characters.
_UNSEEN = frozenset(f"{W}{name}" for name in (
    "del", "moveFrom", "rt", "instrText", "delText", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "footnoteReference",
)) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}  # fmt: skip
_SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}
_TEXT = frozenset((f"{W}t", _MATH))
_BOX, _PARAGRAPH, _TABLE = f"{W}txbxContent", f"{W}p", f"{W}tbl"
_AGAIN = "open it in Word and save it again"


def extract(data: bytes, name: str | None = None) -> str:
    """The text of the document; its headers and footers are left out, as the paper's, not the notice's."""
    package, budget = opened(data), Budget()
    main = _main_part(package, budget)
    folder = posixpath.dirname(main)
    document = _part(package, main, budget)
    if document is None:
        raise UnreadableError("the Word file has no text part", main, _AGAIN)
    numbering, styles = (_part(package, f"{folder}/{part}.xml", budget) for part in ("numbering", "styles"))
    body = document.find(f"{W}body")
    return lines(_blocks(body, Numbering(numbering, styles))) if body is not None else "\n"


def _main_part(package: zipfile.ZipFile, budget: Budget) -> str:
    """Where the text is: word/document.xml, or wherever the package says."""
    relations = _part(package, "_rels/.rels", budget)
    for relation in relations.iter(_RELATIONS) if relations is not None else ():
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _part(package: zipfile.ZipFile, name: str, budget: Budget) -> Borrowed | None:
    """A part of the package as elements; without entities or anything from outside, nested 256 deep at most."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return None
    etree = borrowed("lxml.etree", "docx")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content(package, info, budget).replace(_STRICT, _COMMON), parser)
    except etree.XMLSyntaxError:
        raise UnreadableError("the Word file is damaged", name, _AGAIN) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError("the Word file declares entities, which Word never does", name, "do not trust it")
    return root


# ------------------------------------------------------------------------------------------------ paragraphs


def _blocks(holder: Borrowed, numbering: Numbering) -> Iterator[str]:
    """The lines of a body, a cell or a text box; blocks may lie in content controls."""
    for child in holder:
        if child.tag == _PARAGRAPH:
            yield from _paragraph(child, numbering)
        elif child.tag == _TABLE:
            yield from table([[_cell(cell, numbering) for cell in row] for row in _rows(child)])
        elif child.tag not in _UNSEEN and isinstance(child.tag, str):
            yield from _blocks(child, numbering)


def _paragraph(paragraph: Borrowed, numbering: Numbering) -> Iterator[str]:
    """A paragraph with its marker; then the text boxes that hang on it."""
    boxes: list[Borrowed] = []
    words = "".join(_words(paragraph, boxes)).rstrip()
    marker = numbering.marker(paragraph.find(f"{W}pPr")) if words else ""
    yield from f"{marker}{words}".split("\n")
    for box in boxes:
        yield from _blocks(box, numbering)


def _words(element: Borrowed, boxes: list[Borrowed]) -> Iterator[str]:
    """The words of an element in their order; text boxes are put aside."""
    for child in element:
        if child.tag in _TEXT:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == _BOX:
            boxes.append(child)
        elif child.tag == f"{W}sym":
            yield _symbol(child)
        elif child.tag not in _UNSEEN and isinstance(child.tag, str) and not _is_hidden(child):
            yield from _words(child, boxes)


def _symbol(element: Borrowed) -> str:
    code = element.get(f"{W}char", "")
    return chr(int(code, 16)) if len(code) == 4 and all(digit in "0123456789abcdefABCDEF" for digit in code) else ""


def _is_hidden(run: Borrowed) -> bool:
    properties = run.find(f"{W}rPr") if run.tag == f"{W}r" else None
    hidden = properties.find(f"{W}vanish") if properties is not None else None
    return hidden is not None and hidden.get(f"{W}val", "1") not in ("0", "false")


# ------------------------------------------------------------------------------------------------ tables


def _rows(holder: Borrowed) -> Iterator[list[Borrowed]]:
    """The cells of each row, `None` for a column that a wider cell takes; rows may lie in content controls."""
    for child in holder:
        if child.tag == f"{W}tr":
            yield [place for cell in _cells(child) for place in (cell, *[None] * (_span(cell) - 1))]
        elif child.tag == f"{W}sdt" or child.tag == f"{W}sdtContent":
            yield from _rows(child)


def _cells(row: Borrowed) -> Iterator[Borrowed]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag == f"{W}sdt" or child.tag == f"{W}sdtContent":
            yield from _cells(child)


def _span(cell: Borrowed) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    value = span.get(f"{W}val", "1") if span is not None else "1"
    return max(1, min(int(value), 60)) if value.isdecimal() and len(value) < 5 else 1


def _cell(cell: Borrowed | None, numbering: Numbering) -> str:
    """The lines of a cell; one that goes on with the cell above is empty."""
    if cell is None:
        return ""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
    return "" if goes_on else "\n".join(_blocks(cell, numbering))
