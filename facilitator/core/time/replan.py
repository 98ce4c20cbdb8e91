"""Re-planning: what a change of the plan would give, and the two or three honest ways to keep the promise.

Pure, and nothing here decides: an offer holds the command that would carry it out and the agenda that would come of it.
Rounding: durations are whole seconds; an offer that can keep the promise lands on it to the second.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.acts import Adjust, Command, MoveStep, Promise, Replan, SetStepAside, Stamp, act_of
from facilitator.core.acts.plan import SHORTEST_S
from facilitator.core.agenda import DAY_S
from facilitator.core.decide import decide
from facilitator.core.fold import apply
from facilitator.core.instant import Instant
from facilitator.core.meeting import Meeting, StepState
from facilitator.core.proportion import fill
from facilitator.core.refusal import Refused
from facilitator.core.time.clocks import clocks, current_ms, ends, following, projection, ticking_ms
from facilitator.core.time.outline import AgendaLine, outline

# From here on a line offers to re-plan.
OFFER_FROM_S = 60
# A break is not offered shorter than this.
BREAK_S = 300
# A later end is promised at a round time.
ROUND_MS = 300_000

Change = Adjust | Promise | SetStepAside | MoveStep
OfferKind = Literal["shorten", "aside", "later", "break", "restore", "bring-back", "share"]


class Preview(Struct, frozen=True):
    """The meeting as it would be after a command: `lines` are its agenda, instants are in milliseconds UTC.

    `over_s` is by how many seconds the end would still pass the promise; 0 when it is kept.
    """

    meeting: Meeting
    lines: tuple[AgendaLine, ...]
    end: int | None
    promise: int | None
    over_s: int


class Offer(Struct, frozen=True):
    """One way out, and what would come of it.

    kind: shorten (what follows, in proportion), aside (put `step` aside), later (promise a later end),
        break (shorten breaks), and when time was won: restore (lengths that were cut), bring-back (`step`),
        share (all of it, in proportion).
    command: what carries it out, to be undone by one undo; None when nothing can be gained this way.
    by_s: seconds won (or given back).
    over_s: seconds by which the end would still pass the promise: 0 when the offer keeps it.
    step: the id of the step put aside or brought back.
    end, promise: milliseconds UTC, after it. lines: the agenda after it.
    """

    kind: OfferKind
    command: Replan | None
    by_s: int
    over_s: int
    end: int | None
    promise: int | None
    lines: tuple[AgendaLine, ...]
    step: str | None = None

    @property
    def feasible(self) -> bool:
        """Whether it keeps the promise."""
        return self.command is not None and self.over_s == 0


def over_promise(meeting: Meeting, now: Instant) -> int:
    """Seconds by which the projected end passes the promised one; negative when there is time to spare.

    Time of the promise that the plan does not allot is used before this is positive.
    """
    if meeting.setup is None or meeting.state == "closed":
        return 0
    projected = projection(meeting, now)
    promised = ends(meeting, now)[1]
    return (projected - promised) // 1000 if projected is not None and promised is not None else 0


def preview(meeting: Meeting, command: Command, now: Instant) -> Preview:
    """The meeting as it would be if this were done now; for changes by hand as for offers.

    Raises:
        Refused: it cannot be done.
    """
    stamp = Stamp(id="preview", actor="", writer="", instant=replace(now, told=False))
    after = apply(meeting, act_of(stamp, decide(meeting, command, stamp), n=0))
    return _seen(after, now)


def offers(meeting: Meeting, now: Instant) -> tuple[Offer, ...]:
    """The ways to keep the promise, or, when a minute or more was won, to give it back; none when nothing can change."""
    if meeting.state not in ("ready", "running", "paused"):
        return ()
    over_s = over_promise(meeting, now)
    if over_s > 0:
        found = [
            _shorten(meeting, now, over_s),
            _aside(meeting, now),
            _later(meeting, now, over_s),
            _shorter_break(meeting, now, over_s),
        ]
    elif over_s <= -OFFER_FROM_S:
        found = [_restore(meeting, now, -over_s), _bring_back(meeting, now, -over_s), _share(meeting, now, -over_s)]
    else:
        found = []
    return tuple(offer for offer in found if offer is not None)


def floor_s(step: StepState) -> int:
    """The least seconds re-planning leaves a step: its minimum, a closing's own length, and what it has taken already.

    A workshop that was begun and left is not squeezed: its phases have times of their own.
    """
    if step.visits and step.phases:
        return step.adjusted_s
    plan = step.plan
    usual = {"closing": plan.duration, "break": min(plan.duration, BREAK_S)}.get(plan.kind, SHORTEST_S)
    least = max(plan.minimum or usual, SHORTEST_S * len(step.phases), math.ceil(step.spent_ms / 1000))
    return min(least, step.adjusted_s)


def asides(meeting: Meeting) -> list[StepState]:
    """The steps that can be put aside, the one to offer first at its head: short of a minimum, nearest to the end."""
    to_come = [step for step in following(meeting) if not step.visits and step.plan.kind not in ("closing", "break")]
    return sorted(to_come, key=lambda step: (step.plan.minimum is not None, -meeting.number_of(step.id)))


def _seen(meeting: Meeting, now: Instant) -> Preview:
    return Preview(
        meeting=meeting,
        lines=outline(meeting, now),
        end=projection(meeting, now),
        promise=ends(meeting, now)[1],
        over_s=max(0, over_promise(meeting, now)),
    )


def _offer(meeting: Meeting, now: Instant, kind: OfferKind, changes: Sequence[Change], by_s: int) -> Offer | None:
    """The offer of these changes; None when they would be refused, like an end days away."""
    command = Replan(tuple(changes)) if changes else None
    try:
        seen = preview(meeting, command, now) if command else _seen(meeting, now)
    except Refused:
        return None
    step = next((change.step for change in changes if isinstance(change, SetStepAside)), None)
    return Offer(kind, command, by_s, seen.over_s, seen.end, seen.promise, seen.lines, step)


def _shorten(meeting: Meeting, now: Instant, over_s: int) -> Offer | None:
    """What follows, in proportion: the phases left of a running workshop, then the steps to come."""
    phases = _shorter_phases(meeting, now, over_s)
    rest_s = over_s + sum(change.seconds for change in phases)
    steps = following(meeting)
    tops = [step.adjusted_s for step in steps]
    lasting = fill([floor_s(step) for step in steps], tops, sum(tops) - rest_s)
    changes = [*phases, *_lengths(steps, lasting)]
    if not changes and not steps:
        return None
    return _offer(meeting, now, "shorten", changes, -sum(change.seconds for change in changes))


def _shorter_phases(meeting: Meeting, now: Instant, over_s: int) -> list[Adjust]:
    """The phases to come of the step under way, shorter in proportion; what it has taken counts towards its minimum."""
    step, spot = meeting.current, meeting.spot
    if step is None or spot is None or spot.phase is None:
        return []
    first = spot.phase + 1
    phases = step.phases[first:]
    tops = [phase.adjusted_s for phase in phases]
    floors = [min(phase.adjusted_s, max(SHORTEST_S, math.ceil(phase.spent_ms / 1000))) for phase in phases]
    held_ms = step.spent_ms + ticking_ms(meeting, meeting.mark, now) + current_ms(meeting, now)
    room = min(sum(tops) - sum(floors), held_ms // 1000 - (step.plan.minimum or 0))
    taken = min(over_s, max(0, room))
    lasting = fill(floors, tops, sum(tops) - taken)
    changes = zip(range(first, len(step.phases)), tops, lasting, strict=True)
    return [Adjust(now - before, step.id, place) for place, before, now in changes if now != before]


def _aside(meeting: Meeting, now: Instant) -> Offer | None:
    """The step to put aside: one without a minimum, the shortest that suffices, else the one that gives most."""
    over_s = over_promise(meeting, now)
    choices = asides(meeting)
    if not choices:
        return None

    def cost(step: StepState) -> tuple[bool, bool, int]:
        enough = step.adjusted_s >= over_s
        return step.plan.minimum is not None, not enough, step.adjusted_s if enough else -step.adjusted_s

    chosen = min(choices, key=cost)
    return _offer(meeting, now, "aside", [SetStepAside(chosen.id)], chosen.adjusted_s)


def _later(meeting: Meeting, now: Instant, over_s: int) -> Offer | None:
    """A later end, at a round time."""
    projected = projection(meeting, now) or now.at
    return _offer(meeting, now, "later", [Promise(-(-projected // ROUND_MS) * ROUND_MS)], over_s)


def _shorter_break(meeting: Meeting, now: Instant, over_s: int) -> Offer | None:
    """The breaks to come, shorter."""
    breaks = [step for step in following(meeting) if step.plan.kind == "break"]
    tops = [step.adjusted_s for step in breaks]
    lasting = fill([floor_s(step) for step in breaks], tops, sum(tops) - over_s)
    changes = _lengths(breaks, lasting)
    return _offer(meeting, now, "break", changes, sum(tops) - sum(lasting)) if changes else None


def _restore(meeting: Meeting, now: Instant, spare_s: int) -> Offer | None:
    """The steps to come that were cut, nearer to their plan."""
    steps = _fresh(meeting)
    lengths = [step.adjusted_s for step in steps]
    tops = [max(step.adjusted_s, step.plan.duration) for step in steps]
    lasting = fill(lengths, tops, sum(lengths) + spare_s)
    changes = _lengths(steps, lasting)
    return _offer(meeting, now, "restore", changes, sum(lasting) - sum(lengths)) if changes else None


def _bring_back(meeting: Meeting, now: Instant, spare_s: int) -> Offer | None:
    """The longest step put aside that fits again."""
    fits = [step for step in meeting.steps if step.aside and not step.visits and step.adjusted_s <= spare_s]
    if not fits:
        return None
    chosen = max(fits, key=lambda step: step.adjusted_s)
    return _offer(meeting, now, "bring-back", brought_back(meeting, chosen.id), chosen.adjusted_s)


def brought_back(meeting: Meeting, step_id: str) -> tuple[SetStepAside | MoveStep, ...]:
    """The changes that bring a step back; one that the meeting has passed comes next."""
    current = meeting.spot.step if meeting.spot else None
    passed = current is not None and meeting.number_of(step_id) < meeting.number_of(current)
    back = SetStepAside(step_id, aside=False)
    return (back, MoveStep(step_id, after=current)) if passed else (back,)


def _share(meeting: Meeting, now: Instant, spare_s: int) -> Offer | None:
    """All the time won, in proportion, among the steps to come: what was cut first, then all but breaks and closings.

    In the last step, it goes to that.
    """
    steps = _fresh(meeting)
    current, spot = meeting.current, meeting.spot
    if not steps and current is not None and spot is not None:
        over_s = max(0, -clocks(meeting, now).left_s)
        given_s = min(spare_s + over_s, DAY_S - current.adjusted_s)
        if given_s <= 0 or (over_s and current.phases):
            return None
        return _offer(meeting, now, "share", [Adjust(given_s, current.id, spot.phase)], given_s)
    lengths = [step.adjusted_s for step in steps]
    planned = fill(lengths, [max(step.adjusted_s, step.plan.duration) for step in steps], sum(lengths) + spare_s)
    chosen = [step for step in steps if step.plan.kind not in ("break", "closing")] or steps
    tops = [DAY_S if step in chosen else length for step, length in zip(steps, planned, strict=True)]
    lasting = fill(planned, tops, sum(lengths) + spare_s, [step.plan.duration for step in steps])
    changes = _lengths(steps, lasting)
    return _offer(meeting, now, "share", changes, sum(lasting) - sum(lengths)) if changes else None


def _fresh(meeting: Meeting) -> list[StepState]:
    """The steps to come that were not begun."""
    return [step for step in following(meeting) if not step.visits]


def _lengths(steps: list[StepState], lasting: list[int]) -> list[Adjust]:
    """The changes that make these steps last so long."""
    changes = ((step, seconds - step.adjusted_s) for step, seconds in zip(steps, lasting, strict=True))
    return [Adjust(seconds, step.id) for step, seconds in changes if seconds]
