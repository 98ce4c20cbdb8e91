"""The rules of the events about entries and people."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET
from msgspec.structs import astuple, replace

from facilitator.core import act as acts
from facilitator.core.act import Act, Fields
from facilitator.core.entry import Entry
from facilitator.core.folding import Folding, Unfit
from facilitator.core.meeting import AnswerClock, Attendee, Round
from facilitator.core.rules_time import in_course
from facilitator.core.text import fold_case

CLOSABLE = frozenset(("question", "need", "individual", "action"))
SHARED = frozenset(("question", "need", "individual"))


_FIELDS = Fields.__struct_fields__


def given(fields: Fields) -> dict[str, Any]:
    """The fields that were given, by name."""
    return {name: value for name, value in zip(_FIELDS, astuple(fields), strict=True) if value is not UNSET}


def captured(folding: Folding, act: Act, event: acts.Captured) -> None:
    """An entry is there; live, it belongs to the step that runs, told, to the one that ran at its instant."""
    if folding.setup is None:
        raise Unfit("no-meeting")
    if event.entry in folding.entries:
        raise Unfit("no-entry")
    fields = event.fields
    step = event.step
    if step is not None:
        folding.step(step)
    elif not act.told and folding.spot is not None:
        step = folding.spot.step
    folding.put_entry(
        Entry(
            id=event.entry,
            kind=event.kind,
            number=folding.claim(event.kind, event.number, event.entry),
            at=act.at,
            actor=act.actor,
            step=step,
            **({"text": ""} | given(fields)),
        )
    )


def edited(folding: Folding, act: Act, event: acts.Edited) -> None:  # the event says it all
    """Parts of an entry are other than they were."""
    folding.put_entry(replace(folding.entry(event.entry), edited=True, **given(event.fields)))


def answered(folding: Folding, act: Act, event: acts.Answered) -> None:
    """A question has its answer."""
    entry = _question(folding, event.entry)
    if folding.answering is not None and folding.answering.entry == entry.id:
        folding.stop_answer(act.instant)
    folding.put_entry(replace(entry, outcome="answered", answer=event.text, answer_link=event.link))


def sent(folding: Folding, act: Act, event: acts.Sent) -> None:
    """A question has its outcome, in the place of any it had, and is to be followed up."""
    entry = _question(folding, event.entry)
    if folding.answering is not None and folding.answering.entry == entry.id:
        folding.stop_answer(act.instant)
    owners = (event.owner,) if event.owner is not None else entry.owners
    due = event.due if event.due is not None else entry.due
    folding.put_entry(
        replace(entry, outcome=event.to, owners=owners, due=due, answer=None, answer_link=None, done=False)
    )


def finished(folding: Folding, act: Act, event: acts.Finished) -> None:
    """A follow-up is done, or is open again."""
    entry = folding.entry(event.entry)
    if entry.kind not in CLOSABLE:
        raise Unfit("no-follow-up")
    folding.put_entry(replace(entry, done=event.done))


def relocated(folding: Folding, act: Act, event: acts.Relocated) -> None:
    """An entry belongs to another step."""
    folding.step(event.step)
    folding.put_entry(replace(folding.entry(event.entry), step=event.step))


def supported(folding: Folding, act: Act, event: acts.Supported) -> None:
    """One more person has the same question or need."""
    entry = folding.entry(event.entry)
    if entry.kind not in SHARED:
        raise Unfit("no-support")
    folding.put_entry(replace(entry, same=entry.same + 1))


def attended(folding: Folding, act: Act, event: acts.Attended) -> None:
    """Someone is there, late, excused or gone; who comes during a round speaks last."""
    setup = folding.setup
    if setup is None:
        raise Unfit("no-meeting")
    visitor = fold_case(event.name) not in {fold_case(member.name) for member in setup.members}
    folding.attendance = {**folding.attendance, event.name: Attendee(event.name, event.status, act.at, visitor)}
    turn = folding.round
    if turn is None:
        return
    known = {turn.speaking, *turn.waiting, *(spoken.name for spoken in turn.turns)}
    if event.status in ("present", "late") and event.name not in known:
        folding.round = replace(turn, waiting=(*turn.waiting, event.name))
    elif event.status in ("left", "excused"):
        folding.round = replace(turn, waiting=tuple(name for name in turn.waiting if name != event.name))
        if turn.speaking == event.name:
            folding.end_turn(act.instant)
            _speak_next(folding, act)


def answer_started(folding: Folding, act: Act, event: acts.AnswerStarted) -> None:
    """The answer clock of a question runs."""
    _question(folding, event.entry)
    in_course(folding)
    folding.stop_answer(act.instant)
    folding.answering = AnswerClock(event.entry, act.instant, event.seconds)


def answer_stopped(folding: Folding, act: Act, event: acts.AnswerStopped) -> None:
    """The answer clock is stopped; the question stays as it is."""
    if folding.answering is None or folding.answering.entry != event.entry:
        raise Unfit("no-answer-clock")
    folding.stop_answer(act.instant)


def round_started(folding: Folding, act: Act, event: acts.RoundStarted) -> None:
    """The first of the round speaks."""
    in_course(folding)
    if folding.round is not None:
        raise Unfit("round-running")
    if not event.people:
        raise Unfit("nobody-present")
    first, *others = event.people
    folding.round = Round(event.seconds, first, act.instant, tuple(others))


def round_passed(folding: Folding, act: Act, event: acts.RoundPassed) -> None:
    """The next one speaks; who passes comes back at the end, without having spoken."""
    turn = folding.round
    if turn is None:
        raise Unfit("no-round")
    if turn.speaking != event.leaving:
        raise Unfit("moved-meanwhile")
    if event.later:
        folding.round = replace(turn, speaking=None, spent_ms=0, waiting=(*turn.waiting, event.leaving))
    else:
        folding.end_turn(act.instant)
    _speak_next(folding, act)


def round_ended(folding: Folding, act: Act, event: acts.RoundEnded) -> None:
    """The round is over, whoever still waited."""
    if folding.round is None:
        raise Unfit("no-round")
    folding.end_round(act.instant)


def _speak_next(folding: Folding, act: Act) -> None:
    turn = folding.round
    if turn is None or not turn.waiting:
        folding.end_round(act.instant)
        return
    folding.round = replace(turn, speaking=turn.waiting[0], waiting=turn.waiting[1:], since=act.instant)


def _question(folding: Folding, entry_id: str) -> Entry:
    entry = folding.entry(entry_id)
    if entry.kind != "question":
        raise Unfit("not-a-question")
    return entry
