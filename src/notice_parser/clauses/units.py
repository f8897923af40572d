"""Cuts a list of units (责任单位) into names and puts back the heads and tails that the list leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from notice_parser.grammar import terminals


class Name(NamedTuple):
    """One unit of a list: its full `name`, `raw` as printed, its place in the list.

    `group` counts the commas before it: 市财政局、税务局,各区政府 are two groups. `collective`: it stands for several.
    """

    name: str
    raw: str
    collective: bool
    group: int
    start: int
    end: int


class Names(NamedTuple):
    """The units of a list, and whether 等 leaves it open."""

    names: tuple[Name, ...]
    open_list: bool


class _Entry(NamedTuple):
    """What stands between two cuts: `name` so far, `plain` the same with its brackets masked, `raw` as printed."""

    name: str
    plain: str
    raw: str
    group: int
    start: int
    end: int

    def called(self, head: str, tail: str = "") -> _Entry:
        """The entry with what the list left out before and after it."""
        return self._replace(name=head + self.name + tail, plain=head + self.plain + tail)


_MASK = "□"
_BRACKETS = re.compile(r"[(\[〈][^()\[\]〈〉]*[)\]〉]")


def read_names(text: str, folded: str) -> Names:
    """The units of a list as printed in `text`; `folded` is the same with its look-alikes made one."""
    entries = list(_entries(text, _BRACKETS.sub(lambda found: _MASK * len(found[0]), folded)))
    closed = list(_without_rest(entries))
    runs = (list(run) for _, run in groupby(closed, key=lambda entry: entry.group))
    completed = [entry for run in runs for entry in _headed(_tailed(_gathered(run)))]
    is_open = any(_pattern("open").search(entry.plain) for entry in entries)
    return Names(tuple(map(_name, completed)), is_open)


def is_broken(name: str) -> bool:
    """Whether a name holds words of a sentence, so that what was taken for a list is none."""
    return _pattern("broken").search(name) is not None or len(name) > _LONGEST


def is_organ(name: str) -> bool:
    """Whether a name ends as names of organs do."""
    return _pattern("whole").search(name) is not None


_LONGEST = 45  # 省推进“三地一区”建设领导小组改革开放新高地执行小组成员单位 has 30


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The vocabulary of `unit_list.lark` as the patterns that cutting and completing need."""
    words = terminals("unit_list")
    locality, area, every = f"(?:{words['LOCALITY']}|{_MASK})", f"(?:{words['AREA']}|{_MASK})", f"(?:{words['EVERY']})"
    level, organ, tail, kind = (f"(?:{words[name]})" for name in ("LEVEL", "ORGAN", "TAIL", "KIND"))
    patterns = {
        "cut": f"(?P<comma>{words['COMMA']})|{words['SEPARATOR']}|(?P<and>{words['AND']})",
        "open": words["OPEN"],
        "broken": words["BROKEN"],
        "every": every,
        "whole": f"(?:{organ}|{kind}|^{every}.*{area}){_MASK}*$|{words['OPEN']}$",
        "begins": f"{every}|{level}|国家|中央|全国|全[省市区县]|行业|驻",
        "kind": f"{kind}{_MASK}*$",
        "only_kind": f"(?:政府|管委会|{kind})$",
        "localities": f"(?:{every})?(?:{locality}|、)+$",
        "more_localities": f"{locality}+(?:{tail})?{_MASK}*$",
        "place": f"(?!{every}).{{2,}}{area}$",
        "short_place": f"(?!{every}|{level})(?:..|(?!.+{area}$).{{3,4}})$",  # 杭州 is 杭州市 cut short, 滨海区 is whole
        "tailed": f"(?P<stem>.+?)(?P<area>{area}{_MASK}*)(?P<tail>{tail})$",
        "rest_of_tail": f"(?P<area>{area})(?P<tail>{tail})$",
        "head": f"(?P<level>{level}(?![级直])|(?:{every}(?:{locality}|、)+|.{{1,4}}?{level})(?={words['WORK']}|委|政府))"
                f"(?P<party>委(?={words['PARTY']}))?|厅(?=[^机].*[处室科]$)",
        "headless": f"(?:{words['WORK']})",
        "party": words["PARTY"],
        "collective": f"{every}|.*(?:{every}|成员|直属|主管|所属|市直|省直|区直|县直|市级|省级|区级|县级).*{kind}{_MASK}*$",
    }  # fmt: skip
    return re.compile(patterns[name])


def _entries(text: str, plain: str) -> Iterator[_Entry]:
    """The list cut at its separators, and at 和, 及 where whole names stand on both sides."""
    group = start = 0
    for cut in _pattern("cut").finditer(plain):
        if cut["and"] and not _parts(plain, start, cut):
            continue
        if cut.start() > start:
            yield _entry(text, plain, group, start, cut.start())
        start, group = cut.end(), group + bool(cut["comma"])
    if start < len(plain):
        yield _entry(text, plain, group, start, len(plain))


