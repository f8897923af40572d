"""Cuts a list of units (责任单位) into names and puts back the heads and tails that the list leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Final, final

from notice_parser.grammar import Patterns, beginning, entrance, terminals
from notice_parser.source import Span

_NOWHERE: Final = Span(0, 0)


class Name:
    """One unit of a list at `[start, end)`; the list shares `head` and `tail` with it where it leaves them out.

    `whole` is the name in full, its look-alikes made one; `broken` where it is none but words of a sentence. `group`
    counts the commas before it: 市财政局、税务局,各区政府 are two groups. `collective`: it stands for several.
    """

    __slots__ = ("_head", "_tail", "broken", "collective", "end", "group", "start", "whole")

    def __init__(self, entry: _Entry, folded: str, collective: bool) -> None:
        self._head, self.start, self.end, self._tail = entry.head, entry.start, entry.end, entry.tail
        self.group, self.collective = entry.group, collective
        self.whole = self.full(folded)
        self.broken = is_broken(self.whole)

    def full(self, text: str) -> str:
        """The name in full, from the list as `text` prints it."""
        own, head, tail = text[self.start : self.end], self._head, self._tail
        return text[head.start : head.end] + own + text[tail.start : tail.end] if head.end or tail.end else own


class Names:
    """The units of a list, and whether 等 leaves it open."""

    __slots__ = ("names", "open_list")

    def __init__(self, names: list[Name], open_list: bool) -> None:
        self.names, self.open_list = names, open_list


@final
class _Entry:
    """What stands between two cuts; `plain` is its name so far with brackets masked, head and tail put back."""

    def __init__(
        self, plain: str, group: int, start: int, end: int, head: Span = _NOWHERE, tail: Span = _NOWHERE
    ) -> None:
        self.plain, self.group, self.start, self.end, self.head, self.tail = plain, group, start, end, head, tail


_MASK: Final = "□"
_BRACKETS: Final = re.compile(r"[(\[〈][^()\[\]〈〉]*[)\]〉]")


@lru_cache(maxsize=1024)
def read_names(folded: str) -> Names:
    """The units of a list whose look-alikes are made one.

    >>> text = "市发改委、商务局等部门"
    >>> [name.full(text) for name in read_names(text).names]
    ['市发改委', '市商务局']
    """
    plain = _plain(folded)
    if not _patterns["special"].search(plain):
        whole = _headed(_runs(_entries(plain)))
        return Names([Name(entry, folded, False) for entry in whole], False)
    is_open = _patterns["open"].search(plain) is not None
    entries = _without_rest(_entries(plain)) if is_open else _entries(plain)
    whole = _headed([_tailed(_gathered(run)) for run in _runs(entries)])
    return Names([Name(entry, folded, _is_collective(entry)) for entry in whole], is_open)


def _plain(folded: str) -> str:
    """A name or a list with its brackets masked: 市直有关部门(单位), 县(市、区)."""
    return _BRACKETS.sub(lambda found: _MASK * len(found[0]), folded)


def _runs(entries: Iterable[_Entry]) -> list[list[_Entry]]:
    """The entries between two commas: no tail reaches further."""
    return [list(run) for _, run in groupby(entries, key=lambda entry: entry.group)]


@lru_cache(maxsize=4096)  # the same few organs are named all through a notice, and from notice to notice
def is_broken(name: str) -> bool:
    """Whether a name holds words of a sentence, so that what was taken for a list is none."""
    return _patterns["broken"].search(name) is not None or len(name) > _LONGEST


@lru_cache(maxsize=4096)
def is_organ(name: str) -> bool:
    """Whether a name ends as names of organs do."""
    return _patterns["whole"].search(_plain(name)) is not None


@lru_cache(maxsize=4096)
def is_named_organ(name: str) -> bool:
    """Whether a name says which organ is meant: 市科委, 有关部门, but not 发证部门."""
    return is_organ(name) and not is_mere(name)


def is_unit(name: str) -> bool:
    """Whether a name ends as names of organs or of areas do."""
    return is_organ(name) or _patterns["place"].match(_plain(name)) is not None


def is_mere(name: str) -> bool:
    """Whether a name is a word of the text for nobody in particular: 企业, 发证部门."""
    return _patterns["mere"].fullmatch(name) is not None


@lru_cache(maxsize=4096)
def is_plain_unit(name: str) -> bool:
    """Whether a name is a certain unit's and holds no word of a sentence, as it may where no bracket parts them."""
    return is_unit(name) and not is_broken(name) and not is_prose(name) and not is_mere(name)


