"""Real notices: twins give one tree, and every text is decoded whatever it is encoded in.

Runs where the corpus lies beside the checkout (../shared/corpus); all pairs and all texts are done by the scripts.
"""

import importlib.util
from pathlib import Path

import pytest

from notice_parser.carriers import extract

ROOT = Path(__file__).parents[1]


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


twins, encodings = script("compare_twins"), script("check_encodings")
CORPUS = twins.CORPUS
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no corpus at {CORPUS}")

# Where one carrier says more than the other: tables that the text has flattened to lines, a red head read as a title,
# links to further files that a page lists below the notice.
DIFFER = {"gv004.html", "gv010.html", "0410.pdf", "0417.docx"}
PAIRS = [pair for pair in twins.pairs(CORPUS) if pair[0].name not in DIFFER] if CORPUS.is_dir() else []


@pytest.mark.parametrize("pair", PAIRS[::3], ids=lambda pair: pair[0].name)
def test_twins_give_the_same_tree(pair):
    assert twins.differences(*pair) == []


@pytest.mark.parametrize("path", sorted(CORPUS.glob("text/*.txt"))[::15], ids=lambda path: path.name)
def test_a_text_is_decoded_from_every_encoding_that_can_hold_it(path):
    text = path.read_bytes().decode("utf-8", "replace").removeprefix("\ufeff")
    assert {encodings.reading(text, data) for _, data in encodings.encoded(text)} == {"right"}


def test_no_text_is_taken_for_another_format():
    formats = {extract(path.read_bytes(), name=path.name).format for path in CORPUS.glob("text/*.txt")}
    assert formats == {"text"}
