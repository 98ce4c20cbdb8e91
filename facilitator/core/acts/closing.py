"""The close, its documents, and the way back."""

from __future__ import annotations

import datetime

from msgspec import field

from facilitator.core.acts.entries import checked_text
from facilitator.core.acts.moves import Adjourn
from facilitator.core.acts.people import checked_name
from facilitator.core.event import AnyAct, Deed, Event, Events, OwnCommand, Stamp
from facilitator.core.folding import Folding, Unfit
from facilitator.core.meeting import Closing, Meeting
from facilitator.core.refusal import Refused
from facilitator.core.vocabulary import Kind


class Close(Deed, frozen=True):
    """Close the meeting. `month` is the newsletter's, `seen` what was read of each writer.

    `reread_by` read the minutes again: they stand unless remarks come before `remarks_until`.
    """

    month: str
    seen: dict[str, int]
    summary: str | None = None
    reread_by: str | None = None
    remarks_until: datetime.date | None = None
    moves = True

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """The close, after an adjournment; not while a question has no outcome."""
        undecided = meeting.undecided()
        if undecided:
            raise Refused("undecided", labels=tuple(entry.label for entry in undecided))
        entries = [entry for entry in meeting.entries.values() if entry.number]
        closed = Closed(
            month=self.month,
            numbers={entry.id: entry.number for entry in entries},
            seen=self.seen,
            summary=checked_text(self.summary) if self.summary else None,
            kinds={entry.id: entry.kind for entry in entries if entry.was},
            reread_by=checked_name(meeting, self.reread_by) if self.reread_by is not None else None,
            remarks_until=self.remarks_until,
        )
        return (closed,) if meeting.state == "adjourned" else (Adjourn(), closed)


class Closed(Event, tag="closed", frozen=True):
    """The meeting is closed: numbers are frozen, what comes later from a writer is late.

    `numbers` maps entry ids to numbers, `kinds` those of another kind than they were captured as to it,
    `seen` writers to the `n` of their last act, `month` is `2026-12`.
    """

    month: str
    numbers: dict[str, int]
    seen: dict[str, int]
    summary: str | None = None
    kinds: dict[str, Kind] = field(default_factory=dict)
    reread_by: str | None = None
    remarks_until: datetime.date | None = None
    lasting = True
    recount = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The meeting is closed; its numbers do not change any more."""
        if folding.state != "adjourned":
            raise Unfit("not-started" if folding.setup is None else "not-closed")
        folding.state = "closed"
        folding.closed = Closing(self.month, act.at)
        folding.summary = self.summary if self.summary is not None else folding.summary
        folding.reread_by = self.reread_by if self.reread_by is not None else folding.reread_by
        folding.remarks_until = self.remarks_until if self.remarks_until is not None else folding.remarks_until


class Publish(OwnCommand, tag="published", frozen=True):
    """Say that the documents are on the disk: path in the workspace to SHA-256, in hexadecimal."""

    documents: dict[str, str]
    lasting = True
    over = True

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The documents are on the disk."""
        if folding.state != "closed":
            raise Unfit("not-closed")
        folding.published = {**(folding.published or {}), **self.documents}


class Reopen(OwnCommand, tag="reopened", frozen=True):
    """Take the close back; time stays stopped."""

    lasting = True
    over = True
    recount = True

    def decide(self, meeting: Meeting, stamp: Stamp) -> Events:
        """Itself."""
        if meeting.state != "closed":
            raise Refused("not-closed")
        return (self,)

    def apply(self, folding: Folding, act: AnyAct) -> None:
        """The close does not count any more. Holds without one, too: what it lets in again may have made that close void."""
        if folding.state != "closed":
            return
        folding.state = "adjourned"
        folding.closed = None
        folding.published = None
