"""The program in a real pseudo-terminal: signals, what is sent while nobody types, a whole meeting by keys."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tui.terminal import Terminal

from facilitator.store.half_typed import load_texts
from facilitator.store.workspace import Workspace

RUN = [sys.executable, "-m", "facilitator", "run", "--lang", "fr"]
DIGITS = """
from textual.app import App
from textual.widgets import Digits
class Bare(App):
    left = 1200
    def compose(self): yield Digits("20:00")
    def on_mount(self): self.set_interval(1, self.tick)
    def tick(self):
        self.left -= 1
        self.query_one(Digits).update(f"{self.left // 60}:{self.left % 60:02}")
Bare().run(mouse=False)
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    root = Path(__file__).parents[2]
    return {
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(root),
        "TZ": "Europe/Paris",
    }


@pytest.fixture
def place(tmp_path: Path) -> Path:
    root = tmp_path / "reseau"
    root.mkdir()
    return root


@pytest.fixture
def terminal(place: Path, environ: dict[str, str]) -> Iterator[Terminal]:
    """A meeting that has begun."""
    with Terminal(RUN, cwd=place, environ=environ) as opened:
        opened.wait_for("commencer")
        opened.type("right")
        opened.wait_for("reste 24")
        yield opened


def texts(place: Path) -> list[str]:
    workspace = Workspace(place)
    return [kept.text for name in workspace.meetings() for kept in load_texts(workspace.meeting_folder(name))]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "number",
    [
        signal.SIGTERM,
        signal.SIGHUP,
        *(pytest.param(one, marks=pytest.mark.ci) for one in (signal.SIGUSR1, signal.SIGQUIT, signal.SIGALRM)),
    ],
)
def test_told_to_go_it_is_out_within_two_seconds_with_the_terminal_restored_and_the_draft_kept(
    terminal: Terminal, place: Path, number: signal.Signals
) -> None:
    terminal.type("q", "Faut-il un man")
    terminal.wait_for("Faut-il un man")
    terminal.signal(number)
    begun = time.monotonic()
    terminal.exit_code(3)
    assert time.monotonic() - begun < 2
    terminal.read(0.3)
    assert b"\x1b[?1049l" in terminal.received
    assert b"\x1b[?25h" in terminal.received
    assert termios.tcgetattr(terminal.slave)[3] == terminal.attributes[3]
    assert texts(place) == ["Faut-il un man"]


@pytest.mark.ci
def test_a_terminal_that_goes_away_ends_the_program(terminal: Terminal, place: Path) -> None:
    terminal.type("q", "Faut-il")
    terminal.read(1.2)
    os.close(terminal.slave)
    os.close(terminal.master)
    assert terminal.process.wait(4) is not None
    assert texts(place) == ["Faut-il"]


@pytest.mark.ci
def test_stopped_and_continued_from_outside_it_still_leaves_when_asked(terminal: Terminal) -> None:
    terminal.signal(signal.SIGSTOP)
    time.sleep(0.5)
    terminal.signal(signal.SIGCONT)
    terminal.read(0.5)
    threads = len(os.listdir(f"/proc/{terminal.process.pid}/task"))  # noqa: PTH208  # a count
    terminal.type("ctrl+q")
    assert terminal.exit_code(4) == 0
    assert threads <= 6


@pytest.mark.ci
def test_a_reader_that_stops_reading_does_not_keep_it_alive(terminal: Terminal, place: Path) -> None:
    terminal.type("q", "Faut-il")
    terminal.read(1.2)
    os.set_blocking(terminal.master, False)
    for _ in range(300):
        try:
            os.write(terminal.master, b"x\x7f" * 200)
        except BlockingIOError:
            break
        time.sleep(0.002)
    terminal.signal(signal.SIGTERM)
    begun = time.monotonic()
    assert terminal.process.wait(4) is not None
    assert time.monotonic() - begun < 2.5
    assert texts(place)


@pytest.mark.ci
def test_leaving_says_that_the_meeting_goes_on(terminal: Terminal) -> None:
    terminal.type("ctrl+q")
    assert terminal.exit_code(4) == 0
    terminal.read(0.3)
    assert "facilitator run" in terminal.text()


def test_killed_it_comes_back_at_the_same_second_with_the_half_typed_text(place: Path, environ: dict[str, str]) -> None:
    with Terminal(RUN, cwd=place, environ=environ) as first:
        first.wait_for("commencer")
        first.type("right")
        first.wait_for("reste 24")
        first.type("q", "Faut-il un man")
        first.read(1.5)
        first.process.kill()
        first.process.wait(5)
    with Terminal(RUN, cwd=place, environ=environ) as second:
        second.wait_for("reste 24:")
        second.wait_for("q le reprend")
        second.type("q")
        second.wait_for("Faut-il un man")


@pytest.mark.ci
def test_while_nobody_types_less_is_sent_than_by_a_bare_clock(terminal: Terminal, environ: dict[str, str]) -> None:
    with Terminal([sys.executable, "-c", DIGITS], environ=environ) as bare:
        bare.read(2)
        terminal.type("q", "Une question", "enter", "esc")
        terminal.read(2)
        before = len(terminal.received), len(bare.received)
        for _ in range(100):
            terminal.read(0.05)
            bare.read(0.05)
        ours, theirs = len(terminal.received) - before[0], len(bare.received) - before[1]
    assert 0 < ours <= theirs


@pytest.mark.ci
def test_what_a_command_adds_shows_within_a_second(terminal: Terminal, place: Path, environ: dict[str, str]) -> None:
    command = [sys.executable, "-m", "facilitator", "add", "action", "Apporter les clés"]
    subprocess.run(command, cwd=place, env={**environ, "LANG": "C.UTF-8"}, check=True, capture_output=True)
    terminal.wait_for("Apporter les clés", 1.0)
