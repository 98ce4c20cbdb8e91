"""Decisions about time and the plan: each makes the events of a command, or refuses. See `decide`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from facilitator.core import act as acts
from facilitator.core import command as commands
from facilitator.core import named
from facilitator.core.act import AnyEvent
from facilitator.core.agenda import DAY_S
from facilitator.core.command import Command, Stamp
from facilitator.core.meeting import Meeting
from facilitator.core.named import Events
from facilitator.core.plan import adjustments, line_after, line_before
from facilitator.core.refusal import Refused
from facilitator.core.rules_time import SHORTEST_S


def start(meeting: Meeting, command: commands.Start, stamp: Stamp) -> Events:
    """Begin."""
    if meeting.state != "ready":
        raise Refused("already-started")
    return (acts.Started(),)


def next_line(meeting: Meeting, command: commands.Next, stamp: Stamp) -> Events:
    """One line down, or the beginning; a paused meeting goes on."""
    if meeting.state == "ready":
        return start(meeting, commands.Start(), stamp)
    spot = command.leaving or meeting.spot
    if spot != meeting.spot:
        raise Refused("moved-meanwhile", by=meeting.last_actor)
    named.in_course(meeting)
    to = line_after(meeting, whole_step=command.whole_step)
    if spot is None or to is None:
        raise Refused("last-step")
    resumed: Events = (acts.Resumed(),) if meeting.state == "paused" else ()
    return (*resumed, acts.Moved(spot, to))


def back(meeting: Meeting, command: commands.Back, stamp: Stamp) -> Events:
    """One line up; a paused meeting goes on."""
    spot = command.leaving or meeting.spot
    if spot != meeting.spot:
        raise Refused("moved-meanwhile", by=meeting.last_actor)
    named.in_course(meeting)
    to = line_before(meeting)
    if spot is None or to is None:
        raise Refused("first-step")
    resumed: Events = (acts.Resumed(),) if meeting.state == "paused" else ()
    return (*resumed, acts.Moved(spot, to))


def adjourn(meeting: Meeting, command: commands.Adjourn, stamp: Stamp) -> Events:
    """Stop time for good."""
    return (acts.Adjourned(),)


def close(meeting: Meeting, command: commands.Close, stamp: Stamp) -> Events:
    """Close, adjourning first; not while a question has no outcome."""
    undecided = meeting.undecided()
    if undecided:
        raise Refused("undecided", labels=tuple(entry.label for entry in undecided))
    numbers = {entry.id: entry.number for entry in meeting.entries.values() if entry.number}
    summary = named.text(command.summary) if command.summary else None
    closed = acts.Closed(month=command.month, numbers=numbers, seen=command.seen, summary=summary)
    return (closed,) if meeting.state == "adjourned" else (acts.Adjourned(), closed)


def reopen(meeting: Meeting, command: commands.Reopen, stamp: Stamp) -> Events:
    """Take the close back."""
    if meeting.state != "closed":
        raise Refused("not-closed")
    return (acts.Reopened(),)


def adjust(meeting: Meeting, command: commands.Adjust, stamp: Stamp) -> Events:
    """A step, the running one by default, longer or shorter; one that is over stays as it was."""
    if meeting.state == "adjourned":
        raise Refused("adjourned")
    step, phase = command.step, command.phase
    if step is None:
        if meeting.spot is None:
            raise Refused("not-started")
        step, phase = meeting.spot.step, meeting.spot.phase
    target = named.step(meeting, step)
    if phase is not None and not 0 <= phase < len(target.phases):
        raise Refused("no-step", step=meeting.number_of(target.id))
    current = meeting.number_of(meeting.spot.step) if meeting.spot else 0
    if meeting.number_of(target.id) < current:
        raise Refused("step-done")
    if target.adjusted_s + command.seconds > DAY_S:
        raise Refused("too-long")
    if not command.seconds:
        raise Refused("nothing-to-change")
    events = adjustments(target, command.seconds, phase)
    if not events:
        raise Refused("nothing-left", step=meeting.number_of(target.id))
    return events


def replan(meeting: Meeting, command: commands.Replan, stamp: Stamp) -> Events:
    """Several changes of the plan as one act."""
    if not command.changes:
        raise Refused("nothing-to-change")
    events: list[AnyEvent] = []
    for place, change in enumerate(command.changes):
        part = replace(stamp, id=f"{stamp.id}.{place}")
        events.extend(PLAN_CHANGES[type(change)](meeting, change, part))
    return tuple(events)


def promise(meeting: Meeting, command: commands.Promise, stamp: Stamp) -> Events:
    """Another end, later than now and within a day."""
    if command.end <= stamp.instant.at:
        raise Refused("promise-past")
    if command.end > stamp.instant.at + DAY_S * 1000:
        raise Refused("too-long")
    return (acts.Promised(command.end),)


def add_step(meeting: Meeting, command: commands.AddStep, stamp: Stamp) -> Events:
    """A step that was not planned."""
    step = command.step
    if step.duration < SHORTEST_S:
        raise Refused("nothing-left", step=step.title or len(meeting.steps) + 1)
    if step.duration > DAY_S:
        raise Refused("too-long")
    if step.minimum is not None and step.minimum > step.duration:
        raise Refused("minimum-too-long", minimum_s=step.minimum, duration_s=step.duration)
    return (acts.StepAdded(stamp.id, step, command.after),)


def find_gap(meeting: Meeting, command: commands.FindGap, stamp: Stamp) -> Events:
    """Time in which nobody looked."""
    if command.end <= command.start:
        raise Refused("no-gap")
    return (acts.GapFound(stamp.id, command.start, command.end),)


PLAN_CHANGES: dict[type[Command], Callable[[Meeting, Any, Stamp], Events]] = {
    commands.Adjust: adjust,
    commands.Promise: promise,
    commands.AddStep: add_step,
    commands.SetStepAside: lambda meeting, command, stamp: (acts.StepSetAside(command.step, command.aside),),
    commands.MoveStep: lambda meeting, command, stamp: (acts.StepMoved(command.step, command.after),),
}
