"""Writes every notice of a folder out canonically, reads that again, and reports those whose tree is another.

    python scripts/rewrite_corpus.py FOLDER [--first N]

A file that differs is named with its first differences: what was read from it, and what from its canonical text.
"""

from __future__ import annotations

import argparse
import sys
from difflib import ndiff
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from trees import essence

from notice_parser import parse, read
from notice_parser.render import render

_WIDTH = 110


def main() -> None:
    """Print the files that differ, and how many do not; leave with status 1 where any does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=4, metavar="N", help="lines shown of each difference")
    options = parser.parse_args()
    files = sorted(file for file in options.folder.rglob("*") if file.suffix in (".txt", ".md"))
    differing = [file for file in files if _reported(file, options.first)]
    print(f"{len(files) - len(differing)} of {len(files)} files are read back the same")
    sys.exit(bool(differing))


def _reported(file: Path, most: int) -> bool:
    """Whether a file's tree differs from that of its canonical text; shows where."""
    notice = read(file)
    before, after = list(essence(notice)), list(essence(parse(render(notice, "text"))))
    if before == after:
        return False
    print(file.name)
    changed = (line for line in ndiff(before, after) if line[0] in "+-") if len(before) < 3000 else iter(())
    for _, line in zip(range(most), changed, strict=False):
        print(f"    {line[:_WIDTH]}")
    return True


if __name__ == "__main__":
    main()
