"""The rhythm of a network: what its pattern wants of each month, and what became of that.

A pattern is gone through month by month. Where it begins is not stated: of the ways to lay it over the months, the one that fits
most of what was held counts.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from msgspec import Struct

from facilitator.core.network import Beat
from facilitator.core.regex import regex
from facilitator.core.text import fold_case, one_line

# Of a month: what was wanted was there; what is to come; its day is past and the month is not; it never came; nothing was wanted, or
# it is before all that is known.
State = Literal["kept", "due", "late", "missed", "free"]

_LAST = -1
_YEAR = 12
_WEEKDAYS = (
    "lundi monday", "mardi tuesday", "mercredi wednesday", "jeudi thursday", "vendredi friday", "samedi saturday", "dimanche sunday",
)  # fmt: skip
_WEEKDAY = {word: day for day, words in enumerate(_WEEKDAYS) for word in words.split()}
_RANKS = {
    1: "1 1er 1ere premier premiere first 1st",
    2: "2 2e 2eme 2nd 2nde deuxieme second seconde",
    3: "3 3e 3eme 3rd troisieme third",
    4: "4 4e 4eme 4th quatrieme fourth",
    5: "5 5e 5eme 5th cinquieme fifth",
    _LAST: "dernier derniere last",
}
_RANK = {word: rank for rank, words in _RANKS.items() for word in words.split()}
# What may stand around it; "every second Tuesday" is every fortnight, which is no day of the month.
_AROUND = regex(r"^(?:on )?(?:le|the|chaque|each) | (?:du|(?:of|de) (?:the|each|every|chaque)) (?:mois|month)$")
_OF_MONTH = regex(r"(?P<day>[0-9]{1,2})(?:er|st|nd|rd|th)?")


class DayRule(Struct, frozen=True):
    """A day of the month: the `rank`th such `weekday` (0 is Monday; -1 the last), or the day of that number."""

    rank: int
    weekday: int | None = None

    def of(self, year: int, month: int) -> datetime.date | None:
        """That day of a month; None in a month that has none."""
        first, length = calendar.monthrange(year, month)
        if self.weekday is None:
            return datetime.date(year, month, self.rank) if self.rank <= length else None
        days = range(1 + (self.weekday - first) % 7, length + 1, 7)
        if self.rank > len(days):
            return None
        return datetime.date(year, month, days[_LAST if self.rank == _LAST else self.rank - 1])


def read_day(words: str) -> DayRule | None:
    """The day of the month that `2e mardi`, `second Tuesday of the month`, `dernier jeudi` or `le 15` say; None for none."""
    said = _AROUND.sub("", one_line(fold_case(words).replace(".", " "))).split()
    if len(said) == 2 and said[0] in _RANK and said[1].removesuffix("s") in _WEEKDAY:
        return DayRule(_RANK[said[0]], _WEEKDAY[said[1].removesuffix("s")])
    if len(said) == 1 and (found := _OF_MONTH.fullmatch(said[0])) and 1 <= int(found["day"]) <= 31:
        return DayRule(int(found["day"]))
    return None


def next_after(pattern: Sequence[Beat], rule: DayRule | None, met: datetime.date) -> datetime.date | None:
    """The day of the meeting that follows one held on the day `met`, where the pattern alone says it, without a look at the past.

    None where it says no day, or where it depends on which of the pattern's meetings that one was.
    """
    meets = [beat in ("meeting", "both") for beat in pattern]
    gaps = {
        next(gap for gap in range(1, len(meets) + 1) if meets[(place + gap) % len(meets)])
        for place, there in enumerate(meets)
        if there
    }
    if rule is None or len(gaps) != 1:
        return None
    return rule.of(*_numbers(_named(_count(month_of(met)) + gaps.pop())))


class Month(Struct, frozen=True):
    """A month: what the pattern wants of it, the day of its meeting, the meetings held, whether its letter is there, and the state."""

    month: str
    beat: Beat
    day: datetime.date | None
    meetings: tuple[datetime.date, ...]
    letter: bool
    state: State


class Rhythm(Struct, frozen=True):
    """The months in their order; the next meeting and the month of the next letter that the pattern wants, None for none."""

    months: tuple[Month, ...]
    next_meeting: datetime.date | None
    next_letter: str | None

    def kept(self) -> tuple[int, int]:
        """How many months kept what was wanted of them, of how many that are over or kept it already."""
        over = [month for month in self.months if month.state in ("kept", "missed")]
        return sum(month.state == "kept" for month in over), len(over)


def rhythm(  # noqa: PLR0913  # a pattern, a day, what was held, and the months that are looked at
    pattern: Sequence[Beat],
    rule: DayRule | None,
    *,
    meetings: Collection[datetime.date],
    letters: Collection[str],
    first: str,
    last: str,
    today: datetime.date,
    stated: datetime.date | None = None,
) -> Rhythm:
    """The rhythm of the months from `first` to `last` (`2026-01`), as it stands `today`.

    `letters` are the months of those that are out; `stated` is the day of the next meeting where that is known;
    one that is past, or on which people met already, is not believed.
    """
    held: dict[str, list[datetime.date]] = {}
    for met in sorted(meetings):
        held.setdefault(month_of(met), []).append(met)
    start = _phase(pattern, first, last, held, letters, today)
    january, now = f"{today.year:04}-01", month_of(today)
    began = min((*held, *letters, now))  # before it nothing is known, so nothing was missed
    stated = stated if stated is not None and stated >= today and stated not in meetings else None
    found = []
    for month in months(first, last):
        beat = _beat(pattern, start, month)
        there = tuple(held.get(month, ()))
        day = (rule.of(*_numbers(month)) if rule else None) if beat in ("meeting", "both") else None
        day = stated if stated is not None and month_of(stated) == month else day
        known = month >= began
        state = _state(beat, there, day, month, today, letter=month in letters) if known else "free"
        found.append(Month(month, beat, day, there, month in letters, state))
    return Rhythm(
        tuple(found),
        *_next(pattern, rule, _phase(pattern, january, now, held, letters, today), held, letters, today, stated),
    )


def months(first: str, last: str) -> Iterable[str]:
    """The months from one to another, `2026-01` to `2026-12`."""
    return map(_named, range(_count(first), _count(last) + 1))


def month_of(day: datetime.date) -> str:
    """The month of a day: `2026-12`."""
    return f"{day.year:04}-{day.month:02}"


def _numbers(month: str) -> tuple[int, int]:
    return int(month[:4]), int(month[5:])


def _count(month: str) -> int:
    year, number = _numbers(month)
    return year * 12 + number - 1


def _named(count: int) -> str:
    return f"{count // 12:04}-{count % 12 + 1:02}"


def _beat(pattern: Sequence[Beat], start: int, month: str) -> Beat:
    return pattern[(_count(month) - start) % len(pattern)] if pattern else "nothing"


def _phase(  # noqa: PLR0913
    pattern: Sequence[Beat],
    first: str,
    last: str,
    held: Collection[str],
    letters: Collection[str],
    today: datetime.date,
) -> int:
    """A month that the pattern begins with, as a count of months: of those there may be, the first that fits best.

    What is looked at are the months asked for that have begun, and as many before them as make a year.
    """
    end = min(_count(last), _count(month_of(today)))
    begin = min(_count(first), end - _YEAR + 1)
    known = list(months(_named(begin), _named(end)))
    if not any(month in held or month in letters for month in known):
        return _count(first)
    starts = range(begin, begin + max(1, len(pattern)))

    def fits(start: int) -> int:
        beats = [(month, _beat(pattern, start, month)) for month in known]
        met = sum((month in held) == (beat in ("meeting", "both")) for month, beat in beats)
        return 2 * met + sum((month in letters) == (beat in ("newsletter", "both")) for month, beat in beats)

    return max(starts, key=fits)


def _state(  # noqa: PLR0913
    beat: Beat,
    there: tuple[datetime.date, ...],
    day: datetime.date | None,
    month: str,
    today: datetime.date,
    *,
    letter: bool,
) -> State:
    if beat == "nothing":
        return "free"
    met = bool(there) or beat == "newsletter"
    if met and (letter or beat == "meeting"):
        return "kept"
    now = month_of(today)
    if month < now:
        return "missed"
    return "late" if month == now and not met and day is not None and day < today else "due"


def _next(  # noqa: PLR0913
    pattern: Sequence[Beat],
    rule: DayRule | None,
    start: int,
    held: Collection[str],
    letters: Collection[str],
    today: datetime.date,
    stated: datetime.date | None,
) -> tuple[datetime.date | None, str | None]:
    now = _count(month_of(today))
    ahead = [_named(count) for count in range(now, now + 2 * len(pattern) + 1)]
    meeting = stated
    if meeting is None and rule is not None:
        days = (rule.of(*_numbers(month)) for month in ahead if _beat(pattern, start, month) in ("meeting", "both"))
        meeting = next((day for day in days if day is not None and day >= today and month_of(day) not in held), None)
    letter = (
        month for month in ahead if _beat(pattern, start, month) in ("newsletter", "both") and month not in letters
    )
    return meeting, next(letter, None)
