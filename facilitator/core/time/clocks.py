"""Time: everything is a sum between instants, never a counter of ticks.

Between two live instants of one boot the boot clock counts (it goes on while the lid is closed and knows no clock
change); otherwise the wall clock does, never backwards, and what came of it is marked estimated.
Arithmetic is in milliseconds UTC; what is shown is in whole seconds.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.agenda import Agenda, Step
from facilitator.core.instant import Instant, between
from facilitator.core.meeting import Meeting, PhaseState, PublicMeeting, Spot, State, StepState
from facilitator.core.network import Network
from facilitator.core.setup import Setup, hours, setup_of

# For one answer, where the agenda says nothing.
ANSWER_S = 180
# A shorter answer was a key pressed by mistake.
MISTAKE_MS = 20_000


class PhaseClock(Struct, frozen=True):
    """The three durations of one phase, in seconds; `actual_s` is None for a phase that was not begun."""

    title: str
    planned_s: int
    adjusted_s: int
    actual_s: int | None


class StepClock(Struct, frozen=True):
    """The three durations of one step, in seconds; `actual_s` is None for a step that was not begun."""

    id: str
    planned_s: int
    adjusted_s: int
    actual_s: int | None
    phases: tuple[PhaseClock, ...] = ()


class Clocks(Struct, frozen=True):
    """What the clocks say at one instant. Durations in seconds, instants in milliseconds UTC.

    `left_s` (of the running phase if there is one, else of the step) is negative when over; `drift_s` is positive when
    late against the plan, once the meeting is over against the promise. `elapsed_s` and `adjusted_s` belong to the same clock as `left_s`;
    `step_left_s` is that of the whole step; `answer_s` and `round_s` are how many an answer and a turn have in all. `level` is calm, amber, red or over.
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
    answer_s: int = 0
    round_s: int = 0


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
    projected_end = projection(meeting, now)
    # A meeting that is over kept its promise or not; by how much it left its plan is of no use to anybody any more.
    due = promised_end if meeting.state in ("adjourned", "closed") else planned_end
    drift_s = (projected_end - due) // 1000 if projected_end is not None and due is not None else 0
    starts = setup.planned_start if meeting.state == "ready" else None
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
        steps=tuple(_step_clock(state, spot, running) for state in meeting.steps),
        starts_in_s=None if starts is None else (starts - now.at) // 1000,
        answer_left_s=_answer_left(meeting, now),
        answer_budget_left_s=_budget_left(meeting, now),
        round_left_s=_round_left(meeting, now),
        answer_s=meeting.answering.seconds if meeting.answering is not None else 0,
        round_s=meeting.round.seconds if meeting.round is not None else 0,
    )


def ends(meeting: Meeting | PublicMeeting, now: Instant) -> tuple[int | None, int | None]:
    """The planned end (planned start, all planned durations, hours waited for) and the end promised to the room, in milliseconds UTC."""
    setup = meeting.setup
    if setup is None:
        return None, None
    start = setup.planned_start if setup.planned_start is not None else meeting.started_at
    if start is None:
        start = now.at
    planned = planned_end(setup, start)
    promised = meeting.promise if meeting.promise is not None else setup.promised_end
    return planned, promised if promised is not None else planned


def planned_end(setup: Setup, start: int) -> int:
    """When the plan ends that begins at `start`, in milliseconds UTC: it waits where a step has its hours."""
    return planned_spans(setup, start)[-1][1]


def planned_spans(setup: Setup, start: int) -> list[tuple[int, int]]:
    """When each step of the plan begins and ends, in milliseconds UTC."""
    at, spans = start, []
    for step in setup.agenda.steps:
        earliest = hours(setup, step)[0] if step.not_before is not None else None
        begin = at if earliest is None else max(at, earliest)
        at = begin + step.duration * 1000
        spans.append((begin, at))
    return spans


