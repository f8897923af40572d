"""What a clause says of indicators and amounts: the tree of `target.lark` as statements, lists taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from lark import Token, Tree
from lark.exceptions import UnexpectedInput

from notice_parser.clauses.target_tokens import BEFORE_NUMBER, CLOSED, PART, SCOPE, VERBS, either
from notice_parser.grammar import grammar, terminals
from notice_parser.model import Change, Comparator
from notice_parser.numerals import SCALES, read_number
from notice_parser.source import Span

Node = Tree[Token]


class Amount(NamedTuple):
    """A number with its unit and comparator."""

    value: Decimal
    value_max: Decimal | None
    unit: str
    comparator: Comparator

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole: a percentage, a fraction (without a unit)."""
        return self.unit in ("%", "‰", "")


class Statement(NamedTuple):
    """That an indicator is to reach an amount, or that so much of it is to be done (`acts`).

    It is `bare` where nothing but a comparator tells so: 企业突破150户.
    """

    indicator: str
    verb: str | None
    change: Change | None
    amount: Amount
    acts: bool = False
    bare: bool = False


class Phrase(NamedTuple):
    """The paragraph that words are cut out of: as printed, and masked."""

    text: str
    mask: str

    def __call__(self, span: Span) -> str:
        """The words at `span`, as printed."""
        return self.text[span.start : span.end]


def read_statements(tokens: list[Token], phrase: Phrase, act: str | None) -> list[Statement]:
    """What the tokens of a clause say; `act` is the verb of the clause before, which a list may go on from."""
    tree = _tree(tokens)
    if tree is not None:
        return list(_READERS[tree.data](tree, phrase, act))
    cut = next((place for place in range(1, len(tokens)) if _parts_lists(tokens, place)), None)
    if cut is None:
        return []
    said = read_statements(tokens[:cut], phrase, act)  # a list that is no series: 余额达到5亿元、竣工200个
    act = said[-1].verb if said and said[-1].acts else None
    follows = read_statements(tokens[cut + 1 :], phrase, act)
    return [_on_the_same(one, follows) for one in said] + [_on_the_same(one, said[-1:]) for one in follows]


def _on_the_same(said: Statement, others: list[Statement]) -> Statement:
    """新建13万亩、改造11万亩高标准农田: an act without a thing of its own is on that of the act beside it."""
    alone = said.acts and said.verb is not None and said.indicator.endswith(said.verb)
    shared = alone and others and others[0].acts and others[0].amount.unit == said.amount.unit
    return said._replace(indicator=others[0].indicator) if shared else said


def _parts_lists(tokens: list[Token], place: int) -> bool:
    """Whether a mark ends a statement: 余额达到5亿元、竣工200个, 建设10个园区、打造50个基地."""
    follows = tokens[place + 1].type if place + 1 < len(tokens) else ""
    return tokens[place].type == "NEXT" or (tokens[place].type == "DUN" and follows in ("ACT", "ADD"))


def _tree(tokens: list[Token]) -> Node | None:
    """What the grammar makes of the tokens; None where it makes nothing."""
    parser = grammar("target").parse_interactive()
    try:
        for token in tokens:
            parser.feed_token(token)
        tree: Node = parser.feed_eof()  # type: ignore[no-untyped-call]
    except UnexpectedInput:
        return None
    return _nodes(tree)[0]


def _nodes(tree: Node, name: str | None = None) -> list[Node]:
    return [child for child in tree.children if isinstance(child, Tree) and name in (None, child.data)]


def _token(tree: Node, names: tuple[str, ...]) -> Token | None:
    return next((child for child in tree.children if isinstance(child, Token) and child.type in names), None)


# ---------------------------------------------------------------- one statement after the other


def _series(tree: Node, phrase: Phrase, act: str | None) -> Iterator[Statement]:
    """贡献率达到60%以上; 成本降低20%、效率提高20%; 建成孵化器8家、研发机构50家; 演出不少于5类、300场."""
    nodes = _nodes(tree)
    measure = nodes.pop() if nodes[-1].data == "amount" else None
    behind = nodes.pop() if nodes[-1].data == "words" else None
    head = named = ""
    reached = False
    for node in nodes:
        amounts = _nodes(node, "amount")
        more = amounts[1:]
        said = _statement(node, phrase, act, behind if node is nodes[-1] and not more else None)
        if said is None:
            return
        said = said._replace(bare=said.bare and not reached)  # 游客达到9万人次、收入5亿元
        reached = reached or not (said.acts or said.bare)
        act = act or _built(node, phrase)
        act = said.verb if said.acts else act
        if said.acts:
            named = named or _first_named(said)
            said = said._replace(indicator=named + said.indicator) if _LACKS.match(said.indicator) else said
        if said.change and not said.acts:
            head = head or _head(said.indicator)
            said = said._replace(indicator=said.indicator if said.indicator.startswith(head) else head + said.indicator)
        yield from _each(said)
        thing = _object(behind, phrase) if more and behind else said.indicator
        yield from (said._replace(indicator=thing, amount=_amount(amount, None, amounts[0])) for amount in more)
        if measure is not None and said.acts and node is nodes[-1]:
            yield said._replace(indicator=thing, amount=_amount(measure, None))


