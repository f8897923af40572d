"""Quantitative targets (量化目标): who commits to what number by when, read clause by clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from lark import Token, Tree
from lark.exceptions import UnexpectedInput

from notice_parser.clauses.dates import DateReading, find_dates, points_ahead
from notice_parser.grammar import grammar, terminals
from notice_parser.model import Change, Comparator, Modality, Precision
from notice_parser.numerals import SCALES, read_number, scale_of
from notice_parser.source import Passage, Span


class Deadline(NamedTuple):
    """The time limit of a target, with its place in the source: it may stand in an earlier paragraph."""

    text: str
    value: str | None
    precision: Precision
    repaired: bool
    inferred: bool
    span: Span


class Frame(NamedTuple):
    """What governs the sentences that follow: a time limit, or that they look back on what has been achieved."""

    deadline: Deadline | None = None
    looks_back: bool = False


class TargetReading(NamedTuple):
    """A target at `[start, end)` of its passage; the other fields are those of `model.Target`."""

    indicator: str
    verb: str | None
    comparator: Comparator
    value: int | float
    value_max: int | float | None
    unit: str
    change: Change | None
    deadline: Deadline | None
    frequency: str | None
    baseline: str | None
    modality: Modality | None
    magnitude: tuple[int | float, str]
    text: str
    start: int
    end: int


class _Amount(NamedTuple):
    """A number with its unit and comparator."""

    value: Decimal
    value_max: Decimal | None
    unit: str
    comparator: Comparator


class _Said(NamedTuple):
    """What a clause says before it is put into its frame."""

    indicator: str
    verb: str
    change: Change | None
    amount: _Amount
    act: bool = False


_TIME, _BASELINE, _CLOSED = "\ue010", "\ue011", "\ue012"  # what stands in the mask for a date, a baseline, a bracket


def starts_dash(folded: str) -> bool:
    """Whether a paragraph is an item of a dash list, which the time frame of the paragraph above governs too."""
    return _DASH.match(folded) is not None


_DASH = re.compile(r" *(?:—|--|－|·|●|[一二三四五六七八九十]是)")


def read_targets(
    passage: Passage, skip: tuple[Span, ...] = (), frame: Frame | None = None, year: int | None = None
) -> tuple[tuple[TargetReading, ...], Frame | None]:
    """The targets of a paragraph and the frame it leaves; `skip` are the offsets of what is not to be read.

    `frame` is the one of the paragraph above, given where that governs this one too (see `starts_dash`); `year` is
    that of the document, where it is certain.
    """
    if not _WORTH_A_LOOK.search(passage.folded):
        return (), frame
    reader = _Reader(passage, skip, frame or Frame(), year)
    targets = tuple(reader.read())
    return targets, reader.frame


_WORTH_A_LOOK = re.compile(
    r"[0-9]|[千万百十]亿|翻[一两]?番|五”?期?[末间]|年[内底末]|每|[一二两三四五六七八九十]年|[二三四]分之"
)


# ---------------------------------------------------------------- from paragraph to clause


class _Reader:
    """Reads one paragraph from left to right; `frame` is what governs the text after the place reached."""

    def __init__(self, passage: Passage, skip: tuple[Span, ...], frame: Frame, year: int | None) -> None:
        self.passage, self.frame, self.year = passage, frame, year
        self.dates = list(find_dates(passage.folded, year))
        self.mask = _masked(passage.folded, skip, self.dates)
        self.modality: Modality | None = None
        self.act: str | None = None

    def read(self) -> Iterator[TargetReading]:
        for sentence in _SENTENCES.finditer(self.mask):
            self.modality, self.act = None, None
            self._look_back_or_ahead(sentence[0])
            refused = _GRANT.search(sentence[0]) is not None
            for clause in _CLAUSES.finditer(self.mask, *sentence.span()):
                yield from self._clause(clause, refused)

    def _look_back_or_ahead(self, sentence: str) -> None:
        if _AIM.search(sentence):
            self.frame = self.frame._replace(looks_back=False)
        elif _FACT.search(sentence):
            self.frame = Frame(looks_back=True)

    def _clause(self, clause: re.Match[str], refused: bool) -> Iterator[TargetReading]:
        opened = self._open_frame(*clause.span())
        act, self.act = self.act, None
        if refused or self.frame.looks_back or _NO_COMMITMENT.search(clause[0]):
            return
        tokens = list(_lex(self.mask, *clause.span()))
        tree = _tree(tokens)
        if tree is None:
            return
        frame = self._framed(tokens, opened)
        for said in _SAYERS[tree.data](_Phrase(self.passage.text, self.mask), tree, act):
            self.act = said.verb if said.act else None
            if said.amount.comparator == "eq" and any(token.type == "LEAST" for token in tokens):
                said = said._replace(amount=said.amount._replace(comparator="ge"))
            if _is_commitment(said):
                yield self._target(said, tokens, frame)

    def _open_frame(self, start: int, end: int) -> bool:
        """Let the dates of a clause govern from here on; whether there was one that does."""
        here = [date for date in self.dates if start <= date.start < end and self.mask[date.start] == _TIME]
        return any([self._govern(date) for date in here])

    def _govern(self, date: DateReading) -> bool:
        folded = self.passage.folded
        if not points_ahead(folded, date):
            return False
        before = folded[max(0, date.start - 3) : date.start]
        if _is_past(before, date, folded[date.end : date.end + 1], self.year):
            self.frame = Frame(looks_back=True)
            return False
        if date.precision in ("day", "month") and not (_UNTIL.search(before) or _BOUND.search(date.text)):
            return False
        span = self.passage.span(date.start, date.end)
        text = self.passage.text[date.start : date.end]
        self.frame = Frame(Deadline(text, date.value, date.precision, date.repaired, date.inferred, span))
        return True

    def _framed(self, tokens: list[Token], opened: bool) -> _Framing:
        """What the words around a clause say of its targets; a frequency ends the reach of an earlier time limit."""
        by_type = {token.type: token for token in tokens}
        frequency = by_type.get("FREQUENCY")
        self.modality = next((_MODALITIES[name] for name in by_type if name in _MODALITIES), self.modality)
        baseline = by_type.get("BASELINE")
        return _Framing(
            self.frame.deadline if opened or not frequency else None,
            frequency and str(frequency),
            baseline and self.passage.text[baseline.start_pos : baseline.end_pos],
            self.modality,
        )

    def _target(self, said: _Said, tokens: list[Token], frame: _Framing) -> TargetReading:
        factor, length = scale_of(said.amount.unit)
        value, value_max = said.amount.value, said.amount.value_max
        start, end = tokens[0].start_pos or 0, tokens[-1].end_pos or 0
        return TargetReading(
            said.indicator,
            said.verb,
            said.amount.comparator,
            _plain(value),
            None if value_max is None else _plain(value_max),
            said.amount.unit,
            said.change,
            frame.deadline,
            frame.frequency,
            frame.baseline,
            frame.modality,
            (_plain(value * factor), said.amount.unit[length:]),
            self.passage.text[start:end],
            start,
            end,
        )


class _Framing(NamedTuple):
    deadline: Deadline | None
    frequency: str | None
    baseline: str | None
    modality: Modality | None


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


_MODALITIES: dict[str, Modality] = {"STRIVE": "strive", "ENSURE": "ensure", "IN_PRINCIPLE": "in_principle"}


def _masked(folded: str, skip: tuple[Span, ...], dates: list[DateReading]) -> str:
    """The paragraph with one sign for every character of a date, a baseline or a bracket; `skip` ends sentences."""
    mask = folded
    for start, end in skip:
        mask = mask[:start] + "。" * (end - start) + mask[end:]
    mask = _baselines().sub(lambda match: _BASELINE * len(match[0]), mask)
    for date in dates:
        if mask[date.start] != _BASELINE:
            mask = mask[: date.start] + _TIME * (date.end - date.start) + mask[date.end :]
    return _CLOSED_WORDS.sub(lambda match: _CLOSED * len(match[0]), mask)


_CLOSED_WORDS = re.compile(r"\([^()]*\)|《[^《》]*》|“[^“”]{0,60}”|\"[^\"]{0,60}\"|\[[^\[\]]*\]")
_SENTENCES = re.compile(r"[^。;!?]+")
_CLAUSES = re.compile(r"[^,:]+(?:(?<=[0-9]),(?=[0-9]{3})[^,:]+)*")


def _is_past(before: str, date: DateReading, after: str, year: int | None) -> bool:
    """Whether a bare year before a comma looks back: 2020年，入库数量达到1.82万家."""
    if date.precision != "year" or date.value is None or _UNTIL.search(before) or _BOUND.search(date.text):
        return False
    return int(date.value) < year if year is not None else after == ","


_UNTIL = re.compile(r"(?:到|至|于|在)$")
_BOUND = re.compile(r"(?:前|内|底|末|终|期间|季度|半年|时间)$")


# ---------------------------------------------------------------- from clause to tokens


def _lex(mask: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of a clause: around each amount the words that belong to it, between them runs of words."""
    place = start
    found = False
    for match in _amounts().finditer(mask, start, end):
        before = _before(mask, place, match, follows=found)
        if before is None:
            continue
        found = True
        yield from _words(mask, place, match.start() - len(before[0]), after_amount=place > start)
        breaks_through = before[0] == "突破" and mask[match.end() : match.end() + 1] not in _STOPS
        yield from _named(before, match.start() - len(before[0]), renamed={"OVER": "ACT"} if breaks_through else {})
        yield from _named(match, match.start())
        place = match.end()
    if found or _double().search(mask, start, end):
        yield from _words(mask, place, end, after_amount=place > start)


