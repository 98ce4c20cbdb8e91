"""Dates as calendars read them: iCalendar (RFC 5545), written; nothing is read back.

Instants are written in UTC, so that no table of time zones is needed; a day without an hour is a day everywhere. An action that is due is a
day, not a task (VTODO): the calendars that people have on their telephones and on the web leave tasks out, some without a word.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from msgspec import Struct

from facilitator.core.regex import regex

# RFC 5545, 3.1: a line has 75 octets at most, its end not counted; what follows a fold begins with a space.
_OCTETS = 75
_CONTROLS = regex(r"[\x00-\x09\x0b-\x1f\x7f]")
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


class CalendarEvent(Struct, frozen=True):
    """Something with a date. `uid` names it for ever: a calendar that reads it again changes what it has.

    `start` and `end` are both aware instants, or both days, `end` being the day after the last.
    """

    uid: str
    summary: str
    start: datetime.datetime | datetime.date
    end: datetime.datetime | datetime.date
    place: str | None = None
    about: str | None = None
    link: str | None = None


def write_calendar(events: Iterable[CalendarEvent], *, stamp: datetime.datetime) -> str:
    """The events as the text of an .ics file, its lines ended as the standard wants; `stamp` is when it was made, aware."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//facilitator//facilitator//FR", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += _event(event, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event(event: CalendarEvent, stamp: datetime.datetime) -> Iterable[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_instant(stamp)}"
    yield _when("DTSTART", event.start)
    yield _when("DTEND", event.end)
    yield f"SUMMARY:{_text(event.summary)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    if event.about:
        yield f"DESCRIPTION:{_text(event.about)}"
    if event.link:
        yield f"URL:{_CONTROLS.sub('', event.link)}"
    if not isinstance(event.start, datetime.datetime):
        yield "TRANSP:TRANSPARENT"  # a day to remember, not a day that is taken
    yield "END:VEVENT"


def _when(name: str, at: datetime.datetime | datetime.date) -> str:
    if isinstance(at, datetime.datetime):
        return f"{name}:{_instant(at)}"
    return f"{name};VALUE=DATE:{at:%Y%m%d}"


def _instant(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    return "".join(_ESCAPED.get(sign, sign) for sign in _CONTROLS.sub("", text))


def _folded(line: str) -> str:
    """The line in pieces of 75 octets at most; no character is cut in two."""
    pieces, piece, octets = [], "", 0
    for sign in line:
        size = len(sign.encode())
        if octets + size > _OCTETS:
            pieces.append(piece)
            piece, octets = " ", 1
        piece += sign
        octets += size
    return "\r\n".join((*pieces, piece))
