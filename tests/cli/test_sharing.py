"""`share`, as a person uses it."""

from __future__ import annotations

import subprocess

import pytest


@pytest.fixture
def shared(closed, network, tmp_path, monkeypatch):
    (tmp_path / "gitconfig").write_text(
        "[user]\nname = Claire\nemail = claire@example.org\n[init]\ndefaultBranch = main\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for words in (
        ("init", "-q", "--bare", str(tmp_path / "there.git")),
        ("init", "-q"),
        ("remote", "add", "origin", str(tmp_path / "there.git")),
    ):
        subprocess.run(["git", *words], cwd=network, check=True)
    return closed


def test_documents_are_committed_then_looked_at_then_sent(shared, network):
    assert "2 documents à partager" in shared("share", "--status").out
    assert "Enregistrés dans git" in shared("share").err
    assert shared("share").err.strip() == "Rien à partager : tout est enregistré."
    said = shared("share", "--push")
    assert said.code == 1 and "reporté sans date" in said.err and "--accept" in said.err
    said = shared("share", "--push", "--accept")
    assert said.code == 0 and "Envoyé." in said.err
    assert shared("share", "--status").out.strip() == "Tout est partagé."
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "origin/main"], cwd=network, capture_output=True, text=True, check=True
    )
    assert listed.stdout.split() == ["minutes/2026-11-24-reseau.md", "newsletter/2026-12.md"]


def test_why_nothing_can_be_shared_is_said_in_words(closed):
    said = closed("share")
    assert said.code == 1 and "aucun dépôt git" in said.err and "fatal" not in said.err


def test_what_was_accepted_is_not_shown_again_and_what_changed_is(shared, network):
    assert shared("share").code == 0
    assert "Accepté : Q4" in shared("share", "--push", "--accept").err
    assert shared("edit", "Q4", "--text", "Une grande salle ?").code == 0
    said = shared("share", "--push")
    assert said.code == 1 and "Q4" in said.err and "Accepté" not in said.err
    assert shared("edit", "Q4", "--text", "Une salle ?").code == 0
    assert shared("share", "--push").code == 0


@pytest.mark.parametrize(
    ("spoil", "said", "mend"),
    [
        ((), "reporté sans date", ("edit", "Q4", "--due", "2027-01-12")),
        (("edit", "A1", "--owner", ""), "à prendre", ("edit", "A1", "--owner", "Nora T.")),
        (("edit", "Q4", "--text", "Le 06 12 34 56 78 ?"), "téléphone", ("edit", "Q4", "--text", "Qui ?")),
        (("edit", "A1", "--text", "Écrire à x@example.org"), "adresse", ("edit", "A1", "--text", "Écrire")),
    ],
)
def test_the_command_that_is_named_mends_what_was_found(shared, network, spoil, said, mend):
    if spoil:
        assert shared(*spoil).code == 0
    told = shared("share", "--push").err
    assert said in told and f"facilitator {mend[0]} {mend[1]} {mend[2]}" in told
    assert shared(*mend).code == 0
    assert said not in shared("share", "--push").err


def test_a_close_lists_what_deserves_a_look_and_never_stops(meeting):
    for words in (("add", "action", "Appeler le 06 12 34 56 78"), ("close", "--at", "10:50")):
        said = meeting(*words)
    assert said.code == 0 and "téléphone" in said.err and "à prendre" in said.err
    assert "facilitator edit A1" in said.err
