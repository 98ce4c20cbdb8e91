"""What Linux tells of changes in folders, where their file systems can tell.

By hand, because of an event no more is read than whether it is one's own: that there is another says "look". That is three calls
of the C library; the bindings that are to be had make the same three through `ctypes` (inotify_simple, asyncinotify), or wake up by themselves
twenty times a second in a thread (watchfiles).
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

# The events of inotify(7).
_MODIFY, _MOVED_FROM, _MOVED_TO, _CREATE, _DELETE = 0x2, 0x40, 0x80, 0x100, 0x200
_DELETE_SELF, _MOVE_SELF, _ONLYDIR = 0x400, 0x800, 0x1000000
_ITSELF = _DELETE_SELF | _MOVE_SELF | _ONLYDIR
_APPEARS = _CREATE | _MOVED_TO | _ITSELF
_INSIDE = _APPEARS | _MODIFY | _MOVED_FROM | _DELETE
_EVENTS = 65_536  # bytes
_NOTHING = bytes(4)
_WATCH = 4  # bytes of an event before its mask: which folder it is told of
_EVENT = struct.Struct("III")  # mask, cookie, length of the name with the zeros after it
_UNIT = 16  # bytes: an event is as long as so many of them

# statfs(2): the file systems whose every writer is a program of this machine. Of all others (NFS, SMB, FUSE, 9p, what a
# virtual machine shares …) some writers may be elsewhere, and nothing is told of what they do.
_TELLING = frozenset({
    0xEF53,  # ext2, ext3, ext4
    0x58465342,  # XFS
    0x9123683E,  # Btrfs
    0x01021994,  # tmpfs
    0x794C7630,  # overlayfs
    0xF2F52010,  # F2FS
    0x2FC12FC1,  # ZFS
    0xCA451A4E,  # bcachefs
    0x3153464A,  # JFS
    0x52654973,  # ReiserFS
    0x3434,  # NILFS
    0x4D44,  # FAT
    0x2011BAB0,  # exFAT
    0x7366746E,  # NTFS
    0xF15F,  # eCryptfs
})  # fmt: skip
_STATFS = 1024  # bytes; more than the structure has anywhere


class Inotify:
    """`fd` becomes readable when something happens in the folders that are followed."""

    def __init__(self, libc: Any = None) -> None:  # noqa: ANN401  # the C library, or its double
        """Raises OSError where there is none, or no more of them for this user."""
        self._ctypes, self._fcntl = import_module("ctypes"), import_module("fcntl")
        self._how_much: int = import_module("termios").FIONREAD
        self._libc = libc or self._ctypes.CDLL(None, use_errno=True)
        try:
            self.fd = int(self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
        except AttributeError as error:
            raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from error
        if self.fd < 0:
            code = self._ctypes.get_errno()
            raise OSError(code, os.strerror(code))
        self._watches: set[int] = set()
        self._missed = False

    def follow(self, folders: Iterable[Path]) -> bool:
        """Follow what appears, is written or goes in these folders, and where they go; forget what was told so far.

        A folder that is not there yet is followed by the nearest one that is. False when something of it is not told.
        """
        self._forget()
        wanted: dict[str, int] = {}
        for folder in folders:
            # Other names of a folder, and links on the way, lead to one watch.
            place = Path(os.path.realpath(folder))
            mask = _INSIDE
            while not place.is_dir() and place != place.parent:
                place, mask = place.parent, _APPEARS
            wanted[os.fspath(place)] = wanted.get(os.fspath(place), 0) | mask
            for parent in place.parents:
                wanted.setdefault(os.fspath(parent), _ITSELF)
        told = True
        watches: set[int] = set()
        for name, mask in wanted.items():
            watch = self._libc.inotify_add_watch(self.fd, os.fsencode(name), mask)
            if watch >= 0:
                watches.add(watch)
            # A folder above may be closed to this user; where it goes is then seen at the next look.
            told &= mask == _ITSELF or (watch >= 0 and self._tells(name))
        for watch in self._watches - watches:
            self._libc.inotify_rm_watch(self.fd, watch)
        if self._watches - watches:
            self._forget()  # that it is gone is told too
        self._watches = watches
        return told

    def quiet(self, own: bytes = b"") -> bool:
        """Whether nothing was told since it was forgotten, but that one wrote in the file of this name: that is forgotten too."""
        waiting = int.from_bytes(self._fcntl.ioctl(self.fd, self._how_much, _NOTHING), sys.byteorder)
        if own and waiting == _WATCH + len(mine := _written_in(own)):
            self._missed |= os.read(self.fd, waiting)[_WATCH:] != mine
            waiting = 0
        return not waiting and not self._missed

    def close(self) -> None:
        """Follow nothing any more."""
        fd, self.fd = self.fd, -1
        if fd >= 0:
            os.close(fd)

    def _forget(self) -> None:
        self._missed = False
        try:
            while os.read(self.fd, _EVENTS):
                pass
        except BlockingIOError:
            return

    def _tells(self, name: str) -> bool:
        state = self._ctypes.create_string_buffer(_STATFS)
        if self._libc.statfs(os.fsencode(name), state) != 0:
            return False
        return self._ctypes.c_long.from_buffer(state).value & 0xFFFFFFFF in _TELLING


@lru_cache(maxsize=1)
def _written_in(name: bytes) -> bytes:
    """What is told, after the watch, when somebody writes in the file of this name; asked after each act, always for one's own."""
    room = (len(name) // _UNIT + 1) * _UNIT
    return _EVENT.pack(_MODIFY, 0, room) + name.ljust(room, b"\0")
