"""What is told at an instant, once for each occasion."""

from __future__ import annotations

import datetime

from clockwork import HOUR, MINUTE, Clockwork
from msgspec.structs import replace
from stage import NINE_THIRTY, setup

from facilitator.core.acts import (
    Adjourn,
    Adjust,
    Attend,
    Capture,
    Close,
    FindGap,
    Next,
    PassRound,
    Pause,
    Promise,
    Replan,
    Resume,
    SetStepAside,
    SettleGap,
    Start,
    StartAnswer,
    StartRound,
)
from facilitator.core.agenda import Agenda, Step
from facilitator.core.network import Network
from facilitator.core.said import Fields
from facilitator.core.setup import setup_of
from facilitator.core.time.clocks import following, more_answer_s
from facilitator.core.time.warnings import Alert, fresh, warnings

DAY = datetime.date(2026, 11, 24)


def codes(work: Clockwork) -> dict[str, Alert]:
    return {alert.code: alert for alert in warnings(work.meeting, work.now())}


def heard(work: Clockwork, told: set[str]) -> list[str]:
    return [alert.code for alert in fresh(work.meeting, work.now(), told)]


def test_nothing_is_told_while_all_goes_well() -> None:
    work = Clockwork().starts().passes(minutes=10)
    assert warnings(work.meeting, work.now()) == ()


def test_the_start_is_due_at_its_time_then_again_as_it_gets_later() -> None:
    work, told = Clockwork(at=NINE_THIRTY - 1000), set[str]()
    assert codes(work) == {}
    due = work.passes(1)
    assert (codes(due)["start-due"].seconds, codes(due)["start-due"].level) == (0, "note")
    times = [n for n in range(400) if heard(work.passes(1 if n else 0), told)]
    assert times == [0, 30, 90, 150, 210, 270, 330]
    assert (codes(work)["start-due"].seconds, codes(work)["start-due"].level) == (399, "amber")
    work.does(Start())
    assert "start-due" not in codes(work)


def test_it_is_time_to_conclude_only_where_what_is_left_does_not_fit_or_in_the_last_step() -> None:
    work = Clockwork().starts().passes(minutes=70)
    while following(work.meeting):
        work.does(Next(leaving=work.meeting.spot))
    assert not following(work.meeting)
    work.does(Promise(work.now().at + 9 * MINUTE * 1000))
    assert "conclude" in codes(work)
    work.does(Promise(work.now().at + 10 * MINUTE * 1000))
    assert work.clocks().projected_end == work.clocks().promised_end
    assert "conclude" in codes(work)  # the last step, be it ahead or not
    work = Clockwork().starts().passes(minutes=1)
    first, *between, last = (step.id for step in work.meeting.steps)
    work.does(Replan((*map(SetStepAside, between), Adjust(-15 * MINUTE, first), Adjust(-8 * MINUTE, last))))
    work.does(Promise(work.now().at + 9 * MINUTE * 1000))
    assert following(work.meeting) and "conclude" not in codes(work)
    work.does(Promise(work.clocks().projected_end))
    assert "conclude" not in codes(work)
    work.does(Promise(work.clocks().projected_end - 1000))
    assert "conclude" in codes(work)  # what is left is a second too long


def test_ten_minutes_before_the_promised_end_it_is_time_to_conclude() -> None:
    work = Clockwork().starts().passes(minutes=139, seconds=59)
    assert "conclude" not in codes(work)
    work.passes(1)
    assert codes(work)["conclude"].seconds == 600
    work.does(Promise(NINE_THIRTY + 160 * MINUTE * 1000))
    assert "conclude" not in codes(work)
    work.passes(minutes=21)
    assert codes(work)["promise-past"].seconds == MINUTE
    assert "conclude" not in codes(work)


def test_a_second_before_the_promised_end_is_time_to_conclude_and_at_it_it_is_past() -> None:
    work = Clockwork().starts().passes(minutes=149, seconds=59)
    assert codes(work)["conclude"].seconds == 1
    assert "promise-past" not in codes(work)
    work.passes(1)
    assert codes(work)["promise-past"].seconds == 0
    assert "conclude" not in codes(work)


def test_of_the_end_nothing_is_told_before_the_start() -> None:
    assert list(codes(Clockwork().passes(minutes=160))) == ["start-due"]
    unplanned = replace(setup(), planned_start=None, promised_end=None)
    assert codes(Clockwork(frozen=unplanned).passes(minutes=160)) == {}


def test_where_every_step_has_its_hours_they_are_told_too() -> None:
    agenda = Agenda(title="T", start="09:30", steps=(Step(kind="news", duration=20 * MINUTE, not_after="09:50"),))
    work = Clockwork(agenda, frozen=setup_of(agenda, Network(), day=DAY, zone="Europe/Paris", language="fr")).starts()
    assert "hours" not in codes(work.passes(minutes=20))
    assert codes(work.passes(minutes=1))["hours"].seconds == MINUTE


def test_a_step_over_its_time_is_told_again_every_five_minutes() -> None:
    work, told = Clockwork().starts().passes(minutes=20), set[str]()
    times = [n for n in range(16) if "over" in heard(work.passes(minutes=1 if n else 0), told)]
    assert times == [0, 5, 10, 15]