def _entry(text: str, plain: str, group: int, start: int, end: int) -> _Entry:
    return _Entry(text[start:end], plain[start:end], text[start:end], group, start, end)


_NEXT_CUT = re.compile("[、,;。]|$")


def _parts(plain: str, start: int, cut: re.Match[str]) -> bool:
    """Whether 和 stands between two whole names: 教育部和财政部, 市发改委及各区政府; not 各有关部门和单位, 工业和信息化局."""
    left, right = plain[start : cut.start()], plain[cut.end() : _next_cut(plain, cut.end())]
    if not _pattern("whole").search(left) or _pattern("only_kind").match(right):
        return False
    if _pattern("begins").match(right):
        return True
    whole = _pattern("whole").search(right) or _pattern("place").match(right)
    return whole is not None and not _pattern("every").match(left)


def _next_cut(plain: str, start: int) -> int:
    found = _NEXT_CUT.search(plain, start)
    return found.start() if found else len(plain)


def _without_rest(entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """The entries without 等部门 and what belongs to it: 海关等具有登记、保管职能的部门 is the customs alone."""
    in_rest = False
    for entry in entries:
        opened = _pattern("open").search(entry.plain)
        if opened is None:
            if not in_rest:
                yield entry
            in_rest = in_rest and not _pattern("whole").search(entry.plain)
            continue
        rest = entry.plain[opened.end() :]
        in_rest = bool(rest) and not _pattern("whole").search(rest)
        if opened.start():
            yield _before_rest(entry, opened)


def _before_rest(entry: _Entry, opened: re.Match[str]) -> _Entry:
    """The last name before 等, with the tail after it if it has none of its own: 广州、东莞等市政府."""
    cut = slice(0, opened.start())
    tail = entry.plain[opened.end() :] if _pattern("rest_of_tail").match(entry.plain[opened.end() :]) else ""
    return _Entry(entry.name[cut] + tail, entry.plain[cut] + tail, entry.raw[cut],
                  entry.group, entry.start, entry.start + opened.start())  # fmt: skip


def _gathered(run: Sequence[_Entry]) -> list[_Entry]:
    """One entry for each collective that is written with 、: 各区、市政府; 各县、市、区人民政府."""
    gathered: list[_Entry] = []
    for entry in run:
        last = gathered[-1] if gathered else None
        if last and _pattern("localities").match(last.plain) and _pattern("more_localities").match(entry.plain):
            joined = (f"{a}、{b}" for a, b in zip(last[:3], entry[:3], strict=True))
            gathered[-1] = _Entry(*joined, last.group, last.start, entry.end)
        else:
            gathered.append(entry)
    return gathered


def _tailed(run: Sequence[_Entry]) -> list[_Entry]:
    """The places of a list with the organ that only the last one names: 济南、青岛、烟台市政府; 甲区、乙新区管委会."""
    tailed: list[_Entry] = []
    area = tail = ""
    for entry in reversed(run):
        if tail and _pattern("short_place").match(entry.plain) and not is_organ(entry.plain):
            tailed.append(entry.called("", area + tail))
        elif tail and _pattern("place").match(entry.plain):
            tailed.append(entry.called("", tail))
        else:
            found = _pattern("tailed").match(entry.plain)
            area, tail = (
                (found["area"], found["tail"]) if found and not _pattern("every").match(entry.plain) else ("", "")
            )
            tailed.append(entry)
    return tailed[::-1]


def _headed(run: Sequence[_Entry]) -> Iterator[_Entry]:
    """The organs of a list with the level that only the first one names: 市发改委、商务局; 各开发区管委会、区县政府."""
    level = party = ""
    last: _Entry | None = None
    for entry in run:
        found = _pattern("head").match(entry.plain)
        if found:
            level = entry.name[: found.end("level")] if found["level"] else found[0]
            party = "委" if found["party"] else party if found["level"] else ""
        else:
            entry = entry.called(_left_out(entry, level, party, last))
        yield entry
        last = entry


def _left_out(entry: _Entry, level: str, party: str, last: _Entry | None) -> str:
    """The head that an entry shares with those before it, or nothing."""
    if _pattern("every").match(entry.plain):
        return ""
    if level == "厅":
        return level if entry.plain[-1] in "处室科" else ""
    if level and _pattern("headless").match(entry.plain) and is_organ(entry.plain):
        return level + (party if _pattern("party").match(entry.plain) else "")
    every = _pattern("every").match(last.plain) if last else None
    return every[0] if last and every and _alike(last, entry) else ""


def _alike(last: _Entry, entry: _Entry) -> bool:
    """Whether 各 before one name holds for the next: 各开发区管委会、区县政府; 各审批部门、服务单位."""
    alike = (("more_localities", True), ("kind", False))
    return any(
        _pattern(name).search(last.plain) and (_pattern(name).match if whole else _pattern(name).search)(entry.plain)
        for name, whole in alike
    )


def _name(entry: _Entry) -> Name:
    collective = _pattern("collective").match(entry.plain) is not None
    return Name(entry.name, entry.raw, collective, entry.group, entry.start, entry.end)
