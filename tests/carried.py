"""Files of each carrier, made for the tests from a notice of their own."""

import io
import zipfile
from typing import NamedTuple

import pytest

LINES = (
    "云岭市人民政府办公室关于加强山洪防御工作的通知",
    "云政办发〔2024〕18号",
    "各县、区人民政府，市直各部门：",
    "为做好今年山洪防御工作，经市政府同意，现通知如下。",
    "一、健全预警体系",
    "（一）布设雨量站点。到2025年，全市自动雨量站达到300个以上。（责任单位：市水务局、市气象局）",
    "（二）畅通预警信息。预警信息要在30分钟内传到户、到人。（牵头单位：市应急局；配合单位：市通信管理局）",
    "二、落实防御责任",
    "各地要逐村落实转移责任人，每年汛前组织演练不少于2次。",
    "云岭市人民政府办公室",
    "2024年4月12日",
    "（此件公开发布）",
)
TEXT = "\n".join(LINES) + "\n"
HEAD = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
TASKS = (
    ("1", "建成水文监测中心", "市水务局", "市财政局、发改委", "2024年10月底前"),
    ("2", "修订转移预案", "市应急局", "", "2024年6月底前"),
)
ROWS = tuple(f"| {' | '.join(row)} |" for row in (HEAD, *TASKS))


def docx(build):
    """The bytes of a Word file that `build` has written."""
    library = pytest.importorskip("docx", reason="python-docx makes the Word files of these tests")
    document = library.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class OldName(zipfile.ZipInfo):
    """A name in the bytes of GBK, as old Chinese systems wrote it without saying so."""

    def _encodeFilenameFlags(self):  # noqa: N802 (the hook that zipfile asks)
        return self.filename.encode("gbk"), 0


def archive(members, *, info=zipfile.ZipInfo):
    """A ZIP file of `(name, bytes)`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            entry = info(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)
    return buffer.getvalue()


class Set(NamedTuple):
    """A line of a PDF that is set at another place or size than the others."""

    text: str
    size: int = 12
    height: int | None = None
    left: int = 60


def pdf(pages, *, trailer=b""):
    """A PDF of lines of text: each character is a glyph of its own, and a table says which character it is."""
    pages = [[line if isinstance(line, Set) else Set(line) for line in page] for page in pages]
    characters = sorted({character for page in pages for line in page for character in line.text})
    codes = {character: f"{number:04X}" for number, character in enumerate(characters, 1)}
    named = "\n".join(f"<{code}> <{character.encode('utf-16-be').hex()}>" for character, code in codes.items())
    table = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{named}\nendbfchar\nendcmap end end"
    )
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /T /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [4 0 R]>>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /T /DW 1000 /CIDSystemInfo"
        " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        _stream(table),
    ]
    for number, page in enumerate(pages):
        written = "".join(
            f"/F {line.size} Tf 1 0 0 1 {line.left} {line.height or 780 - 24 * place} Tm"
            f" <{''.join(codes[character] for character in line.text)}> Tj\n"
            for place, line in enumerate(page)
        )
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 900 842] /Resources << /Font << /F 3 0 R >> >>"
            f" /Contents {7 + 2 * number} 0 R >>"
        )
        objects.append(_stream(f"BT {written}ET"))
    return _pdf_file(objects, trailer)


def _stream(content):
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _pdf_file(objects, trailer):
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R "
    return data + head.encode() + trailer + f">>\nstartxref\n{len(data)}\n%%EOF\n".encode()
