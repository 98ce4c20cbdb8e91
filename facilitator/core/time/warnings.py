"""What must be told at an instant: codes and values, worded and rung by the screen.

Nothing is remembered here. Each warning has a `key`; a screen tells a key once: those in `warnings(meeting, now)` that it
has not told yet. What holds already when a screen opens was told by another.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from facilitator.core.instant import Instant
from facilitator.core.meeting import Meeting, Spot
from facilitator.core.time.clocks import Clocks, clocks, following
from facilitator.core.time.outline import outline
from facilitator.core.time.replan import OFFER_FROM_S

# "Ten minutes left: think of concluding", before the promised end.
CONCLUDE_S = 600
# A step that is over its time is told again this often.
OVER_AGAIN_S = 300
# A meeting that should have begun: after half a minute, then each minute, for a while.
LATE_START_S = (0, 30, 90, 150, 210, 270, 330)
# A pause this long may have been forgotten; told again as often.
LONG_PAUSE_S = 600
# Between a wall and a boot clock: less is drift, more is somebody changing the time.
CLOCK_CHANGE_S = 30

Code = Literal[
    "start-due",  # the planned start has come and nobody pressed the key; seconds: how late
    "amber",  # the step or phase has little time left; seconds: left
    "red",  # and hardly any; seconds: left
    "over",  # its time is up, and nobody went on; seconds: over
    "conclude",  # the promised end is near; seconds: left until it
    "promise-past",  # the promised end has come; seconds: past it
    "replan",  # the projected end passes the promise by a minute or more; seconds: by how much
    "hours",  # at this pace a step ends a minute or more after its hours; spot: it, seconds: by how much
    "answer-over",  # the answer clock has run out; entry, seconds: over
    "answers-over",  # the time for all answers has run out; seconds: over
    "turn-over",  # the one who speaks is over the time; name, seconds: over
    "gap",  # time in which nobody was looking is to be settled; gap, seconds: its length
    "long-pause",  # was the pause forgotten? seconds: its length
    "clock-changed",  # the machine's clock was set; seconds: forward, or, negative, back
]
Level = Literal["note", "amber", "red"]


class Alert(Struct, frozen=True):
    """Something to tell. `key` names this occasion: told once. `seconds` is what `Code` says of it."""

    code: Code
    key: str
    level: Level
    seconds: int
    spot: Spot | None = None
    entry: str | None = None
    name: str | None = None
    gap: str | None = None


def warnings(meeting: Meeting, now: Instant, times: Clocks | None = None) -> tuple[Alert, ...]:
    """All that holds at this instant, the most pressing first; `times` is what the clocks say then, from who has asked already."""
    if meeting.setup is None or meeting.state in ("adjourned", "closed"):
        return ()
    times = clocks(meeting, now) if times is None else times
    found = [
        *_clock_changed(meeting, now),
        *_start_due(times),
        *_answers(meeting, times),
        *_step(times),
        *_end(meeting, now, times),
        *_pause(meeting, times),
        *(
            Alert("gap", f"gap:{gap.id}", "note", gap.ms // 1000, gap.spot, gap=gap.id)
            for gap in meeting.gaps
            if gap.counts is None
        ),
    ]
    order: dict[Level, int] = {"red": 0, "amber": 1, "note": 2}
    return tuple(sorted(found, key=lambda alert: order[alert.level]))


def fresh(meeting: Meeting, now: Instant, heard: set[str]) -> tuple[Alert, ...]:
    """What holds now and was not heard; `heard` (keys) is brought up to date. Ring for these, show `warnings`."""
    found = tuple(alert for alert in warnings(meeting, now) if alert.key not in heard)
    heard.update(alert.key for alert in found)
    return found


def _clock_changed(meeting: Meeting, now: Instant) -> list[Alert]:
    mark = meeting.mark
    if mark is None or now.told or mark.boot is None or now.boot is None or mark.boot_id != now.boot_id:
        return []
    seconds = ((now.at - mark.at) - (now.boot - mark.boot)) // 1000
    if abs(seconds) < CLOCK_CHANGE_S:
        return []
    # The clocks differ by a second or two more at times: one change is one occasion.
    return [Alert("clock-changed", f"clock-changed:{mark.boot}:{round(seconds / 60)}", "note", seconds)]


def _start_due(times: Clocks) -> list[Alert]:
    if times.starts_in_s is None or times.starts_in_s > 0:
        return []
    late_s = -times.starts_in_s
    count = sum(late_s >= due for due in LATE_START_S)
    return [Alert("start-due", f"start-due:{count}", "amber" if late_s else "note", late_s)]


def _answers(meeting: Meeting, times: Clocks) -> list[Alert]:
    found = []
    clock, turn = meeting.answering, meeting.round
    if clock is not None and times.answer_left_s is not None and times.answer_left_s <= 0:
        # One more minute makes a new occasion.
        key = f"answer-over:{clock.entry}:{meeting.answer_ms.get(clock.entry, 0)}"
        found.append(Alert("answer-over", key, "amber", -times.answer_left_s, times.spot, entry=clock.entry))
    budget_s = times.answer_budget_left_s
    if budget_s is not None and budget_s <= 0 and times.spot is not None:
        found.append(Alert("answers-over", f"answers-over:{times.spot.step}", "amber", -budget_s, times.spot))
    if turn is not None and times.round_left_s is not None and times.round_left_s <= 0:
        key = f"turn-over:{len(meeting.past_rounds)}:{len(turn.turns)}:{turn.speaking}"
        found.append(Alert("turn-over", key, "amber", -times.round_left_s, times.spot, name=turn.speaking))
    return found


def _step(times: Clocks) -> list[Alert]:
    """How the step or phase stands; a length that was changed makes a new occasion."""
    spot = times.spot
    if spot is None or times.level == "calm":
        return []
    where = f"{spot.step}:{spot.phase}:{times.adjusted_s}"
    if times.level in ("amber", "red") and times.left_s > 0:
        code: Literal["red", "amber"] = "red" if times.level == "red" else "amber"
        return [Alert(code, f"{code}:{where}", code, times.left_s, spot)]
    count = -times.left_s // OVER_AGAIN_S
    return [Alert("over", f"over:{where}:{count}", "red", -times.left_s, spot)]


def _end(meeting: Meeting, now: Instant, times: Clocks) -> list[Alert]:
    if times.state == "ready" or times.promised_end is None:
        return []
    found = []
    left_s = (times.promised_end - now.at) // 1000
    promise = times.promised_end // 1000
    if left_s <= 0:
        found.append(Alert("promise-past", f"promise-past:{promise}", "red", -left_s))
    over_s = ((times.projected_end or 0) - times.promised_end) // 1000
    if over_s >= OFFER_FROM_S:
        found.append(Alert("replan", f"replan:{promise}", "amber", over_s))
    if 0 < left_s <= CONCLUDE_S and (over_s > 0 or not following(meeting)):  # else what is left has its time
        found.append(Alert("conclude", f"conclude:{promise}", "amber", left_s))
    if any(step.latest is not None for step in meeting.steps):
        missed = next((line for line in outline(meeting, now) if line.missed_s >= OFFER_FROM_S), None)
        if missed is not None:
            found.append(Alert("hours", f"hours:{missed.step}", "amber", missed.missed_s, Spot(missed.step)))
    return found


def _pause(meeting: Meeting, times: Clocks) -> list[Alert]:
    if times.state != "paused" or times.paused_s < LONG_PAUSE_S:
        return []
    key = f"long-pause:{len(meeting.pauses)}:{times.paused_s // LONG_PAUSE_S}"
    return [Alert("long-pause", key, "note", times.paused_s, times.spot)]
