"""A real terminal for tests: a program in a pseudo-terminal, keys sent to it, and the screen it painted."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pagedown": "\x1b[6~",
    "backspace": "\x7f",
    "ctrl+q": "\x11",
    "ctrl+c": "\x03",
    "ctrl+z": "\x1a",
}


class Terminal:
    """A program on a terminal of `columns` by `rows` cells."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.attributes = termios.tcgetattr(slave)
        self.slave = slave
        self.received = b""
        self.started = time.monotonic()

        def own_terminal() -> None:
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **(environ or {})},
            cwd=cwd,
            preexec_fn=own_terminal,  # noqa: PLW1509  # a controlling terminal, so that hanging up means something
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        for descriptor in (self.master, self.slave):
            try:
                os.close(descriptor)
            except OSError:
                continue

    def read(self, seconds: float) -> bytes:
        """What comes within so many seconds; the screen follows."""
        found = b""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.master], [], [], left)[0]:
                break
            try:
                data = os.read(self.master, 65_536)
            except OSError:
                break
            if not data:
                break
            found += data
            self._answer(data)
            self._stream.feed(data)
        self.received += found
        return found

    def wait_for(self, words: str, seconds: float = 15.0) -> None:
        """Until these words are on the screen; AssertionError with the screen when they do not come."""
        end = time.monotonic() + seconds
        while words not in self.text():
            if time.monotonic() > end:
                raise AssertionError(f"{words!r} is not on the screen:\n{self.text()}")
            self.read(0.05)

    def text(self) -> str:
        """The screen as text."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def type(self, *keys: str, pause: float = 0.05) -> None:
        """Press named keys; what is no name is typed as it is."""
        for key in keys:
            os.write(self.master, KEYS.get(key, key).encode())
            # An escape that is followed at once is the beginning of a sequence.
            self.read(0.2 if key == "esc" else pause)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.process.pid, number)

    def exit_code(self, seconds: float = 5.0) -> int:
        """The exit code, which must come within so many seconds; all that was written until then is read."""
        end = time.monotonic() + seconds
        while self.process.poll() is None:
            assert time.monotonic() < end, "still running:\n" + self.text()
            self.read(0.05)
        while self.read(0.05):
            continue
        return self.process.returncode

    def cpu_seconds(self) -> float:
        """Processor time used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _answer(self, data: bytes) -> None:
        """Say that synchronised output is understood, as good terminals do."""
        if b"\x1b[?2026$p" in data:
            os.write(self.master, b"\x1b[?2026;2$y")
