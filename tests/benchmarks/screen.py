"""A program in a pseudo-terminal, everything it sends stamped with the time."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE_S = 30.0
# Asked for by the driver: may frames be sent as a whole? Terminals of today say yes.
_ASKED, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_FRAME_END = b"\x1b[?2026l"
_ESCAPE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_][^\x1b]*\x1b\\|[ -/]*[0-~])")
_SHUTDOWN_S = 3.0


class Screen:
    """A running program and the terminal it paints on; a context manager, which ends it."""

    def __init__(
        self, argv: Sequence[str], *, environ: dict[str, str], cwd: Path, columns: int = 80, rows: int = 24
    ) -> None:
        self.cells = columns * rows
        self._there = threading.Condition()
        self._sent = bytearray()
        self._times: list[tuple[int, float]] = []
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            argv, stdin=slave, stdout=slave, stderr=slave, cwd=cwd, env=environ, start_new_session=True
        )
        os.close(slave)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(_SHUTDOWN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(_SHUTDOWN_S)
        os.close(self._master)

    @property
    def size(self) -> int:
        """Bytes sent so far."""
        with self._there:
            return len(self._sent)

    def type(self, text: str) -> float:
        """Press keys; the moment at which it was done."""
        at = time.perf_counter()
        os.write(self._master, text.encode())
        return at

    def shows(self, *texts: str, since: int = 0) -> float:
        """The moment at which the last of these texts had arrived among what was sent after the first `since` bytes."""
        wanted = [text.encode() for text in texts]
        end = time.monotonic() + PATIENCE_S
        with self._there:
            while True:
                places = [self._sent.find(text, since) for text in wanted]
                if -1 not in places:
                    return self._when(max(place + len(text) for place, text in zip(places, wanted, strict=True)))
                left = end - time.monotonic()
                if left <= 0 or self._process.poll() is not None:
                    raise TimeoutError(f"{texts} not shown; the end of what was: {self.text(since)[-2000:]!r}")
                self._there.wait(min(left, 0.5))

    def settle(self, quiet_s: float) -> None:
        """Wait until nothing was sent for so long."""
        size = -1
        while size != self.size:
            size = self.size
            time.sleep(quiet_s)

    def text(self, since: int = 0) -> str:
        """What was sent, without the controls."""
        return _ESCAPE.sub(b"", bytes(self._sent[since:])).decode(errors="replace")

    def frames(self, since: int = 0) -> list[int]:
        """The cells painted by each frame sent after the first `since` bytes."""
        with self._there:
            data = bytes(self._sent[since:])
        return [len(_ESCAPE.sub(b"", frame).decode(errors="replace")) for frame in data.split(_FRAME_END)[:-1]]

    def erased(self, since: int = 0) -> int:
        """How often the whole screen was erased."""
        return self._sent.count(b"\x1b[2J", since)

    def cpu_s(self) -> float:
        """Processor seconds used so far by all threads, to the nanosecond where the kernel counts them so."""
        tasks = Path(f"/proc/{self._process.pid}/task")
        try:
            spent = [int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()]
        except OSError:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        return sum(spent) / 1e9

    def _when(self, place: int) -> float:
        return next(at for size, at in self._times if size >= place)

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:
                data = b""
            at = time.perf_counter()
            if not data:
                break
            if _ASKED in data:
                os.write(self._master, _ANSWER)
            with self._there:
                self._sent += data
                self._times.append((len(self._sent), at))
                self._there.notify_all()
        with self._there:
            self._there.notify_all()
