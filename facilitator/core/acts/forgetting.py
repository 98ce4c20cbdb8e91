"""What was forgotten of a person."""

from __future__ import annotations

from facilitator.core.event import AnyAct, Event
from facilitator.core.folding import Folding


class Tombstone(Event, tag="forgotten", frozen=True):
    """Something private of a person stood here, and was deleted when they asked for it: a tombstone, without effect."""

    lasting = True
    noticed = True
    over = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """Nothing: what was here is not told."""
