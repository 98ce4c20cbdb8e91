"""The newsletters as commands need them: what meetings bring, and what people wrote in letters brought to the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core.refusal import Refused
from facilitator.meetings.letters import Teller, arrived, teller_now

if TYPE_CHECKING:
    from facilitator.cli.context import Context


def tellers(context: Context) -> list[Teller]:
    """The meetings closed on this machine as their minutes say them now, oldest first."""
    workspace = context.workspace()
    context.live()
    found = [one for name in workspace.opened() if (one := _teller(context, name)) is not None]
    if not found and not workspace.opened() and not workspace.newsletter_folder.exists():
        raise Refused("no-meeting")
    return found


def _teller(context: Context, meeting_id: str) -> Teller | None:
    if not context.workspace().marked_closed(meeting_id):
        return None
    session = context.join(meeting_id, terminal=False)
    meeting = session.meeting
    session.leave()
    return None if meeting.closed is None else teller_now(context.workspace(), meeting)


def take_up_letters(context: Context, *, minutes: bool = True) -> None:
    """Bring what people answered and ticked in letters to the minutes, and say so, and what is to be said of the documents.

    Without `minutes`, nothing of those of the past is looked at or said.
    """
    told = arrived(context.workspace(), context.tr, on=context.today(), minutes=minutes)
    for text in told.news:
        context.say(text)
    for text in told.standing:
        context.say_once(text)
