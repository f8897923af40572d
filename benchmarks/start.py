"""Measures the start of the program: processor time of whole runs, as multiples of importing what it is built on.

python benchmarks/start.py                  the shortest of the samples to JSON, and --version
python benchmarks/start.py notice.txt       another file
python benchmarks/start.py --parts          where one start spends its time

The gates are 1.0 times the base for --version and 1.6 times for a file. The modules must be compiled to bytecode, as
an installation does it, and a first run, not counted, fills the cache folder.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples"
BASE = [sys.executable, "-c", "import click, lark; from pydantic import BaseModel"]
PROGRAM = [sys.executable, "-c", "from notice_parser.__main__ import main; main()"]
GATES = {"--version": 1.0, "a file to JSON": 1.6}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?", default=shortest_sample(), help="a notice")
    parser.add_argument("--runs", type=int, default=15, help="counted runs of each command")
    parser.add_argument("--parts", action="store_true", help="one start, part by part")
    asked = parser.parse_args()
    if asked.parts:
        show_parts(asked.path)
    else:
        show_ratios(asked.path, asked.runs)


def shortest_sample() -> Path:
    return min(SAMPLES.glob("*.txt"), key=lambda sample: sample.stat().st_size)


def show_ratios(path: Path, runs: int) -> None:
    """The commands in turn, so that what slows the machine slows all of them."""
    commands = {"base": BASE, "--version": [*PROGRAM, "--version"], "a file to JSON": [*PROGRAM, str(path)]}
    rounds = [{name: seconds(command) for name, command in commands.items()} for _ in range(runs + 1)][1:]
    for name in commands:
        own = [taken[name] for taken in rounds]
        ratio = statistics.median(taken[name] / taken["base"] for taken in rounds)
        gate = f"  (gate {GATES[name]})" if name in GATES else ""
        print(
            f"{name:16}{1000 * min(own):7.1f} ms at best{1000 * statistics.median(own):7.1f} median{ratio:6.2f} x{gate}"
        )


def seconds(command: list[str]) -> float:
    """The processor time of one run."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed")
    return usage.ru_utime + usage.ru_stime


def show_parts(path: Path) -> None:
    """One start as the program makes it; what is measured first pays for what the later parts share with it."""
    from notice_parser import __main__ as program

    with part("patterns kept"):
        program.prepare()
    with part("click"):
        import click  # noqa: F401
    with part("lark"):
        import lark  # noqa: F401
    with part("pydantic"):
        from pydantic import BaseModel  # noqa: F401
    with part("models"):
        import notice_parser.model
    with part("rooms"):
        import notice_parser.reading
        from notice_parser.render.json import render
    with part("first reading"):
        notice = notice_parser.reading.read(path)
    with part("first JSON"):
        render(notice, 0)
    with part("second reading"):
        render(notice_parser.reading.read(path), 0)


@contextmanager
def part(name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    print(f"{name:16}{1000 * (time.perf_counter() - began):7.1f} ms")


if __name__ == "__main__":
    main()
