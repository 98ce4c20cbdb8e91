"""The entries of meetings, live and past, as records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.cli.beside import tell_archive
from facilitator.cli.commands.letters import take_up_letters
from facilitator.cli.context import Context, Failed
from facilitator.core.carrying import still_open
from facilitator.core.entry import read_label
from facilitator.core.records import records
from facilitator.core.vocabulary import KINDS
from facilitator.meetings.past import open_archive
from facilitator.store.private import read_private

if TYPE_CHECKING:
    from facilitator.core.records import Record
    from facilitator.store.archive import Archive


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
    """Everything still open, over all meetings (or the one named), each thing once, oldest first."""
    workspace, found = context.own_workspace(), all_records(context)
    asked = context.values.meeting
    if asked and asked not in {record.meeting for record in found} | set(workspace.opened()):
        raise Failed(context.tr("There is no meeting {name} here.", name=asked))
    chosen = [record for record in still_open(found) if asked in (None, record.meeting)]
    return sorted(chosen, key=lambda record: (record.meeting, record.at or ""))


def all_records(context: Context) -> list[Record]:
    """The entries of all meetings: of those that go on from their journal, of the others from their minutes."""
    context.own_workspace()
    live = context.live()
    found = [record for record in past_records(context) if record.meeting not in live]
    for meeting_id in live:
        session = context.join(meeting_id, terminal=False)
        found += records(session.meeting)
        session.leave()
    return found


def past_records(context: Context) -> list[Record]:
    """The entries of closed meetings: those of the minutes, with what letters brought to them, and those kept private."""
    private = read_private(context.workspace())
    return public_records(context, hidden=private) + private


def public_records(context: Context, *, hidden: list[Record] | None = None) -> list[Record]:
    """The entries of closed meetings as the minutes have them, with what letters brought to them; nothing that is private now."""
    return public_of(context, past_archive(context), hidden=hidden)


def public_of(context: Context, archive: Archive, *, hidden: list[Record] | None = None) -> list[Record]:
    """The same of an archive that is up to date."""
    withheld = read_private(context.workspace()) if hidden is None else hidden
    names = {(record.meeting, record.number) for record in withheld}
    return [record for record in archive.records() if (record.meeting, record.number) not in names]


def past_archive(context: Context) -> Archive:
    """The archive, with what letters brought to the minutes; what it left out is told."""
    take_up_letters(context)
    archive = open_archive(context.workspace())
    tell_archive(context, archive)
    archive.close()
    return archive
