"""Each sample, whole: its tree, its Markdown and its JSON."""

import json

import pytest
from expected import ROOT, same_as

from notice_parser import read
from notice_parser.render import render

SAMPLES = sorted((ROOT / "samples").glob("*.txt"))
GOLDEN = ROOT / "tests" / "golden"


def sample(path):
    """The sample as it is read from the checkout's root, so that its name says nothing of the machine."""
    notice = read(path)
    return notice.model_copy(update={"source": notice.source.model_copy(update={"name": f"samples/{path.name}"})})


def test_there_are_samples():
    assert len(SAMPLES) >= 3


@pytest.mark.parametrize("form", ["tree", "markdown"])
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_written_as_before(path, form, update):
    suffix = {"tree": "tree", "markdown": "md"}[form]
    same_as(GOLDEN / f"{path.stem}.{suffix}", render(sample(path), form), update)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_as_before(path, update):
    file = GOLDEN / f"{path.stem}.json"
    written = render(sample(path), "json")
    if update:
        same_as(file, written, update)
    assert json.loads(written) == json.loads(file.read_bytes())


def test_every_golden_has_its_sample():
    assert {file.stem for file in GOLDEN.iterdir()} <= {path.stem for path in SAMPLES}
