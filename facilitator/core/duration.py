"""Lengths of time as people write them."""

from __future__ import annotations

import re

_READS = re.compile(
    r"(?:(?P<hours>[0-9]{1,3}) ?(?:h|hours?|heures?)(?: ?(?P<rest>[0-9]{1,2})(?: ?(?:m|min|minutes?))?)?"
    r"|(?P<minutes>[0-9]{1,4})(?: ?(?:m|min|mn|minutes?))?)\Z",
    re.IGNORECASE,
)


def read_duration(text: str) -> int | None:
    """Seconds in `20`, `20m`, `1h`, `1h30`, `1 h 30`, `90 min`; None when it is none of these."""
    found = _READS.match(text.strip().replace("\u00a0", " ").replace("\u202f", " "))
    if not found:
        return None
    if found["minutes"] is not None:
        return int(found["minutes"]) * 60
    return int(found["hours"]) * 3600 + int(found["rest"] or 0) * 60


def write_duration(seconds: int) -> str:
    """The shortest way to write whole minutes in an agenda: `20m`, `1h`, `1h30`."""
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return f"{minutes}m"
    return f"{hours}h{minutes:02}" if minutes else f"{hours}h"
