"""A network between its meetings: who knows, what rhythm, who is next, what returns, in figures."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

import pytest
from year import PRESENT, network_year

from facilitator.core.agenda import Place
from facilitator.core.cycle.survey import AlikeAnswers, Survey
from facilitator.core.records import Record
from facilitator.documents.agenda import read_agenda
from facilitator.i18n import translator
from facilitator.meetings.surveys import keep
from facilitator.store.private import Led, append_private, keep_led
from facilitator.store.workspace import Workspace


@pytest.fixture
def a_year(run, network, monkeypatch):
    """The program in the folder of a network at the end of its year, on 27 November."""
    network_year(network)
    now = datetime.datetime(2026, 11, 27, 9, tzinfo=datetime.UTC)
    monkeypatch.setattr("facilitator.cli.context.utc_now", lambda: now)
    return run


def test_who_knows_is_what_people_declared_and_nothing_of_what_they_said(a_year):
    said = a_year("who", "droits")
    assert said.out.splitlines() == ["Awa Diallo · CCAS de Roanne", "Nora Lefèvre · Centre social"]
    assert a_year("who", "#Tablette").out.startswith("Karim Benali · Médiathèque · médiathèque de Riorges · seniors")
    assert a_year("who", "formation").out == "Zoomacom · partenaire\n"
    assert a_year("who", "accès", "aux", "droits").out == said.out


def test_who_answered_before_is_told_only_when_asked_for(a_year):
    said = a_year("who", "matériel", "--answered")
    assert "  Karim Benali · Q1 du 15 juillet · Comment prêter du matériel ?" in said.out.splitlines()
    assert "Q2 du 13 janvier" in said.out
    assert "Q2" not in a_year("who", "matériel").out
    nobody = a_year("who", "impôts")
    assert (nobody.code, nobody.out) == (0, "")
    assert "facilitator who impôts --answered" in nobody.err


def test_a_member_renamed_is_one_person_by_the_names_they_had(a_year, network):
    settings = network / "facilitator.yaml"
    settings.write_text(settings.read_text().replace("name: Fatou Sarr,", "name: Fatou Camara, was: [Fatou Sarr],"))
    assert "  Fatou Camara · Q1 du 10 mars" in a_year("who", "droits", "--answered").out


def test_the_rhythm_says_what_was_kept_what_never_came_and_what_is_next(a_year):
    lines = a_year("rhythm").out.splitlines()
    assert lines[0].split() == ["janvier", "2026", "rencontre", "tenu", "·", "13", "janvier"]
    assert lines[4].split()[:3] == ["mai", "2026", "rencontre"] and lines[4].endswith("n’a pas eu lieu")
    assert lines[5].endswith("n’a pas eu lieu")
    assert lines[11].endswith("à venir")
    assert lines[12:] == [
        "9 mois sur 11 tenus.",
        "Prochaine rencontre : mardi 12 janvier 2027",
        "Prochaine lettre : décembre 2026",
        "Département : jeudi 28 janvier 2027",
    ]


def test_a_meeting_whose_day_is_past_is_late(a_year, network, monkeypatch):
    (network / "minutes" / "2026-11-10-roannais.md").unlink()
    assert a_year("rhythm").out.splitlines()[10].endswith("en retard · prévue le 10 novembre")


def test_the_next_meeting_is_the_one_that_the_last_minutes_announce(a_year, network):
    path = network / "minutes" / "2026-11-10-roannais.md"
    told = "- **Prochaine rencontre :** mardi 15 décembre 2026 à 9 h 30, Renaison\n"
    path.write_text(path.read_text().replace("## En bref\n\n", f"## En bref\n\n{told}"))
    assert "Prochaine rencontre : mardi 15 décembre 2026" in a_year("rhythm").out
    assert "- Prochaine rencontre : mardi 15 décembre 2026, 09:30, Renaison" in a_year("brief").out


def test_a_year_that_is_none_is_wrong_usage_and_a_rhythm_that_is_not_stated_is_said(a_year, network):
    assert a_year("rhythm", "--year", "26").code == 2
    (network / "facilitator.yaml").write_text("name: Réseau\n")
    said = a_year("rhythm")
    assert said.code == 0 and "Aucun rythme" in said.err


def test_the_figures_of_the_year_are_told_with_bars_after_their_numbers(a_year):
    lines = a_year("figures").out.splitlines()
    assert lines[0] == "2026 · 5 rencontres · 4 lettres · le rythme en prévoit 6 et 5"
    assert "7 personnes · 6 structures · 3 lieux · 6 par rencontre, de 5 à 7" in lines
    assert any(line.split()[:3] == ["10", "novembre", "7"] and line.endswith("█" * 24) for line in lines)
    assert "  #droits      3  ████████████████████████" in lines
    assert "  répondues ensuite en 70 jours, au milieu" in lines
    assert all(len(line) <= 80 for line in lines)


def test_the_figures_as_csv_are_a_row_a_meeting_without_any_name(a_year, network):
    path = network / "minutes" / "2026-01-13-roannais.md"
    path.write_text(path.read_text().replace("12 h, CCAS de Roanne", "12 h, =1+1"))
    rows = list(csv.DictReader(io.StringIO(a_year("figures", "--csv").out)))
    assert [row["date"] for row in rows] == ["2026-01-13", "2026-03-10", "2026-07-15", "2026-09-08", "2026-11-10"]
    assert (rows[0]["questions"], rows[0]["répondues en séance"], rows[0]["jours avant la réponse"]) == ("3", "1", "12")
    assert rows[0]["lieu"] == "'=1+1"
    said = a_year("figures", "--csv").out + a_year("figures").out + a_year("figures", "--summary").out
    assert not any(name in said for name in PRESENT)


def test_the_summary_is_a_page_and_two_shapes_at_once_are_wrong_usage(a_year):
    said = a_year("figures", "--summary").out
    assert said.startswith(
        "# Le réseau roannais en 2026\n\nAu 27 novembre, cinq rencontres et quatre lettres ; une rencontre"
    )
    assert "- La trame smartphone, toujours (3 rencontres)" in said
    assert a_year("figures", "--csv", "--json").code == 2
    assert "Aucune rencontre de 2024" in a_year("figures", "--year", "2024").err


def test_the_share_that_members_led_is_told_only_when_asked_for(a_year, network):
    keep_led(Workspace(network), Led("2026-03-10-roannais", 1800, 7200))
    assert "25" not in a_year("figures").out
    assert "Animé par des membres : 25 % du temps, pour 1 rencontre. Privé." in a_year("figures", "--private").out
    assert "Animé" not in a_year("figures", "--summary", "--private").out


def test_a_name_that_is_probably_a_member_s_earlier_one_is_said_once(a_year, network):
    settings = network / "facilitator.yaml"
    settings.write_text(settings.read_text().replace("- Hugo Blanc", "- Hugo B."))
    said = a_year("figures").err
    assert said.count("facilitator.yaml") == 1 and 'was: ["Hugo Blanc"]' in said


def test_the_rotation_proposes_with_reasons_and_never_the_coordinator(a_year):
    lines = a_year("rotation").out.splitlines()
    assert lines[:4] == [
        "Accueillir",
        "  Nora Lefèvre · Centre social · l’a proposé le 15 juillet 2026",
        "  Awa Diallo · CCAS de Roanne · la dernière fois le 15 juillet 2026",
        "  Fatou Sarr · France services · France services de Renaison · la dernière fois le 8 septembre 2026",
    ]
    assert lines[lines.index("Prendre des notes") + 1] == "  Awa Diallo · CCAS de Roanne · pas encore fait"
    assert not any("Claire" in line for line in lines)


def test_needs_that_return_go_together_and_call_for_workshops(a_year):
    lines = a_year("needs").out.splitlines()
    assert lines[:3] == [
        "Besoins qui reviennent",
        "  La trame smartphone, toujours · 3 rencontres · 3 personnes · B1 du 10 novembre",
        "  Se former aux arnaques en ligne · 2 rencontres · 2 personnes · B1 du 8 septembre",
    ]
    place = lines.index("  Quelques tablettes en avril · Fatou Sarr · B2 du 10 mars")
    assert lines[place + 1] == "    → Prêter six tablettes de la médiathèque · Karim Benali · B2 du 13 janvier"
    assert "  La trame smartphone, toujours · demandé à 3 rencontres, par 3 personnes" in lines[place:]
    assert "  droits · demandé 3 fois" in lines[place:]


def test_individual_needs_are_matched_only_when_asked_for(a_year, network):
    own = Record(
        meeting="2026-03-10-roannais", kind="need", number="S1", text="Une tablette pour M. Kaci", private=True
    )
    append_private(Workspace(network), [own])
    said = a_year("needs")
    assert "Kaci" not in said.out + said.err and "1 besoin individuel" in said.err
    assert "  Une tablette pour M. Kaci · S1 du 10 mars" in a_year("needs", "--private").out.splitlines()
    assert (
        "Kaci"
        not in a_year("figures", "--private").out
        + a_year("rotation").out
        + a_year("who", "tablettes", "--answered").out
    )


def test_new_proposes_host_lead_and_theme_with_why_and_says_so(a_year, network):
    said = a_year("new", "--date", "2027-01-12")
    assert said.code == 0, said.err
    agenda = read_agenda(Path(said.out.strip()).read_bytes(), name="", tr=translator("fr"))
    assert agenda.place == Place("Centre social", "Nora Lefèvre", why="l’a proposé le 15 juillet 2026")
    (workshop,) = (step for step in agenda.steps if step.kind == "workshop")
    assert (workshop.title, workshop.lead) == ("La trame smartphone, toujours", "Hugo Blanc")
    assert workshop.why == "demandé à 3 rencontres, par 3 personnes · Hugo Blanc : pas encore fait"
    assert "Nora Lefèvre peut accueillir (Centre social) · l’a proposé le 15 juillet 2026" in said.err
    assert "Hugo Blanc peut animer « La trame smartphone, toujours » · pas encore fait" in said.err
    assert "L’atelier peut porter sur La trame smartphone, toujours · demandé à 3 rencontres" in said.err


def test_new_leaves_what_the_agenda_or_the_announcement_says(a_year, network):
    settings = network / "facilitator.yaml"
    announced = "calendar:\n  next_meeting: 2027-01-12\n  next_place: médiathèque de Riorges\n"
    settings.write_text(settings.read_text().replace("calendar:\n", announced))
    said = a_year("new", "--template", "guest")
    agenda = read_agenda(Path(said.out.strip()).read_bytes(), name="", tr=translator("fr"))
    assert (agenda.place.name, agenda.place.host) == ("médiathèque de Riorges", "Karim Benali")
    (workshop,) = (step for step in agenda.steps if step.kind == "workshop")
    assert (workshop.lead, workshop.why, workshop.title) == (None, None, "Intervention extérieure")


def test_new_takes_the_day_that_the_rhythm_has_where_nothing_is_announced(run, network, monkeypatch):
    monkeypatch.setattr(
        "facilitator.cli.context.utc_now", lambda: datetime.datetime(2026, 10, 28, 9, tzinfo=datetime.UTC)
    )
    (network / "facilitator.yaml").write_text("calendar: { pattern: [meeting], day: 2e mardi }\n", encoding="utf-8")
    assert "2026-11-10" in run("new").out
    (network / "facilitator.yaml").write_text(
        "calendar: { pattern: [meeting], day: 2e mardi, next_meeting: 2026-11-03 }\n", encoding="utf-8"
    )
    assert "2026-11-03" in run("new").out
    (network / "facilitator.yaml").write_text("calendar: { pattern: [meeting] }\n", encoding="utf-8")
    assert "2026-10-28" in run("new").out


def test_new_proposes_nobody_where_no_meeting_was_held(run, network):
    (network / "facilitator.yaml").write_text("members: [{ name: Awa, place: Riorges }]\n")
    said = run("new", "--date", "2027-01-12")
    agenda = read_agenda(Path(said.out.strip()).read_bytes(), name="", tr=translator("fr"))
    assert agenda.place is None and not any(step.lead or step.why for step in agenda.steps)


def test_the_brief_holds_dates_what_is_open_and_whom_to_ask_and_nothing_private(a_year, network):
    own = Record(
        meeting="2026-03-10-roannais", kind="need", number="S1", text="Une tablette pour M. Kaci", private=True
    )
    append_private(Workspace(network), [own])
    page = a_year("brief").out
    assert page.startswith("# Réseau roannais : pour remplacer, au vendredi 27 novembre 2026\n")
    lines = page.splitlines()
    for line in (
        "- Prochaine rencontre : mardi 12 janvier 2027",
        "- Quel budget pour nos postes ? · Transmise à l’échelon supérieur · Q3 du 13 janvier",
        "- Réserver la salle · Hugo Blanc · pour le 10 avril · A1 du 10 mars",
        "- AMI aînés · se ferme le 15 décembre · I1 du 10 novembre",
        "- #droits · Awa Diallo, Nora Lefèvre",
        "- Coordination : Claire Dumas",
        "- minutes/2026-11-10-roannais.md",
    ):
        assert line in lines
    assert "Kaci" not in page and "Clôture" not in page
    assert len(lines) < 50


def test_the_brief_puts_off_nothing_that_every_meeting_has_whatever_it_is_called(run, network):
    """Its workshop was not reached, nor its closing, which has a title of its own."""
    (network / "agenda.yaml").write_text(
        "title: R\nslug: r\nsteps:\n  - { kind: needs, duration: 30m }\n  - { kind: workshop, title: Photos, duration: 30m }\n"
        "  - { kind: closing, title: Tour de clôture, duration: 10m }\n",
        encoding="utf-8",
    )
    for words in (("start", "agenda.yaml", "--at", "2026-11-10 09:30"), ("close", "--at", "10:00")):
        assert run(*words).code == 0
    page = run("brief").out
    assert "- Photos · 10 novembre" in page.splitlines() and "Tour de clôture" not in page


def test_a_place_that_is_the_structure_is_said_once(run, network):
    (network / "facilitator.yaml").write_text(
        "members:\n  - { name: Karim, structure: Médiathèque de Riorges, place: médiathèque de Riorges, knows: [photos] }\n",
        encoding="utf-8",
    )
    assert run("who", "photos").out.strip() == "Karim · Médiathèque de Riorges"


def test_a_question_that_is_private_now_is_in_nothing_though_its_minutes_still_hold_it(a_year, network):
    before = [a_year("figures", "--csv").out, a_year("brief").out]
    assert "FranceConnect" in before[1]
    name = {
        "meeting": "2026-11-10-roannais",
        "kind": "question",
        "number": "Q1",
        "text": "Qui sait aider pour FranceConnect ?",
    }
    append_private(Workspace(network), [Record(**name, outcome="individual", private=True, theme="droits")])
    words = (
        ("figures",),
        ("figures", "--summary"),
        ("figures", "--json"),
        ("brief",),
        ("needs",),
        ("who", "droits", "--answered"),
    )
    said = "".join(a_year(*one).out for one in words)
    assert "FranceConnect" not in said
    assert a_year("figures", "--csv").out.splitlines()[-1] != before[0].splitlines()[-1]


def test_what_a_survey_brought_is_among_the_themes_and_the_forms(a_year, network):
    brought = Survey(
        30,
        (AlikeAnswers("Trame smartphone", 12), AlikeAnswers("Faire un site", 7)),
        (),
        (AlikeAnswers("En demi-journée", 20),),
    )
    keep(Workspace(network), brought, "automne", mark="0" * 64, on=datetime.date(2026, 10, 1), language="fr")
    lines = a_year("needs").out.splitlines()
    assert (
        "  La trame smartphone, toujours · demandé à 3 rencontres, par 3 personnes, 12 réponses à des enquêtes" in lines
    )
    assert "  Faire un site · 7 réponses à des enquêtes" in lines
    place = lines.index("Comment on aimerait se rencontrer")
    assert lines[place + 1] == "  En demi-journée (20 réponses)"


def test_today_is_the_day_where_the_network_is_whatever_the_machine(run, network, monkeypatch):
    late = datetime.datetime(2026, 11, 27, 23, 30, tzinfo=datetime.UTC)
    monkeypatch.setattr("facilitator.cli.context.utc_now", lambda: late)
    for zone, day in (("Europe/Paris", "2026-11-28"), ("America/Cayenne", "2026-11-27")):
        (network / "facilitator.yaml").write_text(f"timezone: {zone}\n")
        assert f"/agendas/{day}-" in run("new").out
