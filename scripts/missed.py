"""Counts what looks like a clause or a target and was not read as one, with the commonest shapes.

python scripts/missed.py FOLDER [--examples 50] [--seed 1]
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from notice_parser import parse
from notice_parser.model import Notice, bodies, items
from notice_parser.source import Span, fold

CLAUSE = re.compile(r"[(\[][^()\[\]]*(?:牵头|负责|责任)[^()\[\]]*[)\]]")
TARGET = re.compile(r"[^。;!?\n]*(?:达到|不低于|以上|超过)[^。;!?\n]*")
NUMBER = re.compile(r"[0-9]")
NAME = re.compile(r"[^()\[\],;:、。0-9]{2,}(?:局|委|厅|部|办|府|院|会|中心|单位|部门|公司|区|市|县)")


def missed(text: str, notice: Notice) -> Iterator[tuple[str, str]]:
    """Kind and words of each bracket or sentence that was passed over."""
    folded = fold(text)
    clauses, targets = _spans(notice)
    for match in CLAUSE.finditer(folded):
        if not any(span.start < match.end() and match.start() < span.end for span in clauses):
            yield "clause", match[0].replace("\n", "")
    for match in TARGET.finditer(folded):
        hit = any(span.start < match.end() and match.start() < span.end for span in targets)
        if NUMBER.search(match[0]) and not hit:
            yield "target", match[0].strip()


def _spans(notice: Notice) -> tuple[list[Span], list[Span]]:
    holders = [holder for _, body in bodies(notice) for holder in (body, *items(body))]
    clauses = [clause.span for holder in holders for clause in holder.responsibilities]
    return clauses, [target.span for holder in holders for target in holder.targets]


def shape(words: str) -> str:
    """The words with names and figures blotted out, so that alike ones count together."""
    return re.sub(r"(?:×[、,;和及]?)+", "×", NAME.sub("×", re.sub(r"[0-9.]+", "9", words)))[:60]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folder", type=Path)
    ask.add_argument("--examples", type=int, default=0, help="print so many of each kind, drawn at random")
    ask.add_argument("--seed", type=int, default=1)
    options = ask.parse_args()
    found: dict[str, list[str]] = {"clause": [], "target": []}
    for path in sorted(options.folder.glob("*.txt")):
        text = path.read_bytes().decode("utf-8-sig")
        for kind, words in missed(text, parse(text)):
            found[kind].append(f"{path.name}: {words}")
    for kind, rows in found.items():
        print(f"{kind}: {len(rows)} passed over")
        for words, count in Counter(shape(row.partition(": ")[2]) for row in rows).most_common(15):
            print(f"  {count:5}  {words}")
        for row in random.Random(options.seed).sample(rows, min(options.examples, len(rows))):
            print(f"  - {row[:160]}")


if __name__ == "__main__":
    try:
        main()
        sys.stdout.flush()
    except BrokenPipeError:  # missed.py … | head: nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
