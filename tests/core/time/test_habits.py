"""What past meetings say of a plan, and a rehearsal of it."""

from __future__ import annotations

import datetime

import pytest
from clockwork import MINUTE, Clockwork
from msgspec.structs import replace
from stage import NINE_THIRTY, setup, standard_agenda

from facilitator.core.acts import AddStep, Adjourn, Next, Pause, Promise, Resume
from facilitator.core.agenda import Agenda, Phase, Step
from facilitator.core.time.habits import PastMeeting, PastStep, habits, past_meeting
from facilitator.core.time.rehearsal import rehearse

NEWS = Agenda(title="T", steps=(Step(kind="news", duration=20 * MINUTE), Step(kind="closing", duration=10 * MINUTE)))


def past(number: int, *, late: float = 0, news: float = 28, planned: int = 20) -> PastMeeting:
    return PastMeeting(
        id=f"{datetime.date(2026, 1 + number, 10)}-roannais",
        promised_end=NINE_THIRTY,
        ended=NINE_THIRTY + round(late * MINUTE) * 1000,
        steps=(PastStep("news", "Actualités", planned * MINUTE, round(news * MINUTE)),),
    )


def test_below_five_meetings_nothing_is_said() -> None:
    assert habits([past(n) for n in range(4)], NEWS) is None
    assert habits([past(n) for n in range(5)], NEWS) is not None


def test_seven_times_out_of_ten_the_end_passes_nine_minutes() -> None:
    found = habits([past(n, late=late) for n, late in enumerate((-5, 0, 4, 9, 9, 12, 13, 15, 20, 40))], NEWS)
    assert found is not None
    assert (found.usually, found.promised, found.passes_s, found.late) == (7, 10, 9 * MINUTE, 8)


def test_meetings_that_end_early_are_said_too() -> None:
    found = habits([past(n, late=-n) for n in range(5)], NEWS)
    assert found is not None
    assert (found.usually, found.passes_s, found.late) == (4, -3 * MINUTE, 0)


def test_the_news_take_one_point_four_times_their_plan_and_a_length_is_proposed() -> None:
    found = habits([past(n, news=news) for n, news in enumerate((20, 27, 28, 29, 90))], NEWS)
    assert found is not None
    (ratio,) = found.ratios
    assert (ratio.kind, ratio.times, ratio.count) == ("news", 1.4, 5)
    (proposal,) = found.proposals
    assert (proposal.number, proposal.planned_s, proposal.usual_s) == (1, 20 * MINUTE, 28 * MINUTE)


def test_a_plan_that_usually_holds_gets_no_proposal() -> None:
    found = habits([past(n, news=21) for n in range(6)], NEWS)
    assert found is not None
    assert found.proposals == ()


def test_steps_held_for_some_seconds_only_were_mistakes() -> None:
    found = habits([past(n, news=0.2) for n in range(6)], NEWS)
    assert found is not None
    assert found.ratios == ()


def test_steps_of_the_same_title_go_before_those_of_the_kind() -> None:
    agenda = Agenda(title="T", steps=(Step(kind="news", title="Actualités", duration=20 * MINUTE),))
    others = [replace(past(n), steps=(PastStep("news", "Autres", 20 * MINUTE, 10 * MINUTE),)) for n in range(6)]
    found = habits([*others, *(past(n) for n in range(5))], agenda)
    assert found is not None
    assert found.proposals[0].usual_s == 28 * MINUTE


def test_a_meeting_without_a_promise_says_nothing_of_the_end() -> None:
    found = habits([replace(past(n), promised_end=None) for n in range(5)], NEWS)
    assert found is not None
    assert (found.promised, found.usually, found.passes_s) == (0, 0, 0)


def test_a_step_of_twenty_seconds_counts_and_one_that_was_planned_for_none_does_not() -> None:
    for seconds, counted in ((19, False), (20, True)):
        found = habits([past(n, news=seconds / MINUTE) for n in range(5)], NEWS)
        assert found is not None
        assert bool(found.ratios) == counted
    unplanned = habits([past(n, planned=0) for n in range(5)], NEWS)
    assert unplanned is not None
    assert unplanned.ratios == ()
    planned = tuple(PastStep("news", None, 1, 60) for _ in range(2))
    shortest = habits([replace(past(n), steps=planned) for n in range(5)], NEWS)
    assert shortest is not None
    assert [one.times for one in shortest.ratios if one.title is None] == [60]


def test_two_minutes_more_are_worth_a_proposal_and_less_is_not() -> None:
    for usual, proposed in ((11, []), (12, [12 * MINUTE]), (8, [8 * MINUTE]), (9, [])):
        agenda = Agenda(title="T", steps=(Step(kind="news", duration=10 * MINUTE),))
        found = habits([past(n, news=usual, planned=10) for n in range(5)], agenda)
        assert found is not None
        assert [one.usual_s for one in found.proposals] == proposed


def test_of_a_long_step_a_tenth_is_worth_a_proposal_to_the_minute() -> None:
    agenda = Agenda(title="T", steps=(Step(kind="news", duration=120 * MINUTE),))
    for usual, proposed in ((131, []), (132, [132 * MINUTE]), (168, [168 * MINUTE])):
        found = habits([past(n, news=usual, planned=120) for n in range(5)], agenda)
        assert found is not None
        assert [one.usual_s for one in found.proposals] == proposed


def test_what_usually_takes_half_a_minute_is_proposed_as_one() -> None:
    found = habits([past(n, news=0.5) for n in range(5)], NEWS)
    assert found is not None
    assert [one.usual_s for one in found.proposals] == [MINUTE]


