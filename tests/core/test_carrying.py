"""What is open over all meetings, each once; and the numbers it takes when a meeting opens."""

from __future__ import annotations

import datetime

import pytest
from msgspec.structs import replace
from stage import DAY, Stage, setup

from facilitator.core import acts as commands
from facilitator.core.acts import Capture, Open
from facilitator.core.carrying import chains, left_open, still_open, without_private
from facilitator.core.public import public
from facilitator.core.records import Record
from facilitator.core.said import Fields, Origin
from facilitator.core.since import Brought, Since

OCTOBER, NOVEMBER, DECEMBER = "2026-10-13-r", "2026-11-10-r", "2026-12-08-r"
TODAY = datetime.date(2026, 12, 1)
NEXT = datetime.date(2026, 12, 8)


def record(meeting, number, origin=None, **parts):
    kind = {"Q": "question", "A": "action", "I": "news", "L": "resource", "P": "aside", "B": "need", "D": "decision"}[
        number[0]
    ]
    found = Origin(*origin) if origin else None
    return Record(meeting=meeting, kind=kind, number=number, origin=found, **{"text": f"{meeting} {number}"} | parts)


def proposed(*records, on=NEXT, today=TODAY):
    return [(left.record.meeting, left.record.number, left.why) for left in left_open(records, on=on, today=today)]


CHAIN = (
    record(OCTOBER, "Q5", outcome="next"),
    record(NOVEMBER, "Q1", (OCTOBER, "Q5"), outcome="next"),
    record(DECEMBER, "Q3", (NOVEMBER, "Q1"), outcome="mattermost"),
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_along_a_chain_the_latest_stands_for_all(order) -> None:
    given = [CHAIN[place] for place in order]
    assert still_open(given) == [CHAIN[2]]
    assert proposed(*given) == [(DECEMBER, "Q3", "unanswered")]
    assert [record.number for record in chains(given)[0]] == ["Q5", "Q1", "Q3"]


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("closed", [{"outcome": "answered", "answer": "Oui"}, {"outcome": "drop"}, {"done": True}])
def test_closed_anywhere_in_a_chain_it_is_closed(place, closed) -> None:
    given = [replace(one, **closed) if n == place else one for n, one in enumerate(CHAIN)]
    assert still_open(given) == []
    assert proposed(*given) == []


def test_taken_up_individually_anywhere_it_is_never_proposed_and_followed_up_where_it_is_private() -> None:
    given = [*CHAIN[:2], replace(CHAIN[2], outcome="individual", private=True)]
    assert proposed(*given) == []
    assert still_open(given) == [given[2]]


def test_what_was_taken_up_individually_in_an_earlier_meeting_is_followed_up_there_and_nowhere_in_public() -> None:
    given = [replace(CHAIN[0], outcome="individual", private=True), *CHAIN[1:]]
    assert proposed(*given) == []
    assert still_open(given) == [given[0]]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_is_private_in_one_meeting_is_public_in_no_other_that_it_was_carried_through(place) -> None:
    private = replace(CHAIN[place], outcome="individual", private=True)
    held = [one for one in CHAIN if one is not CHAIN[place]]
    other = record(NOVEMBER, "Q5", outcome="next")
    assert without_private([*held, other], [private]) == [other]
    assert without_private([*CHAIN, other], []) == [*CHAIN, other]


def test_a_chain_through_a_meeting_that_is_gone_is_still_one() -> None:
    assert len(chains([CHAIN[0], CHAIN[2]])) == 2
    both = [record(NOVEMBER, "Q1", (OCTOBER, "Q5")), record(DECEMBER, "Q3", (OCTOBER, "Q5"))]
    assert proposed(*both) == [(DECEMBER, "Q3", "unanswered")]


def test_origins_that_lead_in_a_circle_do_not_hang() -> None:
    circle = [record(OCTOBER, "Q1", (NOVEMBER, "Q1")), record(NOVEMBER, "Q1", (OCTOBER, "Q1"))]
    assert still_open(circle) == [circle[1]]
    assert still_open([record(OCTOBER, "Q1", (OCTOBER, "Q1"))])


def test_a_need_is_known_by_its_number_in_either_language() -> None:
    assert len(chains([record(OCTOBER, "B2"), record(NOVEMBER, "Q1", (OCTOBER, "N2"))])) == 1


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"due": datetime.date(2026, 11, 30)}, "late"),
        ({"due": TODAY}, "due"),
        ({"due": NEXT}, "due"),
        ({"due": datetime.date(2026, 12, 9)}, None),
        ({}, "undated"),
        ({"due_text": "quand ce sera possible"}, "undated"),
        ({"done": True}, None),
    ],
)
def test_an_action_comes_back_when_it_is_late_due_or_without_a_date(parts, why) -> None:
    assert proposed(record(NOVEMBER, "A1", **parts)) == ([(NOVEMBER, "A1", why)] if why else [])


