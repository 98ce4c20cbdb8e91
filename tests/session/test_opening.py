"""Opening an agenda: the first act makes the meeting, the others join it, and a second one is made only when asked for."""

from __future__ import annotations

import datetime
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace
from stage import standard_agenda

from facilitator.core import acts as commands
from facilitator.core.network import Network
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.meetings import publishing
from facilitator.meetings import session as seats
from facilitator.meetings.opening import Standing
from facilitator.meetings.session import Session

AGENDA = standard_agenda()
OTHER = replace(AGENDA, title="Une autre rencontre")
EDITED = replace(AGENDA, end="12:30")
NAME = "2026-11-24-rencontre-du-reseau"
MORNING = datetime.datetime(2026, 11, 24, 9, 34)


def opened(workspace, agenda=AGENDA, *, terminal=True, actor="claire@roanne", again=False):
    return Session.prepare(
        workspace,
        agenda,
        Network(),
        zone="Europe/Paris",
        language="fr",
        terminal=terminal,
        actor=actor,
        again=again,
    )


def note(text):
    return commands.Capture("note", Fields(text=text))


def question(text):
    return commands.Capture("question", Fields(text=text))


def held(workspace, *, at=MORNING, agenda=AGENDA, again=False):
    """A meeting that was held and closed that morning."""
    session = opened(workspace, agenda, again=again)
    for command in (commands.Start(), commands.Adjourn()):
        session.act(command, at=session.told(at))
    publishing.close(session)
    session.leave()
    return session.meeting.id


def refused(session, command, at=MORNING):
    with pytest.raises(Refused) as problem:
        session.act(command, at=session.told(at))
    return problem.value.reason, problem.value.values.get("meeting")


def test_two_screens_opened_before_the_start_are_in_one_meeting(workspace) -> None:
    one, two = opened(workspace), opened(workspace, actor="karim@roanne")
    one.act(commands.Start())
    done = two.act(question("Qui paie ?"))
    assert workspace.meetings() == [one.meeting.id] == [two.meeting.id]
    assert done.meeting.state == "running" and done.entry.label == "Q1"
    assert [act.id for act in one.poll()] == [done.act.id]
    assert one.meeting == two.meeting


def test_what_the_meeting_refuses_is_refused_to_who_joins_it(workspace) -> None:
    one, two = opened(workspace), opened(workspace, actor="karim@roanne")
    one.act(commands.Start())
    with pytest.raises(Refused, match="already-started"):
        two.act(commands.Start())
    assert two.meeting == one.meeting


def test_what_only_the_meeting_allows_is_done_by_who_joins_it(workspace) -> None:
    one, two = opened(workspace), opened(workspace, actor="karim@roanne")
    one.act(commands.Start())
    assert two.act(commands.Pause()).meeting.state == "paused"
    assert len(workspace.meetings()) == 1


