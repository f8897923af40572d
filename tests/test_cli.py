"""The command line: what it prints, what it writes, how it ends."""

import csv
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from carried import archive
from click import Context
from click.testing import CliRunner
from notices import TEXT, notice

from notice_parser.cli import commands, main, table
from notice_parser.render.sheet import sheet
from notice_parser.tasks import ledger, targets, units

TITLE = "云岭市人民政府办公室关于加快数字档案建设的通知"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder to stand in, with one notice."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def run(*arguments, stdin=None):
    return CliRunner().invoke(
        commands, [str(argument) for argument in arguments], input=stdin, prog_name="notice-parse"
    )


def python(*arguments, **how):
    """The program as a process of its own."""
    return subprocess.run([sys.executable, "-m", "notice_parser", *arguments], capture_output=True, **how)


# parse


def test_a_file_alone_is_parsed_to_json(folder):
    result = run("a.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["title"]["text"] == TITLE


def test_parse_is_the_default_command(folder):
    assert run("a.txt").stdout == run("parse", "a.txt", "--format", "json").stdout


def test_an_option_may_stand_first(folder):
    assert run("--format", "tree", "a.txt").stdout.startswith("notice [0,258) a.txt\n")


def test_several_files_are_an_array(folder):
    assert [notice["source"]["name"] for notice in json.loads(run("a.txt", "a.txt").stdout)] == ["a.txt", "a.txt"]


def test_json_lines_are_a_line_a_file(folder):
    assert len(run("a.txt", "a.txt", "-f", "jsonl").stdout.splitlines()) == 2


def test_standard_input_has_no_name(folder):
    assert json.loads(run("-", stdin=TEXT.encode()).stdout)["source"]["name"] is None


@pytest.mark.parametrize("form", ["yaml", "markdown", "tree", "text"])
def test_every_format_shows_the_title(folder, form):
    assert TITLE in run("a.txt", "--format", form).stdout


def test_yaml_is_the_same_as_json(folder):
    assert yaml.safe_load(run("a.txt", "-f", "yaml").stdout) == json.loads(run("a.txt").stdout)


def test_the_indent_can_be_chosen(folder):
    assert run("a.txt", "--indent", "0").stdout.count("\n") == 1
    assert run("a.txt", "--indent", "4").stdout.splitlines()[1].startswith('    "')


def test_a_path_selects_an_item(folder):
    assert json.loads(run("a.txt", "--select", "1.1").stdout)["heading"]["text"] == "改造库房"


def test_a_path_that_is_not_there_is_wrong_usage(folder):
    result = run("a.txt", "--select", "9")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "notice-parse: a.txt: no item has the path '9'; there are: 1, 1.1, 1.2, 2, 2.1, 2.2\n"


def test_an_encoding_can_be_named(folder):
    (folder / "g.txt").write_bytes(TEXT.encode("gb18030"))
    source = json.loads(run("g.txt", "--encoding", "GBK").stdout)["source"]
    assert source["encoding"] == "gb18030"


# -o


def test_a_file_is_written_instead_of_standard_output(folder):
    result = run("a.txt", "-o", "out.json")
    assert (result.exit_code, result.output) == (0, "")
    assert (folder / "out.json").read_text("utf-8") == run("a.txt").stdout


def test_nothing_but_the_file_remains(folder):
    run("a.txt", "-o", "out.json")
    assert {path.name for path in folder.iterdir()} == {"a.txt", "out.json"}


def test_a_written_file_has_the_usual_mode(folder):
    run("a.txt", "-o", "out.json")
    (folder / "plain").touch()
    assert stat.S_IMODE((folder / "out.json").stat().st_mode) == stat.S_IMODE((folder / "plain").stat().st_mode)


def test_where_nothing_could_be_read_nothing_is_written(folder):
    result = run("missing.txt", "-o", "out.json")
    assert result.exit_code == 3
    assert not (folder / "out.json").exists()


def test_a_place_that_cannot_be_written_is_wrong_usage(folder):
    result = run("a.txt", "-o", "nowhere/out.json")
    assert result.exit_code == 2
    (line,) = result.stderr.replace("\\", "/").splitlines()
    assert "nowhere/out.json cannot be written (No such file or directory)" in line


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device here that has no end")
def test_what_has_no_end_is_told(folder):
    result = run("/dev/zero", "a.txt", "--format", "jsonl")
    assert result.stderr == "notice-parse: /dev/zero: has more than 64 MB; `notice-parse batch --max-size` reads it\n"
    assert result.stdout.count("\n") == 1


# What cannot be read

UNREADABLE = {
    "empty": (b"", "byte 0: the file is empty; a notice was expected"),
    "blank": ("  \n\u3000\n".encode(), "byte 0: nothing in it but white space; a notice was expected"),
    "binary": (b"\x7fELF\x00\x00\x01" * 99, "byte 0: not text but binary data"),
    "cut utf-8": (TEXT.rstrip().encode()[:-1], "UTF-8 text that is cut off in the middle of a character"),
    "cut gb18030": (TEXT.rstrip().encode("gb18030")[:-1], "GB18030 text that is cut off in the middle of a character"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_told_in_one_line(folder, kind):
    data, message = UNREADABLE[kind]
    (folder / "bad.txt").write_bytes(data)
    result = run("bad.txt")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1)
    assert result.stderr.startswith("notice-parse: bad.txt: byte ")
    assert message in result.stderr


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing.txt", "missing.txt: no such file; check its name"),
        ("mesures", "mesures: no such file; did you mean `notice-parse measures`?"),
        (".", ".: is a folder; name the files in it"),
    ],
)
def test_what_is_no_file_is_told_in_one_line(folder, name, message):
    result = run("parse", name)
    assert (result.exit_code, result.stderr) == (3, f"notice-parse: {message}\n")


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_told_in_one_line(folder):
    (folder / "a.txt").chmod(0)
    assert run("a.txt").stderr == "notice-parse: a.txt: cannot be read (Permission denied); check who may read it\n"