def is_anybody(names: str) -> bool:
    """Whether a list names no more than all there are, anywhere: 各地, 各地、各有关部门, but not 各区政府."""
    return _patterns["anybody"].match(names) is not None


def is_prose(name: str) -> bool:
    """Whether a name may hold words of a sentence, where nothing certain tells that a list of names stands there."""
    return _patterns["prose"].search(name) is not None


def says_whose(name: str) -> bool:
    """Whether a name begins with whose it is: 市科委, 各有关单位, but not 实验室."""
    return _patterns["begins"].match(name) is not None


@lru_cache(maxsize=4096)
def lacks_level(name: str) -> bool:
    """Whether an organ's name leaves out whose it is: 财政局, but not 市财政局, 上海海关 or 财政部."""
    plain = _plain(name)
    return not _patterns["head"].match(plain) and _patterns["headless"].match(plain) is not None and is_organ(name)


@lru_cache(maxsize=4096)
def level_of(name: str) -> str:
    """The level that an organ's name begins with: 县 of 县财政局, nothing of 甲县财政局 and 各县财政局."""
    found = _patterns["level"].match(name)
    return found[0] if found else ""


_LONGEST: Final = 45  # 省推进“三地一区”建设领导小组改革开放新高地执行小组成员单位 has 30


def _pattern(grammar: str, name: str) -> re.Pattern[str]:
    """The vocabulary of a grammar as the patterns that cutting and completing need."""
    words = terminals(grammar)
    locality, area, every = f"(?:{words['LOCALITY']}|{_MASK})", f"(?:{words['AREA']}|{_MASK})", f"(?:{words['EVERY']})"
    level, organ, tail, kind = (f"(?:{words[name]})" for name in ("LEVEL", "ORGAN", "TAIL", "KIND"))
    step, staff = f"(?:{words['STEP']}|{_MASK})", f"(?:{words['STAFF']})"
    field = f"(?:{every}(?:{locality}|、)*|.{{0,4}}?{level})?(?:{words['WORK']}|{words['SERVICE']})"
    patterns = {
        "cut": beginning(
            entrance(grammar, "COMMA", "SEPARATOR", "DUTY", "AND", also="局厅委办"),
            f"(?P<comma>{words['COMMA']})|(?P<mark>{words['SEPARATOR']}|{words['DUTY']})|(?P<and>{words['AND']})|"
            f"(?P<glued>[局厅委办](?<!总局)(?={level}(?:{words['WORK']})|各[区县市镇乡街])|"
            f"局(?<!公安局)(?<!总局)(?={words['BESIDE']}))",  # a blank: 水务局　市住建局
        ),
        "open": words["OPEN"],
        # Without these every entry is one organ that lacks its level at most: 市财政局、税务局.
        "special": beginning(
            entrance(grammar, "EVERY", "OPEN", "BODY", "AND", "TAIL", "SHARED", also="驻区"),
            f"{words['EVERY']}|{words['OPEN']}|{words['BODY']}|{words['AND']}|驻|"
            f"(?:{tail}|{words['SHARED']})(?=$|[{_MASK}、,;。])|(?<=[发能园业作范验新开])区{staff}(?=$|[、,;。])",
        ),
        "mere": f"(?!{every}|{level})(?!.*{words['BODY']}).*(?:{words['MERE']})",
        "anybody": f"(?:{words['ANYBODY']})$",
        "some": f"(?:部门|单位|机构|[处科]室){_MASK}*$",
        "broken": words["BROKEN"],
        "prose": words["PROSE"],
        "every": every,
        "shared_every": f"{every}(?:{locality}+(?={words['WORK']}))?",
        "whole": f"(?:{organ}|{kind}|^{every}.*{area}){_MASK}*$|{words['OPEN']}$",
        "begins": f"{every}|{level}|国家|中央|全国|全[省市区县]|行业|驻",
        "kind": f"{kind}{_MASK}*$",
        "only_kind": f"(?:政府|管委会|{kind})(?:$|{words['AND']})",
        "localities": f"(?:{every}(?:设区的?)?)?(?:{locality}|、)+$",
        "areas": f"{locality}+{tail}{_MASK}*$",
        "whose": f"{level}|(?!{every}).+[省市县州旗盟]",
        "peers": f"{every}(?:(?:自治)?州|盟|地区){tail}、市|{every}[县区旗]{tail}、[县区旗]",  # 各盟行政公署、市政府
        "several_areas": f"(?:{locality}{{2,}}|{words['ZONES']}|[乡镇]|街道)(?:{words['COUNCIL']}){_MASK}*$",
        "kind_only": f"(?!{level}|直属|{words['STATE']}|.*(?:各|驻|有关|相关)).*(?:{words['ALIKE']}){_MASK}*$",
        "one_zone": f"(?!(?:{words['ZONES']}){tail}$)(?:{words['ZONE']})(?:{tail})?$",
        "named_zone": f"(?!{level}|{words['ZONE']})[^、]{{2,4}}(?:{words['ZONE']})(?:{tail})?$",  # 许昌高新区管委会
        "more_localities": f"(?!(?:{words['ZONE']})$){locality}+(?:{words['COUNCIL']})?{_MASK}*$",
        "steps": f"{every}(?:设区的?)?(?:{step}|、)+$",
        "lower_kind": f"(?:[县区旗]|自治[州县区旗]|直辖市){step}*(?!政府|委|各|.*省)[^、]*(?:部门|单位|机构){_MASK}*$",
        "provinces": f"{every}省.*$",
        "upper_kind": f"(?=[市州盟]){step}(?!政府|委|各)[^、]*(?:部门|单位|机构){_MASK}*$",
        "lower_organ": f"(?:[区县旗盟州]|乡镇)(?!级|直).*{organ}{_MASK}*$",
        "low": f"(?:{words['LOW']}|{words['ZONE']}){_MASK}*$",
        "every_party": f"{every}.*(?:党委|工委|[区县市旗{_MASK}]委|党组)$",
        "only_tail": "(?:(?:人民)?政府|管委会|办事处)$",
        "levels": f"(?:中央?|{level}|、)+$",
        "levelled_kind": f"{level}.*{kind}{_MASK}*$",
        "place": f"(?!{every}).{{2,}}{area}$|[^全各本我该此外两三四五六七八九十]县$|^[东西南北中]区$",
        "run_zone": f"(?:{words['RUN']})$",
        "new_zone": words["NEW"],
        "own_place": f"(?!{every}|自治区).{{2,}}{area}$",  # 滨江新区和市财政局
        # 杭州 lacks 市; 滨海区, 财政 and 街道 nothing
        "short_place": f"(?!{every}|{level}|{words['OWN']}|(?:{words['WORK']}|{locality})$)"
                       f"(?:.[^县区]|(?!.+{area}$).{{3,4}})$",
        "tailed": f"(?!(?:{words['ZONE']}).*[局处]$)(?P<stem>.+?)(?P<area>{area}{_MASK}*)(?P<tail>{tail})$|"
                  f"{field}.*?(?P<kind>{words['SHARED']})$|"
                  f"(?!{level})[^、]{{0,4}}?(?:{words['ZONE']})(?P<staff>{staff})$",
        "bare_area": f"{every}(?:设区的?)?(?:{locality}|{_MASK}|、)+$",
        "field": f"{field}[^{_MASK}]{{0,7}}$",  # of a kind of organs: 市教育、卫生健康部门
        "rest_of_tail": f"(?:相关|有关)?(?:(?P<area>{area})(?P<tail>{tail})|(?P<kind>{words['SHARED']}))$",
        "head": f"(?!{words['OWN']})(?P<level>{level}(?![级直])|"
                f"(?:{every}(?:{locality}|、)+|.{{1,4}}?{level})(?={words['WORK']}|委|党工委)|(?!{every}).{{1,4}}?{level}(?=政府))"
                f"(?P<party>委(?={words['PARTY']}))?|厅(?=[^机].*[处室科]$)",
        # 文旅新区管委会 has its own place
        "headless": f"(?!{words['OWN']}|{words['STATE']}|{words['DESK']}|.+{words['CROWD']})"
                    f"(?!.+(?:{words['AREA']})(?:{tail})?$)"
                    f"(?:{words['WORK']}|{words['PARTY']}|{words['MATTER']})",
        "crowd": f"(?:{words['WORK']}).*{words['CROWD']}",
        "of_party": "[^、]*(?:党工委、管委会|[省市县区州旗盟]委、政府)",  # 区党工委、管委会办公室 are one place's
        "firm": f"(?:{words['FIRM']})$",
        "level": f"{level}(?={words['WORK']}|委|政府)",
        "party": words["PARTY"],
        "short": words["SHORT"],
        "housed": words["HOUSED"],
        "house": f"(?:国家|{level}委?|.{{1,4}}?{level})?(?:{words['WORK']}){words['HOUSE']}",
        "division": f"(?!{every}|{level}|国)(?:{words['DIVISION']}|(?!{words['WORK']}).+(?:局|中心))$",
        "own_house": f"(?!{every}|{level}|国[家务网]|{words['APART']})(?:{words['DIVISION']}|办公厅)$",
        "collective": f"{every}|.*(?:{every}|{words['BODY']}).*{kind}{_MASK}*$",
    }  # fmt: skip
    return re.compile(patterns[name])


