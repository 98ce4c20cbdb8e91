"""What every screen of a meeting shares: the session, the words, and the one way in which something is done.

An act is told as done only when the session has returned it, that is once it is on the disk.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from facilitator import wording
from facilitator.core.people import known_names
from facilitator.core.refusal import Refused
from facilitator.core.timing import between
from facilitator.store.journal import NotSaved

if TYPE_CHECKING:
    from facilitator.core.act import Act
    from facilitator.core.command import Command
    from facilitator.core.meeting import Meeting
    from facilitator.core.timing import Clocks
    from facilitator.i18n import Translator
    from facilitator.session import Done, Session

Tone = Literal["said", "done", "others", "refused", "unsaved"]


class Message(Struct, frozen=True):
    """One line for the person, and the sort of news it is."""

    text: str
    tone: Tone = "said"


class Desk:
    """A meeting as the screens see it."""

    def __init__(self, session: Session, tr: Translator) -> None:
        self.session = session
        self.tr = tr
        self.message: Message | None = None
        self.listeners: list[Callable[[], None]] = []

    @property
    def meeting(self) -> Meeting:
        """The meeting as it stands."""
        return self.session.meeting

    @property
    def zone(self) -> str:
        """The IANA name of the meeting's time zone."""
        return self.meeting.setup.zone if self.meeting.setup else "UTC"

    @property
    def title(self) -> str:
        """The title of the meeting."""
        return self.meeting.setup.agenda.title if self.meeting.setup else ""

    @property
    def names(self) -> list[str]:
        """Everyone who may be named: members, who leads, then visitors."""
        return known_names(self.meeting) if self.meeting.setup else []

    def clocks(self) -> Clocks:
        """What the clocks say now."""
        return self.session.clocks()

    def to_next_second(self) -> float:
        """Seconds until just after the running clock's next second, so that every second shows as long as every other."""
        meeting, now = self.meeting, self.session.now()
        into = now.at
        if meeting.state in ("running", "paused") and meeting.mark is not None:
            step = meeting.current
            into, _ = between(meeting.mark, now)
            if step is not None and meeting.state == "running":
                phase = meeting.spot.phase if meeting.spot else None
                into += step.spent_ms if phase is None else step.phases[phase].spent_ms
        return (1000 - into % 1000) / 1000 + 0.005

    def say(self, text: str, tone: Tone = "said") -> None:
        """Tell the person one line."""
        self.message = Message(text, tone)
        self.changed()

    def changed(self) -> None:
        """Let whoever shows this meeting look again."""
        for listener in list(self.listeners):
            listener()

    def act(self, command: Command) -> Done | None:
        """Do it and tell it; None, and the reason told, when it was refused or could not be saved."""
        before = self.meeting
        try:
            done = self.session.act(command)
        except Refused as refused:
            self.say(wording.refusal_text(self.tr, refused, self.zone), "refused")
            return None
        except NotSaved as failure:
            self.say(self.tr("NOT SAVED: {reason}", reason=failure.reason), "unsaved")
            return None
        self.say(self._told(before, done), "done")
        return done

    def poll(self) -> bool:
        """Take in what others did and tell it; true when there was anything."""
        acts = self.session.poll()
        if acts:
            self.take_in(acts)
        return bool(acts)

    def take_in(self, acts: list[Act]) -> None:
        """Tell what others did and let it be shown."""
        told = [words for act in acts if (words := self._others(act))]
        if told:
            self.message = Message(" · ".join(told[-3:]), "others")
        self.changed()

    def broke(self, error: BaseException) -> None:
        """Tell an error of the program itself; what was saved stays saved and the meeting goes on."""
        self.note_error(error)
        self.say(
            self.tr(
                "The program made an error ({error}); everything saved is safe, go on.", error=type(error).__name__
            ),
            "unsaved",
        )

    def note_error(self, error: BaseException) -> None:
        """Keep the details of an error beside the journal, for whoever repairs the program."""
        lines = "".join(traceback.format_exception(error))
        try:
            path = self.session.folder / "errors.log"
            descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "a", encoding="utf-8") as log:
                log.write(lines)
        except (OSError, LookupError):
            return

    def _told(self, before: Meeting, done: Done) -> str:
        from facilitator.core.act import Redone, Undone

        if done.taken_back is not None:
            first = done.act.events[0]
            if isinstance(first, Undone):
                return wording.undo_text(self.tr, before, done.taken_back)
            if isinstance(first, Redone):
                return wording.redo_text(self.tr, done.meeting, done.taken_back)
        return "✓ " + wording.act_text(self.tr, done.meeting, done.act)

    def _others(self, act: Act) -> str:
        from facilitator.core.act import Redone, Undone

        if isinstance(act.events[0], Undone):
            words = self.tr("took back an act")
        elif isinstance(act.events[0], Redone):
            words = self.tr("brought an act back")
        else:
            words = wording.act_text(self.tr, self.meeting, act)
        who = act.actor.split("@")[0]
        return self.tr("{who}: {what}", who=who, what=words) if words else ""