def _before(mask: str, place: int, amount: re.Match[str], *, follows: bool) -> re.Match[str] | None:
    """The verb and comparator before an amount; None where the amount is no statement but part of a noun phrase.

    Where it `follows` another one, 、 or 和 may stand in the place of a verb.
    """
    reach = mask[max(place, amount.start() - _REACH_OF_VERB) : amount.start()]
    before = (_left_of_next() if follows else _left()).search(reach)
    assert before is not None
    if _is_idle(amount, before, reach):
        return None
    acts = before["ACT"] or before["ADD"] or (follows and before["AND"])
    behind = mask[amount.end() : amount.end() + 1]
    if behind == "的" and not (acts and not _SIZED.search(amount["UNIT"])):
        return None
    if acts and amount["OR_MORE"] and _SIZED.search(amount["UNIT"]) and behind not in _STOPS:
        return None
    if before[0] or amount.start() == place:
        return before
    return before if behind in _STOPS else None


def _is_idle(amount: re.Match[str], before: re.Match[str], reach: str) -> bool:
    """Whether a Chinese numeral only gives a phrase its shape (三个一批, 一个平台): nothing says that it is counted."""
    if amount["NUMBER"][0].isdigit() or amount["UNIT"][0] in "万亿":
        return False
    limited = any(match[name] for match, names in ((before, _BEFORE_NUMBER), (amount, _AFTER_UNIT)) for name in names)
    return not limited and not ("每" in reach and amount["UNIT"] in _OCCASIONS)


