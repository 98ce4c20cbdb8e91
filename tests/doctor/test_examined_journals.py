"""What an examination says of meetings, by their journals."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace
from stage import standard_agenda

from facilitator.core.acts import Act, Adjourn, Close
from facilitator.core.network import Network
from facilitator.meetings.session import Session
from facilitator.store.folders import fallback_roots, make_private
from facilitator.store.framing import frame, frame_act
from facilitator.store.workspace import Workspace

from .conftest import HOUR_MS, closed, decision, found, held, old


def journal_of(workspace: Workspace, meeting: str):
    return next(workspace.meeting_folder(meeting).glob("cli-*.jsonl"))


def add_file(workspace: Workspace, meeting: str, data: bytes, name: str = "autre"):
    path = workspace.meeting_folder(meeting) / f"{name}.jsonl"
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def newer(version: int) -> bytes:
    act = {"v": version, "id": "x", "n": 1, "writer": "w", "actor": "a@b", "at": 1, "events": [{"type": "sung"}]}
    return frame(json.dumps(act).encode())


def test_a_workspace_with_a_closed_meeting_holds_nothing_to_say(workspace) -> None:
    closed(workspace, decision())
    assert found(workspace) == []


def test_an_empty_workspace_holds_nothing_to_say_and_nothing_is_made_in_it(workspace) -> None:
    assert found(workspace) == []
    assert list(workspace.root.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [(b"bonjour\n", "foreign"), (b"<<<<<<< HEAD\n", "conflict"), (frame(b"{}"), "not-an-act")],
)
def test_an_unreadable_line_is_told_with_its_file_its_number_and_why(workspace, line, reason) -> None:
    meeting = held(workspace).meeting.id
    path = journal_of(workspace, meeting)
    lines = path.read_bytes().count(b"\n")
    path.write_bytes(path.read_bytes() + line)
    (one,) = found(workspace)
    assert (one.code, one.path, one.line, one.meeting) == ("journal-line", path, lines + 1, meeting)
    assert one.values == {"reason": reason}
    assert one.attention


def test_a_last_line_that_is_not_whole_is_told_once_nobody_can_be_writing_it(workspace) -> None:
    meeting = held(workspace).meeting.id
    path = journal_of(workspace, meeting)
    whole = path.read_bytes()
    path.write_bytes(whole + whole.split(b"\n")[0][:-9])
    assert found(workspace) == []
    old(path)
    (one,) = found(workspace)
    assert (one.code, one.line, one.values) == ("journal-line", whole.count(b"\n") + 1, {"reason": "torn"})


def test_a_last_line_that_only_lacks_its_newline_is_whole(workspace) -> None:
    meeting = held(workspace).meeting.id
    path = journal_of(workspace, meeting)
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    old(path)
    assert found(workspace) == []


def test_a_journal_that_is_no_file_is_told_as_a_whole(workspace) -> None:
    meeting = held(workspace).meeting.id
    (workspace.meeting_folder(meeting) / "x.jsonl").mkdir(mode=0o700)
    one = found(workspace, "journal-line")[0]
    assert (one.line, one.values) == (None, {"reason": "not-a-file"})


def test_an_act_of_a_newer_version_and_one_of_an_unknown_type_are_told(workspace) -> None:
    meeting = held(workspace).meeting.id
    path = add_file(workspace, meeting, newer(99) + newer(1))
    told = found(workspace)
    assert [(one.code, one.path, one.line, one.values["type"]) for one in told] == [
        ("journal-unknown", path, 1, "v99"),
        ("journal-unknown", path, 2, "sung"),
    ]
    assert all(one.attention for one in told)


def test_what_cannot_be_read_of_a_published_meeting_asks_for_nothing_any_more(workspace) -> None:
    meeting = closed(workspace, decision())
    add_file(workspace, meeting, b"bonjour\n" + newer(99))
    told = found(workspace)
    assert [one.code for one in told] == ["journal-line", "journal-unknown"]
    assert not any(one.attention for one in told)


def test_an_act_without_effect_is_told_with_whose_it_is_and_why_and_asks_for_nothing(workspace) -> None:
    session = held(workspace)
    start: Act = session.replay.acts[1]
    twice = replace(start, id="twice", n=start.n + 1, writer="autre", actor="karim@salon")
    add_file(workspace, session.meeting.id, frame_act(twice))
    (one,) = found(workspace)
    assert (one.code, one.meeting, one.attention) == ("void-act", session.meeting.id, False)
    assert (one.values["actor"], one.values["reason"]) == ("karim@salon", "already-started")
    assert str(one.values["at"]).endswith(("+01:00", "+02:00"))


def test_acts_that_the_close_had_not_seen_are_counted_with_their_people(workspace) -> None:
    meeting = closed(workspace, decision())
    lines = journal_of(workspace, meeting).read_bytes().splitlines()
    act = json.loads(lines[2])["r"]
    late = [act | {"id": f"late{n}", "writer": "autre", "actor": "karim@salon"} for n in (1, 2)]
    add_file(workspace, meeting, b"".join(frame(json.dumps(one).encode()) for one in late))
    (one,) = found(workspace)
    assert (one.code, one.meeting, one.attention) == ("late-acts", meeting, True)
    assert one.values == {"count": 2, "by": "karim@salon"}


def test_a_close_without_its_publication_is_told(workspace) -> None:
    session = held(workspace)
    session.act(Close(month="2026-12", seen=session.seen()))
    (one,) = found(workspace)
    assert (one.code, one.meeting, one.attention) == ("unfinished-close", session.meeting.id, True)


def test_a_mark_of_a_close_on_a_meeting_that_is_open_is_told(workspace) -> None:
    session = held(workspace)
    workspace.mark_closed(session.meeting.id)
    (one,) = found(workspace, "closed-mark")
    assert one.path == workspace.meeting_folder(session.meeting.id) / "closed"


@pytest.mark.parametrize("said", [(), (Adjourn(),)])
def test_a_live_meeting_is_forgotten_after_twelve_hours(workspace, said) -> None:
    meeting = held(workspace, *said).meeting.id
    assert found(workspace, later_ms=11 * HOUR_MS) == []
    (one,) = found(workspace, later_ms=13 * HOUR_MS)
    assert (one.code, one.meeting, one.values) == ("untouched", meeting, {"hours": 13})


def test_a_meeting_that_has_not_begun_is_not_forgotten(workspace) -> None:
    session = Session.prepare(
        workspace, standard_agenda(), Network(), zone="Europe/Paris", language="fr", terminal=False
    )
    session.act(decision())
    assert session.meeting.state == "ready"
    assert found(workspace, later_ms=13 * HOUR_MS) == []


def test_a_closed_meeting_is_never_forgotten(workspace) -> None:
    closed(workspace)
    assert found(workspace, later_ms=99 * HOUR_MS) == []


def test_two_live_meetings_are_told_and_closed_ones_do_not_count(workspace) -> None:
    closed(workspace)
    first = held(workspace).meeting.id
    assert found(workspace, "several-live") == []
    second = held(workspace).meeting.id
    (one,) = found(workspace, "several-live")
    assert one.values == {"meetings": f"{first}, {second}"}


def test_a_journal_whose_opening_is_gone_is_told(workspace) -> None:
    session = held(workspace, decision())
    path = journal_of(workspace, session.meeting.id)
    path.write_bytes(path.read_bytes().split(b"\n", 1)[1])
    (one,) = found(workspace)
    assert (one.code, one.meeting) == ("no-opening", session.meeting.id)


@pytest.mark.parametrize("place", [0, 1])
def test_a_journal_in_a_fallback_folder_needs_attention_until_its_acts_are_at_home(workspace, place) -> None:
    session = held(workspace, decision())
    meeting = session.meeting.id
    away = fallback_roots(workspace.meetings_folder)[place] / meeting
    make_private(away)
    act = replace(session.replay.acts[-1], id="away", writer="autre", n=session.replay.acts[-1].n + 1, events=())
    (away / "autre.jsonl").write_bytes(frame_act(act))
    (one,) = found(workspace, "fallback-journal")
    assert (one.path, one.meeting, one.attention) == (away, meeting, True)
    assert one.values == {"count": 1, "home": str(workspace.meeting_folder(meeting))}
    add_file(workspace, meeting, frame_act(act))
    (one,) = found(workspace, "fallback-journal")
    assert (one.values["count"], one.attention) == (0, False)
