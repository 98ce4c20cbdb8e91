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

from facilitator.core.regex import regex
from facilitator.core.text import fold_case

# A text may be a page: its day is looked for within so many characters of its end.
DAY_WITHIN = 80
# A day without a year that has just gone is past: nobody means the one eleven months from now.
_LATELY = datetime.timedelta(days=31)

_WEEKDAYS = (
    "lundi monday mon",
    "mardi tuesday tue tues",
    "mercredi wednesday wed weds",
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
_ORDINALS = (
    "premier first",
    "deuxieme second",
    "troisieme third",
    "quatrieme fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
_MEANINGS = {
    "by": "pour avant by before for at",
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
    "this": "ce cet cette this current",
    "next": "prochain prochaine prochains prochaines next",
    "coming": "coming",
    "during": "courant course during",
    "start": "debut start beginning early",
    "mid": "mi milieu mid middle",
    "end": "fin end late",
    "hour": "h heure heures hour hours hrs",
    "jour": "j jour jours",
    "day": "journee day days",
    "week": "semaine semaines sem week weeks wk wks",
    "month": "mois month months",
    "year": "an ans annee annees year years",
    "fortnight": "quinzaine fortnight",
    "octave": "huitaine",
    "decade": "dizaine",
    "trimestre": "trimestre",
    "quarter": "quarter",
    "half": "matin matinee midi aprem soir soiree morning noon lunchtime afternoon evening night",
    "now": "now",
    "today": "today tonight",
    "tomorrow": "demain tomorrow",
    "after": "apres after",
    "close": "eod eob cob",
    "eow": "eow",
    "eom": "eom",
    "eoy": "eoy",
    "meeting": "rencontre reunion seance fois meeting session",
    "time": "time",
    "": "ci meme sometime later",
    **{f"o{place}": names for place, names in enumerate(_ORDINALS, 1)},
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
    "18": "eighteen",
    "20": "vingt twenty",
    "30": "trente thirty",
    "40": "quarante forty",
    "60": "soixante sixty",
}
_ABBREVIATED = {short for names in _MONTHS for short in names.split()[2:]} | {"sem"}
_LEXICON = {word: meaning for meaning, words in _MEANINGS.items() for word in words.split()}
# What is said in several words, or with signs, before it is looked up word by word.
_SPELT = (
    (r"->|\u2192", " by "),
    (r"\b(?:au plus tard|pas plus tard que|dernier delai|sans faute|inclus|max(?:imum)?)\b", "by"),
    (r"\b(?:not? later than|(?:at the (?:very )?)?latest|on or before|in time for|due(?: by| on)?)\b", "by"),
    (r"\baujourd'hui\b", "today"),
    (r"\bd'ici\b", "dici"),
    (r"\bun delai d(?:e |')", ""),
    (r"\b(?:the )?week's end\b", "eow"),
    (r"\b([dl])'", r"\1 "),
    (r"(?<=[a-z])'s?(?= |$)", ""),
    (r"(?<=[a-z0-9])(?:[.,](?= )|\.$)", ""),
    (r"\b(?:(?:la|the) )?(?:fin de (?:la )?journee|end of (?:the )?day|(?:close|end) of (?:business|play))\b", "eod"),
    (r"\b(?:the )?end of (?=(?:today|tomorrow|[a-z]+day)\b)", "eod "),
    (r"\b(?:first thing|a la premiere heure)\b", ""),
    (r"\b(?:(?:le )?dernier jour|(?:on )?(?:the )?last day)\b", "end"),
    (r"\b(?:annee civile|calendar year)\b", "year"),
    (r"\ben cours\b", "current"),
    (r"\bau cours\b", "course"),
    (r"\bapres[ -]midi\b", "aprem"),
    (r"\b(?:qui vient|qui viennent|a venir)\b", "prochain"),
    (r"\b(?:a )?couple of\b", "2"),
    (r"\bsept(?= (?:jours|semaines|mois|ans|prochain))", "7"),
    (r"(?<=[0-9] )mar\b", "mars"),  # before the number it is a Tuesday in one language, March in the other
    (r"\b([0-9]{1,3})(h|hrs|j)\b", r"\1 \2"),
    (r"(?<=[0-9]) / (?=[0-9])", "/"),
)
_ISO = regex(r"([12][0-9]{3})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_SLASHED = regex(r"([0-9]{1,2})(?:er)?/([0-9]{1,2})(?:/([12][0-9]{3}|[0-9]{2}))?")
_DOTTED = regex(r"([0-9]{1,2})([.-])([0-9]{1,2})\2([12][0-9]{3})|([0-9]{2})\.([0-9]{2})\.([0-9]{2})")
_COMPOUND = regex(r"[1-6]0 [2-9]")  # vingt-quatre, forty-eight; deux-trois are two or three
_NUMBER = regex(r"([0-9]{1,4})(?:(er|st|nd|rd|th)|(eme|e))?")
_TRIMESTRE = regex(r"t([1-4])")

# What may begin a day at the end of a sentence; the last ones are part of what is said. A half and 24/7 are no days there.
_BEGINS = regex(
    r"(?:->|\u2192)|(?:pour|for|avant|(?:due )?by|due(?! le\b)(?: on)?|(?:on or )?before|au plus tard|pas plus tard que|at the latest"
    r"|not? later than|in time for|d['\u2019]ici|dans|sous|in|within)(?=\s)(?!\s+(?:1/[234]|2/3|3/4|7/7|24/7)\.?\Z)",
    re.IGNORECASE,
)
# In how many words a day is said after that: `la fin du mois de décembre 2026`.
_MOST_WORDS = 7
_ENDS = regex(r"\s(?:au plus tard|at the latest|dernier d[\u00e9e]lai)\Z", re.IGNORECASE)
_WORD = regex(r"(?<!\S)\S")
# What stands before a day that is then none by which: it is joined to another, counted from, or nothing is to be done before it.
_JOINED = regex(r"\b(?:et|ou|puis|mais|pas|que|sauf|meme|seulement|and|or|then|but|not|than|except|even|only)\Z")
_COUNTED = "|".join(word for word, meaning in _LEXICON.items() if meaning.isdigit())
_COUNTED_FROM = regex(
    rf"\b(?:(?:[0-9]+|{_COUNTED}|une?|an?(?! jour)|one|quelques|few) ?(?:h|j|min|minutes?|heures?|jours?|semaines?|mois|hours?|days?"
    r"|weeks?|fortnight|months?)|(?<!de )(?:le jour|la semaine|le mois)|(?<!of )the (?:day|week|month)"
    r"|juste|peu|jamais|rien|just|right|well|soon|shortly|never|nothing)\Z"
)
_NOTHING = regex(
    r"(?:\A|[@:,]\S{0,80} )(?:ne |n['\u2019]|pas |rien |aucune? |do not |don['\u2019]t |never |no |nothing |not )(?!(?:pas )?oublier|forget)"
)


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
    shaped = _shaped(spoken)
    return shaped[1](_said(shaped[0], today)) if shaped else None


def due_at_end(text: str, today: datetime.date, next_meeting: datetime.date | None = None) -> Due | None:
    """The words with which a text says, at its very end, by when; None when there are none, or the day is past."""
    stop = text.endswith(".") and fold_case(re.split(r"[\s-]", text[-DAY_WITHIN:-1])[-1]) not in _ABBREVIATED
    end = len(text) - stop
    late = _ENDS.search(text, max(0, end - 20), end)
    bare: list[int] = []
    for word in _WORD.finditer(text, max(0, end - DAY_WITHIN), end):
        start = word.start()
        begins = _BEGINS.match(text, start)
        day = read_due(text[start:end], today, next_meeting) if late or begins else None
        if day is None:
            bare.append(start)
        elif day < today or (begins and _is_told(fold_case(text[:start]), fold_case(begins[0]))):
            return None
        elif any(_shaped(_spoken(text[longer:end]) or "") for longer in bare):
            return None  # `lundi dans la journée` is not today, nor is a past day
        else:
            return Due(start, end, day)
    return None


def _is_told(before: str, begins: str) -> bool:
    """Whether a day that so begins, after such words, is told, and not one by which something is due."""
    if begins in ("avant", "before") and (_COUNTED_FROM.search(before) or _NOTHING.search(before)):
        return True
    return _JOINED.search(before) is not None


def due_within(text: str, today: datetime.date, next_meeting: datetime.date | None = None) -> bool:
    """Whether the end of a text says in its midst by when: what is due at two days is two things."""
    text = text[-2 * DAY_WITHIN :]
    for begun in _BEGINS.finditer(text):
        words = text[begun.start() : begun.start() + DAY_WITHIN].split()[: 1 + _MOST_WORDS]
        said = (" ".join(words[:count]).rstrip(",;:.!?)") for count in range(len(words), 1, -1))
        if any(read_due(one, today, next_meeting) is not None for one in said):
            return True
    return False


def ends_with_day(text: str) -> bool:
    """Whether the last words of a text name a day, past or to come, so that an arrow after it leads from that one: `du 10/12 -> 17/12`."""
    *before, last = fold_case(text[-DAY_WITHIN:]).split()[-2:] or [""]
    if any(shape.fullmatch(last) for shape in (_ISO, _SLASHED, _DOTTED)):
        return True
    if _NUMBER.fullmatch(last):
        return bool(before) and before[0] in ("du", "le", "from", "the")
    return re.fullmatch("[dsm][0-9]+", _LEXICON.get(last, "")) is not None


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
        said_parts = [part for part in parts if part]
        meanings += [str(sum(map(int, said_parts)))] if _COMPOUND.fullmatch(" ".join(said_parts)) else said_parts
    return "".join(f"{meaning} " for meaning in meanings)


def _shaped(spoken: str) -> tuple[re.Match[str], Callable[[_Said], datetime.date | None]] | None:
    """What was said as the first shape that it has, and how that one is read."""
    for shape, reader in _SHAPES:
        if found := _shape(shape).fullmatch(spoken):
            return found, reader
    return None


def _numbers(word: str) -> str | None:
    """A date in figures as its day, month and year are said; a number as it is, an ordinal with its mark."""
    if found := _ISO.fullmatch(word):
        return f"{int(found[3])} m{int(found[2])} {found[1]}"
    if found := _SLASHED.fullmatch(word):
        year = "" if found[3] is None else f" {found[3]:0>4}" if len(found[3]) == 4 else f" 20{found[3]}"
        return f"{int(found[1])} m{int(found[2])}{year}"
    if found := _DOTTED.fullmatch(word):
        day, month, year = (found[1], found[3], found[4]) if found[4] else (found[5], found[6], f"20{found[7]}")
        return f"{int(day)} m{int(month)} {year}"
    if found := _TRIMESTRE.fullmatch(word):
        return f"{found[1]}th trimestre"
    if found := _NUMBER.fullmatch(word):
        return f"{int(found[1])}th" if found[2] else f"o{int(found[1])}" if found[3] else found[1]
    return None


_NAMED = {
    "WEEKDAY": r"d(?P<weekday>[0-6])",
    "SHORT": r"[ds](?P<weekday>[0-6])",
    "DAY": r"(?P<day>[0-9]{1,2})(?:th)?",
    "FIRST": r"o?(?P<day>[0-9]{1,2})(?:th)?",
    "PLACE": r"o?(?P<count>[1-4])(?:th)?",
    "DAYTH": r"(?P<day>[0-9]{1,2})th",
    "MONTH": r"m(?P<month>[0-9]{1,2})",
    "YEAR": r"(?P<year>[12][0-9]{3})",
    "COUNT": r"(?P<count>[0-9]{1,3}|a)",
    "UNIT": r"(?P<unit>hour|jour|day|week|month|year|fortnight)",
    "ABOUT": r"(?P<unit>fortnight|octave|decade)",
    "PART": r"(?P<part>start|mid|end)",
    "PERIOD": r"(?P<period>week|month|quarter|trimestre|year)",
    "WHOLE": r"(?P<period>week|month)",
    "NEXT": r"(?P<next>next)",
}


@cache
def _shape(shape: str) -> re.Pattern[str]:
    """The pattern of a shape: words separated by spaces, `a|b` one of them, a name of `_NAMED` alone, `?` after what may be missing.

    All may begin with the word that says it is a due date, and end with one; before that, either may say what part of the day.
    """
    pattern = r"(?:(?:by|dici) ){0,2}(?:a |en )?(?:close |half |in la day of )?"
    for word in shape.split():
        one = word.removesuffix("?")
        pattern += f"(?:(?:{_NAMED.get(one, one)}) ){'?' if word.endswith('?') else ''}"
    return re.compile(pattern + r"(?:(?:by |le )?half |(?:by |en )?close |in (?:la|the) (?:day|half) )?(?:by )?")


def _said(found: re.Match[str], today: datetime.date) -> _Said:
    given = {name: value for name, value in found.groupdict().items() if value is not None}
    numbers = {name: int(value) for name, value in given.items() if value.isdigit()}
    words = {name: value for name, value in given.items() if name in ("unit", "part", "period")}
    return _Said(today, **words, **numbers, next="next" in given)  # type: ignore[arg-type]  # by their groups


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
    days = said.count * {"week": 7, "fortnight": 14, "octave": 7, "decade": 10}.get(said.unit, 1)
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


def _from_tomorrow(said: _Said) -> datetime.date | None:
    """So long after tomorrow."""
    tomorrow = _after(said.today, 1)
    return None if tomorrow is None else _span(_Said(tomorrow, count=said.count, unit=said.unit))


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


def _end_of_trimestre(said: _Said) -> datetime.date | None:
    """The end of a quarter that is numbered; Q1 is none, as many years of accounts begin in April where English is spoken."""
    return _part_of_month(_Said(said.today, month=said.count * 3, year=said.year))


def _part_of_period(said: _Said) -> datetime.date | None:
    """The beginning, the middle or the end of this or the next week or month; of a quarter and a year, the end alone."""
    if said.period == "week":
        weekday = {"start": 0, "mid": 2, "end": 4}[said.part]
        return _of_week(_Said(said.today, weekday=weekday, next=said.next))
    day: datetime.date | None = None
    if said.period == "month":
        year, month = divmod(said.today.year * 12 + said.today.month - 1 + (1 if said.next else 0), 12)
        day = _part(said.part, year, month + 1)
    elif said.part == "end" and said.period == "year":
        day = _day(said.today.year + (1 if said.next else 0), 12, 31)
    elif said.part == "end":
        year, quarter = divmod(said.today.year * 4 + (said.today.month - 1) // 3 + (1 if said.next else 0), 4)
        day = _part("end", year, quarter * 3 + 3)
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
    ("today|close", _in_days(0)),
    ("this half", _in_days(0)),
    ("in la|the day", _in_days(0)),
    ("tomorrow", _in_days(1)),
    ("the? day? after tomorrow", _in_days(2)),
    ("in|dici a? les|the|la? next|coming? COUNT next? UNIT next|time?", _span),
    ("in|dici a? les|the|la? next? a? ABOUT of? jour?", _span),
    ("COUNT UNIT from? today|now", _span),
    ("COUNT UNIT from? tomorrow", _from_tomorrow),
    ("tomorrow (?P<unit>week)", _from_tomorrow),
    ("on? WEEKDAY", _coming),
    ("this|the? coming WEEKDAY", _coming),
    ("le|the next WEEKDAY", _coming),
    ("WEEKDAY next", _coming_not_tomorrow),
    ("this WEEKDAY", _this),
    ("next WEEKDAY", _following),
    ("WEEKDAY en COUNT", _later),
    ("WEEKDAY (?P<unit>week)", _later),
    ("COUNT UNIT from|on|this WEEKDAY", _later),
    ("on|le? WEEKDAY of? this (?P<period>week)", _of_week),
    ("on|le|the? WEEKDAY of? la|the? (?P<period>week) NEXT", _of_week),
    ("on|le|the? WEEKDAY of? the? NEXT (?P<period>week)", _of_week),
    ("NEXT (?P<period>week) on? WEEKDAY", _of_week),
    ("on|le|the|this? SHORT? le|the? FIRST of? MONTH next? of? YEAR?", _dated),
    ("on|the? SHORT? MONTH the? FIRST of? YEAR?", _dated),
    ("on|le|the|this? SHORT le|the? DAY", _numbered),
    ("le DAY", _numbered),
    ("on? the? DAYTH", _numbered),
    ("le|the FIRST of this? month NEXT?", _numbered_of_month),
    ("the FIRST of the? NEXT month", _numbered_of_month),
    ("the DAY of the month", _numbered_of_month),
    ("in? le|la|the? PART of|in? MONTH next? of? YEAR?", _part_of_month),
    ("le|la|the? PART of month of MONTH YEAR?", _part_of_month),
    ("le|la|the? PART of? le|la|the? this? PERIOD this? NEXT?", _part_of_period),
    ("le|la|the? PART of? the? NEXT PERIOD", _part_of_period),
    ("the|this? (?P<period>month|quarter|year) (?P<part>end)", _part_of_period),
    ("la|the? end of? la|the? year? YEAR", lambda said: _day(said.year, 12, 31)),
    ("la? end of? PLACE trimestre of? YEAR?", _end_of_trimestre),
    ("eow", lambda said: _part_of_period(_Said(said.today, period="week"))),
    ("eom", lambda said: _part_of_period(_Said(said.today, period="month"))),
    ("eoy", lambda said: _part_of_period(_Said(said.today, period="year"))),
    ("le|la|the? WHOLE NEXT", _part_of_period),
    ("le|la|the? NEXT WHOLE", _part_of_period),
    ("this WHOLE", _part_of_period),
    ("in? le|the? during of? la|the? (?P<period>week) NEXT", _part_of_period),
    ("in? le|the? during of? la|the? NEXT (?P<period>week)", _part_of_period),
)
