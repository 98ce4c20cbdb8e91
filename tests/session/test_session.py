"""A seat at a meeting: what it writes, and when."""

from __future__ import annotations

import datetime
import os
import stat

import pytest
from stage import standard_agenda

from facilitator.core import acts as commands
from facilitator.core.instant import Instant
from facilitator.core.network import Network
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.meetings.session import Session
from facilitator.store.half_typed import KeptText, save_texts
from facilitator.store.journal import NotSaved
from facilitator.store.workspace import Workspace

AT = datetime.datetime(2026, 11, 24, 9, 34)


def prepare(workspace, *, terminal=True, actor="claire@roanne"):
    return Session.prepare(
        workspace, standard_agenda(), Network(), zone="Europe/Paris", language="fr", terminal=terminal, actor=actor
    )


def note(text):
    return commands.Capture("note", Fields(text=text))


def test_nothing_is_on_the_disk_before_the_first_act(workspace) -> None:
    session = prepare(workspace)
    assert session.meeting.state == "ready"
    assert session.clocks().state == "ready"
    assert list(workspace.root.iterdir()) == []


def test_a_refused_first_act_makes_no_meeting(workspace) -> None:
    session = prepare(workspace)
    with pytest.raises(Refused, match="not-started"):
        session.act(commands.Pause())
    assert list(workspace.root.iterdir()) == []


def test_the_meeting_is_named_by_the_local_day_of_its_first_act_and_its_title(workspace) -> None:
    session = prepare(workspace)
    session.act(commands.Start(), at=session.told(AT))
    assert session.meeting.id == "2026-11-24-rencontre-du-reseau"
    assert session.meeting.started_at == session.told(AT).at


def test_what_is_private_is_for_its_owner_alone(workspace) -> None:
    prepare(workspace).act(note("Secret"))
    for path in workspace.private.rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
    assert (workspace.private / ".gitignore").read_text().strip() == "*"


def test_two_seats_see_each_other_and_are_told_of_what_the_other_did(workspace) -> None:
    screen = prepare(workspace)
    screen.act(commands.Start())
    command = Session.join(workspace, screen.meeting.id, terminal=False, actor="karim@riorges")
    done = command.act(note("D'ailleurs"))
    assert [act.id for act in screen.poll()] == [done.act.id]
    assert screen.poll() == []
    assert screen.meeting == command.meeting


def test_a_seat_taken_again_finds_the_same_meeting(workspace) -> None:
    first = prepare(workspace)
    first.act(commands.Start())
    first.act(note("Gardée"))
    first.leave()
    again = Session.join(workspace, first.meeting.id, terminal=True)
    assert again.meeting == first.meeting


def test_a_meeting_that_is_not_there_is_not_made(workspace) -> None:
    with pytest.raises(LookupError):
        Session.join(workspace, "2026-11-24-rien", terminal=False)
    assert not (workspace.meetings_folder / "2026-11-24-rien").exists()


def test_undo_says_which_act_it_took_back(workspace) -> None:
    session = prepare(workspace)
    kept = session.act(note("Une"))
    undone = session.act(commands.Undo())
    assert undone.taken_back == kept.act
    redone = session.act(commands.Redo())
    found = [session.taken_back(done.act) for done in (kept, undone, redone)]
    assert [(taken.act, taken.again) if taken else None for taken in found] == [
        None,
        (kept.act, False),
        (kept.act, True),
    ]


def test_a_move_that_lost_the_race_is_refused(workspace) -> None:
    screen = prepare(workspace)
    screen.act(commands.Start())
    spot = screen.meeting.spot
    other = Session.join(workspace, screen.meeting.id, terminal=True, actor="karim@riorges")
    other.act(commands.Next(leaving=spot))
    with pytest.raises(Refused, match="moved-meanwhile"):
        screen.act(commands.Next(leaving=spot))
    assert screen.meeting.current.title == "Actualités"


def test_ones_act_that_loses_its_effect_when_an_earlier_one_comes_is_told_once(workspace) -> None:
    screen = prepare(workspace)
    screen.act(commands.Start())
    asked = screen.act(commands.Capture("question", Fields(text="Qui paie ?"))).act
    other = Session.join(workspace, screen.meeting.id, terminal=True, actor="karim@riorges")
    stamp = commands.Stamp(id="answer", actor=other.actor, writer=other.writer, instant=other.now())
    answer = commands.act_of(stamp, (commands.Answer(asked.id, "La mairie."),), n=asked.n + 1)  # of before what follows
    screen.act(note("Personne ne le sait"))
    sent = screen.act(commands.Send(asked.id, "newsletter"))
    other.journal.append(answer)
    assert [act.id for act in screen.poll()] == ["answer"]
    assert screen.meeting.entries[asked.id].answer == "La mairie."
    assert [act.id for act in screen.take_voided()] == [sent.act.id]
    assert screen.take_voided() == []
    other.leave()


