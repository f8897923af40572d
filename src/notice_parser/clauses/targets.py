"""Quantitative targets (量化目标): who commits to what number by when. Precision goes before recall."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final, NamedTuple, final

from notice_parser.clauses.dates import DateReading, find_dates, points_ahead, recurs
from notice_parser.clauses.target_statements import (
    Phrase,
    Statement,
    act_of,
    acted_on,
    is_held,
    is_organ,
    named_later,
    names_place,
    read_statements,
    subject_at,
    sums_up,
)
from notice_parser.clauses.target_tokens import CLOSED, TIME, is_occasion, lex, masked, next_figure, opens_with_act
from notice_parser.grammar import Begun, Patterns, anywhere, closing, holding, terminals
from notice_parser.model import Modality, Precision
from notice_parser.numerals import scale_of
from notice_parser.pushdown import Token
from notice_parser.source import Passage, Span, span_of

_anywhere: Final = Patterns(anywhere, "commitment")
_closing: Final = Patterns(closing, "commitment")
_holding: Final = Patterns(holding, "commitment")
_goals: Final = Begun(anywhere, "commitment", "GOALS")
_TELLS: Final = ("FACT", "RANKED", "COMPARED", "STANDS")  # what may make a sentence one that looks back


Value = int | float


class Deadline(NamedTuple):
    """The time limit of a target; `span` is a place in the source, for it may stand in an earlier paragraph."""

    text: str
    value: str | None
    precision: Precision
    repaired: bool
    inferred: bool
    span: Span


@final
class Frame:
    """What governs the text that follows: a time limit, or that it looks back on what has been achieved."""

    def __init__(self, deadline: Deadline | None = None, *, looks_back: bool = False) -> None:
        self.deadline, self.looks_back = deadline, looks_back


@final
class _Around:
    """What the words around a statement say of it."""

    def __init__(
        self, deadline: Deadline | None, frequency: str | None, baseline: str | None, modality: Modality | None
    ) -> None:
        self.deadline, self.frequency, self.baseline, self.modality = deadline, frequency, baseline, modality


@final
class TargetReading:
    """A target at `[start, end)` of its passage; the other fields are those of `model.Target`."""

    def __init__(
        self,
        said: Statement,
        around: _Around,
        value: Value,
        value_max: Value | None,
        magnitude: tuple[Value, str],
        text: str,
        start: int,
        end: int,
    ) -> None:
        amount = said.amount
        self.indicator, self.verb, self.change = said.indicator, said.verb, said.change
        self.comparator, self.unit = amount.comparator, amount.unit
        self.value, self.value_max, self.magnitude = value, value_max, magnitude
        self.deadline, self.frequency = around.deadline, around.frequency
        self.baseline, self.modality = around.baseline, around.modality
        self.text, self.start, self.end = text, start, end


def starts_dash(folded: str) -> bool:
    """Whether a paragraph is an item of a dash list, which the frame of the paragraph above governs too."""
    return _anywhere["DASH"].match(folded) is not None


def states_goals(folded: str) -> bool:
    """Whether a paragraph opens with the time of goals, which the themes below it share (see `starts_theme`)."""
    return _goals.match(folded) is not None


def starts_theme(folded: str) -> bool:
    """Whether a paragraph opens with a goal in a few words, its figures behind: 服务能力明显增强。培育服务商20家."""
    return _anywhere["THEME"].match(folded) is not None


def read_targets(
    passage: Passage,
    skip: tuple[Span, ...] = (),
    frame: Frame | None = None,
    year: int | None = None,
    *,
    report: bool = False,
    goals: bool = False,
    since: int | None = None,
) -> tuple[tuple[TargetReading, ...], Frame | None]:
    """The targets of a paragraph and the frame it leaves; `skip` are offsets in the passage of what is not to be read.

    `frame` is the one of the paragraph above, given where that governs this one too (see `starts_dash`); `year` is
    that of the document, where it is certain, `since` the first one that its aims can be of, where that is known
    otherwise (0: any). In a `report` only what names an aim is one; below a heading of `goals` what is to be
    reached is no condition.
    """
    if not _anywhere["WORTH_A_LOOK"].search(passage.folded) or _anywhere["DEMANDS"].match(passage.folded):
        return (), frame
    reader = _Reader(passage, skip, frame or Frame(looks_back=report), year, since, report=report, goals=goals)
    targets = reader.read()
    told = targets and not goals and _recounts(passage.folded, targets)
    return () if told else tuple(targets), reader.frame


def _recounts(folded: str, targets: list[TargetReading]) -> bool:
    """Whether a paragraph tells of what has been (我市被命名为…), and nothing in it is planned."""
    planned = any(target.deadline or target.modality or (target.frequency or "")[:1] == "每" for target in targets)
    return not planned and _holding["RECOUNTED"].search(folded) is not None and not _anywhere["AIM"].search(folded)


# ---------------------------------------------------------------- from sentence to sentence


class _Reader:
    """Reads one paragraph from left to right; `frame` is what governs the text after the place reached."""

    def __init__(
        self,
        passage: Passage,
        skip: tuple[Span, ...],
        frame: Frame,
        year: int | None,
        since: int | None,
        *,
        report: bool,
        goals: bool,
    ) -> None:
        self.frame = frame
        self._report, self._goals, self._assigned = report, goals, bool(skip)
        self._passage = passage
        self._since = since if year is None else year  # a year before it is looked back on
        dates = [date for date in find_dates(passage.folded, year) if not _is_no_time(passage.folded, date)]
        self._mask = masked(passage.folded, skip, (Span(date.start, date.end) for date in dates))
        self._phrase = Phrase(passage.text, self._mask)
        self._goes_on = ";" in self._mask  # whether a sentence may leave something to the next
        self._dates = [date for date in reversed(dates) if self._mask[date.start] == TIME]  # the next one is the last
        self._due = [date for date in reversed(dates) if self._mask[date.start] == CLOSED and self._is_due(date)]
        self._modality: Modality | None = None
        self._frequency: str | None = None  # holds to the end of the sentence or the next time limit
        self._act: str | None = None  # the verb that a list may go on from in the next clause
        self._listed: str | None = None  # the first one of the sentence: 新增驿站9个,总计达20个;步道5条
        self._indicator = ""  # the last one of the sentence
        self._aimed: tuple[int, int] | None = None  # where the sentence begins, and where its first aim ends
        self._periods: list[tuple[int, Deadline]] = []  # time limits that stand side by side, and where each ends
        self._led: list[Span] = []  # the clauses before in the sentence that have no number
        self._before: Statement | None = None  # the statement before, in the same sentence
        self._acted = ""  # the unit of what is done, where it is an act that names the last indicator
        self._earlier = ("", "")  # both, as the sentence before left them at its semicolon
        self._realised = False  # whether its amount was one to be reached or received
        self._told = False  # whether the sentence tells a fact, before any aim it has
        self._granted = False  # whether a clause of the sentence has granted something
        self._supported = False  # whether one without a number has
        self._aside = False  # whether it does so in passing, and what follows does not
        self._demanded = False  # whether it tells what is asked of applicants
        self._figure = -1  # where the next figure stands, so far as one has been looked for

    def read(self) -> list[TargetReading]:
        """The targets of the paragraph, in order; a sentence without a figure or a date says nothing."""
        targets: list[TargetReading] = []
        end = 0
        while (place := self._next_place(end)) < len(self._mask):
            start = max([end - 1, *[self._mask.rfind(sign, end, place) for sign in _STOPS]]) + 1
            if self._mask[end:start].strip(_STOPS):  # a sentence that says nothing
                self._indicator, self._listed = "", None
            sentence = span_of(start, _sentence_end(self._mask, place))
            targets += self._sentence(sentence)
            end = sentence.end
        for target in targets if self._due else ():
            self._date(target)
        return targets

    def _is_due(self, date: DateReading) -> bool:
        """Whether brackets hold nothing but by when what stands before them is to be done: (2034年底前完成)."""
        folded = self._passage.folded
        closes = _anywhere["DUE_CLOSES"].match(folded, date.end)
        if not closes or not _closing["DUE_OPENS"].search(folded[max(0, date.start - _LONGEST_LABEL) : date.start]):
            return False
        past = self._since and date.value and int(date.value[:4]) < self._since
        return bool(not past and (closes["done"] or _closing["BOUND"].search(date.text)))

    def _date(self, target: TargetReading) -> None:
        """Give a target the limit in brackets behind its clause or sentence, unless it has one: 50所(6月底前完成)."""
        while self._due and self._due[-1].start < target.start:
            self._due.pop()
        if not self._due or self._opened_in_sentence(target.deadline, target.start):
            return
        due = self._due[-1]
        alone = len(self._due) == 1 or self._due[-2].start >= target.end  # else A50所(5月底前)、B20所(6月底前)
        between = _CLAUSES_ON.fullmatch(self._mask, target.end, max(target.end, due.start)) if alone else None
        if between and ("," not in between[0] or _CLOSES.match(self._mask, due.end)):
            target.deadline = self._limit_of(due)

    def _next_place(self, place: int) -> int:
        """Where the next figure or date stands."""
        figure = self._next_figure(place)
        return min(figure, self._dates[-1].start) if self._dates else figure

    def _next_figure(self, place: int) -> int:
        """Where the next figure stands, which is looked for once: places are asked for in their order."""
        if self._figure < place:
            self._figure = next_figure(self._mask, place, len(self._mask))
        return self._figure

    def _sentence(self, sentence: Span) -> list[TargetReading]:
        start, end = sentence
        goes_on = start > 0 and self._mask[start - 1] == ";" and self._mask[start] not in "每各全本其"
        self._act, self._listed = (self._listed if goes_on else None), None
        self._earlier = (self._indicator, self._acted) if goes_on else ("", "")
        self._modality, self._frequency, self._indicator = None, None, ""
        self._before, self._led, self._periods = None, [], []
        if self._next_figure(start) >= end:
            self._open_frame(end, sentence)
            return []
        above = self.frame
        targets = self._clauses(sentence, self._aim(sentence))
        if self._aside and self.frame.looks_back:
            self.frame = above
        return targets

    def _clauses(self, sentence: Span, aim: int) -> list[TargetReading]:
        """The targets of a sentence, whose clauses are read in their order."""
        start, end = sentence
        words = self._mask[start:end]
        told = self._is_told(words, start)
        granted, self._granted, self._supported = _anywhere["GRANT"].search(words) is not None, False, False
        targets: list[TargetReading] = []
        for found in _clauses().finditer(self._mask, start, end):
            over = self._is_over(found.start(), end)
            clause = span_of(found.start(), end if over else found.end())
            opened = self._open_frame(clause.end, sentence)
            if clause.start <= aim < clause.end and self.frame.looks_back:
                self.frame = Frame(self.frame.deadline)
            if over:
                break
            tokens = [] if told or self.frame.looks_back else self._tokens(clause, found[0], granted=granted)
            if tokens:
                targets += self._clause(tokens, opened)
            else:
                self._pass(clause, found[0], granted=granted)
        return targets

    def _is_told(self, words: str, start: int) -> bool:
        """Whether a sentence tells what applicants must show, perhaps as one before it does, or what is foretold."""
        goes_on = self._demanded and self._mask[start - 1] == ";"
        self._demanded = goes_on or _holding["DEMANDED"].search(words) is not None
        return self._demanded or _anywhere["FORETOLD"].match(words) is not None

    def _is_over(self, place: int, end: int) -> bool:
        """Whether a sentence says nothing more that counts from a place on, nor leaves anything to another one."""
        dated = self._dates and self._dates[-1].start < end
        return not self._goes_on and not dated and self._next_figure(place) >= end

    def _tokens(self, clause: Span, words: str, *, granted: bool) -> list[Token]:
        """The tokens of a clause that may bind somebody to a number."""
        if self._next_figure(clause.start) >= clause.end or _binds_nobody(words):
            return []
        if "近" in words and self._stands_near(words):
            return []
        if granted and self._is_granted(words):
            return []
        return lex(self._mask, clause.start, clause.end)

    def _stands_near(self, clause: str) -> bool:
        """Whether a clause tells how things stand, as 近 does where nothing is planned: 引进企业近100家."""
        if self.frame.deadline or self._modality:
            return False
        return _anywhere["NEARLY"].search(clause) is not None and not _anywhere["AIM"].search(clause)

    def _is_granted(self, clause: str) -> bool:
        """Whether a clause of a sentence that grants something tells what is granted, to whom, for what."""
        if _anywhere["GRANT"].search(clause):
            self._granted = True
            return True
        if self._is_helped(clause):
            return False
        if _anywhere["MONEY"].search(clause):
            return True
        if self._act and clause[0].isdigit():  # 支持300名人才赴境外研修,1000名参加培训,对参加的给予补贴
            return False
        return not (opens_with_act(clause) or (self._granted and not _anywhere["CAP"].search(clause)))

    def _is_helped(self, clause: str) -> bool:
        """Whether a clause tells what support granted before it is to bring about, or by when so much is to be lent."""
        when = self.frame.deadline or (self._supported and clause.startswith("每年"))
        lent = (when or self._supported) and _anywhere["LENT"].search(clause)
        return bool(lent or (when and self._supported and _anywhere["REACHES"].search(clause)))

    def _pass(self, clause: Span, words: str, *, granted: bool) -> None:
        """What a clause without a number leaves to the next: 力争到2020年, 每年发布清单, 交易额稳步提升."""
        self._act = self._act if words == "其中" else None
        if granted and self._next_figure(clause.start) >= clause.end:
            self._supported |= _anywhere["GRANT"].search(words) is not None
        self._modality = _modality(words) or self._modality
        repeated = _anywhere["EVERY"].search(words) if "每" in words else None
        self._frequency = repeated[0] if repeated else self._frequency
        subject = _anywhere["SUBJECT"].match(words)
        self._indicator = subject_at(self._phrase, clause.start, subject) if subject else self._indicator
        self._led.append(clause)

    def _clause(self, tokens: list[Token], opened: bool) -> list[TargetReading]:
        kinds = {token.type: token for token in tokens}
        said = self._said(tokens, apart="SEPARATELY" in kinds)
        around = self._around(kinds, opened)
        often = _frequencies(tokens, len(said)) or [around.frequency] * len(said)
        limits = self._limits(len(said), apart="SEPARATELY" in kinds) or [around.deadline] * len(said)
        targets: list[TargetReading] = []
        for place, one in enumerate(said):
            statement = self._completed(one)
            around.frequency, around.deadline = often[place], limits[place]
            if not _is_commitment(statement, around):
                self._before = None if statement.acts or statement.bare else self._before  # 成员5人以上,其中博士2人
            elif not self._is_condition(statement, around, tokens) and (
                _is_planned(around) or not self._tells(statement, tokens)
            ):
                targets.append(self._target(_at_least(statement) if "LEAST" in kinds else statement, around, tokens))
        self._led = [] if said else [span_of(tokens[0].start, tokens[-1].end)]
        return targets

    def _said(self, tokens: list[Token], *, apart: bool) -> list[Statement]:
        """What a clause states, without what it leaves nameless; its act goes on to the next."""
        whole = None if self._act else self._whole(tokens)
        said = read_statements(tokens, self._phrase, self._act or whole or self._summed(tokens))
        said = [self._measured_too(one) for one in said] or self._listed_too(tokens)
        said = [one for one in said if not (whole and one.acts and one.verb == whole) or self._is_part(one)]
        self._act = said[-1].verb if said and said[-1].acts else self._act if _sizes(said) else None
        self._listed = self._listed or self._act
        end = tokens[-1].end
        said = [named for one in said if (named := named_later(one, self._phrase, end))]
        return [] if apart and self._lacks_names(said) else said

    def _limits(self, count: int, *, apart: bool) -> list[Deadline | None]:
        """The time limit of each amount, where as many stand side by side: 2034年、2035年分别达到80%、90%."""
        return [deadline for _, deadline in self._periods] if apart and len(self._periods) == count > 1 else []

    def _lacks_names(self, said: list[Statement]) -> bool:
        """Whether amounts are said to differ (满足率分别超过70%和50%) and neither names nor times tell in what."""
        alike = len(said) > 1 and len({(one.indicator, one.amount.unit) for one in said}) == 1
        return alike and len(self._periods) < 2

    def _whole(self, tokens: list[Token]) -> str | None:
        """The verb of what was to be reached in the clause before, where this one parts it: 其中风电300万千瓦."""
        whole = self._before if self._mask.startswith("其中", tokens[0].start) else None
        return whole.verb or "达到" if whole is not None and not whole.acts else None

    def _summed(self, tokens: list[Token]) -> str | None:
        """The verb of the clause before, where this one adds up what that acts on: 改造老旧小区,共计10个."""
        summed = self._led and sums_up(self._phrase, tokens[0].start)
        return act_of(self._phrase, self._led[-1]) if summed else None

    def _listed_too(self, tokens: list[Token]) -> list[Statement]:
        """A thing and its number behind others that are to reach theirs: 基地达到2所,示范性高中1所."""
        kinds = [token.type for token in tokens]
        alone = kinds[:1] == ["WORDS"] and "WORDS" not in kinds[1:] and kinds.count("NUMBER") == 1
        before = self._before
        if not alone or not self.frame.deadline or self.frame.deadline.precision == "day":
            return []
        said = read_statements(tokens, self._phrase, before.verb if before and before.verb else "达到")
        sentence = self._mask.rfind("。", 0, tokens[0].start) + 1
        planned = self.frame.deadline.span.start >= self._passage.at(sentence)
        return [one for one in said if one.acts and _lists_on(one, before, planned=planned)]

    def _measured_too(self, said: Statement) -> Statement:
        """A measure and its number behind one that is to be reached: 客运量达到90万人次,货运量2万吨."""
        before = self._before
        if not said.bare or before is None or not before.verb or before.acts or before.bare or before.change:
            return said
        alike = _closing["MEASURE"].search(before.indicator) and _closing["MEASURE"].search(said.indicator)
        return said.led_by(before.verb) if alike else said

    def _is_part(self, said: Statement) -> bool:
        whole = self._before
        return whole is not None and _same_unit(whole.amount.unit, said.amount.unit)

    def _tells(self, said: Statement, tokens: list[Token]) -> bool:
        """Whether a statement tells what there is (全市拥有企业300家), not what all are to have (各区建有1所学校)."""
        has = said.verb is not None and _closing["HAS"].search(said.verb) is not None
        most = said.amount.is_share and said.amount.comparator in ("ge", "gt")  # 50%以上的村建有服务站
        return has and not most and not _anywhere["EVERYONE"].match(self._mask, tokens[0].start)

    def _is_condition(self, said: Statement, around: _Around, tokens: list[Token]) -> bool:
        """Whether an amount is what others must have for what the next clause grants: 投资1亿元以上，优先供地."""
        start, end = tokens[0].start, tokens[-1].end
        if self._is_ruled(said, around) or (_is_chosen(said) and not _anywhere["CHARGED"].match(self._mask, end)):
            return True
        least = said.amount.comparator in ("ge", "gt") and not said.amount.is_share
        if not least or not _anywhere["TREATED"].match(self._mask, end):
            return False
        theirs = not said.verb or _anywhere["THEIRS"].fullmatch(said.verb)
        ours = _anywhere["OVERALL"].match(said.indicator) or (not said.acts and self._holds("REALISED", (start, end)))
        due = (self._goals and said.verb) or around.modality or around.frequency or self._deadline(start, "每年")
        return bool(theirs and not (ours or due))

    def _is_ruled(self, said: Statement, around: _Around) -> bool:
        """Whether a share is what a rule gives to those whom the clause before names: 独立完成的,评分比例提高至5%."""
        whose = self._led and self._mask[self._led[-1].end - 1] == "的"
        return bool(whose and said.amount.is_share and said.verb and not (said.acts or _is_planned(around)))

    def _completed(self, said: Statement) -> Statement:
        """年均新增40万亩, 总体压减50%, 每季度至少一次: of what, the clause before says."""
        acted = self._acted_before(said)
        if acted is not None:
            return said.of(acted)
        said = self._before = _of_the_same(said, self._before)
        if said.indicator in ("", said.change and said.verb) or _anywhere["SUMMED"].fullmatch(said.indicator):
            fits = said.acts or not said.verb or self._continues(said) or self._grows(said)
            thing = self._thing() if said.acts and not said.indicator else ""  # 改造老旧小区,共计10个
            return said.of(self._indicator or thing or said.indicator) if fits else said
        borrowed = self._borrowed(said)
        if borrowed:
            return said.of(borrowed)
        self._indicator, self._acted = said.indicator, said.amount.unit if said.acts else ""
        done = ("REALISED", "BROUGHT") if self.frame.deadline else ("REALISED",)
        self._realised = _closing[done].search(said.verb or "") is not None
        return said

    def _continues(self, said: Statement) -> bool:
        """Whether what is reached is counted as what was acted on before it: 每年新增1000家,到2034年累计达到1万家."""
        return not self._acted or _same_unit(self._acted, said.amount.unit)

    def _grows(self, said: Statement) -> bool:
        """Whether a growth is that of what was to be reached before it: 实现旅游收入11亿元,增长8%."""
        return said.change == "growth" and self._realised

    def _borrowed(self, said: Statement) -> str:
        """The indicator of a mere verb (改造提升1万亩), a part (占贷款比重提高2%) or a total (总数达到9家)."""
        thing, unit = (self._indicator, self._acted) if self._indicator else self._earlier  # 建站10个;到2034年,建成20个
        if _is_mere_act(said) and unit and _same_unit(unit, said.amount.unit):
            stage = _closing["STAGE"].search(thing)
            return thing[: stage.start()] + said.indicator if stage else thing
        if _anywhere["DONE"].fullmatch(said.indicator):
            self._indicator = self._indicator or self._thing()
            return self._indicator
        part = said.indicator.startswith("占") and not said.indicator.startswith("占比")
        counted = self._acted and _same_unit(self._acted, said.amount.unit)
        total = counted and _anywhere["TOTAL"].fullmatch(said.indicator)
        if said.verb and _anywhere["SIZED"].fullmatch(said.indicator) and thing.endswith(said.indicator):
            return thing
        return self._indicator + said.indicator if (part or total) and self._indicator else ""

    def _acted_before(self, said: Statement) -> str | None:
        """What the clause before acts on, where this one only tells how often or where."""
        if said.acts and is_occasion(said.amount.unit) and not (said.indicator or said.verb):
            return self._thing()
        if _summed_up(said) and (thing := self._thing()):
            return thing  # 增加电扶梯,三年累计新增19台
        if said.acts and said.indicator == said.verb and is_held(said.indicator):
            return self._thing() or said.indicator  # 开展业务培训,每季度至少组织一次
        if is_occasion(said.amount.unit) and (said.bare or said.acts) and (whose := _holder(said)):
            return self._held(whose, said) or said.indicator
        if said.acts and names_place(said):
            return self._indicator or self._thing() or said.indicator  # 每个乡镇至少建设1处
        return None

    def _held(self, whose: str, said: Statement) -> str:
        """What somebody holds so often; with who does, where another holds it too: 各市不少于5次、各县不少于2次."""
        self._indicator = self._indicator or self._thing()
        before = self._before
        self._before = said
        too = said.bare or (before is not None and before.amount.unit == said.amount.unit)
        named = self._indicator and not is_organ(self._indicator)
        return whose + self._indicator if too and named else self._indicator

    def _thing(self) -> str:
        """What the nearest clause before that acts on anything acts on."""
        return next(filter(None, (acted_on(self._phrase, led) for led in self._led[: -_NEAR - 1 : -1])), "")

    def _aim(self, sentence: Span) -> int:
        """Where a sentence begins to look ahead, or -1; before that place it looks back if it tells of a fact."""
        aim = _anywhere["AIM"].search(self._mask, *sentence)
        place = (sentence.start, aim.start() if aim else sentence.end)
        self._told = self._aside = False
        if _holding[_TELLS].search(self._mask, place[0], place[1]):  # as few sentences do
            undated = not (self.frame.deadline or self._goals)
            told = self._holds("FACT", place) or (undated and self._holds("RANKED", place))
            self._aside = not told and (self._compares(place) or self._holds("STANDS", place))
            self._told = told or self._aside
        if self._told:
            self.frame = Frame(looks_back=True)
        return aim.start() if aim else -1

    def _compares(self, place: tuple[int, int]) -> bool:
        """Whether a growth is told by comparison there, with nothing to show that it is one to be reached."""
        return self._holds("COMPARED", place) and not (self._assigned or self._holds("BOUNDED", place))

    def _holds(self, word: str, place: tuple[int, int]) -> bool:
        start, end = place
        return _holding[word].search(self._mask, start, end) is not None

    def _open_frame(self, end: int, sentence: Span) -> bool:
        """Let the dates up to `end` govern what follows; whether one of them does."""
        opened = False
        while self._dates and self._dates[-1].start < end:
            opened |= self._govern(self._dates.pop(), sentence, end)
        return opened

    def _govern(self, date: DateReading, sentence: Span, end: int) -> bool:
        folded = self._passage.folded
        before = folded[max(0, date.start - 3) : date.start]
        bound = _closing["UNTIL"].search(before) or _closing["BOUND"].search(date.text)
        of_no_year = _closing["IN_MONTH"].search(date.text) or recurs(before, len(before))  # 每年10月组织两次
        names = date.precision == "year" and not bound and _is_name(folded, date)
        names = names or _anywhere["LEVEL"].match(folded, date.end) is not None or self._is_of_year_before(date)
        names = names or (date.precision == "year" and not bound and self._is_attribute(date, end))
        if not points_ahead(folded, date) or (of_no_year and not bound) or names:
            return False
        aims = self._first_aim(*sentence) <= end
        if not aims and (self._told or self._report or self._is_past(date, sentence, bound=bool(bound))):
            self.frame = Frame(looks_back=True)
            return False
        deadline = self._limit_of(date)
        beside = self._periods and self._mask[self._periods[-1][0] : date.start] in ("、", "和", "及")
        self._periods = self._periods if beside else []
        self._periods.append((date.end, deadline))
        self.frame = Frame(deadline)
        return True

    def _is_attribute(self, date: DateReading, end: int) -> bool:
        """Whether a year only tells which, in a clause without a number behind it: 根据各地上报的2030年数据进行测算."""
        owned = _closing["OWNED"].search(self._passage.folded, max(0, date.start - 2), date.start)
        if not owned:
            return False
        kinds = ("ATTRIBUTE",) if owned["told"] else ("ATTRIBUTE", "BESIDE")
        told = _anywhere[kinds].match(self._passage.folded, date.end) is not None
        near = min(end, date.end + _LONGEST_CLAUSE)
        return told and next_figure(self._mask, date.end, near) >= near

    def _limit_of(self, date: DateReading) -> Deadline:
        text, span = self._passage.text[date.start : date.end], self._passage.span(date.start, date.end)
        return Deadline(text, date.value, date.precision, date.repaired, date.inferred, span)

    def _is_of_year_before(self, date: DateReading) -> bool:
        """Whether 全年 only repeats the year right before it: 2031年实现全年利用外资8亿美元."""
        end, limit = self._periods[-1] if self._periods else (0, None)
        yearly = limit is not None and limit.precision == "year"
        return yearly and _anywhere["IN_YEAR"].fullmatch(self._passage.folded, end, date.end) is not None

    def _is_past(self, date: DateReading, sentence: Span, *, bound: bool) -> bool:
        """Whether a date opens a report: 2020年，入库数量达到1.82万家. Where no year tells, a bare one does."""
        if date.value is None:
            turned = _found(_anywhere["TURNED"], self._mask[sentence.start : sentence.end])
            return date.text.startswith("经过") and turned is not None
        if self._since is not None:
            return int(date.value[:4]) < self._since
        told = (
            date.precision == "year"
            and not bound
            and (
                self._reports_on(date.value)
                or not _found(_anywhere["PLANNED"], self._mask[sentence.start : sentence.end])
            )
        )
        return told and _anywhere["AIMED"].match(self._mask, date.end) is None

    def _reports_on(self, year: str) -> bool:
        """Whether the paragraph tells how things stood at the end of a year or of a later one."""
        reported = _found(_anywhere["REPORTED"], self._passage.folded)
        return reported is not None and reported["year"] >= year

    def _first_aim(self, start: int, end: int) -> int:
        """Where the first word of a sentence that looks ahead ends (力争, 到2027年); without one, behind the text."""
        if self._aimed is None or self._aimed[0] != start:
            found = _anywhere["AIM"].search(self._mask, start, end)
            self._aimed = start, found.end() if found else len(self._mask) + 1
        return self._aimed[1]

    def _around(self, tokens: dict[str, Token], opened: bool) -> _Around:
        """What holds for all that a clause says; a frequency (每年) goes on to the acts that follow."""
        self._modality = next((_MODALITIES[name] for name in tokens if name in _MODALITIES), self._modality)
        printed, baseline = tokens.get("FREQUENCY"), tokens.get("BASELINE")
        carried = None if opened else self._frequency
        frequency = printed.text if printed else carried
        self._frequency = frequency if frequency and frequency.startswith("每") else carried
        return _Around(
            self._deadline(next(iter(tokens.values())).start, frequency),
            frequency,
            baseline and self._passage.text[baseline.start : baseline.end],
            self._modality,
        )

    def _deadline(self, place: int, frequency: str | None) -> Deadline | None:
        """The time limit in force; what is to be done every year takes only one of its own sentence."""
        deadline = self.frame.deadline
        if deadline is None or frequency is None or _anywhere["AVERAGE"].match(frequency):
            return deadline
        return deadline if self._opened_in_sentence(deadline, place) else None

    def _opened_in_sentence(self, deadline: Deadline | None, place: int) -> bool:
        """Whether a time limit stands in the sentence of a place."""
        return deadline is not None and deadline.span.start >= self._passage.at(self._mask.rfind("。", 0, place) + 1)

    def _target(self, said: Statement, around: _Around, tokens: list[Token]) -> TargetReading:
        amount, start, end = said.amount, tokens[0].start, tokens[-1].end
        factor, length = scale_of(amount.unit)
        return TargetReading(
            said,
            around,
            _plain(amount.value),
            None if amount.value_max is None else _plain(amount.value_max),
            (_plain(amount.value * factor), amount.unit[length:]),
            self._passage.text[start:end],
            start,
            end,
        )


def _sentence_end(mask: str, place: int) -> int:
    stop = _STOP.search(mask, place)
    return stop.start() if stop else len(mask)


def _sizes(said: list[Statement]) -> bool:
    """Whether a clause only says how large that is which the act before it is on: 建设园区5家,面积90万亩,企业60家."""
    return bool(said) and _anywhere["EXTENT"].fullmatch(said[-1].indicator) is not None


def _lists_on(said: Statement, before: Statement | None, *, planned: bool) -> bool:
    """Whether a bare thing and number go on a list: one of the same unit, or any that the sentence plans."""
    listed = before and (before.verb or (before.bare and planned and _same_unit(said.amount.unit, before.amount.unit)))
    if before is None or before.acts or not listed:
        return planned and _closing["DONE_NOUN"].search(said.indicator) is not None
    alike = planned or _same_unit(said.amount.unit, before.amount.unit)
    return alike and len(said.indicator) >= _SHORT and not (said.amount.is_share or is_occasion(said.amount.unit))


_SHORT: Final = 3


def _same_unit(one: str, other: str) -> bool:
    """Whether two units are one but for their scale: 万亩, 亩."""
    return one[scale_of(one)[1] :] == other[scale_of(other)[1] :]


_NEAR: Final = 4  # clauses: one further back is about something else
_STOPS: Final = "。;!?"
_STOP: Final = re.compile(f"[{_STOPS}]")
_CLAUSES_ON: Final = re.compile(
    f"[^{_STOPS}]{{0,200}}+[{_STOPS}{CLOSED}]*+"
)  # to what stands in or right behind a sentence
_CLOSES: Final = re.compile(f"{CLOSED}*+(?:[{_STOPS}]|$)")  # what closes its sentence, or stands behind it
_LONGEST_LABEL: Final = 6
_MODALITIES: Final[dict[str, Modality]] = {"STRIVE": "strive", "ENSURE": "ensure", "IN_PRINCIPLE": "in_principle"}


@cache
def _clauses() -> re.Pattern[str]:
    """2033年完成4座、2034年完成6座 are two, and so are 每个镇建有1个广场、每个村建有1个公园."""
    apart = f"{TIME}|{_anywhere['EACH_ITS_OWN'].pattern}"
    return re.compile(rf"[^,:、]+(?:(?:、(?!{apart})|(?<={TIME})、|(?<=[0-9]),(?=[0-9]{{3}}))[^,:、]*)*")


@cache
def _modal() -> re.Pattern[str]:
    words = terminals("target")
    return re.compile("|".join(f"(?P<{name}>{words[name]})" for name in _MODALITIES))


def _binds_nobody(clause: str) -> bool:
    """Whether a clause is part of a rule, a grant, a procedure: 单个项目期限不超过3年, 若…."""
    rule = _holding["BINDS_NOBODY"].search(clause) and not _anywhere["OWN_TIME"].fullmatch(clause)
    return bool(rule or _anywhere["IDLE_OPENING"].match(clause))


def _holder(said: Statement) -> str:
    """Who holds something so often, where a statement tells that, and not what: 重点单位每半年开展1次."""
    verb = said.verb or ""
    whose = said.indicator.removesuffix(verb) if said.bare or is_held(verb) else ""
    return whose if is_organ(whose) else ""


def _summed_up(said: Statement) -> bool:
    """Whether a statement only adds up what is done: 累计新增 (but 累计培训5000人 tells whom)."""
    summed = said.indicator.removesuffix(said.verb or "")
    return said.acts and "人" not in said.amount.unit and _anywhere["SUMMED"].fullmatch(summed) is not None


def _modality(clause: str) -> Modality | None:
    """How firmly a clause that is a time frame binds: 力争到2020年, 确保到2025年底."""
    found = _modal().match(clause)
    return _MODALITIES[found.lastgroup] if found and found.lastgroup else None


def _of_the_same(said: Statement, before: Statement | None) -> Statement:
    """省级事项网上可办率不低于90%,市县级不低于70%: one that only tells whose has the noun of the one before."""
    if before is None or said.amount.unit != before.amount.unit or not (said.bare or (said.acts and before.acts)):
        return said
    if (
        not _anywhere["WHOSE"].fullmatch(said.indicator)
        or len(before.indicator) < _LONG
        or (said.amount.unit == "个" and _anywhere["PLACES"].fullmatch(said.indicator))
        or _anywhere["REGION"].fullmatch(before.indicator)
    ):
        return said
    noun = _anywhere["WHOSE_NOUN"].match(before.indicator)
    named = said.indicator + (noun["noun"] if noun else before.indicator)
    return said.of(named).with_bare(bare=before.bare)


_LONG: Final = 5


def _plain(value: Decimal) -> Value:
    return int(value) if value == value.to_integral_value() else float(value)


def _frequencies(tokens: list[Token], count: int) -> list[str | None]:
    """How often each of `count` amounts is due, where a clause says so for each: 县级每年2次、乡镇每季度1次."""
    found: list[str | None] = []
    often = ""
    for token in tokens:
        often = token.text if token.type == "FREQUENCY" else often
        found += [often] if token.type == "NUMBER" and often else []
    return found if len(found) == count and len(set(found)) > 1 else []


def _at_least(said: Statement) -> Statement:
    """至少召开1次会议: the comparator stands before the verb."""
    amount = said.amount
    return said.reaching(amount.at_least()) if amount.comparator == "eq" else said


# ---------------------------------------------------------------- looking back, looking ahead


@lru_cache(maxsize=4)
def _found(words: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Kept for the next date of the same sentence or paragraph, of which a table on one line has thousands."""
    return words.search(text)