def test_a_minute_after_the_promise_is_late_and_less_is_not() -> None:
    found = habits([past(n, late=late) for n, late in enumerate((0.5, 59 / 60, 1, 61 / 60, 2, -1))], NEWS)
    assert found is not None
    assert (found.late, found.usually) == (3, 5)


def test_nothing_is_said_of_a_kind_of_which_fewer_than_five_meetings_tell() -> None:
    found = habits([*(past(n) for n in range(4)), replace(past(4), steps=())], NEWS)
    assert found is not None
    assert (found.ratios, found.proposals) == ((), ())


def test_a_meeting_that_is_over_tells_its_times_without_pauses_and_without_steps_added() -> None:
    work = Clockwork().starts()
    assert past_meeting(work.meeting) is None
    work.passes(minutes=10)
    work.does(Pause())
    work.passes(minutes=5)
    work.does(Resume())
    work.passes(minutes=12)
    work.does(AddStep(Step(kind="free", duration=MINUTE), after="1"))
    work.does(Next())
    work.passes(minutes=2)
    work.does(Next())
    work.passes(minutes=19)
    work.does(Adjourn())
    found = past_meeting(work.meeting)
    assert found is not None
    assert found.steps == (
        PastStep("welcome", "Accueil", 20 * MINUTE, 22 * MINUTE),
        PastStep("news", "Actualités", 20 * MINUTE, 19 * MINUTE),
    )
    assert (found.promised_end, found.ended) == (NINE_THIRTY + 150 * MINUTE * 1000, work.wall)


def test_a_promise_given_in_the_meeting_is_what_it_is_measured_by() -> None:
    later = NINE_THIRTY + 170 * MINUTE * 1000
    work = Clockwork().starts()
    work.does(Promise(later))
    work.does(Adjourn())
    found = past_meeting(work.meeting)
    assert found is not None and found.promised_end == later


def test_without_a_promise_the_planned_end_is_what_a_meeting_is_measured_by() -> None:
    for planned_start, promised_end in ((NINE_THIRTY, NINE_THIRTY + 125 * MINUTE * 1000), (None, None)):
        work = Clockwork(frozen=replace(setup(), planned_start=planned_start, promised_end=None)).starts(MINUTE)
        work.passes(minutes=30)
        work.does(Adjourn())
        found = past_meeting(work.meeting)
        assert found is not None
        assert (found.promised_end, found.ended) == (promised_end, work.wall)


def test_a_rehearsal_walks_the_plan_and_names_what_will_be_told() -> None:
    walk = rehearse(setup(), 0)
    assert (walk.start, walk.spare_s) == (NINE_THIRTY, 25 * MINUTE)
    assert [(one.number, one.phase) for one in walk.walks] == [
        (1, None),
        (2, None),
        (3, None),
        (4, 0),
        (4, 1),
        (5, None),
    ]
    first = walk.walks[0]
    assert [(cue.code, (cue.at - first.start) / 1000, cue.left_s) for cue in first.cues] == [
        ("amber", 16 * MINUTE, 4 * MINUTE),
        ("red", 19 * MINUTE, MINUTE),
        ("over", 20 * MINUTE, 0),
    ]
    assert walk.walks[-1].end == walk.end == NINE_THIRTY + 125 * MINUTE * 1000
    assert [cue.code for cue in walk.walks[-1].cues] == ["amber", "red", "over", "conclude", "promise"]
    assert [((cue.at - walk.promise) / 1000, cue.left_s) for cue in walk.walks[-1].cues[-2:]] == [
        (-10 * MINUTE, 10 * MINUTE),
        (0, 0),
    ]


@pytest.mark.parametrize(
    ("promised", "told"),
    [
        (10, [(0, "conclude"), (1, "promise")]),
        (15, [(0, "conclude"), (2, "promise")]),
        (20, [(1, "conclude"), (2, "promise")]),
        (40, [(2, "conclude"), (2, "promise")]),
    ],
)
def test_the_end_is_told_once_in_what_runs_then_and_after_the_plan_in_its_last_part(
    promised: int, told: list[tuple[int, str]]
) -> None:
    phases = (Phase("a", 5 * MINUTE), Phase("b", 5 * MINUTE))
    steps = (Step(kind="news", duration=10 * MINUTE), Step(kind="workshop", duration=10 * MINUTE, phases=phases))
    plan = replace(setup(Agenda(title="T", steps=steps)), planned_start=0, promised_end=promised * MINUTE * 1000)
    found = [(place, cue.code) for place, walk in enumerate(rehearse(plan, 0).walks) for cue in walk.cues]
    assert [one for one in found if one[1] in ("conclude", "promise")] == told


def test_a_rehearsal_without_times_begins_when_it_is_told_to() -> None:
    agenda = Agenda(
        title="T",
        steps=(Step(kind="workshop", duration=30 * MINUTE, phases=(Phase("a", 10 * MINUTE), Phase("b", 10 * MINUTE))),),
    )
    walk = rehearse(replace(setup(agenda), planned_start=None, promised_end=None), 1_000)
    assert (walk.start, walk.end, walk.promise, walk.spare_s) == (1_000, 1_801_000, 1_801_000, 0)
    assert [one.end for one in walk.walks] == [601_000, 1_801_000]
    assert all(cue.at >= 1_000 for one in walk.walks for cue in one.cues)
    assert standard_agenda().planned_s == 125 * MINUTE
