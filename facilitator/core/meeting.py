"""The meeting: the value that a journal folds to, and the public part of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from facilitator.core.agenda import Step
from facilitator.core.entry import Entry, label
from facilitator.core.instant import Instant
from facilitator.core.layers import Layers
from facilitator.core.setup import Setup
from facilitator.core.vocabulary import Kind

State = Literal["none", "ready", "running", "paused", "adjourned", "closed"]
Presence = Literal["present", "late", "excused", "absent", "left"]
HERE: tuple[Presence, ...] = ("present", "late")


class Spot(Struct, frozen=True, omit_defaults=True):
    """Where the meeting is: a step's id and, in a workshop, the index of its phase."""

    step: str
    phase: Annotated[int, Meta(ge=0)] | None = None


class PhaseState(Struct, frozen=True):
    """A phase of a workshop: planned and adjusted seconds, spent milliseconds."""

    title: str
    planned_s: int
    adjusted_s: int
    spent_ms: int = 0


class StepState(Struct, frozen=True):
    """A step as it stands: planned and adjusted seconds, spent milliseconds.

    `visits` counts how often it was entered (more than one: resumed); `estimated` says that a part of its time
    comes from the wall clock; `lead` is who leads it now, `led_ms` who led it for how long when it was handed over, `led`
    (in what is public) who led it. `earliest` and `latest` are its hours, in milliseconds UTC. `insisted`: it was given more time while it ran.
    """

    id: str
    plan: Step
    planned_s: int
    adjusted_s: int
    spent_ms: int = 0
    phases: tuple[PhaseState, ...] = ()
    aside: bool = False
    added: bool = False
    visits: int = 0
    estimated: bool = False
    lead: str | None = None
    handed: bool = False
    led_ms: tuple[tuple[str, int], ...] = ()
    led: tuple[str, ...] = ()
    earliest: int | None = None
    latest: int | None = None
    insisted: bool = False

    @property
    def title(self) -> str | None:
        """The title given in the agenda; None: the usual name of the kind."""
        return self.plan.title

    @property
    def awaited(self) -> int | None:
        """The hour before which it does not begin by itself; None without one, and once it was begun all the same."""
        return None if self.visits else self.earliest


class Stop(Struct, frozen=True):
    """A time in which the step's clock stood still: where, from when (milliseconds UTC), for how long."""

    step: str
    start: int
    ms: int = 0


class Span(Struct, frozen=True):
    """From `start` (milliseconds UTC) on, the meeting was at `spot`."""

    start: int
    spot: Spot


class Gap(Struct, frozen=True):
    """Time in which nobody was looking; `counts` is None until someone says whether it was meeting."""

    id: str
    start: int
    end: int
    spot: Spot | None
    counts: bool | None = None
    charged_ms: int = 0

    @property
    def ms(self) -> int:
        """Its length in milliseconds."""
        return max(0, self.end - self.start)


class Attendee(Struct, frozen=True):
    """Someone and how they attended (`absent`: without excuse); `visitor` that they are no member.

    `at` is when they came, or when it was said that they are not there or have gone; `came` is when they came, if they did.
    """

    name: str
    status: Presence
    at: int
    visitor: bool = False
    came: int | None = None


class AnswerClock(Struct, frozen=True):
    """The clock of the question being answered: `spent_ms` before `since`, which is the start or the end of a pause."""

    entry: str
    since: Instant
    seconds: int
    spent_ms: int = 0


class Turn(Struct, frozen=True):
    """What one person spoke in a round, in milliseconds; private."""

    name: str
    ms: int


class Round(Struct, frozen=True):
    """A speaking round: who speaks, since when, who waits in which order, who has spoken.

    `spent_ms` is what the one who speaks has spoken before `since`, the start of the turn or the end of a pause.
    """

    seconds: int
    speaking: str | None
    since: Instant
    waiting: tuple[str, ...] = ()
    turns: tuple[Turn, ...] = ()
    spent_ms: int = 0


class Void(Struct, frozen=True):
    """An act that did not hold when its turn came: its id, who wrote it and why it has no effect."""

    act: str
    actor: str
    reason: str


class Closing(Struct, frozen=True):
    """The close in force: the month of the newsletter (`2026-12`), and when it was, in milliseconds UTC."""

    month: str
    at: int


class Evaluation(Struct, frozen=True):
    """What the room said of the meeting: how many found it useful, from 1 to 5; words to keep, words to change. Nobody's name."""

    useful: tuple[int, ...] = (0, 0, 0, 0, 0)
    keep: tuple[str, ...] = ()
    change: tuple[str, ...] = ()


