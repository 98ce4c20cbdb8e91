"""The meeting exists: its agenda and settings are frozen."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from facilitator.core.acts.plan import planned_steps
from facilitator.core.entry import Entry
from facilitator.core.event import AnyAct, OwnCommand
from facilitator.core.folding import Folding, Unfit
from facilitator.core.meeting import StepState
from facilitator.core.said import given
from facilitator.core.setup import Setup
from facilitator.core.vocabulary import Kind


class Open(OwnCommand, tag="opened", frozen=True):
    """Make the meeting exist, ready to start."""

    meeting: str
    setup: Setup
    lasting = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The agenda's news are entries from now on, and so is what was carried over."""
        if folding.setup is not None:
            raise Unfit("already-open")
        folding.id = self.meeting
        folding.setup = self.setup
        folding.state = "ready"
        folding.opened_at = act.at
        folding.steps = planned_steps(self.setup)
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
        for entry in carried_entries(self.setup):
            claimed = folding.claim(entry.kind, entry.number, entry.id)
            folding.put_entry(replace(entry, number=claimed, at=act.at, step=_home(entry.kind, folding.steps)))


def carried_entries(setup: Setup) -> list[Entry]:
    """What was carried over, under the next numbers after those of the agenda's news."""
    highest: dict[Kind, int] = {"news": sum(len(step.items) for step in setup.agenda.steps)}
    entries = []
    for place, brought in enumerate(setup.since.carried, 1):
        highest[brought.kind] = number = highest.get(brought.kind, 0) + 1
        entry = Entry(
            id=f"carried{place}",
            kind=brought.kind,
            number=number,
            at=0,
            actor="",
            same=brought.same,
            outcome=brought.outcome,
            **({"text": ""} | given(brought.fields)),
        )
        entries.append(entry)
    return entries


def _home(kind: Kind, steps: Sequence[StepState]) -> str | None:
    """The first step in which such things are spoken of; None when there is none."""
    wanted = "news" if kind in ("news", "resource", "action") else "needs"
    return next((step.id for step in steps if step.plan.kind == wanted), None)
