"""What people who use other tools asked for, or reported broken, each by name.

The numbers are those of the project's survey of such tools (threads of Ontime, OnlyT, Parabol, 4Minitz and others).
"""

from __future__ import annotations

import pytest
from clockwork import HOUR, MINUTE, Clockwork
from stage import NINE_THIRTY

from facilitator.core.acts import AddStep, Adjust, Attend, Back, Next, Pause, Promise, Resume, StartRound, Undo
from facilitator.core.agenda import Agenda, Step
from facilitator.core.refusal import Refused
from facilitator.core.time.clocks import fitting
from facilitator.core.time.habits import PastMeeting, PastStep, habits
from facilitator.core.time.lengths import floor_s
from facilitator.core.time.outline import AgendaLine, outline
from facilitator.core.time.replan import OFFER_FROM_S, offers, over_promise, preview
from facilitator.core.time.turns import speaking
from facilitator.core.time.warnings import Alert, fresh, warnings

MS = 1000


def lines(work: Clockwork) -> dict[str, AgendaLine]:
    return {line.step: line for line in outline(work.meeting, work.now()) if line.phase is None}


def codes(work: Clockwork) -> dict[str, Alert]:
    return {alert.code: alert for alert in warnings(work.meeting, work.now())}


def agenda(*minutes: int, minimum: int | None = None) -> Agenda:
    return Agenda(
        title="T",
        steps=tuple(Step(kind="free", duration=m * MINUTE, minimum=minimum and minimum * MINUTE) for m in minutes),
    )


def late(minutes: int) -> Clockwork:
    """The standard meeting, whose welcome takes so many minutes more than its promise can bear."""
    return Clockwork().starts().passes(minutes=20 + 25 + minutes)


def test_1_an_overrun_is_carried_over_to_all_that_follows() -> None:
    work = Clockwork().starts().passes(minutes=29)
    assert [line.late_s for line in lines(work).values()] == [0] + [9 * MINUTE] * 4
    assert lines(work)["2"].start == work.wall


def test_2_the_next_start_moves_by_the_overtime_and_a_break_between_stays() -> None:
    work = Clockwork(agenda(20, 20)).starts()
    work.does(AddStep(Step(kind="break", duration=5 * MINUTE), after="1"))
    work.passes(minutes=26)
    rest = list(outline(work.meeting, work.now()))[1:]
    assert rest[0].end is not None
    assert [(line.start, line.end) for line in rest] == [
        (work.wall, work.wall + 5 * MINUTE * MS),
        (rest[0].end, rest[0].end + 20 * MINUTE * MS),
    ]


def test_3_lengths_are_adapted_to_the_real_time_when_someone_chooses_so() -> None:
    work = late(9)
    work.does(Next())
    offer = offers(work.meeting, work.now())[0]
    assert (offer.kind, offer.by_s, offer.over_s) == ("shorten", 9 * MINUTE, 0)
    assert offer.command is not None
    work.does(offer.command)
    assert over_promise(work.meeting, work.now()) == 0


def test_4_over_and_under_are_one_signed_number() -> None:
    work = Clockwork().starts().passes(minutes=15)
    work.does(Next())
    assert work.clocks().drift_s == -5 * MINUTE
    work.passes(minutes=28)
    assert work.clocks().drift_s == 3 * MINUTE
    assert over_promise(work.meeting, work.now()) == 3 * MINUTE - 25 * MINUTE


def test_5_a_fixed_end_among_durations_never_runs_wild() -> None:
    """Each instant of a long meeting: what ends when is the sum of what is left, and no more."""
    work = Clockwork().starts()
    for minute in range(240):
        work.passes(minutes=1)
        if minute in (25, 44, 80, 100):
            work.does(Next())
        if minute in (60, 61):
            work.does(Pause() if minute == 60 else Resume())
        times, ends = work.clocks(), [line.end for line in lines(work).values() if line.end is not None]
        assert ends[-1] == times.projected_end
        assert times.projected_end is not None and times.promised_end is not None
        assert over_promise(work.meeting, work.now()) == (times.projected_end - times.promised_end) // MS