def _is_no_time(folded: str, date: DateReading) -> bool:
    """Whether a date tells how often (每月) or how long: 审查周期压缩至|3个月以内."""
    if date.text[0] == "每":
        return True
    before = folded[max(0, date.start - _LONGEST_SHORTENING) : date.start]
    shortened = date.value is None and _closing["SHORTENED_TO"].search(before)
    return bool(shortened and not _anywhere["DONE"].match(folded, date.end))  # 控制在|3个月以内|完成 is a time


_LONGEST_SHORTENING: Final = 6
_LONGEST_CLAUSE: Final = 100  # as far as one looks for the number of a clause


def _is_name(folded: str, date: DateReading) -> bool:
    """Whether a year is part of a name: 做好2035年招生工作, 召开全市2035年金融会议."""
    before = folded[max(0, date.start - 2) : date.start]
    word = _closing["WORD"].search(before)
    return bool(_anywhere["NAMED"].search(before) or (word and _anywhere["NAMES"].match(folded, date.end)))


# ---------------------------------------------------------------- what binds nobody to anything


def _is_commitment(said: Statement, around: _Around) -> bool:
    """Whether a statement is a target: no confuser, and a unit that fits what is said."""
    indicator, verb, unit = said.indicator, said.verb or "", said.amount.unit
    overall = not said.acts and _anywhere["OVERALL"].match(indicator)
    if _is_hollow(said) or (said.bare and not (_is_planned(around) or overall)):
        return False
    if not _is_planned(around) and _is_routine(said):
        return False
    if unit in ("岁", "年"):
        return not said.acts and _closing["AGE"].search(indicator) is not None
    if _anywhere["DURATION"].search(unit):
        return not said.acts and _is_own_time(said, around)
    if said.acts:
        counts = _closing["SHARED_OUT"].search(verb) is not None if said.amount.is_share else unit not in _NO_COUNT
        counts = counts and not any(_closing[acts].search(verb) and free(said) for acts, free in _BUT.items())
        return counts and said.amount.comparator != "le" and not _names_nothing(said)
    if _caps(said):
        shortened = _anywhere["SHORTENED"].search(verb) or _closing["FORMALITY"].search(indicator)
        return bool(shortened or "平均" in indicator)
    return unit != "位" and (verb != "为" or said.amount.is_share or around.modality in ("strive", "ensure"))


