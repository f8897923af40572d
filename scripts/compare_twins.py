"""Compares what is read from one notice in several carriers: title, outline, units, targets.

    python scripts/compare_twins.py [FOLDER]

FOLDER holds `carriers/` and `text/`, and is ../shared/corpus by default. Every difference is printed; the exit status
is the number of pairs that differ.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from notice_parser.model import Notice, bodies, items
from notice_parser.reading import read
from notice_parser.source import fold

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
KNOWN = (
    ("carriers/0417.docx", "carriers/0421.pdf"),
    ("carriers/0418.docx", "carriers/0420.pdf"),
    ("carriers/0410.pdf", "text/0411.txt"),
    ("carriers/0410.pdf", "text/govdoccn397.txt"),
)


def pairs(corpus: Path) -> Iterator[tuple[Path, Path]]:
    """The known twins, and each saved page with the text of the same name."""
    yield from ((corpus / one, corpus / other) for one, other in KNOWN)
    for page in sorted((corpus / "carriers").glob("gv*.html")):
        yield page, corpus / "text" / f"{page.stem}.txt"


def facts(notice: Notice) -> list[str]:
    """What twins must agree in, a line each, without blanks and look-alikes."""
    lines = [f"title {_plain(notice.title.text if notice.title else '')}"]
    for prefix, body in bodies(notice):
        lines.append(f"body {prefix}")
        for holder in (body, *items(body)):
            path = prefix if holder is body else f"{holder.path} {_plain(_heading(holder))}"
            lines += [path] if holder is not body else []
            units = (unit for clause in holder.responsibilities for unit in clause.units)
            lines += [f"  {unit.role} {_plain(unit.name)}" for unit in units]
            lines += [f"  {_plain(t.indicator)} {t.comparator} {t.value} {t.unit}" for t in holder.targets]
    return lines


def differences(one: Path, other: Path) -> list[str]:
    """How the facts of two files differ; nothing where they agree."""
    first, second = facts(read(one)), facts(read(other))
    return list(unified_diff(second, first, other.name, one.name, lineterm="", n=0))


def _heading(item: object) -> str:
    heading = getattr(item, "heading", None)
    return heading.text if heading else ""


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def main(corpus: Path) -> int:
    """Print how the pairs differ."""
    there = [pair for pair in pairs(corpus) if all(path.exists() for path in pair)]
    found = {pair: different for pair in there if (different := differences(*pair))}
    for different in found.values():
        print("\n".join(different), end="\n\n")
    print(f"{len(there)} pairs, {len(found)} differ")
    return len(found)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS))
