"""What an examination says of half-typed texts, private follow-ups and the archive."""

from __future__ import annotations

import pytest

from facilitator.core.acts import Capture, Send
from facilitator.core.said import Fields
from facilitator.core.telephones import Sent
from facilitator.doctor.repair import repair
from facilitator.store.half_typed import KeptText, save_texts
from facilitator.store.telephones import append_sent, sent_file

from .conftest import HOUR_MS, closed, found, held

SECRET = "Awa ne dort plus"


@pytest.mark.parametrize("kind", ["question", "decision", "note"])
def test_a_half_typed_text_is_told_once_its_writer_is_gone(workspace, kind) -> None:
    session = held(workspace, terminal=True)
    save_texts(session.folder, session.writer, KeptText(kind=kind, text="Qui paie la lic"))
    assert found(workspace) == []
    session.leave()
    (one,) = found(workspace)
    assert (one.code, one.meeting, one.attention) == ("half-typed-left", session.meeting.id, True)
    assert one.values == {"writer": session.writer, "kind": kind, "text": "Qui paie la lic"}


@pytest.mark.parametrize(
    "draft",
    [
        KeptText(kind="individual", text=SECRET),
        KeptText(kind="need", text=SECRET),
        KeptText(kind="question", text=f" * {SECRET}"),
        KeptText(kind="answer", text=SECRET),
        KeptText(kind="answer", text=SECRET, entry="unknown"),
        KeptText(kind="other", text=SECRET),
    ],
)
def test_a_text_that_may_be_an_individual_need_is_not_in_the_finding(workspace, draft) -> None:
    session = held(workspace)
    save_texts(session.folder, "karim-salon-1-aa", draft)
    (one,) = found(workspace)
    assert (one.code, one.values["text"]) == ("half-typed-left", None)


@pytest.mark.parametrize(("kind", "shown"), [("individual", None), ("need", None), ("question", "Parce que")])
def test_an_answer_is_shown_only_when_what_it_answers_is_everyones(workspace, kind, shown) -> None:
    session = held(workspace, Capture(kind, Fields(text="Pourquoi ?")))
    (entry,) = (entry.id for entry in session.meeting.of_kind(kind))
    save_texts(session.folder, "karim-salon-1-aa", KeptText(kind="answer", text="Parce que", entry=entry))
    assert found(workspace)[0].values["text"] == shown


def test_an_answer_to_a_question_taken_up_individually_is_not_shown(workspace) -> None:
    session = held(workspace, Capture("question", Fields(text="Pourquoi ?")))
    (entry,) = (entry.id for entry in session.meeting.of_kind("question"))
    session.act(Send(entry, "individual"))
    save_texts(session.folder, "karim-salon-1-aa", KeptText(kind="answer", text=SECRET, entry=entry))
    assert found(workspace)[0].values["text"] is None


def test_all_that_a_writer_left_is_told(workspace) -> None:
    session = held(workspace)
    save_texts(
        session.folder,
        "karim-salon-1-aa",
        KeptText(kind="note", text="abc"),
        [KeptText(kind="individual", text=SECRET)],
    )
    assert [(one.values["kind"], one.values["text"]) for one in found(workspace)] == [
        ("note", "abc"),
        ("individual", None),
    ]


def test_a_writer_who_went_on_in_a_new_file_is_alive(workspace) -> None:
    session = held(workspace, terminal=True)
    save_texts(session.folder, session.writer, KeptText(kind="note", text="abc"))
    own = session.folder / f"{session.writer}.jsonl"
    own.rename(own.with_name(f"{session.writer}-0a1b2c3d.jsonl"))
    assert found(workspace) == []
    session.leave()


def test_an_empty_half_typed_text_is_nothing_to_tell(workspace) -> None:
    session = held(workspace)
    save_texts(session.folder, "karim-salon-1-aa", KeptText(kind="note", text=""))
    assert found(workspace) == []


@pytest.mark.parametrize("data", [b'{"kind":', b'{"kind":"note","text":"","more":' + b"[" * 3_000])
def test_a_half_typed_text_that_cannot_be_read_is_told(workspace, data: bytes) -> None:
    session = held(workspace)
    path = session.folder / "karim.typed"
    path.write_bytes(data)
    path.chmod(0o600)
    assert [(one.code, one.path) for one in found(workspace)] == [("half-typed-unreadable", path)]


def test_a_half_typed_text_of_a_meeting_never_written_is_told_after_twelve_hours(workspace) -> None:
    folder = workspace.texts_folder
    save_texts(folder, "karim-salon-1-aa", KeptText(kind="question", text="Qui"))
    assert found(workspace) == []
    (one,) = found(workspace, later_ms=13 * HOUR_MS)
    assert (one.code, one.meeting, one.values["text"]) == ("half-typed-left", None, "Qui")


def test_an_unreadable_line_of_the_private_follow_ups_is_told_by_its_number_without_its_text(workspace) -> None:
    closed(workspace, Capture("individual", Fields(text=SECRET, by="Awa S.")))
    path = workspace.private_file
    line = path.read_bytes()
    path.write_bytes(line.replace(SECRET.encode(), b"Awa dort bien mieu") + line)
    (one,) = found(workspace)
    assert (one.code, one.path, one.line, one.values) == ("private-line", path, 1, {})


def test_private_follow_ups_that_are_no_file_are_told(workspace) -> None:
    closed(workspace)
    workspace.private_file.mkdir(mode=0o700)
    assert "private-unreadable" in [one.code for one in found(workspace)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b'{"about": {"1": {"format": 99}}}',
        b'{"about": {"1": {"format": 1}}, "sources": {"1": {"path": 3}}}',
        b'{"about": {"1": 3}}',
    ],
)
def test_an_archive_that_would_be_made_again_is_told_and_left_as_it_is(workspace, data) -> None:
    closed(workspace)
    workspace.archive_file.write_bytes(data)
    assert [(one.code, one.path) for one in found(workspace)] == [("archive-broken", workspace.archive_file)]
    assert workspace.archive_file.read_bytes() == data
    assert not list(workspace.private.glob("*.broken*"))


def test_no_archive_at_all_is_nothing_to_tell(workspace) -> None:
    closed(workspace)
    workspace.archive_file.unlink()
    assert found(workspace) == []


def test_an_archive_that_was_put_aside_is_told_and_asks_for_nothing(workspace) -> None:
    closed(workspace)
    aside = workspace.private / "archive.sqlite.broken-2"
    aside.write_bytes(b"{")
    aside.chmod(0o600)
    assert [(one.code, one.path, one.attention) for one in found(workspace)] == [("archive-aside", aside, False)]


@pytest.mark.parametrize("over", [True, False])
def test_what_telephones_sent_to_a_meeting_that_is_over_is_told_and_deleted(workspace, over) -> None:
    session = closed(workspace) if over else held(workspace).meeting.id
    append_sent(workspace, session, [Sent("sent-as-number-1", "question", "telephone-number-1", 0, "Qui ?")])
    told = [one for one in found(workspace) if one.code == "telephones-left"]
    assert [one.path for one in told] == ([sent_file(workspace, session)] if over else [])
    list(repair(workspace, told, now_ms=0))
    assert sent_file(workspace, session).exists() is not over
