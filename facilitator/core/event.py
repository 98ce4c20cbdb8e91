"""What commands, events and acts are made of, whatever their subject."""

from __future__ import annotations

from msgspec import Struct

from facilitator.core.instant import Instant, Moment
from facilitator.core.meeting import Meeting

ACT_VERSION = 1


class Stamp(Struct, frozen=True):
    """Who asks, when, and the identity of the act that would come of it."""

    id: str
    actor: str
    writer: str
    instant: Instant


class Deed(Struct, frozen=True):
    """What is asked for, or happened, and what the engine must know of it.

    moves: it moves time, and cannot be told earlier than the last that did. lasting: undo does not take it back.
    noticed: the program noticed it, nobody did it. over: it may follow a close. recount: it changes which acts count.
    They are of the class, and have no type: msgspec would evaluate each for each event, at every start of the program.
    """

    moves = False
    lasting = False
    noticed = False
    over = False
    recount = False


class Event(Deed, frozen=True, omit_defaults=True, tag_field="type", gc=False):
    """Something that happened. Its `apply` lets it count, and raises `Unfit` when it does not hold."""


Events = tuple[Event, ...]


class OwnCommand(Event, frozen=True):
    """An event that is its own command, because it holds what is asked for and nothing else."""

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:  # noqa: ARG002  # commands share one signature
        """The events that come of it: itself, unless it says otherwise."""
        return (self,)


class AnyAct(Struct, frozen=True, omit_defaults=True, gc=False):
    """Events of whatever subject, written and undone together: who wrote them, when, their place among all.

    `n` orders acts with `writer`: `max(seen + 1, real milliseconds UTC)`, never from `--at`.
    `actor` is `user@machine`. `at` is the instant the act is about, in milliseconds UTC.
    """

    id: str
    n: int
    writer: str
    actor: str
    at: Moment
    events: Events
    v: int = ACT_VERSION
    boot_id: str | None = None
    boot: int | None = None
    told: bool = False

    @property
    def instant(self) -> Instant:
        """The moment this act is about."""
        return Instant(at=self.at, boot_id=self.boot_id, boot=self.boot, told=self.told)

    @property
    def order(self) -> tuple[int, str, str]:
        """The place of this act among all others; the id decides between writers who could not take turns."""
        return self.n, self.writer, self.id
