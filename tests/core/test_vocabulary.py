"""Every kind and every outcome, driven through the program: what a row of the vocabulary says is what happens."""

from __future__ import annotations

import ast
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from msgspec import UnsetType
from stage import Stage

from facilitator.core import acts, meeting
from facilitator.core.carrying import left_open
from facilitator.core.entry import Entry, label, read_label
from facilitator.core.public import public
from facilitator.core.records import is_open, kind_of, record_of, records
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields, Said, Vote
from facilitator.core.vocabulary import ASKED, CHOOSABLE, HELD, KINDS, OUTCOMES, SIGNS, Kind, Outcome
from facilitator.wording import acts as wording

# A way to write something down, and to say what becomes of it: a room of the program that can do both joins here
# (`ROOMS`), and every kind and outcome is driven through it.
Capturing = Callable[[Stage, Kind, str], Entry]
Sending = Callable[[Stage, Entry, Outcome], Entry]


def capture_in_core(stage: Stage, kind: Kind, text: str) -> Entry:
    return stage.capture(kind, text, 5)


def send_in_core(stage: Stage, entry: Entry, outcome: Outcome) -> Entry:
    asked = acts.Send(entry.id, outcome) if OUTCOMES[outcome].choosable else acts.Answer(entry.id, "Oui.")
    stage.do(asked, 6)
    return stage.meeting.entries[entry.id]


VOTE = Vote(votes_for=4, against=1, abstentions=2)
WHEN = datetime.datetime(2026, 12, 1, 18, 30)

ROOMS: dict[str, tuple[Capturing, Sending]] = {"core": (capture_in_core, send_in_core)}


def done(stage: Stage, command: acts.Command) -> bool:
    try:
        stage.do(command, 7)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_what_its_row_says(room: str, kind: Kind) -> None:
    capture, _ = ROOMS[room]
    row = KINDS[kind]
    stage = Stage().start()
    entry = capture(stage, kind, "Texte")
    assert entry.kind == kind
    assert bool(entry.number) == row.numbered
    assert entry.label == (f"{row.letter}{entry.number}" if row.numbered else "")
    for language in ("fr", "en"):
        said = label(kind, entry.number, language)
        assert read_label(said) == ((kind, entry.number) if row.numbered else None)
    assert entry.private == row.private
    assert ("Texte" in {one.text for one in public(stage.meeting).entries}) == (not row.private)
    record = record_of(stage.meeting, entry)
    assert kind_of(record) == kind
    assert record.kind in ASKED
    assert is_open(record) == row.followed
    assert record in records(stage.meeting)
    back = [left.record for left in left_open([record], on=WHEN.date(), today=WHEN.date())]
    assert back == ([record] if (row.followed and not row.private) or kind == "aside" else [])
    assert done(stage, acts.Support(entry.id)) == row.shared
    assert done(stage, acts.StartAnswer(entry.id)) == row.answerable
    assert done(stage, acts.Send(entry.id, "drop")) == row.answerable
    assert done(stage, acts.Answer(entry.id, "Oui.")) == row.answerable
    assert done(stage, acts.Finish(entry.id)) == row.closable
    assert not is_open(record_of(stage.meeting, stage.meeting.entries[entry.id]))
    given = {"offer": True, "consensus": True, "vote": VOTE, "when": WHEN}
    for part in HELD:
        assert done(stage, acts.Edit(entry.id, Fields(**{part: given[part]}))) == (part in row.holds)


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_is_what_its_row_says(room: str, outcome: Outcome) -> None:
    capture, send = ROOMS[room]
    row = OUTCOMES[outcome]
    stage = Stage().start()
    entry = send(stage, capture(stage, "question", "Qui ?"), outcome)
    assert (entry.outcome, entry.private, entry.withheld) == (outcome, row.private, row.private)
    (shown,) = [one for one in public(stage.meeting).entries if one.kind == "question"]
    assert (shown.number, shown.outcome, shown.text) == (1, outcome, "" if row.private else "Qui ?")
    assert is_open(record_of(stage.meeting, entry)) == row.owed
    assert stage.meeting.undecided() == []


def test_what_is_listed_is_total() -> None:
    assert tuple(KINDS) == get_args(Kind)
    assert tuple(OUTCOMES) == get_args(Outcome)
    assert set(CHOOSABLE) | {"answered"} == set(OUTCOMES)
    assert set(SIGNS.values()) < set(ASKED)


