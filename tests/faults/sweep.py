"""Kill a process at its first system call, at its second, and so on, until it comes to its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .machine import attached

VICTIM = Path(__file__).with_name("victim.py")
CALLS = "openat write fdatasync fsync rename unlink mkdir chmod fchmod flock utimensat close".split()
LIMIT = 1_000


class Victims:
    """Copies of one process, each stopped before it acts."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def act(self, *words: str, kill_at: tuple[str, int] | None = None) -> bool:
        """Let one act; killed at its n-th call of a name, before the call. True when it came to its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()
        pid = int(self._process.stdout.readline())
        if kill_at is None:
            os.kill(pid, signal.SIGCONT)
            return self._ended()
        call, times = kill_at
        with attached(pid, f"trace={call}", f"inject={call}:signal=SIGKILL:when={times}"):
            os.kill(pid, signal.SIGCONT)
            return self._ended()

    def _ended(self) -> bool:
        assert self._process.stdout is not None
        code = int(self._process.stdout.readline())
        assert code in (0, -signal.SIGKILL), f"ended with {code}"
        return code == 0


def points(step: int = 1) -> Iterator[Point]:
    """Every call of every name; a name is done with once a victim came to its end."""
    for call in CALLS:
        for times in range(1, LIMIT, step):
            point = Point(call, times)
            yield point
            if point.ended:
                break
        else:
            message = f"{call} was called more than {LIMIT} times"
            raise AssertionError(message)


@dataclass
class Point:
    """Where to kill, and whether the victim came to its end all the same: there was no such call."""

    call: str
    times: int
    ended: bool = False

    def __str__(self) -> str:
        return f"{self.call} {self.times}"

    def kill(self, process: Victims, *words: str) -> bool:
        """Let a victim act and kill it here; True when it came to its end."""
        self.ended = process.act(*words, kill_at=(self.call, self.times))
        return self.ended


@contextmanager
def victims(environ: dict[str, str], errors: Path) -> Iterator[Victims]:
    """A process that makes victims."""
    with (
        errors.open("wb") as said,
        subprocess.Popen(
            [sys.executable, str(VICTIM)],
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        ) as process,
    ):
        yield Victims(process)
        process.kill()
