"""What an act did, in words. The text of an individual need is never told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from facilitator.core import acts as events
from facilitator.core.acts import Act, Event
from facilitator.core.entry import Entry, label, read_label
from facilitator.core.history import TakenBack
from facilitator.core.meeting import Evaluation, Meeting, Spot
from facilitator.core.renumbered import Renumbered
from facilitator.core.said import Fields
from facilitator.core.vocabulary import OUTCOMES, PRIVATE, Kind
from facilitator.i18n import Translator
from facilitator.wording.names import kind_name, outcome_name, presence_name, quoted, step_title, vote_text
from facilitator.wording.times import clock_text, minutes_text, short_date, time_text, when_text

_Words = Callable[[Translator, Meeting, Any], str]


def act_text(tr: Translator, meeting: Meeting, act: Act) -> str:
    """What an act did, told from the meeting in which it counts: `Q3 notée : « Faut-il… »`."""
    parts = [_event_text(tr, meeting, event) for event in act.events if not _unsaid(act, event)]
    if gives_up_answer(act):
        parts.append(tr("the answer it had is given up"))
    if any(void.act == act.id for void in meeting.void):
        parts.append(tr("without effect: what was done before stands against it"))
    return " · ".join(part for part in parts if part)


def gives_up_answer(act: Act) -> bool:
    """Whether a question lost by it the answer that somebody had given."""
    kinds = events.Answer | events.Send | events.Undecide | events.KindChanged
    return any(isinstance(one, kinds) and one.given_up for one in act.events)


def letter_remark(tr: Translator, meeting: Meeting, act: Act) -> str:
    """That the letter tells what was noted, as it does of the welcome (`Vu chez …`); empty for all else."""
    for event in act.events:
        entry = (
            meeting.entries.get(event.entry) if isinstance(event, events.Captured) and event.kind == "note" else None
        )
        step = meeting.step(meeting.step_of(entry) or "") if entry is not None else None
        if step is not None and step.plan.kind == "welcome":
            return tr("the letter says it too")
    return ""


def undo_text(tr: Translator, meeting_before: Meeting, act: Act) -> str:
    """What an undo took back, told from the meeting before it: `Annulé : passage à « Besoins »`."""
    return tr("Undone: {what}", what=_thing_text(tr, meeting_before, act))


def redo_text(tr: Translator, meeting_after: Meeting, act: Act) -> str:
    """What a redo brought back, told from the meeting after it."""
    return tr("Redone: {what}", what=_thing_text(tr, meeting_after, act))


def taken_back_text(tr: Translator, who: str, taken: TakenBack) -> str:
    """What somebody else took back or brought back: `Karim a annulé : D1 « Une charte »`."""
    what = _thing_text(tr, taken.meeting, taken.act)
    if taken.again:
        return tr("{who} brought back: {what}", who=who, what=what)
    return tr("{who} took back: {what}", who=who, what=what)


def _thing_text(tr: Translator, meeting: Meeting, act: Act) -> str:
    """What an act did as a thing that can be taken back, without a colon of its own."""
    parts = []
    for event in act.events:
        if not _unsaid(act, event):
            thing = _THINGS.get(type(event))
            parts.append(thing(tr, meeting, event) if thing else _event_text(tr, meeting, event))
    return " · ".join(part for part in parts if part)


def _event_text(tr: Translator, meeting: Meeting, event: Event) -> str:
    """What one event did, in words; empty for one that is nobody's concern."""
    words = _WORDS.get(type(event))
    return words(tr, meeting, event) if words else ""


def spot_title(tr: Translator, meeting: Meeting, spot: Spot | None) -> str:
    """Where the meeting is: the step's title and, in a workshop, the phase."""
    step = meeting.step(spot.step) if spot else None
    if step is None or spot is None:
        return "…"
    title = step_title(tr, step.plan)
    if spot.phase is None or spot.phase >= len(step.phases):
        return title
    return tr("{step}, {phase}", step=title, phase=step.phases[spot.phase].title)


def entry_text(tr: Translator, entry: Entry, limit: int = 60) -> str:
    """An entry's number and the beginning of its text; the length alone of an individual one."""
    if entry.private:
        return f"{_said(tr, entry.kind, entry.number)} {masked(tr, entry.text)}"
    said = _said(tr, entry.kind, entry.number)
    return f"{said} {quoted(tr, entry.text, limit)}" if said else quoted(tr, entry.text, limit)


