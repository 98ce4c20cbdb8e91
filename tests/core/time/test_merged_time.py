"""Acts that move time and do not hold when their turn comes, as when two writers meet: void, listed, nothing changed."""

from __future__ import annotations

import pytest
from clockwork import MINUTE, Clockwork
from stage import NINE_THIRTY

from facilitator.core import acts
from facilitator.core.acts import (
    AddStep,
    Adjourn,
    Adjust,
    AnyEvent,
    Back,
    FindGap,
    HandOver,
    MoveStep,
    Next,
    Pause,
    SetStepAside,
    SettleGap,
    Stamp,
    Start,
    StartAnswer,
    act_of,
)
from facilitator.core.acts.moves import line_after, line_before
from facilitator.core.agenda import Agenda, Step
from facilitator.core.meeting import Meeting, Spot
from facilitator.core.refusal import Refused
from facilitator.core.time.clocks import clocks, ends, fitting
from facilitator.core.time.replan import offers, over_promise
from facilitator.core.time.warnings import warnings

STEP = Step(kind="free", duration=5 * MINUTE)


def arrives(work: Clockwork, *events: AnyEvent) -> str | None:
    """An act of another writer comes in as it is; why it is void, or None."""
    work.n += 1
    stamp = Stamp(id=f"other{work.n}", actor="karim@riorges", writer="w2", instant=work.now())
    act = act_of(stamp, events, n=work.n)
    before = work.meeting
    work.replay.add([act])
    void = next((void for void in work.meeting.void if void.act == act.id), None)
    if void is not None:
        assert work.meeting.steps == before.steps
        assert (work.meeting.spot, work.meeting.state) == (before.spot, before.state)
    return void.reason if void else None


RUNNING: list[tuple[AnyEvent, str]] = [
    (acts.Start(), "already-started"),
    (acts.Moved(Spot("2"), Spot("3")), "moved-meanwhile"),
    (acts.Moved(Spot("1"), Spot("9")), "no-step"),
    (acts.Moved(Spot("1"), Spot("4", 7)), "no-step"),
    (acts.Resume(), "not-paused"),
    (acts.Adjusted("4", 60, 7), "no-step"),
    (acts.Adjusted("4", -25 * MINUTE, 0), "nothing-left"),
    (acts.Adjusted("1", -20 * MINUTE), "nothing-left"),
    (acts.StepAdded("2", STEP, "3"), "no-step"),
    (acts.StepAdded("new", STEP, "9"), "no-step"),
    (acts.StepAdded("new", STEP, None), "step-done"),
    (acts.MoveStep("3", "9"), "no-step"),
    (acts.MoveStep("3", None), "step-done"),
    (acts.SetStepAside("1", aside=True), "step-running"),
    (acts.SettleGap("no", counts=True), "no-gap"),
    (acts.HandedOver("9"), "no-step"),
    (acts.RoundPassed("Awa S."), "no-round"),
    (acts.EndRound(), "no-round"),
    (acts.AnswerStopped("no"), "no-answer-clock"),
]


@pytest.mark.parametrize(("event", "reason"), RUNNING, ids=[f"{type(e).__name__}-{r}" for e, r in RUNNING])
def test_an_act_that_does_not_hold_while_a_step_runs_is_void(event, reason) -> None:
    assert arrives(Clockwork().starts().passes(MINUTE), event) == reason


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (acts.Moved(Spot("1"), Spot("2")), "not-started"),
        (acts.Pause(), "not-started"),
        (acts.GapFound("g", 1, 2), "not-started"),
    ],
    ids=["moved", "paused", "gap"],
)
def test_before_the_start_nothing_moves(event, reason) -> None:
    assert arrives(Clockwork(), event) == reason


@pytest.mark.parametrize(
    "event",
    [
        acts.Moved(Spot("1"), Spot("2")),
        acts.Pause(),
        acts.Adjourn(),
        acts.Promise(NINE_THIRTY),
        acts.HandedOver("2"),
    ],
    ids=["moved", "paused", "adjourned", "promised", "handed"],
)
def test_after_the_end_nothing_moves(event) -> None:
    work = Clockwork().starts()
    work.does(Adjourn())
    assert arrives(work, event) == "adjourned"


def test_a_meeting_that_never_started_can_end_and_took_no_time() -> None:
    work = Clockwork().passes(minutes=10)
    assert arrives(work, acts.Adjourn()) is None
    assert (work.meeting.state, work.meeting.adjourned_at) == ("adjourned", work.wall)
    assert set(work.actual().values()) == {None}
    assert work.meeting.pauses == ()


def test_a_pause_on_a_pause_is_void() -> None:
    work = Clockwork().starts()
    work.does(Pause())
    assert arrives(work, acts.Pause()) == "already-paused"


def test_a_move_that_arrives_in_a_pause_leaves_it_a_pause_and_charges_it_so() -> None:
    work = Clockwork().starts().passes(100)
    work.does(Pause())
    work.passes(50)
    assert arrives(work, acts.Moved(Spot("1"), Spot("2"))) is None
    work.passes(30)
    assert work.meeting.state == "paused"
    assert work.actual() == {"1": 100, "2": 0, "3": None, "4": None, "5": None}


