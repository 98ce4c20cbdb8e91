"""No heading stands over nothing: in minutes and letters as they are written, after whatever was changed in them, and when joined."""

from __future__ import annotations

import random

import pytest
from documents.minutes.example import MEETING
from documents.newsletter.letters import LETTER
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from facilitator.core.entry import label
from facilitator.documents.markdown.emptied import over_nothing, swept
from facilitator.documents.markdown.outline import outline
from facilitator.documents.minutes.change import answer, done, edit, make, remove, send
from facilitator.documents.minutes.entry import Look, MinutesEntry, MinutesToWrite, StepToWrite
from facilitator.documents.minutes.merge import Merged, merge
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.writer import write_minutes
from facilitator.documents.newsletter.change import take_away, take_out
from facilitator.documents.newsletter.feed import feed
from facilitator.documents.typography import unfold
from facilitator.i18n import translator

TITLES = {step.number: step.title for step in MEETING.steps}
KINDS = ("question", "need", "decision", "action", "news", "resource", "aside", "note")


def empty(text: str) -> list[str]:
    return [heading.text for heading in over_nothing(outline(text))]


@st.composite
def some_minutes(draw: st.DrawFn) -> MinutesToWrite:
    """The example with any of its entries, of anything else as much or nothing."""
    chosen = draw(st.sets(st.sampled_from(range(len(MEETING.entries))), max_size=6))
    return replace(
        MEETING,
        entries=tuple(MEETING.entries[place] for place in sorted(chosen)),
        language=draw(st.sampled_from(("fr", "en"))),
        look=Look(order=draw(st.sampled_from(("kind", "sequence")))),
        summary=draw(st.sampled_from((None, MEETING.summary))),
        next_meeting=draw(st.sampled_from((None, MEETING.next_meeting))),
        meanwhile=draw(st.sampled_from(((), MEETING.meanwhile))),
        present=draw(st.sampled_from(((), MEETING.present))),
        draft=draw(st.booleans()),
    )


def changed(text: str, said: MinutesEntry, chance: random.Random) -> str:
    """The minutes after something that can become of an entry."""
    name = label(said.kind, said.number)
    acts = [lambda: remove(text, name), lambda: make(text, name, chance.choice(KINDS), 90, titles=TITLES)]
    if said.kind == "question":
        where = ("individual", "newsletter", "mattermost", "next", "drop")
        acts += [lambda: answer(text, name, "Oui."), lambda: send(text, name, chance.choice(where))]  # type: ignore[arg-type]  # outcomes
    if said.kind == "action":
        acts += [lambda: done(text, name), lambda: edit(text, name, owners=("Awa",))]
    return chance.choice(acts)()


@given(meeting=some_minutes(), seed=st.integers(0, 1 << 30))
@settings(max_examples=6, deadline=None)
def test_no_heading_of_minutes_or_of_the_letter_stands_over_nothing_whatever_becomes_of_the_entries(meeting, seed):
    chance, text = random.Random(seed), write_minutes(meeting)
    assert empty(text) == []
    assert empty(feed(None, LETTER, meeting)) == []
    for _ in range(6):
        numbered = [one for one in read_minutes(text).entries if one.said.number]
        if not numbered:
            break
        text = changed(text, chance.choice(numbered).said, chance)
        assert empty(text) == [], text


def small(**fields) -> MinutesToWrite:
    steps = (StepToWrite(1, "free", "Projet", 20, 20), StepToWrite(2, "free", "Suite", 20, 20))
    return replace(
        MEETING,
        steps=steps,
        summary=None,
        next_meeting=None,
        meanwhile=(),
        present=(),
        visitors=(),
        excused=(),
        **fields,
    )


@pytest.mark.parametrize(("language", "heading"), [("fr", "En bref"), ("en", "In brief")])
def test_in_brief_goes_with_its_last_line(language, heading):
    entries = (MinutesEntry(kind="question", number=1, text="Qui ?", step=1, outcome="next"),)
    text = write_minutes(small(entries=entries, language=language))
    assert heading in text and heading not in answer(text, "Q1", "Nous.")
    action = (MinutesEntry(kind="action", number=1, text="Relire", step=1),)
    text = write_minutes(small(entries=action, language=language))
    assert heading in text and heading not in remove(text, "A1")


def test_a_sequence_that_entries_link_to_says_what_was_said_there():
    note = MinutesEntry(kind="note", number=0, text="Noté.", step=1)
    asked = MinutesEntry(kind="question", number=1, text="Qui ?", step=1, outcome="answered", answer="Nous.")
    others = (replace(asked, number=2, step=2), replace(asked, number=3, step=2))
    text = write_minutes(small(entries=(note, asked, *others)))
    assert "(#step-1)" in text and "→ [Qui ?" not in text
    bare = write_minutes(small(entries=(asked, *others)))
    assert "Projet\n\n- → [Qui ? (Q1)](#q1)\n" in unfold(bare)
    read = read_minutes(bare)
    assert [one.said.step for one in read.entries] == [1, 2, 2] and not read.remarks
    assert "Projet\n" not in send(bare, "Q1", "individual") and "(#step-1)" not in send(bare, "Q1", "individual")


def test_what_both_of_two_people_emptied_keeps_no_heading():
    entries = tuple(MinutesEntry(kind="decision", number=n, text=f"Décision {n}.", step=1) for n in (1, 2))
    base = write_minutes(small(entries=entries))
    found = merge(base, remove(base, "D1"), remove(base, "D2"), tr=translator("fr"))
    assert isinstance(found, Merged) and "Ce que nous avons décidé" not in found.text and empty(found.text) == []


def test_what_stood_over_nothing_before_is_a_person_s_and_stays():
    text = "# A\n\n## À moi\n\n## B\n\n- b\n\n### C\n\n- c\n"
    assert swept(text.replace("- b\n\n### C\n\n- c\n", ""), [text]) == "# A\n\n## À moi\n"
    assert swept(text.replace("- c\n", ""), [text]) == "# A\n\n## À moi\n\n## B\n\n- b\n"
    assert swept(text, [text]) == text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_who_knows_goes_from_the_letter_with_its_last_question_and_so_does_how_to_reply(language):
    asked = MinutesEntry(kind="question", number=1, text="Qui ?", step=1, outcome="newsletter")
    meeting = small(entries=(asked,), language=language)
    letter = feed(None, LETTER, meeting)
    assert ("Répondez à" if language == "fr" else "Answer to") in letter
    for gone in (
        take_out(letter, [meeting.meeting], 1, [asked]).text,
        take_away(letter, [meeting.meeting], ("question", 1), [piece(letter)]).text,
    ):
        assert "Claire" not in gone and not over_nothing(outline(gone)) and len(outline(gone).headings) == 1


def piece(letter: str) -> list[str]:
    (item,) = outline(letter).items
    return letter.split("\n")[item.line : item.end]
