"""The tokens of a clause that holds a number: around each amount the words that belong to it, runs of words between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from lark import Token

from notice_parser.grammar import terminals
from notice_parser.source import Span, blotted

# What stands in the mask for each character of a date, of a baseline, of brackets and quotation marks and what is
# between them: noncharacters, which no text contains.
TIME, BASELINE, CLOSED = "\ufdd0", "\ufdd1", "\ufdd2"

VERBS = ("REACH", "CAP", "GROW", "ADD", "ACT", "RISE", "FALL")
BEFORE_NUMBER = ("AT_LEAST", "OVER", "AT_MOST", "UNDER", "ABOUT")
AFTER_UNIT = ("OR_MORE", "OR_LESS", "OR_SO")
SCOPE = "(?:其中)?(?:[对为将把使让]|推动)?(?:全[省市县区国州盟旗])?"  # 对6万户家庭进行改造, 全省90%以上的行政村建成…
_ADVERBS = ("FREQUENCY", "STRIVE", "ENSURE", "IN_PRINCIPLE", "LEAST", "SEPARATELY", "EACH", "DOUBLE", "DUN", "ON_YEAR")


def masked(folded: str, skip: Iterable[Span], dates: Iterable[Span]) -> str:
    """The paragraph with signs for its dates, baselines and brackets, and with `skip` as ends of sentences."""
    mask = blotted(folded, skip, "。")
    if _COMPARES.search(mask):
        mask = _baselines().sub(lambda match: BASELINE * len(match[0]), mask)
    mask = blotted(mask, (span for span in dates if mask[span.start] != BASELINE), TIME)
    return _CLOSED_WORDS.sub(_closed, mask)


def _closed(words: re.Match[str]) -> str:
    """The signs for brackets or quotation marks and what is between, unless that is a verb before a number (“走访”100家
    企业) or states what is to be reached (实现“产值达到50亿元”的目标).
    """
    inner, follows = words[0][1:-1], words.string[words.end() : words.end() + 1]
    quoted = words[0][0] in '“"'
    if quoted and follows in _END and _STATES.search(inner):
        return f",{inner},"
    acts = quoted and follows.isdigit() and _act().fullmatch(inner)
    return CLOSED * 2 + inner if acts else CLOSED * len(words[0])


def lex(mask: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of the clause at `[start, end)`; none where it holds no number."""
    place = start if may_count(mask, start, end) else end
    after = _AFTERWORD_LAST.search(mask, start, end)
    end = after.start() if after else end
    for amount in _amounts().finditer(mask, place, end):
        before = _before(mask, place, amount, follows=place > start)
        if before is None:
            continue
        begins = amount.start() - len(before[0])
        yield from _words(mask, place, begins, after_amount=place > start)
        yield from _named(before, begins)
        yield from _named(amount, amount.start())
        place = amount.end()
    if start < place < end or (place == start and _double().search(mask, start, end)):
        last = _words(mask, place, end, after_amount=place > start)
        yield from (token if token.type != "EACH" else token.update("WORDS") for token in last)  # 18个乡镇均达到标准


def opens_with_act(clause: str) -> bool:
    """Whether a clause begins with what is to be done: 新认定集聚区10家左右."""
    return _opening_act().match(clause) is not None


def may_count(mask: str, start: int, end: int) -> bool:
    """Whether a stretch may hold an amount: one cheap look, since most clauses hold none."""
    return _COUNTS.search(mask, start, end) is not None


# A figure, 翻番, 千亿, 三分之二, or a numeral before what is counted: one class of characters first, searched fast.
_COUNTS = re.compile(
    r"[0-9番亿分半一二两三四五六七八九十百千](?:(?<=[0-9番亿])|(?<=分)(?=之)|(?<=半)(?=数)|(?=[十百千万亿个家项名人次场所件座条户台批期轮种套倍届天年月小课学节半]))"
)


def either(*names: str) -> str:
    """The terminals of these names as one expression, each a group of its name."""
    words = terminals("target")
    return "|".join(f"(?P<{name}>{words[name]})" for name in names)


