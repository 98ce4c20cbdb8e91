"""A monkey at a real terminal: the program in a process of its own, with signals and windows that change."""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
import time
from collections import deque
from pathlib import Path
from random import Random

import pytest
from tui.terminal import Terminal

from facilitator.core.entry import label
from facilitator.meetings.session import Session
from facilitator.share.serving import stop_serving
from facilitator.store.workspace import Workspace

from .fingers import stroke
from .judge import Judge, Mischief
from .test_keys import SHARE, SIZES

A_RUN = 250  # keys
STRAIGHT_AWAY_S = 5.0
# By which it is told to go, besides Ctrl+Q.
GO = (
    signal.SIGTERM,
    signal.SIGHUP,
    signal.SIGUSR1,
    signal.SIGUSR2,
    signal.SIGALRM,
    signal.SIGQUIT,
    signal.SIGINT,
    signal.SIGRTMIN,
)
# A row of a list: in a frame, chosen or not; a message may name a number that is not there.
LABEL = re.compile(r"[│▌] {0,2}([QBDAILSNPCR]\d{1,3}) {2}")

pytestmark = [pytest.mark.timeout(0)]


class Window(Terminal):
    """A terminal whose window changes, and which is not read closely until asked to."""

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def take(self, seconds: float) -> None:
        """Take what comes, without painting it."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and select.select([self.master], [], [], left)[0]:
            try:
                self.received += os.read(self.master, 1 << 16)
            except OSError:
                return

    def begin(self) -> None:
        """Until the program has taken the terminal."""
        until = time.monotonic() + 20
        while b"\x1b[?1049h" not in self.received:
            assert time.monotonic() < until and self.process.poll() is None, self.received[-2000:]
            self.take(0.1)
        self.take(0.5)


@pytest.mark.ci
def test_no_byte_signal_or_window_brings_the_program_down(mischief: Mischief, judge: Judge) -> None:
    left, run = round(mischief.keys * (1 - SHARE)), 0
    while left > 0 or run == 0:
        pressed, run = 0, run + 1
        if mischief.wants(run):
            said: deque[str] = deque(maxlen=80)
            try:
                pressed = _play(Random(f"{mischief.seed}/terminal/{run}"), max(10, min(left, A_RUN)), judge, said, run)
            except BaseException as problem:
                problem.add_note(f"--monkey-seed {mischief.seed} --monkey-run {run}: … {' '.join(said)}")
                raise
            finally:
                _end_serving(Workspace(judge.folder / f"terminal-{run}"))
        left -= pressed or A_RUN
        mischief.done["keys"] += pressed
        mischief.done["runs"] += bool(pressed)


def _play(rng: Random, keys: int, judge: Judge, said: deque[str], run: int) -> int:
    root = judge.folder / f"terminal-{run}"
    root.mkdir()
    environ = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_STATE_HOME", "TMPDIR", "TZ")}
    environ["PYTHONPATH"] = str(Path(__file__).parents[2])
    command = [sys.executable, "-m", "facilitator", "run", "--lang", rng.choice(("fr", "en"))]
    pressed = 0
    while pressed < keys:
        columns, rows = rng.choice(SIZES)
        with Window(command, columns=columns, rows=rows, environ=environ, cwd=root) as window:
            window.begin()
            if rng.random() < 0.8:
                os.write(window.master, b"\x1b[C")
            while pressed < keys and window.process.poll() is None:
                pressed += _befall(rng, window, said)
            _leave(rng, window, said)
            _judge(window, judge, root)
    return pressed


def _end_serving(workspace: Workspace) -> None:
    """The page for telephones outlives the screen that opened it."""
    for name in workspace.meetings():
        session = Session.join(workspace, name, terminal=False)
        stop_serving(session)
        session.leave()


def _befall(rng: Random, window: Window, said: deque[str]) -> int:
    share = rng.random()
    if share < 0.04:
        size = rng.choice(SIZES)
        said.append(f"[{size}]")
        window.resize(*size)
    elif share < 0.07:
        number = rng.choice((signal.SIGCONT, signal.SIGWINCH, signal.SIGSTOP, signal.SIGPIPE))
        said.append(f"[{number.name}]")
        window.signal(number)
        if number == signal.SIGSTOP:
            window.take(0.05)
            window.signal(signal.SIGCONT)
    strokes = [stroke(rng) for _ in range(rng.choice((1, 1, 2, 4, 9)))]
    said.extend(name for name, _ in strokes)
    for name, data in strokes:
        os.write(window.master, data)
        if name == "escape":
            window.take(0.15)  # a moment, or it is the beginning of a sequence
    window.take(0.03)
    return len(strokes)


def _leave(rng: Random, window: Window, said: deque[str]) -> None:
    """It is still there, shows what was saved, and goes when it is told to."""
    if window.process.poll() is not None:
        return
    window.resize(120, 40)
    os.write(window.master, b"\x1b[201~")
    until = time.monotonic() + 20
    for _ in range(4):
        window.take(0.2)
        os.write(window.master, b"\x1b")
    window.screen.reset()
    window.resize(119, 40)
    while not window.text().strip() and time.monotonic() < until and window.process.poll() is None:
        window.read(0.3)
    if window.process.poll() is None:
        assert window.text().strip(), "nothing is painted any more"
        told = rng.choice((None, *GO))
        said.append(f"[{told.name if told else 'ctrl+q'}]")
        if told is None:
            os.write(window.master, b"\x11")
        else:
            window.signal(told)


def _judge(window: Window, judge: Judge, root: Path) -> None:
    shown = window.text()
    assert window.exit_code(STRAIGHT_AWAY_S) == 0, window.text()
    window.take(0.2)
    assert termios.tcgetattr(window.slave)[3] == window.attributes[3]
    assert b"Traceback" not in window.received
    assert judge.reports() == []
    claimed = {
        label(entry.kind, entry.number, language)
        for meeting in judge.meetings(root)
        for entry in meeting.entries.values()
        for language in ("fr", "en")
    }
    assert not set(LABEL.findall(shown)) - claimed, (shown, claimed)
