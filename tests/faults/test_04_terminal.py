"""The terminal vanishes, hangs up, stalls, is stopped: out within two seconds, nothing half typed is lost, no spin."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from .harness import Table, few, texts
from .terminal import Terminal

pytestmark = [pytest.mark.fault(4), pytest.mark.needs("pty", "linux")]

HALF = "Faut-il un mandat pour"
RUN = [sys.executable, "-m", "facilitator", "run"]
LEFT_ALTERNATE = b"\x1b[?1049l"
CURSOR_SHOWN = b"\x1b[?25h"


@pytest.fixture
def meeting(table: Table) -> str:
    """A meeting that has begun."""
    table.run("start").ok()
    (found,) = table.workspace.meetings()
    return found


def screen(table: Table, **more: object) -> Terminal:
    """The meeting's screen in a terminal."""
    environ = table.child_environ(TERM="xterm-256color")
    return Terminal(RUN, environ, table.root, **more)  # type: ignore[arg-type]


def ready(terminal: Terminal) -> Terminal:
    """The terminal, once the meeting is on it."""
    terminal.wait_for("q question")
    terminal.read(0.3)
    return terminal


@pytest.mark.ci
@pytest.mark.parametrize("how", few(["hang-up", "terminated", "closed", "unheard", "killed"]))
def test_half_typed_text_survives_the_end_of_the_terminal(table: Table, meeting: str, how: str) -> None:
    """Out within two seconds; the next start brings the text back by its key; nothing of it was entered.

    `unheard`: it is closed, and nobody sends SIGHUP, for it was not the program's controlling terminal.
    """
    with ready(screen(table, controlling=how != "unheard")) as terminal:
        terminal.capture(HALF)
        if how == "killed":
            terminal.read(1.6)
        began = time.monotonic()
        {
            "hang-up": lambda: terminal.signal(signal.SIGHUP),
            "terminated": lambda: terminal.signal(signal.SIGTERM),
            "closed": terminal.close,
            "unheard": terminal.close,
            "killed": lambda: terminal.signal(signal.SIGKILL),
        }[how]()
        assert terminal.ended(5) is not None
        assert time.monotonic() - began < 2
        if how in ("hang-up", "terminated"):
            assert LEFT_ALTERNATE in terminal.bytes
            assert CURSOR_SHOWN in terminal.bytes
    assert texts(table.read(meeting)[0]) == []
    with ready(screen(table)) as terminal:
        terminal.type("q")
        terminal.wait_for(HALF)
        terminal.type("\r")
        terminal.wait_for(lambda shown: "Q1" in shown)
    assert texts(table.read(meeting)[0]) == [HALF]


@pytest.mark.slow
def test_line_settings_are_as_before_after_a_hang_up(table: Table, meeting: str) -> None:
    """The shell that follows echoes and reads lines."""
    assert meeting
    with screen(table) as terminal:
        before = terminal.modes()
        ready(terminal)
        assert terminal.modes() != before
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(3) is not None
        assert terminal.modes()[:4] == before[:4]


@pytest.mark.slow
def test_keys_typed_at_once_after_the_key_that_opens_the_bar_are_text(table: Table, meeting: str) -> None:
    """A fast hand, a stalled line: `q` and the sentence come in one piece, and no letter acts on the meeting."""
    with ready(screen(table)) as terminal:
        terminal.type(f"q{HALF}\r")
        terminal.wait_for("Q1")
        terminal.read(0.5)
    found, _ = table.read(meeting)
    assert texts(found) == [HALF]
    assert found.state == "running"


@pytest.mark.slow
def test_lines_that_come_in_a_burst_are_entries_whole_and_in_order(table: Table, meeting: str) -> None:
    """A line that stalled: Enter and the next sentence arrive together, and no letter is lost between them."""
    with ready(screen(table)) as terminal:
        terminal.capture("Une")
        terminal.type("\rDeux\rTrois\r")
        until = time.monotonic() + 10
        while len(texts(table.read(meeting)[0])) < 3 and time.monotonic() < until:
            terminal.read(0.2)
    assert texts(table.read(meeting)[0]) == ["Une", "Deux", "Trois"]


@pytest.mark.slow
def test_a_reader_that_stalls_stops_no_act_and_no_exit(table: Table, meeting: str) -> None:
    """Nobody reads the terminal for a while: what others do is kept, and a hang-up still ends it within two seconds."""
    with ready(screen(table)) as terminal:
        for place in range(30):
            table.run("add", "note", f"pendant {place} " + "x" * 200).ok()
            if place % 10 == 0:
                terminal.resize(80 + place, 24)
        time.sleep(1)
        began = time.monotonic()
        terminal.signal(signal.SIGTERM)
        until = began + 5
        while time.monotonic() < until:
            pid, status = os.waitpid(terminal.pid, os.WNOHANG)
            if pid:
                terminal.status = os.waitstatus_to_exitcode(status)
                break
            time.sleep(0.02)
        assert terminal.status is not None
        assert time.monotonic() - began < 2.5
    assert len(texts(table.read(meeting)[0])) == 30


