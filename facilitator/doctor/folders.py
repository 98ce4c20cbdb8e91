"""The private folder and the folders of documents: what is there, who may read it, where links lead."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from facilitator.core.regex import regex
from facilitator.doctor.finding import Finding, problem_of
from facilitator.store import platform
from facilitator.store.archive.file import JOURNAL
from facilitator.store.atomic import TEMPORARY
from facilitator.store.documents import COPIES, LOCK, OPENING_LOCK, PENDING_LOCK, SENDING_LOCK
from facilitator.store.door import PRIVATE_FOLDER_MODE, PRIVATE_MODE, read_own
from facilitator.store.half_typed import TYPED
from facilitator.store.heard import HEARD
from facilitator.store.journal import SUFFIX
from facilitator.store.telephones import SENT, SERVING
from facilitator.store.workspace import (
    ACCEPTED_NAME,
    ARCHIVE_NAME,
    CLOSED_NAME,
    DISCARDED,
    ERRORS_NAME,
    FOLLOW_UPS_NAME,
    MERGE_NAME,
    PENDING_NAME,
    SENT_NAME,
    TELEPHONES_NAME,
    Workspace,
    is_meeting_id,
)

IGNORE = ".gitignore"
# A write takes far less; a younger file may be one that is not locked yet.
_STALE_MS = 60_000
_KEPT = (SUFFIX, TYPED, ".alive", HEARD)
_OWN = (
    IGNORE,
    FOLLOW_UPS_NAME,
    ACCEPTED_NAME,
    SENT_NAME,
    PENDING_NAME,
    MERGE_NAME,
    f"{MERGE_NAME}.lock",
    ARCHIVE_NAME,
    f"{ARCHIVE_NAME}{JOURNAL}",
    LOCK,
    OPENING_LOCK,
    SENDING_LOCK,
    PENDING_LOCK,
)
_MARKS = (CLOSED_NAME, "draft.lock", ERRORS_NAME)
# What programs that synchronise folders call the copy of a file that changed on both sides.
_ASIDE = f"{ARCHIVE_NAME}.broken"  # an archive that was put aside when it was made again
_COPY = regex(r"private[\W_].*conflict.*\.jsonl\Z|private \(.*\)\.jsonl\Z|private\.jsonl\.sync-conflict", re.IGNORECASE)


def examine_folders(workspace: Workspace, *, now_ms: int) -> Iterator[Finding]:
    """What is found in the folders of a workspace."""
    yield from _ignore(workspace.private)
    if os.path.lexists(workspace.private):
        yield from _private(workspace.private, workspace.private, now_ms)
    for folder in (
        workspace.root,
        workspace.agendas_folder,
        workspace.minutes_folder,
        workspace.newsletter_folder,
        workspace.leaving_folder,
    ):
        yield from _documents(workspace, folder, now_ms)


def is_left(path: Path, now_ms: int) -> bool:
    """Whether a temporary file of an atomic write was left by a process that is gone."""
    try:
        fd = os.open(path, os.O_RDONLY | platform.NOFOLLOW | platform.NONBLOCK | platform.CLOEXEC)
    except OSError:
        return False
    try:
        now = os.fstat(fd)
        old = now_ms - now.st_mtime_ns // 1_000_000 > _STALE_MS
        return old and stat.S_ISREG(now.st_mode) and _free(fd)
    finally:
        os.close(fd)


def wrong_mode(path: Path) -> tuple[int, int] | None:
    """The mode of what is in the private folder, and the one it should have; None when that is the same.

    Links have none, nor has anything on a system without users.
    """
    now = path.lstat()
    if stat.S_ISLNK(now.st_mode) or platform.SYSTEM.uid() is None:
        return None
    expected = PRIVATE_FOLDER_MODE if stat.S_ISDIR(now.st_mode) else PRIVATE_MODE
    mode = stat.S_IMODE(now.st_mode) & ~stat.S_ISGID  # inherited from a shared folder, and opens nothing
    return None if mode == expected else (mode, expected)


def _free(fd: int) -> bool:
    try:
        return platform.lock(fd, shared=True)
    except OSError:
        return True  # no locks here: its age has told


def _ignore(private: Path) -> Iterator[Finding]:
    """The private folder's own `.gitignore`: the last rule that speaks of everything has to be `*`."""
    if _kind(private) != stat.S_IFDIR:
        return
    path = private / IGNORE
    try:
        rules = [line.strip() for line in read_own(path).splitlines()]
    except FileNotFoundError:
        rules = []
    except OSError:
        return  # a link or a folder of that name is told as such
    rules = [rule for rule in rules if rule and not rule.startswith(b"#")]
    if not rules:
        yield Finding("ignore-missing", path)
    elif b"*" not in rules or any(rule.startswith(b"!") for rule in rules[_last(rules) :]):
        yield Finding("ignore-weakened", path)


