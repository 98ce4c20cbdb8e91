"""The public part of a meeting: what the room and shared documents may hold."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from facilitator.core.entry import Entry, read_label
from facilitator.core.meeting import Meeting, PublicMeeting, StepState
from facilitator.core.setup import Setup
from facilitator.core.vocabulary import KINDS, NUMBERED, Kind

# Less than this before a step is handed over is not leading it.
OWN_MS = 60_000


def public(meeting: Meeting) -> PublicMeeting:
    """The meeting without what is private: the only way to make a `PublicMeeting`.

    Individual needs are gone; of a question taken up individually only its number stays, whatever became of it since.
    Speaking times and the shares of those who led are gone.
    """
    entries = tuple(_shown(entry) for entry in meeting.entries.values() if not KINDS[entry.kind].private)
    asked = meeting.entries.get(meeting.answering.entry) if meeting.answering is not None else None
    turn = meeting.round
    return PublicMeeting(
        id=meeting.id,
        setup=_setup(meeting.opened),
        state=meeting.state,
        steps=tuple(replace(step, led_ms=(), led=_led(step)) for step in meeting.steps),
        spot=meeting.spot,
        started_at=meeting.started_at,
        adjourned_at=meeting.adjourned_at,
        promise=meeting.promise,
        pauses=meeting.pauses,
        attendance=tuple(meeting.attendance.values()),
        entries=entries,
        entry_steps={entry.id: meeting.step_of(entry) for entry in entries},
        entry_phases={entry.id: meeting.phase_of(entry) for entry in entries},
        said_elsewhere=frozenset(entry.id for entry in entries if meeting.said_elsewhere(entry)),
        given=_given(meeting),
        summary=meeting.summary,
        reread_by=meeting.reread_by,
        remarks_until=meeting.remarks_until,
        month=meeting.closed.month if meeting.closed else None,
        closed_at=meeting.closed.at if meeting.closed else None,
        evaluation=meeting.evaluation,
        answering=asked.id if asked is not None and not asked.private else None,
        speaking=turn.speaking if turn is not None else None,
        speaks_next=turn.waiting[0] if turn is not None and turn.waiting else None,
    )


def _led(step: StepState) -> tuple[str, ...]:
    """Who led a step: those it was handed to, after those who were to lead it when they did for a minute at least."""
    handed = [name for name, ms in step.led_ms if ms]
    if step.handed and step.lead is not None:
        handed.append(step.lead)
    own_ms = step.spent_ms - sum(ms for _, ms in step.led_ms)
    planned = step.plan.leads if not handed or own_ms >= OWN_MS else ()
    return tuple(dict.fromkeys((*planned, *handed)))


def _given(meeting: Meeting) -> dict[Kind, int]:
    """The highest number of each kind that was ever given to what is not private: who hears of no entry hears of no number above it."""
    given: dict[Kind, int] = {}
    for entry in (*meeting.entries.values(), *meeting.removed.values()):
        names = [] if entry.private else [(entry.kind, entry.number), *filter(None, map(read_label, entry.was))]
        for kind, number in names:
            if kind in NUMBERED:
                given[kind] = max(number, given.get(kind, 0))
    return given


def _setup(setup: Setup) -> Setup:
    """The setup without what was carried over: as entries all of it is there, but for what was taken up individually since."""
    if not setup.agenda.carried and not setup.since.carried:
        return setup
    return replace(setup, agenda=replace(setup.agenda, carried=()), since=replace(setup.since, carried=()))


def without(shown: PublicMeeting, questions: Collection[int]) -> PublicMeeting:
    """The same, but that of the questions of these numbers, taken up individually since, only the number stays."""

    def left(entry: Entry) -> Entry:
        gone = entry.kind == "question" and entry.number in questions
        return _shown(replace(entry, outcome="individual")) if gone else entry

    entries = tuple(map(left, shown.entries))
    given = dict(shown.given)
    if given.get("question") in questions:
        given["question"] = max(
            (one.number for one in entries if one.kind == "question" and not one.private), default=0
        )
    return replace(shown, entries=entries, given=given)


def _shown(entry: Entry) -> Entry:
    if not entry.private:
        return entry
    return Entry(
        id=entry.id,
        kind=entry.kind,
        number=entry.number,
        text="",
        at=entry.at,
        actor="",
        step=entry.step,
        outcome="individual",
    )
