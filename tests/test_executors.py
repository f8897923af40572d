"""Executors: whatever happens to a worker costs the file it worked at, and nothing else."""

import importlib.util
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import faults
import pytest
from notices import TEXT

from notice_parser.batch import executors
from notice_parser.batch.destinations import open_destination
from notice_parser.batch.executors import Cluster, LocalPool
from notice_parser.batch.limit import OverdueError, within
from notice_parser.batch.records import Recipe, StoppedError
from notice_parser.batch.run import run
from notice_parser.batch.sources import Choice, Own, find


@pytest.fixture(autouse=True)
def faulty(monkeypatch):
    """Workers do what the files ask for, and find the module that says how."""
    monkeypatch.setattr(executors, "work", faults.work)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)]))


def archive(folder, **strange):
    """An archive of thirty notices and the strange ones; the names of the latter begin with x."""
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(f"{TEXT}\n（第{number}份）\n", "utf-8")
    for name, text in strange.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def convert(source, target, executor, recipe):
    """The outcomes of a run, and what it wrote."""
    with closing(executor), closing(open_destination(target, recipe, force=False)) as destination:
        outcomes = list(run(find([str(source)], Choice(), Own(), alone=True), destination, executor))
        destination.finish()
    return outcomes, target.read_bytes()


def failed(outcomes):
    return {outcome.file.name: outcome.error for outcome in outcomes if outcome.status == "failed"}


def local(source, target, workers=2, **options):
    recipe = Recipe("jsonl", **options)
    return convert(source, target, LocalPool(workers, recipe), recipe)


# Processes


def test_order_and_bytes_do_not_depend_on_the_number_of_workers(tmp_path):
    source = archive(tmp_path / "a")
    one, three = (local(source, tmp_path / f"{count}.jsonl", count) for count in (1, 3))
    assert [outcome.file.name for outcome in one[0]] == [outcome.file.name for outcome in three[0]]
    assert one[1] == three[1]


@pytest.mark.parametrize("fault", ["exit", "crash"])
def test_a_worker_that_dies_costs_one_file(tmp_path, fault):
    outcomes, lines = local(archive(tmp_path / "a", x=fault), tmp_path / "a.jsonl")
    assert list(failed(outcomes)) == ["x.txt"]
    assert "died" in failed(outcomes)["x.txt"]
    assert lines.count(b"\n") == 30


def test_several_dying_workers_cost_just_their_files(tmp_path):
    strange = {"03x": "exit", "07x": "crash", "08x": "exit"}
    outcomes, lines = local(archive(tmp_path / "a", **strange), tmp_path / "a.jsonl")
    assert list(failed(outcomes)) == ["03x.txt", "07x.txt", "08x.txt"]
    assert lines.count(b"\n") == 30


@pytest.mark.parametrize("fault", ["hang", "sleep"])
def test_a_worker_that_hangs_is_interrupted(tmp_path, fault):
    outcomes, lines = local(archive(tmp_path / "a", x=fault), tmp_path / "a.jsonl", timeout=5)
    assert failed(outcomes) == {"x.txt": "took longer than 5 s; --timeout allows more"}
    assert lines.count(b"\n") == 30


