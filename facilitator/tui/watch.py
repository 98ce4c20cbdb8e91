"""While a screen looks: time in which nobody did is noted as a gap, and the draft of the minutes follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core.refusal import Refused
from facilitator.store.journal import NotSaved

if TYPE_CHECKING:
    from pathlib import Path

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


def is_touched(desk: Desk) -> bool:
    """Whether somebody wrote in the draft of the minutes since this screen looked."""
    return _stamp(desk.session.draft_path) != desk.draft_seen


class Settling:
    """A draft that somebody is saving: an editor may write it twice, or in pieces. It is taken up once it stays as it is."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stamp: tuple[int, int, int] | None = None

    @property
    def begins(self) -> bool:
        """Whether a save was noticed that was not noticed before."""
        stamp = _stamp(self._desk.session.draft_path)
        begun = stamp not in (None, self._desk.draft_seen, self._stamp)
        self._stamp = stamp
        return begun

    @property
    def is_over(self) -> bool:
        """Whether it has stayed as it was noticed, and this screen has not seen it yet."""
        return not self.begins and self.goes_on

    @property
    def goes_on(self) -> bool:
        """Whether this screen has not seen it yet; one that is away for a moment is not being saved, or not yet."""
        return self._stamp not in (None, self._desk.draft_seen)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes with every save of a file; None when it is not there."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def write_minutes(desk: Desk) -> list[str]:
    """Write the draft of the minutes, and what is to be told of what people wrote there, once.

    One that cannot be written now is written next time.
    """
    from facilitator.meetings.publishing import hand_texts, write_draft

    seen = _stamp(desk.session.draft_path)
    try:
        written = write_draft(desk.session)
    except OSError as error:
        desk.draft_seen = seen
        desk.note_error(error)
        return []
    if written is None:
        return []
    desk.draft_seen = _stamp(written.path)
    return _news(desk, hand_texts(desk.tr, desk.session.workspace, written))


def forget_in_draft(desk: Desk) -> list[str]:
    """Take a question that was taken up individually out of the draft, and of agendas, which is told in a sentence for each.

    What prevents it is noted, and it goes with the next draft.
    """
    from facilitator.meetings import publishing as publish
    from facilitator.meetings.withholding import trace_text

    try:
        done = publish.forget_in_draft(desk.session)
    except OSError as error:
        desk.note_error(error)
        return []
    workspace = desk.session.workspace
    told = [trace_text(desk.tr, trace, str(trace.path.relative_to(workspace.root))) for trace in done.traces]
    return told + (_news(desk, publish.hand_texts(desk.tr, workspace, done.draft)) if done.draft else [])


def _news(desk: Desk, told: list[str]) -> list[str]:
    """What was not told the last time: what stands is told once."""
    fresh = [text for text in told if text not in desk.said_of_draft]
    desk.said_of_draft = tuple(told)
    return fresh
