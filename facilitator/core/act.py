"""Acts: what is written in the journal, and the events they hold.

An act is the unit of acknowledgement, of undo and of de-duplication (by `id`); it is never changed.
Instants are milliseconds UTC; a boot clock is milliseconds since the machine `boot_id` started.
"""

from __future__ import annotations

import datetime
from operator import attrgetter
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from facilitator.core.agenda import DAY_S, Agenda, Level, NewsType, Step
from facilitator.core.entry import Kind, Outcome
from facilitator.core.network import Calendar, Channels, Choices, Language, Member

ACT_VERSION = 1

# The last day that a clock can show in every time zone; what is beyond it was never a moment of a meeting.
MAX_AT = 253_402_000_000_000
MAX_NUMBER = 999_999

Moment = Annotated[int, Meta(ge=0, le=MAX_AT)]
Seconds = Annotated[int, Meta(ge=-DAY_S, le=DAY_S)]
Presence = Literal["present", "late", "excused", "left"]


class Instant(Struct, frozen=True, omit_defaults=True):
    """A moment: the wall clock, and the boot clock where there is one.

    `told` is true when a person gave the time (`--at`): it then has no boot clock.
    """

    at: Moment
    boot_id: str | None = None
    boot: int | None = None
    told: bool = False


class Spot(Struct, frozen=True, omit_defaults=True):
    """Where the meeting is: a step's id and, in a workshop, the index of its phase."""

    step: str
    phase: Annotated[int, Meta(ge=0)] | None = None


class Setup(Struct, frozen=True, omit_defaults=True):
    """Everything the meeting rests on, frozen by its first act.

    `day` is the local day, `planned_start` and `promised_end` instants in milliseconds UTC or None,
    `zone` an IANA name, `language` that of the documents.
    """

    agenda: Agenda
    day: datetime.date
    zone: str
    language: Language
    planned_start: Moment | None = None
    promised_end: Moment | None = None
    members: tuple[Member, ...] = ()
    network: str | None = None
    scale: Level | None = None
    coordinator: str | None = None
    channels: Channels = Channels()
    calendar: Calendar = Calendar()
    choices: Choices = Choices()


class Fields(Struct, frozen=True, omit_defaults=True, gc=False):
    """The parts of an entry that can be given or changed; what is UNSET stays as it was."""

    text: str | UnsetType = UNSET
    by: str | None | UnsetType = UNSET
    owners: tuple[str, ...] | UnsetType = UNSET
    due: datetime.date | None | UnsetType = UNSET
    theme: str | None | UnsetType = UNSET
    link: str | None | UnsetType = UNSET
    type: NewsType | None | UnsetType = UNSET
    level: Level | None | UnsetType = UNSET
    deadline: datetime.date | None | UnsetType = UNSET
    offer: bool | UnsetType = UNSET


class Event(Struct, frozen=True, omit_defaults=True, tag_field="type", gc=False):
    """Something that happened; the base of the tagged union `AnyEvent`."""


class Opened(Event, tag="opened", frozen=True):
    """The meeting exists: its agenda and settings are frozen."""

    meeting: str
    setup: Setup


class Started(Event, tag="started", frozen=True):
    """The meeting began: the first step runs."""


class Moved(Event, tag="moved", frozen=True):
    """From one line of the agenda to another; void when the meeting was no longer at `leaving`."""

    leaving: Spot
    to: Spot


class Paused(Event, tag="paused", frozen=True):
    """The step's clock stopped."""


class Resumed(Event, tag="resumed", frozen=True):
    """The step's clock runs again."""


class Adjourned(Event, tag="adjourned", frozen=True):
    """Time stopped for good: *la séance est levée*."""


class Adjusted(Event, tag="adjusted", frozen=True):
    """A step, or one phase of it, was given or took `seconds`."""

    step: str
    seconds: Seconds
    phase: int | None = None


class Promised(Event, tag="promised", frozen=True):
    """The end promised to the room is now `end`."""

    end: Moment


class StepAdded(Event, tag="step-added", frozen=True):
    """A step was inserted after the step `after` (None: first)."""

    id: str
    step: Step
    after: str | None = None


class StepSetAside(Event, tag="step-set-aside", frozen=True):
    """A step was put aside, or brought back."""

    step: str
    aside: bool


class StepMoved(Event, tag="step-moved", frozen=True):
    """A step was moved after the step `after` (None: first)."""

    step: str
    after: str | None = None


