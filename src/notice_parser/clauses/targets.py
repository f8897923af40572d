"""Quantitative targets (量化目标): who commits to what number by when. Precision goes before recall."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from lark import Token

from notice_parser.clauses.dates import DateReading, find_dates, points_ahead, recurs
from notice_parser.clauses.target_statements import (
    HELD,
    OCCASIONS,
    ORGAN,
    Phrase,
    Statement,
    acted_on,
    named_later,
    names_place,
    read_statements,
)
from notice_parser.clauses.target_tokens import SCOPE, TIME, lex, masked, may_count, opens_with_act
from notice_parser.grammar import terminals
from notice_parser.model import Change, Comparator, Modality, Precision
from notice_parser.numerals import scale_of
from notice_parser.source import Passage, Span


class Deadline(NamedTuple):
    """The time limit of a target; `span` is a place in the source, for it may stand in an earlier paragraph."""

    text: str
    value: str | None
    precision: Precision
    repaired: bool
    inferred: bool
    span: Span


class Frame(NamedTuple):
    """What governs the text that follows: a time limit, or that it looks back on what has been achieved."""

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


def starts_dash(folded: str) -> bool:
    """Whether a paragraph is an item of a dash list, which the frame of the paragraph above governs too."""
    return _DASH.match(folded) is not None


def states_goals(folded: str) -> bool:
    """Whether a paragraph opens with the time of goals, which the themes below it share (see `starts_theme`)."""
    return _GOALS.match(folded) is not None


def starts_theme(folded: str) -> bool:
    """Whether a paragraph opens with a goal in a few words, its figures behind: 服务能力明显增强。培育服务商20家."""
    return _THEME.match(folded) is not None


def read_targets(
    passage: Passage,
    skip: tuple[Span, ...] = (),
    frame: Frame | None = None,
    year: int | None = None,
    *,
    report: bool = False,
) -> tuple[tuple[TargetReading, ...], Frame | None]:
    """The targets of a paragraph and the frame it leaves; `skip` are offsets in the passage of what is not to be read.

    `frame` is the one of the paragraph above, given where that governs this one too (see `starts_dash`); `year` is
    that of the document, where it is certain. In a `report` only what names an aim is one.
    """
    if not _WORTH_A_LOOK.search(passage.folded) or _DEMANDS.match(passage.folded):
        return (), frame
    reader = _Reader(passage, skip, frame or Frame(looks_back=report), year, report=report)
    targets = tuple(reader.read())
    return targets, reader.frame


# What an applicant must show is no target: 申报条件:, 创建标准:, 申报企业应具备以下条件.
_DEMAND = r"(?:申报|申请|认定|创建|评定|评选|验收|入选|推荐|遴选|准入|入库|基本)(?:的)?(?:条件|标准|要求|资格)"
_DEMANDS = re.compile(rf"[ (（一二三四五六七八九十0-9)）、.]*{_DEMAND}(?:及[^,。:]{{2,6}})?(?:包括|如下|为)?:")
_GOALS = re.compile(r" *(?:力争|争取|努力)?到 ?(?:20[0-9]{2} ?年|“?十[一二三四五]五)")
_THEME = re.compile(
    r" *[^,。;:0-9]{4,18}(?:提[升高]|增强|完善|优化|改善|夯实|健全|壮大|突破|领先|凸显|形成|加快|扩大|加强|丰富)。(?=.)"
)
_DASH = re.compile(r" *(?:[—·●-]|[一二三四五六七八九十]是)")
# A figure, 翻番, 每, 三分之二, 千亿, a time limit: one class of characters first, which is searched fast.
_WORTH_A_LOOK = re.compile(
    r"[0-9番每分亿半间末底内年](?:(?<=[0-9番每])|(?<=一半)|(?<=半)(?=数)|(?<=分)(?=之)|(?<=[千万百十]亿)|(?<=[期年五”][间末底内])|(?<=[一二两三四五六七八九十全今]年))"
)


# ---------------------------------------------------------------- from sentence to sentence


class _Around(NamedTuple):
    """What the words around a statement say of it."""

    deadline: Deadline | None
    frequency: str | None
    baseline: str | None
    modality: Modality | None


class _Reader:
    """Reads one paragraph from left to right; `frame` is what governs the text after the place reached."""

    def __init__(
        self, passage: Passage, skip: tuple[Span, ...], frame: Frame, year: int | None, *, report: bool
    ) -> None:
        self.frame = frame
        self._report, self._assigned = report, bool(skip)
        self._passage, self._year = passage, year
        dates = find_dates(passage.folded, year)
        self._mask = masked(passage.folded, skip, (Span(date.start, date.end) for date in dates))
        self._phrase = Phrase(passage.text, self._mask)
        self._dates = [date for date in reversed(dates) if self._mask[date.start] == TIME]  # the next one is the last
        self._modality: Modality | None = None
        self._frequency: str | None = None  # holds to the end of the sentence or the next time limit
        self._act: str | None = None  # the verb that a list may go on from in the next clause
        self._listed: str | None = None  # the first one of the sentence: 新增驿站9个,总计达20个;步道5条
        self._indicator = ""  # the last one of the sentence
        self._periods: list[tuple[int, Deadline]] = []  # time limits that stand side by side, and where each ends
        self._led: list[Span] = []  # the clauses before in the sentence that have no number
        self._before: Statement | None = None  # the statement before, in the same sentence
        self._acted = ""  # the unit of what is done, where it is an act that names the last indicator
        self._told = False  # whether the sentence tells a fact, before any aim it has
        self._granted = False  # whether a clause of the sentence has granted something
        self._supported = False  # whether one without a number has
        self._aside = False  # whether it does so in passing, and what follows does not

    def read(self) -> Iterator[TargetReading]:
        """The targets of the paragraph, in order."""
        for sentence in _SENTENCES.finditer(self._mask):
            words = sentence[0]
            goes_on = self._mask.startswith(";", max(0, sentence.start() - 1)) and words[0] not in "每各全本其"
            self._act, self._listed = (self._listed if goes_on else None), None
            self._modality, self._frequency, self._indicator = None, None, ""
            self._before, self._led, self._periods = None, [], []
            if not may_count(self._mask, *sentence.span()):
                self._open_frame(sentence.end(), sentence)
                continue
            above = self.frame
            aim = self._aim(sentence)
            demanded = _DEMANDED.search(words) is not None or _FORETOLD.search(words) is not None
            granted, self._granted, self._supported = _GRANT.search(words) is not None, False, False
            for clause in _CLAUSES.finditer(self._mask, *sentence.span()):
                opened = self._open_frame(clause.end(), sentence)
                if clause.start() <= aim < clause.end():
                    self.frame = self.frame._replace(looks_back=False)
                tokens = [] if demanded or self.frame.looks_back else self._tokens(clause, granted=granted)
                if tokens:
                    yield from self._clause(tokens, opened)
                else:
                    self._pass(clause)
            if self._aside and self.frame.looks_back:
                self.frame = above

    def _tokens(self, clause: re.Match[str], *, granted: bool) -> list[Token]:
        """The tokens of a clause that may bind somebody to a number."""
        if not may_count(self._mask, *clause.span()) or _NO_COMMITMENT.search(clause[0]):
            return []
        if granted and (self._is_granted(clause[0])):
            return []
        return list(lex(self._mask, *clause.span()))

    def _is_granted(self, clause: str) -> bool:
        """Whether a clause of a sentence that grants something tells what is granted, to whom, for what."""
        if _GRANT.search(clause):
            self._granted = True
            return True
        if self._supported and self._is_helped(clause):
            return False
        if _MONEY.search(clause):
            return True
        if self._act and clause[0].isdigit():  # 支持300名人才赴境外研修,1000名参加培训,对参加的给予补贴
            return False
        return not (opens_with_act(clause) or (self._granted and not _CAP.search(clause)))

    def _is_helped(self, clause: str) -> bool:
        """Whether a clause tells what support granted before it is to bring about."""
        when = self.frame.deadline or clause.startswith("每年")
        return bool(_LENT.search(clause) or (when and _REACHES.search(clause)))

    def _pass(self, clause: re.Match[str]) -> None:
        """What a clause without a number leaves to the next: 力争到2020年, 每年发布清单, 交易额稳步提升."""
        self._act = self._act if clause[0] == "其中" else None
        self._supported |= _GRANT.search(clause[0]) is not None and not may_count(self._mask, *clause.span())
        self._modality = _modality(clause[0]) or self._modality
        repeated = _EVERY.search(clause[0]) if "每" in clause[0] else None
        self._frequency = repeated[0] if repeated else self._frequency
        subject = _SUBJECT.match(clause[0])
        self._indicator = subject[1] if subject else self._indicator
        self._led.append(Span(*clause.span()))

    def _clause(self, tokens: list[Token], opened: bool) -> Iterator[TargetReading]:
        said = self._said(tokens)
        around = self._around({token.type: token for token in tokens}, opened)
        at_least = any(token.type == "LEAST" for token in tokens)
        often = _frequencies(tokens, len(said)) or [around.frequency] * len(said)
        limits = self._limits(tokens, len(said)) or [around.deadline] * len(said)
        for statement, frequency, deadline in zip(map(self._completed, said), often, limits, strict=True):
            around = around._replace(frequency=frequency, deadline=deadline)
            if _is_commitment(statement, around) and (_is_planned(around) or not self._tells(statement, tokens)):
                yield self._target(_at_least(statement) if at_least else statement, around, tokens)
        self._led = [] if said else [Span(tokens[0].start_pos or 0, tokens[-1].end_pos or 0)]

    def _said(self, tokens: list[Token]) -> list[Statement]:
        """What a clause states, without what it leaves nameless; its act goes on to the next."""
        whole = None if self._act else self._whole(tokens)
        said = read_statements(tokens, self._phrase, self._act or whole)
        said = [one for one in said if not (whole and one.acts) or self._is_part(one)]
        self._act = said[-1].verb if said and said[-1].acts else None
        self._listed = self._listed or self._act
        end = tokens[-1].end_pos or 0
        said = [named for one in said if (named := named_later(one, self._phrase, end))]
        return [] if self._lacks_names(said, tokens) else said

    def _limits(self, tokens: list[Token], count: int) -> list[Deadline | None]:
        """The time limit of each amount, where as many stand side by side: 2034年、2035年分别达到80%、90%."""
        apart = any(token.type == "SEPARATELY" for token in tokens) and count > 1
        return [deadline for _, deadline in self._periods] if apart and len(self._periods) == count else []

    def _lacks_names(self, said: list[Statement], tokens: list[Token]) -> bool:
        """Whether amounts are said to differ (满足率分别超过70%和50%) and neither names nor times tell in what."""
        apart = any(token.type == "SEPARATELY" for token in tokens) and len(said) > 1 and len(self._periods) < 2
        return apart and len({(one.indicator, one.amount.unit) for one in said}) == 1

    def _whole(self, tokens: list[Token]) -> str | None:
        """The verb of what was to be reached in the clause before, where this one parts it: 其中风电300万千瓦."""
        whole = self._before if self._mask.startswith("其中", tokens[0].start_pos or 0) else None
        return whole.verb or "达到" if whole is not None and not whole.acts else None

    def _is_part(self, said: Statement) -> bool:
        whole = self._before
        return whole is not None and _same_unit(whole.amount.unit, said.amount.unit)

    def _tells(self, said: Statement, tokens: list[Token]) -> bool:
        """Whether a statement tells what there is (全市拥有企业300家), not what all are to have (各区建有1所学校)."""
        has = said.verb is not None and said.verb.endswith(_HAS)
        return has and not _EVERYONE.match(self._mask, tokens[0].start_pos or 0)

    def _completed(self, said: Statement) -> Statement:
        """年均新增40万亩, 总体压减50%, 每季度至少一次: of what, the clause before says."""
        acted = self._acted_before(said)
        if acted is not None:
            return said._replace(indicator=acted)
        said = self._before = _of_the_same(said, self._before)
        if said.indicator in ("", said.change and said.verb, *_OF_THAT):
            fits = said.acts or not said.verb or not self._acted or self._acted == said.amount.unit
            return said._replace(indicator=self._indicator or said.indicator) if fits else said
        borrowed = self._borrowed(said)
        if borrowed:
            return said._replace(indicator=borrowed)
        self._indicator, self._acted = said.indicator, said.amount.unit if said.acts else ""
        return said

    def _borrowed(self, said: Statement) -> str:
        """The indicator of one that has only a verb (改造提升1万亩, 完成80%) or is a part (占贷款比重提高2%)."""
        if said.acts and said.indicator == said.verb and self._acted and _same_unit(self._acted, said.amount.unit):
            return self._indicator
        if said.indicator in _DONE:
            self._indicator = self._indicator or self._thing()
            return self._indicator
        part = said.indicator.startswith("占") and not said.indicator.startswith("占比")
        return self._indicator + said.indicator if part and self._indicator else ""

    def _acted_before(self, said: Statement) -> str | None:
        """What the clause before acts on, where this one only tells how often or where."""
        if said.acts and said.amount.unit in OCCASIONS and not (said.indicator or said.verb):
            return self._thing()
        if said.acts and said.indicator == said.verb and HELD.fullmatch(said.indicator):
            return self._thing() or said.indicator  # 开展业务培训,每季度至少组织一次
        if said.acts and said.amount.unit in OCCASIONS and _held_by(said):
            return self._indicator or self._thing() or said.indicator
        if said.acts and names_place(said):
            return self._indicator or self._thing() or said.indicator  # 每个乡镇至少建设1处
        return None

    def _thing(self) -> str:
        """What the nearest clause before that acts on anything acts on."""
        return next(filter(None, (acted_on(self._phrase, led) for led in self._led[: -_NEAR - 1 : -1])), "")

    def _aim(self, sentence: re.Match[str]) -> int:
        """Where a sentence begins to look ahead, or -1; before that place it looks back if it tells of a fact."""
        aim = _AIM.search(self._mask, *sentence.span())
        place = (sentence.start(), aim.start() if aim else sentence.end())
        bound = self._assigned or _BOUNDED.search(self._mask, *place)
        told = _FACT.search(self._mask, *place)
        compared = not bound and _COMPARED.search(self._mask, *place)
        self._aside = not told and bool(compared or _STANDS.search(self._mask, *place))
        self._told = self._aside or told is not None
        if self._told:
            self.frame = Frame(looks_back=True)
        return aim.start() if aim else -1

    def _open_frame(self, end: int, sentence: re.Match[str]) -> bool:
        """Let the dates up to `end` govern what follows; whether one of them does."""
        opened = False
        while self._dates and self._dates[-1].start < end:
            opened |= self._govern(self._dates.pop(), sentence, end)
        return opened

    def _govern(self, date: DateReading, sentence: re.Match[str], end: int) -> bool:
        folded = self._passage.folded
        before = folded[max(0, date.start - 3) : date.start]
        bound = _UNTIL.search(before) or _BOUND.search(date.text)
        of_no_year = date.precision in ("day", "month") or recurs(before, len(before))  # 每年10月组织两次
        names = date.precision == "year" and not bound and _is_name(folded, date)
        if not points_ahead(folded, date) or (of_no_year and not bound) or names:
            return False
        aims = _found(_AIM, self._mask[sentence.start() : end])
        if not aims and (self._told or self._report or _is_past(date, self._year, sentence[0], bound=bool(bound))):
            self.frame = Frame(looks_back=True)
            return False
        text, span = self._passage.text[date.start : date.end], self._passage.span(date.start, date.end)
        deadline = Deadline(text, date.value, date.precision, date.repaired, date.inferred, span)
        beside = self._periods and self._mask[self._periods[-1][0] : date.start] in ("、", "和", "及")
        self._periods = [*(self._periods if beside else ()), (date.end, deadline)]
        self.frame = Frame(deadline)
        return True

    def _around(self, tokens: dict[str, Token], opened: bool) -> _Around:
        """What holds for all that a clause says; a frequency (每年) goes on to the acts that follow."""
        self._modality = next((_MODALITIES[name] for name in tokens if name in _MODALITIES), self._modality)
        printed, baseline = tokens.get("FREQUENCY"), tokens.get("BASELINE")
        carried = None if opened else self._frequency
        frequency = str(printed) if printed else carried
        self._frequency = frequency if frequency and frequency.startswith("每") else carried
        return _Around(
            self._deadline(next(iter(tokens.values())).start_pos or 0, frequency),
            frequency,
            baseline and self._passage.text[baseline.start_pos : baseline.end_pos],
            self._modality,
        )

    def _deadline(self, place: int, frequency: str | None) -> Deadline | None:
        """The time limit in force; what is to be done every year takes only one of its own sentence."""
        deadline = self.frame.deadline
        if deadline is None or frequency is None or not frequency.startswith("每"):
            return deadline
        sentence = self._passage.at(self._mask.rfind("。", 0, place) + 1)
        return deadline if deadline.span.start >= sentence else None

    def _target(self, said: Statement, around: _Around, tokens: list[Token]) -> TargetReading:
        amount, start, end = said.amount, tokens[0].start_pos or 0, tokens[-1].end_pos or 0
        factor, length = scale_of(amount.unit)
        return TargetReading(
            indicator=said.indicator,
            verb=said.verb,
            comparator=amount.comparator,
            value=_plain(amount.value),
            value_max=None if amount.value_max is None else _plain(amount.value_max),
            unit=amount.unit,
            change=said.change,
            magnitude=(_plain(amount.value * factor), amount.unit[length:]),
            text=self._passage.text[start:end],
            start=start,
            end=end,
            **around._asdict(),
        )


def _same_unit(one: str, other: str) -> bool:
    """Whether two units are one but for their scale: 万亩, 亩."""
    return one[scale_of(one)[1] :] == other[scale_of(other)[1] :]


_NEAR = 4  # clauses: one further back is about something else
_OF_THAT = ("总体", "平均", "整体", "做到", "累计", "总计", "合计")
_DONE = ("完成", "建成", "新建", "改造")
_HAS = ("建有", "设有", "拥有")
# 各街道, 每个区, 鼓励20万人口以上的区 — not 各申报单位, whose means are a condition.
_EVERYONE = re.compile(rf"{SCOPE}(?:[每各](?!类|种|申报|申请)|[^,。;:、0-9]{{0,6}}[0-9]+万?人口以上的)")
_EVERY = re.compile(r"每(?:半|两)?个?(?:年|季度|月|周)")
_SUBJECT = re.compile(
    rf"{TIME}*([^{TIME}]{{2,24}}?(?:率|额|量|规模|产值|增加值|收入|总数|投资|消费|外资|贷款)(?![先商者]))(?!先)"
)
_SENTENCES = re.compile(r"[^。;!?]+")
# 2033年完成4座、2034年完成6座 are two.
_CLAUSES = re.compile(rf"[^,:、]+(?:(?:、(?!{TIME})|(?<={TIME})、|(?<=[0-9]),(?=[0-9]{{3}}))[^,:、]*)*")
_MODALITIES: dict[str, Modality] = {"STRIVE": "strive", "ENSURE": "ensure", "IN_PRINCIPLE": "in_principle"}


@cache
def _modal() -> re.Pattern[str]:
    words = terminals("target")
    return re.compile("|".join(f"(?P<{name}>{words[name]})" for name in _MODALITIES))


def _held_by(said: Statement) -> bool:
    """Whether a statement tells who holds something so often, and not what: 重点单位每半年开展1次."""
    verb = said.verb or ""
    whose = said.indicator.removesuffix(verb) if HELD.fullmatch(verb) else ""
    return ORGAN.search(whose) is not None


def _modality(clause: str) -> Modality | None:
    """How firmly a clause that is a time frame binds: 力争到2020年, 确保到2025年底."""
    found = _modal().match(clause)
    return _MODALITIES[found.lastgroup] if found and found.lastgroup else None


def _of_the_same(said: Statement, before: Statement | None) -> Statement:
    """省级事项网上可办率不低于90%,市县级不低于70%: one that only tells whose has the noun of the one before."""
    if before is None or said.amount.unit != before.amount.unit or not (said.bare or (said.acts and before.acts)):
        return said
    if not _WHOSE.fullmatch(said.indicator) or len(before.indicator) < _LONG or _PLACE.fullmatch(before.indicator):
        return said
    noun = _WHOSE_NOUN.match(before.indicator)
    named = said.indicator + (noun[1] if noun else before.indicator)
    return said._replace(indicator=named, bare=before.bare)


_LONG = 5
_WHOSE = re.compile(r"[^的、]{0,4}(?:[省市县区乡镇村]级?|城[市区]|县城|农村|每个[市县区]|复杂事项|其他事项|[级类])")
_PLACE = re.compile(r"[省市县区旗镇乡村](?:[（(][^（()）]*[)）])?")  # 县（市、区）
_WHOSE_NOUN = re.compile(r"(?:[^的、]{1,5}?级|一般事项|城市|农村)(.{4,})")


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _frequencies(tokens: list[Token], count: int) -> list[str | None]:
    """How often each of `count` amounts is due, where a clause says so for each: 县级每年2次、乡镇每季度1次."""
    found: list[str | None] = []
    often = ""
    for token in tokens:
        often = str(token) if token.type == "FREQUENCY" else often
        found += [often] if token.type == "NUMBER" and often else []
    return found if len(found) == count and len(set(found)) > 1 else []


def _at_least(said: Statement) -> Statement:
    """至少召开1次会议: the comparator stands before the verb."""
    amount = said.amount
    return said._replace(amount=amount._replace(comparator="ge")) if amount.comparator == "eq" else said


# ---------------------------------------------------------------- looking back, looking ahead


def _is_past(date: DateReading, year: int | None, sentence: str, *, bound: bool) -> bool:
    """Whether a date opens a report: 2020年，入库数量达到1.82万家. Without the document's year a bare year does."""
    if date.value is None:
        return False
    if year is not None:
        return int(date.value[:4]) < year
    return date.precision == "year" and not bound and not _found(_PLANNED, sentence)


