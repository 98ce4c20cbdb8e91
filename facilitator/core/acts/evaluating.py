"""The evaluation: one minute at the end, totals of the room, nothing of who said what."""

from __future__ import annotations

from msgspec.structs import replace

from facilitator.core.acts.entries import checked_text
from facilitator.core.event import AnyAct, Events, OwnCommand, Stamp
from facilitator.core.folding import Folding, Unfit
from facilitator.core.meeting import Evaluation, Meeting
from facilitator.core.refusal import Refused
from facilitator.core.said import Count
from facilitator.core.text import one_line


class Evaluate(OwnCommand, tag="evaluated", frozen=True):
    """Answers of the room: how many found it useful, from 1 to 5, a word to keep, a word to change."""

    useful: tuple[Count, Count, Count, Count, Count] = (0, 0, 0, 0, 0)
    keep: str | None = None
    change: str | None = None

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """Itself, its words on one line."""
        keep = one_line(checked_text(self.keep)) if self.keep is not None else None
        change = one_line(checked_text(self.change)) if self.change is not None else None
        if not any(self.useful) and keep is None and change is None:
            raise Refused("nothing-to-change")
        return (replace(self, keep=keep, change=change),)

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The answers come to those that there are."""
        if folding.setup is None:
            raise Unfit("no-meeting")
        known = folding.evaluation
        folding.evaluation = Evaluation(
            useful=tuple(one + more for one, more in zip(known.useful, self.useful, strict=True)),
            keep=(*known.keep, *([self.keep] if self.keep else [])),
            change=(*known.change, *([self.change] if self.change else [])),
        )