class Meeting(Struct, frozen=True):
    """Everything known of one meeting.

    A pure function of its acts (`fold`). Mappings are never changed once the meeting is made.
    `entries` is in the order of capture, `labels` finds an entry's id by `(kind, number)`, `removed` are those taken away.
    `renumbered` holds the entries whose number is not the one they claimed, and that one: it was said aloud.
    `reread_by` is who read the minutes again before the close, `remarks_until` the day before which remarks are taken.
    `answered_ms` is what the answers took in each step, `answer_ms` what each question took, in milliseconds.
    """

    id: str = ""
    setup: Setup | None = None
    state: State = "none"
    steps: tuple[StepState, ...] = ()
    spot: Spot | None = None
    opened_at: int | None = None
    started_at: int | None = None
    adjourned_at: int | None = None
    mark: Instant | None = None
    pauses: tuple[Stop, ...] = ()
    spans: tuple[Span, ...] = ()
    promise: int | None = None
    entries: Layers[str, Entry] = field(default_factory=Layers)
    labels: Layers[tuple[Kind, int], str] = field(default_factory=Layers)
    highest: Mapping[Kind, int] = {}
    removed: Mapping[str, Entry] = {}
    renumbered: Mapping[str, int] = {}
    attendance: Mapping[str, Attendee] = {}
    answering: AnswerClock | None = None
    answered_ms: Mapping[str, int] = {}
    answer_ms: Mapping[str, int] = {}
    gaps: tuple[Gap, ...] = ()
    round: Round | None = None
    past_rounds: tuple[Round, ...] = ()
    summary: str | None = None
    reread_by: str | None = None
    remarks_until: datetime.date | None = None
    evaluation: Evaluation = Evaluation()
    closed: Closing | None = None
    published: Mapping[str, str] | None = None
    last_actor: str | None = None
    void: tuple[Void, ...] = ()
    late: tuple[str, ...] = ()

    @property
    def opened(self) -> Setup:
        """The frozen setup; for a meeting that exists."""
        if self.setup is None:
            message = "the meeting does not exist yet"
            raise LookupError(message)
        return self.setup

    @property
    def current(self) -> StepState | None:
        """The step the meeting is at."""
        return next((step for step in self.steps if self.spot and step.id == self.spot.step), None)

    def step(self, step_id: str) -> StepState | None:
        """The step of this id, or None."""
        return next((step for step in self.steps if step.id == step_id), None)

    def number_of(self, step_id: str) -> int:
        """The place of a step on the agenda as displayed, from 1; 0 when it is not there."""
        return next((place for place, step in enumerate(self.steps, 1) if step.id == step_id), 0)

    def find(self, kind: Kind, number: int) -> Entry | None:
        """The entry said as this number; None when it was taken away, or has another by now."""
        found = self.entries.get(self.labels.get((kind, number), ""))
        return found if found is not None and (found.kind, found.number) == (kind, number) else None

    def of_kind(self, *kinds: Kind) -> list[Entry]:
        """The entries of these kinds, in the order of their numbers (notes: of capture)."""
        return _of_kind(self.entries.values(), kinds)

    def last_of(self, actor: str) -> Entry | None:
        """What this person wrote down last and is still there, a note too; None when there is nothing."""
        mine = [entry for entry in self.entries.values() if entry.actor == actor]
        return mine[-1] if mine else None

    def undecided(self) -> list[Entry]:
        """The questions without outcome, in the order of their numbers."""
        return [entry for entry in self.of_kind("question") if entry.outcome is None]

    def step_of(self, entry: Entry) -> str | None:
        """The id of the step an entry belongs to: the one it was put in, else the one that ran at its instant."""
        if entry.step is not None:
            return entry.step
        spot = self._spot_at(entry.at)
        return spot.step if spot else (self.steps[0].id if self.steps else None)

    def phase_of(self, entry: Entry) -> int | None:
        """The phase of its step that ran at the instant of an entry, from 0; None when none did, or it was put elsewhere."""
        spot = self._spot_at(entry.at)
        return spot.phase if spot and entry.step in (None, spot.step) else None

    def said_elsewhere(self, entry: Entry) -> bool:
        """Whether an entry was put in another step than the one that ran at its instant."""
        spot = self._spot_at(entry.at) if entry.moved else None
        return spot is not None and spot.step != entry.step

    def _spot_at(self, at: int) -> Spot | None:
        """Where the meeting was at an instant; before it began, where it began."""
        found = None
        for span in self.spans:
            if found is not None and span.start > at:
                break
            found = span.spot
        return found

    def say(self, entry: Entry) -> str:
        """The number of an entry in the language of the documents."""
        return label(entry.kind, entry.number, self.opened.language)


class PublicMeeting(Struct, frozen=True):
    """What may be shown to the room and written in shared documents.

    Made by `public` only; holds no private entry, no speaking time, nobody's share.
    A question taken up individually stays with its number and an empty text.
    Instants are milliseconds UTC, steps carry their three durations. `said_elsewhere` are the ids of entries that were put in another
    step than the one they were said in, `given` is the highest number of each kind that was ever given to what is not private.
    `answering` is the id of the question that is being answered; `speaking` who has the floor in a round, `speaks_next` who follows.
    """

    id: str
    setup: Setup
    state: State
    steps: tuple[StepState, ...]
    spot: Spot | None
    started_at: int | None
    adjourned_at: int | None
    promise: int | None
    pauses: tuple[Stop, ...]
    attendance: tuple[Attendee, ...]
    entries: tuple[Entry, ...]
    entry_steps: Mapping[str, str | None]
    entry_phases: Mapping[str, int | None]
    said_elsewhere: frozenset[str]
    given: Mapping[Kind, int]
    summary: str | None
    reread_by: str | None
    remarks_until: datetime.date | None
    month: str | None
    closed_at: int | None
    evaluation: Evaluation = Evaluation()
    answering: str | None = None
    speaking: str | None = None
    speaks_next: str | None = None

    def of_kind(self, *kinds: Kind) -> list[Entry]:
        """The entries of these kinds, in the order of their numbers (notes: of capture)."""
        return _of_kind(self.entries, kinds)


def _of_kind(entries: Iterable[Entry], kinds: Sequence[Kind]) -> list[Entry]:
    chosen = [entry for entry in entries if entry.kind in kinds]
    return sorted(chosen, key=lambda entry: (kinds.index(entry.kind), entry.number))
