"""Reads responsibility clauses (责任分工): which units answer for a text, in which role, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from lark import Token

from notice_parser.clauses.units import (
    Name,
    is_anybody,
    is_broken,
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
from notice_parser.grammar import terminals, tree_of
from notice_parser.model import Role, RuleKind
from notice_parser.source import Passage, Span, Spans


class Unit(NamedTuple):
    """Responsible unit (责任单位) at `[start, end)` of the passage; `role_text` is the word that gives the role.

    `group` counts the commas before it in its list.
    """

    name: str
    raw: str
    role: Role
    role_text: str
    collective: bool
    start: int
    end: int
    group: int


class Limit(NamedTuple):
    """Time limit (完成时限) as printed in a clause: 6月底前, 持续推进."""

    text: str
    start: int
    end: int


class Declared(NamedTuple):
    """A rule said once for all (列第一位者为牵头单位，下同) as printed in a clause."""

    kind: RuleKind
    text: str
    units: tuple[Unit, ...]
    start: int
    end: int


class Clause(NamedTuple):
    """Responsibility clause at `[start, end)` of the passage, for the text at `[covers_start, covers_end)` before it.

    `open_list`: the list is closed by 等. `bare`: units alone, a clause only in a notice that writes so. `own_line`:
    not in brackets; with nothing before it in its paragraph it covers nothing there, and the caller knows what it is
    for. `first_group`: how many units stand before the first comma, 0 without a comma. `apart`: a sentence ends before
    it. `in_heading`: a heading ends so.
    """

    start: int
    end: int
    units: tuple[Unit, ...]
    open_list: bool
    limit: Limit | None
    remark: str | None
    rule: Declared | None
    bare: bool
    own_line: bool
    covers_start: int
    covers_end: int
    first_group: int
    apart: bool
    in_heading: bool = False


def read_clauses(passage: Passage) -> tuple[Clause, ...]:
    """Every clause of one paragraph, in order, each with the text it covers.

    >>> from notice_parser.source import fold
    >>> text = "修建道路。（市交通局牵头，市财政局配合）"
    >>> [(unit.role, unit.name) for unit in read_clauses(Passage(text, fold(text), Span(0, len(text))))[0].units]
    [('lead', '市交通局'), ('support', '市财政局')]
    """
    clauses = []
    covered = 0
    for place in _places(passage.folded):
        clause = _clause(passage, place, covered)
        clauses.append(clause)
        covered = clause.end
    return tuple(clauses)


def read_listed(passage: Passage) -> tuple[Clause, ...]:
    """The list of organs that closes a heading, which is a clause only in a notice that writes so: 行动（市科委）."""
    folded = passage.folded
    if folded[-1:] not in (")", "]"):
        return ()
    closing = (found for found in _looks("bracketed").finditer(folded) if found.start() and found.end() == len(folded))
    places = (place for found in closing if (place := _in_brackets(folded, found)) and place.bare)
    return tuple(_clause(passage, place, 0)._replace(in_heading=True) for place in places)


def clause_spans(folded: str, *, lists: bool = False) -> tuple[Span, ...]:
    """Where clauses stand in a paragraph, brackets included; the lists that only may be clauses if `lists` asks."""
    return tuple(Span(place.start, place.end) for place in _places(folded) if lists or not place.bare)


def is_own_line(folded_line: str) -> bool:
    """Whether a line begins as a clause does that has no brackets: 牵头单位: 责任单位: 完成时限: …"""
    return ":" in folded_line and _looks("own_line").match(folded_line.replace(" ", "")) is not None


def are_cells(folded_line: str, folded_below: str) -> bool:
    """Whether two lines are the units and the time limit of a flattened table: 市税务局、各区政府 above 2020年12月."""
    if len(folded_below) > LONGEST_LIMIT or "日" in folded_below or "、" not in folded_line:
        return False  # a day stands below the organs that sign
    return _looks("time").fullmatch(folded_below) is not None and _is_list_of_organs(folded_line)


LONGEST_LIMIT = 12  # 2023年第四季度前


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


_ENOUGH = 3


# ---- where clauses stand


class _Part(NamedTuple):
    """One part of a clause, by the grammar's name for it (labelled, said, dated …), and its tokens."""

    kind: str
    tokens: tuple[Token, ...]


