"""Search: what an archive answers."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from notice_parser.batch.archive import Archive
from notice_parser.batch.records import File, Outcome, Recipe
from notice_parser.batch.rows import last_day, rows
from notice_parser.cli import commands
from notice_parser.parser import parse

INNOVATION = """\
云岭市人民政府关于推进科技创新的意见
云政发〔2022〕3号
各县人民政府：
现提出以下意见：
一、培育企业。到2025年，全市高新技术企业达到５００家。（牵头单位：市科技局；配合单位：市财政局）
二、建设平台。2026年底前，建成重点实验室3个。（牵头单位：市科技局；配合单位：市教育局）
三、引进人才。2024年6月底前，出台人才新政。（牵头单位：市人社局；配合单位：市科技局）
云岭市人民政府
2022年3月5日
"""
STORAGE = """\
澜江省商务厅关于做好冬储工作的通知
澜商发〔2021〕9号
各市商务局：
一、落实储备。各地要储备大白菜、土豆。=SUM(A1)
二、加强监测。（责任单位：省商务厅）
澜江省商务厅
2021年10月8日
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An archive of two notices."""
    path = tmp_path_factory.mktemp("archive") / "a.sqlite"
    made = Archive(path, Recipe("sqlite"), force=False)
    for name, text in (("innovation.txt", INNOVATION), ("storage.txt", STORAGE)):
        made.take(Outcome(File(name, name, name, 0), "done", digest="0", payload=(rows(parse(text, name=name)),)))
    made.finish()
    return path


def ask(archive, *arguments, form="jsonl"):
    said = [str(argument) for argument in arguments]
    return CliRunner().invoke(commands, ["search", str(archive), *said, "--format", form], prog_name="notice-parse")


def places(archive, *arguments):
    """The items that answer: the first letter of the notice's file, and the path."""
    hits = map(json.loads, ask(archive, *arguments).stdout.splitlines())
    return [f"{hit['notice'][0]} {hit['path']}".strip() for hit in hits]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("高新技术企业", ["i 1"]),
        ("白菜", ["s 1"]),
        ("企", ["i 1"]),
        ("企业 500家", ["i 1"]),
        ("企业 实验室", []),
        ("５００", ["i 1"]),
        ("冬储工作", ["s"]),
        ('"', []),
        ("企业 OR 实验室", []),
        ("=sum(a1)", ["s 1"]),
        ("=s", ["s 1"]),
    ],
)
def test_words_are_found(archive, words, found):
    assert places(archive, words) == found


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (["--unit", "市科技局"], ["i 1", "i 2", "i 3"]),
        (["--unit", "市科技局", "--role", "lead"], ["i 1", "i 2"]),
        (["--unit", "市科技局", "--role", "lead", "--deadline-before", "2025"], ["i 1"]),
        (["--unit", "*财政*"], ["i 1"]),
        (["--unit", "市财政局", "--unit", "市教育局"], ["i 1", "i 2"]),
        (["--unit", "市[科]技局"], []),
        (["--role", "responsible"], ["s 2"]),
        (["--deadline-before", "2024-06"], ["i 3"]),
        (["--deadline-before", "2024-06-29"], []),
        (["--year", "2021"], ["s", "s 1", "s 2"]),
        (["--issuer", "商务厅", "--role", "responsible"], ["s 2"]),
        (["--limit", "1"], ["i"]),
        (["实验室", "--role", "support"], ["i 2"]),
    ],
)
def test_questions_are_answered(archive, question, found):
    assert places(archive, *question) == found


def test_a_hit_says_who_what_and_by_when(archive):
    hit = json.loads(ask(archive, "--unit", "市科技局", "--deadline-before", "2025", form="json").stdout)[0]
    assert (hit["document_number"], hit["citation"], hit["heading"]) == ("云政发〔2022〕3号", "一、", "培育企业")
    assert hit["units"] == [{"name": "市科技局", "role": "lead"}, {"name": "市财政局", "role": "support"}]
    assert hit["deadlines"] == ["2025"]


def test_no_answer_is_an_empty_array(archive):
    result = ask(archive, "没有的词", form="json")
    assert (json.loads(result.stdout), result.exit_code) == ([], 0)


def test_a_table_is_for_reading(archive):
    shown = ask(archive, "--unit", "市财政局", form="table").stdout
    assert "牵头：市科技局" in shown.replace("\n", "")


def test_csv_starts_no_formula(archive):
    written = list(csv.DictReader(io.StringIO(ask(archive, "储备", form="csv").stdout)))
    assert [row["标题"] for row in written] == ["澜江省商务厅关于做好冬储工作的通知"]
    assert not any(cell.startswith("=") for row in written for cell in row.values())


def test_an_archive_that_is_not_there_is_told_with_the_way_to_it(tmp_path):
    result = ask(tmp_path / "no.sqlite", "企业")
    assert result.exit_code == 2
    assert "no such archive; make one with `notice-parse batch" in result.stderr


def test_a_file_that_is_no_archive_is_told(tmp_path):
    (tmp_path / "a.sqlite").write_text(INNOVATION, "utf-8")
    result = ask(tmp_path / "a.sqlite", "企业")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_date_that_is_none_is_wrong_usage(archive):
    assert "2025, 2025-06 or 2025-06-30 was expected" in ask(archive, "--deadline-before", "明年").stderr


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025", "2025-12-31"),
        ("2025-06", "2025-06-30"),
        ("2024-02", "2024-02-29"),
        ("2025-06-01", "2025-06-01"),
        ("2025-13", None),
        ("三年内", None),
    ],
)
def test_a_time_limit_ends_with_its_last_day(value, day):
    assert last_day(value) == day


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["铁路"], "nothing found"),
        (["--unit", "科技局"], "nothing found; nobody is called 科技局, but there are 市科技局"),
        (["--unit", "铁路局"], "nothing found; nobody is called 铁路局"),
        (["--unit", "市科技局", "--year", "1999"], "nothing found"),
    ],
)
def test_where_nothing_is_found_it_is_said_and_who_may_be_meant(archive, asked, told):
    result = ask(archive, *asked)
    assert (result.stdout, result.stderr, result.exit_code) == ("", f"notice-parse: {told}\n", 0)
