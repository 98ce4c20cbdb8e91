"""The private notebook, and a person who is forgotten: nothing private of them is left in any file of ours."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from facilitator.store.framing import read_line

SECRETS = ("Revoir son contrat", "06 12 34 56 78", "Mon contrat ?", "Un mot à Claire")


@pytest.fixture
def noted(closed, network):
    """A meeting is closed in which Nora asked two things individually, led a step and spoke; and more was noted of her."""
    assert closed("notebook", "Nora T.", "--add", SECRETS[0], "--when", "2026-12-10").code == 0
    assert closed("notebook", "nora", "--contact", SECRETS[1]).code == 0
    assert closed("notebook", "Karim B.", "--add", "Lui rendre la clé").code == 0
    return closed


def test_what_was_agreed_is_shown_on_this_command_alone(noted):
    said = noted("notebook", "Nora T.")
    assert said.out == (
        "Nora T. : 06 12 34 56 78\n1 · Nora T. · Revoir son contrat · à reprendre le 10 décembre · convenu le 25 novembre\n"
    )
    everyone = noted("notebook").out
    assert "clé" in everyone and "Revoir" in everyone
    for words in (
        ("followups",),
        ("entries",),
        ("followups", "--json"),
        ("minutes", "--stdout"),
        ("newsletter", "--stdout"),
    ):
        assert not any(secret in noted(*words).out for secret in SECRETS[:2]), words


def test_a_note_done_with_is_shown_on_demand(noted):
    assert noted("notebook", "--done", "1").code == 0
    assert "Revoir" not in noted("notebook", "Nora T.").out
    assert [one["done"] for one in noted("notebook", "--all", "--json").json["notes"]] == [True, False]
    assert noted("notebook", "--open", "1").code == 0 and "Revoir" in noted("notebook").out
    assert noted("notebook", "--done", "9").code == 1


@pytest.mark.parametrize(
    "words",
    [("--add", "x"), ("Nora T.", "--when", "10/12"), ("Nora T.", "--add", "x", "--when", "jamais"), ("--done", "²")],
)
def test_what_makes_no_note_is_refused_and_nothing_is_kept(noted, network, words):
    before = (network / ".facilitator/private.jsonl").read_bytes()
    assert noted("notebook", *words).code == 2
    assert (network / ".facilitator/private.jsonl").read_bytes() == before


def test_who_reads_arguments_is_told_of_the_way_that_nobody_reads(noted):
    assert "--add -" in noted("notebook", "Nora T.", "--add", "x").err
    assert "--add -" not in noted("notebook", "Nora T.", "--add", "-", stdin=b"y").err


def held(run) -> None:
    """A second meeting in which Nora speaks in a round, leads, asks what is not signed, leaves a text half typed; closed."""
    for words in (
        ("start", "agenda.yaml", "--at", "2026-12-08 09:30"),
        ("attend", "Nora T.", "--at", "09:31"),
        ("attend", "Awa S.", "--at", "09:31"),
        ("round", "start", "--at", "09:32"),
        ("round", "pass", "--at", "09:33"),
        ("handover", "Nora T.", "--at", "09:35"),
        ("add", "question", "Un mandat ?", "--by", "Nora T.", "--at", "09:36"),
        ("add", "need", "Une salle", "--by", "Nora T.", "--at", "09:36"),
        ("add", "need", "Un mot à Claire", "--by", "Awa S.", "--individual", "--at", "09:37"),
        ("edit", "S1", "--by", "Nora T.", "--at", "09:37"),
        ("add", "need", "Un prêt", "--by", "Awa S.", "--individual", "--at", "09:38"),
        ("answer", "Q1", "Oui.", "--at", "09:38"),
        ("close", "--at", "10:50"),
    ):
        assert run(*words).code == 0, words


def files(folder: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8", errors="replace") for path in folder.rglob("*") if path.is_file()}


def test_no_private_trace_of_a_forgotten_person_is_in_any_file_of_ours(noted, network):
    held(noted)
    (network / ".facilitator/meetings/2026-12-08-reseau/errors.log").write_text("Nora T. parlait\n", encoding="utf-8")
    ours = [network, network.parent / "state"]
    (network.parent / "state/facilitator/crash-1.txt").write_text("KeyError: 'Nora T.'\n", encoding="utf-8")
    before = [text for folder in ours for text in files(folder).values()]
    assert all(any(secret in text for text in before) for secret in SECRETS)
    said = noted("forget", "nora t.")
    assert said.code == 0, said.err
    assert "Son nom reste dans les comptes rendus publiés et dans l’historique git." in said.err
    after = {path: text for folder in ours for path, text in files(folder).items()}
    assert [path for path, text in after.items() if any(secret in text for secret in SECRETS)] == []
    assert not list((network.parent / "state").rglob("crash-*"))
    named = {
        path.relative_to(network).parts[0]
        for path, text in after.items()
        if "Nora" in text and ".facilitator" not in path.parts
    }
    assert named <= {"agenda.yaml", "minutes", "newsletter"}
    for path in network.rglob(".facilitator/meetings/*/*.jsonl"):
        acts = [read_line(line) for line in path.read_bytes().splitlines()]
        assert not any(isinstance(act, str) for act in acts)
        told = [event for act in acts for event in act.events if "Nora" in str(event)]
        # What stands in the minutes: the list of members, an action, a need that is signed.
        assert {type(event).__name__ for event in told} <= {"Open", "Captured"}
        assert not any(getattr(event, "kind", "") in ("individual", "question") for event in told)
    assert "Un prêt" in (network / ".facilitator/private.jsonl").read_text()
    assert "clé" in noted("notebook").out
    assert "Rien de privé" in noted("forget", "Nora T.").err


@pytest.mark.ci
def test_what_was_published_stays_as_it_was_and_can_still_be_changed(noted, network):
    held(noted)
    before = {
        path: text for path, text in files(network).items() if path.suffix == ".md" and ".facilitator" not in path.parts
    }
    assert noted("forget", "Nora T.").code == 0
    assert {path: path.read_text(encoding="utf-8") for path in before} == before
    assert noted("reopen", "--meeting", "2026-12-08-reseau").code == 1
    assert noted("answer", "Q2", "Par écrit.", "--meeting", "2026-11-24-reseau").code == 0
    assert "Par écrit." in (network / "minutes/2026-11-24-reseau.md").read_text(encoding="utf-8")


def test_a_tombstone_stands_for_each_act(noted, network):
    (journal,) = network.glob(".facilitator/meetings/2026-11-24-reseau/*.jsonl")
    before = [json.loads(line)["r"]["id"] for line in journal.read_text().splitlines()]
    assert noted("forget", "Nora T.").code == 0
    after = [json.loads(line)["r"] for line in journal.read_text().splitlines()]
    assert [act["id"] for act in after] == before
    assert {"type": "forgotten"} in [event for act in after for event in act["events"]]


def test_nobody_is_forgotten_while_a_meeting_goes_on(meeting, network):
    assert meeting("attend", "Nora T.", "--at", "09:31").code == 0
    before = files(network)
    said = meeting("forget", "Nora T.")
    assert said.code == 1 and "2026-11-24-reseau" in said.err
    assert files(network) == before


def test_who_bears_a_name_that_begins_alike_is_not_forgotten(noted):
    assert noted("notebook", "Nora Talbot", "--add", "À revoir").code == 0
    assert noted("forget", "Nora T.").code == 0
    assert "À revoir" in noted("notebook").out


def test_a_line_that_cannot_be_read_goes_when_it_names_the_person_and_stays_when_not(noted, network):
    (journal,) = network.glob(".facilitator/meetings/2026-11-24-reseau/*.jsonl")
    kept = network / ".facilitator/private.jsonl"
    for path in (journal, kept):
        path.write_bytes(path.read_bytes() + b'{"c":"0","r":"Nora T. pleure"}\n{"c":"0","r":"\\u00c9lodie P."}\n')
    assert noted("forget", "Nora T.").code == 0
    assert b"pleure" not in journal.read_bytes() + kept.read_bytes()
    assert b"lodie" in journal.read_bytes() and b"lodie" in kept.read_bytes()
    assert noted("forget", "elodie p.").code == 0
    assert noted("forget", "Élodie P.").code == 0
    assert b"lodie" not in kept.read_bytes()


def test_a_note_that_another_program_writes_while_a_person_is_forgotten_is_not_lost(noted, network, monkeypatch):
    """It had the old file open: it writes in the new one."""
    from facilitator.store import platform, private
    from facilitator.store.workspace import Workspace

    workspace, lock = Workspace(network), platform.lock

    def forgetting_meanwhile(fd, **options):
        monkeypatch.setattr(platform, "lock", lock)
        private.forget_private(workspace, lambda one: getattr(one, "person", "") == "Karim B.", lambda _: False)
        return lock(fd, **options)

    monkeypatch.setattr(platform, "lock", forgetting_meanwhile)
    private.append_notebook(workspace, private.Contact("Awa S.", "ici"))
    assert "ici" in noted("notebook", "Awa S.").out
    assert "clé" not in noted("notebook").out


@pytest.mark.ci
def test_who_spoke_for_how_long_changes_nothing_that_is_shared_derived_or_counted(run, network):
    """The same meeting with a round, and without."""
    outs = []
    for told in ((), (("round", "start"), ("round", "pass"))):
        for words in (("start", "agenda.yaml", "--at", "2026-12-08 09:30"), ("attend", "Nora T.", "--at", "09:31")):
            assert run(*words).code == 0
        for minute, words in enumerate(told):
            assert run(*words, "--at", f"09:{32 + minute}").code == 0
        for words in (
            ("add", "question", "Un mandat ?", "--at", "09:40"),
            ("answer", "Q1", "Oui.", "--at", "09:41"),
            ("close", "--at", "10:50"),
        ):
            assert run(*words).code == 0
        asks = (
            ("figures", "--year", "2026"),
            ("figures", "--csv", "--year", "2026"),
            ("figures", "--json", "--year", "2026"),
            ("search",),
            ("brief",),
        )
        texts = [
            path.read_text(encoding="utf-8")
            for name in ("minutes", "newsletter")
            for path in (network / name).iterdir()
        ]
        outs.append([*texts, *(run(*words).out for words in asks)])
        for name in ("minutes", "newsletter", ".facilitator"):
            shutil.rmtree(network / name)
    assert outs[0] == outs[1]
