"""How it usually goes: what past meetings say of a plan, and a rehearsal of it.

From five past meetings on; below, nothing is said. Medians, so that one strange evening changes little.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from msgspec import Struct

from facilitator.core.agenda import Agenda, Step, StepKind
from facilitator.core.meeting import Meeting
from facilitator.core.time.clocks import planned_end

ENOUGH = 5
# Shorter steps were keys pressed by mistake.
MISTAKE_S = 20
# A length is proposed when it differs from the plan by this share and by this much at least.
WORTH_SHARE = 0.1
WORTH_S = 120
# The share of meetings that "usually" means.
USUALLY = 0.7


class PastStep(Struct, frozen=True):
    """A step that was held: planned and actual seconds, pauses left out."""

    kind: StepKind
    title: str | None
    planned_s: int
    actual_s: int


class PastMeeting(Struct, frozen=True):
    """A meeting that is over; instants in milliseconds UTC. Steps added on the spot or not held are not among `steps`."""

    id: str
    promised_end: int | None
    ended: int
    steps: tuple[PastStep, ...]


class Ratio(Struct, frozen=True):
    """Steps of one kind (with `title`: steps of that title) take `times` their plan, in the median of `count`."""

    kind: StepKind
    title: str | None
    times: float
    actual_s: int
    count: int


class UsualLength(Struct, frozen=True):
    """The step at this place of the agenda (from 1) usually takes so long: seconds, in whole minutes."""

    number: int
    planned_s: int
    usual_s: int


class Habits(Struct, frozen=True):
    """What `count` past meetings say.

    The end passed the promise (by a minute or more) `late` times among the `promised` that had one; and `usually` times
    of these it was at least `passes_s` seconds after it (negative: before).
    """

    count: int
    promised: int
    late: int
    usually: int
    passes_s: int
    ratios: tuple[Ratio, ...]
    proposals: tuple[UsualLength, ...]


def past_meeting(meeting: Meeting) -> PastMeeting | None:
    """What a meeting says to those after it; None while it is not over."""
    setup = meeting.setup
    if setup is None or meeting.started_at is None or meeting.adjourned_at is None:
        return None
    promised = meeting.promise if meeting.promise is not None else setup.promised_end
    if promised is None and setup.planned_start is not None:
        promised = planned_end(setup, setup.planned_start)
    steps = tuple(
        PastStep(step.plan.kind, step.title, step.planned_s, step.spent_ms // 1000)
        for step in meeting.steps
        if step.visits and not step.added
    )
    return PastMeeting(meeting.id, promised, meeting.adjourned_at, steps)


def habits(past: Sequence[PastMeeting], agenda: Agenda) -> Habits | None:
    """What past meetings say of this agenda; None below five of them."""
    if len(past) < ENOUGH:
        return None
    delays = sorted(
        ((one.ended - one.promised_end) // 1000 for one in past if one.promised_end is not None), reverse=True
    )
    usually = -(-len(delays) * round(USUALLY * 10) // 10)
    kinds = _ratios(past, lambda step: (step.kind, None))
    titles = _ratios(past, lambda step: (step.kind, step.title))
    return Habits(
        count=len(past),
        promised=len(delays),
        late=sum(delay >= 60 for delay in delays),
        usually=usually,
        passes_s=delays[usually - 1] if delays else 0,
        ratios=tuple(kinds.values()),
        proposals=_proposals(agenda, kinds, titles),
    )


def _ratios(
    past: Sequence[PastMeeting], key: Callable[[PastStep], tuple[StepKind, str | None]]
) -> dict[tuple[StepKind, str | None], Ratio]:
    """The ratio of each group of steps that has five samples; a meeting counts once in each."""
    samples: dict[tuple[StepKind, str | None], list[tuple[int, int]]] = {}
    for meeting in past:
        of_meeting: dict[tuple[StepKind, str | None], tuple[int, int]] = {}
        for step in meeting.steps:
            if step.actual_s < MISTAKE_S or step.planned_s <= 0:
                continue
            planned_s, actual_s = of_meeting.get(key(step), (0, 0))
            of_meeting[key(step)] = (planned_s + step.planned_s, actual_s + step.actual_s)
        for group, sample in of_meeting.items():
            samples.setdefault(group, []).append(sample)
    return {
        group: Ratio(
            kind=group[0],
            title=group[1],
            times=median(actual_s / planned_s for planned_s, actual_s in found),
            actual_s=round(median(actual_s for _, actual_s in found)),
            count=len(found),
        )
        for group, found in samples.items()
        if len(found) >= ENOUGH
    }


def _proposals(
    agenda: Agenda,
    kinds: dict[tuple[StepKind, str | None], Ratio],
    titles: dict[tuple[StepKind, str | None], Ratio],
) -> tuple[UsualLength, ...]:
    found = []
    for number, step in enumerate(agenda.steps, 1):
        usual_s = _usual_s(step, titles.get((step.kind, step.title)) if step.title else None, kinds)
        if usual_s is not None and abs(usual_s - step.duration) >= max(WORTH_S, round(WORTH_SHARE * step.duration)):
            found.append(UsualLength(number, step.duration, usual_s))
    return tuple(found)


def _usual_s(step: Step, same: Ratio | None, kinds: dict[tuple[StepKind, str | None], Ratio]) -> int | None:
    """Seconds this step usually takes, in whole minutes: those of its title go before those of its kind."""
    ratio = same or kinds.get((step.kind, None))
    return None if ratio is None else max(1, round(step.duration * ratio.times / 60)) * 60
