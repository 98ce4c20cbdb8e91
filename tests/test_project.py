"""What the project says of itself is true."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Container, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import facilitator
from facilitator.cli.commands import COMMANDS
from facilitator.documents.agenda import check_agenda
from facilitator.documents.network import read_network
from facilitator.i18n import translator

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


def test_the_settings_in_the_readme_can_be_read() -> None:
    _, shown = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    network = read_network(shown.encode(), name="README.md", tr=translator("en"))
    assert network.members and network.levels and network.calendar.day


def test_the_agenda_in_the_readme_can_be_run_as_it_is() -> None:
    agenda, _ = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    checked = check_agenda(agenda.encode(), name="README.md", tr=translator("en"))
    assert len(checked.agenda.steps) == 4 and not checked.warnings


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


def test_today_is_never_the_machines_without_asking_for_the_networks() -> None:
    for path in (ROOT / "facilitator").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "astimezone().date()" not in text and "date.today()" not in text, path


@pytest.mark.ci
def test_what_is_written_is_named_somewhere() -> None:
    """A command without its entry, a panel without its row: what nothing names is reached by nobody. What Textual calls is named by it."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "facilitator").rglob("*.py")]
    named = Counter(word for text in texts for word in re.findall(r"\w+", text))
    written = {name for text in texts for name in re.findall(r"^(?:async )?(?:def|class) (\w+)", text, re.MULTILINE)}
    assert [name for name in written if named[name] == 1] == []


@pytest.mark.ci
def test_the_house_has_the_arrows_that_are_drawn() -> None:
    import grimp

    def room(module: str) -> str:
        return module.split(".")[1]

    graph = grimp.build_graph("facilitator", cache_dir=None)
    found = {
        (room(one), room(other))
        for one in graph.modules - {"facilitator"}
        for other in graph.find_modules_directly_imported_by(one) - {"facilitator"}
        if room(one) != room(other)
    }
    drawn = (ROOT / "docs" / "house" / "README.md").read_text(encoding="utf-8")
    assert found == set(re.findall(r"^  (\w+) -->\|[0-9]+\| (\w+)$", drawn, re.MULTILINE)), "python docs/house/make.py"


def test_no_module_imports_itself_by_way_of_others() -> None:
    """On top, within a function, or read by the type checker alone."""
    paths = {_name(path): path for path in (ROOT / "facilitator").rglob("*.py")}
    imports = {name: set(_imports(path.read_text(encoding="utf-8"), paths)) for name, path in paths.items()}
    assert {"facilitator.tui.desk", "facilitator.i18n"} <= imports["facilitator.tui.screens.sheet"]
    assert list(TopologicalSorter(imports).static_order())


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _imports(text: str, known: Container[str]) -> Iterator[str]:
    """Read by their looks, as `ruff format` leaves them: a syntax tree of every module takes seconds."""
    for module, names in re.findall(r"^ *from (facilitator[.\w]*) import (\([^)]*\)|[^#\n]*)", text, re.MULTILINE):
        named = (f"{module}.{name}" for name in re.findall(r"(?<!as )\b(?!as\b)\w+", names))
        yield from (name if name in known else module for name in named)
