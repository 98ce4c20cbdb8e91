"""Opening an agenda: the meeting to come, and the one that whoever opens it finds there.

The first act makes the meeting, and the others join it: its name follows from the day and the agenda alone, so two who
could not take turns write into one folder, where the second opening is void.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.core.fold import Replay
from facilitator.core.instant import Instant
from facilitator.core.setup import Setup, meeting_slug, setup_of
from facilitator.core.since import Since
from facilitator.core.zone import zone_of
from facilitator.store.documents import OPENING_LOCK, in_turn
from facilitator.store.journal import Journal

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda
    from facilitator.core.meeting import Meeting
    from facilitator.core.network import Language, Network
    from facilitator.core.refusal import Reason
    from facilitator.store.workspace import Workspace

_WAIT_S = 2.0


class Plan(Struct, frozen=True):
    """What a meeting that nothing was written of yet would rest on.

    `again`: a second one is asked for, whatever was held or goes on; `known` are the names of the meetings that were there
    when it was planned; `since` is what became of what earlier ones left.
    """

    agenda: Agenda
    network: Network
    zone: str
    language: Language
    again: bool = False
    known: frozenset[str] = frozenset()
    since: Since = Since()

    def day(self, instant: Instant) -> datetime.date:
        """The local day of the meeting, if its first act were at `instant`."""
        return local_day(instant.at, self.zone)

    def name(self, instant: Instant) -> str:
        """The meeting's name, if its first act were at `instant`."""
        return f"{self.day(instant).isoformat()}-{meeting_slug(self.agenda)}"

    def setup(self, instant: Instant) -> Setup:
        """The setup, if the meeting's first act were at `instant`."""
        day = self.day(instant)
        return setup_of(self.agenda, self.network, day=day, zone=self.zone, language=self.language, since=self.since)


class Standing(Struct, frozen=True):
    """A meeting that whoever opens an agenda finds there: to be joined, unless there is a reason not to."""

    meeting: str
    reason: Reason | None = None


def standing(workspace: Workspace, plan: Plan, instant: Instant) -> Standing | None:
    """What is found there; None when the agenda's meeting may be made.

    A meeting of this very agenda that goes on, whatever its day; else what bears the name that this one would have; else a
    meeting that goes on beside it. What is known to the plan goes on beside it knowingly.
    """
    going: list[str] = []
    for meeting_id in sorted(workspace.names() - plan.known):
        meeting = _read(workspace, meeting_id)
        if meeting is not None and meeting.state != "closed":
            if meeting.opened.agenda == plan.agenda:
                return Standing(meeting_id)
            going.append(meeting_id)
    if plan.again:
        return None
    return _named(workspace, plan, plan.name(instant)) or (Standing(going[0], "another-live") if going else None)


def _named(workspace: Workspace, plan: Plan, meeting_id: str) -> Standing | None:
    """What bears this name."""
    if workspace.marked_closed(meeting_id):
        return Standing(meeting_id, "held-already")
    meeting = _read(workspace, meeting_id)
    if meeting is not None:
        if meeting.state == "closed":
            return Standing(meeting_id, "held-already")
        return Standing(meeting_id, None if meeting.opened.agenda == plan.agenda else "other-agenda")
    if os.path.lexists(workspace.minutes_folder / f"{meeting_id}.md"):
        return Standing(meeting_id, "minutes-there")
    return None


def _read(workspace: Workspace, meeting_id: str) -> Meeting | None:
    """The meeting of this name, unless its close is written; None when its journal holds none."""
    if workspace.marked_closed(meeting_id):
        return None
    with Journal(workspace.meeting_folder(meeting_id), writer="reader") as journal:
        meeting = Replay(journal.read()).meeting
    return meeting if meeting.setup is not None else None


@contextmanager
def opening_in_turn(workspace: Workspace) -> Iterator[None]:
    """Between those who would make a meeting in this workspace; without a turn where none can be had."""
    with ExitStack() as turn:
        with suppress(OSError):
            turn.enter_context(in_turn(workspace, wait_s=_WAIT_S, lock=OPENING_LOCK))
        yield


def local_day(at: int, zone: str) -> datetime.date:
    """The day it is in `zone` at an instant in milliseconds UTC."""
    return datetime.datetime.fromtimestamp(at / 1000, tz=zone_of(zone)).date()