_patterns: Final = Patterns(_pattern, "unit_list")


def _entries(plain: str) -> list[_Entry]:
    """The list cut at its separators, and at 和, 及 where whole names stand on both sides."""
    entries: list[_Entry] = []
    group = start = 0
    found = _patterns["cut"].search(plain)
    while found:
        kind = found.lastgroup or ""
        end = found.end(kind)
        edge = end if kind == "glued" else found.start()
        if kind != "and" or _parts(plain, start, edge, end):
            if plain[start:edge].strip(_MASK):
                entries.append(_Entry(plain[start:edge], group, start, edge))
            start, group = end, group + (kind == "comma")
        found = _patterns["cut"].search(plain, end)
    if plain[start:].strip(_MASK):
        entries.append(_Entry(plain[start:], group, start, len(plain)))
    return entries


_NEXT_CUT: Final = re.compile("[、,;。]|$")


def _parts(plain: str, start: int, edge: int, end: int) -> bool:
    """Whether 和 stands between two whole names: 教育部和财政部, but not 协办处室和辅办单位, 工业和信息化局."""
    left = plain[max(start, edge - _LONGEST) : edge]
    right = plain[end : _next_cut(plain, end)]
    begins = _patterns["begins"].match(right)
    if not (_patterns["whole"].search(left) or (begins and _patterns["own_place"].match(left))):
        return False
    if _patterns["only_kind"].match(right):
        return False
    if begins:
        return True
    if _patterns["some"].search(left) and _patterns["mere"].fullmatch(right):
        return False
    whole = _patterns["whole"].search(right) or _patterns["place"].match(right)
    return whole is not None and bool(_patterns["named_zone"].match(right) or not _patterns["every"].match(left))


