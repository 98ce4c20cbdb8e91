"""One file of a journal, followed from the last offset to the last newline."""

from __future__ import annotations

import errno
import gc
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from facilitator.core.acts import Act
from facilitator.store import platform
from facilitator.store.framing import Reason, Unknown, read_line, rescue

MAX_JOURNAL = 256 * 1024 * 1024

_MANY_LINES = 1_000
_BOM = b"\xef\xbb\xbf"


class Source:
    """What was read of one file so far. Nothing here writes."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        self.unreadable: list[tuple[Path, int, Reason]] = []
        self.unknown: list[tuple[Path, int, str]] = []
        self.refused: Reason | None = None
        self._identity: tuple[int, int] | None = None
        self._offset = 0
        self._size = 0
        self._line = 0

    def moved(self, now: os.stat_result) -> bool:
        """True when the file is another one than before, or shorter: what was read may no longer be there."""
        return self._identity is not None and (self._identity != (now.st_dev, now.st_ino) or now.st_size < self._size)

    def follow(self, now: os.stat_result) -> list[tuple[bytes, Act]]:
        """The lines and acts that are new since the last time. Never raises for what is in the file."""
        if self.moved(now):
            self._identity, self._offset, self._size, self._line = None, 0, 0, 0
            self.unreadable, self.unknown = [], []
        self.refused = _unfit(now)
        if self.refused:
            return []
        if self._identity is not None and now.st_size == self._size:
            return []
        try:
            data = self._read()
        except OSError:
            self.refused = "no-access"
            return []
        self._size = self._offset + len(data)
        return self._take(data)

    def ends_at(self, identity: tuple[int, int], size: int) -> bool:
        """Whether this file, of this size, was read to its end, and its last line is a whole one."""
        return self._identity == identity and self._size == self._offset == size

    def passed(self, line: bytes) -> None:
        """A line of our own went to the end of what was read: it need not be."""
        self._size = self._offset = self._size + len(line)
        self._line += line.count(b"\n")

    def _read(self) -> bytes:
        flags = os.O_RDONLY | platform.NOFOLLOW | platform.NONBLOCK | platform.CLOEXEC | platform.BINARY
        fd = os.open(self.path, flags)
        try:
            now = os.fstat(fd)
            if _unfit(now):  # it may have changed since it was looked at
                raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), self.path)
            with open(fd, "rb", buffering=0, closefd=False) as file:
                file.seek(self._offset)
                data = file.read(max(0, now.st_size - self._offset))  # one that grows all the time has no end
        finally:
            os.close(fd)
        self._identity = (now.st_dev, now.st_ino)
        return data

    def _take(self, data: bytes) -> list[tuple[bytes, Act]]:
        found: list[tuple[bytes, Act]] = []
        *lines, tail = data.split(b"\n")
        with _no_collection(len(lines)):
            self._take_lines(lines, found)
        self._offset += len(data) - len(tail)
        # An editor may have taken the last newline away; a line still being written fails its checksum and waits.
        last = read_line(tail) if tail else None
        if type(last) is Act:
            found.append((tail, last))
        return found

    def _take_lines(self, lines: list[bytes], found: list[tuple[bytes, Act]]) -> None:
        for line in lines:
            self._line += 1
            act = read_line(line)
            if type(act) is Act:
                found.append((line, act))
            else:
                self._take_odd(line, found)

    def _take_odd(self, line: bytes, found: list[tuple[bytes, Act]]) -> None:
        if self._line == 1:
            line = line.removeprefix(_BOM)
        line = line.removesuffix(b"\r")
        if not line:
            return
        act = read_line(line)
        if isinstance(act, Act):
            found.append((line, act))
            return
        if isinstance(act, Unknown):
            self.unknown.append((self.path, self._line, act.type))
            return
        self.unreadable.append((self.path, self._line, act))
        whole = rescue(line)
        saved = read_line(whole) if whole is not None else None
        if whole is not None and isinstance(saved, Act):
            found.append((whole, saved))


@contextmanager
def _no_collection(lines: int) -> Iterator[None]:
    """Half the time of reading a long journal is the collector's looking through acts that all stay."""
    if lines < _MANY_LINES or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _unfit(now: os.stat_result) -> Reason | None:
    if not stat.S_ISREG(now.st_mode):
        return "not-a-file"
    return "too-large" if now.st_size > MAX_JOURNAL else None
