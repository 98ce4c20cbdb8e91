"""What was written down is taken away, made another kind, voted on, dated; who answered, who was absent, who read it again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

LAST_AT = ("--at", "09:55")


def record(run, number):
    return next(one for one in run("entries", "--json").json if one["number"] == number)


def numbers(run):
    return [one["number"] for one in run("entries", "--json").json]


def does(run, *words):
    said = run(*words)
    assert said.code == 0, said.err
    return said.err


def documents(root):
    """All that is shared: minutes, letter, archive, what merges rest on."""
    paths = [
        path
        for path in root.rglob("*")
        if path.is_file() and path.name != "private.jsonl" and "meetings" not in path.parts
    ]
    return "\n".join(path.read_text(errors="replace") for path in paths)


@pytest.fixture
def asked(meeting):
    does(meeting, "next", "--at", "09:50")
    does(meeting, "add", "question", "Qui paie ?", "--at", "09:52")
    return meeting


# Taken away


def test_an_entry_is_taken_away_and_undo_gives_it_back(asked):
    assert "Retrait de Q1" in does(asked, "remove", "q1")
    assert numbers(asked) == []
    assert "Annulé : retrait de Q1" in does(asked, "undo")
    assert numbers(asked) == ["Q1"]


def test_what_is_taken_away_leaves_the_draft_at_once(asked, network):
    does(asked, "minutes")
    (draft,) = (network / "minutes").glob("*.md")
    assert "Qui paie" in draft.read_text()
    does(asked, "remove", "Q1")
    assert "Qui paie" not in draft.read_text()


def test_last_is_what_the_same_person_wrote_down_last_a_note_too(asked):
    does(asked, "add", "note", "Il pleut")
    does(asked, "edit", "last", "--text", "Il fait beau")
    assert [one["text"] for one in asked("entries", "note", "--json").json] == ["Il fait beau"]
    does(asked, "remove", "last")
    does(asked, "answer", "last", "Personne.")
    assert record(asked, "Q1")["answer"] == "Personne."
    does(asked, "remove", "last")
    said = asked("remove", "last")
    assert (said.code, said.err.strip()) == (1, "Vous n’avez encore rien noté.")


def test_last_is_never_what_another_person_or_the_agenda_wrote(network, run, monkeypatch):
    (network / "news.yaml").write_text(
        "title: R\nsteps:\n  - { kind: news, duration: 10m, items: [{ title: AMI, type: call }] }\n"
    )
    does(run, "start", "news.yaml")
    assert run("remove", "last").code == 1
    assert numbers(run) == ["I1"]


# Of another kind


@pytest.mark.parametrize(
    "words", [("kind", "Q1", "action"), ("edit", "Q1", "--kind", "action"), ("kind", "last", "Actions")]
)
def test_a_question_becomes_an_action_and_one_undo_takes_it_back(asked, words):
    assert "Q1 est maintenant A1" in does(asked, *words)
    assert numbers(asked) == ["A1"]
    does(asked, "undo")
    assert numbers(asked) == ["Q1"]


def test_its_kind_and_the_parts_of_the_new_kind_are_one_change(asked):
    does(asked, "edit", "Q1", "--kind", "décision", "--text", "La région paie.", "--for", "18", "--against", "2")
    found = record(asked, "D1")
    assert (found["text"], found["vote"]) == ("La région paie.", {"votes_for": 18, "against": 2, "abstentions": 0})
    does(asked, "undo")
    assert (record(asked, "Q1")["text"], record(asked, "Q1")["vote"]) == ("Qui paie ?", None)


def test_a_kind_that_is_the_same_or_none_is_refused(asked):
    assert "C’est déjà sa sorte" in asked("kind", "Q1", "question").err
    said = asked("kind", "Q1", "idée")
    assert said.code == 2 and "n’est pas possible" in said.err
    assert numbers(asked) == ["Q1"]


def test_what_is_made_public_by_its_kind_is_said_and_what_becomes_private_leaves_the_draft(asked, network):
    does(asked, "add", "need", "Deux tablettes", "--at", "09:53")
    does(asked, "minutes")
    (draft,) = (network / "minutes").glob("*.md")
    assert "Deux tablettes" in draft.read_text()
    does(asked, "kind", "B1", "individuel")
    assert "Deux tablettes" not in draft.read_text()
    assert "n’est plus privé" in does(asked, "kind", "S1", "besoin")
    assert record(asked, "B2")["private"] is False


# Voted on, dated


def test_a_decision_says_its_vote_and_whether_it_was_by_consensus(meeting):
    told = does(
        meeting, "add", "decision", "Le mardi", "--for", "18", "--against", "2", "--abstain", "3", "--consensus"
    )
    assert "18 pour, 2 contre, 3 abstentions · par consensus" in told
    found = record(meeting, "D1")
    assert (found["vote"], found["consensus"]) == ({"votes_for": 18, "against": 2, "abstentions": 3}, True)
    does(meeting, "edit", "D1", "--abstain", "1", "--no-consensus")
    assert (record(meeting, "D1")["vote"], record(meeting, "D1")["consensus"]) == (
        {"votes_for": 18, "against": 2, "abstentions": 1},
        False,
    )
    does(meeting, "edit", "D1", "--for", "")
    assert record(meeting, "D1")["vote"] is None
    does(meeting, "undo")
    assert record(meeting, "D1")["vote"]["abstentions"] == 1


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--for", "beaucoup"), 2, "n’est pas un nombre de voix"),
        (("--for", "-1"), 2, ""),
        (("--for", "\u0661"), 2, "n’est pas un nombre de voix"),
        (("--for", "100000"), 2, "n’est pas un nombre de voix"),
        (("--against", "2"), 2, "combien étaient pour"),
        (("--when", "24/12 14h"), 1, "Seule une info"),
    ],
)
def test_a_vote_that_is_none_writes_nothing(meeting, options, code, said):
    found = meeting("add", "decision", "Le mardi", *options)
    assert found.code == code and said in found.err
    assert numbers(meeting) == []


def test_a_vote_on_what_is_no_decision_is_refused(asked):
    for options in (("--for", "3"), ("--consensus",)):
        said = asked("edit", "Q1", *options)
        assert said.code == 1 and "Seule une décision" in said.err


def test_an_event_has_a_day_and_an_hour_as_people_write_them(meeting):
    told = does(meeting, "add", "news", "Forum", "--type", "event", "--when", "26/11 14h", "--at", "09:40")
    assert "26 novembre à 14 h" in told
    assert record(meeting, "I1")["when"] == "2026-11-26T14:00:00"
    assert "26 novembre à 9 h 30" in does(meeting, "edit", "I1", "--when", "jeudi 9:30 ", "--at", "09:41")
    does(meeting, "edit", "I1", "--when", "")
    assert record(meeting, "I1")["when"] is None
    said = meeting("edit", "I1", "--when", "jeudi")
    assert said.code == 2 and "un jour et une heure" in said.err


# Who answered, who was absent, who read it again


def test_an_answer_says_who_gave_it(asked):
    assert "par Karim B." in does(asked, "answer", "Q1", "La région.", "--by", "karim")
    assert record(asked, "Q1")["answer_by"] == "Karim B."
    assert "Fatou S. n’est pas parmi les membres" in does(asked, "answer", "Q1", "La région.", "--by", "Fatou S.")


def test_somebody_is_absent_without_excuse(meeting):
    assert "Awa S. : absent" in does(meeting, "attend", "awa", "--absent")


def test_the_close_says_who_read_the_minutes_again(asked, network):
    does(asked, "send", "Q1", "drop")
    assert "Relu par Nora T." in does(asked, "close", "--reread", "nora", "--at", "10:00")
    (journal,) = (network / ".facilitator" / "meetings").glob("*/*.jsonl")
    closed = [event for line in journal.read_text().splitlines() for event in json.loads(line)["r"]["events"]]
    assert [event["reread_by"] for event in closed if event["type"] == "closed"] == ["Nora T."]


def test_an_empty_name_of_who_read_it_again_closes_nothing(meeting):
    assert meeting("close", "--reread", "  ").code == 1
    assert meeting("status", "--json").json["state"] == "running"


# What was taken up individually stays so


@pytest.fixture
def individual(asked):
    does(asked, "send", "Q1", "individual", *LAST_AT)
    return asked


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (("answer", "Q1", "300 euros"), "answered"),
        (("send", "Q1", "newsletter"), "newsletter"),
        (("send", "Q1", "next"), "next"),
        (("send", "Q1", "drop"), "drop"),
        (("edit", "Q1", "--text", "Qui paie 300 euros ?"), "individual"),
    ],
)
def test_it_stays_private_whatever_becomes_of_it(individual, network, words, outcome):
    told = does(individual, *words, *LAST_AT)
    assert words[0] == "edit" or "Q1 reste en suivi individuel" in told
    assert words[0] == "edit" or (f"facilitator {words[0]} Q1" in told and "--public" in told)
    found = record(individual, "Q1")
    assert (found["private"], found["outcome"]) == (True, outcome)
    assert "•••" in individual("entries").out
    does(individual, "minutes")
    assert not {"300", "paie"} & set(documents(network).replace("\n", " ").split())
    does(individual, "close", "--at", "10:00")
    assert "300 euros" not in documents(network) and "Qui paie" not in documents(network)
    assert record(individual, "Q1")["private"] is True


def test_public_brings_it_back_and_says_so(individual, network):
    assert "n’est plus privé" in does(individual, "answer", "Q1", "300 euros", "--public", *LAST_AT)
    does(individual, "close", "--at", "10:00")
    assert "300 euros" in documents(network) and "Qui paie" in documents(network)


def test_public_goes_with_what_is_public(individual):
    assert individual("send", "Q1", "individual", "--public").code == 2
    assert "n’est plus privé" in does(individual, "send", "Q1", "newsletter", "--public", *LAST_AT)
    assert "n’est plus privé" not in does(individual, "send", "Q1", "next", "--public", *LAST_AT)


# After the close


@pytest.mark.parametrize(
    "words",
    [
        ("remove", "D1"),
        ("remove", "last"),
        ("kind", "D1", "action"),
        ("edit", "D1", "--kind", "action"),
        ("edit", "D1", "--for", "3"),
        ("edit", "D1", "--no-consensus"),
        ("edit", "last", "--text", "x"),
        ("answer", "Q2", "Oui", "--by", "Awa S."),
        ("answer", "Q2", "Oui", "--public"),
        ("send", "last", "drop"),
        ("done", "last"),
    ],
)
def test_what_is_for_a_live_meeting_changes_nothing_after_the_close_and_says_why(closed, network, words):
    (minutes,) = (network / "minutes").glob("*.md")
    before = Path(minutes).read_bytes()
    said = closed(*words)
    assert said.code == 1 and "close" in said.err
    assert minutes.read_bytes() == before
