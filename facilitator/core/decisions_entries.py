"""Decisions about entries and people: each makes the events of a command, or refuses. See `decide`."""

from __future__ import annotations

from facilitator.core import act as acts
from facilitator.core import command as commands
from facilitator.core import named
from facilitator.core.act import Fields
from facilitator.core.command import Stamp
from facilitator.core.meeting import Meeting
from facilitator.core.named import Events
from facilitator.core.refusal import Refused
from facilitator.core.time.clocks import ANSWER_S


def capture(meeting: Meeting, command: commands.Capture, stamp: Stamp) -> Events:
    """An entry, under the next number of its kind."""
    fields = named.fields(meeting, command.fields)
    text = fields.text if isinstance(fields.text, str) else ""
    if not text:
        raise Refused("empty-text")
    if fields.offer is True and command.kind != "need":
        raise Refused("not-settled")
    number = 0 if command.kind == "note" else meeting.highest.get(command.kind, 0) + 1
    return (acts.Captured(entry=stamp.id, kind=command.kind, number=number, fields=fields, step=command.step),)


def edit(meeting: Meeting, command: commands.Edit, stamp: Stamp) -> Events:
    """Parts of an entry changed, and where it belongs."""
    fields = named.fields(meeting, command.fields)
    if fields.text == "":
        raise Refused("empty-text")
    entry = named.entry(meeting, command.entry)
    if fields.offer is True and entry.kind != "need":
        raise Refused("not-settled")
    edited: Events = (acts.Edited(entry.id, fields),) if fields != Fields() else ()
    moved: Events = (
        (acts.Relocated(entry.id, named.step(meeting, command.step).id),) if command.step is not None else ()
    )
    if not edited and not moved:
        raise Refused("nothing-to-change")
    return (*edited, *moved)


def answer(meeting: Meeting, command: commands.Answer, stamp: Stamp) -> Events:
    """A question answered here."""
    entry = named.question(meeting, command.entry)
    return (acts.Answered(entry.id, named.text(command.text), command.link),)


def send(meeting: Meeting, command: commands.Send, stamp: Stamp) -> Events:
    """A question sent elsewhere."""
    entry = named.question(meeting, command.entry)
    if command.to == "answered":
        raise Refused("empty-text")
    owner = named.name(meeting, command.owner) if command.owner else None
    return (acts.Sent(entry.id, command.to, owner, command.due),)


def finish(meeting: Meeting, command: commands.Finish, stamp: Stamp) -> Events:
    """A follow-up done, or no longer."""
    return (acts.Finished(named.entry(meeting, command.entry).id, command.done),)


def relocate(meeting: Meeting, command: commands.Relocate, stamp: Stamp) -> Events:
    """An entry moved to another step."""
    return (acts.Relocated(named.entry(meeting, command.entry).id, named.step(meeting, command.step).id),)


def support(meeting: Meeting, command: commands.Support, stamp: Stamp) -> Events:
    """One more person with the same need."""
    return (acts.Supported(named.entry(meeting, command.entry).id),)


def attend(meeting: Meeting, command: commands.Attend, stamp: Stamp) -> Events:
    """Someone there, late, excused or gone, under the name they are known by."""
    return (acts.Attended(named.name(meeting, command.name), command.status),)


def start_answer(meeting: Meeting, command: commands.StartAnswer, stamp: Stamp) -> Events:
    """The answer clock, for the step's usual time unless another is given."""
    entry = named.question(meeting, command.entry)
    named.in_course(meeting)
    step = meeting.current
    usual = step.plan.answer_time if step is not None else None
    seconds = command.seconds or usual or ANSWER_S
    named.bounded(seconds)
    return (acts.AnswerStarted(entry.id, seconds),)


def stop_answer(meeting: Meeting, command: commands.StopAnswer, stamp: Stamp) -> Events:
    """The answer clock stopped."""
    if meeting.answering is None:
        raise Refused("no-answer-clock")
    return (acts.AnswerStopped(meeting.answering.entry),)


def start_round(meeting: Meeting, command: commands.StartRound, stamp: Stamp) -> Events:
    """A round among those present."""
    named.in_course(meeting)
    named.bounded(command.seconds)
    people = tuple(one.name for one in meeting.attendance.values() if one.status in ("present", "late"))
    return (acts.RoundStarted(people, command.seconds),)


def pass_round(meeting: Meeting, command: commands.PassRound, stamp: Stamp) -> Events:
    """The next one speaks."""
    if meeting.round is None or meeting.round.speaking is None:
        raise Refused("no-round")
    return (acts.RoundPassed(command.leaving or meeting.round.speaking, command.later),)


def hand_over(meeting: Meeting, command: commands.HandOver, stamp: Stamp) -> Events:
    """A step led by someone else, the running one by default."""
    step = command.step or (meeting.spot.step if meeting.spot else None)
    if step is None:
        raise Refused("not-started")
    return (acts.HandedOver(step, named.name(meeting, command.to) if command.to else None),)
