"""The close: what it refuses, what it freezes, what comes too late."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from stage import Stage

from facilitator.core import acts as commands
from facilitator.core.fold import fold
from facilitator.core.public import public
from facilitator.core.records import is_open, records
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.time.clocks import clocks


def close(stage: Stage, minute: float = 140, **seen: int) -> None:
    stage.do(commands.Close("2026-12", seen or {act.writer: act.n for act in stage.acts}), minute)


def test_a_question_without_outcome_blocks_the_close_by_name() -> None:
    stage = Stage().start()
    stage.ask("Qui ?", 5)
    with pytest.raises(Refused) as refused:
        close(stage)
    assert refused.value.values["labels"] == ("Q1",)
    assert stage.meeting.state == "running"


def test_an_accepted_close_adjourns_first() -> None:
    stage = Stage().start()
    close(stage, 142)
    assert stage.meeting.state == "closed"
    assert stage.meeting.adjourned_at == stage.instant(142).at


def test_numbers_that_a_close_froze_are_of_the_kinds_that_have_them() -> None:
    stage = Stage().start()
    stage.capture("decision", "Oui", 1)
    close(stage)
    assert set(fold(stage.acts).highest) == {"news", "decision"}


def test_nothing_but_reopen_is_done_in_a_closed_meeting() -> None:
    stage = Stage().start()
    close(stage)
    for command in (commands.Next(), commands.Undo(), commands.Capture("note", Fields(text="Trop tard"))):
        with pytest.raises(Refused, match="closed"):
            stage.do(command, 150)
    stage.do(commands.Reopen(), 151)
    assert stage.meeting.state == "adjourned"


def test_what_a_writer_did_that_the_close_had_not_seen_is_late_and_not_merged() -> None:
    stage = Stage().start()
    late = replace(
        stage.act(commands.Capture("note", Fields(text="Hors ligne")), stage.instant(20), writer="b"), id="late"
    )
    close(stage, w1=stage.n)
    meeting = fold([*stage.acts, late])
    assert meeting.late == ("late",)
    assert not meeting.of_kind("note")


def test_reopened_the_meeting_takes_the_late_act_in_and_keeps_the_numbers() -> None:
    stage = Stage().start()
    late = replace(
        stage.act(commands.Capture("decision", Fields(text="Hors ligne")), stage.instant(5), writer="b"), id="late"
    )
    said = stage.capture("decision", "Dite en séance", 6)
    close(stage, w1=stage.n)
    stage.do(commands.Reopen(), 150)
    stage.replay.add([late])
    numbers = {entry.text: entry.label for entry in stage.meeting.of_kind("decision")}
    assert numbers == {said.text: "D1", "Hors ligne": "D2"}


def test_a_private_need_and_a_question_taken_up_individually_are_in_no_public_meeting() -> None:
    stage = Stage().start()
    stage.capture("individual", "Secret de Nora", 5)
    question = stage.ask("Secret d'Awa ?", 6)
    stage.do(commands.Send(question.id, "individual"), 7)
    shown = public(stage.meeting)
    assert "Secret" not in repr(shown)
    assert [(entry.label, entry.outcome) for entry in shown.of_kind("question")] == [("Q1", "individual")]


def test_follow_ups_are_what_someone_still_owes() -> None:
    stage = Stage().start()
    for text in ("répondue", "lettre", "sans suite", "faite"):
        stage.ask(text, 5)
    stage.do(commands.Answer(stage.entry("Q1").id, "Oui."), 6)
    stage.do(commands.Send(stage.entry("Q2").id, "newsletter"), 6)
    stage.do(commands.Send(stage.entry("Q3").id, "drop"), 6)
    stage.do(commands.Send(stage.entry("Q4").id, "mattermost"), 6)
    stage.do(commands.Finish(stage.entry("Q4").id), 6)
    stage.capture("action", "Rédiger", 7)
    stage.capture("individual", "Fin de contrat", 7)
    stage.capture("need", "Une trame", 7)
    stage.capture("decision", "Une charte", 7)
    open_ones = [record for record in records(stage.meeting) if is_open(record)]
    assert [record.number for record in open_ones] == ["Q2", "S1", "A1"]
    assert [record.private for record in open_ones] == [False, True, False]


def test_an_outcome_takes_the_place_of_the_one_before() -> None:
    stage = Stage().start()
    question = stage.ask("Qui ?", 5)
    stage.do(commands.Answer(question.id, "Nous."), 6)
    stage.do(commands.Send(question.id, "relay"), 7)
    assert (stage.entry("Q1").outcome, stage.entry("Q1").answer) == ("relay", None)


def test_only_questions_have_outcomes() -> None:
    stage = Stage().start()
    decision = stage.capture("decision", "Oui", 5)
    with pytest.raises(Refused, match="not-a-question"):
        stage.do(commands.Send(decision.id, "drop"), 6)


def test_an_entry_belongs_to_the_step_that_ran_at_its_instant() -> None:
    stage = Stage()
    stage.do(commands.Start(), 0, told=True)
    stage.do(commands.Next(), 20, told=True)
    stage.do(commands.Next(), 40, told=True)
    note = stage.capture("note", "Pendant l'accueil", 10, told=True)
    assert stage.meeting.step_of(note) == "1"
    stage.do(commands.Relocate(note.id, "3"), 41)
    assert stage.meeting.step_of(stage.meeting.entries[note.id]) == "3"


def test_agenda_news_are_entries_from_the_start() -> None:
    stage = Stage()
    assert stage.entry("I1").text == "AMI"
    assert stage.capture("news", "Feuille de route", 5).label == "I2"


def test_the_clocks_tell_the_three_durations_of_each_phase() -> None:
    stage = Stage().start(0)
    for minute in (20, 40, 65):
        stage.do(commands.Next(), minute)
    stage.do(commands.Adjust(120), 66)
    stage.do(commands.Next(), 91)
    (first, second) = clocks(stage.meeting, stage.instant(101)).steps[3].phases
    assert (first.planned_s, first.adjusted_s, first.actual_s) == (1500, 1620, 1560)
    assert (second.planned_s, second.adjusted_s, second.actual_s) == (1500, 1500, 600)
    assert clocks(stage.meeting, stage.instant(101)).steps[4].actual_s is None


def test_a_meeting_whose_close_had_seen_nothing_exists_all_the_same() -> None:
    stage = Stage()
    stage.do(commands.Close("2026-12", {}), 1)
    meeting = fold(stage.acts)
    assert (meeting.state, meeting.late) == ("closed", ())
