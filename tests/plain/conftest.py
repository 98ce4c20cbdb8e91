"""A conversation held in this process: lines in, lines out."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.cli.main import main

Converse = Callable[..., list[str]]

AGENDA = """\
title: Rencontre du réseau
slug: reseau
facilitator: Claire D.
members: [Awa S., Karim B., Nora T.]
steps:
  - { kind: welcome, duration: 20m }
  - { kind: needs, duration: 30m, answer_time: 3m }
  - { kind: closing, duration: 10m }
"""


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "network"
    folder.mkdir()
    (folder / "agenda.yaml").write_text(AGENDA)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("FACILITATOR_WORKSPACE", raising=False)
    for name, value in {"HOME": "home", "XDG_STATE_HOME": "state"}.items():
        monkeypatch.setenv(name, str(tmp_path / value))
    monkeypatch.setenv("TZ", "Europe/Paris")
    monkeypatch.setenv("LANGUAGE", "fr")
    return folder


@pytest.fixture
def command(network: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command beside the conversation; what it gave out."""

    def command(*words: str) -> str:
        assert main(words) == 0
        return _folded(capsys.readouterr().out)

    return command


@pytest.fixture
def converse(network: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Converse:
    """Say these lines to `run --plain`; returns what it said, without its first words."""

    def converse(*lines: str, agenda: str | None = "agenda.yaml", code: int = 0) -> list[str]:
        said = "".join(f"{line}\n" for line in lines)
        monkeypatch.setattr(
            "sys.stdin", io.TextIOWrapper(io.BytesIO(said.encode(errors="surrogateescape")), encoding="utf-8")
        )
        assert main(["run", *([agenda] if agenda else []), "--plain"]) == code
        out, err = capsys.readouterr()
        assert err == ""
        return _folded(out).splitlines()

    return converse


def _folded(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")
