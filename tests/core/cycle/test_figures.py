"""The figures of a year: each question once, with what became of it."""

from __future__ import annotations

import datetime

from facilitator.core.cycle.directory import Directory
from facilitator.core.cycle.figures import Spread, figures
from facilitator.core.cycle.past import MinutedMeeting
from facilitator.core.network import Member
from facilitator.core.records import MeetingRow, Record, TimeRow
from facilitator.core.said import Origin

PEOPLE = Directory(
    (Member("Karim Benali", "CCAS", was=("Karim B.",)), Member("Nora L.", "Centre social"), Member("Hugo"))
)


def day(text):
    return datetime.date.fromisoformat(text)


def past(meeting, **row):
    return MinutedMeeting(meeting, day(meeting[:10]), MeetingRow(**row), (TimeRow(1, 20, 25), TimeRow(2, 30, None)))


def said(meeting, number, kind="question", **fields):
    return Record(meeting=meeting, kind=kind, number=number, **({"text": f"{number} ?"} | fields))


JAN, MAR, NEXT = "2026-01-13-r", "2026-03-10-r", "2027-01-12-r"
PAST = (
    past("2025-11-11-r", present=("Hugo",), place="Riorges"),
    past(JAN, present=("Karim B.", "Nora L."), visitors=(("Odile", "Département"),), place="riorges", facilitator=("Nora L.",),
         led=((1, "Nora L."), (2, "Karim B.")), answered=(("Q2", day("2026-01-25")),)),
    past(MAR, present=("Karim Benali", "Hugo"), place="Roanne", led=((1, "Karim Benali"),)),
    past(NEXT, present=("Hugo",)),
)  # fmt: skip
RECORDS = [
    said(JAN, "Q1", outcome="answered", theme="Droits"),
    said(JAN, "Q2", outcome="newsletter", done=True, answer="Oui.", theme="droits"),
    said(JAN, "Q3", outcome="next", theme="outils"),
    said(JAN, "Q4", outcome="drop"),
    said(JAN, "Q5", outcome="relay"),
    said(JAN, "Q6", outcome="mattermost", done=True),
    said(JAN, "S1", kind="need", private=True, text="Un contrat"),
    said(MAR, "Q1", outcome="answered", origin=Origin(JAN, "Q3"), theme="outils"),
    said(MAR, "Q2", outcome="next"),
    said(NEXT, "Q1", outcome="next", origin=Origin(MAR, "Q2")),
    said(JAN, "A1", kind="action"),
    said(MAR, "A1", kind="action", origin=Origin(JAN, "A1"), done=True),
    said(MAR, "A2", kind="action"),
    said(MAR, "D1", kind="decision", text="Une charte."),
]  # fmt: skip


def of_2026(records=RECORDS):
    return figures(2026, PAST, records, PEOPLE, letters=("2026-02", "2025-12"))


def test_a_question_that_was_carried_is_one_and_its_answer_has_its_days():
    asked = of_2026().questions
    assert (asked.asked, asked.there, asked.later, asked.awaited, asked.dropped) == (7, 1, 3, 2, 1)
    assert asked.days == 34  # 12 for the letter, 56 for the next meeting; of the third nobody wrote when
    assert (asked.relayed, asked.relayed_answered) == (1, 0)
    assert of_2026().unanswered == ("Q5 ?",)


def test_an_answer_on_the_day_itself_took_none_and_what_was_dropped_is_no_answer():
    row = past(JAN, answered=(("Q1", day("2026-01-13")),))
    asked = [said(JAN, "Q1", outcome="mattermost", done=True), said(JAN, "Q2", outcome="drop", done=True)]
    found = figures(2026, (row,), asked, PEOPLE, letters=()).questions
    assert (found.later, found.days, found.dropped) == (1, 0, 1)


def test_the_parts_of_each_meeting_are_those_of_the_year():
    found = of_2026()
    assert [one.questions.asked for one in found.meetings] == [6, 1]
    assert sum(one.questions.asked for one in found.meetings) == found.questions.asked
    assert [(one.present, one.structures, one.planned, one.actual) for one in found.meetings] == [
        (3, 3, 20, 25),
        (2, 1, 20, 25),
    ]


def test_a_person_renamed_is_one_and_who_facilitates_leads_no_part():
    found = of_2026()
    assert (found.people, found.structures, found.led) == (4, 3, 1)
    assert found.attendance == Spread(2, 2, 3)


def test_places_are_new_against_the_years_before_and_unknown_in_the_first():
    assert (of_2026().places, of_2026().new_places) == (2, 1)
    first = figures(2025, PAST, RECORDS, PEOPLE, letters=())
    assert (first.places, first.new_places) == (1, None)


def test_themes_are_counted_once_a_question_whatever_their_case():
    assert of_2026().themes == (("Droits", 2), ("outils", 1))


def test_an_action_carried_and_done_is_done_once():
    found = of_2026()
    assert (found.actions_done, found.actions_open) == (1, 1)
    assert (found.decisions, found.letters) == (("Une charte.",), 1)


def test_nothing_private_changes_any_figure():
    public = [one for one in RECORDS if not one.private]
    secret = said(JAN, "Q9", private=True, outcome="individual", theme="droits", text="Mon contrat ?")
    assert of_2026([*RECORDS, secret]) == of_2026(public)


def test_a_year_without_meetings_is_empty():
    assert figures(2024, PAST, RECORDS, PEOPLE, letters=()).attendance is None
