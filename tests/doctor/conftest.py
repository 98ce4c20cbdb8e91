"""A workspace to examine, with real meetings in it, and the command run in this process."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from here import Said
from stage import standard_agenda

from facilitator.cli.main import main
from facilitator.core.acts import Capture, Command, Start
from facilitator.core.network import Network
from facilitator.core.said import Fields
from facilitator.doctor import Finding, examine
from facilitator.i18n import translator
from facilitator.meetings.publishing import close
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace

HOUR_MS = 3_600_000


class Examined(Said):
    """What a run of the command came to."""

    @property
    def codes(self) -> list[str]:
        return [one["code"] for one in self.json]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An empty workspace, where the program is at home; nothing outside the test's folder is touched."""
    root = tmp_path / "network"
    root.mkdir()
    monkeypatch.chdir(root)
    for name, value in {"XDG_STATE_HOME": "state", "HOME": "home", "TMPDIR": ""}.items():
        monkeypatch.setenv(name, str(tmp_path / value))
    for name in ("FACILITATOR_WORKSPACE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    return Workspace(root)


def held(workspace: Workspace, *said: Command, terminal: bool = False) -> Session:
    """A meeting that began, with these commands carried out."""
    session = Session.prepare(
        workspace,
        standard_agenda(),
        Network(),
        zone="Europe/Paris",
        language="fr",
        terminal=terminal,
        actor="claire@roanne",
        again=True,
    )
    for command in (Start(), *said):
        session.act(command)
    return session


def closed(workspace: Workspace, *said: Command) -> str:
    """A meeting that was held, closed and published."""
    session = held(workspace, *said)
    close(session)
    session.leave()
    return session.meeting.id


def decision(text: str = "On se revoit") -> Capture:
    return Capture("decision", Fields(text=text))


def found(workspace: Workspace, *codes: str, later_ms: int = 0) -> list[Finding]:
    """What an examination finds (of these codes)."""
    now = time.time_ns() // 1_000_000 + later_ms
    everything = examine(workspace, translator("en"), now_ms=now, environ=os.environ)
    return [finding for finding in everything if not codes or finding.code in codes]


@pytest.fixture
def doctor(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> Callable[..., Examined]:
    """Run `facilitator doctor` with these words."""

    def run(*words: str) -> Examined:
        code = main(["doctor", *words])
        return Examined(code, *(text.replace("\u00a0", " ").replace("\u202f", " ") for text in capsys.readouterr()))

    return run


def bytes_below(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder: its mode and what it holds."""
    return {
        str(path): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }


def old(path: Path, ms: int = HOUR_MS) -> Path:
    """The file, last changed that long ago."""
    then = time.time_ns() - ms * 1_000_000
    os.utime(path, ns=(then, then))
    return path
