"""Archives: what is found, what is written, what a second run does, how faults are told."""

import json
import os
import resource
import socket
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from click.testing import CliRunner
from notices import TEXT

from notice_parser.batch.work import work
from notice_parser.cli import commands

TITLE = "云岭市人民政府办公室关于加快数字档案建设的通知"
DESTINATIONS = ["out", "out.jsonl", "out.sqlite", "out.parquet"]


class Here:
    """Does the work where it is given: what is tested here does not depend on who does it."""

    slots = 1

    def __init__(self, workers, recipe):
        self.recipe = recipe

    def submit(self, chunk):
        return Done(work(chunk, self.recipe))

    def close(self):
        pass


class Done(NamedTuple):
    outcomes: tuple

    def result(self):
        return self.outcomes


@pytest.fixture(autouse=True)
def here(monkeypatch):
    monkeypatch.setattr("notice_parser.batch.executors.LocalPool", Here)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to stand in, with an archive of three notices."""
    for name in ("a/2020/1.txt", "a/2021/1.txt", "a/2021/2.md"):
        put(tmp_path / name, TEXT.replace("7号", f"{len(name)}号"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path, text=TEXT):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def batch(*arguments, stdin=None):
    said = [str(argument) for argument in arguments]
    return CliRunner().invoke(commands, ["batch", *said, "-j", "1"], input=stdin, prog_name="notice-parse")


def told(result):
    """The lines of failures, without the program's name, and the summary's counts."""
    *lines, summary = result.stderr.splitlines()
    return [line.removeprefix("notice-parse: ") for line in lines], summary.partition(";")[0]


def names(path="out.jsonl"):
    return [json.loads(line)["source"]["name"] for line in Path(path).read_text("utf-8").splitlines()]


def rows(query, path="out.sqlite"):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def dump(path="out.sqlite"):
    """All that the tables of an archive hold."""
    tables = ("notices", "items", "responsibilities", "units", "deadlines", "targets")
    return {table: rows(f"SELECT * FROM {table} ORDER BY 1, 2", path) for table in tables}


def needs_parquet(destination):
    if destination.endswith(".parquet"):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")


# What is found


def test_a_folder_is_gone_through_in_order(folder):
    assert batch("a", "-o", "out.jsonl").exit_code == 0
    assert names() == ["2020/1.txt", "2021/1.txt", "2021/2.md"]


def test_several_sources_keep_their_paths(folder):
    put(folder / "b/1.txt")
    batch("a/2021", "b", "a/2020/1.txt", "-o", "out.jsonl")
    assert names() == ["a/2021/1.txt", "a/2021/2.md", "b/1.txt", "a/2020/1.txt"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--include", "*.txt"], ["2020/1.txt", "2021/1.txt"]),
        (["--include", "2021/*"], ["2021/1.txt", "2021/2.md"]),
        (["--exclude", "2020"], ["2021/1.txt", "2021/2.md"]),
        (["--exclude", "1.*", "--include", "*.md"], ["2021/2.md"]),
    ],
)
def test_patterns_choose_files(folder, options, found):
    batch("a", "-o", "out.jsonl", *options)
    assert names() == found


@pytest.mark.parametrize("mark", ["\n", "\0", "\r\n"])
def test_a_list_of_files_comes_from_standard_input(folder, mark):
    batch("-", "-o", "out.jsonl", stdin=mark.join(["a/2021/2.md", "a/2020/1.txt", ""]))
    assert names() == ["a/2021/2.md", "a/2020/1.txt"]


def test_a_list_of_files_comes_from_a_file(folder):
    put(folder / "list", "a/2020/1.txt")
    batch("--files-from", "list", "-o", "out.jsonl")
    assert names() == ["a/2020/1.txt"]


def test_a_file_named_twice_is_read_once(folder):
    batch("a/2020/1.txt", "a/2020", "./a/2020/1.txt", "-o", "out.jsonl")
    assert names() == ["a/2020/1.txt"]


def test_what_the_run_writes_is_not_read(folder):
    for _ in range(2):
        assert told(batch("a", "-o", "a/out"))[1].startswith("3 files")
        assert told(batch("a", "-o", "a/2020/out.jsonl", "--exclude", "out"))[1].startswith("3 files")
        Path("a/2020/out.jsonl").rename("out.jsonl")
        Path("a/2020/.out.jsonl.state").unlink()


def test_the_files_of_a_zip_archive_are_notices(folder):
    with zipfile.ZipFile("a/old.zip", "w") as packed:
        packed.writestr("甲/1.txt", TEXT)
        packed.writestr("../../2.txt", TEXT)
    batch("a", "-o", "out", "--include", "*.zip")
    assert sorted(str(path.relative_to("out")) for path in Path("out").rglob("*.json")) == [
        "old.zip/2.txt.json",
        "old.zip/甲/1.txt.json",
    ]


def test_a_bad_file_in_a_zip_archive_costs_itself(folder):
    with zipfile.ZipFile("a/old.zip", "w") as packed:
        packed.writestr("1.txt", TEXT)
        packed.writestr("2.txt", bytes(range(256)))
    result = batch("a", "-o", "out.jsonl", "--include", "*.zip")
    assert (names(), told(result)[1]) == (["old.zip/1.txt"], "2 files: 1 done, 1 failed")


def test_an_archive_of_many_bad_files_costs_some_lines(folder):
    with zipfile.ZipFile("a/old.zip", "w") as archive:
        for number in range(99):
            archive.writestr(f"{number:02}.txt", "")
    lines, _ = told(batch("a", "-o", "out.jsonl"))
    assert len(lines) == 21
    assert lines[-1] == "old.zip: 79 more files in it could not be read"


# What is written


@pytest.mark.parametrize(("form", "suffix"), [("json", ".json"), ("yaml", ".yaml"), ("markdown", ".md")])
def test_a_tree_has_the_folders_of_the_archive(folder, form, suffix):
    batch("a", "-o", "out", "--format", form)
    assert TITLE in (folder / f"out/2021/1.txt{suffix}").read_text("utf-8")


def test_yaml_says_what_json_says(folder):
    batch("a", "-o", "j")
    batch("a", "-o", "y", "--format", "yaml")
    written = (folder / "y/2020/1.txt.yaml").read_text("utf-8")
    assert yaml.safe_load(written) == json.loads((folder / "j/2020/1.txt.json").read_text("utf-8"))


def test_lines_are_what_parse_prints(folder, monkeypatch):
    batch("a", "-o", "out.jsonl")
    monkeypatch.chdir("a")
    printed = CliRunner().invoke(commands, ["2020/1.txt", "2021/1.txt", "2021/2.md", "-f", "jsonl"]).stdout
    assert (folder / "out.jsonl").read_text("utf-8") == printed


def test_sqlite_has_notices_items_and_the_ledger(folder):
    batch("a/2020", "-o", "out.sqlite")
    assert rows("SELECT name, title, year FROM notices") == [("1.txt", TITLE, 2021)]
    assert rows("SELECT path, heading, citation FROM items WHERE kind = 'measure'")[0] == (
        "1.1",
        "改造库房",
        "一、（一）",
    )
    assert ("市档案局", "lead") in rows("SELECT name, role FROM units")
    assert ("2022", "2022-12-31") in rows("SELECT value, last_day FROM deadlines")
    assert ("全市档案库房达标率", 90) in rows("SELECT indicator, value FROM targets")


def test_sqlite_keeps_its_references(folder):
    batch("a", "-o", "out.sqlite")
    assert rows("PRAGMA foreign_key_check") == []
    assert rows("SELECT count(*) FROM items WHERE parent_id IS NULL") == [(3,)]


def test_parquet_has_a_row_a_notice_with_its_ledger(folder):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    batch("a", "-o", "out.parquet")
    first = parquet.read_table("out.parquet").to_pylist()[0]
    assert (first["name"], first["title"], first["year"]) == ("2020/1.txt", TITLE, 2021)
    assert first["ledger"][0]["lead"] == ["市档案局"]


def test_the_report_has_a_line_a_file(folder):
    put(folder / "a/bad.txt", bytes(range(256)))
    batch("a", "-o", "out.jsonl", "--report", "report.jsonl")
    report = [json.loads(line) for line in (folder / "report.jsonl").read_text("utf-8").splitlines()]
    assert [(line["name"], line["status"]) for line in report][-1] == ("bad.txt", "failed")
    assert report[0]["counts"]["items"] == 6
    assert "binary" in report[-1]["error"]


# A second run


@pytest.mark.parametrize("destination", DESTINATIONS)
def test_what_is_done_is_not_done_again(folder, destination):
    needs_parquet(destination)
    assert told(batch("a", "-o", destination))[1] == "3 files: 3 done"
    assert told(batch("a", "-o", destination))[1] == "3 files: 3 done before"


@pytest.mark.parametrize("destination", DESTINATIONS)
def test_force_does_it_again(folder, destination):
    needs_parquet(destination)
    batch("a", "-o", destination)
    assert told(batch("a", "-o", destination, "--force"))[1] == "3 files: 3 done"


@pytest.mark.parametrize("destination", DESTINATIONS)
def test_a_changed_file_is_read_again(folder, destination):
    needs_parquet(destination)
    batch("a", "-o", destination)
    put(folder / "a/2020/1.txt", TEXT.replace("数字档案", "电子档案"))
    assert told(batch("a", "-o", destination))[1] == "3 files: 1 done, 2 done before"


def test_another_version_does_all_again(folder, monkeypatch):
    batch("a", "-o", "out.jsonl")
    monkeypatch.setattr("notice_parser.batch.records.Recipe.mark", "another")
    assert told(batch("a", "-o", "out.jsonl"))[1] == "3 files: 3 done"


def test_an_output_that_was_deleted_is_made_again(folder):
    batch("a", "-o", "out")
    (folder / "out/2020/1.txt.json").unlink()
    assert told(batch("a", "-o", "out"))[1] == "3 files: 1 done, 2 done before"


def test_lines_that_were_touched_are_made_again(folder):
    batch("a", "-o", "out.jsonl")
    whole = (folder / "out.jsonl").read_bytes()
    (folder / "out.jsonl").write_bytes(whole.replace("云岭".encode(), "月岭".encode(), 1))
    assert told(batch("a", "-o", "out.jsonl"))[1] == "3 files: 1 done, 2 done before"
    assert (folder / "out.jsonl").read_bytes() == whole


def test_lines_follow_the_archive(folder):
    batch("a", "-o", "out.jsonl")
    put(folder / "a/2019/9.txt")
    (folder / "a/2021/1.txt").unlink()
    batch("a", "-o", "out.jsonl")
    assert names() == ["2019/9.txt", "2020/1.txt", "2021/2.md"]
    assert told(batch("a", "-o", "out.jsonl"))[1] == "3 files: 3 done before"


def test_sqlite_is_brought_up_to_date(folder):
    batch("a", "-o", "out.sqlite")
    put(folder / "a/2020/1.txt", TEXT.replace("数字档案", "电子档案"))
    put(folder / "a/2022/1.txt")
    batch("a", "-o", "out.sqlite")
    titles = rows("SELECT title FROM notices ORDER BY name")
    assert ["电子" in title for (title,) in titles] == [True, False, False, False]
    assert rows("SELECT count(*) FROM full_text WHERE words MATCH '电子档案'") == [(1,)]
    assert rows("SELECT count(*) FROM full_text") == rows("SELECT count(*) FROM items")


@pytest.mark.parametrize("destination", ["out.jsonl", "out.sqlite"])
def test_a_run_that_was_stopped_goes_on(folder, destination):
    put(folder / "a/2020/2.txt", bytes(range(256)))
    stopped = batch("a", "-o", destination, "--fail-fast")
    assert stopped.exit_code == 3
    assert not (folder / destination).exists()
    (folder / "a/2020/2.txt").unlink()
    assert told(batch("a", "-o", destination))[1] == "3 files: 2 done, 1 done before"
    batch("a", "-o", f"whole/{destination}")
    if destination == "out.jsonl":
        assert (folder / destination).read_bytes() == (folder / "whole" / destination).read_bytes()
    else:
        assert dump(destination) == dump(f"whole/{destination}")


def test_what_a_killed_worker_has_left_in_a_tree_is_swept(folder):
    batch("a", "-o", "out")
    put(folder / "out/.notice-parse.part/0123", "{")
    batch("a", "-o", "out")
    assert sorted(path.name for path in Path("out").iterdir()) == [".notice-parse.state", "2020", "2021"]


# Faults


def test_one_bad_file_costs_a_line(folder):
    put(folder / "a/2020/0.txt", bytes(range(256)))
    result = batch("a", "-o", "out.jsonl")
    assert result.exit_code == 3
    assert told(result)[0][0].startswith("2020/0.txt: byte ")
    assert len(names()) == 3


@pytest.mark.parametrize("most", [0, 1])
def test_enough_errors_stop_the_run(folder, most):
    for number in range(3):
        put(folder / f"a/bad{number}.txt", bytes(range(256)))
    result = batch("a", "-o", "out.jsonl", "--max-errors", most)
    assert told(result)[0][-1].startswith(f"stopped at failure {most + 1}; --max-errors allows {most}")


def test_what_is_no_file_is_told(folder, monkeypatch):
    os.mkfifo("a/pipe")
    Path("a/loop").symlink_to(".")
    Path("a/self").symlink_to("self")
    Path("a/gone").symlink_to("nowhere")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("a/socket")
        lines, summary = told(batch("a", "-o", "out.jsonl"))
    assert summary == "8 files: 3 done, 5 failed"
    assert [line.partition(":")[0] for line in lines] == ["gone", "loop", "pipe", "self", "socket"]


def test_a_source_that_does_not_exist_is_told(folder):
    result = batch("a", "nowhere", "-o", "out.jsonl")
    assert result.exit_code == 3
    assert told(result)[0] == ["nowhere: no such file; it may have been moved or deleted meanwhile"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")
def test_names_in_gbk_are_kept_and_can_be_read(folder):
    name = "通知.txt".encode("gbk")
    Path("a/2020/1.txt").rename(os.fsdecode(b"a/2020/" + name))
    batch("a", "-o", "out")
    batch("a", "-o", "out.jsonl")
    assert names()[0] == "2020/通知.txt"
    assert [os.fsencode(path.name) for path in Path("out/2020").iterdir()] == [name + b".json"]


def test_control_sequences_in_names_reach_no_terminal(folder):
    put(folder / "a/\x1b[31m\n.txt", b"")
    assert told(batch("a", "-o", "out.jsonl"))[0] == ["␛[31m␊.txt: byte 0: the file is empty; a notice was expected"]


def test_a_file_too_large_is_told(folder):
    put(folder / "a/big.txt", TEXT * 100)
    assert "--max-size allows 10240" in told(batch("a", "-o", "out.jsonl", "--max-size", "10K"))[0][0]


def test_two_files_do_not_share_a_place(folder):
    batch("a/2020", "-o", "out.jsonl")
    lines, _ = told(batch("a/2021", "-o", "out.jsonl", "--include", "*.txt"))
    assert lines == [f"1.txt: has the name of {folder}/a/2020/1.txt, which is in there; give their folders in one run"]


def test_an_archive_that_was_moved_is_the_same(folder):
    batch("a", "-o", "out.jsonl")
    Path("a").rename("b")
    assert told(batch("b", "-o", "out.jsonl"))[1] == "3 files: 3 done before"


@pytest.mark.parametrize("destination", DESTINATIONS)
def test_a_second_run_in_the_same_place_waits_its_turn(folder, destination):
    needs_parquet(destination)
    state = "out/.notice-parse.state" if destination == "out" else f".{destination}.state"
    if destination.endswith(".sqlite"):
        state = f".{destination}.part"
    Path(state).parent.mkdir(exist_ok=True)
    holder = sqlite3.connect(state, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    result = batch("a", "-o", destination)
    holder.close()
    assert result.exit_code == 2
    assert "another run is writing there" in result.stderr


@pytest.mark.parametrize("destination", DESTINATIONS)
def test_a_full_disk_is_one_line_and_leaves_nothing_half_written(folder, destination):
    needs_parquet(destination)
    result = limited("a", "-o", destination)
    assert result.returncode == 2
    (line,), _ = told(result)
    assert "cannot be written" in line
    assert not [path for path in folder.glob("out*") if path.is_file()] + list(folder.glob("out/**/*.json"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is full")
def test_a_report_that_does_not_fit_is_one_line_and_does_not_appear(folder):
    Path(".report.jsonl.part").symlink_to("/dev/full")
    result = batch("a", "-o", "out", "--report", "report.jsonl")
    assert result.exit_code == 2
    assert "report.jsonl: cannot be written (No space left on device)" in told(result)[0][0]
    assert not list(folder.glob("*report*"))


def limited(*arguments):
    """The batch where no file may grow beyond four kilobytes."""
    program = "from notice_parser.cli import main\nif __name__ == '__main__': main()\n"
    Path("program.py").write_text(program, "utf-8")
    return subprocess.run(
        [sys.executable, "program.py", "batch", *arguments, "-j", "1"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


@pytest.mark.parametrize("destination", ["out.sqlite", "out.db"])
def test_another_programs_database_is_left_alone(folder, destination):
    connection = sqlite3.connect(destination)
    connection.execute("CREATE TABLE notes (text)")
    connection.close()
    result = batch("a", "-o", destination)
    assert result.exit_code == 2
    assert "another program's database" in result.stderr


def test_a_file_that_is_no_database_is_told(folder):
    put(folder / "out.sqlite", TEXT)
    result = batch("a", "-o", "out.sqlite")
    assert (result.exit_code, "file is not a database" in result.stderr) == (2, True)


def test_a_missing_pyarrow_is_named_with_the_way_to_it(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "pip install 'notice-parse[parquet]'" in batch("a", "-o", "out.parquet").stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "out"], "name a folder or a file to read as SRC"),
        (["a", "-o", "out.jsonl", "--format", "yaml"], "--format is for a folder"),
        (["a", "-o", "a/2020/1.txt"], "is a file; name a folder"),
        (["a", "-o", "out.json"], "DEST is a folder, or ends in .jsonl, .sqlite or .parquet"),
        (["a", "-o", "a"], "DEST is SRC"),
        (["a", "-o", "out", "--executor", "dask"], "needs --scheduler"),
        (["a", "-o", "out", "--executor", "dask", "--scheduler", "tcp://h:1", "--send"], "--send is for"),
        (["a", "-o", "out.jsonl", "--send"], "--send is for"),
        (["a", "-o", "out", "--max-size", "much"], "is no size"),
    ],
)
def test_wrong_usage_is_told(folder, arguments, message):
    result = batch(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
