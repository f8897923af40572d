"""Legacy Word files and RTF: turned into DOCX by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from notice_parser.carriers import docx
from notice_parser.carriers.base import UnreadableError

_PROGRAMS = ("soffice", "libreoffice")
_LONGEST = 120  # seconds that a conversion may take
_GET = "install LibreOffice (apt install libreoffice-writer-nogui, or libreoffice.org), or save it as .docx"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")

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
    if _ENCRYPTED in data:
        raise UnreadableError("the Word file is encrypted", "", "save it without a password")
    if not data.startswith(b"{\\rtf") and _WORD not in data:
        raise UnreadableError("an Office file, but not of Word", "", "save its text as .docx or .txt")
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise UnreadableError("a legacy Word file; reading it needs LibreOffice", "", _GET)
    return docx.extract(_converted(program, data))


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
    quiet = subprocess.DEVNULL
    try:
        subprocess.run(command, stdin=quiet, stdout=quiet, stderr=quiet, timeout=_LONGEST, check=False)
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"LibreOffice took longer than {_LONGEST} s", "", "save the file as .docx") from None
    except OSError as error:
        raise UnreadableError(f"LibreOffice could not be started ({error.strerror})", "", _GET) from None
