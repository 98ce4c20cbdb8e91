"""What has the floor, and by which clock: the question that is answered, whoever speaks in a round, else the step.

One rule for who leads and for the room, which knows of no answer to what is private.
"""

from __future__ import annotations

from msgspec import Struct

from facilitator.core.meeting import Meeting, PublicMeeting
from facilitator.core.time.clocks import Clocks


class Floor(Struct, frozen=True):
    """A clock of so many seconds left of so many, and how it stands: calm, amber, over, and of a step red."""

    left_s: int
    of_s: int
    level: str


def floor(meeting: Meeting | PublicMeeting, times: Clocks) -> Floor:
    """The clock that matters now. An answer and a turn are amber from the same share of their time on as a step is."""
    speaks = meeting.round if isinstance(meeting, Meeting) else meeting.speaking
    if meeting.answering is not None and times.answer_left_s is not None:
        left_s, of_s = times.answer_left_s, times.answer_s
    elif speaks is not None and times.round_left_s is not None:
        left_s, of_s = times.round_left_s, times.round_s
    else:
        return Floor(times.left_s, times.adjusted_s, times.level)
    if left_s < 0:
        return Floor(left_s, of_s, "over")
    amber = meeting.setup.choices.amber if meeting.setup is not None else 0
    return Floor(left_s, of_s, "amber" if left_s <= of_s * amber else "calm")
