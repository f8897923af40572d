"""Automatic numbering of Word: the markers that it prints and the file does not spell out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from notice_parser.carriers.base import Borrowed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


class _Level(NamedTuple):
    """One level of a list: how it counts, what it prints, where it begins."""

    form: str
    text: str
    start: int
    suffix: str
    legal: bool


class Place(NamedTuple):
    """The list of a paragraph and its level in it."""

    list: str
    level: int


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    values = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
              (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
    written = ""
    for value, letters in values:
        count, number = divmod(number, value)
        written += letters * count
    return written


def _circled(number: int) -> str:
    return chr(0x245F + number) if number <= 20 else str(number)


def chinese(number: int) -> str:
    """十, 十二, 一百零三: as Word counts in Chinese, up to 9999."""
    written, gap = "", False
    for value, scale in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // value % 10
        if digit:
            written += ("零" if gap and written else "") + "〇一二三四五六七八九"[digit] + scale
        gap = not digit
    return written.removeprefix("一") if written.startswith("一十") else written


def _one_of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _digits(signs: str) -> Callable[[int], str]:
    return lambda number: "".join(signs[int(digit)] for digit in str(number))


_CAPITALS = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")

_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _digits("０１２３４５６７８９"),
    "decimalFullWidth2": _digits("０１２３４５６７８９"),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda number: f"（{number}）",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "koreanDigital2": chinese,
    "ideographDigital": _digits("〇一二三四五六七八九"),
    "chineseLegalSimplified": lambda number: chinese(number).translate(_CAPITALS),
    "ideographLegalTraditional": lambda number: chinese(number).translate(_CAPITALS),
    "ideographTraditional": _one_of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _one_of("子丑寅卯辰巳午未申酉戌亥"),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "none": lambda number: "",
}


class Numbering:
    """The lists of a document, counted as its paragraphs come."""

    def __init__(self, numbering: Borrowed | None, styles: Borrowed | None) -> None:
        self._abstract: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._own: dict[str, dict[int, _Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int]] = {}
        self._styled = _styled(styles)
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Borrowed) -> None:
        styled: dict[str, str] = {}
        for abstract in numbering.iter(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId")
            self._abstract[key] = {_number(level, "ilvl"): _level(level) for level in abstract.iter(f"{W}lvl")}
            if (link := abstract.find(f"{W}styleLink")) is not None:
                styled[link.get(f"{W}val")] = key
        links = {abstract.get(f"{W}abstractNumId"): styled.get(link.get(f"{W}val"), "")
                 for abstract in numbering.iter(f"{W}abstractNum")
                 if (link := abstract.find(f"{W}numStyleLink")) is not None}  # fmt: skip
        for entry in numbering.iter(f"{W}num"):
            self._read_list(entry, links)

    def _read_list(self, entry: Borrowed, links: dict[str, str]) -> None:
        """A list: which abstract one it follows, where it begins anew, which levels it sets itself."""
        key, follows = entry.get(f"{W}numId"), entry.find(f"{W}abstractNumId")
        abstract = follows.get(f"{W}val") if follows is not None else ""
        self._lists[key] = links.get(abstract, abstract)
        for change in entry.iter(f"{W}lvlOverride"):
            level = _number(change, "ilvl")
            if (start := change.find(f"{W}startOverride")) is not None:
                self._starts.setdefault(key, {})[level] = _number(start, "val")
            if (own := change.find(f"{W}lvl")) is not None:
                self._own.setdefault(key, {})[level] = _level(own)

    def marker(self, properties: Borrowed | None) -> str:
        """What Word prints before a paragraph with these properties."""
        place = self._place(properties)
        level = self._level(place.list, place.level) if place else None
        if place is None or level is None:
            return ""
        counts = self._counted(place)
        if level.form == "bullet":
            return ""
        written = _PLACE.sub(lambda found: self._written(place, int(found[1]) - 1, counts, level.legal), level.text)
        return written + (" " if level.suffix != "nothing" and written[-1:].isalnum() else "")

    def _place(self, properties: Borrowed | None) -> Place | None:
        """The paragraph's own list, else that of its style; list 0 is none."""
        own = _own_place(properties)
        style = properties.find(f"{W}pStyle") if properties is not None else None
        styled = self._styled.get(style.get(f"{W}val")) if style is not None else None
        if own and own.list:
            return None if own.list == "0" else own
        if styled is None:
            return None
        return styled._replace(level=own.level) if own else styled

    def _level(self, key: str, level: int) -> _Level | None:
        return self._own.get(key, {}).get(level) or self._abstract.get(self._lists.get(key, ""), {}).get(level)

    def _counted(self, place: Place) -> list[int]:
        """The counts of all levels with this paragraph; lists that follow one abstract list count on together."""
        abstract = self._lists.get(place.list, place.list)
        if place.level in self._starts.get(place.list, {}):
            self._restart(abstract, place.list)
        counts = self._counts.setdefault(abstract, [0] * _LEVELS)
        for level in range(place.level):
            counts[level] = counts[level] or self._start(place.list, level)
        counts[place.level] = counts[place.level] + 1 if counts[place.level] else self._start(place.list, place.level)
        counts[place.level + 1 :] = [0] * (_LEVELS - place.level - 1)
        return counts

    def _restart(self, abstract: str, key: str) -> None:
        """A list that says where it begins does so once for each level."""
        for level, start in self._starts.pop(key, {}).items():
            counts = self._counts.setdefault(abstract, [0] * _LEVELS)
            counts[level:_LEVELS] = [start - 1, *[0] * (_LEVELS - level - 1)]

    def _start(self, key: str, level: int) -> int:
        found = self._level(key, level)
        return found.start if found else 1

    def _written(self, place: Place, level: int, counts: list[int], legal: bool) -> str:
        form = self._level(place.list, level)
        number = counts[level]
        if form is None or (legal and level != place.level) or number < 1:
            return str(number)
        return _FORMS.get(form.form, str)(number)


