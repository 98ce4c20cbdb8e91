"""The agenda with its times: what was held when, what comes when at this pace, and how late each step would begin."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from facilitator.core.instant import Instant
from facilitator.core.meeting import Meeting, StepState
from facilitator.core.time.clocks import begins, current_ms, following, to_go_ms

Standing = Literal["done", "running", "to-come", "aside"]


class AgendaLine(Struct, frozen=True):
    """A line of the agenda: a step, or (`phase` is its index) a phase of the one under way or to come.

    `number` is the step's place on the agenda, from 1; `title` is None for the usual name of its kind.
    Durations in seconds; `start` and `end` in milliseconds UTC: what was, or what would be at this pace,
    None for a step put aside or skipped. `late_s` is how much later than planned a step begins, negative when earlier.
    """

    step: str
    phase: int | None
    number: int
    title: str | None
    place: Standing
    planned_s: int
    adjusted_s: int
    start: int | None
    end: int | None
    late_s: int | None = None

    @property
    def changed_s(self) -> int:
        """Seconds given to it (or, negative, taken from it) since the plan."""
        return self.adjusted_s - self.planned_s


def outline(meeting: Meeting, now: Instant) -> tuple[AgendaLine, ...]:
    """All lines in the order displayed."""
    to_come = {step.id for step in following(meeting)}
    planned = planned_starts(meeting, now)
    running = meeting.current if meeting.state in ("running", "paused") else None
    at = begins(meeting, now)
    lines: list[AgendaLine] = []
    for number, step in enumerate(meeting.steps, 1):
        start: int | None
        end: int | None
        if running is not None and step.id == running.id:
            place: Standing = "running"
            start, end = _first(meeting, step), at + current_ms(meeting, now)
            lines.append(_line(step, number, place, (start, end), planned.get(step.id)))
            lines.extend(_phases(meeting, step, number, now))
            at = end
        elif step.aside:
            lines.append(_line(step, number, "aside", (None, None), planned.get(step.id)))
        elif step.id in to_come and meeting.state not in ("adjourned", "closed"):
            start, end = at, at + to_go_ms(step)
            lines.append(_line(step, number, "to-come", (start, end), planned.get(step.id)))
            at = end
        else:
            lines.append(
                _line(step, number, "done", (_first(meeting, step), _left(meeting, step)), planned.get(step.id))
            )
    return tuple(lines)


def planned_starts(meeting: Meeting, now: Instant) -> dict[str, int]:
    """When each step was to begin by the plan, by its id, in milliseconds UTC; those added since are not there."""
    setup = meeting.opened
    start = setup.planned_start if setup.planned_start is not None else meeting.started_at
    at = start if start is not None else now.at
    found: dict[str, int] = {}
    for place, step in enumerate(setup.agenda.steps, 1):
        found[str(place)] = at
        at += step.duration * 1000
    return found


def _line(
    step: StepState, number: int, place: Standing, span: tuple[int | None, int | None], due: int | None
) -> AgendaLine:
    start, end = span
    return AgendaLine(
        step=step.id,
        phase=None,
        number=number,
        title=step.title,
        place=place,
        planned_s=step.planned_s,
        adjusted_s=step.adjusted_s,
        start=start,
        end=end,
        late_s=None if start is None or due is None else (start - due) // 1000,
    )


def _phases(meeting: Meeting, step: StepState, number: int, now: Instant) -> list[AgendaLine]:
    """The phases of the step under way, the past ones without instants."""
    spot = meeting.spot
    if spot is None or spot.phase is None:
        return []
    left_ms = current_ms(meeting, now)
    # What the phases to come take is known; the running one has the rest.
    to_come = [max(0, part.adjusted_s * 1000 - part.spent_ms) for part in step.phases[spot.phase + 1 :]]
    at = now.at + max(0, left_ms - sum(to_come))
    lines: list[AgendaLine] = []
    for index, phase in enumerate(step.phases):
        place: Standing = "done" if index < spot.phase else "running" if index == spot.phase else "to-come"
        start = end = None
        if index == spot.phase:
            end = at
        elif index > spot.phase:
            start, at = at, at + to_come[index - spot.phase - 1]
            end = at
        lines.append(
            AgendaLine(step.id, index, number, phase.title, place, phase.planned_s, phase.adjusted_s, start, end)
        )
    return lines


def _first(meeting: Meeting, step: StepState) -> int | None:
    return next((span.start for span in meeting.spans if span.spot.step == step.id), None)


def _left(meeting: Meeting, step: StepState) -> int | None:
    """When a step was last left."""
    end = None
    for place, span in enumerate(meeting.spans, 1):
        if span.spot.step == step.id:
            end = meeting.spans[place].start if place < len(meeting.spans) else meeting.adjourned_at
    return end
