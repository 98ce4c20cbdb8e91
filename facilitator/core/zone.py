"""Time zones: by their IANA names, or as POSIX writes them in `TZ` (`CET-1CEST,M3.5.0,M10.5.0/3`)."""

from __future__ import annotations

import datetime
import io
from functools import cache

from facilitator.core.regex import regex

LONGEST = 100  # no zone has a name of half that length, and thousands of slashes lead into thousands of packages
# `std offset [dst [offset] , rule , rule]`, as POSIX 8.3 and RFC 8536 3.3 have it; who has two hours says when they change.
_POSIX = regex(
    r"(?:[A-Za-z]{3,6}|<[+\-0-9A-Za-z]{3,6}>)[+\-]?\d{1,2}(?::\d\d)?(?:(?:[A-Za-z]{3,6}|<[+\-0-9A-Za-z]{3,6}>)[^,]{0,9}(?:,[MJ0-9][^,]{0,20}){2})?\Z"
)


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
        return _posix_zone(name) if _POSIX.match(name) else None


@cache
def _posix_zone(rule: str) -> datetime.tzinfo | None:
    """The zone that a POSIX rule describes, read by the standard library from a file that holds nothing else (RFC 8536)."""
    from zoneinfo import ZoneInfo

    head = b"TZif2" + bytes(15) + b"".join(count.to_bytes(4, "big") for count in (0, 0, 0, 0, 1, 4))
    body = bytes(6) + b"UTC\0"
    try:
        return ZoneInfo.from_file(io.BytesIO(2 * (head + body) + b"\n" + rule.encode() + b"\n"), key=rule)
    except (ValueError, LookupError):
        return None
