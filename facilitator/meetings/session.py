"""A seat at a meeting: one writer who reads the journal, acts, and sees what the others do.

Everything that changes a meeting goes through `Session.act`: decide, append, and only then fold and show.
"""

from __future__ import annotations

import datetime
import os
import re
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.acts import Act, Command, FindGap, Open, Redone, Stamp, Undone, act_of
from facilitator.core.decide import decide
from facilitator.core.fold import Replay
from facilitator.core.history import TakenBack
from facilitator.core.instant import Instant, between
from facilitator.core.refusal import Refused
from facilitator.core.renumbered import Renumbered, misheard, renumbered
from facilitator.core.setup import Setup, meeting_slug
from facilitator.core.since import Since
from facilitator.core.time.clocks import Clocks, clocks
from facilitator.core.zone import zone_of
from facilitator.meetings.opening import Plan, Standing, opening_in_turn, standing
from facilitator.store import platform
from facilitator.store.folders import refuse_foreign, safe_name
from facilitator.store.half_typed import KeptText, last_alive, load_texts, touch_alive
from facilitator.store.heard import load_heard, save_heard
from facilitator.store.journal import Journal, NotSaved
from facilitator.store.workspace import HeldFolder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from facilitator.core.agenda import Agenda
    from facilitator.core.entry import Entry
    from facilitator.core.meeting import Meeting
    from facilitator.core.network import Language, Network
    from facilitator.core.vocabulary import Kind
    from facilitator.meetings.carrying import Gone
    from facilitator.store.inotify import Inotify
    from facilitator.store.workspace import Workspace

UNFINISHED_MS = 12 * 3_600_000
GAP_MS = 60_000
SETTLED_NS = 2_000_000_000


class Done(Struct, frozen=True):
    """An act that is on the disk: the meeting after it, the entry it was about, the act that undo or redo was about (and its entry)."""

    act: Act
    meeting: Meeting
    entry: Entry | None = None
    taken_back: Act | None = None


class WorkspaceMoved(Struct, frozen=True):
    """Somebody moved the workspace of a meeting: it goes on in `root`. `lost` when that is where it was, made anew."""

    root: Path
    lost: bool = False


