"""Every real notice that is there is read without a crash and without loss.

They are looked for in the folder that NOTICE_CORPUS names, else beside the checkout.
"""

import os
from pathlib import Path

import pytest

from notice_parser import parse
from notice_parser.checks.lossless import lossless
from notice_parser.source import decode, scrub

_BESIDE = Path(__file__).parents[2] / "shared" / "corpus"
CORPUS = Path(os.environ.get("NOTICE_CORPUS", _BESIDE))
FILES = sorted([*CORPUS.glob("text/*.txt"), *CORPUS.glob("carriers/*.md")])


@pytest.mark.skipif(not FILES, reason=f"no notices in {CORPUS}; set NOTICE_CORPUS to the folder that holds text/")
def test_the_corpus_is_there():
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_real_notice_is_read_without_loss(file):
    text = scrub(decode(file.read_bytes())[0])
    assert lossless(text, parse(text)) == ()