def _built(node: Node, phrase: Phrase) -> str | None:
    """建成 of 建成步道总长度超过9公里, from which a list goes on (驿站5个)."""
    runs = [run for words in _nodes(node, "words") for run in _runs(words)]
    verb = _opening_verb().match(phrase.mask, *runs[-1]) if runs else None
    return verb["ACT"] if verb and verb["ACT"] in _BUILT else None


_BUILT = ("建成", "新建", "完成", "形成")


def _first_named(said: Statement) -> str:
    """营业收入 of 营业收入突破10亿元的企业, which 突破50亿元的企业 leaves out."""
    match = _NAMES.match(said.indicator)
    return match[0] if match else ""


_LACKS = re.compile(r"(?:首次)?(?:突破|超过?|达到?)[0-9]")
_NAMES = re.compile(rf"[^的]{{2,}}?(?={_LACKS.pattern}.*(?:的.|企业|项目))")


def _each(said: Statement) -> list[Statement]:
    """A statement for each ratio of a list: 检查率、公示率达到100%."""
    names = _parts(said.indicator, 0)
    each = len(names) > 1 and not said.change and all(name.endswith("率") for name in names)
    return [said._replace(indicator=name) for name in names] if each else [said]


def _head(indicator: str) -> str:
    """试点示范项目 of 试点示范项目运营成本: what the indicators that follow leave out."""
    match = _ENTITY.match(indicator)
    return match[0] if match else ""


_ENTITY = re.compile(r".{2,}(?:项目|企业|行业|机构|学校|园区|车间|工厂|单位)(?=.{2,})")


def _statement(node: Node, phrase: Phrase, act: str | None, behind: Node | None) -> Statement | None:
    """One statement; `behind` are words after its amount, which are its object, or which it must do without."""
    words, double, verb = next(iter(_nodes(node, "words")), None), _token(node, ("DOUBLE",)), _token(node, VERBS)
    if words is not None and double is not None:
        return _doubled(words, double, phrase)
    amount = _amount(_nodes(node, "amount")[0], verb)
    if words is not None and verb is None and (said := _how_often(words, phrase, amount, behind)):
        return said
    if words is None or (not _runs(words) and behind is None and verb is None and _limit(node)):
        # 增长8%, 力争2035年超过40亿元: of what, the clause before says
        return Statement("", verb and str(verb), _CHANGES.get(verb.type) if verb else None, amount, bare=verb is None)
    if behind is not None and all(_SCOPE.fullmatch(phrase.mask, *run) for run in _runs(words)):
        return _of_group(words, behind, phrase, amount)
    if behind is not None and amount.is_share and (reached := _PARTLY.match(phrase.mask, *_span(behind))):
        return Statement(_topic(words, phrase) + (reached[1] or ""), reached[2], None, amount)
    if behind is not None and not amount.is_share and not _in_brackets(behind, phrase):
        readings = (read(words, phrase, amount, behind) for read in _AROUND)
        return next(filter(None, readings), None)
    if verb is not None:
        led = _led(words, phrase) if verb in ("到", "至") else ""
        return Statement(_topic(words, phrase), led + verb, _CHANGES.get(verb.type), amount)
    return _counted(words, phrase, amount, act, _limit(node))


def _doubled(words: Node, double: Token, phrase: Phrase) -> Statement:
    said: Comparator = "ge" if double.endswith("以上") else "eq"
    return Statement(_topic(words, phrase), str(double), "multiply", Amount(_times(double), None, "倍", said))


def _of_group(words: Node, behind: Node, phrase: Phrase, amount: Amount) -> Statement | None:
    """全省90%以上的行政村建成…, 对6万户家庭进行改造: nothing but a scope stands before the amount."""
    said, runs = _assigned(behind, phrase, amount), _runs(words)
    if said and runs:
        return said._replace(bare=said.bare and not _DONE_TO.match(phrase.mask, runs[0].start))
    return said or _strived_for(words, behind, phrase, amount)


def _in_brackets(words: Node, phrase: Phrase) -> bool:
    """Whether words begin with an aside: 建成站点20个（含改建8个）."""
    start = _span(words).start
    return phrase.mask.startswith(CLOSED, start) and phrase.text.startswith(("(", "（", "[", "〔"), start)


def _led(words: Node, phrase: Phrase) -> str:
    """压缩 of 压缩公告时间至20天, whose 至 alone does not tell that the term is shortened."""
    change = _shortening().match(phrase.mask, *_runs(words)[-1]) if _runs(words) else None
    return change[0] if change else ""


def _limit(node: Node) -> str | None:
    """The comparator before the number: it binds an indicator without any verb (市场主体突破150户)."""
    token = _token(_nodes(node, "amount")[0], ("AT_LEAST", "OVER", "UNDER"))
    return token and token.type


