"""The JSON Schemas in the repository are those of the models."""

import json

import pytest
from expected import ROOT, same_as
from jsonschema import Draft202012Validator
from notices import notice
from pydantic import ValidationError

from notice_parser.model import Organ
from notice_parser.render import render
from notice_parser.render.schema import KINDS
from notice_parser.render.schema import render as render_schema
from notice_parser.tasks import ledger, targets, units


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_in_the_repository_is_the_models(kind, update):
    same_as(ROOT / "schema" / f"{kind}.schema.json", render_schema(kind), update)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_a_schema(kind):
    Draft202012Validator.check_schema(json.loads(render_schema(kind)))


def test_a_notice_fits_its_schema():
    Draft202012Validator(json.loads(render_schema("notice"))).validate(json.loads(render(notice(), "json")))


@pytest.mark.parametrize(
    ("kind", "rows"),
    [("ledger", ledger(notice())), ("units", units([notice()])), ("targets", targets([notice()]))],
    ids=["ledger", "units", "targets"],
)
def test_every_row_fits_its_schema(kind, rows):
    validator = Draft202012Validator(json.loads(render_schema(kind)))
    assert rows
    for row in rows:
        validator.validate(row.model_dump(mode="json"))


def test_a_field_that_is_not_known_is_refused():
    validator = Draft202012Validator(json.loads(render_schema("notice")))
    assert not validator.is_valid(json.loads(render(notice(), "json")) | {"mood": "good"})


@pytest.mark.parametrize("place", [("甲", "乙"), (1.5, 2), (1,), "12"])
def test_a_place_is_two_numbers_in_python_too(place):
    with pytest.raises(ValidationError):
        Organ(name="市财政局", span=place)
