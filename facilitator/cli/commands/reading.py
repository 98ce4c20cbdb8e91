"""What is read without changing anything: where the meeting is, and what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from facilitator.cli.choices import KIND_WORDS, PossibleNames
from facilitator.cli.context import Context
from facilitator.cli.parser import Parser
from facilitator.core.records import iso
from facilitator.core.time.clocks import Clocks
from facilitator.core.vocabulary import ASKED, KINDS, Kind
from facilitator.wording import (
    FAR_S,
    drift_text,
    kinds_name,
    left_clock,
    masked,
    minutes_text,
    short_date,
    spot_title,
    state_name,
    step_title,
    time_text,
)
from facilitator.wording.following import taken_up_text

if TYPE_CHECKING:
    import datetime

    from facilitator.core.meeting import Meeting
    from facilitator.core.records import Record
    from facilitator.i18n import Translator


def record_json(record: Record) -> str:
    """A record as JSON, on one line."""
    return msgspec.json.encode(record).decode()


def status_facts(tr: Translator, meeting: Meeting, clocks: Clocks) -> dict[str, Any]:
    """What `status --json` says. Instants are ISO 8601 with offset, durations whole seconds, absent is None."""
    zone = meeting.opened.zone

    def instant(at: int | None) -> str | None:
        return None if at is None else iso(at, zone)

    times = {clock.id: clock for clock in clocks.steps}
    return {
        "meeting": meeting.id,
        "state": clocks.state,
        "started": instant(meeting.started_at),
        "now": instant(clocks.now),
        "step": _step_facts(tr, meeting, clocks),
        "planned_end": instant(clocks.planned_end),
        "promised_end": instant(clocks.promised_end),
        "projected_end": instant(clocks.projected_end),
        "drift_s": clocks.drift_s,
        "steps": [
            {
                "number": place,
                "title": step_title(tr, step.plan),
                "planned_s": times[step.id].planned_s,
                "adjusted_s": times[step.id].adjusted_s,
                "actual_s": times[step.id].actual_s,
                "phases": [
                    {name: getattr(phase, name) for name in ("title", "planned_s", "adjusted_s", "actual_s")}
                    for phase in times[step.id].phases
                ],
            }
            for place, step in enumerate(meeting.steps, 1)
        ],
        "counts": counts(meeting),
    }


def _step_facts(tr: Translator, meeting: Meeting, clocks: Clocks) -> dict[str, Any] | None:
    step = meeting.current
    if step is None or clocks.state not in ("running", "paused"):
        return None
    phase = step.phases[clocks.spot.phase] if clocks.spot and clocks.spot.phase is not None else None
    return {
        "number": meeting.number_of(step.id),
        "kind": step.plan.kind,
        "title": step_title(tr, step.plan),
        "lead": step.lead,
        "link": step.plan.link,
        "phase": phase.title if phase else None,
        "planned_s": step.planned_s,
        "adjusted_s": step.adjusted_s,
        "elapsed_s": clocks.step_elapsed_s,
        "left_s": clocks.step_left_s,
        "phase_left_s": clocks.left_s if phase else None,
    }


def counts(meeting: Meeting) -> dict[str, int]:
    """How many entries of each kind there are, and how many questions have no outcome yet."""
    found: dict[str, int] = {"question": 0, "undecided": len(meeting.undecided())}
    for kind in KINDS:
        found[kind] = len(meeting.of_kind(kind))
    return found


def status_lines(tr: Translator, meeting: Meeting, clocks: Clocks) -> list[str]:
    """Where the meeting is, for a person: a few short lines."""
    zone = meeting.opened.zone
    lines = [f"{meeting.opened.agenda.title} · {state_name(tr, clocks.state)}"]
    if clocks.state in ("running", "paused"):
        place = tr(
            "step {n} of {count}",
            n=meeting.number_of(meeting.spot.step if meeting.spot else ""),
            count=len(meeting.steps),
        )
        lines.append(f"{place} · {spot_title(tr, meeting, meeting.spot)}")
        lines.append(left_text(tr, clocks))
        if meeting.current is not None and meeting.current.plan.link is not None:
            lines.append(meeting.current.plan.link)
    if clocks.state == "ready" and clocks.starts_in_s is not None and clocks.starts_in_s > 0:
        lines.append(tr("starts in {length}", length=minutes_text(tr, clocks.starts_in_s)))
    if clocks.projected_end is not None and clocks.promised_end is not None:
        ends = tr(
            "end {projected}, promised {promised}",
            projected=time_text(clocks.projected_end, zone),
            promised=time_text(clocks.promised_end, zone),
        )
        over = clocks.state in ("adjourned", "closed")  # then only what was announced counts
        is_near = abs(clocks.drift_s) < FAR_S
        lines.append(ends if over or not is_near else f"{drift_text(tr, clocks.drift_s)} · {ends}")
    number = counts(meeting)
    said = [f"{kinds_name(tr, kind)} {number[kind]}" for kind in KINDS if number[kind]]
    if number["undecided"]:
        said.append(tr("without outcome {n}", n=number["undecided"]))
    return [*lines, " · ".join(said)] if said else lines


def left_text(tr: Translator, clocks: Clocks) -> str:
    """The time left in the running phase or step, in words."""
    whole = minutes_text(tr, clocks.adjusted_s)
    if clocks.left_s < 0:
        return tr("{clock} over, of {length}", clock=left_clock(clocks.left_s), length=whole)
    return tr("{clock} left of {length}", clock=left_clock(clocks.left_s), length=whole)


def _status_words(parser: Parser) -> None:
    parser.common(looks=True, json=True)


def _status(context: Context) -> int:
    session = context.session()
    meeting, clocks = session.meeting, session.clocks(context.at(session))
    if context.values.json:
        from facilitator.meetings.telephones import waiting

        facts = status_facts(context.tr, meeting, clocks)
        facts["counts"] |= {"telephones": len(waiting(session))}
        context.write_json(facts)
    else:
        context.write("\n".join(status_lines(context.tr, meeting, clocks)))
    return 0


def _entries_words(parser: Parser) -> None:
    tr = parser.tr
    kinds = PossibleNames(ASKED, KIND_WORDS)
    parser.add_argument(
        "kind", nargs="?", type=kinds.read, choices=kinds, metavar=tr("KIND"), help=kinds.listed(tr.language)
    )
    parser.add_argument("--private", action="store_true", help=tr("show the text of what is private"))
    parser.common(json=True)


def _entries(context: Context) -> int:
    from facilitator.cli.commands.archived import meeting_records

    kind: Kind | None = context.values.kind
    found = [record for record in meeting_records(context) if kind is None or record.kind == kind]
    if context.values.json:
        context.write_json(found)
        return 0
    for record in found:
        context.write(record_line(context.tr, record, None, private=context.values.private))
    if not found:
        context.say(context.tr("Nothing."))
    return 0


def record_line(tr: Translator, record: Record, day: datetime.date | None, *, private: bool) -> str:
    """A record on one line; `day` is the day against which it may be overdue."""
    hidden = record.private and not private
    text = masked(tr, record.text) if hidden else " ".join(record.text.split())
    said = [f"{record.number or '-':>4}  {text}", *taken_up_text(tr, record)]
    if record.due:
        late = day is not None and record.due < day and not record.done
        date = short_date(tr, record.due)
        said.append(tr("overdue since {date}", date=date) if late else tr("by {date}", date=date))
    if record.done:
        said.append(tr("done"))
    return " · ".join(said)


COMMANDS = {
    "status": (_status_words, _status),
    "entries": (_entries_words, _entries),
}