def _next_cut(plain: str, start: int) -> int:
    """Where the name ends that begins at `start`; none is longer than the longest."""
    end = min(len(plain), start + _LONGEST)
    found = _NEXT_CUT.search(plain, start, end)
    return found.start() if found else end


def _without_rest(entries: Iterable[_Entry]) -> Iterator[_Entry]:
    """The entries without 等部门 and what belongs to it: 海关等具有登记、保管职能的部门 is the customs alone."""
    in_rest = False
    for entry in entries:
        opened = _patterns["open"].search(entry.plain)
        if opened is None:
            if not in_rest:
                yield entry
            in_rest = in_rest and not _patterns["whole"].search(entry.plain)
            continue
        rest = entry.plain[opened.end() :]
        in_rest = bool(rest) and not _patterns["whole"].search(rest)
        if opened.start():
            yield _before_rest(entry, opened)


def _before_rest(entry: _Entry, opened: re.Match[str]) -> _Entry:
    """The last name before 等, with the tail behind it that it lacks: 广州、东莞等市政府; 滨江新区等区政府."""
    last = _Entry(entry.plain[: opened.start()], entry.group, entry.start, entry.start + opened.start())
    start = _left_out_from(last, _patterns["rest_of_tail"].match(entry.plain, opened.end()))
    return _called(last, _NOWHERE, "", Span(entry.start + start, entry.end), entry.plain[start:]) if start > 0 else last


