"""What leaves a workspace for other programs, made from the documents that people read: dates, a table, messages, a page, a mail."""

from __future__ import annotations

import datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.entry import read_label
from facilitator.core.regex import regex
from facilitator.core.text import fold_case, normalise, one_line, slug
from facilitator.core.vocabulary import DEFERRED
from facilitator.core.zone import zone_of
from facilitator.documents.chat import write_letter, write_messages
from facilitator.documents.html import title_of, write_mail_page
from facilitator.documents.ics import CalendarEvent, write_calendar
from facilitator.documents.minutes.following import following
from facilitator.documents.minutes.owned import owners, write_owned
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.newsletter.mail import mail_text
from facilitator.documents.spreadsheet import write_table
from facilitator.i18n import translator
from facilitator.meetings.cycle import directory_of
from facilitator.store.documents import read_text
from facilitator.store.workspace import is_meeting_id
from facilitator.wording import kind_name, outcome_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from facilitator.core.cycle.directory import Directory
    from facilitator.core.network import Network
    from facilitator.documents.minutes.entry import MinutesEntry
    from facilitator.documents.minutes.reader import MinutesRead
    from facilitator.store.private import Contact
    from facilitator.store.workspace import Workspace

_HEADS = {
    "fr": ("numéro", "sorte", "texte", "qui", "échéance", "thème", "suite", "réponse", "lien", "fait"),
    "en": ("number", "kind", "text", "who", "due", "theme", "outcome", "answer", "link", "done"),
}
_DONE = {"fr": ("non", "oui"), "en": ("no", "yes")}
# The address in what is noted of how to reach somebody: what no header could take for anything else.
_ADDRESS = regex(
    r"(?<![\w.+@-])[A-Za-z0-9_+-]{1,64}(?:\.[A-Za-z0-9_+-]{1,64}){0,5}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}"
)
_USUAL = datetime.timedelta(hours=2)  # a meeting of which nothing says how long it takes


def dates_of(  # noqa: PLR0913  # minutes, where those before them are, and for whom
    text: str,
    meeting: str,
    network: Network,
    *,
    stamp: datetime.datetime,
    person: str | None = None,
    workspace: Workspace | None = None,
) -> str:
    """The dates that minutes hold, as an .ics file: the next meeting, actions to do, calls and events; `person`: theirs alone.

    The next meeting is that of the network's settings, else the one that the minutes announce. `stamp` is when it is made, aware.
    A person is known under each of their names, and people are called as they are today.
    What was carried over is known to calendars by the meeting in which it came up first, found in the `workspace`.
    """
    directory = directory_of(network)
    read = _called(read_minutes(text, meeting=meeting), directory)
    person = directory.name(person) if person is not None else None
    language = network.language or read.front.language
    events = [
        replace(event, uid=_uid(found.said, meeting, workspace))
        for found in read.entries
        if (event := _dated(found.said, read, language, person))
    ]
    if person is None and (coming := _next_meeting(read, meeting, network)):
        events.insert(0, coming)
    return write_calendar(events, stamp=stamp)


def _called(read: MinutesRead, directory: Directory) -> MinutesRead:
    """Minutes in which those who owe something are called as they are today."""
    return replace(
        read,
        entries=[
            replace(
                found, said=replace(found.said, owners=tuple(dict.fromkeys(map(directory.name, found.said.owners))))
            )
            for found in read.entries
        ],
    )


def _next_meeting(read: MinutesRead, meeting: str, network: Network) -> CalendarEvent | None:
    known = network.calendar
    day, hour, place = known.next_meeting, known.next_start, known.next_place
    if day is None or (read.day is not None and day <= read.day):
        announced = following(read)
        day, hour, place = announced.day, announced.start, announced.place
    if day is None or (read.day is not None and day <= read.day):
        return None
    tr = translator(network.language or read.front.language)
    title = tr("Meeting: {network}", network=network.name) if network.name else tr("Meeting of the network")
    # Its name is that of the meeting it follows: a date that is moved moves in the calendars that have it.
    uid = f"{meeting}-next@facilitator"
    if hour is None:
        return CalendarEvent(uid, title, day, day + datetime.timedelta(days=1), place=place)
    zone = zone_of(network.timezone or read.front.zone)
    start = datetime.datetime.combine(day, datetime.time.fromisoformat(hour), zone)
    planned = datetime.timedelta(minutes=sum(planned for planned, _ in read.front.times))
    return CalendarEvent(uid, title, start, start + (planned or _USUAL), place=place)


