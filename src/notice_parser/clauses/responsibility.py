"""Reads responsibility clauses (责任分工): which units answer for a text, in which role, by when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple, final

from notice_parser.clauses.units import (
    Name,
    house_of,
    is_anybody,
    is_bare_division,
    is_mere,
    is_named_organ,
    is_organ,
    is_plain_unit,
    is_prose,
    is_unit,
    lacks_level,
    level_of,
    read_names,
    says_whose,
)
from notice_parser.grammar import Patterns, beginning, begins, entrance, spelt, terminals, tree_of
from notice_parser.model import Role, RuleKind
from notice_parser.pushdown import Token
from notice_parser.source import Passage, Span, Spans, span_of


class Unit:
    """Responsible unit (责任单位) at `[start, end)` of the passage; `role_text` is the word that gives the role.

    `group` counts the commas before it in its list.
    """

    __slots__ = ("collective", "end", "group", "name", "raw", "role", "role_text", "start")

    def __init__(
        self, name: str, raw: str, role: Role, role_text: str, collective: bool, start: int, end: int, group: int
    ) -> None:
        self.name, self.raw, self.role, self.role_text = name, raw, role, role_text
        self.collective, self.start, self.end, self.group = collective, start, end, group

    def called(self, name: str) -> Unit:
        """The same unit by another name."""
        return Unit(name, self.raw, self.role, self.role_text, self.collective, self.start, self.end, self.group)

    def acting(self, role: Role, word: str) -> Unit:
        """The same unit in the role that another word gives it."""
        return Unit(self.name, self.raw, role, word, self.collective, self.start, self.end, self.group)


class Limit(NamedTuple):
    """Time limit (完成时限) as printed in a clause: 6月底前, 持续推进."""

    text: str
    start: int
    end: int


class Declared(NamedTuple):
    """A rule said once for all (列第一位者为牵头单位，下同) as printed in a clause.

    `here`: its units answer in that clause, too (各区政府均为责任单位，以下不再列出).
    """

    kind: RuleKind
    text: str
    units: tuple[Unit, ...]
    start: int
    end: int
    here: bool


class Clause:
    """Responsibility clause at `[start, end)` of the passage, for the text at `[covers_start, covers_end)` before it.

    `open_list`: the list is closed by 等. `bare`: units alone, a clause only in a notice that writes so. `own_line`:
    not in brackets; with nothing before it in its paragraph it covers nothing there, and the caller knows what it is
    for. `apart`: bare, and a sentence ends before it. `in_heading`: a heading ends so.
    """

    def __init__(
        self,
        place: _Place,
        units: tuple[Unit, ...],
        open_list: bool,
        beside: _Beside,
        covered: int,
        apart: bool,
        in_heading: bool,
    ) -> None:
        self.start, self.end, self.bare, self.own_line = place.start, place.end, place.bare, place.own_line
        self.units, self.open_list = units, open_list
        self.limit, self.remark, self.rule = beside.limit, beside.remark, beside.rule
        self.covers_start, self.covers_end = covered, place.start
        self.apart, self.in_heading = apart, in_heading
        self._place, self._beside = place, beside

    def answered_by(self, units: tuple[Unit, ...]) -> Clause:
        """The same clause with other units."""
        return Clause(self._place, units, self.open_list, self._beside, self.covers_start, self.apart, self.in_heading)

    def first_group(self) -> int:
        """How many units stand before the first comma of its first list; 0 where it has no comma."""
        first = next((token.text for part in self._place.content.parts for token in part.texts), "")
        names = read_names(first).names
        return sum(name.group == 0 for name in names) if names and names[-1].group else 0


def read_clauses(passage: Passage) -> tuple[Clause, ...]:
    """Every clause of one paragraph, in order, each with the text it covers.

    >>> from notice_parser.source import fold
    >>> text = "修建道路。（市交通局牵头，市财政局配合）"
    >>> [(unit.role, unit.name) for unit in read_clauses(Passage(text, fold(text), Span(0, len(text))))[0].units]
    [('lead', '市交通局'), ('support', '市财政局')]
    """
    clauses = []
    covered = 0
    for place in _places(passage.folded) or _unmarked(passage):
        clause = _clause(passage, place, covered)
        clauses.append(clause)
        covered = clause.end
    return tuple(clauses)


def read_listed(passage: Passage) -> tuple[Clause, ...]:
    """The list of organs that closes a heading, which is a clause only in a notice that writes so: 行动（市科委）."""
    folded = passage.folded
    if folded[-1:] not in (")", "]"):
        return ()
    brackets = _brackets(folded, _first_of(folded, "(", "[", 0))
    start, end = brackets[-1] if brackets else (0, 0)
    place = _in_brackets(folded, start, end) if start and end == len(folded) else None
    return (_clause(passage, place, 0, in_heading=True),) if place and place.bare else ()


def clause_spans(folded: str, *, lists: bool = False) -> tuple[Span, ...]:
    """Where clauses stand in a paragraph, brackets included; the lists that only may be clauses if `lists` asks."""
    return tuple([span_of(place.start, place.end) for place in _places(folded) if lists or not place.bare])


def is_own_line(folded_line: str) -> bool:
    """Whether a line begins as a clause does that has no brackets: 牵头单位: 责任单位: 完成时限: …"""
    line = folded_line.replace(" ", "") if " " in folded_line else folded_line
    colon = line.find(":")
    if colon < 0 or (colon >= LONGEST_LABEL and "为" not in line[:LONGEST_LABEL]):  # no label: 责任部门为市科技局
        return False
    return _looks["own_line"].match(line) is not None


LONGEST_LABEL: Final = 25  # of a clause that has no brackets, with what may stand before it


def tells_lead(folded_lines: str) -> bool:
    """Whether lines begin with who leads: 牵头单位：…, 主办：… with 协办：… below it."""
    return _looks["leading_line"].match(folded_lines.replace(" ", "")) is not None


def tells_help(folded_line: str) -> bool:
    """Whether a line begins with who helps: 配合单位：…, 协办：…"""
    return _looks["helping_line"].match(folded_line.replace(" ", "")) is not None


def tells_host(folded_line: str, folded_below: str) -> bool:
    """Whether the line below tells that one is of a clause: 主办：市教育局 above 协办：…"""
    return folded_line.startswith(spelt("responsibility", "HOST")) and is_own_line(folded_line + folded_below)


def are_cells(folded_line: str, folded_below: str) -> bool:
    """Whether two lines are the units and the time limit of a flattened table: 市税务局、各区政府 above 2020年12月."""
    if len(folded_below) > LONGEST_LIMIT or "日" in folded_below or "、" not in folded_line:
        return False  # a day stands below the organs that sign
    return _looks["time"].fullmatch(folded_below) is not None and _is_list_of_organs(folded_line)


LONGEST_LIMIT: Final = 12  # 2023年第四季度前


def settle(clauses: Sequence[Clause]) -> tuple[Clause | None, ...]:
    """The clauses of a whole document, in its order, as the document means them; None for a list that is no clause.

    A rule such as 列第一位者为牵头单位 makes the first unit lead in that clause and in all later ones without another
    lead.
    """
    bare = sum(clause.bare for clause in clauses)
    answering = sum(1 for clause in clauses if clause.units and not clause.in_heading)
    settled: list[Clause | None] = []
    leading: Declared | None = None
    heads = _printed_heads(clauses)
    for clause in (_completed(clause, heads) for clause in clauses):
        if clause.rule and clause.rule.kind == "first_listed_leads":
            leading = clause.rule
        meant = not clause.bare or _is_meant(clause, bare, answering)
        settled.append(None if not meant else _led(clause, leading) if leading else clause)
    return tuple(settled)


def _is_meant(clause: Clause, bare: int, answering: int) -> bool:
    """Whether a bare list is a clause: there are several, or it is no word of a sentence and others are clauses."""
    listed = bare > 1 or len(clause.units) > 1 or (clause.apart and all(says_whose(unit.name) for unit in clause.units))
    return bare >= _ENOUGH or (listed and answering >= _ENOUGH and not clause.in_heading)


_ENOUGH: Final = 3


# ---- where clauses stand


class _Part:
    """One part of a clause, by the grammar's name for it (labelled, said, dated …), and its tokens."""

    __slots__ = ("kind", "texts", "tokens")

    def __init__(self, kind: str, tokens: list[Token]) -> None:
        self.kind, self.tokens = kind, tokens
        self.texts = [token for token in tokens if token.type == "TEXT"]


