"""Dates and time limits as they are printed."""

import pytest
from corpus_files import read_cases

from notice_parser.clauses.dates import find_time_limits, read_date
from notice_parser.source import Passage, Span, fold

YEAR = 2031


def limits(text):
    passage = Passage(text, fold(text), Span(0, len(text)))
    return "\n".join(map(line, find_time_limits(passage, YEAR)))


def line(limit):
    marks = ["inferred"] if limit.inferred else []
    return " | ".join([limit.text, limit.value or "null", limit.precision, *marks])


@pytest.mark.parametrize("case", read_cases("date"), ids=str)
def test_time_limits(case):
    assert limits(case.input) == case.expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2017年5月19日", "2017-05-19"),
        ("二〇一七年五月十九日", "2017-05-19"),
        ("二○一七年十一月二十日", "2017-11-20"),
        ("二O一七年五月", "2017-05"),
        ("2023 年2 月", "2023-02"),
        ("2017-06-07", "2017-06-07"),
        ("2018/03/27", "2018-03-27"),
        ("2018.3.27", "2018-03-27"),
        ("2024—2026年", "2026"),
        ("２０１７年５月１９日", "2017-05-19"),
    ],
)
def test_a_whole_date_is_read_as_far_as_it_is_printed(text, value):
    assert read_date(fold(text)).value == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2017519", "2017-05-19"),
        ("2017 11 1", "2017-11-01"),
        ("2021年2月22", "2021-02-22"),
        ("20171112", "2017-11-12"),
        ("二〇一七五月十九日", "2017-05-19"),
    ],
)
def test_what_lost_its_characters_is_repaired_and_says_so(text, value):
    reading = read_date(text, repair=True)
    assert (reading.value, reading.precision, reading.repaired) == (value, "day", True)


def test_nothing_is_repaired_where_two_readings_are_possible():
    assert read_date("2017111", repair=True).value is None


def test_nothing_is_repaired_unasked():
    assert read_date("2017519") is None


@pytest.mark.parametrize("text", ["4731年5月6日", "2031年13月6日", "2031年2月30日", "0402年"])
def test_an_impossible_date_is_a_date_without_value(text):
    assert read_date(text)._replace(start=0) == (0, len(text), text, None, "none", False, False)


@pytest.mark.parametrize("text", ["第三条", "", "2017", "城市", "2017年工作要点", "三、"])
def test_other_lines_are_no_dates(text):
    assert read_date(text) is None


def test_without_the_year_of_the_document_nothing_is_inferred():
    passage = Passage("年底前完成", "年底前完成", Span(0, 5))
    assert [limit.value for limit in find_time_limits(passage, None)] == [None]


def test_places_lead_back_to_the_source():
    text = "各县要在\n2031 年\n6 月底前完成"
    passage = Passage(text, fold(text), Span(0, len(text)))
    (limit,) = find_time_limits(passage, None)
    start, end = passage.span(limit.start, limit.end)
    assert text[start:end] == "2031 年\n6 月底前"
