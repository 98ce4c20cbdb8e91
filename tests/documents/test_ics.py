"""Dates for calendars, read by a program that is not ours."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from facilitator.documents.ics import CalendarEvent, write_calendar

STAMP = datetime.datetime(2026, 11, 24, 12, 0, tzinfo=datetime.UTC)
PARIS = datetime.timezone(datetime.timedelta(hours=1))
MEETING = CalendarEvent(
    uid="2026-12-08-roannais@facilitator",
    summary="Rencontre du réseau — Roannais",
    start=datetime.datetime(2026, 12, 8, 9, 30, tzinfo=PARIS),
    end=datetime.datetime(2026, 12, 8, 12, 0, tzinfo=PARIS),
    place="France services de Renaison, 2 place du Marché ; salle B",
    about="Ordre du jour :\naccueil, actualités",
    link="https://example.org/rencontre",
)
ACTION = CalendarEvent("a1@facilitator", "Rédiger la charte", datetime.date(2026, 12, 4), datetime.date(2026, 12, 5))


def read(*events: CalendarEvent):
    return Calendar.from_ical(write_calendar(events, stamp=STAMP)).walk("VEVENT")


def test_a_meeting_is_read_by_a_calendar_as_it_is():
    (event,) = read(MEETING)
    assert str(event["summary"]) == MEETING.summary
    assert event.decoded("dtstart") == MEETING.start and event.decoded("dtend") == MEETING.end
    assert str(event["location"]) == MEETING.place and str(event["description"]) == MEETING.about
    assert str(event["url"]) == MEETING.link and str(event["uid"]) == MEETING.uid


def test_a_day_takes_no_hour_and_leaves_its_owner_free():
    (event,) = read(ACTION)
    assert event.decoded("dtstart") == datetime.date(2026, 12, 4)
    assert event.decoded("dtend") == datetime.date(2026, 12, 5)
    assert str(event["transp"]) == "TRANSPARENT"


@pytest.mark.ci
def test_another_reader_reads_the_meeting_and_the_day_that_an_action_is_due():
    import vobject

    calendar = vobject.readOne(write_calendar([MEETING, ACTION], stamp=STAMP))
    meeting, action = calendar.vevent_list
    assert meeting.summary.value == MEETING.summary and meeting.location.value == MEETING.place
    assert meeting.dtstart.value == MEETING.start and meeting.description.value == MEETING.about
    assert action.summary.value == ACTION.summary and action.dtstart.value == datetime.date(2026, 12, 4)
    assert action.transp.value == "TRANSPARENT"


def test_nothing_to_come_is_still_a_calendar():
    assert read() == []


def test_lines_are_no_longer_than_the_standard_wants_and_end_as_it_wants():
    text = write_calendar([MEETING], stamp=STAMP)
    assert text.endswith("\r\n") and "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_text_comes_back_and_no_text_makes_a_line_of_its_own(text):
    (event,) = read(CalendarEvent("x@facilitator", text, ACTION.start, ACTION.end, about=f"{text}\nBEGIN:VEVENT"))
    assert str(event["summary"]) == text
    assert str(event["description"]) == f"{text}\nBEGIN:VEVENT"
