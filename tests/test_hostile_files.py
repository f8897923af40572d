"""Damaged and hostile files cost one line: what is wrong, where, and the way out; never a traceback."""

import pickle
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from carried import LINES, TEXT, OldName, archive, docx, pdf

from notice_parser.carriers import UnreadableError, doc, extract, members, packed
from notice_parser.reading import read

DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{}</w:t>'
    "</w:r></w:p></w:body></w:document>"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> /P -4 >> "


def word(document, **parts):
    """A Word file with nothing but these parts."""
    return archive([("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.encode()), *parts.items()])


def refusal(data, name=None):
    with pytest.raises(UnreadableError) as error:
        extract(data, name=name)
    return str(error.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf([LINES])[:400], "damaged or cut off"),
        (b"%PDF-1.7", "damaged or cut off"),
        (pdf([LINES], trailer=ENCRYPTED), "encrypted"),
        (pdf([()]), "scan without text"),
        (pdf([("\ue5e5\ue5e6\ue5e7甲",)]), "cannot be read"),
        (archive([("a.txt", TEXT.encode())])[:-30], "damaged or cut off"),
        (b"PK\x03\x04", "damaged or cut off"),
        (archive([]), "archive of 0 files"),
        (archive([("a.txt", b"a"), ("b.txt", b"b")]), "archive of 2 files"),
        (archive([("[Content_Types].xml", b""), ("xl/workbook.xml", b"")]), "Excel workbook"),
        (archive([("[Content_Types].xml", b""), ("word/styles.xml", b"")]), "no text part"),
        (word("<w:document>"), "damaged"),
        (OLE + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + b"\x00" * 504 + b"\xec\xa5" + b"\x00" * 9 + b"\x01" + "WordDocument".encode("utf-16-le"), "encrypted"),
        (OLE + b"\x00" * 512 + "Workbook".encode("utf-16-le"), "not of Word"),
        (OLE + b"\x00" * 512, "damaged or cut off"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "a picture"),
        (b"Rar!\x1a\x07\x00", "RAR archive"),
        (b"\x00\x01\x02\x03" * 1000, "binary data"),
        (b"\x7fELF" + bytes(range(256)) * 40, "byte"),
        ("通知".encode() + b"\x00" * 500, "binary data"),
        (b"<html></html>" * 2 + b"\xff\xfe\xfa", "byte 26"),
        (b"<div>" * 5000 + "深".encode(), "too deep"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data, said):
    message = refusal(data)
    assert said in message
    assert "\n" not in message


def test_a_truncated_word_file_is_refused_wherever_it_is_cut():
    data = docx(lambda document: document.add_paragraph(TEXT))
    for length in range(4, len(data), len(data) // 40):
        assert "damaged or cut off" in refusal(data[:length])


def test_a_pdf_is_refused_or_read_wherever_it_is_cut():
    data = pdf([LINES])
    for length in range(5, len(data), len(data) // 40):
        try:
            extract(data[:length])
        except UnreadableError:
            continue


def test_a_line_of_blanks_in_markdown_is_white_space():
    blanks = "\t " * 50_000
    assert extract(f"# 通知\n**一**\n{blanks}二|三\n".encode()).format == "markdown"


def test_nothing_is_an_empty_text():
    assert extract(b"") == ("", "text", "utf-8")


def test_an_external_entity_reaches_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    declared = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert "declares entities" in refusal(word(declared + DOCUMENT.format("&x;")))


def test_entities_that_multiply_are_not_written_out():
    declared = '<!DOCTYPE d [<!ENTITY a "一二三四五六七八九十">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    assert "Word file" in refusal(word(declared + "]>" + DOCUMENT.format("&j;")))


def test_an_entity_in_a_page_reaches_nothing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    text = extract(f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><p>一&x;</p>'.encode()).text
    assert "机密" not in text


@pytest.mark.parametrize("kind", ["archive", "word"])
def test_a_bomb_is_stopped_while_it_unpacks(kind, monkeypatch):
    monkeypatch.setattr(packed, "LARGEST", 1 << 20)
    monkeypatch.setattr(packed.Budget.__init__, "__defaults__", (1 << 20,))
    bomb = b"<!--" + b" " * (4 << 20) + b"-->"
    data = archive([("a.txt", bomb)]) if kind == "archive" else word(bomb.decode())
    assert "unpacks to more than 1 MB" in refusal(data)


def test_a_bomb_of_archives_in_archives_ends():
    data = TEXT.encode()
    for depth in range(8):
        data = archive([(f"{depth}.zip", data)])
    assert "too deep" in refusal(data)


def test_a_damaged_member_does_not_cost_the_others():
    data = bytearray(archive([("a.txt", TEXT.encode() * 9), ("b.txt", TEXT.encode())]))
    data[60] ^= 0xFF
    first, second = members(bytes(data))
    with pytest.raises(UnreadableError, match="damaged"):
        first.read()
    assert second.read() == TEXT.encode()


@pytest.mark.parametrize(
    ("name", "shown"), [("../../etc/a.txt", "etc/a.txt"), ("/a.txt", "a.txt"), ("C:\\公文\\a.txt", "C/公文/a.txt")]
)
def test_a_name_in_an_archive_leads_nowhere_but_down(name, shown):
    assert [member.name for member in members(archive([(name, b"")], info=OldName))] == [shown]


def test_names_in_gbk_are_read():
    assert [member.name for member in members(archive([("通知/一号.txt", b"")], info=OldName))] == ["通知/一号.txt"]


def test_an_encrypted_member_is_refused():
    data = bytearray(archive([("a.txt", TEXT.encode())]))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + offset] |= 1
    assert "encrypted" in refusal(bytes(data))


def test_a_table_that_spans_without_end_is_bounded():
    table = "<table><tr><td colspan=9999 rowspan=9999>甲</td></tr><tr><td>乙</td><td>丙</td></tr></table>"
    assert len(extract(table.encode()).text) < 1000


# ---------------------------------------------------------------- legacy Word

WORD = OLE + b"\x00" * 512 + "WordDocument".encode("utf-16-le")


def test_a_legacy_file_without_libreoffice_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(doc.shutil, "which", lambda program: None)
    assert "install LibreOffice" in refusal(WORD)


def test_a_legacy_file_is_read_by_way_of_libreoffice(monkeypatch, tmp_path):
    made = tmp_path / "made.docx"
    made.write_bytes(docx(lambda document: document.add_paragraph("一、总体要求")))
    office = tmp_path / "soffice"
    office.write_text(f'#!/bin/sh\nfor last; do :; done\ncp "{made}" "$(dirname "$last")/notice.docx"\n')
    office.chmod(0o755)
    monkeypatch.setattr(doc.shutil, "which", lambda program: str(office))
    assert extract(WORD) == ("一、总体要求\n", "doc", "unicode")


def test_a_legacy_file_that_libreoffice_cannot_read_is_refused(monkeypatch):
    monkeypatch.setattr(doc.shutil, "which", lambda program: "/bin/true")
    assert "could not read" in refusal(WORD)


def test_a_hanging_libreoffice_is_ended_with_what_it_has_started(monkeypatch, tmp_path):
    office, noted = tmp_path / "soffice", tmp_path / "started"
    office.write_text(f'#!/bin/sh\nsleep 60 &\necho $! > "{noted}"\nwait\n')
    office.chmod(0o755)
    monkeypatch.setattr(doc.shutil, "which", lambda program: str(office))
    monkeypatch.setattr(doc, "_LONGEST", 0.5)
    assert "took longer" in refusal(WORD)
    until = time.monotonic() + 10  # a process takes a moment to go
    while is_running(int(noted.read_text())):
        assert time.monotonic() < until
        time.sleep(0.05)


def is_running(process):
    """Whether a process is there and not merely waiting to be taken note of."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed: no real .doc is read")
def test_real_legacy_files_are_read_side_by_side(tmp_path):
    written = tmp_path / "通知 一.docx"
    written.write_bytes(docx(lambda document: [document.add_paragraph(line) for line in LINES]))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for kind in ("doc", "rtf"):
        subprocess.run(
            ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", tmp_path, written],
            check=True,
            capture_output=True,
        )
    paths = (tmp_path / "通知 一.doc", tmp_path / "通知 一.rtf")
    with ThreadPoolExecutor(2) as pool:
        texts = [found.text for found in pool.map(extract, [path.read_bytes() for path in paths])]
    assert texts == [TEXT, TEXT]


# ---------------------------------------------------------------- the error itself


def test_the_error_says_where_what_and_the_way_out():
    error = UnreadableError("cut off", "page 3", "fetch it again")
    assert str(error) == "page 3: cut off; fetch it again"


def test_the_error_travels_between_processes():
    error = pickle.loads(pickle.dumps(UnreadableError("cut off", "page 3", "fetch it again")))
    assert (error.what, error.where, error.way_out) == ("cut off", "page 3", "fetch it again")


def test_reading_a_file_raises_it_too(tmp_path):
    path = tmp_path / "notice.pdf"
    path.write_bytes(b"%PDF-")
    with pytest.raises(UnreadableError):
        read(path)
