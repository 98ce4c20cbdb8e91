"""The time for answers, the speaking round, and who leads."""

from __future__ import annotations

import pytest
from clockwork import MINUTE, Clockwork
from msgspec import to_builtins

from facilitator.core.acts import (
    Adjourn,
    Answer,
    Attend,
    Capture,
    EndRound,
    HandOver,
    Next,
    PassRound,
    Pause,
    Resume,
    Send,
    StartAnswer,
    StartRound,
    StopAnswer,
    Undo,
)
from facilitator.core.public import public
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.time.clocks import usual_answer_s
from facilitator.core.time.floor import Floor, floor
from facilitator.core.time.turns import led, present, speaking, turn_s, unheard

AWA, KARIM, NORA, ELODIE = "Awa S.", "Karim B.", "Nora T.", "Élodie P."


@pytest.fixture
def needs() -> Clockwork:
    """At the needs: 3 minutes for an answer, 12 for all."""
    work = Clockwork().starts()
    work.does(Next())
    work.does(Next())
    return work


@pytest.fixture
def circle() -> Clockwork:
    """A round of a minute each among three."""
    work = Clockwork().starts()
    for name in (AWA, KARIM, NORA):
        work.does(Attend(name))
    work.does(StartRound(60))
    return work


def ask(work: Clockwork, text: str) -> str:
    return work.does(Capture("question", Fields(text=text))).id


def test_the_budget_says_how_many_answers_still_fit(needs: Clockwork) -> None:
    assert (needs.clocks().answer_budget_left_s, usual_answer_s(needs.meeting)) == (720, 180)
    question = ask(needs, "Qui ?")
    needs.does(StartAnswer(question))
    needs.passes(240)
    needs.does(Answer(question, "Elle."))
    assert needs.clocks().answer_budget_left_s == 480
    # Answers take four minutes here: "8 min left, about 2 questions".
    assert usual_answer_s(needs.meeting) == 240


def test_an_answer_clock_started_by_mistake_teaches_nothing(needs: Clockwork) -> None:
    needs.does(StartAnswer(ask(needs, "Qui ?")))
    needs.passes(5)
    needs.does(StopAnswer())
    assert usual_answer_s(needs.meeting) == 180


def test_an_exhausted_budget_leaves_no_question(needs: Clockwork) -> None:
    needs.does(StartAnswer(ask(needs, "Qui ?")))
    needs.passes(900)
    assert needs.clocks().answer_budget_left_s == -180


def test_a_step_without_budget_says_nothing_of_it() -> None:
    work = Clockwork().starts()
    assert work.clocks().answer_budget_left_s is None


def test_a_pause_stops_the_answer_clock_and_the_turn(needs: Clockwork) -> None:
    needs.does(Attend(AWA))
    needs.does(StartAnswer(ask(needs, "Qui ?")))
    needs.does(StartRound(60))
    needs.passes(30)
    needs.does(Pause())
    needs.passes(600)
    times = needs.clocks()
    assert (times.answer_left_s, times.round_left_s, times.answer_budget_left_s) == (150, 30, 690)
    needs.does(Resume())
    needs.passes(10)
    times = needs.clocks()
    assert (times.answer_left_s, times.round_left_s, times.answer_budget_left_s) == (140, 20, 680)
    needs.does(Pause())
    needs.does(EndRound())
    needs.does(StopAnswer())
    assert [(turn.name, turn.ms) for turn in needs.meeting.past_rounds[-1].turns] == [(AWA, 40_000)]
    assert needs.clocks().answer_budget_left_s == 680


def test_going_on_stops_the_answer_clock_and_charges_the_step_it_ran_in(needs: Clockwork) -> None:
    needs.does(StartAnswer(ask(needs, "Qui ?")))
    needs.passes(100)
    needs.does(Next())
    assert needs.meeting.answering is None
    assert needs.meeting.answered_ms == {"3": 100_000}


def test_no_answer_clock_before_the_start_or_after_the_end() -> None:
    work = Clockwork()
    question = ask(work, "Qui ?")
    with pytest.raises(Refused, match="not-started"):
        work.does(StartAnswer(question))
    work.starts()
    work.does(Adjourn())
    with pytest.raises(Refused, match="adjourned"):
        work.does(StartAnswer(question))


