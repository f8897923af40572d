"""What the program keeps for its next start, and that it does without."""

import os
import subprocess
import sys

import pytest
from notices import TEXT

from notice_parser import kept


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A cache folder of its own, and a notice beside it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    kept._folder.cache_clear()
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    yield tmp_path / "cache" / "notice-parse"
    kept._folder.cache_clear()


def printed(folder, code="from notice_parser.__main__ import main; main()"):
    """What the program prints of the notice, as a process of its own."""
    notice = folder.parents[1] / "a.txt"
    result = subprocess.run([sys.executable, "-c", code, str(notice)], capture_output=True, check=True)
    return result.stdout


def tables(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.tables")}


def test_what_is_written_is_read(folder):
    kept.write("a.tables", b"kept")
    assert kept.read("a.tables") == b"kept"


def test_what_was_never_written_is_not_there(folder):
    assert kept.read("a.tables") is None


def test_what_is_damaged_is_not_read(folder):
    kept.write("a.tables", b"kept")
    written = bytearray((folder / "a.tables").read_bytes())
    written[-1] ^= 1
    (folder / "a.tables").write_bytes(written)
    assert kept.read("a.tables") is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
def test_what_others_may_write_is_not_read(folder):
    kept.write("a.tables", b"kept")
    (folder / "a.tables").chmod(0o666)
    assert kept.read("a.tables") is None


def test_a_second_start_prints_the_same_and_makes_nothing_new(folder):
    first = printed(folder)
    made = tables(folder)
    assert any(name.startswith("patterns-") for name in made)
    assert printed(folder) == first
    assert tables(folder) == made


def test_damaged_tables_are_made_again(folder):
    first = printed(folder)
    made = tables(folder)
    for name in made:
        (folder / name).write_bytes(b"damaged")
    assert printed(folder) == first
    assert tables(folder).keys() == made.keys()
    assert b"damaged" not in tables(folder).values()


def test_without_a_folder_the_program_does_without(folder):
    first = printed(folder)
    for path in [*folder.glob("*"), folder]:
        path.unlink() if path.is_file() else path.rmdir()
    folder.write_bytes(b"in its place")
    assert printed(folder) == first


def test_who_imports_the_library_has_pythons_own_compiler(folder):
    printed(folder, "import notice_parser; notice_parser.parse('一、总体要求')")
    assert not [name for name in tables(folder) if name.startswith("patterns-")]


KEPT_AND_PYTHONS = """
import re
from notice_parser.patterns import keep
made = [re.compile(*asked) for asked in {asked}]
re.purge()
keep()
for pattern, asked in zip(made, {asked}):
    again = re.compile(*asked)
    assert again == pattern and again is not pattern, asked
    assert (again.groupindex, again.groups, again.flags) == (pattern.groupindex, pattern.groups, pattern.flags)
"""


def test_a_kept_pattern_is_the_one_that_python_makes(folder):
    asked = [("(?P<year>[0-9]{4})年(?:(?P<month>[0-9]+)月)?",), ("[一-龥]+", 0), ("a|b", 2), (b"a",), ("(?m)^一",)]
    printed(folder, KEPT_AND_PYTHONS.format(asked=asked))
