"""The power is cut: what was acknowledged is on the disk, documents are the old or the new one."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from .harness import Table, wait_for_an_act
from .machine import Disk

pytestmark = [pytest.mark.fault(2), pytest.mark.needs("loop", "ext4")]

SIZES = {"ext4": 64, "xfs": 320}
KINDS = ["ext4", pytest.param("xfs", marks=pytest.mark.needs("xfs"))]
DOCUMENT = """
import sys
from pathlib import Path
from facilitator.store.atomic import replace_document
path = Path(sys.argv[1])
for version in range(1_000_000):
    replace_document(path.parents[1], path, f"{version}\\n".encode() * (version % 9 * 1000 + 1))
    print(version, flush=True)
"""


def _cut(disk: Disk, logs: Path, name: str, random: Random, *more: str) -> tuple[str, list[Path]]:
    """Begin a meeting, capture in it, cut the power at a random moment; returns the meeting and the logs."""
    with disk.plugged() as place:
        table = Table(place, logs=logs)
        meeting = table.begin()
        writers = [table.writer(meeting, f"{name}-{one}", *more) for one in range(2)]
        wait_for_an_act(writers)
        time.sleep(random.random() * 0.3)
        said = [(writer.log, writer.log.read_bytes()) for writer in writers]
        disk.cut()
        for writer in writers:
            writer.kill()
    for log, before in said:
        _forget_what_was_said_after_the_cut(log, before)
    return meeting, [writer.log for writer in writers]


def _forget_what_was_said_after_the_cut(log: Path, before: bytes) -> None:
    """A machine without power says nothing; XFS, being shut down, lets a sync succeed that wrote nothing."""
    whole = before[: before.rfind(b"\n") + 1]
    later = log.read_bytes()[len(whole) :].splitlines(keepends=True)
    log.write_bytes(whole + b"".join(line for line in later if line.startswith(b"try ")))


@pytest.mark.parametrize("kind", KINDS)
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path, count, rounds, kind: str) -> None:
    """Everything is on the disk that loses power, the fallback folders too; the logs are not."""
    random = Random(kind)
    disk = Disk(tmp_path, kind, SIZES[kind])
    for place in range(rounds(1, 8, 25)):
        meeting, logs = _cut(disk, tmp_path, f"cut{place}", random)
        with disk.plugged() as found:
            count(f"power cut, {kind}", Table(found, logs=tmp_path).judge(meeting, logs))


@pytest.mark.parametrize("kind", KINDS)
def test_a_power_cut_is_noticed_by_these_tests_when_nothing_is_synced(tmp_path: Path, kind: str) -> None:
    """The guard: without fdatasync the same cut loses what was acknowledged, so the test above is not blind."""
    disk = Disk(tmp_path, kind, SIZES[kind])
    meeting, logs = _cut(disk, tmp_path, "guard", Random(kind), "--without-sync")
    with disk.plugged() as found:
        assert Table(found, logs=tmp_path).judge(meeting, logs).lost


@pytest.mark.parametrize("kind", KINDS)
def test_a_power_cut_leaves_the_old_document_or_the_new_one(tmp_path: Path, rounds, kind: str) -> None:
    """A document that is written again and again is whole after the cut, and no older than the last that returned."""
    random = Random(kind)
    disk = Disk(tmp_path, kind, SIZES[kind])
    for _ in range(rounds(1, 5, 25)):
        log = tmp_path / "versions"
        with disk.plugged() as place, log.open("wb") as versions:
            target = place / "minutes.md"
            target.unlink(missing_ok=True)
            process = subprocess.Popen(
                [sys.executable, "-c", DOCUMENT, str(target)], stdout=versions, stderr=subprocess.DEVNULL
            )
            while not log.stat().st_size:
                time.sleep(0.005)
            time.sleep(random.random() * 0.3)
            # Before the cut: XFS lets the fsync of a folder succeed on a file system that is already shut down.
            last = int(log.read_text(encoding="ascii").split("\n")[-2])
            disk.cut()
            process.kill()
            process.wait(10)
        with disk.plugged() as place:
            lines = (place / "minutes.md").read_text(encoding="ascii").splitlines()
        assert len(set(lines)) == 1
        assert len(lines) == int(lines[0]) % 9 * 1000 + 1
        assert int(lines[0]) >= last
