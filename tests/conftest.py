"""What every test starts from."""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import signal
import sys
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import pytest
from examples import register, without_own_constants
from hypothesis import strategies

import facilitator

# A program started in the background ignores interruptions and hang-ups, and so would all it starts: tests send them.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
# The program is tested as it is used: compiled once, not at each of its starts.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

register()

TESTS = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a test that is `sampled(n)`, n of its parameters stay in anyone's run, spread over all of them; CI has the others."""
    sampled: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("sampled"):
            sampled[item.nodeid.partition("[")[0]].append(item)
    for alike in sampled.values():
        alike.sort(key=lambda item: item.nodeid)
        (marker,) = list(alike[0].iter_markers("sampled"))
        few = min(marker.args[0], len(alike))
        kept = {number * len(alike) // few for number in range(few)}
        for number, item in enumerate(alike):
            if number not in kept:
                item.add_marker(pytest.mark.ci)


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Of several workers, each first loads its share of the test modules: on a fresh clone each module is compiled by one of them only."""
    worker, workers = os.environ.get("PYTEST_XDIST_WORKER", ""), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if worker and {Path(arg).name for arg in session.config.args} == {TESTS.name}:
        for path in sorted(TESTS.rglob("test_*.py"))[int(worker.removeprefix("gw")) :: workers]:
            with suppress(
                Exception, pytest.skip.Exception, pytest.fail.Exception
            ):  # it fails again where it is collected, and is told there
                importlib.import_module(".".join(path.relative_to(TESTS).with_suffix("").parts))


def pytest_configure(config: pytest.Config) -> None:
    """The constants of the program are tried with the profiles of CI only; collecting thousands of tests makes no garbage."""
    if not config.getoption("--hypothesis-profile"):
        without_own_constants()
    gc.disable()


@pytest.hookimpl(trylast=True)  # hypothesis is ready, the workers are not yet
def pytest_sessionstart() -> None:
    """Before there are workers: on a fresh clone, which characters there are is found out once."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        strategies.text().validate()


def pytest_collection_finish(session: pytest.Session) -> None:
    """With a profile of CI, all of the program is loaded before the first test.

    Random tests also try the constants of what is loaded: which ones must not depend on the tests that a worker ran before.
    """
    if session.config.getoption("--hypothesis-profile"):  # looking for what there is loads half of it
        for module in pkgutil.walk_packages(facilitator.__path__, "facilitator."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    gc.set_threshold(20_000, 20, 50)  # to look through thousands of kept tests again and again took a tenth of the run
    gc.enable()


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: some tests wait."""
    return (os.cpu_count() or 1) + 1
