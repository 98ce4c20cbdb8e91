"""What is worth saying about an agenda that can be run all the same."""

from __future__ import annotations

from facilitator.documents.agenda import check_agenda, read_agenda, warnings
from facilitator.i18n import translator

STEP = "title: x\nsteps:\n  - kind: welcome\n    duration: 1h\n"
EN = translator("en")


def said(text: str, members: tuple[str, ...] = ()) -> list[str]:
    """The warnings for an agenda called `a.yaml`."""
    return [str(warning) for warning in check_agenda(text.encode(), name="a.yaml", tr=EN, members=members).warnings]


def test_a_plain_agenda_has_nothing_to_say() -> None:
    assert said(STEP) == []
    assert said(STEP + "start: '09:30'\nend: '10:30'\n") == []
    assert said(STEP + "end: '10:30'\n") == []


def test_time_of_the_promise_not_allotted_is_said() -> None:
    assert said(STEP + "start: '09:30'\nend: '10:55'\n") == ["a.yaml:6:6: 25 min not allotted"]
    assert said(STEP + "start: '23:30'\nend: '00:55'\n") == ["a.yaml:6:6: 25 min not allotted"]


def test_a_promise_shorter_than_the_durations_is_said() -> None:
    (message,) = said(STEP + "start: '09:30'\nend: '10:20'\n")
    assert message.startswith("a.yaml:6:6: the steps last ")
    assert message.endswith("10 min too much")


def test_minimums_that_the_promise_cannot_hold_are_said() -> None:
    messages = said(STEP + "    minimum: 55\n  - kind: closing\n    duration: 10\nstart: '09:30'\nend: '10:30'\n")
    assert [message.split(": ")[0] for message in messages] == ["a.yaml:5:14", "a.yaml:9:6"]
    assert messages[0].startswith("a.yaml:5:14: a minimum cannot be kept")


def test_minimums_that_the_promise_holds_are_not() -> None:
    messages = said(STEP + "    minimum: 45\n  - kind: closing\n    duration: 10\nstart: '09:30'\nend: '10:30'\n")
    assert len(messages) == 1


def test_a_call_that_ends_before_the_meeting_is_said_at_its_deadline() -> None:
    news = STEP.replace("welcome", "news")
    items = "    items:\n      - { title: AMI, deadline: 2026-11-23 }\n      - { title: AAP, deadline: 2026-11-24 }\n"
    assert said(news + items + "date: 2026-11-24\n") == ["a.yaml:6:33: the deadline of “AMI” is before the meeting"]
    assert said(news + items) == []


def test_a_lead_nobody_knows_is_said() -> None:
    lead = STEP + "    lead: Zoé\n"
    message = "a.yaml:5:11: Zoé leads this step and is not among the members"
    assert said(lead) == []
    assert said(lead + "members: [Awa]\n") == [message]
    assert said(lead, members=("Awa",)) == [message]
    assert said(lead + "members: [ZOE]\n", members=("Awa",)) == []
    assert said(lead + "members: [Awa]\nfacilitator: Zoé\n") == []
    assert said(lead + "members: [Awa]\nplace: { name: Mairie, host: Zoé }\n") == []


def test_a_member_written_twice_is_said() -> None:
    assert said(STEP + "members: [Léa M., Awa S., lea m.]\n") == ["a.yaml:5:27: lea m. is there twice"]


def test_without_marks_a_warning_names_the_file() -> None:
    agenda = read_agenda((STEP + "start: '09:30'\nend: '10:55'\n").encode(), name="a.yaml", tr=EN)
    assert [str(warning) for warning in warnings(agenda, EN, name="a.yaml")] == ["a.yaml: 25 min not allotted"]


def test_who_leads_may_be_several_and_the_beginning_of_one_name() -> None:
    members = ("Nora Lefèvre", "Noé Petit", "Karim Benali")
    assert said(STEP + "    lead: [karim, Nora, Noé Petit]\n", members) == []
    assert said(STEP + "    lead: No\n", members) == [
        "a.yaml:5:11: No leads this step and may be Nora Lefèvre / Noé Petit"
    ]
    assert said(STEP + "    lead: [Karim, Zoé]\n", members) == [
        "a.yaml:5:19: Zoé leads this step and is not among the members"
    ]


GUEST = "  - kind: workshop\n    duration: 30\n"


def test_hours_that_the_plan_does_not_keep_are_said() -> None:
    start = "start: '09:30'\n"
    assert said(STEP + GUEST + "    not_after: '11:00'\n" + start) == []
    late = "a.yaml:7:16: these hours cannot be kept: by the plan this step ends 10 min after 10:50"
    assert said(STEP + GUEST + "    not_after: '10:50'\n" + start) == [late]
    assert said(STEP + GUEST + "    not_after: '10:50'\n") == []  # no start: nobody knows
    waits = GUEST + "    not_before: '11:00'\n    not_after: '11:20'\n"
    late = "a.yaml:8:16: these hours cannot be kept: by the plan this step ends 10 min after 11:20"
    assert said(STEP + waits + start) == said(STEP + waits) == [late]
    assert said(STEP + GUEST + "    not_after: '09:00'\n" + start)


def test_hours_past_midnight_are_of_the_day_after() -> None:
    night = "start: '23:30'\nend: '01:30'\n"
    guest = GUEST + "    not_before: '00:45'\n    not_after: '01:15'\n"
    assert said(STEP + guest + night) == ["a.yaml:10:6: 15 min not allotted"]


def test_the_time_in_which_hours_are_waited_for_is_allotted() -> None:
    guest = STEP + GUEST + "    not_before: '11:00'\nstart: '09:30'\n"
    assert said(guest + "end: '11:30'\n") == []
    assert said(guest + "end: '11:55'\n") == ["a.yaml:9:6: 25 min not allotted"]
    assert said(guest + "end: '11:10'\n")[0].endswith("20 min too much")
    guest = guest.replace("not_before", "minimum: 25\n    not_before")
    assert said(guest + "end: '11:20'\n")[0].startswith("a.yaml:7:14: a minimum cannot be kept")
