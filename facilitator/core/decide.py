"""Decide: what a command makes happen in a meeting as it stands, or why it is refused.

Pure: the instant, the identities and the person come with the `Stamp`.
What `decide` lets through holds in the fold: it asks the events themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from facilitator.core.acts import Act, Capture, Command, Events, Open, Redo, Redone, Stamp, Undo, Undone, act_of
from facilitator.core.fold import fold, void_reason
from facilitator.core.history import last_done, last_undone
from facilitator.core.instant import MAX_AT
from facilitator.core.meeting import Meeting, Void
from facilitator.core.refusal import Refused


def decide(meeting: Meeting, command: Command, stamp: Stamp, history: Sequence[Act] = ()) -> Events:
    """The events of the act that `command` makes; `history` (all acts, in order) is needed for undo and redo only.

    Raises:
        Refused: the command cannot be carried out; nothing is to be written.
    """
    if meeting.setup is None and not isinstance(command, Open):
        raise Refused("no-meeting")
    if meeting.state == "closed" and not command.over:
        raise Refused("closed", by=meeting.last_actor)
    _in_time(meeting, command, stamp)
    if isinstance(command, Undo):
        return _undo(meeting, stamp, history)
    if isinstance(command, Redo):
        return _redo(meeting, stamp, history)
    events = command.decide(meeting, stamp)
    if isinstance(command, Capture) and command.step is None:
        return events  # nothing in the meeting can be against it, and it must cost nothing
    reason = void_reason(meeting, act_of(stamp, events, n=0))
    if reason is not None:
        raise Refused(reason, by=meeting.last_actor, **_named(meeting, command))  # type: ignore[arg-type]  # a Void holds a Reason as text
    return events


def _named(meeting: Meeting, command: Command) -> dict[str, object]:
    """The entry and the step that a command is about, as people say them."""
    entry, step = getattr(command, "entry", None), getattr(command, "step", None)
    found = meeting.entries.get(entry) if isinstance(entry, str) else None
    return ({"label": found.label if found else entry} if entry is not None else {}) | (
        {"step": meeting.number_of(step) or step} if isinstance(step, str) else {}
    )


def _in_time(meeting: Meeting, command: Command, stamp: Stamp) -> None:
    """A told instant lies inside the meeting, and one that moves time not before the last that did."""
    at = stamp.instant.at
    if not 0 <= at <= MAX_AT:
        raise Refused("outside-meeting", at=meeting.opened_at)
    if not stamp.instant.told:
        return
    if command.moves and meeting.mark is not None and at < meeting.mark.at:
        raise Refused("before-last-move", at=meeting.mark.at)
    begins = min((t for t in (meeting.opened_at, meeting.started_at) if t is not None), default=at)
    if meeting.started_at is not None and at < begins:
        raise Refused("outside-meeting", at=begins)


def _undo(meeting: Meeting, stamp: Stamp, history: Sequence[Act]) -> Events:
    target = last_done(history, stamp.actor, {void.act for void in meeting.void})
    if target is None:
        raise Refused("nothing-to-undo")
    undone = (Undone(target.id),)
    lost = next((void for void in _made_void(meeting, stamp, history, undone) if void.actor != stamp.actor), None)
    if lost is not None:
        raise Refused("others-built-on-it", by=lost.actor)
    return undone


def _redo(meeting: Meeting, stamp: Stamp, history: Sequence[Act]) -> Events:
    target = last_undone(history, stamp.actor)
    if target is None:
        raise Refused("nothing-to-redo")
    redone = (Redone(target.id),)
    lost = {void.actor for void in _made_void(meeting, stamp, history, redone)}
    if lost:
        raise Refused("moved-meanwhile", by=min(lost - {stamp.actor}, default=None))
    return redone


def _made_void(meeting: Meeting, stamp: Stamp, history: Sequence[Act], events: Events) -> list[Void]:
    """The acts that would have no effect any more after an act of these events."""
    n = max(act.n for act in history) + 1
    before = {void.act for void in meeting.void}
    return [void for void in fold([*history, act_of(stamp, events, n=n)]).void if void.act not in before]