class _Place(NamedTuple):
    """A clause found at `[start, end)`; its tokens count from `inner`."""

    start: int
    end: int
    inner: int
    parts: tuple[_Part, ...]
    bare: bool = False
    own_line: bool = False


def _places(folded: str) -> Iterator[_Place]:
    """The clauses of a paragraph in order: its brackets, then what stands without brackets at its end."""
    closing = _closing(folded) if folded[-3:].removesuffix("。")[-2:] in _ENDS_SENTENCE else ()
    if "(" not in folded and "[" not in folded and ":" not in folded:  # the cheapest look: most paragraphs have none
        yield from _cells(folded) if folded[-1:] in _ENDS_LIMIT else closing
        return
    hinted = _looks("hint").search(folded) is not None
    if not hinted and folded.rstrip("。")[-1:] not in (")", "]"):
        return
    brackets = list(_looks("bracketed").finditer(folded))
    labelled = hinted and folded.count(":") > sum(folded.count(":", *found.span()) for found in brackets)
    runs = list(_runs(folded)) if labelled else []
    runs += [place for place in closing if not runs or place.start >= runs[-1].end]
    taken = Spans(Span(run.start, run.end) for run in runs)
    free = [found for found in brackets if not taken.hold(found.start())]
    closed = [place for found in free if (place := _in_brackets(folded, found))]
    unclosed = _unclosed(folded) if hinted and not runs else None
    yield from sorted([*(_apart(closed, unclosed) if unclosed else closed), *runs])


def _apart(closed: list[_Place], unclosed: _Place) -> list[_Place]:
    """Those with an end, and the one without; but one with an end inside it is what is meant: [(责任单位:甲局)."""
    inside = [place for place in closed if place.end > unclosed.start]
    if any(not place.bare for place in inside):
        return closed
    return [*(place for place in closed if place not in inside), unclosed]


_ANSWERS = ("牵头", "主办", "负责", "承办", "指导", "落实", "实施", "完成", "列出", "下同")
_HELPS = ("配合", "协办", "协助", "参与", "参加", "支持")
_ENDS_SENTENCE = frozenset((*_ANSWERS, *_HELPS))


def _in_brackets(folded: str, found: re.Match[str]) -> _Place | None:
    content = folded[found.start() + 1 : found.end() - 1]
    start, end = found.span()
    if _looks("hint").search(content):
        inner = start + 1 + content.startswith("由")  # (由市财政局牵头,市审计局配合)
        parts = _parts(folded[inner : end - 1])
        if parts and inner > start + 1 and not _says_no_more(parts):
            return None
        if parts and (_is_labelled(parts) or _stands_apart(folded, start, end, parts)):
            return _Place(start, end, inner, parts)
    if folded[end : end + 2] in ("", "。") and _is_list_of_organs(content):
        return _Place(start, end, start + 1, (_whole(content),), bare=True)
    return None


def _unclosed(folded: str) -> _Place | None:
    """The clause that ends a paragraph without the end of its bracket: …。(市财政局牵头,2023年6月底前完成."""
    if folded.count("(") + folded.count("[") <= folded.count(")") + folded.count("]"):
        return None
    outside = _looks("bracketed").sub(_hidden, folded)
    start = max(outside.rfind("("), outside.rfind("["))
    if start <= max(outside.rfind(")"), outside.rfind("]")) or folded[start - 1 : start] not in _BEFORE_CLAUSE:
        return None
    parts = _parts(folded[start + 1 :])
    return _Place(start, len(folded), start + 1, parts) if parts else None


def _runs(folded: str) -> Iterator[_Place]:
    """The labelled lines or sentences without brackets: 牵头单位：…。责任单位：…。, 造林1000亩，责任单位：…。"""
    outside = _looks("aside").sub(_hidden, folded)
    at = 0
    while ":" in outside and (found := _looks("run").search(outside, at)):
        parts = _parts(folded[found.start() : found.end()].replace("(", " ", int(found[0][0] in "([")))
        meant = parts and (not found["joined"] or _joins(outside[: found.start()], parts))
        if parts and meant:
            yield _Place(found.start(), found.end(), found.start(), parts, own_line=True)
        at = found.end("sentence") if found["joined"] and not meant else found.end()  # labels behind it may be meant


