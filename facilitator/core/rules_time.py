"""The rules of the events that move time and change the plan."""

from __future__ import annotations

from msgspec.structs import replace

from facilitator.core import act as acts
from facilitator.core.act import Act, Spot
from facilitator.core.agenda import Agenda, Step
from facilitator.core.entry import Entry
from facilitator.core.folding import Folding, Unfit
from facilitator.core.meeting import Gap, Pause, PhaseState, StepState

# Under a minute a step is not a step any more.
SHORTEST_S = 60


def opened(folding: Folding, act: Act, event: acts.Opened) -> None:
    """The meeting exists; the agenda's news are entries from now on."""
    if folding.setup is not None:
        raise Unfit("already-open")
    folding.id = event.meeting
    folding.setup = event.setup
    folding.state = "ready"
    folding.opened_at = act.at
    folding.steps = planned_steps(event.setup.agenda)
    number = 0
    for step in folding.steps:
        for item in step.plan.items:
            number += 1
            entry_id = f"item{number}"
            folding.claim("news", number, entry_id)
            folding.put_entry(
                Entry(
                    id=entry_id,
                    kind="news",
                    number=number,
                    text=item.title,
                    at=act.at,
                    actor=act.actor,
                    step=step.id,
                    link=item.link,
                    type=item.type,
                    level=item.level,
                    deadline=item.deadline,
                )
            )


def planned_steps(agenda: Agenda) -> tuple[StepState, ...]:
    """The steps of an agenda before anything happened; their ids are their places, from 1."""
    return tuple(planned_step(str(place), step) for place, step in enumerate(agenda.steps, 1))


def planned_step(step_id: str, plan: Step, *, added: bool = False) -> StepState:
    """A step before anything happened."""
    phases = tuple(PhaseState(phase.title, phase.duration, phase.duration) for phase in plan.phases)
    return StepState(
        id=step_id,
        plan=plan,
        planned_s=0 if added else plan.duration,
        adjusted_s=plan.duration,
        phases=phases,
        added=added,
        lead=plan.lead,
    )


def first_spot(step: StepState) -> Spot:
    """Where a step begins: in its first phase if it has any."""
    return Spot(step.id, 0 if step.phases else None)


def started(folding: Folding, act: Act, event: acts.Started) -> None:  # the event says it all
    """The first step runs."""
    if folding.state != "ready":
        raise Unfit("already-started" if folding.setup else "no-meeting")
    first = next((step for step in folding.steps if not step.aside), None)
    if first is None:
        raise Unfit("no-step")
    folding.started_at = act.at
    folding.state = "running"
    folding.mark = act.instant
    folding.enter(first_spot(first), act.instant)


def moved(folding: Folding, act: Act, event: acts.Moved) -> None:
    """The meeting goes to another line, if it still is where the mover saw it."""
    in_course(folding)
    if folding.spot != event.leaving:
        raise Unfit("moved-meanwhile")
    folding.reachable(event.to)
    folding.charge(act.instant)
    folding.stop_answer(act.instant)
    folding.end_round(act.instant)
    folding.enter(event.to, act.instant)


def paused(folding: Folding, act: Act, event: acts.Paused) -> None:
    """The step's clock stops."""
    in_course(folding)
    if folding.state == "paused" or folding.spot is None:
        raise Unfit("already-paused")
    folding.charge(act.instant)
    folding.lap(act.instant)
    folding.state = "paused"
    folding.pauses = (*folding.pauses, Pause(folding.spot.step, act.at))


def resumed(folding: Folding, act: Act, event: acts.Resumed) -> None:
    """The step's clock runs again."""
    in_course(folding)
    if folding.state != "paused":
        raise Unfit("not-paused")
    folding.charge(act.instant)
    folding.lap(act.instant)
    folding.state = "running"


def adjourned(folding: Folding, act: Act, event: acts.Adjourned) -> None:
    """Time stops for good."""
    if folding.state == "none":
        raise Unfit("no-meeting")
    if folding.state == "adjourned":
        raise Unfit("adjourned")
    folding.charge(act.instant)
    folding.stop_answer(act.instant)
    folding.end_round(act.instant)
    folding.state = "adjourned"
    folding.adjourned_at = act.at


def adjusted(folding: Folding, act: Act, event: acts.Adjusted) -> None:
    """A step, or one of its phases and with it the step, is longer or shorter."""
    _not_over(folding)
    step = folding.step(event.step)
    phases = step.phases
    if event.phase is not None:
        if not 0 <= event.phase < len(phases):
            raise Unfit("no-step")
        phase = phases[event.phase]
        if phase.adjusted_s + event.seconds < SHORTEST_S:
            raise Unfit("nothing-left")
        changed = replace(phase, adjusted_s=phase.adjusted_s + event.seconds)
        phases = (*phases[: event.phase], changed, *phases[event.phase + 1 :])
    if step.adjusted_s + event.seconds < SHORTEST_S:
        raise Unfit("nothing-left")
    folding.put_step(replace(step, adjusted_s=step.adjusted_s + event.seconds, phases=phases))


def promised(folding: Folding, act: Act, event: acts.Promised) -> None:
    """The room was promised another end."""
    _not_over(folding)
    folding.promise = event.end


