"""What lies in a ZIP file, under limits: a DOCX, or an archive of notices."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from notice_parser.carriers.base import LARGEST, UnreadableError

_MOST_MEMBERS, _DEEPEST = 100_000, 3
_UTF_8_NAME, _ENCRYPTED = 0x800, 0x1
_CHUNK = 1 << 20
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
_AGAIN = "fetch or save the file again"

# Formats that are ZIP files too, by a member that each has.
_KINDS = (
    ("word/", "docx"), ("xl/", "an Excel workbook"), ("ppt/", "a PowerPoint file"), ("OFD.xml", "an OFD file"),
    ("content.xml", "an OpenDocument file"), ("Doc_0/", "an OFD file"),
)  # fmt: skip


class Member(NamedTuple):
    """A file in an archive: its name, and how to get its bytes (raises `UnreadableError`)."""

    name: str
    read: Callable[[], bytes]


class Budget:
    """How many bytes a file may still unpack to, all its members together."""

    def __init__(self, left: int = LARGEST) -> None:
        self.left = left

    def take(self, count: int, where: str) -> None:
        """Spend some of it."""
        self.left -= count
        if self.left < 0:
            what = f"unpacks to more than {LARGEST >> 20} MB"
            raise UnreadableError(what, where, "unpack it yourself if you trust it")


def opened(data: bytes) -> zipfile.ZipFile:
    """The ZIP file, if it is whole."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE:
        raise UnreadableError("a ZIP or DOCX file that is damaged or cut off", "", _AGAIN) from None
    if len(package.filelist) > _MOST_MEMBERS:
        raise UnreadableError(
            f"a ZIP file of {len(package.filelist)} members", "", f"split it; {_MOST_MEMBERS} are read"
        )
    return package


def kind(package: zipfile.ZipFile) -> str:
    """`docx`, `zip`, or the name of a format that is not read."""
    names = package.namelist()
    if not any(name in ("[Content_Types].xml", "OFD.xml", "mimetype") for name in names):
        return "zip"
    return next((what for sign, what in _KINDS if any(name.startswith(sign) for name in names)), "zip")


def content(package: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> bytes:
    """The bytes of a member; they are counted while they unpack, since its header may lie."""
    where = printable(info)
    if info.flag_bits & _ENCRYPTED:
        raise UnreadableError("encrypted", where, "unpack it with its password")
    try:
        with package.open(info) as stream:
            return b"".join(_chunks(stream.read, budget, where))
    except UnreadableError:
        raise
    except _DAMAGE:
        raise UnreadableError("damaged or cut off", where, _AGAIN) from None


def _chunks(read: Callable[[int], bytes], budget: Budget, where: str) -> Iterator[bytes]:
    while chunk := read(_CHUNK):
        budget.take(len(chunk), where)
        yield chunk


def members(data: bytes, depth: int = 1, budget: Budget | None = None) -> Iterator[Member]:
    """The files in an archive in their order, those of archives inside it too; what systems add is left out."""
    package, budget = opened(data), budget or Budget()
    for info in package.infolist():
        name = printable(info)
        if info.is_dir() or _is_added(name):
            continue
        if name.lower().endswith(".zip"):
            yield from _nested(package, info, name, depth, budget)
        else:
            yield Member(name, _reader(package, info))


def _nested(package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, depth: int, budget: Budget) -> Iterator[Member]:
    """The files of an archive in an archive; one that cannot be read stands for itself."""
    if depth == _DEEPEST:
        read = _reader(package, info)
        yield Member(name, lambda: _not_packed(read(), name))
        return
    try:
        inner = list(members(content(package, info, budget), depth + 1, budget))
    except UnreadableError:
        yield Member(name, _reader(package, info))
        return
    yield from (Member(f"{name}/{member.name}", member.read) for member in inner)


def _not_packed(data: bytes, name: str) -> bytes:
    """The bytes of a file that is called an archive and lies too deep to be opened as one."""
    if data.startswith(b"PK") and kind(opened(data)) == "zip":
        raise UnreadableError("archives in archives, too deep", name, "unpack it yourself if you trust it")
    return data


def _reader(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    """Reads a member when it is wanted, under a budget of its own, so that one bomb does not cost the others."""
    return lambda: content(package, info, Budget())


def printable(info: zipfile.ZipInfo) -> str:
    """The name of a member: GBK where the archive does not say UTF-8, and a path that leads nowhere but down."""
    name = info.filename
    if not info.flag_bits & _UTF_8_NAME:
        name = _as_chinese(name)
    steps = PurePosixPath(name.replace("\\", "/")).parts
    return "/".join(step.strip(":") for step in steps if step not in ("/", "..", ".")) or "unnamed"


def _as_chinese(name: str) -> str:
    """Python reads old names as code page 437, which loses nothing."""
    raw = name.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _is_added(name: str) -> bool:
    steps = name.split("/")
    return (
        steps[0] == "__MACOSX"
        or steps[-1].startswith(("._", "~$"))
        or steps[-1] in (".DS_Store", "Thumbs.db", "desktop.ini")
    )
