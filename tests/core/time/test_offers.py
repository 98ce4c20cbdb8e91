"""The choices of a re-plan: which, with what result, and what is said when it cannot be done."""

from __future__ import annotations

import pytest
from clockwork import MINUTE, Clockwork
from msgspec.structs import replace
from stage import NINE_THIRTY, setup, standard_agenda

from facilitator.core.acts import (
    AddStep,
    Adjourn,
    Adjust,
    Back,
    FindGap,
    MoveStep,
    Next,
    Pause,
    Promise,
    Replan,
    SetStepAside,
    StartAnswer,
    StartRound,
    Undo,
)
from facilitator.core.agenda import Agenda, Phase, Step
from facilitator.core.meeting import Meeting
from facilitator.core.refusal import Refused
from facilitator.core.time.lengths import floor_s
from facilitator.core.time.replan import Offer, asides, brought_back, offers, over_promise

MS = 1000
NOON = NINE_THIRTY + 150 * MINUTE * MS


def by_kind(work: Clockwork) -> dict[str, Offer]:
    return {offer.kind: offer for offer in offers(work.meeting, work.now())}


def at_step(number: int, *, over: float, agenda: Agenda | None = None) -> Clockwork:
    """The meeting at this step, its promise passed by so many minutes."""
    work = Clockwork(agenda).starts()
    for _ in range(number - 1):
        work.does(Next())
    work.passes(work.clocks().left_s)
    return work.passes(over * MINUTE - over_promise(work.meeting, work.now()))


def with_break() -> Agenda:
    agenda = standard_agenda()
    pause = Step(kind="break", duration=15 * MINUTE)
    return replace(agenda, steps=(*agenda.steps[:3], pause, *agenda.steps[3:]))


