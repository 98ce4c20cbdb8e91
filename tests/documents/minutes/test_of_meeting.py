"""A meeting led by commands comes out as minutes, and no private word with it."""

from __future__ import annotations

import pytest
from documents.meetings import Room, instant, roannais, roannais_setup
from msgspec.structs import replace

from facilitator.core import acts as commands
from facilitator.core.network import Attributed, Headings, MinutesLook
from facilitator.core.public import public
from facilitator.core.said import Fields, Origin, Vote
from facilitator.documents.minutes.of_meeting import minutes_of
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.writer import write_minutes
from facilitator.documents.typography import unfold
from facilitator.i18n import translator


def minutes(language: str = "fr", *, draft: bool = False, **choices: object) -> str:
    shown = public(roannais(language, closed=not draft, **choices).meeting)
    return write_minutes(minutes_of(shown, translator(language), draft=draft, now=instant("11:52").at))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_public_entry_comes_back_word_for_word(language):
    shown = public(roannais(language).meeting)
    found = read_minutes(minutes(language))
    assert not found.troubles
    texts = {(one.said.kind, one.said.number): one.said.text for one in found.entries if one.said.number}
    assert texts == {(entry.kind, entry.number): entry.text for entry in shown.entries if entry.number}
    assert [one.said.text for one in found.entries if one.said.kind == "note"] == [
        entry.text for entry in shown.entries if entry.kind == "note"
    ]


def test_the_individual_need_is_not_there():
    assert "fin de contrat" not in minutes()


def test_who_asked_is_not_there_unless_the_network_wants_it():
    assert "*(Élodie P." not in minutes()
    assert "*(Awa S. · #ateliers)*" in minutes()  # a need carries its name, else nobody could help
    named = minutes(attribution=Attributed(questions="name", needs="none"))
    assert "*(Élodie P., +1 · #matériel)*" in named
    assert "Awa S. · #ateliers" not in named
    assert "*(CCAS de Roanne · #droits)*" in minutes(attribution=Attributed(questions="structure"))


def test_no_hour_of_arrival_and_no_absence_without_excuse_is_published():
    room = roannais(closed=False)
    room.do("10:00", commands.Attend("Odile Perret (Conseil départemental)"))
    room.do("10:01", commands.Attend("Nora T.", "absent"))
    text = write_minutes(minutes_of(public(room.meeting), translator("fr"), draft=True, now=instant("11:52").at))
    people = text.split("## Présences\n\n")[1]
    assert people == (
        "*Présences\u00a0:* Awa S., Karim B., Élodie P., Jean-Marc V.\\\n"
        "*Avec\u00a0:* Odile Perret (Conseil départemental)\\\n*Absences excusées\u00a0:* Léa M.\n"
    )
    assert "[5 personnes]" in text


def test_what_was_said_in_a_phase_stands_under_it():
    text = minutes()
    assert text.index("#### Ce qu'on garde") < text.index("→ [Le réseau adopte")
    assert "#### Tour des pratiques" not in text  # nothing was said there


def test_the_next_meeting_has_its_hour():
    shown = public(roannais().meeting)
    calendar = replace(shown.setup.calendar, next_start="09:30")
    shown = replace(shown, setup=replace(shown.setup, calendar=calendar))
    text = write_minutes(minutes_of(shown, translator("fr"), draft=False, now=0))
    assert "mardi 19 janvier 2027 à 9 h 30, Maison des services" in unfold(text)


def test_the_table_of_times_is_there_when_the_network_wants_it():
    assert "## Les temps" not in minutes()
    assert "| Besoins et questions | 25 min | 27 min |" in unfold(minutes(minutes=MinutesLook(times=True)))


def test_the_network_has_its_minutes_as_it_wants_them():
    look = MinutesLook(
        order="sequence", headings=Headings(brief="L'essentiel"), left_out=("present",), heading="Réseau", foot="Merci.", reread="Léa M."
    )  # fmt: skip
    text = minutes(minutes=look)
    assert text.split("\n\n")[2] == "Réseau"
    assert "## L'essentiel\n" in text
    assert "## Présences" not in text
    assert text.endswith("*Relu par Léa M.*\n\nMerci.\n")
    assert not read_minutes(text).troubles
    assert len(read_minutes(text).numbered()) == len([one for one in public(roannais().meeting).entries if one.number])


def test_what_became_of_an_entry_is_told_whole():
    room = roannais(closed=False)
    room.do("11:20", commands.Capture("decision", Fields(text="On y va", vote=Vote(4, 1, 2))))
    room.do("11:21", commands.Capture("question", Fields(text="Et eux ?", origin=Origin("2026-10-13-roannais", "Q5"))))
    text = write_minutes(minutes_of(public(room.meeting), translator("fr"), draft=True, now=instant("11:52").at))
    assert "4 pour, 1 contre, 2 abstentions" in unfold(text)
    assert "## Depuis le 13 octobre" in unfold(text)
    assert "de [Q5 du 13 octobre](2026-10-13-roannais.md#q5)" in unfold(text)


def test_a_deferred_question_stands_under_its_letter_and_the_chat_under_its_day():
    text = minutes()
    assert "### Dans la lettre de décembre" in text
    assert "### Sur Mattermost, d’ici le 1er décembre" in text


def test_a_draft_says_at_what_time_it_was_written():
    assert "état à 11\u00a0h\u00a052" in minutes(draft=True) or "état à 11 h 52" in minutes(draft=True)


def test_an_entry_stands_on_its_words_where_it_was_said_until_it_is_put_in_another_sequence():
    room = roannais(closed=False)

    def written() -> str:
        return write_minutes(minutes_of(public(room.meeting), translator("fr"), draft=True, now=instant("11:52").at))

    said = next(one for one in room.meeting.entries.values() if one.kind == "decision")
    home = room.meeting.step_of(said)
    other = next(step.id for step in room.meeting.steps if step.id != home)
    assert written().count(f"- → [{said.text[:10]}") == 1
    room.do("11:50", commands.Relocate(said.id, other))
    assert f"- → [{said.text[:10]}" not in written()
    assert read_minutes(written()).find("decision", said.number).said.step == room.meeting.number_of(other)
    room.do("11:51", commands.Relocate(said.id, home))
    assert written().count(f"- → [{said.text[:10]}") == 1


@pytest.mark.parametrize("order", ["kind", "sequence"])
def test_the_material_of_a_sequence_is_a_link_and_who_led_it_is_named(order):
    setup = roannais_setup(minutes=MinutesLook(order=order))
    welcome, news, needs, workshop, closing = setup.agenda.steps
    link = "https://example.org/a_b(c)*d*"
    workshop = replace(workshop, lead=("Nora", "Élodie"), link=link)
    room = Room(replace(setup, agenda=replace(setup.agenda, steps=(welcome, news, needs, workshop, closing))))
    room.do("09:34", commands.Start())
    for hour in ("09:40", "09:50", "10:00"):
        room.do(hour, commands.Next())
    room.do("10:05", commands.HandOver("Karim B."))
    room.do("10:15", commands.HandOver(None))
    room.add("10:16", "note", "Une note")
    text = write_minutes(minutes_of(public(room.meeting), translator("fr"), draft=True, now=instant("11:00").at))
    assert f"Atelier, avec Nora T., Élodie P., Karim B. *Documents\u00a0:* <{link}>\n" in text
    found = read_minutes(text)
    assert not found.troubles
    assert [one.said.text for one in found.entries if one.said.kind == "note"] == ["Une note"]
