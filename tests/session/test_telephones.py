"""What telephones sent, as screens and commands see it: it waits, is taken up once, declined, withdrawn."""

from __future__ import annotations

import os

import pytest
from msgspec.structs import replace
from stage import standard_agenda

from facilitator.core.acts import Capture, Close, Start, Undo
from facilitator.core.network import Network
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.telephones import Sent, act_id
from facilitator.meetings.session import Session
from facilitator.meetings.telephones import (
    NotKept,
    decline,
    of_phone,
    receive,
    serving,
    take_up,
    waiting,
    withdraw,
)
from facilitator.store import platform
from facilitator.store.journal import NotSaved
from facilitator.store.telephones import sent_file
from facilitator.store.workspace import Workspace

PHONE = "telephone-of-awa-1"


@pytest.fixture
def session(workspace: Workspace) -> Session:
    made = Session.prepare(workspace, standard_agenda(), Network(), zone="Europe/Paris", language="fr", terminal=True)
    made.act(Start())
    return made


def sent(number: int = 1, kind="question", **parts) -> Sent:
    phone = parts.pop("phone", f"telephone-number-{number}")
    text = {"text": f"Qui paie {number} ?"} if kind in ("question", "need") else {}
    return Sent(f"sent-as-number-{number:04}", kind, phone, 0, **(text | parts))


def test_what_was_received_waits_and_is_in_no_meeting(session):
    receive(session, sent(1))
    (one,) = waiting(session)
    assert (one.number, one.item.text, one.item.kind) == (1, "Qui paie 1 ?", "question")
    assert not session.meeting.of_kind("question")


def test_taken_up_it_is_an_act_that_undo_takes_back(session):
    receive(session, sent(1, by="Awa"))
    done = take_up(session, waiting(session)[0].item, text="Qui paie la salle ?")
    assert done is not None
    assert done.entry is not None
    assert (done.entry.text, done.entry.by) == ("Qui paie la salle ?", "Awa")
    assert waiting(session) == []
    session.act(Undo())
    assert not session.meeting.of_kind("question")
    assert waiting(session) == []


@pytest.mark.parametrize("kind", ["need", "evaluation", "floor"])
def test_each_kind_is_taken_up_as_what_it_is(session, kind):
    receive(session, sent(1, kind, useful=4, keep="le tour") if kind == "evaluation" else sent(1, kind, by="Awa"))
    done = take_up(session, waiting(session)[0].item)
    assert (done is None) == (kind == "floor")
    assert waiting(session) == []
    assert len(session.meeting.of_kind("need")) == (kind == "need")
    assert session.meeting.evaluation.useful == ((0, 0, 0, 1, 0) if kind == "evaluation" else (0,) * 5)


def test_the_same_supports_the_entry_it_is_about(session):
    entry = session.act(Capture("question", Fields(text="Qui paie ?"))).entry
    receive(session, sent(1, "same", entry=entry.id))
    (one,) = waiting(session)
    assert one.entry == entry
    done = take_up(session, one.item)
    assert done is not None
    assert done.entry.same == 1


def test_two_who_take_up_the_same_make_one_act(session):
    receive(session, sent(1))
    other = Session.join(session.workspace, session.meeting.id, terminal=True)
    item = waiting(other)[0].item
    take_up(session, item)
    with pytest.raises(Refused, match="done-already"):
        take_up(other, item)
    with pytest.raises(Refused, match="done-already"):
        decline(other, item)
    assert len(other.refresh().of_kind("question")) == 1
    other.leave()


def test_a_crash_between_the_act_and_its_line_leaves_nothing_waiting(session):
    receive(session, sent(1))
    item = waiting(session)[0].item
    session.act(Capture("question", Fields(text=item.text)), act_id=act_id(item))
    assert waiting(session) == []
    assert of_phone(session, item.phone)[0][1] == "taken"
    with pytest.raises(Refused, match="done-already"):
        take_up(session, item)


def test_an_act_whose_line_cannot_be_kept_counts_once(session, monkeypatch):
    receive(session, sent(1))
    item = waiting(session)[0].item

    def full(*_):
        raise NotSaved("the disk is full", sent_file(session.workspace, session.meeting.id))

    monkeypatch.setattr("facilitator.meetings.telephones.append_sent", full)
    with pytest.raises(NotSaved):
        take_up(session, item)
    assert waiting(session) == []
    with pytest.raises(Refused, match="done-already"):
        take_up(session, item)
    assert len(session.meeting.of_kind("question")) == 1


