"""The plan: how long steps last, which there are and in which order, what end was promised."""

from __future__ import annotations

from msgspec.structs import replace

from facilitator.core.agenda import DAY_S, Step
from facilitator.core.event import AnyAct, Deed, Event, Events, OwnCommand, Stamp
from facilitator.core.folding import Folding, Unfit
from facilitator.core.instant import Moment, Seconds
from facilitator.core.meeting import Meeting, PhaseState, StepState
from facilitator.core.people import known_members, meant, together
from facilitator.core.proportion import fill
from facilitator.core.refusal import Refused
from facilitator.core.setup import Setup, hours

# Under a minute a step is not a step any more.
SHORTEST_S = 60


class Adjust(Deed, frozen=True):
    """Give (or take) seconds to a step; the running one, and its running phase, when none is named."""

    seconds: int
    step: str | None = None
    phase: int | None = None

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """The step, longer or shorter; one that is over stays as it was."""
        if meeting.state == "adjourned":
            raise Refused("adjourned")
        step, phase = self.step, self.phase
        if step is None:
            if meeting.spot is None:
                raise Refused("not-started")
            step, phase = meeting.spot.step, meeting.spot.phase
        target = meeting.step(step)
        if target is None:
            raise Refused("no-step", step=step)
        number = meeting.number_of(target.id)
        if phase is not None and not 0 <= phase < len(target.phases):
            raise Refused("no-step", step=number)
        if number < (meeting.number_of(meeting.spot.step) if meeting.spot else 0):
            raise Refused("step-done")
        if target.adjusted_s + self.seconds > DAY_S:
            raise Refused("too-long")
        if not self.seconds:
            raise Refused("nothing-to-change")
        events = _adjustments(target, self.seconds, phase)
        if not events:
            raise Refused("nothing-left", step=number)
        return events


class Adjusted(Event, tag="adjusted", frozen=True):
    """A step, or one phase of it, was given or took `seconds`."""

    step: str
    seconds: Seconds
    phase: int | None = None

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The step, or one of its phases and with it the step, is longer or shorter."""
        folding.not_over()
        step = folding.step(self.step)
        phases = step.phases
        if self.phase is not None:
            if not 0 <= self.phase < len(phases):
                raise Unfit("no-step")
            phase = phases[self.phase]
            if phase.adjusted_s + self.seconds < SHORTEST_S:
                raise Unfit("nothing-left")
            changed = replace(phase, adjusted_s=phase.adjusted_s + self.seconds)
            phases = (*phases[: self.phase], changed, *phases[self.phase + 1 :])
        if step.adjusted_s + self.seconds < SHORTEST_S:
            raise Unfit("nothing-left")
        runs = folding.spot is not None and folding.spot.step == self.step
        insisted = step.insisted or (runs and self.seconds > 0)
        folding.put_step(replace(step, adjusted_s=step.adjusted_s + self.seconds, phases=phases, insisted=insisted))


class Promise(OwnCommand, tag="promised", frozen=True):
    """Promise another end to the room, in milliseconds UTC."""

    end: Moment

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """Itself, later than now and within a day."""
        if self.end <= stamp.instant.at:
            raise Refused("promise-past")
        if self.end > stamp.instant.at + DAY_S * 1000:
            raise Refused("too-long")
        return (self,)

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The room was promised another end."""
        folding.not_over()
        folding.promise = self.end


class AddStep(Deed, frozen=True):
    """Insert a step after another (None: first)."""

    step: Step
    after: str | None = None

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """A step that was not planned."""
        step = self.step
        if step.duration < SHORTEST_S:
            raise Refused("nothing-left", step=step.title or len(meeting.steps) + 1)
        if step.duration > DAY_S:
            raise Refused("too-long")
        if step.minimum is not None and step.minimum > step.duration:
            raise Refused("minimum-too-long", minimum_s=step.minimum, duration_s=step.duration)
        return (StepAdded(stamp.id, step, self.after),)


class StepAdded(Event, tag="step-added", frozen=True):
    """A step was inserted after the step `after` (None: first)."""

    id: str
    step: Step
    after: str | None = None

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """A step that was not planned stands on the agenda."""
        folding.not_over()
        if any(step.id == self.id for step in folding.steps):
            raise Unfit("no-step")
        _insert(folding, planned_step(self.id, self.step, folding.setup, added=True), self.after)


class SetStepAside(OwnCommand, tag="step-set-aside", frozen=True, omit_defaults=False):
    """Put a step aside, or bring it back."""

    step: str
    aside: bool = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """A step to come is left out, or is back."""
        folding.not_over()
        folding.put_step(replace(_movable(folding, self.step), aside=self.aside))


class MoveStep(OwnCommand, tag="step-moved", frozen=True):
    """Move a step after another (None: first)."""

    step: str
    after: str | None = None

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """A step to come has another place."""
        folding.not_over()
        step = _movable(folding, self.step)
        before = folding.steps
        folding.steps = tuple(other for other in folding.steps if other.id != step.id)
        try:
            _insert(folding, step, self.after)
        except Unfit:
            folding.steps = before
            raise


class Replan(Deed, frozen=True):
    """Several changes of the plan as one act: one undo takes them all back."""

    changes: tuple[Adjust | Promise | AddStep | SetStepAside | MoveStep, ...]

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """What each of them does."""
        if not self.changes:
            raise Refused("nothing-to-change")
        parts = ((change, replace(stamp, id=f"{stamp.id}.{place}")) for place, change in enumerate(self.changes))
        return tuple(event for change, part in parts for event in change.decide(meeting, part))


def planned_steps(setup: Setup) -> tuple[StepState, ...]:
    """The steps of an agenda before anything happened; their ids are their places, from 1."""
    return tuple(planned_step(str(place), step, setup) for place, step in enumerate(setup.agenda.steps, 1))


def planned_step(step_id: str, plan: Step, setup: Setup | None, *, added: bool = False) -> StepState:
    """A step before anything happened, with its hours; who leads it, by a whole name where the agenda has its beginning."""
    names = known_members(setup) if setup is not None else []
    leads = tuple(meant(name, names) for name in plan.leads)
    if leads:
        plan = replace(plan, lead=leads if len(leads) > 1 else leads[0])
    earliest, latest = hours(setup, plan) if setup is not None else (None, None)
    phases = tuple(PhaseState(phase.title, phase.duration, phase.duration) for phase in plan.phases)
    return StepState(
        id=step_id,
        plan=plan,
        planned_s=0 if added else plan.duration,
        adjusted_s=plan.duration,
        phases=phases,
        added=added,
        lead=together(leads) or None,
        earliest=earliest,
        latest=latest,
    )


def _adjustments(step: StepState, seconds: int, phase: int | None) -> tuple[Adjusted, ...]:
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
