"""The fold: a meeting is its acts in order, minus the undone ones.

`fold` is the definition; `Replay` keeps the acts and takes the fast path for those that sort last.
The fold is total: an act that does not hold when its turn comes is void and listed, never an error.
An act is void as a whole: none of its events counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from facilitator.core.acts import Act, in_order
from facilitator.core.folding import Claim, Folding, Unfit
from facilitator.core.history import counting
from facilitator.core.meeting import Meeting, Void
from facilitator.core.numbering import frozen_numbers, settled_numbers


def fold(acts: Iterable[Act]) -> Meeting:
    """The meeting that these acts make, in whatever order they come."""
    ordered = sorted(acts, key=in_order)
    history = counting(ordered)
    folding = _folded(history.acts, {})
    if folding.collided or history.redone or history.frozen:
        void = {void.act for void in folding.void}
        folding = _folded(history.acts, settled_numbers(history, ordered, void))
        for kind, number in frozen_numbers(history, ordered):
            folding.highest = {**folding.highest, kind: max(number, folding.highest.get(kind, 0))}
    folding.void.extend(history.void)
    folding.late = history.late
    return folding.freeze()


def apply(meeting: Meeting, act: Act) -> Meeting:
    """The meeting after one more act, for one that sorts last and is no recount; void, it is listed as such."""
    folding = Folding(meeting)
    _take(folding, act)
    return folding.freeze()


def void_reason(meeting: Meeting, act: Act) -> str | None:
    """Why an act would have no effect on this meeting; None when it holds."""
    folding = Folding(meeting)
    _take(folding, act)
    return folding.void[-1].reason if len(folding.void) > len(meeting.void) else None


class Replay:
    """The acts read so far, each once, and the meeting they make."""

    def __init__(self, acts: Iterable[Act] = ()) -> None:
        self.acts: list[Act] = []
        self.meeting = Meeting()
        self._ids: set[str] = set()
        self.add(acts)

    def add(self, acts: Iterable[Act]) -> list[Act]:
        """Take acts in and fold them; returns those that were not known yet, in their order."""
        fresh: list[Act] = []
        for act in acts:
            if act.id not in self._ids:
                self._ids.add(act.id)
                fresh.append(act)
        if fresh:
            fresh.sort(key=in_order)
            last = self.acts[-1].order if self.acts else None
            self.acts.extend(fresh)
            self.meeting = self._appended(fresh, last) or self._refolded()
        return fresh

    def knows(self, act_id: str) -> bool:
        """Whether the act of this id was read."""
        return act_id in self._ids

    def _appended(self, fresh: Sequence[Act], last: tuple[int, str, str] | None) -> Meeting | None:
        """The meeting with these acts at its end; None when they ask for a fold from the start."""
        if last is None or fresh[0].order <= last or self.meeting.state == "closed":
            return None
        if any(event.recount for act in fresh for event in act.events):
            return None
        folding = Folding(self.meeting)
        for act in fresh:
            _take(folding, act)
        return None if folding.collided else folding.freeze()

    def _refolded(self) -> Meeting:
        self.acts.sort(key=in_order)
        return fold(self.acts)


def _folded(acts: Sequence[Act], numbers: Mapping[Claim, int]) -> Folding:
    folding = Folding(Meeting(), numbers)
    for act in acts:
        _take(folding, act)
    return folding


def _take(folding: Folding, act: Act) -> None:
    """Let one act count, or list it as void."""
    events = act.events
    if folding.state == "closed" and not all(event.over for event in events):
        folding.void.append(Void(act.id, act.actor, "closed"))
        return
    before = folding.copy() if len(events) > 1 else None
    try:
        for event in events:
            event.apply(folding, act)
    except Unfit as unfit:
        if before is not None:
            folding.restore(before)
        folding.void.append(Void(act.id, act.actor, unfit.reason))
    else:
        folding.last_actor = act.actor
