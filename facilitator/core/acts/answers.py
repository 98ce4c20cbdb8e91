"""The answer clock: the time taken by the question being answered."""

from __future__ import annotations

from facilitator.core.acts.rounds import bounded
from facilitator.core.event import AnyAct, Deed, Event, Events, Stamp
from facilitator.core.folding import Folding, Unfit
from facilitator.core.instant import Instant, Seconds
from facilitator.core.meeting import AnswerClock, Meeting
from facilitator.core.refusal import Refused
from facilitator.core.time.clocks import ANSWER_S
from facilitator.core.vocabulary import KINDS


class StartAnswer(Deed, frozen=True):
    """Start the answer clock of a question; `seconds` by default the step's answer time."""

    entry: str
    seconds: int | None = None

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """The clock, for the step's usual time unless another is given."""
        usual = meeting.current.plan.answer_time if meeting.current is not None else None
        return (AnswerStarted(self.entry, bounded(self.seconds or usual or ANSWER_S)),)


class AnswerStarted(Event, tag="answer-started", frozen=True):
    """The answer clock of a question runs, for `seconds`."""

    entry: str
    seconds: Seconds

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The clock runs, in the place of any other."""
        if not KINDS[folding.entry(self.entry).kind].answerable:
            raise Unfit("not-a-question")
        folding.in_course()
        stop_answer(folding, act.instant)
        folding.answering = AnswerClock(self.entry, act.instant, self.seconds)


class StopAnswer(Deed, frozen=True):
    """Stop the answer clock without an answer."""

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """The clock that runs, stopped."""
        if meeting.answering is None:
            raise Refused("no-answer-clock")
        return (AnswerStopped(meeting.answering.entry),)


class AnswerStopped(Event, tag="answer-stopped", frozen=True):
    """The answer clock was stopped without an answer."""

    entry: str

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The question stays as it is."""
        if folding.answering is None or folding.answering.entry != self.entry:
            raise Unfit("no-answer-clock")
        stop_answer(folding, act.instant)


def stop_answer(folding: Folding, now: Instant, entry: str | None = None) -> None:
    """Stop the answer clock, if one runs (of this entry, where one is given), and charge its time to the step's answers."""
    folding.tick(now)
    clock = folding.answering
    if clock is None or folding.spot is None or entry not in (None, clock.entry):
        return
    spent = folding.answered_ms.get(folding.spot.step, 0) + clock.spent_ms
    folding.answered_ms = {**folding.answered_ms, folding.spot.step: spent}
    folding.answer_ms = {**folding.answer_ms, clock.entry: folding.answer_ms.get(clock.entry, 0) + clock.spent_ms}
    folding.answering = None