def _uid(said: MinutesEntry, meeting: str, workspace: Workspace | None) -> str:
    """Its name for ever: that of the meeting in which it came up first, as far as minutes lead back."""
    kind, number, origin = said.kind, said.number, said.origin
    met = {meeting}
    while origin is not None and origin.meeting not in met and (named := read_label(origin.number)):
        meeting, (kind, number) = origin.meeting, named
        met.add(meeting)
        before = None
        if workspace is not None and is_meeting_id(meeting):
            before = read_text(workspace, workspace.minutes_folder / f"{meeting}.md")
        found = read_minutes(before, meeting=meeting).find(kind, number) if before is not None else None
        origin = found.said.origin if found is not None else None
    return f"{meeting}-{kind}-{number}@facilitator"


def _dated(said: MinutesEntry, read: MinutesRead, language: str, person: str | None) -> CalendarEvent | None:
    if not said.number or (person is not None and fold_case(person) not in map(fold_case, said.owners)):
        return None
    if said.when is not None:
        start = said.when.replace(tzinfo=zone_of(read.front.zone))
        return CalendarEvent("", said.text, start, start + datetime.timedelta(hours=1), link=said.link)
    day = said.due if said.kind == "action" and not said.done else said.deadline
    if day is None:
        return None
    tr = translator(language)
    who = f" ({', '.join(said.owners)})" if said.owners else ""
    title = tr("Until today: {what}", what=said.text) if said.kind != "action" else f"{said.text}{who}"
    return CalendarEvent("", title, day, day + datetime.timedelta(days=1), link=said.link)


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


class ChatMessage(Struct, frozen=True):
    """A message for the chat, and the number of its question, where it has one; of a part of a letter its place."""

    label: str
    text: str


def messages_of(text: str, meeting: str, *, everywhere: bool = False) -> list[ChatMessage]:
    """A message for the chat for each question of the minutes that was sent there and waits; `everywhere`: for each that waits."""
    read = read_minutes(text, meeting=meeting)
    waits = DEFERRED if everywhere else ("mattermost",)
    asked = [found.said for found in read.entries if found.said.outcome in waits and not found.said.answer]
    if read.day is None:
        return []
    language = read.front.language
    labels = [said.label(language) if said.number else "" for said in asked]
    written = write_messages(asked, day=read.day, month=read.front.newsletter, language=language)
    return [ChatMessage(label, one) for label, one in zip(labels, written, strict=True)]


def letter_messages(text: str, *, base: str | None = None) -> list[ChatMessage]:
    """A letter as messages for the chat, in their order. Raises Unreadable."""
    return [ChatMessage(str(place), one) for place, one in enumerate(write_letter(text, base), 1)]


def mail_of(text: str, *, base: str | None = None, to: Address | None = None) -> bytes:
    """A document as a mail ready to be opened, addressed and sent (.eml): its text, and the same as a page. Raises Unreadable."""
    mail = EmailMessage(SMTP)
    mail["Subject"] = one_line(normalise(title_of(text)).text)[:200]
    if to is not None:
        mail["To"] = to
    mail["X-Unsent"] = "1"  # programs that know it open it as one to be sent
    mail.set_content(mail_text(text, base), cte="quoted-printable")
    mail.add_alternative(write_mail_page(text, base=base), subtype="html", cte="quoted-printable")
    return mail.as_bytes()


def mail_words(mail: bytes) -> str:
    """A mail as it is read: its subject, and its text."""
    letter = message_from_bytes(mail, policy=SMTP)
    part = letter.get_body(("plain",))
    return f"{letter['Subject']}\n\n{part.get_content() if part is not None else ''}".rstrip("\r\n")


class OwnersMail(Struct, frozen=True):
    """The mail to somebody who has something to do: its name as a file, and the address of theirs, where one is known."""

    owner: str
    name: str
    address: str | None
    mail: bytes


def mails_to_owners(
    text: str, meeting: str, contacts: Iterable[Contact], directory: Directory, *, base: str | None = None
) -> list[OwnersMail]:
    """A mail to each person who has something to do, with theirs alone, to the address that the private notebook has of them.

    Whoever has another name since gets one, under that of today; an address noted under it counts before an earlier one.
    """
    read = _called(read_minutes(text, meeting=meeting), directory)
    tr = translator(read.front.language)
    known: dict[str, str] = {}
    for one in contacts:
        person = fold_case(directory.name(one.person))
        if (found := _ADDRESS.search(one.text)) and (person not in known or person == fold_case(one.person)):
            known[person] = found[0]
    mails: dict[str, OwnersMail] = {}
    for owner in owners(read):
        named = slug(owner, "x")
        name = next(
            f"{meeting}-{named}{n}" for n in ("", *range(2, len(mails) + 3)) if f"{meeting}-{named}{n}" not in mails
        )
        address = known.get(fold_case(owner))
        to = Address(one_line(normalise(owner).text), addr_spec=address) if address else None
        written = mail_of(write_owned(read, owner, tr, linked=meeting if base else None), base=base, to=to)
        mails[name] = OwnersMail(owner, name, address, written)
    return list(mails.values())
