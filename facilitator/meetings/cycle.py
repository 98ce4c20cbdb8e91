"""What a network has done so far, gathered for rhythm, rotation, needs and figures: of closed meetings and of letters, nothing private."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.carrying import day_of
from facilitator.core.cycle.calendar import Rhythm, month_of, read_day, rhythm
from facilitator.core.cycle.directory import Directory
from facilitator.core.cycle.past import MinutedMeeting
from facilitator.core.cycle.rotation import DUTIES, Duty, Proposal, rotation
from facilitator.documents.newsletter.reader import is_over
from facilitator.meetings.letters import read_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facilitator.core.agenda import Level
    from facilitator.core.network import Network, Pace
    from facilitator.core.records import Record
    from facilitator.store.archive import Archive
    from facilitator.store.workspace import Workspace


class LevelDay(Struct, frozen=True):
    """The next meeting of another level, as its stated rhythm has it."""

    level: Level
    day: datetime.date


def past_of(archive: Archive) -> tuple[MinutedMeeting, ...]:
    """The meetings that the archive holds, in the order of their days."""
    found = [
        MinutedMeeting(parsed.meeting, day, parsed.held, parsed.times)
        for _, parsed in archive.outlines()
        if parsed.meeting and (day := day_of(parsed.meeting) or parsed.held.day)
    ]
    return tuple(sorted(found, key=lambda past: (past.day, past.meeting)))


def directory_of(network: Network) -> Directory:
    """Who is who, as the settings say."""
    return Directory(network.people(), network.others())


def turns_of(
    network: Network, past: Sequence[MinutedMeeting], records: Sequence[Record]
) -> dict[Duty, tuple[Proposal, ...]]:
    """Who may do what next; the coordinator, who does enough, is not proposed."""
    besides = [network.coordinator] if network.coordinator else []
    directory = directory_of(network)
    return {duty: rotation(duty, past, records, directory, besides=besides) for duty in DUTIES}


def letters_out(workspace: Workspace, today: datetime.date) -> tuple[str, ...]:
    """The months whose letter is out: sent, or its month is past."""
    return tuple(sorted(month for month, text in read_letters(workspace).items() if is_over(text, today)))


def rhythm_of(  # noqa: PLR0913  # a network, a year, and the days that count
    workspace: Workspace,
    network: Network,
    past: Sequence[MinutedMeeting],
    *,
    year: int,
    today: datetime.date,
    announced: datetime.date | None = None,
) -> Rhythm:
    """What the rhythm of the network wants of the months of a year, and what became of it; `announced` is the next meeting.

    The next letter is the one that is being made, where one is, whatever the pattern wants.
    """
    pace = network.pace()
    wanted = rhythm(
        pace.pattern,
        read_day(pace.day) if pace.day else None,
        meetings=[one.day for one in past],
        letters=letters_out(workspace, today),
        first=f"{year}-01",
        last=f"{year}-12",
        today=today,
        stated=announced,
    )
    made = next((month for month, text in read_letters(workspace).items() if not is_over(text, today)), None)
    if made is None or (wanted.next_letter is not None and wanted.next_letter <= made):
        return wanted
    return replace(wanted, next_letter=made)


def other_levels(network: Network, today: datetime.date) -> tuple[LevelDay, ...]:
    """When the other levels whose rhythm is stated meet next; a pattern of theirs is counted from January."""
    levels = network.calendar.levels
    found = []
    for level in levels.__struct_fields__:
        pace: Pace = getattr(levels, level)
        rule = read_day(pace.day) if pace.day else None
        if level == network.scale or rule is None:
            continue
        month = month_of(today)
        wanted = rhythm(
            pace.pattern or ("meeting",),
            rule,
            meetings=(),
            letters=(),
            first=f"{today.year}-01",
            last=month,
            today=today,
        )
        if wanted.next_meeting is not None:
            found.append(LevelDay(level, wanted.next_meeting))  # type: ignore[arg-type]  # its fields are the levels
    return tuple(found)
