"""What `decide` refuses, with the values that its sentence needs; what it lets through at the very bound."""

from __future__ import annotations

import datetime

import pytest
from stage import NINE_THIRTY, Stage, setup

from facilitator.core import acts
from facilitator.core import acts as commands
from facilitator.core.acts import Command, Stamp
from facilitator.core.agenda import DAY_S, Agenda, Step
from facilitator.core.decide import decide
from facilitator.core.instant import MAX_AT, Instant
from facilitator.core.meeting import Spot
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.text import MAX_NAME, MAX_TEXT

DAY_MS = DAY_S * 1000


def refusal(stage: Stage, command: Command, minute: float = 10, **options) -> tuple[str, dict]:
    before = stage.meeting
    with pytest.raises(Refused) as refused:
        stage.do(command, minute, **options)
    assert stage.meeting is before
    return refused.value.reason, refused.value.values


def running() -> Stage:
    """Started at 0; Q1, D2 … by Claire."""
    stage = Stage().start(0)
    stage.ask("Qui ?", 1)
    stage.capture("decision", "Oui", 2)
    return stage


def captured(stage: Stage, label: str) -> str:
    return stage.entry(label).id


def test_without_a_meeting_nothing_but_the_opening_is_done() -> None:
    stage = Stage(opened=False)
    assert refusal(stage, commands.Start())[0] == "no-meeting"
    assert refusal(stage, commands.Capture("note", Fields(text="Une")))[0] == "no-meeting"
    stage.do(commands.Open("m", setup()), 0)
    assert refusal(stage, commands.Open("m", setup()))[0] == "already-open"


@pytest.mark.parametrize(
    ("command", "reason", "values"),
    [
        (commands.Start(), "already-started", {}),
        (commands.Back(), "first-step", {}),
        (commands.Next(leaving=Spot("4", 0)), "moved-meanwhile", {"by": "claire@roanne"}),
        (commands.Back(leaving=Spot("4", 0)), "moved-meanwhile", {"by": "claire@roanne"}),
        (commands.Resume(), "not-paused", {"by": "claire@roanne"}),
        (commands.Adjust(60, "9"), "no-step", {"step": "9"}),
        (commands.Adjust(60, "4", 2), "no-step", {"step": 4}),
        (commands.Adjust(60, "4", -1), "no-step", {"step": 4}),
        (commands.Adjust(0), "nothing-to-change", {}),
        (commands.Adjust(-20 * 60), "nothing-left", {"step": 1}),
        (commands.Adjust(DAY_S - 20 * 60 + 1), "too-long", {}),
        (commands.Replan(()), "nothing-to-change", {}),
        (commands.Promise(NINE_THIRTY + 10 * 60_000), "promise-past", {}),
        (commands.Promise(NINE_THIRTY + 10 * 60_000 + DAY_MS + 1), "too-long", {}),
        (commands.AddStep(Step(kind="free", duration=59)), "nothing-left", {"step": 6}),
        (commands.AddStep(Step(kind="free", duration=59, title="Jeu")), "nothing-left", {"step": "Jeu"}),
        (commands.AddStep(Step(kind="free", duration=DAY_S + 1)), "too-long", {}),
        (
            commands.AddStep(Step(kind="free", duration=300, minimum=301)),
            "minimum-too-long",
            {"minimum_s": 301, "duration_s": 300},
        ),
        (commands.AddStep(Step(kind="free", duration=300)), "step-done", {"by": "claire@roanne"}),
        (commands.AddStep(Step(kind="free", duration=300), "9"), "no-step", {"by": "claire@roanne"}),
        (commands.SetStepAside("9"), "no-step", {"step": "9"}),
        (commands.SetStepAside("1"), "step-running", {"step": 1}),
        (commands.MoveStep("3", "3"), "no-step", {"step": 3}),
        (commands.MoveStep("3", "9"), "no-step", {"step": 3}),
        (commands.MoveStep("3"), "step-done", {"step": 3}),
        (commands.FindGap(5, 5), "no-gap", {}),
        (commands.SettleGap("9", counts=True), "no-gap", {}),
        (commands.Capture("note", Fields()), "empty-text", {}),
        (commands.Capture("note", Fields(text="")), "empty-text", {}),
        (commands.Capture("note", Fields(text=" \n")), "empty-text", {}),
        (commands.Capture("note", Fields(text="x" * (MAX_TEXT + 1))), "text-too-long", {"limit": MAX_TEXT}),
        (commands.Capture("action", Fields(text="x", offer=True)), "not-settled", {}),
        (commands.Capture("action", Fields(text="x", consensus=True)), "not-decided", {}),
        (commands.Capture("note", Fields(text="x", by=" ")), "empty-name", {}),
        (commands.Capture("note", Fields(text="x", by="y" * (MAX_NAME + 1))), "name-too-long", {"limit": MAX_NAME}),
        (commands.Capture("note", Fields(text="x", theme="y" * (MAX_NAME + 1))), "name-too-long", {"limit": MAX_NAME}),
        (commands.Capture("note", Fields(text="x"), "9"), "no-step", {"step": "9"}),
        (commands.Attend(""), "empty-name", {}),
        (commands.StopAnswer(), "no-answer-clock", {}),
        (commands.StartRound(60), "nobody-present", {}),
        (commands.StartRound(4), "turn-too-short", {"least_s": 5}),
        (commands.StartRound(DAY_S + 1), "too-long", {}),
        (commands.PassRound(), "no-round", {}),
        (commands.EndRound(), "no-round", {}),
        (commands.HandOver("Léa M.", "9"), "no-step", {"step": "9"}),
        (commands.Undo(), "nothing-to-undo", {}),
        (commands.Redo(), "nothing-to-redo", {}),
    ],
)
def test_a_refusal_says_why(command: Command, reason: str, values: dict) -> None:
    stage = running()
    other = isinstance(command, commands.Undo | commands.Redo)
    said, known = refusal(stage, command, by="karim@riorges" if other else "claire@roanne")
    assert (said, {name: known.get(name) for name in values}) == (reason, values)


