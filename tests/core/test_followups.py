"""What a network still owes itself: each thing once, with its age, chosen and gathered."""

from __future__ import annotations

import datetime

import pytest

from facilitator.core.followups import Selection, choose, follow_ups, grouped
from facilitator.core.records import Record
from facilitator.core.said import Origin

OCTOBER, NOVEMBER = "2026-10-13-roannais", "2026-11-10-roannais"
TODAY = datetime.date(2026, 11, 24)


def record(meeting: str, number: str, **parts: object) -> Record:
    kinds = {"Q": "question", "A": "action", "I": "news", "L": "resource", "S": "need", "D": "decision"}
    return Record(meeting=meeting, kind=kinds[number[0]], number=number, text=f"{meeting} {number}", **parts)


HELD = [
    record(NOVEMBER, "A1", owners=("Awa S.",), due=datetime.date(2026, 11, 20), theme="Matériel"),
    record(NOVEMBER, "A2", owners=("Awa S.", "Karim B."), due=datetime.date(2026, 12, 4)),
    record(NOVEMBER, "A3"),
    record(NOVEMBER, "A4", done=True),
    record(NOVEMBER, "Q1", origin=Origin(OCTOBER, "Q3"), outcome="relay", owners=("Nora T.",)),
    record(OCTOBER, "Q3", outcome="next"),
    record(OCTOBER, "Q4", outcome="answered", done=True),
    record(OCTOBER, "I1", deadline=TODAY),
    record(OCTOBER, "I2", deadline=datetime.date(2026, 11, 23)),
    record(OCTOBER, "L1", deadline=datetime.date(2026, 12, 1), done=True),
    record(OCTOBER, "D1"),
    record("sans-jour", "S1", private=True),
]
FOUND = follow_ups(HELD, TODAY)


def numbers(**asked: object) -> str:
    return " ".join(one.number for one in choose(FOUND, Selection(**asked)))


def test_what_is_open_is_there_once_the_oldest_first_with_its_age_and_how_late_it_is() -> None:
    assert [(one.number, one.sort, one.age_days, one.late_days) for one in FOUND] == [
        ("S1", "need", None, None),
        ("I1", "call", 42, None),
        ("Q1", "question", 42, None),
        ("A1", "action", 14, 4),
        ("A2", "project", 14, None),
        ("A3", "action", 14, None),
    ]
    assert FOUND[2].since == datetime.date(2026, 10, 13), "that of the meeting in which it came up"


def test_a_call_is_followed_up_to_its_last_day() -> None:
    assert [one.number for one in follow_ups(HELD, TODAY + datetime.timedelta(days=1)) if one.sort == "call"] == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, "S1 I1 Q1 A1 A2 A3"),
        ({"person": "awa"}, "A1 A2"),
        ({"theme": "materiel"}, "A1"),
        ({"outcome": "relay"}, "Q1"),
        ({"sort": "project"}, "A2"),
        ({"before": datetime.date(2026, 11, 24)}, "I1 A1"),
        ({"older": 42}, "I1 Q1"),
        ({"late": True}, "A1"),
        ({"late": True, "person": "nora"}, ""),
    ],
)
def test_they_are_chosen_by_what_is_known_of_them(asked: dict[str, object], found: str) -> None:
    assert numbers(**asked) == found


@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("meeting", {"sans-jour": "S1", OCTOBER: "I1", NOVEMBER: "Q1 A1 A2 A3"}),
        ("owner", {"Awa S.": "A1 A2", "Karim B.": "A2", "Nora T.": "Q1", "": "S1 I1 A3"}),
        ("theme", {"Matériel": "A1", "": "S1 I1 Q1 A2 A3"}),
        ("outcome", {"relay": "Q1", "": "S1 I1 A1 A2 A3"}),
        ("due", {"2026-11": "I1 A1", "2026-12": "A2", "": "S1 Q1 A3"}),
    ],
)
def test_they_are_gathered_by_it_and_what_has_none_comes_last(by: str, groups: dict[str, str]) -> None:
    found = {name: " ".join(one.number for one in held) for name, held in grouped(FOUND, by)}
    assert list(found.items()) == list(groups.items())
