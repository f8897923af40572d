"""Models that the program puts together itself are those that pydantic would make."""

import copy
import pickle

import pytest

from notice_parser.model import Metadata, Paragraph, Text
from notice_parser.model.made import built, changed
from notice_parser.source import Span

PLACE = Span(0, 2)
GAPS = (Span(1, 2),)


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
