"""The page for whoever stands in for the coordinator, as Markdown: plain enough to be read in a terminal and printed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from facilitator.core.carrying import day_of
from facilitator.core.said import Origin
from facilitator.wording.carrying import origin_text
from facilitator.wording.following import taken_up_text
from facilitator.wording.people import person_line, reason_text
from facilitator.wording.times import date_text, month_text, short_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from facilitator.core.cycle.brief import Brief
    from facilitator.core.network import Network
    from facilitator.core.records import Record
    from facilitator.i18n import Translator

# One page: what is more is said to be more.
MOST = 8


def brief_text(  # noqa: PLR0913  # what stands on the page
    tr: Translator,
    brief: Brief,
    network: Network,
    *,
    today: datetime.date,
    next_day: datetime.date | None,
    next_place: str | None,
    next_start: str | None,
) -> str:
    """The page, ending without a newline."""
    title = tr(
        "{network}: to stand in, on {date}", network=network.name or tr("The network"), date=date_text(tr, today)
    )
    sections = (
        (tr("Dates"), _dates(tr, brief, next_day, next_place, next_start)),
        (tr("Questions that wait"), _listed(tr, brief.questions)),
        (tr("Who does what"), _listed(tr, brief.actions)),
        (tr("Calls that close"), _listed(tr, brief.calls)),
        (tr("Put off"), _put_off(tr, brief)),
        (tr("Whom to ask"), _whom(tr, brief, network)),
        (tr("Where"), _where(tr, brief, network)),
    )
    blocks = [f"# {title}"]
    blocks += ["\n".join([f"## {name}", "", *(f"- {line}" for line in lines)]) for name, lines in sections if lines]
    return "\n\n".join(blocks)


def _dates(tr: Translator, brief: Brief, day: datetime.date | None, place: str | None, start: str | None) -> list[str]:
    lines = []
    day = day or brief.rhythm.next_meeting
    if day is not None:
        parts = [tr("Next meeting: {date}", date=date_text(tr, day)), start, place]
        lines.append(", ".join(part for part in parts if part))
    else:
        lines.append(tr("No next meeting is announced."))
    if brief.rhythm.next_letter is not None:
        lines.append(tr("Next letter: {month}", month=month_text(tr, brief.rhythm.next_letter)))
    if place is None and brief.hosts:
        host = brief.hosts[0]
        lines.append(tr("May host: {who}", who=f"{host.member.name} ({reason_text(tr, host)})"))
    return lines


def _listed(tr: Translator, records: Sequence[Record]) -> list[str]:
    lines = [_line(tr, one) for one in records[:MOST]]
    left = len(records) - MOST
    return [*lines, tr.ntr("and {n} more", "and {n} more", left)] if left > 0 else lines


def _line(tr: Translator, record: Record) -> str:
    said = [" ".join(record.text.split()), *taken_up_text(tr, record)]
    if record.due:
        said.append(tr("by {date}", date=short_date(tr, record.due)))
    if record.deadline:
        said.append(tr("closes on {date}", date=short_date(tr, record.deadline)))
    said.append(origin_text(tr, Origin(record.meeting, record.number)))
    return " · ".join(said)


def _put_off(tr: Translator, brief: Brief) -> list[str]:
    lines = []
    for meeting, row in brief.put_off[:MOST]:
        day = day_of(meeting)
        lines.append(f"{' '.join(row.title.split())} · {short_date(tr, day) if day else meeting}")
    return lines + _listed(tr, brief.aside)


def _whom(tr: Translator, brief: Brief, network: Network) -> list[str]:
    lines = [
        f"#{theme} · {', '.join(person_line(tr, one) if len(people) == 1 else one.name for one in people)}"
        for theme, people in brief.knows[: 2 * MOST]
    ]
    if network.coordinator:
        lines.append(tr("Coordinates: {name}", name=network.coordinator))
    return lines


def _where(tr: Translator, brief: Brief, network: Network) -> list[str]:
    channels = network.channels
    lines = [f"minutes/{brief.last}.md"] if brief.last else []
    if channels.chat:
        lines.append(tr("Chat: {link}", link=channels.chat))
    if channels.mail:
        lines.append(tr("Mail: {address}", address=channels.mail))
    return lines
