"""Decide: what a command makes happen in a meeting as it stands, or why it is refused.

Pure: the instant, the identities and the person come with the `Stamp`.
What `decide` lets through holds in the fold: it asks the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from facilitator.core import act as acts
from facilitator.core import command as commands
from facilitator.core import decisions_entries as entries
from facilitator.core import decisions_time as time
from facilitator.core import named
from facilitator.core.act import MAX_AT, Act
from facilitator.core.command import Command, Stamp
from facilitator.core.fold import fold, void_reason
from facilitator.core.history import last_done, last_undone
from facilitator.core.meeting import Meeting, Void
from facilitator.core.named import Events
from facilitator.core.refusal import Refused

MOVING = (
    commands.Start,
    commands.Next,
    commands.Back,
    commands.Pause,
    commands.Resume,
    commands.Adjourn,
    commands.Close,
)


def decide(meeting: Meeting, command: Command, stamp: Stamp, history: Sequence[Act] = ()) -> Events:
    """The events of the act that `command` makes; `history` (all acts, in order) is needed for undo and redo only.

    Raises:
        Refused: the command cannot be carried out; nothing is to be written.
    """
    if isinstance(command, commands.Open):
        if meeting.setup is not None:
            raise Refused("already-open")
        return (acts.Opened(command.meeting, command.setup),)
    if meeting.setup is None:
        raise Refused("no-meeting")
    if meeting.state == "closed" and not isinstance(command, commands.Publish | commands.Reopen):
        raise Refused("closed", by=meeting.last_actor)
    _in_time(meeting, command, stamp)
    if isinstance(command, commands.Undo):
        return _undo(meeting, stamp, history)
    if isinstance(command, commands.Redo):
        return _redo(meeting, stamp, history)
    events = _DECISIONS[type(command)](meeting, command, stamp)
    if isinstance(command, commands.Capture) and command.step is None:
        return events  # nothing in the meeting can be against it, and it must cost nothing
    reason = void_reason(meeting, act_of(stamp, events, n=0))
    if reason is not None:
        raise Refused(reason, by=meeting.last_actor, **named.said(meeting, command))  # type: ignore[arg-type]  # a Void holds a Reason as text
    return events


def act_of(stamp: Stamp, events: Events, *, n: int) -> Act:
    """The act that holds these events."""
    instant = stamp.instant
    return Act(
        id=stamp.id,
        n=n,
        writer=stamp.writer,
        actor=stamp.actor,
        at=instant.at,
        events=events,
        boot_id=instant.boot_id,
        boot=instant.boot,
        told=instant.told,
    )


def _in_time(meeting: Meeting, command: Command, stamp: Stamp) -> None:
    """A told instant lies inside the meeting, and one that moves time not before the last that did."""
    at = stamp.instant.at
    if not 0 <= at <= MAX_AT:
        raise Refused("outside-meeting", at=meeting.opened_at)
    if not stamp.instant.told:
        return
    if isinstance(command, MOVING) and meeting.mark is not None and at < meeting.mark.at:
        raise Refused("before-last-move", at=meeting.mark.at)
    begins = min(t for t in (meeting.opened_at, meeting.started_at, at + 1) if t is not None)
    if meeting.started_at is not None and at < begins:
        raise Refused("outside-meeting", at=begins)


def _undo(meeting: Meeting, stamp: Stamp, history: Sequence[Act]) -> Events:
    target = last_done(history, stamp.actor, {void.act for void in meeting.void})
    if target is None:
        raise Refused("nothing-to-undo")
    undone = (acts.Undone(target.id),)
    lost = next((void for void in _made_void(meeting, stamp, history, undone) if void.actor != stamp.actor), None)
    if lost is not None:
        raise Refused("others-built-on-it", by=lost.actor)
    return undone


def _redo(meeting: Meeting, stamp: Stamp, history: Sequence[Act]) -> Events:
    target = last_undone(history, stamp.actor)
    if target is None:
        raise Refused("nothing-to-redo")
    redone = (acts.Redone(target.id),)
    lost = {void.actor for void in _made_void(meeting, stamp, history, redone)}
    if lost:
        raise Refused("moved-meanwhile", by=min(lost - {stamp.actor}, default=None))
    return redone


def _made_void(meeting: Meeting, stamp: Stamp, history: Sequence[Act], events: Events) -> list[Void]:
    """The acts that would have no effect any more after an act of these events."""
    n = max(act.n for act in history) + 1
    before = {void.act for void in meeting.void}
    return [void for void in fold([*history, act_of(stamp, events, n=n)]).void if void.act not in before]


_DECISIONS: dict[type[Command], Callable[[Meeting, Any, Stamp], Events]] = time.PLAN_CHANGES | {
    commands.Start: time.start,
    commands.Next: time.next_line,
    commands.Back: time.back,
    commands.Pause: lambda meeting, command, stamp: (acts.Paused(),),
    commands.Resume: lambda meeting, command, stamp: (acts.Resumed(),),
    commands.Adjourn: time.adjourn,
    commands.Close: time.close,
    commands.Publish: lambda meeting, command, stamp: (acts.Published(command.documents),),
    commands.Reopen: time.reopen,
    commands.Replan: time.replan,
    commands.FindGap: time.find_gap,
    commands.SettleGap: lambda meeting, command, stamp: (acts.GapSettled(command.gap, command.counts),),
    commands.Capture: entries.capture,
    commands.Edit: entries.edit,
    commands.Answer: entries.answer,
    commands.Send: entries.send,
    commands.Finish: entries.finish,
    commands.Relocate: entries.relocate,
    commands.Support: entries.support,
    commands.Attend: entries.attend,
    commands.StartAnswer: entries.start_answer,
    commands.StopAnswer: entries.stop_answer,
    commands.StartRound: entries.start_round,
    commands.PassRound: entries.pass_round,
    commands.EndRound: lambda meeting, command, stamp: (acts.RoundEnded(),),
    commands.HandOver: entries.hand_over,
}
