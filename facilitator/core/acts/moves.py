"""From step to step: the beginning, the moves, the pauses, the end; the step's clock."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from facilitator.core.acts.answers import stop_answer
from facilitator.core.acts.rounds import end_round
from facilitator.core.event import AnyAct, Deed, Event, Events, OwnCommand, Stamp
from facilitator.core.folding import Folding, Unfit
from facilitator.core.instant import Instant, between, onward
from facilitator.core.meeting import Meeting, Span, Spot, StepState, Stop
from facilitator.core.refusal import Refused


class Start(OwnCommand, tag="started", frozen=True):
    """Begin: the first step runs."""

    moves = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The first step that is not put aside runs."""
        if folding.state != "ready":
            raise Unfit("already-started" if folding.setup else "no-meeting")
        first = next((step for step in folding.steps if not step.aside), None)
        if first is None:
            raise Unfit("no-step")
        folding.started_at = act.at
        folding.state = "running"
        folding.mark = act.instant
        _enter(folding, Spot(first.id, 0 if first.phases else None), act.instant)


class Next(Deed, frozen=True):
    """One line down the agenda, or the beginning; `whole_step` skips the phases left; `leaving` guards against a move made meanwhile."""

    leaving: Spot | None = None
    whole_step: bool = False
    moves = True

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """The move; a paused meeting goes on."""
        if meeting.state == "ready":
            return (Start(),)
        return _move(meeting, self.leaving, line_after(meeting, whole_step=self.whole_step), "last-step")


class Back(Deed, frozen=True):
    """Return to the line before, on purpose."""

    leaving: Spot | None = None
    moves = True

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """The move; a paused meeting goes on."""
        return _move(meeting, self.leaving, line_before(meeting), "first-step")


class Moved(Event, tag="moved", frozen=True):
    """From one line of the agenda to another; void when the meeting was no longer at `leaving`."""

    leaving: Spot
    to: Spot

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The meeting goes to another line, if it still is where the mover saw it."""
        folding.in_course()
        if folding.spot != self.leaving:
            raise Unfit("moved-meanwhile")
        _reachable(folding, self.to)
        charge(folding, act.instant)
        stop_answer(folding, act.instant)
        end_round(folding, act.instant)
        _enter(folding, self.to, act.instant)


class Pause(OwnCommand, tag="paused", frozen=True):
    """Stop the step's clock."""

    moves = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """All clocks stand still."""
        folding.in_course()
        if folding.state == "paused" or folding.spot is None:
            raise Unfit("already-paused")
        charge(folding, act.instant)
        folding.tick(act.instant)
        folding.state = "paused"
        folding.pauses = (*folding.pauses, Stop(folding.spot.step, act.at))


class Resume(OwnCommand, tag="resumed", frozen=True):
    """Let the step's clock run again."""

    moves = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """All clocks run again."""
        folding.in_course()
        if folding.state != "paused":
            raise Unfit("not-paused")
        charge(folding, act.instant)
        folding.tick(act.instant)
        folding.state = "running"


class Adjourn(OwnCommand, tag="adjourned", frozen=True):
    """Stop time for good, *la séance est levée*; always succeeds once the meeting is open."""

    moves = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """Time stops for good."""
        folding.not_over()
        charge(folding, act.instant)
        stop_answer(folding, act.instant)
        end_round(folding, act.instant)
        folding.state = "adjourned"
        folding.adjourned_at = act.at


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


def charge(folding: Folding, now: Instant) -> None:
    """Give the time since the last move to what it was spent on, and go on from `now`."""
    if folding.mark is not None and folding.spot is not None:
        ms, estimated = between(folding.mark, now)
        if folding.state == "running":
            _spend(folding, folding.spot, ms, estimated=estimated)
        else:
            last = folding.pauses[-1]
            folding.pauses = (*folding.pauses[:-1], replace(last, ms=last.ms + ms))
    folding.mark = onward(folding.mark, now)


def _move(
    meeting: Meeting, leaving: Spot | None, to: Spot | None, otherwise: Literal["last-step", "first-step"]
) -> Events:
    spot = leaving or meeting.spot
    if spot != meeting.spot:
        raise Refused("moved-meanwhile", by=meeting.last_actor)
    if meeting.state in ("ready", "adjourned"):
        raise Refused("not-started" if meeting.state == "ready" else "adjourned")
    if spot is None or to is None:
        raise Refused(otherwise)
    resumed: Events = (Resume(),) if meeting.state == "paused" else ()
    return (*resumed, Moved(spot, to))


def _spend(folding: Folding, spot: Spot, ms: int, *, estimated: bool) -> None:
    step = folding.step(spot.step)
    phases = step.phases
    if spot.phase is not None:
        phase = phases[spot.phase]
        spent = replace(phase, spent_ms=phase.spent_ms + ms)
        phases = (*phases[: spot.phase], spent, *phases[spot.phase + 1 :])
    led = dict(step.led_ms)
    if step.handed and step.lead is not None:
        led[step.lead] = led.get(step.lead, 0) + ms
    folding.put_step(
        replace(
            step,
            spent_ms=step.spent_ms + ms,
            phases=phases,
            estimated=step.estimated or (estimated and ms > 0),
            led_ms=tuple(led.items()),
        )
    )


def _reachable(folding: Folding, spot: Spot) -> StepState:
    """The step of a line one can be at; void without it."""
    step = folding.step(spot.step)
    if step.aside or (spot.phase is not None and not 0 <= spot.phase < len(step.phases)):
        raise Unfit("no-step")
    return step


def _enter(folding: Folding, spot: Spot, now: Instant) -> None:
    """Be at `spot` from `now` on; void without it."""
    step = _reachable(folding, spot)
    if folding.spot is None or folding.spot.step != spot.step:
        folding.put_step(replace(step, visits=step.visits + 1))
    folding.spot = spot
    folding.spans = (*folding.spans, Span(now.at, spot))