class _Content:
    """What a clause says, wherever it stands: its parts, the lists that they give a role to, and the other parts."""

    __slots__ = ("asides", "grants", "labelled", "parts")

    def __init__(self, parts: list[_Part]) -> None:
        self.parts = parts
        self.labelled = any(part.kind in _LABELLED for part in parts)
        self.grants: list[_Grant] = []
        self.asides: list[_Part] = []
        label: Token | None = None
        for part in parts:
            label = part.tokens[0] if part.tokens[0].type in _LABELS and part.kind != "joint" else label
            given = _grants(part, label)
            self.grants += given
            self.asides += [] if given else [part]


class _Place:
    """A clause found at `[start, end)`; what it says counts from `inner`."""

    __slots__ = ("bare", "content", "end", "inner", "own_line", "start")

    def __init__(
        self, start: int, end: int, inner: int, content: _Content, bare: bool = False, own_line: bool = False
    ) -> None:
        self.start, self.end, self.inner, self.content = start, end, inner, content
        self.bare, self.own_line = bare, own_line


def _places(folded: str) -> list[_Place]:
    """The clauses of a paragraph in order: its brackets, then what stands without brackets at its end."""
    first = _first_of(folded, "(", "[", 0)
    if first < 0 and ":" not in folded:  # the cheapest look: most paragraphs have none
        return _cells(folded) if folded[-1:] in _ENDS_LIMIT else _closing(folded)
    if "位]" in folded or "门]" in folded:
        folded = _looks["boxed"].sub(r" \1:", folded)
    brackets = _brackets(folded, first)
    runs = _unbracketed(folded, brackets)
    taken = Spans(Span(run.start, run.end) for run in runs) if runs else None
    free = [(start, end) for start, end in brackets if not (taken and taken.hold(start))]
    closed = [place for start, end in free if (place := _in_brackets(folded, start, end))]
    if runs:
        return sorted(closed + runs, key=_start_of)
    unclosed = _unclosed(folded, first, len(brackets)) if first >= 0 else None
    return _apart(closed, unclosed) if unclosed else closed


def _first_of(folded: str, round_one: str, square_one: str, start: int) -> int:
    """Where the first bracket of either kind stands from `start` on; -1 where none does."""
    one, other = folded.find(round_one, start), folded.find(square_one, start)
    return max(one, other) if one < 0 or other < 0 else min(one, other)


def _brackets(folded: str, first: int) -> list[tuple[int, int]]:
    """Where brackets stand that are closed; none opens before `first`, and in most paragraphs none behind it."""
    if first < 0:
        return []
    if _first_of(folded, "(", "[", first + 1) >= 0:
        return [found.span() for found in _looks["bracketed"].finditer(folded, first)]
    end = _first_of(folded, ")", "]", first)
    return [(first, end + 1)] if end >= 0 else []


