"""Decide: what a command makes happen in a meeting as it stands, or why it is refused.

Pure: the instant, the identities and the person come with the `Stamp`.
What `decide` lets through holds in the fold: it asks the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from facilitator.core import act as acts
from facilitator.core import command as commands
from facilitator.core.act import MAX_AT, Act, AnyEvent, Fields
from facilitator.core.agenda import DAY_S
from facilitator.core.command import Command, Stamp
from facilitator.core.entry import Entry
from facilitator.core.fold import fold, void_reason
from facilitator.core.history import last_done, last_undone
from facilitator.core.meeting import Meeting, StepState, Void
from facilitator.core.people import canonical
from facilitator.core.plan import adjustments, line_after, line_before
from facilitator.core.refusal import Refused
from facilitator.core.rules_entries import given
from facilitator.core.rules_time import SHORTEST_S
from facilitator.core.text import MAX_NAME, MAX_TEXT, one_line
from facilitator.core.timing import ANSWER_S

Events = tuple[AnyEvent, ...]

SHORTEST_TURN_S = 5
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
        raise Refused(reason, by=meeting.last_actor, **_named(meeting, command))  # type: ignore[arg-type]  # a Void holds a Reason as text
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
    target = last_done(history, stamp.actor)
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


# Time


def _start(meeting: Meeting, command: commands.Start, stamp: Stamp) -> Events:
    if meeting.state != "ready":
        raise Refused("already-started")
    return (acts.Started(),)


def _next(meeting: Meeting, command: commands.Next, stamp: Stamp) -> Events:
    if meeting.state == "ready":
        return _start(meeting, commands.Start(), stamp)
    spot = command.leaving or meeting.spot
    if spot != meeting.spot:
        raise Refused("moved-meanwhile", by=meeting.last_actor)
    _in_course(meeting)
    to = line_after(meeting, whole_step=command.whole_step)
    if spot is None or to is None:
        raise Refused("last-step")
    resumed: Events = (acts.Resumed(),) if meeting.state == "paused" else ()
    return (*resumed, acts.Moved(spot, to))


def _back(meeting: Meeting, command: commands.Back, stamp: Stamp) -> Events:
    spot = command.leaving or meeting.spot
    if spot != meeting.spot:
        raise Refused("moved-meanwhile", by=meeting.last_actor)
    _in_course(meeting)
    to = line_before(meeting)
    if spot is None or to is None:
        raise Refused("first-step")
    resumed: Events = (acts.Resumed(),) if meeting.state == "paused" else ()
    return (*resumed, acts.Moved(spot, to))


def _adjourn(meeting: Meeting, command: commands.Adjourn, stamp: Stamp) -> Events:
    return (acts.Adjourned(),)


def _close(meeting: Meeting, command: commands.Close, stamp: Stamp) -> Events:
    undecided = meeting.undecided()
    if undecided:
        raise Refused("undecided", labels=tuple(entry.label for entry in undecided))
    numbers = {entry.id: entry.number for entry in meeting.entries.values() if entry.number}
    summary = _text(command.summary) if command.summary else None
    closed = acts.Closed(month=command.month, numbers=numbers, seen=command.seen, summary=summary)
    return (closed,) if meeting.state == "adjourned" else (acts.Adjourned(), closed)


def _adjust(meeting: Meeting, command: commands.Adjust, stamp: Stamp) -> Events:
    if meeting.state == "adjourned":
        raise Refused("adjourned")
    step, phase = command.step, command.phase
    if step is None:
        if meeting.spot is None:
            raise Refused("not-started")
        step, phase = meeting.spot.step, meeting.spot.phase
    target = _step(meeting, step)
    if phase is not None and not 0 <= phase < len(target.phases):
        raise Refused("no-step", step=_number(meeting, target))
    current = meeting.number_of(meeting.spot.step) if meeting.spot else 0
    if _number(meeting, target) < current:
        raise Refused("step-done")
    if target.adjusted_s + command.seconds > DAY_S:
        raise Refused("too-long")
    if not command.seconds:
        raise Refused("nothing-to-change")
    events = adjustments(target, command.seconds, phase)
    if not events:
        raise Refused("nothing-left", step=_number(meeting, target))
    return events


def _replan(meeting: Meeting, command: commands.Replan, stamp: Stamp) -> Events:
    if not command.changes:
        raise Refused("nothing-to-change")
    events: list[AnyEvent] = []
    for place, change in enumerate(command.changes):
        part = replace(stamp, id=f"{stamp.id}.{place}")
        events.extend(_DECISIONS[type(change)](meeting, change, part))
    return tuple(events)


def _promise(meeting: Meeting, command: commands.Promise, stamp: Stamp) -> Events:
    if command.end <= stamp.instant.at:
        raise Refused("promise-past")
    if command.end > stamp.instant.at + DAY_S * 1000:
        raise Refused("too-long")
    return (acts.Promised(command.end),)


def _add_step(meeting: Meeting, command: commands.AddStep, stamp: Stamp) -> Events:
    step = command.step
    if step.duration < SHORTEST_S:
        raise Refused("nothing-left", step=step.title or len(meeting.steps) + 1)
    if step.duration > DAY_S:
        raise Refused("too-long")
    if step.minimum is not None and step.minimum > step.duration:
        raise Refused("minimum-too-long", minimum_s=step.minimum, duration_s=step.duration)
    return (acts.StepAdded(stamp.id, step, command.after),)


def _find_gap(meeting: Meeting, command: commands.FindGap, stamp: Stamp) -> Events:
    if command.end <= command.start:
        raise Refused("no-gap")
    return (acts.GapFound(stamp.id, command.start, command.end),)


# Entries


def _capture(meeting: Meeting, command: commands.Capture, stamp: Stamp) -> Events:
    fields = _fields(meeting, command.fields)
    text = fields.text if isinstance(fields.text, str) else ""
    if not text:
        raise Refused("empty-text")
    if fields.offer is True and command.kind != "need":
        raise Refused("not-settled")
    number = 0 if command.kind == "note" else meeting.highest.get(command.kind, 0) + 1
    return (acts.Captured(entry=stamp.id, kind=command.kind, number=number, fields=fields, step=command.step),)


def _edit(meeting: Meeting, command: commands.Edit, stamp: Stamp) -> Events:
    fields = _fields(meeting, command.fields)
    if fields.text == "":
        raise Refused("empty-text")
    entry = _entry(meeting, command.entry)
    if fields.offer is True and entry.kind != "need":
        raise Refused("not-settled")
    return (acts.Edited(command.entry, fields),)


def _answer(meeting: Meeting, command: commands.Answer, stamp: Stamp) -> Events:
    entry = _question(meeting, command.entry)
    return (acts.Answered(entry.id, _text(command.text), command.link),)


def _send(meeting: Meeting, command: commands.Send, stamp: Stamp) -> Events:
    entry = _question(meeting, command.entry)
    if command.to == "answered":
        raise Refused("empty-text")
    owner = _name(meeting, command.owner) if command.owner else None
    return (acts.Sent(entry.id, command.to, owner, command.due),)


def _finish(meeting: Meeting, command: commands.Finish, stamp: Stamp) -> Events:
    return (acts.Finished(_entry(meeting, command.entry).id, command.done),)


def _relocate(meeting: Meeting, command: commands.Relocate, stamp: Stamp) -> Events:
    return (acts.Relocated(_entry(meeting, command.entry).id, _step(meeting, command.step).id),)


def _support(meeting: Meeting, command: commands.Support, stamp: Stamp) -> Events:
    return (acts.Supported(_entry(meeting, command.entry).id),)


def _attend(meeting: Meeting, command: commands.Attend, stamp: Stamp) -> Events:
    return (acts.Attended(_name(meeting, command.name), command.status),)


def _start_answer(meeting: Meeting, command: commands.StartAnswer, stamp: Stamp) -> Events:
    entry = _question(meeting, command.entry)
    _in_course(meeting)
    step = meeting.current
    usual = step.plan.answer_time if step is not None else None
    seconds = command.seconds or usual or ANSWER_S
    _bounded(seconds)
    return (acts.AnswerStarted(entry.id, seconds),)


def _stop_answer(meeting: Meeting, command: commands.StopAnswer, stamp: Stamp) -> Events:
    if meeting.answering is None:
        raise Refused("no-answer-clock")
    return (acts.AnswerStopped(meeting.answering.entry),)


def _start_round(meeting: Meeting, command: commands.StartRound, stamp: Stamp) -> Events:
    _in_course(meeting)
    _bounded(command.seconds)
    people = tuple(one.name for one in meeting.attendance.values() if one.status in ("present", "late"))
    return (acts.RoundStarted(people, command.seconds),)


def _pass_round(meeting: Meeting, command: commands.PassRound, stamp: Stamp) -> Events:
    if meeting.round is None or meeting.round.speaking is None:
        raise Refused("no-round")
    return (acts.RoundPassed(command.leaving or meeting.round.speaking, command.later),)


def _hand_over(meeting: Meeting, command: commands.HandOver, stamp: Stamp) -> Events:
    step = command.step or (meeting.spot.step if meeting.spot else None)
    if step is None:
        raise Refused("not-started")
    return (acts.HandedOver(step, _name(meeting, command.to) if command.to else None),)


# What commands name


def _named(meeting: Meeting, command: Command) -> dict[str, object]:
    """The entry and the step that a command is about, as people say them."""
    entry = meeting.entries.get(getattr(command, "entry", ""))
    step = getattr(command, "step", None)
    return ({"label": entry.label} if entry else {}) | (
        {"step": meeting.number_of(step) or step} if isinstance(step, str) else {}
    )


def _bounded(seconds: int) -> None:
    if seconds < SHORTEST_TURN_S:
        raise Refused("turn-too-short", least_s=SHORTEST_TURN_S)
    if seconds > DAY_S:
        raise Refused("too-long")


def _in_course(meeting: Meeting) -> None:
    if meeting.state == "ready":
        raise Refused("not-started")
    if meeting.state == "adjourned":
        raise Refused("adjourned")


def _step(meeting: Meeting, step_id: str) -> StepState:
    step = meeting.step(step_id)
    if step is None:
        raise Refused("no-step", step=step_id)
    return step


def _number(meeting: Meeting, step: StepState) -> int:
    return meeting.number_of(step.id)


def _entry(meeting: Meeting, entry_id: str) -> Entry:
    entry = meeting.entries.get(entry_id)
    if entry is None:
        raise Refused("no-entry", label=entry_id)
    return entry


def _question(meeting: Meeting, entry_id: str) -> Entry:
    entry = _entry(meeting, entry_id)
    if entry.kind != "question":
        raise Refused("not-a-question", label=entry.label)
    return entry


def _text(text: str) -> str:
    if not text.strip():
        raise Refused("empty-text")
    if len(text) > MAX_TEXT:
        raise Refused("text-too-long", limit=MAX_TEXT)
    return text


def _name(meeting: Meeting, name: str) -> str:
    name = one_line(name)
    if not name:
        raise Refused("empty-name")
    if len(name) > MAX_NAME:
        raise Refused("name-too-long", limit=MAX_NAME)
    return canonical(meeting, name)


def _fields(meeting: Meeting, fields: Fields) -> Fields:
    """The fields as they are kept: people under the names they are known by, lengths within bounds."""
    values = given(fields)
    if values.get("text"):
        _text(values["text"])
    if values.get("by"):
        values["by"] = _name(meeting, values["by"])
    if fields.owners is not UNSET:
        values["owners"] = tuple(dict.fromkeys(_name(meeting, owner) for owner in values["owners"]))
    if values.get("theme"):
        values["theme"] = one_line(values["theme"])
        if len(values["theme"]) > MAX_NAME:
            raise Refused("name-too-long", limit=MAX_NAME)
    return Fields(**values)


_DECISIONS: dict[type[Command], Callable[[Meeting, Any, Stamp], Events]] = {
    commands.Start: _start,
    commands.Next: _next,
    commands.Back: _back,
    commands.Pause: lambda meeting, command, stamp: (acts.Paused(),),
    commands.Resume: lambda meeting, command, stamp: (acts.Resumed(),),
    commands.Adjourn: _adjourn,
    commands.Close: _close,
    commands.Publish: lambda meeting, command, stamp: (acts.Published(command.documents),),
    commands.Reopen: lambda meeting, command, stamp: (acts.Reopened(),),
    commands.Adjust: _adjust,
    commands.Promise: _promise,
    commands.AddStep: _add_step,
    commands.SetStepAside: lambda meeting, command, stamp: (acts.StepSetAside(command.step, command.aside),),
    commands.MoveStep: lambda meeting, command, stamp: (acts.StepMoved(command.step, command.after),),
    commands.Replan: _replan,
    commands.FindGap: _find_gap,
    commands.SettleGap: lambda meeting, command, stamp: (acts.GapSettled(command.gap, command.counts),),
    commands.Capture: _capture,
    commands.Edit: _edit,
    commands.Answer: _answer,
    commands.Send: _send,
    commands.Finish: _finish,
    commands.Relocate: _relocate,
    commands.Support: _support,
    commands.Attend: _attend,
    commands.StartAnswer: _start_answer,
    commands.StopAnswer: _stop_answer,
    commands.StartRound: _start_round,
    commands.PassRound: _pass_round,
    commands.EndRound: lambda meeting, command, stamp: (acts.RoundEnded(),),
    commands.HandOver: _hand_over,
}