def house_of(name: str) -> str:
    """The organ whose division a name is: 省教育厅 of 省教育厅基础教育处; nothing of an organ itself."""
    found = _patterns["house"].match(name)
    return found[0] if found else ""


@lru_cache(maxsize=1024)
def is_bare_division(name: str) -> bool:
    """Whether a name is a division's that leaves out its organ: 科技司, but not 街道办事处, 海关总署综合司."""
    return _patterns["own_house"].match(name) is not None


def _called(entry: _Entry, head: Span, before: str, tail: Span, after: str) -> _Entry:
    """The entry with what the list leaves out before and after it."""
    return _Entry(before + entry.plain + after, entry.group, entry.start, entry.end, head, tail)


def _gathered(run: Iterable[_Entry]) -> list[_Entry]:
    """One entry for each collective that is written with 、: 各区、市政府; 各县、市、区人民政府; 中、省驻市单位."""
    gathered: list[_Entry] = []
    for entry in run:
        last = gathered[-1] if gathered else None
        if last and _belong_together(last.plain, entry.plain):
            plain = f"{last.plain}、{entry.plain}"
            gathered[-1] = _Entry(plain, entry.group, last.start, entry.end, entry.head, entry.tail)
        else:
            gathered.append(entry)
    return gathered


def _belong_together(last: str, plain: str) -> bool:
    """Whether two parts of a list name one collective: 各区|市政府, 各县|区农业农村局, 中|省驻平有关单位.

    各县区|县财政局 are two, as are 各乡镇|县政府.
    """
    if len(last) > _LONGEST:
        return False
    low = _patterns["low"].search(last) is not None
    lower = last[0] == "各" and not low and plain[0] not in last and _patterns["lower_organ"].match(plain)
    below = lower or (not (low and plain[0] in "市县区旗") and _patterns["more_localities"].match(plain))
    pairs = (
        (_patterns["localities"].match(last), below),
        (_patterns["every_party"].match(last), _patterns["only_tail"].match(plain)),  # 各街道党工委、办事处
        (_patterns["levels"].match(last), _patterns["levelled_kind"].match(plain)),
        (plain == "单位", _patterns["some"].search(last)),  # 市直有关部门、单位
    )
    return any(above and behind for above, behind in pairs) or _share_kind(last, plain)


def _share_kind(last: str, plain: str) -> bool:
    """Whether all of several levels share a kind of organs: 各市|县(市、区)相关部门, 各省、自治区|直辖市有关部门.

    Behind 各县(市、区), which holds the cities, 市有关部门 are the departments of the city above.
    """
    if plain[-1] not in _ENDS_OF_KINDS or not _patterns["steps"].match(last) or plain[0] in last:
        return False
    if _patterns["lower_kind"].match(plain):
        return True
    return bool(_patterns["provinces"].match(last) and _patterns["upper_kind"].match(plain))


