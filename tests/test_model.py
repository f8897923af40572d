"""Models that the program puts together itself are those that pydantic would make."""

import copy
import pickle
from pathlib import Path

import pytest
from pydantic import BaseModel

from notice_parser import read
from notice_parser.model import Metadata, Paragraph, Text
from notice_parser.model.made import built, changed
from notice_parser.source import Span

PLACE = Span(0, 2)
GAPS = (Span(1, 2),)
SAMPLES = sorted((Path(__file__).parents[1] / "samples").glob("*.txt"))


def models(value):
    """A model and all that are in it."""
    if isinstance(value, BaseModel):
        yield value
        value = tuple(value.__dict__.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from models(each)


def text(**values):
    return built(Text, text="通知", span=PLACE, **values)


@pytest.mark.parametrize("values", [{}, {"gaps": GAPS}], ids=["defaults left out", "all fields given"])
def test_what_is_built_is_what_pydantic_makes(values):
    assert text(**values) == Text(text="通知", span=PLACE, **values)


def test_a_change_leaves_the_other_fields_and_the_model_itself_alone():
    before = text()
    assert changed(before, gaps=GAPS) == Text(text="通知", span=PLACE, gaps=GAPS)
    assert before == Text(text="通知", span=PLACE)


def test_a_field_may_be_named_as_code_names_things():
    paragraph = built(Paragraph, kind="paragraph", role="text", text="通知", span=PLACE)
    field = built(Metadata, label="主题", name=None, value="环保", span=PLACE)
    assert (paragraph.kind, changed(field, value="节水").value) == ("paragraph", "节水")


def test_all_fields_of_what_is_built_count_as_set():
    assert text().model_fields_set == {"text", "span", "gaps"}


def test_of_what_pydantic_makes_those_count_that_were_given():
    assert Text(text="通知", span=PLACE).model_fields_set == {"text", "span"}


@pytest.mark.parametrize(
    "copied",
    [copy.deepcopy, Text.model_copy, lambda value: pickle.loads(pickle.dumps(value))],
    ids=["deep", "copy", "pickle"],
)
def test_a_copy_is_equal_and_has_the_same_fields_set(copied):
    assert copied(text()) == text()
    assert copied(text()).model_fields_set == text().model_fields_set


def test_what_is_built_cannot_be_changed_in_place():
    with pytest.raises(ValueError, match="frozen"):
        text().text = "意见"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_fields_stand_in_the_order_of_their_model_in_which_json_prints_them(path):
    every = list(models(read(path)))
    assert len(every) > 50
    assert [(type(one).__name__, list(one.__dict__)) for one in every] == [
        (type(one).__name__, list(type(one).model_fields)) for one in every
    ]
