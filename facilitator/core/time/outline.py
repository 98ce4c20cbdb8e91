"""The agenda with its times: what was held when, what comes when at this pace, and how late each step would begin."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from facilitator.core.instant import Instant
from facilitator.core.meeting import Meeting, StepState
from facilitator.core.time.clocks import begins, coming, current_ms, ends, missed_ms, planned_spans

Standing = Literal["done", "running", "to-come", "aside"]


class AgendaLine(Struct, frozen=True):
    """A line of the agenda: a step, or (`phase` is its index) a phase of the one under way or to come.

    `number` is the step's place on the agenda, from 1; `title` is None for the usual name of its kind.
    Durations in seconds; `start` and `end` in milliseconds UTC: what was, or what would be at this pace,
    None for a step put aside or skipped. `late_s` is how much later than planned a step begins, negative when earlier.
    `waits_s` is the time left before it because it has hours, `missed_s` by how much it ends after them; `fits` is false
    for a step that at this pace does not end before the promise, like all that follow it.
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
    waits_s: int = 0
    missed_s: int = 0
    fits: bool = True

    @property
    def changed_s(self) -> int:
        """Seconds given to it (or, negative, taken from it) since the plan."""
        return self.adjusted_s - self.planned_s


def outline(meeting: Meeting, now: Instant) -> tuple[AgendaLine, ...]:
    """All lines in the order displayed."""
    over = meeting.state in ("adjourned", "closed")
    to_come = {} if over else {step.id: (begin, end) for step, begin, end in coming(meeting, now)}
    planned = planned_starts(meeting, now)
    promise = None if over else ends(meeting, now)[1]
    running = meeting.current if meeting.state in ("running", "paused") else None
    at = begins(meeting, now)
    lines: list[AgendaLine] = []
    for number, step in enumerate(meeting.steps, 1):
        due = planned.get(step.id)
        if running is not None and step.id == running.id:
            at += current_ms(meeting, now)
            lines.append(_line(step, number, "running", (_first(meeting, step), at), due, promise=promise))
            lines.extend(_phases(meeting, step, number, now))
        elif step.aside:
            lines.append(_line(step, number, "aside", (None, None), due))
        elif step.id in to_come:
            begin, end = to_come[step.id]
            waits_s = (begin - at) // 1000
            lines.append(_line(step, number, "to-come", (begin, end), due, promise=promise, waits_s=waits_s))
            at = end
        else:
            lines.append(_line(step, number, "done", (_first(meeting, step), _left(meeting, step)), due))
    return tuple(lines)


def planned_starts(meeting: Meeting, now: Instant) -> dict[str, int]:
    """When each step was to begin by the plan, by its id, in milliseconds UTC; those added since are not there."""
    setup = meeting.opened
    start = setup.planned_start if setup.planned_start is not None else meeting.started_at
    spans = planned_spans(setup, start if start is not None else now.at)
    return {str(place): begin for place, (begin, _) in enumerate(spans, 1)}


def _line(  # noqa: PLR0913  # all that a line of the agenda says
    step: StepState,
    number: int,
    place: Standing,
    span: tuple[int | None, int | None],
    due: int | None,
    *,
    promise: int | None = None,
    waits_s: int = 0,
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
        waits_s=waits_s,
        missed_s=missed_ms(step, end) // 1000 if place in ("running", "to-come") and end is not None else 0,
        fits=promise is None or end is None or end < promise + 1000,
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
        if place == "running":
            end = at
        elif place == "to-come":
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
