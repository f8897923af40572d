"""Reads corpus files: a title between lines of `===`, the input, a line `---`, what is expected.

===
a unit list is split at 、
===
（责任单位：市科技局、市财政局）
---
responsible 市科技局
responsible 市财政局
"""

import re
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "corpus"
_HEAD = re.compile(r"^===\n(?P<title>[^\n]+)\n===\n", re.MULTILINE)


class Case(NamedTuple):
    file: Path
    line: int
    title: str
    input: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file.name}:{self.line} {self.title}"


def read_cases(name: str) -> list[Case]:
    """All cases of tests/corpus/NAME.txt; it is an error if there is none or if one is not whole."""
    file = FOLDER / f"{name}.txt"
    text = file.read_text("utf-8")
    heads = list(_HEAD.finditer(text))
    assert heads, f"{file} holds no case"
    assert len(heads) * 2 == len(re.findall(r"^===$", text, re.MULTILINE)), f"{file}: a title is not closed"
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return [_case(file, text, head, end) for head, end in zip(heads, ends, strict=True)]


def _case(file: Path, text: str, head: re.Match[str], end: int) -> Case:
    line = text.count("\n", 0, head.start()) + 1
    parts = text[head.end() : end].split("\n---\n")
    assert len(parts) == 2, f"{file}:{line}: one line --- expected, {len(parts) - 1} found"
    return Case(file, line, head["title"], parts[0], parts[1].strip("\n"))


def update(changed: dict[Case, str]) -> None:
    """Write new expectations back into their files (pytest --update)."""
    for file in {case.file for case in changed}:
        cases = read_cases(file.stem)
        file.write_text("\n\n".join(_written(case, changed.get(case, case.expected)) for case in cases) + "\n", "utf-8")


def _written(case: Case, expected: str) -> str:
    return f"===\n{case.title}\n===\n{case.input}\n---\n{expected}"
