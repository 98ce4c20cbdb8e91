"""One fold under way: a meeting being made, act by act."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from operator import itemgetter
from typing import Any, TypeVar

from msgspec.structs import asdict, replace

from facilitator.core.entry import Entry
from facilitator.core.instant import Instant, between, onward
from facilitator.core.layers import Layers
from facilitator.core.meeting import (
    AnswerClock,
    Attendee,
    Closing,
    Evaluation,
    Gap,
    Meeting,
    Round,
    Span,
    Spot,
    State,
    StepState,
    Stop,
)
from facilitator.core.refusal import Reason
from facilitator.core.setup import Setup
from facilitator.core.vocabulary import Kind

# A number as it is claimed: the entry, its kind by then, the number.
Claim = tuple[str, Kind, int]

_Clock = TypeVar("_Clock", AnswerClock, Round)
_PARTS = itemgetter(*Meeting.__struct_fields__)


class Unfit(Exception):
    """The event does not hold when its turn comes."""

    def __init__(self, reason: Reason) -> None:
        self.reason: Reason = reason


class Folding:
    """The parts of a meeting, open to change; `freeze` makes a meeting of them.

    What it holds is shared with the meeting it began with, and opened at its first change.
    `numbers` are settled beforehand; `collided` says that a number may have been claimed twice and they have to be.
    """

    id: str
    setup: Setup | None
    state: State
    steps: tuple[StepState, ...]
    spot: Spot | None
    opened_at: int | None
    started_at: int | None
    adjourned_at: int | None
    mark: Instant | None
    pauses: tuple[Stop, ...]
    spans: tuple[Span, ...]
    promise: int | None
    entries: Layers[str, Entry]
    labels: Layers[tuple[Kind, int], str]
    highest: Mapping[Kind, int]
    removed: Mapping[str, Entry]
    renumbered: Mapping[str, int]
    attendance: Mapping[str, Attendee]
    answering: AnswerClock | None
    answered_ms: Mapping[str, int]
    answer_ms: Mapping[str, int]
    gaps: tuple[Gap, ...]
    round: Round | None
    past_rounds: tuple[Round, ...]
    summary: str | None
    reread_by: str | None
    remarks_until: datetime.date | None
    evaluation: Evaluation
    closed: Closing | None
    published: Mapping[str, str] | None
    last_actor: str | None
    late: tuple[str, ...]

    def __init__(self, meeting: Meeting, numbers: Mapping[Claim, int] | None = None) -> None:
        self.__dict__ = asdict(meeting)
        self.void = list(meeting.void)
        self.numbers = numbers or {}
        self.collided = False
        self._owns_entries = False
        self._owns_labels = False

    def freeze(self) -> Meeting:
        """The meeting as it stands."""
        self.entries = self.entries.settled()
        self.labels = self.labels.settled()
        return Meeting(*_PARTS({**vars(self), "void": tuple(self.void)}))

    def copy(self) -> dict[str, Any]:
        """All parts as they stand, to be given back to `restore`."""
        self._owns_entries = self._owns_labels = False
        return dict(self.__dict__)

    def restore(self, parts: dict[str, Any]) -> None:
        """Put the parts back as they were when `copy` was called."""
        self.__dict__.update(parts)

    def put_entry(self, entry: Entry) -> None:
        """Add an entry, or put it in the place of the one with its id."""
        if not self._owns_entries:
            self.entries = self.entries.opened()
            self._owns_entries = True
        self.entries.put(entry.id, entry)

    def drop_entry(self, entry: Entry) -> None:
        """Take an entry away; its number stays claimed."""
        self.entries = self.entries.without(entry.id)
        self._owns_entries = True
        self.removed = {**self.removed, entry.id: entry}

    def claim(self, kind: Kind, number: int, entry_id: str) -> int:
        """Give an entry the number settled for this claim, else the one it claims; notes have none."""
        if not number:
            return 0
        claimed, number = number, self.numbers.get((entry_id, kind, number), number)
        if number != claimed:
            self.renumbered = {**self.renumbered, entry_id: claimed}
        elif entry_id in self.renumbered:  # it claims for another kind
            self.renumbered = {entry: said for entry, said in self.renumbered.items() if entry != entry_id}
        if number <= self.highest.get(kind, 0):
            self.collided = True
        if not self._owns_labels:
            self.labels = self.labels.opened()
            self._owns_labels = True
        self.labels.put((kind, number), entry_id)
        self.highest = {**self.highest, kind: max(number, self.highest.get(kind, 0))}
        return number

    def entry(self, entry_id: str) -> Entry:
        """The entry of this id; void without it."""
        found = self.entries.get(entry_id)
        if found is None:
            raise Unfit("no-entry")
        return found

    def step(self, step_id: str) -> StepState:
        """The step of this id; void without it."""
        found = next((step for step in self.steps if step.id == step_id), None)
        if found is None:
            raise Unfit("no-step")
        return found

    def put_step(self, changed: StepState) -> None:
        """Put a step in the place of the one with its id."""
        self.steps = tuple(changed if step.id == changed.id else step for step in self.steps)

    def tick(self, now: Instant) -> None:
        """Bring the clocks of an answer and of a turn up to `now`; in a pause they stand still like the step's."""
        if self.answering is not None:
            self.answering = self._ticked(self.answering, now)
        if self.round is not None:
            self.round = self._ticked(self.round, now)

    def _ticked(self, clock: _Clock, now: Instant) -> _Clock:
        ms = between(clock.since, now)[0] if self.state == "running" else 0
        return replace(clock, since=onward(clock.since, now), spent_ms=clock.spent_ms + ms)

    def in_course(self) -> None:
        """Void before the start and after the end."""
        self.not_over()
        if self.state == "ready":
            raise Unfit("not-started")

    def not_over(self) -> None:
        """Void without a meeting and after its end."""
        if self.state == "none":
            raise Unfit("no-meeting")
        if self.state == "adjourned":
            raise Unfit("adjourned")
