"""Numerals: what is written, as a number."""

from decimal import Decimal

import cn2an
import pytest

from notice_parser.numerals import read_integer, read_number, scale_of


def test_every_numeral_up_to_9999_is_read_as_cn2an_reads_it():
    for number in range(1, 10_000):
        written = cn2an.an2cn(number)
        assert read_integer(written) == number == int(cn2an.cn2an(written)), written


def test_a_ten_may_stand_without_its_one():
    assert [read_integer(f"十{ones}") for ones in ("", "一", "九")] == [10, 11, 19]


@pytest.mark.parametrize("year", ["二〇一七", "二零一七", "二○一七", "二O一七", "2017"])
def test_year_digits_are_read_one_by_one(year):
    assert read_integer(year) == 2017


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("两百", 200),
        ("一万零五", 10_005),
        ("三千五百亿", 350_000_000_000),
        ("千亿", 10**11),
        ("万亿", 10**12),
        ("百万", 10**6),
        ("2万亿", 2 * 10**12),
        ("1.2亿", 120_000_000),
        ("3,600", 3600),
        ("0.05", Decimal("0.05")),
        ("五分之一", Decimal("0.2")),
        ("百分之六", Decimal("0.06")),
    ],
)
def test_scales_decimals_and_fractions_are_exact(written, number):
    assert read_number(written) == number


def test_a_fraction_that_does_not_come_out_even_is_cut_at_seventeen_digits():
    assert read_number("三分之一") == Decimal("0.33333333333333333")


@pytest.mark.parametrize(
    "text", ["", "一二十", "一百五", "两千五", "亿", "万", "十十", "第三", "3个", "1.2.3", "百", "千"]
)
def test_what_is_no_numeral_or_has_two_readings_is_not_read(text):
    assert read_number(text) is None


def test_a_decimal_is_no_integer():
    assert read_integer("2.5") is None


@pytest.mark.parametrize(
    ("unit", "scale"), [("亿元", (10**8, 1)), ("万亿元", (10**12, 2)), ("万家", (10**4, 1)), ("件", (1, 0))]
)
def test_the_scale_word_of_a_unit_is_told_from_the_unit(unit, scale):
    assert scale_of(unit) == scale
