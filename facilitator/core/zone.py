"""Time zones by their IANA names."""

from __future__ import annotations

import datetime

LONGEST = 100  # no zone has a name of half that length, and thousands of slashes lead into thousands of packages


def zone_of(name: str) -> datetime.tzinfo:
    """The time zone of this name; UTC for a name the machine does not know."""
    return known_zone(name) or datetime.UTC


def known_zone(name: str) -> datetime.tzinfo | None:
    """The time zone of this name; None for a name the machine does not know."""
    if name == "UTC":
        return datetime.UTC
    if len(name) > LONGEST:
        return None
    from zoneinfo import ZoneInfo  # loaded by who shows a time, not by `add`

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        return None