_END = ("", "的", ",", "。", ";")
_STATES = re.compile(r"[^0-9]{2,}(?:达到?|超过|突破)[0-9]")
_COMPARES = re.compile(r"[比较基]")  # what a baseline cannot be without: looked for first, for speed
_CLOSED_WORDS = re.compile(r"\((?!含\))[^()]*\)|《[^《》]*》|“[^“”\"]{0,60}[”\"]|\"[^\"]{0,60}\"|\[[^\[\]]*\]")


# ---------------------------------------------------------------- is it an amount


def _before(mask: str, place: int, amount: re.Match[str], *, follows: bool) -> re.Match[str] | None:
    """The verb and comparator before an amount; None where the amount states nothing but is part of a noun phrase.

    Where it `follows` another one, 、 or 和 may stand in the place of a verb.
    """
    reach = mask[max(place, amount.start() - _LONGEST_VERB) : amount.start()]
    before = (_breaking() if _breaks_through(mask, amount) else _left(follows)).search(reach)
    assert before is not None
    opens = _adverbs().fullmatch(mask, place, amount.start() - len(before[0])) is not None
    led = mask[place : amount.start()]
    if (
        (follows and _tells_size(mask, place, amount, before))
        or _is_idle(amount, before, led)
        or _qualifies(mask, amount, before, opens=opens)
    ):
        return None
    names = before[0] and not _goes_on(mask, amount) and _names_an_act(before, led)
    if names or _names_a_raise(amount, before, led) or _takes_time(amount, before):
        return _compared().search(reach)
    if before[0] or opens or _stands_alone(mask, amount, led):
        return before
    if reach.endswith("的"):
        return _described(mask, place, amount, before)
    return before if _ends(mask, amount) or _QUALIFIED.match(mask, amount.end()) else None


def _tells_size(mask: str, place: int, amount: re.Match[str], before: re.Match[str]) -> bool:
    """Whether an amount is that of a thing counted before it: 1所80-150个托位的托育机构, 1个面积不少于100平方米."""
    led = Span(place, amount.start() - len(before[0]))
    if led.start == amount.start():
        return _SIZE.match(mask, amount.end()) is not None
    counted = mask[place - 1] in _COUNTERS
    return bool(counted and _SIZED.search(_unit(amount)) and _SIZED_BY.fullmatch(mask, *led))


def _stands_alone(mask: str, amount: re.Match[str], led: str) -> bool:
    """Whether an amount without a verb before it counts: what it is a share of, a list, or 每年 leads to it."""
    if _unit(amount) == "%":
        return _PART_REACHES.match(mask, amount.end()) is not None or _ALL_REACH.match(mask, amount.end()) is not None
    if led.endswith("在"):
        return (led == "在" or _opening_act().match(led) is not None) and _IN_MANY.match(mask, amount.end()) is not None
    return _lists(mask, amount, led) or ("每" in led and amount["UNIT"] == "次")


_QUALIFIED = re.compile(r"达到(?![0-9])")  # 新增城区50平方公里达到海绵城市要求
_ALL_REACH = re.compile(r"(?:基本|全部)?(?:实现|达到|完成|建成|通过|用于)")  # 公共服务事项90%以上实现一网通办


def _goes_on(mask: str, amount: re.Match[str]) -> bool:
    """Whether what is counted stands behind the amount, perhaps in quotation marks."""
    return bool(not _ends(mask, amount) or mask.startswith(CLOSED, amount.end()) or _SHARED.match(mask, amount.end()))


_SHARED = re.compile(r"[、和及][0-9.]+[万亿]?[个家座处所条项户人](?![,。;、])")  # 新建改造10个、15个市场


def _names_an_act(before: re.Match[str], led: str) -> bool:
    """Whether the word before an amount is what another act is about: 提供服务100次, 新增社保查询、人才服务2项."""
    acts = before.groupdict().get("ACT")
    noun = acts and _ACT_NOUN.search(acts)
    if not acts or not noun:
        return False
    above, mark, run = led[: len(led) - len(before[0])].rpartition("、")
    return bool(noun.start() or _act().search(run) or (mark and run and _opening_act().match(above)))


