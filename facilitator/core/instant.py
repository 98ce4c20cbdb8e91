"""Instants, and the time between two of them. Milliseconds UTC; a boot clock is milliseconds since its machine started."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from facilitator.core.agenda import DAY_S

# The last day that a clock can show in every time zone; what is beyond it was never a moment of a meeting.
MAX_AT = 253_402_000_000_000

Moment = Annotated[int, Meta(ge=0, le=MAX_AT)]
Seconds = Annotated[int, Meta(ge=-DAY_S, le=DAY_S)]


class Instant(Struct, frozen=True, omit_defaults=True):
    """A moment: the wall clock, and the boot clock where there is one.

    `told` is true when a person gave the time (`--at`): it then has no boot clock.
    """

    at: Moment
    boot_id: str | None = None
    boot: int | None = None
    told: bool = False


def between(start: Instant, end: Instant) -> tuple[int, bool]:
    """Milliseconds from `start` to `end`, at least 0, and whether they are estimated.

    Between two live instants of one boot the boot clock counts, otherwise the wall clock.
    A time that a person gave is what it says: not estimated.
    """
    told = start.told or end.told
    if not told and start.boot_id is not None and start.boot_id == end.boot_id:
        return max(0, (end.boot or 0) - (start.boot or 0)), False
    return max(0, end.at - start.at), not told


def onward(since: Instant | None, now: Instant) -> Instant:
    """From where time is counted next: a told instant before what was counted already does not count it twice."""
    return since if since is not None and now.told and now.at < since.at else now
