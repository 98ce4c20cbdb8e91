"""A number that was said and then moved: who heard the old one is told, and nothing is done to what has it now."""

from __future__ import annotations

import pytest

from facilitator.core.acts import Act, Captured
from facilitator.core.said import Fields
from facilitator.store.journal import Journal

SAID = "Q1 « Petit » est maintenant Q2"


def earlier(network, text="Grand", kind="question", number=1):
    """The act of somebody elsewhere, who said that number first, arrives."""
    (folder,) = (network / ".facilitator" / "meetings").iterdir()
    with Journal(folder, writer="ailleurs") as journal:
        began = min(act.n for act in journal.read()) + 1
        event = Captured(entry=f"la-{text}", kind=kind, number=number, fields=Fields(text=text))
        journal.append(
            Act(id=f"la-{text}", n=began, writer="ailleurs", actor="karim@riorges", at=began, events=(event,))
        )


def acts(network):
    return sum(path.read_bytes().count(b"\n") for path in network.rglob("meetings/*/*.jsonl"))


@pytest.fixture
def moved(meeting, network):
    """Claire's question was said as Q1, and is Q2 since Karim's arrived."""
    assert "Q1" in meeting("add", "question", "Petit").err
    earlier(network)
    return meeting


@pytest.mark.parametrize(
    "words",
    [
        ("answer", "Q1", "Oui."),
        ("answer", "q 1"),
        ("send", "Q1", "drop"),
        ("done", "Q1"),
        ("edit", "Q1", "--theme", "droits"),
        ("move", "Q1", "2"),
        ("same", "Q1"),
    ],
)
def test_the_first_command_that_names_the_old_number_does_nothing_and_says_so(moved, network, words):
    before = acts(network)
    said = moved(*words)
    assert (said.code, said.out) == (1, "") and said.err.startswith(SAID) and acts(network) == before
    said = moved(*words)
    assert said.code == 0 and acts(network) == before + 1
    held = {one["text"]: one for one in moved("entries", "question", "--json").json}
    assert (held["Grand"]["number"], held["Petit"]["number"]) == ("Q1", "Q2")
    assert (held["Petit"]["answer"], held["Petit"]["outcome"], held["Petit"]["same"]) == (None, None, 0)


def test_the_new_number_and_every_other_is_obeyed_at_once(moved):
    assert moved("same", "Q2").code == 0
    assert moved("add", "need", "Une trame").code == moved("same", "B1").code == 0


def test_somebody_else_is_told_nothing(moved, monkeypatch):
    monkeypatch.setenv("LOGNAME", "nora")
    assert moved("same", "Q1").code == 0


def test_a_number_that_had_moved_when_it_was_said_was_never_another(meeting, network):
    meeting("add", "question", "Petit")
    earlier(network)
    said = meeting("add", "question", "Après")
    assert "Q3" in said.err and meeting("same", "Q3").code == 0
    assert meeting("same", "Q1").code == 1


def test_what_is_private_is_told_by_its_length(meeting, network):
    meeting("add", "need", "Fin de contrat", "--individual")
    earlier(network, "Autre", "individual")
    said = meeting("done", "S1")
    assert said.code == 1 and said.err.startswith("S1 ••• 14 car. est maintenant S2") and "contrat" not in said.err


def test_it_is_told_after_the_close_too(moved, network):
    for words in (("send", "Q2", "drop"), ("send", "Q1", "newsletter")):
        moved(*words)
    moved("send", "Q1", "newsletter")
    assert moved("close").code == 0
    for path in network.rglob("*.heard"):
        path.unlink()
    before = [path.read_bytes() for path in sorted(network.rglob("*.md"))]
    said = moved("answer", "Q1", "Oui.")
    assert said.code == 1 and said.err.startswith(SAID)
    assert [path.read_bytes() for path in sorted(network.rglob("*.md"))] == before
    assert moved("answer", "Q1", "Oui.").code == 0


def test_a_conversation_tells_it_at_once_and_the_first_line_that_names_it_does_nothing(meeting, network, monkeypatch):
    lines = iter(["q Petit", "", "same Q1", "same Q1", "same Q2"])

    def line():
        said = next(lines, None)
        if said == "":
            earlier(network)
        return said

    monkeypatch.setattr("facilitator.cli.typed.line", line)
    said = meeting("run", "--plain").out.splitlines()
    assert [text for text in said if text.startswith(SAID)] == [
        SAID,
        f"{SAID} : rien n’a été fait. Redites-le avec le bon numéro.",
    ]
    held = {one["text"]: one["same"] for one in meeting("entries", "question", "--json").json}
    assert held == {"Grand": 1, "Petit": 1}


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"{"), lambda path: path.write_text('["x"]')])
def test_what_was_told_is_told_again_where_it_cannot_be_read(moved, network, spoil):
    moved("same", "Q1")
    (path,) = network.rglob("*.heard")
    assert path.stat().st_mode & 0o777 == 0o600
    spoil(path)
    assert moved("same", "Q1").code == 1
    assert moved("same", "Q1").code == 0
    assert "heard" not in moved("doctor").out
