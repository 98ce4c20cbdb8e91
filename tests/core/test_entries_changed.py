"""An entry taken away, made one of another kind, voted on, dated, kept private: what holds then, and what undo gives back."""

from __future__ import annotations

import datetime

import msgspec
import pytest
from msgspec.structs import replace
from stage import Stage

from facilitator.core import acts
from facilitator.core.fold import fold
from facilitator.core.public import public
from facilitator.core.records import Record, record_of, records
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields, Origin, Vote
from facilitator.core.time.turns import present

KARIM = "karim@riorges"


@pytest.fixture
def stage() -> Stage:
    return Stage().start(0)


def labels(stage: Stage) -> list[str]:
    return [entry.label for entry in stage.meeting.entries.values() if entry.kind != "news"]


def close(stage: Stage, minute: float) -> None:
    stage.do(acts.Close("2026-12", {act.writer: act.n for act in stage.acts}), minute)


def texts(stage: Stage) -> str:
    """All that the public meeting says of its entries."""
    return msgspec.json.encode(public(stage.meeting).entries).decode()


# Taken away


def test_what_is_taken_away_is_nowhere_and_its_number_is_not_used_again(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.do(acts.Remove(entry.id), 2)
    assert stage.meeting.find("question", 1) is None
    assert records(stage.meeting) == [record_of(stage.meeting, stage.entry("I1"))]
    assert "Qui" not in texts(stage)
    assert stage.meeting.removed == {entry.id: entry}
    assert stage.ask("Quoi ?", 3).label == "Q2"


def test_undo_of_a_removal_gives_the_entry_its_number_and_its_place_back(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.ask("Quoi ?", 2)
    before = stage.meeting.entries
    stage.do(acts.Remove(entry.id), 3)
    stage.do(acts.Undo(), 4)
    assert list(stage.meeting.entries.items()) == list(before.items())
    assert stage.meeting.removed == {}
    stage.do(acts.Redo(), 5)
    assert labels(stage) == ["Q2"]


def test_a_number_is_free_when_its_capture_is_undone_but_not_when_it_was_taken_away(stage: Stage) -> None:
    stage.ask("Qui ?", 1)
    stage.do(acts.Undo(), 2)
    entry = stage.ask("Quoi ?", 3)
    assert entry.label == "Q1"
    stage.do(acts.Remove(entry.id), 4)
    stage.do(acts.Undo(), 5)
    stage.do(acts.Undo(), 6)
    assert stage.ask("Où ?", 7).label == "Q1"


def test_what_was_taken_away_cannot_be_changed_any_more(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.do(acts.Remove(entry.id), 2)
    for command in (
        acts.Remove(entry.id),
        acts.ChangeKind(entry.id, "need"),
        acts.Answer(entry.id, "Elle."),
        acts.Edit(entry.id, Fields(text="x")),
    ):
        with pytest.raises(Refused, match="no-entry"):
            stage.do(command, 3)


def test_a_question_that_is_taken_away_does_not_keep_the_meeting_from_closing(stage: Stage) -> None:
    kept, gone = stage.capture("decision", "Oui", 1), stage.ask("Qui ?", 1)
    with pytest.raises(Refused, match="undecided"):
        close(stage, 2)
    stage.do(acts.Remove(gone.id), 3)
    close(stage, 4)
    closed = stage.acts[-1].events[-1]
    assert isinstance(closed, acts.Closed)
    assert (kept.id in closed.numbers, gone.id in closed.numbers) == (True, False)


def test_the_answer_clock_stops_when_its_question_is_taken_away(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.do(acts.StartAnswer(entry.id), 2)
    stage.do(acts.Remove(entry.id), 4)
    assert stage.meeting.answering is None
    assert stage.meeting.answer_ms == {entry.id: 120_000}


def test_an_answer_that_arrives_after_the_removal_is_void(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    late = stage.act(acts.Answer(entry.id, "Elle."), stage.instant(2), by=KARIM, writer="w2")
    stage.do(acts.Remove(entry.id), 3)
    stage.replay.add([replace(late, n=stage.n + 1)])
    assert [(void.actor, void.reason) for void in stage.meeting.void] == [(KARIM, "no-entry")]


def test_an_id_that_was_taken_away_is_not_captured_anew(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.do(acts.Remove(entry.id), 2)
    again = stage.act(acts.Capture("question", Fields(text="Quoi ?")), stage.instant(3))
    event = again.events[0]
    assert isinstance(event, acts.Captured)
    stage.replay.add([replace(again, events=(replace(event, entry=entry.id),))])
    assert [void.reason for void in stage.meeting.void] == ["no-entry"]


def test_undo_of_a_capture_is_refused_when_another_took_it_away(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.do(acts.Remove(entry.id), 2, by=KARIM)
    with pytest.raises(Refused, match="others-built-on-it"):
        stage.do(acts.Undo(), 3)


def test_the_agenda_s_own_news_can_be_taken_away(stage: Stage) -> None:
    stage.do(acts.Remove("item1"), 1)
    assert stage.meeting.find("news", 1) is None
    assert stage.capture("news", "AAP", 2).label == "I2"


# Of another kind


def test_an_entry_of_another_kind_claims_a_number_there_and_leaves_its_own_unused(stage: Stage) -> None:
    entry = stage.ask("On y va", 1)
    stage.do(acts.ChangeKind(entry.id, "decision"), 2)
    changed = stage.entry("D1")
    assert (changed.id, changed.text, changed.was) == (entry.id, "On y va", ("Q1",))
    assert stage.meeting.find("question", 1) is None
    assert stage.ask("Qui ?", 3).label == "Q2"


def test_undo_gives_the_old_kind_and_number_back_and_frees_the_new_one(stage: Stage) -> None:
    entry = stage.ask("On y va", 1)
    stage.do(acts.ChangeKind(entry.id, "decision"), 2)
    stage.do(acts.Undo(), 3)
    assert stage.meeting.entries[entry.id] == entry
    assert stage.entry("Q1") == entry
    assert stage.capture("decision", "Non", 4).label == "D1"


def test_back_to_its_old_kind_it_has_a_new_number(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.do(acts.ChangeKind(entry.id, "need"), 2)
    stage.do(acts.ChangeKind(entry.id, "question"), 3)
    assert stage.entry("Q2").was == ("Q1", "B1")
    assert stage.meeting.find("question", 1) is None


def test_back_to_its_old_kind_after_a_close_was_taken_back_it_has_a_new_number_too(stage: Stage) -> None:
    entry = stage.capture("decision", "Oui", 1)
    close(stage, 140)
    stage.do(acts.Reopen(), 150)
    stage.do(acts.ChangeKind(entry.id, "need"), 151)
    stage.do(acts.ChangeKind(entry.id, "decision"), 152)
    assert stage.entry("D2").was == ("D1", "B1")
    assert fold(stage.acts) == stage.meeting


def test_a_note_has_no_number_and_may_get_one(stage: Stage) -> None:
    note = stage.capture("note", "On y va", 1)
    stage.do(acts.ChangeKind(note.id, "decision"), 2)
    stage.do(acts.ChangeKind(note.id, "note"), 3)
    assert (stage.meeting.entries[note.id].number, labels(stage)) == (0, [""])
    assert stage.meeting.find("decision", 1) is None
    assert stage.capture("decision", "Non", 4).label == "D2"


def test_what_the_new_kind_does_not_have_is_left_behind(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1, theme="accès")
    stage.do(acts.Support(entry.id), 2)
    stage.do(acts.Answer(entry.id, "Elle.", by="Nora T."), 3)
    stage.do(acts.Finish(entry.id), 3)
    stage.do(acts.ChangeKind(entry.id, "decision"), 4)
    changed = stage.entry("D1")
    assert (changed.outcome, changed.answer, changed.answer_by, changed.same, changed.done) == (
        None,
        None,
        None,
        0,
        False,
    )
    assert changed.theme == "accès"
    stage.do(acts.Edit(entry.id, Fields(vote=Vote(votes_for=3), consensus=True)), 5)
    stage.do(acts.ChangeKind(entry.id, "need"), 6)
    assert (stage.entry("B1").vote, stage.entry("B1").consensus) == (None, False)


def test_the_answer_clock_stops_when_its_question_is_one_no_more(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.do(acts.StartAnswer(entry.id), 2)
    stage.do(acts.ChangeKind(entry.id, "need"), 4)
    assert stage.meeting.answering is None


def test_the_same_kind_is_no_change(stage: Stage) -> None:
    with pytest.raises(Refused, match="same-kind"):
        stage.do(acts.ChangeKind(stage.ask("Qui ?", 1).id, "question"), 2)


def test_an_answer_to_what_is_no_question_any_more_is_void(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    late = stage.act(acts.Answer(entry.id, "Elle."), stage.instant(2), by=KARIM, writer="w2")
    stage.do(acts.ChangeKind(entry.id, "need"), 3)
    stage.replay.add([replace(late, n=stage.n + 1)])
    assert [void.reason for void in stage.meeting.void] == ["not-a-question"]


def test_two_who_claim_one_number_at_once_by_capture_and_by_change_have_two(stage: Stage) -> None:
    entry = stage.ask("On y va", 1)
    change = stage.act(acts.ChangeKind(entry.id, "decision"), stage.instant(2), writer="a")
    capture = stage.act(acts.Capture("decision", Fields(text="Non")), stage.instant(2), by=KARIM, writer="b")
    stage.replay.add([capture, change])
    assert stage.entry("D1").text == "On y va"
    assert stage.entry("D2").text == "Non"
    assert fold(stage.acts[::-1]) == stage.meeting


def test_what_a_close_froze_stays_through_changes_of_kind(stage: Stage) -> None:
    entry = stage.ask("On y va", 1)
    stage.do(acts.ChangeKind(entry.id, "decision"), 2)
    close(stage, 3)
    stage.do(acts.Reopen(), 4)
    other = stage.capture("decision", "Non", 5)
    assert (stage.entry("D1").id, other.label) == (entry.id, "D2")
    stage.do(acts.ChangeKind(entry.id, "need"), 6)
    close(stage, 7)
    stage.do(acts.Reopen(), 8)
    assert (stage.entry("B1").was, stage.entry("D2").id) == (("Q1", "D1"), other.id)
    stage.do(acts.ChangeKind(other.id, "question"), 9)
    assert stage.entry("Q2").id == other.id
    assert stage.capture("decision", "Peut-être", 10).label == "D3"


def test_what_was_printed_is_nobody_else_s_when_the_change_is_undone_after_the_close(stage: Stage) -> None:
    entry = stage.ask("On y va", 1)
    stage.do(acts.ChangeKind(entry.id, "decision"), 2)
    stage.do(acts.Adjourn(), 3)
    close(stage, 4)
    stage.do(acts.Reopen(), 5)
    stage.do(acts.Undo(), 6)
    stage.do(acts.Undo(), 7)
    assert stage.meeting.entries[entry.id].label == "Q1"
    assert stage.capture("decision", "Non", 8).label == "D2"


# Kept private


def taken_up(stage: Stage) -> str:
    entry = stage.ask("Combien gagne-t-on ?", 1)
    stage.do(acts.Send(entry.id, "individual"), 2)
    return entry.id


@pytest.mark.parametrize(
    "after",
    [
        lambda entry: [acts.Answer(entry, "300 euros")],
        lambda entry: [acts.Send(entry, "newsletter")],
        lambda entry: [acts.Send(entry, "next"), acts.Answer(entry, "300 euros"), acts.Finish(entry)],
        lambda entry: [acts.Answer(entry, "300 euros"), acts.Edit(entry, Fields(text="Combien donc ?"))],
    ],
)
def test_what_was_taken_up_individually_stays_private_whatever_becomes_of_it(stage: Stage, after) -> None:
    entry = taken_up(stage)
    for command in after(entry):
        stage.do(command, 3)
    assert stage.meeting.entries[entry].private
    assert record_of(stage.meeting, stage.meeting.entries[entry]).private
    assert "Combien" not in texts(stage)
    assert "300" not in texts(stage)
    (shown,) = [one for one in public(stage.meeting).entries if one.kind == "question"]
    assert (shown.number, shown.outcome) == (1, "individual")


@pytest.mark.parametrize(
    "asked",
    [
        lambda entry: acts.Answer(entry, "300 euros", public=True),
        lambda entry: acts.Send(entry, "newsletter", public=True),
        lambda entry: acts.ChangeKind(entry, "need"),
    ],
)
def test_it_is_public_again_when_that_is_asked_for_and_private_when_it_is_undone(stage: Stage, asked) -> None:
    entry = taken_up(stage)
    stage.do(asked(entry), 3)
    assert "Combien" in texts(stage)
    stage.do(acts.Undo(), 4)
    assert "Combien" not in texts(stage)


def test_made_public_it_stays_so_until_it_is_taken_up_again(stage: Stage) -> None:
    entry = taken_up(stage)
    stage.do(acts.Send(entry, "newsletter", public=True), 3)
    stage.do(acts.Answer(entry, "300 euros"), 4)
    assert "300" in texts(stage)
    stage.do(acts.Send(entry, "individual", public=True), 5)
    assert stage.meeting.entries[entry].private


def test_an_individual_need_made_a_question_is_public_and_the_other_way_private(stage: Stage) -> None:
    need = stage.capture("individual", "Une aide", 1)
    stage.do(acts.ChangeKind(need.id, "question"), 2)
    assert "Une aide" in texts(stage)
    stage.do(acts.ChangeKind(need.id, "individual"), 3)
    assert "Une aide" not in texts(stage)
    assert stage.entry("S2").was == ("S1", "Q1")


# Votes, hours, who answered, who was absent


def test_a_decision_holds_its_vote_and_whether_it_was_by_consensus(stage: Stage) -> None:
    vote = Vote(votes_for=12, against=1, abstentions=2)
    decision = stage.capture("decision", "On y va", 1, vote=vote)
    stage.do(acts.Edit(decision.id, Fields(vote=None, consensus=True)), 2)
    assert (stage.entry("D1").vote, stage.entry("D1").consensus) == (None, True)
    stage.do(acts.Undo(), 3)
    assert (stage.entry("D1").vote, stage.entry("D1").consensus) == (vote, False)
    with pytest.raises(Refused, match="not-decided"):
        stage.capture("question", "Qui ?", 4, vote=vote)


def test_an_event_has_a_day_and_an_hour(stage: Stage) -> None:
    when = datetime.datetime(2026, 12, 1, 18, 30)
    event = stage.capture("news", "Forum", 1, type="event", when=when)
    assert event.when == when
    with pytest.raises(Refused, match="not-dated"):
        stage.do(acts.Edit(stage.ask("Quand ?", 2).id, Fields(when=when)), 3)


def test_an_answer_says_who_gave_it_under_the_name_they_are_known_by(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.do(acts.Answer(entry.id, "Elle.", by="nora t."), 2)
    assert stage.entry("Q1").answer_by == "Nora T."
    stage.do(acts.Answer(entry.id, "Lui."), 3)
    assert stage.entry("Q1").answer_by is None


def test_who_is_absent_without_excuse_is_not_there(stage: Stage) -> None:
    stage.do(acts.Attend("Awa S."), 1)
    stage.do(acts.Attend("Nora T."), 1)
    stage.do(acts.StartRound(60), 2)
    stage.do(acts.Attend("awa s.", "absent"), 3)
    assert stage.meeting.attendance["Awa S."].status == "absent"
    assert present(stage.meeting) == ("Nora T.",)
    assert stage.meeting.round is not None
    assert stage.meeting.round.speaking == "Nora T."


def test_a_date_takes_the_place_of_one_that_could_not_be_read(stage: Stage) -> None:
    entry = stage.capture("action", "Appeler", 1, due_text="à la Saint-Glinglin")
    assert (entry.due, entry.due_text) == (None, "à la Saint-Glinglin")
    stage.do(acts.Edit(entry.id, Fields(theme="accès")), 2)
    assert stage.entry("A1").due_text == "à la Saint-Glinglin"
    day = datetime.date(2026, 12, 10)
    stage.do(acts.Edit(entry.id, Fields(due=day)), 3)
    assert (stage.entry("A1").due, stage.entry("A1").due_text) == (day, None)
    question = stage.capture("question", "Qui ?", 4, due_text="bientôt")
    stage.do(acts.Send(question.id, "next", due=day), 5)
    assert (stage.entry("Q1").due, stage.entry("Q1").due_text) == (day, None)


def test_everything_that_can_be_said_goes_through_the_journal_and_the_records(stage: Stage) -> None:
    fields = Fields(
        text="Forum",
        when=datetime.datetime(2026, 12, 1, 18, 30),
        due_text="bientôt",
        origin=Origin("roannais/2026-11-24", "Q9"),
    )
    stage.do(acts.Capture("news", fields), 1)
    read = msgspec.json.decode(msgspec.json.encode(stage.acts), type=list[acts.Act])
    assert fold(read) == stage.meeting
    record = record_of(stage.meeting, stage.entry("I2"))
    assert (record.when, record.origin) == (fields.when, Origin("roannais/2026-11-24", "Q9"))
    assert msgspec.convert(msgspec.to_builtins(record), Record) == record


@pytest.mark.parametrize("when", ["2026-12-01T18:30:00Z", "2026-12-01T18:30:00+01:00"])
def test_the_hour_of_an_event_has_no_zone(when: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"text": "Forum", "when": when}, Fields)


def test_two_who_change_one_entry_alike_claim_one_number_for_it(stage: Stage) -> None:
    entry = stage.ask("On y va", 1)
    mine = stage.act(acts.ChangeKind(entry.id, "decision"), stage.instant(2), writer="a")
    theirs = stage.act(acts.ChangeKind(entry.id, "decision"), stage.instant(2), by=KARIM, writer="b")
    stage.replay.add([mine])
    stage.do(acts.ChangeKind(entry.id, "note"), 3)
    stage.replay.add([replace(theirs, n=stage.n + 1)])
    assert stage.entry("D1").id == entry.id
    assert stage.capture("decision", "Non", 4).label == "D2"


# Nothing decided of it after all


def test_a_question_of_which_nothing_is_decided_after_all_blocks_the_close_again(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.do(acts.Send(entry.id, "newsletter", owner="Karim B.", due=datetime.date(2026, 12, 31)), 2)
    stage.do(acts.Finish(entry.id), 2)
    stage.do(acts.Undecide(entry.id), 3)
    found = stage.entry("Q1")
    assert (found.outcome, found.owners, found.due, found.done) == (None, ("Karim B.",), None, False)
    with pytest.raises(Refused) as refused:
        close(stage, 4)
    assert refused.value.reason == "undecided"
    stage.do(acts.Undo(), 5)
    assert stage.entry("Q1").outcome == "newsletter" and stage.entry("Q1").done


def test_an_answer_is_taken_back_with_what_was_decided(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.do(acts.Answer(entry.id, "Nous.", by="Karim B."), 2)
    stage.do(acts.Undecide(entry.id), 3)
    assert (stage.entry("Q1").answer, stage.entry("Q1").answer_by) == (None, None)


def test_what_was_taken_up_individually_stays_private_though_nothing_is_decided(stage: Stage) -> None:
    entry = stage.ask("Qui ?", 1)
    stage.do(acts.Send(entry.id, "individual"), 2)
    stage.do(acts.Undecide(entry.id), 3)
    assert stage.entry("Q1").private and "Qui" not in texts(stage)


def test_what_is_not_decided_or_no_question_cannot_be_undecided(stage: Stage) -> None:
    asked = stage.ask("Qui ?", 1)
    decision = stage.do(acts.Capture("decision", Fields(text="Une charte")), 2)
    for one in (asked.id, decision.id, "nobody"):
        with pytest.raises(Refused):
            stage.do(acts.Undecide(one), 3)


# What was answered is given up knowingly, and comes back


@pytest.mark.parametrize(
    "make",
    [
        lambda entry: acts.Send(entry, "newsletter"),
        lambda entry: acts.Undecide(entry),
        lambda entry: acts.Answer(entry, "Non."),
    ],
    ids=["sent", "to be decided", "answered otherwise"],
)
def test_the_act_that_gives_an_answer_up_says_so_and_one_undo_brings_it_back(stage: Stage, make) -> None:
    entry = stage.ask("Faut-il un mandat ?", 1)
    stage.do(acts.Answer(entry.id, "Oui."), 2)
    act = stage.do(make(entry.id), 4)
    assert stage.entry("Q1").answer != "Oui." and act.events[0].given_up
    stage.do(acts.Undo(), 5)
    assert stage.entry("Q1").answer == "Oui."


def test_an_answer_that_stands_in_the_next_one_is_not_given_up(stage: Stage) -> None:
    entry = stage.ask("Faut-il un mandat ?", 1)
    stage.do(acts.Answer(entry.id, "Oui.", link="https://example.org/x", by="Nora T."), 2)
    assert not stage.do(acts.Answer(entry.id, "Oui.\nSauf le dimanche."), 3).events[0].given_up
    assert (stage.entry("Q1").answer_by, stage.entry("Q1").answer_link) == ("Nora T.", "https://example.org/x")


def test_what_is_taken_up_individually_keeps_its_answer_in_private(stage: Stage) -> None:
    entry = stage.ask("Qui a des dettes ?", 1)
    stage.do(acts.Answer(entry.id, "300 euros", link="https://example.org/x", by="Nora T."), 2)
    stage.do(acts.Send(entry.id, "individual"), 3)
    kept = stage.entry("Q1")
    assert (kept.outcome, kept.answer, kept.answer_link, kept.answer_by) == (
        "individual",
        "300 euros",
        "https://example.org/x",
        "Nora T.",
    )
    assert kept.private and "300" not in texts(stage)
    assert stage.do(acts.Send(entry.id, "newsletter", public=True), 4).events[0].given_up


def test_where_there_is_no_answer_nothing_is_said_to_be_given_up(stage: Stage) -> None:
    entry = stage.ask("Faut-il un mandat ?", 1)
    assert not stage.do(acts.Send(entry.id, "newsletter"), 2).events[0].given_up
    assert not stage.do(acts.Answer(entry.id, "Oui."), 3).events[0].given_up


@pytest.mark.parametrize("kind", ["action", "individual"])
def test_a_question_made_another_kind_gives_up_its_answer_and_says_so(stage: Stage, kind) -> None:
    entry = stage.ask("Qui appelle la mairie ?", 1)
    stage.do(acts.Answer(entry.id, "Nora."), 2)
    act = stage.do(acts.Edit(entry.id, Fields(), kind=kind), 4)
    assert act.events[0].given_up and stage.meeting.entries[entry.id].answer is None
    stage.do(acts.Undo(), 5)
    assert stage.entry("Q1").answer == "Nora."
    other = stage.ask("Quoi ?", 6)
    assert not stage.do(acts.Edit(other.id, Fields(), kind=kind), 7).events[0].given_up
