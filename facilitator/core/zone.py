"""Time zones by their IANA names."""

from __future__ import annotations

import datetime


def zone_of(name: str) -> datetime.tzinfo:
    """The time zone of this name; UTC for a name the machine does not know."""
    return known_zone(name) or datetime.UTC


def known_zone(name: str) -> datetime.tzinfo | None:
    """The time zone of this name; None for a name the machine does not know."""
    if name == "UTC":
        return datetime.UTC
    from zoneinfo import ZoneInfo  # loaded by who shows a time, not by `add`

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError, RecursionError):  # the last for a name of thousands of slashes
        return None