@lru_cache(maxsize=4)
def _found(words: re.Pattern[str], sentence: str) -> bool:
    """Kept for the next date of the same sentence, of which a table on one line has thousands."""
    return words.search(sentence) is not None


_UNTIL = re.compile(r"[到至于在]$")
_BOUND = re.compile(r"(?:前|内|底|末|终|期间|季度|半年|时间|努力)$")


def _is_name(folded: str, date: DateReading) -> bool:
    """Whether a year is part of a name: 做好2035年招生工作, 召开全市2035年金融会议."""
    before = folded[max(0, date.start - 2) : date.start]
    return bool(_NAMED.search(before) or (_WORD.search(before) and _NAMES.match(folded, date.end)))


_NAMED = re.compile(r"开展|做好|落实|制定|根据|完成|总结|对标|编制|印发|按照|结合|依据|巩固|出台|公布|下达|申报|参加")
_WORD = re.compile(r"[一-龥](?<!在)$")
_NAMES = re.compile(r"[一-龥]{0,8}?(?:会议|要点|方案|计划(?![新完建培引实组开推增])|清单|目录|版|峰会|大会|预算)")
_PLANNED = re.compile(r"不[少低高超]|(?<!规模)以上|以内|左右|新增|建设|培育|打造|计划|[拟将]")
_AIM = re.compile(f"力争|争取|确保|努力|目标|将达|到{TIME}")
_FACT = re.compile(
    r"截至|截止|已(?:经|达|有(?=[^,。;]*[0-9])|建(?!成的)|完成|实现|累计|超|连接|形成|与|覆盖|开展|成为|连续|明确)|以来|迄今"
    r"|去年|过去[一两三五]年|[一两三]年来|居[全世][国界]|位居|受访|调查显示|[上下升降]升到|我国已|(?:出台|取得|实现|完成|建成|建立|形成|开展|推出|制定|打造|组织|发布|成立|新增|达到|提升|增长|下降|印发|遴选|评选|认定)了|累计[^,。;]*[0-9][余多]"
)
# How things stand is told in passing: 依托现有5家实验室。新建…
_STANDS = re.compile(r"目前(?!尚|仍|还)|现有[^,。;、]{0,10}[0-9]|共有")
# A growth told by comparison is a fact, unless an organ answers for it (同比增长20%(市财政局负责)) or it is a bound.
_COMPARED = re.compile(r"(?<!陪)同比(?!例)|高于全[国省]")
_BOUNDED = re.compile(r"以上|不低于|年内")