def _joins(before: str, parts: Sequence[_Part]) -> bool:
    """Whether the labels behind a comma name organs and nothing else: 造林1000亩,责任单位:县林业局."""
    lists = [token for part in parts for token in part.tokens if part.kind in _GIVING and token.type == "TEXT"]
    opened = max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))
    return not opened and all(part.kind in _JOINING for part in parts) and all(map(_is_list_of_organs, lists))


_JOINING = ("labelled", "joint", "led", "dated", "noted")


def _closing(folded: str) -> tuple[_Place, ...]:
    """The last sentences of a paragraph as far as they are clauses: …。市财政局牵头,市审计局配合。

    An appeal to all is none (各部门密切配合。); 各地落实。 is one only in a notice that has others.
    """
    places: list[_Place] = []
    end = len(folded)
    while len(places) < _MOST_SENTENCES and (found := _looks("sentence").search(folded, 0, end)):
        by = _looks("by").match(folded, found.start())
        inner = by.end() if by else found.start()
        parts = _parts(folded[inner:end].rstrip("。"))
        if parts is None or not _says_no_more(parts):
            break
        places.append(_Place(found.start(), end, inner, parts, own_line=True))
        end = found.start()
    answering = any(part.tokens[-1].type not in _BESIDE for place in places for part in place.parts)
    lists = [token for place in places for part in place.parts for token in _texts(part)]
    vague = bool(lists) and all(map(is_anybody, lists))
    return tuple(place._replace(bare=vague) for place in reversed(places)) if answering else ()


def _cells(folded: str) -> Iterator[_Place]:
    """The units and the time limit of a flattened table, one below the other."""
    found = _looks("cells").fullmatch(folded)
    if found and are_cells(found["units"], found["limit"]):
        limit = Token("TEXT", found["limit"], start_pos=found.start("limit"), end_pos=found.end("limit"))
        yield _Place(0, len(folded), 0, (_whole(found["units"]), _Part("dated", (limit,))), own_line=True)


_ENDS_LIMIT = frozenset("年月底末前旬度")
_ENDS_LAST = _ENDS_LIMIT | frozenset("日成结实")  # 6月底前完成, 办结, 落实


def _says_no_more(parts: Sequence[_Part]) -> bool:
    """Whether a sentence names organs, their roles and a time limit, or a rule, and nothing besides: no object."""
    said = [part for part in parts if not (part.kind == "remark" and _looks("only_time").fullmatch(part.tokens[0]))]
    names = [name.full(token) for part in said for token in _texts(part) for name in read_names(token).names]
    manner = all(_looks("appeal").match(part.tokens[-1]) for part in said)
    return all(part.kind in _SAYING for part in said) and all(map(is_plain_unit, names)) and not manner


_MOST_SENTENCES = 4  # 甲局牵头。乙局、丙局配合。各区负责落实。以下均需各区落实,不再列出。
_SAYING = ("said", "joint", "led", "rule")
_BESIDE = ("SUPPORT_VERB", "TEXT")  # helping, a time limit


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


_AFTER_CLAUSE = ("", *"。;([")
_BEFORE_CLAUSE = tuple("。;!?:)]")


def _is_clause(parts: Sequence[_Part]) -> bool:
    """Whether roles are given, and to units rather than to words of a sentence."""
    lists = [token for part in parts for token in part.tokens if part.kind in _GIVING and token.type == "TEXT"]
    names = [name.full(token) for token in lists for name in read_names(token).names]
    if not names and all(part.kind == "rule" for part in parts):  # (以下均需各区政府落实,不再列出)
        return True
    if "charged" in [part.kind for part in parts]:
        return all(map(is_plain_unit, names))
    labels = [part.tokens[0] for part in parts if part.kind in _LABELLED]
    if labels:
        weak = all(map(_looks("weak").fullmatch, labels))
        return not all(map(is_broken, names)) and not (weak and _are_words(names))
    return any(map(is_unit, (name for name in names if not is_mere(name)))) and not any(map(is_broken, names))


def _are_words(names: list[str]) -> bool:
    """Whether names behind 配合: or 责任分工: are words of a sentence, or nobody's."""
    whole = [name for name in names if not is_broken(name)]
    return not any(map(is_unit, whole)) or any(map(is_prose, whole))


