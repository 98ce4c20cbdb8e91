"""The one door to whole files: a regular file, reached without a link below its anchor, of the kind that belongs there.

A *document* is below a workspace's root, and neither in the private folder nor in git's; what is the program's *own* is in a
private folder. The anchor, the root or the folder above `.facilitator`, may itself be reached by links: a person chose it.
Whatever stands at a place (a link, a folder, a pipe, a device, a socket) is looked at before it is opened: opening a
pipe waits for somebody, and opening a device may do something.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

import msgspec

from facilitator.core.regex import regex
from facilitator.store import platform

PRIVATE_NAME = ".facilitator"
PRIVATE_MODE = 0o600
PRIVATE_FOLDER_MODE = 0o700
MAX_TEXT_FILE = 256 * 1024

NOT_A_FILE = "not a regular file"
NOT_A_DOCUMENT = "not a document"

_GIT_NAME = ".git"
# To look names up in a folder it need not be readable, where the system knows the difference.
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | platform.NOFOLLOW | platform.CLOEXEC
_FRAMED = regex(rb'\s*\{"c":"[0-9a-f]{8}","')  # how each line of a journal, and of what is private, begins
_T = TypeVar("_T")
_FILE = platform.NOFOLLOW | platform.CLOEXEC | platform.NONBLOCK | platform.BINARY | platform.NOCTTY


class Linked(OSError):
    """A symbolic link stands where a file or folder of the workspace's own should; nothing was read or written through it."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__(errno.ELOOP, os.strerror(errno.ELOOP), os.fspath(path))


class TooLarge(OSError):
    """A file is larger than anything a person would have written; it was not read."""

    def __init__(self, path: str | os.PathLike[str], limit: int) -> None:
        super().__init__(errno.EFBIG, os.strerror(errno.EFBIG), os.fspath(path))
        self.limit = limit


class Folder:
    """A folder that was reached without a link. Its names are looked up in the folder itself, wherever its path leads by now.

    Where a system cannot look up a name in an open folder (`fd` is None), the path is all there is.
    """

    def __init__(self, path: Path, fd: int | None) -> None:
        self.path = path
        self.fd = fd

    def at(self, name: str) -> str:
        """What to hand to the system with `dir_fd=folder.fd`."""
        return name if self.fd is not None else os.fspath(self.path / name)

    def lstat(self, name: str) -> os.stat_result:
        """What stands under a name. Raises OSError."""
        return os.stat(self.at(name), dir_fd=self.fd, follow_symlinks=False)

    def open(self, name: str, flags: int, mode: int = PRIVATE_MODE) -> int:
        """A descriptor of the regular file of this name. Raises OSError: Linked for a link, and for whatever is no file."""
        try:
            check_file(self.lstat(name), self.path / name)
        except FileNotFoundError:
            if not flags & os.O_CREAT:
                raise
        fd = os.open(self.at(name), flags | _FILE, mode, dir_fd=self.fd)
        try:
            check_file(os.fstat(fd), self.path / name)  # it may have changed since it was looked at
            if flags & os.O_CREAT:
                platform.hand_over(fd, self.path if self.fd is None else self.fd)
        except BaseException:
            os.close(fd)
            raise
        return fd

    def unlink(self, name: str) -> None:
        """Take a name away. Raises OSError."""
        os.unlink(self.at(name), dir_fd=self.fd)  # in the open folder


def read_document(root: Path, path: Path, *, limit: int = MAX_TEXT_FILE) -> bytes:
    """The bytes of a document below the workspace `root`.

    Raises TooLarge, Linked, FileNotFoundError, and OSError for whatever is no document.
    """
    check_document(root, path)
    with _opened(root, path) as fd:
        now = os.fstat(fd)
        if now.st_nlink > 1 and _is_own(root, now):
            _refuse(errno.EPERM, NOT_A_DOCUMENT, path)
        data = _all(fd, path, limit)
    if _FRAMED.match(data):  # a copy, or the file itself by a mount
        _refuse(errno.EPERM, NOT_A_DOCUMENT, path)
    return data


def read_own(path: Path, *, limit: int = MAX_TEXT_FILE) -> bytes:
    """The bytes of a file of the program's own. Raises as `read_document`."""
    with _opened(anchor_of(path), path) as fd:
        return _all(fd, path, limit)


def read_given(path: Path, *, limit: int) -> bytes:
    """The bytes of a file that a person named, wherever it is and whatever links lead to it; raises as `read_document`."""
    check_file(os.stat(path), path)  # noqa: PTH116  # a device is not opened to be looked at
    with _named(path):
        fd = os.open(path, os.O_RDONLY | _FILE & ~platform.NOFOLLOW)
    try:
        check_file(os.fstat(fd), path)
        return _all(fd, path, limit)
    finally:
        os.close(fd)


