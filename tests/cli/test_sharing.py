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


@pytest.mark.ci
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


@pytest.mark.ci
def test_a_push_that_finds_nobody_waits_and_the_next_share_sends_it(shared, tmp_path):
    (tmp_path / "there.git").rename(tmp_path / "gone.git")
    said = shared("share", "--push", "--accept")
    assert said.code == 1 and "share --cancel" in said.err
    assert "1 envoi en attente" in shared("share", "--status").out
    (tmp_path / "gone.git").rename(tmp_path / "there.git")
    assert "Parti" in shared("share").err
    assert shared("share", "--status").out.strip() == "Tout est partagé."


def test_why_nothing_can_be_shared_is_said_in_words(closed):
    said = closed("share")
    assert said.code == 1 and "aucun dépôt git" in said.err and "fatal" not in said.err


@pytest.mark.ci
def test_what_was_accepted_is_not_shown_again_and_what_changed_is(shared, network):
    assert shared("share").code == 0
    assert "Accepté : Q4" in shared("share", "--push", "--accept").err
    assert shared("edit", "Q4", "--text", "Une grande salle ?").code == 0
    said = shared("share", "--push")
    assert said.code == 1 and "Q4" in said.err and "Accepté" not in said.err
    assert shared("edit", "Q4", "--text", "Une salle ?").code == 0
    assert shared("share", "--push").code == 0


@pytest.mark.sampled(1)
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
    assert "facilitator edit A1" in said.err and "facilitator share --accept" in said.err
    said = meeting("share", "--accept")
    assert said.code == 0 and said.err.count("Accepté") == 2
    assert meeting("share", "--accept").err == ""


@pytest.fixture
def repository(network, meeting, tmp_path, monkeypatch):
    """A meeting that is to be closed, in a repository of a network that wants its documents committed then."""
    (tmp_path / "gitconfig").write_text(
        "[user]\nname = Claire\nemail = claire@example.org\n[init]\ndefaultBranch = main\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(network, "init", "-q")
    (network / "facilitator.yaml").write_text("share: { commit: true }\n")
    (network / "notes.txt").write_text("à moi\n")
    git(network, "add", "notes.txt")
    meeting("add", "decision", "Une charte.")
    return network


def git(folder, *words):
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout


def test_a_close_commits_what_it_wrote_where_the_network_wants_that(repository, meeting):
    said = meeting("close", "--at", "10:50")
    assert said.code == 0 and "Enregistrés dans git : minutes/2026-11-24-reseau.md" in said.err
    assert git(repository, "show", "--name-only", "--format=", "HEAD").split() == [
        "minutes/2026-11-24-reseau.md",
        "newsletter/2026-12.md",
    ]
    assert git(repository, "diff", "--cached", "--name-only").split() == ["notes.txt"]


def test_a_commit_that_fails_does_not_stop_the_close(repository, meeting):
    (repository / ".git" / "index.lock").touch()
    said = meeting("close", "--at", "10:50")
    assert said.code == 0 and "Pas enregistré dans git" in said.err and "index.lock" in said.err
    assert (repository / "minutes" / "2026-11-24-reseau.md").exists()
    (repository / ".git" / "index.lock").unlink()
    assert meeting("share").code == 0


def test_without_being_told_to_a_close_commits_nothing(repository, meeting):
    (repository / "facilitator.yaml").write_text("name: Réseau\n")
    assert "git" not in meeting("close", "--at", "10:50").err
    assert subprocess.run(["git", "rev-parse", "HEAD"], cwd=repository, capture_output=True, check=False).returncode


@pytest.mark.ci  # its quick sibling: test_withheld.py
def test_what_is_private_and_came_back_is_not_sent_and_the_way_out_is_said(shared, network):
    path = network / "minutes/2026-11-24-reseau.md"
    before = path.read_text(encoding="utf-8")
    shared("send", "Q2", "individual")
    path.write_text(before, encoding="utf-8")
    said = shared("share", "--push")
    assert said.code == 1 and "Q2 est gardé privé, et son texte est ici" in said.err
    assert "facilitator send Q2 individual --meeting 2026-11-24-reseau" in said.err
