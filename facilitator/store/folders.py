"""Private folders: where they are, how they are made, and where the journal goes on when its own cannot be written."""

from __future__ import annotations

import errno
import functools
import os
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from facilitator.store import platform
from facilitator.store.door import PRIVATE_FOLDER_MODE, PRIVATE_NAME, Linked, open_own, write_all

_IGNORE = b"*\n"


def state_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where this user's state is kept: `$XDG_STATE_HOME/facilitator`, else below `~/.local/state`."""
    given = environ.get("XDG_STATE_HOME", "")
    return _state_folder(given, "" if os.path.isabs(given) else _home(environ))  # noqa: PTH117  # no path is made for it


@functools.lru_cache(maxsize=8)
def _state_folder(given: str, home: str) -> Path:
    if not home:
        return Path(given) / "facilitator"
    return Path(home) / ".local" / "state" / "facilitator"  # the XDG specification: a relative path is ignored


def home_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's home: `$HOME`, else that of the account."""
    return Path(_home(environ))


def _home(environ: Mapping[str, str]) -> str:
    return environ.get("HOME") or os.path.expanduser("~")  # noqa: PTH111  # never raises, Path.home() does


def fallback_roots(meetings: Path, environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Where the meetings of the folder `meetings` go when it cannot be written; the first is the better place.

    Two workspaces never share one, even when their meetings bear the same name.
    """
    uid = platform.SYSTEM.uid()
    user = platform.user() if uid is None else str(uid)
    state, temporary = os.fspath(state_folder(environ)), os.fspath(platform.temporary_folder())
    best, other = _fallbacks(os.fspath(meetings), state, temporary, user)
    planted = os.path.lexists(other.parent) and not trusted(other.parent)
    return (best,) if planted else (best, other)


@functools.lru_cache(maxsize=32)  # asked for a dozen times in a command, and where links lead is asked of the disk
def _fallbacks(meetings: str, state: str, temporary: str, user: str) -> tuple[Path, Path]:
    mark = f"{crc32(os.fsencode(os.path.realpath(meetings))):08x}"
    return Path(state) / "fallback" / mark, Path(temporary) / f"facilitator-{user}" / mark


class Foreign(PermissionError):  # said as a fact
    """A private folder is somebody else's, who could not read what is written there; nothing was written."""

    def __init__(self, path: Path, owner: str) -> None:
        super().__init__(errno.EPERM, "somebody else's meetings", os.fspath(path))
        self.owner = owner


def refuse_foreign(private: Path) -> None:
    """Raise Foreign unless what this user writes in a private folder is its owner's to read.

    Tried, not guessed: on many file systems whoever writes is written down as the same owner.
    """
    try:
        owner = os.lstat(private).st_uid
    except OSError:
        return
    if platform.SYSTEM.uid() not in (None, owner) and _owner_of_new(private) != owner:
        raise Foreign(private, platform.user_of(owner))


def _owner_of_new(folder: Path) -> int | None:
    """Whose a file is that this user makes in a folder; None when it can make none."""
    path = folder / f".probe-{os.urandom(4).hex()}"
    try:
        fd = open_own(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except OSError:
        return None
    try:
        return os.fstat(fd).st_uid
    finally:
        os.close(fd)
        with suppress(OSError):
            path.unlink()


def trusted(folder: Path) -> bool:
    """True for a folder that nobody else could have planted or can change: ours, and no link."""
    try:
        found = os.lstat(folder)
    except OSError:
        return False
    uid = platform.SYSTEM.uid()
    return stat.S_ISDIR(found.st_mode) and (uid is None or (found.st_uid == uid and not found.st_mode & 0o022))


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder and its missing parents, each durable in its own parent. Raises OSError."""
    if path.is_dir():
        return
    make_folder(path.parent, mode)
    try:
        path.mkdir(mode)
    except FileExistsError:
        if path.is_symlink():
            raise Linked(path) from None
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), os.fspath(path)) from None
    else:
        _hand_over(path)
    platform.sync_folder(path.parent)


def make_private(folder: Path) -> None:
    """Make a private folder: 0700, no link on the way, and a `.gitignore` of `*` before anything else is in it.

    The `.gitignore` is in the `.facilitator` it belongs to, else in the folder itself.
    Raises OSError: Linked for a link, otherwise what the system says.
    """
    root = next((part for part in (folder, *folder.parents) if part.name == PRIVATE_NAME), folder)
    make_folder(root.parent, 0o777 if root.name == PRIVATE_NAME else PRIVATE_FOLDER_MODE)
    parts = [folder]
    while parts[-1] != root:
        parts.append(parts[-1].parent)
    for part in reversed(parts):
        _make_private_one(part)
        if part == root:
            _ignore_all(root)


def safe_name(writer: str) -> str:
    """A writer's name as a part of a file name."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", writer)[:100].strip(".") or "writer"


def sync_chain(folder: Path) -> None:
    """Return once a new file's name, and those of the private folders above it, would survive a power cut."""
    platform.sync_folder(folder)
    for parent in folder.parents[:3]:  # of a meeting: meetings, .facilitator, the workspace
        with suppress(PermissionError):  # above what is ours, a folder may be closed to reading
            platform.sync_folder(parent)


def _hand_over(folder: Path) -> None:
    """Let a new folder that root made be its parent's owner's."""
    if platform.SYSTEM.uid() == 0:
        fd = os.open(folder, os.O_RDONLY | platform.NOFOLLOW | platform.CLOEXEC)
        try:
            platform.hand_over(fd, folder.parent)
        finally:
            os.close(fd)


def _make_private_one(folder: Path) -> None:
    try:
        found = os.lstat(folder)
    except FileNotFoundError:
        make_folder(folder, PRIVATE_FOLDER_MODE)
        found = os.lstat(folder)
    if stat.S_ISLNK(found.st_mode):
        raise Linked(folder)
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), os.fspath(folder))
    if found.st_mode & 0o077:
        try:
            folder.chmod(PRIVATE_FOLDER_MODE)
        except OSError as error:
            # Somebody else's folder, a file system without modes, or one that is read-only: writing will tell.
            if error.errno not in (errno.EPERM, errno.EROFS, errno.EACCES):
                raise


def _ignore_all(root: Path) -> None:
    try:
        fd = open_own(root / ".gitignore", os.O_RDWR | os.O_APPEND | os.O_CREAT)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise Linked(root / ".gitignore") from error
        raise
    try:
        # Everything must be ignored last of all: a later `!name` would let a file through.
        lines = [line for line in os.read(fd, 4096).split() if not line.startswith(b"#")]
        if lines[-1:] != [b"*"]:
            write_all(fd, _IGNORE)
            platform.sync_data(fd)
            platform.sync_folder(root)
    finally:
        os.close(fd)
