"""Changes after the close: the one entry that is meant, in the Markdown, or among what is private."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import UNSET
from msgspec.structs import replace

from facilitator.commands.archived import MAX_DOCUMENT, past_records, published_file
from facilitator.commands.capture import read_date, tell_unknown
from facilitator.commands.context import Around, Context, Failed, WrongValue, around
from facilitator.commands.outcomes import edited_fields
from facilitator.core.act import Fields
from facilitator.core.entry import label, read_label
from facilitator.core.refusal import Refused
from facilitator.core.rules_entries import given
from facilitator.documents.change import change_item
from facilitator.documents.minutes_reader import read_minutes
from facilitator.i18n import translator
from facilitator.store.atomic import read_file, write_atomically
from facilitator.store.private import append_private, finish_private, read_private
from facilitator.wording import fields_text, outcome_name

if TYPE_CHECKING:
    from pathlib import Path

    from facilitator.core.agenda import Level
    from facilitator.core.entry import Outcome
    from facilitator.core.record import Record


def answer_published(context: Context, said: str, text: str, link: str | None) -> int:
    """Answer a question in the published minutes."""
    record = _question(context, said)
    if not text:
        raise Refused("empty-text")
    if record.private:
        append_private(context.workspace(), [replace(record, answer=text, answer_link=link, done=True)])
    else:
        _change(context, record, answer=(text, link))
    context.say(
        context.tr("{number} answered, in the minutes of {meeting}.", number=record.number, meeting=record.meeting)
    )
    return 0


def send_published(context: Context, said: str, where: Outcome, owner: str | None, due: str | None) -> int:
    """Send a question somewhere else, in the published minutes."""
    record = _question(context, said)
    known, scale = _around(context, record)
    name = context.name(owner, known) if owner else None
    day = read_date(context, "--due", due, known)
    if where == "individual" and not record.private:
        append_private(context.workspace(), [replace(record, outcome="individual", private=True)])
    shown = Fields(text=record.text, by=record.by, theme=record.theme) if record.private else None
    _change(context, record, outcome=where, owner=name, due=None if day is UNSET else day, fields=shown)
    if record.private and where != "individual":
        _no_longer_private(context, record)
    told = context.tr("{number} → {outcome}", number=record.number, outcome=outcome_name(context.tr, where, scale))
    context.say(f"{told} ({record.meeting})")
    return 0


def _no_longer_private(context: Context, record: Record) -> None:
    """A question that was taken up individually is everyone's again: its minutes hold its text."""
    kept = [one for one in read_private(context.workspace()) if one.meeting == record.meeting and one != record]
    append_private(context.workspace(), kept, meeting=record.meeting)


def finish_published(context: Context, said: str, *, done: bool) -> int:
    """Say that a follow-up of a closed meeting is done, or no longer is."""
    record = _find(context, said)
    if record.kind not in ("question", "need", "action"):
        raise Refused("no-follow-up", label=said)
    if record.private:
        finish_private(context.workspace(), record.meeting, record.number, done)
    else:
        _change(context, record, done=done)
    tr = context.tr
    told = tr("{number} is done", number=record.number) if done else tr("{number} is open again", number=record.number)
    context.say(f"{told} ({record.meeting})")
    return 0


def edit_published(context: Context, said: str, text: str | None) -> int:
    """Change an entry in the published minutes."""
    record = _find(context, said)
    known, _ = _around(context, record)
    fields = edited_fields(context, text, known)
    if record.private:
        append_private(context.workspace(), [replace(record, **given(fields))])
        context.say(context.tr("{number} changed", number=record.number))
        return 0
    _change(context, record, fields=fields)
    told = context.tr("{number} changed: {fields}", number=record.number, fields=fields_text(context.tr, fields))
    context.say(f"{told} ({record.meeting})")
    tell_unknown(context, fields, known)
    return 0


def _find(context: Context, said: str) -> Record:
    closed = context.closed_meeting()
    named = read_label(said)
    if context.values.at is not None:
        raise WrongValue(context.tr("The meeting is closed: --at no longer applies."))
    for record in past_records(context):
        if named and record.meeting == closed and record.number and read_label(record.number) == named:
            return record
    raise Refused("no-entry", label=said)


def _question(context: Context, said: str) -> Record:
    record = _find(context, said)
    if record.kind != "question":
        raise Refused("not-a-question", label=record.number)
    return record


def _change(context: Context, record: Record, **change: Any) -> None:  # noqa: ANN401  # those of change_item
    """Rewrite one item of the minutes; every other byte stays."""
    workspace = context.workspace()
    path = published_file(workspace, record.meeting)
    named = read_label(record.number)
    if path is None or named is None:
        raise Failed(context.tr("There are no minutes of {name}.", name=record.meeting))
    text = _read(path)
    spoken = translator(read_minutes(text).language)
    try:
        changed = change_item(text, label(*named), tr=spoken, **change)
    except LookupError:
        raise Refused("no-entry", label=record.number) from None
    write_atomically(path, changed.encode("utf-8", errors="surrogateescape"), inside=workspace.root)


def _read(path: Path) -> str:
    return read_file(path, limit=MAX_DOCUMENT).decode("utf-8", errors="surrogateescape")


def _around(context: Context, record: Record) -> tuple[Around, Level | None]:
    """What words are understood against, and the level of the network.

    From the journal; where it is not on this machine, from the minutes.
    """
    if context.has_journal(record.meeting):
        meeting = context.session().meeting
        return around(meeting), meeting.opened.scale
    path = published_file(context.workspace(), record.meeting)
    front = read_minutes(_read(path)).front if path else None
    if front is None:
        return Around(), None
    leading = tuple(name for name in (front.facilitator, front.scribe) if name)
    names = tuple(dict.fromkeys((*front.present, *front.late, *front.excused, *leading)))
    return Around(names, front.date), front.scale
