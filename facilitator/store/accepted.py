"""What a person looked at before it was published, and lets stand: it is not shown again.

Each is a digest of a document's name and of what was found there: neither a name nor a number stands in the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from facilitator.store import platform
from facilitator.store.door import open_own, read_own, write_all
from facilitator.store.workspace import ACCEPTED_NAME

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace

_MOST = 16 * 1024 * 1024


def read_accepted(workspace: Workspace) -> frozenset[str]:
    """The digests of what was accepted; a line that was torn is none. Raises OSError."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return frozenset(
            read_own(workspace.private / ACCEPTED_NAME, limit=_MOST).decode("ascii", errors="replace").split("\n")
        )
    return frozenset()


def keep_accepted(workspace: Workspace, digests: Iterable[str]) -> None:
    """Accept these as well, on the disk. Raises OSError."""
    data = "".join(f"\n{digest}\n" for digest in digests).encode("ascii")
    if data:
        workspace.ensure_private()
        fd = open_own(workspace.private / ACCEPTED_NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        try:
            write_all(fd, data)
            platform.sync_data(fd)
        finally:
            os.close(fd)


def digest_of(*words: str) -> str:
    """What stands for these words."""
    return sha256("\0".join(words).encode("utf-8", errors="surrogateescape")).hexdigest()[:32]
