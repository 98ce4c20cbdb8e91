"""The time zone of this machine, by its IANA name."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from pathlib import Path

from facilitator.core.zone import known_zone, zone_of

_LOCALTIME = Path("/etc/localtime")


def machine_zone(environ: Mapping[str, str] = os.environ, localtime: Path = _LOCALTIME) -> str:
    """The name in `TZ`, else the one `/etc/localtime` leads to, else UTC."""
    for name in (environ.get("TZ", "").removeprefix(":"), _linked(localtime)):
        if name and is_zone(name):
            return name
    return "UTC"


def local_today(zone: str | None) -> datetime.date:
    """The day it is in this time zone, else in the machine's."""
    return datetime.datetime.now(zone_of(zone or machine_zone())).date()


def unknown_zone(environ: Mapping[str, str]) -> str | None:
    """What `TZ` says, when it names no zone that is known here and so is passed over; else None."""
    name = environ.get("TZ", "").removeprefix(":")
    return name if name and not is_zone(name) else None


def is_zone(name: str) -> bool:
    """Whether a zone of this name is known here."""
    return known_zone(name) is not None


def _linked(localtime: Path) -> str:
    try:
        target = os.path.realpath(localtime)
    except OSError:
        return ""
    return target.partition("zoneinfo/")[2].removeprefix("posix/")
