"""What all carriers share: the error they raise, their limits, how a table is written as lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import Any

# Libraries of the extras and what they make; imported only when a file needs them, so no checker knows their types.
Borrowed = Any

LARGEST = 256 << 20  # bytes that a packed file may unpack to; a notice with all its pictures has a hundredth of it


class UnreadableError(ValueError):
    """A file that no notice can be read from: what is wrong, where, and the way out."""

    def __init__(self, what: str, where: str, way_out: str) -> None:
        super().__init__(what, where, way_out)
        self.what, self.where, self.way_out = what, where, way_out

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.way_out}" if self.where else f"{self.what}; {self.way_out}"


def borrowed(module: str, extra: str) -> Borrowed:
    """A library that an extra brings, or the command that installs it."""
    try:
        return import_module(module)
    except ImportError:
        what = f"{extra.upper()} files need the library {module.partition('.')[0]}, which is not installed"
        raise UnreadableError(what, "", f"install it with: pip install 'notice-parse[{extra}]'") from None


# ------------------------------------------------------------------------------------------------ tables

Rows = Sequence[Sequence[str]]
_BAR = str.maketrans({"|": "∣", "｜": "∣"})  # a bar inside a cell is none between two
_FILE, _ORGAN = "文件", r"[一-龥 ]{3,30}"
_LABEL = r"[\s　\xa0]*[【\[]?[一-龥][一-龥\s　\xa0]{0,14}[:：】\]][\s　\xa0]*"


def table(rows: Rows) -> Iterator[str]:
    """A table as lines: `| a | b |` a row; labels and values (索引号：000014349) a line each; a red head one line; one
    column as it is."""
    filled = [[_inline(cell) for cell in row] for row in rows if any(cell.strip() for cell in row)]
    if max(map(len, filled), default=0) < 2:
        return iter([line.strip() for row in rows for cell in row for line in cell.split("\n") if line.strip()])
    if _is_red_head(filled):
        return iter([f"{' '.join(''.join(row[0].split()) for row in filled)}{_FILE}"])
    return _fields(filled) if _is_fields(filled) else (f"| {' | '.join(row)} |" for row in filled)


def _inline(cell: str) -> str:
    return " ".join(cell.translate(_BAR).split())


def _is_red_head(rows: Rows) -> bool:
    """Whether a table is the red head (文件头) of several organs, which share one 文件 beside them."""
    beside = "".join(cell for row in rows for cell in row[1:])
    return "".join(beside.split()) == _FILE and all(re.fullmatch(_ORGAN, row[0]) for row in rows)


def _is_fields(rows: Rows) -> bool:
    """Whether every other cell is a label: 发文机关：| 国务院 | 成文日期：| 2018年."""
    labels = [cell for row in rows for cell in row[::2] if cell]
    return bool(labels) and all(re.fullmatch(_LABEL, label) for label in labels)


def _fields(rows: Rows) -> Iterator[str]:
    for row in rows:
        for label, value in zip(row[::2], [*row[1::2], ""], strict=False):
            if label:
                yield f"{label}{value}"


def lines(text: Iterable[str]) -> str:
    """Lines as a text, never more than two empty ones in a row."""
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(text).strip("\n")) + "\n"
