"""What is half typed, and who was looking: both survive a kill."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from facilitator.store import platform
from facilitator.store.atomic import PRIVATE_MODE, read_json, write_atomically
from facilitator.store.folders import fallback_roots, make_private, safe_name, trusted

_DRAFT = ".draft"
_ALIVE = ".alive"


class Draft(Struct, frozen=True, omit_defaults=True):
    """A text that was not yet entered: what it would become, and where the cursor was.

    `entry` names the entry being changed, `at` is when it was kept, in milliseconds UTC.
    """

    kind: str
    text: str
    by: str = ""
    theme: str = ""
    due: str = ""
    entry: str | None = None
    cursor: int | None = None
    writer: str = ""
    at: int = 0


def save_draft(folder: Path, writer: str, draft: Draft) -> None:
    """Keep a half-typed text in the meeting's folder, else in a fallback folder; 0600. Raises OSError when in none."""
    kept = msgspec.structs.replace(draft, writer=writer, at=draft.at or time.time_ns() // 1_000_000)
    data = msgspec.json.encode(kept)
    failures: list[OSError] = []
    for place in _places(folder):
        try:
            make_private(place)
            write_atomically(place / f"{safe_name(writer)}{_DRAFT}", data, mode=PRIVATE_MODE, inside=place)
        except OSError as failure:
            failures.append(failure)
        else:
            return
    raise failures[0]


def load_drafts(folder: Path) -> list[Draft]:
    """The half-typed texts of all writers, the latest first; one that cannot be read is left where it is.

    A writer that is alive (`Journal.writers_alive`) may still be typing its own.
    """
    found: dict[str, Draft] = {}
    for path in _kept(folder, _DRAFT):
        try:
            draft = read_json(path, Draft)
        except (OSError, ValueError):
            continue
        if path.stem not in found or found[path.stem].at < draft.at:
            found[path.stem] = draft
    return sorted(found.values(), key=lambda draft: -draft.at)


def clear_draft(folder: Path, writer: str) -> None:
    """Forget a writer's half-typed text: it was entered, or given up. Raises OSError."""
    for place in _places(folder):
        with suppress(FileNotFoundError, NotADirectoryError):
            (place / f"{safe_name(writer)}{_DRAFT}").unlink()


def touch_alive(folder: Path, writer: str, now_ms: int | None = None) -> bool:
    """Note that this writer is looking at the meeting now; False when that cannot be noted."""
    now_ns = time.time_ns() if now_ms is None else now_ms * 1_000_000
    flags = os.O_WRONLY | os.O_CREAT | platform.NOFOLLOW | platform.NONBLOCK | platform.CLOEXEC
    for place in _places(folder):
        path = place / f"{safe_name(writer)}{_ALIVE}"
        with suppress(OSError):
            os.close(os.open(path, flags, PRIVATE_MODE))
            os.utime(path, ns=(now_ns, now_ns), follow_symlinks=False)
            return True
    return False


def last_alive(folder: Path) -> int | None:
    """When somebody last looked at the meeting, in milliseconds UTC; None when nobody noted it."""
    times = []
    for path in _kept(folder, _ALIVE):
        with suppress(OSError):
            times.append(os.lstat(path).st_mtime_ns // 1_000_000)
    return max(times, default=None)


def _places(folder: Path) -> list[Path]:
    return [folder, *(root / folder.name for root in fallback_roots(folder.parent))]


def _kept(folder: Path, suffix: str) -> list[Path]:
    found: list[Path] = []
    for place in _places(folder):
        if place == folder or trusted(place):
            with suppress(OSError):
                found.extend(sorted(path for path in place.iterdir() if path.suffix == suffix))
    return found