_ENDS_OF_KINDS: Final = frozenset(("门", "位", "构", _MASK))


def _tailed(run: Sequence[_Entry]) -> list[_Entry]:
    """The names of a list with the tail that only the last one has: 济南、青岛、烟台市政府; 财政、住建部门."""
    tailed: list[_Entry] = []
    donor: _Entry | None = None
    found: re.Match[str] | None = None
    for entry in reversed(run):
        start = _left_out_from(entry, found)
        if donor and start > 0:
            tailed.append(_with_tail(entry, donor, start))
            continue
        every = _patterns["every"].match(entry.plain)
        donor, found = entry, None if every else _patterns["tailed"].match(entry.plain)
        tailed.append(entry)
    return tailed[::-1]


def _with_tail(entry: _Entry, donor: _Entry, start: int) -> _Entry:
    """A name with the tail of the last one of its list; a new zone lacks none: 福田区、滨江新区、南山区政府."""
    if _patterns["new_zone"].search(f"{entry.plain}、{donor.plain}"):
        return entry
    end = donor.tail.end or donor.end
    return _called(entry, _NOWHERE, "", Span(end - len(donor.plain) + start, end), donor.plain[start:])


def _left_out_from(entry: _Entry, found: re.Match[str] | None) -> int:
    """From where a name needs the tail of the last one, -1 where it lacks nothing.

    济南 from the area (市政府), 滨海区 from the organ (政府), 财政 the kind of organs (部门), 各区 the staff (工改办).
    """
    if found is None:
        lacks = ""
    elif found.lastgroup == "staff":
        bare = _patterns["bare_area"].match(entry.plain) or _patterns["place"].match(entry.plain)
        lacks = "staff" if bare else ""
    elif is_organ(entry.plain):
        lacks = ""
    elif found["kind"]:
        lacks = "kind" if _patterns["field"].match(entry.plain) else ""
    elif _patterns["short_place"].match(entry.plain):
        lacks = "area"
    else:
        lacks = "tail" if _patterns["place"].match(entry.plain) and _has(entry.plain, found["tail"]) else ""
    return found.start(lacks) if found and lacks else -1


def _has(place: str, tail: str) -> bool:
    """Whether a place may have what the last one of its list has: a zone no 政府, a county no 管委会."""
    if tail.endswith("政府"):
        return _patterns["run_zone"].search(place) is None
    return tail[-1] not in "局处" and not (tail[0] == "管" and place[-1] in "县市旗州镇乡道")


def _headed(runs: Iterable[Sequence[_Entry]]) -> list[_Entry]:
    """The organs of a list with the heads it leaves out; that of a place holds behind commas, too: 市财政局,税务局."""
    headed: list[_Entry] = []
    level = party = _NO_HEAD
    for run in runs:
        level, party = _headed_run(run, level, party, headed)
        if not _patterns["whose"].fullmatch(level.text):
            level = party = _NO_HEAD
    return headed


def _headed_run(run: Iterable[_Entry], level: _Head, party: _Head, headed: list[_Entry]) -> tuple[_Head, _Head]:
    """Adds the organs between two commas with the head that only the first one names; returns the level, the party's.

    市发改委、商务局; 省教育厅基教处、职教处.
    """
    house = _NO_HEAD
    last: _Entry | None = None
    for entry in run:
        found = _patterns["head"].match(entry.plain)
        every = _shared_every(last, entry)
        house = _house(entry, house)
        if every.text or not found:
            head = every if every.text else _shared_house(entry, house) or _shared_level(entry, level, party, last)
            entry = _called(entry, head.span, head.text, entry.tail, "") if head.text else entry
        else:
            level, party = _heads(entry, found, party)
        headed.append(entry)
        last = entry
    return level, party


@final
class _Head:
    """What stands before a name and is left out before those after it: 市, 市委, 厅, 各, 省教育厅."""

    def __init__(self, span: Span, text: str) -> None:
        self.span, self.text = span, text


