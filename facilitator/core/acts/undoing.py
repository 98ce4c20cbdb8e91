"""Undo and redo: which acts count. What they do is settled on the acts, before the fold (`history`)."""

from __future__ import annotations

from facilitator.core.event import AnyAct, Deed, Event
from facilitator.core.folding import Folding


class Undo(Deed, frozen=True):
    """Take back the last act of the same person."""


class Redo(Deed, frozen=True):
    """Bring back what the same person undid last."""


class _Counting(Event, frozen=True):
    act: str
    lasting = True
    recount = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """Nothing is left to do."""


class Undone(_Counting, tag="undone", frozen=True):
    """The act `act` no longer counts."""


class Redone(_Counting, tag="redone", frozen=True):
    """The undone act `act` counts again."""
