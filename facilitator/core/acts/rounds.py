"""The speaking round: each of those present has the same time."""

from __future__ import annotations

from msgspec.structs import replace

from facilitator.core.agenda import DAY_S
from facilitator.core.event import AnyAct, Deed, Event, Events, OwnCommand, Stamp
from facilitator.core.folding import Folding, Unfit
from facilitator.core.instant import Instant, Seconds
from facilitator.core.meeting import Meeting, Round, Turn
from facilitator.core.refusal import Refused
from facilitator.core.time.turns import present

SHORTEST_TURN_S = 5


class StartRound(Deed, frozen=True):
    """Start a speaking round among those present: `seconds` each."""

    seconds: int

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """A round of those who are there by now."""
        return (RoundStarted(present(meeting), bounded(self.seconds)),)


class RoundStarted(Event, tag="round-started", frozen=True):
    """A speaking round began: each of `people`, in this order, has `seconds`."""

    people: tuple[str, ...]
    seconds: Seconds

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The first of them speaks."""
        folding.in_course()
        if folding.round is not None:
            raise Unfit("round-running")
        if not self.people:
            raise Unfit("nobody-present")
        first, *others = self.people
        folding.round = Round(self.seconds, first, act.instant, tuple(others))


class PassRound(Deed, frozen=True):
    """The one who speaks has spoken, or passes and comes back (`later`)."""

    leaving: str | None = None
    later: bool = False

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """The turn of whoever speaks is over."""
        if meeting.round is None or meeting.round.speaking is None:
            raise Refused("no-round")
        return (RoundPassed(self.leaving or meeting.round.speaking, self.later),)


class RoundPassed(Event, tag="round-passed", frozen=True):
    """`leaving` has spoken, or passes and comes back at the end (`later`); the next one speaks."""

    leaving: str
    later: bool = False

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The next one speaks; who passes comes back at the end, without having spoken."""
        turn = folding.round
        if turn is None:
            raise Unfit("no-round")
        if turn.speaking != self.leaving:
            raise Unfit("moved-meanwhile")
        if self.later:
            folding.round = replace(turn, speaking=None, spent_ms=0, waiting=(*turn.waiting, self.leaving))
        else:
            _end_turn(folding, act.instant)
        _speak_next(folding, act.instant)


class EndRound(OwnCommand, tag="round-ended", frozen=True):
    """End the speaking round."""

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The round is over, whoever still waited."""
        if folding.round is None:
            raise Unfit("no-round")
        end_round(folding, act.instant)


def bounded(seconds: int) -> int:
    """A speaking time. Raises Refused under five seconds or above a day."""
    if seconds < SHORTEST_TURN_S:
        raise Refused("turn-too-short", least_s=SHORTEST_TURN_S)
    if seconds > DAY_S:
        raise Refused("too-long")
    return seconds


def join_round(folding: Folding, name: str) -> None:
    """Who comes during a round speaks last."""
    turn = folding.round
    if turn is not None and name not in {turn.speaking, *turn.waiting, *(spoken.name for spoken in turn.turns)}:
        folding.round = replace(turn, waiting=(*turn.waiting, name))


def leave_round(folding: Folding, name: str, now: Instant) -> None:
    """Who goes during a round does not speak any more."""
    turn = folding.round
    if turn is None:
        return
    folding.round = replace(turn, waiting=tuple(other for other in turn.waiting if other != name))
    if turn.speaking == name:
        _end_turn(folding, now)
        _speak_next(folding, now)


def end_round(folding: Folding, now: Instant) -> None:
    """End the round, if one runs, and keep it."""
    _end_turn(folding, now)
    if folding.round is not None:
        folding.past_rounds = (*folding.past_rounds, folding.round)
        folding.round = None


def _end_turn(folding: Folding, now: Instant) -> None:
    """Note what the speaker of the round has spoken."""
    folding.tick(now)
    turn = folding.round
    if turn is not None and turn.speaking is not None:
        spoken = Turn(turn.speaking, turn.spent_ms)
        folding.round = replace(turn, speaking=None, spent_ms=0, turns=(*turn.turns, spoken))


def _speak_next(folding: Folding, now: Instant) -> None:
    turn = folding.round
    if turn is None or not turn.waiting:
        end_round(folding, now)
        return
    folding.round = replace(turn, speaking=turn.waiting[0], waiting=turn.waiting[1:], since=now)
