"""How titles are known: by what they end with, and by the letter that encloses the document."""

from __future__ import annotations

import re
from typing import Final

from notice_parser.grammar import anywhere, at_end, closing

_SHORTEST: Final = 4
_SHORTEST_QUOTED: Final = 6
_LONGEST_HEADING: Final = 14
_LAST_BRACKETS: Final = re.compile(r"(?:\([^()]*\))+$")
_PLAIN: Final = re.compile(r"[一-龥0-9A-Za-z]+")
_QUOTED: Final = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")


def ending(name: str) -> re.Pattern[str]:
    """A terminal of names.lark at the end of a text."""
    return closing("names", name)


def ended(text: str, name: str) -> re.Match[str] | None:
    """What a text ends with, where it is this terminal of names.lark."""
    return at_end(text, "names", name)


def is_title(text: str) -> bool:
    """Ends as documents end: …通知, …方案（试行）, …计划（2023—2025年）."""
    return len(text) >= _SHORTEST and document_type(text) is not None and not _is_heading(text)


def _is_heading(text: str) -> bool:
    """Whether a line heads a part of a text: 总体要求."""
    return len(text) <= _LONGEST_HEADING and closing("names", "BARE_HEADING").match(text) is not None


def document_type(title: str) -> str | None:
    """The last word of a title (文种), of which an extractor may print the last character twice.

    >>> document_type("关于印发方案的通知（试行）"), document_type("关于印发方案的通知知"), document_type("相关通")
    ('通知', '通知', None)
    """
    title = without_bracket(title)
    found = ended(title[:-1] if title[-2:-1] == title[-1:] else title, "DOCUMENT_TYPE")
    return found[0] if found else None


def above_subtitle(title: str) -> str:
    """A title without the subtitle on its line: 政府工作报告——2024年1月10日在……会议上."""
    return title.replace("--", "——").partition("——")[0]


def without_bracket(text: str) -> str:
    """Without a closing （试行） or （2023—2025年）, and without the marks that quote a title."""
    return (_LAST_BRACKETS.sub("", text) if text.endswith(")") else text).rstrip("》”")


def known_titles(title: str) -> list[str]:
    """The titles that the title of a notice announces: 关于印发《×××方案》的通知, 转发×××意见的通知."""
    found = [match["quoted"] or match["bare"] for match in anywhere("names", "FORWARDED").finditer(title)]
    return [*found, *(quoted for quoted in _QUOTED.findall(title) if quoted not in found)]


def quoted_titles(opening: str) -> list[str]:
    """The documents that a covering letter encloses: 现将《×××方案》《×××办法》印发给你们."""
    return [title for title in _QUOTED.findall(opening) if len(title) > _SHORTEST_QUOTED and is_title(title)]


def without_quotes(text: str) -> str:
    """The text without the titles it quotes, which may hold any mark."""
    return _QUOTED.sub("", text)


def plain_title(text: str) -> str:
    """What two printings of a title have in common: one may have 关于 or 的 left out, or other marks."""
    plain = "".join(_PLAIN.findall(without_bracket(text)))
    return plain.replace("关", "").replace("于", "").replace("的", "")
