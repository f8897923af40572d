"""Sheets: the ledger and its views as columns and rows, for every table that people read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple

from notice_parser.model import LedgerRow, Role, Row, TargetRow, UnitRow, UnitTask
from notice_parser.render.words import ROLES, amount, by_role, due, target_words, visible
from notice_parser.tasks import subject

Language = Literal["zh", "en"]
View = Literal["measures", "units", "targets"]
Layout = Literal["table", "markdown", "csv"]
_LANGUAGES: tuple[Language, ...] = ("zh", "en")
_NOTICE = ("公文", "Notice")


class Sheet(NamedTuple):
    """Column heads and rows of cells, all text; a cell with several entries has one a line."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class _Column(NamedTuple):
    """A column: its head in both languages, its cell, and the layouts that have it."""

    head: tuple[str, str]
    cell: Callable[[Any], str]
    layouts: tuple[Layout, ...] = ("table", "markdown", "csv")


def sheet(view: View, rows: Iterable[Row], layout: Layout, language: Language = "zh") -> Sheet:
    """The rows of a view as a sheet; only CSV keeps empty columns and an only notice's name."""
    columns = [column for column in _COLUMNS[view] if layout in column.layouts]
    cells = [tuple(visible(column.cell(row)) for column in columns) for row in rows]
    kept = [at for at, column in enumerate(columns) if layout == "csv" or _tells(column, [row[at] for row in cells])]
    heads = tuple(columns[at].head[_LANGUAGES.index(language)] for at in kept)
    return Sheet(heads, tuple(tuple(row[at] for at in kept) for row in cells))


def _tells(column: _Column, cells: list[str]) -> bool:
    return len(set(cells)) > 1 if column.head == _NOTICE else any(cells) or not cells


# Cells


def _answering(row: LedgerRow | TargetRow) -> str:
    """Who answers, a role a line."""
    lines = [f"{_short(role)}：{'、'.join(names)}" for role, names in by_role(row.units).items()]
    return "\n".join([*lines, "（承上）"] if row.inherited else lines)


def _aims(row: LedgerRow) -> str:
    """The targets, a line each; their deadlines where the row says another or several."""
    return "\n".join(target_words(target, row.deadlines) for target in row.targets)


def _short(role: Role) -> str:
    return ROLES[role][0].removesuffix("单位")


def _in_role(role: Role) -> _Column:
    return _Column(ROLES[role], lambda row: "、".join(by_role(row.units).get(role, [])), _WIDE)


def _tasks_in_role(role: Role) -> _Column:
    return _Column(ROLES[role], lambda row: "\n".join(_cited(task) for task in row.tasks if task.role == role), _WIDE)


def _tasks(row: UnitRow) -> str:
    return "\n".join(
        f"{_short(task.role)}：{_cited(task)}" for role in ROLES for task in row.tasks if task.role == role
    )


def _cited(task: UnitTask) -> str:
    return f"{task.citation}{task.task}" + ("（承上）" if task.inherited else "")


def _mark(holds: bool) -> str:
    return "✓" if holds else ""


def _number(value: float | None) -> str:
    return "" if value is None else str(value)


# Columns

_TERMINAL: tuple[Layout, ...] = ("table",)
_WIDE: tuple[Layout, ...] = ("markdown", "csv")
_FULL: tuple[Layout, ...] = ("csv",)

_MEASURES = (
    _Column(_NOTICE, lambda row: row.document_number or row.notice or ""),
    _Column(("路径", "Path"), lambda row: row.path, _FULL),
    _Column(("出处", "Place"), lambda row: row.citation),
    _Column(("任务", "Task"), subject),
    _Column(("内容", "Text"), lambda row: row.text, _FULL),
    _Column(("分工", "Units"), _answering, _TERMINAL),
    *(_in_role(role) for role in ROLES),
    _Column(("承上", "Inherited"), lambda row: _mark(row.inherited), _WIDE),
    _Column(("时限", "Due"), lambda row: "\n".join(row.deadlines)),
    _Column(("目标", "Targets"), _aims),
)
_UNITS = (
    _Column(("单位", "Unit"), lambda row: row.name),
    _Column(("又作", "Printed as"), lambda row: "\n".join(form for form in row.printed if form != row.name)),
    _Column(("任务", "Tasks"), _tasks, _TERMINAL),
    *(_tasks_in_role(role) for role in ROLES),
)
_TARGETS = (
    _Column(_NOTICE, lambda row: row.document_number or row.notice or ""),
    _Column(("路径", "Path"), lambda row: row.path, _FULL),
    _Column(("出处", "Place"), lambda row: row.citation),
    _Column(("任务", "Task"), lambda row: " › ".join(row.headings), _FULL),
    _Column(("指标", "Indicator"), lambda row: row.target.indicator),
    _Column(("目标值", "Target"), lambda row: amount(row.target)),
    _Column(("数值", "Value"), lambda row: _number(row.target.value), _FULL),
    _Column(("上限", "To"), lambda row: _number(row.target.value_max), _FULL),
    _Column(("计量单位", "Measured in"), lambda row: row.target.unit, _FULL),
    _Column(("频次", "Frequency"), lambda row: row.target.frequency or ""),
    _Column(("基期", "Baseline"), lambda row: row.target.baseline or ""),
    _Column(("时限", "Due"), lambda row: due(row.target.deadline)),
    _Column(("分工", "Units"), _answering, _TERMINAL),
    *(_in_role(role) for role in ROLES),
    _Column(("承上", "Inherited"), lambda row: _mark(row.inherited), _WIDE),
    _Column(("原文", "Text"), lambda row: row.target.text, _FULL),
)
_COLUMNS: dict[View, tuple[_Column, ...]] = {"measures": _MEASURES, "units": _UNITS, "targets": _TARGETS}
