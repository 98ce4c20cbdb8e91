"""The archive among processes: killed at any moment it is right or made again, and several at once do not spoil it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from many_minutes import write_many

from facilitator.meetings.past import archive_of
from facilitator.store.archive.file import holds
from facilitator.store.workspace import Workspace

pytestmark = pytest.mark.ci

COUNT = 12
# One source at a time, over and over: there is always a change under way.
WRITER = """
import sys
from facilitator.meetings.past import archive_of
from facilitator.store import archive
from facilitator.store.workspace import Workspace
archive._BATCH = 1
workspace = Workspace(sys.argv[1])
rounds = int(sys.argv[2])
print("ready", flush=True)
for turn in range(rounds):
    for path in workspace.minutes_texts():
        path.write_text(path.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with archive_of(workspace) as held:
        if any(notice.reason.startswith("rebuilt") for notice in held.notices):
            sys.exit(str(held.notices[0]))
"""


def writer(workspace: Workspace, rounds: int) -> subprocess.Popen[str]:
    argv = [sys.executable, "-c", WRITER, str(workspace.root), str(rounds)]
    process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    write_many(tmp_path / "minutes", COUNT)
    return Workspace(tmp_path)


@pytest.mark.parametrize("seed", range(6))
def test_a_program_that_is_killed_leaves_it_right(workspace: Workspace, seed: int) -> None:
    with archive_of(workspace) as archive:
        numbers = [(record.meeting, record.number) for record in archive.records()]
    process = writer(workspace, 1_000)
    time.sleep(random.Random(seed).uniform(0.01, 0.5))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert holds(workspace.archive_file)
    for path in workspace.minutes_texts():
        if not path.read_text(encoding="utf-8"):  # the kill came between the two halves of the writer's own write
            path.unlink()
    with archive_of(workspace) as archive:
        assert archive.notices == []
        found = [(record.meeting, record.number) for record in archive.records()]
    assert found == [one for one in numbers if (workspace.minutes_folder / f"{one[0]}.md").exists()]


def test_several_programs_at_once_leave_it_right(workspace: Workspace) -> None:
    with archive_of(workspace) as archive:
        expected = archive.records()
    workspace.archive_file.unlink()
    processes = [writer(workspace, 2) for _ in range(3)]
    told = [process.communicate(timeout=100)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0], told
    assert holds(workspace.archive_file)
    with archive_of(workspace) as archive:
        assert archive.records() == expected
