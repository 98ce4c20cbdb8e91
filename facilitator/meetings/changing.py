"""Changes after the close: the one entry that is meant, in the Markdown that people read, or among what is private.

Each is made in turn with whatever else writes documents, on the file as it is then, and says what there is to tell.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import UNSET, Struct
from msgspec.structs import replace

from facilitator.core.acts.entries import checked_fields, checked_text
from facilitator.core.acts.people import checked_name
from facilitator.core.entry import read_label
from facilitator.core.meeting import Meeting
from facilitator.core.network import Network
from facilitator.core.people import attributed, attribution_of
from facilitator.core.records import kind_of
from facilitator.core.records import record_of as captured
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields, Said, given
from facilitator.core.vocabulary import KINDS, Kind, Outcome
from facilitator.documents.minutes import change
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.outcomes import letter_due
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.records import record_of
from facilitator.meetings.exposure import Exposure, close_private
from facilitator.meetings.letters import Again, feed_in_turn, open_again, open_month, read_letters, teller_now
from facilitator.meetings.past import minutes_file, open_archive
from facilitator.meetings.withholding import Trace, asked_once, said_of, withhold
from facilitator.store.documents import in_turn, read_text, replace_text
from facilitator.store.private import append_private, finish_private, read_private
from facilitator.store.workspace import document_of

if TYPE_CHECKING:
    from facilitator.core.agenda import Level
    from facilitator.core.records import Record
    from facilitator.store.workspace import Workspace


class Past(Struct, frozen=True):
    """A closed meeting: its journal's meeting (empty where that is not on this machine), and the network as it is set now."""

    workspace: Workspace
    id: str
    meeting: Meeting = Meeting()
    network: Network = Network()

    def signed(self, kind: Kind, name: str | None) -> str | None:
        """Who said an entry of this kind, as the minutes show it; None where they do not."""
        setup = self.meeting.setup
        wanted = setup.choices.attribution if setup else self.network.choices.attribution
        return attributed(name, attribution_of(kind, wanted), setup.members if setup else self.network.people())

    def people(self) -> tuple[str, ...]:
        """Those whom its minutes name."""
        named = read_minutes(_minutes(self)[1]).people
        return tuple(dict.fromkeys(name for names in named.values() for name in names))


class Changed(Struct, frozen=True):
    """What a change did: the entry as it was, and what a person must know.

    `traces` are where a private question still stands, `exposed` how what is private could be read by others, `unread`
    newsletters that could not be read, `fields` what was edited, `unsigned` the name that the minutes do not show.
    """

    record: Record
    traces: tuple[Trace, ...] = ()
    exposed: tuple[Exposure, ...] = ()
    unread: tuple[OSError, ...] = ()
    fields: Fields = Fields()
    unsigned: str | None = None


class NoMinutes(LookupError):
    """There are no minutes of a meeting in which an entry could be changed."""


def find(past: Past, said: str) -> Record:
    """The entry said as this number, as it stands now: what is private first. Raises Refused, OSError."""
    asked = read_label(said)
    for record in read_private(past.workspace):
        if asked and record.meeting == past.id and read_label(record.number) == asked:
            return record
    path = minutes_file(past.workspace, past.id)
    read = read_minutes((read_text(past.workspace, path) if path else None) or "", meeting=past.id)
    found = read.find(*asked) if asked else None
    if found is None:
        raise Refused("no-entry", label=said)
    return record_of(found.said, past.id, read.front.language)


def answer(past: Past, said: str, text: str, link: str | None = None, *, on: datetime.date | None = None) -> Changed:
    """Answer a question; `on` is the day it is answered, shown when it is after the meeting's."""
    with in_turn(past.workspace):
        record = _question(past, said)
        checked_text(text)
        if record.private:
            kept = replace(record, answer=text, answer_link=link, answer_by=None, done=True)
            return Changed(record, exposed=_keep_private(past, [kept]))

        def answered(minutes: str, name: str) -> str:
            day = read_minutes(minutes, meeting=past.id).day
            late = on if on and day and on > day else None
            return change.answer(minutes, name, text, link=link, on=late, scale=_scale(past))

        _change(past, record, answered)
        if on is not None:
            _feed(past, on)
    return Changed(record)


