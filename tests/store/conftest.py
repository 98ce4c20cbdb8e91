"""A private state folder for each test, and acts to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.core.acts import Act, Captured
from facilitator.core.said import Fields


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing outside the test's own folder is touched; gives the state folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("FACILITATOR_WORKSPACE", raising=False)
    return tmp_path / "state" / "facilitator"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A meeting's folder, not yet made."""
    return tmp_path / "network" / ".facilitator" / "meetings" / "2026-11-24-roannais"


@pytest.fixture
def new_act() -> Callable[..., Act]:
    """Makes the act that captures question number `i`."""
    return make_act


def make_act(i: int, writer: str = "salon", text: str = "Qui paie la licence ?") -> Act:
    """The act that captures question number `i`."""
    event = Captured(entry=f"{writer}-e{i}", kind="question", number=i, fields=Fields(text=text, by="Awa S."))
    return Act(
        id=f"{writer}-{i}",
        n=1_795_000_000_000 + i,
        writer=writer,
        actor="lea@salon",
        at=1_795_000_000_000 + i,
        events=(event,),
        boot_id="6f1d2c34",
        boot=1_000 + i,
    )
