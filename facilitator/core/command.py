"""Commands: what a person asks for. `decide` turns one into the events of an act, or refuses.

Times, identities and people travel in the `Stamp`, minted at the edge.
`entry` and `step` name an entry or a step by its id.
"""

from __future__ import annotations

import datetime

from msgspec import Struct

from facilitator.core.act import Fields, Instant, Presence, Setup, Spot
from facilitator.core.agenda import Step
from facilitator.core.entry import Kind, Outcome


class Stamp(Struct, frozen=True):
    """Who asks, when, and the identity of the act that would come of it."""

    id: str
    actor: str
    writer: str
    instant: Instant


class Command(Struct, frozen=True):
    """The base of all commands."""


class Open(Command, frozen=True):
    """Make the meeting exist, ready to start."""

    meeting: str
    setup: Setup


class Start(Command, frozen=True):
    """Begin the first step."""


class Next(Command, frozen=True):
    """One line down the agenda; `whole_step` skips the phases left; `leaving` guards against a move made meanwhile."""

    leaving: Spot | None = None
    whole_step: bool = False


class Back(Command, frozen=True):
    """Return to the line before, on purpose."""

    leaving: Spot | None = None


class Pause(Command, frozen=True):
    """Stop the step's clock."""


class Resume(Command, frozen=True):
    """Let the step's clock run again."""


class Adjust(Command, frozen=True):
    """Give (or take) seconds to a step; the running one, and its running phase, when none is named."""

    seconds: int
    step: str | None = None
    phase: int | None = None


class Promise(Command, frozen=True):
    """Promise another end to the room, in milliseconds UTC."""

    end: int


class AddStep(Command, frozen=True):
    """Insert a step after another (None: first)."""

    step: Step
    after: str | None = None


class SetStepAside(Command, frozen=True):
    """Put a step aside, or bring it back."""

    step: str
    aside: bool = True


class MoveStep(Command, frozen=True):
    """Move a step after another (None: first)."""

    step: str
    after: str | None = None


class Adjourn(Command, frozen=True):
    """Stop time for good; always succeeds once the meeting is open."""


class Close(Command, frozen=True):
    """Close the meeting. `month` is the newsletter's, `seen` what was read of each writer."""

    month: str
    seen: dict[str, int]
    summary: str | None = None


class Publish(Command, frozen=True):
    """Say that the documents are on the disk: path to SHA-256."""

    documents: dict[str, str]


class Reopen(Command, frozen=True):
    """Take the close back."""


class Capture(Command, frozen=True):
    """Catch an entry. `fields.text` is required and already normalised."""

    kind: Kind
    fields: Fields
    step: str | None = None


class Edit(Command, frozen=True):
    """Change parts of an entry, and the step it belongs to when one is named: one undo takes both back."""

    entry: str
    fields: Fields
    step: str | None = None


class Answer(Command, frozen=True):
    """Answer a question here."""

    entry: str
    text: str
    link: str | None = None


class Send(Command, frozen=True):
    """Give a question an outcome other than an answer."""

    entry: str
    to: Outcome
    owner: str | None = None
    due: datetime.date | None = None


class Finish(Command, frozen=True):
    """Say that a follow-up is done, or no longer is."""

    entry: str
    done: bool = True


class Relocate(Command, frozen=True):
    """Move an entry to another step."""

    entry: str
    step: str


class Support(Command, frozen=True):
    """One more person has the same question or need."""

    entry: str


class Attend(Command, frozen=True):
    """Note that someone is there, late, excused or gone."""

    name: str
    status: Presence = "present"


class FindGap(Command, frozen=True):
    """Note that nobody was looking between two instants, in milliseconds UTC."""

    start: int
    end: int


class SettleGap(Command, frozen=True):
    """Say whether a gap was meeting (`counts`) or break."""

    gap: str
    counts: bool


class StartAnswer(Command, frozen=True):
    """Start the answer clock of a question; `seconds` by default the step's answer time."""

    entry: str
    seconds: int | None = None


class StopAnswer(Command, frozen=True):
    """Stop the answer clock without an answer."""


class StartRound(Command, frozen=True):
    """Start a speaking round among those present: `seconds` each."""

    seconds: int


class PassRound(Command, frozen=True):
    """The one who speaks has spoken, or passes and comes back (`later`)."""

    leaving: str | None = None
    later: bool = False


class EndRound(Command, frozen=True):
    """End the speaking round."""


class HandOver(Command, frozen=True):
    """Let `to` lead a step; None gives it back."""

    to: str | None = None
    step: str | None = None


class Replan(Command, frozen=True):
    """Several changes of the plan as one act: one undo takes them all back."""

    changes: tuple[Adjust | Promise | AddStep | SetStepAside | MoveStep, ...]


class Undo(Command, frozen=True):
    """Take back the last act of the same person."""


class Redo(Command, frozen=True):
    """Bring back what the same person undid last."""