_OCCASIONS = ("次", "场", "场次", "期", "轮", "批次")


_REACH_OF_VERB = 14
_STOPS = ("", ",", "。", ";", "、", ":", "!", "?", _CLOSED)
_SIZED = re.compile(r"元|千瓦|兆瓦|米|吨|亩|公里|公顷|人$")  # what sizes a thing rather than counts it: 500千瓦以上机组


def _named(match: re.Match[str], offset: int, renamed: Mapping[str, str] = MappingProxyType({})) -> Iterator[Token]:
    """The named groups of a match as tokens, in order."""
    groups = [(match.start(name), name, text) for name, text in match.groupdict().items() if text]
    for start, name, text in sorted(groups):
        place = start - match.start() + offset
        name = renamed.get(name, name.rstrip("_"))
        yield Token(name, text, start_pos=place, end_pos=place + len(text))


def _words(mask: str, start: int, end: int, *, after_amount: bool) -> Iterator[Token]:
    """The runs of words of a stretch without amounts, and the marks and adverbs between them."""
    place = start
    for match in _marks().finditer(mask, start, end):
        if match.start() > place:
            yield _token("WORDS", mask, place, match.start())
        next_one = after_amount and match.start() == start and match.lastgroup == "DUN"
        yield _token("NEXT" if next_one else match.lastgroup or "", mask, *match.span())
        place = match.end()
    if place < end:
        yield _token("WORDS", mask, place, end)


