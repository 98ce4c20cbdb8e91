"""Whole files, written so that a reader sees the old or the new one, and a killed writer leaves nothing that is shared.

The new file is made 0600 in the workspace's private folder, and renamed to its place. Where the two are on different file
systems it is made in a folder `.facilitator-tmp` beside its place, private and ignored by git as the other is.
What a killed writer left in either is taken away by the next one.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from facilitator.store import platform
from facilitator.store.door import (
    PRIVATE_NAME,
    Folder,
    anchor_of,
    check_document,
    check_file,
    folder_of,
    write_all,
)
from facilitator.store.folders import make_folder, make_private

TEMPORARY = ".facilitator-tmp"  # the end of a temporary file's name, and the folder beside a document

_WAIT_S = 2.0
_STALE_S = 60.0
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL


def replace_document(root: Path, path: Path, data: bytes, *, look: Callable[[], None] = lambda: None) -> None:
    """Replace a document of the workspace `root` by `data`, durably; missing folders are made.

    `look` is called just before the new file takes the place of the old one: what it raises leaves the old one there.
    A file that exists keeps its mode, another one gets that of the umask.
    Raises OSError, Linked for a link at the place or on the way: what was there is then untouched.
    """
    check_document(root, path)
    make_folder(path.parent)
    beside = path.parent / TEMPORARY
    if os.path.lexists(beside):
        sweep(beside)
    _replace(root, path, data, shared=True, look=look)


def replace_own(path: Path, data: bytes) -> None:
    """Replace a file of the program's own by `data`, durably and 0600; its folder exists. Raises as `replace_document`."""
    _replace(anchor_of(path), path, data, shared=False, look=lambda: None)


def sweep(folder: Path) -> None:
    """Take away the temporary files that killed writers left in a folder; what cannot be taken away stays."""
    with suppress(OSError):
        for name in os.listdir(folder):  # noqa: PTH208  # names are enough
            if name.endswith(TEMPORARY):
                take_away(folder / name)


def take_away(path: Path) -> bool:
    """Take away a temporary file that no writer holds; false when one does. Raises OSError."""
    with folder_of(anchor_of(path), path) as folder:
        fd = folder.open(path.name, os.O_RDWR)
        try:
            if not _is_free(fd):
                return False
            if platform.SYSTEM.moves_open_files:  # under its lock: nobody begins to write in it meanwhile
                if not _is(folder, path.name, fd):
                    return False
                folder.unlink(path.name)
        finally:
            os.close(fd)
        if not platform.SYSTEM.moves_open_files:
            folder.unlink(path.name)
    return True


class _Temporary:
    """A file that is being made: its folder, its name there, and the descriptor that holds its lock."""

    def __init__(self, folder: Folder, name: str, fd: int) -> None:
        self.folder = folder
        self.name = name
        self.fd = fd
        self.held = True

    def close(self) -> None:
        """Let go of the file, once."""
        if self.held:
            self.held = False
            os.close(self.fd)


def _places(anchor: Path, path: Path, *, shared: bool) -> tuple[Path, ...]:
    """Where a new file may be made, the best place first."""
    if anchor == path.parent and not shared:  # outside any workspace: a folder of this user's own
        return (anchor,)
    return (anchor / PRIVATE_NAME, path.parent / TEMPORARY if shared else path.parent)


def _replace(anchor: Path, path: Path, data: bytes, *, shared: bool, look: Callable[[], None]) -> None:
    """Make the new file in the first place that takes it and from which it can be renamed."""
    places = _places(anchor, path, shared=shared)
    with folder_of(anchor, path) as folder:
        _there(folder, path)
        for place in places:  # pragma: no branch  # the last place is written in, or its failure raised
            last = place == places[-1]
            with ExitStack() as leaving:
                try:
                    temporary = leaving.enter_context(_temporary(anchor, place, own=place == path.parent))
                except OSError:
                    if last:
                        raise
                    continue
                try:
                    write_all(temporary.fd, data)
                    _take_place(temporary, folder, path, shared=shared, look=look)
                except OSError as error:
                    if last or error.errno != errno.EXDEV:
                        raise
                    continue
            platform.sync_folder(path.parent)
            return


def _there(folder: Folder, path: Path) -> os.stat_result | None:
    """The file that stands at a place; None when nothing does. Raises OSError for what is no file."""
    try:
        now = folder.lstat(path.name)
    except FileNotFoundError:
        return None
    check_file(now, path)
    return now


@contextmanager
def _temporary(anchor: Path, place: Path, *, own: bool) -> Iterator[_Temporary]:
    """A new file of a name of its own, 0600 and locked; gone afterwards, unless it was renamed."""
    if not own:
        make_private(place)
    sweep(place)
    name = f".{os.getpid()}-{os.urandom(6).hex()}{TEMPORARY}"
    with folder_of(anchor, place / name) as folder:
        temporary = _Temporary(folder, name, _open_temporary(folder, name))
        try:
            yield temporary
        finally:
            temporary.close()
            with suppress(OSError):
                folder.unlink(name)


def _open_temporary(folder: Folder, name: str) -> int:
    while True:
        fd = folder.open(name, _FLAGS)
        with suppress(OSError):  # no locks here: its age has to tell
            platform.lock(fd, timeout_s=_WAIT_S)
        if _is(folder, name, fd):
            return fd
        os.close(fd)  # taken for a stale one between its birth and its lock


def _take_place(temporary: _Temporary, folder: Folder, path: Path, *, shared: bool, look: Callable[[], None]) -> None:
    """Let the new file take its place, once it is whole on the disk.

    It gets the mode it will have where no one else can look; beside its place, only once it is there.
    """
    fd = temporary.fd
    hidden = temporary.folder.path.name == PRIVATE_NAME
    if shared and hidden:
        _open_up(fd, folder, _there(folder, path))
    platform.sync_data(fd)
    look()
    old = _there(folder, path)
    if not platform.SYSTEM.moves_open_files:
        temporary.close()
    platform.replace(temporary.folder.at(temporary.name), folder.at(path.name), (temporary.folder.fd, folder.fd))
    if shared and not hidden and temporary.held:
        _open_up(fd, folder, old)


def _open_up(fd: int, folder: Folder, old: os.stat_result | None) -> None:
    """Give a new document what a file made in that folder would have; where the old one can be kept to, its mode and owner."""
    around = os.stat(folder.path if folder.fd is None else folder.fd)  # noqa: PTH116  # the open folder
    platform.SYSTEM.as_made_in(fd, around, 0o666 if old is None else old.st_mode & 0o777)
    if old is not None:
        platform.SYSTEM.keep_owner(fd, old)


def _is(folder: Folder, name: str, fd: int) -> bool:
    try:
        return os.path.samestat(folder.lstat(name), os.fstat(fd))
    except FileNotFoundError:
        return False


def _is_free(fd: int) -> bool:
    """Whether nobody writes in a temporary file."""
    try:
        return platform.lock(fd)
    except OSError:  # no locks here: nobody writes a text for that long
        return time.time() - os.fstat(fd).st_mtime > _STALE_S