def _is_labelled(parts: Sequence[_Part]) -> bool:
    return any(part.kind in _LABELLED for part in parts)


_LABELLED = ("labelled", "mixed")


def _is_list_of_organs(content: str) -> bool:
    """Whether the names of a list without any role are names of organs: 上海海关、市商务委."""
    if len(content) < _SHORTEST or _looks("no_list").search(content):
        return False
    listed, open_list = read_names(content)
    rest = content.rpartition("等")[2] if open_list else ""
    if rest and not is_organ(rest):  # (企业技术中心、重点实验室等证明材料)
        return False
    names = [name.full(content) for name in listed]
    return not any(map(is_broken, names)) and 2 * sum(map(is_named_organ, names)) >= len(names) > 0


_SHORTEST = 3  # 财政处; shorter ones are words such as 试行


# ---- the parts of a clause

_LABELS: dict[str, Role] = {
    "ASSESS_LABEL": "assess",
    "LEAD_LABEL": "lead",
    "SUPPORT_LABEL": "support",
    "RESPONSIBLE_LABEL": "responsible",
    "GUIDE_LABEL": "guide",
    "IMPLEMENT_LABEL": "implement",
}
_VERBS: dict[str, Role] = {
    "LEAD_VERB": "lead",
    "SUPPORT_VERB": "support",
    "RESPONSIBLE_VERB": "responsible",
    "GUIDE_VERB": "guide",
    "IMPLEMENT_VERB": "implement",
    "CHARGE": "responsible",
}
ROLES = _LABELS | _VERBS
_RULES: dict[str, RuleKind] = {
    "FIRST_LEADS": "first_listed_leads",
    "COMMA_LEADS": "first_listed_leads",
    "IMPLIED": "implicit_unit",
    "SCOPE": "default_scope",
}
_GIVING = ("labelled", "mixed", "said", "joint", "led", "charged", "bare")
_STOPS = ",;。、: "
_NESTED = re.compile(r"[(\[][^()\[\]]*[)\]](?!:)")  # 责任部门(单位): is a label


@cache
def _looks(name: str) -> re.Pattern[str]:
    """The terminals of `responsibility.lark` as the patterns that finding and cutting need."""
    words = terminals("responsibility")
    label = "|".join(words[name] for name in (*_LABELS, "TIME_LABEL", "PERSON_LABEL"))
    roles = "|".join(words[name] for name in _LABELS)
    marks = "|".join(f"(?P<{name}>{words[name]})" for name in ("PERSON_LABEL", *ROLES, "_WITH", "TIME_LABEL"))
    sentence = f"(?:(?:{words['TIME_LABEL']})[^,;。:]+,)?(?:{roles})(?<=:)[^。;]*[。;]?"
    joined = f"(?P<joined>(?<=,)(?P<sentence>{sentence})(?:(?<=[。;])(?={label})[^。;]*[。;]?)*)"
    begun = f"(?:^|(?<=[。;!?”)]))[(\\[]?(?:{label})(?:[^。]*。(?={label}|{words['IMPLIED']}))*[^。]*。?"
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
        "aside": f"{words['BRACKETED']}(?!:)",
        "sentence": words["SENTENCE"],
        "cells": f"(?P<units>[^0-9]*[^0-9年第上下])(?P<limit>{words['TIME']})",
        "by": words["BY"],
        "appeal": words["APPEAL"],
        "own_line": f"(?={words['FIRST']})(?:{label})",
        "run": f"{joined}|{begun}",
        "rule": "|".join(f"(?P<{name}>{words[name]})" for name in _RULES),
        "mark": f"(?={words['FIRST']})(?:{marks})|(?P<NOTE_LABEL>{words['NOTE_LABEL']})",
    }
    return re.compile(patterns[name])


@lru_cache(maxsize=512)
def _parts(content: str) -> tuple[_Part, ...] | None:
    """The parts of a clause's content, or None where it is no clause."""
    tree = tree_of("responsibility", _tokens(content))
    if tree is None:
        return None
    parts = tuple(_Part(part.data, tuple(part.scan_values(lambda _: True))) for part in tree.children)
    parts = tuple(map(_listed, parts)) if _only_rules_lead(parts) else parts
    return parts if _is_clause(parts) else None