def _styled(styles: Borrowed | None) -> dict[str, Place]:
    """The list and level that paragraph styles give, their own or that of the style they are based on."""
    if styles is None:
        return {}
    found = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
    return {key: place for key in found if (place := _inherited(key, found))}


def _inherited(key: str | None, found: dict[str, Borrowed]) -> Place | None:
    level = 0
    for _ in range(12):  # styles may be based on each other in a ring
        style = found.get(key or "")
        place = _own_place(style.find(f"{W}pPr")) if style is not None else None
        level = level or (place.level if place else 0)
        if place and place.list:
            return None if place.list == "0" else Place(place.list, level)
        based = style.find(f"{W}basedOn") if style is not None else None
        if based is None:
            return None
        key = based.get(f"{W}val")
    return None


def _own_place(properties: Borrowed | None) -> Place | None:
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    if numbered is None:
        return None
    key, level = numbered.find(f"{W}numId"), numbered.find(f"{W}ilvl")
    return Place(key.get(f"{W}val", "") if key is not None else "", _number(level, "val") if level is not None else 0)


def _level(level: Borrowed) -> _Level:
    def said(name: str, default: str) -> str:
        element = level.find(f"{W}{name}")
        return default if element is None else element.get(f"{W}val", default)

    start = said("start", "1")
    return _Level(said("numFmt", "decimal"), said("lvlText", ""), int(start) if start.isdecimal() else 1,
                  said("suff", "tab"), level.find(f"{W}isLgl") is not None)  # fmt: skip


def _number(element: Borrowed, name: str) -> int:
    value = element.get(f"{W}{name}", "0")
    return (
        min(int(value), _LEVELS - 1 if name == "ilvl" or element.tag == f"{W}ilvl" else 32767)
        if value.isdecimal()
        else 0
    )
