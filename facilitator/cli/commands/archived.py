"""The entries of meetings, live and past, as records."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from facilitator.cli.beside import tell_archive
from facilitator.cli.commands.letters import take_up_letters
from facilitator.cli.context import Context, Failed
from facilitator.core.carrying import without_private
from facilitator.core.entry import read_label
from facilitator.core.followups import FollowUp, follow_ups
from facilitator.core.records import records
from facilitator.core.vocabulary import KINDS
from facilitator.meetings.past import archive_of, minutes_of
from facilitator.store.private import read_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from facilitator.core.cycle.directory import Directory
    from facilitator.core.records import Record
    from facilitator.store.archive import Archive


def meeting_records(context: Context) -> list[Record]:
    """What one meeting holds, private entries included: from its journal while it lives, from its minutes after."""
    closed = context.closed_meeting()
    if closed is None:
        return records(context.session().meeting)
    found = _past(context, lambda archive: archive.records(closed), closed)
    return sorted(found, key=_in_order)


def _in_order(record: Record) -> tuple[int, int]:
    """The order in which a meeting gives its entries: kind by kind, by their numbers; notes as they stand."""
    named = read_label(record.number)
    return (list(KINDS).index(named[0]), named[1]) if named else (len(KINDS), 0)


def open_follow_ups(context: Context) -> list[FollowUp]:
    """Everything still open, over all meetings (or the one named), each thing once, oldest first."""
    workspace, found, asked = context.own_workspace(), living_records(context), context.values.meeting
    if asked and asked not in {record.meeting for record in found} | set(workspace.opened()) | set(
        minutes_of(workspace)
    ):
        raise Failed(context.tr("There is no meeting {name} here.", name=asked))
    return [one for one in follow_ups(found, context.today()) if asked in (None, one.meeting)]


def living_records(context: Context) -> list[Record]:
    """The entries of all meetings from which something may still come, and what is one thing with them.

    Those of meetings that go on come from their journal, those of the others from their minutes.
    """
    return _everywhere(context, lambda archive: archive.living())


def all_records(context: Context) -> list[Record]:
    """The entries of all meetings, from journals and minutes in the same way."""
    return _everywhere(context, lambda archive: archive.records())


def _everywhere(context: Context, ask: Callable[[Archive], list[Record]]) -> list[Record]:
    context.own_workspace()
    live = context.live()
    found = [record for record in _past(context, ask) if record.meeting not in live]
    for meeting_id in live:
        session = context.join(meeting_id, terminal=False)
        found += records(session.meeting)
        session.leave()
    return _as_called_today(context, found)


def public_records(context: Context) -> list[Record]:
    """The entries of closed meetings as the minutes have them, with what letters brought to them; nothing that is private now."""
    with past_archive(context) as archive:
        return public_of(context, archive)


def public_of(context: Context, archive: Archive) -> list[Record]:
    """The same of an archive that is up to date."""
    shown = without_private(archive.records(), read_private(context.workspace()))
    return _as_called_today(context, shown)


def _as_called_today(context: Context, found: list[Record]) -> list[Record]:
    """The records under the names that people have today."""
    directory = renamed_people(context)
    return found if directory is None else [directory.called(record) for record in found]


def renamed_people(context: Context) -> Directory | None:
    """Who is who, where the settings say that somebody had another name; they are read for that only where they may."""
    from facilitator.cli.commands.opening import checked_settings
    from facilitator.documents.problem import Problems
    from facilitator.meetings.cycle import directory_of

    try:
        data = context.workspace().config_bytes()
        network = checked_settings(context) if data is not None and b"was" in data else None
    except (OSError, Problems):  # whoever needs them tells that
        return None
    directory = directory_of(network) if network is not None else None
    return directory if directory is not None and any(one.was for one in directory.everyone) else None


@contextmanager
def past_archive(context: Context) -> Iterator[Archive]:
    """The archive, with what letters brought to the minutes; what it left out is told."""
    take_up_letters(context)
    with archive_of(context.workspace()) as archive:
        tell_archive(context, archive)
        yield archive


def _past(context: Context, ask: Callable[[Archive], list[Record]], meeting: str | None = None) -> list[Record]:
    """Entries of closed meetings: those of the minutes, with what letters brought to them, and those kept private (of one meeting)."""
    with past_archive(context) as archive:
        published = ask(archive)
    private = [record for record in read_private(context.workspace()) if meeting in (None, record.meeting)]
    return _shown(published, private) + private


def _shown(published: list[Record], private: list[Record]) -> list[Record]:
    """What the minutes hold without what is private by now."""
    hidden = {(record.meeting, record.number) for record in private}
    return [record for record in published if (record.meeting, record.number) not in hidden]