def _start_of(place: _Place) -> int:
    return place.start


def _unbracketed(folded: str, brackets: list[tuple[int, int]]) -> list[_Place]:
    """What stands without brackets beside them: labelled lines and sentences, and the last sentences behind those."""
    labelled = folded.count(":") > sum([folded.count(":", start, end) for start, end in brackets])
    if not (labelled or _ends_sentence(folded)) or not _looks["hint"].search(folded):
        return []
    runs = _runs(folded) if labelled else []
    end = runs[-1].end if runs else 0
    return runs + [place for place in _closing(folded) if place.start >= end]


def _apart(closed: list[_Place], unclosed: _Place) -> list[_Place]:
    """Those with an end, and the one without; but one with an end inside it is what is meant: [(责任单位:甲局)."""
    if any(not place.bare and place.end > unclosed.start for place in closed):
        return closed
    return [*(place for place in closed if place.end <= unclosed.start), unclosed]


_ANSWERS: Final = ("牵头", "主办", "负责", "承办", "指导", "落实", "实施", "完成", "列出", "下同")
_HELPS: Final = ("配合", "协办", "协助", "参与", "参加", "支持")
_ENDS_SENTENCE: Final = frozenset((*_ANSWERS, *_HELPS))


def _ends_sentence(folded: str) -> bool:
    """Whether a paragraph ends as its last sentence does where that is a clause."""
    return folded[-3:].removesuffix("。")[-2:] in _ENDS_SENTENCE


def _in_brackets(folded: str, start: int, end: int) -> _Place | None:
    """The clause in the brackets at `[start, end)`."""
    if _looks["hint"].search(folded, start + 1, end - 1):
        by = folded[start + 1] == "由"  # (由市财政局牵头,市审计局配合)
        inner = start + 2 if by else _after_rule(folded, start + 1)
        content = _content(folded[inner : end - 1])
        if content and inner > start + 1 and not _says_no_more(content.parts):
            return None
        if content and (content.labelled or _stands_apart(folded, start, end, content.parts)):
            return _Place(start, end, inner, content)
    if folded[end : end + 2] in ("", "。") and _is_list_of_organs(folded[start + 1 : end - 1]):
        return _Place(start, end, start + 1, _Content([_whole(folded[start + 1 : end - 1])]), bare=True)
    return None


def _after_rule(folded: str, start: int) -> int:
    """Where a clause begins behind what it is done by: (按照规划要求,市住建局负责)."""
    found = _looks["as_ruled"].match(folded, start) if folded[start] in _BEGINS_RULE else None
    return found.end() if found else start


_BEGINS_RULE: Final = "按依根"


def _unclosed(folded: str, first: int, closed: int) -> _Place | None:
    """The clause that ends a paragraph without the end of its bracket: …。(市财政局牵头,2023年6月底前完成."""
    opened = folded.count("(", first) + folded.count("[", first)
    if opened == closed or opened <= folded.count(")") + folded.count("]") or not _looks["hint"].search(folded):
        return None  # as many as are closed, as in most, or none that is not
    outside = _looks["bracketed"].sub(_hidden, folded)
    start = max(outside.rfind("("), outside.rfind("["))
    if start <= max(outside.rfind(")"), outside.rfind("]")) or folded[start - 1 : start] not in _BEFORE_CLAUSE:
        return None
    content = _content(folded[start + 1 :])
    return _Place(start, len(folded), start + 1, content) if content else None


def _runs(folded: str) -> list[_Place]:
    """The labelled lines or sentences without brackets: 牵头单位：…。责任单位：…。, 造林1000亩，责任单位：…。"""
    outside = _looks["aside"].sub(_hidden, folded)
    runs: list[_Place] = []
    at = 0
    while ":" in outside and (found := _looks["run"].search(outside, at)):
        start, end = found.span()
        content = _content(folded[start:end].replace("(", " ", int(found[0][0] in "([")))
        meant = content and (not found["joined"] or _joins(outside[:start], content.parts))
        if content and meant:
            runs.append(_Place(start, end, start, content, own_line=True))
        at = found.end("sentence") if found["joined"] and not meant else end  # labels behind it may be meant
    return runs


def _joins(before: str, parts: Sequence[_Part]) -> bool:
    """Whether the labels behind a comma name organs and nothing else: 造林1000亩,责任单位:县林业局."""
    lists = [token.text for part in parts if part.kind in _GIVING for token in part.texts]
    opened = max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))
    return not opened and all(part.kind in _JOINING for part in parts) and all(map(_is_list_of_organs, lists))


_JOINING: Final = ("labelled", "joint", "led", "dated", "noted")


def _closing(folded: str) -> list[_Place]:
    """The last sentences of a paragraph as far as they are clauses: …。市财政局牵头,市审计局配合。

    An appeal to all is none (各部门密切配合。); 各地落实。 is one only in a notice that has others.
    """
    found = _last_sentences(folded) if _ends_sentence(folded) else []
    parts = [part for _, _, _, content in found for part in content.parts]
    if all(part.tokens[-1].type in _BESIDE for part in parts):
        return []
    lists = [token.text for part in parts for token in part.texts]
    vague = bool(lists) and all(map(is_anybody, lists))
    return [_Place(start, end, inner, content, vague, True) for start, end, inner, content in reversed(found)]


def _last_sentences(folded: str) -> list[tuple[int, int, int, _Content]]:
    """Those that say no more than clauses do, from the last one on: where each stands, and what it says from where."""
    sentences: list[tuple[int, int, int, _Content]] = []
    end = len(folded)
    while len(sentences) < _MOST_SENTENCES and (found := _looks["sentence"].search(folded, 0, end)):
        start = found.start()
        by = _looks["by"].match(folded, start)
        inner = by.end() if by else start
        content = _content(folded[inner:end].rstrip("。"))
        if content is None or not _says_no_more(content.parts):
            break
        sentences.append((start, end, inner, content))
        end = start
    return sentences