def _counted(words: Node, phrase: Phrase, amount: Amount, act: str | None, limit: str | None) -> Statement | None:
    """建成孵化器8家; 水水中转比例不低于52%; 工作站15个 behind another one that has the verb."""
    run = _runs(words)[-1] if _runs(words) else _span(words)
    measured = _MEASURED.search(phrase(run)) is not None
    limited = amount.is_share or amount.comparator in ("ge", "gt", "le", "lt")
    if _PER_HEAD.match(phrase.mask, *run):  # 每万人拥有公共厕所6座
        return Statement(_topic(words, phrase), "拥有", None, amount, acts=True)
    verb = _inner_verb(phrase, run)
    if verb and not (measured and limited and (verb["ACT"] or (verb["ADD"] and amount.is_share))):
        thing = _trimmed(phrase, verb.end(), run.end)
        led = verb.start() > run.start and not _PIVOTS.match(phrase.mask, run.start)
        whole = led and thing.end - thing.start <= 2  # 城镇新增就业 is one indicator
        return _acting(verb, phrase(run if whole else thing), amount)
    if amount.is_share and (part := _part_of(words, run, phrase)):
        return Statement(part, "占", None, amount, bare=True)
    if measured and (limited or not (act or _FUNDS.search(phrase(run)))):
        built = verb and verb.start() == run.start and verb["ACT"] in _BUILT  # 建成步道总长度超过9公里
        topic = phrase(_trimmed(phrase, verb.end(), run.end)) if verb and built else _topic(words, phrase)
        return Statement(topic, None, None, amount, bare=not limited)
    if limit == "OVER" or (not act and amount.comparator in ("ge", "gt")):
        return Statement(_topic(words, phrase), None, None, amount, bare=True)
    often = (
        _token(words, ("FREQUENCY",)) and amount.unit in ("次", "轮", "期", "场") and not _REPORTED.search(phrase(run))
    )
    act = act or _striving(words)
    if act or often:  # 每半年考评一次
        return Statement(_topic(words, phrase), act, _change(act) if act else None, amount, acts=True)
    return None


def _part_of(words: Node, run: Span, phrase: Phrase) -> str:
    """跨部门检查占检查总数, 课时占总课时 (with an adverb between): what is part of what."""
    if _PART_OF.match(phrase.mask, *run):
        return phrase(_trimmed(phrase, *run))
    parted = phrase.mask.startswith("占", run.start) and len(_runs(words)) > 1
    return "".join(phrase(each) for each in _runs(words)) if parted else ""


def _how_often(words: Node, phrase: Phrase, amount: Amount, behind: Node | None) -> Statement | None:
    """每年2次采集水样; 每季度至少一次, of what the clause before acts on."""
    alone = not _runs(words) and _token(words, ("FREQUENCY",)) and amount.unit in OCCASIONS
    if not alone or (behind and not _opening_act().match(phrase.mask, *_span(behind))):
        return None
    thing = _object(behind, phrase) if behind else ""
    return None if _REPORTED.search(thing) else Statement(thing, None, None, amount, acts=True)


def _inner_verb(phrase: Phrase, run: Span) -> re.Match[str] | None:
    """The verb in a run of words; of 推动创新中心攻克技术10项 the second, which tells what is counted."""
    opening = _opening_verb().match(phrase.mask, *run)
    if opening and not _PIVOTS.match(opening[0][-2:]):
        return opening
    return _later_verb().search(phrase.mask, *run) or opening


_PER_HEAD = re.compile(r"每[十百千]*[百千万][^、]{0,8}?拥有(?![量率的])")
_PART_OF = re.compile(r"[^占]{3,}占(?![比用地有据道领])[^占]{2,}(?<![率重例])$")  # 跨部门检查占检查总数50%以上
_REPORTED = re.compile(r"申报|报送|上报|报告|汇报|推荐")  # a duty to report is no target
OCCASIONS = ("次", "场", "场次", "期", "轮", "批次", "课时", "个课时", "学时", "个学时", "节")


def _striving(words: Node) -> str | None:
    """争取 of 争取省级项目10个, where it takes the place of a verb."""
    adverb = _token(words, ("STRIVE",))
    return str(adverb) if adverb and _runs(words)[-1:] and _runs(words)[-1].start == adverb.end_pos else None


_FUNDS = re.compile(r"(?:资金|经费|基金)$")  # 每年安排专项资金2000万元 is no target
_PIVOTS = re.compile(
    r"推动|推进|吸引|组织|支持|引导|鼓励|帮助|带动|促进"
)  # 推动创新中心攻克技术10项: of the technologies
_MEASURED = re.compile(
    r"(?:率|额|量|比|比重|比例|占比|面积|规模|产值|增加值|收入|数|人数|人次|总数|数量|水平|强度|时间|时限|成本|产能|能力|增速"
    r"|投资|资金|外资|融资|交易|放款|销售|投放|成交|里程|长度|周期|时长|费用|[密额满意]度|覆盖面|天数|资产|种类|减负|用时|手续|环节|经费|贷款|价值|能耗|消耗|浓度|指数|系数|存栏|出栏|带宽|时延"
    r"|(?:可用|一致|准确|完整|及时|合规|稳定|可靠)性|(?:知晓|认可|信任|美誉|集中|关联|活跃|认知)度)在?$"
)


