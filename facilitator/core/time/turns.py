"""Who speaks and who leads: the speaking round and the hand-over, and what each person took of the time.

All of it is private: screens of the facilitator may show it, the room view and the documents never.
"""

from __future__ import annotations

from msgspec import Struct

from facilitator.core.instant import Instant
from facilitator.core.meeting import HERE, Meeting, Round
from facilitator.core.time.clocks import ticking_ms

# Less is no turn: the round went on at once, or was ended.
HEARD_MS = 1_000


class Speaking(Struct, frozen=True):
    """The round as it stands: the facilitator sees names, the room a number.

    `waiting` in their order, the first speaks next; `spoken` have had their turn; seconds of the turn under way.
    """

    speaking: str
    left_s: int
    each_s: int
    waiting: tuple[str, ...]
    spoken: tuple[str, ...]


class Lead(Struct, frozen=True):
    """How long one person led steps that were handed over, in seconds, and that share of all the time spent in steps."""

    name: str
    seconds: int
    share: float


def speaking(meeting: Meeting, now: Instant) -> Speaking | None:
    """The round that runs; None without one."""
    turn = meeting.round
    if turn is None or turn.speaking is None:
        return None
    spent_ms = turn.spent_ms + ticking_ms(meeting, turn.since, now)
    return Speaking(
        speaking=turn.speaking,
        left_s=turn.seconds - spent_ms // 1000,
        each_s=turn.seconds,
        waiting=turn.waiting,
        spoken=tuple(dict.fromkeys(one.name for one in turn.turns)),
    )


def turn_s(meeting: Meeting, total_s: int) -> int:
    """Seconds for each of those present when a round is to last `total_s` in all; 0 with nobody present."""
    people = present(meeting)
    return total_s // len(people) if people else 0


def present(meeting: Meeting) -> tuple[str, ...]:
    """Who is there, in the order they came."""
    return tuple(one.name for one in meeting.attendance.values() if one.status in HERE)


def unheard(meeting: Meeting) -> tuple[str, ...]:
    """Who is there and has not spoken in any round of this meeting."""
    heard = {turn.name for one in _rounds(meeting) for turn in one.turns if turn.ms >= HEARD_MS}
    return tuple(name for name in present(meeting) if name not in heard)


def led(meeting: Meeting, now: Instant) -> tuple[Lead, ...]:
    """Who led the steps handed over to them, the longest first."""
    running_ms = ticking_ms(meeting, meeting.mark, now)
    current = meeting.current
    found: dict[str, int] = {}
    for step in meeting.steps:
        for name, ms in step.led_ms:
            found[name] = found.get(name, 0) + ms
    if current is not None and current.handed and current.lead is not None:
        found[current.lead] = found.get(current.lead, 0) + running_ms
    total_ms = sum(step.spent_ms for step in meeting.steps) + running_ms
    leads = [Lead(name, ms // 1000, ms / total_ms if total_ms else 0.0) for name, ms in found.items()]
    return tuple(sorted(leads, key=lambda lead: -lead.seconds))


def _rounds(meeting: Meeting) -> tuple[Round, ...]:
    return (*meeting.past_rounds, meeting.round) if meeting.round is not None else meeting.past_rounds
