"""A sync fails: the act is not called saved on that file, which is never trusted again."""

from __future__ import annotations

import errno
import os

import pytest

from facilitator.store import platform
from facilitator.store.journal import NotSaved

from .harness import Table, capture, texts
from .machine import strace

pytestmark = pytest.mark.fault(7)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch):
    """The next syncs fail as on a broken disk."""

    class Broken(platform.Posix):
        left = 0

        def sync_data(self, fd: int) -> None:
            if self.left:
                self.left -= 1
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            super().sync_data(fd)

    broken = Broken()
    monkeypatch.setattr(platform, "SYSTEM", broken)
    return broken


def test_after_a_failed_sync_the_file_is_never_written_again(table: Table, failing) -> None:
    """The act goes to a new file as a whole; asking the same file again would lie."""
    session = table.open()
    capture(session, "avant")
    (old,) = session.folder.glob("*.jsonl")
    failing.left = 1
    capture(session, "pendant")
    size = old.stat().st_size
    capture(session, "après")
    assert old.stat().st_size == size
    (new,) = set(session.folder.glob("*.jsonl")) - {old}
    assert b"pendant" in new.read_bytes()
    session.leave()
    assert texts(table.read(session.meeting.id)[0]) == ["avant", "pendant", "après"]


def test_when_every_sync_fails_nothing_is_called_saved_and_the_next_try_is_saved_once(table: Table, failing) -> None:
    """NotSaved names the reason and the place; a part of the act may be in several files and is one act."""
    session = table.open()
    failing.left = 1_000
    with pytest.raises(NotSaved, match="Input/output error"):
        capture(session, "pas sauvé")
    failing.left = 0
    capture(session, "sauvé")
    session.leave()
    found = texts(table.read(session.meeting.id)[0])
    assert found.count("sauvé") == 1
    assert found.count("pas sauvé") <= 1


def test_a_text_that_was_not_saved_and_is_entered_again_is_there_once_not_twice(table: Table, failing) -> None:
    """The failed sync left the line readable: the second try is the same act, not a second one."""
    session = table.open()
    failing.left = 1_000
    with pytest.raises(NotSaved):
        capture(session, "deux essais")
    failing.left = 0
    capture(session, "deux essais")
    capture(session, "la suite")
    session.leave()
    assert texts(table.read(session.meeting.id)[0]) == ["deux essais", "la suite"]


@pytest.mark.needs("strace")
@pytest.mark.parametrize("kind", [(), ("--command",)])
def test_no_act_is_lost_or_doubled_when_the_kernel_says_eio(table: Table, count, rounds, kind) -> None:
    """Every seventh fdatasync fails for real; each failure is followed by a new file."""
    for place in range(rounds(1, 2, 10)):
        meeting = table.begin()
        eio = strace("trace=fdatasync", "inject=fdatasync:error=EIO:when=5+7")
        writer = table.writer(meeting, f"eio{place}", "--count", "200", "--again", "3", *kind, before=eio)
        assert writer.wait() == 0
        verdict = table.judge(meeting, [writer.log])
        assert verdict.acknowledged == 200
        assert len(list(table.workspace.meeting_folder(meeting).glob("*.jsonl"))) > 2
        count("sync fails", verdict)


@pytest.mark.needs("strace")
def test_nothing_is_acknowledged_while_no_sync_works(table: Table, count) -> None:
    """The first three are saved, then every fdatasync fails: no act is called saved any more."""
    meeting = table.begin()
    eio = strace("trace=fdatasync", "inject=fdatasync:error=EIO:when=4+")
    writer = table.writer(meeting, "dead", "--count", "20", "--again", "2", before=eio)
    assert writer.wait() == 1
    verdict = table.judge(meeting, [writer.log])
    assert verdict.acknowledged <= 3
    assert any(line.startswith("not Input/output error") for line in writer.said())
    count("sync fails", verdict)


@pytest.mark.needs("strace")
def test_a_command_whose_act_could_not_be_synced_says_so_and_fails(table: Table) -> None:
    """Exit code 1 and a sentence; never a traceback, never "saved"."""
    table.begin()
    done = table.run("add", "question", "Qui paie ?", before=strace("trace=fdatasync", "inject=fdatasync:error=EIO"))
    assert done.clean().code == 1
    assert "Q1" not in done.out


def test_the_real_disk_is_asked(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    """One act is one fdatasync, of the file the act is in."""
    session = table.open()
    asked: list[tuple[int, int]] = []
    real = platform.sync_data

    def sync_data(fd: int) -> None:
        asked.append((os.fstat(fd).st_dev, os.fstat(fd).st_ino))
        real(fd)

    monkeypatch.setattr(platform, "sync_data", sync_data)
    capture(session, "une")
    session.leave()
    own = (session.folder / f"{session.writer}.jsonl").stat()
    assert asked == [(own.st_dev, own.st_ino)]
