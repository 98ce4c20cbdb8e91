"""What is half typed, and who was looking: both survive a kill."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from facilitator.store.atomic import replace_own
from facilitator.store.door import open_own, read_json
from facilitator.store.folders import fallback_roots, make_private, safe_name, trusted

TYPED = ".typed"
_ALIVE = ".alive"


class KeptText(Struct, frozen=True, omit_defaults=True):
    """A text that was not yet entered: what it would become.

    `entry` names the entry that it is about, `at` is when it was kept, in milliseconds UTC; `others` are the texts that the same
    writer left for this one.
    """

    kind: str
    text: str
    entry: str | None = None
    writer: str = ""
    at: int = 0
    others: tuple[KeptText, ...] = ()


def save_texts(folder: Path, writer: str, first: KeptText, others: Sequence[KeptText] = ()) -> None:
    """Keep a writer's half-typed texts in the meeting's folder, else in a fallback folder; 0600.

    They take the place of those kept before. Raises OSError when they could be kept in no folder.
    """
    at = first.at or time.time_ns() // 1_000_000
    kept = msgspec.structs.replace(first, writer=writer, at=at, others=tuple(others))
    data = msgspec.json.encode(kept)
    failures: list[OSError] = []
    for place in _places(folder):
        try:
            make_private(place)
            replace_own(place / f"{safe_name(writer)}{TYPED}", data)
        except OSError as failure:
            failures.append(failure)
        else:
            return
    raise failures[0]


def load_texts(folder: Path) -> list[KeptText]:
    """The half-typed texts of all writers, the latest first; what cannot be read is left where it is.

    A writer that is alive (`Journal.writers_alive`) may still be typing its own.
    """
    found: dict[str, KeptText] = {}
    for path in _kept(folder, TYPED):
        try:
            kept = read_json(path, KeptText)
        except (OSError, ValueError):
            continue
        if path.stem not in found or found[path.stem].at < kept.at:
            found[path.stem] = kept
    latest = sorted(found.values(), key=lambda kept: -kept.at)
    return [one for kept in latest for one in _texts(kept)]


def _texts(kept: KeptText) -> list[KeptText]:
    """All that one writer kept, each with the writer's name and the instant."""
    return [msgspec.structs.replace(one, writer=kept.writer, at=kept.at, others=()) for one in (kept, *kept.others)]


def clear_texts(folder: Path, writer: str) -> None:
    """Forget a writer's half-typed texts: they were entered, or given up.

    Where one cannot be removed, an empty one that is newer takes its place. Raises OSError when neither can be done.
    """
    name, stays = f"{safe_name(writer)}{TYPED}", False
    for place in _places(folder):
        try:
            (place / name).unlink()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            stays = True
    if stays:
        newest = max((kept.at for kept in load_texts(folder)), default=0)
        save_texts(folder, writer, KeptText("", "", at=max(newest + 1, time.time_ns() // 1_000_000)))


def touch_alive(folder: Path, writer: str, now_ms: int | None = None) -> bool:
    """Note that this writer is looking at the meeting now; False when that cannot be noted."""
    now_ns = time.time_ns() if now_ms is None else now_ms * 1_000_000
    for place in _places(folder):
        path = place / f"{safe_name(writer)}{_ALIVE}"
        with suppress(OSError):
            os.close(open_own(path, os.O_WRONLY | os.O_CREAT))
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