def send(  # noqa: PLR0913  # what becomes of it, by name
    past: Past,
    said: str,
    where: Outcome,
    *,
    owner: str | None = None,
    due: datetime.date | None = None,
    on: datetime.date | None = None,
) -> Changed:
    """Send a question somewhere else, `on` a day; taken up individually, it leaves every document."""
    with in_turn(past.workspace):
        record = _question(past, said)
        owners = (checked_name(past.meeting, owner),) if owner else None
        if where == "individual":
            return _take_up(past, record, owners, due)
        named = read_label(record.number)
        again = {named} if named and where == "newsletter" else set()
        if record.private:
            public = _make_public(past, record, where, owners, due)
            if on is not None:
                _feed(past, on, again)
            return public

        def sent(minutes: str, name: str) -> str:
            promised = due or _promised(past, minutes, where)
            return change.send(minutes, name, where, owners=owners, due=promised, scale=_scale(past))

        _change(past, record, sent)
        unread = _open_again(past, record)
        if on is not None:
            _feed(past, on, again)
        return Changed(record, unread=unread)


def finish(past: Past, said: str, *, done: bool) -> Changed:
    """Say that a follow-up is done, or no longer is."""
    with in_turn(past.workspace):
        record = find(past, said)
        if not KINDS[kind_of(record)].closable:
            raise Refused("no-follow-up", label=said)
        if record.private:
            finish_private(past.workspace, record.meeting, record.number, done)
            return Changed(record, exposed=close_private(past.workspace))
        _change(past, record, lambda minutes, name: change.done(minutes, name, done=done, scale=_scale(past)))
        return Changed(record, unread=() if done else _open_again(past, record, answered=False))


def edit(past: Past, said: str, fields: Fields) -> Changed:
    """Change parts of an entry; who said it is written as the network wants that said, or not at all."""
    with in_turn(past.workspace):
        record = find(past, said)
        fields = checked_fields(past.meeting, fields)
        if fields.offer is True and (record.kind != "need" or record.private):
            raise Refused("not-settled")
        if record.private:
            return Changed(record, exposed=_keep_private(past, [replace(record, **given(fields))]), fields=fields)
        fields, unsigned = _as_shown(past, kind_of(record), fields)
        parts = given(fields)
        if "due" in parts:
            parts.setdefault("due_text", None)
        if parts:
            _change(past, record, lambda minutes, name: change.edit(minutes, name, scale=_scale(past), **parts))
    return Changed(record, fields=fields, unsigned=unsigned)


def _as_shown(past: Past, kind: Kind, fields: Fields) -> tuple[Fields, str | None]:
    if not isinstance(fields.by, str):
        return fields, None
    by = past.signed(kind, fields.by)
    return (replace(fields, by=UNSET), fields.by) if by is None else (replace(fields, by=by), None)


def _question(past: Past, said: str) -> Record:
    record = find(past, said)
    if record.kind != "question":
        raise Refused("not-a-question", label=record.number)
    return record


def _take_up(past: Past, record: Record, owners: tuple[str, ...] | None, due: datetime.date | None) -> Changed:
    """Take a question up individually: kept in private first, then out of every document that said it."""
    number = read_label(record.number)
    text = None if record.private else _changed(past, record, lambda said, name: change.send(said, name, "individual"))
    entry = past.meeting.find(*number) if number else None
    kept = record if record.private else replace(record, outcome="individual", private=True, due=None)
    if entry is not None and not record.private:
        first = captured(past.meeting, entry)  # the minutes may not say who asked
        kept = replace(kept, by=first.by, at=first.at)
    kept = replace(kept, owners=record.owners if owners is None else owners, due=due or kept.due, done=False)
    exposed = _keep_private(past, [kept])
    if text is not None:
        replace_text(past.workspace, *text)
    questions = {number[1]: [asked_once(number[1], record.text, record.answer)]} if number else {}
    for known, said in said_of(past.meeting, set(questions)).items():
        questions[known] += said
    traces = withhold(past.workspace, record.meeting, questions)
    open_archive(past.workspace).close()
    return Changed(record, tuple(traces), exposed)


