"""What minutes say of the meeting itself, read back."""

from __future__ import annotations

import datetime

import mdformat
import pytest
from documents.minutes.example import MEETING, PRESENT
from msgspec.structs import replace

from facilitator.documents.minutes.entry import Person
from facilitator.documents.minutes.held import held_of
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.writer import write_minutes


def held(text):
    return held_of(read_minutes(text, meeting="2026-11-10-roannais"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_day_the_place_the_people_and_who_led_what_come_back(language):
    found = held(write_minutes(replace(MEETING, language=language)))
    assert (found.day, found.place) == (datetime.date(2026, 11, 10), "médiathèque de Riorges")
    assert (found.host, found.facilitator, found.scribe) == (("Karim Benali",), ("Claire Dumas",), ("Léa Moreau",))
    assert found.present == tuple(PRESENT)
    assert found.visitors == (("Odile Perret", "Conseil départemental"), ("Rémi Fontaine", "Zoomacom"))
    assert found.led == ((1, "Karim Benali"), (3, "Nora Lefèvre"), (5, "Fatou Sarr"))
    assert found.workshops == ("Accompagner sans faire à la place",)


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("wrap", ["keep", 20, 40])
def test_all_of_it_comes_back_the_same_after_a_formatter(wrap):
    text = write_minutes(MEETING)
    assert held(mdformat.text(text, options={"wrap": wrap}, extensions={"gfm", "frontmatter"})) == held(text)
    assert held("\ufeff" + text.replace("\n", "\r\n")) == held(text)


def test_a_place_whose_line_lost_its_hard_break_ends_before_the_people():
    text = write_minutes(MEETING).replace("Riorges\\\n", "Riorges\n")
    assert held(text).place == "médiathèque de Riorges"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("days", [1, 2, 60])
def test_a_place_comes_back_from_minutes_over_several_days(language, days):
    ended_on = MEETING.day + datetime.timedelta(days=days)
    text = write_minutes(replace(MEETING, language=language, ended_on=ended_on))
    assert ("de 9 h 34 au " if language == "fr" else "12:00 on ") in text
    assert (held(text).day, held(text).place) == (MEETING.day, MEETING.place)


def test_a_place_with_commas_an_initial_and_a_visitor_without_structure_come_back():
    meeting = MEETING
    step = replace(meeting.steps[0], leads=("Nora L.", "Jean-Marc V."))
    meeting = replace(meeting, steps=(step, *meeting.steps[1:]), place="12, rue de la Paix, Roanne")
    found = held(write_minutes(replace(meeting, visitors=(Person("Zoé"),), started=None, ended=None)))
    assert found.place == "12, rue de la Paix, Roanne"
    assert found.led[:2] == ((1, "Nora L."), (1, "Jean-Marc V."))
    assert found.visitors == (("Zoé", None),)


def test_a_late_answer_keeps_its_day_and_a_remark_leads_nothing():
    text = write_minutes(MEETING)
    text = text.replace("*(#outils)*\n", "*(#outils)*\n  - *Réponse de Léa Moreau, 4 décembre :* PDFsam.\n", 1)
    text = text.replace("Avec Karim Benali.", "Avec le recul, on aurait dû commencer par la visite des lieux.")
    found = held(text)
    assert found.answered == (("Q2", datetime.date(2026, 12, 4)),)
    assert found.led[0] == (3, "Nora Lefèvre")


def test_a_text_that_is_no_minutes_says_nothing():
    assert held("Bonjour").present == ()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("ended", [datetime.time(15), None])
def test_a_meeting_without_a_place_was_not_held_at_its_hours(language, ended):
    meeting = replace(MEETING, place=None, language=language, started=datetime.time(14), ended=ended)
    assert held(write_minutes(meeting)).place is None
