"""File systems that fill, turn read-only or lose their power; system calls that fail, kill or take long."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path


def call(*words: str | Path) -> str:
    """Run a tool of the machine; returns what it wrote, raises CalledProcessError."""
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True).stdout


@contextmanager
def mounted(*words: str | Path) -> Iterator[Path]:
    """Mount with these words; the last is the place. Unmounted whatever happens."""
    place = Path(words[-1])
    place.mkdir(parents=True, exist_ok=True)
    call("mount", *words)
    try:
        yield place
    finally:
        unmount(place)


def unmount(place: Path) -> None:
    """Take a file system away, at once if nobody uses it any more, else as soon as nobody does."""
    for _ in range(20):
        with suppress(subprocess.CalledProcessError):
            call("umount", place)
            return
        time.sleep(0.05)
    call("umount", "-l", place)


def small_disk(place: Path, size: str = "256k", **options: str) -> AbstractContextManager[Path]:
    """A disk in memory that is soon full."""
    more = "".join(f",{name}={value}" for name, value in options.items())
    return mounted("-t", "tmpfs", "-o", f"size={size}{more}", "none", place)


class Disk:
    """A disk of its own in a file, whose power can be cut."""

    def __init__(self, folder: Path, kind: str, megabytes: int) -> None:
        self.image = folder / f"{kind}.img"
        self.place = folder / f"{kind}-disk"
        with self.image.open("wb") as file:
            file.truncate(megabytes * 1024 * 1024)
        call(f"mkfs.{kind}", "-q", *(["-f"] if kind == "xfs" else ["-F"]), self.image)

    def plugged(self) -> AbstractContextManager[Path]:
        """The disk, mounted."""
        return mounted("-o", "loop", self.image, self.place)

    def cut(self) -> None:
        """Cut the power: what is not on the disk by now never will be."""
        call("xfs_io", "-x", "-c", "shutdown", self.place)


@contextmanager
def immutable(path: Path) -> Iterator[None]:
    """Nothing in or of this path can be changed, not even by root."""
    call("chattr", "+i", path)
    try:
        yield
    finally:
        call("chattr", "-i", path)


def strace(*expressions: str, paths: Sequence[Path] = (), log: Path | None = None) -> list[str]:
    """The words that run a program under strace with these `-e` expressions."""
    words = ["strace", "-f", "-qq", "-o", str(log or "/dev/null")]
    for path in paths:
        words += ["-P", str(path)]
    for expression in expressions:
        words += ["-e", expression]
    return words


@contextmanager
def attached(pid: int, *expressions: str) -> Iterator[subprocess.Popen[bytes]]:
    """Strace attached to a process that waits; returns once it is."""
    words = ["strace", "-qq", "-o", "/dev/null", "-p", str(pid)]
    for expression in expressions:
        words += ["-e", expression]
    tracer = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 5
        while f"TracerPid:\t{tracer.pid}\n" not in Path(f"/proc/{pid}/status").read_text(encoding="ascii"):
            assert time.monotonic() < until, "strace did not attach"
            time.sleep(0.001)
        yield tracer
    finally:
        tracer.terminate()
        tracer.wait(5)
