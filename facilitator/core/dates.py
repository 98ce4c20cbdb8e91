"""Due dates as people say them, in French and English, from a given day on."""

from __future__ import annotations

import calendar
import datetime
import re

from facilitator.core.text import fold_case

_WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            ("lundi", "monday"),
            ("mardi", "tuesday"),
            ("mercredi", "wednesday"),
            ("jeudi", "thursday"),
            ("vendredi", "friday"),
            ("samedi", "saturday"),
            ("dimanche", "sunday"),
        )
    )
    for name in names
}
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            ("janvier", "january", "jan", "janv"),
            ("fevrier", "february", "feb", "fev"),
            ("mars", "march", "mar"),
            ("avril", "april", "apr", "avr"),
            ("mai", "may"),
            ("juin", "june", "jun"),
            ("juillet", "july", "jul", "juil"),
            ("aout", "august", "aug"),
            ("septembre", "september", "sep", "sept"),
            ("octobre", "october", "oct"),
            ("novembre", "november", "nov"),
            ("decembre", "december", "dec"),
        ),
        1,
    )
    for name in names
}
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\Z")
_SLASHED = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})(?:[/.]([0-9]{4}|[0-9]{2}))?\Z")
_NAMED = re.compile(r"([0-9]{1,2})(?:er|st|nd|rd|th)? ([a-z]+)\.?(?: ([0-9]{4}))?\Z")
_NAMED_MONTH_FIRST = re.compile(r"([a-z]+) ([0-9]{1,2})(?:st|nd|rd|th)?(?:,? ([0-9]{4}))?\Z")
_ARTICLE = re.compile(r"(?:le|la|les|l'|the|this|ce|cette|d'ici|on) ?")
_NEXT_MEETING = {"prochaine rencontre", "prochaine reunion", "prochaine fois", "next meeting", "next time"}
_END_OF_MONTH = {"fin du mois", "fin de mois", "fin de ce mois", "end of month", "end of the month", "month end"}
_END_OF_WEEK = {"fin de semaine", "fin de la semaine", "end of week", "end of the week"}


def read_due(words: str, today: datetime.date, next_meeting: datetime.date | None = None) -> datetime.date | None:
    """The day that `words` name, the next such day after `today` when the year is left out; None when they name none.

    Reads ISO, `10/12` (day first), `10 décembre`, `vendredi`, `demain`, `fin du mois`, `prochaine rencontre`.
    """
    said = fold_case(words.replace("\u2019", "'")).strip(" .,;:!")
    said = " ".join(said.split())
    said = _ARTICLE.sub("", said, count=1) if _ARTICLE.match(said) else said
    if said in _NEXT_MEETING:
        return next_meeting
    return _relative(said, today) or _dated(said, today)


def _relative(said: str, today: datetime.date) -> datetime.date | None:
    if said in ("demain", "tomorrow"):
        return _after(today, 1)
    if said in ("aujourd'hui", "today"):
        return today
    if said in _END_OF_MONTH:
        return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    if said in _END_OF_WEEK:
        return _next_weekday(today, 4)
    for pattern in (r"(\w+) prochain", r"next (\w+)", r"(\w+)"):
        found = re.fullmatch(pattern, said)
        if found and found[1] in _WEEKDAYS:
            return _next_weekday(today, _WEEKDAYS[found[1]])
    return None


def _next_weekday(today: datetime.date, weekday: int) -> datetime.date | None:
    return _after(today, (weekday - today.weekday() - 1) % 7 + 1)


def _after(today: datetime.date, days: int) -> datetime.date | None:
    """The day so many days later; None after the last one of the calendar."""
    try:
        return today + datetime.timedelta(days=days)
    except OverflowError:
        return None


def _dated(said: str, today: datetime.date) -> datetime.date | None:
    if found := _ISO.match(said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    first_word = said.split(" ", 1)
    if len(first_word) > 1 and first_word[0] in _WEEKDAYS:
        said = first_word[1]
    if found := _SLASHED.match(said):
        year = None if found[3] is None else int(found[3]) + (2000 if len(found[3]) == 2 else 0)
        return _coming(today, year, int(found[2]), int(found[1]))
    if found := _NAMED.match(said):
        month = _MONTHS.get(found[2])
        return _coming(today, int(found[3]) if found[3] else None, month, int(found[1])) if month else None
    if found := _NAMED_MONTH_FIRST.match(said):
        month = _MONTHS.get(found[1])
        return _coming(today, int(found[3]) if found[3] else None, month, int(found[2])) if month else None
    return None


def _coming(today: datetime.date, year: int | None, month: int, day: int) -> datetime.date | None:
    if year is not None:
        return _day(year, month, day)
    this_year = _day(today.year, month, day)
    if this_year is not None and this_year >= today:
        return this_year
    return _day(today.year + 1, month, day)


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
