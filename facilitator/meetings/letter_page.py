"""The letter that is to go out, item by item: what it says, who is to answer what waits, what is missing before it can be sent."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.core.entry import label
from facilitator.core.network import Network
from facilitator.core.regex import regex
from facilitator.documents.markdown.outline import Item
from facilitator.documents.markdown.pen import read_words
from facilitator.documents.minutes.reader import MinutesRead, read_minutes
from facilitator.documents.newsletter import words
from facilitator.documents.newsletter.change import not_sent, sent_on, waits
from facilitator.documents.newsletter.reader import LetterItem, read_letter
from facilitator.documents.typography import typeset
from facilitator.meetings.letters import letter_text
from facilitator.store.documents import in_turn, keep_written, read_text, read_written, replace_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from facilitator.core.meeting import Meeting
    from facilitator.store.workspace import Workspace


_LINKED = regex(r"(?<![\\!])\[((?:\\.|[^\[\]\\])*)\]\((?:<[^<>\n]*>|[^()\s]*)\)")
_MARKS = regex(r"(?<!\\)(?:\*{1,3}|__)")


class PageItem(Struct, frozen=True):
    """An item of a letter: the heading it stands under, its words on one line; the number and the meeting of what leads to an entry.

    `waits`: its answer is still to come, from `who`. `meeting` is that of the minutes it leads to, empty while these cannot be
    changed: they are open again, or not here.
    """

    heading: str
    text: str
    number: str = ""
    meeting: str = ""
    waits: bool = False
    answered: bool = False
    who: tuple[str, ...] = ()


class LetterPage(Struct, frozen=True):
    """A letter as it stands: `sent` when its head says so, `unreadable` when it cannot be changed any more.

    `announces`: the next meeting stands in it; `replies`: it says where answers go, or nothing in it waits for one.
    """

    month: str
    items: tuple[PageItem, ...] = ()
    sent: str | None = None
    unreadable: bool = False
    announces: bool = False
    replies: bool = True
    language: str = "fr"

    @property
    def waiting(self) -> tuple[PageItem, ...]:
        """The questions that still have no answer."""
        return tuple(item for item in self.items if item.waits)


def letter_page(workspace: Workspace, network: Network, month: str, language: str | None = None) -> LetterPage | None:
    """The letter of a month, its numbers as they are said in a language (None: its own); None when there is none. Only the minutes of what waits in it are read. Raises OSError."""
    text = letter_text(workspace, month)
    if text is None:
        return None
    read = read_letter(text)
    if read.unreadable is not None or read.outline is None:
        return LetterPage(month, unreadable=True)
    known = {id(item.item): item for item in read.items}
    minutes: dict[str, MinutesRead | None] = {}
    items = [
        _item(workspace, network, listed, known.get(id(listed)), minutes, read.front.language, language)
        for listed in read.outline.items
    ]
    blocks = [block for block in read.outline.blocks if block.paragraph]
    said = {words.read_section(block.under[-1].text) for block in blocks if block.under}
    return LetterPage(
        month,
        tuple(items),
        read.front.sent,
        announces=any(word in block.text for block in blocks for both in words.NEXT.values() for word in both),
        replies="asked" in said or not any(item.waits for item in items),
        language=read.front.language,
    )


def network_of(meeting: Meeting) -> Network:
    """As much of its network as a meeting knows: its name, its members, who coordinates, where answers go, its choices."""
    setup = meeting.setup
    return (
        Network()
        if setup is None
        else Network(
            name=setup.network,
            coordinator=setup.coordinator,
            members=setup.members,
            channels=setup.channels,
            choices=setup.choices,
        )
    )


def _item(  # noqa: PLR0913  # an item, and what it is read with
    workspace: Workspace,
    network: Network,
    listed: Item,
    item: LetterItem | None,
    minutes: dict[str, MinutesRead | None],
    language: str,
    said_in: str | None,
) -> PageItem:
    heading = read_words(listed.under[-1].text) if listed.under else ""
    if item is None:
        return PageItem(heading, _shown(listed.text, language))
    if item.meeting not in minutes:
        path = workspace.minutes_folder / f"{item.meeting}.md"
        text = read_text(workspace, path)
        minutes[item.meeting] = read_minutes(text, meeting=item.meeting) if text is not None else None
    read = minutes[item.meeting]
    found = read.find(item.kind, item.number) if read is not None else None
    open_ = waits(item) and not item.ticked
    can = read is not None and found is not None and read.front.status == "final"
    who: tuple[str, ...] = ()
    if open_:
        by_default = (read.by_default if read is not None else None) or network.coordinator
        who = (found.said.owners if found is not None else ()) or ((by_default,) if by_default else ())
    return PageItem(
        heading,
        _shown(item.text, language),
        label(item.kind, item.number, said_in or language),
        (read.front.meeting or item.meeting) if can and read is not None else "",
        open_,
        item.kind == "question" and not open_,
        who,
    )


def mark_sent(workspace: Workspace, month: str, day: datetime.date) -> None:
    """Have the letter of a month say that it was sent on a day: what is answered later goes into the next one. Raises Unreadable, OSError."""
    _change(workspace, month, lambda text: sent_on(text, day))


def mark_not_sent(workspace: Workspace, month: str) -> None:
    """Take back that the letter of a month was sent. Raises Unreadable, OSError."""
    _change(workspace, month, not_sent)


def _change(workspace: Workspace, month: str, change: Callable[[str], str]) -> None:
    path = workspace.newsletter_folder / f"{month}.md"
    with in_turn(workspace):
        before = read_text(workspace, path)
        if before is None:
            return
        replace_text(workspace, path, before, change(before))
        own = read_written(workspace, path)
        if own is not None:
            keep_written(workspace, path, change(own))


def _shown(markdown: str, language: str) -> str:
    """What a reader sees of it, on one line: no marks, of a link its words."""
    return typeset(" ".join(read_words(_MARKS.sub("", _LINKED.sub(r"\1", markdown))).split()), language)