def test_no_two_kinds_are_asked_for_alike() -> None:
    rows = list(KINDS.values())
    for names in (
        [row.key for row in rows],
        [row.sign for row in rows if row.sign],
        [letter for row in rows for letter in (row.letter, row.english) if letter],
        [word for row in rows for word in row.words],
    ):
        assert len(names) == len(set(names))


def test_what_can_be_given_is_called_as_what_was_said() -> None:
    said, fields = get_type_hints(Said), get_type_hints(Fields)
    became = {"same", "outcome", "answer", "answer_link", "answer_by", "done"}
    assert list(fields) == [name for name in Said.__struct_fields__ if name not in became]
    for name, kind in fields.items():
        assert (
            set(get_args(kind)) - {UnsetType} == set(get_args(said[name]) or (said[name],))
            or kind == said[name] | UnsetType
        )


def test_every_command_decides_and_every_event_applies() -> None:
    for command in get_args(acts.Command):
        assert hasattr(command, "decide") or command in (acts.Undo, acts.Redo), command
    for event in get_args(acts.AnyEvent):
        assert hasattr(event, "apply"), event


def test_everything_that_can_happen_has_its_sentence() -> None:
    told = {acts.Undone: wording.undo_text, acts.Redone: wording.redo_text}  # by what they take back, or bring back
    assert [event for event in get_args(acts.AnyEvent) if event not in wording._WORDS and event not in told] == []


def test_what_acts_change_is_there_to_be_changed() -> None:
    """Of what `replace` is given the type checker knows nothing."""
    folder = Path(acts.__file__).parent
    calls = [call for path in folder.glob("*.py") for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    changed = {
        part.arg
        for call in calls
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "replace"
        for part in call.keywords
        if part.arg is not None
    }
    parts = {
        name
        for of in (Entry, *vars(meeting).values(), *vars(acts).values())
        for name in getattr(of, "__struct_fields__", ())
    }
    assert {"done", "adjusted_s"} <= changed
    assert changed - parts == set()


def test_every_way_to_capture_opens_on_the_key_of_its_kind() -> None:
    from facilitator.tui.registry import GESTURES

    opened: dict[Any, str] = {gesture.kind: gesture.keys[0] for gesture in GESTURES if gesture.kind}
    assert opened == {kind: row.key for kind, row in KINDS.items()}
    signs = {gesture.kind: gesture.keys[1:] for gesture in GESTURES if gesture.kind}
    assert {kind: len(keys) for kind, keys in signs.items()} == {kind: bool(row.sign) for kind, row in KINDS.items()}


def test_no_key_of_the_meeting_does_two_things_and_each_has_a_name() -> None:
    from facilitator.tui.keys import KEY_NAMES
    from facilitator.tui.registry import GESTURES

    keys = [key for gesture in GESTURES for key in gesture.keys]
    assert [key for key in keys if keys.count(key) > 1] == []
    assert [key for key in keys if len(key) > 1 and key not in KEY_NAMES] == []  # shown as Textual calls it


def test_every_outcome_that_can_be_chosen_has_a_key_of_its_own() -> None:
    from facilitator.i18n import translator
    from facilitator.tui.outcomes import keys, words

    sent = Entry(id="1", kind="question", number=1, at=0, actor="lea@poste", text="Qui ?", outcome="drop")
    for language in ("fr", "en"):
        tr = translator(language)
        assert tuple(keys(tr).values()) == CHOOSABLE
        assert tuple(keys(tr, sent).values()) == (*CHOOSABLE, None)
        assert len({said.mark for said in words(tr).values()} - {""}) == len(OUTCOMES)
        assert all(all(said.names) for outcome, said in words(tr).items() if outcome in CHOOSABLE)


def test_every_kind_and_outcome_has_its_words_in_the_documents() -> None:
    from facilitator.documents.minutes.outcomes import Wording, read_outcome

    day = datetime.date(2026, 11, 24)
    for language in ("fr", "en"):
        for outcome, row in OUTCOMES.items():
            if not row.private:  # of what is private, no document has a word
                assert read_outcome(Wording(language, None, day).phrase(outcome, None), day) == (outcome, None)