_NO_COUNT: Final = ("倍", "个百分点")


def _caps(said: Statement) -> bool:
    """Whether an amount is the most that others may have or ask: 费率不超过1%."""
    most = said.amount.comparator in ("le", "lt")
    return most and _anywhere["CAPPED"].search(said.indicator if said.amount.is_share else said.amount.unit) is not None


def _names_nothing(said: Statement) -> bool:
    """Whether an object is none (3个方面, 5项举措); 推动60个事项实现“掌上办” has one."""
    moved = said.indicator == "事项" and _closing["MOVES"].search(said.verb or "")
    return not (moved or _is_chosen(said)) and _closing["NO_OBJECT"].search(said.indicator) is not None


def _is_chosen(said: Statement) -> bool:
    """选择2个领域: fields that are picked out of others, and no parts of the text itself."""
    return said.indicator == "领域" and _anywhere["CHOOSES"].fullmatch(said.verb or "") is not None


def _is_allotted(said: Statement) -> bool:
    """安排专项资金200万元, 安排2名工作人员: what an organ spends on itself or on others."""
    return "元" in said.amount.unit or said.amount.unit == "名" or said.indicator.endswith("指标")


def _is_cared_for(said: Statement) -> bool:
    """做好5项工作: nothing that will be done some day, as 做好4家基地复核 is."""
    return _closing["SETTLED"].search(said.indicator) is None