def test_any_number_of_first_acts_at_one_moment_make_one_meeting(workspace) -> None:
    seated = [opened(workspace, terminal=bool(place % 2), actor=f"p{place}@roanne") for place in range(6)]
    ready = threading.Barrier(len(seated))

    def act(place: int) -> None:
        ready.wait()
        seated[place].act(question(f"Question {place} ?"))

    threads = [threading.Thread(target=act, args=(place,)) for place in range(len(seated))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (name,) = workspace.meetings()
    found = Session.join(workspace, name, terminal=False).meeting
    assert sorted(entry.text for entry in found.of_kind("question")) == [f"Question {place} ?" for place in range(6)]
    assert sorted(entry.number for entry in found.of_kind("question")) == [1, 2, 3, 4, 5, 6]
    assert not found.void


def test_where_nobody_can_take_turns_both_are_in_one_meeting_all_the_same(workspace, monkeypatch) -> None:
    def no_locks(*_: object, **__: object) -> bool:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("facilitator.store.platform.lock", no_locks)
    one, two = opened(workspace), opened(workspace, actor="karim@roanne")
    one.act(question("La première ?"))
    with monkeypatch.context() as blind:
        blind.setattr(seats, "standing", lambda *_: None)
        two.act(question("La seconde ?"))
    one.refresh()
    two.refresh()
    assert workspace.meetings() == [one.meeting.id]
    assert one.meeting.entries == two.meeting.entries
    assert {entry.text for entry in one.meeting.of_kind("question")} == {"La première ?", "La seconde ?"}
    assert [void.reason for void in two.meeting.void] == ["already-open"]


def test_the_same_agenda_joins_the_meeting_across_midnight(workspace) -> None:
    one, two = opened(workspace), opened(workspace, actor="karim@roanne")
    one.act(commands.Start(), at=one.told(datetime.datetime(2026, 11, 24, 23, 50)))
    two.act(note("Minuit passé"), at=two.told(datetime.datetime(2026, 11, 25, 0, 10)))
    assert workspace.meetings() == [NAME]
    assert opened(workspace).standing() == Standing(NAME)


def test_a_screen_that_waits_is_in_the_meeting_as_soon_as_it_is_made(workspace) -> None:
    screen, command = opened(workspace), opened(workspace, terminal=False, actor="karim@roanne")
    assert screen.poll() == [] and not screen.exists
    done = command.act(commands.Start())
    arrived = screen.poll()
    assert screen.exists and screen.meeting == done.meeting and arrived[-1].id == done.act.id
    assert screen.poll() == []


def test_a_screen_that_waits_stays_out_of_another_meeting(workspace) -> None:
    screen = opened(workspace)
    opened(workspace, OTHER, actor="karim@roanne").act(commands.Start())
    assert screen.poll() == [] and not screen.exists
    assert refused(screen, note("x"))[0] == "another-live"


def test_a_meeting_that_was_closed_is_named_and_refused(workspace) -> None:
    waiting = opened(workspace)
    assert held(workspace) == NAME
    before = sorted(workspace.private.rglob("*"))
    for session in (waiting, opened(workspace)):
        assert refused(session, commands.Start()) == ("held-already", NAME)
        assert not session.exists
    assert opened(workspace).standing(waiting.told(MORNING)) == Standing(NAME, "held-already")
    assert [path for path in sorted(workspace.private.rglob("*")) if path not in before] == []


def test_the_day_after_the_same_agenda_makes_another_meeting(workspace) -> None:
    held(workspace)
    session = opened(workspace)
    session.act(commands.Start(), at=session.told(MORNING + datetime.timedelta(days=1)))
    assert session.meeting.id == "2026-11-25-rencontre-du-reseau"


def test_a_close_whose_mark_was_lost_is_a_close(workspace) -> None:
    held(workspace)
    workspace.mark_open(NAME)
    assert refused(opened(workspace), commands.Start()) == ("held-already", NAME)


def test_minutes_without_a_journal_are_named_and_refused(workspace) -> None:
    workspace.minutes_folder.mkdir()
    (workspace.minutes_folder / f"{NAME}.md").write_text("# D'une autre machine\n")
    assert refused(opened(workspace), commands.Start()) == ("minutes-there", NAME)
    session = opened(workspace, again=True)
    session.act(commands.Start(), at=session.told(MORNING))
    assert session.meeting.id == f"{NAME}-2"


def test_a_second_meeting_of_a_day_is_made_when_asked_for_and_a_third(workspace) -> None:
    assert [held(workspace, again=True) for _ in range(3)] == [NAME, f"{NAME}-2", f"{NAME}-3"]


def test_two_screens_that_asked_for_a_second_meeting_are_in_one(workspace) -> None:
    held(workspace)
    one, two = opened(workspace, again=True), opened(workspace, again=True, actor="karim@roanne")
    one.act(commands.Start(), at=one.told(MORNING))
    two.act(note("Ici"), at=two.told(MORNING))
    assert one.meeting.id == two.meeting.id == f"{NAME}-2"


def test_a_second_meeting_beside_one_that_goes_on_is_made_when_asked_for(workspace) -> None:
    one = opened(workspace)
    one.act(commands.Start(), at=one.told(MORNING))
    two = opened(workspace, again=True)
    assert two.standing() is None
    assert two.poll() == [] and not two.exists
    two.act(commands.Start(), at=two.told(MORNING))
    assert workspace.meetings() == [NAME, f"{NAME}-2"]


def test_an_agenda_that_was_edited_does_not_slip_into_the_meeting_of_the_first(workspace) -> None:
    first, edited = opened(workspace), opened(workspace, EDITED)
    first.act(commands.Start(), at=first.told(MORNING))
    assert refused(edited, note("x")) == ("other-agenda", NAME)
    assert opened(workspace, EDITED).standing(first.told(MORNING)) == Standing(NAME, "other-agenda")
    assert [entry.text for entry in first.refresh().of_kind("note")] == []


def test_a_folder_that_a_full_disk_left_without_an_opening_is_no_meeting(workspace) -> None:
    folder = workspace.meeting_folder(NAME)
    folder.mkdir(parents=True)
    (folder / "claire.jsonl").write_bytes(b'{"c":"0')
    one, two = opened(workspace), opened(workspace, actor="karim@roanne")
    one.act(commands.Start(), at=one.told(MORNING))
    two.act(note("x"), at=two.told(MORNING))
    assert one.meeting.id == two.meeting.id == NAME


def test_the_first_act_is_decided_once_and_written_with_the_opening(workspace, monkeypatch) -> None:
    asked, synced = [], []
    real, sync = seats.decide, seats.platform.sync_data
    monkeypatch.setattr(seats, "decide", lambda *given: asked.append(type(given[1]).__name__) or real(*given))
    session = opened(workspace)
    assert session.meeting.state == "ready"
    asked.clear()
    monkeypatch.setattr(
        "facilitator.store.platform.sync_data",
        lambda fd: synced.append(str(Path(f"/proc/self/fd/{fd}").readlink())) or sync(fd),
    )
    session.act(commands.Start())
    assert asked == ["Open", "Start"]
    (journal,) = session.folder.glob("*.jsonl")
    assert journal.read_bytes().count(b"\n") == 2
    assert [name for name in synced if name.endswith(".jsonl")] == [str(journal)]