def _make_public(
    past: Past, record: Record, where: Outcome, owners: tuple[str, ...] | None, due: datetime.date | None
) -> Changed:
    """A question that was taken up individually is everyone's again: its minutes hold its text."""
    number = read_label(record.number)
    path, minutes = _minutes(past)
    parts: Mapping[str, Any] = {name: getattr(record, name) for name in Said.__struct_fields__}
    said = MinutesEntry(kind="question", number=number[1] if number else 0, step=record.step, **parts)
    said = replace(
        said,
        by=past.signed("question", record.by),
        outcome=where,
        owners=record.owners if owners is None else owners,
        due=due or _promised(past, minutes, where),
        due_text=None,
        done=False,
        answer=None,
        answer_link=None,
        answer_by=None,
    )
    replace_text(past.workspace, path, minutes, change.put_back(minutes, said, scale=_scale(past)))
    kept = [one for one in read_private(past.workspace) if one.meeting == record.meeting and one != record]
    return Changed(record, exposed=_keep_private(past, kept, meeting=record.meeting))


def _promised(past: Past, minutes: str, where: Outcome) -> datetime.date | None:
    """The day that an outcome promises by itself: that of the letter, or of the next meeting."""
    if where == "newsletter":
        month = read_minutes(minutes).front.newsletter
        return letter_due(month) if month else None
    if where == "next" and past.meeting.setup is not None:
        return past.meeting.setup.calendar.next_meeting
    return None


def _scale(past: Past) -> Level | None:
    return past.meeting.setup.scale if past.meeting.setup else past.network.scale


def _keep_private(past: Past, records: list[Record], *, meeting: str | None = None) -> tuple[Exposure, ...]:
    append_private(past.workspace, records, meeting=meeting)
    return close_private(past.workspace)


def _change(past: Past, record: Record, make: Callable[[str, str], str]) -> None:
    replace_text(past.workspace, *_changed(past, record, make))


def _changed(past: Past, record: Record, make: Callable[[str, str], str]) -> tuple[Path, str, str]:
    """The minutes, what they say, and what they would say with one entry changed. Raises Unchangeable."""
    path, text = _minutes(past)
    try:
        return path, text, make(text, record.number)
    except LookupError:
        raise Refused("no-entry", label=record.number) from None


def _minutes(past: Past) -> tuple[Path, str]:
    path = minutes_file(past.workspace, past.id)
    text = read_text(past.workspace, path) if path is not None else None
    if path is None or text is None:
        raise NoMinutes(past.id)
    return path, text


def _open_again(past: Past, record: Record, *, answered: bool = True) -> tuple[OSError, ...]:
    """Take back in the newsletters what became of a follow-up: what is said there would be learnt again at once."""
    number, path = read_label(record.number), minutes_file(past.workspace, record.meeting)
    if number is None:
        return ()
    names = {record.meeting} | ({(document_of(path) or path).stem} if path is not None else set())
    once = [asked_once(number[1], record.text, record.answer)] if answered and record.answer else []
    return tuple(open_again(past.workspace, names, number, once))


def _feed(past: Past, day: datetime.date, again: Again = ()) -> None:
    """Bring what changed to the letter that is open on a day; where the journal is not on this machine, another one does."""
    if past.meeting.closed is not None:
        one = teller_now(past.workspace, past.meeting)
        month = open_month(one.month, read_letters(past.workspace), day)
        feed_in_turn(past.workspace, month, [one], today=day, again=again)