def _is_kept(said: Statement) -> bool:
    """落实9万亩耕地保护任务: an area that is laid down."""
    return said.amount.unit == "项" or _is_allotted(said) or _closing["TASK"].search(said.indicator) is None


def _is_given(said: Statement) -> bool:
    """做好新修订7部法规的贯彻实施工作: the laws are there already."""
    return _closing["ABOUT"].search(said.indicator) is not None


def _is_settled(said: Statement) -> bool:
    """各县确定1个牵头部门: nothing that is picked out to be worked on, as a village is."""
    return _closing["PICKED"].search(said.indicator) is None


# Acts that bind only to some things, and what shows that one does not.
_BUT: Final[dict[str, Callable[[Statement], bool]]] = {
    "ALLOTS": _is_allotted,
    "CARES": _is_cared_for,
    "KEEPS": _is_kept,
    "LAYS_DOWN": _is_given,
    "SETTLES": _is_settled,
}


def _is_hollow(said: Statement) -> bool:
    """Whether an indicator or a unit shows that nothing is to be reached: no noun, a tariff, a size, articles."""
    indicator, unit = said.indicator, said.amount.unit
    return (
        (len(indicator) < 2 and not _anywhere["PLACE"].fullmatch(indicator))
        or (said.amount.is_share and _anywhere["DONE"].fullmatch(indicator) is not None)
        or (_is_mere_act(said) and _names_no_thing(said))
        or _anywhere["SUMMED"].fullmatch(indicator) is not None
        or _anywhere["LAST_YEAR"].search(indicator) is not None
        or (said.bare and _closing["LARGE"].search(indicator) is not None)
        or _is_cost(said)
        or (unit.endswith("元") and _anywhere["SECURED"].match(indicator) is not None)
        or _tells_extent(said)
        or _closing["DEPOSIT"].search(indicator) is not None
        or (not said.amount.is_share and not said.amount.value and not _closing["FREED"].search(indicator))
        or (unit == "" and said.amount.value >= 1 and not _closing["INDEX"].search(indicator))
        or _closing["BENEFIT"].search(indicator) is not None
        or (unit == "条" and _closing["ARTICLES"].search(indicator) is not None)
        or (unit in ("万", "亿") and not _closing["COUNTED"].search(indicator))
        or (unit == "元" and said.change in ("increase", "decrease") and not _anywhere["EARNED"].search(indicator))
        or (unit.endswith("米") and _closing["SIZE"].search(indicator) is not None)
        or (unit.endswith("平方米") and _is_widened(said))
    )


