"""The day and the hour of an event, as people write them."""

from __future__ import annotations

import datetime

import pytest
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.hours import read_when

TODAY = datetime.date(2026, 11, 10)  # a Tuesday
MEETING = datetime.date(2026, 12, 8)


@pytest.mark.parametrize(
    ("words", "day", "hour"),
    [
        ("19/11 14h", (11, 19), (14, 0)),
        ("19/11 à 14 h 30", (11, 19), (14, 30)),
        ("19/11 14h30", (11, 19), (14, 30)),
        ("19/11, 14:30", (11, 19), (14, 30)),
        ("le 19 novembre à 9 h", (11, 19), (9, 0)),
        ("jeudi 19 novembre, à 14 heures", (11, 19), (14, 0)),
        ("jeudi 14h", (11, 12), (14, 0)),
        ("demain 18h", (11, 11), (18, 0)),
        ("demain à 8 heures du soir", (11, 11), (20, 0)),
        ("aujourd’hui à 18 h", (11, 10), (18, 0)),
        ("19 novembre à midi", (11, 19), (12, 0)),
        ("19 novembre à midi et demi", (11, 19), (12, 30)),
        ("prochaine rencontre 9h30", (12, 8), (9, 30)),
        ("14 h le 19/11", (11, 19), (14, 0)),
        ("À 14h30, le 19 novembre", (11, 19), (14, 30)),
        ("2026-11-19 14:30", (11, 19), (14, 30)),
        ("2026-11-19T14:30", (11, 19), (14, 30)),
        ("2026-11-19T14:30:00", (11, 19), (14, 30)),
        ("Nov 19 at 2pm", (11, 19), (14, 0)),
        ("19 November, 2:30 pm", (11, 19), (14, 30)),
        ("tomorrow at noon", (11, 11), (12, 0)),
        ("2pm on Nov 19", (11, 19), (14, 0)),
        ("Thursday at 9 a.m.", (11, 12), (9, 0)),
        ("Thursday 12 am", (11, 12), (0, 0)),
        ("Thursday 12 pm", (11, 12), (12, 0)),
    ],
)
def test_a_day_and_an_hour_are_read(words, day, hour):
    assert read_when(words, TODAY, MEETING) == datetime.datetime(2026, *day, *hour)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "14h",
        "19/11",
        "le 19",
        "jeudi 25h",
        "jeudi 14h60",
        "jeudi 14:75",
        "jeudi 13pm",
        "jeudi 0 am",
        "31/02 14h",
        "bientôt 14h",
        "19/11 14h-16h",
        "de 14h à 16h le 19/11",
        "19/11 quatorze",
        "19/11 14",
        "19/11 14h 5",
        "jeudi " * 30 + "14h",
    ],
)
def test_what_does_not_name_both_names_neither(words):
    assert read_when(words, TODAY, MEETING) is None


def test_the_next_meeting_has_an_hour_only_when_its_day_is_known():
    assert read_when("next meeting 10:00", TODAY, None) is None


@given(st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2099, 12, 31)))
@settings(max_examples=examples(20))
def test_an_hour_is_read_back_as_the_form_writes_it(when):
    when = when.replace(second=0, microsecond=0)
    assert read_when(f"{when:%Y-%m-%d %H:%M}", TODAY) == when


@given(st.text(max_size=100))
@settings(max_examples=examples(20))
def test_any_words_are_read_or_not(words):
    read_when(words, TODAY, MEETING)
