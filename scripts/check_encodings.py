"""Writes every text of a folder in each encoding that can hold it, and sees whether it is decoded as it was.

    python scripts/check_encodings.py [FOLDER]

FOLDER is ../shared/corpus/text by default. Wrong readings and refusals are printed, with the length of the text; whole
texts, their first 300 characters and every line of 20 characters and more are tried.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from notice_parser.source import UndecodableError, decode

CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "text"
ENCODINGS = ("utf-8", "utf-8-sig", "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be")
_BEGINNING, _LINE = 300, 20


def encoded(text: str) -> Iterator[tuple[str, bytes]]:
    """The text in each encoding that can hold it."""
    for encoding in ENCODINGS:
        try:
            yield encoding, text.encode(encoding)
        except UnicodeEncodeError:
            continue


def reading(text: str, data: bytes) -> str:
    """`right`, `wrong` or `refused`."""
    try:
        return "right" if decode(data)[0] == text else "wrong"
    except UndecodableError:
        return "refused"


def samples(text: str) -> Iterator[tuple[str, str]]:
    """The whole of a text, its beginning, and its longer lines."""
    yield "whole", text
    yield "beginning", text[:_BEGINNING]
    yield from (("line", line) for line in text.splitlines() if len(line) >= _LINE)


def main(folder: Path) -> int:
    """Count the readings of each kind of sample in each encoding; the exit status is 1 if a whole text is not right."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for path in sorted(folder.glob("*.txt")):
        text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
        for kind, sample in samples(text):
            for encoding, data in encoded(sample):
                found = reading(sample, data)
                counts[kind, encoding, found] += 1
                if found != "right" and kind != "line":
                    print(f"{path.name} {kind} ({len(sample)} characters) as {encoding}: {found}")
    for (kind, encoding, found), count in sorted(counts.items()):
        print(f"{kind:9} {encoding:10} {found:8} {count}")
    return any(found != "right" for kind, _, found in counts if kind == "whole")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS))
