"""What the documentation shows is what the program does."""

import shlex

import pytest
from click import Context
from click.testing import CliRunner
from console import read_commands, show
from expected import ROOT

from notice_parser.cli import commands

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OURS = "notice-parse "


def ours(page):
    """The commands that run the program alone; pipes and other programs are shown, not run."""
    return [command for command in read_commands(page) if command.line.startswith(OURS) and "|" not in command.line]


def run(line):
    environment = {"COLUMNS": "80"}
    result = CliRunner().invoke(commands, shlex.split(line)[1:], env=environment, prog_name="notice-parse")
    return result.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_prints_what_is_shown(page, update, monkeypatch):
    monkeypatch.chdir(ROOT)
    if update:
        show(page, {command: run(command.line) for command in ours(page)})
    for command in ours(page):
        assert run(command.line) == command.shown, f"{page.name}: {command.line}"


def test_the_readme_runs_commands():
    assert len(ours(ROOT / "README.md")) >= 3


@pytest.mark.parametrize("name", commands.list_commands(Context(commands)))
def test_every_command_is_in_the_readme(name):
    assert f"`{name}`" in (ROOT / "README.md").read_text("utf-8")


def test_the_changelog_knows_the_version():
    from notice_parser import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
