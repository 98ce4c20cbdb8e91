"""The words of the documents are read back in every language, and so are those the screen uses for the same things."""

from __future__ import annotations

import datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.core.agenda import Level, NewsType
from facilitator.core.vocabulary import KINDS, OUTCOMES
from facilitator.documents import vocabulary
from facilitator.documents.vocabulary import Field, Section
from facilitator.i18n import LANGUAGES, translator
from facilitator.wording import date_text, outcome_name, short_date

BOTH = pytest.mark.parametrize("language", LANGUAGES)


@BOTH
def test_every_word_that_is_written_is_read_back(language):
    for field in get_args(Field):
        for kind in KINDS:
            assert vocabulary.read_field(vocabulary.label_of(field, kind, language)) == field
    for outcome in OUTCOMES:
        for scale in (None, *get_args(Level)):
            assert vocabulary.read_outcome(vocabulary.outcome_word(outcome, scale, language)) == outcome
    for sort in (*get_args(NewsType), "offer"):
        assert vocabulary.read_type(vocabulary.type_word(sort, language)) == sort
    for level in get_args(Level):
        assert vocabulary.read_level(vocabulary.level_word(level, language)) == level
    for section in get_args(Section):
        assert vocabulary.read_heading(vocabulary.heading(section, language)) == section
    assert vocabulary.read_yes(vocabulary.yes(language))
    assert vocabulary.stands_for_nobody(vocabulary.nobody(language))


@BOTH
def test_the_outcomes_of_the_screen_are_understood(language):
    for outcome in OUTCOMES:
        for scale in (None, *get_args(Level)):
            assert vocabulary.read_outcome(outcome_name(translator(language), outcome, scale)) == outcome


@given(st.dates(datetime.date(1000, 1, 1)), st.sampled_from(LANGUAGES))
def test_dates_read_back(date, language):
    tr = translator(language)
    for words in (date_text(tr, date), short_date(tr, date, year=True), date.isoformat(), f"{date:%d/%m/%Y}"):
        assert vocabulary.read_date(words) == date


@pytest.mark.parametrize("words", ["", "someday", "31 février 2026", "2026-13-01", "10 truc 2026", "9" * 300])
def test_what_is_no_date_is_none(words):
    assert vocabulary.read_date(words) is None


@BOTH
def test_what_stands_for_a_private_text_is_read_back(language):
    assert vocabulary.stands_for_withheld(vocabulary.withheld(language))
    assert vocabulary.stands_for_withheld(f" {vocabulary.withheld(language)}\n")
    assert not vocabulary.stands_for_withheld("\\*(suivie individuellement)\\*")
    assert not vocabulary.stands_for_withheld("*(une remarque)*")


def test_both_apostrophes_are_read():
    for mark in "'\u2019":
        assert vocabulary.stands_for_nobody(f"Personne pour l{mark}instant")
        assert vocabulary.read_outcome(f"Transmise à l{mark}échelon supérieur") == "relay"
    assert "'" not in vocabulary.nobody("fr") + vocabulary.outcome_word("relay", None, "fr")