@pytest.mark.slow
def test_stopped_and_woken_it_works_and_leaves_as_before(table: Table, meeting: str) -> None:
    """SIGSTOP, SIGTSTP and SIGCONT from outside: still one input, still out at once."""
    with ready(screen(table)) as terminal:
        for stop in (signal.SIGSTOP, signal.SIGTSTP, signal.SIGSTOP):
            terminal.signal(stop)
            time.sleep(0.2)
            terminal.signal(signal.SIGCONT)
            terminal.read(0.4)
        threads = len(list(Path(f"/proc/{terminal.pid}/task").iterdir()))
        assert threads <= 5
        terminal.capture("Encore là ?")
        terminal.type("\r")
        terminal.wait_for("Q1")
        terminal.signal(signal.SIGHUP)
        assert terminal.ended(2) is not None
    assert texts(table.read(meeting)[0]) == ["Encore là ?"]


@pytest.mark.slow
def test_it_does_not_spin_when_nothing_happens(table: Table, meeting: str) -> None:
    """Ten seconds of a running clock take less than a tenth of the processor."""
    assert meeting
    with ready(screen(table)) as terminal:
        terminal.read(2)
        before = terminal.cpu_seconds()
        terminal.read(5)
        until = time.monotonic() + 5
        while time.monotonic() < until:
            terminal.read(0.5)
        assert terminal.cpu_seconds() - before < 2


@pytest.mark.parametrize(("columns", "rows"), [(20, 5), (1, 1), (300, 100), (80, 24)])
@pytest.mark.slow
def test_a_window_of_any_size_holds_a_meeting(table: Table, meeting: str, columns: int, rows: int) -> None:
    """Started so, and made so while it runs: a capture is saved, and it leaves."""
    with screen(table, columns=columns, rows=rows) as terminal:
        terminal.read(4)
        terminal.resize(80, 24)
        terminal.read(0.5)
        terminal.resize(columns, rows)
        terminal.read(0.5)
        terminal.type("q")
        terminal.read(0.5)
        terminal.type_as_people_do("petite")
        terminal.read(0.5)
        terminal.type("\r")
        until = time.monotonic() + 10
        while texts(table.read(meeting)[0]) != ["petite"]:
            assert time.monotonic() < until, terminal.shown()
            terminal.read(0.2)
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(3) is not None
        assert b"Traceback" not in terminal.bytes


@pytest.mark.parametrize("term", ["dumb", "", "vt100", "unknown-terminal"])
@pytest.mark.slow
def test_any_terminal_is_met_with_something_that_works(table: Table, meeting: str, term: str) -> None:
    """A dumb one gets the line conversation, or a sentence; none gets a traceback."""
    with Terminal(RUN, table.child_environ(TERM=term), table.root) as terminal:
        terminal.read(4)
        terminal.type_as_people_do("q Une question\r")
        terminal.read(1.5)
        assert b"Traceback" not in terminal.bytes
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(3) is not None
    assert meeting


@pytest.mark.slow
def test_the_line_conversation_ends_with_its_input_and_keeps_what_was_said(table: Table, meeting: str) -> None:
    """`--plain` through a pipe: each line that was answered is saved; the end of the input is no error."""
    done = table.run("run", "--plain", stdin="q Une question @Awa\nb Un besoin\nnext\n").clean()
    assert done.code == 0, done.said
    assert len(texts(table.read(meeting)[0])) == 2
    done = table.run("run", "--plain", stdin="q Une autre").clean()
    assert len(texts(table.read(meeting)[0])) == 3


@pytest.mark.slow
def test_control_bytes_of_others_do_not_reach_the_screen(table: Table, meeting: str) -> None:
    """What arrives by paste and by a synchronised journal while the screen is open."""
    with ready(screen(table)) as terminal:
        terminal.type("q")
        terminal.read(0.5)
        terminal.type("\x1b[200~avant\x1b]52;c;eA==\x07\x9b31mapres\x1b[201~\r")
        terminal.read(1)
        assert b"\x1b]52" not in terminal.bytes
        assert b"\xc2\x9b" not in terminal.bytes
    for text in texts(table.read(meeting)[0]):
        assert "\x1b" not in text


@pytest.mark.slow
def test_a_full_disk_keeps_the_text_in_front_of_the_person(table: Table, meeting: str) -> None:
    """Not saved is said in words, the text stays where it was typed, and is saved when it can be."""
    with ready(screen(table)) as terminal:
        terminal.capture(HALF)
        folders = [table.workspace.meeting_folder(meeting), table.state, table.temporary]
        terminal.read(0.2)
        moved = []
        for folder in folders:
            aside = folder.with_name(f"{folder.name}-aside")
            if folder.exists():
                folder.rename(aside)
                moved.append((aside, folder))
            folder.write_text("", encoding="ascii")
        terminal.type("\r")
        terminal.read(1.5)
        assert HALF in terminal.shown()
        for folder in folders:
            folder.unlink()
        for aside, folder in moved:
            aside.rename(folder)
        terminal.type("\r")
        until = time.monotonic() + 8
        while HALF not in texts(table.read(meeting)[0]):
            assert time.monotonic() < until, terminal.shown()
            terminal.read(0.2)
        terminal.read(0.5)
    assert texts(table.read(meeting)[0]).count(HALF) == 1