def test_the_other_files_are_still_done(folder):
    result = run("missing.txt", "a.txt", "-f", "jsonl")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["source"]["name"] == "a.txt"


def test_a_wrong_encoding_is_told_with_its_byte(folder):
    (folder / "g.txt").write_bytes(TEXT.encode("gb18030"))
    result = run("g.txt", "--encoding", "utf-8")
    assert result.exit_code == 3
    assert result.stderr.startswith("notice-parse: g.txt: byte 0: not utf-8 text")
    assert result.stderr.endswith("; leave out --encoding to have it found\n")


def test_an_unknown_encoding_is_wrong_usage(folder):
    result = run("a.txt", "--encoding", "utf-9")
    assert result.exit_code == 2
    assert "'utf-9' is no encoding of text; try utf-8, gb18030, big5 or utf-16." in result.stderr


@pytest.mark.parametrize("name", ["rot13", "hex", "undefined"])
def test_a_codec_that_is_no_encoding_of_text_is_wrong_usage(folder, name):
    result = run("a.txt", "--encoding", name)
    assert result.exit_code == 2
    assert f"'{name}' is no encoding of text; try utf-8, gb18030, big5 or utf-16." in result.stderr


def test_an_encoding_that_gives_no_chinese_is_told_in_one_line(folder):
    result = run("a.txt", "--encoding", "latin-1")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1)
    assert "a.txt: byte 0: hardly any Chinese if read as iso8859-1; leave out --encoding" in result.stderr


def test_no_control_sequence_of_a_files_name_is_printed(folder):
    assert "\x1b" not in run("\x1b[31m.txt").stderr


# measures, units, targets


def test_measures_are_a_table_of_80_columns(folder):
    result = run("measures", "a.txt")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].split() == ["出处", "任务", "分工", "时限", "目标"]
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("view", ["measures", "units", "targets"])
def test_no_character_of_a_table_is_cut_off(monkeypatch, view, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    rows = {"measures": ledger(notice()), "units": units([notice()]), "targets": targets([notice()])}[view]
    columns = sheet(view, rows, "table")
    cells = "".join(cell for row in (columns.heads, *columns.rows) for cell in row)
    shown = table.render(columns, to_file=True).replace("─", "")
    assert sorted("".join(shown.split())) == sorted("".join(cells.split()))


@pytest.mark.parametrize("width", range(8, 40))
def test_no_line_of_a_cell_begins_with_a_stop_or_a_closing_bracket(width):
    text = "牵头：市档案局、高新区（经济区）、市财政局，到2025年底完成（市大数据局）；其他“一网”、《办法》。"
    lines = list(table.wrapped(text, width))
    assert "".join(lines) == text
    assert not [line for line in lines if line[0] in "、，；。：）》”"]
    assert all(table.cell_len(line) <= width for line in lines)


def test_a_cell_is_broken_after_a_pause():
    assert list(table.wrapped("市档案局、市财政局、高新区", 16)) == ["市档案局、", "市财政局、高新区"]


def test_heads_can_be_english(folder):
    assert run("measures", "a.txt", "--lang", "en").stdout.split()[:2] == ["Place", "Task"]


def test_assigned_rows_have_units(folder):
    rows = json.loads(run("measures", "a.txt", "--assigned", "-f", "json").stdout)
    assert [row["path"] for row in rows if not row["units"]] == []
    assert "1.2" not in {row["path"] for row in rows}


def test_csv_can_begin_with_a_byte_order_mark(folder):
    run("measures", "a.txt", "-f", "csv", "--bom", "-o", "a.csv")
    data = (folder / "a.csv").read_bytes()
    assert data.startswith("\ufeff公文,路径,出处".encode())
    assert next(csv.reader(data.decode("utf-8-sig").splitlines()))[0] == "公文"


def test_one_unit_is_found_by_any_of_its_names(folder):
    rows = json.loads(run("units", "a.txt", "--unit", "高新区", "-f", "json").stdout)
    assert [row["name"] for row in rows] == ["云岭高新区"]


def test_a_unit_that_is_not_there_is_told_with_the_nearest(folder):
    result = run("units", "a.txt", "--unit", "市档案馆", "-f", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])
    assert result.stderr.startswith("notice-parse: no unit is named 市档案馆; the nearest are 市档案局、")