def test_6_the_delay_stands_at_every_step_and_habits_change_the_next_plan() -> None:
    assert lines(late(0))["4"].late_s == 25 * MINUTE
    past = [
        PastMeeting(f"m{n}", NINE_THIRTY, NINE_THIRTY, (PastStep("welcome", None, 20 * MINUTE, 17 * MINUTE),))
        for n in range(5)
    ]
    found = habits(past, Agenda(title="T", steps=(Step(kind="welcome", duration=20 * MINUTE),)))
    assert found is not None
    assert [(one.number, one.usual_s) for one in found.proposals] == [(1, 17 * MINUTE)]


def test_7_nothing_is_replanned_by_itself_and_the_operator_wins_without_losing_the_report() -> None:
    work = late(9)
    before = work.meeting.steps
    work.passes(minutes=5)
    assert [step.adjusted_s for step in work.meeting.steps] == [step.adjusted_s for step in before]
    work.does(Next())
    work.does(Adjust(-15 * MINUTE, step="4"))  # below the workshop's minimum: her choice
    assert work.meeting.steps[3].adjusted_s == 35 * MINUTE < 40 * MINUTE
    again = Clockwork()
    again.replay.add(work.acts)
    assert again.replay.meeting.steps == work.meeting.steps


def test_8_the_new_time_of_the_next_step_shows_before_it_starts() -> None:
    work = late(9)
    offer = offers(work.meeting, work.now())[0]
    following = [line for line in offer.lines if line.place == "to-come"]
    assert following[0].step == "2"
    assert following[0].adjusted_s < following[0].planned_s
    assert following[0].start == work.wall


def test_9_one_number_ends_six_minutes_late() -> None:
    work = late(6)
    assert over_promise(work.meeting, work.now()) == 6 * MINUTE
    assert codes(work)["replan"].seconds == 6 * MINUTE
    work.passes(-30)  # less than half a minute ago it was five and a half
    assert over_promise(work.meeting, work.now()) == 5 * MINUTE + 30


def test_10_a_time_box_with_a_buffer_that_is_used_before_anything_is_squeezed() -> None:
    work = late(0)  # 25 minutes over: exactly what the promise left unallotted
    assert over_promise(work.meeting, work.now()) == 0
    assert offers(work.meeting, work.now()) == ()
    work.passes(OFFER_FROM_S)
    assert "replan" in codes(work)


def test_11_overtime_is_easy_to_see_and_nothing_jumps_to_the_next_item() -> None:
    work = Clockwork().starts().passes(minutes=20).passes(192)
    assert work.clocks().left_s == -192
    assert codes(work)["over"].seconds == 192
    assert work.meeting.spot is not None and work.meeting.spot.step == "1"


def test_12_five_minutes_more_come_out_of_the_three_that_follow_in_proportion() -> None:
    work = Clockwork(agenda(15, 15, 15, 15)).starts()
    work.does(Promise(NINE_THIRTY + 60 * MINUTE * MS))
    work.does(Adjust(5 * MINUTE))
    offer = offers(work.meeting, work.now())[0]
    # 13:20 each; in whole minutes but for one.
    assert sorted(line.adjusted_s for line in offer.lines[1:]) == [13 * MINUTE, 13 * MINUTE, 14 * MINUTE]
    assert offer.end == NINE_THIRTY + 60 * MINUTE * MS


def test_13_a_meeting_nobody_started_is_told_again_and_again() -> None:
    work, told = Clockwork(), set[str]()
    heard = []
    for _ in range(40):
        heard += [alert.seconds for alert in fresh(work.meeting, work.now(), told)]
        work.passes(10)
    assert heard == [0, 30, 90, 150, 210, 270, 330]


def test_14_long_timers_and_the_line_of_what_will_not_be_reached() -> None:
    work = Clockwork(agenda(180, 90)).starts().passes(minutes=10)
    assert work.clocks().left_s == 170 * MINUTE
    cut = late(10)
    assert fitting(cut.meeting, cut.now()) == "5"
    cut.passes(minutes=45)
    assert fitting(cut.meeting, cut.now()) == "4"


