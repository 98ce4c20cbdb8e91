"""Right to the second, whatever happens to the clocks. All simulated: instants are made by the test, nothing waits."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from clockwork import HOUR, MINUTE, Clockwork
from msgspec.structs import replace
from stage import NINE_THIRTY, setup

from facilitator.core.acts import (
    Adjourn,
    Adjust,
    Back,
    Close,
    FindGap,
    Next,
    Pause,
    Promise,
    Resume,
    SetStepAside,
    SettleGap,
    Start,
    Undo,
)
from facilitator.core.agenda import Agenda, Phase, Step
from facilitator.core.instant import Instant, between
from facilitator.core.network import Network
from facilitator.core.setup import setup_of
from facilitator.core.time.clocks import clocks, fitting
from facilitator.core.time.outline import outline

NIGHT = Agenda(title="Nuit", start="23:30", end="01:30", steps=tuple(Step(kind="free", duration=3600) for _ in "ab"))


def utc(*parts: int) -> int:
    return int(datetime.datetime(*parts, tzinfo=datetime.UTC).timestamp()) * 1000  # type: ignore[misc,arg-type]


def local(text: str, fold: int = 0) -> int:
    moment = datetime.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris"), fold=fold)
    return int(moment.timestamp()) * 1000


def night(day: str, start: str, end: str) -> Clockwork:
    """A meeting of two steps of an hour, planned and begun at `start`."""
    agenda = Agenda(title="Nuit", start=start, end=end, steps=tuple(Step(kind="free", duration=3600) for _ in "ab"))
    frozen = setup_of(agenda, Network(), day=datetime.date.fromisoformat(day), zone="Europe/Paris", language="fr")
    assert frozen.planned_start is not None
    return Clockwork(agenda, at=frozen.planned_start, frozen=frozen).starts()


def test_five_minutes_of_sleep_count_as_meeting() -> None:
    work = Clockwork().starts().passes(minutes=3).passes(minutes=5).passes(7)
    assert work.clocks().elapsed_s == 8 * MINUTE + 7
    assert work.clocks().left_s == 12 * MINUTE - 7


def test_killed_and_started_again_after_ninety_seconds_loses_nothing() -> None:
    work = Clockwork().starts().passes(100)
    again = Clockwork()
    again.replay.add(work.acts)  # what the next process reads
    later = Instant(at=work.wall + 90_000, boot_id="boot1", boot=work.machine + 90_000)
    assert clocks(work.replay.meeting, later).elapsed_s == 190


@pytest.mark.parametrize("set_by", [HOUR, -24 * HOUR, 3, -3])
def test_a_wall_clock_that_is_set_changes_no_length(set_by: int) -> None:
    work = Clockwork().starts().passes(100).wall_is_set(set_by).passes(100)
    assert work.clocks().elapsed_s == 200
    work.does(Next())
    work.passes(50)
    assert work.actual() == {"1": 200, "2": 50, "3": None, "4": None, "5": None}
    assert not any(step.estimated for step in work.meeting.steps)


def test_after_a_reboot_the_wall_counts_and_it_is_said() -> None:
    work = Clockwork().starts().passes(100).reboots(240)
    assert work.clocks().elapsed_s == 340
    work.does(Next())
    assert work.actual()["1"] == 340
    assert work.meeting.steps[0].estimated


def test_a_step_is_estimated_from_the_first_millisecond_on_and_for_good() -> None:
    work = Clockwork().starts().reboots(0)
    work.does(Pause())
    assert not work.meeting.steps[0].estimated
    work.does(Resume())
    work.reboots(0.001)
    work.does(Pause())
    assert work.meeting.steps[0].estimated
    work.does(Resume())
    work.passes(100)
    work.does(Next())
    assert [step.estimated for step in work.meeting.steps[:2]] == [True, False]


def test_a_reboot_onto_an_earlier_wall_clock_takes_nothing_back() -> None:
    work = Clockwork().starts().passes(100)
    work.does(Pause())
    work.does(Resume())
    work.wall_is_set(-HOUR).reboots(60)
    assert work.clocks().elapsed_s == 100


def test_a_machine_without_a_boot_clock_goes_by_the_wall() -> None:
    work = Clockwork()
    work.boot_id = None
    work.starts().passes(100)
    assert work.clocks().elapsed_s == 100


def test_the_night_that_has_an_hour_twice() -> None:
    work = night("2026-10-25", "01:30", "02:30")  # the agenda means the first 02:30
    assert work.wall == utc(2026, 10, 24, 23, 30)
    work.passes(minutes=65)  # it is 02:35, still summer time
    work.does(Next())
    work.passes(minutes=55)  # it is 02:30 again
    assert work.actual() == {"1": 65 * MINUTE, "2": 55 * MINUTE}
    assert work.clocks().projected_end == local("2026-10-25T02:35", fold=1)
    assert work.clocks().promised_end == local("2026-10-25T02:30")


def test_the_night_that_lacks_an_hour() -> None:
    work = night("2026-03-29", "01:30", "04:30")
    work.passes(minutes=60)  # it is 03:30
    work.does(Next())
    work.passes(minutes=30)
    assert work.actual() == {"1": 3600, "2": 1800}
    assert work.clocks().projected_end == local("2026-03-29T04:30") == work.clocks().promised_end
    assert work.clocks().drift_s == 0


def test_a_meeting_across_midnight() -> None:
    work = night("2026-11-24", "23:30", "01:30")
    work.passes(minutes=60)
    work.does(Next())
    work.passes(minutes=15)
    times = work.clocks()
    assert times.promised_end == times.projected_end == local("2026-11-25T01:30")
    assert (times.left_s, times.drift_s) == (45 * MINUTE, 0)


def test_three_hours_of_overrun() -> None:
    work = Clockwork().starts().passes(minutes=20).passes(3 * HOUR + 12)
    times = work.clocks()
    assert (times.left_s, times.level) == (-(3 * HOUR + 12), "over")
    assert times.drift_s == 3 * HOUR + 12
    assert fitting(work.meeting, work.now()) == "2"


def test_all_steps_fit_while_the_last_one_ends_with_the_promise() -> None:
    work = Clockwork().starts().passes(minutes=20 + 25)  # what the promise leaves unallotted is used up
    assert fitting(work.meeting, work.now()) is None
    work.passes(1)
    assert fitting(work.meeting, work.now()) == "5"


def test_three_pauses_stop_the_step_not_the_day() -> None:
    work = Clockwork().starts()
    for pause_s in (30, 90, 300):
        work.passes(100)
        work.does(Pause())
        work.passes(pause_s)
        assert work.clocks().paused_s == pause_s
        work.does(Resume())
    work.passes(7)
    times = work.clocks()
    assert times.elapsed_s == 307
    assert [pause.ms for pause in work.meeting.pauses] == [30_000, 90_000, 300_000]
    assert times.drift_s == 420
    assert times.projected_end == NINE_THIRTY + (125 * MINUTE + 420) * 1000


def test_back_twice_spends_new_time_and_projects_what_is_left() -> None:
    work = Clockwork().starts()
    for minutes in (20, 18, 5):
        work.passes(minutes=minutes)
        if minutes != 5:
            work.does(Next())
    work.does(Back())  # news again, 18 of 20 spent
    work.passes(minutes=1)
    work.does(Back())  # welcome again, 20 of 20 spent
    work.passes(minutes=2)
    assert work.actual() == {"1": 22 * MINUTE, "2": 19 * MINUTE, "3": 5 * MINUTE, "4": None, "5": None}
    # To come: 1 of news, 20 of needs, 50 and 10.
    assert work.clocks().projected_end == work.wall + 81 * MINUTE * 1000
    assert [step.visits for step in work.meeting.steps] == [2, 2, 1, 0, 0]
    work.does(Next())
    assert work.clocks().left_s == MINUTE
    assert work.clocks().projected_end == work.wall + 81 * MINUTE * 1000


def test_told_acts_among_live_ones_go_by_what_was_told() -> None:
    work = Clockwork().starts().passes(minutes=30)
    work.does(Next(), told=NINE_THIRTY + 22 * MINUTE * 1000)  # "we went on at 09:52", said at 10:00
    assert work.actual()["1"] == 22 * MINUTE
    assert work.clocks().elapsed_s == 8 * MINUTE
    work.passes(minutes=10)
    work.does(Next())
    assert work.actual()["2"] == 18 * MINUTE
    assert not any(step.estimated for step in work.meeting.steps)


def test_a_told_act_in_the_future_stops_no_clock_and_goes_not_back() -> None:
    work = Clockwork().starts().passes(minutes=10)
    work.does(Next(), told=NINE_THIRTY + 20 * MINUTE * 1000)
    assert work.actual()["1"] == 20 * MINUTE
    assert work.clocks().elapsed_s == 0
    work.passes(minutes=15)
    assert work.clocks().elapsed_s == 5 * MINUTE


def test_a_late_start_is_drift_from_the_first_second() -> None:
    work = Clockwork()
    work.passes(minutes=4)
    assert work.clocks().drift_s == 4 * MINUTE
    assert work.clocks().starts_in_s == -4 * MINUTE
    work.starts()
    assert work.clocks().drift_s == 4 * MINUTE


def test_the_agenda_says_of_each_step_whether_it_is_done_runs_or_is_to_come() -> None:
    work = Clockwork().starts().passes(minutes=5)
    work.does(Next())
    lines = outline(work.meeting, work.now())
    assert [(line.number, line.phase, line.place) for line in lines] == [
        (1, None, "done"),
        (2, None, "running"),
        (3, None, "to-come"),
        (4, None, "to-come"),
        (5, None, "to-come"),
    ]
    assert [line.start is not None and line.end is not None for line in lines] == [True] * 5


@pytest.mark.parametrize(("planned", "late_s"), [(NINE_THIRTY, 600), (None, 0)])
def test_how_late_a_step_begins_is_against_the_plan_where_there_is_one(planned: int | None, late_s: int) -> None:
    work = Clockwork(frozen=replace(setup(), planned_start=planned)).starts(late_s=600)
    assert [line.late_s for line in outline(work.meeting, work.now())] == [late_s] * 5


@pytest.mark.parametrize("spent_s", [2 * MINUTE, 300 * MINUTE])
def test_a_phase_that_was_left_takes_what_is_left_of_it_when_it_comes_again(spent_s: int) -> None:
    work = Clockwork().starts()
    for _ in range(4):
        work.does(Next())
    work.passes(spent_s)
    work.does(Back())
    second = [line for line in outline(work.meeting, work.now()) if line.phase == 1]
    assert [(line.number, line.place) for line in second] == [(4, "to-come")]
    assert second[0].start is not None and second[0].end is not None
    assert second[0].end - second[0].start == max(0, second[0].planned_s - spent_s) * 1000


@pytest.mark.parametrize("paused", [False, True])
def test_a_step_under_way_ends_when_its_phases_do_and_a_pause_puts_that_off(paused: bool) -> None:
    phases = (Phase("a", 10 * MINUTE), Phase("b", 15 * MINUTE), Phase("c", 25 * MINUTE))
    work = Clockwork(Agenda(title="T", steps=(Step(kind="workshop", duration=50 * MINUTE, phases=phases),))).starts()
    work.passes(minutes=5)
    if paused:
        work.does(Pause())
        work.passes(minutes=4)
    first, second, third = (work.wall + minutes * MINUTE * 1000 for minutes in (5, 20, 45))
    lines = outline(work.meeting, work.now())
    assert [(line.phase, line.place, line.start, line.end, line.fits) for line in lines] == [
        (None, "running", NINE_THIRTY, third, True),
        (0, "running", None, first, True),
        (1, "to-come", first, second, True),
        (2, "to-come", second, third, True),
    ]


def test_a_phase_that_took_too_long_ends_now_and_one_that_is_over_has_no_hours() -> None:
    phases = (Phase("a", 10 * MINUTE), Phase("b", 15 * MINUTE), Phase("c", 25 * MINUTE))
    work = Clockwork(Agenda(title="T", steps=(Step(kind="workshop", duration=50 * MINUTE, phases=phases),))).starts()
    work.passes(minutes=12)
    second, third = (work.wall + minutes * MINUTE * 1000 for minutes in (15, 40))
    assert [(line.start, line.end) for line in outline(work.meeting, work.now())[1:]] == [
        (None, work.wall), (work.wall, second), (second, third),
    ]  # fmt: skip
    work.does(Next())
    assert [(line.place, line.start, line.end) for line in outline(work.meeting, work.now())[1:]] == [
        ("done", None, None), ("running", None, second), ("to-come", second, third),
    ]  # fmt: skip


def test_after_the_end_nothing_is_to_come_and_what_was_put_aside_is_in_its_place() -> None:
    work = Clockwork().starts().passes(minutes=5)
    work.does(SetStepAside("3", aside=True))
    work.does(Adjourn())
    lines = outline(work.meeting, work.now())
    assert [(line.number, line.place) for line in lines] == [
        (1, "done"),
        (2, "done"),
        (3, "aside"),
        (4, "done"),
        (5, "done"),
    ]
    assert [(line.start, line.end) for line in lines[1:]] == [(None, None)] * 4
    assert lines[0].end == work.wall
    work.passes(minutes=5)
    work.does(Close("2026-12", {act.writer: act.n for act in work.replay.acts}))
    assert outline(work.meeting, work.now()) == lines


def test_the_projected_end_stands_still_while_a_step_is_within_its_time() -> None:
    work = Clockwork().starts(0.4)
    ends = {work.passes(0.25).clocks().projected_end for _ in range(40)}
    assert ends == {NINE_THIRTY + 400 + 125 * MINUTE * 1000}


def test_a_phase_that_took_too_long_makes_the_end_late_at_once() -> None:
    work = Clockwork().starts()
    for _ in range(3):
        work.does(Next())
    work.passes(minutes=35)  # the first phase had 25
    late = work.clocks()
    work.does(Next())
    assert (late.left_s, late.step_left_s) == (-10 * MINUTE, 15 * MINUTE)
    assert late.projected_end == work.clocks().projected_end == work.wall + 35 * MINUTE * 1000


def test_time_that_the_phases_leave_unallotted_is_used_first() -> None:
    phases = (Phase("a", 20 * MINUTE), Phase("b", 20 * MINUTE))
    work = Clockwork(Agenda(title="T", steps=(Step(kind="workshop", duration=50 * MINUTE, phases=phases),))).starts()
    planned = work.clocks().projected_end
    work.passes(minutes=28)
    assert work.clocks().projected_end == planned
    work.passes(minutes=5)
    assert planned is not None
    assert work.clocks().projected_end == planned + 3 * MINUTE * 1000


@pytest.mark.parametrize("counts", [True, False])
def test_a_gap_is_meeting_until_someone_says_break_and_both_can_be_undone(counts: bool) -> None:
    work = Clockwork().starts().passes(minutes=5)
    start = work.wall
    work.passes(minutes=4)
    work.does(FindGap(start, work.wall))
    assert work.clocks().elapsed_s == 9 * MINUTE
    work.does(SettleGap(work.meeting.gaps[0].id, counts=counts))
    assert work.clocks().elapsed_s == (9 if counts else 5) * MINUTE
    assert sum(pause.ms for pause in work.meeting.pauses) == (0 if counts else 4 * MINUTE * 1000)
    work.does(SettleGap(work.meeting.gaps[0].id, counts=not counts))
    assert work.clocks().elapsed_s == (5 if counts else 9) * MINUTE
    work.does(Undo())
    work.does(Undo())
    assert work.clocks().elapsed_s == 9 * MINUTE
    assert work.meeting.gaps[0].counts is None


def test_adjourning_stops_every_clock_and_undo_starts_them_again() -> None:
    work = Clockwork().starts().passes(minutes=10)
    work.does(Adjourn())
    work.passes(minutes=30)
    assert work.clocks().elapsed_s == 10 * MINUTE
    assert work.clocks().projected_end == NINE_THIRTY + 10 * MINUTE * 1000
    work.does(Undo())
    assert work.clocks().elapsed_s == 40 * MINUTE


def test_planned_adjusted_and_actual_are_three_numbers_of_steps_and_phases() -> None:
    work = Clockwork().starts()
    for _ in range(3):
        work.does(Next())
    work.does(Adjust(-5 * MINUTE))
    work.passes(minutes=22)
    step = work.meeting.steps[3]
    assert [(phase.planned_s, phase.adjusted_s) for phase in step.phases] == [(1500, 1200), (1500, 1500)]
    times = {clock.id: clock for clock in work.clocks().steps}["4"]
    assert (times.planned_s, times.adjusted_s, times.actual_s) == (3000, 2700, 22 * MINUTE)


def test_another_time_zone_of_the_server_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = setup_of(NIGHT, Network(), day=datetime.date(2026, 11, 24), zone="Europe/Paris", language="fr")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    import time

    time.tzset()
    try:
        assert setup_of(NIGHT, Network(), day=before.day, zone="Europe/Paris", language="fr") == before
        assert before.planned_start == utc(2026, 11, 24, 22, 30)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_between_never_goes_backwards() -> None:
    later, earlier = Instant(at=2_000), Instant(at=1_000)
    assert between(later, earlier) == (0, True)
    assert between(Instant(at=5, boot_id="b", boot=9), Instant(at=9, boot_id="b", boot=5)) == (0, False)


def test_starting_is_possible_long_before_the_planned_start() -> None:
    work = Clockwork(at=NINE_THIRTY - 10 * MINUTE * 1000)
    work.does(Start())
    assert work.clocks().drift_s == -10 * MINUTE


def test_without_a_planned_start_the_end_moves_with_the_clock_until_the_meeting_starts() -> None:
    work = Clockwork(frozen=replace(setup(), planned_start=None, promised_end=None))
    for _ in range(2):
        times = work.passes(minutes=5).clocks()
        assert times.planned_end == times.promised_end == times.projected_end == work.wall + 125 * MINUTE * 1000
        assert times.drift_s == 0
    started = work.starts().wall
    assert work.passes(minutes=30).clocks().planned_end == started + 125 * MINUTE * 1000
    assert work.clocks().drift_s == 10 * MINUTE


def test_the_promise_given_since_goes_before_that_of_the_agenda() -> None:
    work = Clockwork().starts()
    assert work.clocks().promised_end == NINE_THIRTY + 150 * MINUTE * 1000
    work.does(Promise(NINE_THIRTY + 160 * MINUTE * 1000))
    assert work.clocks().promised_end == NINE_THIRTY + 160 * MINUTE * 1000


def test_the_agenda_of_a_meeting_that_ended_before_it_began_has_no_hours() -> None:
    work = Clockwork()
    work.does(Adjourn())
    lines = outline(work.meeting, work.now())
    assert [(line.start, line.end) for line in lines] == [(None, None)] * len(work.meeting.steps)
