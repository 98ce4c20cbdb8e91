"""The documents of a workspace on its disk: one writer at a time, and never over what a person wrote.

A person may save in an editor at any moment, and knows of no lock: a file is looked at again just before the new one
takes its place.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.store import platform
from facilitator.store.atomic import replace_document, replace_own
from facilitator.store.door import NOT_A_DOCUMENT, Linked, open_own, read_document, read_own
from facilitator.store.folders import make_private
from facilitator.store.looking import note_written
from facilitator.store.workspace import besides

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace

LOCK = "documents.lock"
OPENING_LOCK = "opening.lock"
SENDING_LOCK = "sending.lock"
PENDING_LOCK = "pending.lock"
SINCE, LEFT = ".since", ".left"
COPIES = tuple(f".md{ending}" for ending in ("", ".next", LEFT, f"{LEFT}.next", SINCE))  # how the copies in `base/` end
MAX_DOCUMENT = 16 * 1024 * 1024
_TRIES = 3  # somebody may be saving
_WAIT_S = 30.0  # a draft on a slow disk takes a dozen of its syncs


class DocumentWritten(Struct, frozen=True):
    """A document on the disk. `beside` is where the text went because the file at `path`, which a person changed, is left alone.

    `said` is what people should know of the merge with what was written there by hand, a sentence each; `taken` what of it became acts.
    """

    path: Path
    beside: Path | None = None
    said: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()

    @property
    def at(self) -> Path:
        """The file that holds the text."""
        return self.beside or self.path


class Sides(Struct, frozen=True):
    """A document that a person changed: as this machine left it (None: not known), as it would have written it, as it stands."""

    left: str | None
    base: str | None
    now: str


class ChangedMeanwhile(OSError):
    """A document is no longer the one that was read: somebody saved it meanwhile. Nothing was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.ESTALE, os.strerror(errno.ESTALE), os.fspath(path))


@contextmanager
def in_turn(workspace: Workspace, *, wait_s: float | None = None, lock: str = LOCK) -> Iterator[None]:
    """Between the threads, processes and people's commands of this machine: the only one that writes documents.

    Another `lock` is for another sort of turn.

    Raises BlockingIOError when another one is at it for longer than `wait_s` (usually half a minute), and OSError.
    """
    os.stat(workspace.root)  # noqa: PTH116  # one that was moved away is not made again
    workspace.ensure_private()
    path = workspace.private / lock
    fd = open_own(path, os.O_RDWR | os.O_CREAT)
    try:
        if not _locked(fd, _WAIT_S if wait_s is None else wait_s):
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN), os.fspath(path))
        yield
    finally:
        os.close(fd)


def _locked(fd: int, wait_s: float) -> bool:
    try:
        return platform.lock(fd, timeout_s=wait_s)
    except OSError:
        return True  # no locks here: the look before the rename is what is left


def read_text(workspace: Workspace, path: Path) -> str | None:
    """What a document says, byte for byte; None when it is not there. Raises OSError, Linked for a link."""
    try:
        return as_text(read_document(workspace.root, path, limit=MAX_DOCUMENT))
    except (FileNotFoundError, NotADirectoryError):
        return None


def documents_in(workspace: Workspace, folder: Path, endings: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    """The documents in a folder and what they say, in the order of their names. Raises OSError for one that cannot be read.

    What is no document, a link or a pipe of such a name, is left out: the program wrote nothing in it.
    """
    try:
        found = sorted(path for path in folder.iterdir() if path.name.endswith(endings))
    except (FileNotFoundError, NotADirectoryError):
        return
    for path in found:
        try:
            text = read_text(workspace, path) if stat.S_ISREG(path.lstat().st_mode) else None
        except FileNotFoundError:
            continue
        except OSError as error:
            if error.strerror != NOT_A_DOCUMENT:
                raise
            continue
        if text is not None:
            yield path, text


def replace_text(workspace: Workspace, path: Path, before: str | None, after: str) -> None:
    """Put `after` in the place of `before`, as it was read (None: there was no file).

    Raises ChangedMeanwhile when the file is another one by then, and OSError.
    """

    def look() -> None:
        if read_text(workspace, path) != before:
            raise ChangedMeanwhile(path)

    with _naming(path):
        replace_document(workspace.root, path, as_bytes(after), look=look)
    note_written(path)


def as_text(data: bytes) -> str:
    """What a document says, byte for byte."""
    return data.decode("utf-8", errors="surrogateescape")


def as_bytes(text: str) -> bytes:
    """A document's text as it stands in its file."""
    return text.encode("utf-8", errors="surrogateescape")


# From what this machine wrote last, what stands there, and what it would write: what is to stand there; None: leave it.
Merge = Callable[[str | None, str, str], str | None]


def write_document(workspace: Workspace, path: Path, text: str, merge: Merge | None = None) -> DocumentWritten:
    """Write a document; where a person changed it since this machine wrote it, what `merge` makes of both.

    Without it, or when it leaves the file alone, the text goes beside it, over no other file. What this machine would have written is
    kept in `base/`, announced before and settled after the write, so that an interruption between the two is never taken for a
    person's hand; where that is not what stands there, what was left is kept beside it. Raises OSError.
    """
    for place in chain((path,) * _TRIES, besides(path)):
        with suppress(ChangedMeanwhile):
            if _put(workspace, place, text, merge if place == path else None):
                return DocumentWritten(path, None if place == path else place)
    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), os.fspath(path))