@pytest.mark.parametrize(
    ("make", "reason", "said"),
    [
        (lambda q, d: commands.Edit(q, Fields(text="")), "empty-text", None),
        (lambda q, d: commands.Edit(q, Fields(offer=True)), "not-settled", None),
        (lambda q, d: commands.Edit(q, Fields()), "nothing-to-change", None),
        (lambda q, d: commands.Edit("9", Fields(text="x")), "no-entry", "9"),
        (lambda q, d: commands.Answer(q, " "), "empty-text", None),
        (lambda q, d: commands.Answer(d, "x"), "not-a-question", "D1"),
        (lambda q, d: commands.Send(q, "answered"), "empty-text", None),
        (lambda q, d: commands.Send(d, "drop"), "not-a-question", "D1"),
        (lambda q, d: commands.Finish(d), "no-follow-up", "D1"),
        (lambda q, d: commands.Finish("9"), "no-entry", "9"),
        (lambda q, d: commands.Support(d), "no-support", "D1"),
        (lambda q, d: commands.Relocate(q, "9"), "no-step", "Q1"),
        (lambda q, d: commands.StartAnswer(d), "not-a-question", "D1"),
        (lambda q, d: commands.StartAnswer(q, 4), "turn-too-short", None),
        (lambda q, d: commands.StartAnswer(q, DAY_S + 1), "too-long", None),
    ],
)
def test_a_refusal_about_an_entry_names_it(make, reason: str, said: str | None) -> None:
    stage = running()
    why, values = refusal(stage, make(captured(stage, "Q1"), captured(stage, "D1")))
    assert (why, values.get("label")) == (reason, said)


@pytest.mark.parametrize(
    "command",
    [commands.Pause(), commands.Back(), commands.HandOver("Léa M."), commands.Adjust(60), commands.StartRound(60)],
)
def test_before_the_start_time_does_not_move(command: Command) -> None:
    assert refusal(Stage(), command)[0] == "not-started"


@pytest.mark.parametrize(
    "command",
    [
        commands.Next(), commands.Back(), commands.Pause(), commands.Resume(), commands.Adjust(60), commands.Adjourn(),
        commands.Promise(NINE_THIRTY + 3_600_000), commands.AddStep(Step(kind="free", duration=300), "5"),
        commands.SetStepAside("5"), commands.MoveStep("5", "3"), commands.HandOver("Léa M."), commands.StartRound(60),
    ],
)  # fmt: skip
def test_after_the_end_neither(command: Command) -> None:
    stage = running()
    stage.do(commands.Adjourn(), 5)
    assert refusal(stage, command)[0] == "adjourned"


def test_next_starts_a_meeting_that_is_ready_and_there_is_no_step_after_the_last() -> None:
    stage = Stage()
    for minute in range(6):
        stage.do(commands.Next(), minute)
    assert stage.meeting.spot == Spot("5")
    assert refusal(stage, commands.Next())[0] == "last-step"
    assert refusal(stage, commands.Adjust(60, "4"))[0] == "step-done"


