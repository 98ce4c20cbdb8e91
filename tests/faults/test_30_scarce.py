"""No descriptors, no inodes, a slow disk, nobody who reads: nothing acknowledged is lost, nothing ends in a traceback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from facilitator.store.half_typed import load_texts

from .harness import Table, capture, few, texts
from .machine import small_disk, strace
from .terminal import Terminal

pytestmark = pytest.mark.fault(30)

FEW = """
import os, resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from facilitator.meetings.session import Session
from facilitator.store.journal import NotSaved
from facilitator.store.workspace import Workspace
from tests.faults.harness import capture
session = Session.join(Workspace(Path(sys.argv[1])), sys.argv[2], terminal=True, actor="claire@laptop")
capture(session, "avant")
taken = []
resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
try:
    while True:
        taken.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass
for left in range(3):
    try:
        capture(session, f"sans {left}")
        print(f"ack sans {left}")
    except NotSaved as error:
        print("not", error.reason)
    os.close(taken.pop())
for fd in taken:
    os.close(fd)
capture(session, "après")
print("ack après")
"""


@pytest.mark.needs("linux")
@pytest.mark.slow
def test_without_descriptors_nothing_is_called_saved_that_is_not(table: Table) -> None:
    """The file that is open goes on being written; once there are descriptors again, so does everything else."""
    meeting = table.begin()
    done = subprocess.run(
        [sys.executable, "-c", FEW, str(table.root), meeting, str(Path(__file__).parents[2])],
        env=table.child_environ(),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-800:]
    said = texts(table.read(meeting)[0])
    acknowledged = [line[4:] for line in done.stdout.splitlines() if line.startswith("ack ")]
    assert acknowledged[-1] == "après"
    assert set(acknowledged) <= set(said)
    assert len(said) == len(set(said))


@pytest.mark.needs("mount")
def test_without_inodes_the_files_that_are_there_go_on(tmp_path: Path, count) -> None:
    """No new file can be made; a command's shared file is written as before."""
    with small_disk(tmp_path / "disk", "4m", nr_inodes="24") as disk:
        table = Table(disk, logs=tmp_path)
        meeting = table.begin()
        table.run("add", "question", "avant").ok()
        with pytest.raises(OSError, match="No space left"):
            for place in range(30):
                (disk / f"plein{place}").touch()
        writer = table.writer(meeting, "plein", "--command", "--count", "100")
        assert writer.wait() == 0
        others = tmp_path / "others.log"
        others.write_text("try avant\n", encoding="utf-8")
        verdict = table.judge(meeting, [writer.log], among=[others])
        assert verdict.acknowledged == 100
        count("no inodes", verdict)


@pytest.mark.needs("strace")
def test_a_slow_disk_is_waited_for_and_nothing_is_said_before(table: Table, count) -> None:
    """With two seconds for each fdatasync, an act takes two seconds; killed meanwhile it was not acknowledged."""
    meeting = table.begin()
    slow = strace("trace=fdatasync", "inject=fdatasync:delay_enter=2000000")
    writer = table.writer(meeting, "slow", before=slow)
    until = time.monotonic() + 20
    while len(writer.acknowledged()) < 2:
        assert time.monotonic() < until
        time.sleep(0.05)
    os.killpg(writer.process.pid, signal.SIGKILL)
    writer.kill()
    assert len([line for line in writer.said() if line.startswith("slow ")]) >= 2
    count("slow disk", table.judge(meeting, [writer.log]))


@pytest.mark.needs("strace", "pty")
def test_a_slow_disk_is_said_on_the_screen_which_goes_on(table: Table) -> None:
    """Two seconds for each sync: the clock runs on, nothing is called saved, and what is typed meanwhile comes after."""
    meeting = table.begin()
    slow = strace("trace=fdatasync,fsync", "inject=fdatasync,fsync:delay_enter=2000000")
    words = [*slow, sys.executable, "-m", "facilitator", "run", "--lang", "fr"]
    with Terminal(words, table.child_environ(TERM="xterm-256color"), table.root) as terminal:
        terminal.wait_for("q question")
        terminal.capture("la première")
        terminal.type("\rla seconde\r")
        terminal.wait_for("Enregistrement…", 1.5)
        clocks, until = set(), time.monotonic() + 1.5
        while time.monotonic() < until:
            terminal.read(0.1)
            shown = terminal.shown()
            clocks.add(tuple(re.findall(r"\d+:\d\d", shown)))
            assert "✓ Q1" not in shown
        assert len(clocks) > 1, clocks
        terminal.wait_for("✓ Q1")  # its file is new: each folder above it is synced too
        terminal.wait_for("✓ Q2")
        assert "Enregistrement…" not in terminal.shown()
        assert texts(table.read(meeting)[0]) == ["la première", "la seconde"]


