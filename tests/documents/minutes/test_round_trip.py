"""What is written reads back as it was said, whatever was said."""

from __future__ import annotations

import pytest
from documents.minutes.example import MEETING
from documents.minutes.generated import as_written, meetings
from examples import examples
from hypothesis import given, settings
from msgspec.structs import replace

from facilitator.core.text import normalise
from facilitator.documents.markdown.outline import outline
from facilitator.documents.markdown.pen import read_typed, write_typed
from facilitator.documents.minutes.change import edit
from facilitator.documents.minutes.entry import Look, MinutesEntry, MinutesToWrite
from facilitator.documents.minutes.numbering import numbered
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.writer import write_minutes


def compared(meeting: MinutesToWrite) -> tuple[list[MinutesEntry], list[MinutesEntry]]:
    """Entries as they were said and as they are read, but for what minutes do not tell."""
    found = read_minutes(write_minutes(meeting))
    assert not found.troubles, write_minutes(meeting)
    steps = meeting.look.order == "kind" and all(one.said.step for one in found.entries if one.said.kind == "need")
    pair = (
        [as_written(said, steps=steps) for said in meeting.entries],
        [as_written(one.said, steps=steps) for one in found.entries],
    )
    # Notes have no number, and stand sequence by sequence: the same one may be said in two.
    expected, got = [
        sorted(entries, key=lambda one: (one.kind, one.number, one.text, one.step or 0, repr(one))) for entries in pair
    ]
    return expected, got


@settings(max_examples=examples(16), deadline=None)
@given(meetings())
def test_any_meeting_reads_back_word_for_word(meeting):
    expected, got = compared(meeting)
    assert got == expected


def rewritten(meeting: MinutesToWrite) -> None:
    """What was read of a few entries, written into its place, is the same text."""
    text = write_minutes(meeting)
    assert numbered(text) == (text, ())
    for found in read_minutes(text).entries[:3]:
        if found.said.number and found.said.kind != "question":
            assert edit(text, found.said.label("fr"), scale=meeting.scale) == text


@pytest.mark.parametrize("text", [".", ":", ". suite", ": suite", "...", ".net"])
def test_a_text_that_begins_with_what_may_follow_a_number_is_whole(text):
    expected, got = compared(replace(MEETING, entries=(MinutesEntry(kind="decision", number=1, text=text, step=1),)))
    assert got == expected


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Voir https://guide.example/wiki/Roanne_(Loire) pour le plan", "https://guide.example/wiki/Roanne_(Loire)"),
        ("Voir (https://guide.example/wiki/Roanne_(Loire)).", "https://guide.example/wiki/Roanne_(Loire)"),
        ("Voir https://guide.example/a…", "https://guide.example/a"),
        ("Voir « https://guide.example/a », puis", "https://guide.example/a"),
        ("Voir [https://guide.example/a]", "https://guide.example/a"),
        ("lien:https://guide.example/a puis", "https://guide.example/a"),
    ],
)
def test_an_address_in_a_text_is_the_one_that_the_line_takes_and_stands_there_once(text, link):
    said = MinutesEntry(kind="need", number=1, text=text, step=1, link=link)
    meeting = replace(MEETING, entries=(said,))
    assert write_minutes(meeting).count("guide.example") == 1
    assert read_minutes(write_minutes(meeting)).entries[0].said.link == link


BOXES = [
    "✅ fait",
    "☐ Réserver la salle",
    "✔ ok",
    "□ case",
    "⬜ case",
    "☑ *oui*",
    "✅",
    "☐ A1 fait",
    "✅ **A1** fait",
    "✅ (Karim)",
    "☐\nsuite",
]


@pytest.mark.parametrize("order", ["kind", "sequence"])
def test_a_note_that_begins_with_the_sign_of_a_box_makes_no_action(order):
    notes = tuple(MinutesEntry(kind="note", number=0, text=text, step=1) for text in BOXES)
    meeting = replace(MEETING, entries=notes, look=Look(order=order))
    expected, got = compared(meeting)
    assert got == expected
    assert numbered(write_minutes(meeting)) == (write_minutes(meeting), ())


@pytest.mark.parametrize("order", ["kind", "sequence"])
@pytest.mark.parametrize("outcome", [None, "answered", "mattermost", "newsletter", "next", "relay", "drop"])
def test_a_question_is_done_or_not_whatever_became_of_it(outcome, order):
    questions = [
        MinutesEntry(kind="question", number=number, text="Qui ?", outcome=outcome, done=done, step=1)
        for number, done in enumerate((False, outcome != "answered"), 1)
    ]
    meeting = replace(MEETING, draft=True, entries=tuple(questions), look=Look(order=order))
    expected, got = compared(meeting)
    assert got == expected


@settings(max_examples=examples(4), deadline=None)
@given(meetings())
def test_writing_what_was_read_into_its_place_changes_no_byte(meeting):
    rewritten(meeting)


@pytest.mark.ci
@pytest.mark.timeout(7_200)
@settings(max_examples=examples(500, long=10_000), deadline=None)
@given(meetings())
def test_any_of_very_many_meetings_reads_back_word_for_word_and_is_written_again_to_the_byte(meeting):
    expected, got = compared(meeting)
    assert got == expected
    rewritten(meeting)


@pytest.mark.parametrize("name", ["Nora https://example.org/a", "a](https://example.org/x)<b", "www.example.org<x"])
def test_who_answered_may_have_an_address_in_their_name(name):
    entries = [
        replace(one, answer="Oui", answer_by=name, outcome="answered")
        for one in MEETING.entries
        if one.kind == "question"
    ]
    read = read_minutes(write_minutes(replace(MEETING, entries=tuple(entries))))
    assert {found.said.answer_by for found in read.entries if found.said.number} == {name}


@pytest.mark.ci
def test_writing_every_entry_of_the_example_as_it_was_read_changes_no_byte():
    text = write_minutes(MEETING)
    for found in read_minutes(text).entries:
        if found.said.number:
            assert edit(text, found.said.label("fr"), scale="epci") == text


@settings(max_examples=examples(16), deadline=None)
@given(meetings())
def test_the_text_of_a_note_is_one_item_and_reads_back(meeting):
    for said in meeting.entries:
        found = outline(f"- {write_typed(said.text, 'fr', indent=2)}\n")
        assert len(found.items) == 1
        assert not found.blocks
        assert not found.headings
        assert read_typed(found.items[0].text, found.items[0], found.source.lines) == normalise(said.text).text
