"""A network between its meetings: who knows, what rhythm, who is next, what returns, in figures."""

from __future__ import annotations

import datetime

import pytest
from year import network_year


@pytest.fixture
def a_year(run, network, monkeypatch):
    """The program in the folder of a network at the end of its year, on 27 November."""
    network_year(network)
    now = datetime.datetime(2026, 11, 27, 9, tzinfo=datetime.UTC)
    monkeypatch.setattr("facilitator.cli.context.utc_now", lambda: now)
    return run


def test_who_knows_is_what_people_declared_and_nothing_of_what_they_said(a_year):
    said = a_year("who", "droits")
    assert said.out.splitlines() == ["Awa Diallo · CCAS de Roanne · CCAS de Roanne", "Nora Lefèvre · Centre social"]
    assert a_year("who", "#Tablette").out.startswith("Karim Benali · Médiathèque · médiathèque de Riorges · seniors")
    assert a_year("who", "formation").out == "Zoomacom · partenaire\n"


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


def test_a_year_that_is_none_is_wrong_usage_and_a_rhythm_that_is_not_stated_is_said(a_year, network):
    assert a_year("rhythm", "--year", "26").code == 2
    (network / "facilitator.yaml").write_text("name: Réseau\n")
    said = a_year("rhythm")
    assert said.code == 0 and "Aucun rythme" in said.err
