"""A seat is told that others did something: in its meeting, wherever that is, and of the meeting it waits for."""

from __future__ import annotations

import errno
import os
import select
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from stage import standard_agenda

from facilitator.core import acts as commands
from facilitator.core.decide import decide
from facilitator.core.network import Network
from facilitator.core.said import Fields
from facilitator.meetings import session as seats
from facilitator.meetings.publishing import write_draft
from facilitator.meetings.session import Session
from facilitator.store import journal, platform
from facilitator.store.workspace import Workspace


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    root = tmp_path / "ws"
    root.mkdir()
    return root


def opened(root: Path) -> Session:
    return Session.prepare(
        Workspace(root), standard_agenda(), Network(), zone="Europe/Paris", language="fr", terminal=True
    )


@pytest.fixture
def screen(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    session = opened(root)
    session.act(commands.Start())
    monkeypatch.setattr(journal, "_SETTLED_NS", 0)
    yield session
    session.leave()


def note(root: Path, meeting: str) -> None:
    """What a command does."""
    seat = Session.join(Workspace(root), meeting, terminal=False, actor="karim@roanne")
    seat.act(commands.Capture("note", Fields(text="Bonjour")))
    seat.leave()


def told(session: Session) -> bool:
    fd = session.notice()
    assert fd is not None
    return bool(select.select([fd], [], [], 0)[0])


def told_by(session: Session) -> bool:
    """Whether something was told since `notice` was asked."""
    assert session._notices is not None
    return bool(select.select([session._notices.fd], [], [], 0)[0])


def test_what_a_command_does_is_told(screen: Session, root: Path) -> None:
    fd = screen.notice()
    assert fd is not None
    assert not select.select([fd], [], [], 0)[0]
    note(root, screen.meeting.id)
    assert select.select([fd], [], [], 0)[0]
    assert screen.notice() == fd
    assert [act.actor for act in screen.poll()] == ["karim@roanne"]
    assert not told(screen)


def test_an_act_asks_no_file_where_all_that_others_do_is_told(
    screen: Session, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen.notice()
    screen.poll()
    looks: list[int] = []
    monkeypatch.setattr(journal, "_folder_state", lambda _: looks.append(1))
    monkeypatch.setattr(journal, "_identity", lambda _: looks.append(1))
    for _ in range(3):
        screen.act(commands.Capture("note", Fields(text="Bonjour")))
        assert not told_by(screen)  # of what one did oneself
    assert not looks
    monkeypatch.undo()
    note(root, screen.meeting.id)
    assert len(screen.act(commands.Capture("note", Fields(text="Bonsoir"))).meeting.of_kind("note")) == 5
    assert told_by(screen)  # the screen will look, and tell it
    assert [act.actor for act in screen.poll()] == ["karim@roanne"]


def _replace(path: Path) -> None:
    (path.parent / "pulled").touch()
    (path.parent / "pulled").replace(path)


GOES: dict[str, Callable[[Path], object]] = {
    "removed": Path.unlink,
    "moved away": lambda path: path.rename(path.parent.with_name(path.name)),
    "another in its place": _replace,
}


@pytest.mark.parametrize("goes", GOES.values(), ids=GOES.keys())
def test_what_is_written_to_a_file_that_went_while_it_was_decided_is_in_another(
    screen: Session, monkeypatch: pytest.MonkeyPatch, goes: Callable[[Path], object]
) -> None:
    screen.notice()
    screen.poll()
    path = next(screen.folder.glob("*.jsonl"))

    def meanwhile(*asked: Any) -> Any:
        goes(path)
        return decide(*asked)

    monkeypatch.setattr(seats, "decide", meanwhile)
    done = screen.act(commands.Capture("note", Fields(text="Bonjour")))
    with journal.Journal(screen.folder, writer="reader") as reader:
        assert done.act.id in {act.id for act in reader.read()}
        assert len(reader.read()) == 3


@pytest.mark.parametrize("cut", [20, 800])
def test_what_is_cut_from_ones_own_file_is_in_it_again_after_the_next_act(screen: Session, cut: int) -> None:
    screen.act(commands.Capture("note", Fields(text="Bonjour")))
    screen.notice()
    screen.poll()
    path = next(screen.folder.glob("*.jsonl"))
    path.write_bytes(path.read_bytes()[:-cut])
    screen.act(commands.Capture("note", Fields(text="Bonsoir")))
    with journal.Journal(screen.folder, writer="reader") as reader:
        assert len(reader.read()) == 4


def test_what_another_wrote_just_before_an_act_is_told_by_the_descriptor_still(screen: Session, root: Path) -> None:
    other = Session.join(Workspace(root), screen.meeting.id, terminal=True, actor="karim@roanne")
    other.act(commands.Capture("note", Fields(text="Bonjour")))  # its file is there, with a name as long as the other's
    screen.notice()
    screen.poll()
    other.act(commands.Capture("note", Fields(text="Bonsoir")))
    screen.act(commands.Capture("note", Fields(text="Bonne nuit")))
    assert told_by(screen)
    other.leave()


def test_a_look_of_now_and_then_asks_every_file(screen: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    screen.notice()
    screen.poll()
    looks: list[int] = []
    monkeypatch.setattr(journal._Glance, "holds", lambda _: not looks.append(1))
    screen.poll()
    assert not looks
    screen.notice()
    screen.poll()
    assert looks


def test_what_is_written_in_the_draft_is_told(screen: Session) -> None:
    fd = screen.notice()
    assert fd is not None
    assert write_draft(screen) is not None
    assert select.select([fd], [], [], 0)[0]
    screen.notice()
    screen.draft_path.write_text("À la main")
    assert select.select([fd], [], [], 0)[0]
    screen.notice()
    (screen.draft_path.parent / "4913").write_text("ce qu’un éditeur essaie")
    os.replace(screen.draft_path.parent / "4913", screen.draft_path)
    assert select.select([fd], [], [], 0)[0]


def test_what_is_done_where_the_workspace_was_moved_is_told(screen: Session, root: Path, tmp_path: Path) -> None:
    fd = screen.notice()
    root.rename(tmp_path / "elsewhere")
    assert select.select([fd], [], [], 0)[0]
    assert screen.notice() == fd
    assert not select.select([fd], [], [], 0)[0]
    note(tmp_path / "elsewhere", screen.meeting.id)
    assert select.select([fd], [], [], 0)[0]
    screen.poll()
    assert screen.take_moved() is not None


def test_what_goes_to_a_fallback_is_told(screen: Session) -> None:
    fd = screen.notice()
    assert fd is not None
    for place in screen.journal.places[1:]:
        place.mkdir(parents=True, mode=0o700)
        assert select.select([fd], [], [], 0)[0]
        screen.notice()
        (place / "other.jsonl").touch()
        assert select.select([fd], [], [], 0)[0]
        screen.notice()


def test_who_waits_for_the_meeting_is_told_that_it_is_made(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, other = opened(root), opened(root)
    assert waiting.notice() is None
    waiting.poll()
    assert not told(waiting)
    fd = waiting.notice()
    other.act(commands.Start())
    assert select.select([fd], [], [], 0)[0]
    assert waiting.notice() is None  # it may be half made: one looks
    waiting.poll()
    assert waiting.meeting.state == "running"
    assert not told(waiting)
    # Another meeting is made while one waits: its folder is watched until it has settled.
    waiting.leave()
    other.leave()
    monkeypatch.setattr(seats, "SETTLED_NS", 0)
    late = Session.prepare(
        Workspace(root), standard_agenda(), Network(), zone="Europe/Paris", language="fr", terminal=True, again=True
    )
    assert late.notice() is None
    late.poll()
    assert not told(late)
    late.leave()


def test_where_nothing_tells_one_has_to_look(screen: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more() -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr(platform.SYSTEM, "notices", no_more)
    assert screen.notice() is None
    monkeypatch.undo()
    assert screen.notice() is not None


def test_nothing_stays_open_when_the_seat_is_given_up(screen: Session) -> None:
    fd = screen.notice()
    assert fd is not None
    screen.leave()
    with pytest.raises(OSError, match=os.strerror(errno.EBADF)):
        os.fstat(fd)
