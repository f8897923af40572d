"""Legacy Word files and RTF: turned into DOCX by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from notice_parser.carriers import docx
from notice_parser.carriers.base import UnreadableError

_PROGRAMS = ("soffice", "libreoffice")
_LONGEST = 120  # seconds that a conversion may take
_GET = "install LibreOffice (apt install libreoffice-writer-nogui, or libreoffice.org), or save it as .docx"
_ENCRYPTED, _WORD, *_OTHERS = (
    name.encode("utf-16-le")
    for name in ("EncryptedPackage", "WordDocument", "Workbook", "PowerPoint Document", "__properties_version1.0")
)
_SECTOR, _BEGINNING, _FLAGS, _LOCKED = 512, b"\xec\xa5", 11, 0x01  # of the stream that holds Word's text

# A profile of its own: no macros, no link of the document is followed, and nothing of the user's is touched.
_ITEM = (
    '<item oor:path="/org.openoffice.Office.Common/Security/Scripting">'
    '<prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>'
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + _ITEM.format("DisableMacrosExecution", "true")
    + _ITEM.format("DisableActiveContent", "true")
    + _ITEM.format("BlockUntrustedRefererLinks", "true")
    + _ITEM.format("MacroSecurityLevel", "3")
    + "</oor:items>\n"
)


def extract(data: bytes, name: str | None = None) -> str:
    """The text of the file, by way of DOCX."""
    if not data.startswith(b"{\\rtf"):
        _check(data)
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnreadableError("a legacy Word file; reading it needs LibreOffice", "", _GET)
    return docx.extract(_converted(program, data))


def _check(data: bytes) -> None:
    """Whether an Office file is one of Word that can be opened."""
    if _ENCRYPTED in data or _is_locked(data):
        raise UnreadableError("the Word file is encrypted", "", "save it without a password")
    if _WORD not in data:
        if any(other in data for other in _OTHERS):
            raise UnreadableError("an Office file, but not of Word", "", "save its text as .docx or .txt")
        raise UnreadableError("an Office file that is damaged or cut off", "", "fetch or save it again")


def _is_locked(data: bytes) -> bool:
    """Whether a stream that begins as Word's text does says that it is encrypted."""
    texts = (start for start in range(_SECTOR, len(data), _SECTOR) if data.startswith(_BEGINNING, start))
    first = next(texts, None)
    return first is not None and int.from_bytes(data[first + _FLAGS : first + _FLAGS + 1], "big") & _LOCKED == 1


def _converted(program: str, data: bytes) -> bytes:
    """The DOCX that LibreOffice makes of the file, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="notice-parse-") as folder:
        here = Path(folder)
        source, made, profile = here / "notice.doc", here / "notice.docx", here / "profile"
        source.write_bytes(data)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        _run([program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", "docx",
              "--outdir", folder, str(source)])  # fmt: skip
        if not made.is_file():
            raise UnreadableError("LibreOffice could not read the Word file", "", "save it as .docx")
        return made.read_bytes()


def _run(command: list[str]) -> None:
    """Run the program to its end; where that is too far, end it with all that it has started."""
    quiet = subprocess.DEVNULL
    try:
        office = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except OSError as error:
        raise UnreadableError(f"LibreOffice could not be started ({error.strerror})", "", _GET) from None
    try:
        office.wait(_LONGEST)
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"LibreOffice took longer than {_LONGEST} s", "", "save the file as .docx") from None
    finally:
        if office.returncode is None:
            _end(office)


def _end(office: subprocess.Popen[bytes]) -> None:
    """The program is a script, whose end would not be that of what it started."""
    if hasattr(os, "killpg"):
        with suppress(OSError):  # it has just ended by itself
            os.killpg(office.pid, signal.SIGKILL)
    office.kill()
    office.wait()
