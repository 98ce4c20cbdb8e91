"""A meeting led by commands comes out as minutes, and no private word with it."""

from __future__ import annotations

import pytest
from documents.meetings import instant, roannais

from facilitator.core.public import public
from facilitator.documents.minutes.of_meeting import minutes_of
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.writer import write_minutes
from facilitator.i18n import translator


def minutes(language: str = "fr", *, draft: bool = False, **choices: object) -> str:
    shown = public(roannais(language, closed=not draft, **choices).meeting)
    return write_minutes(minutes_of(shown, translator(language), draft=draft, now=instant("11:52").at))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_public_entry_comes_back_word_for_word(language):
    shown = public(roannais(language).meeting)
    found = read_minutes(minutes(language))
    assert not found.troubles
    texts = {(one.said.kind, one.said.number): one.said.text for one in found.entries if one.said.number}
    assert texts == {(entry.kind, entry.number): entry.text for entry in shown.entries if entry.number}
    assert [one.said.text for one in found.entries if one.said.kind == "note"] == [
        entry.text for entry in shown.entries if entry.kind == "note"
    ]


def test_the_individual_need_is_not_there():
    assert "fin de contrat" not in minutes()


def test_who_asked_is_not_there_when_the_network_does_not_want_it():
    assert "*(Awa" not in minutes(attribution="none")


def test_a_deferred_question_stands_under_its_letter_and_the_chat_under_its_day():
    text = minutes()
    assert "### Dans la lettre de décembre" in text
    assert "### Sur Mattermost, d’ici le 1er décembre" in text


def test_a_draft_says_at_what_time_it_was_written():
    assert "état à 11\u00a0h\u00a052" in minutes(draft=True) or "état à 11 h 52" in minutes(draft=True)