@pytest.mark.needs("strace", "pty")
def test_letters_are_echoed_while_a_slow_disk_keeps_the_draft(table: Table) -> None:
    """The half-typed text is kept off the path of the keys: no letter waits for the disk, and the last state is what is kept."""
    meeting = table.begin()
    slow = strace("trace=fdatasync,fsync", "inject=fdatasync,fsync:delay_enter=2000000")
    words = [*slow, sys.executable, "-m", "facilitator", "run", "--lang", "fr"]
    with Terminal(words, table.child_environ(TERM="xterm-256color"), table.root) as terminal:
        terminal.wait_for("q question")
        terminal.capture("a")
        for text in ("ab", "abc", "abcd", "abcde", "abcdef"):
            terminal.read(0.5)
            terminal.type(text[-1])
            terminal.wait_for(f" {text} ", 0.5)
        terminal.read(0.9)
        terminal.type("\x11")
        assert terminal.ended(20) == 0
    drafts = [draft.text for draft in load_texts(table.workspace.meeting_folder(meeting))]
    assert drafts == ["abcdef"]


@pytest.mark.needs("linux")
@pytest.mark.slow
@pytest.mark.parametrize("words", few(["status", "entries", "--help", "minutes --stdout", "add note x"]))
def test_a_reader_that_is_gone_or_full_ends_in_no_traceback(table: Table, words: str) -> None:
    """`| head`, a closed output, a full device: an exit code, and what was acknowledged stays so."""
    session = table.open()
    for place in range(5):
        capture(session, f"question {place} " + "x" * 2_000)
    session.leave()
    program = f"{sys.executable} -m facilitator"
    for shell in ("{} | true", "{} >/dev/full", "{} >&-", "{} >&- 2>&-", "{} <&-"):
        done = subprocess.run(
            ["bash", "-c", shell.format(f"{program} {words}")],
            cwd=table.root,
            env=table.child_environ(),
            capture_output=True,
            timeout=20,
            check=False,
        )
        said = (done.stdout + done.stderr).decode()
        assert "Traceback" not in said, (shell, said)
        assert "Exception ignored" not in said, (shell, said)
        assert done.returncode in (0, 1, 2, 141, 120, 32), (shell, done.returncode)


def test_an_interrupted_command_says_nothing_and_leaves_a_whole_journal(table: Table, rounds) -> None:
    """Ctrl+C at any moment: 130 or done, never a traceback, never half an act."""
    meeting = table.begin()
    for place in range(rounds(4, 12, 100)):
        with subprocess.Popen(
            [sys.executable, "-m", "facilitator", "add", "note", f"note {place}"],
            cwd=table.root,
            env=table.child_environ(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            time.sleep(0.04 + place * 0.02)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=10)
        done = texts(table.read(meeting)[0])
        assert done.count(f"note {place}") <= 1
        if process.returncode == 0:
            assert done.count(f"note {place}") == 1
        elif b"Fatal Python error" not in said and (b"in main\n" in said or process.returncode == 130):
            # before, Python itself is still starting
            assert b"Traceback" not in said, said


@pytest.mark.needs("strace", "pty")
def test_on_a_slow_disk_the_screen_says_saved_only_then_and_loses_no_key(table: Table) -> None:
    """While fdatasync takes two seconds the entry is not on the screen; what is typed meanwhile is there after it."""
    table.run("start").ok()
    (meeting,) = table.workspace.meetings()
    slow = strace("trace=fdatasync", "inject=fdatasync:delay_enter=2000000")
    words = [*slow, sys.executable, "-m", "facilitator", "run"]
    with Terminal(words, table.child_environ(TERM="xterm-256color"), table.root) as terminal:
        terminal.wait_for("q question", 30)
        terminal.read(3)
        terminal.type("q")
        terminal.read(0.5)
        terminal.type_as_people_do("lente")
        terminal.wait_for("lente")
        terminal.read(3)
        terminal.type("\r")
        terminal.type_as_people_do("suite")
        terminal.read(0.5)
        assert "Q1" not in terminal.shown()
        terminal.wait_for("Q1", 15)
        assert texts(table.read(meeting)[0]) == ["lente"]
        terminal.wait_for("suite", 15)
        terminal.signal(signal.SIGKILL)
