"""Benchmarks run when they are asked for: `pytest tests/benchmarks -m benchmark -n 0 -s -p no:randomly`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .claims import Ledger
from .meetings import Place

HERE = str(Path(__file__).parent) + os.sep
LEDGER = pytest.StashKey[Ledger]()
LONGEST_S = 1_800


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, and begin a ledger."""
    config.addinivalue_line("markers", "benchmark: a claim of speed; runs with -m benchmark only")
    config.stash[LEDGER] = Ledger()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the benchmarks out unless they are asked for; they take longer than a test may."""
    benchmarks = [item for item in items if _is_here(item)]
    if "benchmark" not in config.option.markexpr:
        config.hook.pytest_deselected(items=benchmarks)
        items[:] = [item for item in items if not _is_here(item)]
        return
    for item in benchmarks:
        item.add_marker(pytest.mark.timeout(LONGEST_S))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """All claims in one table."""
    ledger = config.stash[LEDGER]
    if ledger.claims:
        terminalreporter.section("benchmarks: figure / floor = ratio (limit)")
        for line in ledger.table():
            terminalreporter.write_line(line)


@pytest.fixture
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """Where claims are checked and kept."""
    return request.config.stash[LEDGER]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A folder for workspaces, and an environment with nothing of the real user's."""
    place = Place(tmp_path)
    for name in ("FACILITATOR_WORKSPACE", "LANGUAGE", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in place.environ.items():
        monkeypatch.setenv(name, value)
    return place


def _is_here(item: pytest.Item) -> bool:
    return item.fspath.strpath.startswith(HERE)
