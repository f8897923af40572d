"""What was read of clauses, dates and targets, moved into the model with its place in the source."""

from __future__ import annotations

from notice_parser.clauses.dates import DateReading
from notice_parser.clauses.responsibility import Declared, Unit
from notice_parser.clauses.targets import Deadline, TargetReading
from notice_parser.model import Date, Magnitude, ResponsibleUnit, Rule, Target
from notice_parser.model.made import built
from notice_parser.source import Passage, Span


def as_unit(passage: Passage, unit: Unit) -> ResponsibleUnit:
    """A unit of a clause."""
    return built(
        ResponsibleUnit, name=unit.name, raw=unit.raw, role=unit.role, role_text=unit.role_text,
        collective=unit.collective, span=passage.span(unit.start, unit.end),
    )  # fmt: skip


def as_rule(passage: Passage, rule: Declared) -> Rule:
    """A rule said once for all."""
    units = tuple([as_unit(passage, unit) for unit in rule.units])
    return built(Rule, kind=rule.kind, text=rule.text, units=units, span=passage.span(rule.start, rule.end))


def as_date(reading: DateReading | Deadline, span: Span) -> Date:
    """A date or a time limit that stands at `span`."""
    return built(
        Date, text=reading.text, value=reading.value, precision=reading.precision, repaired=reading.repaired,
        inferred=reading.inferred, span=span,
    )  # fmt: skip


def as_limit(text: str, reading: DateReading | None, span: Span) -> Date:
    """The time limit of a clause, all that is printed of it; what is no date (持续推进) has no value."""
    if reading is None:
        return built(Date, text=text, value=None, precision="none", span=span)
    return built(
        Date, text=text, value=reading.value, precision=reading.precision, inferred=reading.inferred, span=span
    )


def as_target(passage: Passage, target: TargetReading) -> Target:
    """A target, its value also in base units."""
    value, unit = target.magnitude
    deadline = target.deadline
    return built(
        Target, indicator=target.indicator, verb=target.verb, comparator=target.comparator, value=target.value,
        value_max=target.value_max, unit=target.unit, change=target.change,
        deadline=as_date(deadline, deadline.span) if deadline else None, frequency=target.frequency,
        baseline=target.baseline, modality=target.modality, magnitude=built(Magnitude, value=value, unit=unit),
        text=target.text, span=passage.span(target.start, target.end),
    )  # fmt: skip