def _is_mere_act(said: Statement) -> bool:
    """Whether an indicator only says what is done: 建成, 基本建成."""
    return said.acts and bool(said.indicator == said.verb or _anywhere["ALL_BUT"].fullmatch(said.indicator))


def _names_no_thing(said: Statement) -> bool:
    """Whether an act is all that an amount is of: 建成20个, but not 基本建成1754套, which are homes."""
    bare = _anywhere["BARE"].fullmatch(said.indicator) is not None
    return bare and not _anywhere["HOMES"].fullmatch(said.indicator + said.amount.unit)


def _tells_extent(said: Statement) -> bool:
    """Whether an amount is how much of a thing there is: 我区涉及此类整治面积约1000亩."""
    stated = not said.verb and not said.amount.is_share
    return stated and _anywhere["CONCERNS"].fullmatch(said.indicator) is not None


def _is_cost(said: Statement) -> bool:
    """Whether an amount is what the thing that is built costs: 改造水渠40公里,总投资6亿元."""
    costs = said.acts and "投资" in said.indicator and _anywhere["COST"].fullmatch(said.indicator)
    return bool(costs and _closing["LAYS_OUT"].search(said.verb or ""))


def _grows_manifold(said: Statement) -> bool:
    """Whether something is said to double, which without a time is told of what has been, or only wished for."""
    if said.amount.unit != "倍" or not said.change or said.amount.comparator == "ge":
        return False
    return said.change != "multiply" or _closing["MANIFOLD"].search(said.verb or "") is not None


