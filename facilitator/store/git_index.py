"""What git tracks in a folder, read from its index: no program is started, and nothing of the repository's settings is obeyed.

The format is that of git's own documentation (`gitformat-index`), versions 2 to 4. A split index is not looked into.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from facilitator.store.door import read_given

_MAX = 256 * 1024 * 1024
_STATS, _FLAGS, _EXTENDED, _LENGTH = 40, 2, 0x4000, 0x0FFF
_HASHES = (20, 32)  # of SHA-1; of SHA-256


def tracked_in(folder: Path) -> list[Path]:
    """The files below a folder that git tracks, as the index of the repository around it says; none when that cannot be read."""
    real = Path(os.path.realpath(folder))
    for root in real.parents:
        if os.path.lexists(root / ".git"):
            with suppress(OSError, ValueError):
                below = os.fsencode(real.relative_to(root).as_posix()) + b"/"
                return [root / os.fsdecode(name) for name in _names(_index(root / ".git")) if name.startswith(below)]
            return []
    return []


def _index(git: Path) -> bytes:
    """The index of a repository; of a worktree or a submodule, `.git` is a file that says where the rest is."""
    if git.is_file():
        said = read_given(git, limit=4096).removeprefix(b"gitdir:").strip()
        git = git.parent / os.fsdecode(said)
    return read_given(git / "index", limit=_MAX)


def _names(index: bytes) -> list[bytes]:
    """The names in an index. Raises ValueError when it is none."""
    version, count = int.from_bytes(index[4:8], "big"), int.from_bytes(index[8:12], "big")
    if index[:4] != b"DIRC" or version not in (2, 3, 4):
        raise ValueError(version)
    for size in _HASHES:
        with suppress(ValueError, IndexError):
            return list(_entries(index, version, count, _STATS + size))
    raise ValueError(count)


def _entries(index: bytes, version: int, count: int, fixed: int) -> Iterator[bytes]:
    at, name = 12, b""
    for _ in range(count):
        flags = int.from_bytes(index[at + fixed : at + fixed + _FLAGS], "big")
        start = at + fixed + _FLAGS + (2 if flags & _EXTENDED and version > 2 else 0)
        if version == 4:
            kept, start = _varint(index, start)
            end = index.index(b"\0", start)
            name = name[: len(name) - kept] + index[start:end]
            at = end + 1
        else:
            end = index.index(b"\0", start)
            name = index[start:end]
            at += (end - at + 8) & ~7
        if flags & _LENGTH != min(len(name), _LENGTH):
            raise ValueError(name)
        yield name


def _varint(index: bytes, at: int) -> tuple[int, int]:
    """A number as git's pack files hold an offset, and what comes after it."""
    byte = index[at]
    value = byte & 0x7F
    while byte & 0x80:
        at += 1
        byte = index[at]
        value = ((value + 1) << 7) | (byte & 0x7F)
    return value, at + 1