def _cells(folded: str) -> list[_Place]:
    """The units and the time limit of a flattened table, one below the other."""
    found = _looks["cells"].fullmatch(folded)
    if found is None or not are_cells(found["units"], found["limit"]):
        return []
    limit = Token("TEXT", found["limit"], found.start("limit"), found.end("limit"))
    content = _Content([_whole(found["units"]), _Part("dated", [limit])])
    return [_Place(0, len(folded), 0, content, own_line=True)]


_ENDS_LIMIT: Final = frozenset("年月底末前旬度")
_ENDS_LAST: Final = _ENDS_LIMIT | frozenset("日成结实")  # 6月底前完成, 办结, 落实


def _says_no_more(parts: Sequence[_Part]) -> bool:
    """Whether a sentence names organs, their roles and a time limit, or a rule, and nothing besides: no object."""
    limit = _looks["only_time"]
    said = [part for part in parts if not (part.kind == "remark" and limit.fullmatch(part.tokens[0].text))]
    if not all(part.kind in _SAYING for part in said):
        return False
    names = [name.whole for part in said for token in part.texts for name in read_names(token.text).names]
    return all(map(is_plain_unit, names)) and not all(_looks["appeal"].match(part.tokens[-1].text) for part in said)


_MOST_SENTENCES: Final = 4  # 甲局牵头。乙局、丙局配合。各区负责落实。以下均需各区落实,不再列出。
_SAYING: Final = ("said", "joint", "led", "rule")
_BESIDE: Final = ("SUPPORT_VERB", "TEXT")  # helping, a time limit


def _stands_apart(folded: str, start: int, end: int, parts: Sequence[_Part]) -> bool:
    """Whether a sentence ends before or after a bracket, or it says no more: （…局负责） but not （…局负责）的项目."""
    apart, ended = folded[start - 1 : start] in _BEFORE_CLAUSE or start == 0, folded[end : end + 1] in _AFTER_CLAUSE
    if apart and ended:
        return True
    if "charged" in [part.kind for part in parts]:  # one alone may be a remark: 依法处理（公安局负责查处）。
        return len(parts) > 1 and folded[end:] in ("", "。")
    if apart or ended:
        return True
    return folded[end] != "的" and _says_no_more(parts)


_AFTER_CLAUSE: Final = ("", *"。;([")
_BEFORE_CLAUSE: Final = tuple("。;!?:)]")


def _is_clause(parts: Sequence[_Part]) -> bool:
    """Whether roles are given, and to units rather than to words of a sentence."""
    lists = [token.text for part in parts if part.kind in _GIVING for token in part.texts]
    names = [name for listed in lists for name in read_names(listed).names]
    if not names and all(part.kind == "rule" for part in parts):  # (以下均需各区政府落实,不再列出)
        return True
    if any(part.kind == "charged" for part in parts):
        named = [name for name in names if not name.broken] if parts[0].tokens[0].type in _LABELS else names
        return 2 * len(named) > len(names) and all(is_plain_unit(name.whole) for name in named)
    labels = [part.tokens[0].text for part in parts if part.kind in _LABELLED]
    whole = [name.whole for name in names if not name.broken]
    if labels:
        weak = all(map(_looks["weak"].fullmatch, labels))
        return bool(whole) and not (weak and _are_words(whole))
    return len(whole) == len(names) and any(not is_mere(name) and is_unit(name) for name in whole)


def _are_words(names: list[str]) -> bool:
    """Whether names behind 配合: or 责任分工: are words of a sentence, or nobody's."""
    return not any(map(is_unit, names)) or any(map(is_prose, names))


_LABELLED: Final = ("labelled", "mixed")


def _unmarked(passage: Passage) -> list[_Place]:
    """The line whose label has a blank for its colon, and nothing but organs behind it: 责任单位 市住建局."""
    folded = passage.folded
    label = folded[:_LABEL]
    if label[2:] not in spelt("responsibility", "OFFICE"):  # nearly always
        return []
    kinds = [mark.kind for mark in _marks(f"{label}:") if mark.end - mark.start > _LABEL]
    blank = passage.at(_LABEL) - passage.at(_LABEL - 1) > 1
    if not kinds or not blank or not _is_list_of_organs(folded[_LABEL:].removesuffix("。")):
        return []
    tokens = [Token(kinds[0], label, 0, _LABEL), Token("TEXT", folded[_LABEL:], _LABEL, len(folded))]
    return [_Place(0, len(folded), 0, _Content([_Part("labelled", tokens)]), own_line=True)]


_LABEL: Final = 4  # 责任单位, 牵头部门


def _is_list_of_organs(content: str) -> bool:
    """Whether the names of a list without any role are names of organs: 上海海关、市商务委."""
    if len(content) < _SHORTEST or _looks["no_list"].search(content):
        return False
    listed = read_names(content)
    rest = content.rpartition("等")[2] if listed.open_list else ""
    if rest and not is_organ(rest):  # (企业技术中心、重点实验室等证明材料)
        return False
    names = [name.whole for name in listed.names if not name.broken]
    return len(names) == len(listed.names) > 0 and 2 * sum(map(is_named_organ, names)) >= len(names)


_SHORTEST: Final = 3  # 财政处; shorter ones are words such as 试行


# ---- the parts of a clause