def test_targets_are_rows(folder):
    rows = [json.loads(line) for line in run("targets", "a.txt", "-f", "jsonl").stdout.splitlines()]
    assert (rows[0]["target"]["indicator"], rows[0]["lead"]) == ("全市档案库房达标率", ["市档案局"])


@pytest.mark.parametrize("command", ["measures", "units", "targets"])
@pytest.mark.parametrize("form", ["table", "markdown", "csv", "json", "jsonl", "yaml"])
def test_every_view_has_every_format(folder, command, form):
    result = run(command, "a.txt", "a.txt", "--format", form)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("\n")


# check, schema


def test_a_notice_is_read_without_loss(folder):
    result = run("check", "a.txt", "--lossless")
    assert (result.exit_code, result.stdout) == (0, "")


REPEATED = "关于修路的通知\n各县：\n一、修路。\n二、架桥。\n二、架桥。\n五、通车。\n"


def test_what_is_strange_is_told_with_its_place(folder):
    (folder / "b.txt").write_text(REPEATED, "utf-8")
    result = run("check", "b.txt", "--severity", "info")
    assert result.exit_code == 1
    assert all(line.startswith("b.txt:") for line in result.stdout.splitlines())


def test_remarks_can_be_data(folder):
    (folder / "b.txt").write_text(REPEATED, "utf-8")
    remarks = json.loads(run("check", "b.txt", "--severity", "info", "--format", "json").stdout)
    assert remarks[0].keys() == {"file", "rule", "severity", "message", "line", "column", "span"}


def test_a_schema_is_printed():
    assert json.loads(run("schema", "ledger").stdout)["title"] == "LedgerRow"


def test_a_schema_has_the_name_of_its_command():
    assert run("schema", "measures").stdout == run("schema", "ledger").stdout


# Manners


@pytest.mark.parametrize(
    "command",
    [[], *([name] for name in commands.list_commands(Context(commands)))],
    ids=lambda command: " ".join(command),
)
def test_every_command_has_help_with_an_example(command):
    result = run(*command, "-h")
    assert result.exit_code == 0
    assert "Example" in result.stdout


def test_a_missing_file_name_is_wrong_usage():
    assert run("parse").exit_code == 2


def test_a_closed_pipe_ends_quietly(folder):
    command = f"'{sys.executable}' -m notice_parser {'a.txt ' * 40} | head -c 9"
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=True)
    assert (len(result.stdout), result.stderr) == (9, b"")


@pytest.mark.parametrize(
    ("place", "reason"), [(">/dev/full", "No space left on device"), (">&-", "it is closed")], ids=["full", "closed"]
)
@pytest.mark.parametrize("command", ["parse a.txt", "measures a.txt"])
def test_an_output_that_cannot_be_written_is_told_in_one_line(folder, command, place, reason):
    program = f"'{sys.executable}' -m notice_parser {command} {place}"
    result = subprocess.run(["bash", "-c", program], capture_output=True, check=False)
    told = f"notice-parse: cannot write standard output: {reason}; name a file with -o\n"
    assert (result.returncode, result.stderr.decode()) == (2, told)


