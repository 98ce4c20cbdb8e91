"""What hands changed in the documents of a meeting since this machine wrote them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from facilitator.documents.difference import Difference
from facilitator.documents.minutes.difference import differences as in_minutes
from facilitator.documents.minutes.merge import unmergeable
from facilitator.documents.newsletter.difference import differences as in_letter
from facilitator.documents.newsletter.reader import read_letter
from facilitator.store.documents import read_text, read_written

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace

Why = Literal["gone", "unknown", "unreadable"]


class Compared(Struct, frozen=True):
    """A document and what hands changed in it, or `why` that cannot be said.

    The file is gone, what was written is not known on this machine, or it can no longer be read, from `line` on.
    """

    path: Path
    differences: tuple[Difference, ...] = ()
    why: Why | None = None
    line: int = 0


def compare_minutes(workspace: Workspace, path: Path) -> Compared:
    """The minutes of a meeting, or the draft of one. Raises OSError."""
    text, written = read_text(workspace, path), read_written(workspace, path)
    if written is None:
        return Compared(path, why="unknown")
    if text is None:
        return Compared(path, why="gone")
    if (broken := unmergeable(text)) is not None:
        return Compared(path, why="unreadable", line=broken.line)
    return Compared(path, tuple(in_minutes(written, text)))


def compare_letters(workspace: Workspace, names: frozenset[str]) -> list[Compared]:
    """The letters that say something of a meeting, or did when they were written, by the names it may go by. Raises OSError."""
    found = []
    for path in workspace.newsletter_files():
        text, written = read_text(workspace, path) or "", read_written(workspace, path)
        read = read_letter(text)
        mine = {item.meeting for item in (*read.items, *(read_letter(written).items if written else ()))}
        if mine.isdisjoint(names):
            continue
        if written is None:
            found.append(Compared(path, why="unknown"))
        elif read.unreadable is not None:
            found.append(Compared(path, why="unreadable", line=read.unreadable.line))
        else:
            found.append(Compared(path, tuple(in_letter(written, text))))
    return found
