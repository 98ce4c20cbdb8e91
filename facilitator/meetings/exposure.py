"""What is private and was not kept so: said by whatever writes there next, and put right where that is this program's to do."""

from __future__ import annotations

import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.store import platform
from facilitator.store.door import PRIVATE_MODE
from facilitator.store.git_index import tracked_in

if TYPE_CHECKING:
    from pathlib import Path

    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace


class Exposure(Struct, frozen=True):
    """How the private follow-ups could be read by others: by a mode, which may have been put right, or (mode 0) through git."""

    path: Path
    mode: int = 0
    mended: bool = False


def close_private(workspace: Workspace) -> tuple[Exposure, ...]:
    """Make the private follow-ups their owner's alone again; how others could have read them. Never raises."""
    path, found = workspace.private_file, list[Exposure]()
    try:
        now = path.lstat()
    except OSError:
        return ()
    mode = stat.S_IMODE(now.st_mode)
    if stat.S_ISREG(now.st_mode) and mode & 0o077 and platform.SYSTEM.uid() is not None:
        with suppress(OSError):
            path.chmod(PRIVATE_MODE)
        found.append(Exposure(path, mode, mended=not path.lstat().st_mode & 0o077))
    tracked = tracked_in(workspace.private)
    if tracked:
        found.append(Exposure(path if path.name in {one.name for one in tracked} else tracked[0]))
    return tuple(found)


def exposure_text(tr: Translator, exposure: Exposure, name: str) -> str:
    """How what is private could be read by others; `name` is the file's as it is shown."""
    if not exposure.mode:
        return tr(
            "{path} is tracked by git: what is private goes to everyone who has the repository. "
            "What to do: facilitator doctor",
            path=name,
        )
    mode = f"{exposure.mode:04o}"
    if exposure.mended:
        return tr("{path} could be read by others (mode {mode}); it is yours alone again.", path=name, mode=mode)
    return tr("{path} can be read by others (mode {mode}), and that could not be changed.", path=name, mode=mode)
