"""`survey`: answers of a form become needs, offers and wishes of form, grouped, once."""

from __future__ import annotations

import datetime
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.core.cycle.survey import AlikeAnswers, Survey, grouped, sort_of
from facilitator.documents.survey import NoTable, read_survey, read_table, write_survey

FRAMAFORMS = """\
"Besoins du réseau";"";"";"";"";"";"";""
"Numéro de série";"Heure de soumission";"Adresse IP";"Nom d'utilisateur";"Vos besoins";"Que pouvez-vous proposer ?";"Le mardi";"Quel format ?"
"1";"2026-11-01";"10.0.0.1";"awa";"Les arnaques en ligne";"Prêter des tablettes";"X";"Une demi-journée"
"2";"2026-11-02";"10.0.0.2";"karim";"arnaques en ligne.";"rien";"X";"une demi-journée ; un webinaire"
"3";"2026-11-03";"10.0.0.3";"nora";"Le RGPD\nL'arnaque en ligne";"";"";""
"""


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def survey(run, network):
    (network / "besoins.csv").write_bytes(FRAMAFORMS.encode("cp1252"))
    return run


def test_an_export_in_latin_1_with_semicolons_is_grouped(survey, network):
    said = survey(
        "survey", "besoins.csv", "--map", "Le mardi=form", "--map", "E=need", "--map", "6=offer", "--map", "H=form"
    )
    assert said.code == 0, said.err
    assert "3 réponses · 2 besoins · 1 proposition · 3 souhaits de forme" in said.err
    text = plain((network / "surveys/besoins.md").read_text(encoding="utf-8"))
    assert text.partition("réponses.\n")[2] == (
        "\n## Besoins\n\n- Les arnaques en ligne *(3 réponses)*\n- Le RGPD\n\n## Propositions\n\n- Prêter des tablettes\n\n"
        "## Comment se rencontrer\n\n- Le mardi *(2 réponses)*\n- Une demi-journée *(2 réponses)*\n- un webinaire\n"
    )
    assert not any(word in text for word in ("karim", "10.0.0", "awa"))


def test_headings_tell_what_they_can(survey, network):
    assert survey("survey", "besoins.csv").code == 0
    read = read_survey((network / "surveys/besoins.md").read_text(encoding="utf-8"))
    assert (read.answers, read.needs[0], read.offers) == (
        3,
        AlikeAnswers("Les arnaques en ligne", 3),
        (AlikeAnswers("Prêter des tablettes", 1),),
    )
    assert read.form == (AlikeAnswers("Une demi-journée", 2), AlikeAnswers("un webinaire", 1))


def test_what_surveys_bring_stands_among_the_needs_as_people_left_it(survey, network):
    survey("survey", "besoins.csv")
    path = network / "surveys/besoins.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Le RGPD", "Le droit des données"), encoding="utf-8")
    said = plain(survey("needs").out)
    assert (
        "Demandé dans les enquêtes\n  Les arnaques en ligne (3 réponses)\n  Le droit des données (1 réponse)\n" in said
    )
    assert "Proposé dans les enquêtes\n  Prêter des tablettes (1 réponse)\n" in said
    assert "Comment on aimerait se rencontrer\n  Une demi-journée (2 réponses)" in said
    assert survey("needs", "--json").json["surveys"][0]["answers"] == 3


def test_a_survey_is_imported_once_and_that_is_said_under_whatever_name(survey, network):
    assert survey("survey", "besoins.csv").code == 0
    before = (network / "surveys/besoins.md").read_bytes()
    (network / "autre.csv").write_bytes((network / "besoins.csv").read_bytes())
    said = survey("survey", "autre.csv", "--map", "E=need")
    assert said.code == 0 and "déjà été reprise, dans surveys/besoins.md" in said.err
    assert [path.name for path in (network / "surveys").iterdir()] == ["besoins.md"]
    assert (network / "surveys/besoins.md").read_bytes() == before


def test_more_answers_to_it_are_taken_and_what_a_person_wrote_there_stays(survey, network):
    survey("survey", "besoins.csv")
    path = network / "surveys/besoins.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nÀ moi.\n", encoding="utf-8")
    (network / "besoins.csv").write_bytes((FRAMAFORMS + '"4";"";"";"";"Le RGPD"\n').encode())
    assert survey("survey", "besoins.csv").code == 0
    assert "À moi." in path.read_text(encoding="utf-8")
    assert "Le RGPD *(2" in plain((network / "surveys/besoins.new.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "table",
    [
        ",".join(f"Vos besoins {n}" for n in range(200)) + "\n" + ",".join("x" * 200) + "\n",
        "Commentaire,Autre\nbien,rien\n",
        "Nom,Structure\nAwa,Mairie\n",
    ],
)
def test_a_table_that_does_not_tell_is_asked_about(run, network, table):
    (network / "t.csv").write_text(table, encoding="utf-8")
    said = run("survey", "t.csv")
    assert said.code == 1 and "--map C=need" in said.err and said.out.startswith("A  ")
    assert not (network / "surveys").exists()
    assert run("survey", "t.csv", "--map", "B=need").code == 0


@pytest.mark.parametrize("mapping", ["Z=need", "A", "A=besoin", "=need", "9999=need", "ZZZ=need"])
def test_a_column_that_is_none_is_refused(survey, network, mapping):
    said = survey("survey", "besoins.csv", "--map", mapping)
    assert said.code == 2 and "C=need" in said.err
    assert not (network / "surveys").exists()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"une ligne\n",
        b"\0\1\2",
        b"a" * (1 << 18) + b"\n" + b'"' + b"b" * (1 << 18),
        b"a;b\n" + b"c;d\n" * 20_001,
        b"a;" * 2000 + b"\n" + b"b;" * 2000,
    ],
)
def test_what_is_no_table_is_told_in_one_line(run, network, data):
    (network / "t.csv").write_bytes(data)
    said = run("survey", "t.csv")
    assert said.code == 1 and "imprévu" not in said.err and len(said.err.splitlines()) == 1
    assert run("survey", "absent.csv").code == 1