def test_15_when_the_time_is_up_more_of_it_is_one_key() -> None:
    work = Clockwork().starts().passes(minutes=20, seconds=1)
    assert "over" in codes(work)
    work.does(Adjust(MINUTE))
    assert work.clocks().left_s == 59
    assert "over" not in codes(work)


def test_16_a_length_changes_while_it_runs_and_the_end_ends_nothing() -> None:
    work = Clockwork().starts().passes(minutes=10)
    work.does(Adjust(-5 * MINUTE))
    assert work.clocks().left_s == 5 * MINUTE
    work.passes(HOUR)
    assert work.meeting.state == "running"
    work.does(Adjust(2 * MINUTE, step="3"))
    assert {step: line.changed_s for step, line in lines(work).items()} == {
        "1": -5 * MINUTE, "2": 0, "3": 2 * MINUTE, "4": 0, "5": 0,
    }  # fmt: skip


def test_17_the_countdown_is_that_of_the_item_and_warns_at_the_configured_shares() -> None:
    work, told = Clockwork().starts(), set[str]()
    heard = []
    for _ in range(22 * 60):
        heard += [(alert.code, alert.seconds) for alert in fresh(work.meeting, work.now(), told)]
        work.passes(1)
    assert heard == [("amber", 4 * MINUTE), ("red", MINUTE), ("over", 0)]


def test_18_an_overtime_flashes_once_not_all_the_time() -> None:
    work, told = Clockwork().starts().passes(minutes=20), set[str]()
    assert [alert.code for alert in fresh(work.meeting, work.now(), told)] == ["over"]
    for _ in range(100):
        work.passes(2)
        assert fresh(work.meeting, work.now(), told) == ()


def test_19_an_overrun_beyond_an_hour_does_not_roll_over() -> None:
    work = Clockwork().starts().passes(minutes=20).passes(HOUR + 62)
    assert work.clocks().left_s == -(HOUR + 62)


def test_20_sleep_counts_and_nothing_goes_negative_by_it() -> None:
    work = Clockwork().starts().passes(minutes=5).passes(8 * HOUR)
    assert work.clocks().elapsed_s == 8 * HOUR + 5 * MINUTE
    assert work.actual()["1"] == 8 * HOUR + 5 * MINUTE


def test_21_a_mistaken_next_is_undone_with_its_time() -> None:
    work = Clockwork().starts().passes(minutes=5)
    work.does(Next())
    work.passes(90)
    work.does(Undo())
    assert work.actual() == {"1": 5 * MINUTE + 90, "2": None, "3": None, "4": None, "5": None}
    boxes = Clockwork(agenda(7, 5, 3)).starts()  # boxes that shrink, each with its own length
    for left in (7, 5, 3):
        assert boxes.clocks().left_s == left * MINUTE
        if left != 3:
            boxes.does(Next())


def test_22_a_clock_for_the_meeting_and_one_for_who_speaks() -> None:
    work = Clockwork().starts()
    for name in ("Awa S.", "Nora T."):
        work.does(Attend(name))
    work.does(StartRound(90))
    work.passes(30)
    turn = speaking(work.meeting, work.now())
    assert turn is not None
    assert (turn.speaking, turn.left_s, len(turn.waiting)) == ("Awa S.", 60, 1)
    assert work.clocks().left_s == 20 * MINUTE - 30


def test_a_second_next_that_saw_the_same_step_is_refused() -> None:
    work = Clockwork().starts()
    spot = work.meeting.spot
    work.does(Next(leaving=spot))
    with pytest.raises(Refused, match="moved-meanwhile"):
        work.does(Next(leaving=spot), by="karim@riorges")


def test_a_result_is_seen_before_it_is_chosen() -> None:
    work = late(9)
    seen = preview(work.meeting, Adjust(-9 * MINUTE, step="4"), work.now())
    assert seen.over_s == 0
    assert work.meeting.steps[3].adjusted_s == 50 * MINUTE
    assert floor_s(work.meeting.steps[4]) == 10 * MINUTE
    work.does(Next())
    with pytest.raises(Refused, match="step-done"):
        preview(work.meeting, Adjust(60, step="1"), work.now())
    work.does(Back())