def test_next_over_the_whole_step_leaves_the_phases_out_and_goes_on_from_a_pause() -> None:
    stage = running()
    for minute in (2, 3, 4):
        stage.do(commands.Next(), minute)
    stage.do(commands.Pause(), 5)
    stage.do(commands.Next(whole_step=True), 6)
    assert (stage.meeting.spot, stage.meeting.state) == (Spot("5"), "running")
    stage.do(commands.Pause(), 7)
    stage.do(commands.Back(), 8)
    assert (stage.meeting.spot, stage.meeting.state) == (Spot("4", 1), "running")


def test_with_every_step_put_aside_there_is_nothing_to_start() -> None:
    stage = Stage()
    for step in "12345":
        stage.do(commands.SetStepAside(step), 1)
    assert refusal(stage, commands.Start())[0] == "no-step"


def test_a_round_may_be_as_short_as_five_seconds_and_as_long_as_a_day() -> None:
    stage = running()
    stage.do(commands.Attend("Awa S."), 3)
    for seconds in (5, DAY_S):
        stage.do(commands.StartRound(seconds), 4)
        stage.do(commands.EndRound(), 5)
    assert [one.seconds for one in stage.meeting.past_rounds] == [5, DAY_S]


def test_bounds_themselves_are_allowed() -> None:
    stage = running()
    stage.do(commands.Adjust(-19 * 60), 3)
    assert stage.meeting.steps[0].adjusted_s == 60
    stage.do(commands.Adjust(DAY_S - 60), 3)
    assert stage.meeting.steps[0].adjusted_s == DAY_S
    stage.do(commands.Promise(stage.instant(4).at + 1), 4)
    stage.do(commands.Promise(stage.instant(4).at + DAY_MS), 4)
    assert stage.meeting.promise == stage.instant(4).at + DAY_MS
    for duration in (60, DAY_S):
        stage.do(
            commands.AddStep(Step(kind="free", duration=duration, minimum=duration if duration == 60 else None), "5"), 4
        )
    assert [step.adjusted_s for step in stage.meeting.steps[5:]] == [DAY_S, 60]
    fields = Fields(text="x" * MAX_TEXT, by="y" * MAX_NAME, theme="z" * MAX_NAME)
    stage.do(commands.Capture("note", fields), 5)
    kept = stage.meeting.of_kind("note")[0]
    assert (kept.text, kept.by, kept.theme) == (fields.text, fields.by, fields.theme)


def decided(stage: Stage, command: Command, at: int, *, told: bool) -> tuple:
    return decide(stage.meeting, command, Stamp("x", "claire@roanne", "w1", Instant(at=at, told=told)), stage.acts)


def test_a_told_time_lies_between_the_last_move_and_what_a_clock_can_show() -> None:
    stage = running()
    stage.do(commands.Next(), 10)
    for command in (
        commands.Next(), commands.Back(), commands.Pause(), commands.Adjourn(), commands.Close("2026-12", {}),
    ):  # fmt: skip
        with pytest.raises(Refused) as refused:
            decided(stage, command, stage.instant(10).at - 1, told=True)
        assert (refused.value.reason, refused.value.values) == ("before-last-move", {"at": stage.instant(10).at})
    assert decided(stage, commands.Next(), stage.instant(10).at, told=True)
    note = commands.Capture("note", Fields(text="x"))
    assert decided(stage, note, stage.instant(5).at, told=True)
    assert decided(stage, note, NINE_THIRTY, told=True)
    with pytest.raises(Refused) as refused:
        decided(stage, note, NINE_THIRTY - 1, told=True)
    assert (refused.value.reason, refused.value.values) == ("outside-meeting", {"at": NINE_THIRTY})
    assert decided(stage, note, MAX_AT, told=False)
    assert decided(stage, note, 0, told=False)
    for at in (-1, MAX_AT + 1):
        with pytest.raises(Refused) as refused:
            decided(stage, note, at, told=False)
        assert (refused.value.reason, refused.value.values) == ("outside-meeting", {"at": NINE_THIRTY})


def test_a_meeting_may_be_told_to_have_started_before_it_was_opened() -> None:
    stage = Stage()
    assert decided(stage, commands.Start(), NINE_THIRTY - 60_000, told=True) == (acts.Start(),)
    stage.do(commands.Start(), -10, told=True)
    assert stage.meeting.started_at == NINE_THIRTY - 600_000
    stage.capture("note", "Avant", -5, told=True)
    with pytest.raises(Refused) as refused:
        decided(stage, commands.Capture("note", Fields(text="x")), NINE_THIRTY - 600_001, told=True)
    assert refused.value.values == {"at": NINE_THIRTY - 600_000}


