"""The sequences that no meeting has reached, as steps for the next agenda; for whoever writes one, not for its opening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from facilitator.core.agenda import DAY_S, Step
from facilitator.core.carrying import not_reached
from facilitator.core.fold import Replay
from facilitator.core.text import fold_case, one_line
from facilitator.i18n import LANGUAGES, translator
from facilitator.meetings.past import archive_of
from facilitator.store.journal import Journal
from facilitator.wording import step_kind_name

if TYPE_CHECKING:
    from facilitator.core.agenda import Agenda, StepKind
    from facilitator.core.records import StepRow
    from facilitator.store.archive import Archive
    from facilitator.store.workspace import Workspace

MAX_TITLE = 200
# Every meeting has its own.
RECURRING: tuple[StepKind, ...] = ("welcome", "news", "needs", "break", "closing")


def sequences_left(workspace: Workspace, agenda: Agenda) -> tuple[Step, ...]:
    """The sequences that no meeting has reached, as steps for this agenda; not those that it has anyway, by kind or by title.

    They are as they were planned where the journal of their meeting is on this machine, else as their minutes say.
    """
    with archive_of(workspace) as archive:
        left = put_off(workspace, archive)
    there = {fold_case(step.title or "") for step in agenda.steps}
    return tuple(
        replace(plan, title=one_line(row.title)[:MAX_TITLE], origin=f"{meeting}#step-{row.step}")
        for meeting, row, plan in left
        if fold_case(row.title) not in there
    )


def put_off(workspace: Workspace, archive: Archive) -> list[tuple[str, StepRow, Step]]:
    """The sequences that no meeting has reached, with the meeting that left them and how they were planned; not those that every one has."""
    usual = {fold_case(step_kind_name(translator(code), kind)) for code in LANGUAGES for kind in RECURRING}
    left = [
        one for one in not_reached(archive.steps()) if one[1].title.strip() and fold_case(one[1].title) not in usual
    ]
    found = [(meeting, row, _planned(workspace, meeting, row)) for meeting, row in left]
    return [one for one in found if one[2].kind not in RECURRING]


def _planned(workspace: Workspace, meeting: str, row: StepRow) -> Step:
    """What was planned for a sequence."""
    if meeting in workspace.names():
        with Journal(workspace.meeting_folder(meeting), writer="reader") as journal:
            steps = Replay(journal.read()).meeting.steps
        if row.step <= len(steps):
            return replace(steps[row.step - 1].plan, items=())
    return Step(kind="free", duration=min(max(row.minutes or 0, 1) * 60, DAY_S))
