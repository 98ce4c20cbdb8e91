"""Which acts count: undo and redo, and what came too late for a close.

All of it is decided on the acts alone, before they are folded.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from facilitator.core.acts import Act, Closed, Open, Publish, Redone, Reopen, Undone
from facilitator.core.meeting import Meeting, Void
from facilitator.core.vocabulary import Kind

Order = tuple[int, str, str]


class Frozen(Struct, frozen=True):
    """A number that a close froze, and the place of that close; `kind` is None for the one the entry was captured as."""

    entry: str
    kind: Kind | None
    number: int
    order: Order


class History(Struct, frozen=True):
    """The acts that count, in order; what others did while a close that was taken back held counts after it.

    `redone` maps acts that were brought back to the place (`Act.order`) where that happened, `frozen` holds the numbers of
    past closes; `late` are the ids of acts that the close in force had not seen.
    """

    acts: Sequence[Act]
    redone: Mapping[str, Order] = {}
    frozen: Sequence[Frozen] = ()
    void: tuple[Void, ...] = ()
    late: tuple[str, ...] = ()


class TakenBack(Struct, frozen=True):
    """An act that an undo took back, or, `again`, a redo brought back, and the meeting in which it counts."""

    act: Act
    meeting: Meeting
    again: bool = False


def counting(ordered: Sequence[Act]) -> History:
    """What counts among acts that are in their order."""
    if not any(event.recount for act in ordered for event in act.events):
        return History(ordered)
    timely, late = _timely(ordered)
    undone, redone, void = _undone(timely)
    acts, frozen = _over_closes([act for act in timely if act.id not in undone and not _rewrites(act)])
    return History(acts, redone, frozen, tuple(void), late)


def undoable(act: Act) -> bool:
    """Whether undo may take this act back: the close has `reopen`, the opening and undo itself are not undone."""
    return not any(event.lasting for event in act.events)


def last_done(acts: Sequence[Act], actor: str, void: Collection[str] = ()) -> Act | None:
    """The last act of this person that undo would take back; those in `void` had no effect to take back.

    A gap was noticed by the program, not done by anyone: it is settled, and what was done before it is taken back.
    """
    undone, _, _ = _undone(acts)
    gone = undone.union(void)
    done = (act for act in reversed(acts) if act.actor == actor and act.id not in gone and undoable(act))
    return next((act for act in done if not all(event.noticed for event in act.events)), None)


def last_undone(acts: Sequence[Act], actor: str) -> Act | None:
    """The act that redo would bring back: what this person undid last, unless they have acted since."""
    undone, _, _ = _undone(acts)
    by_id = {act.id: act for act in acts}
    for act in reversed(acts):
        if act.actor != actor:
            continue
        event = act.events[0] if act.events else None
        if isinstance(event, Undone) and event.act in undone:
            return by_id[event.act]
        if not isinstance(event, Undone | Redone):
            return None
    return None


def _rewrites(act: Act) -> bool:
    return any(isinstance(event, Undone | Redone) for event in act.events)


def _timely(ordered: Sequence[Act]) -> tuple[Sequence[Act], tuple[str, ...]]:
    """The acts that the close in force had seen, and the ids of the others."""
    force: tuple[Act, Closed] | None = None
    for act in ordered:
        for event in act.events:
            if isinstance(event, Closed) and force is None:
                force = act, event
            elif isinstance(event, Reopen):
                force = None
    if force is None:
        return ordered, ()
    closing, closed = force
    timely: list[Act] = []
    late: list[str] = []
    for act in ordered:
        seen = act is closing or act.n <= closed.seen.get(act.writer, -1)
        if seen or all(event.over or isinstance(event, Open) for event in act.events):
            timely.append(act)
        else:
            late.append(act.id)
    return timely, tuple(late)


def _over_closes(timely: Sequence[Act]) -> tuple[Sequence[Act], list[Frozen]]:
    """The acts, those of writers who did not know of a close placed after its reopening; the numbers that closes froze."""
    acts: list[Act] = []
    unaware: list[Act] = []
    frozen: list[Frozen] = []
    closed = False
    for act in timely:
        if closed and not any(isinstance(event, Closed | Publish | Reopen) for event in act.events):
            unaware.append(act)
            continue
        acts.append(act)
        for event in act.events:
            if isinstance(event, Closed) and not closed:
                closed = True
                frozen += [
                    Frozen(entry, event.kinds.get(entry), number, act.order) for entry, number in event.numbers.items()
                ]
            elif isinstance(event, Reopen):
                closed = False
                acts += unaware
                unaware = []
    return [*acts, *unaware], frozen


def _undone(ordered: Sequence[Act]) -> tuple[set[str], dict[str, Order], list[Void]]:
    """Ids of the acts that are undone; those brought back, with the place of it; undo and redo acts that do not hold."""
    undone: set[str] = set()
    redone: dict[str, Order] = {}
    void: list[Void] = []
    seen: dict[str, Act] = {}
    for act in ordered:
        seen[act.id] = act
        event = act.events[0] if act.events else None
        if isinstance(event, Undone):
            target = seen.get(event.act)
            if target is None or target.actor != act.actor or target.id in undone or not undoable(target):
                void.append(Void(act.id, act.actor, "nothing-to-undo"))
            else:
                undone.add(target.id)
        elif isinstance(event, Redone):
            if event.act not in undone or seen[event.act].actor != act.actor:
                void.append(Void(act.id, act.actor, "nothing-to-redo"))
            else:
                undone.discard(event.act)
                redone[event.act] = act.order
    return undone, redone, void
