"""What becomes private leaves what was made of the minutes as well: digests, and pages, tables and mails for other programs."""

from __future__ import annotations

import pytest

from facilitator.i18n import translator
from facilitator.meetings.gating import accept, finding_text, to_look_at
from facilitator.store.workspace import Workspace

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


def test_few_words_are_looked_for_in_what_was_made_of_this_meeting_alone(asked, network):
    asked("html")
    (network / "share/2026-10-13-reseau.html").write_text("Prêter du matériel, une salle ?\n", encoding="utf-8")
    asked("send", "Q4", "individual")
    assert {path.name for path in (network / "share").iterdir()} == {".gitignore", "2026-10-13-reseau.html"}


# What comes back, and what another meeting says of it


@pytest.fixture
def came_back(closed, network):
    """Minutes and letter as an editor, or another clone, had them before a question was taken up individually."""
    kept = [network / "minutes/2026-11-24-reseau.md", network / "newsletter/2026-12.md"]
    before = [path.read_text(encoding="utf-8") for path in kept]
    assert closed("send", "Q2", "individual").code == 0 and holding(network) == []
    for path, text in zip(kept, before, strict=True):
        path.write_text(text, encoding="utf-8")
    return closed


def test_an_older_text_that_came_back_is_found_by_doctor_and_goes_again_on_demand(came_back, network):
    said = came_back("doctor").out
    for name in ("minutes/2026-11-24-reseau.md", "newsletter/2026-12.md"):
        assert f"{name}:" in said and SECRET not in said
    assert said.count("Q2 de 2026-11-24-reseau est gardé privé") == 2
    came_back("send", "Q2", "individual")
    assert holding(network) == []
    assert "gardé privé" not in came_back("doctor").out


def test_what_leaves_the_machine_is_looked_at_for_it(came_back, network):
    workspace, tr = Workspace(network), translator("fr")
    for name in ("minutes/2026-11-24-reseau.md", "newsletter/2026-12.md"):
        (found,) = (one for one in to_look_at(workspace, network / name) if one.reason == "private")
        assert finding_text(tr, found) == "Q2 est gardé privé, et son texte est ici"
        accept(workspace, network / name, [found])
        assert "private" not in {one.reason for one in to_look_at(workspace, network / name)}


def carried_on(closed, network, *words: str) -> str:
    """Carry a question over to a next meeting, which closes with `words` done to it; the id of that meeting."""
    closed("new", "--date", "2026-12-15")
    (path,) = (network / "agendas").glob("2026-12-15*.yaml")
    closed("start", str(path), "--at", "2026-12-15 09:30")
    for one in (("send", "Q1", "drop"), words, ("close",)):
        said = closed(*one, "--at", "2026-12-15 10:00")
        assert said.code == 0, said.err
    return "2026-12-15-rencontre-du-reseau"


def test_a_question_that_was_carried_over_is_named_where_the_next_meeting_says_it(closed, network):
    later = carried_on(closed, network, "send", "Q2", "next")
    said = closed("send", "Q4", "individual", "--meeting", "2026-11-24-reseau").err
    assert f"Q4 est aussi dans minutes/{later}.md, ligne" in said and "Une salle" not in said
    closed("send", "Q2", "individual", "--meeting", later)
    assert "Une salle" not in (network / f"minutes/{later}.md").read_text(encoding="utf-8")
    assert "gardé privé" not in closed("doctor").out


@pytest.mark.parametrize("when", ["before the close", "after it"])
def test_a_question_that_came_from_an_earlier_meeting_is_named_where_that_one_says_it(closed, network, when):
    if when == "before the close":
        closed("new", "--date", "2026-12-15")
        (path,) = (network / "agendas").glob("2026-12-15*.yaml")
        closed("start", str(path), "--at", "2026-12-15 09:30")
        closed("send", "Q1", "drop", "--at", "2026-12-15 09:31")
        closed("send", "Q2", "individual", "--at", "2026-12-15 09:31")
        said = closed("close", "--at", "2026-12-15 10:00").err
    else:
        later = carried_on(closed, network, "send", "Q2", "next")
        said = closed("send", "Q2", "individual", "--meeting", later).err
    assert "est aussi dans minutes/2026-11-24-reseau.md, ligne" in said and "Une salle" not in said