@pytest.mark.skipif(sys.platform == "win32", reason="needs the timers of POSIX")
def test_a_worker_that_no_signal_reaches_is_ended(tmp_path):
    outcomes, lines = local(archive(tmp_path / "a", x="stick"), tmp_path / "a.jsonl", timeout=5)
    assert "died" in failed(outcomes)["x.txt"]
    assert lines.count(b"\n") == 30


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_workers_go_when_the_program_is_killed(tmp_path):
    source = archive(tmp_path / "a", x="sleep")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    command = [sys.executable, program, "batch", source, "-o", tmp_path / "out.jsonl", "-j", "1"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        wait_for((tmp_path / ".out.jsonl.part").exists)
        workers = wait_for(lambda: below(running.pid))
        running.kill()
    wait_for(lambda: not [pid for pid in workers if Path(f"/proc/{pid}").exists()])


PROGRAM = """
import faults
from notice_parser.batch import executors
from notice_parser.cli import main

executors.work = faults.work
if __name__ == "__main__":
    main()
"""


def below(pid):
    """The processes that a process and those below it have started."""
    started = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [child for pid in started for child in (pid, *below(pid))]


def wait_for(condition):
    """What the condition says, once it says something."""
    until = time.monotonic() + 20
    while not (said := condition()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return said


# Limits


def test_time_over_is_no_ordinary_exception():
    with pytest.raises(OverdueError), within(0.05):
        while True:
            try:
                time.sleep(1)
            except Exception:
                continue


def test_time_is_over_in_a_thread_too():
    from concurrent.futures import ThreadPoolExecutor

    def spin():
        with within(0.05):
            while True:
                pass

    with ThreadPoolExecutor(1) as pool, pytest.raises(OverdueError):
        pool.submit(spin).result()


def test_no_limit_is_no_limit():
    with within(None):
        pass


# A cluster

needs_dask = pytest.mark.skipif(not importlib.util.find_spec("distributed"), reason="distributed is not installed")


@pytest.fixture(scope="module")
def cluster():
    """Two workers on loopback, in processes of their own."""
    distributed = pytest.importorskip("distributed", reason="distributed is not installed")
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    os.environ["PYTHONPATH"] = path
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as running:
        yield running


def on(cluster, source, target, **options):
    recipe = Recipe("jsonl", **options)
    return convert(source, target, Cluster(cluster.scheduler_address, recipe), recipe)


@needs_dask
def test_a_cluster_writes_the_same_bytes(tmp_path, cluster):
    source = archive(tmp_path / "a")
    assert on(cluster, source, tmp_path / "c.jsonl")[1] == local(source, tmp_path / "l.jsonl")[1]


class Afar(Cluster):
    """A cluster that does not see the files of this machine."""

    def submit(self, chunk):
        pending = super().submit(chunk)
        for task in chunk:
            Path(task.file.path).unlink()
        return pending


@needs_dask
def test_a_cluster_that_does_not_see_the_files_is_sent_them(tmp_path, cluster):
    source, recipe = archive(tmp_path / "a", empty=""), Recipe("jsonl")
    wanted = local(source, tmp_path / "l.jsonl")
    outcomes, lines = convert(source, tmp_path / "c.jsonl", Afar(cluster.scheduler_address, recipe, send=True), recipe)
    assert (failed(outcomes), lines) == (failed(wanted[0]), wanted[1])


@needs_dask
def test_what_cannot_be_sent_is_told(tmp_path, cluster):
    source, recipe = archive(tmp_path / "a"), Recipe("jsonl", max_bytes=10)
    outcomes, _ = convert(source, tmp_path / "c.jsonl", Cluster(cluster.scheduler_address, recipe, send=True), recipe)
    assert len(failed(outcomes)) == 30
    assert all("--max-size allows 10" in error for error in failed(outcomes).values())


@needs_dask
def test_a_worker_killed_in_mid_run_costs_nothing(tmp_path, cluster):
    source = archive(tmp_path / "a")
    for number in range(30, 600):
        (source / f"{number}.txt").write_text(f"{TEXT}\n（第{number}份）\n", "utf-8")
    recipe = Recipe("jsonl")
    executor = Cluster(cluster.scheduler_address, recipe)
    with closing(executor), closing(open_destination(tmp_path / "c.jsonl", recipe, force=False)) as destination:
        outcomes = run(find([str(source)], Choice(), Own(), alone=True), destination, executor)
        next(outcomes)
        os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
        assert {outcome.status for outcome in outcomes} == {"done"}
        destination.finish()
    assert (tmp_path / "c.jsonl").read_bytes() == local(source, tmp_path / "l.jsonl")[1]


@needs_dask
def test_a_file_that_hangs_is_interrupted_in_a_cluster(tmp_path, cluster):
    outcomes, lines = on(cluster, archive(tmp_path / "a", x="hang"), tmp_path / "c.jsonl", timeout=5)
    assert list(failed(outcomes)) == ["x.txt"]
    assert lines.count(b"\n") == 30


@needs_dask
def test_a_file_that_kills_the_workers_of_a_cluster_is_told(tmp_path, cluster):
    outcomes, lines = on(cluster, archive(tmp_path / "a", x="exit"), tmp_path / "c.jsonl")
    assert list(failed(outcomes)) == ["x.txt"]
    assert lines.count(b"\n") == 30


@needs_dask
def test_a_cluster_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr(executors, "_PATIENCE", 0.2)
    with pytest.raises(StoppedError, match=r"tcp://127.0.0.1:9: no Dask scheduler answers"):
        Cluster("tcp://127.0.0.1:9", Recipe("jsonl"))


def test_a_missing_library_is_named_with_the_way_to_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(StoppedError, match=r"pip install 'notice-parse\[dask\]'"):
        Cluster("tcp://127.0.0.1:9", Recipe("jsonl"))