def test_a_meeting_in_which_nothing_happened_for_twelve_hours_is_unfinished(workspace, monkeypatch) -> None:
    session = prepare(workspace)
    session.act(commands.Start())
    assert not session.unfinished
    last = session.replay.acts[-1].n
    monkeypatch.setattr("facilitator.meetings.session.time.time_ns", lambda: (last + 13 * 3_600_000) * 1_000_000)
    assert session.unfinished


def test_a_lid_closed_for_four_minutes_is_a_gap_that_counts_until_someone_says_otherwise(
    workspace, monkeypatch
) -> None:
    session = prepare(workspace)
    session.act(commands.Start())
    assert session.watch() is None
    start = session.now()
    later = Instant(at=start.at + 240_000, boot_id=start.boot_id, boot=start.boot + 240_000)
    monkeypatch.setattr(Session, "now", lambda _: later)
    session.watch()
    (gap,) = session.meeting.gaps
    assert (gap.ms // 1000, gap.counts) == (240, None)
    assert session.clocks().step_elapsed_s == 240
    session.act(commands.SettleGap(gap.id, counts=False))
    assert session.clocks().step_elapsed_s == 0
    session.act(commands.Undo())
    assert session.clocks().step_elapsed_s == 240


def test_a_clock_set_forward_is_no_gap(workspace, monkeypatch) -> None:
    session = prepare(workspace)
    session.act(commands.Start())
    session.watch()
    start = session.now()
    later = Instant(at=start.at + 3_600_000, boot_id=start.boot_id, boot=start.boot + 5_000)
    monkeypatch.setattr(Session, "now", lambda _: later)
    assert session.watch() is None


def test_after_a_kill_the_next_seat_notes_the_gap(workspace, monkeypatch) -> None:
    session = prepare(workspace)
    session.act(commands.Start())
    session.watch()
    session.leave()
    start = session.now()
    later = Instant(at=start.at + 90_000, boot_id=start.boot_id, boot=start.boot + 90_000)
    monkeypatch.setattr(Session, "now", lambda _: later)
    again = Session.join(workspace, session.meeting.id, terminal=True)
    assert again.watch() is not None
    assert again.clocks().step_elapsed_s == 90


def test_what_could_not_be_saved_counts_once_when_it_is_asked_again(workspace, monkeypatch) -> None:
    session = prepare(workspace)
    session.act(commands.Start())

    def broken(fd: int) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr("facilitator.store.platform.sync_data", broken)
        with pytest.raises(NotSaved):
            session.act(note("Deux fois dite"))
    session.act(note("Deux fois dite"))
    again = Session.join(workspace, session.meeting.id, terminal=False)
    assert [entry.text for entry in again.meeting.of_kind("note")] == ["Deux fois dite"]


def test_only_the_half_typed_text_of_who_is_gone_is_offered(workspace) -> None:
    gone, here = prepare(workspace, actor="éric@roanne"), prepare(workspace)
    gone.act(commands.Start())
    there = Session.join(workspace, gone.meeting.id, terminal=True)
    there.act(note("Je suis là"))
    save_texts(gone.folder, gone.writer, KeptText(kind="question", text="Faut-il"))
    assert there.left_texts() == []
    gone.leave()
    assert [draft.text for draft in there.left_texts()] == ["Faut-il"]
    assert here.left_texts() == []


def test_text_typed_before_the_meeting_exists_stays_in_its_workspace(workspace, tmp_path) -> None:
    session = prepare(workspace)
    save_texts(session.texts_folder, "claire-roanne-999999999-abcdef", KeptText(kind="question", text="Avant"))
    assert [draft.text for draft in session.left_texts()] == ["Avant"]
    save_texts(session.texts_folder, f"claire-roanne-{os.getpid()}-abcdee", KeptText(kind="question", text="Ailleurs"))
    assert [draft.text for draft in session.left_texts()] == ["Avant"]
    for made_by_hand in ("moi", "a-²-b", f"a-{'9' * 5_000}-b"):
        save_texts(session.texts_folder, made_by_hand, KeptText(kind="question", text="À la main"))
    assert {draft.text for draft in session.left_texts()} == {"Avant", "À la main"}
    (tmp_path / "autre").mkdir()
    assert prepare(Workspace(tmp_path / "autre")).left_texts() == []
