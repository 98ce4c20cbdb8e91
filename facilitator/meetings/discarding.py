"""A meeting that was opened by mistake is put out of the way, while nothing stands in it but its opening: what was taken away does not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from facilitator.core.acts import Open, Start
from facilitator.core.history import counting
from facilitator.core.refusal import Refused
from facilitator.store.documents import changed_by_hand, forget_written, in_turn
from facilitator.store.telephones import forget_sent

if TYPE_CHECKING:
    from facilitator.core.event import Event
    from facilitator.meetings.session import Session


def discard(session: Session) -> None:
    """Put the meeting's journal where no meeting is looked for, delete the draft that was made of it, give the seat up.

    Raises:
        Refused: something happened in it, in the journal or by hand in its draft, or a screen is in it.
        OSError: it could not be moved.
    """
    workspace, meeting_id, draft = session.workspace, session.meeting.id, session.draft_path
    with in_turn(workspace), session.journal.turn() as arrived:
        session.replay.add(arrived)
        events = [event for act in counting(session.replay.acts).acts for event in act.events]
        gone = session.replay.meeting.removed
        if (
            not all(_opens(event) or getattr(event, "entry", None) in gone for event in events)
            or changed_by_hand(workspace, draft) is not None
        ):
            raise Refused("something-happened", meeting=meeting_id)
        if session.journal.writers_alive():
            raise Refused("someone-there", meeting=meeting_id)
        workspace.put_away(meeting_id)
        if os.path.lexists(draft):
            draft.unlink()
            forget_written(workspace, draft)
    workspace.unregister_live(meeting_id)
    forget_sent(workspace, meeting_id)
    session.leave()


def _opens(event: Event) -> bool:
    """Whether it is part of the opening, or what the program noticed by itself."""
    return isinstance(event, Open | Start) or event.noticed