def step_added(folding: Folding, act: Act, event: acts.StepAdded) -> None:
    """A step that was not planned stands on the agenda."""
    _not_over(folding)
    if any(step.id == event.id for step in folding.steps):
        raise Unfit("no-step")
    _insert(folding, planned_step(event.id, event.step, added=True), event.after)


def step_set_aside(folding: Folding, act: Act, event: acts.StepSetAside) -> None:
    """A step to come is left out, or is back."""
    _not_over(folding)
    step = _movable(folding, event.step)
    folding.put_step(replace(step, aside=event.aside))


def step_moved(folding: Folding, act: Act, event: acts.StepMoved) -> None:
    """A step to come has another place."""
    _not_over(folding)
    step = _movable(folding, event.step)
    before = folding.steps
    folding.steps = tuple(other for other in folding.steps if other.id != step.id)
    try:
        _insert(folding, step, event.after)
    except Unfit:
        folding.steps = before
        raise


def gap_found(folding: Folding, act: Act, event: acts.GapFound) -> None:
    """Nobody was looking; the time counts as meeting until someone says otherwise.

    It belongs to the step that ran when it began. Two who find the same gap have found one.
    """
    if folding.state != "running":
        raise Unfit("not-started")
    if any(event.start < gap.end and gap.start < event.end for gap in folding.gaps):
        raise Unfit("no-gap")
    folding.charge(act.instant)
    spots = [span.spot for span in folding.spans if span.start <= event.start]
    folding.gaps = (*folding.gaps, Gap(event.id, event.start, event.end, spots[-1] if spots else folding.spot))


def gap_settled(folding: Folding, act: Act, event: acts.GapSettled) -> None:
    """A gap was meeting, or break: then its time is taken from the step."""
    gap = next((gap for gap in folding.gaps if gap.id == event.gap), None)
    if gap is None or gap.spot is None:
        raise Unfit("no-gap")
    taken = gap.charged_ms
    step = folding.step(gap.spot.step)
    to_take = 0 if event.counts else min(gap.ms, step.spent_ms + taken)
    phases = step.phases
    if gap.spot.phase is not None:
        phase = phases[gap.spot.phase]
        to_take = min(to_take, phase.spent_ms + taken)
        changed = replace(phase, spent_ms=phase.spent_ms + taken - to_take)
        phases = (*phases[: gap.spot.phase], changed, *phases[gap.spot.phase + 1 :])
    folding.put_step(replace(step, spent_ms=step.spent_ms + taken - to_take, phases=phases))
    pauses = [pause for pause in folding.pauses if pause != Pause(step.id, gap.start, taken)]
    if to_take:
        pauses.append(Pause(step.id, gap.start, to_take))
    folding.pauses = tuple(sorted(pauses, key=lambda pause: pause.start))
    settled = replace(gap, counts=event.counts, charged_ms=to_take)
    folding.gaps = tuple(settled if other.id == gap.id else other for other in folding.gaps)


def handed_over(folding: Folding, act: Act, event: acts.HandedOver) -> None:
    """A step has another lead."""
    _not_over(folding)
    folding.step(event.step)
    if folding.state == "running":
        folding.charge(act.instant)
    step = folding.step(event.step)
    folding.put_step(replace(step, lead=event.to or step.plan.lead, handed=event.to is not None))


def closed(folding: Folding, act: Act, event: acts.Closed) -> None:
    """The meeting is closed; its numbers do not change any more."""
    if folding.state != "adjourned":
        raise Unfit("not-started" if folding.setup is None else "not-closed")
    folding.state = "closed"
    folding.closed = event
    folding.closed_at = act.at
    folding.summary = event.summary if event.summary is not None else folding.summary


def published(folding: Folding, act: Act, event: acts.Published) -> None:
    """The documents are on the disk."""
    if folding.state != "closed":
        raise Unfit("not-closed")
    folding.published = {**(folding.published or {}), **event.documents}


def reopened(folding: Folding, act: Act, event: acts.Reopened) -> None:
    """The close does not count any more; time stays stopped.

    Holds without one, too: what it lets in again may have made that close void.
    """
    if folding.state != "closed":
        return
    folding.state = "adjourned"
    folding.closed = None
    folding.closed_at = None
    folding.published = None


def in_course(folding: Folding) -> None:
    """Void before the start and after the end."""
    if folding.state in ("none", "ready"):
        raise Unfit("not-started" if folding.setup else "no-meeting")
    if folding.state == "adjourned":
        raise Unfit("adjourned")


def _not_over(folding: Folding) -> None:
    if folding.state == "none":
        raise Unfit("no-meeting")
    if folding.state == "adjourned":
        raise Unfit("adjourned")


def _movable(folding: Folding, step_id: str) -> StepState:
    step = folding.step(step_id)
    if folding.spot is not None and folding.spot.step == step_id:
        raise Unfit("step-running")
    if step.visits:
        raise Unfit("step-done")
    return step


def _insert(folding: Folding, step: StepState, after: str | None) -> None:
    place = 0 if after is None else folding.steps.index(folding.step(after)) + 1
    current = next((i for i, s in enumerate(folding.steps) if folding.spot and s.id == folding.spot.step), -1)
    if place <= current:
        raise Unfit("step-done")
    folding.steps = (*folding.steps[:place], step, *folding.steps[place:])
