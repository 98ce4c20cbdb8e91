"""The meeting exists: its agenda and settings are frozen."""

from __future__ import annotations

from typing import ClassVar

from facilitator.core.acts.plan import planned_steps
from facilitator.core.entry import Entry
from facilitator.core.event import Asked, Written
from facilitator.core.folding import Folding, Unfit
from facilitator.core.setup import Setup


class Open(Asked, tag="opened", frozen=True):
    """Make the meeting exist, ready to start."""

    meeting: str
    setup: Setup
    lasting: ClassVar[bool] = True

    def apply(self, folding: Folding, act: Written) -> None:
        """The agenda's news are entries from now on."""
        if folding.setup is not None:
            raise Unfit("already-open")
        folding.id = self.meeting
        folding.setup = self.setup
        folding.state = "ready"
        folding.opened_at = act.at
        folding.steps = planned_steps(self.setup.agenda)
        items = ((step.id, item) for step in folding.steps for item in step.plan.items)
        for number, (step, item) in enumerate(items, 1):
            entry = Entry(
                id=f"item{number}",
                kind="news",
                number=folding.claim("news", number, f"item{number}"),
                text=item.title,
                at=act.at,
                actor="",  # nobody wrote it down in the meeting
                step=step,
                link=item.link,
                type=item.type,
                level=item.level,
                deadline=item.deadline,
            )
            folding.put_entry(entry)