class GapFound(Event, tag="gap-found", frozen=True):
    """Nobody was looking from `start` to `end` (a crash, a closed lid); it counts as meeting until settled."""

    id: str
    start: Moment
    end: Moment


class GapSettled(Event, tag="gap-settled", frozen=True):
    """Someone said whether a gap was meeting (`counts`) or break."""

    gap: str
    counts: bool


class Captured(Event, tag="captured", frozen=True):
    """An entry was caught. `number` is claimed, 0 for a note."""

    entry: str
    kind: Kind
    number: Annotated[int, Meta(ge=0, le=MAX_NUMBER)]
    fields: Fields
    step: str | None = None


class Edited(Event, tag="edited", frozen=True):
    """Parts of an entry were changed."""

    entry: str
    fields: Fields


class Answered(Event, tag="answered", frozen=True):
    """A question was answered here."""

    entry: str
    text: str
    link: str | None = None


class Sent(Event, tag="sent", frozen=True):
    """A question was given an outcome other than an answer."""

    entry: str
    to: Outcome
    owner: str | None = None
    due: datetime.date | None = None


class Finished(Event, tag="finished", frozen=True):
    """A follow-up is done, or no longer is."""

    entry: str
    done: bool = True


class Relocated(Event, tag="relocated", frozen=True):
    """An entry belongs to another step."""

    entry: str
    step: str


class Supported(Event, tag="supported", frozen=True):
    """Someone else has the same question or need."""

    entry: str


class Attended(Event, tag="attended", frozen=True):
    """Someone came, came late, excused themselves or left."""

    name: str
    status: Presence


class AnswerStarted(Event, tag="answer-started", frozen=True):
    """The answer clock of a question runs, for `seconds`."""

    entry: str
    seconds: Seconds


class AnswerStopped(Event, tag="answer-stopped", frozen=True):
    """The answer clock was stopped without an answer."""

    entry: str


class RoundStarted(Event, tag="round-started", frozen=True):
    """A speaking round began: each of `people`, in this order, has `seconds`."""

    people: tuple[str, ...]
    seconds: Seconds


class RoundPassed(Event, tag="round-passed", frozen=True):
    """`leaving` has spoken, or passes and comes back at the end (`later`); the next one speaks."""

    leaving: str
    later: bool = False


class RoundEnded(Event, tag="round-ended", frozen=True):
    """The speaking round was ended."""


class HandedOver(Event, tag="handed-over", frozen=True):
    """A step is led by `to` from now on; None gives it back to the facilitator."""

    step: str
    to: str | None = None


class Undone(Event, tag="undone", frozen=True):
    """The act `act` no longer counts."""

    act: str


class Redone(Event, tag="redone", frozen=True):
    """The undone act `act` counts again."""

    act: str


class Closed(Event, tag="closed", frozen=True):
    """The meeting is closed: numbers are frozen, what comes later from a writer is late.

    `numbers` maps entry ids to numbers, `seen` writers to the `n` of their last act, `month` is `2026-12`.
    """

    month: str
    numbers: dict[str, int]
    seen: dict[str, int]
    summary: str | None = None


class Published(Event, tag="published", frozen=True):
    """The documents are on the disk: path in the workspace to SHA-256, in hexadecimal."""

    documents: dict[str, str]


class Reopened(Event, tag="reopened", frozen=True):
    """The close no longer counts."""


AnyEvent = (
    Opened
    | Started
    | Moved
    | Paused
    | Resumed
    | Adjourned
    | Adjusted
    | Promised
    | StepAdded
    | StepSetAside
    | StepMoved
    | GapFound
    | GapSettled
    | Captured
    | Edited
    | Answered
    | Sent
    | Finished
    | Relocated
    | Supported
    | Attended
    | AnswerStarted
    | AnswerStopped
    | RoundStarted
    | RoundPassed
    | RoundEnded
    | HandedOver
    | Undone
    | Redone
    | Closed
    | Published
    | Reopened
)


# The order of the journal, as a key to sort by.
in_order = attrgetter("n", "writer", "id")


class Act(Struct, frozen=True, omit_defaults=True, gc=False):
    """One or more events, written and undone together.

    `n` orders acts with `writer`: `max(seen + 1, real milliseconds UTC)`, never from `--at`.
    `actor` is `user@machine`. `at` is the instant the act is about, in milliseconds UTC.
    """

    id: str
    n: int
    writer: str
    actor: str
    at: Moment
    events: tuple[AnyEvent, ...]
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