_LABELS: Final[dict[str, Role]] = {
    "ASSESS_LABEL": "assess",
    "LEAD_LABEL": "lead",
    "SUPPORT_LABEL": "support",
    "RESPONSIBLE_LABEL": "responsible",
    "GUIDE_LABEL": "guide",
    "IMPLEMENT_LABEL": "implement",
}
_VERBS: Final[dict[str, Role]] = {
    "LEAD_VERB": "lead",
    "SUPPORT_VERB": "support",
    "RESPONSIBLE_VERB": "responsible",
    "GUIDE_VERB": "guide",
    "IMPLEMENT_VERB": "implement",
    "CHARGE": "responsible",
}
ROLES: Final = _LABELS | _VERBS
_LINE_LABELS: Final = (*_LABELS, "TIME_LABEL", "PERSON_LABEL")
_MARKS: Final = ("PERSON_LABEL", *ROLES, "_WITH", "TIME_LABEL")
_RULES: Final[dict[str, RuleKind]] = {
    "FIRST_LEADS": "first_listed_leads",
    "COMMA_LEADS": "first_listed_leads",
    "IMPLIED": "implicit_unit",
    "SCOPE": "default_scope",
}
_GIVING: Final = ("labelled", "mixed", "said", "joint", "led", "charged", "bare")
_NESTED: Final = re.compile(r"[(\[][^()\[\]]*[)\]](?!:)")  # 责任部门(单位): is a label


def _looked(grammar: str, name: str) -> re.Pattern[str]:
    """The terminals of a grammar as the patterns that finding and cutting need."""
    words = terminals(grammar)
    label = "|".join(words[name] for name in _LINE_LABELS)
    roles = "|".join(words[name] for name in _LABELS)
    marks = "|".join(f"(?P<{name}>{words[name]})" for name in _MARKS)
    sentence = f"(?:(?:{words['TIME_LABEL']})[^,;。:]+,)?(?:{roles})(?<=:)[^。;]*[。;]?"
    joined = f"(?P<joined>(?<=,)(?P<sentence>{sentence})(?:(?<=[。;])(?={label})[^。;]*[。;]?)*)"
    lead = f"(?:^|(?<=[。;!?”)]))[(\\[ ]?(?:{words['BULLET']})?"
    begun = f"{lead}(?:{label})(?:[^。]*。(?={label}|{words['IMPLIED']}))*[^。]*。?"
    patterns = {
        "hint": words["HINT"],
        "no_list": words["NO_LIST"],
        "time": words["TIME"],
        "only_time": words["ONLY_TIME"],
        "first_limit": f"(?P<limit>{words['ONLY_TIME']})[,;]",
        "last_limit": f"[,;](?P<limit>{words['ONLY_TIME']})$",
        "rule_hint": words["RULE_HINT"],
        "leads": words["LEADS"],
        "weak": words["WEAK"],
        "implied_units": words["IMPLIED_UNITS"],
        "implied_word": words["IMPLIED_WORD"],
        "bracketed": words["BRACKETED"],
        "boxed": words["BOXED"],
        "given": words["GIVEN"],
        "as_ruled": words["AS_RULED"],
        "aside": f"{words['BRACKETED']}(?!:)",
        "sentence": words["SENTENCE"],
        "cells": f"(?P<units>[^0-9]*[^0-9年第上下])(?P<limit>{words['TIME']})",
        "by": words["BY"],
        "appeal": words["APPEAL"],
        "own_line": f"(?:{words['BULLET']})?(?={entrance(grammar, *_LINE_LABELS)})(?:{label})",
        "leading_line": f"(?:{words['BULLET']})?(?:{words['LEAD_LABEL']})",
        "helping_line": f"(?:{words['BULLET']})?(?:{words['SUPPORT_LABEL']})",
        "run": f"{joined}|{begun}",
        "rule": "|".join(f"(?P<{name}>{words[name]})" for name in _RULES),
        "mark": beginning(entrance(grammar, *_MARKS), marks),
        "other": f"(?P<NOTE_LABEL>{words['NOTE_LABEL']})",
    }
    return re.compile(patterns[name])


_looks: Final = Patterns(_looked, "responsibility")


@lru_cache(maxsize=512)
def _content(words: str) -> _Content | None:
    """What the words of a clause say, or None where they are no clause."""
    tokens = _tokens(words)
    shape = _shape(tuple([token.type for token in tokens]))
    if shape is None:
        return None
    parts = [_Part(kind, [tokens[number] for number in numbers]) for kind, numbers in shape]
    if "分工:" in words[:_LONGEST_DIVIDED]:
        parts = _understood(parts)
    if _only_rules_lead(parts):
        parts = [_Part("bare", part.tokens) if part.kind == "remark" else part for part in parts]
    return _Content(parts) if _is_clause(parts) else None


_LONGEST_DIVIDED: Final = 5  # 责任分工:


def _understood(parts: list[_Part]) -> list[_Part]:
    """The parts of a sentence behind 责任分工: without those whose names are none, if these are the fewer."""
    lost = [part for part in parts if part.kind in _GIVING and not _names_units(part)]
    return [part for part in parts if part not in lost] if 2 * len(lost) < len(parts) else parts


def _names_units(part: _Part) -> bool:
    """Whether the lists of a part name units, and hold no word of a sentence."""
    names = [name.whole for token in part.texts for name in read_names(token.text).names]
    return any(map(is_unit, names)) and not any(map(is_prose, names))


@lru_cache(maxsize=256)
def _shape(types: tuple[str, ...]) -> list[tuple[str, list[int]]] | None:
    """What the grammar makes of tokens, of which it asks no more than these: parts, each with the numbers of its own.

    Clauses are of a few shapes, whatever they say.
    """
    tree = tree_of("responsibility", [Token(type, "", number, number) for number, type in enumerate(types)])
    if tree is None:
        return None
    return [(part.data, [token.start for token in part.leaves()]) for part in tree.children]