def test_nine_minutes_too_long_there_are_three_ways_out_each_with_its_result() -> None:
    work = Clockwork().starts().passes(minutes=54)
    work.does(Next())
    found = offers(work.meeting, work.now())
    assert [offer.kind for offer in found] == ["shorten", "aside", "later"]
    shorten, aside, later = found
    # The news have just begun and count; the closing keeps its length.
    assert [line.adjusted_s // MINUTE for line in shorten.lines if line.phase is None] == [20, 18, 23, 45, 10]
    assert shorten.end == NOON
    assert (aside.steps, aside.by_s, aside.over_s) == (("3",), 25 * MINUTE, 0)
    assert aside.end == NOON - 16 * MINUTE * MS
    assert (later.promise, later.over_s) == (NOON + 10 * MINUTE * MS, 0)


def test_the_closing_and_the_minimum_of_the_workshop_are_kept() -> None:
    work = at_step(3, over=20)
    shorten = by_kind(work)["shorten"]
    lengths = {line.step: line.adjusted_s for line in shorten.lines if line.phase is None}
    assert lengths["5"] == 10 * MINUTE
    assert lengths["4"] == 40 * MINUTE
    assert shorten.by_s == 10 * MINUTE
    assert shorten.over_s == 10 * MINUTE
    assert not shorten.feasible


def test_infeasible_is_said_with_by_how_much() -> None:
    work = at_step(4, over=60)
    shorten = by_kind(work)["shorten"]
    assert (shorten.by_s, shorten.feasible) == (750, False)  # the second phase keeps half of its 25 minutes
    assert shorten.over_s == over_promise(work.meeting, work.now()) - 750


def test_the_phases_to_come_of_the_running_workshop_give_like_other_steps() -> None:
    agenda = replace(standard_agenda(), steps=(*standard_agenda().steps, Step(kind="free", duration=30 * MINUTE)))
    work = at_step(4, over=4, agenda=agenda)
    shorten = by_kind(work)["shorten"]
    assert shorten.command == Replan((Adjust(-2 * MINUTE, "4", 1), Adjust(-2 * MINUTE, "6")))


def test_a_running_workshop_keeps_its_minimum_counting_what_it_has_taken() -> None:
    welcome, news, needs, workshop, closing = standard_agenda().steps
    agenda = replace(standard_agenda(), steps=(welcome, news, needs, replace(workshop, minimum=48 * MINUTE), closing))
    for over in (1, 2, 3, 5, 20):
        # 48 minutes of 50 are kept, but for what the first phase took too long; the second keeps half of its 25.
        work = at_step(4, over=over, agenda=agenda)
        too_long = max(0, work.clocks().step_elapsed_s - 25 * MINUTE)
        assert by_kind(work)["shorten"].by_s == min(over * MINUTE, 2 * MINUTE + too_long, 750)


def test_a_break_is_made_shorter_but_stays_one() -> None:
    work = at_step(3, over=7, agenda=with_break())
    offer = by_kind(work)["break"]
    assert (offer.by_s, offer.over_s) == (7 * MINUTE, 0)
    work.passes(minutes=10)
    offer = by_kind(work)["break"]
    assert (offer.by_s, offer.over_s) == (450, 17 * MINUTE - 450)


def test_a_protected_step_is_the_last_to_be_put_aside() -> None:
    work = at_step(1, over=5)
    assert [step.id for step in asides(work.meeting, work.now())] == ["3", "2", "4"]
    assert by_kind(work)["aside"].steps == ("3",)  # the one that comes next is the last resort
    work.passes(minutes=21)
    assert by_kind(work)["aside"].steps == ("3",)
    assert by_kind(work)["aside"].shortens  # 25 of 26 minutes, and one from what is left
    work.passes(minutes=28)
    assert by_kind(work)["aside"].steps == ("3", "2")
    work.passes(minutes=30)
    assert by_kind(work)["aside"].steps == ("3", "2", "4")


def test_before_the_start_everything_is_still_to_come() -> None:
    work = Clockwork().passes(minutes=35)
    offer = by_kind(work)["shorten"]
    assert offer.by_s == 10 * MINUTE
    assert offer.command is not None
    work.does(offer.command)
    work.starts()
    assert over_promise(work.meeting, work.now()) == 0


def test_in_the_last_step_only_a_later_end_is_left() -> None:
    work = at_step(6, over=3)  # five steps, one of them in two phases
    assert work.meeting.spot is not None and work.meeting.spot.step == "5"
    assert list(by_kind(work)) == ["later"]


def test_a_workshop_that_was_begun_and_left_is_not_squeezed() -> None:
    work = at_step(3, over=8)
    command = by_kind(work)["shorten"].command
    assert [change.step for change in command.changes] == ["4", "4"]
    work.does(Next())
    work.does(Back())
    assert floor_s(work.meeting.steps[3]) == 50 * MINUTE
    assert "shorten" not in by_kind(work)


def test_time_won_in_the_last_step_goes_to_that_step() -> None:
    work = Clockwork().starts()
    for _ in range(5):
        work.does(Next())
    for minutes, given in ((4, 140), (10, 140)):  # within its ten minutes, and four minutes over them
        (share,) = offers(work.passes(minutes=minutes).meeting, work.now())
        assert (share.kind, share.command) == ("share", Replan((Adjust(given * MINUTE, "5"),)))
        assert (share.by_s, share.end, share.over_s) == (given * MINUTE, NOON, 0)


def test_in_a_last_workshop_it_goes_to_the_phase_that_runs_unless_that_one_is_over() -> None:
    agenda = Agenda(title="T", steps=(standard_agenda().steps[3],))
    work = Clockwork(agenda).starts().passes(minutes=25)
    work.does(Next())
    (share,) = offers(work.passes(minutes=20).meeting, work.now())
    assert share.command == Replan((Adjust(100 * MINUTE, "1", 1),))
    assert share.end == NOON
    assert offers(work.passes(minutes=6).meeting, work.now()) == ()


def test_an_end_more_than_a_day_away_is_not_offered() -> None:
    agenda = Agenda(title="T", steps=(step(20 * 60), step(20 * 60)))
    work = Clockwork(agenda, frozen=replace(setup(agenda), promised_end=None)).starts(5 * MINUTE)
    found = by_kind(work)
    assert list(found) == ["shorten", "aside"]
    assert found["shorten"].feasible


def test_a_promise_already_past_can_still_be_moved() -> None:
    work = Clockwork().starts().passes(minutes=170)
    later = by_kind(work)["later"]
    assert later.promise is not None and later.promise > work.wall
    assert later.over_s == 0
    assert not by_kind(work)["shorten"].feasible


def test_time_that_was_won_is_given_back_first_to_what_was_cut() -> None:
    work = at_step(2, over=9)
    command = by_kind(work)["shorten"].command
    assert command is not None
    work.does(command)
    assert by_kind(work) == {}
    work.does(SetStepAside("3"))
    found = by_kind(work)
    assert list(found) == ["restore", "bring-back", "share"]
    restored = {line.step: line.adjusted_s for line in found["restore"].lines if line.phase is None}
    assert restored["4"] == 50 * MINUTE
    shared = found["share"]
    assert shared.end == NOON
    assert {line.step: line.adjusted_s for line in shared.lines if line.phase is None}["5"] == 10 * MINUTE


def test_a_step_put_aside_comes_back_when_it_fits_even_when_it_was_passed() -> None:
    work = Clockwork().starts()
    work.does(SetStepAside("2"))
    work.does(Next())
    assert work.meeting.spot is not None and work.meeting.spot.step == "3"
    offer = by_kind(work)["bring-back"]
    assert offer.steps == ("2",)
    assert offer.command == Replan(brought_back(work.meeting, "2"))
    assert offer.command is not None
    work.does(offer.command)
    assert [step.id for step in work.meeting.steps] == ["1", "3", "2", "4", "5"]
    work.does(Next())
    assert work.meeting.spot.step == "2"


def test_a_step_put_aside_whose_hours_are_past_does_not_come_back() -> None:
    steps = (
        Step(kind="welcome", duration=20 * MINUTE),
        Step(kind="free", title="Invitée", duration=10 * MINUTE, not_after="09:40"),
        Step(kind="free", title="Échange", duration=5 * MINUTE),
        Step(kind="closing", duration=10 * MINUTE),
    )
    work = Clockwork(Agenda(title="Une", start="09:30", end="11:00", steps=steps)).starts()
    work.does(SetStepAside("2"))
    work.does(SetStepAside("3"))
    work.passes(minutes=15)
    assert by_kind(work)["bring-back"].steps == ("3",)


def test_a_clock_set_back_by_a_day_offers_no_more_than_a_day() -> None:
    work = Clockwork().starts().wall_is_set(-86_400 * 2)
    for offer in offers(work.meeting, work.now()):
        assert offer.lines
        assert all(line.adjusted_s <= 86_400 for line in offer.lines)


def test_nothing_is_offered_once_adjourned() -> None:
    work = at_step(2, over=9)
    work.does(Adjourn())
    assert offers(work.meeting, work.now()) == ()


def test_one_undo_takes_the_whole_choice_back() -> None:
    work = at_step(2, over=9)
    before = work.meeting.steps
    command = by_kind(work)["shorten"].command
    assert command is not None and len(command.changes) > 1
    work.does(command)
    work.does(Undo())
    assert work.meeting.steps == before


def step(minutes: float, minimum: int | None = None) -> Step:
    return Step(kind="free", duration=round(minutes * MINUTE), minimum=minimum and minimum * MINUTE)


BAD = [
    (Adjust(-25 * MINUTE, step="2"), "nothing-left"),
    (Adjust(-20 * MINUTE), "nothing-left"),
    (Adjust(-49 * MINUTE, step="4"), "nothing-left"),
    (Adjust(86_400, step="2"), "too-long"),
    (Adjust(0, step="2"), "nothing-to-change"),
    (Adjust(60, step="9"), "no-step"),
    (AddStep(step(10, minimum=20), after="2"), "minimum-too-long"),
    (AddStep(step(0.5), after="2"), "nothing-left"),
    (AddStep(step(2_000), after="2"), "too-long"),
    (AddStep(step(10), after=None), "step-done"),
    (Promise(NINE_THIRTY), "promise-past"),
    (MoveStep("1", after="3"), "step-running"),
    (MoveStep("3", after="3"), "no-step"),
    (SetStepAside("1"), "step-running"),
    (StartRound(60), "nobody-present"),
    (StartRound(0), "turn-too-short"),
    (StartRound(-60), "turn-too-short"),
    (StartRound(90_000), "too-long"),
    (FindGap(NINE_THIRTY + 5, NINE_THIRTY), "no-gap"),
    (Replan(()), "nothing-to-change"),
    (Replan((Adjust(60, step="2"), Adjust(-49 * MINUTE, step="4"))), "nothing-left"),
    (StartAnswer("nothing"), "no-entry"),
]


@pytest.mark.parametrize(("command", "reason"), BAD, ids=[f"{n}-{reason}" for n, (_, reason) in enumerate(BAD)])
def test_what_makes_no_sense_is_refused_with_a_reason_and_changes_nothing(command, reason) -> None:
    work = Clockwork().starts().passes(minutes=1)
    before = work.meeting
    with pytest.raises(Refused) as refused:
        work.does(command)
    assert refused.value.reason == reason
    assert work.meeting is before


def test_a_held_step_is_not_adjusted_any_more() -> None:
    work = Clockwork().starts()
    work.does(Next())
    with pytest.raises(Refused, match="step-done"):
        work.does(Adjust(60, step="1"))


def test_without_a_promise_the_plan_is_the_promise() -> None:
    agenda = Agenda(title="T", steps=(step(10), step(10)))
    frozen = replace(setup(agenda), planned_start=None, promised_end=None)
    work = Clockwork(agenda, frozen=frozen).starts(300).passes(minutes=12)
    assert over_promise(work.meeting, work.now()) == 2 * MINUTE


def test_a_step_counts_for_two_minutes_as_just_begun_and_then_stands() -> None:
    for passed, cut in ((0, True), (120, True), (120.001, False)):
        work = at_step(1, over=25)
        work.does(Next())
        work.passes(passed)
        command = by_kind(work)["shorten"].command
        assert ("2" in {change.step for change in command.changes}) == cut


def test_a_step_that_was_given_more_while_it_runs_is_not_shortened() -> None:
    work = at_step(1, over=25)
    work.does(Next())
    work.does(Adjust(MINUTE))
    assert "2" not in {change.step for change in by_kind(work)["shorten"].command.changes}


def test_a_step_lengthened_before_it_runs_gives_like_the_others_before_the_move_and_after() -> None:
    work = at_step(1, over=25)
    work.does(Adjust(10 * MINUTE, "2"))
    before = by_kind(work)["shorten"].command
    work.does(Next())
    assert by_kind(work)["shorten"].command == before
    assert "2" in {change.step for change in before.changes}


def loose_workshop() -> Agenda:
    """A workshop of 50 minutes whose two phases take 40, and a closing."""
    phases = (Phase("Tour", 20 * MINUTE), Phase("Garder", 20 * MINUTE))
    steps = (
        Step(kind="welcome", duration=20 * MINUTE),
        Step(kind="workshop", duration=50 * MINUTE, phases=phases),
        Step(kind="closing", duration=10 * MINUTE),
    )
    return Agenda(title="T", steps=steps)


def loose(late: float) -> Clockwork:
    agenda = loose_workshop()
    frozen = replace(setup(agenda), promised_end=None)
    return Clockwork(agenda, frozen=frozen).starts().passes(minutes=20 + late)


@pytest.mark.parametrize(
    ("late", "taken"),
    [
        (6, {None: 6}),
        (10, {None: 10}),
        (16, {None: 10, 0: 3, 1: 3}),
        (40, {None: 10, 0: 7, 1: 8}),  # half of the workshop is left
    ],
)
def test_what_a_workshop_has_beyond_its_phases_is_taken_first(late: int, taken: dict[int | None, float]) -> None:
    work = loose(late)
    for _ in range(2):  # the same before the move and after
        command = by_kind(work)["shorten"].command
        assert {change.phase: -change.seconds / MINUTE for change in command.changes} == taken
        work.does(Next())


def test_what_a_phase_took_too_long_of_it_is_not_taken_twice() -> None:
    work = loose(0)
    work.does(Next())
    work.passes(minutes=26)  # six of the ten minutes are used up
    work.does(Promise(NINE_THIRTY + 72 * MINUTE * MS))
    command = by_kind(work)["shorten"].command
    assert {change.phase: -change.seconds / MINUTE for change in command.changes} == {None: 4, 1: 4}


def test_phases_that_were_cut_have_their_time_back_before_any_has_more() -> None:
    agenda = Agenda(title="T", steps=(standard_agenda().steps[0], standard_agenda().steps[3]))
    frozen = replace(setup(agenda), promised_end=NINE_THIRTY + 74 * MINUTE * MS)
    work = Clockwork(agenda, frozen=frozen).starts().passes(minutes=20)
    work.does(Adjust(-10 * MINUTE, "2", 1))
    restore = by_kind(work)["restore"]
    assert restore.command.changes == (Adjust(10 * MINUTE, "2", 1),)
    share = by_kind(work)["share"]
    assert share.command.changes == (Adjust(2 * MINUTE, "2", 0), Adjust(12 * MINUTE, "2", 1))


def test_time_won_goes_to_priority_1_before_2_and_there_to_the_workshop_first() -> None:
    kinds = ("news", "workshop", "free")
    for priorities, receives in (
        ((2, 2, 2), "3"),
        ((1, 2, 2), "2"),
        ((1, 1, 2), "3"),
        ((3, 3, 3), "3"),
        ((2, 3, 1), "4"),
    ):
        steps = [Step(kind=kind, duration=20 * MINUTE, priority=p) for kind, p in zip(kinds, priorities, strict=True)]
        agenda = Agenda(
            title="T", steps=(Step(kind="welcome", duration=20 * MINUTE), *steps, Step(kind="closing", duration=600))
        )
        work = Clockwork(agenda, frozen=replace(setup(agenda), promised_end=None)).starts().passes(minutes=9)
        work.does(Next())
        (share,) = offers(work.meeting, work.now())
        assert share.command.changes == (Adjust(11 * MINUTE, receives),)


def test_time_won_is_shared_in_proportion_where_there_is_no_workshop() -> None:
    steps = [Step(kind="free", duration=minutes * MINUTE) for minutes in (20, 30, 10)]
    agenda = Agenda(title="T", steps=(*steps, Step(kind="closing", duration=600)))
    work = Clockwork(agenda, frozen=replace(setup(agenda), promised_end=None)).starts().passes(minutes=12)
    work.does(Next())
    (share,) = offers(work.meeting, work.now())
    assert share.command.changes == (Adjust(6 * MINUTE, "2"), Adjust(2 * MINUTE, "3"))


def test_a_workshop_that_is_over_its_time_is_given_none() -> None:
    agenda = Agenda(
        title="T", steps=(Step(kind="workshop", duration=20 * MINUTE), Step(kind="free", duration=20 * MINUTE))
    )
    frozen = replace(setup(agenda), promised_end=NINE_THIRTY + 60 * MINUTE * MS)
    work = Clockwork(agenda, frozen=frozen).starts().passes(minutes=19)
    assert by_kind(work)["share"].command.changes == (Adjust(20 * MINUTE, "1"),)
    work.passes(minutes=2)
    assert by_kind(work)["share"].command.changes == (Adjust(19 * MINUTE, "2"),)


def test_a_guest_is_given_time_until_the_hour_of_leaving_and_the_others_the_rest() -> None:
    guest = Step(kind="workshop", duration=20 * MINUTE, priority=1, not_after="10:15")
    steps = (Step(kind="free", duration=20 * MINUTE), guest, Step(kind="free", duration=20 * MINUTE))
    agenda = Agenda(title="T", start="09:30", steps=steps)
    frozen = replace(setup(agenda), promised_end=NINE_THIRTY + 75 * MINUTE * MS)
    work = Clockwork(agenda, frozen=frozen).starts().passes(minutes=20)
    share = by_kind(work)["share"]
    assert share.command.changes == (Adjust(5 * MINUTE, "2"), Adjust(10 * MINUTE, "3"))
    assert (share.missed_s, share.end) == (0, NINE_THIRTY + 75 * MINUTE * MS)


def test_a_workshop_gives_no_more_than_its_phases_whatever_its_minimum() -> None:
    welcome, _, _, workshop, closing = standard_agenda().steps
    steps = (welcome, replace(workshop, minimum=10 * MINUTE), Step(kind="free", duration=60 * MINUTE), closing)
    agenda = Agenda(title="T", steps=steps)
    work = Clockwork(agenda, frozen=replace(setup(agenda), promised_end=None)).starts().passes(minutes=20 + 50)
    assert floor_s(work.meeting.steps[1]) == 25 * MINUTE
    assert floor_s(replace(work.meeting.steps[1], plan=replace(workshop, minimum=50 * MINUTE))) == 50 * MINUTE
    shorten = by_kind(work)["shorten"]
    assert {change.step: change.phase for change in shorten.command.changes} == {"2": 1, "3": None}
    assert (shorten.by_s, shorten.feasible) == (50 * MINUTE, True)


def test_a_workshop_whose_phase_is_over_is_given_none_though_it_is_not_over_itself() -> None:
    _, news, _, workshop, _ = standard_agenda().steps
    agenda = Agenda(title="T", steps=(workshop, news))
    frozen = replace(setup(agenda), promised_end=NINE_THIRTY + 90 * MINUTE * MS)
    work = Clockwork(agenda, frozen=frozen).starts().passes(minutes=24)
    assert {change.step for change in by_kind(work)["share"].command.changes} == {"1"}
    work.passes(minutes=1)
    assert by_kind(work)["share"].command.changes == (Adjust(20 * MINUTE, "2"),)


def test_a_pause_changes_nothing_of_what_is_offered_and_a_meeting_that_is_none_keeps_its_promise() -> None:
    work = at_step(3, over=8)
    before = [offer.command for offer in offers(work.meeting, work.now())]
    work.does(Pause())
    assert before and [offer.command for offer in offers(work.meeting, work.now())] == before
    assert over_promise(Meeting(), work.now()) == 0


def test_time_won_is_not_offered_to_a_last_step_beyond_its_hours() -> None:
    for latest, offered in (("10:00", 0), ("10:30", 1)):
        steps = (Step(kind="free", duration=20 * MINUTE, not_after=latest),)
        agenda = Agenda(title="T", start="09:30", steps=steps)
        frozen = replace(setup(agenda), promised_end=NINE_THIRTY + 60 * MINUTE * MS)
        work = Clockwork(agenda, frozen=frozen).starts().passes(minutes=25)
        assert len(offers(work.meeting, work.now())) == offered
