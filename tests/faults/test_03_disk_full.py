"""The disk is full: nothing is called saved that is not, and it goes on when there is room again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from facilitator.store.journal import NotSaved

from .harness import Table, capture, texts
from .machine import Disk, small_disk

pytestmark = pytest.mark.fault(3)

LIMITED = ("bash", "-c", 'ulimit -f 100; exec "$@"', "--")


@pytest.mark.ci
@pytest.mark.needs("linux")
def test_a_file_that_may_not_grow_any_more_is_followed_by_another(table: Table, count, rounds) -> None:
    """A limit of 100 kB for each file tears lines; the journal goes on in new files and folders."""
    for place in range(rounds(1, 2, 10)):
        meeting = table.begin()
        writer = table.writer(
            meeting, f"limited{place}", "--count", "800", "--size", "2000", "--again", "5", before=LIMITED
        )
        assert writer.wait(60) == 0
        verdict = table.judge(meeting, [writer.log])
        assert verdict.acknowledged == 800
        assert len(list(table.folder.rglob(f"{meeting}/*.jsonl"))) > 3
        count("disk full, file size limit", verdict)


@pytest.mark.needs("mount")
def test_a_full_disk_keeps_what_was_acknowledged_and_says_no_to_the_rest(tmp_path: Path, count, rounds) -> None:
    """Journal and fallback folders are on the disk that fills up; once there is room, the same writer goes on."""
    for place in range(rounds(1, 3, 10)):
        with small_disk(tmp_path / f"disk{place}", "400k") as disk:
            table = Table(disk, logs=tmp_path)
            meeting = table.begin()
            ballast = disk / "ballast"
            ballast.write_bytes(b"x" * 200 * 1024)
            writer = table.writer(meeting, f"full{place}", "--size", "600", "--again", "1000000")
            _wait_for(writer, "not ")
            full = len(writer.acknowledged())
            ballast.unlink()
            _wait_until(lambda writer=writer, full=full: len(writer.acknowledged()) > full)
            writer.kill()
            assert "No space left on device" in "\n".join(writer.said())
            count("disk full, memory disk", table.judge(meeting, [writer.log]))


@pytest.mark.needs("loop", "ext4")
def test_a_full_disk_of_two_megabytes_keeps_what_was_acknowledged(tmp_path: Path, count, rounds) -> None:
    """As above on ext4, whose blocks are promised before they are there."""
    for place in range(rounds(1, 2, 10)):
        disk = Disk(tmp_path, "ext4", 2)
        with disk.plugged() as full:
            table = Table(full, logs=tmp_path)
            meeting = table.begin()
            writer = table.writer(meeting, f"ext4-{place}", "--size", "9000")
            assert writer.wait(60) == 1
        with disk.plugged() as full:
            count("disk full, ext4", Table(full, logs=tmp_path).judge(meeting, [writer.log]))


@pytest.mark.needs("mount")
def test_a_full_disk_is_left_for_the_folder_that_is_named(tmp_path: Path, count) -> None:
    """With room in the user's state folder the meeting goes on there, and the place is named."""
    with small_disk(tmp_path / "disk") as disk:
        table = Table(tmp_path / "user", root=disk / "workspace")
        meeting = table.begin()
        writer = table.writer(meeting, "elsewhere", "--size", "600", "--count", "2000")
        assert writer.wait() == 0
        assert any(str(table.state) in line for line in writer.said() if line.startswith("fallback "))
        verdict = table.judge(meeting, [writer.log])
        assert verdict.acknowledged == 2_000
        count("disk full, fallback folder", verdict)


@pytest.mark.needs("mount")
def test_an_act_that_was_not_saved_can_be_acted_again_as_it_was(tmp_path: Path, monkeypatch) -> None:
    """NotSaved leaves the session usable: the next try, with room, is saved once."""
    with small_disk(tmp_path / "disk", "64k") as disk:
        table = Table(disk, logs=tmp_path).sit_down(monkeypatch)
        session = table.open()
        ballast = disk / "ballast"
        try:
            ballast.write_bytes(b"x" * 128 * 1024)
        except OSError:
            assert ballast.stat().st_size
        with pytest.raises(NotSaved, match="No space left"):
            for place in range(1_000):
                capture(session, f"avant {place} " + "x" * 500)
        ballast.unlink()
        capture(session, "après")
        session.leave()
        found, _ = table.read(session.meeting.id)
        assert texts(found).count("après") == 1


def _wait_for(writer, word: str) -> None:
    _wait_until(lambda: any(line.startswith(word) for line in writer.said()))


def _wait_until(true) -> None:
    until = time.monotonic() + 30
    while not true():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.02)
