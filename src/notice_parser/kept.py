"""What is kept for the next start: files in the user's own cache folder, whole, and nobody else may write them."""

from __future__ import annotations

import os
import time
from functools import cache
from hashlib import sha256
from pathlib import Path

_A_MONTH = 30 * 24 * 3600.0
_DIGEST = 32  # bytes of SHA-256 before the content: a pattern's code with one wrong bit might do anything


def read(name: str) -> bytes | None:
    """What is kept under this name as it was written; None where there is nothing, or it is damaged."""
    folder = _folder()
    try:
        stored = (folder / name).read_bytes() if folder and _ours(folder / name) else b""
    except OSError:
        return None
    digest, content = stored[:_DIGEST], stored[_DIGEST:]
    return content if sha256(content).digest() == digest else None


def write(name: str, content: bytes) -> None:
    """Keep `content`, whole or not at all; a folder that cannot be written is no reason to fail."""
    folder = _folder()
    if folder is None:
        return
    import tempfile  # rarely needed, and it takes longer to load than all that is kept

    try:
        with tempfile.NamedTemporaryFile(dir=folder, suffix=".tables", delete=False) as file:
            file.write(sha256(content).digest() + content)
        Path(file.name).replace(folder / name)
        _forget_old(folder)
    except OSError:
        return


def _forget_old(folder: Path) -> None:
    """What no version has made for a month goes, or could not finish; several versions may share the folder."""
    for kept in folder.glob("*.tables"):
        if time.time() - kept.stat().st_mtime > _A_MONTH:
            kept.unlink(missing_ok=True)


@cache
def _folder() -> Path | None:
    """The user's own cache folder, mode 0700; None where there is none to be trusted."""
    home = os.environ.get("XDG_CACHE_HOME") or (Path.home() / ".cache" if "HOME" in os.environ else None)
    if home is None:
        return None
    folder = Path(home) / "notice-parse"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _ours(folder) else None
    except OSError:
        return None


def _ours(path: Path) -> bool:
    """Whether a file or folder belongs to this user and nobody else may write it: pickles of others are not read."""
    try:
        status = path.stat()
    except OSError:
        return False
    return not hasattr(os, "getuid") or (status.st_uid == os.getuid() and not status.st_mode & 0o022)
