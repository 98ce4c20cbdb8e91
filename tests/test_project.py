"""What the project says of itself is true."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import facilitator
from facilitator.cli.commands import COMMANDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_ci_runs_the_very_commands_of_the_readme() -> None:
    """CI looks them up by how they begin and end: each is there once, and nothing else is run in its place."""
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert 'grep "^python3 -m venv .*$1\\$" README.md' in ci
    for ending, asked in (
        (".venv/bin/pytest", "readme .venv/bin/pytest"),
        ("facilitator run", "readme 'facilitator run'"),
    ):
        assert len(re.findall(rf"^python3 -m venv .*{re.escape(ending)}$", README, re.MULTILINE)) == 1
        assert asked in ci


def test_every_command_the_readme_names_exists() -> None:
    named = {word for word in re.findall(r"(?<![/\w])facilitator ([a-z]+)", README) if word != "run"}
    assert named
    assert named <= set(COMMANDS)


def test_the_pictures_and_files_it_links_to_are_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert facilitator.__version__ == project["version"]


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    start = lines.index("dependencies = [")
    block = lines[start + 1 : lines.index("]", start)]
    assert all("#" in line for line in block)
