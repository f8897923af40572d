"""Lists the notices of a folder with the most diagnostics, and how many there are of each rule.

python scripts/worst_diagnostics.py FOLDER [--most N] [--severity info|warning|error] [--show RULE]
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from notice_parser import read
from notice_parser.model import Diagnostic

_SEVERITIES = ("error", "warning", "info")


def main() -> None:
    """Print the worst files with their counts, then the counts of all; with --show each diagnostic of one rule."""
    options = _options()
    counted = _SEVERITIES[: _SEVERITIES.index(options.severity) + 1]
    files = sorted(file for file in options.folder.rglob("*") if file.suffix in (".txt", ".md"))
    found = {file.name: _counted(file, counted, options.show) for file in files}
    for name, remarks in sorted(found.items(), key=lambda entry: -len(entry[1]))[: options.most]:
        print(f"{len(remarks):5} {name:16} {_rules(remarks)}")
        for remark in remarks if options.show else ():
            print(f"      {remark.line}:{remark.column} {remark.message}")
    every = [remark for remarks in found.values() for remark in remarks]
    print(f"{len(every):5} {len(files)} files        {_rules(every)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=20, metavar="N", help="how many files")
    parser.add_argument("--severity", choices=_SEVERITIES, default="info", help="the least that counts")
    parser.add_argument("--show", metavar="RULE", help="only this rule, each diagnostic in full")
    return parser.parse_args()


def _counted(file: Path, severities: tuple[str, ...], rule: str | None) -> list[Diagnostic]:
    remarks = (remark for remark in read(file).diagnostics if remark.severity in severities)
    return [remark for remark in remarks if rule in (None, remark.rule)]


def _rules(remarks: list[Diagnostic]) -> str:
    counts = Counter(remark.rule for remark in remarks)
    return ", ".join(f"{count} {rule}" for rule, count in counts.most_common())


if __name__ == "__main__":
    main()
