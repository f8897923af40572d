"""Who must do what, by when, to what measure: the clauses of a notice, read where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from notice_parser.clauses.dates import find_time_limits, read_date
from notice_parser.clauses.into_model import as_date, as_limit, as_rule, as_target, as_unit
from notice_parser.clauses.responsibility import (
    LONGEST_LIMIT,
    Clause,
    Limit,
    are_cells,
    is_own_line,
    read_clauses,
    read_listed,
    settle,
    tells_help,
    tells_host,
    tells_lead,
)
from notice_parser.clauses.sections import Numbers, announces_demands, compares, numbers_of_document, numbers_of_section
from notice_parser.clauses.tables import read_table
from notice_parser.clauses.targets import (
    Frame,
    read_targets,
    starts_dash,
    starts_theme,
    states_goals,
)
from notice_parser.draft import Block, Holder, Numbered, Prose, Stretch, has_items, holders
from notice_parser.grammar import anywhere
from notice_parser.model import (
    Attachment,
    Body,
    Date,
    Measure,
    Notice,
    Paragraph,
    ParagraphRole,
    Responsibility,
    Rule,
    Section,
    Target,
    Text,
)
from notice_parser.model import Block as ModelBlock
from notice_parser.model.made import built, changed
from notice_parser.source import Passage, Span, Spans, joined, span_of

_READ: Final = frozenset({"text", "box"})  # a table of contents and the scattered cells of a table make no sentences


class _Reach:
    """A paragraph of a holder, or a run of clause lines that are one; with its clauses as they were read."""

    __slots__ = ("clauses", "gaps", "heading", "passage")

    def __init__(
        self, passage: Passage, gaps: tuple[Span, ...], clauses: tuple[Clause, ...], *, heading: bool = False
    ) -> None:
        self.passage, self.gaps, self.clauses, self.heading = passage, gaps, clauses, heading


class _Found:
    """What a holder holds when it has been read; `heading` is that of an item."""

    __slots__ = ("content", "deadlines", "heading", "responsibilities", "targets")

    def __init__(
        self,
        heading: Text | None,
        content: tuple[ModelBlock, ...],
        responsibilities: tuple[Responsibility, ...],
        targets: tuple[Target, ...],
        deadlines: tuple[Date, ...],
    ) -> None:
        self.heading, self.content, self.responsibilities = heading, content, responsibilities
        self.targets, self.deadlines = targets, deadlines


def annotate(notice: Notice, drafts: Sequence[Holder], text: str, folded: str) -> Notice:
    """The notice with its rules and with what its bodies hold, whose drafts are in order; `folded` is `text` folded."""
    return _Annotator(notice, drafts, text, folded).notice()


class _Annotator:
    """Reads all paragraphs once, settles what holds for the whole document, then puts the readings in their places."""

    def __init__(self, notice: Notice, drafts: Sequence[Holder], text: str, folded: str) -> None:
        self._notice, self._drafts, self._text, self._folded = notice, drafts, text, folded
        self._year = document_year(notice)
        self._since = first_year(notice) if self._year is None else self._year
        self._reaches = {id(holder): self._read(holder) for draft in drafts for holder in holders(draft)}
        read = [clause for reaches in self._reaches.values() for reach in reaches for clause in reach.clauses]
        self._settled = {id(clause): kept for clause, kept in zip(read, settle(read), strict=True)}

    def notice(self) -> Notice:
        drafts = iter(self._drafts)
        told: Numbers = "facts" if compares(self._folded) else numbers_of_document(self._notice.title)
        body = self._body(next(drafts), told)
        attachments = tuple([self._attachment(attachment, drafts) for attachment in self._notice.attachments])
        changes = {"body": body, "attachments": attachments, "rules": tuple(self._rules())}
        return changed(self._notice, **changes)

    def _attachment(self, attachment: Attachment, drafts: Iterator[Holder]) -> Attachment:
        if attachment.body is None:
            return attachment
        return changed(attachment, body=self._body(next(drafts), numbers_of_document(attachment.title)))

    def _body(self, draft: Holder, told: Numbers) -> Body:
        found = self._found(draft, told)
        return built(
            Body, content=found.content, responsibilities=found.responsibilities, targets=found.targets,
            deadlines=found.deadlines, span=draft.span,
        )  # fmt: skip

    def _item(self, draft: Numbered, numbers: Numbers) -> Section | Measure:
        found = self._found(draft, numbers)
        parent = has_items(draft)
        kind: Callable[..., Section | Measure] = Section if parent else Measure
        return built(
            kind, kind="section" if parent else "measure", path=draft.path, level=draft.level, marker=draft.marker,
            style=draft.style, number=draft.number, heading=found.heading, content=found.content,
            responsibilities=found.responsibilities, targets=found.targets, deadlines=found.deadlines, span=draft.span,
        )  # fmt: skip

    # ---------------------------------------------------------------- reading

    def _read(self, holder: Holder) -> list[_Reach]:
        """What the holder itself says: its heading, its paragraphs, a run of clause lines as one."""
        heading = holder.heading if isinstance(holder, Numbered) else None
        reaches = [self._reach([heading], heading=True)] if heading else []
        run: list[Stretch] = []
        for place, block in enumerate(holder.content, 1):
            below = holder.content[place] if place < len(holder.content) else None
            in_clause = isinstance(block, Prose) and self._is_clause_line(block, below, run)
            if run and not (in_clause and not self._is_led_anew(run, block, below)):
                reaches.append(self._reach(run))
                run = []
            if isinstance(block, Prose) and in_clause:
                run.append(block)
            elif isinstance(block, Prose) and block.role in _READ:
                reach = self._reach([block])
                reaches.append(reach if reaches else _without_caption(reach))
        return [*reaches, self._reach(run)] if run else reaches

    def _is_clause_line(self, block: Prose, below: Block | None, run: Sequence[Stretch]) -> bool:
        """Whether a paragraph is a line of a clause without brackets, or a cell beside or above the time limit."""
        words = self._at(block.span)
        if is_own_line(words) or (isinstance(below, Prose) and self._is_begun(words, below)):
            return True
        return bool(run and self._are_cells(self._at(run[-1].span), block))

    def _is_led_anew(self, run: Sequence[Stretch], block: Block, below: Block | None) -> bool:
        """Whether a line tells who leads in another clause than the run above, which says at its end who helps."""
        if not any(tells_help(self._at(line.span)) for line in run[-2:]):  # perhaps with the time limit below
            return False
        return tells_lead(self._at(block.span) + (self._at(below.span) if isinstance(below, Prose) else ""))

    def _is_begun(self, words: str, below: Prose) -> bool:
        """Whether the line below tells that one is a clause: 主办：市教育局 by 协办：…, a cell of units by its time."""
        return tells_host(words, self._at(below.span)) or self._are_cells(words, below)

    def _are_cells(self, words: str, below: Prose) -> bool:
        span = below.span
        return span.end - span.start <= LONGEST_LIMIT and are_cells(words, self._at(span))

    def _at(self, span: Span) -> str:
        return self._folded[span.start : span.end]

    def _reach(self, texts: Sequence[Stretch], *, heading: bool = False) -> _Reach:
        first = texts[0]
        alone = len(texts) == 1
        gaps = first.gaps if alone else _gaps(texts)
        span = first.span if alone else Span(first.span.start, texts[-1].span.end)
        passage = Passage(self._text, self._folded, span, gaps)
        return _Reach(passage, gaps, read_listed(passage) if heading else read_clauses(passage), heading=heading)

    # ---------------------------------------------------------------- placing

    def _found(self, holder: Holder, numbers: Numbers) -> _Found:
        """What reading puts into a holder; `numbers` is what numbers are said to be in it."""
        reaches: list[_Reach] = self._reaches[id(holder)]
        heading, listed = self._headed(holder, reaches)
        blocks, tabled = self._blocks(holder, numbers)
        responsibilities = (*self._responsibilities(holder, reaches), *tabled)
        targets, deadlines = self._commitments(reaches, numbers)
        return _Found(heading, (*listed, *blocks), responsibilities, targets, deadlines)

    def _headed(self, holder: Holder, reaches: list[_Reach]) -> tuple[Text | None, tuple[Paragraph, ...]]:
        """The heading, and the list of organs that closes it as a paragraph: 融资畅通工程（市金融局）."""
        printed = holder.heading if isinstance(holder, Numbered) else None
        if printed is None:
            return None, ()
        above = reaches[0]
        kept = self._kept(above)
        if not kept:
            return built(Text, text=printed.text, span=printed.span, gaps=printed.gaps), ()
        listed = kept[0]
        words = above.passage.text[: listed.covers_end].rstrip()
        rest = above.passage.span(listed.start, listed.end)
        paragraph = _paragraph("text", self._words(above, rest), rest, _inside(above.gaps, rest))
        heading = above.passage.span(0, len(words))
        return built(Text, text=words, span=heading, gaps=_inside(above.gaps, heading)), (paragraph,)

    def _blocks(self, holder: Holder, numbers: Numbers) -> tuple[list[ModelBlock], list[Responsibility]]:
        """What a holder holds, read, and the clauses of its tables; below 参与用户需符合以下条件: it is demands."""
        read: list[ModelBlock] = []
        tabled: list[Responsibility] = []
        numbered = isinstance(holder, Numbered)
        for block in holder.content:
            if isinstance(block, Prose):
                if numbered and announces_demands(self._at(block.span)):
                    numbers = "demands"
                read.append(_paragraph(block.role, block.text, block.span, block.gaps))
            elif isinstance(block, Numbered):
                read.append(self._item(block, numbers_of_section(block, numbers, self._folded)))
            else:
                tabled += read_table(block, self._text, self._folded, self._year)
                read.append(block)
        return read, tabled

    def _responsibilities(self, holder: Holder, reaches: list[_Reach]) -> Iterator[Responsibility]:
        """The clauses of a holder; one with nothing before it in its paragraph covers what stands above it."""
        above = -1
        for reach in reaches:
            for read in reach.clauses:
                above = _begin(holder) if above < 0 else above
                clause = self._settled[id(read)]
                if clause is not None and clause.units:
                    yield self._responsibility(reach, clause, above)
                    above = reach.passage.at(clause.end)

    def _responsibility(self, reach: _Reach, clause: Clause, above: int) -> Responsibility:
        span = reach.passage.span(clause.start, clause.end)
        if clause.covers_end > clause.covers_start:
            covers = reach.passage.span(clause.covers_start, clause.covers_end)
        else:
            covers = span_of(min(above, span.start), self._printed_before(span.start))
        return built(
            Responsibility,
            text=self._words(reach, span),
            units=tuple(as_unit(reach.passage, unit) for unit in clause.units),
            open_list=clause.open_list,
            deadline=self._limit(reach.passage, clause.limit) if clause.limit else None,
            remark=clause.remark,
            covers=covers if covers.end >= covers.start else Span(span.start, span.start),
            span=span,
        )

    def _printed_before(self, place: int) -> int:
        """Where the text before a place ends, without the white space between; one step at a time, as it is short."""
        while place and self._folded[place - 1].isspace():
            place -= 1
        return place

    def _words(self, reach: _Reach, span: Span) -> str:
        return joined(self._text, self._folded, span, _inside(reach.gaps, span))

    def _limit(self, passage: Passage, limit: Limit) -> Date:
        reading = read_date(passage.folded[limit.start : limit.end], year=self._year)
        span = passage.span(limit.start, limit.end)
        return as_limit(limit.text, reading, span)

    def _commitments(self, reaches: list[_Reach], numbers: Numbers) -> tuple[tuple[Target, ...], tuple[Date, ...]]:
        """Targets and time limits; a time frame governs the dashes below its paragraph too."""
        targets: list[Target] = []
        deadlines: list[Date] = []
        frame: Frame | None = None
        headed: Frame | None = None  # what a heading leaves that is the first sentence of a paragraph
        above = reaches[0] if reaches else None
        goals = demanded = False
        report, aims = numbers == "facts", numbers == "goals"
        since = 0 if aims and self._since is None else self._since  # goals are of any year, where nothing else tells
        for reach in reaches:
            skip = tuple([span_of(clause.start, clause.end) for clause in self._kept(reach)]) if reach.clauses else ()
            words = reach.passage.folded
            carried = frame if frame and (starts_dash(words) or (goals and starts_theme(words))) else None
            carried = headed if headed and self._goes_on(above, reach) else carried
            stated = states_goals(words)
            goals = goals if carried else stated
            found, left = read_targets(reach.passage, skip, carried, self._year, report=report, goals=aims, since=since)
            above, headed = reach, left if reach.heading and (found or stated) else None
            frame = (frame if carried else None) if reach.heading else (carried or left if carried else left)
            if found and not demanded:
                targets += [as_target(reach.passage, target) for target in found]
            demanded |= announces_demands(words.rstrip())
            if not report and (limits := find_time_limits(reach.passage, self._year)):
                apart = Spans(skip)
                deadlines += [
                    as_date(limit, reach.passage.span(limit.start, limit.end))
                    for limit in limits
                    if not apart.hold(limit.start)
                ]
        return () if numbers == "demands" else tuple(targets), tuple(deadlines)

    def _goes_on(self, above: _Reach | None, reach: _Reach) -> bool:
        """Whether a reach goes on the line of the one above: 到2034年,建成书店9家。新建泵站3座。"""
        start, end = above.passage.span(0, len(above.passage.folded)) if above else (0, 0)
        return end > start and "\n" not in self._folded[end : reach.passage.span(0, 1).start]

    def _kept(self, reach: _Reach) -> Sequence[Clause]:
        return [clause for clause in reach.clauses if self._settled[id(clause)] is not None] if reach.clauses else ()

    def _rules(self) -> Iterator[Rule]:
        for reaches in self._reaches.values():
            for reach in reaches:
                for clause in self._kept(reach):
                    if clause.rule:
                        yield as_rule(reach.passage, clause.rule)


def _without_caption(reach: _Reach) -> _Reach:
    """What opens an item without the organ that captions it: 第五条（管理机构）."""
    clauses = tuple([clause for clause in reach.clauses if not clause.bare or clause.covers_end])
    return _Reach(reach.passage, reach.gaps, clauses, heading=reach.heading)


def _paragraph(role: ParagraphRole, text: str, span: Span, gaps: tuple[Span, ...]) -> Paragraph:
    return built(Paragraph, kind="paragraph", role=role, text=text, span=span, gaps=gaps)


def _inside(gaps: tuple[Span, ...], span: Span) -> tuple[Span, ...]:
    return tuple(gap for gap in gaps if span.start <= gap.start < span.end)


def _gaps(texts: Sequence[Stretch]) -> tuple[Span, ...]:
    """What is no text in several paragraphs taken as one: their own gaps, and what stands between them."""
    between = (Span(above.span.end, below.span.start) for above, below in pairwise(texts))
    return tuple(sorted([*(gap for text in texts for gap in text.gaps), *between]))


def document_year(notice: Notice) -> int | None:
    """The year that 年底前 means: the one year of the title, else that of the date of issue or of the number."""
    years = set(anywhere("date_words", "ONE_YEAR").findall(notice.title.text)) if notice.title else set()
    if len(years) == 1:
        return int(years.pop())
    date = notice.sign_off.date if notice.sign_off else None
    if date and date.value:
        return int(date.value[:4])
    return notice.document_number.year if notice.document_number else None


def first_year(notice: Notice) -> int | None:
    """The year in which the span that the title of a plan gives begins: 行动方案（2025—2027年）."""
    span = anywhere("date_words", "YEARS").search(notice.title.text) if notice.title else None
    return int(span["first"]) if span else None


def _begin(holder: Holder) -> int:
    """Where the words of a holder that has some begin, behind its marker."""
    if isinstance(holder, Numbered) and holder.heading:
        return holder.heading.span.start
    return holder.content[0].span.start
