"""Measures batches over a made archive: what a second worker brings, what memory does, what kill -9 leaves.

python benchmarks/batch.py                                                    a few minutes, 2,000 notices
python benchmarks/batch.py workers --count 20000                              on a machine with nothing else to do
python benchmarks/batch.py memory kills --count 100000 --kills 20 --to jsonl
"""

import argparse
import hashlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from make_archive import make

PROGRAM = "from notice_parser.cli import main\nif __name__ == '__main__': main()\n"
TABLES = ("notices", "items", "responsibilities", "units", "deadlines", "targets", "full_text")
SUFFIXES = {"tree": "", "jsonl": ".jsonl", "sqlite": ".sqlite", "parquet": ".parquet"}
JOBS = 2


class Bench(NamedTuple):
    """A folder with an archive in it, and what is asked of it."""

    folder: Path
    count: int
    kills: int
    kinds: tuple[str, ...]

    def target(self, stem: str, kind: str) -> Path:
        return self.folder / f"{stem}{SUFFIXES[kind]}"

    def start(self, target: Path, jobs: int = JOBS) -> subprocess.Popen[bytes]:
        sources = ["batch", str(self.folder / "archive"), "-o", str(target), "-j", str(jobs)]
        program = [sys.executable, str(self.folder / "program.py")]
        return subprocess.Popen([*program, *sources], stderr=subprocess.DEVNULL)

    def timed(self, target: Path, jobs: int = JOBS) -> float:
        began = time.perf_counter()
        program = self.start(target, jobs)
        if program.wait():
            raise SystemExit(f"{target} ended with {program.returncode}")
        return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", nargs="*", choices=[[], *MEASURES], help="default: all")
    parser.add_argument("--count", type=int, default=2000, help="notices to convert")
    parser.add_argument("--kills", type=int, default=5, help="times that runs are killed, for each destination")
    parser.add_argument("--to", nargs="+", choices=SUFFIXES, default=list(SUFFIXES), help="destinations")
    parser.add_argument("--in", dest="place", type=Path, help="folder for archive and output, several GB")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.place) as name:
        bench = Bench(Path(name), asked.count, asked.kills, tuple(asked.to))
        make(bench.count, bench.folder / "archive")
        (bench.folder / "program.py").write_text(PROGRAM, "utf-8")
        say(f"{bench.count} notices, {size(bench.folder / 'archive') / 1e6:.1f} MB")
        for title in asked.what or MEASURES:
            for kind in bench.kinds:
                MEASURES[title](bench, kind)


def say(line: str) -> None:
    print(line, flush=True)


def workers(bench: Bench, kind: str) -> None:
    """Two workers against one."""
    one, two = (bench.timed(bench.target(f"out{jobs}", kind), jobs) for jobs in (1, 2))
    written = size(bench.target("out2", kind)) / bench.count / 1000
    say(
        f"{kind:8} 1 worker {one:6.1f} s, 2 workers {two:6.1f} s, × {one / two:.2f};"
        f" {1000 * two / bench.count:.2f} s and {written:.1f} MB a thousand"
    )
    for jobs in (1, 2):
        remove(bench.target(f"out{jobs}", kind))


# Memory


class Alone(NamedTuple):
    """A run that is left alone: how long it took, what came of it, and what it held on the way."""

    seconds: float
    content: str
    seen: list[tuple[int, list[int]]]


@cache
def alone(bench: Bench, kind: str) -> Alone:
    began, target, seen = time.perf_counter(), bench.target("alone", kind), []
    program = bench.start(target)
    while program.poll() is None:
        seen.append((progress(target, kind), resident(program.pid)))
        time.sleep(0.2)
    seconds, found = time.perf_counter() - began, content(target)
    remove(target)
    return Alone(seconds, found, seen)


def memory(bench: Bench, kind: str) -> None:
    """The memory of the program and of its workers while it goes on, at powers of ten."""
    seen = alone(bench, kind).seen
    whole = seen[-1][0]
    for number in filter(lambda number: number <= bench.count, (1000, 10_000, 100_000)):
        held = [held for done, held in seen if done < whole * number / bench.count][-1]
        told = " + ".join(f"{part / 1e6:.0f}" for part in held)
        say(f"{kind:8} at notice {number:7}: {told} MB")
    say(f"{kind:8} at most {max(sum(held) for _, held in seen) / 1e6:.0f} MB together")


def progress(target: Path, kind: str) -> int:
    """How far a run has come: bytes of its neighbour, or files of its tree."""
    if kind == "tree":
        return sum(1 for _ in target.glob("*/*"))
    neighbours = (target.with_name(f".{target.name}.part"), target)
    return next((path.stat().st_size for path in neighbours if path.exists()), 0)


def resident(pid: int) -> list[int]:
    """The bytes in memory of a process and of each below it."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pages * 4096, *(held for child in below for held in resident(int(child)))]


# Kills


def kills(bench: Bench, kind: str) -> None:
    """Kill at random and go on, again and again; what is there in the end is compared with a run left alone."""
    left_alone = alone(bench, kind)
    say(f"{kind:8} left alone: {left_alone.seconds:.0f} s, {left_alone.content}")
    left, ends = bench.kills, []
    while left > 0:
        places = killed(bench, kind, left_alone.seen[-1][0], left)
        left -= len(places)
        ends.append(content(bench.target("killed", kind)))
        say(f"{kind:8} killed at {', '.join(f'{place:.0%}' for place in places) or '-'}, then: {ends[-1]}")
        remove(bench.target("killed", kind))
    same = ends.count(left_alone.content)
    say(f"{kind:8} {bench.kills - left} kills in {len(ends)} runs; {same} of {len(ends)} ended like the one left alone")


def killed(bench: Bench, kind: str, whole: int, most: int) -> list[float]:
    """How far one conversion had come when it was killed, at most so many times, before it was left to end.

    Each kill falls a moment after a random place of the whole; where two are near, while the next run goes over what
    is done.
    """
    dice, target, places = random.Random(f"{kind} {most}"), bench.target("killed", kind), list[float]()
    for place in sorted(dice.random() for _ in range(most)):
        program = bench.start(target)
        while program.poll() is None and progress(target, kind) < place * whole:
            time.sleep(0.2)
        time.sleep(dice.uniform(0, 2))
        if program.poll() is not None:
            return places
        program.kill()
        program.wait()
        places.append(progress(target, kind) / whole)
    bench.timed(target)
    return places


def content(path: Path) -> str:
    """A digest of all that a destination holds; of a database, of the rows of its tables."""
    digest = hashlib.sha256()
    for part in rows(path) if path.suffix == ".sqlite" else blocks(path):
        digest.update(part)
    return digest.hexdigest()


def rows(path: Path) -> Iterator[bytes]:
    connection = sqlite3.connect(path)
    for table in TABLES:
        yield from (repr(row).encode() for row in connection.execute(f"SELECT * FROM {table}"))
    connection.close()


def blocks(path: Path) -> Iterator[bytes]:
    """Names and bytes; in a tree, what the program keeps for itself is hidden, and nothing else may be."""
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file() and not file.name.startswith(".notice-parse.state"):
            yield file.relative_to(path).as_posix().encode() + b"\0"
            with file.open("rb") as stream:
                while block := stream.read(1 << 20):
                    yield block


def remove(target: Path) -> None:
    """A destination with its neighbours."""
    for path in [target, *target.parent.glob(f".{target.name}.*")]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*")) if path.is_dir() else path.stat().st_size


MEASURES: dict[str, Callable[[Bench, str], None]] = {"workers": workers, "memory": memory, "kills": kills}

if __name__ == "__main__":
    main()