def agenda_spans(agenda: Agenda) -> list[tuple[int, int]]:
    """When each step begins and ends, in seconds from the start of a meeting that nothing was changed of: it waits where a step has its hours.

    Days on which the clocks change are as others.
    """
    day = agenda.date or datetime.date(2000, 1, 1)
    setup = setup_of(agenda, Network(), day=day, zone="UTC", language="fr")
    start = setup.planned_start
    if start is None:
        setup, start = replace(setup, agenda=replace(agenda, steps=tuple(map(_without_hours, agenda.steps)))), 0
    return [((begin - start) // 1000, (end - start) // 1000) for begin, end in planned_spans(setup, start)]


def _without_hours(step: Step) -> Step:
    return replace(step, not_before=None, not_after=None)


def projection(meeting: Meeting, now: Instant) -> int | None:
    """When the meeting ends at this pace: what is left of this step, if anything, and of the steps to come at their hours.

    A meeting not yet begun is projected from its planned start, or from now when that is past.
    """
    if meeting.state in ("adjourned", "closed"):
        return meeting.adjourned_at
    spans = coming(meeting, now)
    return spans[-1][2] if spans else begins(meeting, now) + current_ms(meeting, now)


def begins(meeting: Meeting, now: Instant) -> int:
    """The instant from which what is to come counts, in milliseconds UTC: now, or the planned start yet to come."""
    start = meeting.opened.planned_start if meeting.state == "ready" else None
    return now.at if start is None else max(now.at, start)


def current_ms(meeting: Meeting, now: Instant) -> int:
    """Milliseconds that the step under way still takes; 0 when it is over its time."""
    step, spot = meeting.current, meeting.spot
    if step is None or spot is None:
        return 0
    return to_go_ms(step, spot.phase, ticking_ms(meeting, meeting.mark, now))


def ticking_ms(meeting: Meeting, since: Instant | None, now: Instant) -> int:
    """Milliseconds that a clock of the meeting gained since an instant; none in a pause."""
    return between(since, now)[0] if since is not None and meeting.state == "running" else 0


def to_go_ms(step: StepState, phase: int | None = None, running_ms: int = 0) -> int:
    """Milliseconds that a step still takes at its durations; `phase` and `running_ms` are of the one under way.

    In a step with phases, they say it: what an earlier phase took too long is not won back by itself.
    """
    if not step.phases:
        return max(0, step.adjusted_s * 1000 - step.spent_ms - running_ms)
    unallotted = (step.adjusted_s - sum(part.adjusted_s for part in step.phases)) * 1000
    to_go = 0
    for index, part in enumerate(step.phases):
        left = part.adjusted_s * 1000 - part.spent_ms - (running_ms if index == phase else 0)
        unallotted += min(0, left)
        if index >= (phase or 0):
            to_go += max(0, left)
    return to_go + max(0, unallotted)


def following(meeting: Meeting) -> list[StepState]:
    """The steps to come, those put aside left out; before the start, all of them."""
    places = [place for place, step in enumerate(meeting.steps) if meeting.spot and step.id == meeting.spot.step]
    return [step for step in meeting.steps[places[0] + 1 if places else 0 :] if not step.aside]


def coming(meeting: Meeting, now: Instant) -> list[tuple[StepState, int, int]]:
    """The steps to come with when each begins and ends at this pace, in milliseconds UTC.

    One with hours is not begun before them: the time left until then takes up delay. One that was begun does not wait.
    """
    at = begins(meeting, now) + current_ms(meeting, now)
    spans = []
    for step in following(meeting):
        begin = at if step.awaited is None else max(at, step.awaited)
        at = begin + to_go_ms(step)
        spans.append((step, begin, at))
    return spans


def missed_ms(step: StepState, end: int) -> int:
    """Milliseconds by which a step that ends at `end` ends after its hours; 0 when it keeps them or has none."""
    return 0 if step.latest is None else max(0, end - step.latest)


def fitting(meeting: Meeting, now: Instant, spans: Sequence[tuple[StepState, int, int]] | None = None) -> str | None:
    """The id of the first step that, at this pace, does not end before the promise; None when all do.

    `spans` is what `coming` gives at this instant, from who has asked already.
    """
    _, promised_end = ends(meeting, now)
    if promised_end is None or meeting.state in ("adjourned", "closed"):
        return None
    spans = coming(meeting, now) if spans is None else spans
    return next((step.id for step, _, end in spans if end >= promised_end + 1000), None)


def usual_answer_s(meeting: Meeting) -> int:
    """Seconds that an answer takes here: the average so far, else what the agenda gives one."""
    taken = [ms for ms in meeting.answer_ms.values() if ms >= MISTAKE_MS]
    if taken:
        return max(1, sum(taken) // len(taken) // 1000)
    step = meeting.current
    return (step.plan.answer_time if step is not None else None) or ANSWER_S


def more_answer_s(meeting: Meeting, now: Instant, seconds: int = 60) -> int:
    """What to start the answer clock anew with, to give the answer under way that much more time, in seconds."""
    return seconds + max(0, _answer_left(meeting, now) or 0)


def _step_clock(step: StepState, spot: Spot | None, running_ms: int) -> StepClock:
    here = spot if spot is not None and spot.step == step.id else None
    actual = (step.spent_ms + (running_ms if here else 0)) // 1000 if step.visits else None
    phases = tuple(
        _phase_clock(phase, running_ms if here and here.phase == place else None)
        for place, phase in enumerate(step.phases)
    )
    return StepClock(step.id, step.planned_s, step.adjusted_s, actual, phases)


def _phase_clock(phase: PhaseState, running_ms: int | None) -> PhaseClock:
    begun = running_ms is not None or phase.spent_ms > 0
    actual = (phase.spent_ms + (running_ms or 0)) // 1000 if begun else None
    return PhaseClock(phase.title, phase.planned_s, phase.adjusted_s, actual)


def _level(meeting: Meeting, left_s: int, adjusted_s: int) -> str:
    if meeting.state not in ("running", "paused"):
        return "calm"
    choices = meeting.opened.choices
    if left_s < 0:
        return "over"
    if left_s <= adjusted_s * choices.red:
        return "red"
    return "amber" if left_s <= adjusted_s * choices.amber else "calm"


def _answer_left(meeting: Meeting, now: Instant) -> int | None:
    clock = meeting.answering
    return None if clock is None else clock.seconds - (clock.spent_ms + ticking_ms(meeting, clock.since, now)) // 1000


def _budget_left(meeting: Meeting, now: Instant) -> int | None:
    step = meeting.current
    if step is None or step.plan.answer_budget is None:
        return None
    spent = meeting.answered_ms.get(step.id, 0)
    if meeting.answering is not None:
        spent += meeting.answering.spent_ms + ticking_ms(meeting, meeting.answering.since, now)
    return step.plan.answer_budget - spent // 1000


def _round_left(meeting: Meeting, now: Instant) -> int | None:
    turn = meeting.round
    if turn is None or turn.speaking is None:
        return None
    return turn.seconds - (turn.spent_ms + ticking_ms(meeting, turn.since, now)) // 1000