def renumbered_text(tr: Translator, one: Renumbered) -> str:
    """That what was said under one number has another one now: `Q1 « Petit » est maintenant Q2`."""
    entry = one.entry
    old, new = _said(tr, entry.kind, one.said), _said(tr, entry.kind, entry.number)
    text = masked(tr, entry.text) if entry.private else quoted(tr, entry.text)
    return tr("{old} {text} is now {new}", old=old, text=text, new=new)


def masked(tr: Translator, text: str) -> str:
    """What is shown of a private text: `••• 24 car.`."""
    return tr("••• {n} char.", n=len(text))


def _unsaid(act: Act, event: Event) -> bool:
    """The opening that comes with a start, the adjournment that comes with a close."""
    others = {type(other) for other in act.events if other is not event}
    return isinstance(event, events.Open) and events.Start in others


def _said(tr: Translator, kind: Kind, number: int) -> str:
    return label(kind, number, tr.language)


def _number(tr: Translator, meeting: Meeting, entry_id: str) -> str:
    entry = meeting.entries.get(entry_id) or meeting.removed.get(entry_id)
    return (_said(tr, entry.kind, entry.number) or kind_name(tr, entry.kind)) if entry else "…"


def _step(tr: Translator, meeting: Meeting, step_id: str) -> str:
    step = meeting.step(step_id)
    return step_title(tr, step.plan) if step else "…"


