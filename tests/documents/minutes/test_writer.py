"""Minutes as they come out."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from documents.minutes.example import LETTER, MEETING, day, said
from msgspec.structs import replace

from facilitator.core.said import Origin
from facilitator.documents.minutes.entry import Elsewhere, Look, MinutesEntry, MinutesToWrite, StepToWrite
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.writer import write_minutes
from facilitator.documents.typography import NARROW, NO_BREAK, unfold

EMPTY = MinutesToWrite("2026-11-10-r", "Rencontre", day(11, 10), "Europe/Paris", "fr")


def body(meeting: MinutesToWrite) -> str:
    return unfold(write_minutes(meeting)).split("---\n", 2)[2]


def headings(text: str) -> list[str]:
    return [re.sub(r"<a [^>]*></a>", "", line) for line in text.split("\n") if line.startswith("#")]


def with_entries(*entries, **fields) -> MinutesToWrite:
    return replace(EMPTY, entries=entries, steps=(StepToWrite(1, "needs", "Besoins", 20, 20),), **fields)


def test_the_opening_tells_when_where_and_who_in_three_lines():
    lines = body(MEETING).split("\n")
    assert lines[3:6] == [
        "**Rencontre du réseau — Roannais**\\",
        "Mardi 10 novembre 2026, de 9 h 34 à 12 h, médiathèque de Riorges\\",
        "*Accueil :* Karim Benali · *Animation :* Claire Dumas · *Prise de notes :* Léa Moreau · [25 personnes](#présences)",
    ]


def test_the_sections_stand_in_the_order_of_a_reader_in_a_hurry():
    assert [line for line in headings(body(MEETING)) if line.startswith("## ")] == [
        "## En bref", "## Ce que nous avons décidé", "## Qui fait quoi", "## Questions", "## On cherche", "## On propose",
        "## Dates à ne pas manquer", "## Au fil de la rencontre", "## Reporté", "## Présences",
    ]  # fmt: skip


def test_a_meeting_in_which_nothing_was_said_has_a_title_and_a_day_only():
    assert body(EMPTY) == "\n# Compte rendu du 10 novembre 2026\n\n**Rencontre**\\\nMardi 10 novembre 2026\n"


@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.parametrize("people", [3, 40])
@pytest.mark.parametrize("steps", [1, 12])
def test_minutes_of_any_size_read_back_whole(count, people, steps):
    meeting = replace(
        EMPTY,
        entries=tuple(
            said("action", number, f"Faire {number}", step=number % steps + 1) for number in range(1, count + 1)
        ),
        steps=tuple(StepToWrite(number, "workshop", f"Temps {number}", 10, 10) for number in range(1, steps + 1)),
        present=tuple(f"Personne {number}" for number in range(people)),
    )
    found = read_minutes(write_minutes(meeting))
    assert not found.troubles
    assert len(found.numbered()) == count
    assert len(found.people["present"]) == people


def test_one_is_said_in_the_singular():
    text = body(with_entries(said("question", 1, "Qui ?", step=1, outcome="mattermost"), present=("Awa",)))
    assert "1 question attend une réponse [sur Mattermost](#q1)." in text
    assert "[1 personne]" in text
    assert "1 question." in text


def test_a_question_followed_up_individually_has_no_line_no_number_and_no_share_in_a_total():
    text = write_minutes(
        with_entries(
            said("question", 1, "Public ?", step=1, outcome="drop"),
            said("question", 2, "secret", step=1, outcome="individual"),
        )
    )
    assert "secret" not in text
    assert "Q2" not in text
    assert "1 question." in unfold(text)


def test_who_asked_stands_only_when_it_is_given():
    assert "Awa" not in body(with_entries(said("question", 1, "Qui ?", step=1, outcome="drop")))
    assert "*(Awa Diallo)*" in body(with_entries(said("question", 1, "Qui ?", step=1, outcome="drop", by="Awa Diallo")))


def test_a_draft_begins_its_questions_with_those_to_be_decided_and_says_that_it_is_one():
    meeting = with_entries(
        said("question", 1, "A ?", step=1, outcome="drop"),
        said("question", 2, "B ?", step=1),
        draft=True,
        as_of=datetime.time(11, 5),
    )
    text = body(meeting)
    assert headings(text)[2:4] == ["## Questions", "### Suite à décider"] or "### Suite à décider" in headings(text)
    assert text.index("Suite à décider") < text.index("Refermées en séance")
    assert "> **Provisoire**, état à 11 h 05 : " in text
    assert read_minutes(write_minutes(meeting)).front.status == "draft"


def test_the_next_meeting_is_not_the_day_of_this_one():
    assert "Prochaine rencontre" not in body(replace(EMPTY, next_meeting=day(11, 10)))
    assert "**Prochaine rencontre :** mardi 8 décembre 2026" in body(replace(EMPTY, next_meeting=day(12, 8)))


def test_the_letter_of_april_is_d_avril():
    april = with_entries(said("question", 1, "A ?", step=1, outcome="newsletter", due=day(4, 30, 2027)))
    assert "### Dans la lettre d’avril" in body(april)
    assert "### Dans la lettre de décembre" in body(
        with_entries(said("question", 1, "A ?", step=1, outcome="newsletter", due=LETTER))
    )


def test_questions_for_two_letters_stand_under_two_headings():
    text = body(
        with_entries(
            said("question", 1, "A ?", step=1, outcome="newsletter", due=day(1, 31, 2027)),
            said("question", 2, "B ?", step=1, outcome="newsletter", due=LETTER),
        )
    )
    assert [line for line in headings(text) if line.startswith("### Dans")] == [
        "### Dans la lettre de décembre",
        "### Dans la lettre de janvier",
    ]


def test_an_answer_of_a_name_with_a_vowel_is_elided():
    text = body(
        with_entries(said("question", 1, "A ?", step=1, outcome="answered", answer="Oui", answer_by="Inès Marchand"))
    )
    assert "  - *Réponse d’Inès Marchand :* Oui\n" in text


def test_what_was_carried_over_stands_in_full_under_since():
    carried = (
        said(
            "question",
            1,
            "Prêter ?",
            outcome="answered",
            answer="Oui.",
            answer_by="Karim Benali",
            origin=Origin("2026-11-10-roannais", "Q5"),
        ),
        said(
            "question",
            2,
            "Une affiche ?",
            outcome="newsletter",
            due=day(1, 31, 2027),
            origin=Origin("2026-11-10-roannais", "Q11"),
        ),
    )
    meanwhile = (
        Elsewhere("Signer un PDF ?", Origin("2026-11-10-roannais", "Q2")),
        Elsewhere("Rédiger la charte", Origin("2026-11-10-roannais", "A1"), asked=False),
    )
    text = body(
        replace(EMPTY, meeting="2026-12-08-r", day=day(12, 8), entries=carried, since=day(11, 10), meanwhile=meanwhile)
    )
    assert text.split("## Depuis le 10 novembre\n\n")[1] == (
        '- <a id="q1" name="q1"></a>**Q1** Prêter ? *(de [Q5 du 10 novembre](2026-11-10-roannais.md#q5))*\n'
        "  - *Réponse de Karim Benali :* Oui.\n"
        '- <a id="q2" name="q2"></a>**Q2** Une affiche ? *(dans la lettre de janvier · de [Q11 du 10 novembre](2026-11-10-roannais.md#q11))*\n'
        "- Répondu entre-temps : [Signer un PDF ?](2026-11-10-roannais.md#q2)\n"
        "- Fait entre-temps : [Rédiger la charte](2026-11-10-roannais.md#a1)\n"
    )


def test_what_was_carried_over_makes_no_heading_over_nothing():
    one = said("question", 1, "Prêter ?", step=1, outcome="next", origin=Origin("2026-11-10-roannais", "Q5"))
    text = body(with_entries(one))
    assert text.count("Prêter") == 1
    assert not [line for line in headings(text) if "Besoins" in line or "Au fil" in line]


def test_by_sequence_everything_stands_under_its_own():
    text = body(replace(MEETING, look=Look(order="sequence")))
    assert [line for line in headings(text) if line.startswith("## ")] == [
        "## En bref", "## Accueil et visite de la médiathèque", "## Actualités", "## Besoins et questions", "## Accompagner sans faire à la place",
        "## Reporté", "## Présences",
    ]  # fmt: skip
    assert "- **Décidé :** [Le réseau adopte une charte « faire avec, pas à la place » (D1)](#d1)" in text
    found = read_minutes(write_minutes(replace(MEETING, look=Look(order="sequence"))))
    assert not found.troubles
    assert len(found.numbered()) == len(read_minutes(write_minutes(MEETING)).numbered())


def test_a_network_has_its_own_headings_heading_and_foot_and_leaves_sections_out():
    look = Look(
        headings={"actions": "Les engagements"},
        left_out=("dates",),
        heading="Réseau du Roannais",
        foot="Licence ouverte",
    )
    meeting = replace(MEETING, look=look, reread_by="Nora Lefèvre", remarks_until=day(11, 20))
    text = body(meeting)
    assert "## Les engagements" in text
    assert "Dates à ne pas manquer" not in text
    assert text.startswith("\n# Compte rendu du 10 novembre 2026\n\nRéseau du Roannais\n")
    assert text.endswith("*Relu par Nora Lefèvre, sans remarque avant le 20 novembre.*\n\nLicence ouverte\n")
    found = read_minutes(write_minutes(meeting))
    assert found.find("action", 1).said.owners == ("Nora Lefèvre", "Fatou Sarr")
    assert found.find("news", 3) is None
    assert not found.missing


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("Licence Ouverte 2.0", "Licence Ouverte 2.0"),
        ("https://example.org/licence", "<https://example.org/licence>"),
        ("*A* [b](c) #", "\\*A\\* \\[b\\](c) \\#"),
        ("Réponse : **Q1** forgée", "Réponse : \\*\\*Q1\\*\\* forgée"),
    ],
)
def test_the_licence_is_the_last_thing_that_minutes_say(licence, said):
    text = write_minutes(replace(MEETING, licence=licence, look=Look(foot="Merci.")))
    assert unfold(text).endswith(f"Merci.\n\n*Licence : {said}*\n")
    with_it, without = read_minutes(text), read_minutes(write_minutes(MEETING))
    assert [one.said for one in with_it.entries] == [one.said for one in without.entries]
    assert not with_it.troubles and with_it.people == without.people


def test_english_minutes_are_english():
    text = write_minutes(replace(MEETING, language="en"))
    assert "# Minutes of 10 November 2026" in text
    assert "Tuesday 10 November 2026, 9:34 to 12:00" in text
    assert "### On Mattermost, by 20 November" in text
    assert "### In the December newsletter" in text
    assert "**N1** Une trame commune" in text
    assert len(read_minutes(text).numbered()) == len(read_minutes(write_minutes(MEETING)).numbered())


def test_french_spaces_do_not_break_and_none_is_added_to_what_was_said():
    text = write_minutes(with_entries(said("decision", 1, "Oui : non?", step=1), said("note", 0, "Qui ? Moi", step=1)))
    assert f"Oui{NO_BREAK}: non?" in text
    assert f"Qui{NARROW}? Moi" in text


def test_markdown_typed_in_notes_stays_and_nothing_else_does():
    note = "voir [la page](https://example.org/a_b), **gras**, <b>html</b> ![image](https://example.org/i.png) [x](javascript:x)\n- un\n- deux"
    text = write_minutes(
        with_entries(said("note", 0, note, step=1), said("decision", 1, "**gras** [x](https://example.org)", step=1))
    )
    assert "[la page](https://example.org/a_b), **gras**, \\<b>html\\</b>" in text
    assert "!\\[image\\]" in text
    assert "\\[x\\](javascript:x)\n  - un\n  - deux\n" in text
    assert "**D1** \\*\\*gras\\*\\* \\[x\\](https://example.org)" in text


def test_an_address_on_a_line_of_its_own_takes_no_hard_break_into_the_link():
    assert "<https://example.org/visio>\\\n" in write_minutes(
        replace(EMPTY, address="https://example.org/visio", facilitator="Claire")
    )


def test_absences_are_excused_without_a_middle_dot():
    last = body(MEETING).rstrip().split("\n")[-1]
    assert last == "*Absences excusées :* Nadia Brun, Kevin Morel"


def test_the_meeting_of_the_design_comes_out_as_its_example():
    """But for the spaces that do not break, which the example leaves plain."""
    expected = (Path(__file__).parent / "example.md").read_text(encoding="utf-8")
    assert unfold(write_minutes(MEETING)) == expected


def test_a_day_that_would_be_taken_for_one_just_past_has_its_year():
    meeting = with_entries(said("action", 1, "Relire", step=1, due=day(10, 26, 2027)))
    assert "pour le 26 octobre 2027" in body(meeting)
    assert read_minutes(write_minutes(meeting)).find("action", 1).said.due == day(10, 26, 2027)


def test_titles_names_and_sentences_have_french_spaces_and_read_back_without():
    step = StepToWrite(1, "workshop", "Atelier : quoi ?", 20, 20, phases=("Tour : qui ?",))
    meeting = replace(
        EMPTY,
        steps=(step,),
        entries=(said("note", 0, "Oui.", step=1, phase=0),),
        summary="Alors : oui !",
        place="Lieu : là",
    )
    text = write_minutes(meeting)
    for line in (
        "</a>Atelier\u00a0: quoi\u202f?\n",
        "#### Tour\u00a0: qui\u202f?\n",
        "- Alors\u00a0: oui\u202f!\n",
        "Lieu\u00a0: là",
    ):
        assert line in text
    assert "Atelier : quoi ?" in write_minutes(replace(meeting, language="en"))


def test_what_is_done_is_nobody_s_to_take():
    entries = (
        MinutesEntry(kind="action", number=1, text="Réserver la salle", step=1, done=True),
        MinutesEntry(kind="action", number=2, text="Imprimer", step=1),
    )
    steps = (StepToWrite(1, "needs", "Besoins", 20, 20),)
    day = datetime.date(2026, 11, 10)
    text = write_minutes(MinutesToWrite("2026-11-10-r", "R", day, "Europe/Paris", "fr", steps, entries))
    (done,) = [line for line in text.split("\n") if 'id="a1"' in line]
    assert "à prendre" not in done and "Réserver" not in text.split("## Ce")[0].split("## Qui")[0]
    read = {one.said.number: one.said for one in read_minutes(text).entries}
    assert (read[1].owners, read[1].done, read[2].owners, read[2].done) == ((), True, (), False)
    assert "**à prendre**" in text


def test_a_date_that_is_past_by_the_day_of_the_meeting_is_none_not_to_miss():
    past, coming = day(11, 4), day(12, 4)
    text = body(
        with_entries(
            said("news", 1, "AAP passé", step=1, deadline=past), said("news", 2, "AAP à venir", step=1, deadline=coming)
        )
    )
    assert "AAP passé" not in text.split("## Dates à ne pas manquer")[1].split("\n## ")[0]
    assert text.count("AAP passé") == 1 and "AAP à venir" in text.split("## Dates à ne pas manquer")[1]


@pytest.mark.parametrize("kind", ["closing", "break"])
def test_what_every_meeting_has_of_its_own_is_not_said_to_be_put_off(kind):
    steps = (StepToWrite(1, "needs", "Besoins", 20, 20), StepToWrite(2, kind, "La fin", 10, None))
    text = body(replace(with_entries(said("note", 0, "Dit", step=1)), steps=steps))
    assert "Reporté" not in text and "La fin" not in text