def _token(name: str, mask: str, start: int, end: int) -> Token:
    return Token(name, mask[start:end], start_pos=start, end_pos=end)


def _tree(tokens: list[Token]) -> Tree[Token] | None:
    """What the grammar makes of the tokens; None where it makes nothing."""
    if not tokens:
        return None
    parser = grammar("target").parse_interactive()
    try:
        for token in tokens:
            parser.feed_token(token)
        return parser.feed_eof().children[0]
    except UnexpectedInput:
        return None


_VERBS = ("REACH", "CAP", "GROW", "ADD", "ACT", "RISE", "FALL")
_COMPARATORS: dict[str, Comparator] = {
    "AT_LEAST": "ge",
    "OVER": "gt",
    "AT_MOST": "le",
    "UNDER": "lt",
    "ABOUT": "approx",
    "MORE": "gt",
    "OR_MORE": "ge",
    "OR_LESS": "le",
    "OR_SO": "approx",
}
_BEFORE_NUMBER, _AFTER_UNIT = tuple(_COMPARATORS)[:5], tuple(_COMPARATORS)[6:]


def _either(*names: str) -> str:
    words = terminals("target")
    return "|".join(f"(?P<{name}>{words[name]})" for name in names)


@cache
def _amounts() -> re.Pattern[str]:
    words = terminals("target")
    return re.compile(
        rf"(?<![0-9A-Za-z.第前:/×-])(?P<NUMBER>{words['NUMBER']})(?:(?P<TO>{words['TO']})(?P<NUMBER_>{words['NUMBER']}))?"
        rf"(?P<MORE>{words['MORE']})?(?P<UNIT>{words['UNIT']})(?:{_either(*_AFTER_UNIT)})?"
    )


@cache
def _left() -> re.Pattern[str]:
    return re.compile(rf"(?:{_either(*_VERBS)})?(?:{_either(*_BEFORE_NUMBER)})?$")


@cache
def _left_of_next() -> re.Pattern[str]:
    return re.compile(rf"(?:{_either('AND', *_VERBS)})?(?:{_either(*_BEFORE_NUMBER)})?$")


@cache
def _marks() -> re.Pattern[str]:
    names = ("FREQUENCY", "STRIVE", "ENSURE", "IN_PRINCIPLE", "LEAST", "SEPARATELY", "EACH", "DOUBLE", "DUN")
    return re.compile(rf"(?P<TIME>[到至于在]?{_TIME}+)|(?P<BASELINE>{_BASELINE}+)|{_either(*names)}")


@cache
def _baselines() -> re.Pattern[str]:
    return re.compile(terminals("target")["BASELINE"])


@cache
def _double() -> re.Pattern[str]:
    return re.compile(terminals("target")["DOUBLE"])


# ---------------------------------------------------------------- from tree to what is said


class _Phrase(NamedTuple):
    """The paragraph that words are cut out of: as printed, and masked."""

    text: str
    mask: str

    def of(self, words: Tree[Token]) -> Span:
        """The noun phrase of words: what stands behind the last adverb, or all of it where that is too little."""
        runs = _runs(words)
        start, end = runs[-1] if runs[-1].end - runs[-1].start >= _SHORTEST else Span(runs[0].start, runs[-1].end)
        return self.trimmed(start, end)

    def trimmed(self, start: int, end: int) -> Span:
        """Without the words that lead to a noun phrase (推动, 其中) and those that lead on to its verb (均, 将)."""
        lead = _LEADS.match(self.mask, start, end)
        start = lead.end() if lead and end - lead.end() >= 2 else start
        tail = _TRAILS.search(self.mask, start, end)
        return Span(start, tail.start() if tail else end)

    def __call__(self, span: Span) -> str:
        return self.text[span.start : span.end]


_SHORTEST = 4
_LEADS = re.compile(
    r"(?:其中|同时|并且|并|且|使得|使|将|把|推动|带动|促进|推进|实现|保障(?!性)|保持|按照|全力|进一步|不断|逐步|稳步|持续|积极"
    r"|着力|重点|大力|加快|全面|要|使|提高|提升|降低|压缩|缩短|压减|减少|扩大|增加|、|的)+"
)
_TRAILS = re.compile(
    r"(?:总共|共|合计|将|要|需|均|全部|不断|稳步|逐步|基本|阶段性|进一步|大幅|一般|的|、|由[^、]{0,12})+$"
)