def _names_a_raise(amount: re.Match[str], before: re.Match[str], led: str) -> bool:
    """Whether a verb of rising is what an act carries out: 完成森林质量提升10万亩."""
    rises = before.groupdict().get("RISE")
    return bool(rises and _EXTENT.search(_unit(amount)) and _CARRIED_OUT.match(led))


def _takes_time(amount: re.Match[str], before: re.Match[str]) -> bool:
    """Whether what stands before an amount is what takes so many days: 集中培训不少于5天."""
    return bool(_DAYS.fullmatch(_unit(amount)) and (before.groupdict().get("ACT") or "").endswith("培训"))


_DAYS = re.compile(r"天|日|小时")
_EXTENT = re.compile(r"[亩处户里个项所米]$")
_CARRIED_OUT = re.compile(r"[^、]{0,4}(?:完成|实施|开展|推进|组织)(?=..)")
_ACT_NOUN = re.compile(
    r"(?:服务|培训|宣传|检查|抽查|抽检|走访|推介|研发|治理|改造|整治|培养|征集|帮扶|救助|调解|安置|推广|修复|投放)$"
)


def _lists(mask: str, amount: re.Match[str], led: str) -> bool:
    """Whether examples stand between an act and its amount: 实施投资、科技、交通等20个重点工程."""
    listed = led.endswith("等") or "、" in led
    counted = amount["UNIT"] and not _KINDS.match(mask, amount.end())
    if not listed or not counted or "的" in led or _ends(mask, amount):
        return False
    unread = _amounts().search(led.rpartition("、")[0])  # 组织好3个示范县、5个试点: neither, if not both
    return unread is None and _opening_act().match(led) is not None


_KINDS = re.compile(r"(?:部门|领域|方面|环节|层[面次]|维度|任务|子类|城市|地区|[省市县区州]|单位)")


def _described(mask: str, place: int, amount: re.Match[str], before: re.Match[str]) -> re.Match[str] | None:
    """What 的 before an amount makes of it: a share of a whole, things described (…的60个场景), or a mere measure."""
    if _unit(amount) == "%":
        part = _share().search(mask, place, amount.start())
        return _compared().search("") if not part and _DONE_OF.search(mask, place, amount.start()) else part
    return None if _SIZED.search(_unit(amount)) else before


_DONE_OF = re.compile(r"(?:完成|占)[^、]{2,14}的$")  # 完成年度任务的80%, 占总量的30%


def _unit(amount: re.Match[str]) -> str:
    """The unit of an amount; a fraction is a share of a whole as a percentage is."""
    return amount["UNIT"] or "%"


def _ends(mask: str, amount: re.Match[str]) -> bool:
    if _AFTERWORD.match(mask, amount.end()):
        return True
    return amount.end() == len(mask) or mask[amount.end()] in _STOPS


_AIM = "的?(?:[一二三四五六七八九十]大)?(?:总体|发展|工作|奋斗|预期|人才|建设)*目标"
_AFTERWORD = re.compile(rf"的基础上|{_AIM}(?=[,。;、]|$)")  # 在确保占比达70%以上的基础上, 实现企业2万家目标
_AFTERWORD_LAST = re.compile(rf"(?<=[家个项户人名所处%上左右下亿万内件])(?:的基础上|{_AIM})$")
_COUNTERS = "个家所座处栋片"
_SIZED_BY = re.compile(r"[^,。;:、的]{0,6}(?:面积|规模|产值|收入|容量|长度|能力)")
# 在10个以上领域实现汇聚: how far an act is to spread.
_IN_MANY = re.compile(
    r"[^,。;:、的]{0,16}?(?:领域|行业|城市|[市县区镇村]|学校|企业|园区|场景|社区|街道|医院|机构)(?:全面|率先|大力|积极|先行)*"
    r"(?:开展|实现|推广|推行|建立|建设|试点|布局|设立|实施|部署|应用)"
)
_SIZE = re.compile(r"[^,。;、0-9]{1,10}的[^,。;、0-9]")  # 80-150个托位的…
_LONGEST_VERB = 14
_STOPS = f",。;、:!?{CLOSED}0123456789"  # a figure opens the next amount: 公路5条32公里


