"""Times, dates and lengths of time in words. Seconds and milliseconds UTC in, text out."""

from __future__ import annotations

import datetime

from facilitator.core.zone import zone_of
from facilitator.i18n import N_, Translator

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


def local(ms: int, zone: str | datetime.tzinfo) -> datetime.datetime:
    """The instant as an aware local time."""
    place = zone_of(zone) if isinstance(zone, str) else zone
    return datetime.datetime.fromtimestamp(ms / 1000, place)


def time_text(ms: int, zone: str | datetime.tzinfo) -> str:
    """The time of day: `11:44`."""
    return f"{local(ms, zone):%H:%M}"


def until_text(ms: int, zone: str | datetime.tzinfo) -> str:
    """The time of day until which something lasts, in whole minutes begun: at 11:44:59 it is `11:45`."""
    return time_text(-(-(ms // 1000) // 60) * 60_000, zone)  # what is left is told in whole seconds begun


def clock_text(seconds: int) -> str:
    """A clock without its sign: `12:19`, `1:02:03`."""
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def left_clock(left_s: int) -> str:
    """The time left: `12:19`; when it is negative, what is over: `+3:12`."""
    return f"+{clock_text(-left_s)}" if left_s < 0 else clock_text(left_s)


def minutes_text(tr: Translator, seconds: int) -> str:
    """A length of time in whole minutes, without its sign: `9 min`, `1 h`, `1 h 30`."""
    hours, minutes = divmod((abs(seconds) + 30) // 60, 60)
    if not hours:
        return tr("{minutes} min", minutes=minutes)
    if not minutes:
        return tr("{hours} h", hours=hours)
    return tr("{hours} h {minutes}", hours=hours, minutes=f"{minutes:02}")


# A meeting so far from its plan is held at another time, and neither late nor ahead.
FAR_S = 3 * 3600


def drift_text(tr: Translator, drift_s: int) -> str:
    """Against the plan, in whole minutes begun and ended: `retard 9 min`, `avance 2 min`, `à l'heure`."""
    if abs(drift_s) < 60:
        return tr("on time")
    length = minutes_text(tr, abs(drift_s) // 60 * 60)
    return tr("{length} late", length=length) if drift_s > 0 else tr("{length} ahead", length=length)


def date_text(tr: Translator, date: datetime.date) -> str:
    """A date in full: `mardi 24 novembre 2026`, `mardi 1er décembre 2026`."""
    return tr(
        "{weekday} {day} {month} {year}",
        weekday=tr(WEEKDAYS[date.weekday()]),
        day=_day(tr, date),
        month=tr(MONTHS[date.month - 1]),
        year=date.year,
    )


def short_date(tr: Translator, date: datetime.date, *, year: bool = False) -> str:
    """A date without its weekday: `10 décembre`, and its year when asked."""
    month = tr(MONTHS[date.month - 1])
    if year:
        return tr("{day} {month} {year}", day=_day(tr, date), month=month, year=date.year)
    return tr("{day} {month}", day=_day(tr, date), month=month)


def day_text(tr: Translator, date: datetime.date) -> str:
    """A date as short as it can be said: `4 déc.`."""
    months = tr.ptr("months in short, parted by spaces", "Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec")
    return tr("{day} {month}", day=_day(tr, date), month=months.split(" ")[date.month - 1])


def when_text(tr: Translator, when: datetime.datetime) -> str:
    """The local day and hour of an event: `19 novembre à 14 h 30`."""
    return tr("{date} at {hour}", date=short_date(tr, when), hour=hour_text(tr, f"{when:%H:%M}"))


def hour_text(tr: Translator, time: str) -> str:
    """A time of day written `09:30`: `9 h 30`, `9 h`."""
    hours, minutes = time.split(":")
    if int(minutes):
        return tr("{hours} h {minutes}", hours=int(hours), minutes=minutes)
    return tr("{hours} h", hours=int(hours))


def hours_text(tr: Translator, earliest: int | None, latest: int | None, zone: str) -> list[str]:
    """The hours of a step (milliseconds UTC), those it has: `à partir de 11:00`, `jusqu’à 11:40`."""
    coming = [tr("from {time}", time=time_text(earliest, zone))] if earliest is not None else []
    return coming + ([tr("until {time}", time=time_text(latest, zone))] if latest is not None else [])


def month_text(tr: Translator, month: str) -> str:
    """A month written `2026-12`: `décembre 2026`."""
    year, number = month.split("-")
    return tr("{month} {year}", month=tr(MONTHS[int(number) - 1]), year=year)


def _day(tr: Translator, date: datetime.date) -> str:
    return tr.ptr("first day of a month", "1") if date.day == 1 else str(date.day)
