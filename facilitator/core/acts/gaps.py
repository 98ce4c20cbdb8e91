"""Time in which nobody was looking: a crash, a closed lid."""

from __future__ import annotations

from msgspec.structs import replace

from facilitator.core.acts.moves import charge
from facilitator.core.event import AnyAct, Deed, Event, Events, OwnCommand, Stamp
from facilitator.core.folding import Folding, Unfit
from facilitator.core.instant import Moment
from facilitator.core.meeting import Gap, Meeting, Stop
from facilitator.core.refusal import Refused


class FindGap(Deed, frozen=True):
    """Note that nobody was looking between two instants, in milliseconds UTC."""

    start: int
    end: int

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """A gap."""
        if self.end <= self.start:
            raise Refused("no-gap")
        return (GapFound(stamp.id, self.start, self.end),)


class GapFound(Event, tag="gap-found", frozen=True):
    """Nobody was looking from `start` to `end`; it counts as meeting until settled."""

    id: str
    start: Moment
    end: Moment
    noticed = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The gap belongs to the step that ran when it began. Two who find the same gap have found one."""
        if folding.state != "running":
            raise Unfit("not-started")
        if any(self.start < gap.end and gap.start < self.end for gap in folding.gaps):
            raise Unfit("no-gap")
        charge(folding, act.instant)
        spots = [span.spot for span in folding.spans if span.start <= self.start]
        folding.gaps = (*folding.gaps, Gap(self.id, self.start, self.end, spots[-1] if spots else folding.spot))


class SettleGap(OwnCommand, tag="gap-settled", frozen=True):
    """Say whether a gap was meeting (`counts`) or break."""

    gap: str
    counts: bool

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The time of a break is taken from the step."""
        gap = next((gap for gap in folding.gaps if gap.id == self.gap), None)
        if gap is None or gap.spot is None:
            raise Unfit("no-gap")
        taken = gap.charged_ms
        step = folding.step(gap.spot.step)
        to_take = 0 if self.counts else min(gap.ms, step.spent_ms + taken)
        phases = step.phases
        if gap.spot.phase is not None:
            phase = phases[gap.spot.phase]
            to_take = min(to_take, phase.spent_ms + taken)
            changed = replace(phase, spent_ms=phase.spent_ms + taken - to_take)
            phases = (*phases[: gap.spot.phase], changed, *phases[gap.spot.phase + 1 :])
        folding.put_step(replace(step, spent_ms=step.spent_ms + taken - to_take, phases=phases))
        pauses = [pause for pause in folding.pauses if pause != Stop(step.id, gap.start, taken)]
        if to_take:
            pauses.append(Stop(step.id, gap.start, to_take))
        folding.pauses = tuple(sorted(pauses, key=lambda pause: pause.start))
        settled = replace(gap, counts=self.counts, charged_ms=to_take)
        folding.gaps = tuple(settled if other.id == gap.id else other for other in folding.gaps)
