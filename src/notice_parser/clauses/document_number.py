"""The document number (发文字号): whose, of which year, the how manieth."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from notice_parser.grammar import tokens_of

_WELL_FORMED: Final = re.compile(
    r".*(?:\[(?:19|20)[0-9]{2}\](?:第?[0-9]+(?:[-—][0-9]+)?[号期]|[^0-9]+第[0-9]+号)|第[0-9]+号)"
)


class NumberReading(NamedTuple):
    """The parts of a number; `agency` is None where no code is printed."""

    agency: str | None
    year: int | None
    serial: str | None


def read_document_number(folded: str) -> NumberReading | None:
    """The number that all of `folded` is, or None.

    >>> read_document_number("兰政办发[2017]145号")
    NumberReading(agency='兰政办发', year=2017, serial='145')
    """
    said = {token.type: token.text for token in tokens_of("document_number", folded)}
    year = said.get("YEAR")
    return NumberReading(said.get("AGENCY"), int(year) if year else None, said.get("SERIAL")) if said else None


def is_well_formed(folded: str) -> bool:
    """Whether a number that can be read has all its marks: 兰政办发[2017]145号, but not 兰政办发2017145号."""
    return _WELL_FORMED.fullmatch(folded) is not None
