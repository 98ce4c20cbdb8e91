"""What whoever stands in for the coordinator needs to know, as values."""

from __future__ import annotations

from msgspec import Struct

from facilitator.core.cycle.calendar import Rhythm
from facilitator.core.cycle.rotation import Proposal
from facilitator.core.network import Member
from facilitator.core.records import Record, StepRow


class Brief(Struct, frozen=True):
    """The page as values. `questions` and `actions` are open, oldest first; `calls` close today or later, by date.

    `put_off` are the sequences that no meeting reached, with the meeting that left them; `last` is the meeting before, `knows` the
    themes and who knows about each.
    """

    last: str | None
    rhythm: Rhythm
    questions: tuple[Record, ...]
    actions: tuple[Record, ...]
    calls: tuple[Record, ...]
    aside: tuple[Record, ...]
    put_off: tuple[tuple[str, StepRow], ...]
    hosts: tuple[Proposal, ...]
    knows: tuple[tuple[str, tuple[Member, ...]], ...]
