"""Imports point down only, and each borrowed library stays in its rooms."""

import ast
from pathlib import Path

import pytest

import notice_parser

PACKAGE = Path(notice_parser.__file__).parent
# From the top to the bottom; rooms of one floor do not know each other.
FLOORS = (
    {"__main__"},
    {"cli"},
    {"batch"},
    {"reading"},
    {"carriers", "render"},
    {"tasks", "parser"},
    {"outline", "checks"},
    {"clauses"},
    {"draft"},
    {"grammar", "model", "patterns"},
    {"compiler"},
    {"source", "numerals", "openings", "pushdown", "kept", "garbage"},
)
LEVEL = {room: level for level, rooms in enumerate(FLOORS) for room in rooms}
LIBRARIES = {
    "lark": {"compiler"},
    "pydantic": {"model"},
    "click": {"cli"},
    "click_default_group": {"cli"},
    "rich": {"cli"},
    "yaml": {"render"},
    "msgspec": {"render"},
    "lxml": {"carriers"},
    "pypdfium2": {"carriers"},
    "distributed": {"batch"},
    "pyarrow": {"batch"},
}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The dotted names of all modules that a module imports, wherever it does so."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names |= (
                {f"{node.module}.{alias.name}" for alias in node.names}
                if node.module == "notice_parser"
                else {node.module}
            )
    return names


def rooms_below(path: Path) -> set[str]:
    own = {name.split(".")[1] for name in imported(path) if name.startswith("notice_parser.")}
    return own & LEVEL.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path):
    here = room(path)
    upward = {there for there in rooms_below(path) if there != here and LEVEL[there] <= LEVEL[here]}
    assert not upward


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_library_stays_in_its_rooms(path):
    used = {name.split(".")[0] for name in imported(path)}
    assert not {library for library, rooms in LIBRARIES.items() if library in used and room(path) not in rooms}


def test_every_module_has_a_floor():
    assert {room(path) for path in MODULES} <= LEVEL.keys()


def test_there_are_modules():
    assert len(MODULES) > 10
