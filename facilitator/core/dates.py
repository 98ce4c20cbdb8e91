"""Days as people say them, in French and English, counted from the day they are said.

One grammar for both languages. Each word becomes what it means (`fin` and `end` are `end`, `mars` and `march` are `m3`), and what
was said is then one of a few dozen shapes. A word that is not known, a shape that is none, a day that does not exist or that
people understand differently name no day: better none than a wrong one.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable
from functools import cache

from msgspec import Struct

from facilitator.core.text import fold_case

# A text may be a page: its day is looked for within so many characters of its end.
DAY_WITHIN = 80
# A day without a year that has just gone is past: nobody means the one eleven months from now.
_LATELY = datetime.timedelta(days=31)

_WEEKDAYS = (
    "lundi monday mon",
    "mardi tuesday tue tues",
    "mercredi wednesday wed",
    "jeudi thursday thu thur thurs",
    "vendredi friday fri",
    "samedi saturday",
    "dimanche sunday",
)
# These are other words too (the sea, a game, somebody's name): they say a day of the week only beside a date.
_SHORT_WEEKDAYS = {0: "lun", 2: "mer", 3: "jeu", 4: "ven", 5: "sam sat", 6: "dim sun"}
_MONTHS = (
    "janvier january janv jan",
    "fevrier february fevr fev feb",
    "mars march",
    "avril april avr apr",
    "mai may",
    "juin june jun",
    "juillet july juil jul",
    "aout august aug",
    "septembre september sept sep",
    "octobre october oct",
    "novembre november nov",
    "decembre december dec",
)
_MEANINGS = {
    "by": "pour avant by before for",
    "dici": "dici",
    "in": "dans sous in within",
    "on": "on",
    "from": "from",
    "en": "en",
    "a": "a un une one",
    "le": "le au",
    "the": "the",
    "la": "la l notre our",
    "les": "les",
    "of": "de du d of",
    "this": "ce cet cette this",
    "next": "prochain prochaine prochains prochaines next",
    "coming": "coming",
    "during": "courant course",
    "start": "debut start beginning early",
    "mid": "mi milieu mid middle",
    "end": "fin end late",
    "hour": "h heure heures hour hours",
    "jour": "j jour jours",
    "day": "journee day days",
    "week": "semaine semaines week weeks",
    "month": "mois month months",
    "year": "an ans annee annees year years",
    "fortnight": "quinzaine fortnight",
    "octave": "huitaine",
    "half": "matin matinee aprem soir soiree morning afternoon evening night",
    "now": "now",
    "today": "today tonight",
    "tomorrow": "demain tomorrow",
    "after": "apres after",
    "close": "eod eob cob",
    "eow": "eow",
    "eom": "eom",
    "meeting": "rencontre reunion seance fois meeting",
    "time": "time",
    "first": "premier first",
    "": "ci",
    **{f"d{day}": names for day, names in enumerate(_WEEKDAYS)},
    **{f"s{day}": names for day, names in _SHORT_WEEKDAYS.items()},
    **{f"m{month}": names for month, names in enumerate(_MONTHS, 1)},
    "2": "deux two",
    "3": "trois three",
    "4": "quatre four",
    "5": "cinq five",
    "6": "six",
    "7": "seven",
    "8": "huit eight",
    "9": "neuf nine",
    "10": "dix ten",
    "11": "onze eleven",
    "12": "douze twelve",
    "14": "quatorze fourteen",
    "15": "quinze fifteen",
    "20": "vingt twenty",
    "30": "trente thirty",
}
_ABBREVIATED = {short for names in _MONTHS for short in names.split()[2:]}
_LEXICON = {word: meaning for meaning, words in _MEANINGS.items() for word in words.split()}
# What is said in several words, or with signs, before it is looked up word by word.
_SPELT = (
    (r"->|\u2192", " by "),
    (r"\b(?:au plus tard|dernier delai|no later than|at the latest)\b", "by"),
    (r"\bdue by\b", "by"),
    (r"\baujourd'hui\b", "today"),
    (r"\bd'ici\b", "dici"),
    (r"\b([dl])'", r"\1 "),
    (r"(?<=[a-z])'s?(?= |$)", ""),
    (r"(?<=[a-z0-9])(?:[.,](?= )|\.$)", ""),
    (r"\b(?:fin de (?:la )?journee|end of (?:the )?day|(?:close|end) of business)\b", "eod"),
    (r"\bapres[ -]midi\b", "aprem"),
    (r"\bqui vient\b", "prochain"),
    (r"\ba couple of\b", "2"),
    (r"\bsept(?= (?:jours|semaines|mois|ans|prochain))", "7"),
    (r"(?<=[0-9] )mar\b", "mars"),  # before the number it is a Tuesday in one language, March in the other
    (r"\b([0-9]{1,3})(h|j)\b", r"\1 \2"),
)
_ISO = re.compile(r"([12][0-9]{3})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_SLASHED = re.compile(r"([0-9]{1,2})(?:er)?/([0-9]{1,2})(?:/([12][0-9]{3}|[0-9]{2}))?")
_DOTTED = re.compile(r"([0-9]{1,2})([.-])([0-9]{1,2})\2([12][0-9]{3})")
_NUMBER = re.compile(r"([0-9]{1,4})(er|st|nd|rd|th)?")

# What may begin a day at the end of a sentence; the last ones are part of what is said.
_BEGINS = re.compile(
    r"(?:->|\u2192)|(?:pour|for|avant|(?:due )?by|before|au plus tard|no later than|d['\u2019]ici|dans|sous|in|within)(?=\s)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"\s(?:au plus tard|at the latest|dernier d[\u00e9e]lai)\Z", re.IGNORECASE)
_WORD = re.compile(r"(?<!\S)\S")


class Due(Struct, frozen=True):
    """By when something is due, and where in a text that is said: `end` leaves out the full stop of a sentence."""

    start: int
    end: int
    day: datetime.date


class _Said(Struct, frozen=True):
    """What was said and when: the parts that its shape names."""

    today: datetime.date
    weekday: int | None = None
    day: int = 0
    month: int = 0
    year: int = 0
    count: int = 1
    unit: str = ""
    part: str = "end"
    period: str = ""
    next: bool = False


def read_due(words: str, today: datetime.date, next_meeting: datetime.date | None = None) -> datetime.date | None:
    """The day that `words`, said on `today`, name; None when they name none, or the next meeting and that is not known.

    Without a year it is the next such day, `today` included; with one it may be past. `vendredi` is never `today`. The beginning,
    the middle and the end of a month are its 5th, its 15th and its last day; those of a week its Monday, Wednesday and Friday;
    next week and next month are their ends. Quinze jours are 14 days, huit jours 7.
    """
    spoken = _spoken(words)
    if spoken is None:
        return None
    if _shape("la|le|the? next meeting|time").fullmatch(spoken) or _shape("la|the? meeting next").fullmatch(spoken):
        return next_meeting if next_meeting is not None and next_meeting > today else None
    for shape, reader in _SHAPES:
        if found := _shape(shape).fullmatch(spoken):
            return reader(_said(found, today))
    return None


def due_at_end(text: str, today: datetime.date, next_meeting: datetime.date | None = None) -> Due | None:
    """The words with which a text says, at its very end, by when; None when there are none, or the day is past."""
    stop = text.endswith(".") and fold_case(text[-DAY_WITHIN:].rsplit(maxsplit=1)[-1][:-1]) not in _ABBREVIATED
    end = len(text) - stop
    late = _ENDS.search(text, max(0, end - 20), end)
    for word in _WORD.finditer(text, max(0, end - DAY_WITHIN), end):
        if late or _BEGINS.match(text, word.start()):
            day = read_due(text[word.start() : end], today, next_meeting)
            if day is not None and day >= today:
                return Due(word.start(), end, day)
    return None


def _spoken(words: str) -> str | None:
    """What each word means, with a space after it; None when one means nothing here."""
    if len(words) > 2 * DAY_WITHIN:
        return None
    said = " ".join(fold_case(words.replace("\u2019", "'")).split())
    for pattern, instead in _SPELT:
        said = re.sub(pattern, instead, said)
    meanings: list[str] = []
    for word in said.split():
        numbers = _numbers(word)
        parts = [numbers] if numbers else [_LEXICON.get(part) for part in word.split("-")]
        if None in parts:
            return None
        meanings += filter(None, parts)
    return "".join(f"{meaning} " for meaning in meanings)


def _numbers(word: str) -> str | None:
    """A date in figures as its day, month and year are said; a number as it is, an ordinal with its mark."""
    if found := _ISO.fullmatch(word):
        return f"{int(found[3])} m{int(found[2])} {found[1]}"
    if found := _SLASHED.fullmatch(word):
        year = "" if found[3] is None else f" {found[3]:0>4}" if len(found[3]) == 4 else f" 20{found[3]}"
        return f"{int(found[1])} m{int(found[2])}{year}"
    if found := _DOTTED.fullmatch(word):
        return f"{int(found[1])} m{int(found[3])} {found[4]}"
    if found := _NUMBER.fullmatch(word):
        return f"{int(found[1])}th" if found[2] else found[1]
    return None


_NAMED = {
    "WEEKDAY": r"d(?P<weekday>[0-6])",
    "SHORT": r"[ds](?P<weekday>[0-6])",
    "DAY": r"(?P<day>[0-9]{1,2})(?:th)?",
    "FIRST": r"(?P<day>[0-9]{1,2}|first)(?:th)?",
    "DAYTH": r"(?P<day>[0-9]{1,2})th",
    "MONTH": r"m(?P<month>[0-9]{1,2})",
    "YEAR": r"(?P<year>[12][0-9]{3})",
    "COUNT": r"(?P<count>[0-9]{1,3}|a)",
    "UNIT": r"(?P<unit>hour|jour|day|week|month|year)",
    "ABOUT": r"(?P<unit>fortnight|octave)",
    "PART": r"(?P<part>start|mid|end)",
    "PERIOD": r"(?P<period>week|month|year)",
    "WHOLE": r"(?P<period>week|month)",
    "NEXT": r"(?P<next>next)",
}


@cache
def _shape(shape: str) -> re.Pattern[str]:
    """The pattern of a shape: words separated by spaces, `a|b` one of them, a name of `_NAMED` alone, `?` after what may be missing.

    All may begin with the word that says it is a due date, and end with one.
    """
    pattern = r"(?:(?:by|dici) ){0,2}(?:a |en )?"
    for word in shape.split():
        one = word.removesuffix("?")
        pattern += f"(?:(?:{_NAMED.get(one, one)}) ){'?' if word.endswith('?') else ''}"
    return re.compile(pattern + r"(?:by )?")


def _said(found: re.Match[str], today: datetime.date) -> _Said:
    given = {name: value for name, value in found.groupdict().items() if value is not None}
    numbers = {name: int(value) for name, value in given.items() if value.isdigit()}
    words = {name: value for name, value in given.items() if name in ("unit", "part", "period")}
    ones = {name: 1 for name, value in given.items() if value == "first"}
    return _Said(today, **words, **numbers, **ones, next="next" in given)  # type: ignore[arg-type]  # by their groups


def _in_days(days: int) -> Callable[[_Said], datetime.date | None]:
    return lambda said: _after(said.today, days)


def _span(said: _Said) -> datetime.date | None:
    """So much time after a day; people who say fifteen days, in French, mean two weeks."""
    if said.count == 0:
        return None
    if said.unit in ("month", "year"):
        return _months_after(said.today, said.count * (12 if said.unit == "year" else 1))
    if said.unit == "hour":
        return _after(said.today, said.count // 24) if said.count % 24 == 0 else None
    days = said.count * {"week": 7, "fortnight": 14, "octave": 7}.get(said.unit, 1)
    return _after(said.today, {8: 7, 15: 14}.get(days, days) if said.unit == "jour" else days)


def _coming(said: _Said) -> datetime.date | None:
    """The first such day of the week after today."""
    return _after(said.today, (_weekday(said) - said.today.weekday() - 1) % 7 + 1)


def _coming_not_tomorrow(said: _Said) -> datetime.date | None:
    """`vendredi prochain`; on a Thursday it is hardly tomorrow."""
    day = _coming(said)
    return day if day != _after(said.today, 1) else None


def _this(said: _Said) -> datetime.date | None:
    """The first such day of the week, today included."""
    return _after(said.today, (_weekday(said) - said.today.weekday()) % 7)


def _following(said: _Said) -> datetime.date | None:
    """`next Friday`: the coming one when it is also next week's; else people mean either."""
    return _coming(said) if _weekday(said) <= said.today.weekday() else None


