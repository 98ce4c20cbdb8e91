"""Who leads a step."""

from __future__ import annotations

from msgspec.structs import replace

from facilitator.core.acts.moves import charge
from facilitator.core.acts.people import checked_name
from facilitator.core.event import AnyAct, Deed, Event, Events, Stamp
from facilitator.core.folding import Folding
from facilitator.core.meeting import Meeting
from facilitator.core.people import together
from facilitator.core.refusal import Refused


class HandOver(Deed, frozen=True):
    """Let `to` lead a step, the running one by default; None gives it back."""

    to: str | None = None
    step: str | None = None

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """The step, under another lead."""
        step = self.step or (meeting.spot.step if meeting.spot else None)
        if step is None:
            raise Refused("not-started")
        return (HandedOver(step, checked_name(meeting, self.to) if self.to else None),)


class HandedOver(Event, tag="handed-over", frozen=True):
    """A step is led by `to` from now on; None gives it back to the facilitator."""

    step: str
    to: str | None = None

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The time until now is that of who led it until now."""
        folding.not_over()
        folding.step(self.step)
        if folding.state == "running":
            charge(folding, act.instant)
        step = folding.step(self.step)
        folding.put_step(replace(step, lead=self.to or together(step.plan.leads) or None, handed=self.to is not None))
