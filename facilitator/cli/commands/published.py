"""Changes after the close: the one entry that is meant, in the Markdown, or among what is private.

Each is made in turn with whatever else writes documents, on the file as it is then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET
from msgspec.structs import replace

from facilitator.cli.commands.archived import past_records, published_file
from facilitator.cli.commands.capture import read_date, tell_unknown
from facilitator.cli.commands.closing import tell_exposed, tell_traces
from facilitator.cli.commands.opening import settings
from facilitator.cli.commands.outcomes import edited_fields
from facilitator.cli.context import Around, Context, Failed, WrongValue, around
from facilitator.core.acts.entries import checked_fields, checked_text
from facilitator.core.acts.people import checked_name
from facilitator.core.entry import label, read_label
from facilitator.core.meeting import Meeting
from facilitator.core.people import attributed
from facilitator.core.records import kind_of, record_of
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields, given
from facilitator.core.vocabulary import KINDS
from facilitator.documents.change import change_item
from facilitator.documents.minutes_reader import read_minutes
from facilitator.documents.newsletter_change import Said, untick
from facilitator.i18n import translator
from facilitator.meetings.exposure import close_private
from facilitator.meetings.faults import os_error_text
from facilitator.meetings.past import open_archive
from facilitator.meetings.publishing import publish
from facilitator.meetings.withholding import said_of, withhold
from facilitator.store.documents import in_turn, read_text, replace_text
from facilitator.store.private import append_private, finish_private, read_private
from facilitator.wording import fields_text, outcome_name

if TYPE_CHECKING:
    from pathlib import Path

    from facilitator.core.agenda import Level
    from facilitator.core.records import Record
    from facilitator.core.vocabulary import Outcome


def answer_published(context: Context, said: str, text: str, link: str | None) -> int:
    """Answer a question in the published minutes."""
    tr, closed = context.tr, _closed(context)
    with in_turn(context.workspace()):
        record = _question(context, closed, said)
        checked_text(text)
        if record.private:
            _keep_private(context, [replace(record, answer=text, answer_link=link, done=True)])
            context.say(tr("{number} answered in private ({meeting}).", number=record.number, meeting=closed))
            return 0
        _change(context, record, answer=(text, link))
    context.say(tr("{number} answered, in the minutes of {meeting}.", number=record.number, meeting=record.meeting))
    return 0


def send_published(context: Context, said: str, where: Outcome, owner: str | None, due: str | None) -> int:
    """Send a question somewhere else, in the published minutes."""
    closed = _closed(context)
    meeting = _meeting(context, closed)
    with in_turn(context.workspace()):
        record = _question(context, closed, said)
        known, scale = _around(context, record)
        name = checked_name(meeting, context.name(owner, known)) if owner else None
        day = read_date(context, "--due", due, known)
        sent = {"outcome": where, "owner": name, "due": None if day is UNSET else day}
        if where == "individual":
            _take_up(context, record, meeting, sent)
        elif record.private:
            by = _signed(context, meeting, record.by)
            _change(context, record, fields=Fields(text=record.text, by=by, theme=record.theme), **sent)
            _no_longer_private(context, record)
        else:
            _change(context, record, **sent)
            _untick(context, record)
    told = context.tr("{number} → {outcome}", number=record.number, outcome=outcome_name(context.tr, where, scale))
    context.say(f"{told} ({record.meeting})")
    return 0


def _take_up(context: Context, record: Record, meeting: Meeting, sent: dict[str, Any]) -> None:
    """Take a question up individually: kept in private first, then out of every document that said it."""
    workspace = context.workspace()
    text, number = _changed(context, record, **sent), read_label(record.number)
    entry = meeting.find(*number) if number else None
    kept = record if record.private else replace(record, outcome="individual", private=True)
    if entry is not None and not record.private:
        captured = record_of(meeting, entry)  # the minutes may not say who asked
        kept = replace(kept, by=captured.by, at=captured.at)
    owners = (sent["owner"],) if sent["owner"] else record.owners
    kept = replace(kept, owners=owners, due=sent["due"] or record.due, done=False)
    _keep_private(context, [kept])
    replace_text(workspace, *text)
    once = Said(record.text, record.answer, record.answer_link)
    questions = {number[1]: [once, Said(record.text)]} if number else {}
    for known, said in said_of(meeting, set(questions)).items():
        questions[known] += said
    tell_traces(context, withhold(workspace, record.meeting, questions))
    open_archive(workspace).close()


def _keep_private(context: Context, records: list[Record], *, meeting: str | None = None) -> None:
    append_private(context.workspace(), records, meeting=meeting)
    tell_exposed(context, close_private(context.workspace()))


def _no_longer_private(context: Context, record: Record) -> None:
    """A question that was taken up individually is everyone's again: its minutes hold its text."""
    kept = [one for one in read_private(context.workspace()) if one.meeting == record.meeting and one != record]
    _keep_private(context, kept, meeting=record.meeting)


def finish_published(context: Context, said: str, *, done: bool) -> int:
    """Say that a follow-up of a closed meeting is done, or no longer is."""
    closed = _closed(context)
    with in_turn(context.workspace()):
        record = _find(context, closed, said)
        if not KINDS[kind_of(record)].closable:
            raise Refused("no-follow-up", label=said)
        if record.private:
            finish_private(context.workspace(), record.meeting, record.number, done)
            tell_exposed(context, close_private(context.workspace()))
        else:
            _change(context, record, done=done)
            if not done:
                _untick(context, record)
    tr = context.tr
    told = tr("{number} is done", number=record.number) if done else tr("{number} is open again", number=record.number)
    context.say(f"{told} ({record.meeting})")
    return 0


