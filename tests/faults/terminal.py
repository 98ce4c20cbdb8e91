"""A real pseudo-terminal: a program in it, what it painted, and the ways a terminal goes away."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import pyte


class Terminal:
    """A program in a terminal of its own; its last size wins, everything it wrote is kept.

    One that is not `controlling` sends the program no signal when it goes away.
    """

    def __init__(
        self,
        words: Sequence[str],
        environ: dict[str, str],
        cwd: Path,
        *,
        columns: int = 80,
        rows: int = 24,
        controlling: bool = True,
    ) -> None:
        self.bytes = b""
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.status: int | None = None
        self.pid, self.fd = pty.fork() if controlling else _fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.execvpe(words[0], list(words), environ)
        self.resize(columns, rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
        if self.status is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.ended(5)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.screen.resize(rows, columns)

    def type(self, text: str) -> None:
        """Press these keys."""
        os.write(self.fd, text.encode())

    def type_as_people_do(self, text: str) -> None:
        """Press these keys one after the other."""
        for key in text:
            self.type(key)
            self.read(0.03)

    def capture(self, text: str, key: str = "q") -> None:
        """Open the capture bar and type into it; nothing is entered."""
        self.type(key)
        self.read(0.5)
        self.type_as_people_do(text)
        self.wait_for(text)

    def read(self, seconds: float) -> None:
        """Take what comes for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([self.fd], [], [], left)
            if not ready or not self._take():
                return

    def _take(self) -> bool:
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.bytes += data
        with suppress(Exception):  # what pyte does not know is no fault of the program
            self._stream.feed(data)
        return bool(data)

    def wait_for(self, wanted: str | Callable[[str], bool], seconds: float = 20) -> str:
        """The screen, once it shows this."""
        until = time.monotonic() + seconds
        while True:
            shown = self.shown()
            if wanted in shown if isinstance(wanted, str) else wanted(shown):
                return shown
            assert time.monotonic() < until, f"{wanted!r} never came:\n{shown}"
            self.read(0.05)

    def shown(self) -> str:
        """The screen as lines."""
        return "\n".join(self.screen.display)

    def modes(self) -> list:
        """The line settings of the terminal."""
        return termios.tcgetattr(self.fd)

    def signal(self, number: int) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def close(self) -> None:
        """The terminal vanishes."""
        if self.fd >= 0:
            os.close(self.fd)
            self.fd = -1

    def ended(self, seconds: float) -> int | None:
        """Its exit code (negative: the signal that ended it) once it ended; None when it still lives."""
        until = time.monotonic() + seconds
        while self.status is None and time.monotonic() < until:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            elif self.fd >= 0:
                self.read(0.02)
            else:
                time.sleep(0.02)
        return self.status

    def cpu_seconds(self) -> float:
        """What the program has used of the processor."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _fork() -> tuple[int, int]:
    """As `pty.fork`, in a session of its own that has no controlling terminal."""
    master, slave = pty.openpty()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        for stream in range(3):
            os.dup2(slave, stream)
        os.close(master)
    os.close(slave)
    return pid, master
