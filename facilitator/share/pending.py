"""What was accepted and could not be sent, because nobody was reached: kept, to be tried again by itself.

Each is bound to what was accepted: a commit, or digests of what is sent, and to where it goes. What may have arrived is never among them.
The file is private: it holds the addresses that a mail waits for, and no word of what is sent.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from facilitator.store.atomic import replace_own
from facilitator.store.documents import PENDING_LOCK, in_turn
from facilitator.store.door import read_own
from facilitator.store.workspace import PENDING_NAME

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace

_MOST = 4 * 1024 * 1024

Way = Literal["git", "chat", "mail"]


class Pending(Struct, frozen=True, omit_defaults=True):
    """What waits to go one way, since when, and where it goes, as a digest.

    `parts` are what goes each once: the commit, digests of messages, addresses. `document` names what it is made of, `text` is the digest
    of what that said, `links` where the links in it lead.
    """

    way: Way
    where: str
    parts: tuple[str, ...]
    since: datetime.datetime
    document: str = ""
    text: str = ""
    links: str | None = None


_decode = msgspec.json.Decoder(tuple[Pending, ...]).decode


def now() -> datetime.datetime:
    """When something begins to wait."""
    return datetime.datetime.now(datetime.UTC)


def read_pending(workspace: Workspace) -> tuple[Pending, ...]:
    """What waits, in the order in which it began to. Of a file that cannot be understood nothing is sent. Raises OSError."""
    with suppress(FileNotFoundError, NotADirectoryError, msgspec.MsgspecError, UnicodeError):
        return _decode(read_own(workspace.private / PENDING_NAME, limit=_MOST))
    return ()


def settle(workspace: Workspace, tried: Pending, left: Collection[str]) -> None:
    """What was tried now waits no more, but for `left`; of commits there is one that waits, the last.

    Never raises: what could not be noted does not wait, and what was sent meanwhile is known by what was sent (`share.sent`).
    """

    def is_tried(one: Pending) -> bool:
        return (one.way, one.document) == (tried.way, tried.document)

    def change(items: tuple[Pending, ...]) -> tuple[Pending, ...]:
        before = next((one for one in items if _same(one, tried)), None)
        gone = {part for one in items if is_tried(one) for part in one.parts} if tried.way == "git" else {*tried.parts}
        kept = [replace(one, parts=_without(one.parts, gone)) if is_tried(one) else one for one in items]
        others = _without(before.parts, gone) if before is not None else ()
        since = min(tried.since, before.since) if before is not None else tried.since
        waits = replace(tried, parts=(*others, *left), since=since)
        return tuple(one for one in (*(one for one in kept if not _same(one, tried)), waits) if one.parts)

    with suppress(OSError):
        if left or any(map(is_tried, read_pending(workspace))):
            _change(workspace, change)


def _without(parts: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(part for part in parts if part not in gone)


def give_up(workspace: Workspace, *items: Pending) -> None:
    """Have these, as they were read, wait no more. Raises OSError."""
    _change(workspace, lambda found: tuple(one for one in found if one not in items))


def _same(one: Pending, other: Pending) -> bool:
    """Whether both are of the same content, to the same place, whatever of it waits."""
    return replace(one, parts=(), since=other.since) == replace(other, parts=())


def _change(workspace: Workspace, change: Callable[[tuple[Pending, ...]], tuple[Pending, ...]]) -> None:
    with in_turn(workspace, lock=PENDING_LOCK):
        before = read_pending(workspace)
        after = change(before)
        if after:
            replace_own(workspace.private / PENDING_NAME, msgspec.json.encode(after))
        elif before:
            (workspace.private / PENDING_NAME).unlink(missing_ok=True)