def _qualified(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """新增城区50平方公里达到海绵城市要求: what is counted stands before the number, what it is to reach behind."""
    if not _runs(words) or not phrase.mask.startswith("达到", _span(behind).start):
        return None
    run = _runs(words)[-1]
    verb = _opening_verb().match(phrase.mask, *run) or _later_verb().search(phrase.mask, *run)
    return _acting(verb, phrase(_trimmed(phrase, verb.end(), run.end)), amount) if verb else None


def _described(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """打造具有推广效应的100个产品, 实施科技、交通等20个工程: the description, or examples, stand before the number."""
    run = _runs(words)[-1]
    verb = _opening_verb().match(phrase.mask, *run)
    leads = phrase.mask[run.start : run.end].endswith(("的", "等")) or "、" in phrase.mask[run.start : run.end]
    if verb is None or not leads:
        return None
    thing = _object(behind, phrase)
    if thing in _GENERIC:  # 建成甲线、乙段等5个项目: the names tell which
        examples = "等" if phrase.mask.endswith("等", *run) else ""
        thing = phrase(_trimmed(phrase, verb.end(), run.end)) + examples + thing
    return _acting(verb, thing, amount)


def _owed(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """每个乡镇至少有1所公办幼儿园: what every one of them is to have."""
    if _MEASURED.search(_object(behind, phrase)):
        return None  # 至少建有1个建筑面积不少于1000平方米的…
    owed = amount.comparator == "ge" and _EVERY.match(phrase.mask, *_runs(words)[0])
    return Statement(_object(behind, phrase), None, None, amount, acts=True) if owed else None


def _served(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """教师每年至少1个月在企业实训: how long somebody is to do something."""
    served = (
        _token(words, ("FREQUENCY",)) and amount.unit in ("天", "个月") and _AWAY.match(phrase.mask, *_span(behind))
    )
    return Statement(_topic(words, phrase), served[0], None, amount) if served else None


def _spread(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """推动学校在10个左右领域开展培训: in how many places it is to be done."""
    spread = phrase.mask.endswith("在", 0, _span(words).end) and _DONE_THERE.match(phrase.mask, *_span(behind))
    return Statement(phrase(Span(*spread.span(1))), "在", None, amount) if spread else None


_DONE_THERE = re.compile(
    r"(?:的)?([^的]{1,24}?)[中内]?(?:全面|率先|大力|积极|先行)*(?:开展|实现|推广|推行|建立|建设|试点|布局|设立|实施|部署|应用)"
)
_AWAY = re.compile(r"[在到赴]|深入|参加")


def _repeated(words: Node, phrase: Phrase, amount: Amount, behind: Node) -> Statement | None:
    """每年调整1次专业: whatever is done so often."""
    act, thing = _topic(words, phrase), _object(behind, phrase)
    often = _token(words, ("FREQUENCY",)) and amount.unit in OCCASIONS and not _REPORTED.search(act + thing)
    whose = _AWAY.match(phrase.mask, *_span(behind)) and len(act) >= 2  # 教师每年至少2次到企业实训
    return Statement(act if whose else thing, act, None, amount, acts=True) if often else None


_AROUND = (_described, _owed, _repeated, _served, _spread, _qualified)
_EVERY = re.compile(
    r"(?:每个?|各|所有[^、]{0,16})(?:设区的?市|[省市州县区旗镇乡村]|乡镇|街道|社区|行政村|学校|产业|园区)[^、]{0,6}$"
)


def _acting(verb: re.Match[str], thing: str, amount: Amount) -> Statement:
    name = next(name for name in VERBS if verb.groupdict().get(name))
    return Statement(thing, verb[name], _CHANGES.get(name), amount, acts=name in ("ACT", "ADD"))


def _assigned(behind: Node, phrase: Phrase, amount: Amount) -> Statement | None:
    """力争100家企业达到3级以上标准: what so many are to reach."""
    span = _span(behind)
    reached = _REACHED.search(phrase.mask, *span)
    if reached is None or _SPARED.search(phrase.mask, span.start, reached.start()):
        return None
    start = span.start + phrase.mask.startswith("的", span.start)
    group = phrase(_trimmed(phrase, start, reached.start()))
    thing = phrase(_trimmed(phrase, start, span.end)) if group in _GENERIC else group
    return Statement(thing, reached[0], None, amount, bare=not amount.is_share)


def _strived_for(words: Node, behind: Node, phrase: Phrase, amount: Amount) -> Statement | None:
    """争取500件以上专利优先审查: 争取 in the place of a verb."""
    strives = _token(words, ("STRIVE",))
    counts = strives and not amount.is_share and amount.unit != "个百分点"
    return Statement(_object(behind, phrase), str(strives), None, amount, acts=True) if counts else None


_SPARED = re.compile(r"不予|免")  # 对8类行为不予实施处罚
_DONE_TO = re.compile(r"[对为将把使让]")
_GENERIC = ("企业", "单位", "机构", "项目")  # 力争100家企业达到3级以上标准: 企业 alone does not tell what is meant
_REACHED = re.compile(
    r"(?:基本|全部|率先)?(?:达到|实现|完成|建成)|排名进入|用于|按期|按时|如期|进入|通过|覆盖|入驻|对接|纳入|入选|跻身|获批|(?:成功)?(?:上市|投产)$|开展|具备|配备|建有|设有|应用|采用|使用|上云|规范对接|(?<!交)通(?=公交|客车|硬化路|光纤|宽带|网)|设置|建立|进行|实施|设立|提供|安装|打造"
)
_PARTLY = re.compile(rf"(?:的?({PART}))?({_REACHED.pattern})")  # 建成区50%以上的面积达到要求
_SCOPE = re.compile(SCOPE)


def _change(act: str) -> Change | None:
    """What a verb of the clause before says of the amounts that go on from it."""
    return _CHANGES["ADD"] if re.fullmatch(terminals("target")["ADD"], act) else None


@cache
def _opening_verb() -> re.Pattern[str]:
    return re.compile(rf"(?:{_LEAD}|{_JOINTLY})*(?:{either('ADD', 'ACT', 'GROW', 'RISE', 'FALL')}){_chain()}(?=..)")


def _chain() -> str:
    """A verb that stands beside the first: 新增、改造绿地面积."""
    return f"(?:(?:或者|[、和或及]|并(?!网))(?:{terminals('target')['ACT']}))?"


@cache
def _opening_act() -> re.Pattern[str]:
    return re.compile(terminals("target")["ACT"])


@cache
def _shortening() -> re.Pattern[str]:
    return re.compile(terminals("target")["FALL"])


@cache
def _later_verb() -> re.Pattern[str]:
    """A verb behind a subject: 全省新增国家技术创新中心3家."""
    return re.compile(
        r"(?:(?<=[省市县区州盟旗院校部局厅门业位构组馆人镇心])|(?<=[内等域])(?=新增))(?:共|累计|计划)?"
        rf"(?:{either('ADD', 'ACT')}){_chain()}(?=..)"
    )


# ---------------------------------------------------------------- 分别 and 均


def _pairs(tree: Node, phrase: Phrase, act: str | None) -> Iterator[Statement]:
    """关键工序数控化率、设计工具普及率分别超过75%、90%."""
    amounts, verb = _nodes(tree, "amount"), _token(tree, VERBS)
    names = _names(tree, phrase, max(len(amounts), 2))
    if len(amounts) == 1:  # 覆盖率、合格率分别达到95%
        amounts *= len(names)
    if len(names) == 1:  # 牛羊饲养量分别达到2万头、9万只
        names *= len(amounts)
    if len(names) == len(amounts):
        for name, amount in zip(names, amounts, strict=True):
            read = _amount(amount, verb, first=amounts[0])
            unit = _amount(amounts[-1], verb).unit
            read = read._replace(unit=unit) if read.unit == "个" and unit.startswith("个") else read  # 4个、3个工作日
            yield Statement(name, verb and str(verb), _CHANGES.get(verb.type) if verb else None, read)


def _copies(tree: Node, phrase: Phrase, act: str | None) -> Iterator[Statement]:
    """种植、收获机械化率均达到45%."""
    verb = _token(tree, VERBS)
    amount = _amount(_nodes(tree, "amount")[0], verb)
    for name in _names(tree, phrase, 0):
        yield Statement(name, verb and str(verb), _CHANGES.get(verb.type) if verb else None, amount)


def _names(tree: Node, phrase: Phrase, count: int) -> list[str]:
    """The indicators of a list in full; 分别占比达30%: what stands behind 分别 belongs to each."""
    words, *tail = _nodes(tree, "words")
    where = _SHARED_WHERE.fullmatch(_topic(words, phrase)) if count == 2 else None
    if where:  # 甲和乙在各类绿地的应用比例
        return [where[1] + where[3], where[2] + where[3]]
    return _restored(_parts(_topic(words, phrase), count), _topic(tail[0], phrase) if tail else "")


def _parts(text: str, count: int) -> list[str]:
    """A list split at 、, and at its last 和 or 及 where that gives the count asked for (0: any)."""
    parts = text.split("、")
    last = _CONJUNCTION.match(parts[-1])
    if last and (len(parts) + 1 == count or (count == 0 and len(parts) > 1)):
        parts[-1:] = [last[1], last[2]]
    return parts


_SHARED_WHERE = re.compile(r"([^、和在]{2,}?)[和与]([^、和在]{2,})(在.*[^、]率|在.*比[例重])")
_CONJUNCTION = re.compile(r"(.{2,}?)(?:以及|和|及|与)(.{2,})$")


def _restored(names: list[str], tail: str) -> list[str]:
    """The shared head and tail put back: 马铃薯种植、收获机械化率 is 马铃薯种植机械化率 and 马铃薯收获机械化率."""
    if not tail:
        shared = _TAIL.search(names[-1])
        whole = shared and "排" not in shared[0] and any(_MEASURED.search(name) for name in names[:-1])
        tail = shared[0] if shared and not whole else ""  # 化学需氧量、氨氮减排量: the first is a substance
    tail = _behind_shared(names) or tail
    cores = [name.removesuffix(tail) for name in names]
    if not tail or len(cores) < 2:
        return names
    first, second = len(cores[0]), len(cores[1])
    head = cores[0][: first - second] if second <= _SHORT and first - second >= 2 and "排" not in tail else ""
    return [(core if core.startswith(head) else head + core) + tail for core in cores]


def _behind_shared(names: list[str]) -> str:
    """综合利用率 of 甲平台、乙服务平台综合利用率: what follows the noun that the others end with."""
    noun = names[0][-2:]
    alike = len(names) > 1 and all(name.endswith(noun) for name in names[:-1]) and not _MEASURED.search(noun)
    return names[-1].rpartition(noun)[2] if alike and noun in names[-1] else ""


_SHORT = 4
_TAIL = re.compile(
    r"(?:(?<=..)..(?:时间|时限)|(?:(?<=..)(?:市场|综合|平均|集中|无害化|资源化|生活垃圾|生活污水|耕种收))*(?:..化率|..率)|占比|比重|比例|增加值|产值规模|产值|总规模|规模|总额|总量|数量|面积|覆盖面|投资|收入|用时|时间|时限|(?:重点工程)?减排量|排放总?量)$"
)


# ---------------------------------------------------------------- one verb, several objects


def _action(tree: Node, phrase: Phrase, act: str | None) -> Iterator[Statement]:
    """建设50所高等职业学校和150个骨干专业."""
    verb = _token(tree, VERBS)
    subject = next((_topic(words, phrase) for words in _nodes(tree, "words")), "")
    subject = "" if _NO_SUBJECT.fullmatch(subject) else subject
    yield from _of_one_verb(_nodes(tree, "item"), phrase, str(verb), _CHANGES.get(verb.type) if verb else None, subject)


def _items(tree: Node, phrase: Phrase, act: str | None) -> Iterator[Statement]:
    """，不少于20名…后备人才: the verb stands in the clause before; 70%的企业实现… has its own."""
    items = _nodes(tree, "item")
    amount = _amount(_nodes(items[0], "amount")[0], None)
    if amount.is_share and (shares := list(_shares(items, phrase))):
        yield from shares
    elif act:
        yield from _of_one_verb(items, phrase, act, _change(act), "")
    elif len(items) == 1 and _COUNTS_THINGS.fullmatch(amount.unit):
        yield from _attained(items[0], phrase, amount)


def _attained(item: Node, phrase: Phrase, amount: Amount) -> Iterator[Statement]:
    """10家以上企业进入全国百强: what so many attain, at the head of its clause."""
    for words in _nodes(item, "words"):
        if _ATTAINS.match(phrase.mask, *_span(words)) and (said := _assigned(words, phrase, amount)):
            yield said


_COUNTS_THINGS = re.compile(r"[个家项件所座处户]|条|种|类|名|批")
_ATTAINS = re.compile(
    r"(?:(?!任务|工作|措施|举措|方面|领域|阶段|环节|部门)[^的、内]){2,16}?(?:达到|实现|完成|建成|进入|通过|纳入|入选|跻身|获批|(?:成功)?上市|投产)"
)


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
            yield last._replace(indicator=_object(words, phrase), amount=_amount(_nodes(item, "amount")[0], None))
    yield last


def _of_one_verb(
    items: list[Node], phrase: Phrase, verb: str, change: Change | None, subject: str
) -> Iterator[Statement]:
    whole = len(items) > 1 and _PIVOTS.match(verb[-2:]) is not None  # 支持30家企业建A、5家企业建B: 企业 tells neither
    things = [next((_object(words, phrase, whole=whole) for words in _nodes(item, "words")), "") for item in items]
    if len(items) > 1 and _units(items) == 1:  # 改造10个、15个市场
        things = [thing or things[-1] for thing in things]
    noun = _GRADE.match(things[-1])
    for item, thing in zip(items, things, strict=True):
        shared = noun[1] if noun and len(items) > 1 and _GRADE_ALONE.fullmatch(thing) else ""
        amount = _amount(_nodes(item, "amount")[0], None)
        named = thing + shared or (
            subject
            if _is_occasion(subject, verb, amount)
            or (
                _COUNTED_UP.search(verb)
                and (len(subject) >= _SHORT or _MEASURED.search(subject))
                and not _WHERE.fullmatch(subject)
            )
            else subject + verb
        )
        yield Statement(named, verb, change, amount, acts=True)
        for measure in _nodes(item, "amount")[1:]:
            yield Statement(thing or subject + verb, verb, change, _amount(measure, None), acts=True)


def _units(items: list[Node]) -> int:
    """How many different units the amounts of items have."""
    return len({_amount(_nodes(item, "amount")[0], None).unit for item in items})


def _is_occasion(subject: str, verb: str, amount: Amount) -> bool:
    """Whether a subject is what is held so often (督导检查每月开展1次), not who holds it."""
    held = len(subject) >= _SHORT and HELD.fullmatch(verb) and amount.unit in OCCASIONS
    return bool(held and not ORGAN.search(subject))


HELD = re.compile(r"(?:组织|开展|举办|召开|进行)+")
ORGAN = re.compile(r"(?:单位|部门|企业|学校|院校|机构|乡镇|街道|社区|[省市县区镇乡村局委厅办院校级])$")
_NO_SUBJECT = re.compile(r"(?:其中|并|且|要|须|应|计划|拟|第[一二三四五]年)*")
_COUNTED_UP = re.compile(r"新增|净增|实现|举办|召开|推出")  # 信贷余额新增260亿元: the verb is no part of the indicator
_PLACE = r"(?:全[省市县区]|重点县|[每各]个?(?:[省市县区镇村]|乡镇|街道))"
_WHERE = re.compile(rf"{_PLACE}(?:{_PLACE}|\([^()]*\)|（[^（）]*）|累计)*")


def names_place(said: Statement) -> bool:
    """Whether an act is said to be done somewhere, and not to what: 每个乡镇至少建设1处."""
    verb = said.verb or ""
    if said.amount.unit in OCCASIONS or "人" in said.amount.unit:  # 每月更新1次, 累计培训5000人
        return False
    return (
        said.indicator not in ("", verb)
        and said.indicator.endswith(verb)
        and _WHERE.fullmatch(said.indicator.removesuffix(verb)) is not None
    )


_GRADE = re.compile(r".{1,3}[级类型](.{2,})")
_GRADE_ALONE = re.compile(r".{1,5}[级类型]")  # 90名国家级、150名省级科技人才


# ---------------------------------------------------------------- noun phrases


def _topic(words: Node, phrase: Phrase) -> str:
    """The noun phrase of words: what stands behind the last adverb, or all of it where that is too little."""
    runs = _runs(words) or [Span(_span(words).start, _span(words).start)]
    while len(runs) > 1 and _TRAILS.fullmatch(phrase.mask, *runs[-1]):
        runs.pop()  # 审批用时在现行基础上整体|压缩
    start, end = runs[-1]
    if end - start >= _SHORT or len(runs) == 1:
        return phrase(_trimmed(phrase, start, end))
    lead, last = _trimmed(phrase, *runs[0]), _trimmed(phrase, start, end)
    return "".join(phrase(run) for run in (lead, *runs[1:-1], last))  # 工作人员|每年|培训


def _object(words: Node, phrase: Phrase, *, whole: bool = False) -> str:
    """The noun phrase behind an amount, up to the next verb: 100户中小企业|逐步开展…"""
    start, end = (_runs(words) or [_span(words)])[0]
    start = _past_aside(phrase, start, end)
    start += phrase.mask.startswith("的", start)
    first = 1 if phrase.mask[start : start + 1] in _HERE else 2
    stop = _object_ends().search(phrase.mask, min(start + first, end), end)
    goes_on = stop and "的" in phrase.mask[stop.start() : end]  # 规模达到1000亿元以上的产业集群 is one phrase
    bare = whole and stop and phrase(Span(start, stop.start())) in _GENERIC
    end = stop.start() if stop and not goes_on and not bare else end
    trail = _TRAILS.search(phrase.mask, start, end)
    thing = phrase(Span(start, trail.start() if trail else end))
    return _TASK.sub("", _COUNTED_ASIDE.sub("", thing)) or thing


_TASK = re.compile(r"(?<=..)(?<!化)的?建设任务$")  # 完成3所学校的建设任务
_COUNTED_ASIDE = re.compile(r"[（(][^（()）]*[0-9][^（()）]*[)）]$")  # 系列活动（全年举办10期）


@cache
def _object_ends() -> re.Pattern[str]:
    words = terminals("target_object")
    return re.compile("|".join(words[name] for name in ("DOES", "GOES", "IS_DONE")))


@cache
def _unnamed() -> re.Pattern[str]:
    return re.compile(terminals("target_object")["UNNAMED"])


def named_later(said: Statement, phrase: Phrase, end: int) -> Statement | None:
    """1个功能齐全,环境优美的公园: the thing that the clause behind `end` names; None where it names none."""
    if not said.acts or not _unnamed().search(said.indicator):
        return said
    name = _NAMED_LATER.match(phrase.mask, end)
    return said._replace(indicator=phrase(Span(*name.span(1)))) if name else None


_NAMED_LATER = re.compile(r",[^,。;:0-9]{2,60}的([^,。;:、的]{2,16})(?=[,。;:]|$)")


def _past_aside(phrase: Phrase, start: int, end: int) -> int:
    """Where words go on behind an aside that opens them: 新增2400户（累计3600户）餐饮单位, 新建（改扩建）学校."""
    aside = _ASIDE.match(phrase.mask, start, end) if phrase.text.startswith(("(", "（"), start) else None
    return aside.end() if aside else start


def acted_on(phrase: Phrase, clause: Span) -> str:
    """What a clause is about to act on: 座谈会 of 定期组织座谈会, 养老服务中心 of 推进养老服务中心建设."""
    for verb in reversed(list(_opening_act().finditer(phrase.mask, *clause))):
        thing = _trimmed(phrase, verb.end(), clause.end)
        if thing.end - thing.start >= 2 and not _NO_THING.match(phrase.mask, *thing):
            start = phrase.mask.rfind("的", *thing) + 1 if thing.end - thing.start > _LONG else thing.start
            ends = _MATTER.search(phrase.mask, *thing)
            return phrase(Span(max(start, thing.start), ends.start() if ends else thing.end))
    done_to = _DONE_TO_THEM.match(phrase.mask, *clause)
    return phrase(Span(*done_to.span(1))) if done_to else ""


_DONE_TO_THEM = re.compile(r"对([^,。;、]{2,20})(?:进行|实施|开展)")
_NO_THING = re.compile(r"等|(?:工作|活动|力度|机制|制度|体系|模式|方式|水平|能力)$|的")
_LONG = 20  # 集日间照料、康复训练等功能于一体的服务中心: what it has is not its name
_HERE = tuple("区县镇乡村")  # 1个区|开展试点
_MATTER = re.compile(r"(?<=..)(?:建设|工作)$")
_ASIDE = re.compile(rf"{CLOSED}+(?=.)")


def _trimmed(phrase: Phrase, start: int, end: int) -> Span:
    """Without the words that lead to a noun phrase (推动, 其中) and those that lead on to its verb (全部, 将)."""
    lead = _LEADS.match(phrase.mask, start, end)
    start = _past_aside(phrase, lead.end() if lead and end - lead.end() >= 2 else start, end)
    trail = _TRAILS.search(phrase.mask, start, end)
    return Span(start, trail.start() if trail else end)


_LEAD = (
    f"{CLOSED}*是指|"
    "其中|同时|并且|并|且|使得|使|将|把|推动|带动|促进|推进|实现|完成|达到|保障(?!性)|保持|按照|全力|进一步|不断|逐步|稳步|持续"
    "|积极|着力|先行|用于|基本(?=实现|建成|完成)|培育(?=.{4})|重点(?=培[育训养]|打造|支持|建[设成]|扶持|推[进动广]|发展|引[进导]|实施|开展|新建|改造|抓好|做[好强优])|大力|加快|全面|要|(?:计划|拟)(?=[完建新改培引])|预计(?=[建新])|再(?=[建新])|引导|支持(?=新增)|为(?=全)|深入(?!度)|对(?![外接口标照象话策])|公开|累计|提高|提升|降低|压缩|缩短|压减|减少|扩大|增加|、|的"
)
_JOINTLY = "参与|联合|牵头|主导|或"
_LEADS = re.compile(
    f"(?:引导|推动|促进)[^将]{{2,12}}将|(?:鼓励|支持|指导)[^、]{{2,12}}(?:推进|推动|将)|(?:运用|通过|依托|利用)[^、]{{2,20}}(?:促进|推动|实现|带动)|(?:{_LEAD})+"
)
_TRAILS = re.compile(
    r"(?:总共|共|合计|平均(?<=[^,。;:、]平均)|将|要|需|必?须|应|(?<=[率额量数利贷件])累计|实现|持续|(?<=[^,。;:、\ufdd0-\ufdd2])(?:每|各)个?(?:[省市县区镇村]|乡镇|街道)(?=$)|(?<![平人户年月日地亩])均|全部|不断|稳步|逐步|大力|积极|基本|阶段性|进一步|大幅|总体|整体|统一|按规定|再|一般|在|的|等|、|[由从](?!业)(?![^、]*(?:时间|时限|时长|用时|周期)$)(?:[^、的到]{0,12}|(?=[^、]*[0-9])[^、]{0,14}))+$"
)


def _runs(words: Node) -> list[Span]:
    """The stretches of words between adverbs."""
    runs: list[Span] = []
    for token in words.children:
        if not isinstance(token, Token) or token.type not in ("WORDS", "DUN"):
            continue
        start, end = _place(token)
        if runs and runs[-1].end == start:
            start = runs.pop().start
        runs.append(Span(start, end))
    return runs


def _span(words: Node) -> Span:
    tokens = [token for token in words.children if isinstance(token, Token)]
    return Span(_place(tokens[0]).start, _place(tokens[-1]).end)


def _place(token: Token) -> Span:
    return Span(token.start_pos or 0, token.end_pos or 0)


# ---------------------------------------------------------------- amounts


def _amount(node: Node, verb: Token | None, first: Node | None = None) -> Amount:
    """An amount; the comparator before the `first` of several (分别超过75%、90%) and the verb 控制在 go for all."""
    tokens = [token for token in node.children if isinstance(token, Token)]
    low, high, *_ = *(_exact(token) for token in tokens if token.type in ("NUMBER", "FRACTION")), None
    unit = next((str(token) for token in tokens if token.type == "UNIT"), "%" if low == _HALF else "")
    shared = _token(first, BEFORE_NUMBER) if first is not None else None
    said = next((token for token in [*tokens, shared] if token is not None and token.type in _COMPARATORS), None)
    if len(unit) > 2 and unit[1] in "余多":  # 1.2万余户
        return Amount(low or Decimal(0), None, unit[0] + unit[2:], "gt")
    other: Comparator = "le" if verb is not None and verb.type == "CAP" else "eq"
    return Amount(low or Decimal(0), high, unit, "range" if high else _COMPARATORS[said.type] if said else other)


def _exact(token: Token) -> Decimal:
    """The number of a token; 千 of 千亿元 is one too, since 亿 belongs to the unit, and so is the nothing of 万亿元."""
    if token in ("一半", "半数"):
        return _HALF
    part, _, whole = token.partition("/")
    number = read_number(f"{whole}分之{part}" if whole else str(token))
    return Decimal(SCALES.get(str(token), 1) if number is None else number)


_HALF = Decimal(50)  # 一半 is 50%


def _times(double: Token) -> Decimal:
    """翻一番 is twice, 翻两番 four times."""
    return Decimal(2 ** {"两": 2, "三": 3}.get(double[1], 1))


_COMPARATORS: dict[str, Comparator] = {
    "AT_LEAST": "ge", "OVER": "gt", "AT_MOST": "le", "UNDER": "lt", "ABOUT": "approx",
    "MORE": "gt", "OR_MORE": "ge", "OR_LESS": "le", "OR_SO": "approx",
}  # fmt: skip
_CHANGES: dict[str, Change] = {"GROW": "growth", "RISE": "increase", "ADD": "increase", "FALL": "decrease"}
_READERS: dict[str, Callable[[Node, Phrase, str | None], Iterator[Statement]]] = {
    "series": _series,
    "pairs": _pairs,
    "copies": _copies,
    "action": _action,
    "items": _items,
}
