"""Wording shared by the formats that people read: roles, targets, time limits; control characters made visible."""

from __future__ import annotations

from notice_parser.model import Date, LedgerUnit, ResponsibleUnit, Role, Target

ROLES: dict[Role, tuple[str, str]] = {
    "lead": ("牵头单位", "Lead"),
    "responsible": ("责任单位", "Responsible"),
    "support": ("配合单位", "Support"),
    "guide": ("指导单位", "Guide"),
    "implement": ("落实单位", "Implement"),
    "assess": ("考核单位", "Assess"),
}
_SIGNS = {"eq": "", "ge": "≥", "gt": ">", "le": "≤", "lt": "<", "approx": "≈", "range": ""}
_CHANGES = {"increase": "+", "growth": "+", "decrease": "−", "multiply": "×", None: ""}
# What steers a terminal or turns a line around is shown, not obeyed.
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"} | {0x7F: "␡"}
_CONTROLS |= dict.fromkeys((*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")


def visible(text: str) -> str:
    """The text with its control characters as signs, so that none reaches a terminal."""
    return text.translate(_CONTROLS)


def by_role(units: tuple[LedgerUnit, ...] | tuple[ResponsibleUnit, ...]) -> dict[Role, list[str]]:
    """The names of the units under their roles, in the order of the roles."""
    return {role: names for role in ROLES if (names := [unit.name for unit in units if unit.role == role])}


def amount(target: Target) -> str:
    """The measure of a target in signs: ≥60%, 3–5家, −1个百分点."""
    value = f"{target.value}" if target.value_max is None else f"{target.value}–{target.value_max}"
    return f"{_SIGNS[target.comparator]}{_CHANGES[target.change]}{value}{target.unit}"


def due(date: Date | None) -> str:
    """A time limit as far as it is known, else as it is printed."""
    return "" if date is None else date.value or date.text


def target_words(target: Target, said: tuple[str, ...] = ()) -> str:
    """A target in one line, 每年 会议 ≥1次（2020）; without its deadline where just that is `said` already."""
    words = " ".join(filter(None, [target.frequency, target.indicator, amount(target)]))
    deadline = due(target.deadline)
    return f"{words}（{deadline}）" if deadline and said != (deadline,) else words
