"""Individual needs after the close."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from facilitator.core.records import Record
from facilitator.store import platform, private
from facilitator.store.framing import frame
from facilitator.store.journal import UNREADABLE, NotSaved
from facilitator.store.private import (
    Led,
    append_private,
    finish_private,
    keep_led,
    read_led,
    read_private,
    unreadable_private,
)
from facilitator.store.workspace import Workspace

M = "2026-11-24-roannais"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty directory."""
    return Workspace(tmp_path / "network")


def need(number: str, text: str = "Un rendez-vous", meeting: str = M, *, done: bool = False) -> Record:
    return Record(meeting=meeting, kind="need", number=number, text=text, private=True, done=done)


def test_records_come_back_and_are_private(workspace: Workspace) -> None:
    assert read_private(workspace) == []
    append_private(workspace, [need("S1"), need("S2")])
    append_private(workspace, [need("S1", meeting="2026-12-15-roannais")])
    assert read_private(workspace) == [need("S1"), need("S2"), need("S1", meeting="2026-12-15-roannais")]
    assert stat.S_IMODE(workspace.private_file.stat().st_mode) == 0o600
    assert (workspace.private / ".gitignore").read_text() == "*\n"


def test_a_record_that_could_not_be_read_again_is_not_saved(workspace: Workspace) -> None:
    append_private(workspace, [need("S1")])
    before = workspace.private_file.read_bytes()
    with pytest.raises(NotSaved, match=UNREADABLE):
        append_private(workspace, [need("S2"), msgspec.structs.replace(need("S3"), type=[])])  # type: ignore[arg-type]
    assert workspace.private_file.read_bytes() == before


def test_keeping_the_same_again_writes_nothing_and_undoes_no_follow_up(workspace: Workspace) -> None:
    append_private(workspace, [need("S1")])
    finish_private(workspace, M, "S1")
    before = workspace.private_file.read_bytes()
    append_private(workspace, [need("S1")], meeting=M)
    assert workspace.private_file.read_bytes() == before
    assert read_private(workspace) == [need("S1", done=True)]


def test_a_changed_record_takes_the_place_of_the_one_before(workspace: Workspace) -> None:
    append_private(workspace, [need("S1"), need("S2")])
    finish_private(workspace, M, "S1")
    append_private(workspace, [need("S1", "Deux rendez-vous")])
    assert read_private(workspace) == [need("S1", "Deux rendez-vous"), need("S2")]


def test_what_a_reopened_meeting_no_longer_holds_is_dropped(workspace: Workspace) -> None:
    append_private(workspace, [need("S1"), need("S2"), need("S1", meeting="2026-12-15-roannais")])
    finish_private(workspace, M, "S1")
    append_private(workspace, [need("S2")], meeting=M)
    assert read_private(workspace) == [need("S2"), need("S1", meeting="2026-12-15-roannais")]
    append_private(workspace, [need("S1")])
    assert need("S1") in read_private(workspace)


def test_a_follow_up_is_done_and_no_longer_is(workspace: Workspace) -> None:
    append_private(workspace, [need("S1")])
    assert finish_private(workspace, M, "S1") == need("S1", done=True)
    before = workspace.private_file.read_bytes()
    assert finish_private(workspace, M, "S1") == need("S1", done=True)
    assert workspace.private_file.read_bytes() == before
    assert finish_private(workspace, M, "S1", done=False) == need("S1")
    assert read_private(workspace) == [need("S1")]
    assert finish_private(workspace, M, "S9") is None


def test_lines_that_cannot_be_read_are_kept_and_counted(workspace: Workspace) -> None:
    append_private(workspace, [need("S1")])
    odd = b"junk\n" + frame(b'{"op":"sing"}') + frame(b"[]").replace(b"[]", b"{}") + b"torn"
    with workspace.private_file.open("ab") as file:
        file.write(odd)
    append_private(workspace, [need("S2")])
    assert read_private(workspace) == [need("S1"), need("S2")]
    assert unreadable_private(workspace) == [2, 3, 4, 5]
    assert odd + b"\n" in workspace.private_file.read_bytes()


def test_what_cannot_be_written_is_not_saved(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    append_private(workspace, [need("S1")])

    def fail(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(platform, "sync_data", fail)
    with pytest.raises(NotSaved, match=os.strerror(28)):
        append_private(workspace, [need("S2")])


def test_a_link_is_neither_read_nor_written_through(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "target"
    line = private.KeptPrivate(need("S1"))
    target.write_bytes(frame(msgspec.json.encode(line)))
    workspace.ensure_private()
    workspace.private_file.symlink_to(target)
    before = target.read_bytes()
    with pytest.raises(NotSaved):
        append_private(workspace, [need("S2")])
    assert target.read_bytes() == before


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_what_is_no_file_is_an_error_and_blocks_nobody(workspace: Workspace, make: Callable[[Path], None]) -> None:
    workspace.ensure_private()
    make(workspace.private_file)
    with pytest.raises(OSError, match=r"not a regular file|Is a directory"):
        read_private(workspace)
    with pytest.raises(NotSaved):
        append_private(workspace, [need("S1")])


def test_the_share_that_members_led_is_kept_once_or_not_at_all(workspace: Workspace) -> None:
    keep_led(workspace, Led(M, 600, 3_600))
    before = workspace.private_file.read_bytes()
    keep_led(workspace, Led(M, 600, 3_600))
    assert workspace.private_file.read_bytes() == before
    keep_led(workspace, Led(M, 700, 3_600))
    assert read_led(workspace) == {M: Led(M, 700, 3_600)}
    workspace.private_file.unlink()
    workspace.private_file.mkdir()
    with pytest.raises(NotSaved):
        keep_led(workspace, Led(M, 800, 3_600))