def _last(rules: list[bytes]) -> int:
    return len(rules) - 1 - rules[::-1].index(b"*")


def _private(path: Path, root: Path, now_ms: int) -> Iterator[Finding]:
    """One thing in the private folder, and all that is in it."""
    kind = _kind(path)
    if kind == stat.S_IFLNK:
        yield Finding("link-private", path, values={"target": _target(path)})
        return
    is_folder, inner = kind == stat.S_IFDIR, list[Path]()
    try:
        wrong = wrong_mode(path)
    except OSError:
        return  # gone, or in a folder that is told as closed
    try:
        inner = sorted(path.iterdir()) if is_folder else []
    except OSError as error:
        yield Finding("unlisted", path, values={"problem": problem_of(error)})
    parts = path.relative_to(root).parts
    if path.name.endswith(TEMPORARY):
        if is_left(path, now_ms):
            yield Finding("temporary", path)
    elif len(parts) == 1 and kind == stat.S_IFREG and _COPY.match(path.name):
        yield Finding("private-copy", path, values={"home": str(root / FOLLOW_UPS_NAME)})
    elif parts and not _is_known(parts, is_folder=is_folder):
        yield Finding("foreign", path)
        inner = []
    if len(parts) == 1 and path.name.startswith(_ASIDE):
        yield Finding("archive-aside", path, attention=False)
    if wrong is not None:
        values = {"mode": f"{wrong[0]:04o}", "expected": f"{wrong[1]:04o}"}
        yield Finding("mode", path, values={**values})
    for one in inner:
        yield from _private(one, root, now_ms)


def _is_known(parts: tuple[str, ...], *, is_folder: bool) -> bool:
    """Whether the program puts something of this name there."""
    match parts:
        case (
            ("meetings" | "base",)
            | ("base", "minutes" | "newsletter" | "digests" | "surveys")
            | ("base", "digests", "received")
        ):
            return is_folder
        case (name, *_) if name == DISCARDED:
            return True
        case (name,) if name == TELEPHONES_NAME:
            return is_folder
        case ("meetings", name):
            return is_folder and is_meeting_id(name)
        case (name,):
            known = name in _OWN or name.startswith(_ASIDE)
        case ("meetings", _, name):
            known = name.endswith(_KEPT) or name in _MARKS
        case (folder, name) if folder == TELEPHONES_NAME:
            known = name.endswith((SENT, SERVING))
        case ("base", "minutes" | "newsletter" | "digests" | "surveys", name) | ("base", "digests", "received", name):
            known = name.endswith(COPIES)
        case _:
            return False
    return known and not is_folder


def _documents(workspace: Workspace, folder: Path, now_ms: int) -> Iterator[Finding]:
    """Links where documents should be, and what writes left, directly in a folder of documents."""
    try:
        found = sorted(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        yield Finding("unlisted", folder, values={"problem": problem_of(error)})
        return
    if folder.is_symlink():
        return  # the folder itself was told
    ours = {workspace.config_file, workspace.agendas_folder, workspace.minutes_folder, workspace.newsletter_folder}
    for path in found:
        if _kind(path) == stat.S_IFLNK:
            if path in ours or folder in ours:
                yield Finding("link-document", path, values={"target": _target(path)})
        elif path.name == TEMPORARY and _kind(path) == stat.S_IFDIR:
            yield from _left(path, now_ms)
        elif path.name.endswith(TEMPORARY) and is_left(path, now_ms):
            yield Finding("temporary", path)


def _left(folder: Path, now_ms: int) -> Iterator[Finding]:
    """What writes left in the folder that they use beside documents."""
    try:
        found = sorted(path for path in folder.iterdir() if path.name.endswith(TEMPORARY))
    except OSError as error:
        yield Finding("unlisted", folder, values={"problem": problem_of(error)})
        return
    for path in found:
        if is_left(path, now_ms):
            yield Finding("temporary", path)


def _kind(path: Path) -> int | None:
    """What is there: one of the S_IF values; None when nothing is, or it cannot be told."""
    try:
        return stat.S_IFMT(path.lstat().st_mode)
    except OSError:
        return None


def _target(path: Path) -> str:
    return os.path.realpath(path)
