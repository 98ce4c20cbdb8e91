"""A guest's hours: the time left before them takes up delay, and an early move is always possible."""

from __future__ import annotations

import datetime

from clockwork import MINUTE, Clockwork
from msgspec.structs import replace
from stage import NINE_THIRTY, setup

from facilitator.core.acts import Adjust, Back, HandOver, Next
from facilitator.core.agenda import Agenda, Step
from facilitator.core.network import Network
from facilitator.core.public import public
from facilitator.core.setup import Setup, hours, setup_of
from facilitator.core.time.clocks import ends, fitting
from facilitator.core.time.lengths import parts
from facilitator.core.time.outline import outline
from facilitator.core.time.rehearsal import rehearse
from facilitator.core.time.replan import offers, over_promise
from facilitator.core.time.warnings import warnings

MS = 1000
DAY = datetime.date(2026, 11, 24)


def at(minutes: float) -> int:
    """So many minutes after 09:30."""
    return NINE_THIRTY + round(minutes * MINUTE) * MS


def with_guest(**guest: str) -> Agenda:
    """An hour of news, a guest for half an hour, a closing of ten minutes."""
    return Agenda(
        title="Rencontre",
        start="09:30",
        steps=(
            Step(kind="news", duration=60 * MINUTE),
            Step(kind="workshop", duration=30 * MINUTE, **(guest or {"not_before": "11:00", "not_after": "11:40"})),
            Step(kind="closing", duration=10 * MINUTE),
        ),
    )


def frozen(agenda: Agenda) -> Setup:
    return replace(setup(agenda), promised_end=None)


def work(**guest: str) -> Clockwork:
    agenda = with_guest(**guest)
    return Clockwork(agenda, frozen=frozen(agenda))


def test_the_planned_end_and_the_default_promise_wait_for_the_guest() -> None:
    held = work()
    assert ends(held.meeting, held.now()) == (at(130), at(130))  # 11:00, then 30 and 10 minutes
    assert held.clocks().projected_end == at(130)
    assert rehearse(frozen(with_guest()), 0).end == at(130)
    assert [walk.start for walk in rehearse(frozen(with_guest()), 0).walks] == [at(0), at(90), at(120)]


def test_the_time_left_before_the_guest_takes_up_delay_and_no_more() -> None:
    held = work().starts(20 * MINUTE)
    assert (held.clocks().drift_s, over_promise(held.meeting, held.now())) == (0, 0)
    held.passes(minutes=75)
    assert held.clocks().drift_s == over_promise(held.meeting, held.now()) == 5 * MINUTE


def test_next_may_enter_before_the_hour_and_then_nobody_waits() -> None:
    held = work().starts().passes(minutes=50)
    held.does(Next())
    assert held.meeting.spot is not None and held.meeting.spot.step == "2"
    assert held.clocks().projected_end == at(90)


def test_a_guest_who_was_begun_with_early_and_left_is_not_waited_for_again() -> None:
    held = work().starts().passes(minutes=30)
    held.does(Next())
    held.passes(minutes=5).does(Back())
    assert held.clocks().projected_end == at(30 + 5 + 30 + 25 + 10)
    assert [(part.slack_s, part.waits) for part in parts(held.meeting, held.now())] == [(None, False)] * 3


def test_what_comes_before_a_guest_gives_no_more_than_the_guest_can_begin_sooner() -> None:
    agenda = Agenda(
        title="Rencontre",
        start="09:30",
        steps=(
            Step(kind="free", duration=20 * MINUTE),
            Step(kind="news", duration=60 * MINUTE),
            Step(kind="workshop", duration=60 * MINUTE, not_before="10:50"),
            Step(kind="closing", duration=10 * MINUTE),
        ),
    )
    held = Clockwork(agenda, frozen=frozen(agenda)).starts().passes(minutes=25)
    held.does(Adjust(10 * MINUTE, "3"))
    shorten = offers(held.meeting, held.now())[0]
    # The news could give thirty minutes; after five of them the guest is not there yet.
    assert {change.step: change.seconds for change in shorten.command.changes} == {"2": -5 * MINUTE, "3": -10 * MINUTE}
    assert (shorten.by_s, shorten.over_s) == (15 * MINUTE, 0)


