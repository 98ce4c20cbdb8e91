"""Whole files: written so that a reader sees the old or the new one, and read without surprises."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec

from facilitator.store import platform

PRIVATE_MODE = 0o600
MAX_TEXT_FILE = 256 * 1024

_T = TypeVar("_T")

_WAIT_S = 2.0
_STEP_S = 0.005
_STALE_S = 60.0
_SUFFIX = ".facilitator-tmp"


class Outside(PermissionError):  # said as a fact
    """A path leads out of the workspace through a symbolic link; nothing was written."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__(errno.EPERM, "symbolic link out of the workspace", os.fspath(path))


class TooLarge(OSError):
    """A file is larger than anything a person would have written; it was not read."""

    def __init__(self, path: str | os.PathLike[str], limit: int) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG), os.fspath(path))
        self.limit = limit


def write_atomically(
    path: Path,
    data: bytes,
    *,
    mode: int = 0o644,
    inside: Path | None = None,
    look: Callable[[], None] = lambda: None,
) -> None:
    """Replace a file by `data`, durably; missing folders are made.

    A link is written through, unless its real target leaves `inside`: then raises Outside.
    `look` is called just before the new file takes the place of the old one: what it raises leaves the old one there.
    A file that exists keeps its mode, but for `mode=0o600`, which is always obeyed.
    Raises OSError; the old file is then untouched.
    """
    target = Path(os.path.realpath(path))
    if inside is not None:
        check_inside(target, inside, path)
    make_folder(target.parent)
    temporary = target.with_name(f".{target.name[:40]}{_SUFFIX}")
    fd = _open_temporary(temporary, mode)
    try:
        try:
            _keep_mode(fd, target, mode)
            write_all(fd, data)
            platform.sync_data(fd)
            look()
            if platform.SYSTEM.moves_open_files:  # under the lock nobody takes the temporary file for a stale one
                platform.replace(temporary, target)
        finally:
            os.close(fd)
        if not platform.SYSTEM.moves_open_files:
            platform.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    platform.sync_folder(target.parent)


def check_inside(real: Path, folder: Path, path: Path) -> None:
    """Raise Outside when a real path is not below the real `folder`."""
    if not real.is_relative_to(os.path.realpath(folder)):
        raise Outside(path)


def read_file(path: Path, *, limit: int = MAX_TEXT_FILE, follow: bool = True) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; `follow` says whether a link may lead to it.

    Raises TooLarge, and OSError for what is not a file (a pipe would block, a device never ends).
    """
    flags = os.O_RDONLY | platform.NONBLOCK | platform.CLOEXEC | platform.BINARY
    fd = os.open(path, flags if follow else flags | platform.NOFOLLOW)
    try:
        mode = os.fstat(fd).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "not a regular file", os.fspath(path))
        with open(fd, "rb", closefd=False) as file:
            data = file.read(limit + 1)
    finally:
        os.close(fd)
    if len(data) > limit:
        raise TooLarge(path, limit)
    return data


def read_json(path: Path, as_type: type[_T], *, limit: int = MAX_TEXT_FILE, follow: bool = True) -> _T:
    """What the JSON in a file says, read as by `read_file`. Raises OSError; ValueError for anything but JSON of this type."""
    data = read_file(path, limit=limit, follow=follow)
    try:
        return msgspec.json.decode(data, type=as_type)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from error


def write_all(fd: int, data: bytes) -> None:
    """One write of everything; the rest again when the system took only a part."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder and its missing parents, each durable in its own parent. Raises OSError."""
    if path.is_dir():
        return
    make_folder(path.parent, mode)
    try:
        path.mkdir(mode)
    except FileExistsError:
        if not path.is_dir():
            raise
    platform.sync_folder(path.parent)


def _open_temporary(temporary: Path, mode: int) -> int:
    """A new temporary file of a fixed name, locked; one left by a killed process is taken away first."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | platform.NOFOLLOW | platform.CLOEXEC | platform.BINARY
    until = time.monotonic() + _WAIT_S
    while True:
        try:
            fd = os.open(temporary, flags, mode)
        except FileExistsError:
            _take_away_stale(temporary, until)
            continue
        _try_lock(fd)
        if _is(temporary, fd):
            return fd
        os.close(fd)  # taken for a stale one between its birth and its lock


def _take_away_stale(temporary: Path, until: float) -> None:
    try:
        fd = os.open(temporary, os.O_RDWR | platform.NOFOLLOW | platform.NONBLOCK | platform.CLOEXEC)
    except FileNotFoundError:
        return
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        temporary.unlink(missing_ok=True)  # a planted link: the link goes, not what it names
        return
    try:
        stale = _is_stale(fd, until)
        if not stale and time.monotonic() >= until:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN), os.fspath(temporary))
        if stale and platform.SYSTEM.moves_open_files and _is(temporary, fd):
            temporary.unlink(missing_ok=True)
    finally:
        os.close(fd)
    if stale and not platform.SYSTEM.moves_open_files:
        temporary.unlink(missing_ok=True)


def _is_stale(fd: int, until: float) -> bool:
    try:
        return platform.lock(fd, timeout_s=max(0.0, until - time.monotonic()))
    except OSError:  # no locks here: nobody writes a text for that long
        time.sleep(_STEP_S)
        return time.time() - os.fstat(fd).st_mtime > _STALE_S


def _try_lock(fd: int) -> None:
    with suppress(OSError):  # no locks here: two writers at once are then two renames, still never a mixture
        platform.lock(fd, timeout_s=_WAIT_S)


def _is(path: Path, fd: int) -> bool:
    try:
        named, opened = os.lstat(path), os.fstat(fd)
    except FileNotFoundError:
        return False
    return (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)


def _keep_mode(fd: int, target: Path, mode: int) -> None:
    try:
        old = target.stat()
    except FileNotFoundError:
        return
    if mode != PRIVATE_MODE:
        platform.SYSTEM.keep_owner(fd, old)