def _is_widened(said: Statement) -> bool:
    """Whether an amount is the size up to which a rule holds: 将简易项目拓展至2万平方米."""
    projects = _closing["PROJECT"].search(said.indicator)
    return bool(projects and _anywhere["THRESHOLD"].fullmatch(said.verb or ""))


def _is_routine(said: Statement) -> bool:
    """Whether an amount is a rule, a size, an honour or how things stand: 试验田面积不小于10亩, 评选先进集体10个."""
    verb = said.verb or ""
    if _anywhere["NATION"].match(said.indicator) or _grows_manifold(said):
        return True
    if not said.acts:
        return not verb and _closing["ROUTINE"].search(said.indicator) is not None
    pushed = (
        said.amount.unit.endswith("瓦")
        and _closing["PROJECT"].search(said.indicator)
        and _closing["PUSHED"].search(verb)
    )
    lauded = _closing["LAUDS"].search(verb) and _anywhere["HONOURS"].match(said.indicator)
    return bool(pushed or lauded or _closing["DEALT"].search(verb))


def _is_planned(around: _Around) -> bool:
    """Whether anything but the number tells that it is one to be reached."""
    return bool(around.deadline or around.frequency or around.modality)


def _is_own_time(said: Statement, around: _Around) -> bool:
    """Whether a time is one that the organ shortens or keeps (办理时限不超过5天), or of each day (每天不少于1小时)."""
    firm = around.modality != "in_principle" or _closing["SERVED"].search(said.indicator)
    kept = said.amount.comparator in ("le", "lt") and firm and _closing["TERM"].search(said.indicator)
    days = said.indicator.endswith("天数") or (said.amount.unit == "天" and _closing["STORED"].search(said.indicator))
    often = around.frequency == "每天" or _closing["TAUGHT"].search(said.indicator)
    often = often or _closing["SERVES"].search(said.indicator)
    daily = around.frequency and often and said.amount.comparator == "ge"
    reset = _anywhere["RESET"].match(said.verb or "") and _closing["SERVED"].search(said.indicator)
    less = reset or _anywhere["SHORTENED"].search(said.verb or "")
    return bool(days or kept or daily or less or "平均" in said.indicator)
