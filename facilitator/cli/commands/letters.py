"""The newsletters as commands need them: what meetings bring, and what people wrote in letters brought to the minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.cli.beside import tell_archive
from facilitator.core.refusal import Refused
from facilitator.meetings.faults import os_error_text
from facilitator.meetings.letters import Teller, take_up, teller_now
from facilitator.meetings.past import open_archive

if TYPE_CHECKING:
    from facilitator.cli.context import Context
    from facilitator.documents.newsletter.travel import NotLearned
    from facilitator.i18n import Translator


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


def take_up_letters(context: Context) -> None:
    """Bring what people answered and ticked in letters to the minutes, and say so; what cannot be is said with its place."""
    tr = context.tr
    archive = open_archive(context.workspace())
    tell_archive(context, archive)
    archive.close()
    for taken in take_up(context.workspace(), on=context.today()):
        path = f"newsletter/{taken.letter}"
        for problem in taken.unread:
            context.say_once(os_error_text(tr, problem))
        for one in taken.travel.answered:
            told = tr("{number} was answered in {path}: the minutes of {meeting} say it too.",
                      number=one.label, path=path, meeting=one.meeting)  # fmt: skip
            context.say(told)
        for one in taken.travel.closed:
            told = tr("{number} was ticked in {path}: it is done in the minutes of {meeting}.",
                      number=one.label, path=path, meeting=one.meeting)  # fmt: skip
            context.say(told)
        for left in taken.travel.left:
            context.say_once(_left_text(tr, left, path))


def _left_text(tr: Translator, left: NotLearned, path: str) -> str:
    """Why an answer or a tick in a letter is not in the minutes."""
    said = {"number": left.label, "path": path, "line": left.line, "meeting": left.meeting}
    if left.why == "answered-otherwise":
        return tr(
            "{path}, line {line}: the minutes of {meeting} answer {number} otherwise, and keep their answer.", **said
        )
    if left.why == "gone":
        return tr("{path}, line {line}: the minutes of {meeting} do not hold {number} any more.", **said)
    return tr(
        "{path}, line {line}: the program cannot tell how {number} would be changed in the minutes of {meeting}: "
        "change it there by hand.",
        **said,
    )
