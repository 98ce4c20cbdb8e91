"""The workspace is moved while a screen is at a meeting: it is said, and everything goes to one place."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pytest
from stage import standard_agenda

from facilitator.cli.conversation import converse
from facilitator.core import acts as commands
from facilitator.core.network import Network
from facilitator.core.said import Fields
from facilitator.i18n import translator
from facilitator.meetings import publishing as publish
from facilitator.meetings.session import Session, WorkspaceMoved
from facilitator.store import platform
from facilitator.store.half_typed import KeptText, save_texts
from facilitator.store.workspace import HeldFolder, Workspace
from facilitator.tui.desk import Desk

TEXTS = ["Une charte", "La suite"]


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    made = tmp_path / "parent" / "ws"
    made.mkdir(parents=True)
    return made


def prepared(root: Path) -> Session:
    return Session.prepare(
        Workspace(root), standard_agenda(), Network(), zone="Europe/Paris", language="fr", terminal=True
    )


@pytest.fixture
def screen(root):
    """A screen at a meeting that runs, with one decision."""
    session = prepared(root)
    session.act(commands.Start())
    decide(session, TEXTS[0])
    yield session
    session.leave()


def decide(session: Session, text: str) -> None:
    session.act(commands.Capture("decision", Fields(text=text)))


def texts(root: Path, meeting: str) -> list[str]:
    """What a fresh reader finds there."""
    session = Session.join(Workspace(root), meeting, terminal=False)
    return [entry.text for entry in session.meeting.of_kind("decision")]


@pytest.mark.parametrize("how", ["itself", "its parent", "something else in its place"])
def test_what_is_done_afterwards_is_where_the_workspace_is_now_and_nowhere_else(screen, root, tmp_path, how) -> None:
    new = tmp_path / "elsewhere" if how == "its parent" else tmp_path / "elsewhere" / "ws"
    new.parent.mkdir(exist_ok=True)
    (root.parent if how == "its parent" else root).rename(new)
    new = new / "ws" if how == "its parent" else new
    if how == "something else in its place":
        root.mkdir()
    decide(screen, TEXTS[1])
    assert screen.take_moved() == WorkspaceMoved(new)
    assert screen.take_moved() is None
    publish.write_draft(screen)
    save_texts(screen.texts_folder, screen.writer, KeptText("question", "à moitié"))
    screen.watch()
    assert texts(new, screen.meeting.id) == TEXTS
    assert (new / "minutes" / f"{screen.meeting.id}.md").exists()
    assert not list(root.rglob("*"))
    assert root.exists() == (how == "something else in its place")
    assert len(list(screen.folder.glob("*.jsonl"))) == 1
    assert screen.workspace.live() == [screen.meeting.id]
    publish.close(screen)
    assert not root.exists() or not list(root.iterdir())


def test_it_is_told_once_by_looking_alone_and_as_often_as_it_is_moved(screen, root, tmp_path) -> None:
    said = []
    desk = Desk(screen, translator("fr"))
    assert desk.see() is None
    for name in ("b", "c"):
        screen.workspace.root.rename(tmp_path / name)
        assert desk.see() == []
        assert desk.alarm is not None
        said.append(desk.alarm.text)
        assert desk.see() is None
    assert [text.endswith(f"/{name}") for text, name in zip(said, ("b", "c"), strict=True)] == [True, True]
    assert not root.exists()


def test_this_users_other_shells_find_the_meeting_at_its_new_place(screen, root, tmp_path) -> None:
    from facilitator.store.workspace import live_workspaces

    root.rename(tmp_path / "b")
    screen.poll()
    assert live_workspaces(os.environ) == [tmp_path / "b"]


def test_a_workspace_that_is_gone_is_made_again_with_all_that_is_known_and_that_is_said(screen, root) -> None:
    shutil.rmtree(root)
    decide(screen, TEXTS[1])
    assert screen.take_moved() == WorkspaceMoved(root, lost=True)
    assert texts(root, screen.meeting.id) == TEXTS
    screen.poll()
    assert screen.take_moved() is None


def test_where_the_system_does_not_say_where_a_folder_went_it_is_as_one_that_is_gone(
    screen, root, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr(platform.SYSTEM, "path_of", lambda _: None)
    root.rename(tmp_path / "b")
    screen.poll()
    assert screen.take_moved() == WorkspaceMoved(root, lost=True)


def test_a_draft_of_the_minutes_makes_no_workspace_again(screen, root, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(
        HeldFolder, "find", lambda held: held.root
    )  # written off the path of the keys, before anybody looked
    root.rename(tmp_path / "b")
    with pytest.raises(FileNotFoundError):
        publish.write_draft(screen)
    assert not root.exists()


def test_a_meeting_that_is_about_to_begin_begins_where_its_workspace_is_now(root, tmp_path) -> None:
    session = prepared(root)
    root.rename(tmp_path / "b")
    session.act(commands.Start())
    assert Workspace(tmp_path / "b").meetings() == [session.meeting.id]
    assert not root.exists()
    session.leave()


def test_a_conversation_says_it_too(screen, root, tmp_path, monkeypatch, capsys) -> None:
    root.rename(tmp_path / "b")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"! La suite\n"), encoding="utf-8"))
    converse(screen, translator("fr"))
    assert str(tmp_path / "b") in capsys.readouterr().out
    assert texts(tmp_path / "b", screen.meeting.id) == TEXTS


def test_whoever_else_holds_the_workspace_writes_where_it_is_now(screen, root, tmp_path) -> None:
    held = screen.workspace
    other = Session.join(held, screen.meeting.id, terminal=True)
    assert held.private == root / ".facilitator"
    root.rename(tmp_path / "b")
    screen.poll()
    decide(other, TEXTS[1])
    assert other.take_moved() == WorkspaceMoved(tmp_path / "b")
    assert (held.root, held.private, held.meetings_folder.parent) == (tmp_path / "b", *(held.private,) * 2)
    assert held.private == tmp_path / "b" / ".facilitator"
    assert texts(tmp_path / "b", screen.meeting.id) == TEXTS
    assert not root.exists()
    other.leave()


def test_nothing_is_left_open(screen, root) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    other = Session.join(Workspace(root), screen.meeting.id, terminal=True)
    other.poll()
    other.leave()
    assert len(list(Path("/proc/self/fd").iterdir())) == before
