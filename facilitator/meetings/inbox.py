"""The inbox: what comes in between meetings, and what of it goes into the next letter or agenda."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.cycle.inbox import InboxItem, in_order, news_item
from facilitator.core.network import Language, Network
from facilitator.core.setup import newsletter_month
from facilitator.core.text import slug
from facilitator.documents.feeds import read_items
from facilitator.documents.inbox import PlacedItem, add_to_inbox, move_in_inbox, read_inbox
from facilitator.documents.newsletter.passed_on import pass_on
from facilitator.documents.newsletter.reader import is_over
from facilitator.i18n import LANGUAGES, translator
from facilitator.meetings.letters import letter_text, read_letters
from facilitator.store.documents import (
    as_bytes,
    documents_in,
    in_turn,
    keep_written,
    read_text,
    read_written,
    replace_text,
)
from facilitator.store.feeds import read_feed

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda, NewsItem
    from facilitator.store.workspace import Workspace

FETCH_S = 30.0
MAX_ITEMS = 50  # of a step of an agenda


class NoItem(LookupError):
    """There is no item of this number."""


class Fed(Struct, frozen=True):
    """What became of a feed: the new items, or why there are none."""

    place: str
    new: tuple[InboxItem, ...] = ()
    problem: Exception | None = None


def waiting(workspace: Workspace) -> list[PlacedItem]:
    """The items that wait, in the order in which they are shown and numbered from 1. Raises Conflicted, OSError."""
    return _waiting(read_text(workspace, workspace.inbox_file))


def _waiting(text: str | None) -> list[PlacedItem]:
    found = [kept for kept in read_inbox(text or "") if not kept.done]
    return [found[place] for place in in_order([kept.item for kept in found])]


def add(workspace: Workspace, items: Sequence[InboxItem], language: Language) -> list[InboxItem]:
    """Put items in; those that it never held. Raises Conflicted, OSError."""
    if not items:
        return []
    with in_turn(workspace):
        before = read_text(workspace, workspace.inbox_file)
        after, new = add_to_inbox(before, items, language)
        if new:
            replace_text(workspace, workspace.inbox_file, before, after)
    return new


def drop(workspace: Workspace, number: int, language: Language) -> InboxItem:
    """Be done with an item without passing it on. Raises NoItem, Conflicted, OSError."""
    with in_turn(workspace):
        before = read_text(workspace, workspace.inbox_file)
        kept = _numbered(_waiting(before), number)
        replace_text(workspace, workspace.inbox_file, before, move_in_inbox(before or "", kept, "done", language))
    return kept.item


def for_agenda(
    workspace: Workspace, number: int, language: Language, *, today: datetime.date
) -> tuple[InboxItem, Path | None, datetime.date | None]:
    """Put an item into the agenda to come; the item, that agenda (None: it waits for the next one that is written) and its day.

    Raises NoItem, Conflicted, OSError.
    """
    with in_turn(workspace):
        before = read_text(workspace, workspace.inbox_file)
        kept = _numbered(_waiting(before), number)
        path, day = _put_in_agenda(workspace, news_item(kept.item), today)
        after = move_in_inbox(before or "", kept, "agenda" if path is None else "done", language)
        if after != before:
            replace_text(workspace, workspace.inbox_file, before, after)
    return kept.item, path, day


def _put_in_agenda(
    workspace: Workspace, item: NewsItem, today: datetime.date
) -> tuple[Path | None, datetime.date | None]:
    """Put news into the first agenda from a day on whose meeting was not held, where that can be done. Raises OSError."""
    from facilitator.documents.agenda import read_agenda
    from facilitator.documents.agenda_change import put_in_news
    from facilitator.documents.problem import Problems

    found: list[tuple[datetime.date, Path, str]] = []
    opened = set(workspace.opened())
    for path, text in documents_in(workspace, workspace.agendas_folder, (".yaml", ".yml")):
        try:
            agenda = read_agenda(as_bytes(text), name=path.name, tr=translator(LANGUAGES[0]))
        except Problems:
            continue
        if agenda.date is not None and agenda.date >= today:
            name = f"{agenda.date}-{agenda.slug or slug(agenda.title)}"
            if name not in opened and not (workspace.minutes_folder / f"{name}.md").exists():
                found.append((agenda.date, path, text))
    for day, path, text in sorted(found)[:1]:
        changed = put_in_news(text, item)
        if changed is not None:
            replace_text(workspace, path, text, changed)
            return path, day
    return None, None


def for_letter(
    workspace: Workspace, number: int, network: Network, language: Language, *, today: datetime.date
) -> tuple[InboxItem, Path]:
    """Put an item into the next letter; the item, and the letter. Raises NoItem, Conflicted, Unreadable, OSError."""
    with in_turn(workspace):
        before = read_text(workspace, workspace.inbox_file)
        kept = _numbered(_waiting(before), number)
        month = _next_letter(workspace, today)
        path = workspace.newsletter_folder / f"{month}.md"
        letter = letter_text(workspace, month)
        text = pass_on(letter, month, kept.item, network=network, language=language, day=today)
        if text != letter:
            own = read_written(workspace, path) if letter is not None else None
            replace_text(workspace, path, letter, text)
            if letter is None:
                keep_written(workspace, path, text)
            elif own is not None:
                keep_written(
                    workspace, path, pass_on(own, month, kept.item, network=network, language=language, day=today)
                )
        replace_text(workspace, workspace.inbox_file, before, move_in_inbox(before or "", kept, "done", language))
    return kept.item, path


def _next_letter(workspace: Workspace, today: datetime.date) -> str:
    """The month of the letter that goes out next: of those there are and that are not over the first, else that of the month after."""
    found = [month for month, text in read_letters(workspace).items() if not is_over(text, today)]
    return min(found, default=newsletter_month(today))


def _numbered(found: Sequence[PlacedItem], number: int) -> PlacedItem:
    if not 1 <= number <= len(found):
        raise NoItem(number)
    return found[number - 1]


# The agenda.


def chosen(workspace: Workspace) -> list[PlacedItem]:
    """The items that were chosen for the next agenda. Raises Conflicted, OSError."""
    return [kept for kept in waiting(workspace) if kept.section == "agenda"]


def with_chosen(agenda: Agenda, found: Sequence[PlacedItem]) -> Agenda:
    """The agenda with these as its news; as it is where it has no sequence for news."""
    place = next((place for place, step in enumerate(agenda.steps) if step.kind == "news"), None)
    if place is None or not found:
        return agenda
    step = agenda.steps[place]
    items = (*step.items, *(news_item(kept.item) for kept in found))[:MAX_ITEMS]
    steps = (*agenda.steps[:place], replace(step, items=items), *agenda.steps[place + 1 :])
    return replace(agenda, steps=steps)


def settle_chosen(workspace: Workspace, found: Sequence[PlacedItem], language: Language) -> None:
    """Be done with what was chosen: an agenda holds it now. Raises Conflicted, OSError."""
    with in_turn(workspace):
        for kept in found:
            before = read_text(workspace, workspace.inbox_file) or ""
            now = next((one for one in read_inbox(before) if not one.done and one.item == kept.item), None)
            if now is not None:
                replace_text(workspace, workspace.inbox_file, before, move_in_inbox(before, now, "done", language))


# Feeds.


def fetch(workspace: Workspace, network: Network, language: Language, *, today: datetime.date) -> list[Fed]:
    """Read the feeds of the network, each within half a minute, and put what is new in. Raises Conflicted, OSError."""
    found = []
    for place in network.feeds:
        read = _within(place, workspace.root, today)
        if isinstance(read, Exception):
            found.append(Fed(place, problem=read))
        else:
            found.append(Fed(place, tuple(add(workspace, read, language))))
    return found


def _within(place: str, root: Path, today: datetime.date) -> list[InboxItem] | Exception:
    """The items of a feed, or why there are none. What takes too long is left behind: it ends with the program."""
    found: list[list[InboxItem] | Exception] = []

    def read() -> None:
        try:
            found.append(read_items(read_feed(place, root), today))
        except Exception as problem:  # noqa: BLE001  # whatever a feed does to its parser is that feed's affair
            found.append(problem)

    worker = threading.Thread(target=read, daemon=True)
    worker.start()
    worker.join(FETCH_S)
    return found[0] if found else TimeoutError()