def _is_idle(amount: re.Match[str], before: re.Match[str], led: str) -> bool:
    """Whether a Chinese numeral only gives a phrase its shape (三个一批, 一个平台): nothing says that it is counted.

    `led` is what leads to it: 每年举办一届, 每个县至少建成一所 do count.
    """
    unit = _unit(amount)
    if amount["FRACTION"] or amount["NUMBER"][:1].isdigit() or unit[0] in "万亿":
        return False
    limited = any(before[name] for name in BEFORE_NUMBER) or any(amount[name] for name in AFTER_UNIT)
    return unit == "批" or not (limited or _SHARED_OUT.search(led) or ("每" in led and unit in _OCCASIONS))


_OCCASIONS = ("次", "场", "场次", "期", "轮", "批次", "届", "课时", "节")
_SHARED_OUT = re.compile(r"每个?(?:[省市州县区旗镇村]|设区|乡镇|街道|社区|行政村|学校|产业|园区)|至少")


def _qualifies(mask: str, amount: re.Match[str], before: re.Match[str], *, opens: bool) -> bool:
    """Whether an amount only says which: 收入5亿元以上的企业, 500千瓦以上机组, 10PB级系统. 建设10个以上的… counts."""
    if mask.startswith("级", amount.end()):
        return True
    if _unit(amount) == "岁" and (amount["OR_MORE"] or amount["OR_LESS"]) and not _ends(mask, amount):
        return True  # 3岁以下婴幼儿入托率
    if "元" in _unit(amount) and _SORTS.match(mask, amount.end()):
        return True
    acts = any(before.groupdict().get(name) for name in ("ACT", "ADD", "AND"))
    sized = _SIZED.search(_unit(amount)) is not None
    if _unit(amount) == "%" and _PART_REACHES.match(mask, amount.end()):
        return False
    if _OF.match(mask, amount.end()):
        return not (acts and not sized) and not (opens and _unit(amount) == "%")
    bounded = bool(amount["OR_MORE"] or (opens and amount["OR_LESS"]))  # 50万元以下账款清偿率
    extent = acts and _LONG_OR_WIDE.fullmatch(_unit(amount))
    return (acts or opens) and sized and bounded and not extent and not _ends(mask, amount)


_OF = re.compile(rf"(?:{CLOSED}+|规模)?的(?!基础上|{_AIM}(?:[,。;、]|$))|政策|标准(?!化)")
_LONG_OR_WIDE = re.compile(r"公里|万(?:亩|平方米|公顷)")  # 建设30公里以上绿道 is no road of that length
PART = "面积|区域|范围|路段|人口"
_PART_REACHES = re.compile(rf"的?(?:{PART})(?:基本|全部)?(?:达到|实现|完成|建成)")  # 建成区50%以上的面积达到要求
_SORTS = re.compile(r"(?:企业|项目|产业|集群|产业链|园区|品牌|乡镇|镇|县|村)[0-9]")  # 收入超100亿元企业3家
_SIZED = re.compile(
    r"元|千瓦|兆瓦|米|吨|亩|公里|公顷|人$|工作日|(?<!/)(?:小时|天|日)$|个月"
)  # the units that size a thing rather than count it


def _breaks_through(mask: str, amount: re.Match[str]) -> bool:
    """突破50项关键技术 is an act, 产值突破1000亿元 a comparison."""
    return mask.endswith("突破", 0, amount.start()) and not _ends(mask, amount)


# ---------------------------------------------------------------- tokens


def _named(match: re.Match[str], offset: int) -> Iterator[Token]:
    """The named groups of a match as tokens, in order; the number before 万亿 may be left out."""
    found = [(match.start(name), name) for name, text in match.groupdict().items() if text is not None]
    for start, name in sorted(found):
        place = start - match.start() + offset
        yield Token(name.rstrip("_"), match[name], start_pos=place, end_pos=place + len(match[name]))


