"""The agenda as it is displayed, line by line, and changes to its durations."""

from __future__ import annotations

from facilitator.core.act import Adjusted, Spot
from facilitator.core.meeting import Meeting, StepState
from facilitator.core.rules_time import SHORTEST_S
from facilitator.core.sharing import fill


def lines(meeting: Meeting) -> list[Spot]:
    """The lines one can be at, in the order displayed: a step, or each phase of a workshop; those put aside left out."""
    spots: list[Spot] = []
    for step in meeting.steps:
        if step.aside:
            continue
        if step.phases:
            spots.extend(Spot(step.id, index) for index in range(len(step.phases)))
        else:
            spots.append(Spot(step.id))
    return spots


def line_after(meeting: Meeting, *, whole_step: bool = False) -> Spot | None:
    """The line below the present one; `whole_step` skips the phases left. None at the last, or before the start."""
    spots = lines(meeting)
    if meeting.spot not in spots:
        return None
    below = spots[spots.index(meeting.spot) + 1 :]
    if whole_step:
        below = [spot for spot in below if spot.step != meeting.spot.step]
    return below[0] if below else None


def line_before(meeting: Meeting) -> Spot | None:
    """The line above the present one; None at the first, or before the start."""
    spots = lines(meeting)
    if meeting.spot not in spots:
        return None
    place = spots.index(meeting.spot)
    return spots[place - 1] if place else None


def adjustments(step: StepState, seconds: int, phase: int | None = None) -> tuple[Adjusted, ...]:
    """The events that make a step `seconds` longer or shorter; none when a minute would not be left.

    Without `phase`, a step with phases shares the change among them in proportion to their length; time taken comes from
    what its phases leave unallotted first.
    """
    if not step.phases:
        return (Adjusted(step.id, seconds),) if step.adjusted_s + seconds >= SHORTEST_S else ()
    if phase is not None:
        fits = step.phases[phase].adjusted_s + seconds >= SHORTEST_S
        return (Adjusted(step.id, seconds, phase),) if fits else ()
    lengths = [part.adjusted_s for part in step.phases]
    total = sum(lengths)
    unallotted = min(0, max(seconds, total - step.adjusted_s))
    wanted = total + seconds - unallotted
    if wanted < SHORTEST_S * len(lengths):
        return ()
    if seconds < 0:
        lasting = fill([min(SHORTEST_S, length) for length in lengths], lengths, wanted)
    else:
        lasting = fill(lengths, [length + seconds for length in lengths], wanted, lengths)
    spare = (Adjusted(step.id, unallotted),) if unallotted else ()
    changes = [now - before for now, before in zip(lasting, lengths, strict=True)]
    return (*spare, *(Adjusted(step.id, change, index) for index, change in enumerate(changes) if change))
