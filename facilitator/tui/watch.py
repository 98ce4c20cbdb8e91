"""While a screen looks: time in which nobody did is noted as a gap, and the draft of the minutes follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core.refusal import Refused
from facilitator.store.journal import NotSaved

if TYPE_CHECKING:
    from facilitator.tui.desk import Desk


def look(desk: Desk) -> None:
    """Note that someone looks; what was found missing is shown, and settled when the person likes."""
    try:
        found = desk.carry_out(desk.session.watch)
    except (Refused, NotSaved) as problem:
        desk.note_error(problem)
        return
    if found is not None:
        desk.changed()


def write_minutes(desk: Desk) -> None:
    """Write the draft of the minutes; one that cannot be written now is written next time."""
    from facilitator.meetings.publishing import write_draft

    try:
        write_draft(desk.session)
    except OSError as error:
        desk.note_error(error)


def forget_in_draft(desk: Desk) -> list[str]:
    """Take a question that was taken up individually out of the draft, and of agendas, which is told in a sentence for each.

    What prevents it is noted, and it goes with the next draft.
    """
    from facilitator.meetings import publishing as publish
    from facilitator.meetings.withholding import trace_text

    try:
        traces = publish.forget_in_draft(desk.session)
    except OSError as error:
        desk.note_error(error)
        return []
    root = desk.session.workspace.root
    return [trace_text(desk.tr, trace, str(trace.path.relative_to(root))) for trace in traces]