def test_the_agenda_shows_what_is_waited_for_and_hours_that_are_missed() -> None:
    held = work().starts()
    line = outline(held.meeting, held.now())[1]
    assert (line.start, line.end, line.waits_s, line.missed_s) == (at(90), at(120), 30 * MINUTE, 0)
    line = outline(held.passes(minutes=105).meeting, held.now())[1]
    assert (line.start, line.waits_s, line.missed_s) == (at(105), 0, 5 * MINUTE)
    held.does(Next())
    assert outline(held.meeting, held.now())[1].missed_s == 5 * MINUTE
    held.passes(minutes=45).does(Next())
    line = outline(held.meeting, held.now())[1]
    assert (line.place, line.end, line.missed_s) == ("done", at(150), 0), "nobody can change that any more"


def test_the_line_below_which_nothing_fits_is_in_the_agenda() -> None:
    held = work().starts().passes(90 * MINUTE + 0.999)
    assert [line.fits for line in outline(held.meeting, held.now())] == [True, True, True], (
        "the second of the promise is kept"
    )
    held.passes(0.001)
    assert [line.fits for line in outline(held.meeting, held.now())] == [True, True, False]
    held.passes(minutes=9)
    assert [line.fits for line in outline(held.meeting, held.now())] == [True, True, False]
    assert fitting(held.meeting, held.now()) == "3"
    held.passes(minutes=10)
    assert [line.fits for line in outline(held.meeting, held.now())] == [True, False, False]


def test_an_hour_before_the_start_is_of_the_next_day_when_the_meeting_goes_there() -> None:
    night = Agenda(
        title="Nuit",
        start="23:30",
        end="01:00",
        steps=(
            Step(kind="free", duration=30 * MINUTE),
            Step(kind="free", duration=30 * MINUTE, not_before="00:15", not_after="00:45"),
        ),
    )
    made = setup_of(night, Network(), day=DAY, zone="Europe/Paris", language="fr")
    assert made.planned_start is not None
    assert [(one or 0) - made.planned_start for one in hours(made, night.steps[1])] == [45 * 60_000, 75 * 60_000]
    day = replace(night, start="10:00", end="12:00")
    made = setup_of(day, Network(), day=DAY, zone="Europe/Paris", language="fr")
    assert made.planned_start is not None
    earliest, _ = hours(made, day.steps[1])
    assert earliest is not None and earliest < made.planned_start


def test_who_led_a_step_is_remembered_when_it_is_taken_back() -> None:
    agenda = with_guest()
    steps = (replace(agenda.steps[0], lead=("Léa", "Élodie")), *agenda.steps[1:])
    held = Clockwork(replace(agenda, steps=steps)).starts()
    assert public(held.meeting).steps[0].led == ("Léa M.", "Élodie P.")
    held.passes(30).does(HandOver("Nora T."))
    assert public(held.meeting).steps[0].led == ("Nora T.",)
    held.passes(minutes=10).does(HandOver(None))
    held.passes(30)
    held.does(Next())
    assert public(held.meeting).steps[0].led == ("Léa M.", "Élodie P.", "Nora T.")
    assert held.meeting.steps[0].lead == "Léa M., Élodie P."


def test_a_step_handed_over_from_its_first_minute_was_led_by_that_person_alone() -> None:
    agenda = with_guest()
    steps = (replace(agenda.steps[0], lead="Léa M."), *agenda.steps[1:])
    held = Clockwork(replace(agenda, steps=steps)).starts()
    held.does(HandOver("Nora T."))
    held.passes(minutes=50).does(HandOver(None))
    held.does(Next())
    assert public(held.meeting).steps[0].led == ("Nora T.",)


def test_hours_that_will_be_missed_by_a_minute_are_told_once_a_step() -> None:
    held = work().starts().passes(minutes=101)
    found = {alert.code: alert for alert in warnings(held.meeting, held.now())}
    assert (found["hours"].key, found["hours"].seconds) == ("hours:2", MINUTE)
    held = work().starts().passes(minutes=100, seconds=59)
    assert "hours" not in {alert.code for alert in warnings(held.meeting, held.now())}