def _later(said: _Said) -> datetime.date | None:
    """So long after the coming such day of the week; on that day itself people mean either."""
    first = _coming(said)
    if first is None or _weekday(said) == said.today.weekday():
        return None
    unit = "jour" if said.unit == "" else said.unit
    return _span(_Said(first, count=said.count, unit=unit))


def _of_week(said: _Said) -> datetime.date | None:
    """That day of this week, or of the next one."""
    day = _after(said.today, _weekday(said) - said.today.weekday() + (7 if said.next else 0))
    return day if day is not None and day >= said.today else None


def _weekday(said: _Said) -> int:
    return said.weekday or 0


def _dated(said: _Said) -> datetime.date | None:
    """A day of a month, of the year that was said, else the coming one; the day of the week, if said, must be its own."""
    day = _day(said.year, said.month, said.day) if said.year else _coming_date(said.today, said.month, said.day)
    return day if day is None or said.weekday in (None, day.weekday()) else None


def _numbered(said: _Said) -> datetime.date | None:
    """The coming day of that number, which must be the day of the week that was said; said of today alone it may be either."""
    for months in range(3):
        year, month = divmod(said.today.year * 12 + said.today.month - 1 + months, 12)
        day = _day(year, month + 1, said.day)
        if day is not None and day >= said.today:
            if said.weekday is None:
                return day if day != said.today else None
            return day if day.weekday() == said.weekday else None
    return None