def _only_rules_lead(parts: Sequence[_Part]) -> bool:
    """Whether a rule is all that gives roles: （市发改委，市财政局。逗号前为牵头部门，下同）。"""
    leads = any(part.tokens[0].type in ("FIRST_LEADS", "COMMA_LEADS") for part in parts)
    return leads and not any(part.kind in _GIVING for part in parts)


def _listed(part: _Part) -> _Part:
    return part._replace(kind="bare") if part.kind == "remark" else part


def _tokens(content: str) -> Iterator[Token]:
    """The marks of a clause and the texts between them; a label always has a text, if an empty one."""
    end, labelled = 0, False
    for mark in _marks(_NESTED.sub(_masked, content)):
        yield from _text(content, end, mark.start(), labelled)
        kind = mark.lastgroup or ""
        yield Token(kind, mark[0], start_pos=mark.start(), end_pos=mark.end("word" if kind == "CHARGE" else 0))
        end, labelled = mark.end(), kind.endswith("_LABEL")
    yield from _text(content, end, len(content), labelled)


def _text(content: str, start: int, end: int, wanted: bool) -> Iterator[Token]:
    """The text between two marks without the stops around it."""
    text = content[start:end].lstrip(_STOPS).removeprefix("由" if wanted else "")  # 责任单位:由市财政局牵头
    start = end - len(text)
    text = text.rstrip(_STOPS)
    limit = _looks("first_limit").match(text) if text[:1].isdigit() and not wanted else None
    if limit:  # 2023年6月底前完成,市财政局牵头
        yield Token("TEXT", limit["limit"], start_pos=start, end_pos=start + limit.end("limit"))
        start, text = start + limit.end(), text[limit.end() :]
    last = _looks("last_limit").search(text) if wanted and text[-1:] in _ENDS_LAST else None
    units = text[: last.start()] if last else text
    if text or wanted:
        yield Token("TEXT", units, start_pos=start, end_pos=start + len(units))
    if last:  # 责任单位:市财政局,2023年6月底前完成
        yield Token("TEXT", last["limit"], start_pos=start + last.start("limit"), end_pos=start + last.end())


def _masked(nested: re.Match[str]) -> str:
    """A bracket inside a clause belongs to a name (市交通委（市道运局）) unless a rule stands in it."""
    return nested[0] if _looks("rule").search(nested[0]) else _hidden(nested)


def _hidden(found: re.Match[str]) -> str:
    return "□" * len(found[0])


def _marks(masked: str) -> Iterator[re.Match[str]]:
    """Rules first, since they are sentences with marks of their own; then labels and verbs outside them."""
    start = 0
    for rule in _looks("rule").finditer(masked) if _looks("rule_hint").search(masked) else ():
        yield from _looks("mark").finditer(masked, start, rule.start())
        yield rule
        start = rule.end()
    yield from _looks("mark").finditer(masked, start)


def _whole(content: str) -> _Part:
    return _Part("bare", (Token("TEXT", content, start_pos=0, end_pos=len(content)),))


# ---- what a clause says


def _clause(passage: Passage, place: _Place, covered: int) -> Clause:
    label: Token | None = None
    grants: list[_Grant] = []
    asides: list[_Part] = []
    for part in place.parts:
        label = part.tokens[0] if part.tokens[0].type in _LABELS and part.kind != "joint" else label
        given = tuple(_grants(part, label))
        grants.extend(given)
        asides.extend(() if given else (part,))
    lists = [_units(passage, place.inner, grant) for grant in grants]
    return Clause(
        start=place.start,
        end=place.end,
        units=tuple(_across([units for units, _ in lists])),
        open_list=any(is_open for _, is_open in lists),
        limit=next((limit for part in asides if (limit := _limit(passage, place.inner, part))), None),
        remark="；".join(remark for part in asides if (remark := _remark(passage, place.inner, part))) or None,
        rule=next((_declared(passage, place.inner, part) for part in asides if part.kind == "rule"), None),
        bare=place.bare,
        own_line=place.own_line,
        covers_start=covered,
        covers_end=place.start,
        first_group=_first_group(place.parts),
        apart=passage.folded[place.start - 1 : place.start] in _BEFORE_CLAUSE,
    )


