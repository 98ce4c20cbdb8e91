"""What a network's people look at between meetings: what is due, counted, for the screen may be the wall, and what was held."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.core.carrying import day_of, left_open, still_open, without_private
from facilitator.core.records import MeetingRow
from facilitator.documents.inbox import Conflicted
from facilitator.documents.newsletter.reader import is_over, read_letter
from facilitator.meetings.inbox import waiting
from facilitator.meetings.letters import open_month, read_letters
from facilitator.store.private import read_private
from facilitator.store.workspace import document_of

if TYPE_CHECKING:
    from facilitator.documents.newsletter.reader import LetterItem
    from facilitator.store.archive import Archive
    from facilitator.store.workspace import Workspace

# An action is looked at when it is late, has no date, or is due within so many days.
SOON_DAYS = 7


class LetterToCome(Struct, frozen=True):
    """The letter that is being made: its month (`2026-12`), its items, and how many of those are questions that wait for an answer."""

    month: str
    items: int
    waiting: int


class DueNow(Struct, frozen=True):
    """How much is due: the letter, if there is one to come; actions to look at; everything open, these among it.

    `closing` are items of the inbox whose last day is near.

    Of what is private nothing is counted: it is told where it may be on the wall.
    """

    letter: LetterToCome | None = None
    actions: int = 0
    open: int = 0
    closing: int = 0


class MeetingHeld(Struct, frozen=True):
    """A meeting that was held, as its minutes tell it; the title of one that says none is None."""

    path: Path
    title: str | None
    day: datetime.date | None
    place: str | None


def due(workspace: Workspace, archive: Archive, today: datetime.date) -> DueNow:
    """What is due as of `today`. Raises OSError."""
    living = without_private(archive.living(), read_private(workspace))
    soon = left_open(living, on=today + datetime.timedelta(days=SOON_DAYS), today=today)
    actions = sum(left.record.kind == "action" for left in soon)
    return DueNow(next_letter(workspace, today), actions, len(still_open(living)), _closing(workspace, today))


def _closing(workspace: Workspace, today: datetime.date) -> int:
    """How many items of the inbox close within the next days; none of an inbox that cannot be read now, which is told elsewhere."""
    try:
        days = [kept.item.deadline for kept in waiting(workspace)]
    except (OSError, Conflicted):
        return 0
    return sum(day is not None and 0 <= (day - today).days <= SOON_DAYS for day in days)


def held(workspace: Workspace, archive: Archive, live: Collection[str], most: int) -> list[MeetingHeld]:
    """The last that were held, at most so many, the latest first; those that go on are not among them."""
    files = [path for path in workspace.minutes_files() if path.stem not in live][-most:]
    known = {path: parsed.held for path, parsed in archive.outlines(most + len(live))}
    return [_held(path, known.get(path, MeetingRow())) for path in reversed(files)]


def _held(path: Path, said: MeetingRow) -> MeetingHeld:
    day = said.day or day_of((document_of(path) or path).stem)
    return MeetingHeld(path, said.title, day, said.place)


def next_letter(workspace: Workspace, today: datetime.date) -> LetterToCome | None:
    """The letter that goes out next; None where none is begun. Raises OSError."""
    letters = read_letters(workspace)
    first = open_month(f"{today:%Y-%m}", letters, today)
    month = next((month for month, text in letters.items() if month >= first and not is_over(text, today)), None)
    if month is None:
        return None
    items = read_letter(letters[month]).items
    return LetterToCome(month, len(items), sum(map(_waits, items)))


def _waits(item: LetterItem) -> bool:
    return item.section == "asked" and not item.ticked and item.answer is None
