"""What a clause says of indicators and amounts: the tree of `target.lark` as statements, lists taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Final, final

from notice_parser.clauses.target_tokens import BASELINE, BEFORE_NUMBER, CLOSED, VERBS, either, is_occasion, names_some
from notice_parser.grammar import Patterns, anywhere, closing, terminals, tree_of
from notice_parser.model import Change, Comparator
from notice_parser.numerals import SCALES, read_number
from notice_parser.pushdown import Token, Tree
from notice_parser.source import Span, span_of

Node = Tree[Token]


_anywhere: Final = Patterns(anywhere, "target_phrase")
_closing: Final = Patterns(closing, "target_phrase")
_words_of: Final = Patterns(anywhere, "target")
_around: Final = Patterns(anywhere, "target_amount")
_behind: Final = Patterns(anywhere, "target_object")


@final
class Amount:
    """A number with its unit and comparator; `is_share` where it is a part of a whole: a percentage, a fraction."""

    def __init__(self, value: Decimal, value_max: Decimal | None, unit: str, comparator: Comparator) -> None:
        self.value, self.value_max, self.unit, self.comparator = value, value_max, unit, comparator
        self.is_share = unit in ("%", "‰", "")  # the last without a unit

    def of(self, unit: str) -> Amount:
        """The same with another unit."""
        return Amount(self.value, self.value_max, unit, self.comparator)

    def at_least(self) -> Amount:
        """The same as what is reached at least."""
        return Amount(self.value, self.value_max, self.unit, "ge")


@final
class Statement:
    """That an indicator is to reach an amount, or that so much of it is to be done (`acts`).

    It is `bare` where nothing but a comparator tells so: 企业突破150户.
    """

    def __init__(
        self,
        indicator: str,
        verb: str | None,
        change: Change | None,
        amount: Amount,
        *,
        acts: bool = False,
        bare: bool = False,
    ) -> None:
        self.indicator, self.verb, self.change, self.amount = indicator, verb, change, amount
        self.acts, self.bare = acts, bare

    def of(self, indicator: str, amount: Amount | None = None) -> Statement:
        """The same said of another indicator, and of another amount where one is given."""
        return Statement(indicator, self.verb, self.change, amount or self.amount, acts=self.acts, bare=self.bare)

    def reaching(self, amount: Amount) -> Statement:
        """The same with another amount."""
        return self.of(self.indicator, amount)

    def with_bare(self, *, bare: bool) -> Statement:
        """The same, bare or not."""
        return Statement(self.indicator, self.verb, self.change, self.amount, acts=self.acts, bare=bare)

    def led_by(self, verb: str | None) -> Statement:
        """The same with the verb of another statement, and so not bare."""
        return Statement(self.indicator, verb, self.change, self.amount, acts=self.acts)


@final
class Phrase:
    """The paragraph that words are cut out of: as printed, and masked."""

    def __init__(self, text: str, mask: str) -> None:
        self.text, self.mask = text, mask

    def at(self, span: Span) -> str:
        """The words at `span`, as printed."""
        start, end = span
        return self.text[start:end]


def read_statements(tokens: list[Token], phrase: Phrase, act: str | None) -> list[Statement]:
    """What the tokens of a clause say; `act` is the verb of the clause before, which a list may go on from."""
    parts: list[list[Statement]] = []
    rest = tokens[:_LONGEST_CLAUSE]
    while (tree := _tree(rest)) is None and (cut := _cut(rest)):
        parts.append(_said(_tree(rest[:cut]), phrase, act))  # a list that is no series: 余额达到5亿元、竣工200个
        act = parts[-1][-1].verb if parts[-1] and parts[-1][-1].acts else None
        rest = rest[cut + 1 :]
    said = _said(tree, phrase, act)
    for part in reversed(parts):
        said = [_on_the_same(one, said) for one in part] + [_on_the_same(one, part[-1:]) for one in said]
    return said


_LONGEST_CLAUSE: Final = 200  # tokens: a list of sixty


def _said(tree: Node | None, phrase: Phrase, act: str | None) -> list[Statement]:
    return list(_READERS[tree.data](tree, phrase, act)) if tree is not None else []


def _cut(tokens: list[Token]) -> int | None:
    """The first mark that ends a statement."""
    return next((place for place in range(1, len(tokens)) if _parts_lists(tokens, place)), None)


def _on_the_same(said: Statement, others: list[Statement]) -> Statement:
    """新建13万亩、改造11万亩高标准农田: an act without a thing of its own is on that of the act beside it."""
    alone = said.acts and said.verb is not None and said.indicator.endswith(said.verb)
    shared = alone and others and others[0].acts and others[0].amount.unit == said.amount.unit
    shared = shared and not others[0].indicator.endswith(others[0].verb or said.indicator)  # 新建8万亩、改造4万亩
    return said.of(others[0].indicator) if shared else said


def _parts_lists(tokens: list[Token], place: int) -> bool:
    """Whether a mark ends a statement: 余额达到5亿元、竣工200个, 建设10个园区、打造50个基地."""
    follows = tokens[place + 1].type if place + 1 < len(tokens) else ""
    return tokens[place].type == "NEXT" or (tokens[place].type == "DUN" and follows in ("ACT", "ADD"))


def _tree(tokens: list[Token]) -> Node | None:
    """What the grammar makes of the tokens; None where it makes nothing."""
    tree = tree_of("target", tokens)
    return _nodes(tree)[0] if tree is not None else None


def _nodes(tree: Node, name: str | None = None) -> list[Node]:
    return [child for child in tree.children if isinstance(child, Tree) and (name is None or child.data == name)]


def _token(tree: Node, names: tuple[str, ...]) -> Token | None:
    for child in tree.children:
        if isinstance(child, Token) and child.type in names:
            return child
    return None


# ---------------------------------------------------------------- one statement after the other


def _series(tree: Node, phrase: Phrase, act: str | None) -> Iterator[Statement]:
    """贡献率达到60%以上; 成本降低20%、效率提高20%; 建成孵化器8家、研发机构50家; 演出不少于5类、300场."""
    nodes = _nodes(tree)
    measure = nodes.pop() if nodes[-1].data == "amount" else None
    behind = nodes.pop() if nodes[-1].data == "words" else None
    if behind is not None and measure is None and (graded := _graded(nodes, behind, phrase, act)):
        yield from graded
        return
    head = named = first = ""
    reached: Statement | None = None
    for node in nodes:
        amounts = _nodes(node, "amount")
        more = amounts[1:]
        said = _statement(node, phrase, act, behind if node is nodes[-1] and not more else None)
        said = said or (_eased(node, phrase) or _likewise(node, phrase, reached) if reached else None)
        if said is None:
            return
        if said.bare and reached:  # 游客达到9万人次、收入5亿元
            said = said.with_bare(bare=False)
        reached = reached if said.acts or said.bare else said
        first = first or said.indicator
        said = said.of(_of_its_head(first, said.indicator))
        act = said.verb if said.acts else act or _built(node, phrase)
        if said.acts:
            named = named or _first_named(said)
            said = said.of(named + said.indicator) if _anywhere["LACKS"].match(said.indicator) else said
        elif said.change:
            head = head or _head(said.indicator)
            said = said if said.indicator.startswith(head) else said.of(head + said.indicator)
        yield from _each(said)
        thing = _object(behind, phrase) if more and behind else said.indicator
        yield from (said.of(thing, _amount(amount, None, amounts[0])) for amount in more)
        if measure is not None and said.acts and node is nodes[-1]:
            yield said.of(thing, _amount(measure, None))


def _eased(node: Node, phrase: Phrase) -> Statement | None:
    """材料0份 behind 办理时长不超过2天: what else of a procedure is bounded."""
    words = next(iter(_nodes(node, "words")), None)
    topic = _topic(words, phrase) if words is not None else ""
    amount = _amount(_nodes(node, "amount")[0], None)
    return Statement(topic, None, None, amount) if _anywhere["EASED"].fullmatch(topic) else None


def _likewise(node: Node, phrase: Phrase, reached: Statement) -> Statement | None:
    """市级企业50家 behind 省级企业达到20家: as many of another kind, without the verb."""
    words = next(iter(_nodes(node, "words")), None)
    amount = _amount(_nodes(node, "amount")[0], None)
    if words is None or amount.is_share or amount.unit != reached.amount.unit or not reached.verb:
        return None
    topic = _topic(words, phrase)
    compared = BASELINE in phrase.mask[slice(*_span(words))] or _anywhere["LEVEL_ALONE"].fullmatch(topic)
    alike = topic and not compared and topic[-2:] == reached.indicator[-2:]  # no 去年18家
    return Statement(topic, reached.verb, None, amount) if alike else None


def _graded(nodes: list[Node], behind: Node, phrase: Phrase, act: str | None) -> list[Statement]:
    """认定国家级3个、省级10个实验室: grades with a number each, and what is graded behind the last."""
    runs = [run for node in nodes for words in _nodes(node, "words") for run in _runs(words)]
    if len(nodes) < 2 or len(runs) != len(nodes):
        return []
    verb = _opening_verb().match(phrase.mask, *runs[0])
    runs[0] = _trimmed(phrase, verb.end() if verb else runs[0].start, runs[0].end)
    if not (verb or act) or not all(_anywhere["GRADE_ALONE"].fullmatch(phrase.mask, *run) for run in runs):
        return []
    noun, done = _object(behind, phrase), verb[_kind_of(verb)] if verb else str(act)
    amounts = [_amount(_nodes(node, "amount")[0], None) for node in nodes]
    graded = zip(runs, amounts, strict=True)
    return [Statement(phrase.at(run) + noun, done, _change(done), each, acts=True) for run, each in graded]


def _built(node: Node, phrase: Phrase) -> str | None:
    """建成 of 建成步道总长度超过9公里, from which a list goes on (驿站5个)."""
    runs = [run for words in _nodes(node, "words") for run in _runs(words)]
    verb = _opening_verb().match(phrase.mask, *runs[-1]) if runs else None
    return verb["ACT"] if verb and _builds(verb) else None


def _builds(verb: re.Match[str]) -> bool:
    """Whether a verb tells that things come into being, of which a list may go on."""
    return _anywhere["BUILT"].fullmatch(verb["ACT"] or "") is not None


def _lends(verb: re.Match[str]) -> bool:
    """Whether a verb, behind what leads to it, is what is done with loans: 推动发放创业贷款9亿元以上."""
    return _anywhere["LENDS"].fullmatch(verb["ACT"] or "") is not None


def _first_named(said: Statement) -> str:
    """营业收入 of 营业收入突破10亿元的企业, which 突破50亿元的企业 leaves out."""
    match = _anywhere["NAMES"].match(said.indicator)
    return match[0] if match else ""


def _each(said: Statement) -> list[Statement]:
    """A statement for each ratio of a list: 检查率、公示率达到100%."""
    names = _parts(said.indicator, 0) if said.indicator.endswith("率") and not said.change else []
    each = len(names) > 1 and all(name.endswith("率") for name in names)
    return [said.of(name) for name in names] if each else [said]


def _head(indicator: str) -> str:
    """试点示范项目 of 试点示范项目运营成本: what the indicators that follow leave out."""
    match = _anywhere["ENTITY"].match(indicator)
    return match[0] if match else ""


def _statement(node: Node, phrase: Phrase, act: str | None, behind: Node | None) -> Statement | None:
    """One statement; `behind` are words after its amount, which are its object, or which it must do without."""
    behind = None if behind and _is_aside(behind, phrase) else behind
    words, double, verb = next(iter(_nodes(node, "words")), None), _token(node, ("DOUBLE",)), _token(node, VERBS)
    if words is not None and double is not None:
        return _doubled(words, double, phrase)
    amount = _amount(_nodes(node, "amount")[0], verb)
    if words is not None and verb is None and (said := _how_often(words, phrase, amount, behind)):
        return said
    aimed = words is not None and behind is None and verb is None and act is None and _is_aimed(words)
    if words is None or (
        not _runs(words) and behind is None and verb is None and (aimed or _limit(node) or _at_most(words, node))
    ):
        # 增长8%, 力争2035年超过40亿元, 力争180MW: of what, the clause before says
        return Statement("", verb and verb.text, _CHANGES.get(verb.type) if verb else None, amount, bare=verb is None)
    size = verb and behind and _around["REACHES_SIZE"].match(phrase.mask, *_span(behind))
    if verb and size:  # 全市泊位达到2000个的规模
        return Statement(_topic(words, phrase) or size["size"], verb.text, None, amount)
    if behind is not None and amount.is_share and (ratio := _ratio(behind, phrase)):
        return Statement(_by_whom(words, phrase) + ratio, None, None, amount)
    scope = _around["SCOPE"]
    if behind is not None and all(scope.fullmatch(phrase.mask, *run) for run in _runs(words)):
        return _of_group(words, behind, phrase, amount, act)
    if behind is not None and amount.is_share and (reached := _partly().match(phrase.mask, *_span(behind))):
        return Statement(_topic(words, phrase) + (reached[1] or ""), reached[2], None, amount)
    if behind is not None and not amount.is_share and not _in_brackets(behind, phrase):
        readings = (read(words, phrase, amount, behind) for read in _AROUND)
        return _widened(verb, behind, phrase, amount) or next(filter(None, readings), None)
    if verb is not None:
        led = _led(words, phrase) if verb.text in ("到", "至") else ""
        topic = _topic(words, phrase)
        return Statement(topic.removeprefix(led) or topic, led + verb.text, _CHANGES.get(verb.type), amount)
    counted = _counted(words, phrase, amount, act, _limit(node), breaks=_breaks_through(node))
    return counted or (Statement(_topic(words, phrase), None, None, amount, bare=True) if aimed else None)


def _ratio(behind: Node, phrase: Phrase) -> str:
    """抽检比例 of 按照不低于4%的比例进行抽检."""
    done = _around["AT_RATIO"].match(phrase.mask, *_span(behind))
    if done is None:
        return ""
    whole = phrase.at(span_of(*done.span("whole"))) if done["whole"] else ""
    return f"{whole}{done['done']}比例"


def _by_whom(words: Node, phrase: Phrase) -> str:
    """市级 of 市级按照, and nothing of any other words."""
    whose = closing("target_amount", "BY_RATIO").sub("", _topic(words, phrase))
    return whose if _anywhere["LEVEL"].fullmatch(whose) else ""


def _doubled(words: Node, double: Token, phrase: Phrase) -> Statement:
    said: Comparator = "ge" if double.text.endswith("以上") else "eq"
    return Statement(_topic(words, phrase), double.text, "multiply", Amount(_times(double), None, "倍", said))


def _widened(verb: Token | None, behind: Node, phrase: Phrase, amount: Amount) -> Statement | None:
    """将改革推广到30个县: how many of what an act is to reach."""
    if verb is None or not _anywhere["WIDENED"].fullmatch(verb.text) or not _is_many(behind, phrase):
        return None
    return Statement(phrase.at(_span(behind)), verb.text, None, amount)


def _is_many(words: Node, phrase: Phrase) -> bool:
    """Whether words name nothing but places or branches: 县（市、区）, 重点行业."""
    return _around["MANY"].match(phrase.mask, *_span(words)) is not None


def _of_group(words: Node, behind: Node, phrase: Phrase, amount: Amount, act: str | None) -> Statement | None:
    """全省90%以上的行政村建成…, 对6万户家庭进行改造: nothing but a scope stands before the amount."""
    runs = _runs(words)
    treated = runs and _anywhere["DONE_TO"].match(phrase.mask, runs[0].start)
    said = _assigned(behind, phrase, amount, treated=bool(treated))
    if said and runs:
        whole = amount.is_share and _anywhere["WHOLE_OF"].fullmatch(phrase.mask, *runs[0])
        named = phrase.at(runs[0]) + said.indicator if whole else said.indicator
        return said.of(named).with_bare(bare=said.bare and not treated)
    summed = act and runs and _anywhere["IN_SUM"].match(phrase.mask, runs[0].start)  # 共计15公里管网
    summed_up = Statement(_object(behind, phrase), act, None, amount, acts=True) if summed else None
    return said or _strived_for(words, behind, phrase, amount) or summed_up


def _is_aside(words: Node, phrase: Phrase) -> bool:
    """Whether words are an aside and nothing else: 力争达到180兆瓦（不含园区）."""
    span = _span(words)
    return _in_brackets(words, phrase) and not phrase.mask[span.start : span.end].strip(CLOSED)


def _in_brackets(words: Node, phrase: Phrase) -> bool:
    """Whether words begin with an aside: 建成站点20个（含改建8个）."""
    start = _span(words).start
    return phrase.mask.startswith(CLOSED, start) and phrase.text.startswith(("(", "（", "[", "〔"), start)


def _led(words: Node, phrase: Phrase) -> str:
    """压缩 of 压缩公告时间至20天, whose 至 alone does not tell that the term is shortened; 拓展 of 拓展领域至9个."""
    change = _changing().match(phrase.mask, *_runs(words)[-1]) if _runs(words) else None
    return change[0] if change else ""


def _limit(node: Node) -> str | None:
    """The comparator before the number: it binds an indicator without any verb (市场主体突破150户)."""
    token = _token(_nodes(node, "amount")[0], ("AT_LEAST", "OVER", "UNDER"))
    return token and token.type


def _at_most(words: Node, node: Node) -> bool:
    """Whether 原则上 sets a second bound to the same share: 负债率控制在60%以内,原则上不超过70%."""
    amount = _nodes(node, "amount")[0]
    most, number = _token(amount, ("AT_MOST",)), _token(amount, ("NUMBER",))
    again = most and number and most.end == number.start and _token(words, ("IN_PRINCIPLE",))
    return bool(again and _amount(amount, None).is_share)


def _breaks_through(node: Node) -> bool:
    """Whether 突破 stands before the number, which tells of growth where 超过 may tell of a condition."""
    over = _token(_nodes(node, "amount")[0], ("OVER",))
    return over is not None and over.text == "突破"


def _counted(
    words: Node, phrase: Phrase, amount: Amount, act: str | None, limit: str | None, *, breaks: bool
) -> Statement | None:
    """建成孵化器8家; 水水中转比例不低于52%; 工作站15个 behind another one that has the verb."""
    run = _runs(words)[-1] if _runs(words) else _span(words)
    named = phrase.at(_trimmed(phrase, *run))
    measured = bool(_closing["MEASURED"].search(named) or _closing["SPENT"].match(phrase.mask, *run))
    limited = amount.is_share or amount.comparator in ("ge", "gt", "le", "lt")
    if _anywhere["PER_HEAD"].match(phrase.mask, *run):  # 每万人拥有公共厕所6座
        return Statement(_topic(words, phrase), "拥有", None, amount, acts=True)
    if amount.is_share and (part := _part_of(words, run, phrase)):
        pursued = _anywhere["PURSUED"].match(phrase.mask, *run)
        return Statement(part.removeprefix(pursued[0] if pursued else ""), "占", None, amount, bare=not pursued)
    doers = amount.comparator in ("ge", "gt") and _anywhere["DOERS"].fullmatch(phrase.mask, *run)
    verb = None if doers else _inner_verb(phrase, run)
    if verb and not (measured and limited and (verb["ACT"] or (verb["ADD"] and amount.is_share))):
        said = _acting(verb, _behind_verb(words, phrase, run, verb, amount), amount)
        return said.with_bare(bare=_is_put_on(phrase, run, verb))
    if amount.comparator == "eq" and is_allotted(phrase.at(run), amount.unit):
        return Statement(_topic(words, phrase), None, None, amount, acts=True)
    if measured and (limited or not (act or _closing["FUNDS"].search(phrase.at(run)))):
        builds = verb and verb.start() == run.start and not amount.is_share and _builds(verb)  # never 新建住宅绿地率
        built = builds or (verb and _lends(verb))  # 建成步道总长度超过9公里
        topic = phrase.at(_trimmed(phrase, verb.end(), run.end)) if verb and built else _topic(words, phrase)
        return Statement(topic, None, None, amount, bare=not limited)
    if limit == "OVER" or (not act and amount.comparator in ("ge", "gt")):
        grown = breaks and _anywhere["POPULATION"].search(phrase.at(run)) and amount.unit in ("家", "户")
        return Statement(_topic(words, phrase), None, None, amount, bare=not grown)  # 高新技术企业突破1500家
    striving = _striving(words)
    if striving and _closing["FUNDS"].search(phrase.at(run)):
        return None  # 争取上级资金5亿元
    act = striving or act
    often = _token(words, ("FREQUENCY",)) and _anywhere["ROUND"].fullmatch(amount.unit)
    if act or (often and not _anywhere["REPORTED"].search(phrase.at(run))):  # 每半年考评一次
        acts = bool(act) or amount.comparator != "le"  # 执法检查每年不超过2次
        return Statement(_topic(words, phrase), act, _change(act) if act else None, amount, acts=acts)
    return None


def _behind_verb(words: Node, phrase: Phrase, run: Span, verb: re.Match[str], amount: Amount) -> str:
    """The thing behind a verb within the words; with what leads to it where it alone is no name: 城镇新增就业."""
    thing = _trimmed(phrase, verb.end(), run.end)
    led = verb.start() > run.start and not _anywhere["PIVOT"].match(phrase.mask, run.start)
    half = led and thing.end - thing.start <= 2 and not _is_subject(phrase, run, verb, amount)
    printed = phrase.at(thing)
    named = _closing["HALF_NAMED"].match(printed) or _anywhere["RECEIVED"].fullmatch(verb[0] + printed)
    whole = half or _is_put_on(phrase, run, verb) or named
    first = _runs(words)[0]
    whose = phrase.at(first) if first != run and _anywhere["IN_TOWN"].fullmatch(phrase.mask, *first) else ""
    return whose + (phrase.at(run) if whole or whose else printed)  # 城镇|年均|新增就业人数


def _is_put_on(phrase: Phrase, run: Span, verb: re.Match[str]) -> bool:
    """Whether a verb tells what a platform has or is to have, and so is one only where that is planned."""
    return _closing["PLATFORM"].search(phrase.mask, run.start, verb.start()) is not None


def _is_subject(phrase: Phrase, run: Span, verb: re.Match[str], amount: Amount) -> bool:
    """Whether what stands before a verb is who does it, and no part of a name: 全县要建成公园3个."""
    place = _anywhere["WHERE"].fullmatch(phrase.mask, run.start, verb.start())
    counted = _anywhere["COUNTED"].fullmatch(amount.unit)
    return bool(counted and (place or _anywhere["IN_ALL"].match(verb[0])))


def _part_of(words: Node, run: Span, phrase: Phrase) -> str:
    """跨部门检查占检查总数, 课时占总课时 (with an adverb between): what is part of what."""
    if _closing["PART_OF"].match(phrase.mask, *run):
        return phrase.at(_trimmed(phrase, *run))
    if not phrase.mask.startswith("占", run.start) or phrase.mask.startswith("占比", run.start):
        return ""
    parted = len(_runs(words)) > 1  # else 占建成区面积的|35%
    return "".join(phrase.at(each) for each in _runs(words)) if parted else phrase.at(_trimmed(phrase, *run))


def _how_often(words: Node, phrase: Phrase, amount: Amount, behind: Node | None) -> Statement | None:
    """每年2次采集水样; 每季度至少一次, of what the clause before acts on."""
    alone = not _runs(words) and _token(words, ("FREQUENCY",)) and is_occasion(amount.unit)
    if not alone or (behind and not _takes_place(behind, phrase)):
        return None
    thing = _object(behind, phrase) if behind else ""
    return None if _anywhere["REPORTED"].search(thing) else Statement(thing, None, None, amount, acts=True)


def _takes_place(words: Node, phrase: Phrase) -> bool:
    """Whether words begin with an act or with what is held: 2次|采集水样, 1次|督查."""
    span = _span(words)
    return bool(_opening_act().match(phrase.mask, *span) or _anywhere["OCCASION"].match(phrase.mask, *span))


def _inner_verb(phrase: Phrase, run: Span) -> re.Match[str] | None:
    """The verb in a run of words; of 推动创新中心攻克技术10项 the second, which tells what is counted."""
    opening = _opening_verb().match(phrase.mask, *run)
    if opening and not _anywhere["PIVOT"].match(opening[0][-2:]):
        return opening
    return _later_verb().search(phrase.mask, *run) or opening


def _is_aimed(words: Node) -> bool:
    """Whether 力争 or 确保 stands right before the number, in the place of a verb: 光伏装机力争180兆瓦."""
    last = words.children[-1]
    return isinstance(last, Token) and last.type in ("STRIVE", "ENSURE")


def _striving(words: Node) -> str | None:
    """争取 of 争取省级项目10个, where it takes the place of a verb."""
    adverb = _token(words, ("STRIVE",))
    return adverb.text if adverb and _runs(words)[-1:] and _runs(words)[-1].start == adverb.end else None


def _qualified(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """新增城区50平方公里达到海绵城市要求: what is counted stands before the number, what it is to reach behind."""
    if not _runs(words) or not phrase.mask.startswith("达到", _span(behind).start):
        return None
    run = _runs(words)[-1]
    verb = _opening_verb().match(phrase.mask, *run) or _later_verb().search(phrase.mask, *run)
    led = phrase.at(_trimmed(phrase, *run))
    if verb is None and _closing["MEASURED"].search(led):  # 用地面积共计50平方公里达到要求
        return Statement(_topic(words, phrase), "达到", None, amount, bare=True)
    return _acting(verb, phrase.at(_trimmed(phrase, verb.end(), run.end)), amount) if verb else None


def _described(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """打造具有推广效应的100个产品, 实施科技、交通等20个工程: the description, or examples, stand before the number."""
    run = _runs(words)[-1]
    verb = _opening_verb().match(phrase.mask, *run)
    led = phrase.mask[run.start : run.end]
    leads = led.endswith(("的", "等", "及", "和", CLOSED)) or "、" in led or names_some(led)
    if verb is None or not leads:
        return None
    thing = _object(behind, phrase, moved=_moves(verb[0]))
    if _anywhere["GENERIC"].fullmatch(thing):  # 建成甲线、乙段等5个项目: the names tell which
        examples = "等" if phrase.mask.endswith("等", *run) else ""
        thing = phrase.at(_trimmed(phrase, verb.end(), run.end)) + examples + thing
    return _acting(verb, thing, amount)


def _owed(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """每个乡镇至少有1所公办幼儿园: what every one of them is to have."""
    if _closing["MEASURED"].search(_object(behind, phrase)):
        return None  # 至少建有1个建筑面积不少于1000平方米的…
    owed = amount.comparator == "ge" and _closing["EVERY_ONE"].match(phrase.mask, *_runs(words)[0])
    return Statement(_object(behind, phrase), None, None, amount, acts=True) if owed else None


def _served(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """教师每年至少1个月在企业实训: how long somebody is to do something."""
    often = _token(words, ("FREQUENCY",)) and _anywhere["TERM"].fullmatch(amount.unit)
    served = often and _anywhere["AWAY"].match(phrase.mask, *_span(behind))
    return Statement(_topic(words, phrase), served[0], None, amount) if served else None


def _spread(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """推动学校在10个左右领域开展培训: in how many places it is to be done."""
    led = closing("target_amount", "IN_PLACES").search(phrase.mask, *_span(words))
    spread = led and _anywhere["DONE_THERE"].match(phrase.mask, *_span(behind))
    return Statement(phrase.at(span_of(*spread.span("place"))), "在", None, amount) if spread else None


def _repeated(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """每年调整1次专业: whatever is done so often."""
    act, thing = _topic(words, phrase), _object(behind, phrase)
    often = _token(words, ("FREQUENCY",)) and is_occasion(amount.unit) and not _anywhere["REPORTED"].search(act + thing)
    whose = _anywhere["AWAY"].match(phrase.mask, *_span(behind)) and len(act) >= 2  # 教师每年至少2次到企业实训
    return Statement(act if whose else thing, act, None, amount, acts=True) if often else None


_AROUND: Final = (_described, _owed, _repeated, _served, _spread, _qualified)


def _acting(verb: re.Match[str], thing: str, amount: Amount) -> Statement:
    name = _kind_of(verb)
    counted = _anywhere["COUNTED_APART"].fullmatch(amount.unit)
    better = counted and _anywhere["BETTERED"].fullmatch(verb[name]) and _anywhere["MADE_BETTER"].fullmatch(thing)
    return Statement(thing, verb[name], None if better else _CHANGES.get(name), amount, acts=name in ("ACT", "ADD"))


def _kind_of(verb: re.Match[str]) -> str:
    return next(name for name in VERBS if verb.groupdict().get(name))


def _assigned(behind: Node, phrase: Phrase, amount: Amount, *, treated: bool = False) -> Statement | None:
    """力争100家企业达到3级以上标准: what so many are to reach, or what is done to them (`treated`)."""
    span = _span(behind)
    reached = _anywhere["SHARE_DOES" if amount.is_share else "REACHED"].search(phrase.mask, *span)
    if reached is None or _anywhere["SPARED"].search(phrase.mask, span.start, reached.start()):
        return None
    start = span.start + phrase.mask.startswith("的", span.start)
    group = phrase.at(_trimmed(phrase, start, reached.start()))
    if treated and _anywhere["OWNERS"].fullmatch(amount.unit) and _anywhere["OF_THEIRS"].match(group):
        return None
    state = reached[0].startswith(CLOSED)  # 85%的事项|“一网通办”
    whole = state or (_anywhere["GENERIC"].fullmatch(group) and not treated)  # 对80家企业|开展诊断
    thing = phrase.at(_trimmed(phrase, start, span.end)) if whole else group
    verb = None if state else reached.groupdict().get("does") or phrase.at(Span(*reached.span()))
    return Statement(thing, verb, None, amount, bare=not amount.is_share)


def _strived_for(words: Node, behind: Node, phrase: Phrase, amount: Amount) -> Statement | None:
    """争取500件以上专利优先审查: 争取 in the place of a verb."""
    strives = _token(words, ("STRIVE",))
    if strives is None or amount.is_share or amount.unit == "个百分点":
        return None
    return Statement(_object(behind, phrase), strives.text, None, amount, acts=True)


def _change(act: str) -> Change | None:
    """What a verb of the clause before says of the amounts that go on from it."""
    return _CHANGES["ADD"] if _words_of["ADD"].fullmatch(act) else None


def _change_by(verb: Token) -> Change | None:
    """What a verb says of the amounts behind it; of 改造新增 the last part does."""
    return _CHANGES.get(verb.type) or ("increase" if _closing["ADDS"].search(verb.text) else None)


@cache
def _partly() -> re.Pattern[str]:
    """建成区50%以上的面积达到要求: what part of a thing is to reach what, behind a percentage."""
    words = terminals("target_amount")
    reached = f"{terminals('target_phrase')['REACHED']}|{words['ALL_DO']}"
    return re.compile(f"(?:的?({words['PART']}))?({reached})")


@cache
def _opening_verb() -> re.Pattern[str]:
    lead = anywhere("target_phrase", "LEAD", "JOINTLY", "MEANS").pattern
    verb = either("ADD", "ACT", "GROW", "RISE", "FALL")
    return re.compile(rf"(?:{lead}){{0,{_MOST_LEADS}}}(?:{verb}){_chain()}(?=..)")


_MOST_LEADS: Final = 8  # some can be read in two ways (并且, 牵头或参与): their number is bounded, and so the ways are


def _chain() -> str:
    """A verb that stands beside the first: 新增、改造绿地面积."""
    return f"(?:(?:{terminals('target_phrase')['BESIDE']})(?:{terminals('target')['ACT']}))?"


@cache
def _opening_act() -> re.Pattern[str]:
    return _words_of["ACT"]


@cache
def _acts_or_adds() -> re.Pattern[str]:
    return re.compile(f"{_opening_act().pattern}|{terminals('target_phrase')['ADDS']}")


@cache
def _changing() -> re.Pattern[str]:
    return re.compile(f"{_words_of['FALL'].pattern}|{terminals('target_phrase')['WIDENS']}")


@cache
def _later_verb() -> re.Pattern[str]:
    """A verb behind a subject: 全省新增国家技术创新中心3家."""
    words = terminals("target_phrase")
    put_on = f"(?<={words['PLATFORM']})(?={words['PUT_ON']})|(?<={words['THEREIN']})(?=新增)"
    behind = f"(?:(?<={words['SOMEBODY']})|{put_on}|{words['THROUGH']})(?:{words['IN_ALL']})?"
    return re.compile(f"{behind}(?:{either('ADD', 'ACT')}){_chain()}(?=..)")


# ---------------------------------------------------------------- 分别 and 均


def _pairs(tree: Node, phrase: Phrase, act: str | None) -> Iterator[Statement]:
    """关键工序数控化率、设计工具普及率分别超过75%、90%."""
    amounts, verb = _nodes(tree, "amount"), _token(tree, VERBS)
    ratios = _nodes(tree, "ratio")
    if verb is None and not ratios and (acting := _by_times(tree, phrase)):
        yield from (acting.reaching(_amount(amount, None, amounts[0])) for amount in amounts)
        return
    names = _of_ratio(tree, ratios[0], phrase) if ratios else _names(tree, phrase, max(len(amounts), 2))
    if len(amounts) == 1:  # 覆盖率、合格率分别达到95%
        amounts *= len(names)
    if len(names) == 1:  # 牛羊饲养量分别达到2万头、9万只
        names *= len(amounts)
    if len(names) == len(amounts):
        for name, amount in zip(names, amounts, strict=True):
            read = _amount(amount, verb, first=amounts[0])
            unit = _amount(amounts[-1], verb).unit
            read = read.of(unit) if read.unit == "个" and unit.startswith("个") else read  # 4个、3个工作日
            yield Statement(name, verb and verb.text, _CHANGES.get(verb.type) if verb else None, read)


def _of_ratio(tree: Node, behind: Node, phrase: Phrase) -> list[str]:
    """市级抽检比例, 县级抽检比例 of 市、县两级分别按照不低于4%、3%的比例进行抽检."""
    ratio = _ratio(_nodes(behind)[0], phrase)
    return _coupled(_topic(_nodes(tree, "words")[0], phrase) + ratio) if ratio else []


def _by_times(tree: Node, phrase: Phrase) -> Statement | None:
    """2033年、2034年分别改造小区30个、40个: an act, of which nothing but times tells in what the amounts differ."""
    words, *tail = _nodes(tree, "words")
    alone = all(_anywhere["IN_ALL"].fullmatch(phrase.mask, *run) for run in _runs(words) if phrase.at(run) != "、")
    run = _runs(tail[0])[-1] if alone and tail and _runs(tail[0]) else None
    verb = _opening_verb().match(phrase.mask, *run) if run else None
    amount = _amount(_nodes(tree, "amount")[0], None)
    return _acting(verb, phrase.at(_trimmed(phrase, verb.end(), run.end)), amount) if verb and run else None


def _copies(tree: Node, phrase: Phrase, act: str | None) -> Iterator[Statement]:
    """种植、收获机械化率均达到45%."""
    verb = _token(tree, VERBS)
    amount = _amount(_nodes(tree, "amount")[0], verb)
    if verb is None and _is_of_each(tree):
        yield from _of_each(tree, phrase, amount)
        return
    names = _names(tree, phrase, _two(tree))
    for name in _side_by_side(names[0]) if len(names) == 1 else names:
        yield Statement(name, verb and verb.text, _CHANGES.get(verb.type) if verb else None, amount)


def _is_of_each(tree: Node) -> bool:
    each = _token(tree, ("EACH",))
    return each is not None and each.text == "各"


def _two(tree: Node) -> int:
    """How many indicators 各 tells of where no mark parts them: 学校和幼儿园各; 0 where any number will do."""
    return 2 if _is_of_each(tree) and "、" not in _joined(tree) else 0


def _joined(tree: Node) -> str:
    """The first words of a statement, without the marks between."""
    return "".join([child.text for child in _nodes(tree, "words")[0].children if isinstance(child, Token)])


def _of_each(tree: Node, phrase: Phrase, amount: Amount) -> Iterator[Statement]:
    """建设学校和幼儿园各2所, 抚育和育林面积各3万亩: an act or allotted work; else it is no target (申请表各2份)."""
    words = _nodes(tree, "words")[0]
    run = _runs(words)[-1] if _runs(words) else _span(words)
    verb = _opening_verb().match(phrase.mask, *run)
    names = _restored(_parts(phrase.at(_trimmed(phrase, verb.end() if verb else run.start, run.end)), _two(tree)), "")
    for name in names:
        if verb:
            yield _acting(verb, name, amount)
        elif is_allotted(name, amount.unit):
            yield Statement(name, None, None, amount, acts=True)


def _names(tree: Node, phrase: Phrase, count: int) -> list[str]:
    """The indicators of a list in full; 分别占比达30%: what stands behind 分别 belongs to each."""
    words, *tail = _nodes(tree, "words")
    where = _anywhere["SHARED_WHERE"].fullmatch(_topic(words, phrase)) if count == 2 else None
    if where:  # 甲和乙在各类绿地的应用比例
        return [where["one"] + where["where"], where["other"] + where["where"]]
    if count == 2 and (couple := _coupled(_topic(words, phrase))):
        return couple
    parts = _parts(_topic(words, phrase), count)
    if len(parts) == 1 < count and len(_runs(words)) > 1 and not _token(words, ("TIME",)):  # 县道和乡道|年均|养护比例
        parts = _parts(phrase.at(_trimmed(phrase, *_span(words))), count)
    return _restored(parts, _topic(tail[0], phrase) if tail else "")


def _coupled(name: str) -> list[str]:
    """Both names of 化肥农药使用量, 市、县两级抽查比例."""
    couple = _anywhere["COUPLE"].fullmatch(name)
    return [couple["first"] + couple["shared"], couple["second"] + couple["shared"]] if couple else []


def _parts(text: str, count: int) -> list[str]:
    """A list split at 、, and at its last 和 or 及 where that gives the count asked for (0: any)."""
    parts = text.split("、")
    last = _closing["CONJUNCTION"].match(parts[-1])
    if last and (len(parts) + 1 == count or (count == 0 and len(parts) > 1)):
        parts[-1:] = [last["one"], last["other"]]
    return parts


def _side_by_side(name: str) -> list[str]:
    """种植和收获机械化率均…: both names, where the first is whole or what they share is plain."""
    both = _closing["SIDE_BY_SIDE"].match(name)
    if both is None:
        return [name]
    names = [both["one"], both["other"]]
    if _closing["MEASURED"].search(names[0]):
        return [name] if "的" in names[1] else names
    tail = _shared_tail(names)
    return _restored(names, "") if tail and len(names[1]) - len(tail) <= len(names[0]) else [name]


def _restored(names: list[str], tail: str) -> list[str]:
    """The shared head and tail put back: 马铃薯种植、收获机械化率 is 马铃薯种植机械化率 and 马铃薯收获机械化率."""
    names = [names[0], *(_of_its_head(names[0], name) for name in names[1:])]
    if not tail and (held := _anywhere["HEAD"].match(names[0])):  # 每千人口医师数、护士数
        return [held[0] + name if _anywhere["HEADLESS"].fullmatch(name) else name for name in names]
    tail = _shared_tail(names, tail)
    cores = [name.removesuffix(tail) for name in names]
    if not tail or len(cores) < 2:
        return names
    first, second = len(cores[0]), len(cores[1])
    head = cores[0][: first - second] if second <= _SHORT and first - second >= 2 and "排" not in tail else ""
    return [(core if core.startswith(head) else head + core) + tail for core in cores]


def _of_its_head(first: str, name: str) -> str:
    """粮食产量, where 产量 stands behind 粮食播种面积."""
    shared = _anywhere["SHARES_HEAD"].fullmatch(f"{first}、{name}") if len(name) <= _SHORT else None
    return shared["head"] + name if shared else name


def _shared_tail(names: list[str], tail: str = "") -> str:
    """What stands behind the last name of a list and belongs to all; `tail`, where the clause tells."""
    if not tail:
        shared = _closing["TAIL"].search(names[-1])
        whole = shared and "排" not in shared[0] and any(_closing["MEASURED"].search(name) for name in names[:-1])
        tail = shared[0] if shared and not whole else ""  # 化学需氧量、氨氮减排量: the first is a substance
    return _behind_shared(names) or tail


def _behind_shared(names: list[str]) -> str:
    """综合利用率 of 甲平台、乙服务平台综合利用率: what follows the noun that the others end with."""
    noun = names[0][-1:] if _closing["OF_A_KIND"].search(names[0]) else names[0][-2:]
    if len(names) < 2 or not noun or noun not in names[-1] or _closing["MEASURED"].search(noun):
        return ""
    last = _anywhere["BRACKETED"].sub("", names[-1])
    return last.rpartition(noun)[2] if all(name.endswith(noun) for name in names[:-1]) else ""


_SHORT: Final = 4


# ---------------------------------------------------------------- one verb, several objects


def _action(tree: Node, phrase: Phrase, act: str | None) -> Iterator[Statement]:
    """建设50所高等职业学校和150个骨干专业."""
    verb = _token(tree, VERBS)
    if _token(tree, ("EACH",)) and not any(_nodes(item, "words") for item in _nodes(tree, "item")):
        return  # 甲县和乙县各建设2所: of what, nothing says
    subject = next((_topic(words, phrase) or _all_but(words, phrase) for words in _nodes(tree, "words")), "")
    subject = "" if _anywhere["NO_SUBJECT"].fullmatch(subject) else subject
    if verb is None:
        return
    said = _of_one_verb(_nodes(tree, "item"), phrase, verb.text, _change_by(verb), subject)
    yield from said if _token(tree, ("SEPARATELY",)) is None else _apart(list(said), subject)


def _all_but(words: Node, phrase: Phrase) -> str:
    """基本 of 基本建成2500套, which is no other thing than 建成 and yet what is said to be reached."""
    run = _runs(words)[-1] if _runs(words) else _span(words)
    said = _anywhere["ALL_BUT"].match(phrase.mask, run.start)
    return said[0] if said and said.end() == run.end else ""


def _apart(said: list[Statement], subject: str) -> list[Statement]:
    """分别建设20所小学和幼儿园, 小学、幼儿园分别建设20所、30所: so many of each, where the list is not one of doers."""
    of_subject = all(one.indicator in (subject, f"{subject}{one.verb}") for one in said)
    listed = subject if of_subject else said[0].indicator
    names = _parts(listed, 0 if "、" in listed else 2)
    doers = (subject and not of_subject) or (of_subject and any(is_organ(name) for name in names))
    whole = "的" in listed or any(name.count("“") != name.count("”") for name in names)
    if doers or whole or len(names) < 2 or len(said) not in (1, len(names) if of_subject else 1):
        return said
    each = said * len(names) if len(said) == 1 else said
    return [one.of(name) for one, name in zip(each, names, strict=True)]


def _items(tree: Node, phrase: Phrase, act: str | None) -> Iterator[Statement]:
    """，不少于20名…后备人才: the verb stands in the clause before; 70%的企业实现… has its own."""
    items = _nodes(tree, "item")
    amount = _amount(_nodes(items[0], "amount")[0], None)
    if amount.is_share and (shares := list(_shares(items, phrase))):
        yield from shares
    elif act:
        yield from _of_one_verb(items, phrase, act, _change(act), "")
    elif len(items) == 1 and _anywhere["COUNTED"].fullmatch(amount.unit):
        yield from _attained(items[0], phrase, amount)


def _attained(item: Node, phrase: Phrase, amount: Amount) -> Iterator[Statement]:
    """10家以上企业进入全国百强: what so many attain, at the head of its clause."""
    for words in _nodes(item, "words"):
        if _anywhere["ATTAINS"].match(phrase.mask, *_span(words)) and (said := _assigned(words, phrase, amount)):
            yield said


def _shares(items: list[Node], phrase: Phrase) -> Iterator[Statement]:
    """90%的市和70%的县达到三星级以上: the verb behind the last goes for all."""
    last = next(
        (
            _assigned(words, phrase, _amount(_nodes(items[-1], "amount")[0], None))
            for words in _nodes(items[-1], "words")
        ),
        None,
    )
    if last is None:
        return
    for item in items[:-1]:
        for words in _nodes(item, "words"):
            yield last.of(_object(words, phrase), _amount(_nodes(item, "amount")[0], None))
    yield last


def _of_one_verb(
    items: list[Node], phrase: Phrase, verb: str, change: Change | None, subject: str
) -> Iterator[Statement]:
    # 支持30家企业建A、5家企业建B: 企业 tells neither
    whole = len(items) > 1 and _anywhere["PIVOT"].match(verb[-2:]) is not None
    objects = [next((words for words in _nodes(item, "words") if not _is_aside(words, phrase)), None) for item in items]
    things = [_object(words, phrase, whole=whole, moved=_moves(verb)) if words else "" for words in objects]
    if len(items) > 1 and (_units(items) == 1 or _are_households(items)):  # 改造10个、15个市场
        things = [thing or things[-1] for thing in things]
    if len(items) > 1 and verb.endswith("完成") and _units(items) == 1 and not _are_tasks(items):
        things = _worked_on(things)
    things = _of_same_noun(things)
    shared = _shared_bound(items)
    for item, thing in zip(items, things, strict=True):
        amount = _amount(_nodes(item, "amount")[0], None, shared)
        alone = _names_alone(subject, verb, amount)
        named = thing + _shared_noun(thing, things[-1]) or (subject if alone else subject + verb)
        able = amount.unit in ("天", "%") and _closing["CAPACITY"].search(named)
        named = named.rpartition("量的")[2] if able else named  # 10天市场供应量的|成品粮储备
        placed = _in_places(item, thing)
        if not (placed or _is_size(item)):
            yield Statement(named, verb, change, amount, acts=not (able or _is_kept_below(thing, verb, amount)))
        for measure in _nodes(item, "amount")[1:]:
            yield Statement(placed or thing or subject + verb, verb, change, _amount(measure, None), acts=True)


def _shared_bound(items: list[Node]) -> Node | None:
    """The first amount, whose bound holds for all that are counted alike: 不少于40块广告和500块招牌; never 约."""
    first, *others = [_nodes(item, "amount")[0] for item in items]
    units = {token.text for token in (_token(amount, ("UNIT",)) for amount in (first, *others)) if token}
    apart = _token(first, ("ABOUT",)) or any(_token(amount, BEFORE_NUMBER) for amount in others)
    return None if apart or len(units) > 1 else first


def _names_alone(subject: str, verb: str, amount: Amount) -> bool:
    """Whether a subject names what is counted, without the verb: 居民阅读|达到10次, 女干部|应有1名, 病床新增20张."""
    if _is_occasion(subject, verb, amount) or (subject and _closing["OUGHT"].search(verb)):
        return True
    counted = _anywhere["COUNTED_UP"].search(verb) and not _anywhere["WHERE"].fullmatch(subject)
    return bool(counted and (len(subject) >= _SHORT or _closing["MEASURED"].search(subject)))


def _is_kept_below(thing: str, verb: str, amount: Amount) -> bool:
    """Whether a subject is to be at most so many (操作人员实现9人以下): nothing that is brought about."""
    return not thing and amount.comparator in ("le", "lt") and _anywhere["ACHIEVED"].fullmatch(verb) is not None


def _are_households(items: list[Node]) -> bool:
    """Whether 户 and 人 count the same ones: 带动300户、900人脱贫."""
    units = [_amount(_nodes(item, "amount")[0], None).unit for item in items]
    return len(set(units)) == len(units) and all(_around["HOUSEHOLD"].fullmatch(unit) for unit in units)


def _is_size(item: Node) -> bool:
    """Whether the first amount is the size of what the last one counts: 建成600亩规模以上果园8个."""
    units = [_amount(amount, None).unit for amount in _nodes(item, "amount")]
    between = bool(_nodes(item, "words")) and len(units) > 1
    return between and bool(_around["BY_AREA"].fullmatch(units[0]) and _anywhere["COUNTED_APART"].fullmatch(units[-1]))


def _in_places(item: Node, thing: str) -> str:
    """文化站 of 新建6个街镇文化站24处, where the first number tells in how many places; else nothing."""
    units = [_amount(amount, None).unit for amount in _nodes(item, "amount")]
    if len(units) < 2 or units[0] != "个" or not _anywhere["PLACED"].fullmatch(units[-1]):
        return ""
    places = _anywhere["WHOSE_PLACES"].match(thing)
    return thing[places.end() :] if places else ""


def _of_same_noun(things: list[str]) -> list[str]:
    """5家产值过百亿元、3家产值过十亿元的企业: what only has a size leaves its noun to the last of the list."""
    noun = _anywhere["SAME_NOUN"].search(things[-1])
    return [thing + noun[0] if noun and _anywhere["SIZED_ONLY"].fullmatch(thing) else thing for thing in things]


def _shared_noun(thing: str, last: str) -> str:
    """科技人才 of 90名国家级、150名省级科技人才: what a grade lacks, or a sort (5家省级示范型、20家市级达标型园区)."""
    sort = _anywhere["SORT_ALONE"].fullmatch(thing) is not None
    if thing == last or not (sort or _anywhere["GRADE_ALONE"].fullmatch(thing)):
        return ""
    noun = _anywhere["SORT" if sort else "GRADE"].fullmatch(last)
    return noun[noun.lastgroup or 0] if noun else ""


def _worked_on(things: list[str]) -> list[str]:
    """完成3个枢纽、5个基地布局建设: what is done to the last of a list is done to each without work of its own."""
    work = _closing["WORK"].search(things[-1])
    tail = work[0] if work else ""
    return [
        thing if _anywhere["GENERIC"].fullmatch(thing) or _closing["WORK", "DEED"].search(thing) else thing + tail
        for thing in things
    ]


def _are_tasks(items: list[Node]) -> bool:
    """Whether tasks are counted (3项改革、5项任务整治), which share no work as 3个枢纽、5个基地 do."""
    return any(_amount(_nodes(item, "amount")[0], None).unit == "项" for item in items)


def _units(items: list[Node]) -> int:
    """How many different units the amounts of items have."""
    return len({_amount(_nodes(item, "amount")[0], None).unit for item in items})


def _is_occasion(subject: str, verb: str, amount: Amount) -> bool:
    """Whether a subject is what is held so often (督导检查每月开展1次), not who holds it."""
    named = len(subject) >= _SHORT or _anywhere["OCCASION"].fullmatch(subject)
    held = named and is_held(verb) and is_occasion(amount.unit)
    return bool(held and not is_organ(subject))


def is_held(verb: str) -> bool:
    """Whether a verb only says that something takes place: 组织开展."""
    return _anywhere["HELD"].fullmatch(verb) is not None


def is_organ(name: str) -> bool:
    """Whether a name is that of somebody who acts: 各级各部门."""
    return _closing["ORGAN"].search(name) is not None


def is_allotted(thing: str, unit: str) -> bool:
    """Whether a thing and so much of it is work that is shared out: 危房改造工程590户."""
    measured = anywhere("commitment", "LAID_OUT").search(unit) is not None
    return measured and _closing["ALLOTTED"].match(thing) is not None


def names_place(said: Statement) -> bool:
    """Whether an act is said to be done somewhere, and not to what: 每个乡镇至少建设1处."""
    verb = said.verb or ""
    if is_occasion(said.amount.unit) or "人" in said.amount.unit:  # 每月更新1次, 累计培训5000人
        return False
    return (
        said.indicator not in ("", verb)
        and said.indicator.endswith(verb)
        and _anywhere["WHERE"].fullmatch(said.indicator.removesuffix(verb)) is not None
    )


# ---------------------------------------------------------------- noun phrases


def _topic(words: Node, phrase: Phrase) -> str:
    """The noun phrase of words: what stands behind the last adverb, or all of it where that is too little."""
    runs = _runs(words) or [span_of(_span(words).start, _span(words).start)]
    while len(runs) > 1 and _leads_on(phrase, runs):
        runs.pop()
    if len(runs) > 1 and _anywhere["COUNTED_OFF"].fullmatch(phrase.mask, *runs[0]):
        del runs[0]
    start, end = runs[-1]
    often = len(runs) > 1 and _token(words, ("FREQUENCY",))
    if len(runs) == 1 or (end - start >= _SHORT and not (often and _anywhere["DOER"].fullmatch(phrase.mask, *runs[0]))):
        return phrase.at(_trimmed(phrase, start, end))
    lead, last = _trimmed(phrase, *runs[0]), _trimmed(phrase, start, end)
    return "".join(phrase.at(run) for run in (lead, *runs[1:-1], last))  # 工作人员|每年|培训


def _leads_on(phrase: Phrase, runs: list[Span]) -> bool:
    """Whether the last run only leads on to its verb: 用时|在现行基础上|整体压缩, 水量由|2030年|的5亿吨减少到."""
    if _closing["TRAILS"].fullmatch(phrase.mask, *runs[-1]):
        return True
    return bool(_anywhere["OF_OLD"].match(phrase.mask, *runs[-1]) and phrase.mask[runs[-2].end - 1] in "由从")


def _moves(verb: str) -> bool:
    """Whether an act makes what is counted act itself, or something be done with it: 选择, 推动."""
    return _closing["MOVES"].search(verb) is not None


def _object(words: Node, phrase: Phrase, *, whole: bool = False, moved: bool = False) -> str:
    """The noun phrase behind an amount, up to the next verb: 100户中小企业|逐步开展…"""
    start, end = (_runs(words) or [_span(words)])[0]
    start = _past_aside(phrase, start, end)
    start += phrase.mask.startswith("的", start)
    first = 1 if _anywhere["HERE"].match(phrase.mask, start) else 2
    verb = anywhere("target_object", "ABLE", "DOES", "GOES", "IS_DONE", *(("THEN",) if moved else ()))
    stop = verb.search(phrase.mask, min(start + first, end), end)
    able = stop and _behind["ABLE"].match(stop[0])
    # 规模达到1000亿元以上的产业集群 is one phrase
    goes_on = stop and not able and "的" in phrase.mask[stop.start() : end]
    bare = whole and stop and _anywhere["GENERIC"].fullmatch(phrase.at(span_of(start, stop.start())))
    end = stop.start() if stop and not goes_on and not bare else end
    trail = _closing["TRAILS"].search(phrase.mask, start, end)
    thing = phrase.at(span_of(start, trail.start() if trail else end))
    return _closing["TASK"].sub("", _closing["COUNTED_ASIDE"].sub("", thing)) or thing


def named_later(said: Statement, phrase: Phrase, end: int) -> Statement | None:
    """1个功能齐全,环境优美的公园: the thing that the clause behind `end` names; None where it names none."""
    if not said.acts or not _behind["UNNAMED"].search(said.indicator):
        return said
    name = _anywhere["NAMED_LATER"].match(phrase.mask, end)
    return said.of(phrase.at(span_of(*name.span("name")))) if name else None


def _past_aside(phrase: Phrase, start: int, end: int) -> int:
    """Where words go on behind an aside that opens them: 新增2400户（累计3600户）餐饮单位, 新建（改扩建）学校."""
    aside = _anywhere["ASIDE"].match(phrase.mask, start, end) if phrase.text.startswith(("(", "（"), start) else None
    return aside.end() if aside else start


def sums_up(phrase: Phrase, start: int) -> bool:
    """Whether words add up what the clause before acts on: 共计15公里管网."""
    return _anywhere["IN_SUM"].match(phrase.mask, start) is not None


def subject_at(phrase: Phrase, place: int, subject: re.Match[str]) -> str:
    """What a clause at a place is about that has no number: 招生规模 of 扩大招生规模, 规模 of 从现有规模."""
    end = place + subject.end("subject")
    start = _trimmed(phrase, place + subject.start("subject"), end).start
    return _anywhere["OF_NOW"].sub("", phrase.at(span_of(start, end)))


def act_of(phrase: Phrase, clause: Span) -> str | None:
    """The verb of a clause: 推进 of 推进甲湖、乙公园建设."""
    act = _opening_act().search(phrase.mask, *clause)
    return act[0] if act else None


def acted_on(phrase: Phrase, clause: Span) -> str:
    """What a clause is about to act on: 座谈会 of 定期组织座谈会, 养老服务中心 of 推进养老服务中心建设."""
    for verb in reversed(list(_acts_or_adds().finditer(phrase.mask, *clause))):
        thing = _trimmed(phrase, verb.end(), clause.end)
        if thing.end - thing.start >= 2 and not _anywhere["NO_THING"].match(phrase.mask, *thing):
            start = phrase.mask.rfind("的", *thing) + 1 if thing.end - thing.start > _LONG else thing.start
            ends = _closing["MATTER"].search(phrase.mask, *thing)
            return phrase.at(span_of(max(start, thing.start), ends.start() if ends else thing.end))
    done_to = _anywhere["DONE_TO_THEM"].match(phrase.mask, *clause)
    return phrase.at(span_of(*done_to.span("thing"))) if done_to else ""


_LONG: Final = 20  # 集日间照料、康复训练等功能于一体的服务中心: what it has is not its name


def _trimmed(phrase: Phrase, start: int, end: int) -> Span:
    """Without the words that lead to a noun phrase (推动, 其中) and those that lead on to its verb (全部, 将)."""
    lead = _leads().match(phrase.mask, start, end)
    start = _past_aside(phrase, lead.end() if lead and end - lead.end() >= 2 else start, end)
    trail = _closing["TRAILS"].search(phrase.mask, start, end)
    return span_of(start, trail.start() if trail else end)


@cache
def _leads() -> re.Pattern[str]:
    words = terminals("target_phrase")
    return re.compile(f"{words['LED_BY']}|(?:{words['LEAD']})+")


def _runs(words: Node) -> list[Span]:
    """The stretches of words between adverbs."""
    runs: list[Span] = []
    for token in words.children:
        if not isinstance(token, Token) or token.type not in ("WORDS", "DUN"):
            continue
        start = runs.pop().start if runs and runs[-1].end == token.start else token.start
        runs.append(span_of(start, token.end))
    return runs


def _span(words: Node) -> Span:
    tokens = [token for token in words.children if isinstance(token, Token)]
    return span_of(tokens[0].start, tokens[-1].end)


def _place(token: Token) -> Span:
    return span_of(token.start, token.end)


# ---------------------------------------------------------------- amounts


def _amount(node: Node, verb: Token | None, first: Node | None = None) -> Amount:
    """An amount; the comparator before the `first` of several (分别超过75%、90%) and the verb 控制在 go for all."""
    tokens = [token for token in node.children if isinstance(token, Token)]
    low, high, *_ = *[_exact(token) for token in tokens if token.type in ("NUMBER", "FRACTION")], None
    unit = next((token.text for token in tokens if token.type == "UNIT"), "%" if low == _HALF else "")
    shared = _token(first, BEFORE_NUMBER) if first is not None else None
    said = next((token for token in [*tokens, shared] if token is not None and token.type in _COMPARATORS), None)
    if len(unit) > 2 and unit[1] in "余多":  # 1.2万余户
        return Amount(low or Decimal(0), None, unit[0] + unit[2:], "gt")
    other: Comparator = "le" if verb is not None and verb.type == "CAP" else "eq"
    return Amount(low or Decimal(0), high, unit, "range" if high else _COMPARATORS[said.type] if said else other)


def _exact(token: Token) -> Decimal:
    """The number of a token; 千 of 千亿元 is one too, since 亿 belongs to the unit, and so is the nothing of 万亿元."""
    printed = token.text
    if printed in ("一半", "半数"):
        return _HALF
    part, _, whole = printed.partition("/")
    number = read_number(f"{whole}分之{part}" if whole else printed)
    return Decimal(SCALES.get(printed, 1) if number is None else number)


_HALF: Final = Decimal(50)  # 一半 is 50%


def _times(double: Token) -> Decimal:
    """翻一番 is twice, 翻两番 four times."""
    return Decimal(2 ** {"两": 2, "三": 3}.get(double.text[1], 1))


_COMPARATORS: Final[dict[str, Comparator]] = {
    "AT_LEAST": "ge", "OVER": "gt", "AT_MOST": "le", "UNDER": "lt", "ABOUT": "approx",
    "MORE": "gt", "OR_MORE": "ge", "OR_LESS": "le", "OR_SO": "approx",
}  # fmt: skip
_CHANGES: Final[dict[str, Change]] = {"GROW": "growth", "RISE": "increase", "ADD": "increase", "FALL": "decrease"}
_READERS: Final[dict[str, Callable[[Node, Phrase, str | None], Iterator[Statement]]]] = {
    "series": _series,
    "pairs": _pairs,
    "copies": _copies,
    "action": _action,
    "items": _items,
}