def open_own(path: Path, flags: int) -> int:
    """A descriptor of a file of the program's own, made 0600 with `O_CREAT`, and its folder's owner's even by root.

    Raises as `read_document`.
    """
    with folder_of(anchor_of(path), path) as folder, _named(path):
        return folder.open(path.name, flags)


def read_json(path: Path, as_type: type[_T]) -> _T:
    """What the JSON in a file of the program's own says. Raises OSError; ValueError for anything but JSON of this type."""
    data = read_own(path)
    try:
        return msgspec.json.decode(data, type=as_type)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from error


def write_all(fd: int, data: bytes) -> None:
    """One write of everything; the rest again when the system took only a part."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def check_document(root: Path, path: Path) -> None:
    """Raise OSError for a place where no document may be: outside the workspace, in the private folder, in git's."""
    above, parts = root.parts, path.parts
    parts = parts[len(above) :] if parts[: len(above)] == above else ("..",)
    if not parts:
        _refuse(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if any(part.casefold() in (PRIVATE_NAME, _GIT_NAME, "..") for part in parts):
        _refuse(errno.EPERM, NOT_A_DOCUMENT, path)


def check_file(now: os.stat_result, path: Path) -> None:
    """Raise OSError for what is no regular file: Linked, IsADirectoryError, or `NOT_A_FILE`."""
    kind = stat.S_IFMT(now.st_mode)
    if kind == stat.S_IFLNK:
        raise Linked(path)
    if kind == stat.S_IFDIR:
        _refuse(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if kind != stat.S_IFREG:
        _refuse(errno.EINVAL, NOT_A_FILE, path)


def anchor_of(path: Path) -> Path:
    """Below what no link is followed to a file of the program's own: the folder above its `.facilitator`, else its own folder."""
    private = next((part for part in path.parents if part.name == PRIVATE_NAME), path)
    return private.parent


def check_way(path: Path) -> None:
    """Raise Linked where a link leads to the folder of a file of the program's own, before that is listed; OSError."""
    _walk_by_path(anchor_of(path), path)


@contextmanager
def folder_of(anchor: Path, path: Path) -> Iterator[Folder]:
    """The folder of a file, reached from `anchor` without a link. Raises OSError: Linked with the place of the link."""
    if not platform.LOOKS_UP_IN_FOLDERS:
        _walk_by_path(anchor, path)
        yield Folder(path.parent, None)
        return
    with _named(anchor):
        fd = os.open(anchor, _FOLDER & ~platform.NOFOLLOW)
    try:
        for folder in _below(anchor, path):
            inner = _step(fd, folder)
            os.close(fd)
            fd = inner
        yield Folder(path.parent, fd)
    finally:
        os.close(fd)


def _below(anchor: Path, path: Path) -> list[Path]:
    """The folders between `anchor` and a file, from above; ValueError where it is not below."""
    folders: list[Path] = []
    folder = path.parent
    while folder != anchor:
        folders.append(folder)
        if folder == folder.parent:
            message = f"{path} is not below {anchor}"
            raise ValueError(message)
        folder = folder.parent
    return folders[::-1]


def _step(fd: int, place: Path) -> int:
    name = place.name
    try:
        return os.open(name, _FOLDER, dir_fd=fd)
    except OSError as error:
        # Of a link the system says "not a directory", or "too many links".
        if error.errno in (errno.ENOTDIR, errno.ELOOP) and stat.S_ISLNK(
            os.stat(name, dir_fd=fd, follow_symlinks=False).st_mode
        ):
            raise Linked(place) from error
        error.filename = os.fspath(place)
        raise


def _walk_by_path(anchor: Path, path: Path) -> None:
    for place in _below(anchor, path):
        if stat.S_ISLNK(place.lstat().st_mode):
            raise Linked(place)


@contextmanager
def _opened(anchor: Path, path: Path) -> Iterator[int]:
    with folder_of(anchor, path) as folder, _named(path):
        fd = folder.open(path.name, os.O_RDONLY)
    try:
        yield fd
    finally:
        os.close(fd)


def _all(fd: int, path: Path, limit: int) -> bytes:
    with open(fd, "rb", closefd=False) as file:  # a descriptor
        data = file.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(path, limit)
    return data


def _is_own(root: Path, one: os.stat_result) -> bool:
    """Whether a file that has several names has one in the private folder."""
    for folder, _, names in os.walk(root / PRIVATE_NAME):
        for name in names:
            try:
                if os.path.samestat(os.lstat(os.path.join(folder, name)), one):  # noqa: PTH118  # walked as text
                    return True
            except OSError:
                continue
    return False


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Let a failure name the whole path: in an open folder, the system is told a part of it only."""
    try:
        yield
    except OSError as error:
        error.filename = os.fspath(path)
        raise


def _refuse(number: int, words: str, path: Path) -> NoReturn:
    raise OSError(number, words, os.fspath(path))