def _only_rules_lead(parts: Sequence[_Part]) -> bool:
    """Whether a rule is all that gives roles: （市发改委，市财政局。逗号前为牵头部门，下同）。"""
    leads = any(part.tokens[0].type in ("FIRST_LEADS", "COMMA_LEADS") for part in parts)
    return leads and not any(part.kind in _GIVING for part in parts)


def _tokens(content: str) -> list[Token]:
    """The marks of a clause and the texts between them; a label always has a text, if an empty one."""
    tokens: list[Token] = []
    end, wanted, labelled = 0, False, False
    masked = _NESTED.sub(_masked, content)
    for mark in _marks(masked):
        tokens += _text(content, end, mark.start, wanted, labelled)
        tokens.append(Token(mark.kind, masked[mark.start : mark.end], mark.start, mark.words_end))
        end, wanted = mark.end, mark.kind.endswith("_LABEL")
        labelled = labelled or wanted
    return tokens + _text(content, end, len(content), wanted, labelled)


def _text(content: str, start: int, end: int, wanted: bool, labelled: bool) -> list[Token]:
    """The text between two marks without the stops around it; `wanted` directly behind a label, `labelled` later."""
    text = content[start:end].lstrip(_around_text())
    text = text[_given(text) :] if labelled else text
    start = end - len(text)
    text = text.rstrip(_around_text())
    tokens: list[Token] = []
    limit = _looks["first_limit"].match(text) if text[:1].isdigit() and not wanted else None
    if limit:  # 2023年6月底前完成,市财政局牵头
        tokens.append(Token("TEXT", limit["limit"], start, start + limit.end("limit")))
        start, text = start + limit.end(), text[limit.end() :]
    last = _looks["last_limit"].search(text) if wanted and text[-1:] in _ENDS_LAST else None
    units = text[: last.start()] if last else text
    if text or wanted:
        tokens.append(Token("TEXT", units, start, start + len(units)))
    if last:  # 责任单位:市财政局,2023年6月底前完成
        tokens.append(Token("TEXT", last["limit"], start + last.start("limit"), start + last.end()))
    return tokens


@cache
def _around_text() -> str:
    """The stops around a text between two marks, and the signs before the labels of lines."""
    return ",;。、: " + "".join(sorted(begins("responsibility", "BULLET")))


def _given(text: str) -> int:
    """Where the units begin behind a label, which may be told what they are for first: 供水项目由市水务局负责."""
    found = _looks["given"].match(text) if "由" in text or text[:1] in _BEGINS_RULE else None
    return found.end() if found else 0


def _masked(nested: re.Match[str]) -> str:
    """A bracket inside a clause belongs to a name (市交通委（市道运局）) unless a rule stands in it."""
    return nested[0] if _looks["rule"].search(nested[0]) else _hidden(nested)


def _hidden(found: re.Match[str]) -> str:
    return "□" * len(found[0])


@final
class _Mark:
    """A label, a verb or a rule at `[start, end)`; its own words end at `words_end`: 负责|防汛工作."""

    def __init__(self, found: re.Match[str]) -> None:
        self.kind = found.lastgroup or ""
        self.start, self.end = found.start(), found.end(self.kind)
        self.words_end = found.end("word") if self.kind == "CHARGE" else self.end


def _marks(masked: str) -> list[_Mark]:
    """Rules first, since they are sentences with marks of their own; then labels and verbs outside them."""
    marks: list[_Mark] = []
    start = 0
    for rule in _looks["rule"].finditer(masked) if _looks["rule_hint"].search(masked) else ():
        marks += [*_marks_between(masked, start, rule.start()), _Mark(rule)]
        start = rule.end()
    return marks + _marks_between(masked, start, len(masked))


def _marks_between(masked: str, start: int, end: int) -> list[_Mark]:
    """The labels and verbs of a stretch, and at its stops the labels of what is no unit: 联系电话:."""
    marks: list[_Mark] = []
    found = _looks["mark"].search(masked, start, end)
    while mark := _other_label(masked, start, found.start() if found else end, end) or (found and _Mark(found)):
        marks.append(mark)
        start = mark.end
        if found and found.start() < start:
            found = _looks["mark"].search(masked, start, end)
    return marks


def _other_label(masked: str, start: int, before: int, end: int) -> _Mark | None:
    """The first label of another kind at a stop from `start` on and `before` a place."""
    place = start if start == 0 or masked[start - 1] in _STOPS else _behind_stop(masked, start)
    while place < before and (masked.find(":", place) >= 0 or masked.find("为", place) >= 0):
        if found := _looks["other"].match(masked, place, end):
            return _Mark(found)
        place = _behind_stop(masked, place)
    return None


_STOPS: Final = ",;。"
_STOP: Final = re.compile(f"[{_STOPS}]")


def _behind_stop(masked: str, start: int) -> int:
    stop = _STOP.search(masked, start)
    return stop.end() if stop else len(masked)


def _whole(content: str) -> _Part:
    return _Part("bare", [Token("TEXT", content, 0, len(content))])


# ---- what a clause says


def _clause(passage: Passage, place: _Place, covered: int, *, in_heading: bool = False) -> Clause:
    lists = [_units(passage, place.inner, grant) for grant in place.content.grants]
    is_open = any(is_open for _, is_open in lists)
    beside = _beside(passage, place.inner, place.content.asides) if place.content.asides else _NOTHING
    if beside.rule and beside.rule.here:
        lists.append((list(beside.rule.units), False))
    apart = place.bare and passage.folded[place.start - 1 : place.start] in _BEFORE_CLAUSE
    return Clause(place, tuple(_across([units for units, _ in lists])), is_open, beside, covered, apart, in_heading)


