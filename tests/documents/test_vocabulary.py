"""The words of the letter are read back in every language, and what the screen says of outcomes is understood in minutes."""

from __future__ import annotations

import datetime
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.core.agenda import Level
from facilitator.core.vocabulary import OUTCOMES
from facilitator.documents import vocabulary
from facilitator.documents.minutes.outcomes import read_outcome
from facilitator.documents.vocabulary import Section
from facilitator.i18n import LANGUAGES, translator
from facilitator.wording import date_text, outcome_name, short_date

BOTH = pytest.mark.parametrize("language", LANGUAGES)


@BOTH
def test_every_word_that_is_written_is_read_back(language):
    assert vocabulary.means_answer(vocabulary.answer_word(language))
    for section in get_args(Section):
        assert vocabulary.read_heading(vocabulary.heading(section, language)) == section


@BOTH
def test_the_outcomes_of_the_screen_are_understood(language):
    day = datetime.date(2026, 11, 24)
    for outcome, row in OUTCOMES.items():
        for scale in (None, *get_args(Level)) if not row.private else ():
            assert read_outcome(outcome_name(translator(language), outcome, scale), day) == (outcome, None)


@given(st.dates(datetime.date(1000, 1, 1)), st.sampled_from(LANGUAGES))
def test_dates_read_back(date, language):
    tr = translator(language)
    for words in (date_text(tr, date), short_date(tr, date, year=True), date.isoformat(), f"{date:%d/%m/%Y}"):
        assert vocabulary.read_date(words) == date


@pytest.mark.parametrize("words", ["", "someday", "31 février 2026", "2026-13-01", "10 truc 2026", "9" * 300])
def test_what_is_no_date_is_none(words):
    assert vocabulary.read_date(words) is None