def _numbered_of_month(said: _Said) -> datetime.date | None:
    """That day of this month, or of the next one."""
    year, month = divmod(said.today.year * 12 + said.today.month - 1 + (1 if said.next else 0), 12)
    day = _day(year, month + 1, said.day)
    return day if day is not None and day >= said.today else None


def _part_of_month(said: _Said) -> datetime.date | None:
    """The 5th, the 15th or the last of a month that is named."""
    if said.year:
        return _part(said.part, said.year, said.month)
    for year in (said.today.year - 1, said.today.year, said.today.year + 1):
        day = _part(said.part, year, said.month)
        if day is not None and said.today - day <= _LATELY:
            return day if day >= said.today else None
    return None


def _part_of_period(said: _Said) -> datetime.date | None:
    """The beginning, the middle or the end of this or the next week, month or year; of a year, its end alone."""
    if said.period == "week":
        weekday = {"start": 0, "mid": 2, "end": 4}[said.part]
        return _of_week(_Said(said.today, weekday=weekday, next=said.next))
    day: datetime.date | None = None
    if said.period == "month":
        year, month = divmod(said.today.year * 12 + said.today.month - 1 + (1 if said.next else 0), 12)
        day = _part(said.part, year, month + 1)
    elif said.part == "end":
        day = _day(said.today.year + (1 if said.next else 0), 12, 31)
    return day if day is not None and day >= said.today else None


