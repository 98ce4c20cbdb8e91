"""The next meeting, as minutes announce it under *En bref*, read back."""

from __future__ import annotations

import datetime
import re

from msgspec import Struct

from facilitator.core.regex import regex
from facilitator.documents.markdown.pen import read_words
from facilitator.documents.minutes import words
from facilitator.documents.minutes.reader import MinutesRead
from facilitator.documents.typography import unfold

_NEXT = regex(
    r"[*_]{0,3}(?:Prochaine (?:rencontre|réunion)|Next meeting)\s?:?[*_]{0,3}\s?:?\s+(?P<when>[^,]+)(?:,\s*(?P<place>.+))?\Z",
    re.IGNORECASE | re.DOTALL,
)
_HOUR = regex(r"\b(?P<hour>[01]?[0-9]|2[0-3])(?:\s?h(?:\s?(?P<minute>[0-5][0-9]))?|:(?P<colon>[0-5][0-9]))(?![0-9])")


class Following(Struct, frozen=True):
    """What minutes say of the next meeting: its day, when it begins (`09:30`), where it is held."""

    day: datetime.date | None = None
    start: str | None = None
    place: str | None = None


def following(read: MinutesRead) -> Following:
    """What minutes say of the next meeting; nothing of it where they do not."""
    for item in read.outline.items if read.outline else ():
        found = _NEXT.match(unfold(item.text))
        if found is None:
            continue
        when = read_words(found["when"])
        hour = _HOUR.search(when)
        start = f"{int(hour['hour']):02}:{hour['minute'] or hour['colon'] or '00'}" if hour else None
        place = " ".join(read_words(found["place"]).split()) if found["place"] else None
        return Following(words.read_full_date(when), start, place or None)
    return Following()
