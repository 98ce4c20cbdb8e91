"""The network's settings, facilitator.yaml."""

from __future__ import annotations

import datetime
import re
from typing import get_args, get_type_hints

import pytest
from msgspec import Struct

from facilitator.core.network import (
    Attributed,
    Calendar,
    Channels,
    Choices,
    Headings,
    Member,
    MinutesLook,
    Neighbour,
    Network,
)
from facilitator.documents.network import check_network, read_network, settings_to_start_from
from facilitator.documents.problem import Problems
from facilitator.i18n import LANGUAGES, translator

EN = translator("en")


def test_every_key_is_read_into_its_place() -> None:
    read = read_network(
        """
name: Réseau du Roannais
scale: epci
language: fr
timezone: Europe/Paris
coordinator: Claire D.
members:
  - Awa S.
  - { name: Karim B., structure: Médiathèque de Roanne }
licence: CC BY-SA 4.0
calendar: { next_meeting: 2026-12-10, next_start: "09:30", next_place: Riorges }
channels: { chat: "https://chat.example.org/roannais", mail: lettre@example.org }
choices:
  amber: 0.3
  red: 0
  bell: true
  attribution: { questions: structure, needs: none }
  minutes:
    order: sequence
    headings: { decided: Relevé de décisions }
    left_out: [times, put_off]
    heading: Réseau du Roannais
    foot: Merci à toutes et à tous.
    times: true
    reread: Nora T.
""".encode(),
        name="facilitator.yaml",
        tr=EN,
    )
    assert read == Network(
        name="Réseau du Roannais",
        scale="epci",
        language="fr",
        timezone="Europe/Paris",
        coordinator="Claire D.",
        licence="CC BY-SA 4.0",
        members=("Awa S.", Member(name="Karim B.", structure="Médiathèque de Roanne")),
        calendar=Calendar(next_meeting=datetime.date(2026, 12, 10), next_place="Riorges", next_start="09:30"),
        channels=Channels(chat="https://chat.example.org/roannais", mail="lettre@example.org"),
        choices=Choices(
            amber=0.3,
            red=0.0,
            bell=True,
            attribution=Attributed(questions="structure", needs="none"),
            minutes=MinutesLook(
                order="sequence",
                headings=Headings(decided="Relevé de décisions"),
                left_out=("times", "put_off"),
                heading="Réseau du Roannais",
                foot="Merci à toutes et à tous.",
                times=True,
                reread="Nora T.",
            ),
        ),
    )


def test_members_and_partners_say_what_they_know_and_where_they_are() -> None:
    read = read_network(
        b"""
members:
  - Nora T.
  - { name: Karim Benali, structure: CCAS, role: member, place: Riorges, knows: [droits, tablettes], publics: [seniors], was: [Karim B.] }
partners: [Zoomacom, { name: Odile P., role: authority }]
""",
        name="facilitator.yaml",
        tr=EN,
    )
    karim = Member("Karim Benali", "CCAS", "member", "Riorges", ("droits", "tablettes"), ("seniors",), ("Karim B.",))
    assert read.people() == (Member("Nora T."), karim)
    assert read.others() == (Member("Zoomacom"), Member("Odile P.", role="authority"))


def test_every_key_may_be_left_out() -> None:
    assert read_network(b"{}\n", name="facilitator.yaml", tr=EN) == Network()


