"""The rhythm of a network over its year."""

from __future__ import annotations

import datetime

import pytest

from facilitator.core.cycle.calendar import next_after, read_day, rhythm


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("words", "december"),
    [
        ("2e mardi", 8),
        ("Deuxième mardi du mois", 8),
        ("2ème\u00a0mardi", 8),
        ("second Tuesday", 8),
        ("the 2nd Tuesday of each month", 8),
        ("chaque 2e mardi de chaque mois", 8),
        ("dernier jeudi", 31),
        ("last Thursday", 31),
        ("1er lundi", 7),
        ("premier mercredi du mois", 2),
        ("5e jeudi", 31),
        ("le 15", 15),
        ("15th of the month", 15),
    ],
)
def test_days_of_the_month_are_read_in_both_languages(words, december):
    rule = read_day(words)
    assert rule is not None and rule.of(2026, 12) == datetime.date(2026, 12, december)


@pytest.mark.parametrize(
    "words",
    ["mardi", "6e mardi", "32", "0", "le 2e", "souvent", "", "2e mardi et jeudi", "every second Tuesday", "du mois"],
)
def test_what_names_no_day_of_the_month_is_none(words):
    assert read_day(words) is None


def test_a_month_without_such_a_day_has_none():
    assert read_day("5e mardi").of(2026, 12) is not None
    assert read_day("5e mardi").of(2026, 11) is None
    assert read_day("le 31").of(2026, 11) is None


def a_year(**changed):
    given = {
        "meetings": [day("2026-01-13"), day("2026-03-10"), day("2026-07-14"), day("2026-09-08")],
        "letters": ["2026-02", "2026-04", "2026-06", "2026-08"],
        "first": "2026-01",
        "last": "2026-12",
        "today": day("2026-11-20"),
    }
    return rhythm(("meeting", "newsletter"), read_day("2e mardi"), **(given | changed))


def test_each_month_is_kept_missed_late_or_due():
    found = {month.month: month.state for month in a_year().months}
    assert [found[f"2026-{month:02}"] for month in range(1, 13)] == [
        "kept", "kept", "kept", "kept", "missed", "kept", "kept", "kept", "kept", "missed", "late", "due",
    ]  # fmt: skip
    assert a_year().kept() == (8, 10)


def test_nothing_was_missed_before_the_first_meeting_or_letter_that_is_known():
    """A network that begins in September, or that begins to keep its minutes then."""
    began = a_year(meetings=[day("2026-09-08")], letters=[])
    assert [month.state for month in began.months] == [*["free"] * 8, "kept", "missed", "late", "due"]
    assert began.kept() == (1, 2)
    fresh = a_year(meetings=[], letters=[], today=day("2026-11-03"))
    assert [month.state for month in fresh.months] == [*["free"] * 10, "due", "due"] and fresh.kept() == (0, 0)
    assert a_year(first="2027-01", last="2027-03", today=day("2027-03-20")).months[0].state == "missed"


def test_the_pattern_is_laid_where_it_fits_what_was_held():
    odd = a_year(
        meetings=[day("2026-02-10"), day("2026-04-14"), day("2026-06-09")], letters=[], today=day("2026-06-10")
    )
    assert [month.beat for month in odd.months[:4]] == ["newsletter", "meeting", "newsletter", "meeting"]


def test_the_pattern_goes_on_over_the_new_year_as_it_was():
    odd = {"meetings": [day("2026-06-09"), day("2026-08-11"), day("2026-10-13")], "letters": ["2026-07", "2026-09"]}
    ahead = a_year(**odd, first="2027-01", last="2027-12", today=day("2026-11-20"))
    assert [month.beat for month in ahead.months[:2]] == ["newsletter", "meeting"]
    assert ahead.next_meeting == day("2026-12-08")
    january = a_year(**odd, first="2027-01", last="2027-12", today=day("2027-01-03"))
    assert january.months[0].beat == "newsletter"
    assert a_year(**odd, first="2024-01", last="2024-12").months[0].beat == "meeting"


def test_meetings_say_more_of_the_pattern_than_letters_and_a_meeting_is_not_late_on_its_day():
    crossed = a_year(
        meetings=[day("2026-02-10"), day("2026-04-14")], letters=["2026-02", "2026-04"], today=day("2026-04-20")
    )
    assert crossed.months[0].beat == "newsletter"
    assert a_year(today=day("2026-11-10")).months[10].state == "due"


def test_what_is_next_is_the_stated_day_else_the_pattern_s():
    assert (a_year().next_meeting, a_year().next_letter) == (day("2027-01-12"), "2026-12")
    assert a_year(today=day("2026-11-03")).next_meeting == day("2026-11-10")
    stated = a_year(stated=day("2026-11-24"))
    assert stated.next_meeting == day("2026-11-24")
    assert stated.months[10].state == "due"


def test_the_last_thursday_over_the_new_year_and_a_network_that_does_both():
    both = rhythm(
        ("both",), read_day("dernier jeudi"), meetings=[day("2026-12-31")], letters=["2026-10", "2026-12"],
        first="2026-11", last="2027-02", today=day("2027-01-05"),
    )  # fmt: skip
    assert [month.state for month in both.months] == ["missed", "kept", "due", "due"]
    assert both.next_meeting == day("2027-01-28")


def test_without_a_pattern_nothing_is_wanted_and_nothing_is_late():
    free = rhythm((), None, meetings=[], letters=[], first="2026-01", last="2026-03", today=day("2026-02-01"))
    assert {month.state for month in free.months} == {"free"}
    assert (free.next_meeting, free.next_letter) == (None, None)


def test_what_follows_a_meeting_is_said_by_the_pattern_alone_where_it_can_be():
    tuesday = read_day("2e mardi")
    assert next_after(("meeting", "newsletter"), tuesday, day("2026-11-28")) == day("2027-01-12")
    assert next_after(("both",), tuesday, day("2026-11-03")) == day("2026-12-08")
    assert next_after(("meeting", "meeting", "newsletter"), tuesday, day("2026-11-10")) is None
    assert next_after(("newsletter",), tuesday, day("2026-11-10")) is None
    assert next_after(("meeting",), None, day("2026-11-10")) is None


def test_a_stated_day_on_which_people_met_is_not_to_come():
    there = a_year(meetings=[day("2026-11-20")], stated=day("2026-11-20"), today=day("2026-11-20"))
    assert there.next_meeting == day("2027-01-12")
