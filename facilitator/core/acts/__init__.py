"""Everything that can be asked for and can happen, a subject a module; and the acts that are written of it.

A command decides: the events that come of it as the meeting stands, or `Refused`. An event applies itself to a fold, or is `Unfit`.
"""

from __future__ import annotations

from operator import attrgetter
from typing import cast

from facilitator.core.acts.answers import AnswerStarted, AnswerStopped, StartAnswer, StopAnswer
from facilitator.core.acts.closing import Close, Closed, Publish, Reopen
from facilitator.core.acts.entries import (
    Capture,
    Captured,
    ChangeKind,
    Edit,
    Edited,
    KindChanged,
    Relocate,
    Remove,
    Support,
)
from facilitator.core.acts.evaluating import Evaluate
from facilitator.core.acts.forgetting import Tombstone
from facilitator.core.acts.gaps import FindGap, GapFound, SettleGap
from facilitator.core.acts.leading import HandedOver, HandOver
from facilitator.core.acts.moves import Adjourn, Back, Moved, Next, Pause, Resume, Start
from facilitator.core.acts.opening import Open
from facilitator.core.acts.outcomes import Answer, Finish, Send, Undecide
from facilitator.core.acts.people import Attend, Unattend
from facilitator.core.acts.plan import (
    AddStep,
    Adjust,
    Adjusted,
    MoveStep,
    Promise,
    Replan,
    SetStepAside,
    StepAdded,
)
from facilitator.core.acts.rounds import EndRound, PassRound, RoundPassed, RoundStarted, StartRound
from facilitator.core.acts.undoing import Redo, Redone, Undo, Undone
from facilitator.core.event import ACT_VERSION, AnyAct, Event, Events, Stamp
from facilitator.core.said import Fields

# Events that hold what is asked for and nothing else: commands as they are.
_Both = (
    Open | Start | Pause | Resume | Adjourn | Promise | SetStepAside | MoveStep | SettleGap | Relocate | Support
    | Remove | Answer | Send | Undecide | Finish | Attend | Unattend | EndRound | Publish | Reopen | Evaluate
)  # fmt: skip
AnyEvent = (
    _Both | Moved | Adjusted | StepAdded | GapFound | Captured | Edited | KindChanged | AnswerStarted
    | AnswerStopped | RoundStarted | RoundPassed | HandedOver | Undone | Redone | Closed
    | Tombstone
)  # fmt: skip
Command = (
    _Both | Next | Back | Adjust | AddStep | Replan | FindGap | Capture | Edit | ChangeKind | StartAnswer
    | StopAnswer | StartRound | PassRound | HandOver | Undo | Redo | Close
)  # fmt: skip

# The order of the journal, as a key to sort by.
in_order = attrgetter("n", "writer", "id")


class Act(AnyAct, frozen=True, omit_defaults=True, gc=False):
    """The unit of acknowledgement, of undo and of de-duplication (by `id`); it is never changed."""

    events: tuple[AnyEvent, ...]


# Who does what people write in the draft of the minutes: this, and the machine.
BY_HAND = "minutes"


def act_of(stamp: Stamp, events: Events, *, n: int) -> Act:
    """The act that holds these events."""
    instant = stamp.instant
    return Act(
        id=stamp.id,
        n=n,
        writer=stamp.writer,
        actor=stamp.actor,
        at=instant.at,
        events=cast("tuple[AnyEvent, ...]", events),
        boot_id=instant.boot_id,
        boot=instant.boot,
        told=instant.told,
    )


__all__ = [
    "ACT_VERSION", "BY_HAND", "Act", "AddStep", "Adjourn", "Adjust", "Adjusted", "Answer", "AnswerStarted", "AnswerStopped", "AnyEvent",
    "Attend", "Back", "Capture", "Captured", "ChangeKind", "Close", "Closed", "Command", "Edit", "Edited", "EndRound", "Evaluate", "Event",
    "Events", "Fields", "FindGap", "Finish", "GapFound", "HandOver", "HandedOver", "KindChanged", "MoveStep", "Moved", "Next",
    "Open", "PassRound", "Pause", "Promise", "Publish", "Redo", "Redone", "Relocate", "Remove", "Reopen", "Replan", "Resume",
    "RoundPassed", "RoundStarted", "Send", "SetStepAside", "SettleGap", "Stamp", "Start", "StartAnswer", "StartRound",
    "StepAdded", "StopAnswer", "Support", "Tombstone", "Unattend", "Undecide", "Undo", "Undone", "act_of", "in_order",
]  # fmt: skip
