"""Needs over time: what returns, what may go together, what a workshop may be about."""

from __future__ import annotations

import datetime

from msgspec.structs import replace

from facilitator.core.cycle.matching import come_back, matches, needs, returning, since, workshops
from facilitator.core.cycle.past import MinutedMeeting
from facilitator.core.cycle.survey import AlikeAnswers
from facilitator.core.records import MeetingRow, Record
from facilitator.core.said import Origin

JAN, MAR, MAY = "2026-01-13-r", "2026-03-10-r", "2026-05-12-r"


def need(meeting, number, text, **fields):
    return Record(meeting=meeting, kind="need", number=f"B{number}", text=text, **fields)


def ask(meeting, number, theme):
    return Record(meeting=meeting, kind="question", number=f"Q{number}", text="?", theme=theme)


def test_one_need_in_other_words_or_carried_over_is_one_and_returns():
    found = needs([
        need(JAN, 1, "Une trame commune d’atelier smartphone", same=4),
        need(MAR, 1, "Des trames pour les smartphones", theme="ateliers"),
        need(MAY, 1, "Encore elle", origin=Origin(MAR, "B1")),
        need(MAY, 2, "Un vidéoprojecteur"),
    ])  # fmt: skip
    assert [(one.text, len(one.meetings), one.people, one.theme) for one in found][1:] == [
        ("Un vidéoprojecteur", 1, 1, None)
    ]
    (again,) = returning(found)
    assert (again.meetings, again.people, again.last) == ((JAN, MAR), 5, Origin(MAY, "B1"))


def test_what_is_carried_over_is_said_again_only_where_more_people_say_so():
    """What the program brings back by itself is no sign that anybody asked again."""
    first, carried = need(JAN, 1, "Une trame", same=1), need(MAR, 1, "Une trame", same=1, origin=Origin(JAN, "B1"))
    assert returning(needs([first, carried])) == ()
    (again,) = returning(needs([first, replace(carried, same=2)]))
    assert (again.meetings, again.people) == ((JAN, MAR), 3)


def test_a_need_comes_back_once_as_it_was_said_last_with_how_often_until_it_is_met():
    said = [
        need(JAN, 1, "Une trame commune d’atelier smartphone"),
        need(MAR, 4, "Des trames pour les smartphones"),
        need(MAR, 2, "Un vidéoprojecteur"),
        need(JAN, 3, "Prêt de tablettes", offer=True),
        need(MAR, 3, "Prêt de tablettes", offer=True),
    ]
    today = datetime.date(2026, 3, 20)
    (back,) = come_back(said, today)
    assert (back.record, back.why, back.meetings, back.days) == (said[1], "returns", 2, 66)
    carried = need(MAY, 1, "Des trames pour les smartphones", origin=Origin(MAR, "B4"))
    assert [one.record for one in come_back([*said, carried], today)] == [carried]
    assert come_back([*said, replace(carried, done=True)], today) == []
    again = need("2026-06-09-r", 1, "La trame de l’atelier smartphone")
    assert come_back([*said, replace(carried, done=True), again], today) == []  # it was met in between
    hidden = Record(meeting=MAR, kind="need", number="B4", text="Des trames pour les smartphones", private=True)
    assert come_back([*said, hidden], today) == []
    assert come_back(said, datetime.date(2027, 2, 1)) == []  # of a year and more ago the first one counts no more


def test_what_is_done_or_offered_returns_no_more():
    said = [
        need(JAN, 1, "Une salle à Mably", done=True),
        need(MAR, 1, "Une salle à Mably"),
        need(MAY, 1, "Salle à Mably", offer=True),
    ]
    assert [one.meetings for one in needs(said)] == [(MAR,)]


def test_a_need_meets_the_offers_of_others_by_theme_or_by_what_it_is_about():
    said = [
        need(JAN, 1, "Quelques tablettes", by="Awa"),
        need(MAR, 1, "Prêt de six tablettes", by="Karim", offer=True),
        need(MAR, 2, "J’ai une tablette de trop", by="Awa", offer=True),
        need(MAY, 1, "Une personne pour les impôts", by="Nora", theme="droits"),
        need(MAY, 2, "Je tiens une permanence", by="Hugo", theme="Droit", offer=True),
        need(MAY, 3, "Je prête un vidéoprojecteur", by="Léa", offer=True, done=True),
        need(MAY, 4, "Il faut un vidéoprojecteur", by="Paul"),
    ]
    assert [(one.need.number, one.offer.number) for one in matches(said)] == [("B1", "B1"), ("B1", "B2")]
    assert [(one.need.meeting, one.offer.meeting) for one in matches(said)] == [(JAN, MAR), (MAY, MAY)]


def test_a_workshop_is_about_what_returns_or_several_want_then_about_what_is_often_asked():
    records = [
        need(JAN, 1, "Les arnaques en ligne"),
        need(MAR, 1, "Arnaques en ligne"),
        need(MAR, 2, "La charte graphique", same=2),
        need(MAY, 1, "Un café"),
        *(ask(JAN, number, "droits") for number in (1, 2, 3)),
        *(ask(JAN, number, "outils") for number in (4, 5)),
    ]
    found = workshops(
        records, [MinutedMeeting(MAY, datetime.date(2026, 5, 12), MeetingRow(workshops=("Arnaques en ligne",)))]
    )
    assert [(one.title, one.meetings, one.questions) for one in found] == [
        ("La charte graphique", 1, 0), ("droits", 1, 3), ("Arnaques en ligne", 2, 0),
    ]  # fmt: skip
    assert found[-1].held == datetime.date(2026, 5, 12)


def test_what_surveys_wish_for_is_added_to_what_is_needed_and_one_answer_alone_is_no_theme():
    records = [need(JAN, 1, "Les arnaques en ligne"), need(MAR, 1, "Arnaques en ligne")]
    wished = [AlikeAnswers("arnaque en ligne", 9), AlikeAnswers("Faire un site", 4), AlikeAnswers("Un karaoké", 1)]
    found = workshops(records, [], wished)
    assert [(one.title, one.meetings, one.answers) for one in found] == [
        ("Arnaques en ligne", 2, 9),
        ("Faire un site", 0, 4),
    ]


def test_only_the_meetings_from_a_day_on_are_looked_at():
    assert since([need(JAN, 1, "a"), need(MAR, 1, "b")], datetime.date(2026, 3, 10)) == [need(MAR, 1, "b")]