class _Grant(NamedTuple):
    """A list of units and the word that gives them their role; `rest` has the role of all groups but the last."""

    units: Token
    word: Token | None
    role: Role
    rest: Token | None = None


def _grants(part: _Part, label: Token | None) -> Iterator[_Grant]:
    """Which lists of a part have which role."""
    texts = _texts(part)
    word = part.tokens[-1] if part.tokens[-1].type in _VERBS else label
    match part.kind:
        case "labelled":
            yield _granted(texts[0], label)
        case "mixed":
            yield _mixed(texts[0], label, part.tokens[-1])
        case "said":
            yield _granted(texts[0], word)
        case "charged":
            yield _granted(texts[0], label or word)
        case "joint":
            yield _Grant(texts[0], None, "lead")
            yield _granted(texts[1], word if word is not label else None)
        case "led":
            lead = part.tokens[1]
            yield _granted(texts[0], lead)
            yield _granted(texts[1], None if word is lead or word is label else word)
        case "remark" if label and not _looks("only_time").fullmatch(texts[0]):
            yield _granted(texts[0], label)
        case "bare":
            yield _granted(texts[0], None)


def _texts(part: _Part) -> list[Token]:
    return [token for token in part.tokens if token.type == "TEXT"]


def _granted(units: Token, word: Token | None) -> _Grant:
    return _Grant(units, word, ROLES[word.type] if word else "responsible")


def _mixed(units: Token, label: Token | None, verb: Token) -> _Grant:
    """Label and verb in one: the verb decides (责任单位:A牵头), but 负责 says no more than its label does.

    责任单位:市直单位,各县区落实: after a label, 落实 and 配合 are said of what follows the last comma.
    """
    if ROLES[verb.type] == "responsible":
        return _granted(units, label)
    return _granted(units, verb)._replace(rest=label if ROLES[verb.type] in ("implement", "support") else None)


def _units(passage: Passage, inner: int, grant: _Grant) -> tuple[tuple[Unit, ...], bool]:
    """The units of a list with their roles, and whether the list is open."""
    start, end = _span(inner, grant.units)
    text, folded = passage.text[start:end], passage.folded[start:end]
    names, is_open = read_names(folded)
    word, last = _printed(passage, inner, grant.word), names[-1].group if names else 0
    units = [_unit(name, text, start, grant.role, word) for name in names if not is_broken(name.full(folded))]
    units = [_marked(unit, passage) for unit in units] if _looks("leads").search(folded) else units
    if grant.rest:
        role, word = ROLES[grant.rest.type], _printed(passage, inner, grant.rest)
        units = [unit if unit.group == last else unit._replace(role=role, role_text=word) for unit in units]
    return tuple(units), is_open


def _marked(unit: Unit, passage: Passage) -> Unit:
    """The unit as the lead, where its list says so behind it: 市住建局（牵头）、市财政局."""
    found = _looks("leads").search(passage.folded, unit.start, unit.end)
    if found is None or found.end() < unit.end or found.start() == unit.start:
        return unit
    lost = unit.raw[found.start() - unit.end :]
    name, raw, word = unit.name.replace(lost, "", 1), unit.raw.removesuffix(lost), found[0].strip("()[]")
    return unit._replace(name=name, raw=raw, role="lead", role_text=word, end=found.start())


def _printed(passage: Passage, inner: int, word: Token | None) -> str:
    """The word that gives a role, without the colon of a label."""
    return passage.text[slice(*_span(inner, word))].rstrip(":：") if word else ""


def _unit(name: Name, text: str, at: int, role: Role, word: str) -> Unit:
    """A name of the list that `text` prints at `at` of the passage."""
    start, end = name.start, name.end
    return Unit(name.full(text), text[start:end], role, word, name.collective, at + start, at + end, name.group)


def _across(lists: Sequence[tuple[Unit, ...]]) -> Iterator[Unit]:
    """The units of a clause; the level of its first one holds for a list of another role that names none.

    县教育局牵头,财政局、审计局配合.
    """
    first = lists[0][0] if lists and lists[0] else None
    level = level_of(first.name) if first else ""
    for units in lists:
        lacking = bool(level and units and first and units[0].role != first.role)
        for unit in units:
            lacking = lacking and lacks_level(unit.name)
            yield unit._replace(name=level + unit.name) if lacking else unit