@pytest.mark.parametrize(
    ("day", "comes"),
    [("2026-11-30", False), ("2026-12-01", True), ("2026-12-08", True), ("2026-12-09", False)],
)
@pytest.mark.parametrize("number", ["I1", "L1"])
def test_a_call_comes_back_while_it_is_open_and_closes_before_the_meeting(day, comes, number) -> None:
    deadline = datetime.date.fromisoformat(day)
    assert bool(proposed(record(NOVEMBER, number, deadline=deadline))) is comes


def test_news_decisions_and_needs_do_not_come_back() -> None:
    assert proposed(record(NOVEMBER, "I1"), record(NOVEMBER, "D1"), record(NOVEMBER, "B1")) == []


def test_what_became_something_else_comes_back_as_that() -> None:
    subject = record(OCTOBER, "P1")
    assert proposed(subject, record(NOVEMBER, "Q4", (OCTOBER, "P1"))) == [(NOVEMBER, "Q4", "unanswered")]
    assert proposed(subject, record(NOVEMBER, "D1", (OCTOBER, "P1"))) == []


# The numbers.


def carried(*kinds, **parts):
    return tuple(
        Brought(kind, Fields(text=f"{kind} {n}", origin=Origin(OCTOBER, f"Q{n}")), **parts)
        for n, kind in enumerate(kinds, 1)
    )


def opened(*brought):
    stage = Stage(opened=False)
    stage.do(Open("2026-11-24-rencontre", replace(setup(), since=Since(carried=brought))), 0)
    return stage


def test_what_is_carried_takes_the_next_numbers_in_its_kind_after_the_news_of_the_agenda() -> None:
    stage = opened(*carried("question", "action", "question", "news", "aside"))
    entries = stage.meeting.entries.values()
    assert [entry.label for entry in entries] == ["I1", "Q1", "A1", "Q2", "I2", "P1"]
    assert stage.ask("Une autre ?", 1).label == "Q3"
    assert stage.meeting.find("question", 2).origin == Origin(OCTOBER, "Q3")


def test_nobody_else_ever_has_those_numbers_whatever_is_redone() -> None:
    stage = opened(*carried("question", "question"))
    stage.ask("Une autre ?", 1)
    stage.do(commands.Undo(), 2)
    stage.ask("Encore une ?", 3, by="karim@riorges")
    stage.do(commands.Redo(), 4)
    assert sorted(entry.label for entry in stage.meeting.of_kind("question")) == ["Q1", "Q2", "Q3", "Q4"]
    assert [stage.meeting.find("question", number).origin is not None for number in (1, 2, 3, 4)] == [
        True,
        True,
        False,
        False,
    ]


def test_it_belongs_to_where_such_things_are_spoken_of() -> None:
    meeting = opened(*carried("question", "action")).meeting
    assert [meeting.step_of(meeting.find(*name)) for name in (("question", 1), ("action", 1))] == ["3", "2"]


def test_taken_up_individually_in_the_meeting_nothing_public_holds_its_text() -> None:
    stage = opened(Brought("question", Fields(text="Mon contrat ?", origin=Origin(OCTOBER, "Q5"))))
    stage.do(commands.Send("carried1", "individual"), 1)
    assert "contrat" in repr(stage.meeting)
    assert "contrat" not in repr(public(stage.meeting))


@pytest.mark.parametrize(
    ("outcome", "due", "left"),
    [
        ("next", DAY, None),
        ("next", None, None),
        ("mattermost", None, "mattermost"),
        ("relay", None, "relay"),
        ("newsletter", datetime.date(2026, 11, 30), "newsletter"),
        ("newsletter", datetime.date(2026, 10, 31), None),
        ("mattermost", datetime.date(2026, 11, 23), None),
    ],
)
def test_a_question_whose_time_has_come_is_to_be_decided_on_again_and_the_letter_is_that_of_this_meeting(
    outcome, due, left
) -> None:
    fields = Fields(text="Qui ?", origin=Origin(OCTOBER, "Q1"), due=due)
    since = Since(carried=(Brought("question", fields, outcome=outcome),)).on(DAY)
    assert since.carried[0].outcome == left
    kept = left not in (None, "newsletter")
    assert (since.carried[0].fields.due == due) is kept
    assert Since(carried=(Brought("action", fields),)).on(DAY).carried[0].fields.due == due


def test_an_entry_that_was_carried_can_become_another_kind_and_keeps_where_it_comes_from() -> None:
    stage = opened(*carried("aside"))
    stage.do(commands.ChangeKind("carried1", "question"), 1)
    entry = stage.meeting.find("question", 1)
    assert entry.origin == Origin(OCTOBER, "Q1") and entry.was == ("P1",)
    stage.do(Capture("aside", Fields(text="Un autre")), 2)
    assert stage.meeting.of_kind("aside")[0].label == "P2"