def test_each_one_present_has_the_same_time_and_the_room_sees_a_number_only(circle: Clockwork) -> None:
    turn = speaking(circle.meeting, circle.now())
    assert turn is not None
    assert (turn.speaking, turn.waiting, turn.spoken, turn.each_s) == (AWA, (KARIM, NORA), (), 60)
    assert turn_s(circle.meeting, 10 * MINUTE) == 200


def test_who_passes_comes_back_at_the_end(circle: Clockwork) -> None:
    circle.passes(10)
    circle.does(PassRound(later=True))
    turn = speaking(circle.meeting, circle.now())
    assert turn is not None
    assert (turn.speaking, turn.waiting, turn.left_s) == (KARIM, (NORA, AWA), 60)
    for _ in range(2):
        circle.passes(40)
        circle.does(PassRound())
    turn = speaking(circle.meeting, circle.now())
    assert turn is not None
    assert (turn.speaking, turn.spoken, turn.left_s) == (AWA, (KARIM, NORA), 60)
    circle.passes(50)
    circle.does(PassRound())
    assert circle.meeting.round is None
    spoken = [(turn.name, turn.ms) for turn in circle.meeting.past_rounds[-1].turns]
    assert spoken == [(KARIM, 40_000), (NORA, 40_000), (AWA, 50_000)]


def test_a_late_arrival_speaks_last_and_who_leaves_does_not(circle: Clockwork) -> None:
    circle.does(Attend(ELODIE, "late"))
    circle.does(Attend(NORA, "left"))
    circle.passes(20)
    circle.does(Attend(AWA, "left"))  # she was speaking
    turn = speaking(circle.meeting, circle.now())
    assert turn is not None
    assert (turn.speaking, turn.waiting, turn.spoken, turn.left_s) == (KARIM, (ELODIE,), (AWA,), 60)
    circle.does(Attend(NORA))  # and is back
    assert circle.meeting.round is not None
    assert circle.meeting.round.waiting == (ELODIE, NORA)
    circle.does(Attend(AWA))
    assert circle.meeting.round.waiting == (ELODIE, NORA)


def test_when_the_last_speaker_leaves_the_round_is_over(circle: Clockwork) -> None:
    for name in (AWA, KARIM, NORA):
        circle.does(Attend(name, "left"))
    assert circle.meeting.round is None


def test_who_has_not_spoken(circle: Clockwork) -> None:
    circle.passes(20)
    circle.does(PassRound())
    assert unheard(circle.meeting) == (KARIM, NORA)
    circle.does(EndRound())
    circle.does(Attend(ELODIE, "excused"))
    assert unheard(circle.meeting) == (KARIM, NORA)
    assert present(circle.meeting) == (AWA, KARIM, NORA)


def test_a_turn_of_a_second_is_one_and_a_shorter_is_none(circle: Clockwork) -> None:
    for seconds in (1, 0.999):
        circle.passes(seconds)
        circle.does(PassRound())
    assert unheard(circle.meeting) == (KARIM, NORA)


def test_two_people_passing_the_same_turn_pass_it_once(circle: Clockwork) -> None:
    circle.does(PassRound(leaving=AWA))
    with pytest.raises(Refused, match="moved-meanwhile"):
        circle.does(PassRound(leaving=AWA), by="karim@riorges")


def test_a_pass_is_undone_with_its_time(circle: Clockwork) -> None:
    circle.passes(20)
    circle.does(PassRound())
    circle.passes(5)
    circle.does(Undo())
    turn = speaking(circle.meeting, circle.now())
    assert turn is not None
    assert (turn.speaking, turn.left_s) == (AWA, 35)


def test_a_second_round_is_refused_while_one_runs_and_possible_after(circle: Clockwork) -> None:
    with pytest.raises(Refused, match="round-running"):
        circle.does(StartRound(30))
    circle.does(Next())  # going on ends it
    circle.does(StartRound(30))
    assert speaking(circle.meeting, circle.now()) is not None


