"""The labels of a web site's fields above a notice."""

from __future__ import annotations

import re
from functools import cache

from notice_parser.grammar import closing, terminals


@cache
def _words() -> frozenset[str]:
    """The known labels."""
    return frozenset(re.findall(r"[一-龥]+", "|".join(terminals("metadata").values())))


@cache
def labels() -> str:
    """Any known label, letter-spaced or not."""
    alternatives = sorted(_words(), key=lambda word: (-len(word), word))
    return "|".join(" *".join(word) for word in alternatives)


@cache
def _initials() -> frozenset[str]:
    """The characters that known labels begin with."""
    return frozenset(word[0] for word in _words())


@cache
def label_pattern() -> re.Pattern[str]:
    """A label with its colon, or in brackets: 索引号: , 【法宝引证码】; also an unknown one among known ones."""
    unknown = r"(?<=\[)[一-龥]{2,10}(?= *\])|[一-龥]{2,10}(?=:)|[一-龥](?: +[一-龥]){1,7}(?= *:)"
    return _with_colon(f"{labels()}|{unknown}")


@cache
def _known() -> re.Pattern[str]:
    return _with_colon(labels())


def _with_colon(label: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=^)|(?<=^\()|(?<=[ |•·∙●◆\[]))(?P<label>{label}) *(?:(?P<colon>[:]) *\|?|(?P<bracket>\]) *:?|(?= *\|))"
    )


@cache
def bare_labels() -> re.Pattern[str]:
    """A line of labels without colons: 发布机构 金乡县发展和改革局 组配分类 发展计划."""
    return re.compile(rf"(?:^|(?<= ))(?P<label>{labels()})(?= |$)")


def is_field(squeezed: str) -> bool:
    """Whether a line looks like a field of the head, whatever its label: 适用对象:各学校."""
    return closing("layout", "FIELD").match(squeezed) is not None


def is_metadata(text: str) -> bool:
    """Whether a line holds labelled fields."""
    text = text.lstrip("•·∙●◆-*| ")
    begun = text.lstrip("[(")
    if begun[:1] not in _initials():  # nearly always
        return False
    match = _known().match(begun) if ":" in begun or "]" in begun or "|" in begun else None
    if match and (match["colon"] or match["bracket"] or "|" in text):
        return True
    return " " in text and bare_labels().match(text) is not None and len(bare_labels().findall(text)) >= 2
