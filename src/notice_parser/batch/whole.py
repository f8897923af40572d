"""Files that are there whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from secrets import token_hex

from notice_parser.batch.records import StoppedError
from notice_parser.batch.sources import printable

# With these nothing else could be written either; a name too long concerns one file alone.
_FATAL = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EFBIG, errno.ENODEV)
)


def write(target: str, data: bytes, workshop: str) -> None:
    """Write a file in the workshop, have it on the disk, give it its place; what a failure leaves is swept there."""
    made = Path(workshop, token_hex(8))
    try:
        with made.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        made.replace(target)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


def publish(neighbour: Path, target: Path) -> None:
    """Have a finished neighbour on the disk and give it its name."""
    with neighbour.open("rb+") as file:
        os.fsync(file.fileno())
    neighbour.replace(target)
    _keep_name(target.parent)


def fatal(error: OSError) -> bool:
    """Whether nothing else could be written either."""
    return error.errno in _FATAL


def unwritable(path: Path | str, error: OSError) -> StoppedError:
    """The error that ends a run, in one line."""
    return StoppedError(f"{printable(str(path))}: cannot be written ({error.strerror or error})")


def _keep_name(folder: Path) -> None:
    """A new name is on the disk when its folder is; systems that cannot open a folder see to it themselves."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
