"""Journals of closed meetings written anew without what is private of a person, and other traces taken away.

The one exception to "never rewritten": a file is replaced as a whole, or left as it was.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.core.acts import Act
from facilitator.store.atomic import replace_own
from facilitator.store.door import read_own
from facilitator.store.framing import read_line, written_act
from facilitator.store.workspace import FOLLOW_UPS_NAME, SUFFIX

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace

MAX_JOURNAL = 1 << 30


def journal_acts(folders: Sequence[Path]) -> list[Act]:
    """The acts in the files of a meeting's folders, each once. Raises OSError for a file that cannot be read."""
    found = (read_line(line) for path in _files(folders) for line in _lines(path))
    return list({act.id: act for act in found if isinstance(act, Act)}.values())


def rewrite_journal(folders: Sequence[Path], changed: Mapping[str, Act], says: Callable[[bytes], bool]) -> None:
    """Put acts in the place of those with their ids; lines that are no act of this program and in which `says` finds something go.

    Every other line stays, byte for byte. Raises OSError.
    """
    for path in _files(folders):
        lines = _lines(path)
        left = [kept for line in lines if (kept := _kept(line, changed, says)) is not None]
        if left != lines:
            replace_own(path, b"".join(line + b"\n" for line in left))


def _kept(line: bytes, changed: Mapping[str, Act], says: Callable[[bytes], bool]) -> bytes | None:
    act = read_line(line)
    if not isinstance(act, Act):
        return None if says(line) else line
    return written_act(changed[act.id])[:-1] if act.id in changed else line


def take_traces_away(workspace: Workspace, folders: Sequence[Path], says: Callable[[bytes], bool]) -> list[Path]:
    """Delete what else of ours says something: half-typed texts, reports of errors and crashes; the files that went. Raises OSError.

    Journals, what is private, what is derived from documents that people read and the copies of those are not among them.
    """
    gone = []
    for path in (*_others(workspace, folders), *_crashes(workspace)):
        if says(read_own(path, limit=MAX_JOURNAL)):
            path.unlink()
            gone.append(path)
    return gone


def _others(workspace: Workspace, folders: Sequence[Path]) -> Iterator[Path]:
    derived = workspace.archive_file.stem
    for root in (workspace.private, workspace.texts_folder, *folders):
        for path in sorted(root.rglob("*")):
            own = path.is_relative_to(workspace.base_folder) or path.name.startswith(derived)
            if not own and path.suffix != SUFFIX and path.name != FOLLOW_UPS_NAME and _is_file(path):
                yield path


def _crashes(workspace: Workspace) -> list[Path]:
    return [path for path in sorted(workspace.state_folder().glob("crash-*.txt")) if _is_file(path)]


def _files(folders: Sequence[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.glob(f"*{SUFFIX}")) if _is_file(path)]


def _is_file(path: Path) -> bool:
    with suppress(OSError):
        return stat.S_ISREG(path.lstat().st_mode)
    return False


def _lines(path: Path) -> list[bytes]:
    return [line for line in read_own(path, limit=MAX_JOURNAL).split(b"\n") if line]