def _runs(words: Tree[Token]) -> list[Span]:
    """The stretches of words between adverbs."""
    runs: list[Span] = []
    for token in words.children:
        start, end = token.start_pos, token.end_pos
        if token.type not in ("WORDS", "DUN"):
            continue
        if runs and runs[-1].end == start:
            runs[-1] = Span(runs[-1].start, end)
        else:
            runs.append(Span(start, end))
    return runs or [Span(words.children[0].start_pos, words.children[0].start_pos)]


def _series(phrase: _Phrase, tree: Tree[Token], act: str | None) -> Iterator[_Said]:
    """贡献率达到60%以上; 成本降低20%、效率提高20%; 建成孵化器8家、研发机构50家."""
    head = ""
    for statement in tree.find_data("statement"):
        said = _statement(phrase, statement, act)
        if said is None:
            return
        if said.act:
            act = said.verb
        elif said.change:
            head = head or _head(said.indicator)
            if not said.indicator.startswith(head):
                said = said._replace(indicator=head + said.indicator)
        yield said


def _head(indicator: str) -> str:
    """试点示范项目 of 试点示范项目运营成本: what the indicators that follow leave out."""
    match = _ENTITY.match(indicator)
    return match[0] if match else ""


_ENTITY = re.compile(r".{2,}(?:项目|企业|行业|机构|学校|园区|车间|工厂|单位)(?=.{2,})")


def _statement(phrase: _Phrase, statement: Tree[Token], act: str | None) -> _Said | None:
    words, *verbs, amount = statement.children
    span = phrase.of(words)
    if isinstance(amount, Token):
        return _Said(phrase(span), str(amount), "multiply", _Amount(_times(amount), None, "倍", "eq"))
    read = _amount(amount, capped=bool(verbs) and verbs[0].type == "CAP")
    if verbs:
        return _Said(phrase(span), str(verbs[0]), _CHANGES.get(verbs[0].type), read)
    return _counted(phrase, words, read, act)


def _counted(phrase: _Phrase, words: Tree[Token], amount: _Amount, act: str | None) -> _Said | None:
    """建成海外科技企业孵化器8家; 集装箱水水中转比例不低于52%; 院士专家工作站15个 after another that has the verb."""
    run = _runs(words)[-1]
    verb = _opening_verb().match(phrase.mask, *run) or _later_verb().search(phrase.mask, *run)
    if verb:
        name = next(name for name in _VERBS if verb.groupdict().get(name))
        span = phrase.trimmed(verb.end(), run.end)
        return _Said(phrase(span), verb[name], _CHANGES.get(name), amount, act=name in ("ACT", "ADD"))
    span = phrase.of(words)
    if act or (amount.comparator != "eq" and _MEASURED.search(phrase(span))):
        return _Said(phrase(span), act or "", None, amount, act=act is not None)
    return None


_MEASURED = re.compile(
    r"(?:率|额|量|比|比重|比例|占比|面积|规模|产值|增加值|收入|数|人数|人次|总数|数量|水平|强度|时间|时限|成本|产能|能力|增速"
    r"|投资|资金|里程|长度|密度|周期|时长|费用|贷款|价值)$"
)


def _pairs(phrase: _Phrase, tree: Tree[Token], act: str | None) -> Iterator[_Said]:
    """关键工序数控化率、设计工具普及率分别超过75%、90%."""
    words, *rest = [child for child in tree.children if not (isinstance(child, Token) and child.type in _LINKS)]
    tail = phrase(phrase.of(rest.pop(0))) if isinstance(rest[0], Tree) and rest[0].data == "words" else ""
    verb = rest.pop(0) if isinstance(rest[0], Token) else None
    names = _parts(phrase(phrase.of(words)), len(rest))
    if len(names) == len(rest):
        for name, amount in zip(_restored(names, tail), rest, strict=True):
            read = _amount(amount, capped=verb is not None and verb.type == "CAP", limit=rest[0])
            yield _Said(name, str(verb or ""), _CHANGES.get(verb.type) if verb else None, read)


_LINKS = ("SEPARATELY", "EACH", "AND")