def test_speaking_time_and_shares_of_the_lead_reach_no_document(circle: Clockwork) -> None:
    circle.passes(20)
    circle.does(HandOver(NORA))
    circle.passes(40)
    circle.does(EndRound())
    circle.does(Adjourn())
    shown = to_builtins(public(circle.meeting))
    assert "round" not in shown and "past_rounds" not in shown
    assert all(not step["led_ms"] for step in shown["steps"])


def test_a_step_handed_over_counts_for_who_leads_it_until_it_is_given_back() -> None:
    work = Clockwork().starts().passes(minutes=5)
    work.does(HandOver("karim b."))
    step = work.meeting.current
    assert step is not None and (step.lead, step.handed) == (KARIM, True)
    work.passes(minutes=10)
    work.does(Pause())
    work.passes(minutes=3)
    work.does(Resume())
    work.passes(minutes=1)
    (lead,) = led(work.meeting, work.now())
    assert (lead.name, lead.seconds) == (KARIM, 11 * MINUTE)
    assert lead.share == pytest.approx(11 / 16)
    work.does(HandOver(None))
    work.passes(minutes=6)
    (lead,) = led(work.meeting, work.now())
    assert lead.share == pytest.approx(11 / 22)


def test_a_second_begun_is_no_second_of_a_lead(circle: Clockwork) -> None:
    circle.does(HandOver(NORA))
    circle.passes(39.999)
    (lead,) = led(circle.meeting, circle.now())
    assert (lead.name, lead.seconds, lead.share) == (NORA, 39, 1.0)
    circle.does(Adjourn())
    (lead,) = led(circle.meeting, circle.now())
    assert (lead.seconds, lead.share) == (39, 1.0)


def test_a_step_handed_over_in_a_pause_leaves_the_pause_as_it_is() -> None:
    work = Clockwork().starts().passes(minutes=5)
    work.does(Pause())
    work.passes(minutes=3)
    work.does(HandOver(NORA))
    work.passes(minutes=2)
    assert work.clocks().paused_s == 5 * MINUTE
    work.does(Resume())
    work.passes(minutes=4)
    assert [(lead.name, lead.seconds) for lead in led(work.meeting, work.now())] == [(NORA, 4 * MINUTE)]
    assert [pause.ms for pause in work.meeting.pauses] == [5 * MINUTE * 1000]


def test_nobody_led_while_nothing_was_handed_over() -> None:
    work = Clockwork().starts().passes(minutes=5)
    assert led(work.meeting, work.now()) == ()
    assert turn_s(work.meeting, 60) == 0
    assert speaking(work.meeting, work.now()) is None


@pytest.mark.parametrize(
    ("passed", "stands"),
    [
        (0, Floor(180, 180, "calm")),
        (143, Floor(37, 180, "calm")),
        (144, Floor(36, 180, "amber")),
        (180, Floor(0, 180, "amber")),
        (181, Floor(-1, 180, "over")),
    ],
)
def test_an_answer_is_amber_at_the_share_of_a_step_for_who_leads_and_for_the_room(
    needs: Clockwork, passed: int, stands: Floor
) -> None:
    needs.does(StartAnswer(ask(needs, "Qui ?")))
    needs.passes(passed)
    assert floor(needs.meeting, needs.clocks()) == floor(public(needs.meeting), needs.clocks()) == stands


def test_a_turn_is_amber_at_the_share_of_a_step_for_who_leads_and_for_the_room(circle: Clockwork) -> None:
    circle.passes(47)
    assert floor(circle.meeting, circle.clocks()).level == "calm"
    circle.passes(1)
    assert floor(circle.meeting, circle.clocks()) == floor(public(circle.meeting), circle.clocks())
    assert floor(circle.meeting, circle.clocks()) == Floor(12, 60, "amber")


def test_the_room_has_the_clock_of_the_step_while_something_private_is_answered(needs: Clockwork) -> None:
    question = ask(needs, "Qui ?")
    needs.does(Send(question, "individual"))
    needs.does(StartAnswer(question))
    needs.passes(170)
    times = needs.clocks()
    assert floor(needs.meeting, times).level == "amber"
    assert floor(public(needs.meeting), times) == Floor(times.left_s, times.adjusted_s, "calm")