@pytest.mark.parametrize("command", ["--help", "--version", "batch --help"])
def test_help_that_cannot_be_written_is_told_in_the_same_line(folder, command):
    program = f"'{sys.executable}' -m notice_parser {command} >/dev/full"
    result = subprocess.run(["bash", "-c", program], capture_output=True, check=False)
    told = "notice-parse: cannot write standard output: No space left on device; name a file with -o\n"
    assert (result.returncode, result.stderr.decode()) == (2, told)


def test_output_is_utf_8_whatever_the_terminals_encoding(folder):
    result = python("a.txt", env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert json.loads(result.stdout.decode("utf-8"))["title"]["text"] == TITLE


def fail(*_, **__):
    raise ZeroDivisionError("by zero\nat last")


def test_a_fault_in_reading_is_told_in_one_line(folder, monkeypatch):
    monkeypatch.setattr("notice_parser.reading.parse_extract", fail)
    result = run("a.txt")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (3, "", 1)
    assert result.stderr.startswith("notice-parse: a.txt: a fault in the program (ZeroDivisionError: by zero")


def test_a_fault_in_writing_is_told_in_one_line(folder, monkeypatch, capsys):
    monkeypatch.setattr("notice_parser.render.render", fail)
    monkeypatch.setattr(sys, "argv", ["notice-parse", "a.txt"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 3
    assert capsys.readouterr().err.startswith("notice-parse: a fault in the program (ZeroDivisionError: ")


def test_the_version_is_printed_without_loading_the_parser():
    loaded = python("--version", env=os.environ | {"PYTHONPROFILEIMPORTTIME": "1"}).stderr.decode()
    assert "click" in loaded
    assert not {name for name in ("pydantic", "lark", "rich", "yaml") if f" {name}\n" in loaded}


def test_a_notice_is_read_without_loading_lark_where_its_tables_are_kept(folder):
    python("a.txt")
    loaded = python("a.txt", env=os.environ | {"PYTHONPROFILEIMPORTTIME": "1"}).stderr.decode()
    assert "pydantic" in loaded
    assert " lark\n" not in loaded


def test_json_is_written_without_loading_tables_or_yaml(folder):
    loaded = python("a.txt", env=os.environ | {"PYTHONPROFILEIMPORTTIME": "1"}).stderr.decode()
    assert not {name for name in ("rich", "yaml") if f" {name}\n" in loaded}


@pytest.mark.parametrize(
    ("words", "offered"), [("notice-parse me", "measures"), ("notice-parse parse --fo", "--format")]
)
def test_the_shell_completes(words, offered):
    asked = {"_NOTICE_PARSE_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    assert offered in python(env=os.environ | asked).stdout.decode()


# ---------------------------------------------------------------- files of other formats


def test_the_text_that_places_refer_to_is_printed(folder):
    (folder / "a.html").write_bytes("<p>一、总体要求</p><p>二、任务</p>".encode("gb18030"))
    assert run("parse", "a.html", "--format", "source").stdout == "一、总体要求\n二、任务\n"


def test_the_texts_of_all_files_are_written_to_a_folder(folder):
    (folder / "b.html").write_text("<p>一、总体要求</p><p>二、任务</p>", "utf-8")
    run("parse", "a.txt", "b.html", "--text", "texts")
    assert {path.name: path.read_text("utf-8") for path in (folder / "texts").iterdir()} == {
        "a.txt.txt": TEXT,
        "b.html.txt": "一、总体要求\n二、任务\n",
    }


def test_the_files_of_an_archive_are_read_one_by_one(folder):
    (folder / "a.zip").write_bytes(archive([("一.txt", TEXT.encode()), ("二.html", "<p>一、任务</p>".encode())]))
    read = json.loads(run("parse", "a.zip").stdout)
    assert [(one["source"]["name"], one["source"]["format"]) for one in read] == [
        ("a.zip/一.txt", "text"),
        ("a.zip/二.html", "html"),
    ]


def test_an_unreadable_file_in_an_archive_does_not_cost_the_others(folder):
    (folder / "a.zip").write_bytes(archive([("一.pdf", b"%PDF-"), ("二.txt", TEXT.encode())]))
    result = run("parse", "a.zip")
    assert result.exit_code == 3
    assert "a.zip/一.pdf: the PDF is damaged or cut off; fetch or save it again" in result.stderr
    assert json.loads(result.stdout)["source"]["name"] == "a.zip/二.txt"


def test_a_folder_of_texts_that_cannot_be_made_is_wrong_usage(folder):
    result = run("parse", "a.txt", "--text", "a.txt/texts")
    assert result.exit_code == 2
    assert "name another folder with --text" in result.stderr
