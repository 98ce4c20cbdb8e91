"""What the telephones of the room sent: it waits until somebody takes it up, which makes it an act of the meeting, or declines it.

Taken up is an act first, then a line that settles what was sent. A crash between the two leaves the act, whose id is that of what was sent
(`core.telephones.act_id`): it no longer waits, and cannot be taken up again.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.acts import Capture, Evaluate, Support
from facilitator.core.refusal import Refused
from facilitator.core.said import Count, Fields
from facilitator.core.telephones import How, Limit, Sends, Sent, Settled, act_id, cleaned
from facilitator.core.text import normalise
from facilitator.store.telephones import (
    Serving,
    State,
    append_sent,
    forget_sent,
    read_sent,
    sent_state,
    serving_of,
)

if TYPE_CHECKING:
    from facilitator.core.acts import Command
    from facilitator.core.entry import Entry
    from facilitator.meetings.session import Done, Session

__all__ = [
    "NotKept",
    "Serving",
    "Waiting",
    "decline",
    "of_phone",
    "receive",
    "serving",
    "take_up",
    "waiting",
    "withdraw",
]


class Waiting(Struct, frozen=True):
    """What waits: its number, from 1 in the order of arrival (it stays), and for a "same" the entry it is about, while that is there."""

    number: int
    item: Sent
    entry: Entry | None = None


class NotKept(Exception):
    """What a telephone sends is not kept, and why."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit)
        self.limit = limit


class _Known(Struct):
    """What was read for a seat, and what the file looked like then; what waits of it, and how many acts there were then.

    `safe` are the ids of what this seat knows to be on the disk.
    """

    state: State | None
    sends: Sends
    acts: int = -1
    found: list[Waiting] = []
    safe: set[str] = set()


_KNOWN: WeakKeyDictionary[Session, _Known] = WeakKeyDictionary()


def waiting(session: Session) -> list[Waiting]:
    """What waits, in the order of arrival; one look at the file when nothing changed. Never raises for what is in it."""
    known, acts = _known(session), len(session.replay.acts)
    if known.acts != acts:
        entries, knows = session.meeting.entries, session.replay.knows
        known.found = [
            Waiting(number, item, entries.get(item.entry) if item.kind == "same" else None)
            for number, item in known.sends.waiting()
            if not knows(act_id(item))
        ]
        known.acts = acts
    return known.found


def take_up(session: Session, item: Sent, *, text: str | None = None) -> Done | None:
    """Make what was sent an act of the meeting; `text` is for the words of a question or a need. None for the floor, which is no act.

    Raises Refused (`done-already` when somebody settled it), NotSaved: it waits on, unless the act itself was saved.
    """
    _refuse_settled(session, item)
    command = _command(item, text)
    done = session.act(command, act_id=act_id(item)) if command is not None else None
    _settle(session, item, "taken")
    return done


def decline(session: Session, item: Sent) -> None:
    """Let what was sent wait no longer: nothing of it is kept but that. Raises Refused when somebody settled it, NotSaved."""
    _refuse_settled(session, item)
    _settle(session, item, "declined")


def serving(session: Session) -> Serving | None:
    """Who serves the room of this meeting to telephones now; None when nobody does."""
    return serving_of(session.workspace, session.meeting.id)


# What the server asks for telephones.


def receive(session: Session, item: Sent) -> Sent:
    """Keep what a telephone sent: it is on the disk when this returns, once, however often it is sent. It comes now.

    Raises NotKept, and NotSaved.
    """
    item = replace(cleaned(item), at=time.time_ns() // 1_000_000)
    known = _known(session)
    if known.sends.knows(item):
        item = known.sends.arrived[item.id]
        if item.id in known.safe:
            return item
    elif limit := known.sends.refusal(item):
        raise NotKept(limit)
    # One that stands in the file may be on no disk: its sync failed, or its server was killed before. Written twice, it counts once.
    append_sent(session.workspace, session.meeting.id, [item])
    known.safe.add(item.id)
    return item


def withdraw(session: Session, phone: str, item_id: str) -> bool:
    """Let a telephone take back what it sent; False when that no longer waits, or is not its own. Raises NotSaved."""
    found = next((one.item for one in waiting(session) if (one.item.id, one.item.phone) == (item_id, phone)), None)
    if found is not None:
        _settle(session, found, "withdrawn")
    return found is not None


def of_phone(session: Session, phone: str) -> list[tuple[Sent, How | None]]:
    """What one telephone sent, and what became of each; None while it waits."""
    knows = session.replay.knows
    return [(one, "taken" if knows(act_id(one)) else how) for one, how in _sends(session).of_phone(phone)]


def ahead(session: Session, phone: str) -> int | None:
    """How many wait for the floor before this telephone does; None when it does not wait for it."""
    queue = [one.item.phone for one in waiting(session) if one.item.kind == "floor"]
    return queue.index(phone) if phone in queue else None


def forget_closed(session: Session) -> None:
    """Delete what telephones sent to a meeting that is closed; nothing of one that goes on. Raises OSError."""
    if session.meeting.state == "closed":
        forget_sent(session.workspace, session.meeting.id)


def _sends(session: Session) -> Sends:
    return _known(session).sends


def _known(session: Session) -> _Known:
    """What is known, read again when the file changed; as it was known while it cannot be read."""
    known = _KNOWN.setdefault(session, _Known(None, Sends()))
    state = sent_state(session.workspace, session.meeting.id)
    if known.state != state:
        known.state, known.acts = state, -1
        with suppress(OSError, ValueError):
            known.sends = Sends(read_sent(session.workspace, session.meeting.id))
    return known


def _refuse_settled(session: Session, item: Sent) -> None:
    if item.id in _sends(session).settled or session.replay.knows(act_id(item)):
        raise Refused("done-already")


def _settle(session: Session, item: Sent, how: How) -> None:
    append_sent(session.workspace, session.meeting.id, [Settled(item.id, how)])
    if session.meeting.state == "closed" and not waiting(session):
        forget_sent(session.workspace, session.meeting.id)


def _command(item: Sent, text: str | None) -> Command | None:
    words = item.text if text is None else normalise(text).text
    match item.kind:
        case "question" | "need":
            return Capture(item.kind, Fields(text=words, by=item.by or None))
        case "same":
            return Support(item.entry)
        case "evaluation":
            useful: list[Count] = [int(item.useful == mark) for mark in range(1, 6)]
            return Evaluate(
                (useful[0], useful[1], useful[2], useful[3], useful[4]), item.keep or None, item.change or None
            )
        case "floor":
            return None
