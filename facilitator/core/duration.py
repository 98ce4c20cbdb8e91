"""Lengths of time as people write them."""

from __future__ import annotations

import re

from facilitator.core.regex import regex

_READS = regex(
    r"(?:(?P<hours>[0-9]{1,3}) ?(?:h|hours?|heures?)(?: ?(?P<rest>[0-9]{1,2})(?: ?(?:m|min|minutes?))?)?"
    r"|(?P<minutes>[0-9]{1,4})(?: ?(?:m|min|mn|minutes?))?)"
    r"(?:(?<=[a-z]) ?(?P<seconds>[0-9]{1,2}) ?(?:s|sec|secs|seconds?|secondes?))?\Z",
    re.IGNORECASE,
)


def read_duration(text: str) -> int | None:
    """Seconds in `20`, `20m`, `1h`, `1h30`, `1 h 30`, `90 min`, `51m40s`; None when it is none of these."""
    found = _READS.match(text.strip().replace("\u00a0", " ").replace("\u202f", " "))
    if not found:
        return None
    minutes = (
        int(found["minutes"]) if found["minutes"] is not None else int(found["hours"]) * 60 + int(found["rest"] or 0)
    )
    return minutes * 60 + int(found["seconds"] or 0)


def write_duration(seconds: int) -> str:
    """The shortest way to write a length in an agenda: `20m`, `1h`, `1h30`, `51m40s`, `1h00m05s`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if rest:
        return f"{hours}h{minutes:02}m{rest:02}s" if hours else f"{minutes}m{rest:02}s"
    if not hours:
        return f"{minutes}m"
    return f"{hours}h{minutes:02}" if minutes else f"{hours}h"