def test_a_minute_more_makes_a_new_occasion() -> None:
    work, told = Clockwork().starts().passes(minutes=20), set[str]()
    assert heard(work, told) == ["over"]
    work.does(Adjust(MINUTE))
    assert heard(work, told) == ["red"]
    work.passes(MINUTE)
    assert heard(work, told) == ["over"]


def test_a_phase_warns_by_its_own_clock() -> None:
    work = Clockwork().starts()
    for _ in range(3):
        work.does(Next())
    work.passes(minutes=20)
    alert = codes(work)["amber"]
    assert (alert.seconds, alert.spot) == (5 * MINUTE, work.meeting.spot)


def test_the_answer_clock_at_its_end_and_one_more_minute() -> None:
    work, told = Clockwork().starts(), set[str]()
    for _ in range(2):
        work.does(Next())
    entry = work.does(Capture("question", Fields(text="Qui ?"))).id
    work.does(StartAnswer(entry))
    work.passes(179)
    assert heard(work, told) == []
    work.passes(1)
    assert heard(work, told) == ["answer-over"]
    assert codes(work)["answer-over"].entry == entry
    work.does(StartAnswer(entry, more_answer_s(work.meeting, work.now())))
    assert work.clocks().answer_left_s == 60
    assert heard(work, told) == []
    work.passes(50)
    work.does(StartAnswer(entry, more_answer_s(work.meeting, work.now())))
    assert work.clocks().answer_left_s == 70
    work.passes(70)
    assert heard(work, told) == ["answer-over"]
    work.passes(minutes=6, seconds=59)
    assert heard(work, told) == []
    work.passes(1)
    assert heard(work, told) == ["answers-over"]


def test_a_turn_over_its_time_names_who_speaks_once() -> None:
    work, told = Clockwork().starts(), set[str]()
    for name in ("Awa S.", "Nora T."):
        work.does(Attend(name))
    work.does(StartRound(60))
    work.passes(59)
    assert heard(work, told) == []
    work.passes(1)
    assert heard(work, told) == ["turn-over"]
    assert codes(work)["turn-over"].name == "Awa S."
    work.passes(5)
    assert heard(work, told) == []
    work.does(PassRound())
    assert "turn-over" not in codes(work)
    work.passes(61)
    assert heard(work, told) == ["turn-over"]


def test_a_gap_is_told_until_it_is_settled() -> None:
    work = Clockwork().starts().passes(minutes=5)
    work.does(FindGap(work.wall - 4 * MINUTE * 1000, work.wall))
    assert codes(work)["gap"].seconds == 4 * MINUTE
    work.does(SettleGap(work.meeting.gaps[0].id, counts=True))
    assert "gap" not in codes(work)


def test_a_pause_that_may_have_been_forgotten() -> None:
    work, told = Clockwork().starts().passes(minutes=5), set[str]()
    work.does(Pause())
    assert heard(work.passes(minutes=9), told) == []
    assert heard(work.passes(minutes=1), told) == ["long-pause"]
    assert heard(work.passes(minutes=9), told) == []
    assert heard(work.passes(minutes=1), told) == ["long-pause"]
    work.does(Resume())
    assert "long-pause" not in codes(work)


def test_a_clock_that_was_set_by_half_a_minute_is_said_and_less_is_drift() -> None:
    work = Clockwork().starts()
    work.wall_is_set(29)
    assert "clock-changed" not in codes(work)
    work.wall_is_set(1)
    assert codes(work)["clock-changed"].seconds == 30


def test_a_clock_that_was_set_is_said_once_and_again_when_it_is_set_again() -> None:
    work, told = Clockwork().starts(), set[str]()
    work.wall_is_set(-3600)
    assert heard(work, told) == ["clock-changed"]
    work.wall_is_set(2)
    assert heard(work, told) == []
    work.wall_is_set(58)
    assert heard(work, told) == ["clock-changed"]


def test_a_clock_that_was_set_is_said_and_a_sleep_is_not_one() -> None:
    work = Clockwork().starts().passes(HOUR * 0.3)
    assert "clock-changed" not in codes(work)
    work.wall_is_set(HOUR)
    assert codes(work)["clock-changed"].seconds == HOUR
    work.wall_is_set(-HOUR - 86_400)
    assert codes(work)["clock-changed"].seconds == -86_400
    work.wall_is_set(86_400).reboots(60)
    assert "clock-changed" not in codes(work)


def test_what_presses_comes_before_what_is_told_first_and_that_before_a_mere_note() -> None:
    work = Clockwork().starts()
    work.does(Attend("Awa S."))
    work.wall_is_set(60)
    work.does(StartRound(60))
    work.wall_is_set(60)
    work.passes(minutes=20)
    told = [(alert.code, alert.level) for alert in warnings(work.meeting, work.now())]
    assert told == [("over", "red"), ("turn-over", "amber"), ("clock-changed", "note")]


def test_the_most_pressing_comes_first_and_nothing_after_the_end() -> None:
    work = Clockwork().starts().passes(minutes=160)
    levels = [alert.level for alert in warnings(work.meeting, work.now())]
    assert levels == sorted(levels, key=["red", "amber", "note"].index)
    assert len({alert.key for alert in warnings(work.meeting, work.now())}) == len(levels)
    work.does(Adjourn())
    assert warnings(work.meeting, work.now()) == ()
    work.does(Close("2026-12", {act.writer: act.n for act in work.replay.acts}))
    assert warnings(work.meeting, work.now()) == ()
