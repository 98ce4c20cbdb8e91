"""The entries of meetings, live and past, as records."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from facilitator.cli.context import Context, Failed, read_at, utc_now
from facilitator.core.entry import read_label
from facilitator.core.records import is_open, records
from facilitator.core.vocabulary import KINDS
from facilitator.meetings.past import open_archive
from facilitator.store.private import read_private

if TYPE_CHECKING:
    from facilitator.core.records import Record
    from facilitator.i18n import Translator
    from facilitator.store.archive import Archive, Notice, NoticeReason


def meeting_records(context: Context) -> list[Record]:
    """What one meeting holds, private entries included: from its journal while it lives, from its minutes after."""
    closed = context.closed_meeting()
    if closed is None:
        return records(context.session().meeting)
    found = [record for record in past_records(context) if record.meeting == closed]
    return sorted(found, key=_in_order)


def _in_order(record: Record) -> tuple[int, int]:
    """The order in which a meeting gives its entries: kind by kind, by their numbers; notes as they stand."""
    named = read_label(record.number)
    return (list(KINDS).index(named[0]), named[1]) if named else (len(KINDS), 0)


def open_records(context: Context) -> list[Record]:
    """Everything still open, over all meetings (or the one named), oldest first."""
    workspace = context.own_workspace()
    live = context.live()
    found = [record for record in past_records(context) if record.meeting not in live]
    for meeting_id in live:
        session = context.join(meeting_id, terminal=False)
        found += records(session.meeting)
        session.leave()
    asked = context.values.meeting
    if asked and asked not in {record.meeting for record in found} | set(workspace.opened()):
        raise Failed(context.tr("There is no meeting {name} here.", name=asked))
    chosen = [record for record in found if is_open(record) and asked in (None, record.meeting)]
    return sorted(chosen, key=lambda record: (record.meeting, record.at or ""))


def past_records(context: Context) -> list[Record]:
    """The entries of closed meetings: those of the minutes, with what letters brought to them, and those kept private."""
    from facilitator.cli.commands.letters import take_up_letters  # only here are letters read

    take_up_letters(context)
    workspace = context.workspace()
    archive = open_archive(workspace)
    tell_notices(context, archive)
    published = archive.records()
    archive.close()
    private = read_private(workspace)
    hidden = {(record.meeting, record.number) for record in private}
    return [record for record in published if (record.meeting, record.number) not in hidden] + private


def tell_notices(context: Context, archive: Archive) -> None:
    """Say what the archive has to say; what is missing in minutes once."""
    for notice in archive.notices:
        told = notice_text(context.tr, notice)
        if told:
            context.say_once(told)
    archive.told()


def notice_text(tr: Translator, notice: Notice) -> str | None:
    """What the archive has to say; None for what is nobody's concern."""
    name, detail = notice.path.name, notice.detail
    if notice.reason == "unreadable" and name.casefold().startswith("readme"):
        return None
    words: dict[NoticeReason, str] = {
        "rebuilt-broken": tr("The archive could not be read: it was put aside as {name} and made again.", name=detail),
        "rebuilt-empty": tr("The archive was made again from the minutes."),
        "rebuilt-version": tr("The archive was made again from the minutes."),
        "not-written": tr("The archive could not be written ({problem}); nothing is lost by that.", problem=detail),
        "conflict": tr("{name} holds conflict markers: it was left out.", name=name),
        "copy": tr("{name} is another text of the meeting {meeting}: it was left out.", name=name, meeting=detail),
        "unreadable": tr("{name} could not be read as minutes: it was left out.", name=name),
        "problem": tr("{path}: {problem}", path=name, problem=detail),
        "missing": tr("{path}: {labels}: published, and no longer there.", path=name, labels=detail),
    }
    return words.get(notice.reason)


def today(context: Context) -> datetime.date:
    """The day against which things are overdue: that of `--at`, else today."""
    now = utc_now().astimezone()
    if getattr(context.values, "at", None) is None:
        return now.date()
    return read_at(context.tr, context.values.at, now.tzinfo or datetime.UTC, now.date()).date()
