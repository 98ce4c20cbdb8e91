"""One fold under way: a meeting being made, act by act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from facilitator.core.act import Closed, Instant, Setup, Spot
from facilitator.core.entry import Entry, Kind
from facilitator.core.layers import Layers
from facilitator.core.meeting import (
    AnswerClock,
    Attendee,
    Gap,
    Meeting,
    Pause,
    Round,
    Span,
    State,
    StepState,
    Turn,
    Void,
)
from facilitator.core.refusal import Reason
from facilitator.core.time.clocks import between


class Unfit(Exception):
    """The event does not hold when its turn comes."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Folding:
    """The parts of a meeting, open to change; `freeze` makes a meeting of them.

    What it holds is shared with the meeting it began with, and drafted at its first change.
    `numbers` are settled beforehand; `collided` says that a number may have been claimed twice and they have to be.
    """

    def __init__(self, meeting: Meeting, numbers: Mapping[str, int] | None = None) -> None:
        self.numbers = numbers or {}
        self.collided = False
        self.id = meeting.id
        self.setup: Setup | None = meeting.setup
        self.state: State = meeting.state
        self.steps: tuple[StepState, ...] = meeting.steps
        self.spot: Spot | None = meeting.spot
        self.opened_at = meeting.opened_at
        self.started_at = meeting.started_at
        self.adjourned_at = meeting.adjourned_at
        self.mark: Instant | None = meeting.mark
        self.pauses: tuple[Pause, ...] = meeting.pauses
        self.spans: tuple[Span, ...] = meeting.spans
        self.promise = meeting.promise
        self.entries: Layers[str, Entry] = meeting.entries
        self.labels: Layers[tuple[Kind, int], str] = meeting.labels
        self.highest: Mapping[Kind, int] = meeting.highest
        self.attendance: Mapping[str, Attendee] = meeting.attendance
        self.answering: AnswerClock | None = meeting.answering
        self.answered_ms: Mapping[str, int] = meeting.answered_ms
        self.answer_ms: Mapping[str, int] = meeting.answer_ms
        self.gaps: tuple[Gap, ...] = meeting.gaps
        self.round: Round | None = meeting.round
        self.past_rounds: tuple[Round, ...] = meeting.past_rounds
        self.summary = meeting.summary
        self.closed: Closed | None = meeting.closed
        self.closed_at = meeting.closed_at
        self.published: Mapping[str, str] | None = meeting.published
        self.last_actor = meeting.last_actor
        self.void: list[Void] = list(meeting.void)
        self.late: tuple[str, ...] = meeting.late
        self._owns_entries = False
        self._owns_labels = False

    def freeze(self) -> Meeting:
        """The meeting as it stands."""
        self.entries = self.entries.settled()
        self.labels = self.labels.settled()
        parts = {name: getattr(self, name) for name in Meeting.__struct_fields__}
        return Meeting(**parts | {"void": tuple(self.void)})

    def copy(self) -> dict[str, Any]:
        """All parts as they stand, to be given back to `restore`."""
        self._owns_entries = self._owns_labels = False
        return dict(self.__dict__)

    def restore(self, parts: dict[str, Any]) -> None:
        """Put the parts back as they were when `copy` was called."""
        self.__dict__.update(parts)

    # Entries

    def put_entry(self, entry: Entry) -> None:
        """Add an entry, or put it in the place of the one with its id."""
        if not self._owns_entries:
            self.entries = self.entries.draft()
            self._owns_entries = True
        self.entries.put(entry.id, entry)

    def claim(self, kind: Kind, number: int, entry_id: str) -> int:
        """Give an entry the number settled for it, else the one it claims; notes have none."""
        if not number:
            return 0
        number = self.numbers.get(entry_id, number)
        if number <= self.highest.get(kind, 0):
            self.collided = True
        if not self._owns_labels:
            self.labels = self.labels.draft()
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

    # Steps

    def step(self, step_id: str) -> StepState:
        """The step of this id; void without it."""
        found = next((step for step in self.steps if step.id == step_id), None)
        if found is None:
            raise Unfit("no-step")
        return found

    def put_step(self, changed: StepState) -> None:
        """Put a step in the place of the one with its id."""
        self.steps = tuple(changed if step.id == changed.id else step for step in self.steps)

    # Time

    def charge(self, now: Instant) -> None:
        """Give the time since the last move to what it was spent on, and go on from `now`."""
        if self.mark is not None and self.spot is not None:
            ms, estimated = between(self.mark, now)
            if self.state == "running":
                self._spend(self.spot, ms, estimated=estimated)
            else:
                last = self.pauses[-1]
                self.pauses = (*self.pauses[:-1], replace(last, ms=last.ms + ms))
        self.mark = _onward(self.mark, now)

    def _spend(self, spot: Spot, ms: int, *, estimated: bool) -> None:
        step = self.step(spot.step)
        phases = step.phases
        if spot.phase is not None:
            phase = phases[spot.phase]
            spent = replace(phase, spent_ms=phase.spent_ms + ms)
            phases = (*phases[: spot.phase], spent, *phases[spot.phase + 1 :])
        led = dict(step.led_ms)
        if step.handed and step.lead is not None:
            led[step.lead] = led.get(step.lead, 0) + ms
        self.put_step(
            replace(
                step,
                spent_ms=step.spent_ms + ms,
                phases=phases,
                estimated=step.estimated or (estimated and ms > 0),
                led_ms=tuple(led.items()),
            )
        )

    def reachable(self, spot: Spot) -> StepState:
        """The step of a line one can be at; void without it."""
        step = self.step(spot.step)
        if step.aside or (spot.phase is not None and not 0 <= spot.phase < len(step.phases)):
            raise Unfit("no-step")
        return step

    def enter(self, spot: Spot, now: Instant) -> None:
        """Be at `spot` from `now` on; void without it."""
        step = self.reachable(spot)
        if self.spot is None or self.spot.step != spot.step:
            self.put_step(replace(step, visits=step.visits + 1))
        self.spot = spot
        self.spans = (*self.spans, Span(now.at, spot))

    def lap(self, now: Instant) -> None:
        """Bring the clocks of an answer and of a turn up to `now`; in a pause they stand still like the step's."""
        runs = self.state == "running"
        if self.answering is not None:
            ms = between(self.answering.since, now)[0] if runs else 0
            since = _onward(self.answering.since, now)
            self.answering = replace(self.answering, since=since, spent_ms=self.answering.spent_ms + ms)
        if self.round is not None:
            ms = between(self.round.since, now)[0] if runs else 0
            since = _onward(self.round.since, now)
            self.round = replace(self.round, since=since, spent_ms=self.round.spent_ms + ms)

    def stop_answer(self, now: Instant) -> None:
        """Stop the answer clock, if one runs, and charge its time to the step's answers."""
        self.lap(now)
        clock = self.answering
        if clock is None or self.spot is None:
            return
        spent = self.answered_ms.get(self.spot.step, 0) + clock.spent_ms
        self.answered_ms = {**self.answered_ms, self.spot.step: spent}
        self.answer_ms = {**self.answer_ms, clock.entry: self.answer_ms.get(clock.entry, 0) + clock.spent_ms}
        self.answering = None

    def end_turn(self, now: Instant) -> None:
        """Note what the speaker of the round has spoken."""
        self.lap(now)
        if self.round is not None and self.round.speaking is not None:
            spoken = Turn(self.round.speaking, self.round.spent_ms)
            self.round = replace(self.round, speaking=None, spent_ms=0, turns=(*self.round.turns, spoken))

    def end_round(self, now: Instant) -> None:
        """End the round, if one runs, and keep it."""
        self.end_turn(now)
        if self.round is not None:
            self.past_rounds = (*self.past_rounds, self.round)
            self.round = None


def _onward(since: Instant | None, now: Instant) -> Instant:
    """From where time is counted next: a told instant before what was counted already does not count it twice."""
    return since if since is not None and now.told and now.at < since.at else now
