"""The day and the hour of an event as people say them, in French and English: `19/11 14h`, `mardi 24 à 14 h 30`, `2pm on 19 Nov`."""

from __future__ import annotations

import datetime
import re

from facilitator.core.dates import read_due
from facilitator.core.regex import regex
from facilitator.core.text import fold_case

_LONGEST = 80
_HOUR = (
    r"(?:(?:(?P<hour>[0-9]{1,2}) ?(?:h|heures?|hours?)(?: ?(?P<past>[0-9]{2}))?|(?P<clock>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::00)?)"
    r"(?: (?P<half>du matin|de l'apres-midi|du soir))?"
    r"|(?P<twelve>[0-9]{1,2})(?:[:.](?P<after>[0-9]{2}))? ?(?P<side>[ap])\.?m\.?"
    r"|(?P<noon>midi|noon|12 noon)(?: (?P<thirty>et demie?|30))?)"
)
# An hour ends what is said, or begins it; a range of hours is neither.
_LAST = regex(rf"(?P<day>.+?)(?:,? (?:(?:a|des|vers|at|from) )?|t){_HOUR}")
_FIRST = regex(rf"(?:(?:a|at) )?{_HOUR},? (?P<day>.+)")


def read_when(words: str, today: datetime.date, next_meeting: datetime.date | None = None) -> datetime.datetime | None:
    """The local day and hour that `words`, said on `today`, name; None when they do not name both.

    The day is read as `read_due` reads it. An hour is `14h`, `14 h 30`, `14:30`, `2pm`, `2:30 pm`, midi or noon.
    """
    said = " ".join(fold_case(words.replace("\u2019", "'")).split())
    if len(said) > _LONGEST:
        return None
    for shape in (_LAST, _FIRST):
        found = shape.fullmatch(said)
        day = read_due(found["day"], today, next_meeting) if found else None
        hour = _hour(found) if found else None
        if day is not None and hour is not None:
            return datetime.datetime.combine(day, hour)
    return None


def _hour(found: re.Match[str]) -> datetime.time | None:
    """The hour that was said; None for one that no clock shows."""
    if found["noon"]:
        return datetime.time(12, 30 if found["thirty"] else 0)
    if found["side"]:
        hour, minute = int(found["twelve"]), int(found["after"] or 0)
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["side"] == "p" else 0)
    else:
        hour, minute = int(found["hour"] or found["clock"]), int(found["past"] or found["minute"] or 0)
        if found["half"] and found["half"] != "du matin" and hour < 12:
            hour += 12
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else None