def _copies(phrase: _Phrase, tree: Tree[Token], act: str | None) -> Iterator[_Said]:
    """种植、收获机械化率均达到45%."""
    words, *rest = [child for child in tree.children if not (isinstance(child, Token) and child.type in _LINKS)]
    tail = phrase(phrase.of(rest.pop(0))) if isinstance(rest[0], Tree) and rest[0].data == "words" else ""
    verb = rest.pop(0) if isinstance(rest[0], Token) else None
    amount = _amount(rest[0], capped=verb is not None and verb.type == "CAP")
    for name in _restored(_parts(phrase(phrase.of(words)), 0), tail):
        yield _Said(name, str(verb or ""), _CHANGES.get(verb.type) if verb else None, amount)


def _parts(text: str, count: int) -> list[str]:
    """A list split at 、; at its last 和 or 及 too, where that gives the count asked for (0: any)."""
    parts = text.split("、")
    last = _CONJUNCTION.match(parts[-1])
    if last and (len(parts) + 1 == count or (count == 0 and len(parts) > 1)):
        parts[-1:] = [last[1], last[2]]
    return parts


_CONJUNCTION = re.compile(r"(.{2,}?)(?:以及|和|及|与)(.{2,})$")


def _restored(names: list[str], tail: str) -> list[str]:
    """The shared head and tail put back: 马铃薯种植、收获机械化率 is 马铃薯种植机械化率 and 马铃薯收获机械化率."""
    if not tail and len(names) > 1 and not any(_MEASURED.search(name) for name in names[:-1]):
        shared = _TAIL.search(names[-1])
        tail = shared[0] if shared else ""
    cores = [name.removesuffix(tail) for name in names]
    if not tail or len(cores) < 2:
        return names
    first, second = len(cores[0]), len(cores[1])
    head = cores[0][: first - second] if second <= _SHORTEST and first - second >= 2 else ""
    return [(core if core.startswith(head) else head + core) + tail for core in cores]


_TAIL = re.compile(r"(?:.{3}率|占比|比重|比例|增加值|产值规模|产值|总规模|规模|总额|总量|数量|面积|覆盖面|投资|收入)$")


def _action(phrase: _Phrase, tree: Tree[Token], act: str | None) -> Iterator[_Said]:
    """建设50所高等职业学校和150个骨干专业."""
    children = list(tree.children)
    subject = children.pop(0) if isinstance(children[0], Tree) and children[0].data == "words" else None
    verb = children.pop(0)
    assert isinstance(verb, Token)
    items = [child for child in children if isinstance(child, Tree)]
    yield from _items_said(phrase, items, str(verb), _CHANGES.get(verb.type), subject)


def _items(phrase: _Phrase, tree: Tree[Token], act: str | None) -> Iterator[_Said]:
    """，不少于20名…后备人才: the verb stands in the clause before."""
    items = [child for child in tree.children if isinstance(child, Tree)]
    if act:
        yield from _items_said(phrase, items, act, None, None)


def _items_said(
    phrase: _Phrase, items: list[Tree[Token]], verb: str, change: Change | None, subject: Tree[Token] | None
) -> Iterator[_Said]:
    objects = [_object(phrase, item.children[1]) if len(item.children) > 1 else "" for item in items]
    noun = _GRADE.match(objects[-1])
    for item, thing in zip(items, objects, strict=True):
        if noun and len(items) > 1 and _GRADE_ALONE.fullmatch(thing):
            thing += noun[1]
        if not thing and subject is not None:
            thing = phrase(phrase.of(subject))
        yield _Said(thing, verb, change, _amount(item.children[0]), act=True)


_GRADE = re.compile(r".{1,3}[级类型](.{2,})")
_GRADE_ALONE = re.compile(r".{1,5}[级类型]")  # 90名国家级、150名省级科技人才


def _object(phrase: _Phrase, words: Tree[Token]) -> str:
    """The noun phrase behind an amount, up to the next verb (100户中小企业|逐步开展…)."""
    runs = _runs(words)
    start, end = runs[0]
    start = start + 1 if phrase.mask.startswith("的", start) else start
    stop = _OBJECT_ENDS.search(phrase.mask, min(start + 2, end), end)
    return phrase(phrase.trimmed(start, stop.start() if stop else end))


