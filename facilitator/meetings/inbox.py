"""The inbox: what comes in between meetings, and what of it goes into the next letter or agenda."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.cycle.inbox import Item, in_order, news_item
from facilitator.core.network import Language, Network
from facilitator.core.setup import newsletter_month
from facilitator.documents.feeds import read_items
from facilitator.documents.inbox import Kept, add_to_inbox, move_in_inbox, read_inbox
from facilitator.documents.newsletter.passed_on import pass_on
from facilitator.documents.newsletter.reader import is_over
from facilitator.meetings.letters import letter_text, read_letters
from facilitator.store.documents import in_turn, keep_written, read_text, read_written, replace_text
from facilitator.store.feeds import read_feed

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda
    from facilitator.store.workspace import Workspace

FETCH_S = 30.0
MAX_ITEMS = 50  # of a step of an agenda


class NoItem(LookupError):
    """There is no item of this number."""


class Fed(Struct, frozen=True):
    """What became of a feed: the new items, or why there are none."""

    place: str
    new: tuple[Item, ...] = ()
    problem: Exception | None = None


def waiting(workspace: Workspace) -> list[Kept]:
    """The items that wait, in the order in which they are shown and numbered from 1. Raises Conflicted, OSError."""
    return _waiting(read_text(workspace, workspace.inbox_file))


def _waiting(text: str | None) -> list[Kept]:
    found = [kept for kept in read_inbox(text or "") if not kept.done]
    return [found[place] for place in in_order([kept.item for kept in found])]


def add(workspace: Workspace, items: Sequence[Item], language: Language) -> list[Item]:
    """Put items in; those that it never held. Raises Conflicted, OSError."""
    if not items:
        return []
    with in_turn(workspace):
        before = read_text(workspace, workspace.inbox_file)
        after, new = add_to_inbox(before, items, language)
        if new:
            replace_text(workspace, workspace.inbox_file, before, after)
    return new


def drop(workspace: Workspace, number: int, language: Language) -> Item:
    """Be done with an item without passing it on. Raises NoItem, Conflicted, OSError."""
    return _move(workspace, number, "done", language)


def for_agenda(workspace: Workspace, number: int, language: Language) -> Item:
    """Choose an item for the next agenda that is written. Raises NoItem, Conflicted, OSError."""
    return _move(workspace, number, "agenda", language)


def for_letter(
    workspace: Workspace, number: int, network: Network, language: Language, *, today: datetime.date
) -> tuple[Item, Path]:
    """Put an item into the next letter; the item, and the letter. Raises NoItem, Conflicted, Unreadable, OSError."""
    with in_turn(workspace):
        before = read_text(workspace, workspace.inbox_file)
        kept = _numbered(_waiting(before), number)
        month = _next_letter(workspace, today)
        path = workspace.newsletter_folder / f"{month}.md"
        letter = letter_text(workspace, month)
        text = pass_on(letter, month, kept.item, network=network.name, language=language, day=today)
        if text != letter:
            own = read_written(workspace, path) if letter is not None else None
            replace_text(workspace, path, letter, text)
            if letter is None:
                keep_written(workspace, path, text)
            elif own is not None:
                keep_written(
                    workspace, path, pass_on(own, month, kept.item, network=network.name, language=language, day=today)
                )
        replace_text(workspace, workspace.inbox_file, before, move_in_inbox(before or "", kept, "done", language))
    return kept.item, path


def _next_letter(workspace: Workspace, today: datetime.date) -> str:
    """The month of the letter that goes out next: of those there are and that are not over the first, else that of the month after."""
    found = [month for month, text in read_letters(workspace).items() if not is_over(text, today)]
    return min(found, default=newsletter_month(today))


def _move(workspace: Workspace, number: int, to: Literal["agenda", "done"], language: Language) -> Item:
    with in_turn(workspace):
        before = read_text(workspace, workspace.inbox_file)
        kept = _numbered(_waiting(before), number)
        after = move_in_inbox(before or "", kept, to, language)
        if after != before:
            replace_text(workspace, workspace.inbox_file, before, after)
    return kept.item


def _numbered(found: Sequence[Kept], number: int) -> Kept:
    if not 1 <= number <= len(found):
        raise NoItem(number)
    return found[number - 1]


# The agenda.


def chosen(workspace: Workspace) -> list[Kept]:
    """The items that were chosen for the next agenda. Raises Conflicted, OSError."""
    return [kept for kept in waiting(workspace) if kept.section == "agenda"]


def with_chosen(agenda: Agenda, found: Sequence[Kept]) -> Agenda:
    """The agenda with these as its news; as it is where it has no sequence for news."""
    place = next((place for place, step in enumerate(agenda.steps) if step.kind == "news"), None)
    if place is None or not found:
        return agenda
    step = agenda.steps[place]
    items = (*step.items, *(news_item(kept.item) for kept in found))[:MAX_ITEMS]
    steps = (*agenda.steps[:place], replace(step, items=items), *agenda.steps[place + 1 :])
    return replace(agenda, steps=steps)


def settle_chosen(workspace: Workspace, found: Sequence[Kept], language: Language) -> None:
    """Be done with what was chosen: an agenda holds it now. Raises Conflicted, OSError."""
    with in_turn(workspace):
        for kept in found:
            before = read_text(workspace, workspace.inbox_file) or ""
            now = next((one for one in read_inbox(before) if not one.done and one.item == kept.item), None)
            if now is not None:
                replace_text(workspace, workspace.inbox_file, before, move_in_inbox(before, now, "done", language))


# Feeds.


def fetch(workspace: Workspace, network: Network, language: Language) -> list[Fed]:
    """Read the feeds of the network, each within half a minute, and put what is new in. Raises Conflicted, OSError."""
    found = []
    for place in network.feeds:
        read = _within(place, workspace.root)
        if isinstance(read, Exception):
            found.append(Fed(place, problem=read))
        else:
            found.append(Fed(place, tuple(add(workspace, read, language))))
    return found


def _within(place: str, root: Path) -> list[Item] | Exception:
    """The items of a feed, or why there are none. What takes too long is left behind: it ends with the program."""
    found: list[list[Item] | Exception] = []

    def read() -> None:
        try:
            found.append(read_items(read_feed(place, root)))
        except Exception as problem:  # noqa: BLE001  # whatever a feed does to its parser is that feed's affair
            found.append(problem)

    worker = threading.Thread(target=read, daemon=True)
    worker.start()
    worker.join(FETCH_S)
    return found[0] if found else TimeoutError()