# ---------------------------------------------------------------- what binds nobody to anything

# Each forced by texts of its kind: support policies (给予…万元奖励), rules and qualifications (应当, 方可, …的),
# terms of procedure (公示期, 之日起), offices (1名联络员), counts of the text itself (3个方面).
_GRANT = re.compile(
    r"(?:给予|予以)[^,。;]{0,20}(?:元|[0-9]%|倍)|(?:奖励|(?:补助|补贴)(?!申请|申领|办理|服务)|(?<![选养拔持并])资助(?!项目|(?:不少于|至少)?[0-9]+[余多]?[名人家个位])|奖补|贴息)(?!资金用于[^,。;]*比例|性|贷款|政策|规模|机制|制度)|罚款|处罚|处以(?![上下内])|兑现(?=[^,。;]{0,12}[奖补资])|扶持资金|免收|减征|抵免|贴费"
    r"|补偿(?!机制|引导|资金|基金)|奖金|授信(?![^,。;]{0,8}(?:率|占比|数))[^,。;]{0,8}[0-9]|最高[^,。;、]{0,6}[0-9]"
)
# In a sentence that grants something only what is built or brought up is a target: 认定园区10家,给予一次性奖补.
_MONEY = re.compile(r"元|^每(?!年)|(?<!万)[人名]以上")
_FORETOLD = re.compile(r"^[ (]*据[^,。;]{2,30}(?:预计|预测|估计|测算)")  # 据有关机构预测,到2035年全球规模超过60亿
_DEMANDED = re.compile(rf"{_DEMAND}(?:包括|如下|为|:)|(?:以下|下列)(?:基本)?条件|方可")
# What a grant helps to reach: 补助资金倾斜支持,每年安排的资金比例保持在60%以上; 给予补助,发放贷款3亿元以上.
_REACHES = re.compile(r"达到?[0-9]|(?:保持在|稳定在|不低于|超过)[0-9.]+[%件家个]")
_LENT = re.compile(r"带动就业[0-9]+人|(?:发放|力争)[^最单]*(?:贷款|融资额?)(?:达到?)?[0-9.]+[万亿]+元(?:以上)?$")
_CAP = re.compile(r"最[高多]|不超过|每|单[个家户项]|总额|期限|标准|的$|的[,，]")
_NO_COMMITMENT = re.compile(
    r"(?:支持|扶持)(?:金额|额度|比例|总额|资金)|财政(?:统筹)?(?:新增|安排|拨付|出资|投入)[^,。;]{0,6}[0-9]"
    r"|(?:减[少免]|降低|下浮|优惠)(?:不低于|不少于)?[0-9.]+%(?:以上)?[^,。;、]{0,14}(?:(?<!消)费|[租税])|应当|应该|应(?=[在于为]|不(?![低少]于(?:[^,。;、]{1,8}的)?[0-9.]+%))|可以|可按|不得(?![低少]于)|有权|视为|方可|标准为|凡|如果|^[如若且]|^(?:申报|申请|参评)(?:人|主体|企业|单位|项目)|^对(?!外|(?:全[省市县区])?[0-9]|[^,。;、]{2,14}每(?:年|半年|季度|月|周))|近[0-9]|年龄|注册资本|保证金[^,。;]{0,8}[0-9]|以下简称"
    r"|一般不[少低超高得](?![^,。;]{0,6}(?:分钟|小时|工作日|天))|的$|^(?!在(?:确保|保证|保持)).*基础上$|^[^0-9一二两三四五六七八九十]*(?:符合|具备|满足(?!率|度))|按不|期限[为不]|有效期|公示期|之日起|字以内|页以内"
)
_NO_OBJECT = re.compile(
    r"(?:方面|阶段|环节|步骤|层次|维度|资金池|联络员|联系电话|负责人|领导|工作人员|同志|联系人|部分|领域|基金|专项资金|分项|级指标|分类|子类"
    r"|^(?:重点|主要|具体)?(?:任务|工作|措施|举措|内容|事项))$"
)
_ARTICLES = ("政策", "措施", "举措")  # 落实13条政策: what the text itself is made of
_NO_INDICATOR = ("上年",)
_OF_LAST_YEAR = re.compile(r"上一?年度")
_PLACES = tuple("省市县区旗镇乡村")  # 90%的市达到三星级
_DURATION = re.compile(r"工作日|(?<!/)小时|分钟|秒|(?<!/)[天日]$|个月")
_AGES = ("寿命", "年限")  # 平均受教育年限达到11.3年
_SIZES = re.compile(
    r"(?:距离|间距|高度|宽度|厚度|深度|直径|净高|净空)$"
)  # 水平距离达1米以上: how a thing is to be built
_EARNED = re.compile(r"成本|费用|收入|产值|利润|税收")  # 手术费增加700元 is a tariff
_SHORTENED = re.compile(r"压|缩|减|降|短|控制|精简|提速|放宽")
_CAPPED = re.compile(r"[个家项名件人次户份条台元瓦]$|(?<!立方)米$|[费税利]率?$")  # binds the other side: 费率不超过1%
_FORMALITY = re.compile(r"(?:手续|环节|材料)$")  # what an organ asks for, and may ask less of: 环节不超过2个
_OVERALL = re.compile(
    r"[全我][省市县区州盟旗]"
)  # 全市“一件事”事项不少于100项: what holds for all of a place is no rule
_HEADS = re.compile(r"(?:[数量]|用户|规模|人次)$")  # what is counted without a unit: 用户数突破3000万
_TERM = re.compile(r"(?:时间|时长|时限|用时)$")
_TAUGHT = re.compile(r"(?:培训|实训|教育|锻炼|驻村|驻村工作)$")  # 每人每年集中培训不少于5天
_SERVES = re.compile(r"(?:教师|干部|人员|领导|专家|医师|医生|队员|党员|学生|职工|成员)$")  # 教师每年至少1个月在企业实训
_SETTLED = re.compile(r"(?:复核|验收|改造|整治|治理|修复|创建|认定|评定|复查|升级)$")  # 做好4家基地复核
_SERVED = re.compile(r"(?:办理|办结|等候|等待|审批|接电|响应)(?:时间|时限)$")  # 窗口办理时间一般不超过20分钟
_SHARED_OUT = ("实现", "完成", "覆盖", "推动")  # the acts that a percentage can be of: 完成80%市场监管所标准化建设


