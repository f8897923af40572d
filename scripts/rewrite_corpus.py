"""Writes every notice of a folder out canonically, reads that again, and reports those whose tree is another.

    python scripts/rewrite_corpus.py FOLDER [--first N]

A file that differs is named with the first difference: what was read from the file, what from its canonical text.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from notice_parser import parse, read
from notice_parser.model import Notice, Paragraph, Table, bodies, items
from notice_parser.render import render


def main() -> None:
    """Print a line for each file that differs, and how many do."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--first", type=int, default=1, metavar="N", help="differences shown of each file")
    options = parser.parse_args()
    files = sorted(file for file in options.folder.rglob("*") if file.suffix in (".txt", ".md"))
    differing = [file for file in files if _reported(file, options.first)]
    print(f"{len(files) - len(differing)} of {len(files)} files read back the same")
    sys.exit(bool(differing))


def _reported(file: Path, most: int) -> bool:
    found = list(differences(read(file)))
    for before, after in found[:most]:
        print(f"{file.name}\n    read     {before}\n    re-read  {after}")
    return bool(found)


def differences(notice: Notice) -> Iterator[tuple[str | None, str | None]]:
    """Where the tree of a notice and that of its canonical text part."""
    again = parse(str(render(notice, "text")))
    pairs = zip_longest(essence(notice), essence(again))
    return ((before, after) for before, after in pairs if before != after)


def essence(notice: Notice) -> Iterator[str]:
    """What a tree says, line by line: all but places, residue and diagnostics."""
    yield f"title {notice.title.text if notice.title else None}"
    yield f"number {notice.document_number.text if notice.document_number else None}"
    for name in ("issuers", "addressees", "copied_to"):
        yield from (f"{name} {organ.name}" for organ in getattr(notice, name))
    yield f"sign-off {_sign_off(notice.sign_off)}"
    yield from (f"note {note.text}" for note in notice.notes)
    yield from (f"attachment {a.number} {_text(a.label)} {_text(a.listed)} {_text(a.title)} {_sign_off(a.sign_off)}"
                for a in notice.attachments)
    for prefix, body in bodies(notice):
        yield f"body {prefix}"
        yield from _blocks(body.content)
        for item in items(body):
            yield f"{item.path} {item.marker} {_text(item.heading)}"
            yield from (f"  unit {unit.role} {unit.name}" for clause in item.responsibilities for unit in clause.units)
            yield from (f"  target {target.indicator} {target.value} {target.unit}" for target in item.targets)
            yield from _blocks(item.content)


def _blocks(content):
    for block in content:
        if isinstance(block, Paragraph):
            yield f"  {block.role} {block.text}"
        elif isinstance(block, Table):
            yield from ("  row " + " | ".join(cell.text for cell in row) for row in block.rows)


def _text(text):
    return text.text if text else None


def _sign_off(sign_off):
    if sign_off is None:
        return None
    return [organ.name for organ in sign_off.organs], sign_off.signers, sign_off.date and sign_off.date.value


if __name__ == "__main__":
    main()
