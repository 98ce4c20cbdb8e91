"""What the steps under way and to come can give and take: their floors, their priorities, their hours. Seconds throughout."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from facilitator.core.acts import Adjust
from facilitator.core.agenda import DAY_S
from facilitator.core.instant import Instant
from facilitator.core.meeting import Meeting, StepState
from facilitator.core.proportion import fill
from facilitator.core.time.clocks import begins, coming, current_ms, ticking_ms, to_go_ms

# A step or a phase without a minimum is left this much, or half of what was planned if that is more.
LEAST_S = 300
# A step or a phase that has run for longer is not shortened: what the room was told stands.
JUST_BEGUN_MS = 120_000


class Part(Struct, frozen=True):
    """A step under way (`phase`, `running_ms`: where it is, since when) or to come.

    `floor_s` is the least that re-planning leaves it. `slack_s` is how much sooner it could begin before it waits for its
    hour, None without one; `missed_s` by how much it ends after its hours (negative: time left until then), None without.
    """

    step: StepState
    floor_s: int
    missed_s: int | None
    slack_s: int | None = None
    waits: bool = False
    phase: int | None = None
    running_ms: int = 0
    under_way: bool = False

    @property
    def length_s(self) -> int:
        """What it is given."""
        return self.step.adjusted_s


def parts(meeting: Meeting, now: Instant) -> list[Part]:
    """The step under way, then those to come, as they stand at this pace."""
    found = []
    at, step = begins(meeting, now), meeting.current
    if step is not None and meeting.spot is not None:
        at += current_ms(meeting, now)
        phase, running_ms = meeting.spot.phase, ticking_ms(meeting, meeting.mark, now)
        floor = floor_s(step, phase, running_ms, under_way=True)
        missed_s = _missed_s(step, at)
        found.append(Part(step, floor, missed_s, phase=phase, running_ms=running_ms, under_way=True))
    for other, begin, end in coming(meeting, now):
        slack_s = None if other.awaited is None else max(0, at - other.awaited) // 1000
        waits = begin - at >= 1000
        found.append(Part(other, floor_s(other), _missed_s(other, end), slack_s, waits))
        at = end
    return found


def floor_s(step: StepState, phase: int | None = None, running_ms: int = 0, *, under_way: bool = False) -> int:
    """The least seconds re-planning leaves a step: its minimum, else half of the plan and five minutes at least.

    A closing keeps its own length. One that is under way is shortened when it has just begun and was not given more since; of a workshop the phases to come
    always are, and what it has taken counts for its minimum. One that was begun and left keeps what it has.
    """
    plan = step.plan
    least_s = plan.minimum or (plan.duration if plan.kind == "closing" else _half_s(plan.duration))
    spent_ms = step.spent_ms + running_ms
    if step.visits and not under_way and step.phases:
        return step.adjusted_s
    if step.phases:
        giving_s = _unallotted_s(step, phase, running_ms) + sum(
            length - floor for _, length, floor in _open_phases(step, phase, running_ms)
        )
        holds_s = (spent_ms + to_go_ms(step, phase, running_ms)) // 1000
        return step.adjusted_s - max(0, min(giving_s, holds_s - least_s))
    if under_way and (step.insisted or spent_ms > JUST_BEGUN_MS):
        return step.adjusted_s
    return min(step.adjusted_s, max(least_s, math.ceil(spent_ms / 1000)))


def shortened(found: Sequence[Part], by_s: int) -> list[int]:
    """How long each is to last for the end to come `by_s` sooner, as far as that goes, and for their hours to be kept.

    Those of priority 3 give first, down to their floors, then 2, then 1; in proportion among equals. What would only make a
    step wait longer for its hour is not taken.
    """
    return _shorter(list(found), by_s, 0)


def lengthened(
    found: Sequence[Part], lengths: Sequence[int], tops: Sequence[int], by_s: int, ranks: Sequence[int]
) -> list[int]:
    """How long each is to last when `by_s` is given to those of the lowest rank first, up to their tops and within their hours.

    `lengths` are those to begin with; what was added to them before counts against the hours too.
    """
    before = [length - part.length_s for part, length in zip(found, lengths, strict=True)]
    return _longer(list(found), list(lengths), list(tops), by_s, list(ranks), before, 0)


def changes(part: Part, length_s: int) -> list[Adjust]:
    """What makes a step last so long; of one with phases, those that are left share it in proportion."""
    step, by_s = part.step, length_s - part.length_s
    if not by_s or not step.phases:
        return [Adjust(by_s, step.id)] if by_s else []
    open_phases = _open_phases(step, part.phase, part.running_ms)
    lengths = [length for _, length, _ in open_phases]
    spare_s = 0
    if by_s < 0:
        spare_s = -min(-by_s, _unallotted_s(step, part.phase, part.running_ms))
        lasting = fill([floor for _, _, floor in open_phases], lengths, sum(lengths) + by_s - spare_s)
    else:
        # In proportion to what was planned: one that was cut has its time back before the others have more.
        planned = [step.phases[index].planned_s for index, _, _ in open_phases]
        lasting = fill(lengths, [DAY_S] * len(lengths), sum(lengths) + by_s, planned)
    taken = [Adjust(spare_s, step.id)] if spare_s else []
    return taken + [
        Adjust(seconds - length, step.id, index)
        for (index, length, _), seconds in zip(open_phases, lasting, strict=True)
        if seconds != length
    ]


def is_over(part: Part) -> bool:
    """Whether the step, or the phase of it, that is under way has taken all its time."""
    step = part.step
    if not part.under_way:
        return False
    spent_ms, length_s = step.spent_ms, step.adjusted_s
    if part.phase is not None:
        spent_ms, length_s = step.phases[part.phase].spent_ms, step.phases[part.phase].adjusted_s
    return spent_ms + part.running_ms >= length_s * 1000


def _half_s(planned_s: int) -> int:
    return min(planned_s, max(LEAST_S, math.ceil(planned_s / 2)))


def _open_phases(step: StepState, phase: int | None, running_ms: int) -> list[tuple[int, int, int]]:
    """The phases under way and to come: their index, their length, the least they keep."""
    found = []
    for index, part in enumerate(step.phases):
        if index >= (phase or 0):
            spent_ms = part.spent_ms + (running_ms if index == phase else 0)
            least_s = max(_half_s(part.planned_s), math.ceil(spent_ms / 1000))
            stands = index == phase and (step.insisted or spent_ms > JUST_BEGUN_MS)
            floor = part.adjusted_s if stands else min(part.adjusted_s, least_s)
            found.append((index, part.adjusted_s, floor))
    return found


def _unallotted_s(step: StepState, phase: int | None, running_ms: int) -> int:
    """What a step has beyond its phases, and none of them has used up."""
    left_ms = (step.adjusted_s - sum(part.adjusted_s for part in step.phases)) * 1000
    for index, part in enumerate(step.phases):
        left_ms += min(0, part.adjusted_s * 1000 - part.spent_ms - (running_ms if index == phase else 0))
    return max(0, left_ms // 1000)


def _missed_s(step: StepState, end: int) -> int | None:
    return None if step.latest is None else int((end - step.latest) / 1000)


def _shorter(found: list[Part], to_s: int, won_s: int) -> list[int]:
    """The lengths with which what follows them comes `to_s` sooner; before them, `won_s` was won."""
    if not found:
        return []
    tops = [part.length_s for part in found]
    floors = [part.floor_s for part in found]
    first = _waited_for(found[0], won_s)
    lasting = fill(floors, tops, sum(tops) - max(0, to_s - first), ranks=[part.step.plan.rank for part in found])
    at_s = won_s
    for place, (part, length) in enumerate(zip(found, lasting, strict=True)):
        if place and part.slack_s is not None and at_s > part.slack_s:
            return _in_two(found, place, part.slack_s, to_s, won_s)
        at_s = _waited_for(part, at_s) + part.length_s - length
        if part.missed_s is not None and part.missed_s > max(at_s, to_s if place == len(found) - 1 else 0):
            return _in_two(found, place + 1, part.missed_s, to_s, won_s)
    return lasting


def _in_two(found: list[Part], place: int, won_by_then_s: int, to_s: int, won_s: int) -> list[int]:
    """The lengths when so much is to be won by this place, whatever is won in all."""
    head = _shorter(found[:place], won_by_then_s, won_s)
    for part, length in zip(found, head, strict=False):
        won_s = _waited_for(part, won_s) + part.length_s - length
    return head + _shorter(found[place:], to_s, won_s)


def _waited_for(part: Part, won_s: int) -> int:
    """What is left of time won when a step does not begin before its hour."""
    return won_s if part.slack_s is None else min(won_s, part.slack_s)


def _longer(  # noqa: PLR0913  # the same for a part of the list
    found: list[Part],
    lengths: list[int],
    tops: list[int],
    by_s: int,
    ranks: list[int],
    before: list[int],
    given_s: int,
) -> list[int]:
    weights = [part.step.plan.duration for part in found]
    lasting = fill(lengths, tops, sum(lengths) + max(0, by_s), weights, ranks)
    at_s = given_s
    for place, part in enumerate(found):
        at_s += lasting[place] - lengths[place] + before[place]
        if part.missed_s is None or at_s <= max(0, -part.missed_s) or lasting[: place + 1] == lengths[: place + 1]:
            continue
        cut = place + 1
        most_s = max(0, -part.missed_s) - given_s - sum(before[:cut])
        head = _longer(found[:cut], lengths[:cut], tops[:cut], most_s, ranks[:cut], before[:cut], given_s)
        used_s = sum(head) - sum(lengths[:cut])
        given_s += used_s + sum(before[:cut])
        return head + _longer(found[cut:], lengths[cut:], tops[cut:], by_s - used_s, ranks[cut:], before[cut:], given_s)
    return lasting