def test_nobody_goes_to_a_step_that_another_has_just_put_aside() -> None:
    work = Clockwork().starts()
    assert arrives(work, acts.SetStepAside("2", aside=True)) is None
    assert arrives(work, acts.Moved(Spot("1"), Spot("2"))) == "no-step"


def test_of_an_act_of_several_events_that_is_void_the_list_of_the_void_holds_one_line() -> None:
    work = Clockwork().starts()
    assert arrives(work, acts.Resume()) == "not-paused"
    assert arrives(work, acts.Adjusted("4", 60, 0), acts.Resume()) == "not-paused"
    assert arrives(work, acts.Adjusted("4", 60, 0), acts.SetStepAside("3", aside=True)) is None
    assert [void.reason for void in work.meeting.void] == ["not-paused", "not-paused"]


def test_a_step_that_was_held_is_not_put_aside_or_moved() -> None:
    work = Clockwork().starts()
    work.does(Next())
    assert arrives(work, acts.SetStepAside("1", aside=True)) == "step-done"
    assert arrives(work, acts.MoveStep("1", "3")) == "step-done"


def test_a_meeting_of_which_all_steps_are_aside_does_not_start() -> None:
    work = Clockwork(Agenda(title="T", steps=(STEP,)))
    work.does(SetStepAside("1"))
    with pytest.raises(Refused, match="no-step"):
        work.does(Start())


def test_acts_without_a_meeting_are_void() -> None:
    work = Clockwork()
    work.replay.acts.clear()
    empty = Clockwork()
    empty.replay = type(empty.replay)()
    for event in (acts.Start(), acts.Adjourn(), acts.Promise(1), acts.StepAdded("n", STEP)):
        assert arrives(empty, event) == "no-meeting"


def test_a_gap_in_a_phase_called_a_break_is_taken_from_the_phase_too() -> None:
    work = Clockwork().starts()
    for _ in range(3):
        work.does(Next())
    work.passes(minutes=10)
    work.does(FindGap(work.wall - 4 * MINUTE * 1000, work.wall))
    gap = work.meeting.gaps[0].id
    work.does(SettleGap(gap, counts=False))
    step = work.meeting.steps[3]
    assert (step.spent_ms, step.phases[0].spent_ms) == (6 * MINUTE * 1000, 6 * MINUTE * 1000)
    assert [(pause.step, pause.ms) for pause in work.meeting.pauses] == [("4", 4 * MINUTE * 1000)]
    work.does(SettleGap(gap, counts=True))
    assert work.meeting.steps[3].phases[0].spent_ms == 10 * MINUTE * 1000
    assert work.meeting.pauses == ()


def test_a_gap_longer_than_what_the_step_took_takes_no_more_than_that() -> None:
    work = Clockwork().starts().passes(minutes=2)
    work.does(FindGap(work.wall - 9 * MINUTE * 1000, work.wall))
    work.does(SettleGap(work.meeting.gaps[0].id, counts=False))
    assert work.clocks().elapsed_s == 0


def test_steps_are_moved_inserted_and_put_aside_by_hand() -> None:
    work = Clockwork()
    work.does(MoveStep("3", after=None))
    assert [step.id for step in work.meeting.steps] == ["3", "1", "2", "4", "5"]
    work.starts()
    added = work.does(AddStep(STEP, after="3")).id
    assert [step.id for step in work.meeting.steps] == ["3", added, "1", "2", "4", "5"]
    assert (work.meeting.steps[1].planned_s, work.meeting.steps[1].adjusted_s) == (0, 5 * MINUTE)
    work.does(HandOver("Nora T.", step="2"))
    assert work.meeting.steps[3].lead == "Nora T."
    assert line_before(work.meeting) is None
    with pytest.raises(Refused, match="first-step"):
        work.does(Back())


def test_a_change_of_a_workshop_is_shared_among_its_phases() -> None:
    work = Clockwork().starts()
    work.does(Adjust(-15 * MINUTE, step="4"))
    assert sorted(phase.adjusted_s for phase in work.meeting.steps[3].phases) == [17 * MINUTE, 18 * MINUTE]
    work.does(Adjust(10 * MINUTE, step="4"))
    step = work.meeting.steps[3]
    assert sum(phase.adjusted_s for phase in step.phases) == step.adjusted_s == 45 * MINUTE


def test_no_meeting_has_no_times() -> None:
    work = Clockwork()
    empty = Meeting()
    assert ends(empty, work.now()) == (None, None)
    assert over_promise(empty, work.now()) == 0
    assert offers(empty, work.now()) == ()
    assert warnings(empty, work.now()) == ()
    assert line_after(empty) is None


def test_an_answer_clock_without_a_length_uses_the_usual_one() -> None:
    work = Clockwork().starts()
    question = work.ask("Qui ?", 1).id
    work.does(StartAnswer(question))
    assert work.meeting.answering is not None and work.meeting.answering.seconds == 180
    work.does(Adjourn())
    assert fitting(work.meeting, work.now()) is None
    assert clocks(work.meeting, work.now()).answer_left_s is None
