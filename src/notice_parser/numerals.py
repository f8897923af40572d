"""Numerals, Chinese and Arabic, read as exact numbers."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Final

DIGITS: Final = {
    character: value
    for value, characters in enumerate(
        ("0零〇○O", "1一壹", "2二两贰", "3三叁", "4四肆", "5五伍", "6六陆", "7七柒", "8八捌", "9九玖")
    )
    for character in characters
}
SCALES: Final = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2, "十": 10}

_DIGIT: Final = "[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_YEAR_DIGITS: Final = re.compile(r"[0零〇○O一二三四五六七八九壹贰叁肆伍陆柒捌玖]{2,15}")
# A longer run of figures is no count.
_ARABIC: Final = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,10})?|[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,10})?")
# A place may be skipped only with a 零 for it: 一百零五 is 105, but 一百五 is 150 to some and 105 to others.
_PLACES: Final = re.compile(
    rf"(?:(?P<thousands>{_DIGIT})[千仟])?"
    rf"(?:(?:(?<=[千仟])|^)(?P<hundreds>{_DIGIT})[百佰])?"
    rf"(?:(?:(?<=[百佰])|[零〇]|^)(?P<tens>{_DIGIT}?)[十拾])?"
    rf"(?:(?:(?<=[十拾])|[零〇]|^)(?P<ones>{_DIGIT}))?"
)
_SCALED: Final = re.compile(
    r"(?:(?P<万亿>[^万亿]*)万亿)?(?:(?P<亿>[^万亿]*)亿)?(?:(?P<万>[^万亿]*)万)?(?P<rest>[^万亿]*)"
)
_FRACTION: Final = re.compile(r"(?P<whole>.+)分之(?P<part>.+)")
_PRECISION: Final = 17  # digits of a fraction that does not come out even: as many as a double holds


def read_integer(folded: str) -> int | None:
    """The whole number that `folded` writes in figures, numerals or year digits, or None.

    >>> [read_integer(text) for text in ("12", "一百二十", "二〇一七", "两", "一二十")]
    [12, 120, 2017, 2, None]
    """
    number = read_number(folded)
    return number if isinstance(number, int) else None


@lru_cache(maxsize=4096)
def read_number(folded: str) -> int | Decimal | None:
    """The number that `folded` writes, or None; a whole one is an int.

    >>> [read_number(text) for text in ("2.5", "1.2亿", "千亿", "五分之一", "3,000")]
    [Decimal('2.5'), 120000000, 100000000000, Decimal('0.2'), 3000]
    """
    exact = _fraction(folded) or _scaled(folded)
    if exact is None:
        return None
    return int(exact) if exact == exact.to_integral_value() else exact


def scale_of(folded: str) -> tuple[int, int]:
    """The factor of the scale words that open `folded`, and how many characters they take.

    >>> scale_of("千万元"), scale_of("个")
    ((10000000, 2), (1, 0))
    """
    factor = length = 0
    while scale := next((word for word in SCALES if folded.startswith(word, length)), None):
        factor, length = (factor or 1) * SCALES[scale], length + len(scale)
    return factor or 1, length


def _fraction(folded: str) -> Decimal | None:
    """三分之一; 百分之五 is one too."""
    match = _FRACTION.fullmatch(folded)
    if match is None:
        return None
    whole, part = (_small(match[name]) or _bare_scale(match[name]) for name in ("whole", "part"))
    if not whole or part is None:
        return None
    with localcontext(prec=_PRECISION):
        return part / whole


def _scaled(folded: str) -> Decimal | None:
    """Counts of 万亿, 亿, 万 and the rest; a scale alone (千亿, 万亿) counts as one of it, 亿 or 万 alone do not."""
    match = _SCALED.fullmatch(folded)
    if match is None or folded in ("亿", "万", ""):
        return None
    total = Decimal(0)
    for scale, count in match.groupdict(default=None).items():
        if count is None or (scale == "rest" and not count):
            continue
        number = _count(count, scale, first=match.start(scale) == 0)
        if number is None:
            return None
        total += number * SCALES.get(scale, 1)
    return total


def _count(count: str, scale: str, *, first: bool) -> Decimal | None:
    """How many of a scale: 三千 of 三千亿, 千 of 千亿, the 零五 of 一万零五."""
    if scale != "rest" and first and (bare := _bare_scale(count)) is not None:
        return bare
    return _small(count)


def _bare_scale(text: str) -> Decimal | None:
    """千 of 千亿, and the nothing of 万亿: one of that scale."""
    return Decimal(SCALES.get(text, 1)) if text in ("", "十", "百", "千", "万") else None


def _small(text: str) -> Decimal | None:
    """A number without 万 and 亿: figures, year digits, or digits with 十 百 千."""
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if text in DIGITS:
        return Decimal(DIGITS[text])
    if _YEAR_DIGITS.fullmatch(text) and not re.fullmatch(f"[零〇]{_DIGIT}", text):
        return Decimal("".join(str(DIGITS[character]) for character in text))
    match = _PLACES.fullmatch(text)
    return Decimal(_places(match)) if match and text else None


def _places(match: re.Match[str]) -> int:
    thousands, hundreds, ones = (DIGITS.get(match[name] or "零", 0) for name in ("thousands", "hundreds", "ones"))
    tens = 0 if match["tens"] is None else DIGITS.get(match["tens"], 1)
    return thousands * 1000 + hundreds * 100 + tens * 10 + ones
