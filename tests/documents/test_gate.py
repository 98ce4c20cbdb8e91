"""What deserves a look before a document goes out."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator.core.naming import People
from facilitator.core.network import Choices, Member, Network
from facilitator.documents.gate import Wishes, findings
from facilitator.meetings.gating import wishes_of

EXAMPLE = (Path(__file__).parent / "minutes" / "example.md").read_text(encoding="utf-8")


def reasons(text: str) -> list[str]:
    return [found.reason for found in findings(text)]


@pytest.mark.parametrize(
    "text",
    ["06 12 34 56 78", "06.12.34.56.78", "0612345678", "+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033612345678", "au 04\u00a077\u00a012\u00a034\u00a056.", "+44 20 7946 0958"],
)  # fmt: skip
def test_a_telephone_number_is_found(text):
    assert reasons(f"# T\n\nAppeler {text}\n") == ["telephone"]


@pytest.mark.parametrize(
    "text",
    ["2026-11-24", "12 000 000 €", "42300 Roanne", "de 09 h 30 à 12 h 00", "1 234 567 890", "https://example.org/0612345678", "SIRET 123 456 789 00012", "01/02/2026", "v0.12.34.56.78.90"],
)  # fmt: skip
def test_what_is_no_telephone_number_is_none(text):
    assert reasons(f"# T\n\nVoir {text} ici\n") == []


def test_an_address_is_found_unless_it_is_the_networks():
    text = "---\nformat: 2\n---\n\n# T\n\nÉcrire à nora@example.org ou à reseau@example.org.\n"
    (found,) = findings(text, Wishes(known=frozenset({"reseau@example.org"})))
    assert (found.reason, found.words, found.line) == ("mail", "nora@example.org", 7)


def test_what_nobody_has_taken_and_what_has_no_date_is_found_at_its_line():
    found = findings(EXAMPLE)
    assert [(one.reason, one.label) for one in found] == [("no-owner", "A2")]
    assert (
        EXAMPLE.splitlines()[found[0].line - 1].startswith("- [ ] ") and "A2" in EXAMPLE.splitlines()[found[0].line - 1]
    )
    undated = EXAMPLE.replace("### Sur Mattermost, d’ici le 20 novembre", "### Sur Mattermost")
    assert {(one.reason, one.label) for one in findings(undated)} >= {("no-date", "Q6"), ("no-date", "Q9")}
    nobody = EXAMPLE.replace(", et Claire Dumas apporte les réponses attendues", "")
    assert ("nobody-answers", "Q6") in {(one.reason, one.label) for one in findings(nobody)}


def test_what_an_entry_holds_is_found_once_at_the_entry():
    text = EXAMPLE.replace("Prêter six tablettes", "Appeler le 06 12 34 56 78")
    text = text.replace("## En bref\n", "## En bref\n\n- [Appeler le 06 12 34 56 78](#a1)\n", 1)
    assert text.count("06 12 34 56 78") == 2
    (found,) = [one for one in findings(text) if one.reason == "telephone"]
    assert found.label and f"**{found.label}**" in text.splitlines()[found.line - 1]
    outside = EXAMPLE.rstrip("\n") + "\n\nAppeler le 06 12 34 56 79\n"
    assert [one.label for one in findings(outside) if one.reason == "telephone"] == [""]


@pytest.mark.ci
def test_nothing_brings_it_down():
    assert findings("") == [] and findings("x" * 3_000_000) == []


LISTED = (Member("Awa S.", was=("Awa Diallo",)), Member("Karim Benali"), Member("Jean-Luc O."), Member("Zoé"))


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Voir avec Awa S.", []),
        ("Voir avec Awa Sylla", ["Awa Sylla"]),
        ("SYLLA Awa viendra", ["SYLLA Awa"]),
        ("**Awa\u00a0Sylla**, d’Awa Diallo", ["Awa\u00a0Sylla", "Awa Diallo"]),
        ("Samedi Awa vient, Awa sort, et Awa. Sinon rien", []),
        ("Jean-Luc Olivier et jean-luc oublie", ["Jean-Luc Olivier"]),
        ("Karim Benali, que la liste nomme ainsi", []),
    ],
)
def test_whoever_is_listed_with_an_initial_is_not_named_in_full(said, found):
    assert list(People(LISTED).named(said)) == found


def test_where_initials_are_wanted_whole_names_are_found_of_whoever_is_known_however_they_are_written():
    people = People(LISTED, ["Nora Traoré"], "initials")
    assert list(people.named("karim BENALI, Benali Karim, Nora Traore, Awa S., Zoé.")) == [
        "karim BENALI",
        "Benali Karim",
        "Nora Traore",
    ]
    assert list(people.named("Inès Martin, que personne ne connaît")) == []


def test_where_nobody_is_to_be_named_every_name_is_found_and_a_first_name_is_a_word():
    people = People(LISTED, wanted="none")
    assert list(people.named("Awa S., Karim Benali, Awa Diallo ; une idée claire, Zoé")) == [
        "Awa S", "Karim Benali", "Awa Diallo",
    ]  # fmt: skip


def test_a_question_names_nobody_where_it_is_not_said_who_asked_and_what_is_found_is_found_once():
    assert "Claire Dumas" in EXAMPLE
    text = EXAMPLE.replace("Prêter", "Avec Claire Dumas, prêter").replace("Qui ", "Claire Dumas demande : qui ")
    network = Network(members=("Claire Dumas",))
    found = [one for one in findings(text, wishes_of(network)) if one.reason == "name"]
    assert found and {one.label[:1] for one in found} == {"Q"} and all(one.words == "Claire Dumas" for one in found)
    named = Network(members=("Claire Dumas",), choices=Choices(names="initials"))
    whole = [one for one in findings(text, wishes_of(named)) if one.reason == "full-name"]
    assert len(whole) == len({(one.label, one.words) for one in whole}) > len(found)
    parts = {(one.label, one.words): one.part for one in whole}
    assert parts["A3", "Claire Dumas"] == "owners" and parts["Q1", "Claire Dumas"] == "text"
    assert not [one for one in findings(text, Wishes()) if one.reason in ("name", "full-name")]