def _opened(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("meeting ready")


def _started(tr: Translator, meeting: Meeting, _event: Event) -> str:
    first = meeting.steps[0].id if meeting.steps else ""
    return tr("the meeting begins: {step}", step=_step(tr, meeting, first))


def _moved(tr: Translator, meeting: Meeting, event: events.Moved) -> str:
    order = [step.id for step in meeting.steps]
    leaving, to = event.leaving, event.to
    title = spot_title(tr, meeting, to)
    places = [order.index(spot.step) if spot.step in order else 0 for spot in (leaving, to)]
    if (places[1], to.phase or 0) < (places[0], leaving.phase or 0):
        return tr("back to: {step}", step=title)
    if leaving.step == to.step:
        return tr("next phase: {step}", step=title)
    return tr("next step: {step}", step=title)


def _paused(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("pause")


def _resumed(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("the meeting goes on")


def _adjourned(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("the meeting is adjourned")


def _adjusted(tr: Translator, meeting: Meeting, event: events.Adjusted) -> str:
    step = meeting.step(event.step)
    if step is None:
        return ""
    title, now_s = step_title(tr, step.plan), step.adjusted_s
    if event.phase is not None and event.phase < len(step.phases):
        title, now_s = step.phases[event.phase].title, step.phases[event.phase].adjusted_s
    return tr("{step}: {length}", step=title, length=minutes_text(tr, now_s))


def _promised(tr: Translator, meeting: Meeting, event: events.Promise) -> str:
    zone = meeting.setup.zone if meeting.setup else "UTC"
    return tr("promised end: {time}", time=time_text(event.end, zone))


def _step_added(tr: Translator, _meeting: Meeting, event: events.StepAdded) -> str:
    return tr("step added: {step}", step=step_title(tr, event.step))


def _step_aside(tr: Translator, meeting: Meeting, event: events.SetStepAside) -> str:
    title = _step(tr, meeting, event.step)
    return tr("step put aside: {step}", step=title) if event.aside else tr("step brought back: {step}", step=title)


def _step_moved(tr: Translator, meeting: Meeting, event: events.MoveStep) -> str:
    return tr("step moved: {step}", step=_step(tr, meeting, event.step))


def _evaluated(tr: Translator, _meeting: Meeting, event: events.Evaluate) -> str:
    return tr(
        "evaluation: {what}", what=evaluation_text(tr, Evaluation(event.useful, _one(event.keep), _one(event.change)))
    )


def _one(word: str | None) -> tuple[str, ...]:
    return (word,) if word else ()


def evaluation_text(tr: Translator, said: Evaluation) -> str:
    """What the room said of the meeting, on one line: `4,3 sur 5 (22 réponses) · à garder : les ateliers`."""
    parts = [useful_text(tr, said.useful)] if sum(said.useful) else []
    parts += [tr("to keep: {text}", text=one) for one in said.keep]
    parts += [tr("to change: {text}", text=one) for one in said.change]
    return " · ".join(parts)


def useful_text(tr: Translator, useful: Sequence[int]) -> str:
    """How useful it was found, from how many gave each mark from 1 to 5, somebody at least: `utile 4,3 sur 5 (22 réponses)`."""
    answers = sum(useful)
    mean = sum(mark * count for mark, count in enumerate(useful, 1)) / answers
    shown = f"{mean:.1f}".replace(".", tr.ptr("decimal mark", "."))
    return tr.ntr("useful {mean} of 5 ({n} answer)", "useful {mean} of 5 ({n} answers)", answers, mean=shown)


def _forgotten(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("something private of a person was forgotten")


def _gap_found(tr: Translator, _meeting: Meeting, event: events.GapFound) -> str:
    return tr("{length} to be settled: meeting or break?", length=minutes_text(tr, (event.end - event.start) // 1000))


def _gap_settled(tr: Translator, meeting: Meeting, event: events.SettleGap) -> str:
    gap = next((gap for gap in meeting.gaps if gap.id == event.gap), None)
    length = minutes_text(tr, gap.ms // 1000 if gap else 0)
    if event.counts:
        return tr("{length} counted as meeting", length=length)
    return tr("{length} counted as break", length=length)


def _captured(tr: Translator, meeting: Meeting, event: events.Captured) -> str:
    entry = meeting.entries.get(event.entry)
    number = _said(tr, event.kind, entry.number if entry else event.number)
    text = event.fields.text if isinstance(event.fields.text, str) else ""
    if event.kind in PRIVATE or (entry is not None and entry.private):
        return tr("{number}, kept private", number=number)
    said = [f"{number} {quoted(tr, text)}".lstrip(), *_parts(tr, event.fields)]
    return " · ".join(said)


def _edited(tr: Translator, meeting: Meeting, event: events.Edited) -> str:
    entry = meeting.entries.get(event.entry)
    number = _number(tr, meeting, event.entry)
    if entry is None or entry.private:
        return tr("{number} changed", number=number)
    return tr("{number} changed: {fields}", number=number, fields=fields_text(tr, event.fields))


def fields_text(tr: Translator, fields: Fields) -> str:
    """The parts of an entry that were given, in words."""
    said = [quoted(tr, fields.text)] if isinstance(fields.text, str) else []
    return " · ".join([*said, *_parts(tr, fields)]) or tr("as asked")


def _parts(tr: Translator, fields: Fields) -> list[str]:
    """What was given beside the text; nothing for what was left as it was."""
    said = []
    if isinstance(fields.by, str):
        said.append(tr("by {name}", name=fields.by))
    if isinstance(fields.owners, tuple):
        said.append(", ".join(fields.owners) if fields.owners else tr("nobody for now"))
    if fields.due is None:
        said.append(tr("no date"))
    elif fields.due:
        said.append(tr("by {date}", date=short_date(tr, fields.due)))
    if isinstance(fields.theme, str):
        said.append(f"#{fields.theme}")
    if isinstance(fields.link, str):
        said.append(fields.link)
    if fields.deadline:
        said.append(tr("deadline {date}", date=short_date(tr, fields.deadline)))
    if fields.when is None:
        said.append(tr("no day and hour"))
    elif fields.when:
        said.append(when_text(tr, fields.when))
    return said + _decided(tr, fields)


def _decided(tr: Translator, fields: Fields) -> list[str]:
    """How a decision was taken."""
    said = []
    if fields.vote is None:
        said.append(tr("no vote"))
    elif fields.vote:
        said.append(vote_text(tr, fields.vote))
    if isinstance(fields.consensus, bool):
        said.append(tr("by consensus") if fields.consensus else tr("not by consensus"))
    return said


def _answered(tr: Translator, meeting: Meeting, event: events.Answer) -> str:
    entry = meeting.entries.get(event.entry)
    number = _number(tr, meeting, event.entry)
    if entry is not None and entry.private:
        return tr("answer noted: {number} stays in individual follow-up", number=number)
    told = tr("{number} answered: {text}", number=number, text=quoted(tr, event.text))
    return f"{told} · {tr('by {name}', name=event.by)}" if event.by else told


def _sent(tr: Translator, meeting: Meeting, event: events.Send) -> str:
    scale = meeting.setup.scale if meeting.setup else None
    said = [outcome_name(tr, event.to, scale)]
    entry = meeting.entries.get(event.entry)
    if entry is not None and entry.private and not OUTCOMES[event.to].private:
        return tr("{number} stays in individual follow-up", number=_number(tr, meeting, event.entry))
    if event.owner and not OUTCOMES[event.to].private:
        said.append(event.owner)
    if event.due:
        said.append(tr("by {date}", date=short_date(tr, event.due)))
    return tr("{number} → {outcome}", number=_number(tr, meeting, event.entry), outcome=" · ".join(said))


def _undecided(tr: Translator, meeting: Meeting, event: events.Undecide) -> str:
    return tr("{number} is to be decided again", number=_number(tr, meeting, event.entry))


def _finished(tr: Translator, meeting: Meeting, event: events.Finish) -> str:
    number = _number(tr, meeting, event.entry)
    return tr("{number} is done", number=number) if event.done else tr("{number} is open again", number=number)


def _relocated(tr: Translator, meeting: Meeting, event: events.Relocate) -> str:
    return tr("{number} moved to {step}", number=_number(tr, meeting, event.entry), step=_step(tr, meeting, event.step))


def _removed(tr: Translator, meeting: Meeting, event: events.Remove) -> str:
    return tr("{number} taken away", number=_number(tr, meeting, event.entry))


def _kind_changed(tr: Translator, meeting: Meeting, event: events.KindChanged) -> str:
    entry = meeting.entries.get(event.entry)
    was = read_label(entry.was[-1]) if entry is not None and entry.was else None
    old = _said(tr, *was) if was else kind_name(tr, "note")
    return tr("{old} is now {number}", old=old, number=_number(tr, meeting, event.entry))


def shown_text(tr: Translator, before: Entry, after: Entry) -> str | None:
    """That an entry is for everyone to read now, and was private; None where that did not change."""
    if not before.private or after.private:
        return None
    number = _said(tr, after.kind, after.number) or kind_name(tr, after.kind)
    return tr("{number} is no longer private: everyone will read it", number=number)


def _supported(tr: Translator, meeting: Meeting, event: events.Support) -> str:
    entry = meeting.entries.get(event.entry)
    return tr("{number}: same need, +{n}", number=_number(tr, meeting, event.entry), n=entry.same if entry else 1)


def _attended(tr: Translator, _meeting: Meeting, event: events.Attend) -> str:
    return tr("{name}: {status}", name=event.name, status=presence_name(tr, event.status))


def _unattended(tr: Translator, _meeting: Meeting, event: events.Unattend) -> str:
    return tr("{name}: nothing noted", name=event.name)


def _answer_started(tr: Translator, meeting: Meeting, event: events.AnswerStarted) -> str:
    number = _number(tr, meeting, event.entry)
    return tr("answering {number}: {clock}", number=number, clock=clock_text(event.seconds))


def _answer_stopped(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("answer clock stopped")


def _round_started(tr: Translator, _meeting: Meeting, event: events.RoundStarted) -> str:
    return tr("speaking round: {clock} each", clock=clock_text(event.seconds))


def _round_passed(tr: Translator, meeting: Meeting, _event: events.RoundPassed) -> str:
    speaking = meeting.round.speaking if meeting.round else None
    return tr("now speaking: {name}", name=speaking) if speaking else tr("everyone has spoken")


def _round_ended(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("end of the speaking round")


def _handed(tr: Translator, meeting: Meeting, event: events.HandedOver) -> str:
    title = _step(tr, meeting, event.step)
    if event.to is None:
        return tr("{step}: back to the facilitator", step=title)
    return tr("{step}: led by {name}", step=title, name=event.to)


def _closed(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("the meeting is closed")


def _published(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("minutes and newsletter are written")


def _reopened(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("the meeting is open again")


_WORDS: dict[type[Event], _Words] = {
    events.Open: _opened,
    events.Start: _started,
    events.Moved: _moved,
    events.Pause: _paused,
    events.Resume: _resumed,
    events.Adjourn: _adjourned,
    events.Adjusted: _adjusted,
    events.Promise: _promised,
    events.StepAdded: _step_added,
    events.SetStepAside: _step_aside,
    events.MoveStep: _step_moved,
    events.Tombstone: _forgotten,
    events.Evaluate: _evaluated,
    events.GapFound: _gap_found,
    events.SettleGap: _gap_settled,
    events.Captured: _captured,
    events.Edited: _edited,
    events.Answer: _answered,
    events.Send: _sent,
    events.Undecide: _undecided,
    events.Finish: _finished,
    events.Relocate: _relocated,
    events.Support: _supported,
    events.Remove: _removed,
    events.KindChanged: _kind_changed,
    events.Attend: _attended,
    events.Unattend: _unattended,
    events.AnswerStarted: _answer_started,
    events.AnswerStopped: _answer_stopped,
    events.RoundStarted: _round_started,
    events.RoundPassed: _round_passed,
    events.EndRound: _round_ended,
    events.HandedOver: _handed,
    events.Closed: _closed,
    events.Publish: _published,
    events.Reopen: _reopened,
}


# What was done, named as a thing: for those events whose sentence has a colon.


def _start_thing(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("the beginning of the meeting")


def _end_thing(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("the end of the meeting")


def _move_thing(tr: Translator, meeting: Meeting, event: events.Moved) -> str:
    return tr("the move to {step}", step=quoted(tr, spot_title(tr, meeting, event.to)))


def _length_thing(tr: Translator, meeting: Meeting, event: events.Adjusted) -> str:
    step = meeting.step(event.step)
    if step is None:
        return ""
    phase = step.phases[event.phase].title if event.phase is not None and event.phase < len(step.phases) else None
    minutes = ("+" if event.seconds > 0 else "\u2212") + minutes_text(tr, event.seconds)
    return tr("{length} for {step}", length=minutes, step=quoted(tr, phase or step_title(tr, step.plan)))


def _promise_thing(tr: Translator, meeting: Meeting, event: events.Promise) -> str:
    zone = meeting.setup.zone if meeting.setup else "UTC"
    return tr("the end promised at {time}", time=time_text(event.end, zone))


def _added_thing(tr: Translator, _meeting: Meeting, event: events.StepAdded) -> str:
    return tr("{step} added", step=quoted(tr, step_title(tr, event.step)))


def _aside_thing(tr: Translator, meeting: Meeting, event: events.SetStepAside) -> str:
    title = quoted(tr, _step(tr, meeting, event.step))
    return tr("{step} put aside", step=title) if event.aside else tr("{step} brought back", step=title)


def _moved_thing(tr: Translator, meeting: Meeting, event: events.MoveStep) -> str:
    return tr("{step} moved", step=quoted(tr, _step(tr, meeting, event.step)))


def _edit_thing(tr: Translator, meeting: Meeting, event: events.Edited) -> str:
    return tr("the change of {number}", number=_number(tr, meeting, event.entry))


def _answer_thing(tr: Translator, meeting: Meeting, event: events.Answer) -> str:
    return tr("the answer to {number}", number=_number(tr, meeting, event.entry))


def _undecided_thing(tr: Translator, meeting: Meeting, event: events.Undecide) -> str:
    return tr("{number} left to be decided", number=_number(tr, meeting, event.entry))


def _finish_thing(tr: Translator, meeting: Meeting, event: events.Finish) -> str:
    number = _number(tr, meeting, event.entry)
    return tr("{number} noted as done", number=number) if event.done else tr("{number} noted as open", number=number)


def _place_thing(tr: Translator, meeting: Meeting, event: events.Relocate) -> str:
    return tr("the move of {number}", number=_number(tr, meeting, event.entry))


def _same_thing(tr: Translator, meeting: Meeting, event: events.Support) -> str:
    return tr("same need for {number}", number=_number(tr, meeting, event.entry))


def _presence_thing(tr: Translator, _meeting: Meeting, event: events.Attend) -> str:
    return f"{event.name}, {presence_name(tr, event.status)}"


def _absence_thing(tr: Translator, _meeting: Meeting, event: events.Unattend) -> str:
    return tr("{name} taken off the list", name=event.name)


def _clock_thing(tr: Translator, meeting: Meeting, event: events.AnswerStarted) -> str:
    return tr("the answer clock of {number}", number=_number(tr, meeting, event.entry))


def _round_thing(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("the speaking round")


def _turn_thing(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("the change of speaker")


def _lead_thing(tr: Translator, meeting: Meeting, event: events.HandedOver) -> str:
    return tr("the change of who leads {step}", step=quoted(tr, _step(tr, meeting, event.step)))


def _evaluation_thing(tr: Translator, _meeting: Meeting, _event: Event) -> str:
    return tr("an answer to the evaluation")


_THINGS: dict[type[Event], _Words] = {
    events.Start: _start_thing,
    events.Adjourn: _end_thing,
    events.Evaluate: _evaluation_thing,
    events.Moved: _move_thing,
    events.Adjusted: _length_thing,
    events.Promise: _promise_thing,
    events.StepAdded: _added_thing,
    events.SetStepAside: _aside_thing,
    events.MoveStep: _moved_thing,
    events.Edited: _edit_thing,
    events.Answer: _answer_thing,
    events.Undecide: _undecided_thing,
    events.Finish: _finish_thing,
    events.Relocate: _place_thing,
    events.Support: _same_thing,
    events.Attend: _presence_thing,
    events.Unattend: _absence_thing,
    events.AnswerStarted: _clock_thing,
    events.RoundStarted: _round_thing,
    events.RoundPassed: _turn_thing,
    events.HandedOver: _lead_thing,
}
