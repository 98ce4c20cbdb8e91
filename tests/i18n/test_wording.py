"""Dates, durations, refusals and acts as people say them."""

from __future__ import annotations

import datetime
import inspect
import re
from pathlib import Path
from typing import get_args

import pytest

import facilitator
from facilitator.core.agenda import Step, StepKind
from facilitator.core.followups import SORTS
from facilitator.core.refusal import Reason, Refused
from facilitator.core.vocabulary import KINDS, OUTCOMES
from facilitator.core.zone import zone_of
from facilitator.i18n import LANGUAGES, translator
from facilitator.wording import (
    clock_text,
    date_text,
    drift_text,
    kind_name,
    kinds_name,
    left_clock,
    minutes_text,
    month_text,
    outcome_name,
    refusal_text,
    short_date,
    step_title,
    time_text,
)
from facilitator.wording.acts import _THINGS, _WORDS
from facilitator.wording.following import sort_name
from facilitator.wording.refusals import SENTENCES

FR, EN = translator("fr"), translator("en")
EVERY_VALUE = {
    "by": "lea@autre",
    "labels": ("Q2", "Q7"),
    "label": "Q9",
    "step": "Atelier",
    "minimum_s": 2400,
    "limit": 80,
    "at": 1_795_509_000_000,
}


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (datetime.date(2026, 11, 24), "mardi 24 novembre 2026", "Tuesday 24 November 2026"),
        (datetime.date(2026, 12, 1), "mardi 1er décembre 2026", "Tuesday 1 December 2026"),
        (datetime.date(2024, 2, 29), "jeudi 29 février 2024", "Thursday 29 February 2024"),
        (datetime.date(2026, 8, 2), "dimanche 2 août 2026", "Sunday 2 August 2026"),
    ],
)
def test_a_date_is_written_in_full(day, french, english):
    assert (date_text(FR, day), date_text(EN, day)) == (french, english)


def test_a_short_date_has_its_year_on_request():
    day = datetime.date(2026, 12, 1)
    assert (short_date(FR, day), short_date(FR, day, year=True)) == ("1er décembre", "1er décembre 2026")
    assert month_text(FR, "2026-08") == "août 2026"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 min"),
        (29, "0 min"),
        (30, "1 min"),
        (540, "9 min"),
        (3600, "1 h"),
        (5400, "1 h 30"),
        (3900, "1 h 05"),
        (-540, "9 min"),
    ],
)
def test_a_length_of_time_is_in_whole_minutes(seconds, text):
    assert minutes_text(FR, seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "à l’heure"),
        (59, "à l’heure"),
        (-59, "à l’heure"),
        (540, "retard 9 min"),
        (599, "retard 9 min"),
        (-120, "avance 2 min"),
    ],
)
def test_the_drift_is_said_in_whole_minutes(seconds, text):
    assert drift_text(FR, seconds) == text


def test_clocks_are_read_to_the_second():
    assert [clock_text(s) for s in (0, 59, 739, 3600, 3722)] == ["0:00", "0:59", "12:19", "1:00:00", "1:02:02"]
    assert [left_clock(s) for s in (739, 0, -192)] == ["12:19", "0:00", "+3:12"]


def test_a_time_of_day_is_that_of_the_zone():
    assert time_text(1_795_509_000_000, "Europe/Paris") == "09:30"
    assert time_text(1_795_509_000_000, "UTC") == time_text(1_795_509_000_000, zone_of("Nowhere/Land")) == "08:30"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", get_args(Reason))
def test_every_refusal_is_a_sentence(language, reason):
    tr = translator(language)
    for values, zone in ((EVERY_VALUE, "Europe/Paris"), (EVERY_VALUE, None), ({}, None)):
        text = refusal_text(tr, Refused(reason, **values), zone)
        assert (text and text[-1] in ".?") or text.endswith("facilitator run")
        assert not set("{}") & set(text)
    assert language == "en" or refusal_text(tr, Refused(reason)) != refusal_text(EN, Refused(reason))


def test_no_sentence_is_for_a_reason_that_does_not_exist():
    assert set(SENTENCES) == set(get_args(Reason))


def test_a_refusal_is_given_what_its_sentence_tells():
    for path in Path(facilitator.__file__).parent.rglob("*.py"):
        call = r'Refused\(\s*"([a-z-]+)"((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)'
        for found in re.finditer(call, path.read_text(encoding="utf-8")):
            for name in re.findall(r"{(\w+)}", SENTENCES[found[1]]):
                assert re.search(rf"\b{name}(_s)?=", found[2]), (path, found[0])


def test_a_refusal_tells_its_values():
    assert refusal_text(FR, Refused("undecided", labels=("Q2", "Q7"))).endswith("Q2, Q7.")
    assert "lea@autre" in refusal_text(FR, Refused("closed", by="lea@autre"))
    assert "09:30" in refusal_text(FR, Refused("before-last-move", at=1_795_509_000_000), "Europe/Paris")
    assert "…" in refusal_text(FR, Refused("no-entry", label="x" * 500))


def test_what_is_told_with_a_colon_is_a_thing_when_it_is_undone():
    """`Undone: the end promised at 12:10`, and not `Undone: promised end: 12:10`."""
    for event, words in _WORDS.items():
        said = re.findall(r"""["'][^"']*\w: [^"']*["']""", inspect.getsource(words))
        assert not said or event in _THINGS or event.noticed or event.lasting, (event, said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_has_a_name(language):
    tr = translator(language)
    assert len({kind_name(tr, kind) for kind in KINDS}) == len({kinds_name(tr, kind) for kind in KINDS}) == len(KINDS)
    assert len({outcome_name(tr, outcome) for outcome in OUTCOMES}) == len(OUTCOMES)
    assert len({sort_name(tr, sort, 2) for sort in SORTS}) == len(SORTS)
    assert len({step_title(tr, Step(kind=kind, duration=60)) for kind in get_args(StepKind)}) == 7
    assert step_title(tr, Step(kind="news", duration=60, title="Ici")) == "Ici"


def test_a_relayed_question_names_the_level_above():
    assert outcome_name(FR, "relay", "epci") == "Transmise au réseau départemental"
    assert outcome_name(FR, "relay", "departement") == "Transmise au réseau régional"
    assert outcome_name(FR, "relay", None) == "Transmise à l’échelon supérieur"