class _Beside:
    """What a clause says beside its units."""

    __slots__ = ("limit", "remark", "rule")

    def __init__(self, limit: Limit | None, remark: str | None, rule: Declared | None) -> None:
        self.limit, self.remark, self.rule = limit, remark, rule


_NOTHING: Final = _Beside(None, None, None)


def _beside(passage: Passage, inner: int, asides: list[_Part]) -> _Beside:
    limit = next((limit for part in asides if (limit := _limit(passage, inner, part))), None)
    remark = "；".join([said for part in asides if (said := _remark(passage, inner, part))])
    rule = next((_declared(passage, inner, part) for part in asides if part.kind == "rule"), None)
    return _Beside(limit, remark or None, rule)


class _Grant:
    """A list of units and the word that gives them their role; `rest` has the role of all groups but the last."""

    __slots__ = ("rest", "role", "units", "word")

    def __init__(self, units: Token, word: Token | None, role: Role, rest: Token | None = None) -> None:
        self.units, self.word, self.role, self.rest = units, word, role, rest


def _grants(part: _Part, label: Token | None) -> list[_Grant]:
    """Which lists of a part have which role."""
    texts, last = part.texts, part.tokens[-1]
    word = last if last.type in _VERBS else label
    match part.kind:
        case "labelled":
            return [_granted(texts[0], label)]
        case "mixed":
            return [_mixed(texts[0], label, last)]
        case "said":
            return [_granted(texts[0], word)]
        case "charged":
            return [_granted(texts[0], label or word)]
        case "joint":
            return [_Grant(texts[0], None, "lead"), _granted(texts[1], word if word is not label else None)]
        case "led":
            lead = part.tokens[1]
            helped = None if word is lead or word is label else word
            return [_granted(texts[0], lead), _granted(texts[1], helped)]
        case "remark" if label and not _looks["only_time"].fullmatch(texts[0].text):
            return [_granted(texts[0], label)]
        case "bare":
            return [_granted(texts[0], None)]
    return []


def _granted(units: Token, word: Token | None) -> _Grant:
    return _Grant(units, word, ROLES[word.type] if word else "responsible")


def _mixed(units: Token, label: Token | None, verb: Token) -> _Grant:
    """Label and verb in one: the verb decides (责任单位:A牵头), but 负责 says no more than its label does.

    责任单位:市直单位,各县区落实: after a label, 落实 and 配合 are said of what follows the last comma.
    """
    role = ROLES[verb.type]
    if role == "responsible":
        return _granted(units, label)
    return _Grant(units, verb, role, label if role in ("implement", "support") else None)


def _units(passage: Passage, inner: int, grant: _Grant) -> tuple[list[Unit], bool]:
    """The units of a list with their roles, and whether the list is open."""
    start, end = inner + grant.units.start, inner + grant.units.end
    text, folded = passage.text[start:end], passage.folded[start:end]
    listed = read_names(folded)
    word, is_folded = _printed(passage, inner, grant.word), text == folded
    units = [_unit(name, text, is_folded, start, grant.role, word) for name in listed.names if not name.broken]
    if _first_of(folded, "(", "[", 0) >= 0 and _looks["leads"].search(folded):
        units = [_marked(unit, passage) for unit in units]
    if grant.rest and listed.names:
        last, role, word = listed.names[-1].group, ROLES[grant.rest.type], _printed(passage, inner, grant.rest)
        units = [unit if unit.group == last else unit.acting(role, word) for unit in units]
    return units, listed.open_list


def _marked(unit: Unit, passage: Passage) -> Unit:
    """The unit as the lead, where its list says so behind it: 市住建局（牵头）、市财政局."""
    found = _looks["leads"].search(passage.folded, unit.start, unit.end)
    if found is None or found.end() < unit.end or found.start() == unit.start:
        return unit
    lost = unit.raw[found.start() - unit.end :]
    name, raw, word = unit.name.replace(lost, "", 1), unit.raw.removesuffix(lost), found[0].strip("()[]")
    return Unit(name, raw, "lead", word, unit.collective, unit.start, found.start(), unit.group)


def _printed(passage: Passage, inner: int, word: Token | None) -> str:
    """The word that gives a role, without the colon of a label."""
    return passage.text[inner + word.start : inner + word.end].rstrip(":：") if word else ""


def _unit(name: Name, text: str, is_folded: bool, at: int, role: Role, word: str) -> Unit:
    """A name of the list that `text` prints at `at` of the passage."""
    start, end = name.start, name.end
    full = name.whole if is_folded else name.full(text)
    raw = full if len(full) == end - start else text[start:end]
    return Unit(full, raw, role, word, name.collective, at + start, at + end, name.group)


def _across(lists: list[list[Unit]]) -> list[Unit]:
    """The units of a clause; the level of its first one holds for a list of another role that names none.

    县教育局牵头,财政局、审计局配合.
    """
    if len(lists) == 1:
        return lists[0]
    lists = _housed(lists) if any(unit.name[-1] in _ENDS_OF_DIVISIONS for units in lists for unit in units) else lists
    first = lists[0][0] if lists and lists[0] else None
    level = level_of(first.name) if first else ""
    across: list[Unit] = []
    for units in lists:
        lacking = bool(level and units and first and units[0].role != first.role)
        across += _levelled(units, level) if lacking else units
    return across


def _levelled(units: list[Unit], level: str) -> list[Unit]:
    """The units of a list with the level that they leave out, up to one that names its own or stands for several."""
    levelled = list(units)
    for number, unit in enumerate(units):
        if lacks_level(unit.name):
            levelled[number] = unit.called(level + unit.name)
        elif unit.collective or level_of(unit.name):
            break
    return levelled


