"""Undo, redo, and the numbers that were said aloud."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from stage import Stage

from facilitator.core import acts as commands
from facilitator.core.acts import Captured
from facilitator.core.fold import Replay, fold
from facilitator.core.history import undoable
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields

KARIM = "karim@riorges"


def test_undo_takes_back_the_last_act_of_the_same_person_only() -> None:
    stage = Stage().start()
    mine = stage.ask("À moi ?", 5)
    theirs = stage.ask("À lui ?", 6, by=KARIM)
    stage.do(commands.Undo(), 7)
    assert mine.id not in stage.meeting.entries
    assert theirs.id in stage.meeting.entries


def test_what_was_forgotten_stands_after_a_close_too_and_it_and_an_undo_are_not_undone() -> None:
    stage = Stage().start()
    stage.ask("Qui ?", 5)
    stage.do(commands.Undo(), 6)
    undone = stage.acts[-1]
    stage.do(commands.Adjourn(), 7)
    stage.do(commands.Close("2026-12", {act.writer: act.n for act in stage.acts}), 8)
    closed = stage.acts[-1]
    blank = replace(closed, id="blank", n=closed.n + 1, at=closed.at + 1, events=(commands.Tombstone(),))
    assert fold([*stage.acts, blank]).void == ()
    assert not undoable(blank) and not undoable(undone)


def test_undo_of_next_gives_the_time_back() -> None:
    stage = Stage().start(0)
    stage.do(commands.Next(), 10)
    stage.do(commands.Undo(), 12)
    stage.do(commands.Next(), 20)
    assert [step.spent_ms // 60_000 for step in stage.meeting.steps[:2]] == [20, 0]


def test_a_change_and_a_move_of_an_entry_are_taken_back_together() -> None:
    stage = Stage().start()
    question = stage.ask("Qui ?", 5)
    stage.do(commands.Edit(question.id, Fields(text="Qui donc ?"), "3"), 6)
    assert stage.meeting.entries[question.id].text == "Qui donc ?"
    assert stage.meeting.step_of(stage.meeting.entries[question.id]) == "3"
    stage.do(commands.Undo(), 7)
    assert stage.meeting.entries[question.id] == question
    stage.do(commands.Edit(question.id, Fields(), "3"), 8)
    assert not stage.meeting.entries[question.id].edited
    with pytest.raises(Refused, match="no-step"):
        stage.do(commands.Edit(question.id, Fields(text="Quoi ?"), "9"), 9)
    with pytest.raises(Refused, match="nothing-to-change"):
        stage.do(commands.Edit(question.id, Fields()), 9)


def test_undo_takes_back_what_was_done_before_a_gap_was_noticed() -> None:
    stage = Stage().start()
    question = stage.ask("Qui ?", 5)
    stage.do(commands.FindGap(stage.instant(6).at, stage.instant(9).at), 10)
    stage.do(commands.Undo(), 11)
    assert question.id not in stage.meeting.entries
    assert len(stage.meeting.gaps) == 1


def test_undo_is_refused_when_it_would_take_another_persons_act_with_it() -> None:
    stage = Stage().start()
    question = stage.ask("Qui ?", 5)
    stage.do(commands.Answer(question.id, "Moi."), 6, by=KARIM)
    with pytest.raises(Refused) as refused:
        stage.do(commands.Undo(), 7)
    assert refused.value.reason == "others-built-on-it"
    assert refused.value.values["by"] == KARIM


def test_the_opening_cannot_be_undone() -> None:
    stage = Stage()
    with pytest.raises(Refused, match="nothing-to-undo"):
        stage.do(commands.Undo(), 1)


def test_adjourn_can_be_undone_and_the_step_goes_on() -> None:
    stage = Stage().start(0)
    stage.do(commands.Adjourn(), 10)
    stage.do(commands.Undo(), 12)
    assert stage.meeting.state == "running"
    assert stage.meeting.adjourned_at is None


def test_redo_brings_back_what_undo_took_unless_something_was_done_since() -> None:
    stage = Stage().start()
    question = stage.ask("Qui ?", 5)
    stage.do(commands.Undo(), 6)
    stage.do(commands.Redo(), 7)
    assert stage.meeting.entries[question.id].label == "Q1"
    stage.do(commands.Undo(), 8)
    stage.ask("Quoi ?", 9)
    with pytest.raises(Refused, match="nothing-to-redo"):
        stage.do(commands.Redo(), 10)


def test_undo_frees_a_number_while_it_is_the_highest() -> None:
    stage = Stage().start()
    stage.ask("Un ?", 5)
    stage.do(commands.Undo(), 6)
    assert stage.ask("Deux ?", 7).label == "Q1"


def test_undo_leaves_a_hole_when_a_higher_number_was_said() -> None:
    stage = Stage().start()
    stage.ask("Un ?", 5)
    stage.ask("Deux ?", 6, by=KARIM)
    stage.do(commands.Undo(), 7)
    assert [entry.label for entry in stage.meeting.of_kind("question")] == ["Q2"]
    assert stage.ask("Trois ?", 8).label == "Q3"


def test_what_is_brought_back_does_not_take_the_number_that_another_has_by_now() -> None:
    stage = Stage().start()
    mine = stage.ask("Un ?", 5)
    stage.do(commands.Undo(), 6)
    other = stage.ask("Deux ?", 7, by=KARIM)
    stage.do(commands.Redo(), 8)
    assert (stage.meeting.entries[other.id].label, stage.meeting.entries[mine.id].label) == ("Q1", "Q2")


def offline(stage: Stage, number: int, n: int, writer: str):
    """A question claimed by a laptop that saw nothing of the others."""
    act = stage.act(
        commands.Capture("question", Fields(text=f"De {writer} ?")), stage.instant(n), by=writer, writer=writer
    )
    event = act.events[0]
    assert isinstance(event, Captured)
    return replace(act, id=f"{writer}-{n}", n=n, events=(replace(event, entry=f"{writer}-{n}", number=number),))


def test_of_two_claims_the_first_in_order_keeps_the_number() -> None:
    stage = Stage().start()
    a, b = offline(stage, 1, 101, "a"), offline(stage, 1, 102, "b")
    meeting = fold([*stage.acts, b, a])
    assert [(entry.id, entry.number) for entry in meeting.of_kind("question")] == [("a-101", 1), ("b-102", 2)]


def test_a_claim_that_lost_displaces_nobody() -> None:
    stage = Stage().start()
    acts = [offline(stage, 1, 101, "a"), offline(stage, 1, 102, "b"), offline(stage, 2, 103, "a")]
    meeting = fold([*stage.acts, *acts])
    assert {entry.id: entry.number for entry in meeting.of_kind("question")} == {"a-101": 1, "a-103": 2, "b-102": 3}


def test_synchronised_in_any_order_both_sides_hold_the_same_meeting() -> None:
    stage = Stage().start()
    mine = [offline(stage, 1, 101, "a"), offline(stage, 2, 105, "a")]
    theirs = [offline(stage, 1, 102, "b"), offline(stage, 2, 103, "b")]
    here, there = Replay(stage.acts), Replay(stage.acts)
    here.add(mine)
    here.add(theirs)
    there.add(theirs[::-1])
    there.add(mine[::-1])
    assert here.meeting == there.meeting
    assert sorted(entry.number for entry in here.meeting.of_kind("question")) == [1, 2, 3, 4]


def test_an_act_read_twice_counts_once() -> None:
    stage = Stage().start()
    stage.ask("Un ?", 5)
    assert stage.replay.add(stage.acts) == []
    assert fold([*stage.acts, *stage.acts[-1:]]).void[0].reason == "no-entry"


def test_next_from_two_places_at_once_is_one() -> None:
    stage = Stage().start(0)
    spot = stage.meeting.spot
    first = stage.act(commands.Next(leaving=spot), stage.instant(20), writer="a")
    second = stage.act(commands.Next(leaving=spot), stage.instant(20), by=KARIM, writer="b")
    stage.replay.add([first, second])
    assert stage.meeting.current is not None
    assert stage.meeting.current.title == "Actualités"
    assert [(void.actor, void.reason) for void in stage.meeting.void] == [(KARIM, "moved-meanwhile")]


def test_a_void_act_of_several_events_leaves_nothing_behind() -> None:
    stage = Stage().start(0)
    changes = (commands.Adjust(-300, "4", 0), commands.SetStepAside("5"))
    act = stage.act(commands.Replan(changes), stage.instant(5))
    stage.do(commands.Next(), 6)
    for minute in (7, 8, 9, 10):
        stage.do(commands.Next(), minute)
    stage.replay.add([replace(act, n=stage.n + 10)])
    assert stage.meeting.step("4").adjusted_s == 50 * 60
    assert not stage.meeting.step("5").aside


def test_undo_takes_back_what_had_an_effect() -> None:
    stage = Stage().start(0)
    spot = stage.meeting.spot
    kept = stage.ask("Gardée ?", 5)
    theirs = stage.act(commands.Next(leaving=spot), stage.instant(20), by=KARIM, writer="b")
    mine = stage.act(commands.Next(leaving=spot), stage.instant(20))
    stage.replay.add([theirs, mine])
    assert [void.act for void in stage.meeting.void] == [mine.id]
    stage.do(commands.Undo(), 21)
    assert kept.id not in stage.meeting.entries
