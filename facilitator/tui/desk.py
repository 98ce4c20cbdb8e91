"""What every screen of a meeting shares: the session, the words, and the one way in which something is done.

An act is told as done only when the session has returned it, that is once it is on the disk.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from facilitator import wording
from facilitator.core.acts import Attend, Captured, Redone, Undone
from facilitator.core.entry import label
from facilitator.core.instant import between
from facilitator.core.people import candidates, expected_names, known_names, read_presence
from facilitator.core.refusal import Reason, Refused
from facilitator.core.text import normalise, one_line
from facilitator.core.time.clocks import clocks
from facilitator.core.vocabulary import PRIVATE
from facilitator.i18n import N_
from facilitator.meetings.faults import moved_text, system_text
from facilitator.store.door import open_own
from facilitator.store.journal import NotSaved
from facilitator.store.workspace import ERRORS_NAME
from facilitator.tui.cells import fit
from facilitator.tui.half_typed import WAIT_S, Texts
from facilitator.tui.keys import ADJOURN, NEXT, OUTCOME, key_name
from facilitator.tui.patience import Patience
from facilitator.tui.telephones import Telephones

if TYPE_CHECKING:
    from facilitator.core.acts import Act, Command
    from facilitator.core.meeting import Meeting, Presence
    from facilitator.core.time.clocks import Clocks
    from facilitator.i18n import Translator
    from facilitator.meetings.session import Done, Session
    from facilitator.tui.pulse import Follower, Pulse
    from facilitator.tui.widgets.lines import Row

Tone = Literal["said", "typing", "done", "others", "refused", "unsaved", "saving"]
T = TypeVar("T")
# Refusals that name a command of the command line; on a screen they name a key.
ON_SCREEN: dict[Reason, tuple[str, str]] = {
    "last-step": (ADJOURN, N_("This is the last step: {key} adjourns the meeting.")),
    "undecided": (OUTCOME, N_("Not published: no outcome yet for {labels}. {key} gives one.")),
    "not-started": (NEXT, N_("The meeting has not begun: {key} begins it.")),
}


# How long a message stays before what stands (a gap, a broken promise) takes its line.
MESSAGE_S = 12.0
STAYS = ("unsaved", "saving")
STYLES: dict[Tone, str] = {"refused": "warn", "unsaved": "reverse", "saving": "reverse", "others": "other"}


class DeskLine(Struct, frozen=True):
    """One line for the person, the sort of news it is, and what of it the room may see.

    `typing` is about what is being typed, and goes when the bar is closed. `at` is when it was told, by `Desk.now_ms`.
    """

    text: str
    tone: Tone
    room: str
    at: int

    @property
    def style(self) -> str:
        """The name of the style in which it is shown."""
        return STYLES.get(self.tone, "")


def not_saved(tr: Translator, failure: NotSaved) -> str:
    """The sentence for what could not be saved."""
    return tr("NOT SAVED: {reason}", reason=system_text(tr, failure.reason))


# What the wall reads of something that was written down.
DONE = "✓"


class Desk:
    """A meeting as the screens see it."""

    def __init__(self, session: Session, tr: Translator, send: Callable[[], None] = lambda: None) -> None:
        """`send` puts on the terminal, at once, what is to be painted."""
        self.session = session
        self.tr = tr
        self.message: DeskLine | None = None
        self.alarm: DeskLine | None = None
        self.texts = Texts(session)
        self.telephones = Telephones(session)
        self._followers: dict[Callable[[], None], tuple[Pulse | Follower, ...]] = {}
        self.draft_seen: tuple[int, int, int] | None = None  # the draft of the minutes, as it was looked at last
        self.said_of_draft: tuple[str, ...] = ()
        self._noted = ""
        self._send = send
        self._patience = Patience()
        self._standing: Meeting | None = None
        self._asked: tuple[object, DeskLine] | None = None  # what a second key does, and the line that says so

    @property
    def meeting(self) -> Meeting:
        """The meeting as it stands; while something is being saved, as it stood before."""
        return self._standing or self.session.meeting

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

    def person(self, text: str) -> str | None:
        """Who is meant: a known name of which enough is typed, else a new one; None, and told, when several may be."""
        found = candidates(text, self.names)
        if len(found) > 1:
            self.say(self.tr("Several: {names}", names=", ".join(found)), "refused")
            return None
        return found[0] if found else one_line(normalise(text).text)

    def are_several(self, names: Iterable[str]) -> bool:
        """Whether one of these names may be that of several people, which is told."""
        for name in names:
            found = candidates(name, self.names) if name not in self.names else []
            if len(found) > 1:
                self.say(self.tr("Several: {names}", names=", ".join(found)), "refused")
                return True
        return False

    def attend(self, text: str) -> bool:
        """Note who came in, as typed: `aw`, `awa absente`; false, and told, when that was not done.

        Whom nobody knows is added only when it is entered again: a mistyped name would be a visitor for ever.
        """
        names = expected_names(self.meeting)
        said, status = read_presence(text, names)
        found = candidates(said, names)
        name = found[0] if len(found) == 1 else one_line(normalise(said).text)
        if len(found) > 1:
            self.say(self.tr("Several: {names}", names=", ".join(found)), "refused")
            return False
        if not found and not self.again(
            ("attend", name), self.tr("Enter again adds “{name}”, who is on no list.", name=name)
        ):
            return False
        return self.note_presence(name, status)

    def note_presence(self, name: str, status: Presence) -> bool:
        """Note how this person attends; before the start nobody is late yet."""
        if status == "late" and self.meeting.state in ("none", "ready"):
            self.say(self.tr("Late is noted when they come: the meeting has not begun."), "refused")
            return False
        return self.act(Attend(name, status)) is not None

    def again(self, what: object, words: str, *, after_ms: int = 0, for_room: bool = True) -> bool:
        """Whether this was asked just now already, and its question still stands; else it is asked, in these words.

        Within `after_ms` of the question it is no answer: a remote sends a key twice.
        """
        asked, self._asked = self._asked, None
        said = self.message
        if (
            asked is not None
            and asked[0] == what
            and said is not None
            and said.at == asked[1].at
            and not self.is_old(said)
        ):
            if self.now_ms() - said.at >= after_ms:
                return True
            self._asked = asked
            return False
        self.say(words, "refused", for_room=for_room)
        self._asked = (what, self.message) if self.message is not None else None
        return False

    def clocks(self) -> Clocks:
        """What the clocks say now."""
        return clocks(self.meeting, self.session.now())

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

    def now_ms(self) -> int:
        """Milliseconds by the boot clock where there is one; only their differences mean something."""
        now = self.session.now()
        return now.boot if now.boot is not None else now.at

    def say(self, text: str, tone: Tone = "said", *, for_room: bool = True) -> None:
        """Tell the person one line; the room sees it only when something failed, and then only if it may."""
        message = self._message(text, tone, text if for_room and tone in ("refused", "unsaved") else "")
        if tone == "unsaved":
            self.alarm, self.message = message, None
        else:
            self.message = message
        self.changed()

    def _message(self, text: str, tone: Tone, room: str = "") -> DeskLine:
        return DeskLine(text, tone, room, self.now_ms())

    def add(self, remark: str) -> None:
        """Add to the line that stands; for the person alone."""
        if self.message is not None:
            self.message = replace(self.message, text=f"{self.message.text} · {remark}")
            self.changed()

    @property
    def line(self) -> DeskLine | None:
        """What is to be read now.

        What could not be saved stays until something is saved or the person waves it away (`calm`): what others do gives
        way to it, and what a key is answered stands behind it.
        """
        said, alarm = self.message, self.alarm
        if alarm is None or (said is not None and said.tone == "saving"):
            return said
        if said is None or said.tone == "others" or self.is_old(said):
            return alarm
        rooms = " · ".join(part for part in (alarm.room, said.room) if part)
        return replace(alarm, text=f"{alarm.text} · {said.text}", room=rooms)

    def is_old(self, message: DeskLine) -> bool:
        """Whether a message has been read by now, and gives way to what stands."""
        return message.tone not in STAYS and self.now_ms() - message.at > MESSAGE_S * 1000

    def calm(self) -> None:
        """The person has read what could not be saved."""
        if self.alarm is not None:
            self.alarm = None
            self.changed()

    def room_row(self, width: int) -> Row:
        """The line of messages where the room looks on: what failed, and a sign for what was written down for all."""
        message = self.line
        if message is None or self.is_old(message):
            return []
        return [(" " + fit(message.room, width - 1), message.style if message.tone in ("refused", "unsaved") else "")]

    def hush(self) -> None:
        """The bar is closed: what was said about its text no longer holds."""
        if self.message is not None and self.message.tone in ("typing", "refused"):
            self.message = None

    def keep_texts(self, wait_s: float = WAIT_S) -> str:
        """Keep what is half typed, when it changed; what prevents it is told and returned."""
        try:
            self.texts.keep(wait_s)
        except OSError as error:
            words = self.tr(
                "The half-typed text is not kept: {reason}", reason=system_text(self.tr, error.strerror or str(error))
            )
            self.say(words, "refused")
            return words
        return ""

    def look_at_telephones(self) -> None:
        """See what they sent meanwhile, and let it be shown."""
        if self.telephones.look():
            self.forget_mended()
            self.changed()

    def forget_mended(self) -> None:
        """Of what a telephone sent nothing is kept once it no longer waits: not the words either in which it was to be taken up."""
        for item in self.telephones.mended - {one.item.id for one in self.telephones.waiting}:
            self.texts.take("note", item)

    def follow(self, paint: Callable[[], None], *beats: Pulse | Follower) -> None:
        """Have it painted whenever something changed, with these beats, until `leave`."""
        self._followers[paint] = beats
        for beat in beats:
            beat.start()

    def leave(self, paint: Callable[[], None]) -> None:
        """Nobody looks any more."""
        for beat in self._followers.pop(paint, ()):
            beat.stop()

    def changed(self) -> None:
        """Let whoever shows this meeting look again; whatever cannot be painted, what was done is done."""
        for paint in list(self._followers):
            paint()

    def show(self, paint: Callable[[], object]) -> None:
        """Paint; whatever cannot be painted is noted, and what was done stays done."""
        try:
            paint()
        except Exception as error:  # noqa: BLE001  # the fault of a screen is not that of an act
            self.note_error(error)

    def guard(self, work: Callable[[], T]) -> T | None:
        """What `work` returns; an error of the program is told and noted, and the meeting goes on."""
        try:
            return work()
        except Exception as error:  # noqa: BLE001  # whatever it is
            self.broke(error)
            return None

    def act(self, command: Command) -> Done | None:
        """Do it and tell it; None, and the reason told, when it was refused or could not be saved."""
        return self.tell_done(lambda: self.session.act(command), for_room=not self._about_private(command))

    def tell_done(self, work: Callable[[], Done | None], *, for_room: bool = True) -> Done | None:
        """The same for an act that `work` does, or nothing that is one; the room reads why it was refused only with `for_room`."""
        before = self.meeting
        done = self.attempt(work, for_room=for_room)
        if done is None:
            return None
        try:
            self.message = self._message(self._sentence(before, done), "done", self._for_room(done))
        except Exception as error:  # noqa: BLE001  # it is saved, whatever the words for it
            self.note_error(error)
            self.message = self._message(DONE, "done", DONE)
        self.changed()
        return done

    def attempt(self, work: Callable[[], T], *, for_room: bool = True) -> T | None:
        """What `work`, which writes to the disk, returns; None, and the reason told, when it was refused or not saved."""
        try:
            result = self.carry_out(work)
        except Refused as refused:
            self.say(self._refused(refused), "refused", for_room=for_room)
        except NotSaved as failure:
            self.say(not_saved(self.tr, failure), "unsaved")
        else:
            self.alarm = None
            return result
        return None

    def carry_out(self, work: Callable[[], T]) -> T:
        """What `work` returns or raises, which writes to the disk; when that takes long the screen says so and goes on."""
        said, self._standing = self.message, self.session.meeting
        try:
            return self._patience.carry_out(work, self._saving)
        finally:
            self._standing = None
            if self.message is not None and self.message.tone == "saving":
                self.message = said

    def _saving(self) -> None:
        self.message = self._message(self.tr("Saving… what is typed meanwhile is not lost."), "saving")
        try:
            self.changed()
            self._send()
        except Exception as error:  # noqa: BLE001  # whatever cannot be painted, the act is under way
            self.note_error(error)

    def poll(self) -> bool:
        """Take in what others did and tell it; true when there was anything."""
        acts = self.see()
        if acts is not None:
            self.take_in(acts)
        return bool(acts)

    def see(self) -> list[Act] | None:
        """The acts of others that came, to be taken in; None when there is nothing to show.

        That the workspace was moved is told here, and stays until something is done.
        """
        acts = self.session.poll()
        moved = self.session.take_moved()
        if moved is not None:
            self.say(moved_text(self.tr, moved), "unsaved", for_room=False)
        return acts if acts or moved is not None else None

    def take_in(self, acts: list[Act]) -> None:
        """Tell what others did and let it be shown."""
        told = [words for act in (*self.session.take_voided(), *acts) if (words := self._others(act))]
        others = self.session.take_renumbered()
        said = [*(wording.renumbered_text(self.tr, one) for one in others), *told[-3:]]
        if said:
            public = (wording.renumbered_text(self.tr, one) for one in others if not one.entry.private)
            told_now = self._message(" · ".join(said), "others", " · ".join(public))
            standing = self.message
            if standing is not None and standing.tone == "refused" and not self.is_old(standing):
                # Why nothing was done is to be read: it stays first.
                self.message = replace(standing, text=f"{standing.text} · {told_now.text}")
            else:
                self.message = told_now
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
        if lines == self._noted:
            return  # each second the same
        self._noted = lines
        try:
            path = self.session.folder / ERRORS_NAME
            descriptor = open_own(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            with os.fdopen(descriptor, "a", encoding="utf-8") as log:
                log.write(lines)
        except (OSError, LookupError):
            return

    def _refused(self, refused: Refused) -> str:
        key, words = ON_SCREEN.get(refused.reason, ("", ""))
        if not words:
            return wording.refusal_text(self.tr, refused, self.zone)
        labels = refused.values.get("labels")
        named = ", ".join(map(str, labels)) if isinstance(labels, tuple) else ""
        return self.tr(words, key=key_name(self.tr, key), labels=named)

    def _about_private(self, command: Command) -> bool:
        """Whether what was asked concerns someone's own need."""
        entry = self.meeting.entries.get(str(getattr(command, "entry", "")))
        return getattr(command, "kind", None) in PRIVATE or (entry is not None and entry.private)

    def _for_room(self, done: Done) -> str:
        """A sign, and the number, for what was written down for all; of anything else the room hears nothing."""
        captured = next((event for event in done.act.events if isinstance(event, Captured)), None)
        if captured is None or captured.kind in PRIVATE or done.entry is None:
            return ""
        return f"{DONE} {label(done.entry.kind, done.entry.number, self.tr.language)}".rstrip()

    def _sentence(self, before: Meeting, done: Done) -> str:
        if done.taken_back is not None:
            first = done.act.events[0]
            if isinstance(first, Undone):
                return wording.undo_text(self.tr, before, done.taken_back)
            if isinstance(first, Redone):
                return wording.redo_text(self.tr, done.meeting, done.taken_back)
        said = (
            wording.act_text(self.tr, done.meeting, done.act),
            wording.letter_remark(self.tr, done.meeting, done.act),
        )
        return "✓ " + " · ".join(filter(None, said))

    def _others(self, act: Act) -> str:
        who = wording.actor_name(self.tr, act.actor)
        taken = self.session.taken_back(act)
        if taken is not None:
            return wording.taken_back_text(self.tr, who, taken)
        words = wording.act_text(self.tr, self.meeting, act)
        return self.tr("{who}: {what}", who=who, what=words) if words else ""
