"""Fuzzers: whatever comes in, an answer or a problem, within a second, in 300 MB, never another exception.

Each parser in a process of its own. What is read and what must hold is in `fuzz_parsers.py`, the bounds in `fuzz_one.py`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .fuzz_one import LEAST, said
from .fuzz_parsers import PARSERS
from .harness import Table
from .registry import Fuzzed, scale

TESTS = Path(__file__).parents[1]
SECONDS = {"small": 0.0, "ci": 60 / len(PARSERS), "long": 600.0}
# To reduce what was found, before the test itself is ended.
MORE_S = {"small": 40.0, "ci": 200.0, "long": 900.0}


def _together() -> list[object]:
    """Each parser by itself; at the small scale those of a kind one after the other, as loading them takes the longest."""
    kinds: dict[str, list[str]] = {}
    for name, (make, _) in PARSERS.items():
        kinds.setdefault(make.__module__ if scale() == "small" else name, []).append(name)
    return [
        pytest.param("|".join(names), marks=pytest.mark.fault(32, *(one for name in names for one in PARSERS[name][1])))
        for names in kinds.values()
    ]


@pytest.mark.slow
@pytest.mark.parametrize("names", _together())
def test_whatever_comes_in_is_read_or_refused(table: Table, fuzzed: Callable[[str, Fuzzed], None], names: str) -> None:
    """Never another exception, never more than two seconds of the processor, never more than 300 MB."""
    seconds = SECONDS[scale()]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "faults.fuzz_one", names, str(table.folder), str(seconds)],
            env=table.child_environ(PYTHONPATH=f"{TESTS.parent}{os.pathsep}{TESTS}"),
            cwd=table.root,
            capture_output=True,
            text=True,
            errors="backslashreplace",
            timeout=seconds + MORE_S[scale()],
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        pytest.fail(f"it did not come to an end. {said(table.folder)}\n{(late.stderr or b'')[-3_000:]!r}")
    assert done.returncode == 0, done.stderr[-6_000:]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [name for name, _ in found] == names.split("|")
    for name, counted in found:
        fuzzed(name, Fuzzed(**counted))
        assert counted["tried"] > LEAST