def _is_commitment(said: Statement, around: _Around) -> bool:
    """Whether a statement is a target: no confuser, and a unit that fits what is said."""
    indicator, verb, unit = said.indicator, said.verb or "", said.amount.unit
    if _is_hollow(said) or (said.bare and not (_is_planned(around) or _OVERALL.match(indicator))):
        return False
    if unit in ("岁", "年"):
        return not said.acts and indicator.endswith(_AGES)
    if _DURATION.search(unit):
        return not said.acts and _is_own_time(said, around)
    if said.acts:
        counts = verb.endswith(_SHARED_OUT) if said.amount.is_share else unit not in ("倍", "个百分点")
        counts = counts and not any(verb.endswith(acts) and free(said) for acts, free in _BUT.items())
        return counts and said.amount.comparator != "le" and not _names_nothing(said)
    if said.amount.comparator in ("le", "lt") and _CAPPED.search(unit if not said.amount.is_share else indicator):
        return bool(_SHORTENED.search(verb) or _FORMALITY.search(indicator) or "平均" in indicator)
    return unit != "位" and (verb != "为" or said.amount.is_share or around.modality in ("strive", "ensure"))


def _names_nothing(said: Statement) -> bool:
    """Whether an object is none (3个方面, 5项举措); 推动60个事项实现“掌上办” has one."""
    moved = said.indicator == "事项" and said.verb is not None and said.verb.endswith(_MOVES)
    return not moved and _NO_OBJECT.search(said.indicator) is not None


