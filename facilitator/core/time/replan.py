"""Re-planning: what a change of the plan would give, and the honest ways to keep the promise.

Pure, and nothing here decides: an offer holds the command that would carry it out and the agenda that would come of it.
Rounding: durations are whole seconds; an offer that can keep the promise lands on it to the second.
A step that has just begun counts among what follows, so that the ways out are the same just before a move and just after.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.acts import Adjust, Command, MoveStep, Promise, Replan, SetStepAside, Stamp, act_of
from facilitator.core.agenda import DAY_S
from facilitator.core.decide import decide
from facilitator.core.fold import apply
from facilitator.core.instant import Instant
from facilitator.core.meeting import Meeting, StepState
from facilitator.core.refusal import Refused
from facilitator.core.time.clocks import clocks, current_ms, ends, following, projection, to_go_ms
from facilitator.core.time.lengths import Part, changes, is_over, lengthened, parts, shortened
from facilitator.core.time.outline import AgendaLine, outline

# From here on a line offers to re-plan.
OFFER_FROM_S = 60
# A later end is promised at a round time.
ROUND_MS = 300_000
# Where more steps than this would have to be put aside, one is offered, and by how much that is not enough is said.
MOST_ASIDE = 3

Change = Adjust | Promise | SetStepAside | MoveStep
OfferKind = Literal["shorten", "aside", "later", "break", "restore", "bring-back", "share"]


class Preview(Struct, frozen=True):
    """The meeting as it would be after a command: `lines` are its agenda, instants are in milliseconds UTC.

    `over_s` is by how many seconds the end would still pass the promise; 0 when it is kept. `missed_s` is by how many seconds
    steps would end after their hours, all together.
    """

    meeting: Meeting
    lines: tuple[AgendaLine, ...]
    end: int | None
    promise: int | None
    over_s: int
    missed_s: int


class Offer(Struct, frozen=True):
    """One way out, and what would come of it.

    kind: shorten (what follows, by priority and in proportion), aside (put `steps` aside, and shorten what is left if that
        is not enough), later (promise a later end), break (shorten breaks), and when time was won: restore (lengths that
        were cut), bring-back (the step), share (all of it, to those of the highest priority).
    command: what carries it out, to be undone by one undo.
    by_s: seconds taken off steps (or given to them), all together.
    over_s: seconds by which the end would still pass the promise: 0 when the offer keeps it.
    missed_s: seconds by which steps would still end after their hours.
    steps: the ids of the steps put aside or brought back.
    end, promise: milliseconds UTC, after it. lines: the agenda after it.
    """

    kind: OfferKind
    command: Replan
    by_s: int
    over_s: int
    missed_s: int
    end: int | None
    promise: int | None
    lines: tuple[AgendaLine, ...]
    steps: tuple[str, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether it keeps the promise."""
        return self.over_s == 0

    @property
    def shortens(self) -> bool:
        """Whether steps become shorter."""
        return any(isinstance(change, Adjust) and change.seconds < 0 for change in self.command.changes)


def over_promise(meeting: Meeting, now: Instant) -> int:
    """Seconds by which the projected end passes the promised one; negative when there is time to spare.

    Time of the promise that the plan does not allot is used before this is positive.
    """
    if meeting.setup is None or meeting.state == "closed":
        return 0
    projected = projection(meeting, now)
    promised = ends(meeting, now)[1]
    return (projected - promised) // 1000 if projected is not None and promised is not None else 0


def preview(meeting: Meeting, command: Command, now: Instant) -> Preview:
    """The meeting as it would be if this were done now; for changes by hand as for offers.

    Raises:
        Refused: it cannot be done.
    """
    stamp = Stamp(id="preview", actor="", writer="", instant=replace(now, told=False))
    after = apply(meeting, act_of(stamp, decide(meeting, command, stamp), n=0))
    lines = outline(after, now)
    return Preview(
        meeting=after,
        lines=lines,
        end=projection(after, now),
        promise=ends(after, now)[1],
        over_s=max(0, over_promise(after, now)),
        missed_s=sum(line.missed_s for line in lines),
    )


