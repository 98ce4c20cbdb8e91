"""Two files of a meeting whose room is served to telephones: what they sent, and who serves.

Both are in `.facilitator/telephones/`, 0600. `<meeting>.sent` is append-only, framed as a journal, each line on the disk before its telephone is
told; lines that cannot be read are skipped. `<meeting>.serving` is locked by the server while it lives.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import cast

import msgspec
from msgspec import Struct

from facilitator.core.telephones import Line, Sent, cleaned
from facilitator.core.text import MAX_NAME
from facilitator.store import platform
from facilitator.store.door import open_own, read_own, write_all
from facilitator.store.folders import make_private
from facilitator.store.framing import body_of, frame
from facilitator.store.journal import UNREADABLE, NotSaved
from facilitator.store.lines import append_lines
from facilitator.store.workspace import Workspace, is_meeting_id

SENT = ".sent"
SERVING = ".serving"
MAX_SENT_FILE = 64 * 1024 * 1024

_WAIT_S = 2.0
_LOOK_S = 0.3  # somebody who only looks holds the file for less
_MAX_SERVING = 4 * 1024
_decode = msgspec.json.Decoder(Line).decode
_encode = msgspec.json.Encoder().encode
State = tuple[int, int, int, int]


class Serving(Struct, frozen=True):
    """What a running server says of itself: where it is, `http://192.168.1.20:8000`, the code that leads to this meeting, its process.

    `machine` is where that process runs: the folder may be shared.
    """

    address: str
    code: str
    pid: int
    machine: str = ""

    @property
    def url(self) -> str:
        """What a telephone opens."""
        return f"{self.address}/{self.code}"


class Served(Exception):  # said to a person as a fact
    """Somebody serves this meeting already; `by` says who, as far as it is known."""

    def __init__(self, by: Serving | None) -> None:
        super().__init__(by)
        self.by = by


def sent_file(workspace: Workspace, meeting_id: str) -> Path:
    """Where what telephones sent to a meeting waits. Raises ValueError for what is no meeting's name."""
    return _file(workspace, meeting_id, SENT)


def serving_file(workspace: Workspace, meeting_id: str) -> Path:
    """Where the server of a meeting says who it is. Raises ValueError for what is no meeting's name."""
    return _file(workspace, meeting_id, SERVING)


def _file(workspace: Workspace, meeting_id: str, suffix: str) -> Path:
    if not is_meeting_id(meeting_id):
        message = f"not a meeting: {meeting_id!r}"
        raise ValueError(message)
    return workspace.telephones_folder / f"{meeting_id}{suffix}"


def telephones_files(workspace: Workspace) -> list[Path]:
    """The files of all meetings; none where the folder cannot be read."""
    try:
        return sorted(path for path in workspace.telephones_folder.iterdir() if path.suffix in (SENT, SERVING))
    except OSError:
        return []


def sent_state(workspace: Workspace, meeting_id: str) -> State | None:
    """What changes when something is sent or settled; None where there is nothing. One look at the file."""
    try:
        now = os.lstat(sent_file(workspace, meeting_id))
    except (OSError, ValueError):
        return None
    return (now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns)


def read_sent(workspace: Workspace, meeting_id: str) -> list[Line]:
    """The lines that were kept, as they can be read; none where there is no file. Raises OSError when it cannot be read at all."""
    try:
        data = read_own(sent_file(workspace, meeting_id), limit=MAX_SENT_FILE)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [found for line in data.split(b"\n") if (found := _read(line.removesuffix(b"\r"))) is not None]


def append_sent(workspace: Workspace, meeting_id: str, lines: Sequence[Line]) -> None:
    """Keep lines: they are on the disk when this returns. Raises NotSaved."""
    path = sent_file(workspace, meeting_id)
    data = b"".join(frame(_encode(line)) for line in lines)
    if [_read(line) for line in data.splitlines()] != list(lines):
        raise NotSaved(UNREADABLE, path)
    try:
        make_private(path.parent)
        fd = open_own(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
        try:
            platform.lock(
                fd, timeout_s=_WAIT_S
            )  # only for the newline: without it, one write at the end stays one write
            append_lines(fd, path.parent, data)
        finally:
            os.close(fd)
    except OSError as error:
        raise NotSaved(error.strerror or str(error), path) from error


def forget_sent(workspace: Workspace, meeting_id: str) -> None:
    """Delete what telephones sent, and what a server that is gone said of itself; the folder too once nothing is in it. Raises OSError."""
    sent_file(workspace, meeting_id).unlink(missing_ok=True)
    if serving_of(workspace, meeting_id) is None:
        serving_file(workspace, meeting_id).unlink(missing_ok=True)
    with suppress(OSError):
        sent_file(workspace, meeting_id).parent.rmdir()


class Claim:
    """The right to serve a meeting, held while this process lives."""

    def __init__(self, path: Path, fd: int) -> None:
        self.path = path
        self._fd = fd

    def say(self, serving: Serving) -> None:
        """Tell everybody on this machine where it is served. Raises OSError."""
        os.ftruncate(self._fd, 0)
        os.lseek(self._fd, 0, os.SEEK_SET)
        write_all(self._fd, _encode(serving))

    def give_up(self) -> None:
        """Nobody serves any more; the code is dead."""
        with suppress(OSError):
            if platform.SYSTEM.moves_open_files:  # while it is held: the next one who claims makes another
                self.path.unlink()
        os.close(self._fd)
        with suppress(OSError):
            if not platform.SYSTEM.moves_open_files:
                self.path.unlink()


def claim_serving(workspace: Workspace, meeting_id: str) -> tuple[Claim, Serving | None]:
    """The right to serve, and what a server said that was killed: its code is still on the telephones. Raises Served, OSError."""
    path = serving_file(workspace, meeting_id)
    make_private(path.parent)
    fd = open_own(path, os.O_RDWR | os.O_CREAT)
    try:
        held = platform.lock(fd, timeout_s=_LOOK_S) and os.path.samestat(os.fstat(fd), path.lstat())
    except OSError:  # no locks here: whoever is there says so
        held = not _runs(_said(path))
    if not held:
        os.close(fd)
        raise Served(_said(path))
    return Claim(path, fd), _said(path)


def serving_of(workspace: Workspace, meeting_id: str) -> Serving | None:
    """Who serves a meeting now; None when nobody does, whatever one that is gone left."""
    try:
        path = serving_file(workspace, meeting_id)
        fd = open_own(path, os.O_RDWR)
    except (OSError, ValueError):
        return None
    try:
        if platform.lock(fd, shared=True):
            return None
    except OSError:  # no locks here: its number has to tell
        said = _said(path)
        return said if _runs(said) else None
    finally:
        os.close(fd)
    return _said(path)


def _runs(said: Serving | None) -> bool:
    return said is not None and platform.runs(said.pid)


def _said(path: Path) -> Serving | None:
    try:
        said = msgspec.json.decode(read_own(path, limit=_MAX_SERVING), type=Serving)
    except (OSError, msgspec.MsgspecError, ValueError, RecursionError):
        return None
    plain = said.address.isprintable() and said.code.isalnum() and said.code.isascii()
    return said if plain and said.pid > 0 else None


def _read(line: bytes) -> Line | None:
    body = body_of(line)
    if body is None:
        return None
    try:
        found = cast("Line", _decode(body))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    if isinstance(found, Sent):
        return cleaned(found) if len(found.by) <= MAX_NAME else None
    return found