_MOVES = ("推动", "推进", "促进", "实现")


def _is_allotted(said: Statement) -> bool:
    """安排专项资金200万元, 安排2名工作人员: what an organ spends on itself or on others."""
    return "元" in said.amount.unit or said.amount.unit == "名" or said.indicator.endswith("指标")


def _is_cared_for(said: Statement) -> bool:
    """做好5项工作: nothing that will be done some day, as 做好4家基地复核 is."""
    return _SETTLED.search(said.indicator) is None


def _is_given(said: Statement) -> bool:
    """做好新修订7部法规的贯彻实施工作: the laws are there already."""
    return _ABOUT.search(said.indicator) is not None


_ABOUT = re.compile(r"的.{1,8}(?:工作|情况|任务)$")
# Acts that bind only to some things, and what shows that one does not.
_BUT: dict[str | tuple[str, ...], Callable[[Statement], bool]] = {
    "安排": _is_allotted,
    ("做好", "抓好"): _is_cared_for,
    ("修订", "制定", "出台", "发布", "印发"): _is_given,
}


def _is_hollow(said: Statement) -> bool:
    """Whether an indicator or a unit shows that nothing is to be reached: no noun, a tariff, a size, articles."""
    indicator, unit = said.indicator, said.amount.unit
    return (
        (len(indicator) < 2 and indicator not in _PLACES)
        or indicator.endswith(_NO_INDICATOR)
        or (said.amount.is_share and indicator in _DONE)
        or indicator in _OF_THAT
        or _OF_LAST_YEAR.search(indicator) is not None
        or (not said.amount.is_share and not said.amount.value)
        or (unit == "条" and indicator.endswith(_ARTICLES))
        or (unit in ("万", "亿") and not _HEADS.search(indicator))
        or (unit == "元" and said.change in ("increase", "decrease") and not _EARNED.search(indicator))
        or (unit.endswith("米") and _SIZES.search(indicator) is not None)
    )


def _is_planned(around: _Around) -> bool:
    """Whether anything but the number tells that it is one to be reached."""
    return bool(around.deadline or around.frequency or around.modality)


def _is_own_time(said: Statement, around: _Around) -> bool:
    """Whether a time is one that the organ shortens or keeps (办理时限不超过5天), or of each day (每天不少于1小时)."""
    firm = around.modality != "in_principle" or _SERVED.search(said.indicator)
    kept = said.amount.comparator in ("le", "lt") and firm and _TERM.search(said.indicator)
    days = said.indicator.endswith("天数")
    often = around.frequency == "每天" or _TAUGHT.search(said.indicator)
    often = often or _SERVES.search(said.indicator)
    daily = around.frequency and often and said.amount.comparator == "ge"
    return bool(days or kept or daily or _SHORTENED.search(said.verb or "") or "平均" in said.indicator)
