"""A past meeting, as figures, rotation and rhythm look at it."""

from __future__ import annotations

import datetime

from msgspec import Struct

from facilitator.core.records import MeetingRow, TimeRow


class MinutedMeeting(Struct, frozen=True):
    """A meeting that was closed: its name, its day, what its minutes say of it and of the times of its sequences."""

    meeting: str
    day: datetime.date
    row: MeetingRow
    times: tuple[TimeRow, ...] = ()

    @property
    def planned(self) -> int:
        """Minutes planned, of the sequences that were reached."""
        return sum(time.planned for time in self.times if time.actual is not None)

    @property
    def actual(self) -> int:
        """Minutes spent in them."""
        return sum(time.actual or 0 for time in self.times)
