"""What telephones sent and who serves them, on the disk."""

from __future__ import annotations

import os

import pytest

from facilitator.core.telephones import Sent, Settled
from facilitator.store import platform
from facilitator.store.framing import frame
from facilitator.store.journal import NotSaved
from facilitator.store.telephones import (
    Served,
    Serving,
    append_sent,
    claim_serving,
    forget_sent,
    read_sent,
    sent_file,
    sent_state,
    serving_file,
    serving_of,
    telephones_files,
)  # fmt: skip
from facilitator.store.workspace import Workspace

MEETING = "2026-11-24-reseau"
SAID = Serving("http://192.168.1.20:8000", "kxprtm", os.getpid())
ITEM = Sent("sent-as-number-1", "question", "telephone-number-1", 0, "Qui paie ?")


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path)


def test_what_is_kept_is_read_again(workspace):
    lines = [ITEM, Settled(ITEM.id, "taken")]
    assert read_sent(workspace, MEETING) == []
    assert sent_state(workspace, MEETING) is None
    append_sent(workspace, MEETING, lines[:1])
    before = sent_state(workspace, MEETING)
    append_sent(workspace, MEETING, lines[1:])
    assert read_sent(workspace, MEETING) == lines
    assert sent_state(workspace, MEETING) != before


def test_a_line_that_is_ours_but_says_nothing_of_the_sort_is_skipped(workspace):
    append_sent(workspace, MEETING, [ITEM])
    bodies = (b"1", b'{"op":"sent"}', b'{"op":"other"}', b'{"op":"settled","id":"short","how":"taken"}', b"[" * 5_000)
    long = Sent("sent-as-number-2", "floor", "telephone-number-2", 0, by="x" * 81)
    with sent_file(workspace, MEETING).open("ab") as file:
        file.write(b"".join(map(frame, bodies)))
    with pytest.raises(NotSaved, match="read again"):
        append_sent(workspace, MEETING, [long])
    assert read_sent(workspace, MEETING) == [ITEM]


@pytest.mark.parametrize("name", ["../x", "", "a/b"])
def test_what_names_no_meeting_names_no_file(workspace, name):
    with pytest.raises(ValueError, match="not a meeting"):
        sent_file(workspace, name)
    with pytest.raises(ValueError, match="not a meeting"):
        serving_file(workspace, name)
    assert sent_state(workspace, name) is None
    assert serving_of(workspace, name) is None


def test_one_serves_and_says_so_until_it_gives_up(workspace):
    claim, before = claim_serving(workspace, MEETING)
    assert before is None
    claim.say(SAID)
    assert serving_of(workspace, MEETING) == SAID
    assert SAID.url == "http://192.168.1.20:8000/kxprtm"
    assert serving_file(workspace, MEETING).stat().st_mode & 0o777 == 0o600
    with pytest.raises(Served) as served:
        claim_serving(workspace, MEETING)
    assert served.value.by == SAID
    forget_sent(workspace, MEETING)
    assert serving_of(workspace, MEETING) == SAID
    claim.give_up()
    assert serving_of(workspace, MEETING) is None
    assert telephones_files(workspace) == []


def test_what_a_server_that_is_gone_left_serves_nobody_and_tells_its_code(workspace):
    claim, _ = claim_serving(workspace, MEETING)
    claim.say(SAID)
    os.close(claim._fd)
    assert serving_of(workspace, MEETING) is None
    assert telephones_files(workspace) == [serving_file(workspace, MEETING)]
    again, left = claim_serving(workspace, MEETING)
    assert left == SAID
    again.give_up()
    forget_sent(workspace, MEETING)
    assert not workspace.telephones_folder.exists()
    assert telephones_files(workspace) == []


@pytest.mark.parametrize("said", [b"", b"x", b"{}", b'{"address":"http://a\\u001b","code":"k","pid":1}', b'{"address":"a","code":"../x","pid":1}', b'{"address":"a","code":"k","pid":-1}'])  # fmt: skip
def test_what_is_no_address_is_not_told(workspace, said):
    claim, _ = claim_serving(workspace, MEETING)
    serving_file(workspace, MEETING).write_bytes(said)
    assert serving_of(workspace, MEETING) is None
    claim.give_up()


def test_without_locks_the_number_of_the_process_tells(workspace, monkeypatch):
    claim, _ = claim_serving(workspace, MEETING)

    def no_locks(fd, **_):
        raise OSError(95, "no locks here")

    monkeypatch.setattr(platform, "lock", no_locks)
    claim.say(SAID)
    assert serving_of(workspace, MEETING) == SAID
    claim.say(Serving(SAID.address, SAID.code, 2**22 + 5))
    assert serving_of(workspace, MEETING) is None
    claim.say(Serving(SAID.address, "", 1))
    assert serving_of(workspace, MEETING) is None
    second, _ = claim_serving(workspace, MEETING)
    second.say(SAID)
    with pytest.raises(Served):
        claim_serving(workspace, MEETING)
    second.give_up()
    os.close(claim._fd)


def test_the_name_of_an_open_file_is_taken_away_where_only_closed_ones_may_be(workspace, monkeypatch):
    monkeypatch.setattr(platform.SYSTEM, "moves_open_files", False, raising=False)
    claim, _ = claim_serving(workspace, MEETING)
    claim.give_up()
    assert not serving_file(workspace, MEETING).exists()
