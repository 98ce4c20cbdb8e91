"""The program run in this process, in a network's folder of its own."""

from __future__ import annotations

import datetime
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from here import Said

from facilitator.cli.main import main

AGENDA = """\
title: Rencontre du réseau
slug: reseau
start: "09:30"
end: "11:00"
facilitator: Claire D.
members: [Awa S., Karim B., Nora T., Élodie P.]
steps:
  - { kind: welcome, duration: 20m }
  - { kind: needs, duration: 30m }
  - kind: workshop
    duration: 20m
    phases: [{ title: Un, duration: 10m }, { title: Deux, duration: 10m }]
  - { kind: closing, duration: 10m }
"""


Run = Callable[..., Said]


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty workspace with an agenda, where the program is at home."""
    folder = tmp_path / "network"
    folder.mkdir()
    (folder / "agenda.yaml").write_text(AGENDA)
    monkeypatch.chdir(folder)
    for name in ("FACILITATOR_WORKSPACE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": tmp_path / "home", "XDG_STATE_HOME": tmp_path / "state"}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("TZ", "Europe/Paris")
    monkeypatch.setenv("LANGUAGE", "fr")
    return folder


@pytest.fixture
def run(network: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program with these words."""

    def run(*words: str, stdin: bytes = b"") -> Said:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = main(words)
        return Said(code, *(text.replace("\u00a0", " ").replace("\u202f", " ") for text in capsys.readouterr()))

    return run


@pytest.fixture
def meeting(run: Run) -> Run:
    """The same, with a meeting that began at 09:30."""
    assert run("start", "agenda.yaml", "--at", "2026-11-24 09:30").code == 0
    return run


@pytest.fixture(scope="session")
def _kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the folder of a closed meeting is kept, once it was made."""
    return tmp_path_factory.mktemp("kept") / "network"


@pytest.fixture
def closed(run: Run, network: Path, _kept: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same, with a meeting closed at 10:50 that left one of everything; what is done of it since is done the day after."""
    day_after = datetime.datetime(2026, 11, 25, 9, tzinfo=datetime.UTC)
    monkeypatch.setattr("facilitator.cli.context.utc_now", lambda: day_after)
    if not _kept.exists():
        _hold(run)
        shutil.copytree(network, _kept)
    else:
        shutil.copytree(_kept, network, dirs_exist_ok=True)
    return run


def _hold(run: Run) -> None:
    for words in (
        ("start", "agenda.yaml", "--at", "2026-11-24 09:30"),
        ("attend", "Awa S.", "--at", "09:30"),
        ("next", "--at", "09:50"),
        ("add", "question", "Qui paie ?", "--by", "Awa S.", "--at", "09:52"),
        ("add", "question", "Prêter du matériel ?", "--at", "09:53"),
        ("add", "question", "Mon contrat ?", "--by", "Nora T.", "--at", "09:53"),
        ("add", "question", "Une salle ?", "--at", "09:53"),
        ("answer", "Q1", "Personne.", "--at", "09:54"),
        ("send", "Q2", "newsletter", "--at", "09:55"),
        ("send", "Q3", "individual", "--at", "09:55"),
        ("send", "Q4", "next", "--at", "09:55"),
        ("add", "need", "Fin de contrat en mars", "--individual", "--at", "09:56"),
        ("add", "action", "Rédiger la charte", "--owner", "Nora T.", "--due", "2026-12-10", "--at", "09:57"),
        ("add", "decision", "Une charte.", "--at", "09:58"),
        ("close", "--at", "10:50"),
    ):
        said = run(*words)
        assert said.code == 0, said.err