@pytest.mark.parametrize(
    ("text", "left", "message"),
    [
        (
            "members: [Awa S., Nora T., awa s.]",
            ["Awa S.", "Nora T."],
            "1:28: two people have the name “awa s.”: the one",
        ),
        ("members: [Awa S.]\npartners: [{ name: Awa S. }]", ["Awa S."], "2:20: two people have the name “Awa S.”"),
        ("members: [{ name: A, was: [B] }, B]", ["A", "B"], "1:28: two people have the name “B”: the one on line 1"),
    ],
)
def test_of_two_people_with_one_name_the_first_counts_and_it_is_said_once(
    text: str, left: list[str], message: str
) -> None:
    read = check_network(text.encode(), name="facilitator.yaml", tr=EN)
    assert [one.name for one in (*read.network.people(), *read.network.others())] == left
    assert not any(one.was for one in read.network.people())
    (warning,) = read.warnings
    assert str(warning).startswith(f"facilitator.yaml:{message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("members: [[a]]", "1:11: a list is not expected here, expected: text / a mapping (key: value)"),
        ("members: [12]", "1:11: a number is not expected here, text is expected: put it in quotes"),
        ("members: [{ nam: Awa }]", "1:13: unknown key “nam”, did you mean “name”?"),
        ("timezone: Europe/Pariss", "1:11: “Europe/Pariss” is not a known time zone"),
        ("timezone: ../../etc/passwd", "1:11: “../../etc/passwd” is not a known time zone"),
        ("timezone: Europe", "1:11: “Europe” is not a known time zone"),
        ("choices: { bell: no }", "1:18: text is not expected here, expected: true or false"),
        ("choices: { amber: 20 }", "1:19: “20” is out of range, from 0 to 1 is expected"),
        ("choices: { amber: many }", "1:19: text is not expected here, expected: a number"),
        ("choices: { amber: 0.1, red: 0.3 }", "1:29: red comes before amber, at most 0.1 is expected"),
        ("choices: { amber: 0 }", "1:10: red comes before amber, at most 0.0 is expected"),
        ("calendar:", "1:10: nothing is written here, expected: a mapping (key: value)"),
        ("calendar: { next_meeting: demain }", "1:27: “demain” is not a date, a date such as 2026-11-24 is expected"),
        ("channels: { chat: mattermost }", "1:19: “mattermost” cannot be used here"),
        ("choices: { attribution: name }", "1:25: text is not expected here, expected: a mapping (key: value)"),
        ("choices: { minutes: { left_out: [bref] } }", "1:34: “bref” is not known here"),
        ("choices: { minutes: { headings: { décidé: x } } }", "1:35: unknown key “décidé”"),
        ("scale: world", "1:8: “world” is not known here"),
        ("members: [{ name: Awa, knows: droits }]", "1:31: text is not expected here, expected: a list"),
        ("members: [{ name: Awa, phone: '06' }]", "1:24: unknown key “phone”"),
        ("members: [{ name: Awa, role: boss }]", "1:30: “boss” is not known here"),
    ],
)
def test_bad_settings_have_one_message_at_its_place(text: str, message: str) -> None:
    with pytest.raises(Problems) as refused:
        read_network(text.encode(), name="facilitator.yaml", tr=EN)
    (problem,) = refused.value.problems
    assert str(problem).startswith(f"facilitator.yaml:{message}")


def keys_of(kind: type[Struct]) -> set[str]:
    """Every key that settings may hold, however deep."""
    found: set[str] = set()
    hints = get_type_hints(kind)
    for name in kind.__struct_fields__:
        found.add(name)
        nested = (hints[name], *get_args(hints[name]))
        for one in nested:
            if isinstance(one, type) and issubclass(one, Struct):
                found |= keys_of(one)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_settings_to_start_from_explain_every_key_and_set_none(language: str) -> None:
    text = settings_to_start_from(language)
    assert read_network(text.encode(), name="facilitator.yaml", tr=EN) == Network()
    lines = [line[1:] for line in text.splitlines() if re.match(r"#(\S|  )", line)]
    read = read_network("\n".join(lines).encode(), name="facilitator.yaml", tr=EN)
    assert read.choices.minutes.reread and read.calendar.levels.national.pattern and read.levels and read.partners
    said = set(re.findall(r"(\w+):", "\n".join(lines)))
    assert keys_of(Network) | keys_of(Member) | keys_of(Neighbour) <= said


@pytest.mark.parametrize("data", [b"", b"\n\n", b"# rien\n", b"\xef\xbb\xbf# rien\r\n  # ni l\xc3\xa0\r\n"])
def test_settings_that_say_nothing_are_the_usual_ones(data: bytes) -> None:
    assert read_network(data, name="facilitator.yaml", tr=EN) == Network()