def _housed(lists: list[list[Unit]]) -> list[list[Unit]]:
    """The lists with the organ before bare divisions that an earlier one names with its division.

    交通运输部运输服务司牵头,科技司配合; no longer behind another organ.
    """
    house = ""
    housed: list[list[Unit]] = []
    for units in lists:
        housed.append([])
        for unit in units:
            named = house_of(unit.name)
            house = named or (house if is_bare_division(unit.name) else "")
            housed[-1].append(unit.called(house + unit.name) if house and not named else unit)
    return housed


_ENDS_OF_DIVISIONS: Final = frozenset("处司科室股")


def _limit(passage: Passage, inner: int, part: _Part) -> Limit | None:
    """The time limit in what a clause says beside its units; after 完成时限 whatever is printed."""
    start, end = _span(inner, next(token for token in reversed(part.tokens) if token.type not in _VERBS))
    found = _looks["time"].search(passage.folded, start, end) if part.kind in ("dated", "remark") else None
    if found:
        start, end = found.span()
    elif part.kind != "dated":
        return None
    return Limit(passage.text[start:end], start, end) if end > start else None


def _remark(passage: Passage, inner: int, part: _Part) -> str | None:
    """What a clause says beside its units, time limit and rules: 持续优化, 适用范围：浙江, 6月底前[并长期坚持]."""
    start, end = inner + part.tokens[0].start, inner + part.tokens[-1].end
    if part.kind == "dated":
        limit = _limit(passage, inner, part)
        start = limit.end if limit else end
        return None if _DONE.fullmatch(passage.folded, start, end) else passage.text[start:end].strip(_AROUND_REST)
    said = _looks["only_time"].fullmatch(passage.folded, start, end) is None
    return passage.text[start:end] if said and part.kind in ("remark", "noted") else None


# Nothing beside the limit; or the rest of it (2024年1|—6月).
_DONE: Final = re.compile(r"(?:(?:全部|基本)?(?:完成|办结|落实)|[—~-][0-9]{1,2}[年月日](?:底?前)?(?:完成)?)?")
_AROUND_REST: Final = ",;。、，；()（） "


def _declared(passage: Passage, inner: int, part: _Part) -> Declared:
    """A rule, with the units it names: 以下均需各区政府落实，不再列出."""
    rule = part.tokens[0]
    start, end = _span(inner, rule)
    found = _looks["implied_units"].search(passage.folded, start, end) if rule.type == "IMPLIED" else None
    units: list[Unit] = []
    if found:
        role: Role = "implement" if "落实" in passage.folded[found.end() : end] else "responsible"
        said = _looks["implied_word"].search(passage.folded, found.end(), end)
        units, _ = _units(passage, 0, _Grant(_token(found), said and _token(said), role))
    here = bool(units) and passage.folded[start : units[0].start].rpartition(":")[2].strip("(") == ""
    return Declared(_RULES[rule.type], passage.text[start:end].strip("()（）"), tuple(units), start, end, here)


def _token(found: re.Match[str]) -> Token:
    return Token("TEXT", found[0], found.start(), found.end())


def _span(inner: int, token: Token) -> Span:
    return span_of(inner + token.start, inner + token.end)


# ---- what holds for a whole document


def _printed_heads(clauses: Sequence[Clause]) -> dict[str, set[str]]:
    """What is printed before a name anywhere in the document: 机场集团 → 省, 银保监局 → 甲省."""
    names = {unit.name for clause in clauses for unit in clause.units}
    heads: dict[str, set[str]] = {}
    for raw in {unit.raw for clause in clauses for unit in clause.units}:
        for end in range(1, min(_LONGEST_HEAD, len(raw) - 1) + 1):
            if raw[end:] in names:
                heads.setdefault(raw[end:], set()).add(raw[:end])
    return heads


_LONGEST_HEAD: Final = 4


def _completed(clause: Clause, heads: dict[str, set[str]]) -> Clause:
    """The clause with the heads that its lists leave out and the document prints elsewhere: 省发改委、机场集团.

    The head must be that of a unit before it in its list: 甲省证监局、银保监局; of several the longest.
    """
    if not any(unit.name in heads for unit in clause.units):  # as in most
        return clause
    lengths = {len(head) for unit in clause.units for head in heads.get(unit.name, ())}
    units: list[Unit] = []
    above: dict[tuple[str, int], set[str]] = {}  # what the names of each list begin with
    for unit in clause.units:
        listed = above.setdefault((unit.role_text, unit.group), set())
        head = _left_out(unit, heads.get(unit.name), listed) if listed else ""
        name = head + unit.name
        units.append(unit.called(name) if head else unit)
        listed.update([name[:length] for length in lengths])
    return clause.answered_by(tuple(units))


def _left_out(unit: Unit, heads: set[str] | None, listed: set[str]) -> str:
    """The longest of the heads of a name that another name of its list begins with."""
    if not heads or unit.collective or not is_organ(unit.name):
        return ""
    return max(heads & listed, key=lambda head: (len(head), head), default="")


def _led(clause: Clause, rule: Declared) -> Clause:
    """The clause with the leads that the rule makes: its first unit, or all before its first comma (逗号前)."""
    if any(unit.role == "lead" for unit in clause.units):
        return clause
    leads = clause.first_group() if "逗号" in rule.text else 1
    units = (unit.acting("lead", unit.role_text) if number < leads and unit.role == "responsible" else unit
             for number, unit in enumerate(clause.units))  # fmt: skip
    return clause.answered_by(tuple(units))