def test_what_may_be_done_once_is_done_by_the_first_though_the_other_has_not_looked(session):
    other = Session.join(session.workspace, session.meeting.id, terminal=True)
    session.act(Capture("question", Fields(text="Qui ?")), act_id="a" * 24)
    with pytest.raises(Refused, match="done-already"):
        other.act(Capture("question", Fields(text="Qui ?")), act_id="a" * 24)
    with pytest.raises(Refused, match="done-already"):
        session.act(Capture("question", Fields(text="Qui ?")), act_id="a" * 24)
    assert len(other.meeting.of_kind("question")) == 1
    other.leave()


def test_an_item_whose_act_is_refused_waits_on(session):
    receive(session, sent(1, "same", entry="nowhere"))
    with pytest.raises(Refused):
        take_up(session, waiting(session)[0].item)
    assert [one.number for one in waiting(session)] == [1]
    decline(session, waiting(session)[0].item)
    assert waiting(session) == []


def test_numbers_stay_when_one_is_settled(session):
    for number in (1, 2, 3):
        receive(session, sent(number))
    decline(session, waiting(session)[0].item)
    assert [one.number for one in waiting(session)] == [2, 3]


def test_sent_again_it_is_kept_once(session):
    first = receive(session, sent(1))
    assert receive(session, replace(sent(1), text="autre chose")) == first
    assert len(waiting(session)) == 1
    with pytest.raises(NotKept, match="other-sender"):
        receive(session, sent(1, phone="another-telephone"))


def test_a_telephone_withdraws_its_own_alone(session):
    receive(session, sent(1))
    item = waiting(session)[0].item
    assert not withdraw(session, "another-telephone", item.id)
    assert withdraw(session, item.phone, item.id)
    assert waiting(session) == []
    assert not withdraw(session, item.phone, item.id)


def test_what_waits_is_its_owners_to_read_and_in_no_journal(session):
    receive(session, sent(1))
    path = sent_file(session.workspace, session.meeting.id)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.suffix != ".jsonl"
    assert path.parent.parent == session.workspace.private


def test_damaged_lines_are_skipped(session):
    for number in (1, 2, 3):
        receive(session, sent(number))
    path = sent_file(session.workspace, session.meeting.id)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b"paie", b"pais") + b"garbage\n\xff\x00" + lines[2][:-9])
    assert [one.item.text for one in waiting(session)] == ["Qui paie 1 ?"]
    receive(session, sent(4))
    assert [one.item.text for one in waiting(session)] == ["Qui paie 1 ?", "Qui paie 4 ?"]


def test_what_was_written_but_not_synced_is_written_again_before_it_is_acknowledged(session, monkeypatch):
    path, sync = sent_file(session.workspace, session.meeting.id), platform.sync_data
    synced: list[bool] = []

    def broken(fd: int) -> None:
        if not synced:
            synced.append(False)
            raise OSError(5, os.strerror(5))
        synced.append(True)
        sync(fd)

    monkeypatch.setattr("facilitator.store.platform.sync_data", broken)
    with pytest.raises(NotSaved):
        receive(session, sent(1))
    receive(session, sent(1))
    receive(session, sent(1))
    assert synced == [False, True]
    assert len(path.read_bytes().splitlines()) == 2
    assert len(waiting(session)) == 1


def test_what_cannot_be_kept_is_not_acknowledged(session, monkeypatch):
    def full(fd: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("facilitator.store.platform.sync_data", full)
    with pytest.raises(NotSaved):
        receive(session, sent(1))


def test_a_link_in_place_of_the_file_is_not_followed(session, tmp_path):
    target = tmp_path / "target"
    target.write_bytes(b"")
    path = sent_file(session.workspace, session.meeting.id)
    path.parent.mkdir(mode=0o700)
    path.symlink_to(target)
    with pytest.raises(NotSaved):
        receive(session, sent(1))
    assert target.read_bytes() == b""
    assert waiting(session) == []


def test_settled_after_the_close_the_file_is_gone(session):
    receive(session, sent(1))
    session.act(Close("2026-12", session.seen()))
    decline(session, waiting(session)[0].item)
    assert not sent_file(session.workspace, session.meeting.id).parent.exists()


def test_nobody_serves_what_is_not_served(session):
    assert serving(session) is None