_NO_HEAD: Final = _Head(_NOWHERE, "")


def _house(entry: _Entry, house: _Head) -> _Head:
    """The organ whose divisions a list names, with its first one (省教育厅基础教育处); none behind another organ."""
    if entry.plain[-1] not in _ENDS_OF_DIVISIONS:
        return _NO_HEAD
    housed = _patterns["housed"].search(entry.plain)
    if housed and (found := _patterns["house"].match(entry.plain)):
        return _Head(Span(entry.start, entry.start + found.end()), found[0])
    return house if house.text and _patterns["division"].match(entry.plain) else _NO_HEAD


_ENDS_OF_DIVISIONS: Final = frozenset("处科室股司局心")


def _shared_house(entry: _Entry, house: _Head) -> _Head | None:
    """The organ before a bare division, of which only a 厅 has 局 and 中心; not before the first one, which has it."""
    if not house.text or entry.start == house.span.start:
        return None
    return house if house.text[-1] == "厅" or entry.plain[-1] in "处科室股司" else None


def _heads(entry: _Entry, found: re.Match[str], party: _Head) -> tuple[_Head, _Head]:
    """The level that an entry begins with, and the level of the party where one has been named."""
    end = found.end("level") if found["level"] else found.end()
    level = _Head(Span(entry.start, entry.start + end), entry.plain[:end])
    if found["party"]:
        party = _Head(Span(entry.start, entry.start + found.end("party")), found[0])
    return level, party


def _shared_level(entry: _Entry, level: _Head, party: _Head, last: _Entry | None) -> _Head:
    """The level that an organ shares with those before it: 市发改委、商务局; 市委组织部、宣传部; 厅法规处、财务处."""
    if _patterns["firm"].match(entry.plain):
        return level if last and last.plain.startswith(level.text) and len(level.text) == 1 else _NO_HEAD
    if _patterns["every"].match(entry.plain):
        return _NO_HEAD
    if last and entry.plain[0] in "管政" and _patterns["of_party"].match(f"{last.plain}、{entry.plain}"):
        return level if last.plain.startswith(level.text) and not last.head.end else _NO_HEAD
    if level.text == "厅":
        return level if entry.plain[-1] in "处室科" else _NO_HEAD
    if level.text[:1] == "全" and _patterns["crowd"].match(entry.plain):  # 全市供水、燃气企业
        return level
    if not _patterns["headless"].match(entry.plain) or not is_organ(entry.plain):
        return _NO_HEAD
    if entry.plain[0] == level.text and _patterns["short"].match(entry.plain):  # 市监局 of a city is whole
        return _NO_HEAD
    return party if party.text and _patterns["party"].match(entry.plain) else level


def _shared_every(last: _Entry | None, entry: _Entry) -> _Head:
    """各, where it holds for this entry too: 各开发区管委会、区县政府; 各审批部门、服务单位."""
    every = _patterns["shared_every"].match(last.plain) if last else None
    if last is None or every is None or _patterns["every"].match(entry.plain) or not _alike(last, entry):
        return _NO_HEAD
    start = last.head.start if last.head.end else last.start
    return _Head(Span(start, start + every.end()), every[0])


def _alike(last: _Entry, entry: _Entry) -> bool:
    """Whether two entries are of one kind: both governments of several areas, or both kinds of organs.

    One zone may be the only one: 各旗县市区、开发区 are read as printed, 各县区政府、开发(度假)区管委会 share 各.
    """
    if _patterns["kind"].search(last.plain) and _patterns["kind_only"].match(entry.plain):
        return True
    if not _patterns["areas"].search(last.plain) or _patterns["one_zone"].match(entry.plain):
        return False
    both = f"{last.plain}、{entry.plain}"
    return bool(_patterns["several_areas"].match(entry.plain) or _patterns["peers"].match(both))


def _is_collective(entry: _Entry) -> bool:
    return _patterns["collective"].match(entry.plain) is not None