class Session:
    """One writer's seat. Made by `join` (a meeting that exists) or `prepare` (one that its first act will make)."""

    def __init__(self, workspace: Workspace, *, terminal: bool, actor: str | None = None) -> None:
        self.workspace = workspace
        self._root = workspace.root
        self.terminal = terminal
        self.actor = actor or f"{platform.user()}@{platform.machine()}"
        self.writer = _writer(terminal=terminal)
        self.replay = Replay()
        self._journal: Journal | None = None
        self._plan: Plan | None = None
        self._ready: Meeting | None = None
        self._arrived: list[Act] = []
        self._renumbered: list[Renumbered] = []
        self._voided: list[Act] = []
        self._heard: dict[str, str] | None = None
        self._looked: Instant | None = None
        self._unsaved: tuple[Command, Act] | None = None
        self._held = HeldFolder(workspace.root) if terminal else None
        self._moved: WorkspaceMoved | None = None
        self.gone: tuple[Gone, ...] = ()  # of what the agenda carries over: it is in no minutes any more
        self._looked_in: tuple[int, ...] | None = None
        self._notices: Inotify | None = None

    @classmethod
    def join(cls, workspace: Workspace, meeting_id: str, *, terminal: bool, actor: str | None = None) -> Session:
        """A seat at a meeting that has a journal.

        Raises:
            LookupError: the journal holds no meeting.
            Foreign: the workspace is somebody else's, who could not read what is written in it.
        """
        refuse_foreign(workspace.private)
        session = cls(workspace, terminal=terminal, actor=actor)
        session._open_journal(workspace.meeting_folder(meeting_id))
        session.replay.add(session.journal.read())
        if session.replay.meeting.setup is None:
            raise LookupError(meeting_id)
        return session

    @classmethod
    def prepare(  # noqa: PLR0913  # what a meeting rests on
        cls,
        workspace: Workspace,
        agenda: Agenda,
        network: Network,
        *,
        zone: str,
        language: Language,
        terminal: bool,
        actor: str | None = None,
        again: bool = False,
    ) -> Session:
        """A seat at a meeting to come; nothing is written before the first act, which makes it unless another one did.

        `again`: a second one is wanted, whatever was held or goes on now.
        """
        session = cls(workspace, terminal=terminal, actor=actor)
        since = Since()
        if agenda.carried or agenda.since is not None:
            from facilitator.meetings.carrying import since_of  # only here are earlier minutes read

            since, session.gone = since_of(workspace, agenda, network)
        session._plan = Plan(agenda, network, zone, language, again, frozenset(workspace.names()), since)
        return session

    def standing(self, instant: Instant | None = None) -> Standing | None:
        """What whoever opens this agenda finds there; None when nothing stands in its way. For a meeting to come."""
        if self._plan is None:
            return None
        plan = self._plan if self._plan.again else replace(self._plan, known=frozenset())
        return standing(self.workspace, plan, instant or self.now())

    @property
    def journal(self) -> Journal:
        """The journal of the meeting, which exists from the first act on."""
        if self._journal is None:
            message = "nothing was written yet"
            raise LookupError(message)
        return self._journal

    @property
    def exists(self) -> bool:
        """Whether something was written of this meeting."""
        return self._journal is not None

    @property
    def meeting(self) -> Meeting:
        """The meeting as it is known here; one that nothing was written of is ready."""
        if self._plan is None:
            return self.replay.meeting
        if self._ready is None:
            self._ready = Replay([self._opening(self._plan, self.now())]).meeting
        return self._ready

    @property
    def setup(self) -> Setup:
        """What the meeting rests on."""
        return self.meeting.opened

    @property
    def folder(self) -> Path:
        """The folder of the meeting's journal."""
        return self.journal.folder

    def now(self) -> Instant:
        """This moment, by the wall and by the boot clock."""
        boot_id, boot = platform.boot_clock()
        return Instant(at=time.time_ns() // 1_000_000, boot_id=boot_id, boot=boot)

    @property
    def draft_path(self) -> Path:
        """Where the minutes of this meeting are, a draft until the close."""
        return self.workspace.minutes_folder / f"{self.meeting.id}.md"

    def told(self, at: datetime.datetime) -> Instant:
        """A moment that a person gave, in the meeting's zone."""
        zone = self._plan.zone if self._plan is not None else self.setup.zone
        local = at if at.tzinfo is not None else at.replace(tzinfo=zone_of(zone))
        return Instant(at=int(local.timestamp() * 1000), told=True)

    def clocks(self, now: Instant | None = None) -> Clocks:
        """What the clocks say."""
        return clocks(self.meeting, now or self.now())

    def idle_ms(self) -> int:
        """Milliseconds since the last act of anyone, by the wall clock; 0 when there is none."""
        last = self.replay.acts[-1].n if self.replay.acts else None
        return max(0, self.now().at - last) if last is not None else 0

    @property
    def unfinished(self) -> bool:
        """Whether the meeting is live and nothing happened in it for twelve hours."""
        return self.exists and self.meeting.state != "closed" and self.idle_ms() > UNFINISHED_MS

    def act(self, command: Command, *, at: Instant | None = None, act_id: str | None = None) -> Done:
        """Carry a command out: it is on the disk when this returns. `act_id` for what may be done once, by whomever; else it gets one.

        Raises:
            Refused: it cannot be done, someone else came first, or the act of this id is there; nothing that counts was written.
            NotSaved: it could not be written anywhere.
            Foreign: a first act in a workspace that is somebody else's.
        """
        if self._journal is not None and self.terminal and self._journal.stands():
            return self._done(self._written(command, at or self.now(), act_id, stood=True))
        self.follow()
        instant = at or self.now()
        if self._plan is not None:
            return self._first_act(self._plan, command, instant)
        return self._act(command, instant, act_id)

    def poll(self) -> list[Act]:
        """The acts of others that came since the last call, folded in."""
        self.refresh()
        arrived, self._arrived = self._arrived, []
        return arrived

    def take_renumbered(self) -> list[Renumbered]:
        """The entries that were seen here under another number than they have now, since the last call."""
        found, self._renumbered = self._renumbered, []
        return found

    def take_voided(self) -> list[Act]:
        """This person's acts that have no effect any more, since what others did before them came; since the last call."""
        found, self._voided = self._voided, []
        return found

    def refuse_misheard(self, kind: Kind, number: int) -> None:
        """Refuse, once, a number under which this person heard an entry that has another one by now; for who names it."""
        if self._journal is None:
            return
        heard = self._hearing()
        found = misheard(self.replay.meeting, self.replay.acts, self.actor, heard, (kind, number))
        if found:
            self._hear([one.entry for one in found])
            raise Refused("renumbered", renumbered=found)

    def refresh(self) -> Meeting:
        """The meeting with all that others did by now; what came is left for `poll` to tell."""
        self.follow()
        if self._plan is not None:
            self._look_in(self._plan)
        elif self._journal is not None:
            self._arrived.extend(self._take_in(self._journal.poll()))
        return self.meeting

    def notice(self) -> int | None:
        """A descriptor that is readable once others may have done something more, also in the draft by hand; to be asked before each look.

        None where nothing tells, and one has to look again and again. It stays open until the seat is given up.
        """
        self.follow()
        if self._journal is not None:
            folders = (*self._journal.places, self.workspace.minutes_folder)
        elif self._looked_in is not None and self._looked_in == self._meetings_state():
            folders = (self.workspace.meetings_folder,)
        else:
            return None  # a journal may be about to appear
        try:
            if self._notices is None:
                self._notices = platform.SYSTEM.notices()
            told = self._notices if self._notices.follow(folders) else None
        except OSError:
            told = None
        if self._journal is not None:
            self._journal.heed(told)
        return told.fd if told is not None else None

    def follow(self) -> None:
        """Go on where the workspace is by now, when somebody moved it; `take_moved` tells."""
        root = self._held.find() if self._held is not None else self.workspace.root
        if root == self._root:
            return
        self._moved = WorkspaceMoved(root or self._root, lost=root is None)
        if root is None:
            return
        before, self._root = self.workspace.moved_to(self._root), root
        self.workspace.move(root)
        if self._journal is not None:
            meeting_id = self._journal.folder.name
            self._journal.move(self.workspace.meeting_folder(meeting_id))
            before.unregister_live(meeting_id)
            self.workspace.register_live(meeting_id)

    def take_moved(self) -> WorkspaceMoved | None:
        """That the workspace was moved, once."""
        moved, self._moved = self._moved, None
        return moved

    def watch(self) -> Done | None:
        """Note that someone is looking; to be called every few seconds by a screen.

        When nobody looked for over a minute while a step ran (a crash, a closed lid), that gap is noted in the journal:
        the act that did. Raises NotSaved.
        """
        if self._journal is None:
            return None
        self.follow()
        now = self.now()
        start = self._last_look(now)
        self._looked = now
        found = None
        if start is not None and self.meeting.state == "running" and now.at - start > GAP_MS:
            found = self.act(FindGap(start, now.at), at=now)
        touch_alive(self.folder, self.writer, now.at)
        return found

    def _last_look(self, now: Instant) -> int | None:
        """When somebody last looked or acted, in milliseconds of the wall clock as it is now.

        Its own last look is measured by the boot clock, which a change of the wall clock does not touch.
        """
        looks = [last_alive(self.folder)]
        if self._looked is not None:
            looks.append(now.at - between(self._looked, now)[0])
        elif self.replay.acts:
            looks.append(self.replay.acts[-1].n)
        return max((look for look in looks if look is not None and look <= now.at), default=None)

    @property
    def texts_folder(self) -> Path:
        """Where this meeting's half-typed text is kept."""
        self.follow()
        return self.folder if self.exists else self.workspace.texts_folder

    def left_texts(self) -> list[KeptText]:
        """The half-typed texts of others who are gone, the latest first; what someone still types is theirs."""
        alive = self.journal.writers_alive() if self.exists else []
        return [
            kept
            for kept in load_texts(self.texts_folder)
            if kept.text
            and kept.writer != self.writer
            and not any(name.startswith(safe_name(kept.writer)) for name in alive)
            and (self.exists or not platform.runs(_process_of(kept.writer)))
        ]

    def seen(self) -> dict[str, int]:
        """What was read of each writer: the `n` of its last act."""
        return self.journal.seen()

    def unread(self) -> list[Path]:
        """The files and folders of the journal that could not be read at all, as of the last look."""
        if self._journal is None:
            return []
        return list(dict.fromkeys(path for path, line, _ in self._journal.diagnostics.unreadable if not line))

    def leave(self) -> None:
        """Give the seat up; the meeting goes on."""
        if self._held is not None:
            self._held.let_go()
        if self._journal is not None:
            self._journal.heed(None)
            self._journal.close()
        if self._notices is not None:
            self._notices.close()
            self._notices = None

    def _act(self, command: Command, instant: Instant, act_id: str | None = None) -> Done:
        with ExitStack() as turn:
            self._arrived.extend(self._take_in(turn.enter_context(self.journal.turn())))
            act = self._written(command, instant, act_id)
        return self._done(act)

    def _written(self, command: Command, instant: Instant, act_id: str | None = None, *, stood: bool = False) -> Act:
        """The act of a command in the meeting as it is known, on the disk: all that others did is folded in."""
        replay, n = self.replay, self.journal.next_n(_real_ms())
        if act_id is not None and replay.knows(act_id):
            raise Refused("done-already")
        act = self._again(command) or self._decided(replay.meeting, command, instant, replay.acts, n, act_id)
        self._append(command, act, stood=stood)
        return act

    def _append(self, command: Command, *acts: Act, stood: bool = False) -> None:
        """Save the act of a command, the last of these; what could not be saved is kept, to be asked again."""
        try:
            self.journal.append(*acts, stood=stood)
        except NotSaved:
            self._unsaved = (command, acts[-1])
            raise
        self.replay.add(acts)

    def _done(self, act: Act) -> Done:
        """What an act that is on the disk came to, among what others did meanwhile."""
        if others := self.journal.poll():
            self._arrived.extend(self._take_in(others))
        meeting = self.replay.meeting
        self._check(act, meeting)
        self._hear_of(act, meeting)
        taken_back = self._taken_back(act)
        return Done(act, meeting, _entry_of(taken_back or act, meeting), taken_back)

    def _decided(  # noqa: PLR0913  # all that an act is made of
        self,
        meeting: Meeting,
        command: Command,
        instant: Instant,
        history: Sequence[Act],
        n: int,
        act_id: str | None = None,
    ) -> Act:
        stamp = Stamp(id=act_id or _new_id(), actor=self.actor, writer=self.writer, instant=instant)
        return act_of(stamp, decide(meeting, command, stamp, history), n=n)

    def _take_in(self, acts: Iterable[Act]) -> list[Act]:
        """Fold what others did; what got another number by it, or has no effect any more, is noted."""
        before = self.replay.meeting
        fresh = self.replay.add(acts)
        after = self.replay.meeting
        self._renumbered.extend(renumbered(before, after))
        if after.void != before.void:
            void = {one.act for one in after.void} - {one.act for one in before.void} - {act.id for act in fresh}
            self._voided.extend(act for act in self.replay.acts if act.id in void and act.actor == self.actor)
        return fresh

    def _hear_of(self, act: Act, meeting: Meeting) -> None:
        """Who acts on an entry hears its number as it is now."""
        if meeting.renumbered:
            about = {getattr(event, "entry", "") for event in act.events}
            self._renumbered = [one for one in self._renumbered if one.entry.id not in about]
            self._hear(
                [meeting.entries[entry] for entry in about if entry in meeting.renumbered and entry in meeting.entries]
            )

    def _hearing(self) -> dict[str, str]:
        """Under which numbers this person heard what moved."""
        if self._heard is None:
            self._heard = load_heard(self.folder, self.actor)
        return self._heard

    def _hear(self, entries: Iterable[Entry]) -> None:
        heard = self._hearing()
        told = {entry.id: entry.label for entry in entries if heard.get(entry.id) != entry.label}
        if told:
            heard.update(told)
            save_heard(self.folder, self.actor, heard)

    def _again(self, command: Command) -> Act | None:
        """The act that could not be saved a moment ago, when the same is asked again.

        A part of it may be in a file for others to read although no disk acknowledged it: only the same act, by its id,
        counts once.
        """
        unsaved, self._unsaved = self._unsaved, None
        return unsaved[1] if unsaved is not None and unsaved[0] == command else None

    def _first_act(self, plan: Plan, command: Command, instant: Instant) -> Done:
        """Carry the command out in the meeting that somebody made meanwhile, else make it; nothing is made when it is refused."""
        refuse_foreign(self.workspace.private)
        if not self._met(plan, instant):
            opening = self._opening(plan, instant)
            ready = Replay([opening])
            act = self._again(command) or self._decided(ready.meeting, command, instant, ready.acts, n=0)
            with opening_in_turn(self.workspace):
                if not self._met(plan, instant):
                    return self._make(plan, opening, command, act)
        return self._act(command, instant)

    def _met(self, plan: Plan, instant: Instant) -> bool:
        """Whether somebody made the meeting: it is joined. Refused when something else stands there."""
        found = standing(self.workspace, plan, instant)
        if found is None:
            return False
        if found.reason is not None:
            raise Refused(found.reason, meeting=found.meeting)
        self._take_seat(found.meeting)
        return True

    def _make(self, plan: Plan, opening: Act, command: Command, act: Act) -> Done:
        """Make the meeting, with its opening and its first act in one."""
        meeting_id = plan.name(opening.instant)
        if plan.again:
            meeting_id = self.workspace.new_meeting_id(plan.day(opening.instant), meeting_slug(plan.agenda))
        self.workspace.ensure_private()
        self._open_journal(self.workspace.meeting_folder(meeting_id))
        try:
            with self.journal.turn() as arrived:
                self._arrived.extend(self.replay.add(arrived))
                n = self.journal.next_n(_real_ms())
                opened = replace(opening, n=n, events=(Open(meeting_id, plan.setup(opening.instant)),))
                act = replace(act, n=n + 1)
                self._append(command, opened, act)
        except BaseException:
            self.journal.close()
            self._journal, self.replay = None, Replay()
            raise
        self._plan = self._ready = None
        self.workspace.register_live(meeting_id)
        return self._done(act)

    def _opening(self, plan: Plan, instant: Instant) -> Act:
        """The act that opens the meeting, if it were at `instant`."""
        command = Open(plan.name(instant), plan.setup(instant))
        return self._decided(Replay().meeting, command, instant, (), n=-1)

    def _look_in(self, plan: Plan) -> None:
        """Join the meeting as soon as somebody has made it; the folder is asked first, for this is done every moment."""
        state = self._meetings_state()
        if state == self._looked_in:
            return
        found = standing(self.workspace, plan, self.now()) if state else None
        if found is not None and found.reason is None:
            self._take_seat(found.meeting)
        elif (
            not state or time.time_ns() - state[1] > SETTLED_NS
        ):  # until then a journal may appear in a folder that is there
            self._looked_in = state

    def _meetings_state(self) -> tuple[int, ...]:
        """What changes when something is put into the folder of all meetings; nothing when there is none."""
        try:
            now = self.workspace.meetings_folder.stat()
        except OSError:
            return ()
        return (now.st_ino, now.st_ctime_ns, now.st_mtime_ns)

    def _take_seat(self, meeting_id: str) -> None:
        """Join the meeting that somebody made of this plan."""
        self._open_journal(self.workspace.meeting_folder(meeting_id))
        self._plan = self._ready = None
        self._arrived.extend(self.replay.add(self.journal.read()))

    def _open_journal(self, folder: Path) -> None:
        self._journal = Journal(folder, writer=self.writer, shared=not self.terminal)

    def taken_back(self, act: Act) -> TakenBack | None:
        """What an undo or a redo was about, of whomever; None for any other act."""
        taken = self._taken_back(act)
        if taken is None:
            return None
        if isinstance(act.events[0], Redone):
            return TakenBack(taken, self.meeting, again=True)
        return TakenBack(taken, Replay([one for one in self.replay.acts if one.id != act.id]).meeting)

    def _taken_back(self, act: Act) -> Act | None:
        """The act that undo took back, or redo brought back."""
        event = act.events[0]
        if not isinstance(event, Undone | Redone):
            return None
        return next((other for other in self.replay.acts if other.id == event.act), None)

    def _check(self, act: Act, meeting: Meeting) -> None:
        """Refuse an act that came too late: someone else's was before it."""
        if act.id in meeting.late:
            raise Refused("closed", by=meeting.last_actor)
        for void in reversed(meeting.void):
            if void.act == act.id:
                raise Refused(void.reason, by=meeting.last_actor)  # type: ignore[arg-type]  # a Reason, kept as text


def _entry_of(act: Act, meeting: Meeting) -> Entry | None:
    for event in act.events:
        entry = meeting.entries.get(getattr(event, "entry", ""))
        if entry is not None:
            return entry
    return None


def _writer(*, terminal: bool) -> str:
    if terminal:
        return f"{platform.user()}-{platform.machine()}-{os.getpid()}-{os.urandom(3).hex()}"
    return f"cli-{platform.machine()}"


def _process_of(writer: str) -> int:
    """The process that a terminal's writer is named by; 0 for another sort of writer."""
    named = re.search(r"-([0-9]{1,10})-[^-]*$", writer)
    return int(named[1]) if named else 0


def _new_id() -> str:
    return os.urandom(12).hex()


def _real_ms() -> int:
    return time.time_ns() // 1_000_000
