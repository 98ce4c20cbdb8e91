"""What whoever stands in for the coordinator needs to know, gathered: dates, what is open, whom to ask. Nothing private."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from facilitator.core.carrying import left_open, still_open
from facilitator.core.cycle.brief import Brief
from facilitator.core.cycle.topics import same_theme
from facilitator.core.followups import follow_ups
from facilitator.meetings.cycle import directory_of, past_of, rhythm_of, turns_of
from facilitator.meetings.sequences import put_off

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facilitator.core.network import Network
    from facilitator.core.records import Record
    from facilitator.store.archive import Archive
    from facilitator.store.workspace import Workspace


def brief(  # noqa: PLR0913  # where, of whom, when
    workspace: Workspace,
    network: Network,
    archive: Archive,
    records: Sequence[Record],
    *,
    today: datetime.date,
    announced: datetime.date | None,
) -> Brief:
    """The page of a network; `records` are public ones, `announced` is the next meeting."""
    past, directory = past_of(archive), directory_of(network)
    opened = [one for one in still_open(records) if not one.private and one.text]
    calls = [one for one in follow_ups(records, today) if one.sort == "call"]
    aside = [one.record for one in left_open(records, on=today, today=today) if one.why == "aside"]
    left = [(meeting, row) for meeting, row, _ in put_off(workspace, archive)]
    themes: list[str] = []
    for theme in (theme for one in directory.everyone for theme in one.knows):
        if not any(same_theme(theme, known) for known in themes):
            themes.append(theme)
    return Brief(
        last=past[-1].meeting if past else None,
        rhythm=rhythm_of(workspace, network, past, year=today.year, today=today, announced=announced),
        questions=tuple(one for one in opened if one.kind == "question"),
        actions=tuple(
            sorted((one for one in opened if one.kind == "action"), key=lambda one: one.due or datetime.date.max)
        ),
        calls=tuple(sorted(calls, key=lambda one: one.deadline or datetime.date.max)),
        aside=tuple(aside),
        put_off=tuple(left),
        hosts=turns_of(network, past, records)["host"],
        knows=tuple((theme, directory.knowing(theme)) for theme in themes),
    )