def test_the_events_say_what_was_asked() -> None:
    stage = running()
    question, step = captured(stage, "Q1"), stage.meeting.steps[0].id
    due = datetime.date(2026, 12, 10)
    for command, event in (
        (
            commands.Answer(question, "Oui.", "https://example.org"),
            acts.Answer(question, "Oui.", "https://example.org"),
        ),
        (commands.Send(question, "relay", " karim  b. ", due), acts.Send(question, "relay", "Karim B.", due)),
        (commands.Send(question, "drop"), acts.Send(question, "drop")),
        (commands.Finish(question, done=False), acts.Finish(question, done=False)),
        (commands.Relocate(question, "3"), acts.Relocate(question, "3")),
        (commands.Attend("ELODIE P.", "late"), acts.Attend("Élodie P.", "late")),
        (commands.Attend("Zoé"), acts.Attend("Zoé", "present")),
        (commands.StartAnswer(question), acts.AnswerStarted(question, 180)),
        (commands.StartAnswer(question, 5), acts.AnswerStarted(question, 5)),
        (commands.HandOver("lea m."), acts.HandedOver(step, "Léa M.")),
        (commands.HandOver(step="3"), acts.HandedOver("3", None)),
        (commands.Adjust(60), acts.Adjusted("1", 60)),
        (commands.Adjust(60, "4", 1), acts.Adjusted("4", 60, 1)),
        (commands.FindGap(5, 6), acts.GapFound("x", 5, 6)),
        (commands.SetStepAside("3"), acts.SetStepAside("3", aside=True)),
        (commands.MoveStep("3", "4"), acts.MoveStep("3", "4")),
        (
            commands.Edit(
                question, Fields(text="a", by="awa s.", owners=("nora t.", "NORA T.", "Zoé"), theme=" a  b ")
            ),
            acts.Edited(question, Fields(text="a", by="Awa S.", owners=("Nora T.", "Zoé"), theme="a b")),
        ),
    ):
        assert decided(stage, command, stage.instant(5).at, told=False) == (event,)


def test_several_changes_are_one_act_whose_steps_have_names_of_their_own() -> None:
    stage = running()
    new = Step(kind="free", duration=300)
    events = decided(stage, commands.Replan((commands.AddStep(new, "2"), commands.AddStep(new, "2"))), 0, told=False)
    assert [event.id for event in events] == ["x.0", "x.1"]


def test_the_close_holds_the_numbers_and_the_summary() -> None:
    stage = running()
    stage.capture("note", "Une note", 3)
    stage.do(commands.Send(captured(stage, "Q1"), "drop"), 4)
    adjourned, closed = decided(
        stage, commands.Close("2026-12", {"w1": 9}, "Une phrase."), stage.instant(9).at, told=False
    )
    assert adjourned == acts.Adjourn()
    assert closed == acts.Closed(
        "2026-12",
        {entry.id: entry.number for entry in stage.meeting.entries.values() if entry.number},
        {"w1": 9},
        "Une phrase.",
    )
    assert len(closed.numbers) == 3
    stage.do(commands.Adjourn(), 10)
    assert len(decided(stage, commands.Close("2026-12", {}), stage.instant(11).at, told=False)) == 1
    with pytest.raises(Refused, match="empty-text"):
        decided(stage, commands.Close("2026-12", {}, " "), stage.instant(11).at, told=False)


def test_a_closed_meeting_says_who_closed_it() -> None:
    stage = running()
    stage.do(commands.Send(captured(stage, "Q1"), "drop"), 4)
    stage.do(commands.Close("2026-12", {"w1": stage.n}), 5, by="karim@riorges")
    assert refusal(stage, commands.Pause()) == ("closed", {"by": "karim@riorges"})


def test_a_need_may_be_an_offer_from_the_start_or_later() -> None:
    stage = running()
    assert stage.capture("need", "Je propose", 3, offer=True).offer
    entry = stage.capture("need", "Une trame", 3)
    stage.do(commands.Edit(entry.id, Fields(offer=True)), 4)
    assert stage.meeting.entries[entry.id].offer


def test_an_answer_takes_the_time_that_its_step_gives() -> None:
    stage = Stage(Agenda(title="x", steps=(Step(kind="needs", duration=600, answer_time=90),))).start(0)
    stage.do(commands.StartAnswer(stage.ask("Qui ?", 1).id), 2)
    assert stage.meeting.answering.seconds == 90


def test_questions_without_outcome_are_the_reason_of_a_refused_close() -> None:
    assert refusal(running(), commands.Close("2026-12", {})) == ("undecided", {"labels": ("Q1",)})
    assert refusal(Stage(), commands.StartAnswer("9"))[0] == "no-entry"
    early = Stage()
    assert refusal(early, commands.StartAnswer(early.ask("Qui ?", 1).id))[0] == "not-started"
