"""The folder is read-only: the meeting goes on elsewhere, and says where."""

from __future__ import annotations

import stat

import pytest

from facilitator.store.journal import Journal

from .harness import Table, capture, texts
from .machine import call, immutable, mounted

pytestmark = [pytest.mark.fault(11), pytest.mark.needs("mount")]


def _check_elsewhere(table: Table, meeting: str) -> None:
    """A writer and a command go on, the place is named, private, and read with the rest."""
    writer = table.writer(meeting, "elsewhere", "--count", "50")
    assert writer.wait() == 0
    assert any(str(table.state) in line for line in writer.said() if line.startswith("fallback "))
    done = table.run("add", "question", "Et la commande ?").ok()
    assert str(table.state) in done.said
    verdict = table.judge(meeting, [writer.log])
    assert "Et la commande ?" in texts(verdict.meeting)
    assert not verdict.lost
    assert not verdict.doubled
    for path in [table.state / "facilitator", *(table.state / "facilitator").rglob("*")]:
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077, f"others may read {path.name}"
    ignored = [path for path in (table.state / "facilitator").rglob("*.jsonl") if "fallback" in path.parts]
    assert ignored


def test_a_file_system_that_turns_read_only_sends_the_meeting_to_the_state_folder(table: Table, count) -> None:
    """A bind mount remounted read-only holds against root as well."""
    with mounted("--bind", table.root, table.root):
        meeting = table.begin()
        writer = table.writer(meeting, "before", "--count", "20")
        assert writer.wait() == 0
        call("mount", "-o", "remount,ro,bind", table.root)
        _check_elsewhere(table, meeting)
        count("read-only", table.judge(meeting, [writer.log], among=[table.logs / "elsewhere.log", _others(table)]))


def _others(table: Table):
    log = table.logs / "others.log"
    log.write_text("try Et la commande ?\n", encoding="utf-8")
    return log


@pytest.mark.needs("chattr")
@pytest.mark.parametrize("what", ["folder", "file"])
def test_an_immutable_folder_or_file_does_the_same(table: Table, what: str) -> None:
    """With the file alone immutable, a new file in the same folder will do."""
    session = table.open(terminal=False)
    capture(session, "avant")
    session.leave()
    folder = table.workspace.meeting_folder(session.meeting.id)
    if what == "folder":
        files = list(folder.iterdir())
        with immutable(folder):
            for path in files:
                call("chattr", "+i", path)
            try:
                _check_elsewhere(table, session.meeting.id)
            finally:
                for path in files:
                    call("chattr", "-i", path)
        return
    (path,) = folder.glob("*.jsonl")
    with immutable(path):
        table.run("add", "question", "après").ok()
    assert texts(table.read(session.meeting.id)[0]) == ["avant", "après"]
    assert not (table.state / "facilitator" / "fallback").exists()


def test_when_the_folder_can_be_written_again_what_went_elsewhere_comes_home(table: Table) -> None:
    """The next terminal writes it where the meeting is: the folder alone then holds all."""
    with mounted("--bind", table.root, table.root):
        meeting = table.begin()
        call("mount", "-o", "remount,ro,bind", table.root)
        table.run("add", "question", "pendant").ok()
        call("mount", "-o", "remount,rw,bind", table.root)
        session = table.join(meeting)
        capture(session, "après")
        session.leave()
        with Journal(table.workspace.meeting_folder(meeting), writer="home", fallbacks=()) as home:
            said = {event.fields.text for act in home.read() for event in act.events if hasattr(event, "fields")}
        assert said == {"pendant", "après"}


def test_a_close_in_a_read_only_folder_says_what_is_missing_and_is_finished_later(table: Table) -> None:
    """Nothing half done: exit 1 and a sentence now, minutes once the folder can be written."""
    with mounted("--bind", table.root, table.root):
        table.run("start").ok()
        call("mount", "-o", "remount,ro,bind", table.root)
        done = table.run("close").clean()
        assert done.code == 1
        assert done.stderr.strip()
        call("mount", "-o", "remount,rw,bind", table.root)
        table.run("followups").ok()
        assert len(list((table.root / "minutes").glob("*.md"))) == 1