def offers(meeting: Meeting, now: Instant) -> tuple[Offer, ...]:
    """The ways to keep the promise and the hours, or, when a minute or more was won, to give it back.

    Each can be taken and changes something for the better; none when nothing can.
    """
    if meeting.state not in ("ready", "running", "paused"):
        return ()
    over_s = over_promise(meeting, now)
    missed_s = sum(line.missed_s for line in outline(meeting, now))
    if over_s >= OFFER_FROM_S or missed_s > 0:
        found = [
            _shorten(meeting, now, over_s),
            _aside(meeting, now),
            _later(meeting, now, over_s),
            _shorter_break(meeting, now, over_s),
        ]
        return tuple(
            offer
            for offer in found
            if offer is not None and (offer.over_s, offer.missed_s) < (max(0, over_s), missed_s)
        )
    if over_s > -OFFER_FROM_S:
        return ()
    gains = [_restore(meeting, now, -over_s), _bring_back(meeting, now, -over_s), _share(meeting, now, -over_s)]
    return tuple(offer for offer in gains if offer is not None and not offer.missed_s)


def asides(meeting: Meeting, now: Instant) -> list[StepState]:
    """The steps that can be put aside, the one to offer first at its head.

    Those of priority 3 before 2 before 1; in each those without a minimum, workshops last, nearest to the end. One that is
    about to begin is the last of its sort: once it has begun it cannot be put aside, and the offer is to be the same.
    """
    found = [step for step in following(meeting) if not step.visits and step.plan.kind not in ("closing", "break")]
    return sorted(found, key=lambda step: (*_dear(meeting, now, step), -meeting.number_of(step.id)))


def brought_back(meeting: Meeting, step_id: str) -> tuple[SetStepAside | MoveStep, ...]:
    """The changes that bring a step back; one that the meeting has passed comes next."""
    current = meeting.spot.step if meeting.spot else None
    passed = current is not None and meeting.number_of(step_id) < meeting.number_of(current)
    back = SetStepAside(step_id, aside=False)
    return (back, MoveStep(step_id, after=current)) if passed else (back,)


def _dear(meeting: Meeting, now: Instant, step: StepState) -> tuple[int, bool, bool, bool]:
    """How much it costs to put a step aside."""
    begins_now = meeting.current is not None and not current_ms(meeting, now) and step is following(meeting)[0]
    return -step.plan.rank, step.plan.minimum is not None, step.plan.kind == "workshop", begins_now


def _offer(meeting: Meeting, now: Instant, kind: OfferKind, wanted: Sequence[Change], by_s: int) -> Offer | None:
    """The offer of these changes; None when there are none or they would be refused, like an end days away."""
    command = Replan(tuple(wanted))
    try:
        seen = preview(meeting, command, now)
    except Refused:
        return None
    steps = tuple(change.step for change in wanted if isinstance(change, SetStepAside))
    return Offer(kind, command, by_s, seen.over_s, seen.missed_s, seen.end, seen.promise, seen.lines, steps)


def _lasting(found: Sequence[Part], lengths: Sequence[int]) -> list[Adjust]:
    """The changes that make these steps last so long."""
    return [change for part, length in zip(found, lengths, strict=True) for change in changes(part, length)]


def _cuts(meeting: Meeting, now: Instant, over_s: int) -> list[Adjust]:
    found = parts(meeting, now)
    return _lasting(found, shortened(found, over_s))


def _sum(wanted: Sequence[Adjust]) -> int:
    return sum(change.seconds for change in wanted)


def _shorten(meeting: Meeting, now: Instant, over_s: int) -> Offer | None:
    """What follows, the step that has just begun among it."""
    cuts = _cuts(meeting, now, over_s)
    return _offer(meeting, now, "shorten", cuts, -_sum(cuts))


def _aside(meeting: Meeting, now: Instant) -> Offer | None:
    """As few steps put aside as keep the promise, what is left shortened if that takes it; where nothing does, one step."""
    seen, put = meeting, list[SetStepAside]()
    by_s, first = 0, None
    while len(put) < MOST_ASIDE and (chosen := _first_aside(seen, now)):
        put.append(SetStepAside(chosen.id))
        by_s += chosen.adjusted_s
        seen = preview(seen, put[-1], now).meeting
        cuts = _cuts(seen, now, over_promise(seen, now))
        offer = _offer(meeting, now, "aside", [*put, *cuts], by_s - _sum(cuts))
        if offer is not None and not offer.over_s and not offer.missed_s:
            alone = _offer(meeting, now, "shorten", cuts, 0)  # where this suffices, nothing has to be put aside
            return offer if alone is None or alone.over_s or alone.missed_s else None
        first = first or _offer(meeting, now, "aside", put, by_s)
    return first


