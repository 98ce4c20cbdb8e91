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