def _words(mask: str, start: int, end: int, *, after_amount: bool) -> Iterator[Token]:
    """The runs of words of a stretch without amounts, and the marks and adverbs between them."""
    place = start
    for match in _marks().finditer(mask, start, end):
        if match.start() > place:
            yield _token("WORDS", mask, place, match.start())
        goes_on = after_amount and match.start() == start and match.lastgroup == "DUN"
        yield _token("NEXT" if goes_on else match.lastgroup or "", mask, match.start(), match.end())
        place = match.end()
    if place < end:
        yield _token("WORDS", mask, place, end)


def _token(name: str, mask: str, start: int, end: int) -> Token:
    return Token(name, mask[start:end], start_pos=start, end_pos=end)


@cache
def _amounts() -> re.Pattern[str]:
    words = terminals("target")
    number = words["NUMBER"]
    return re.compile(
        rf"(?<![0-9A-Za-z.第:/×-])(?<!(?<!提)前)(?:(?P<FRACTION>{words['FRACTION']})"
        rf"|(?P<NUMBER>{number}|(?<=[超破过达到])(?=万亿))(?:%?(?P<TO>{words['TO']})(?P<NUMBER_>{number}))?"
        rf"(?P<MORE>{words['MORE']})?(?P<UNIT>{words['UNIT']}))(?:{either(*AFTER_UNIT)})?"
    )


_BATCH = "(?:首批|第一批)?"  # 建设首批50所学校


@cache
def _left(follows: bool) -> re.Pattern[str]:
    """A verb, perhaps with its scope (实现全市100个…), and a comparator."""
    verbs = either(*(["AND"] if follows else []), *VERBS)
    return re.compile(
        rf"(?:(?:{verbs})(?:全[省市县区国州盟旗]|我[省市县区]|承诺(?:时限)?|全部|所有|剩余|其余|提前|最快|平均|每[百千万]{{1,2}}人口?|每人每[年月]|(?:全[国省市])?最[短长])?{_BATCH})?(?:{either(*BEFORE_NUMBER)})?$"
    )


@cache
def _compared() -> re.Pattern[str]:
    """A comparator alone, or nothing, before an amount."""
    return re.compile(rf"(?:{either(*BEFORE_NUMBER)})?$")


@cache
def _act() -> re.Pattern[str]:
    return re.compile(terminals("target")["ACT"])


@cache
def _opening_act() -> re.Pattern[str]:
    words = terminals("target")
    return re.compile(
        rf"(?:{TIME}+[^,。;0-9{TIME}]{{2,14}}(?=重点))?(?:{TIME}|每年|[要将]|加快|重点|积极|统筹|推动|持续|全面|用于)*(?:{words['ADD']}|{words['ACT']})"
    )


@cache
def _breaking() -> re.Pattern[str]:
    groups = "".join(f"(?P<{name}>(?!))?" for name in BEFORE_NUMBER)
    return re.compile(rf"(?P<ACT>(?:{terminals('target')['ACT']})?突破){groups}$")


@cache
def _share() -> re.Pattern[str]:
    """不得少于团费总数的60%: the comparator stands before the whole that is shared."""
    return re.compile(rf"(?:{either('CAP', 'REACH', *BEFORE_NUMBER)})(?<!占)(?!比)[^、]{{2,20}}的$")


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(rf"(?P<TIME>[到至于在]?{TIME}+)|(?P<BASELINE>{BASELINE}+)|{either(*_ADVERBS)}")


@cache
def _adverbs() -> re.Pattern[str]:
    """What may stand before an amount that opens its clause: adverbs and a scope (全省90%以上的行政村)."""
    return re.compile(f"(?:{_marks().pattern})*{SCOPE}")


@cache
def _baselines() -> re.Pattern[str]:
    return re.compile(terminals("target")["BASELINE"])


@cache
def _double() -> re.Pattern[str]:
    return re.compile(terminals("target")["DOUBLE"])