def _part(part: str, year: int, month: int) -> datetime.date | None:
    return _day(year, month, {"start": 5, "mid": 15}.get(part) or calendar.monthrange(year, month)[1])


def _coming_date(today: datetime.date, month: int, day: int) -> datetime.date | None:
    """The coming one; None where that is next year's because this year's has just gone."""
    for year in (today.year - 1, today.year):
        last = _day(year, month, day)
        if last is not None and datetime.timedelta(0) < today - last <= _LATELY:
            return None
    this_year = _day(today.year, month, day)
    return this_year if this_year is not None and this_year >= today else _day(today.year + 1, month, day)


def _months_after(today: datetime.date, months: int) -> datetime.date | None:
    """The same day so many months later, or the last day of a month that is shorter."""
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    last = _part("end", year, month + 1)
    return last.replace(day=min(today.day, last.day)) if last is not None else None


def _after(today: datetime.date, days: int) -> datetime.date | None:
    """The day so many days later; None after the last one of the calendar."""
    try:
        return today + datetime.timedelta(days=days)
    except OverflowError:
        return None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


_SHAPES: tuple[tuple[str, Callable[[_Said], datetime.date | None]], ...] = (
    ("the? today|close", _in_days(0)),
    ("this half", _in_days(0)),
    ("in la|the day", _in_days(0)),
    ("close? tomorrow half?", _in_days(1)),
    ("the? day? after tomorrow half?", _in_days(2)),
    ("in|dici a? les|the|la? next? COUNT next? UNIT time?", _span),
    ("in|dici a? les|the|la? next? a? ABOUT of? jour?", _span),
    ("COUNT UNIT from today|now", _span),
    ("close? on|le|the? WEEKDAY half?", _coming),
    ("this|the? coming WEEKDAY", _coming),
    ("le|the next WEEKDAY", _coming),
    ("WEEKDAY next half?", _coming_not_tomorrow),
    ("this WEEKDAY half?", _this),
    ("next WEEKDAY half?", _following),
    ("WEEKDAY en COUNT", _later),
    ("WEEKDAY (?P<unit>week)", _later),
    ("COUNT UNIT from|on WEEKDAY", _later),
    ("on|le? WEEKDAY of? this (?P<period>week)", _of_week),
    ("on|le? WEEKDAY of? la|the? (?P<period>week) NEXT", _of_week),
    ("on|le? WEEKDAY of? the? NEXT (?P<period>week)", _of_week),
    ("NEXT (?P<period>week) on? WEEKDAY", _of_week),
    ("on|le|the? SHORT? le|the? FIRST of? MONTH next? of? YEAR?", _dated),
    ("on|the? SHORT? MONTH the? FIRST of? YEAR?", _dated),
    ("on|le|the? SHORT le|the? DAY", _numbered),
    ("le DAY", _numbered),
    ("on|the? DAYTH", _numbered),
    ("le|the DAY of this? month NEXT?", _numbered_of_month),
    ("the DAY of the? NEXT month", _numbered_of_month),
    ("the DAY of the month", _numbered_of_month),
    ("la|the? PART of? MONTH next? of? YEAR?", _part_of_month),
    ("la|the? PART of month of MONTH YEAR?", _part_of_month),
    ("la|the? PART of? le|la|the|this? PERIOD NEXT?", _part_of_period),
    ("la|the? PART of? the? NEXT PERIOD", _part_of_period),
    ("the|this? (?P<period>month|year) (?P<part>end)", _part_of_period),
    ("la|the? end of? YEAR", lambda said: _day(said.year, 12, 31)),
    ("eow", lambda said: _part_of_period(_Said(said.today, period="week"))),
    ("eom", lambda said: _part_of_period(_Said(said.today, period="month"))),
    ("le|la|the? WHOLE NEXT", _part_of_period),
    ("le|la|the? NEXT WHOLE", _part_of_period),
    ("this WHOLE", _part_of_period),
    ("in? le|the? during of? la|the? (?P<period>week) NEXT", _part_of_period),
    ("in? le|the? during of? la|the? NEXT (?P<period>week)", _part_of_period),
)