@pytest.mark.parametrize(
    ("heading", "sort"),
    [
        ("Sur quels thèmes souhaitez-vous travailler ?", "need"),
        ("Quelle durée vous conviendrait ?", "form"),
        ("Que souhaitez-vous partager avec le réseau ?", "offer"),
        ("Votre nom", "no"),
        ("E-mail", "no"),
        ("Commentaire", None),
    ],
)
def test_a_heading_tells_its_sort(heading, sort):
    assert sort_of(heading) == sort


def test_tables_of_every_shape_are_read():
    for data in ("a,b\n1,2\n", "\ufeffa;b\r\n1;2\r\n", "a\tb\n1\t2\n", '"a";"b"\n"1";"2"\n'):
        table = read_table(data.encode())
        assert (table.headings, table.rows) == (["a", "b"], [["1", "2"]])
    assert read_table("a;b\n1;2\n".encode("utf-16")).rows == [["1", "2"]]


@given(data=st.binary(max_size=60), text=st.text(max_size=60))
@settings(max_examples=25, deadline=None)
def test_no_bytes_surprise_it_and_any_answer_reads_back(data, text):
    with suppress(NoTable):
        read_table(data)
    survey = Survey(1, tuple(grouped([text, "Les arnaques"])))
    read = read_survey(write_survey(survey, "x", datetime.date(2026, 11, 27), "0" * 64, "fr"))
    assert read == survey


# Exports of live polls, such as Wooclap's: participants by questions, with their points, totals below.

POLL = (
    "Participant,Adresse e-mail,Q1 - Vos besoins pour 2027,Q1 - Vos besoins pour 2027 (points),Question 2 : Que proposez-vous ?,Score\n"
    "Awa,awa@example.org,Les arnaques en ligne,1,Prêter des tablettes,2\n"
    "Participant 2,,arnaques en ligne,0,/,0\n"
    "Nora,nora@example.org,Pas de réponse,0,Pas de réponse,0\n"
    "Total,,2,1,1,67 %\n"
)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_poll_s_export_is_read_without_its_points_its_totals_and_who_answered(run, network, mark):
    (network / "poll.csv").write_bytes("\ufeff".encode() + POLL.replace(",", mark).replace("\n", "\r\n").encode())
    said = run("survey", "poll.csv")
    assert said.code == 0, said.err
    text = (network / "surveys/poll.md").read_text(encoding="utf-8")
    read = read_survey(text)
    assert (read.answers, read.needs, read.offers, read.form) == (
        3,
        (AlikeAnswers("Les arnaques en ligne", 2),),
        (AlikeAnswers("Prêter des tablettes", 1),),
        (),
    )
    assert not any(word in text for word in ("Awa", "Nora", "67", "example.org", "Participant"))


@pytest.mark.parametrize("heading", ["Question 3", "Q1", "2.", "Question n° 4 :", "Message", "Q5 - Le mot de la fin"])
def test_a_question_known_by_its_number_alone_is_asked_about(heading):
    assert sort_of(heading) is None


def test_a_poll_s_headings_tell_what_their_words_do():
    assert [
        sort_of(one) for one in ("3. Vos besoins", "Q12 - Quel format ?", "Score total", "Vos besoins (score)")
    ] == [
        "need",
        "form",
        "no",
        "no",
    ]


@pytest.mark.parametrize("heads", ["Answer", "Réponse,Score", "Answers,Participant,Time"])
def test_the_sheet_of_one_question_is_read_by_the_question_above_it(run, network, heads):
    rest = "," * heads.count(",")
    lines = [f"Quels sont vos besoins ?{rest}", rest, heads, f"Les arnaques en ligne{rest}", f"Le RGPD{rest}"]
    (network / "question.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert run("survey", "question.csv").code == 0
    read = read_survey((network / "surveys/question.md").read_text(encoding="utf-8"))
    assert (read.answers, read.needs) == (2, (AlikeAnswers("Les arnaques en ligne", 1), AlikeAnswers("Le RGPD", 1)))


def test_a_sheet_of_choices_with_their_votes_is_asked_about(run, network):
    (network / "q.csv").write_text("Quel jour ?,\n,\nChoice,Votes\nMardi,12\nJeudi,3\n", encoding="utf-8")
    said = run("survey", "q.csv")
    assert said.code == 1 and "--map C=need" in said.err


def test_a_workbook_is_told_from_a_table(run, network):
    (network / "poll.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 60)
    said = run("survey", "poll.xlsx")
    assert said.code == 1 and said.err.count("\n") == 1 and "enregistrez" in said.err and "CSV" in said.err