_OBJECT_ENDS = re.compile(
    r"逐步|听取|落地|开展|参与|参加|入驻|上线|投入|投产|投运|挂牌|实现|达到|完成|通过|纳入|进入|用于|率先|按期|全部|基本|作为|给予|推动|促进"
)


def _amount(tree: Tree[Token], *, capped: bool = False, limit: Tree[Token] | None = None) -> _Amount:
    """An amount; the `limit` before the first of several numbers (分别超过75%、90%) goes for all."""
    numbers = [_exact(token) for token in tree.children if token.type == "NUMBER"]
    unit = next(str(token) for token in tree.children if token.type == "UNIT")
    said = next((_COMPARATORS[token.type] for token in tree.children if token.type in _COMPARATORS), None)
    if said is None and limit is not None:
        said = next((_COMPARATORS[token.type] for token in limit.children if token.type in _BEFORE_NUMBER), None)
    comparator: Comparator = "range" if len(numbers) > 1 else said or ("le" if capped else "eq")
    return _Amount(numbers[0], numbers[1] if len(numbers) > 1 else None, unit, comparator)


def _exact(token: Token) -> Decimal:
    """千 of 千亿元 is a number too: the scale 亿 belongs to the unit."""
    number = read_number(str(token))
    return Decimal(SCALES.get(str(token), 0) if number is None else number)


def _times(double: Token) -> Decimal:
    """翻一番 is twice, 翻两番 four times."""
    return Decimal(2 ** {"两": 2, "三": 3}.get(double[1], 1))


_CHANGES: dict[str, Change] = {"GROW": "growth", "RISE": "increase", "ADD": "increase", "FALL": "decrease"}
_SAYERS = {"series": _series, "pairs": _pairs, "copies": _copies, "action": _action, "items": _items}


@cache
def _opening_verb() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_LEADS.pattern.removesuffix('+')})*(?:{_either('ADD', 'ACT', 'GROW', 'RISE', 'FALL')})(?=..)"
    )


@cache
def _later_verb() -> re.Pattern[str]:
    """A verb behind a subject: 全省新增国家技术创新中心3家."""
    return re.compile(rf"(?<=[省市县区州盟旗院校部局厅门业位构])(?:{_either('ADD', 'ACT')})(?=...)")


# ---------------------------------------------------------------- what is no target

# The confusers: each row a kind of text whose numbers bind nobody to anything.
_AIM = re.compile(r"力争|争取|确保|努力|目标|将达|到" + _TIME)
_FACT = re.compile(
    r"截至|截止|同比|已(?:经|达|有|建|完成|实现|累计|超|连接|形成|与)|目前|现有|以来|共有|迄今|去年|居[全世][国界]|"
    r"位居|高于全[国省]|受访|调查"
)
_GRANT = re.compile(
    r"(?:给予|予以)[^。;]{0,30}(?:元|[0-9]%|倍)|奖励|补助|补贴|资助|奖补|贴息|罚款|处罚|处以|兑现|扶持资金|免收|减征|抵免|贴费|补偿|奖金|授信"
)
_NO_COMMITMENT = re.compile(
    r"应当|应该|可以|可按|不得(?![低少]于)|有权|视为|符合|具备|满足|方可|标准为|凡|如果|^[如若]|年龄|注册资本|保证金"
    r"|以下简称|的$|期限|有效期|公示期|之日起|字以内|页以内"
)
_NO_OBJECT = re.compile(
    r"(?:方面|阶段|环节|步骤|层次|维度|联络员|负责人|领导|工作人员|同志|联系人|部分|分项|级指标)$"
)
_DURATION = re.compile(r"工作日|小时|分钟|秒|天$|个月")
_SHORTENED = re.compile(r"压|缩|减|降|短|控制|精简")


def _is_commitment(said: _Said) -> bool:
    indicator, unit = said.indicator, said.amount.unit
    if len(indicator) < 2 or _NO_OBJECT.search(indicator) or not said.amount.value and unit != "%":
        return False
    if _DURATION.search(unit):
        return not said.act and bool(_SHORTENED.search(said.verb) or "平均" in indicator)
    if said.act:
        return said.amount.comparator != "le" and unit not in ("倍", "个百分点")
    return True
