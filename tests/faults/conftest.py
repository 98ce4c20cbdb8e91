"""Which faults can be made on this machine, how often, and what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from .harness import Table, Verdict
from .registry import NAMES, NEEDS, SCALES, Count, Fuzzed, Ledger, reason_to_leave_out, scale

HERE = str(Path(__file__).parent) + os.sep
PATIENCE_S = {"small": 60, "ci": 300, "long": 7_200}
LEDGER = pytest.StashKey[Ledger]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """How often each fault is made; the environment's FAULTS_ROUNDS where the option is not to be had."""
    parser.addoption("--faults-rounds", choices=SCALES, default=None, help="rounds of the fault tests")


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers known and start counting."""
    config.addinivalue_line(
        "markers", "fault(*numbers): which of the thirty faults a test makes; above thirty, what came since"
    )
    config.addinivalue_line("markers", "needs(*names): what of the machine a fault test cannot do without")
    config.addinivalue_line("markers", "slow: a fault test that is left out at the small scale")
    config.addinivalue_line("markers", "long: runs with --faults-rounds long only")
    config.stash[LEDGER] = Ledger()
    chosen = config.getoption("--faults-rounds", default=None)
    if chosen:
        os.environ["FAULTS_ROUNDS"] = chosen
    if scale() not in SCALES:
        raise pytest.UsageError(f"FAULTS_ROUNDS is one of {', '.join(SCALES)}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out what cannot run here, and note why."""
    ledger = config.stash[LEDGER]
    kept: list[pytest.Item] = []
    out: list[pytest.Item] = []
    for item in items:
        why = _why_not(item)
        if why is None:
            kept.append(item)
            if _is_here(item):
                item.add_marker(pytest.mark.timeout(PATIENCE_S[scale()]))
            continue
        out.append(item)
        for number in _numbers(item):
            ledger.left_out[number, item.name] = why
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = kept


def _why_not(item: pytest.Item) -> str | None:
    if not _is_here(item):
        return None
    needs = tuple(name for marker in item.iter_markers("needs") for name in marker.args)
    unknown = set(needs) - NEEDS.keys()
    if unknown:
        raise pytest.UsageError(f"{item.nodeid}: unknown need {unknown}")
    if item.get_closest_marker("long") and scale() != "long":
        return "left out at this scale (--faults-rounds long)"
    return reason_to_leave_out(needs, slow=bool(item.get_closest_marker("slow")))


def _numbers(item: pytest.Item) -> set[int]:
    numbers = {number for marker in item.iter_markers("fault") for number in marker.args}
    if numbers - NAMES.keys():
        raise pytest.UsageError(f"{item.nodeid}: no such fault")
    return numbers


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note which faults were made."""
    report = yield
    ledger = item.config.stash[LEDGER]
    if report.when == "call" and _is_here(item):
        ledger.ran |= _numbers(item)
    if report.failed and _is_here(item):
        ledger.failed |= _numbers(item)
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under xdist, send what was counted to the process that reports."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["faults"] = session.config.stash[LEDGER].dump()


class _FromWorkers:
    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        counted = getattr(node, "workeroutput", {}).get("faults")
        if counted:
            self._ledger.merge(counted)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Under xdist, listen to the workers."""
    session.config.pluginmanager.register(_FromWorkers(session.config.stash[LEDGER]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how many of thirty ran, which did not and why, and what was lost."""
    ledger = config.stash[LEDGER]
    if not (ledger.ran or ledger.left_out) or config.option.collectonly:
        return
    terminalreporter.section("faults")
    for line in ledger.lines():
        terminalreporter.write_line(line)


@pytest.fixture
def rounds() -> Callable[[int, int, int], int]:
    """How many rounds to run: small, ci, long."""

    def choose(small: int, ci: int, long: int) -> int:
        return {"small": small, "ci": ci, "long": long}[scale()]

    return choose


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Table:
    """A workspace of invented people, with the user's folders beside it and nothing of the real ones."""
    return Table(tmp_path).sit_down(monkeypatch)


@pytest.fixture
def count(request: pytest.FixtureRequest) -> Callable[[str, Verdict], Count]:
    """Enter what a round found under the name of its fault, and fail when anything was lost."""
    ledger = request.config.stash[LEDGER]

    def enter(fault: str, verdict: Verdict) -> Count:
        found = Count(verdict.acknowledged, len(verdict.lost), len(verdict.doubled), len(verdict.invented), 1)
        ledger.counts.setdefault(fault, Count()).add(found)
        assert not (verdict.lost or verdict.doubled or verdict.invented), verdict.said()
        return found

    return enter


@pytest.fixture
def fuzzed(request: pytest.FixtureRequest) -> Callable[[str, Fuzzed], None]:
    """Enter what a fuzzer tried under the name of its parser."""
    return request.config.stash[LEDGER].fuzzed.__setitem__


def _is_here(item: pytest.Item) -> bool:
    return item.fspath.strpath.startswith(HERE)
