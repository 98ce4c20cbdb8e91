"""Lines of real life, each with what is expected of it beforehand: no word altered, no sentence half taken, nobody invented."""

from __future__ import annotations

import datetime
from typing import get_args

import pytest
from minuted import ALONE, FIELDS, MEMBERS, SENTENCES
from msgspec import UNSET

from facilitator.core.capture import read_answer, read_line
from facilitator.core.said import Fields, Vote
from facilitator.core.text import normalise
from facilitator.core.vocabulary import Kind

SAID = datetime.date(2026, 11, 24)  # a Tuesday
NEXT_MEETING = datetime.date(2026, 12, 15)
BESIDE = [name for name in Fields.__struct_fields__ if name != "text"]


def taken(kind, text):
    """The text that is kept, and what is taken beside it, as the table says it."""
    fields = read_line(text, kind=kind, members=MEMBERS, today=SAID, next_meeting=NEXT_MEETING).fields
    given = {name: getattr(fields, name) for name in BESIDE if getattr(fields, name) is not UNSET}
    return fields.text, {name: said(value) for name, value in given.items()}


def said(value):
    """A part of an entry as the table says it."""
    if isinstance(value, Vote):
        return f"{value.votes_for}/{value.against}/{value.abstentions}"
    return str(value) if isinstance(value, datetime.date) else value


def half_taken(kinds, *, each=False):
    """The lines that are not kept whole, of each kind or of the kinds in turn; an address in one is its link."""
    found = []
    for place, text in enumerate(normalise(line).text for line in (*SENTENCES, *ALONE)):
        for kind in kinds if each else [kinds[place % len(kinds)]]:
            kept, given = taken(kind, text)
            given.pop("link", None)
            if kind == "action" and "owners" in given and text[len(kept) :].lstrip(" :").startswith("@"):
                continue  # who is named last in an action is its owner, whatever its verb
            if kept != text or given:
                found.append((kind, text, kept, given))
    return found


def test_a_line_of_minutes_or_of_a_chat_is_kept_whole():
    assert len(SENTENCES) + len(ALONE) > 800
    assert half_taken(["action", "question", "news", "action", "decision"]) == []


@pytest.mark.ci
def test_it_is_in_each_kind():
    assert half_taken(get_args(Kind), each=True) == []


def test_the_fields_of_a_line_are_taken_and_no_word_of_its_text():
    wrong = [(row, found) for row in FIELDS if (found := taken(*row[:2])) != row[2:]]
    assert wrong == []


@pytest.mark.parametrize(
    ("answer", "said", "by"),
    [
        ("Oui, sauf le dimanche. @Nora", "Oui, sauf le dimanche.", "Nora T."),
        ("Appeler la CAF @Nora et @Karim", "Appeler la CAF", "Nora T., Karim B."),
        ("Il faut appeler @Nora", "Il faut appeler @Nora", None),
        ("Merci @Karim", "Merci @Karim", None),
        ("Contact : @Karim", "Contact : @Karim", None),
        ("C’est @Karim", "C’est @Karim", None),
        ("On prévient @all", "On prévient @all", None),
    ],
)
def test_who_is_part_of_the_sentence_of_an_answer_did_not_give_it(answer, said, by):
    assert read_answer(answer, MEMBERS) == (said, by)
