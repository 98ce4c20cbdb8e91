"""From the public part of a meeting to what its minutes are written from: the one place where the two meet."""

from __future__ import annotations

import datetime

from msgspec.structs import asdict

from facilitator.core.carrying import day_of
from facilitator.core.entry import Entry
from facilitator.core.meeting import PublicMeeting, StepState
from facilitator.core.network import MinutesLook, Section
from facilitator.core.people import attributed, attribution_of
from facilitator.core.regex import regex
from facilitator.core.said import Origin, Said
from facilitator.core.setup import Setup
from facilitator.core.text import fold_case
from facilitator.documents.minutes.entry import Elsewhere, Look, MinutesEntry, MinutesToWrite, Person, StepToWrite
from facilitator.documents.minutes.outcomes import letter_due
from facilitator.documents.minutes.words import DEFERRED
from facilitator.i18n import Translator
from facilitator.wording import local, step_title

_STEP = regex(r"step-[1-9][0-9]{0,2}\Z")
_EMPLOYED = regex(r"(?P<name>[^()]+?) \((?P<structure>[^()]+)\)\Z")


def minutes_of(
    shown: PublicMeeting, tr: Translator, *, draft: bool, now: int, month: str | None = None
) -> MinutesToWrite:
    """What the minutes are written from; `now` (milliseconds UTC) dates a draft, `month` is the letter of a meeting not yet closed."""
    setup = shown.setup
    agenda = setup.agenda
    month = shown.month or month
    numbers = {step.id: number for number, step in enumerate(shown.steps, 1)}
    members = {fold_case(member.name): place for place, member in enumerate(setup.members)}
    there = [one for one in shown.attendance if one.status not in ("excused", "absent")]
    present = sorted(
        (one for one in there if not one.visitor), key=lambda one: members.get(fold_case(one.name), len(members))
    )
    return MinutesToWrite(
        meeting=shown.id,
        title=agenda.title,
        day=setup.day,
        zone=setup.zone,
        language=setup.language,
        steps=tuple(_step(step, number, tr) for number, step in enumerate(shown.steps, 1)),
        entries=tuple(
            _said(
                entry,
                numbers.get(shown.entry_steps.get(entry.id) or ""),
                shown.entry_phases.get(entry.id),
                setup,
                month,
                told=entry.id not in shown.said_elsewhere,
            )
            for entry in shown.entries
        ),
        draft=draft,
        as_of=_time(now, setup) if draft else None,
        scale=setup.scale,
        place=agenda.place.name if agenda.place else None,
        address=agenda.place.address if agenda.place else None,
        host=agenda.place.host if agenda.place else None,
        facilitator=agenda.facilitator,
        scribe=agenda.scribe,
        coordinator=setup.coordinator,
        started=_time(shown.started_at, setup),
        ended=_time(shown.adjourned_at, setup),
        ended_on=local(shown.adjourned_at, setup.zone).date() if shown.adjourned_at is not None else None,
        summary=shown.summary,
        month=month,
        next_meeting=setup.calendar.next_meeting,
        next_start=_hour(setup.calendar.next_start),
        next_place=setup.calendar.next_place,
        present=tuple(one.name for one in present),
        visitors=tuple(_visitor(one.name) for one in there if one.visitor),
        excused=tuple(one.name for one in shown.attendance if one.status == "excused"),
        since=setup.since.day or max(filter(None, map(_came, shown.entries)), default=None),
        meanwhile=tuple(Elsewhere(one.text, one.origin, one.kind == "question") for one in setup.since.settled),
        reread_by=shown.reread_by or setup.choices.minutes.reread,
        remarks_until=shown.remarks_until,
        evaluation=shown.evaluation,
        look=_look(setup.choices.minutes),
        licence=setup.licence,
        given=shown.given,
    )


def _came(entry: Entry) -> datetime.date | None:
    """The day of the meeting that an entry comes from."""
    return day_of(entry.origin.meeting) if entry.origin else None


def _look(wanted: MinutesLook) -> Look:
    headings: dict[Section, str] = {section: title for section, title in asdict(wanted.headings).items() if title}  # type: ignore[misc]  # its fields are the sections
    return Look(
        order=wanted.order,
        headings=headings,
        left_out=wanted.left_out,
        heading=wanted.heading,
        foot=wanted.foot,
        times=wanted.times,
    )


def _hour(text: str | None) -> datetime.time | None:
    return datetime.time.fromisoformat(text) if text else None


def _visitor(name: str) -> Person:
    """Who a visitor is: what stands in parentheses after a name is who employs them."""
    found = _EMPLOYED.match(name)
    return Person(found["name"], found["structure"]) if found else Person(name)


def _time(at: int | None, setup: Setup) -> datetime.time | None:
    return None if at is None else local(at, setup.zone).time().replace(second=0, microsecond=0)


def _step(step: StepState, number: int, tr: Translator) -> StepToWrite:
    reached = step.visits > 0 and not (step.aside and not step.spent_ms)
    return StepToWrite(
        number=number,
        kind=step.plan.kind,
        title=step_title(tr, step.plan),
        planned=step.planned_s // 60,
        actual=(step.spent_ms + 30_000) // 60_000 if reached else None,
        leads=step.led,
        phases=tuple(phase.title for phase in step.phases),
        origin=_origin(step.plan.origin),
        link=step.plan.link,
    )


def _origin(said: str | None) -> Origin | None:
    """Where a sequence was not reached: `2026-10-13-roannais#step-5`; None for what says no such place."""
    meeting, _, number = (said or "").partition("#")
    return Origin(meeting, number) if meeting and _STEP.match(number) else None


def _said(  # noqa: PLR0913  # an entry, and what its meeting says of it
    entry: Entry, step: int | None, phase: int | None, setup: Setup, month: str | None, *, told: bool
) -> MinutesEntry:
    by = attributed(entry.by, attribution_of(entry.kind, setup.choices.attribution), setup.members)
    due = entry.due
    if due is None and entry.kind == "question" and entry.outcome in DEFERRED:
        due = {"newsletter": letter_due(month) if month else None, "next": setup.calendar.next_meeting}.get(
            entry.outcome or ""
        )
    said = {name: getattr(entry, name) for name in Said.__struct_fields__} | {"by": by, "due": due}
    return MinutesEntry(kind=entry.kind, number=entry.number, step=step, phase=phase, told=told, **said)