def write_leaving(workspace: Workspace, name: str, data: bytes) -> Path:
    """Write what leaves for other programs into a folder that git ignores, over what was made before; where it is.

    Raises OSError, Linked for a link at the place or on the way.
    """
    ignored = workspace.leaving_folder / ".gitignore"
    if not os.path.lexists(ignored):
        replace_document(workspace.root, ignored, b"*\n")
    path = workspace.leaving_folder / name
    replace_document(workspace.root, path, data)
    return path


def forget_written(workspace: Workspace, path: Path) -> None:
    """Keep no copy of what this machine wrote at `path`: whatever stands there is then a person's. Raises OSError."""
    for kept in (*_copies(workspace, path), _since(workspace, path)):
        kept.unlink(missing_ok=True)


def changed_by_hand(workspace: Workspace, path: Path) -> Sides | None:
    """What a person did to a document since this machine left it; None when nobody touched it, or it is not there. Raises OSError."""
    now = read_text(workspace, path)
    if now is None:
        return None
    base, announced, left, leaving = map(read_copy, _copies(workspace, path))
    if now in ((base, announced) if left is None else (left,)) or now == leaving:
        return None
    return Sides(base if left is None else left, base, now)


def read_written(workspace: Workspace, path: Path) -> str | None:
    """A document as it would stand if no hand but this machine's had changed it; None when that is not known."""
    since = read_copy(_since(workspace, path))
    return read_copy(_copies(workspace, path)[0]) if since is None else since


def keep_written(workspace: Workspace, path: Path, text: str) -> None:
    """Keep what `read_written` returns from now on: what this machine did since it wrote the whole document. Raises OSError.

    Merges do not rest on it: a meeting published once more knows nothing of what was done since.
    """
    _keep(_since(workspace, path), text)


def _put(workspace: Workspace, path: Path, text: str, merge: Merge | None) -> bool:
    """Write; False where somebody else wrote and nothing was written."""
    base, announced, left, leaving = _copies(workspace, path)
    current, before = read_text(workspace, path), read_copy(base)
    if current is not None and current not in (text, before, read_copy(announced)):
        merged = merge(before, current, text) if merge else None
        if merged is None:
            return False
        known = merged == read_copy(left)
        if not known:
            _keep(leaving, merged)
        if merged != current:
            replace_text(workspace, path, current, merged)
        _keep(base, text)
        if not known:
            os.replace(leaving, left)  # noqa: PTH105  # as atomic as the write of it
        for kept in (announced, _since(workspace, path)):
            kept.unlink(missing_ok=True)
        return True
    if current != text:
        _keep(announced, text)
        replace_text(workspace, path, current, text)
    _keep(base, text)
    for kept in (announced, left, leaving, _since(workspace, path)):
        kept.unlink(missing_ok=True)
    return True


def _since(workspace: Workspace, path: Path) -> Path:
    base = _copies(workspace, path)[0]
    return base.with_name(f"{base.name}{SINCE}")


def _copies(workspace: Workspace, path: Path) -> tuple[Path, Path, Path, Path]:
    """What this machine would have written, and what it left among the words of people; each also as it was announced."""
    base = workspace.base_folder / path.relative_to(workspace.root)
    left = base.with_name(f"{base.name}{LEFT}")
    return base, base.with_name(f"{base.name}.next"), left, left.with_name(f"{left.name}.next")


def read_copy(path: Path) -> str | None:
    """What this machine wrote, as it was kept; None when it was not, or cannot be read: what stands there is then a person's."""
    try:
        return as_text(read_own(path, limit=MAX_DOCUMENT))
    except OSError:
        return None


def _keep(base: Path, text: str) -> None:
    make_private(base.parent)
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(base.lstat().st_mode):
            base.unlink()  # a link, not what it leads to; a pipe that somebody left here
    with _naming(base):
        replace_own(base, as_bytes(text))


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Let a failure name the document, not the temporary file that was to become it, or none at all."""
    try:
        yield
    except OSError as error:
        if not isinstance(error, Linked | ChangedMeanwhile):
            error.filename = os.fspath(path)
        raise
