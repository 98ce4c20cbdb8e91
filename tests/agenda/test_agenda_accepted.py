"""What an agenda may be: people's ways of writing, without YAML's surprises."""

from __future__ import annotations

import datetime

import pytest

from facilitator.core.agenda import Agenda, Carried, NewsItem, Phase, Place, Step
from facilitator.documents.agenda import check_agenda, promised_s, read_agenda
from facilitator.documents.agenda_writer import write_agenda
from facilitator.i18n import translator

STEP = "title: x\nsteps:\n  - kind: welcome\n    duration: 20\n"


def read(text: str) -> Agenda:
    """The agenda of this text."""
    return read_agenda(text.encode(), name="a.yaml", tr=translator("en"))


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("Off", "Off"),
        ("017", "017"),
        ("09:30", "09:30"),
        ("22:22:22", "22:22:22"),
        ("2026-11-24", "2026-11-24"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("=", "="),
        ("True", "True"),
        ('"12"', "12"),
        ("'null'", "null"),
        ("Où stocker les tablettes ?", "Où stocker les tablettes ?"),
    ],
)
def test_a_word_is_the_text_it_looks_like(word: str, kept: str) -> None:
    assert read(STEP + f"scribe: {word}\n").scribe == kept


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("20", 1_200),
        ("20m", 1_200),
        ("1h", 3_600),
        ("1h30", 5_400),
        ("1 h 30", 5_400),
        ("90 min", 5_400),
        ('"20"', 1_200),
        ("017", 1_020),
        ("24h", 86_400),
        ("51m40s", 3_100),
        ("1h00m05s", 3_605),
    ],
)
def test_a_length_of_time_is_read_as_people_write_it(written: str, seconds: int) -> None:
    assert read(STEP.replace("20", written)).steps[0].duration == seconds


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    assert read("\ufeff" + STEP.replace("\n", "\r\n")) == read(STEP)


def test_a_time_without_quotes_is_a_time() -> None:
    assert read(STEP + "start: 09:30\nend: 12:00\n").start == "09:30"


def test_an_end_past_midnight_is_a_promise_within_twelve_hours() -> None:
    assert promised_s(read(STEP + "start: '20:00'\nend: '01:30'\n")) == 5.5 * 3_600


def test_null_is_a_key_left_out() -> None:
    assert read(STEP + "place: ~\nscribe:\ndate: null\n") == read(STEP)


def test_text_is_normalised_on_one_line_and_that_is_said() -> None:
    data = (STEP + 'scribe: "Le\\u0301a\\e[31m\\n  M\\u202E."\n').encode()
    checked = check_agenda(data, name="a.yaml", tr=translator("en"))
    assert checked.agenda.scribe == "Léa M."
    assert [str(note) for note in checked.warnings] == [
        "a.yaml:5:9: characters that cannot be shown were taken out of “Léa M.”"
    ]


def test_every_key_is_read_into_its_place() -> None:
    agenda = Agenda(
        title="Rencontre",
        slug="roannais",
        date=datetime.date(2026, 11, 24),
        start="09:30",
        end="12:00",
        place=Place(name="Médiathèque", host="Karim B.", address="12 rue du Pont"),
        facilitator="Claire D.",
        scribe="Léa M.",
        members=("Awa S.", "Karim B."),
        language="fr",
        steps=(
            Step(
                kind="news",
                duration=1_200,
                items=(
                    NewsItem(
                        title="AMI",
                        type="call",
                        link="https://example.org/ami",
                        deadline=datetime.date(2026, 12, 15),
                        level="region",
                    ),
                ),
            ),
            Step(kind="needs", duration=1_500, answer_time=180, answer_budget=720, defer_to="newsletter"),
            Step(
                kind="workshop",
                format="exchange",
                duration=3_000,
                minimum=2_400,
                lead="Nora T.",
                phases=(Phase(title="Tour", duration=1_500), Phase(title="Ce qu'on garde", duration=1_500)),
            ),
        ),
        carried=(Carried(meeting="2026-10-13-roannais", number="Q2", text="Où stocker les tablettes ?"),),
    )
    assert (
        read(
            """
title: Rencontre
slug: roannais
date: 2026-11-24
start: "09:30"
end: "12:00"
place: { name: Médiathèque, host: Karim B., address: 12 rue du Pont }
facilitator: Claire D.
scribe: Léa M.
members: [Awa S., Karim B.]
language: fr
steps:
  - kind: news
    duration: 20m
    items:
      - { title: "AMI", type: call, link: "https://example.org/ami", deadline: 2026-12-15, level: region }
  - kind: needs
    duration: 25m
    answer_time: 3m
    answer_budget: 12m
    defer_to: newsletter
  - kind: workshop
    format: exchange
    duration: 50m
    minimum: 40m
    lead: Nora T.
    phases: [{ title: Tour, duration: 25m }, { title: Ce qu'on garde, duration: 25m }]
carried:
  - { from: 2026-10-13-roannais, number: Q2, text: Où stocker les tablettes ? }
"""
        )
        == agenda
    )
    assert read(write_agenda(agenda, language="en")) == agenda


def test_a_written_agenda_opens_with_the_schema_line_and_a_comment_in_its_language() -> None:
    for language, word in (("fr", "Durées"), ("en", "Durations")):
        lines = write_agenda(read(STEP), language=language).splitlines()
        assert lines[0] == "# yaml-language-server: $schema=agenda.schema.json"
        assert lines[1].startswith(f"# {word}")
        assert lines[3:] == ["title: x", "steps:", "  - kind: welcome", "    duration: 20m"]


@pytest.mark.parametrize("written", ["Castel", '"Castel"', "{ name: Castel }", "\n  name: Castel"])
def test_a_place_may_be_just_its_name(written: str) -> None:
    agenda = read(STEP + f"place: {written}\n")
    assert agenda.place == Place(name="Castel")
    assert read(write_agenda(agenda, language="en")).place == agenda.place
