"""Measures batches over a made archive: what a second worker brings, what memory does, what kill -9 leaves.

python benchmarks/batch.py                  a few minutes, 2,000 notices
python benchmarks/batch.py --count 100000 --memory 10000 --kills 20
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
from pathlib import Path

from make_archive import make

PROGRAM = "from notice_parser.cli import main\nif __name__ == '__main__': main()\n"
TABLES = ("notices", "items", "responsibilities", "units", "deadlines", "targets", "full_text")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=2000, help="notices to convert")
    parser.add_argument("--memory", type=int, default=0, help="notices between which memory is measured (0: COUNT)")
    parser.add_argument("--kills", type=int, default=3, help="times that a run is killed, for each destination")
    parser.add_argument("--only", choices=["workers", "memory", "kills"], help="one of the three")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(max(asked.count, asked.memory), folder / "archive")
        (folder / "program.py").write_text(PROGRAM, "utf-8")
        print(f"{asked.count} notices, {size(folder / 'archive') / 1e6:.1f} MB")
        measures = {"workers": workers, "memory": memory, "kills": kills}
        for title, measure in measures.items():
            if asked.only in (None, title):
                measure(folder, asked)


def command(folder: Path, target: str, jobs: int, count: int) -> list[str]:
    """The batch over the first `count` notices."""
    folders = sorted((folder / "archive").iterdir())[: -(-count // 500)]
    options = ["-o", str(folder / target), "-j", str(jobs)]
    return [sys.executable, str(folder / "program.py"), "batch", *map(str, folders), *options]


def timed(folder: Path, target: str, jobs: int, count: int) -> float:
    began = time.perf_counter()
    subprocess.run(command(folder, target, jobs, count), check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def workers(folder: Path, asked: argparse.Namespace) -> None:
    """Two workers against one, for each destination."""
    for suffix in ("", ".jsonl", ".sqlite", ".parquet"):
        one, two = (timed(folder, f"out{jobs}{suffix}", jobs, asked.count) for jobs in (1, 2))
        written = size(folder / f"out2{suffix}") / asked.count / 1000
        print(
            f"{suffix or 'tree':9} 1 worker {one:6.1f} s  2 workers {two:6.1f} s  × {one / two:.2f}"
            f"  {1000 * two / asked.count:.2f} s and {written:.1f} MB a thousand"
        )


def memory(folder: Path, asked: argparse.Namespace) -> None:
    """The memory of the program and its workers at the 1,000th notice and at the last."""
    count = asked.memory or asked.count
    program = subprocess.Popen(command(folder, "memory.jsonl", 2, count), stderr=subprocess.DEVNULL)
    part, seen = folder / ".memory.jsonl.part", []
    while program.poll() is None:
        if part.exists() and part.stat().st_size:
            seen.append((part.stat().st_size, resident(program.pid)))
        time.sleep(0.2)
    whole = (folder / "memory.jsonl").stat().st_size
    at_first = next(held for done, held in seen if done >= whole * min(1000, count / 2) / count)
    print(f"memory    {at_first / 1e6:.0f} MB at notice {min(1000, count // 2)}, {seen[-2][1] / 1e6:.0f} MB at {count}")


def resident(pid: int) -> int:
    """The bytes in memory of a process and all below it."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    return pages * 4096 + sum(resident(int(child)) for child in below)


def kills(folder: Path, asked: argparse.Namespace) -> None:
    """Kill at random, go on, and compare with a run that was left alone."""
    dice = random.Random(1)
    for suffix in ("", ".jsonl", ".sqlite"):
        usual = timed(folder, f"alone{suffix}", 2, asked.count)
        wanted = content(folder / f"alone{suffix}")
        same = sum(killed(folder, suffix, dice.uniform(0.2, usual), asked.count) == wanted for _ in range(asked.kills))
        print(f"{suffix or 'tree':9} killed {asked.kills} times, {same} times the same in the end")


def killed(folder: Path, suffix: str, after: float, count: int) -> str:
    """What is there after a run was killed and gone on with."""
    program = subprocess.Popen(command(folder, f"killed{suffix}", 2, count), stderr=subprocess.DEVNULL)
    time.sleep(after)
    program.kill()
    program.wait()
    timed(folder, f"killed{suffix}", 2, count)
    found = content(folder / f"killed{suffix}")
    for path in [folder / f"killed{suffix}", *folder.glob(f".killed{suffix}.*")]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return found


def content(path: Path) -> str:
    """A digest of all that a destination holds; of a database, of the rows of its tables."""
    digest = hashlib.sha256()
    if path.suffix == ".sqlite":
        connection = sqlite3.connect(path)
        for table in TABLES:
            for row in connection.execute(f"SELECT * FROM {table}"):
                digest.update(repr(row).encode())
        connection.close()
    else:
        for file in sorted(path.rglob("*.json")) if path.is_dir() else [path]:
            digest.update(file.relative_to(path).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*")) if path.is_dir() else path.stat().st_size


if __name__ == "__main__":
    main()
