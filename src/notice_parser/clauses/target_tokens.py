"""The tokens of a clause that holds a number: around each amount the words that belong to it, runs of words between."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from notice_parser.grammar import (
    Openings,
    Patterns,
    ahead,
    anywhere,
    beginning,
    closing,
    entrance,
    holding,
    last_signs,
    may_begin,
    terminals,
)
from notice_parser.numerals import SCALES
from notice_parser.openings import together
from notice_parser.pushdown import Token
from notice_parser.source import Span, blotted

# What stands in the mask for each character of a date, of a baseline, of brackets and quotation marks and what is
# between them: noncharacters, which no text contains.
TIME: Final = "\ufdd0"
BASELINE: Final = "\ufdd1"
CLOSED: Final = "\ufdd2"
_OF_UNIT: Final = "\ufdd3"  # a bracket that belongs to the unit of an amount

VERBS: Final = ("REACH", "CAP", "GROW", "ADD", "ACT", "RISE", "FALL")
BEFORE_NUMBER: Final = ("AT_LEAST", "OVER", "AT_MOST", "UNDER", "ABOUT")
AFTER_UNIT: Final = ("OR_MORE", "OR_LESS", "OR_SO")
_ADVERBS: Final = (
    "FREQUENCY",
    "STRIVE",
    "ENSURE",
    "IN_PRINCIPLE",
    "LEAST",
    "SEPARATELY",
    "EACH",
    "DOUBLE",
    "DUN",
    "ON_YEAR",
)


_anywhere: Final = Patterns(anywhere, "target_amount")
_closing: Final = Patterns(closing, "target_amount")
_holding: Final = Patterns(holding, "target_amount")
_words_of: Final = Patterns(anywhere, "target")
_compared_with: Final = Patterns(holding, "target")
_compares: Final = Openings("target_amount", "COMPARES")
_closed_words: Final = Openings("target_amount", "CLOSED_WORDS")


def masked(folded: str, skip: Iterable[Span], dates: Iterable[Span]) -> str:
    """The paragraph with signs for its dates, baselines and brackets, and with `skip` as ends of sentences."""
    mask = blotted(folded, skip, "。")
    if _compares.may_stand_in(mask) and _compared_with["BASELINE"].search(mask):
        mask = _words_of["BASELINE"].sub(lambda match: BASELINE * len(match[0]), mask)
    mask = blotted(mask, [span for span in dates if mask[span.start] != BASELINE], TIME)
    if not _closed_words.may_stand_in(mask):
        return mask
    return _anywhere["CLOSED_WORDS"].sub(_closed, mask)


def _closed(words: re.Match[str]) -> str:
    """The signs for brackets or quotation marks and what is between, unless that is a verb before a number (“走访”100家
    企业) or states what is to be reached (实现“产值达到50亿元”的目标).
    """
    whole, text, end = words[0], words.string, words.end()
    inner, follows = whole[1:-1], text[end : end + 1]
    if words["of_unit"]:
        return _OF_UNIT * len(whole)
    if whole[0] in _QUOTES:
        if follows in _END and _anywhere["STATES"].search(inner):
            return f",{inner},"
        if follows.isdigit() and _words_of["ACT"].fullmatch(inner):
            return CLOSED * 2 + inner
    elif follows in _END and _anywhere["STATES_TOO"].match(whole) and _opens_figures(words):
        return f",{inner},"
    return CLOSED * len(whole)


def _opens_figures(words: re.Match[str]) -> bool:
    """Whether brackets hold the first figures of their sentence: 改革措施全部落实（审批时限压缩至9天，…）."""
    before = words.string[: words.start()]
    return not any(sign.isdigit() for sign in before[max(map(before.rfind, "。;")) + 1 :])


class _Amount:
    """An amount at `[start, end)` of the mask; a fraction is a share of a whole, as a percentage is."""

    def __init__(self, start: int, said: dict[str, Token]) -> None:
        self.start, self.said = start, said
        self.end = max([piece.end for piece in said.values()])
        self.unit = said["UNIT"].text if "UNIT" in said else "%"


class _Before:
    """What stands right before an amount: a verb, a comparator, both or nothing."""

    def __init__(self, text: str, said: dict[str, Token]) -> None:
        self.text, self.said = text, said

    def says(self, names: tuple[str, ...]) -> bool:
        """Whether it has one of these words."""
        return not self.said.keys().isdisjoint(names)


_NOTHING: Final = _Before("", {})


def lex(mask: str, start: int, end: int) -> list[Token]:
    """The tokens of the clause at `[start, end)`, which may hold a number; none where that is no amount."""
    tokens: list[Token] = []
    place = start
    after = _holding["LAST_AFTERWORD"].search(mask, max(start, end - _LONGEST_AFTERWORD), end)
    end = after.start() if after else end
    for amount in _amounts_in(mask, start, end):
        before = _before(mask, place, amount, follows=place > start)
        if before is not None:
            tokens += _words_before(mask, place, amount, before, after_amount=place > start)
            tokens += before.said.values()
            tokens += amount.said.values()
            place = amount.end
    if start < place < end or (place == start and _words_of["DOUBLE"].search(mask, start, end)):
        last = _words(mask, place, end, after_amount=place > start)
        tokens += [token if token.type != "EACH" else _as_words(token) for token in last]  # 18个乡镇均达到标准
    return tokens


def _as_words(token: Token) -> Token:
    return Token("WORDS", token.text, token.start, token.end)


def _amounts_in(mask: str, start: int, end: int) -> list[_Amount]:
    """The amounts of a stretch, apart from each other."""
    words = _amounts()
    amounts: list[_Amount] = []
    found = words.search(mask, start, end)
    while found:
        amounts.append(_Amount(found.start(), words.said(found)))
        found = words.search(mask, amounts[-1].end, end)
    return amounts


def opens_with_act(clause: str) -> bool:
    """Whether a clause begins with what is to be done: 新认定集聚区10家左右."""
    return _opening_act().match(clause) is not None


def next_figure(mask: str, place: int, end: int) -> int:
    """Where the next amount of a stretch may be; at its end if nowhere."""
    found = _anywhere["COUNTS"].search(mask, place, end)
    return found.start() if found else end


def is_occasion(unit: str) -> bool:
    """Whether a unit counts how often something takes place: 次, 学时."""
    return _anywhere["OCCASION"].fullmatch(unit) is not None


def either(*names: str) -> str:
    """The terminals of these names as one expression, each a group of its name."""
    words = terminals("target")
    groups = "|".join(f"(?P<{name}>{words[name]})" for name in names)
    return f"{ahead('target', *names)}(?:{groups})"


_END: Final = ("", "的", ",", "。", ";")
_QUOTES: Final = '“"'


# ---------------------------------------------------------------- is it an amount


def _before(mask: str, place: int, amount: _Amount, *, follows: bool) -> _Before | None:
    """The verb and comparator before an amount; None where the amount states nothing but is part of a noun phrase.

    Where it `follows` another one, 、 or 和 may stand in the place of a verb.
    """
    before = _led_by(mask, place, amount, follows=follows)
    opens = _is_led_by_adverbs(mask, place, amount.start - len(before.text))
    if (
        (follows and _tells_size(mask, place, amount, before))
        or _is_idle(mask, place, amount, before)
        or _qualifies(mask, amount, before, opens=opens)
    ):
        return None
    led = mask[place : amount.start]
    names = before.text and not _goes_on(mask, amount) and _names_an_act(before, led)
    if names or _names_a_raise(amount, before, led) or _takes_time(amount, before):
        return _found(_compared(), mask, max(place, amount.start - _LONGEST_VERB), amount.start)
    if stock := _stock(mask, amount, led):
        return stock
    if before.text or opens or _stands_alone(mask, amount, led):
        return before
    if led.endswith("的"):
        return _described(mask, place, amount, before)
    return before if _ends(mask, amount) or _anywhere["QUALIFIED"].match(mask, amount.end) else None


def _led_by(mask: str, place: int, amount: _Amount, *, follows: bool) -> _Before:
    """The verb and comparator before an amount, or nothing, as most often the last two characters tell."""
    start = amount.start
    if start == place or not _may_end(mask, start):
        return _NOTHING
    if _breaks_through(mask, amount):
        verb = _breaking()
    else:
        verb = _left(follows, "" if _ends(mask, amount) else _place(amount))
    return _found(verb, mask, max(place, start - _LONGEST_VERB), start)


def _may_end(mask: str, end: int) -> bool:
    """Whether what `_left` finds may end at a place, as the two characters before it tell."""
    last = _last_signs()
    before = last.get(mask[end - 1]) if last else ""
    return before == "" or (before is not None and (end == 1 or mask[end - 2] in before))


def _place(amount: _Amount) -> str:
    """What may tell where an amount is, between it and its verb: 建成中心城区6座, 实施青石镇12公里."""
    return "TOWN" if _holding["SIZES"].search(amount.unit) else "THERE"


def _is_led_by_adverbs(mask: str, place: int, end: int) -> bool:
    """Whether nothing stands there but adverbs and a scope."""
    return end == place or _adverbs().fullmatch(mask, place, end) is not None


def _stock(mask: str, amount: _Amount, led: str) -> _Before | None:
    """建立不低于常住人口|10天|供应量的储备: whose need a stock meets stands between comparator and time."""
    if not _anywhere["DAYS"].fullmatch(amount.unit) or not _anywhere["STOCK"].match(mask, amount.end):
        return None
    said = _stocked().search(led)
    return _Before(led[said.start() :], _stocked().said(said, amount.start - len(led))) if said else None


def _tells_size(mask: str, place: int, amount: _Amount, before: _Before) -> bool:
    """Whether an amount is that of a thing counted before it: 1所80-150个托位的托育机构, 1个面积不少于100平方米."""
    led = Span(place, amount.start - len(before.text))
    if led.start == amount.start:
        return _anywhere["SIZE"].match(mask, amount.end) is not None
    counted = _anywhere["COUNTER"].match(mask, place - 1)
    return bool(counted and _anywhere["SIZES"].search(amount.unit) and _anywhere["SIZED_BY"].fullmatch(mask, *led))


def _stands_alone(mask: str, amount: _Amount, led: str) -> bool:
    """Whether an amount without a verb before it counts: what it is a share of, a list, or 每年 leads to it."""
    if amount.unit == "%":
        doing = ("ALL_DO",) if "OR_MORE" in amount.said else ()
        return _anywhere["PART_REACHES", "ALL_REACH", "AT_RATIO", *doing].match(mask, amount.end) is not None
    where = _closing["IN_PLACES"].search(led, max(0, len(led) - _LONGEST_NAMES))
    if where:
        acts = _adverbs().fullmatch(led, 0, where.start()) or _opening_act().match(led)
        return bool(acts and _anywhere["IN_MANY"].match(mask, amount.end))
    graded = _anywhere["GRADED"].fullmatch(led) is not None
    repeated = amount.unit == "次" and _repeats(mask, amount.start - len(led), amount.end)
    return graded or repeated or _lists(mask, amount, led)


def _goes_on(mask: str, amount: _Amount) -> bool:
    """Whether what is counted stands behind the amount, perhaps in quotation marks."""
    goes_on = not _ends(mask, amount) or mask.startswith(CLOSED, amount.end)
    return bool(goes_on or _anywhere["SHARED"].match(mask, amount.end))


def _names_an_act(before: _Before, led: str) -> bool:
    """Whether the word before an amount is what another act is about: 提供服务100次, 新增社保查询、人才服务2项."""
    noun = _closing["ACT_NOUN"].search(before.said["ACT"].text) if "ACT" in before.said else None
    if not noun:
        return False
    above, mark, run = led[: len(led) - len(before.text)].rpartition("、")
    return bool(noun.start() or _words_of["ACT"].search(run) or (mark and run and _opening_act().match(above)))


def _names_a_raise(amount: _Amount, before: _Before, led: str) -> bool:
    """Whether a verb of rising is what an act carries out: 完成森林质量提升10万亩."""
    return bool("RISE" in before.said and _closing["AREA"].search(amount.unit) and _anywhere["CARRIED_OUT"].match(led))


def _takes_time(amount: _Amount, before: _Before) -> bool:
    """Whether what stands before an amount is what takes so many days: 集中培训不少于5天."""
    trains = "ACT" in before.said and before.said["ACT"].text.endswith("培训")
    return trains and _anywhere["DAYS"].fullmatch(amount.unit) is not None


def _lists(mask: str, amount: _Amount, led: str) -> bool:
    """Whether examples stand between an act and its amount: 实施投资、科技、交通等20个重点工程."""
    listed = led.endswith(("等", "及", "和", CLOSED)) or "、" in led or names_some(led)
    act = _opening_act().match(led) if listed and "UNIT" in amount.said else None
    if act is None or _ends(mask, amount) or ("的" in led and not _closing["SIZED_AND"].search(led)):
        return False
    unread = _amounts().search(led.rpartition("、")[0])  # 组织好3个示范县、5个试点: neither, if not both
    made = _closing["MAKES"].search(act[0]) and _anywhere["CLUSTERS"].match(mask, amount.end)
    chosen = made or _closing["CHOOSES"].search(act[0])
    some = unread is not None and led.startswith("一批", unread.start())  # 建设一批市场、20座公厕
    return (unread is None or some) and bool(chosen or not _anywhere["KINDS"].match(mask, amount.end))


def names_some(led: str) -> bool:
    """Whether words name some of what there is in all of a place: 甲闸等全市|30座泵闸."""
    return "等全" in led and _closing["IN_ALL_LISTED"].search(led) is not None


def _described(mask: str, place: int, amount: _Amount, before: _Before) -> _Before | None:
    """What 的 before an amount makes of it: a share of a whole, things described (…的60个场景), or a mere measure."""
    if amount.unit == "%":
        part = _share().search(mask, place, amount.start)
        done = part is None and _closing["DONE_OF"].search(mask, place, amount.start)
        if part:
            return _Before(mask[part.start() : amount.start], _share().said(part))
        return _NOTHING if done else None
    return None if _anywhere["SIZES"].search(amount.unit) else before


def _ends(mask: str, amount: _Amount) -> bool:
    if amount.end == len(mask) or mask[amount.end] in _STOPS:
        return True
    return _anywhere["AFTERWORD", "GOES_ON"].match(mask, amount.end) is not None


_LONGEST_VERB: Final = 14
_LONGEST_AFTERWORD: Final = 24
_LONGEST_BUILT: Final = 16  # 新建日间照料中心两处
_LONGEST_NAMES: Final = 110  # before how many there are
_LONGEST_SPAN: Final = 20  # 三个季度至少组织开展2次
_LONGEST_LIST: Final = 90  # of whom each is to have one: 每个乡镇、街道建成一所
_STOPS: Final = f",。;、:!?{CLOSED}0123456789"  # a figure opens the next amount: 公路5条32公里


def _repeats(mask: str, start: int, end: int) -> bool:
    """Whether a stretch says how often: 每年举办一届, 一般两个月召开一次."""
    return mask.find("每", start, end) >= 0 or _often(mask, start, end) is not None


def _often(mask: str, start: int, end: int) -> re.Match[str] | None:
    """The span that tells how often, shortly before the end of a stretch: 一年|至少召开2次."""
    return _anywhere["OFTEN"].search(mask, max(start, end - _LONGEST_SPAN), end)


def _is_idle(mask: str, place: int, amount: _Amount, before: _Before) -> bool:
    """Whether a Chinese numeral only gives a phrase its shape (三个一批, 一个平台): nothing says that it is counted.

    What leads to it from `place` on does: 每年举办一届, 每个县至少建成一所.
    """
    unit = amount.unit
    if "FRACTION" in amount.said or amount.said["NUMBER"].text[:1].isdigit():
        return False
    if _anywhere["INEXACT"].fullmatch(amount.said["NUMBER"].text):
        return True
    if unit[0] in "万亿":
        return unit[0] == "万" and not _is_stated(amount, before)
    if unit == "批":
        return True
    if unit == "倍" and before.text:  # 数量增加一倍
        return False
    if "TO" in amount.said or _is_built(mask, place, amount, before):
        return False
    limited = before.says(BEFORE_NUMBER) or not amount.said.keys().isdisjoint(AFTER_UNIT)
    lasting = "LASTING" if before.says(("ACT", "ADD")) else "ROUND"
    often = _anywhere["ROUND", lasting].fullmatch(unit) and _repeats(mask, place, amount.end)
    led = mask[max(place, amount.start - _LONGEST_LIST) : amount.start]
    return not (limited or often or _anywhere["SHARED_OUT"].search(led))


def _is_built(mask: str, place: int, amount: _Amount, before: _Before) -> bool:
    """Whether what is built or hired is counted: 建设一座消防站, 新建公厕两座."""
    concrete = _anywhere["CONCRETE"].fullmatch(amount.unit) is not None
    if not _ends(mask, amount):
        built = _closing["COUNTS_BUILT"].search(before.text) or _goes_on_from(mask, place, before)
        return bool(concrete and built and _anywhere["NOUN"].match(mask, amount.end))
    several = amount.unit == "个" and amount.said["NUMBER"].text != "一"
    led = mask[max(0, amount.start - _LONGEST_BUILT) : amount.start]
    return (concrete or several) and _closing["COUNTS_BEHIND"].search(led) is not None


def _goes_on_from(mask: str, place: int, before: _Before) -> bool:
    """Whether a list goes on from what was counted before it: 新建一座公厕、|两座码头."""
    return "AND" in before.said and _anywhere["CONCRETE"].match(mask, place - 1) is not None


def _is_stated(amount: _Amount, before: _Before) -> bool:
    """Whether a scale alone is a number: 调用突破百万次, but not 百万家企业大走访 (nor ever 一万)."""
    scale = amount.said["NUMBER"].text in SCALES
    return not scale or before.says((*BEFORE_NUMBER, "REACH")) or not amount.said.keys().isdisjoint(AFTER_UNIT)


def _qualifies(mask: str, amount: _Amount, before: _Before, *, opens: bool) -> bool:
    """Whether an amount only says which: 收入5亿元以上的企业, 500千瓦以上机组, 10PB级系统. 建设10个以上的… counts."""
    if mask.startswith("级", amount.end) or _anywhere["TRAIT"].match(mask, amount.end) or _describes(mask, amount):
        return True
    if amount.unit == "岁" and not _ends(mask, amount):
        return True  # 3岁以下婴幼儿入托率, 开设2—3岁托班
    if "元" in amount.unit and _anywhere["SORTS", "SPENT_ON"].match(mask, amount.end):
        return True
    if amount.unit == "%" and _anywhere["OF_PLACES"].match(mask, amount.end):
        return True
    if amount.unit == "%" and _anywhere["PART_REACHES", "AT_RATIO"].match(mask, amount.end):
        return False
    if "REACH" in before.said and amount.unit != "%" and _anywhere["REACHES_SIZE"].match(mask, amount.end):
        return False
    acts = before.says(("ACT", "ADD", "AND"))
    sized = _holding["SIZES"].search(amount.unit) is not None
    if opens and sized and _anywhere["SIZE_REACHES"].match(mask, amount.end):
        return False
    if _anywhere["OF"].match(mask, amount.end):
        wide = "AT_LEAST" in before.said and _anywhere["EXTENT"].fullmatch(amount.unit)  # 建设不少于5万平方米的厂房
        return not (acts and (wide or not sized)) and not (opens and amount.unit == "%")
    bounded = "OR_MORE" in amount.said or (opens and "OR_LESS" in amount.said)  # 50万元以下账款清偿率
    if not (sized and bounded and (acts or opens)) or _ends(mask, amount):
        return False
    makes = _anywhere["EXTENT"].fullmatch(amount.unit) or _anywhere["ABLE"].match(mask, amount.end)
    return not (acts and makes)


def _describes(mask: str, amount: _Amount) -> bool:
    """Whether an amount is the first of the traits of what is counted: 培育年产值超100亿元、具备…的企业2家."""
    listed = "、" in mask[amount.end : amount.end + 3] and _anywhere["LISTED_TRAIT"].match(mask, amount.end)
    return bool(listed and _closing["TRAITS"].search(mask, max(0, amount.start - _LONGEST_AFTERWORD), amount.start))


def _breaks_through(mask: str, amount: _Amount) -> bool:
    """突破50项关键技术 is an act, 产值突破1000亿元 a comparison."""
    return mask.endswith("突破", 0, amount.start) and not _ends(mask, amount)


# ---------------------------------------------------------------- tokens


class _Named:
    """An expression all groups of which have names, those of the tokens that they stand for."""

    def __init__(self, expression: str) -> None:
        pattern = re.compile(expression)
        self.search = pattern.search
        self._names = list(pattern.groupindex)
        self._types = [name.rstrip("_") for name in self._names]

    def said(self, match: re.Match[str], offset: int = 0) -> dict[str, Token]:
        """The groups that took part, in order; the number before 万亿 may be left out."""
        said: dict[str, Token] = {}
        for place, text in enumerate(match.groups()):
            if text is not None:
                start = offset + match.start(place + 1)
                said[self._names[place]] = Token(self._types[place], text, start, start + len(text))
        return said


def _found(words: _Named, mask: str, start: int, end: int) -> _Before:
    """What an expression that closes a text finds in a stretch of the mask, or nothing."""
    led = mask[start:end]
    match = words.search(led)
    return _Before(led[match.start() :], words.said(match, start)) if match else _NOTHING


def _words_before(mask: str, start: int, amount: _Amount, before: _Before, *, after_amount: bool) -> list[Token]:
    """The words that lead to an amount, of which a mere span may tell how often: 一年|至少召开2次."""
    end = amount.start - len(before.text)
    often = _often(mask, start, amount.end) if is_occasion(amount.unit) else None
    if often is None:
        return _words(mask, start, end, after_amount=after_amount)
    led = _words(mask, start, often.start(), after_amount=after_amount)
    return [*led, _token("FREQUENCY", mask, *often.span()), *_words(mask, often.end(), end, after_amount=False)]


def _words(mask: str, start: int, end: int, *, after_amount: bool) -> list[Token]:
    """The runs of words of a stretch without amounts, and the marks and adverbs between them."""
    tokens: list[Token] = []
    place = start
    match = _next_mark().search(mask, start, end)
    while match:
        name, begin = match.lastgroup or "", match.start()
        if begin > place:
            tokens.append(_token("WORDS", mask, place, begin))
        place = match.end(name)
        listed = name == "DUN" and (after_amount if begin == start else _opens_another(mask, start, begin))
        tokens.append(_token("NEXT" if listed else name, mask, begin, place))
        match = _next_mark().search(mask, place, end)
    if place < end:
        tokens.append(_token("WORDS", mask, place, end))
    return tokens


def _opens_another(mask: str, start: int, mark: int) -> bool:
    """Whether 、 stands between two acts, each on a thing of its own: 提升服务能力、建成码头20座."""
    may_act = may_begin("target_amount", "NEW_ACT")(mask[mark + 1 : mark + 2])
    new = may_act and _anywhere["NEW_ACT"].match(mask, mark + 1)
    better = new and _anywhere["BETTERS"].match(mask, start, mark)
    act = better or (new and _opening_act().match(mask, start, mark))
    if not new or not act or mark - act.end() < 2:
        return False
    return bool(better or not (new["like"] and _words_of["ACT"].fullmatch(mask, mark - 2, mark)))


def _token(name: str, mask: str, start: int, end: int) -> Token:
    return Token(name, mask[start:end], start, end)


@cache
def _amounts() -> _Named:
    words = terminals("target")
    number = words["NUMBER"]
    return _Named(
        beginning(
            entrance("target", "FRACTION", "NUMBER", also="万"),
            rf"(?<![0-9A-Za-z.第:/×-])(?<!(?<!提)前)(?:(?P<FRACTION>{words['FRACTION']})"
            rf"|(?P<NUMBER>{number}|(?<=[超破过达到])(?=万亿))(?:%?(?P<TO>{words['TO']})(?P<NUMBER_>{number}))?"
            rf"(?P<MORE>{words['MORE']})?(?P<UNIT>{words['UNIT']})(?P<OF_UNIT>{words['OF_UNIT']})?)(?:{either(*AFTER_UNIT)})?",
        )
    )


@cache
def _left(follows: bool, place: str) -> _Named:
    """A verb, perhaps with its scope (实现全市100个…) or a place (建成中心城区6座…), and a comparator."""
    verbs = [*(["AND"] if follows else []), *VERBS]
    scope = anywhere("target_amount", "ALL_OF", *([place] if place else [])).pattern
    return _Named(
        beginning(
            entrance("target", *verbs, *BEFORE_NUMBER),
            rf"(?:(?:{either(*verbs)})(?:{scope})?)?(?:{either(*BEFORE_NUMBER)})?$",
        )
    )


@cache
def _last_signs() -> dict[str, str]:
    """What the last character of `_left` may be, each with what stands before it; none where that may be any."""
    words = last_signs("target", "AND", *VERBS, *BEFORE_NUMBER)
    return together([words, last_signs("target_amount", "ALL_OF", "THERE", "TOWN")])


@cache
def _compared() -> _Named:
    """A comparator alone before an amount."""
    return _Named(f"(?:{either(*BEFORE_NUMBER)})$")


@cache
def _stocked() -> _Named:
    """建立不低于常住人口 before 10天供应量的储备."""
    return _Named(rf"{either('ACT')}{either('AT_LEAST')}[^、]{{0,12}}$")


@cache
def _opening_act() -> re.Pattern[str]:
    words, urged = terminals("target"), terminals("target_amount")["URGED"]
    return re.compile(
        rf"(?:{TIME}+[^,。;0-9{TIME}]{{2,14}}(?=重点))?(?:{TIME}|{urged})*(?:{words['ADD']}|{words['ACT']})"
    )


@cache
def _breaking() -> _Named:
    return _Named(rf"(?P<ACT>(?:{terminals('target')['ACT']})?突破)$")


@cache
def _share() -> _Named:
    """不得少于团费总数的60%: the comparator stands before the whole that is shared."""
    return _Named(rf"(?:{either('CAP', 'REACH', *BEFORE_NUMBER)})(?<!占)(?!比)[^、]{{2,20}}的$")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(rf"(?P<TIME>[到至于在]?{TIME}++)|(?P<BASELINE>{BASELINE}++)|{either(*_ADVERBS)}")


@cache
def _next_mark() -> re.Pattern[str]:
    first = entrance("target", *_ADVERBS, also=f"到至于在{TIME}{BASELINE}")
    return re.compile(beginning(first, _marks().pattern))


@cache
def _adverbs() -> re.Pattern[str]:
    """What may stand before an amount that opens its clause: adverbs and a scope (全省90%以上的行政村)."""
    return re.compile(f"(?:{_marks().pattern})*(?:{anywhere('target_amount', 'SCOPE').pattern})?")
