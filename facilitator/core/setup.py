"""The frozen setup of a meeting, made of its agenda and its network on the day it is held."""

from __future__ import annotations

import datetime

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.agenda import Agenda, Level, Step
from facilitator.core.cycle.calendar import next_after, read_day
from facilitator.core.instant import Moment
from facilitator.core.network import Calendar, Channels, Choices, Language, Member, Network
from facilitator.core.since import Since
from facilitator.core.text import fold_case, slug
from facilitator.core.zone import zone_of


class Setup(Struct, frozen=True, omit_defaults=True):
    """Everything the meeting rests on, frozen by its first act.

    `day` is the local day, `planned_start` and `promised_end` instants in milliseconds UTC or None,
    `zone` an IANA name, `language` that of the documents.
    """

    agenda: Agenda
    day: datetime.date
    zone: str
    language: Language
    planned_start: Moment | None = None
    promised_end: Moment | None = None
    members: tuple[Member, ...] = ()
    partners: tuple[Member, ...] = ()
    network: str | None = None
    scale: Level | None = None
    coordinator: str | None = None
    channels: Channels = Channels()
    calendar: Calendar = Calendar()
    choices: Choices = Choices()
    licence: str | None = None
    since: Since = Since()


def setup_of(  # noqa: PLR0913  # what a meeting rests on
    agenda: Agenda,
    network: Network,
    *,
    day: datetime.date,
    zone: str,
    language: Language,
    since: Since = Since(),  # noqa: B008  # it is frozen
) -> Setup:
    """Everything the meeting rests on; `since` is what became of what earlier ones left.

    Times of day become instants of that `day` in `zone`; an end before the start is on the day after.
    """
    start = _instant(day, agenda.start, zone)
    end = _instant(day, agenda.end, zone)
    if start is not None and end is not None and end <= start:
        end = _instant(day + datetime.timedelta(days=1), agenda.end, zone)
    return Setup(
        agenda=agenda,
        day=day,
        zone=zone,
        language=agenda.language or network.language or language,
        planned_start=start,
        promised_end=end,
        members=members_of(agenda, network),
        partners=network.others(),
        network=network.name,
        scale=network.scale,
        coordinator=network.coordinator or agenda.facilitator,
        channels=network.channels,
        calendar=_calendar(network, day),
        choices=network.choices,
        licence=network.licence,
        since=since.on(day),
    )


def _calendar(network: Network, day: datetime.date) -> Calendar:
    """The calendar as a meeting of that `day` may believe it.

    A next meeting that is not after the day was that of an earlier one, and with it its place and hour: the network's rhythm says the
    day then, or nothing does.
    """
    calendar, pace = network.calendar, network.pace()
    if calendar.next_meeting is None or calendar.next_meeting > day:
        return calendar
    usual = next_after(pace.pattern, read_day(pace.day) if pace.day else None, day)
    return replace(calendar, next_meeting=usual, next_place=None, next_start=None)


def hours(setup: Setup, step: Step) -> tuple[Moment | None, Moment | None]:
    """Before when a step does not begin and by when it is over, in milliseconds UTC; None where it has no hours."""
    return _hour(setup, step.not_before), _hour(setup, step.not_after)


def _hour(setup: Setup, time: str | None) -> Moment | None:
    """The instant of an hour of the meeting: in one that goes past midnight, an hour before its start is of the day after."""
    at, start = _instant(setup.day, time, setup.zone), setup.planned_start
    if at is None or start is None or at >= start:
        return at
    end = setup.promised_end if setup.promised_end is not None else start + setup.agenda.planned_s * 1000
    after = setup.day + datetime.timedelta(days=1)
    midnight = _instant(after, "00:00", setup.zone)
    return _instant(after, time, setup.zone) if midnight is not None and end > midnight else at


def meeting_slug(agenda: Agenda) -> str:
    """What the files of the meeting are named by, after the day: the agenda's slug, else its title."""
    return agenda.slug or slug(agenda.title)


def newsletter_month(day: datetime.date) -> str:
    """The month of the newsletter that a meeting feeds: the one after, as `2026-12`."""
    year, month = divmod(day.year * 12 + day.month, 12)
    return f"{year:04}-{month + 1:02}"


def members_of(agenda: Agenda, network: Network) -> tuple[Member, ...]:
    """Who may come: whom the agenda names, as the network knows them, else all its members."""
    people = network.people()
    if not agenda.members:
        return people
    known = {fold_case(name): member for member in reversed(people) for name in member.was}
    known |= {fold_case(member.name): member for member in people}
    return tuple(dict.fromkeys(known.get(fold_case(name), Member(name)) for name in agenda.members))


def _instant(day: datetime.date, time: str | None, zone: str) -> int | None:
    """Milliseconds UTC of a time of day; one that the change of clocks leaves out is read as if it had not changed."""
    if time is None:
        return None
    hour, minute = (int(part) for part in time.split(":"))
    local = datetime.datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone_of(zone))
    return int(local.timestamp()) * 1000
