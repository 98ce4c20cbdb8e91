"""What leaves a workspace for other programs, made from the documents that people read: dates, a table, messages, a page, a mail."""

from __future__ import annotations

import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from facilitator.core.text import one_line
from facilitator.core.zone import zone_of
from facilitator.documents.chat import write_messages
from facilitator.documents.html import title_of, write_mail_page
from facilitator.documents.ics import Event, write_calendar
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.newsletter.mail import mail_text
from facilitator.documents.spreadsheet import write_table
from facilitator.i18n import translator
from facilitator.wording import kind_name, outcome_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from facilitator.core.network import Network
    from facilitator.documents.minutes.entry import MinutesEntry
    from facilitator.documents.minutes.reader import MinutesRead

_HEADS = {
    "fr": ("numéro", "sorte", "texte", "qui", "échéance", "thème", "suite", "réponse", "lien", "fait"),
    "en": ("number", "kind", "text", "who", "due", "theme", "outcome", "answer", "link", "done"),
}
_DONE = {"fr": ("non", "oui"), "en": ("no", "yes")}
_USUAL = datetime.timedelta(hours=2)  # a meeting of which nothing says how long it takes


def dates_of(text: str, meeting: str, network: Network, *, stamp: datetime.datetime, person: str | None = None) -> str:
    """The dates that minutes hold, as an .ics file: the next meeting, actions to do, calls and events; `person`: theirs alone.

    The next meeting is that of the network's settings. `stamp` is when it is made, aware.
    """
    read = read_minutes(text, meeting=meeting)
    language = network.language or read.front.language
    events = [event for found in read.entries if (event := _dated(found.said, read, meeting, language, person))]
    if person is None and (coming := _next_meeting(read, meeting, network)):
        events.insert(0, coming)
    return write_calendar(events, stamp=stamp)


def _next_meeting(read: MinutesRead, meeting: str, network: Network) -> Event | None:
    day, hour = network.calendar.next_meeting, network.calendar.next_start
    if day is None or (read.day is not None and day <= read.day):
        return None
    tr = translator(network.language or read.front.language)
    title = tr("Meeting: {network}", network=network.name) if network.name else tr("Meeting of the network")
    # Its name is that of the meeting it follows: a date that is moved moves in the calendars that have it.
    uid = f"{meeting}-next@facilitator"
    if hour is None:
        return Event(uid, title, day, day + datetime.timedelta(days=1), place=network.calendar.next_place)
    zone = zone_of(network.timezone or read.front.zone)
    start = datetime.datetime.combine(day, datetime.time.fromisoformat(hour), zone)
    planned = datetime.timedelta(minutes=sum(planned for planned, _ in read.front.times))
    return Event(uid, title, start, start + (planned or _USUAL), place=network.calendar.next_place)


def _dated(said: MinutesEntry, read: MinutesRead, meeting: str, language: str, person: str | None) -> Event | None:
    if not said.number or (person is not None and person not in said.owners):
        return None
    uid = f"{meeting}-{said.kind}-{said.number}@facilitator"
    if said.when is not None:
        start = said.when.replace(tzinfo=zone_of(read.front.zone))
        return Event(uid, said.text, start, start + datetime.timedelta(hours=1), link=said.link)
    day = said.due if said.kind == "action" and not said.done else said.deadline
    if day is None:
        return None
    tr = translator(language)
    who = f" ({', '.join(said.owners)})" if said.owners else ""
    title = tr("Until today: {what}", what=said.text) if said.kind != "action" else f"{said.text}{who}"
    return Event(uid, title, day, day + datetime.timedelta(days=1), link=said.link)


def table_of(text: str, meeting: str) -> str:
    """The entries of minutes as a table for a spreadsheet, in the order and the language of the document."""
    read = read_minutes(text, meeting=meeting)
    heads = _HEADS[read.front.language]
    return write_table(heads, _rows(read), language=read.front.language)


def _rows(read: MinutesRead) -> Iterator[Sequence[str | int | None]]:
    tr = translator(read.front.language)
    for found in read.entries:
        said = found.said
        due = said.due or said.deadline or (said.when.date() if said.when else None)
        yield (
            said.label(read.front.language) if said.number else "",
            kind_name(tr, said.kind),
            said.text,
            ", ".join(said.owners) or said.by,
            due.isoformat() if due else said.due_text,
            said.theme,
            outcome_name(tr, said.outcome) if said.outcome else None,
            said.answer,
            said.link or said.answer_link,
            _DONE[read.front.language][said.done] if said.kind == "action" else None,
        )


def messages_of(text: str, meeting: str, *, everywhere: bool = False) -> list[str]:
    """A message for the chat for each question of the minutes that was sent there and waits; `everywhere`: for each that waits."""
    read = read_minutes(text, meeting=meeting)
    waits = ("mattermost", "newsletter", "next", "relay") if everywhere else ("mattermost",)
    asked = [found.said for found in read.entries if found.said.outcome in waits and not found.said.answer]
    if read.day is None:
        return []
    return write_messages(asked, day=read.day, month=read.front.newsletter, language=read.front.language)


def mail_of(text: str, *, base: str | None = None) -> bytes:
    """A document as a mail ready to be opened, addressed and sent (.eml): its text, and the same as a page. Raises Unreadable."""
    mail = EmailMessage(SMTP)
    mail["Subject"] = one_line(title_of(text))[:200]
    mail["X-Unsent"] = "1"  # programs that know it open it as one to be sent
    mail.set_content(mail_text(text, base), cte="quoted-printable")
    mail.add_alternative(write_mail_page(text, base=base), subtype="html", cte="quoted-printable")
    return mail.as_bytes()
