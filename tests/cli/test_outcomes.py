"""What becomes of entries, while the meeting lives and after its close."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def record(run, number):
    return next(one for one in run("entries", "--json").json if one["number"] == number)


@pytest.fixture
def asked(meeting):
    meeting("next", "--at", "09:50")
    meeting("add", "question", "Qui paie ?", "--at", "09:52")
    return meeting


def test_a_question_is_answered(asked):
    assert asked("answer", "q1", "Personne.", "--link", "https://example.org/x").code == 0
    found = record(asked, "Q1")
    assert (found["outcome"], found["answer"], found["answer_link"]) == (
        "answered",
        "Personne.",
        "https://example.org/x",
    )


def test_an_answer_may_begin_with_a_hyphen_or_come_by_the_standard_input(asked):
    asked("answer", "Q1", "--", "-5 %")
    assert record(asked, "Q1")["answer"] == "-5 %"
    asked("answer", "Q1", "-", stdin=b"Deux\nlignes")
    assert record(asked, "Q1")["answer"] == "Deux\nlignes"


@pytest.mark.parametrize("where", ["mattermost", "newsletter", "next", "relay", "individual", "drop"])
def test_a_question_is_sent(asked, where):
    assert asked("send", "Q1", where, "--owner", "Karim B.", "--due", "2026-12-01").code == 0
    assert record(asked, "Q1")["outcome"] == where


def test_an_entry_is_changed_moved_shared_and_done(asked):
    assert asked("edit", "Q1", "--text", "Qui paie vraiment ?", "--by", "nora", "--due", "").code == 0
    assert asked("move", "Q1", "1").code == 0
    assert asked("same", "Q1").code == 0
    found = record(asked, "Q1")
    assert (found["text"], found["by"], found["step"], found["same"]) == ("Qui paie vraiment ?", "Nora T.", 1, 1)
    asked("move", "Q1", "clôt")
    assert record(asked, "Q1")["step"] == 4
    asked("add", "action", "Écrire")
    assert asked("done", "A1").code == 0
    assert record(asked, "A1")["done"] is True
    assert asked("done", "A1", "--open").code == 0
    assert record(asked, "A1")["done"] is False


@pytest.mark.parametrize(
    "words",
    [
        ("answer", "Q99", "x"),
        ("send", "Q99", "drop"),
        ("done", "A9"),
        ("edit", "B2", "--text", "x"),
        ("move", "L1", "1"),
        ("same", "z"),
    ],
)
def test_a_number_that_is_not_there_changes_nothing(asked, words):
    before = asked("entries", "--json").out
    said = asked(*words)
    assert said.code == 1 and f"Il n’y a pas de {words[1]} dans cette rencontre." in said.err
    assert asked("entries", "--json").out == before


def test_only_a_question_is_answered(asked):
    asked("add", "decision", "Une charte")
    said = asked("answer", "D1", "x")
    assert said.code == 1 and "D1 n’est pas une question" in said.err


def test_a_close_with_an_undecided_question_names_it_and_writes_nothing(asked, network):
    said = asked("close", "--at", "10:50")
    assert said.code == 1 and "Q1" in said.err
    assert not (network / "minutes").exists()
    assert asked("status", "--json", "--at", "10:51").json["state"] == "running"


@pytest.mark.parametrize(
    "words", [("next",), ("add", "note", "x"), ("attend", "Awa S."), ("pause",), ("undo",), ("close",)]
)
def test_an_act_on_a_closed_meeting_is_refused_and_says_by_whom(closed, words):
    before = closed("entries", "--json").out
    said = closed(*words)
    assert said.code == 1 and "publiée par" in said.err and "@" in said.err
    assert closed("entries", "--json").out == before


def minutes(network: Path) -> Path:
    return network / "minutes" / "2026-11-24-reseau.md"


def test_after_the_close_an_answer_moves_that_one_question_and_mends_the_count(closed, network):
    before = minutes(network).read_text().splitlines()
    assert closed("answer", "Q2", "Oui, sur convention.").code == 0
    after = minutes(network).read_text().splitlines()
    assert "Oui, sur convention." in " ".join(after)
    assert [line.replace("\u202f", " ") for line in before if line not in after] == [
        "- **Qui sait ?** [2 questions](#q2) attendent une réponse.",
        "### Dans la lettre de décembre",  # there was no other question for it
    ]
    new = [line.replace("\u202f", " ").replace("\u00a0", " ") for line in after if line not in before]
    assert new[0] == "- **Qui sait ?** [1 question](#q4) attend une réponse."
    assert re.fullmatch(r"  - \*Réponse(, [^,]+)?, dans la lettre de décembre :\* Oui, sur convention\.", new[1])
    assert len(new) == 2
    found = record(closed, "Q2")
    assert (found["answer"], found["outcome"], found["done"]) == ("Oui, sur convention.", "newsletter", True)


def test_after_the_close_an_action_is_done(closed, network):
    assert closed("done", "A1").code == 0
    assert "- [x]" in minutes(network).read_text()
    assert "A1" not in [one["number"] for one in closed("followups", "--json").json]
    assert closed("done", "A1", "--open").code == 0
    assert "A1" in [one["number"] for one in closed("followups", "--json").json]


def test_after_the_close_an_entry_is_edited(closed):
    assert closed("edit", "A1", "--text", "Écrire la charte", "--owner", "elo", "--due", "2026-12-20").code == 0
    found = record(closed, "A1")
    assert (found["text"], found["owners"], found["due"]) == ("Écrire la charte", ["Élodie P."], "2026-12-20")


def test_after_the_close_a_question_is_sent_elsewhere(closed):
    assert closed("send", "Q4", "drop").code == 0
    assert record(closed, "Q4")["outcome"] == "drop"


def test_what_becomes_individual_after_the_close_leaves_the_minutes_and_can_come_back(closed, network):
    assert closed("send", "Q2", "individual").code == 0
    assert "matériel" not in minutes(network).read_text()
    found = record(closed, "Q2")
    assert (found["private"], found["text"]) == (True, "Prêter du matériel ?")
    said = closed("send", "q2", "mattermost")
    assert said.code == 1 and "Q2 reste en suivi individuel" in said.err and "--public" in said.err
    assert "matériel" not in minutes(network).read_text()
    assert closed("send", "Q2", "mattermost", "--public").code == 0
    assert "matériel" in minutes(network).read_text()
    found = record(closed, "Q2")
    assert (found["private"], found["outcome"]) == (False, "mattermost")


def test_a_private_follow_up_is_done_without_a_word_in_the_minutes(closed, network):
    before = minutes(network).read_text()
    said = closed("done", "S1")
    assert said.code == 0 and "contrat" not in said.err
    assert minutes(network).read_text() == before
    assert "S1" not in [one["number"] for one in closed("followups", "--json").json]


def test_a_private_entry_is_edited_in_private(closed, network):
    said = closed("edit", "S1", "--text", "Un autre secret")
    assert said.code == 0 and "secret" not in said.err
    assert record(closed, "S1")["text"] == "Un autre secret"
    assert "secret" not in minutes(network).read_text()


@pytest.mark.parametrize(
    "words", [("answer", "Q99", "x"), ("done", "A9"), ("edit", "S9", "--text", "x"), ("answer", "A1", "x")]
)
def test_a_number_that_is_not_in_the_minutes_changes_nothing(closed, network, words):
    before = minutes(network).read_text()
    assert closed(*words).code == 1
    assert minutes(network).read_text() == before


def test_the_minutes_of_a_colleague_are_changed_without_a_journal(closed, network):
    shutil.rmtree(network / ".facilitator")
    assert closed("done", "A1").code == 0
    assert closed("edit", "Q2", "--owner", "awa").code == 0
    found = record(closed, "Q2")
    assert found["owners"] == ["Awa S."]
    assert closed("next").code == 1


def test_a_time_makes_no_sense_after_the_close(closed):
    assert closed("done", "A1", "--at", "10:00").code == 2


def test_followups_are_what_is_open_over_all_meetings_oldest_first(closed, network):
    (network / "suite.yaml").write_text((network / "agenda.yaml").read_text().replace("slug: reseau", "slug: suite"))
    assert closed("start", "suite.yaml", "--at", "2026-12-15 09:30").code == 0
    closed("add", "action", "Relire", "--at", "2026-12-15 09:31")
    found = closed("followups", "--json").json
    assert [(one["meeting"], one["number"], one["private"]) for one in found] == [
        ("2026-11-24-reseau", "Q2", False),
        ("2026-11-24-reseau", "Q4", False),
        ("2026-11-24-reseau", "A1", False),
        ("2026-11-24-reseau", "Q3", True),
        ("2026-11-24-reseau", "S1", True),
        ("2026-12-15-suite", "A1", False),
    ]
    late = closed("followups", "--at", "2026-12-16 09:00").out
    assert "en retard depuis le 10 décembre" in late
    assert "contrat" not in late and "contrat" in closed("followups", "--private").out
    assert [one["meeting"] for one in closed("followups", "--json", "--meeting", "2026-12-15-suite").json] == [
        "2026-12-15-suite"
    ]


def test_a_reopened_meeting_is_listed_once(closed):
    assert closed("reopen").code == 0
    numbers = [one["number"] for one in closed("followups", "--json").json]
    assert sorted(numbers) == sorted(set(numbers))
    assert closed("add", "note", "Encore", "--at", "10:40").code == 0


def test_reopen_is_refused_once_a_person_touched_the_minutes(closed, network):
    minutes(network).write_text(minutes(network).read_text() + "\nUne remarque.\n")
    said = closed("reopen")
    assert said.code == 1 and "modifié à la main" in said.err


@pytest.mark.parametrize("kind", ["question", "action", "decision"])
def test_entries_can_be_asked_by_kind(closed, kind):
    assert {one["kind"] for one in closed("entries", kind, "--json").json} == {kind}


def test_entries_json_is_the_contract(closed):
    keys = [
        "meeting",
        "kind",
        "number",
        "text",
        "by",
        "owners",
        "due",
        "theme",
        "link",
        "type",
        "deadline",
        "outcome",
        "answer",
        "same",
        "step",
        "at",
        "done",
        "private",
    ]
    for one in closed("entries", "--json").json:
        assert set(keys) <= set(one)


def test_a_private_question_is_answered_in_private(closed, network):
    before = minutes(network).read_text()
    assert closed("answer", "Q3", "On en parle demain.").code == 0
    assert minutes(network).read_text() == before
    found = record(closed, "Q3")
    assert (found["answer"], found["done"], found["private"]) == ("On en parle demain.", True, True)


@pytest.mark.parametrize("words", [("answer", "Q2", ""), ("edit", "A1"), ("edit", "A1", "--text", " ")])
def test_an_empty_change_of_the_minutes_is_refused(closed, network, words):
    before = minutes(network).read_text()
    assert closed(*words).code in (1, 2)
    assert minutes(network).read_text() == before


def test_a_decision_cannot_be_done(closed):
    said = closed("done", "D1")
    assert said.code == 1 and "D1 n’est pas à suivre" in said.err


def test_minutes_that_cannot_be_taken_in_are_said(closed, network):
    folder = network / "minutes"
    (folder / "2026-01-01-a.md").write_text("<<<<<<< ici\n=======\n>>>>>>> là\n")
    (folder / "2026-01-02-b.md").write_text("# Rien\n")
    said = closed("followups", "--json")
    assert said.code == 0 and len(said.json) == 5
    assert "2026-01-01-a.md contient des marques de conflit" in said.err
    assert "2026-01-02-b.md n’a pas pu être lu" in said.err


def test_an_archive_that_cannot_be_read_is_made_again_and_said(closed, network):
    (network / ".facilitator" / "archive.sqlite").write_text("{")
    said = closed("followups", "--json")
    assert said.code == 0 and len(said.json) == 5 and "refaite" in said.err
    assert closed("followups", "--json").err == ""


def test_the_minutes_of_a_meeting_are_found_under_another_name(closed, network):
    minutes(network).rename(network / "minutes" / "renamed.md")
    assert closed("done", "A1", "--meeting", "2026-11-24-reseau").code == 0
    assert "- [x]" in (network / "minutes" / "renamed.md").read_text()


def test_followups_of_no_such_meeting_are_refused(closed):
    assert closed("followups", "--meeting", "2020-01-01-rien").code == 1
    assert closed("entries", "--meeting", "2020-01-01-rien").code == 1


def test_nothing_open_is_said(meeting):
    said = meeting("followups")
    assert (said.code, said.out, said.err) == (0, "", "Rien.\n")


def test_a_step_is_named_by_its_whole_title_even_when_another_begins_so(run, network):
    steps = "[{kind: free, title: Atelier, duration: 9m}, {kind: free, title: Atelier suite, duration: 9m}]"
    (network / "agenda.yaml").write_text(f"title: R\nsteps: {steps}\n")
    run("start", "agenda.yaml")
    run("add", "note", "x")
    run("add", "question", "Qui ?")
    assert run("move", "Q1", "atelier").code == 0
    assert run("move", "Q1", "atelier s").code == 0
    assert record(run, "Q1")["step"] == 2
    assert run("move", "Q1", "atel").code == 1


def test_an_address_of_any_length_is_read_back(closed):
    link = "https://example.org/" + "x" * 4_000
    assert closed("edit", "A1", "--link", link).code == 0
    assert record(closed, "A1")["link"] == link


def test_an_answer_without_a_text_starts_the_answer_clock(meeting):
    meeting("next", "--at", "09:50")
    meeting("add", "question", "Une ?", "--at", "09:51")
    said = meeting("answer", "Q1", "--at", "09:52")
    assert said.code == 0 and "Q1" in said.err
    assert meeting("answer", "Q1", "Oui.", "--at", "09:53").code == 0
    assert [one["answer"] for one in meeting("entries", "--json").json] == ["Oui."]


def test_an_answer_clock_runs_in_no_closed_meeting_where_a_link_alone_says_where_it_is_being_answered(closed, network):
    said = closed("answer", "Q2")
    assert said.code == 1 and "doit avoir un texte" in said.err
    assert closed("answer", "Q2", "--link", "https://example.org/fil").code == 0
    assert "https://example.org/fil" in minutes(network).read_text()


@pytest.mark.parametrize("words", [("undecided",), ("à", "décider"), ("a decider",)])
def test_a_question_is_left_to_be_decided_again_and_the_close_waits_for_it(meeting, words):
    meeting("add", "question", "Qui paie ?")
    assert meeting("send", "Q1", *words).code == 1
    meeting("send", "Q1", "newsletter")
    said = meeting("send", "Q1", *words)
    assert said.code == 0 and "Q1 est à décider de nouveau" in said.err
    assert meeting("entries", "--json").json[0]["outcome"] is None
    assert meeting("close").code == 1
    assert "Annulé : Q1 laissée à décider" in meeting("undo").err
    assert meeting("send", "Q1", "undecided", "--owner", "Awa S.").code == 2


def test_a_closed_meeting_leaves_no_question_to_be_decided(closed, network):
    path = network / "minutes" / "2026-11-24-reseau.md"
    before = path.read_text()
    said = closed("send", "Q2", "à décider")
    assert said.code == 1 and "ne laisse aucune question sans suite" in said.err
    assert path.read_text() == before


def test_a_step_is_meant_whatever_the_apostrophe(run, network):
    (network / "agenda.yaml").write_text(
        'title: R\nslug: reseau\nsteps: [{ kind: needs, duration: 30m }, { kind: free, title: "L’accueil d’un car", duration: 30m }]\n'
    )
    run("start", "agenda.yaml", "--at", "2026-11-24 09:30")
    run("add", "note", "x", "--at", "09:52")
    assert run("move", "last", "l'accueil d'un", "--at", "09:53").code == 0


# Of an answer that is given up, it is said, and how it comes back


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (("send", "Q1", "lettre"), "newsletter"),
        (("send", "Q1", "à voir"), None),
        (("answer", "Q1", "Non."), "answered"),
    ],
)
def test_an_answer_that_is_given_up_is_said_to_be_and_undo_brings_it_back(asked, words, outcome):
    asked("answer", "Q1", "Le FSE.", "--at", "09:53")
    said = asked(*words, "--at", "09:54")
    assert said.code == 0 and "réponse d’avant abandonnée" in said.err
    assert "undo" in said.err
    assert record(asked, "Q1")["outcome"] == outcome and record(asked, "Q1")["answer"] != "Le FSE."
    asked("undo")
    assert record(asked, "Q1")["answer"] == "Le FSE."


@pytest.mark.parametrize("words", [("send", "Q2", "next"), ("answer", "Q2", "Non.")])
def test_after_the_close_the_answer_that_is_given_up_is_told_in_full(closed, network, words):
    long = "Oui, sur convention : " + "une heure par semaine, " * 6 + "le mardi."
    assert closed("answer", "Q2", long).code == 0
    said = closed(*words)
    assert said.code == 0 and long in said.err
    assert "Oui, sur convention" not in plain(minutes(network).read_text())


def test_after_the_close_what_is_answered_anew_keeps_who_answered(closed, network):
    closed("answer", "Q2", "Oui.", "--by", "karim", "--link", "https://example.org/x")
    assert closed("answer", "Q2", "Oui. Sauf le dimanche.").code == 0
    found = record(closed, "Q2")
    assert (found["answer_by"], found["answer_link"]) == ("Karim B.", "https://example.org/x")


def test_a_private_answer_is_not_told_where_it_is_given_up(asked):
    asked("send", "Q1", "individual", "--at", "09:53")
    asked("answer", "Q1", "300 euros", "--at", "09:53")
    said = asked("send", "Q1", "lettre", "--public", "--at", "09:54")
    assert said.code == 0 and "300" not in said.err


@pytest.mark.parametrize("words", [("kind", "Q1", "action"), ("edit", "Q1", "--kind", "action")], ids=" ".join)
def test_of_what_becomes_another_kind_it_is_said_that_its_answer_is_given_up(asked, words):
    asked("answer", "Q1", "Le FSE.", "--at", "09:53")
    said = asked(*words, "--at", "09:54")
    assert said.code == 0 and "réponse d’avant abandonnée" in said.err and "undo" in said.err
