"""Whose turn it may be, and why."""

from __future__ import annotations

import datetime

from facilitator.core.cycle.directory import Directory
from facilitator.core.cycle.past import MinutedMeeting
from facilitator.core.cycle.rotation import rotation
from facilitator.core.network import Member
from facilitator.core.records import MeetingRow, Record

PEOPLE = Directory((
    Member("Awa", place="CCAS"),
    Member("Karim", place="Riorges"),
    Member("Nora", structure="Centre social"),
    Member("Fatou", place="Renaison", was=("Fatou S.",)),
    Member("Hugo"),
    Member("Claire", structure="Agglomération"),
))  # fmt: skip


def past(day, **row):
    here = ("Awa", "Karim", "Nora", "Fatou", "Hugo", "Claire")
    return MinutedMeeting(f"{day}-r", datetime.date.fromisoformat(day), MeetingRow(**({"present": here} | row)))


def offer(day, by, text, **fields):
    return Record(meeting=f"{day}-r", kind="need", number="B1", text=text, by=by, offer=True, **fields)


PAST = (
    past("2026-01-13", host=("Fatou S.",), scribe=("Hugo",), led=((3, "Nora"),)),
    past("2026-03-10", place="CCAS", scribe=("Nora",), led=((3, "Hugo"), (1, "Awa"))),
    past("2026-05-12", host=("Karim",), scribe=("Hugo",)),
)


def names(duty, records=(), meetings=PAST, **given):
    found = rotation(duty, meetings, records, PEOPLE, besides=("Claire",), **given)
    return [(one.member.name, one.reason) for one in found]


def test_who_has_not_hosted_comes_before_whose_turn_is_longest_ago_and_the_place_counts_as_its_host():
    assert names("host") == [("Nora", "new"), ("Fatou", "longest"), ("Awa", "longest"), ("Karim", "longest")]


def test_who_offered_comes_first_until_they_did_it():
    said = [
        offer("2026-03-11", "Karim, Hugo", "On peut animer un atelier"),
        offer("2026-01-13", "Awa", "Je peux animer"),
    ]
    assert names("lead", said)[:3] == [("Karim", "offered"), ("Hugo", "offered"), ("Fatou", "new")]
    assert ("Hugo", "offered") not in names(
        "lead", [offer("2026-03-10", "Hugo", "Je peux animer")]
    )  # as they did that day
    assert ("Awa", "offered") not in names("lead", said)  # she led in March, after she offered
    assert names("host", [offer("2026-05-12", "Hugo", "J’accueille volontiers la prochaine")])[0] == ("Hugo", "offered")


def test_an_offer_that_is_done_of_something_else_or_of_a_stranger_counts_for_nothing():
    said = [
        offer("2026-05-12", "Awa", "Je prends des notes", done=True),
        offer("2026-05-12", "Awa", "Prêter des tablettes"),
        offer("2026-05-12", "Inconnu", "Prise de notes"),
    ]
    assert names("scribe", [offer("2026-05-12", "Awa", "Je prends des notes")])[0] == ("Awa", "offered")
    assert not any(reason == "offered" for duty in ("host", "lead", "scribe") for _, reason in names(duty, said))


def test_whom_nobody_saw_lately_is_not_proposed_unless_nobody_says_who_came():
    gone = [past(f"2026-{month:02}-01", present=("Awa", "Karim")) for month in range(2, 8)]
    gone.insert(0, past("2026-01-01"))
    assert names("scribe", meetings=gone) == [("Awa", "new"), ("Karim", "new")]
    assert len(names("scribe", meetings=[past("2026-01-01", present=())])) == 5


def test_notes_are_taken_by_who_never_did_then_by_who_did_longest_ago():
    assert names("scribe") == [
        ("Awa", "new"), ("Karim", "new"), ("Fatou", "new"), ("Nora", "longest"), ("Hugo", "longest"),
    ]  # fmt: skip
