"""What becomes private leaves what was made of the minutes as well: digests, and pages, tables and mails for other programs."""

from __future__ import annotations

import pytest

SECRET = "Prêter du matériel"
DIGEST = "digests/2026-11.md"


@pytest.fixture
def asked(closed, network):
    """A network that relayed its second question."""
    (network / "facilitator.yaml").write_text("name: Réseau roannais\nscale: epci\nlanguage: fr\n", encoding="utf-8")
    assert closed("send", "Q2", "relay").code == 0
    return closed


def holding(network) -> list[str]:
    kept = {network / ".facilitator/private.jsonl", *network.glob(".facilitator/meetings/*/*.jsonl")}
    files = (path for path in network.rglob("*") if path.is_file() and path not in kept)
    return sorted(path.name for path in files if SECRET.encode() in path.read_bytes())


def test_a_question_leaves_the_digest_that_asks_it(asked, network):
    assert asked("digest").code == 0
    assert SECRET in (network / DIGEST).read_text(encoding="utf-8")
    asked("send", "Q2", "individual")
    assert holding(network) == []
    assert "Nous vous demandons" not in (network / DIGEST).read_text(encoding="utf-8")


def test_a_digest_that_a_person_changed_loses_the_question_alone(asked, network):
    asked("digest")
    path = network / DIGEST
    path.write_text(path.read_text(encoding="utf-8") + "\nBien à vous, Claire\n", encoding="utf-8")
    asked("send", "Q2", "individual")
    assert holding(network) == []
    assert path.read_text(encoding="utf-8").endswith("\nBien à vous, Claire\n")


def test_what_a_person_wrote_or_answered_in_a_digest_stays_and_its_place_is_said(asked, network):
    asked("digest")
    path = network / DIGEST
    changed = path.read_text(encoding="utf-8").replace("Réponse\u00a0:* …", "Réponse\u00a0:* Oui.")
    path.write_text(changed, encoding="utf-8")
    line = next(n for n, text in enumerate(changed.splitlines(), 1) if SECRET in text)
    assert f"{DIGEST}, ligne {line}" in asked("send", "Q2", "individual").err
    assert path.read_text(encoding="utf-8") == changed


def test_whatever_else_becomes_an_individual_need_leaves_the_digest_too(asked, network):
    asked("digest")
    assert "Une charte" in (network / DIGEST).read_text(encoding="utf-8")
    asked("kind", "D1", "individual")
    assert "Une charte" not in (network / DIGEST).read_text(encoding="utf-8")


def test_what_was_made_for_other_programs_and_says_it_is_taken_away_and_named(asked, network):
    for words in (("html",), ("csv",), ("mail",)):
        assert asked(*words).code == 0
    (network / "share/notes.txt").write_text("rien\n", encoding="utf-8")
    said = asked("send", "Q2", "individual").err
    assert sorted(path.name for path in (network / "share").iterdir()) == [".gitignore", "notes.txt"]
    assert all(f"share/2026-11-24-reseau.{ending} disait encore Q2" in said for ending in ("html", "csv", "eml"))


def test_the_same_during_the_meeting(meeting, network):
    meeting("add", "question", f"{SECRET} ?", "--at", "09:31")
    assert meeting("html").code == 0
    assert "share/2026-11-24-reseau.html" in meeting("send", "Q1", "individual", "--at", "09:33").err
    assert holding(network) == []


def test_what_says_nothing_of_it_stays(asked, network):
    asked("html", "2026-12")
    before = sorted((network / "share").iterdir())
    assert asked("send", "Q4", "individual").code == 0
    assert sorted((network / "share").iterdir()) == before
