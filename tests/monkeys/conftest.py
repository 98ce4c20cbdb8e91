"""Monkeys: hands that press and type anything, by the thousand, from a seed that is printed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from .judge import Judge, Mischief

# What anyone's run of the tests bears; CI and a long run ask for more.
KEYS, LINES, SEED = 200, 60, 8


def pytest_addoption(parser: pytest.Parser) -> None:
    """How long they play; the environment's MONKEY_KEYS, MONKEY_LINES and MONKEY_SEED where an option is not to be had."""
    group = parser.getgroup("monkeys")
    group.addoption("--monkey-keys", type=int, help=f"keys pressed in all ({KEYS})")
    group.addoption("--monkey-lines", type=int, help=f"command lines run in all ({LINES})")
    group.addoption("--monkey-seed", type=int, help=f"where they begin ({SEED})")
    group.addoption("--monkey-run", type=int, help="only this run of theirs, to see it again")


def _asked(config: pytest.Config, name: str, usual: int) -> int:
    given = config.getoption(f"--monkey-{name}", default=None)
    return int(os.environ.get(f"MONKEY_{name.upper()}", usual)) if given is None else int(given)


@pytest.fixture
def mischief(request: pytest.FixtureRequest) -> Iterator[Mischief]:
    """How much is to be done, and from which seed; what was done is printed."""
    config = request.config
    only = _asked(config, "run", -1)
    asked = Mischief(_asked(config, "keys", KEYS), _asked(config, "lines", LINES), _asked(config, "seed", SEED), only)
    yield asked
    print(f"\n{request.node.name}: seed {asked.seed}, {dict(asked.done)}")


@pytest.fixture
def judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judge:
    """What was acknowledged in this process, and whether it is there; nothing of the real user's folders is touched."""
    for name in ("FACILITATOR_WORKSPACE", "LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "home", "XDG_STATE_HOME": "state", "TMPDIR": "temporary"}.items():
        (tmp_path / value).mkdir()
        monkeypatch.setenv(name, str(tmp_path / value))
    monkeypatch.setenv("TZ", "Europe/Paris")
    return Judge(tmp_path, monkeypatch)
