"""`telephones`: what waits from the room, taken up or declined by its number."""

from __future__ import annotations

import socket

import pytest

from facilitator.core.telephones import Sent
from facilitator.meetings.session import Session
from facilitator.meetings.telephones import receive
from facilitator.store.workspace import Workspace


@pytest.fixture
def sends(meeting, network):
    """Send as a telephone does, each time as another one."""
    session = Session.join(Workspace(network), Workspace(network).live()[0], terminal=False)
    count = iter(range(1, 99))

    def sends(kind="question", **parts):
        number = next(count)
        receive(session, Sent(f"sent-as-number-{number:04}", kind, f"telephone-number-{number}", 0, **parts))

    yield sends
    session.leave()


def test_what_waits_is_listed_and_counted(meeting, sends):
    sends(text="Qui paie ?", by="Awa")
    sends("floor", by="Nora")
    sends("evaluation", useful=4, keep="le tour")
    said = meeting("telephones")
    assert said.out.splitlines() == [
        "1  question « Qui paie ? » · par Awa",
        "2  demande la parole · par Nora",
        "3  évaluation · utile 4 sur 5 · à garder : le tour",
    ]
    assert meeting("status", "--json").json["counts"]["telephones"] == 3
    assert meeting("telephones", "--json").json[0].keys() == {"number", "kind", "at", "text", "by"}


def test_taken_up_its_words_may_be_mended(meeting, sends):
    sends(text="ki paie ?")
    assert "Qui paie ?" in meeting("telephones", "take", "1", "--text", "Qui paie ?").err
    assert [entry["text"] for entry in meeting("entries", "--json").json] == ["Qui paie ?"]
    assert meeting("undo").code == 0
    assert meeting("telephones", "--json").json == []


def test_me_too_counts_and_a_need_is_public(meeting, sends, network):
    meeting("add", "question", "Qui paie ?", "--at", "09:40")
    (entry,) = Session.join(Workspace(network), Workspace(network).live()[0], terminal=False).meeting.entries
    sends("same", entry=entry)
    assert "moi aussi : Q1 « Qui paie ? »" in meeting("telephones").out
    assert meeting("telephones", "take", "1").code == 0
    sends("need", text="Une salle")
    assert "B1" in meeting("telephones", "take", "2").err


def test_declined_it_is_nowhere(meeting, sends):
    sends(text="Pub !")
    assert "Écarté" in meeting("telephones", "decline", "1").err
    assert meeting("telephones", "--json").json == []
    assert meeting("entries", "--json").json == []
    assert "Rien n’attend sous le numéro 1" in meeting("telephones", "take", "1").err


@pytest.mark.parametrize(
    "words",
    [("take",), ("list", "1"), ("take", "x"), ("decline", "1", "--text", "x"), ("take", "1", "--text", "x")],
)
def test_what_makes_no_sense_is_refused(meeting, sends, words):
    sends("floor")
    said = meeting("telephones", *words)
    assert said.code == 2
    assert len(meeting("telephones", "--json").json) == 1


def test_a_close_tells_what_was_not_taken_up_and_keeps_nothing_of_it(meeting, sends, network):
    sends(text="Trop tard ?")
    assert "1 envoi des téléphones n’a pas été repris" in meeting("close").err
    assert not (network / ".facilitator" / "telephones").exists()
    assert "Trop tard" not in "".join(path.read_text(errors="replace") for path in network.rglob("*") if path.is_file())


def test_a_discarded_meeting_leaves_nothing_that_was_sent(meeting, sends, network):
    sends(text="Essai")
    assert meeting("discard").code == 0
    assert not (network / ".facilitator" / "telephones").exists()


def test_without_network_it_is_said_and_nothing_is_served(meeting, monkeypatch):
    monkeypatch.setattr("facilitator.web.addresses.usual_address", lambda: None)
    said = meeting("room", "--web")
    assert said.code == 1
    assert "pas de réseau" in said.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--address", "::"), "n’est pas une adresse"),
        (("--address", "x"), "n’est pas une adresse"),
        (("--address", "203.0.113.9"), "n’est pas une adresse de cette machine"),
        (("--address", "127.0.0.1", "--port", "0"), "n’est pas un port"),
        (("--address", "127.0.0.1", "--port", "٣"), "n’est pas un port"),
    ],
)
def test_where_nothing_can_be_served_is_said(meeting, words, told):
    said = meeting("room", "--web", *words)
    assert said.code != 0
    assert told in said.err


def test_an_address_is_of_no_use_without_the_web(meeting):
    assert meeting("room", "--address", "127.0.0.1").code == 2


def test_a_port_that_is_taken_is_told(meeting):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = meeting("room", "--web", "--address", "127.0.0.1", "--port", port)
    assert said.code == 1
    assert f"Un autre programme occupe ce port ({port})" in said.err
    assert meeting("status", "--json").json["counts"]["telephones"] == 0


def test_only_a_meeting_that_goes_on_is_opened_to_telephones(meeting):
    name = meeting("status", "--json").json["meeting"]
    assert meeting("close", "--at", "2026-11-24 10:30").code == 0
    assert "Aucune rencontre" in meeting("room", "--web", "--address", "127.0.0.1").err
    assert "publiée" in meeting("room", "--web", "--address", "127.0.0.1", "--meeting", name).err