def _first_aside(meeting: Meeting, now: Instant) -> StepState | None:
    """The step to put aside: of the least dear the shortest that suffices, else the one that gives most."""
    over_s = over_promise(meeting, now)
    wins: dict[str, int] = {}
    most_s = DAY_S
    for part in reversed(parts(meeting, now)):
        # What stands before a step that waits for its hour gives no more than that step can begin sooner.
        wins[part.step.id] = min(most_s, to_go_ms(part.step) // 1000)
        most_s = most_s if part.slack_s is None else min(most_s, part.slack_s)
    late = [line.number for line in outline(meeting, now) if line.missed_s]
    choices = [
        step
        for step in asides(meeting, now)
        if (over_s > 0 and wins[step.id]) or any(meeting.number_of(step.id) < number for number in late)
    ]

    def cost(step: StepState) -> tuple[tuple[int, bool, bool, bool], bool, int]:
        enough = wins[step.id] >= over_s
        return _dear(meeting, now, step), not enough, wins[step.id] if enough else -wins[step.id]

    return min(choices, key=cost, default=None)


def _later(meeting: Meeting, now: Instant, over_s: int) -> Offer | None:
    """A later end, at a round time."""
    if over_s <= 0:
        return None
    projected = projection(meeting, now) or now.at
    return _offer(meeting, now, "later", [Promise(-(-projected // ROUND_MS) * ROUND_MS)], over_s)


def _shorter_break(meeting: Meeting, now: Instant, over_s: int) -> Offer | None:
    """The breaks, shorter; nothing else."""
    found = [
        part if part.step.plan.kind == "break" else replace(part, floor_s=part.length_s, missed_s=None)
        for part in parts(meeting, now)
    ]
    cuts = _lasting(found, shortened(found, over_s))
    return _offer(meeting, now, "break", cuts, -_sum(cuts))


def _after_waiting(meeting: Meeting, now: Instant) -> list[Part]:
    """The steps that what is given to them makes end later: none before one that waits for its hour."""
    found = parts(meeting, now)
    waiting = [place for place, part in enumerate(found) if part.waits]
    return found[waiting[-1] if waiting else 0 :]


def _receives(part: Part) -> bool:
    """Whether time won can be given to a step: it is neither over nor left half done."""
    return not is_over(part) and (part.under_way or not part.step.visits)


def _restored(found: Sequence[Part], spare_s: int) -> list[int]:
    """The lengths with which those that were cut are nearer to their plan, the highest priority first."""
    lengths = [part.length_s for part in found]
    tops = [max(part.length_s, part.step.plan.duration) if _receives(part) else part.length_s for part in found]
    return lengthened(found, lengths, tops, spare_s, [part.step.plan.rank for part in found])


def _restore(meeting: Meeting, now: Instant, spare_s: int) -> Offer | None:
    """The steps that were cut, nearer to their plan."""
    found = _after_waiting(meeting, now)
    given = _lasting(found, _restored(found, spare_s))
    return _offer(meeting, now, "restore", given, _sum(given))


def _bring_back(meeting: Meeting, now: Instant, spare_s: int) -> Offer | None:
    """The step put aside that fits again: of the highest priority the longest."""
    fits = [step for step in meeting.steps if step.aside and not step.visits and step.adjusted_s <= spare_s]
    for step in sorted(fits, key=lambda step: (step.plan.rank, -step.adjusted_s)):
        offer = _offer(meeting, now, "bring-back", brought_back(meeting, step.id), step.adjusted_s)
        if offer is not None and not offer.over_s and not offer.missed_s:
            return offer
    return None


def _share(meeting: Meeting, now: Instant, spare_s: int) -> Offer | None:
    """All the time won: to what was cut first, then to those of the highest priority, a workshop before the others.

    Breaks and closings get none unless nothing else is left. In the last step, it goes to that.
    """
    found = _after_waiting(meeting, now)
    current, spot = meeting.current, meeting.spot
    if not any(map(_receives, found)) and not following(meeting) and current is not None and spot is not None:
        if current.phases:
            return None
        given_s = min(spare_s + max(0, -clocks(meeting, now).left_s), DAY_S - current.adjusted_s)
        return _offer(meeting, now, "share", [Adjust(given_s, current.id)], given_s) if given_s > 0 else None
    lengths = _restored(found, spare_s)
    receiving = [part for part in found if _receives(part)]
    chosen = [part for part in receiving if part.step.plan.kind not in ("break", "closing")] or receiving
    tops = [DAY_S if part in chosen else length for part, length in zip(found, lengths, strict=True)]
    ranks = [2 * part.step.plan.rank + (part.step.plan.kind != "workshop") for part in found]
    left_s = spare_s - sum(lengths) + sum(part.length_s for part in found)
    given = _lasting(found, lengthened(found, lengths, tops, left_s, ranks))
    return _offer(meeting, now, "share", given, _sum(given))
