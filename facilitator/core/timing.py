"""Time: everything is a sum between instants, never a counter of ticks.

Between two live instants of one boot the boot clock counts (it goes on while the lid is closed and knows no clock
change); otherwise the wall clock does, never backwards, and what came of it is marked estimated.
Arithmetic is in milliseconds UTC; what is shown is in whole seconds.
"""

from __future__ import annotations

from msgspec import Struct

from facilitator.core.act import Instant, Spot
from facilitator.core.meeting import Meeting, PublicMeeting, State, StepState


def between(start: Instant, end: Instant) -> tuple[int, bool]:
    """Milliseconds from `start` to `end`, at least 0, and whether they are estimated.

    A time that a person gave is what it says: not estimated.
    """
    told = start.told or end.told
    if not told and start.boot_id is not None and start.boot_id == end.boot_id:
        return max(0, (end.boot or 0) - (start.boot or 0)), False
    return max(0, end.at - start.at), not told


class StepClock(Struct, frozen=True):
    """The three durations of one step, in seconds; `actual_s` is None for a step that was not begun."""

    id: str
    planned_s: int
    adjusted_s: int
    actual_s: int | None


class Clocks(Struct, frozen=True):
    """What the clocks say at one instant. Durations in seconds, instants in milliseconds UTC.

    `left_s` (of the running phase if there is one, else of the step) is negative when over; `drift_s` is positive when
    late against the plan. `elapsed_s` and `adjusted_s` belong to the same clock as `left_s`;
    `step_left_s` is that of the whole step. `level` is calm, amber, red or over.
    """

    state: State
    now: int
    spot: Spot | None
    elapsed_s: int
    adjusted_s: int
    left_s: int
    step_elapsed_s: int
    step_left_s: int
    paused_s: int
    planned_end: int | None
    promised_end: int | None
    projected_end: int | None
    drift_s: int
    level: str
    steps: tuple[StepClock, ...]
    starts_in_s: int | None = None
    answer_left_s: int | None = None
    answer_budget_left_s: int | None = None
    round_left_s: int | None = None


def clocks(meeting: Meeting, now: Instant) -> Clocks:
    """What the clocks of a meeting say at `now`; pure, so a screen may ask at every tick."""
    setup = meeting.opened
    since, _ = between(meeting.mark, now) if meeting.mark else (0, False)
    running = since if meeting.state == "running" else 0
    step = meeting.current
    spot = meeting.spot
    step_ms = (step.spent_ms + running) if step else 0
    elapsed_ms, adjusted_s = step_ms, (step.adjusted_s if step else 0)
    if step and spot and spot.phase is not None:
        phase = step.phases[spot.phase]
        elapsed_ms, adjusted_s = phase.spent_ms + running, phase.adjusted_s
    left_s = adjusted_s - elapsed_ms // 1000
    step_left_s = (step.adjusted_s - step_ms // 1000) if step else 0
    planned_end, promised_end = ends(meeting, now)
    projected_end = projection(meeting, now, step_left_s)
    drift_s = (projected_end - planned_end) // 1000 if projected_end is not None and planned_end is not None else 0
    return Clocks(
        state=meeting.state,
        now=now.at,
        spot=spot,
        elapsed_s=elapsed_ms // 1000,
        adjusted_s=adjusted_s,
        left_s=left_s,
        step_elapsed_s=step_ms // 1000,
        step_left_s=step_left_s,
        paused_s=since // 1000 if meeting.state == "paused" else 0,
        planned_end=planned_end,
        promised_end=promised_end,
        projected_end=projected_end,
        drift_s=drift_s,
        level=_level(meeting, left_s, adjusted_s),
        steps=tuple(_step_clock(state, running if spot and state.id == spot.step else 0) for state in meeting.steps),
        starts_in_s=_starts_in(setup.planned_start, now) if meeting.state == "ready" else None,
        answer_left_s=_answer_left(meeting, now),
        answer_budget_left_s=_budget_left(meeting, now),
        round_left_s=_round_left(meeting, now),
    )


def ends(meeting: Meeting | PublicMeeting, now: Instant) -> tuple[int | None, int | None]:
    """The planned end (planned start + all planned durations) and the end promised to the room, in milliseconds UTC."""
    setup = meeting.setup
    if setup is None:
        return None, None
    start = setup.planned_start if setup.planned_start is not None else meeting.started_at
    if start is None:
        start = now.at
    planned = start + setup.agenda.planned_s * 1000
    promised = meeting.promise if meeting.promise is not None else setup.promised_end
    return planned, promised if promised is not None else planned


def projection(meeting: Meeting, now: Instant, step_left_s: int) -> int | None:
    """When the meeting ends at this pace: what is left of this step, if anything, and of the steps to come.

    A meeting not yet begun is projected from its planned start, or from now when that is past.
    """
    if meeting.state in ("adjourned", "closed"):
        return meeting.adjourned_at
    to_come = sum(step.adjusted_s for step in following(meeting))
    if meeting.state == "ready":
        start = meeting.opened.planned_start
        return max(now.at, start if start is not None else now.at) + to_come * 1000
    return now.at + (max(0, step_left_s) + to_come) * 1000


def following(meeting: Meeting) -> list[StepState]:
    """The steps to come, those put aside left out; before the start, all of them."""
    places = [place for place, step in enumerate(meeting.steps) if meeting.spot and step.id == meeting.spot.step]
    return [step for step in meeting.steps[places[0] + 1 if places else 0 :] if not step.aside]


def fitting(meeting: Meeting, now: Instant) -> str | None:
    """The id of the first step that, at this pace, does not end before the promise; None when all do."""
    times = clocks(meeting, now)
    if times.promised_end is None or meeting.state in ("adjourned", "closed"):
        return None
    at = now.at
    if meeting.state == "ready":
        at = max(now.at, meeting.opened.planned_start or now.at)
    at += max(0, times.step_left_s) * 1000
    for step in following(meeting):
        at += step.adjusted_s * 1000
        if at > times.promised_end:
            return step.id
    return None


def _step_clock(step: StepState, running_ms: int) -> StepClock:
    begun = step.visits > 0
    actual = (step.spent_ms + running_ms) // 1000 if begun else None
    return StepClock(step.id, step.planned_s, step.adjusted_s, actual)


def _level(meeting: Meeting, left_s: int, adjusted_s: int) -> str:
    if meeting.state not in ("running", "paused"):
        return "calm"
    choices = meeting.opened.choices
    if left_s < 0:
        return "over"
    if left_s <= adjusted_s * choices.red:
        return "red"
    return "amber" if left_s <= adjusted_s * choices.amber else "calm"


def _starts_in(planned_start: int | None, now: Instant) -> int | None:
    return None if planned_start is None else (planned_start - now.at) // 1000


def _answer_left(meeting: Meeting, now: Instant) -> int | None:
    clock = meeting.answering
    return None if clock is None else clock.seconds - between(clock.since, now)[0] // 1000


def _budget_left(meeting: Meeting, now: Instant) -> int | None:
    step = meeting.current
    if step is None or step.plan.answer_budget is None:
        return None
    spent = meeting.answered_ms.get(step.id, 0)
    if meeting.answering is not None:
        spent += between(meeting.answering.since, now)[0]
    return step.plan.answer_budget - spent // 1000


def _round_left(meeting: Meeting, now: Instant) -> int | None:
    turn = meeting.round
    return None if turn is None or turn.speaking is None else turn.seconds - between(turn.since, now)[0] // 1000
