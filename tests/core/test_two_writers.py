"""Two people on one meeting, together or apart: what each may undo, and what becomes of acts that meet late."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from stage import Stage

from facilitator.core import acts
from facilitator.core import acts as commands
from facilitator.core.acts import Act, AnyEvent, Command
from facilitator.core.agenda import Agenda, Phase, Step
from facilitator.core.fold import Replay, apply, fold
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields

KARIM = "karim@riorges"


def offline(stage: Stage, command: Command, minute: float, *, told: bool = False) -> Act:
    """What Karim does on what he knows now, not yet arrived."""
    act = stage.act(command, stage.instant(minute, told=told, boot="other"), by=KARIM, writer="w2")
    return replace(act, id=f"offline{stage.n}")


def arrives(stage: Stage, *given: Act) -> None:
    """Acts arrive, to be placed after all others."""
    for act in given:
        stage.n += 1
        stage.replay.add([replace(act, n=stage.n)])
    assert fold(stage.acts) == stage.meeting


def reasons(stage: Stage) -> list[str]:
    return [void.reason for void in stage.meeting.void]


def close(stage: Stage, minute: float) -> None:
    stage.do(commands.Close("2026-12", {act.writer: act.n for act in stage.acts}), minute)


def test_redo_is_refused_when_it_would_make_another_persons_act_void() -> None:
    stage = Stage().start(0)
    stage.do(commands.Next(), 1)
    stage.do(commands.Undo(), 2)
    stage.do(commands.Next(), 3, by=KARIM)
    with pytest.raises(Refused) as refused:
        stage.do(commands.Redo(), 4)
    assert (refused.value.reason, refused.value.values["by"]) == ("moved-meanwhile", KARIM)
    assert stage.meeting.void == ()


def test_redo_of_what_no_longer_holds_is_refused_rather_than_without_effect() -> None:
    stage = Stage().start(0)
    question = stage.ask("Qui ?", 1, by=KARIM)
    stage.do(commands.Support(question.id), 2)
    stage.do(commands.Undo(), 3)
    stage.do(commands.Undo(), 4, by=KARIM)
    with pytest.raises(Refused) as refused:
        stage.do(commands.Redo(), 5)
    assert (refused.value.reason, refused.value.values["by"]) == ("moved-meanwhile", None)


def test_a_start_with_a_round_of_someone_else_in_it_is_not_undone() -> None:
    stage = Stage().start(0)
    stage.do(commands.Attend("Awa S."), 1, by=KARIM)
    stage.do(commands.StartRound(60), 1, by=KARIM)
    with pytest.raises(Refused, match="others-built-on-it"):
        stage.do(commands.Undo(), 2)


def test_a_redo_before_another_claim_keeps_the_number() -> None:
    stage = Stage().start()
    mine = stage.ask("À moi ?", 5)
    theirs = replace(offline(stage, commands.Capture("question", Fields(text="À lui ?")), 5), id="theirs")
    captured = theirs.events[0]
    assert isinstance(captured, acts.Captured)
    theirs = replace(theirs, events=(replace(captured, number=1, entry="theirs"),))
    stage.do(commands.Undo(), 6)
    stage.do(commands.Redo(), 7)
    arrives(stage, theirs)
    assert {entry.id: entry.label for entry in stage.meeting.of_kind("question")} == {mine.id: "Q1", "theirs": "Q2"}


def test_time_told_late_is_not_counted_twice() -> None:
    stage = Stage().start(0)
    told = offline(stage, commands.Next(), 5, told=True)
    stage.do(commands.Pause(), 10)
    stage.do(commands.Resume(), 10)
    arrives(stage, told)
    stage.do(commands.Adjourn(), 20)
    assert [step.spent_ms // 60_000 for step in stage.meeting.steps[:2]] == [10, 10]


def test_a_turn_and_an_answer_told_back_are_not_counted_twice() -> None:
    stage = Stage().start(0)
    stage.do(commands.Attend("Awa S."), 1)
    question = stage.ask("Qui ?", 1)
    stage.do(commands.StartRound(60), 2)
    stage.do(commands.StartAnswer(question.id), 4)
    stage.do(commands.StopAnswer(), 3, told=True)
    stage.do(commands.EndRound(), 10)
    assert stage.meeting.past_rounds[0].turns[0].ms == 8 * 60_000
    assert stage.meeting.answer_ms == {question.id: 0}


def test_a_gap_that_two_found_is_one_and_is_taken_away_once() -> None:
    stage = Stage().start(0)
    start, end = stage.instant(5).at, stage.instant(15).at
    mine = stage.do(commands.FindGap(start, end), 15)
    with pytest.raises(Refused, match="no-gap"):
        stage.do(commands.FindGap(start + 5000, end + 5000), 16)
    stage.do(commands.SettleGap(mine.id, counts=False), 17)
    stage.do(commands.SettleGap(mine.id, counts=False), 18, by=KARIM)
    stage.do(commands.Adjourn(), 30)
    assert stage.meeting.steps[0].spent_ms == 20 * 60_000
    assert [pause.ms for pause in stage.meeting.pauses] == [10 * 60_000]


def test_gaps_that_follow_one_another_are_two() -> None:
    stage = Stage().start(0)
    for minute in (4, 2, 6):
        stage.do(commands.FindGap(stage.instant(minute).at, stage.instant(minute + 2).at), 10)
    first, second, third = (gap.id for gap in stage.meeting.gaps)
    stage.do(commands.SettleGap(second, counts=False), 10)
    assert [(gap.counts, gap.charged_ms) for gap in stage.meeting.gaps] == [(None, 0), (False, 120_000), (None, 0)]
    assert [pause.start for pause in stage.meeting.pauses] == [stage.instant(2).at]
    for start, end in ((7, 9), (5, 6), (1, 3), (1, 9)):
        found = acts.GapFound("g", stage.instant(start).at, stage.instant(end).at)
        assert event_arrives(stage, found) == "no-gap"
    assert {first, third} == {gap.id for gap in stage.meeting.gaps if gap.counts is None}


def test_a_gap_noted_afterwards_belongs_to_the_step_that_ran_then() -> None:
    stage = Stage().start(0)
    stage.do(commands.Next(), 10)
    stage.do(commands.Next(), 20)
    gap = stage.do(commands.FindGap(stage.instant(10).at, stage.instant(16).at), 25)
    stage.do(commands.SettleGap(gap.id, counts=False), 26)
    assert [step.spent_ms // 60_000 for step in stage.meeting.steps[:3]] == [10, 4, 5]


def test_a_gap_is_taken_from_its_phase_and_leaves_the_others_as_they_are() -> None:
    phases = tuple(Phase(title, 600) for title in ("Tour", "Débat", "Retour"))
    stage = Stage(Agenda(title="Atelier", steps=(Step(kind="workshop", duration=1800, phases=phases),))).start(0)
    stage.do(commands.Next(), 10)
    stage.do(commands.Next(), 20)
    gap = stage.do(commands.FindGap(stage.instant(3).at, stage.instant(7).at), 25)
    stage.do(commands.SettleGap(gap.id, counts=False), 26)
    step = stage.meeting.steps[0]
    assert [(phase.title, phase.spent_ms // 60_000) for phase in step.phases] == [
        ("Tour", 6),
        ("Débat", 10),
        ("Retour", 5),
    ]


def test_a_gap_before_the_start_belongs_to_the_step_that_runs() -> None:
    stage = Stage().start(4)
    stage.do(commands.FindGap(stage.instant(1).at, stage.instant(5).at), 6)
    assert stage.meeting.gaps[0].spot == stage.meeting.spot


@pytest.mark.parametrize(
    "command",
    [commands.StartRound(60), commands.Adjust(600), commands.Pause(), commands.Next(), commands.HandOver("Léa M.")],
)
def test_what_comes_after_the_end_moves_no_time(command: Command) -> None:
    stage = Stage().start(0)
    stage.do(commands.Attend("Awa S."), 1)
    act = offline(stage, command, 5)
    stage.do(commands.Adjourn(), 6)
    before = stage.meeting
    arrives(stage, act)
    assert reasons(stage) == ["adjourned"]
    assert replace(stage.meeting, void=()) == before


def test_no_answer_clock_runs_after_the_end() -> None:
    stage = Stage().start(0)
    act = offline(stage, commands.StartAnswer(stage.ask("Qui ?", 1).id), 5)
    stage.do(commands.Adjourn(), 6)
    arrives(stage, act)
    assert (stage.meeting.answering, reasons(stage)) == (None, ["adjourned"])


def test_what_was_noted_offline_after_a_close_counts_once_it_is_reopened() -> None:
    stage = Stage().start()
    stage.capture("decision", "Dite", 5)
    act = offline(stage, commands.Capture("decision", Fields(text="Hors ligne")), 150)
    close(stage, 140)
    arrives(stage, act)
    assert stage.meeting.late == (act.id,)
    stage.do(commands.Reopen(), 160)
    assert [(entry.text, entry.label) for entry in stage.meeting.of_kind("decision")] == [
        ("Dite", "D1"),
        ("Hors ligne", "D2"),
    ]
    assert stage.capture("decision", "Ensuite", 161).label == "D3"
    assert [entry.label for entry in fold(stage.acts).of_kind("decision")] == ["D1", "D2", "D3"]
    assert stage.meeting.void == ()


def test_of_two_closes_at_once_the_second_neither_counts_nor_comes_back_with_a_reopening() -> None:
    stage = Stage().start()
    other = offline(stage, commands.Close("2027-01", {"w1": stage.n}), 141)
    close(stage, 140)
    arrives(stage, other)
    assert (stage.meeting.closed.month, stage.meeting.late) == ("2026-12", (other.id,))
    stage.do(commands.Reopen(), 150)
    assert (stage.meeting.state, reasons(stage)) == ("adjourned", ["closed"])


def test_the_number_that_a_void_entry_claimed_is_taken_from_nobody() -> None:
    stage = Stage().start()
    added = stage.do(commands.AddStep(Step(kind="free", duration=300), "5"), 4)
    there = offline(stage, commands.Capture("decision", Fields(text="Là"), step=added.id), 5)
    stage.do(commands.Undo(), 6)
    arrives(stage, there)
    assert reasons(stage) == ["no-step"]
    said = stage.capture("decision", "Dite", 7)
    stage.ask("Un ?", 8)
    stage.do(commands.Undo(), 9)
    stage.do(commands.Redo(), 10)
    assert (said.label, stage.meeting.entries[said.id].label) == ("D1", "D1")


def test_a_number_that_a_close_froze_is_nobody_elses_even_when_it_was_undone_since() -> None:
    stage = Stage().start()
    printed = stage.capture("decision", "Imprimée", 5)
    same = offline(stage, commands.Capture("decision", Fields(text="La même place")), 5)
    close(stage, 140)
    stage.do(commands.Reopen(), 150)
    stage.do(commands.Undo(), 151)
    assert printed.id not in stage.meeting.entries
    assert stage.capture("decision", "Après", 152).label == "D2"
    captured = same.events[0]
    arrives(stage, replace(same, events=(replace(captured, number=1),)))
    assert [entry.label for entry in stage.meeting.of_kind("decision")] == ["D2", "D3"]


def test_a_reopening_holds_although_what_it_lets_in_undoes_the_close() -> None:
    stage = Stage().start(0)
    stage.do(commands.Adjourn(), 10, by=KARIM, writer="w2")
    seen = {act.writer: act.n for act in stage.acts}
    stage.do(commands.Undo(), 11, by=KARIM, writer="w2")
    undo = stage.acts[-1]
    here = Replay([act for act in stage.acts if act is not undo])
    there = Stage()
    there.replay, there.n = here, stage.n
    there.do(commands.Close("2026-12", seen), 12)
    there.replay.add([undo])
    assert (there.meeting.state, there.meeting.late) == ("closed", (undo.id,))
    there.do(commands.Reopen(), 13)
    assert there.meeting.state == "running"
    assert there.acts[-1].id not in {void.act for void in there.meeting.void}


def test_only_a_closed_meeting_is_reopened_or_published() -> None:
    stage = Stage().start()
    for command in (commands.Reopen(), commands.Publish({})):
        with pytest.raises(Refused, match="not-closed"):
            stage.do(command, 5)


def event_arrives(stage: Stage, *events: AnyEvent) -> str | None:
    """An act of these events arrives as it is; why it is void."""
    before = stage.meeting
    act = replace(offline(stage, commands.Attend("Awa S."), 20), events=events)
    arrives(stage, act)
    void = stage.meeting.void[len(before.void) :]
    if void:
        assert replace(stage.meeting, void=before.void) == before
        assert void[0].act == act.id
        assert void[0].actor == KARIM
    return void[0].reason if void else None


def test_acts_that_do_not_hold_are_void_and_change_nothing() -> None:
    stage = Stage().start(0)
    note = stage.capture("note", "Une note", 1).id
    setup = stage.meeting.opened
    for events, reason in (
        ((acts.Open("autre", setup),), "already-open"),
        ((acts.Start(),), "already-started"),
        ((acts.Captured(note, "note", 0, Fields(text="x")),), "no-entry"),
        ((acts.Captured("n", "note", 0, Fields(text="x"), step="9"),), "no-step"),
        ((acts.Edited("9", Fields(text="x")),), "no-entry"),
        ((acts.Answer(note, "x"),), "not-a-question"),
        ((acts.Send(note, "drop"),), "not-a-question"),
        ((acts.Finish(note),), "no-follow-up"),
        ((acts.Support(note),), "no-support"),
        ((acts.Relocate(note, "9"),), "no-step"),
        ((acts.Relocate("9", "2"),), "no-entry"),
        ((acts.AnswerStarted(note, 60),), "not-a-question"),
        ((acts.AnswerStopped(note),), "no-answer-clock"),
        ((acts.RoundStarted((), 60),), "nobody-present"),
        ((acts.RoundPassed("Awa S."),), "no-round"),
        ((acts.EndRound(),), "no-round"),
        ((acts.Publish({}),), "not-closed"),
        ((acts.Adjusted("4", 60, 2),), "no-step"),
        ((acts.Adjusted("4", -25 * 60 + 59, 0),), "nothing-left"),
        ((acts.Adjusted("1", -20 * 60 + 59),), "nothing-left"),
        ((acts.Edited(note, Fields(text="autre")), acts.Adjourn(), acts.Adjourn()), "adjourned"),
    ):
        assert event_arrives(stage, *events) == reason, events


def test_before_a_meeting_exists_nothing_holds() -> None:
    stage = Stage()
    captured = stage.act(commands.Capture("note", Fields(text="x")), stage.instant(1))
    attended = stage.act(commands.Attend("Awa S."), stage.instant(1))
    meeting = fold([captured, attended])
    assert [void.reason for void in meeting.void] == ["no-meeting", "no-meeting"]
    assert (dict(meeting.entries), meeting.attendance) == ({}, {})
    assert apply(apply(fold([]), captured), attended) == meeting


def test_a_step_lasts_a_minute_at_least() -> None:
    stage = Stage().start(0)
    assert event_arrives(stage, acts.Adjusted("1", -19 * 60)) is None
    assert event_arrives(stage, acts.Adjusted("4", -24 * 60, 0)) is None
    assert (stage.meeting.steps[0].adjusted_s, stage.meeting.steps[3].phases[0].adjusted_s) == (60, 60)
    assert [phase.adjusted_s for phase in stage.meeting.steps[3].phases] == [60, 25 * 60]


def test_a_replay_knows_the_acts_it_read() -> None:
    stage = Stage()
    assert stage.replay.knows("act1")
    assert not stage.replay.knows("act2")


def test_an_undo_or_redo_that_does_not_hold_when_its_turn_comes_is_void() -> None:
    stage = Stage().start(0)
    theirs = stage.ask("Qui ?", 1)
    assert event_arrives(stage, acts.Undone("9")) == "nothing-to-undo"
    assert event_arrives(stage, acts.Undone(theirs.id)) == "nothing-to-undo"
    assert event_arrives(stage, acts.Undone(stage.acts[0].id)) == "nothing-to-undo"
    assert event_arrives(stage, acts.Redone(theirs.id)) == "nothing-to-redo"
    stage.do(commands.Undo(), 2)
    assert event_arrives(stage, acts.Redone(theirs.id)) == "nothing-to-redo"
    assert theirs.id not in stage.meeting.entries


def test_one_act_taken_back_from_two_terminals_is_taken_back_once() -> None:
    stage = Stage().start(0)
    first, second = stage.ask("Un ?", 1), stage.ask("Deux ?", 2)
    one = stage.act(commands.Undo(), stage.instant(3))
    two = replace(stage.act(commands.Undo(), stage.instant(3), writer="w2"), id="two")
    arrives(stage, one, two)
    assert (first.id in stage.meeting.entries, second.id in stage.meeting.entries) == (True, False)
    assert reasons(stage) == ["nothing-to-undo"]
    stage.do(commands.Redo(), 4)
    stage.do(commands.Undo(), 5)
    assert second.id not in stage.meeting.entries


def test_the_answer_clock_stops_with_the_outcome_of_its_question_only() -> None:
    stage = Stage().start(0)
    one, two, three = (stage.ask(f"{n} ?", n).id for n in (1, 2, 3))
    stage.do(commands.StartAnswer(one), 4)
    stage.do(commands.Send(two, "drop"), 5)
    stage.do(commands.Answer(three, "Oui."), 5)
    assert stage.meeting.answering is not None
    stage.do(commands.Send(one, "relay"), 6)
    assert (stage.meeting.answering, stage.meeting.answer_ms) == (None, {one: 120_000})
    stage.do(commands.StartAnswer(two), 7)
    stage.do(commands.StartAnswer(three), 8)
    stage.do(commands.Answer(three, "Non."), 10)
    assert (stage.meeting.answering, stage.meeting.answer_ms) == (None, {one: 120_000, two: 60_000, three: 120_000})
    assert stage.meeting.answered_ms == {"1": 300_000}


def test_an_outcome_keeps_who_and_when_unless_others_are_given() -> None:
    stage = Stage().start(0)
    question = stage.ask("Qui ?", 1).id
    due = stage.meeting.opened.day
    stage.do(commands.Send(question, "next", "Awa S.", due), 2)
    stage.do(commands.Send(question, "relay"), 3)
    kept = stage.entry("Q1")
    assert (kept.outcome, kept.owners, kept.due) == ("relay", ("Awa S.",), due)
    stage.do(commands.Answer(question, "Oui.", "https://example.org"), 4)
    assert (stage.entry("Q1").answer, stage.entry("Q1").answer_link) == ("Oui.", "https://example.org")
    stage.do(commands.Send(question, "drop", "Nora T."), 5)
    kept = stage.entry("Q1")
    assert (kept.owners, kept.answer, kept.answer_link) == (("Nora T.",), None, None)


def test_each_support_is_one_more_and_an_edit_is_remembered() -> None:
    stage = Stage().start(0)
    entry = stage.capture("need", "Une trame", 1).id
    assert not stage.meeting.entries[entry].edited
    stage.do(commands.Support(entry), 2)
    stage.do(commands.Support(entry), 3)
    stage.do(commands.Edit(entry, Fields(theme="outils")), 4)
    stage.do(commands.Finish(entry), 5)
    stage.do(commands.Relocate(entry, "4"), 5)
    kept = stage.meeting.entries[entry]
    assert (kept.same, kept.theme, kept.text, kept.edited, kept.done) == (2, "outils", "Une trame", True, True)
    assert (kept.step, kept.actor, kept.at) == ("4", "claire@roanne", stage.instant(1).at)
    stage.do(commands.Finish(entry, done=False), 6)
    assert not stage.meeting.entries[entry].done
    for kind in ("question", "individual", "action"):
        stage.do(commands.Finish(stage.capture(kind, "x", 7).id), 7)
    for kind in ("question", "individual"):
        stage.do(commands.Support(stage.capture(kind, "x", 7).id), 7)


def test_a_live_entry_belongs_to_the_step_that_runs_and_a_told_one_to_its_instant() -> None:
    stage = Stage().start(0)
    stage.do(commands.Next(), 10)
    live, told = stage.ask("Ici ?", 11), stage.ask("Avant ?", 5, told=True)
    assert (live.step, told.step) == ("2", None)
    assert (stage.meeting.step_of(live), stage.meeting.step_of(told)) == ("2", "1")
    elsewhere = stage.do(commands.Capture("note", Fields(text="Là"), "4"), 12)
    assert stage.meeting.entries[elsewhere.id].step == "4"


def test_who_comes_during_a_round_speaks_last_and_who_leaves_is_not_waited_for() -> None:
    stage = Stage().start(0)
    for name in ("Awa S.", "Karim B.", "Léa M."):
        stage.do(commands.Attend(name), 1)
    stage.do(commands.Attend("Nora T.", "excused"), 1)
    stage.do(commands.StartRound(60), 2)
    assert stage.meeting.round.speaking == "Awa S."
    stage.do(commands.Attend("Nora T.", "late"), 3)
    stage.do(commands.Attend("Nora T."), 3)
    stage.do(commands.Attend("Zoé", "excused"), 3)
    assert stage.meeting.round.waiting == ("Karim B.", "Léa M.", "Nora T.")
    stage.do(commands.Attend("Karim B.", "excused"), 3)
    assert stage.meeting.round.waiting == ("Léa M.", "Nora T.")
    stage.do(commands.PassRound(later=True), 4)
    assert (stage.meeting.round.speaking, stage.meeting.round.waiting) == ("Léa M.", ("Nora T.", "Awa S."))
    stage.do(commands.Attend("Léa M.", "left"), 5)
    assert (stage.meeting.round.speaking, [turn.name for turn in stage.meeting.round.turns]) == ("Nora T.", ["Léa M."])
    stage.do(commands.Attend("Léa M."), 5)
    assert event_arrives(stage, acts.RoundPassed("Awa S.")) == "moved-meanwhile"
    stage.do(commands.PassRound("Nora T."), 7)
    stage.do(commands.PassRound(), 8)
    assert stage.meeting.round is None
    assert [(turn.name, turn.ms / 60_000) for turn in stage.meeting.past_rounds[0].turns] == [
        ("Léa M.", 1), ("Nora T.", 2), ("Awa S.", 1),
    ]  # fmt: skip


def test_moving_on_ends_the_round_and_the_answer_and_a_pause_holds_them() -> None:
    stage = Stage().start(0)
    stage.do(commands.Attend("Awa S."), 1)
    question = stage.ask("Qui ?", 1).id
    stage.do(commands.StartRound(60), 2)
    stage.do(commands.StartAnswer(question), 3)
    stage.do(commands.Pause(), 4)
    stage.do(commands.Resume(), 14)
    stage.do(commands.Next(), 15)
    meeting = stage.meeting
    assert (meeting.round, meeting.answering) == (None, None)
    assert meeting.past_rounds[0].turns[0].ms == 3 * 60_000
    assert meeting.answer_ms == {question: 2 * 60_000}
    assert [(pause.step, pause.start, pause.ms) for pause in meeting.pauses] == [("1", stage.instant(4).at, 600_000)]
    assert meeting.steps[0].spent_ms == 5 * 60_000


def test_documents_published_twice_are_kept_together() -> None:
    stage = Stage().start(0)
    close(stage, 10)
    stage.do(commands.Publish({"a.md": "1", "b.md": "1"}), 11)
    stage.do(commands.Publish({"a.md": "2"}), 12)
    assert stage.meeting.published == {"a.md": "2", "b.md": "1"}
    assert stage.meeting.closed.at == stage.instant(10).at
    stage.do(commands.Reopen(), 13)
    assert stage.meeting.closed is None


def test_the_summary_of_a_close_stays_until_another_takes_its_place() -> None:
    stage = Stage().start(0)
    seen = {"w1": 99}
    for minute, summary in ((10, "Une."), (12, None), (14, "Deux.")):
        stage.do(commands.Close("2026-12", seen, summary), minute)
        assert stage.meeting.summary == ("Deux." if minute == 14 else "Une.")
        stage.do(commands.Reopen(), minute + 1)


def test_a_step_handed_over_is_led_by_another_and_counted_to_them() -> None:
    stage = Stage().start(0)
    stage.do(commands.HandOver("Nora T."), 2)
    stage.do(commands.HandOver("Léa M."), 5)
    stage.do(commands.HandOver(), 9)
    step = stage.meeting.steps[0]
    assert (step.lead, step.handed, dict(step.led_ms)) == ("Karim B.", False, {"Nora T.": 180_000, "Léa M.": 240_000})
    stage.do(commands.HandOver("Nora T."), 10)
    stage.do(commands.Adjourn(), 11)
    assert dict(stage.meeting.steps[0].led_ms) == {"Nora T.": 240_000, "Léa M.": 240_000}
    assert stage.meeting.steps[0].spent_ms == 11 * 60_000


def test_what_is_called_a_break_may_be_called_meeting_again() -> None:
    stage = Stage().start(0)
    stage.do(commands.Pause(), 1)
    stage.do(commands.Resume(), 3)
    gap = stage.do(commands.FindGap(stage.instant(4).at, stage.instant(6).at), 7).id
    stage.do(commands.SettleGap(gap, counts=False), 8)
    stage.do(commands.Pause(), 9)
    stage.do(commands.SettleGap(gap, counts=True), 10)
    stage.do(commands.SettleGap(gap, counts=False), 11)
    stage.do(commands.Resume(), 12)
    assert [(pause.start - stage.instant(0).at, pause.ms) for pause in stage.meeting.pauses] == [
        (60_000, 120_000), (240_000, 120_000), (540_000, 180_000),
    ]  # fmt: skip
    assert (stage.meeting.gaps[0].counts, stage.meeting.gaps[0].charged_ms) == (False, 120_000)
    assert stage.meeting.steps[0].spent_ms == 5 * 60_000


def claim(stage: Stage, entry: str, kind, number: int) -> Act:
    """An entry captured elsewhere, which claims a number."""
    act = offline(stage, commands.Attend("Awa S."), 20)
    return replace(act, id=entry, events=(acts.Captured(entry, kind, number, Fields(text=entry)),))


def numbers(stage: Stage, kind) -> dict[str, int]:
    return {entry.text: entry.number for entry in stage.meeting.of_kind(kind)}


def test_each_claim_that_lost_goes_on_from_its_own_number() -> None:
    stage = Stage().start(0)
    arrives(stage, claim(stage, "a", "question", 1), claim(stage, "b", "question", 1))
    arrives(stage, claim(stage, "c", "decision", 7), claim(stage, "d", "decision", 7), claim(stage, "e", "need", 30))
    assert numbers(stage, "question") == {"a": 1, "b": 2}
    assert numbers(stage, "decision") == {"c": 7, "d": 8}


def test_a_claim_that_lost_takes_no_number_that_was_ever_said() -> None:
    stage = Stage().start(0)
    stage.ask("a", 1)
    stage.ask("taken back", 2)
    stage.do(commands.Undo(), 3)
    arrives(stage, claim(stage, "b", "question", 1))
    assert numbers(stage, "question") == {"a": 1, "b": 3}


def test_the_agendas_news_keep_their_numbers_against_any_claim() -> None:
    stage = Stage().start(0)
    arrives(stage, claim(stage, "a", "news", 1), claim(stage, "b", "news", 2))
    assert numbers(stage, "news") == {"AMI": 1, "b": 2, "a": 3}


def test_a_number_that_was_settled_and_frozen_stays_whoever_claims_it_later() -> None:
    stage = Stage().start(0)
    arrives(stage, claim(stage, "a", "decision", 1), claim(stage, "b", "decision", 1))
    close(stage, 10)
    stage.do(commands.Reopen(), 11)
    arrives(stage, claim(stage, "c", "decision", 2))
    assert numbers(stage, "decision") == {"a": 1, "b": 2, "c": 3}
    assert stage.capture("decision", "d", 12).label == "D4"


def test_of_two_closes_at_once_the_first_alone_freezes_numbers() -> None:
    stage = Stage().start(0)
    there = claim(stage, "b", "decision", 1)
    stage.n += 1
    said = stage.capture("decision", "a", 5)
    other = replace(offline(stage, commands.Close("2027-01", {"w1": 2}), 141), events=(
        acts.Adjourn(), acts.Closed("2027-01", {"b": 1}, {"w1": 2, "w2": there.n}),
    ))  # fmt: skip
    close(stage, 140)
    arrives(stage, other)
    stage.replay.add([there])
    stage.do(commands.Reopen(), 150)
    assert numbers(stage, "decision") == {"a": 1, "b": 2}
    assert said.number == 1


def test_a_meeting_is_reopened_and_closed_again_with_what_was_added() -> None:
    stage = Stage().start(0)
    close(stage, 10)
    stage.do(commands.Reopen(), 11)
    stage.capture("decision", "Oubliée", 12)
    close(stage, 13)
    assert numbers(stage, "decision") == {"Oubliée": 1}
    stage.do(commands.Reopen(), 14)
    stage.do(commands.Undo(), 15)
    assert stage.capture("decision", "Autre", 16).label == "D2"
    assert stage.meeting.void == ()


def test_redo_of_what_was_not_undone_is_void() -> None:
    stage = Stage().start(0)
    mine = offline(stage, commands.Capture("note", Fields(text="x")), 1)
    arrives(stage, mine)
    assert event_arrives(stage, acts.Redone(mine.id)) == "nothing-to-redo"
    assert event_arrives(stage, acts.Redone("9")) == "nothing-to-redo"


def test_a_journal_whose_opening_is_missing_is_folded_all_the_same() -> None:
    stage = Stage().start(0)
    stage.ask("Qui ?", 1)
    stage.do(commands.Undo(), 2)
    stage.do(commands.Redo(), 3)
    meeting = fold(stage.acts[1:])
    assert (meeting.state, [void.reason for void in meeting.void]) == ("none", ["no-meeting", "no-meeting"])


def test_what_arrives_late_is_put_in_its_place() -> None:
    stage = Stage().start(0)
    stage.n += 5
    pause = replace(offline(stage, commands.Pause(), 5), n=4)
    note = replace(offline(stage, commands.Capture("note", Fields(text="x")), 6), n=5)
    stage.do(commands.Attend("Awa S."), 10)
    assert stage.replay.add([note, pause]) == [pause, note]
    assert stage.acts == sorted(stage.acts, key=lambda act: act.order)
    assert fold(stage.acts) == stage.meeting
    assert (stage.meeting.state, stage.meeting.pauses[0].start) == ("paused", stage.instant(5).at)


def test_several_acts_at_the_end_are_taken_in_their_order() -> None:
    stage = Stage().start(0)
    pause, resume = (replace(offline(stage, commands.Pause(), minute), n=50 + minute) for minute in (5, 6))
    resume = replace(resume, events=(acts.Resume(),))
    assert stage.replay.add([resume, pause]) == [pause, resume]
    assert (stage.meeting.state, stage.meeting.void) == ("running", ())


def test_an_act_at_the_end_is_added_without_folding_all_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage().start(0)
    monkeypatch.setattr("facilitator.core.fold.fold", lambda _: pytest.fail("folded from the start"))
    stage.ask("Qui ?", 1)
    stage.do(commands.Next(), 2)
    assert stage.meeting.spot.step == "2"


def test_a_meeting_never_changes_once_it_is_made() -> None:
    stage = Stage().start(0)
    entry = stage.ask("Qui ?", 1)
    before = stage.meeting
    stage.ask("Quoi ?", 2)
    stage.do(commands.Edit(entry.id, Fields(text="autre")), 3)
    assert before.find("question", 2) is None
    assert before.entries[entry.id].text == "Qui ?"
    two = replace(offline(stage, commands.Attend("Awa S."), 4), events=(
        acts.Edited(entry.id, Fields(text="encore")),
        acts.Captured("n", "question", 3, Fields(text="x")),
        acts.Resume(),
    ))  # fmt: skip
    arrives(stage, two)
    assert stage.meeting.entries[entry.id].text == "autre"
    assert stage.meeting.find("question", 3) is None
    assert (stage.meeting.void[0].act, stage.meeting.void[0].actor) == (two.id, KARIM)


def test_an_act_void_in_a_closed_meeting_is_listed_with_its_writer() -> None:
    stage = Stage().start(0)
    act = offline(stage, commands.Attend("Awa S."), 20)
    close(stage, 10)
    closed = apply(stage.meeting, act)
    assert [(void.act, void.actor, void.reason) for void in closed.void] == [(act.id, KARIM, "closed")]


def test_one_round_and_one_answer_run_at_a_time() -> None:
    stage = Stage().start(0)
    stage.do(commands.Attend("Awa S."), 1)
    question, other = stage.ask("Qui ?", 1), stage.ask("Quoi ?", 1)
    stage.do(commands.StartRound(60), 2)
    stage.do(commands.StartAnswer(question.id), 2)
    assert event_arrives(stage, acts.RoundStarted(("Awa S.",), 60)) == "round-running"
    assert event_arrives(stage, acts.AnswerStopped(other.id)) == "no-answer-clock"


def test_an_entry_of_another_program_without_a_text_is_empty() -> None:
    stage = Stage().start(0)
    assert event_arrives(stage, acts.Captured("n", "note", 0, Fields(by="Awa S."))) is None
    assert (stage.meeting.entries["n"].text, stage.meeting.entries["n"].by) == ("", "Awa S.")


def test_the_identities_that_journals_rest_on() -> None:
    stage = Stage()
    assert stage.meeting.id == "2026-11-24-rencontre"
    assert [entry.id for entry in stage.meeting.of_kind("news")] == ["item1"]
    assert [step.id for step in stage.meeting.steps] == ["1", "2", "3", "4", "5"]


def test_a_meeting_starts_with_its_first_line_that_is_not_put_aside() -> None:
    stage = Stage()
    stage.do(commands.MoveStep("4"), 1)
    stage.do(commands.Start(), 2)
    assert (stage.meeting.spot.step, stage.meeting.spot.phase) == ("4", 0)
    stage = Stage()
    stage.do(commands.SetStepAside("1"), 1)
    stage.do(commands.Start(), 2)
    assert (stage.meeting.spot.step, stage.meeting.spot.phase) == ("2", None)


def test_the_end_ends_the_round_and_the_answer() -> None:
    stage = Stage().start(0)
    stage.do(commands.Attend("Awa S."), 1)
    question = stage.ask("Qui ?", 1)
    stage.do(commands.StartRound(60), 2)
    stage.do(commands.StartAnswer(question.id), 3)
    stage.do(commands.Adjourn(), 5)
    meeting = stage.meeting
    assert (meeting.round, meeting.answering, meeting.adjourned_at) == (None, None, stage.instant(5).at)
    assert [turn.ms for turn in meeting.past_rounds[0].turns] == [180_000]
    assert meeting.answer_ms == {question.id: 120_000}


def test_a_gap_takes_no_more_from_a_phase_than_it_took() -> None:
    stage = Stage().start(0)
    for minute in (1, 2, 3, 8):
        stage.do(commands.Next(), minute)
    gap = stage.do(commands.FindGap(stage.instant(8).at, stage.instant(11).at), 10).id
    for counts in (False, False, True, False):
        stage.do(commands.SettleGap(gap, counts), 10)
        step = stage.meeting.steps[3]
        spent = 2 * 60_000 if counts else 0
        assert [phase.spent_ms for phase in step.phases] == [5 * 60_000, spent]
        assert step.spent_ms == 5 * 60_000 + spent
        assert [pause.ms for pause in stage.meeting.pauses] == ([] if counts else [2 * 60_000])


def test_a_pause_that_began_with_a_gap_stays_whatever_the_gap_was() -> None:
    stage = Stage().start(0)
    stage.do(commands.Pause(), 4)
    stage.do(commands.Resume(), 5)
    gap = stage.do(commands.FindGap(stage.instant(4).at, stage.instant(7).at), 8).id
    for counts in (True, False, True):
        stage.do(commands.SettleGap(gap, counts), 9)
        assert [pause.ms for pause in stage.meeting.pauses] == [60_000] + [180_000] * (not counts)


def test_a_step_is_not_added_before_the_one_that_runs() -> None:
    stage = Stage().start(0)
    stage.do(commands.Next(), 1)
    new = Step(kind="free", duration=300)
    assert event_arrives(stage, acts.StepAdded("n", new, "1")) == "step-done"
    assert event_arrives(stage, acts.StepAdded("3", new, "4")) == "no-step"
    assert event_arrives(stage, acts.StepAdded("n", new, "2")) is None
    assert event_arrives(stage, acts.MoveStep("5", "5")) == "no-step"
    assert [step.id for step in stage.meeting.steps] == ["1", "2", "n", "3", "4", "5"]


def test_a_close_of_what_goes_on_or_was_never_opened_is_void() -> None:
    stage = Stage().start(0)
    act = replace(offline(stage, commands.Attend("Awa S."), 5), events=(acts.Closed("2026-12", {}, {}),))
    assert apply(stage.meeting, act).void[0].reason == "not-closed"
    assert apply(fold([]), act).void[0].reason == "not-started"
    assert apply(fold([]), replace(act, events=(acts.Pause(),))).void[0].reason == "no-meeting"
    assert apply(fold([]), replace(act, events=(acts.Evaluate((0, 0, 0, 1, 0)),))).void[0].reason == "no-meeting"


def test_the_end_is_taken_back_by_who_said_it_even_after_a_close_and_a_reopening() -> None:
    stage = Stage().start(0)
    stage.do(commands.Adjourn(), 10)
    close(stage, 11)
    stage.do(commands.Reopen(), 12)
    stage.do(commands.Undo(), 13)
    assert (stage.meeting.state, stage.meeting.adjourned_at) == ("running", None)


# An answer that another writer did not know of is not lost


def test_two_answers_given_at_once_are_both_kept() -> None:
    stage = Stage().start(0)
    question = stage.ask("Qui paie ?", 1).id
    theirs = offline(stage, commands.Answer(question, "La mairie.", by="Nora T."), 3)
    stage.do(commands.Answer(question, "Le FSE.", by="Awa S."), 2)
    arrives(stage, theirs)
    both = stage.entry("Q1")
    assert (both.answer, both.answer_by) == ("Le FSE.\nLa mairie.", "Awa S., Nora T.")
    stage.do(commands.Answer(question, "Personne."), 4)
    assert stage.entry("Q1").answer == "Personne."
    stage.do(commands.Undo(), 5)
    assert stage.entry("Q1") == both
    stage.do(commands.Undo(), 6)
    assert (stage.entry("Q1").answer, stage.entry("Q1").answer_by) == ("La mairie.", "Nora T.")


def test_the_same_answer_given_twice_is_one() -> None:
    stage = Stage().start(0)
    question = stage.ask("Qui paie ?", 1).id
    theirs = offline(stage, commands.Answer(question, "Le FSE."), 3)
    stage.do(commands.Answer(question, "Le FSE.", by="Awa S."), 2)
    arrives(stage, theirs)
    assert (stage.entry("Q1").answer, stage.entry("Q1").answer_by) == ("Le FSE.", "Awa S.")


@pytest.mark.parametrize(
    "make",
    [
        lambda q: commands.Send(q, "newsletter"),
        lambda q: commands.Edit(q, Fields(), kind="action"),
        lambda q: commands.Undecide(q),
    ],
    ids=["sent", "another kind", "to be decided"],
)
def test_what_would_lose_an_answer_that_its_writer_did_not_know_of_is_void(make) -> None:
    stage = Stage().start(0)
    question = stage.ask("Qui paie ?", 1).id
    stage.do(commands.Send(question, "next"), 1)
    theirs = offline(stage, make(question), 3)
    stage.do(commands.Answer(question, "Le FSE."), 2)
    arrives(stage, theirs)
    assert (stage.entry("Q1").outcome, stage.entry("Q1").answer) == ("answered", "Le FSE.")
    assert reasons(stage) == ["has-answer"]
