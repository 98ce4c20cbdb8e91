"""Lines at the end of a file of the program's own: whole, and on the disk."""

from __future__ import annotations

import os
from pathlib import Path

from facilitator.store import platform
from facilitator.store.door import write_all
from facilitator.store.folders import sync_chain


def append_lines(fd: int, folder: Path, data: bytes) -> None:
    """Write lines at the end of the open file of a folder; what was torn there ends first. They are on the disk. Raises OSError."""
    size = os.fstat(fd).st_size
    if not size:
        sync_chain(folder)
    elif os.lseek(fd, -1, os.SEEK_END) >= 0 and os.read(fd, 1) != b"\n":
        data = b"\n" + data
    write_all(fd, data)
    platform.sync_data(fd)