def edit_published(context: Context, said: str, text: str | None) -> int:
    """Change an entry in the published minutes."""
    closed = _closed(context)
    meeting = _meeting(context, closed)
    with in_turn(context.workspace()):
        record = _find(context, closed, said)
        known, _ = _around(context, record)
        fields = checked_fields(meeting, edited_fields(context, text, known))
        if fields.offer is True and (record.kind != "need" or record.private):
            raise Refused("not-settled")
        if record.private:
            _keep_private(context, [replace(record, **given(fields))])
            context.say(context.tr("{number} changed", number=record.number))
            return 0
        fields = _as_shown(context, meeting, fields)
        _change(context, record, fields=fields)
    told = context.tr("{number} changed: {fields}", number=record.number, fields=fields_text(context.tr, fields))
    context.say(f"{told} ({record.meeting})")
    tell_unknown(context, fields, known)
    return 0


def _as_shown(context: Context, meeting: Meeting, fields: Fields) -> Fields:
    """The fields as the minutes may show them: who said it as the network wants that said."""
    if not isinstance(fields.by, str):
        return fields
    by = _signed(context, meeting, fields.by)
    if by is not None:
        return replace(fields, by=by)
    message = context.tr("The minutes do not say who it was: {name} was not written there.", name=fields.by)
    fields = replace(fields, by=UNSET)
    if fields == Fields():
        raise Failed(message)
    context.say(message)
    return fields


def _signed(context: Context, meeting: Meeting, name: str | None) -> str | None:
    """Who said it as the minutes show it; None where they do not."""
    if name is None:
        return None
    if meeting.setup is not None:
        return attributed(name, meeting.setup.choices.attribution, meeting.setup.members)
    network = settings(context)
    return attributed(name, network.choices.attribution, network.people())


def _closed(context: Context) -> str:
    """The closed meeting that is meant, all of it written: what is changed of one that is not would be lost."""
    closed = context.closed_meeting() or ""
    if context.values.at is not None:
        raise WrongValue(context.tr("The meeting is closed: --at no longer applies."))
    if context.has_journal(closed) and not context.workspace().marked_closed(closed):
        publish(context.session())
    return closed


def _meeting(context: Context, closed: str) -> Meeting:
    """The meeting by its journal; an empty one where that is not on this machine."""
    return context.session().meeting if context.has_journal(closed) else Meeting()


def _find(context: Context, closed: str, said: str) -> Record:
    asked = read_label(said)
    if asked and context.has_journal(closed):
        context.session().refuse_misheard(*asked)
    for record in past_records(context):
        if asked and record.meeting == closed and record.number and read_label(record.number) == asked:
            return record
    raise Refused("no-entry", label=said)


def _question(context: Context, closed: str, said: str) -> Record:
    record = _find(context, closed, said)
    if record.kind != "question":
        raise Refused("not-a-question", label=record.number)
    return record


def _change(context: Context, record: Record, **change: Any) -> None:  # noqa: ANN401  # those of change_item
    """Rewrite one item of the minutes; every other byte stays."""
    replace_text(context.workspace(), *_changed(context, record, **change))


def _changed(context: Context, record: Record, **change: Any) -> tuple[Path, str, str]:  # noqa: ANN401
    """The minutes, what they say, and what they would say with one item changed. Raises Unchangeable."""
    path = published_file(context.workspace(), record.meeting)
    number = read_label(record.number)
    text = read_text(context.workspace(), path) if path is not None else None
    if path is None or text is None or number is None:
        raise Failed(context.tr("There are no minutes of {name}.", name=record.meeting))
    spoken = translator(read_minutes(text).language)
    try:
        return path, text, change_item(text, label(*number), tr=spoken, **change)
    except LookupError:
        raise Refused("no-entry", label=record.number) from None


def _untick(context: Context, record: Record) -> None:
    """Empty the box of a follow-up in the newsletters: what is ticked there would be done again at once."""
    workspace, number = context.workspace(), read_label(record.number)
    for path in workspace.newsletter_files():
        try:
            text = read_text(workspace, path)
        except OSError as problem:  # nothing is ticked in what is not read, and it is said
            context.say_once(os_error_text(context.tr, problem))
            continue
        clean = untick(text, record.meeting, label(*number)) if text and number else text
        if text is not None and clean is not None and clean != text:
            replace_text(workspace, path, text, clean)


def _around(context: Context, record: Record) -> tuple[Around, Level | None]:
    """What words are understood against, and the level of the network.

    From the journal; where it is not on this machine, from the minutes.
    """
    if context.has_journal(record.meeting):
        meeting = context.session().meeting
        return around(meeting), meeting.opened.scale
    path = published_file(context.workspace(), record.meeting)
    front = read_minutes((read_text(context.workspace(), path) if path else None) or "").front
    if front is None:
        return Around(), None
    leading = tuple(name for name in (front.facilitator, front.scribe) if name)
    names = tuple(dict.fromkeys((*front.present, *front.late, *front.excused, *leading)))
    return Around(names), front.scale