def _limit(passage: Passage, inner: int, part: _Part) -> Limit | None:
    """The time limit in what a clause says beside its units; after 完成时限 whatever is printed."""
    start, end = _span(inner, next(token for token in reversed(part.tokens) if token.type not in _VERBS))
    found = _looks("time").search(passage.folded, start, end) if part.kind in ("dated", "remark") else None
    if found:
        start, end = found.span()
    elif part.kind != "dated":
        return None
    return Limit(passage.text[start:end], start, end) if end > start else None


def _remark(passage: Passage, inner: int, part: _Part) -> str | None:
    """What a clause says beside its units, time limit and rules: 持续优化, 适用范围：浙江."""
    start, end = inner + (part.tokens[0].start_pos or 0), _span(inner, part.tokens[-1]).end
    said = _looks("only_time").fullmatch(passage.folded, start, end) is None
    return passage.text[start:end] if said and part.kind in ("remark", "noted") else None


def _declared(passage: Passage, inner: int, part: _Part) -> Declared:
    """A rule, with the units it names: 以下均需各区政府落实，不再列出."""
    rule = part.tokens[0]
    start, end = _span(inner, rule)
    found = _looks("implied_units").search(passage.folded, start, end) if rule.type == "IMPLIED" else None
    units: tuple[Unit, ...] = ()
    if found:
        role: Role = "implement" if "落实" in passage.folded[found.end() : end] else "responsible"
        said = _looks("implied_word").search(passage.folded, found.end(), end)
        units, _ = _units(passage, 0, _Grant(_token(found), said and _token(said), role))
    return Declared(_RULES[rule.type], passage.text[start:end].strip("()（）"), units, start, end)


def _token(found: re.Match[str]) -> Token:
    return Token("TEXT", found[0], start_pos=found.start(), end_pos=found.end())


def _first_group(parts: Sequence[_Part]) -> int:
    """How many units stand before the first comma of a clause's first list; 0 where it has no comma."""
    first = next((token for part in parts for token in part.tokens if token.type == "TEXT"), "")
    names = read_names(first).names
    return sum(name.group == 0 for name in names) if names and names[-1].group else 0


def _span(inner: int, token: Token) -> Span:
    return Span(inner + (token.start_pos or 0), inner + (token.end_pos or 0))


# ---- what holds for a whole document


def _printed_heads(clauses: Sequence[Clause]) -> dict[str, set[str]]:
    """What is printed before a name anywhere in the document: 机场集团 → 省, 银保监局 → 甲省."""
    heads: dict[str, set[str]] = {}
    for name in {unit.raw for clause in clauses for unit in clause.units}:
        for end in range(1, min(_LONGEST_HEAD, len(name) - 1) + 1):
            heads.setdefault(name[end:], set()).add(name[:end])
    return heads


_LONGEST_HEAD = 4


def _completed(clause: Clause, heads: dict[str, set[str]]) -> Clause:
    """The clause with the heads that its lists leave out and the document prints elsewhere: 省发改委、机场集团.

    The head must be that of a unit before it in its list: 甲省证监局、银保监局; of several the longest.
    """
    if not any(unit.name in heads for unit in clause.units):  # as in most
        return clause
    units: list[Unit] = []
    above: dict[tuple[str, int], set[str]] = {}  # what the names of each list begin with
    for unit in clause.units:
        begun = above.setdefault((unit.role_text, unit.group), set())
        said = heads.get(unit.name, set()) if begun and is_organ(unit.name) and not unit.collective else set()
        head = max(said & begun, key=lambda head: (len(head), head), default="")
        units.append(unit._replace(name=head + unit.name) if head else unit)
        begun.update(units[-1].name[:length] for length in range(1, _LONGEST_HEAD + 1))
    return clause._replace(units=tuple(units))


def _led(clause: Clause, rule: Declared) -> Clause:
    """The clause with the leads that the rule makes: its first unit, or all before its first comma (逗号前)."""
    if any(unit.role == "lead" for unit in clause.units):
        return clause
    leads = clause.first_group if "逗号" in rule.text else 1
    units = (unit._replace(role="lead") if number < leads and unit.role == "responsible" else unit
             for number, unit in enumerate(clause.units))  # fmt: skip
    return clause._replace(units=tuple(units))
