"""A meeting that was opened by mistake is put out of the way, while nothing but its opening happened in it."""

from __future__ import annotations

import pytest

from facilitator.core import acts
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace

NAME = "2026-11-24-reseau"


def lies_in(network, folder):
    return sorted(path.name for path in (network / ".facilitator" / folder).glob("*"))


def test_a_meeting_opened_by_mistake_is_out_of_the_way_and_its_agenda_can_be_opened_again(meeting, network):
    assert meeting("minutes").code == 0  # a draft
    said = meeting("discard")
    assert said.code == 0 and NAME in said.err
    assert lies_in(network, "discarded") == [NAME] and lies_in(network, "meetings") == []
    assert list((network / "minutes").glob("*")) == []
    assert "Aucune rencontre" in meeting("status").err
    assert "discarded" not in meeting("doctor").out
    assert meeting("start", "agenda.yaml", "--at", "2026-11-24 09:30").code == 0
    assert meeting("discard").code == 0
    assert lies_in(network, "discarded") == [NAME, f"{NAME}-2"]


def test_what_was_undone_did_not_happen(meeting):
    meeting("add", "note", "Rien", "--at", "09:31")
    assert meeting("discard").code == 1
    assert meeting("undo", "--at", "09:32").code == 0
    assert meeting("discard").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("add", "note", "Une note", "--at", "09:31"),
        ("next", "--at", "09:31"),
        ("attend", "Awa S.", "--at", "09:31"),
        ("adjourn", "--at", "09:31"),
        ("close", "--at", "09:31"),
    ],
)
def test_a_meeting_in_which_something_happened_is_not_discarded(meeting, network, words):
    assert meeting(*words).code == 0
    (journal,) = network.rglob("*.jsonl")
    before = journal.read_bytes()
    said = meeting("discard")
    assert said.code == 1 and NAME in said.err and journal.read_bytes() == before


def test_what_a_hand_wrote_in_the_draft_keeps_the_meeting(meeting, network):
    meeting("minutes")
    (draft,) = (network / "minutes").glob("*.md")
    draft.write_text(draft.read_text() + "\nUne remarque.\n")
    assert meeting("discard").code == 1
    assert "Une remarque." in draft.read_text()


def test_a_meeting_that_a_screen_is_in_is_not_discarded(meeting, network):
    screen = Session.join(Workspace(network), NAME, terminal=True)
    assert screen.journal.claim()
    said = meeting("discard")
    assert said.code == 1 and "Ctrl+Q" in said.err
    screen.act(acts.Pause())
    screen.leave()
    assert meeting("status", "--json").json["state"] == "paused"


def test_a_line_of_the_conversation_discards_nothing(meeting, network):
    said = meeting("run", "--plain", stdin=b"discard\n")
    assert "facilitator discard" in said.out and lies_in(network, "meetings") == [NAME]


def test_what_was_taken_away_does_not_stand_and_keeps_no_meeting(meeting):
    meeting("add", "question", "Une ?", "--at", "09:31")
    meeting("edit", "Q1", "--text", "Une autre ?", "--at", "09:31")
    assert meeting("discard").code == 1
    assert meeting("remove", "Q1", "--at", "09:32").code == 0
    assert meeting("discard").code == 0
