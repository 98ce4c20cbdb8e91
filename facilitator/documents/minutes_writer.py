"""The minutes of a meeting as Markdown, in the order of a reader in a hurry.

Every entry stands in full exactly once; elsewhere it is a link. Front matter holds facts of the meeting only.
"""

from __future__ import annotations

import datetime

from facilitator.core.instant import Instant
from facilitator.core.meeting import PublicMeeting
from facilitator.core.network import Language
from facilitator.core.text import normalise, one_line
from facilitator.documents.front import FORMAT, Front, write_front
from facilitator.documents.minutes_items import Pen
from facilitator.documents.minutes_sections import sections
from facilitator.documents.newsletter_items import contributions
from facilitator.documents.typography import NO_BREAK
from facilitator.i18n import Translator
from facilitator.wording import date_text, local


def write_minutes(
    meeting: PublicMeeting, tr: Translator, *, draft: bool, now: Instant, month: str | None = None
) -> str:
    """The whole document. `month` names the newsletter of a meeting that is not closed yet; `now` dates a draft.

    The newsletter is linked to when the meeting has something for it.
    """
    month = meeting.month or month
    pen = Pen(meeting.setup, tr)
    blocks = [f"# {pen.line(meeting.setup.agenda.title)}\n"]
    if draft:
        text = tr("as of {time}: the meeting is not closed, these minutes will still change.", time=pen.time(now.at))
        word = tr.ptr("minutes", "Draft")
        blocks.append(f"> **{word}** {text}\n")
    blocks.append(_opening(meeting, pen))
    fed = any(contributions(meeting, pen, minutes_name=f"{meeting.id}.md", today=None))
    blocks += sections(meeting, pen, month=month if fed else None, draft=draft)
    return write_front(front(meeting, pen.document, draft=draft, month=month)) + "\n" + "\n".join(blocks)


def front(meeting: PublicMeeting, language: Language, *, draft: bool, month: str | None) -> Front:
    """The facts that stand at the top of the minutes."""
    setup = meeting.setup
    agenda = setup.agenda
    place = agenda.place

    def instant(ms: int | None) -> datetime.datetime | None:
        return None if ms is None else local(ms, setup.zone).replace(microsecond=0)

    def people(*statuses: str) -> tuple[str, ...]:
        return tuple(_fact(someone.name) or "" for someone in meeting.attendance if someone.status in statuses)

    return Front(
        format=FORMAT,
        meeting=meeting.id,
        title=_fact(agenda.title) or "",
        status="draft" if draft else "final",
        language=language,
        zone=setup.zone,
        date=setup.day,
        network=_fact(setup.network),
        scale=setup.scale,
        planned_start=instant(setup.planned_start),
        started=instant(meeting.started_at),
        promised_end=instant(meeting.promise if meeting.promise is not None else setup.promised_end),
        ended=instant(meeting.adjourned_at),
        place=_fact(place.name if place else None),
        host=_fact(place.host if place else None),
        facilitator=_fact(agenda.facilitator),
        scribe=_fact(agenda.scribe),
        present=people("present", "left"),
        late=people("late"),
        excused=people("excused"),
        left=people("left"),
        newsletter=month,
        next_meeting=setup.calendar.next_meeting,
        next_place=_fact(setup.calendar.next_place),
    )


def _fact(text: str | None) -> str | None:
    return None if text is None else one_line(normalise(text).text)


def _opening(meeting: PublicMeeting, pen: Pen) -> str:
    """When, where, who: lines with hard breaks."""
    setup = meeting.setup
    tr = pen.tr
    lines = [_when(meeting, pen)]
    if place := setup.agenda.place:
        where = pen.line(place.name)
        lines.append(tr("{place}, hosted by {host}", place=where, host=pen.line(place.host)) if place.host else where)
        if place.address:
            lines.append(pen.line(place.address))
    roles = [(tr("Facilitation"), setup.agenda.facilitator), (tr("Note taking"), setup.agenda.scribe)]
    said = [_labelled(pen, word, pen.line(name)) for word, name in roles if name]
    if said:
        lines.append(" · ".join(said))
    lines += _people(meeting, pen)
    return "\\\n".join(lines) + "\n"


def _when(meeting: PublicMeeting, pen: Pen) -> str:
    setup = meeting.setup
    tr = pen.tr
    day = date_text(tr, setup.day)
    text = f"**{day[:1].upper()}{day[1:]}**"
    if meeting.started_at is None:
        return text
    start = pen.time(meeting.started_at)
    if meeting.adjourned_at is None:
        text += tr(", from {start}", start=start)
    else:
        text += tr(", from {start} to {end}", start=start, end=pen.time(meeting.adjourned_at))
    promised = meeting.promise if meeting.promise is not None else setup.promised_end
    if setup.planned_start is not None and promised is not None:
        text += tr(" (planned {start} to {end})", start=pen.time(setup.planned_start), end=pen.time(promised))
    return text


def _people(meeting: PublicMeeting, pen: Pen) -> list[str]:
    tr = pen.tr
    rows: list[tuple[str, list[str]]] = [
        (tr.ptr("minutes", "Present"), []),
        (tr("Joined on the way"), []),
        (tr.ptr("minutes", "Excused"), []),
        (tr("Left early"), []),
    ]
    for someone in meeting.attendance:
        name = pen.line(someone.name)
        timed = f"{name} ({pen.time(someone.at)})"
        if someone.status == "late":
            rows[1][1].append(timed)
        elif someone.status == "excused":
            rows[2][1].append(name)
        else:
            rows[0][1].append(name)
            if someone.status == "left":
                rows[3][1].append(timed)
    return [_labelled(pen, word, ", ".join(names)) for word, names in rows if names]


def _labelled(pen: Pen, word: str, value: str) -> str:
    return f"*{word}{NO_BREAK if pen.language == 'fr' else ''}:* {value}"
