"""A plan walked through beforehand: when each step begins and ends, and what there is to say on the way."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from facilitator.core.setup import Setup
from facilitator.core.time.clocks import planned_spans
from facilitator.core.time.warnings import CONCLUDE_S

CueCode = Literal["amber", "red", "over", "conclude", "promise"]


class Cue(Struct, frozen=True):
    """What there is to say at an instant (milliseconds UTC), if all goes by the plan; `left_s` of the step or the promise."""

    at: int
    code: CueCode
    left_s: int


class Walk(Struct, frozen=True):
    """A step or (`phase` is its index) a phase of the plan, and the cues while it runs."""

    number: int
    phase: int | None
    start: int
    end: int
    cues: tuple[Cue, ...]


class Rehearsal(Struct, frozen=True):
    """A whole plan. `spare_s` is what the promise leaves unallotted, negative when the plan is longer than it."""

    start: int
    end: int
    promise: int
    spare_s: int
    walks: tuple[Walk, ...]


def rehearse(setup: Setup, start: int) -> Rehearsal:
    """The plan of a setup; it begins at its planned start, else at `start`."""
    agenda, choices = setup.agenda, setup.choices
    begins = setup.planned_start if setup.planned_start is not None else start
    spans = planned_spans(setup, begins)
    end = spans[-1][1]
    promise = setup.promised_end if setup.promised_end is not None else end
    concluding = [Cue(promise - CONCLUDE_S * 1000, "conclude", CONCLUDE_S), Cue(promise, "promise", 0)]
    walks: list[Walk] = []
    told = begins
    for number, (step, (begin, step_end)) in enumerate(zip(agenda.steps, spans, strict=True), 1):
        lengths = [(None, step.duration)] if not step.phases else [(i, p.duration) for i, p in enumerate(step.phases)]
        at = begin
        for place, (phase, seconds) in enumerate(lengths):
            ends = at + seconds * 1000
            last = place == len(lengths) - 1
            due = [
                Cue(ends - round(seconds * choices.amber) * 1000, "amber", round(seconds * choices.amber)),
                Cue(ends - round(seconds * choices.red) * 1000, "red", round(seconds * choices.red)),
                Cue(ends, "over", 0),
            ]
            until = step_end if last else ends
            final = last and number == len(agenda.steps)
            due += [one for one in concluding if told <= one.at < until or (final and one.at >= until)]
            walks.append(Walk(number, phase, at, until, tuple(sorted(due, key=lambda one: one.at))))
            at = told = until
    return Rehearsal(begins, end, promise, (promise - end) // 1000, tuple(walks))
