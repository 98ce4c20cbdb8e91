"""What a command works with: its words, the language, the workspace, the meeting, and two ways to speak.

Data goes to the standard output, talk to the standard error.
"""

from __future__ import annotations

import datetime
import os
import re
import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct, json

from facilitator.cli.streams import mute, tell
from facilitator.core.instant import MAX_AT
from facilitator.core.people import candidates, expected_names, former_names, known_names
from facilitator.core.refusal import Refused
from facilitator.core.text import fold_case, normalise, one_line
from facilitator.core.zone import zone_of
from facilitator.i18n import Translator
from facilitator.wording import act_text, quoted, redo_text, renumbered_text, undo_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from facilitator.core.acts import Command
    from facilitator.core.instant import Instant
    from facilitator.core.meeting import Meeting
    from facilitator.meetings.publishing import Publication, Unpublished
    from facilitator.meetings.session import Done, Session
    from facilitator.store.workspace import Workspace

# Patterns are compiled when they are used: a capture needs none of them, and must be quick.
# What a terminal would obey: controls but the newline and the tab, C1, bidirectional controls, lone surrogates.
_OBEYED = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
_AT = r"(?a)(?:(\d{4})-(\d\d)-(\d\d)[ T])?(\d\d?)[:h](\d\d)(?::(\d\d))?(Z|[+-]\d\d:?\d\d)?"


# What lies outside is a mistyped year, or the clock of a machine that lost it.
EARLIEST = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
LATEST = datetime.timedelta(days=366)


class Failed(Exception):
    """It could not be done, and why: exit 1."""


class WrongValue(Exception):
    """A value that makes no sense: exit 2."""


class Around(Struct, frozen=True):
    """What words are understood against: the people known, the day of the next meeting; the names that members `had`, folded, with theirs.

    `expected` are those who may come in: partners of the network as well.
    """

    names: tuple[str, ...] = ()
    next_meeting: datetime.date | None = None
    listed: bool = True  # whether there is a list of members at all
    had: Mapping[str, str] = {}
    expected: tuple[str, ...] = ()

    def knows(self, name: str) -> bool:
        """Whether someone of this name is known."""
        return any(fold_case(known) == fold_case(name) for known in self.names) or fold_case(name) in self.had

    def misses(self, name: str) -> bool:
        """Whether there is a list of members, and nobody of this name is known."""
        return self.listed and not self.knows(name)


def around(meeting: Meeting) -> Around:
    """What words are understood against in this meeting."""
    setup = meeting.opened
    names, had, expected = tuple(known_names(meeting)), former_names(setup), tuple(expected_names(meeting))
    return Around(names, setup.calendar.next_meeting, listed=bool(setup.members), had=had, expected=expected)


_DAY = len("2026-11-24")  # what the name of a meeting begins with


class Context:
    """One run of a command. A line conversation keeps one for all its lines."""

    def __init__(self, tr: Translator, values: Namespace) -> None:
        self.tr = tr
        self.values = values
        self.environ = os.environ
        self._workspace: Workspace | None = None
        self._session: Session | None = None
        self._told: set[str] = set()
        self.conversing = False
        self.acted = False
        self.network_zone: str | None = None
        """The time zone of the network, once its settings were read."""

    # Speaking

    def say(self, text: str) -> None:
        """Tell the person something; where it cannot be written it is lost. A conversation without its listener ends."""
        tell(self.talk, visible(text), conversing=self.conversing)

    def say_once(self, text: str) -> None:
        """Tell the person something, unless it was told already."""
        if text not in self._told:
            self._told.add(text)
            self.say(text)

    @property
    def talk(self) -> TextIO:
        """Where talk goes: to the standard error, but in a conversation, which is all talk."""
        return sys.stdout if self.conversing else sys.stderr

    def write(self, text: str) -> None:
        """Give data out; nothing in it is what a terminal would obey."""
        self._given(lambda: sys.stdout.write(f"{visible(text)}\n"))

    def write_json(self, facts: object) -> None:
        """The same, as JSON for other programs."""
        self.write(json.format(json.encode(facts), indent=2).decode())

    def deliver(self) -> None:
        """See that what was given out has left. Raises OSError when it could not, unless something was done: that counts."""
        self._given(sys.stdout.flush)

    def _given(self, give: Callable[[], object]) -> None:
        try:
            give()
        except OSError:
            if not self.acted:
                raise
            mute(sys.stdout)

    # Where

    def workspace(self, *, live: bool = True) -> Workspace:
        """The workspace; `live` says whether one elsewhere counts because a meeting is live in it."""
        if self._workspace is None:
            from facilitator.store.workspace import find_workspace

            flag = self._option("workspace")
            self._workspace = find_workspace(Path(flag) if flag else None, self.environ, self._here(), live=live)
        return self._workspace

    def _here(self) -> Path:
        """The current folder. One that was deleted meanwhile does no harm to who names the workspace."""
        try:
            return Path.cwd()
        except FileNotFoundError:
            if self._chosen():
                return Path(os.sep)
            message = self.tr(
                "The current folder no longer exists: change to another one, or name one with --workspace."
            )
            raise Failed(message) from None

    def own_workspace(self) -> Workspace:
        """The workspace, if its meetings may be taken part in. Raises Foreign."""
        from facilitator.store.folders import refuse_foreign

        workspace = self.workspace()
        refuse_foreign(workspace.private)
        return workspace

    def adopt(self, session: Session) -> None:
        """Let the acts that follow go to this session."""
        self._session = session
        self._workspace = session.workspace

    def session(self) -> Session:
        """The meeting that is meant: `--meeting`, else the live one, else the last one."""
        if self._session is None:
            self._session = self.join(self.meeting_id(), terminal=False)
            self.tell_elsewhere(self._session)
            self.tell_notices(self._session)
            self._finish_close(self._session)
        return self._session

    def tell_elsewhere(self, session: Session) -> None:
        """Tell which meeting is meant when it was found neither here nor above, but because it is live."""
        if self._chosen():
            return
        here, root = Path.cwd(), session.workspace.root
        if not any(os.path.realpath(root) == str(one) for one in (here, *here.parents)):
            self.say(self.tr("In the meeting {name} of {path}:", name=session.meeting.id, path=root))

    def _chosen(self) -> bool:
        """Whether the workspace was named."""
        return bool(self._option("workspace") or self.environ.get("FACILITATOR_WORKSPACE"))

    def _finish_close(self, session: Session) -> None:
        """Finish a close that was interrupted before its documents were on the disk."""
        if session.meeting.closed is not None:
            from facilitator.meetings.publishing import finish_close

            self._tell_finish(finish_close(session))

    def _tell_finish(self, finished: Publication | Unpublished | None) -> None:
        if isinstance(finished, OSError):
            self.tell_unpublished(finished)
        elif finished is not None:
            self._tell_finished(finished)

    def tell_unpublished(self, problem: Unpublished) -> None:
        """Tell, once, which document of a closed meeting is missing, and why."""
        from facilitator.meetings.faults import fault_text

        self.say_once(fault_text(self.tr, problem) or str(problem))

    def _tell_finished(self, publication: Publication) -> None:
        from facilitator.cli.beside import tell_exposed, tell_hand, tell_traces

        self.say(self.tr("The close of {name} was finished.", name=publication.meeting))
        tell_hand(self, publication.minutes)
        tell_traces(self, publication.traces)
        tell_exposed(self, publication.exposed)

    def live(self) -> list[str]:
        """The meetings that go on here; a close that was interrupted is finished first, and what prevents that is said.

        Raises Foreign where they are somebody else's.
        """
        workspace = self.own_workspace()
        live = workspace.live()
        if not any(map(workspace.speaks_of_a_close, live)):
            return live
        from facilitator.meetings.publishing import finish_interrupted

        closed = set()
        for finished in finish_interrupted(workspace):
            closed.add(finished.meeting)
            self._tell_finish(finished)
        return [meeting_id for meeting_id in workspace.live() if meeting_id not in closed]

    @property
    def zone(self) -> str | None:
        """The time zone of the meeting that was joined; None when there is none."""
        setup = self._session.meeting.setup if self._session else None
        return setup.zone if setup else None

    def leave(self) -> None:
        """Let go of the meeting."""
        if self._session is not None:
            self._session.leave()

    def tell_notices(self, session: Session) -> None:
        """Tell, once, where the journal goes on when its own folder cannot be written, and what cannot be read of it."""
        if not session.exists:
            return
        journal, found = session.journal, []
        if journal.fallback is not None:
            found.append(
                self.tr(
                    "The folder of the meeting cannot be written: what you note goes to {path}", path=journal.fallback
                )
            )
        diagnostics = journal.diagnostics
        unread = dict.fromkeys(path for path, *_ in diagnostics.unreadable)
        found += [self.tr("Lines that cannot be read were left out, and kept, in {path}", path=path) for path in unread]
        late = len(session.meeting.late)
        if late:
            found.append(
                self.tr.ntr("{n} act came too late for the close.", "{n} acts came too late for the close.", late)
            )
        if diagnostics.unknown:
            found.append(self.tr("A newer version of the program wrote acts that this one cannot read."))
        for notice in found:
            self.say_once(notice)

    def join(self, meeting_id: str, *, terminal: bool) -> Session:
        """A seat at a meeting of this workspace."""
        from facilitator.meetings.session import Session

        try:
            return Session.join(self.workspace(), meeting_id, terminal=terminal)
        except (LookupError, ValueError):
            raise Failed(self.tr("There is no meeting {name} here.", name=meeting_id)) from None

    def meeting_id(self) -> str:
        """The meeting that is meant: `--meeting`, else the live one, else the last one that has a journal; of those of one day the last closed."""
        workspace = self.own_workspace()
        asked = self._option("meeting")
        if asked:
            return asked
        live = workspace.live()
        if len(live) > 1:
            live = self.live()
        if len(live) > 1:
            raise Failed(
                self.tr("Several meetings are live: {names}. Choose one with --meeting.", names=", ".join(live))
            )
        known = live or workspace.opened()
        if not known:
            self._refuse_several()
            raise Refused("no-meeting")
        last = known[-1]
        of_that_day = [name for name in known if name[:_DAY] == last[:_DAY]]
        return workspace.last_closed(of_that_day) or last if len(of_that_day) > 1 and not live else last

    def _refuse_several(self) -> None:
        """Fail when meetings are live in several other folders: which one is meant is not guessed. A folder that is a workspace speaks of its own."""
        from facilitator.store.workspace import live_workspaces, workspace_above

        here = self._chosen() or workspace_above(self.environ, self._here()) is not None
        roots = [] if here else live_workspaces(self.environ)
        if len(roots) > 1:
            folders = ", ".join(map(str, roots))
            message = self.tr(
                "Meetings are live in several folders: {folders}. Choose with --workspace.", folders=folders
            )
            raise Failed(message)

    def closed_meeting(self) -> str | None:
        """The meeting that is meant, when it is closed: its truth is then the Markdown; None while it is live."""
        if self._session is None:
            workspace = self.own_workspace()
            asked = self._option("meeting")
            if not asked and workspace.live():
                return None if self.session().meeting.state != "closed" else self.session().meeting.id
            known = workspace.opened()
            if asked not in known:
                from facilitator.meetings.past import minutes_of

                written = list(minutes_of(workspace))
                if asked and asked not in written:
                    raise Failed(self.tr("There is no meeting {name} here.", name=asked))
                if asked:
                    return asked
                if written and (not known or written[-1] > known[-1]):
                    return written[-1]
        meeting = self.session().meeting
        return meeting.id if meeting.state == "closed" else None

    def has_journal(self, meeting_id: str) -> bool:
        """Whether this machine holds the journal of a meeting."""
        return meeting_id in self.workspace().opened()

    def _option(self, name: str) -> str | None:
        value = getattr(self.values, name, None)
        return str(value) if value else None

    # When

    def at(self, session: Session) -> Instant | None:
        """The instant given with `--at`, in the meeting's zone; None without it."""
        given = self._option("at")
        if given is None:
            return None
        setup = session.meeting.setup
        zone = setup.zone if setup else "UTC"
        told = read_at(self.tr, given, zone_of(zone), setup.day if setup else None)
        if not EARLIEST <= told <= utc_now() + LATEST:
            message = self.tr("--at {given}: no meeting is held then: look at the year.", given=quoted(self.tr, given))
            raise WrongValue(message)
        return session.told(told)

    def today(self, zone_name: str | None = None) -> datetime.date:
        """The day on which this is said: that of `--at`, else today; in this zone, else that of the meeting joined, else the network's, where its settings were read, else the machine's."""
        chosen = zone_name or self.zone or self.network_zone
        zone = zone_of(chosen) if chosen else None
        now = utc_now().astimezone(zone)
        given = self._option("at")
        if given is None:
            return now.date()
        setup = self._session.meeting.setup if self._session else None
        day = setup.day if setup else now.date()
        return read_at(self.tr, given, now.tzinfo or datetime.UTC, day).astimezone(zone).date()

    # Acting

    def act(self, command: Command) -> Done:
        """Carry a command out at the time given, and tell what it did."""
        session = self.session()
        before = session.meeting
        done = session.act(command, at=self.at(session))
        self.acted = True
        self.say(done_text(self.tr, before, done))
        self.tell_renumbered(session)
        self.tell_notices(session)
        return done

    def tell_renumbered(self, session: Session) -> None:
        """Tell at once what was said under one number and has another one now."""
        for one in session.take_renumbered():
            self.say(renumbered_text(self.tr, one))

    def forget_in_draft(self) -> None:
        """Take what no longer counts, or became private, out of the draft now, not when it is written next."""
        session = self.session()
        if not session.draft_path.is_file() and not any(one.private for one in session.meeting.entries.values()):
            return
        from facilitator.cli.beside import tell_hand, tell_traces
        from facilitator.meetings.faults import no_draft_text
        from facilitator.meetings.publishing import forget_in_draft

        try:
            done = forget_in_draft(session)
            tell_traces(self, done.traces)
            if done.draft is not None:
                tell_hand(self, done.draft)
        except OSError as problem:  # the act itself is on the disk
            self.say(no_draft_text(self.tr, problem))

    # Words

    def clean(self, text: str, *, line: bool = False) -> str:
        """The text as it is kept; what was removed is said."""
        result = normalise(text)
        if result.removed:
            self.say(self.tr("Taken out of the text: {what}.", what=removed_text(self.tr, result.removed)))
        return one_line(result.text) if line else result.text

    def name(self, given: str, around: Around) -> str:
        """A person's name: that of the one known person it fits, of today, else as given. Raises `Failed` where it fits several."""
        name = self.clean(given, line=True)
        whole = next((known for known in around.names if fold_case(known) == fold_case(name)), None)
        return whole or around.had.get(fold_case(name)) or self.only(name, around.names) or name

    def only(self, name: str, names: Iterable[str]) -> str | None:
        """The one of these names that is meant; None where none is. Raises `Failed` where it may be several people's."""
        found = candidates(name, names)
        if len(found) > 1:
            raise Failed(several_text(self.tr, name, found))
        return found[0] if found else None


def several_text(tr: Translator, name: str, found: Sequence[str]) -> str:
    """That a name is not enough, and whose it may be."""
    return tr(
        "Several people may be meant by {name}, say more of the name: {names}",
        name=quoted(tr, name),
        names=", ".join(found),
    )


def utc_now() -> datetime.datetime:
    """This moment, in UTC: what days that people say are counted from."""
    return datetime.datetime.now(tz=datetime.UTC)


def done_text(tr: Translator, before: Meeting, done: Done) -> str:
    """What was done, in a sentence."""
    from facilitator.core.acts import Captured, Redone, Undone

    taken = done.taken_back
    if taken is not None and any(isinstance(event, Undone) for event in done.act.events):
        return undo_text(tr, before, taken)
    if taken is not None and any(isinstance(event, Redone) for event in done.act.events):
        return redo_text(tr, done.meeting, taken)
    text = act_text(tr, done.meeting, done.act)
    if any(isinstance(event, Captured) for event in done.act.events):
        return tr("Noted: {what}", what=text)
    return text[:1].upper() + text[1:]


def removed_text(tr: Translator, removed: tuple[str, ...]) -> str:
    """What was removed from a text, in words."""
    words = {
        "escapes": tr("terminal escape sequences"),
        "controls": tr("control characters"),
        "bidi": tr("characters that change the direction of writing"),
        "surrogates": tr("bytes that are not text"),
    }
    return ", ".join(words[name] for name in removed)


def read_at(tr: Translator, given: str, zone: datetime.tzinfo, day: datetime.date | None) -> datetime.datetime:
    """The aware time that `2026-11-24 09:32`, `09:32` or an ISO 8601 instant says, one that an act can be of; raises `WrongValue`."""
    found = re.fullmatch(_AT, given.strip())
    if found is not None and (found[1] is not None or day is not None):
        year, month, date, hour, minute, second, offset = found.groups()
        try:
            when = datetime.date(int(year), int(month), int(date)) if year else day
            time = datetime.time(int(hour), int(minute), int(second or 0))
            if offset:
                zone = datetime.datetime.strptime(offset, "%z").tzinfo or zone
            if when is not None:
                told = datetime.datetime.combine(when, time, zone)
                if 0 <= told.timestamp() * 1000 <= MAX_AT:
                    return _existing(tr, told)
        except (ValueError, OverflowError):
            pass
    message = tr('--at {given}: expected a time like "2026-11-24 09:32".', given=quoted(tr, given))
    raise WrongValue(message)


def _existing(tr: Translator, told: datetime.datetime) -> datetime.datetime:
    """The same time; raises `WrongValue` for one that no clock showed, in the night when they go forward."""
    shown = told.astimezone(datetime.UTC).astimezone(told.tzinfo)
    if shown.replace(tzinfo=None) != told.replace(tzinfo=None):
        message = tr(
            "--at {given}: that night the clocks went forward, and this time did not exist; it may be {shown}.",
            given=told.strftime("%Y-%m-%d %H:%M"),
            shown=shown.strftime("%H:%M"),
        )
        raise WrongValue(message)
    return told


def visible(text: str) -> str:
    """The text without anything that a terminal would obey."""
    return text if text.isprintable() else re.sub(_OBEYED, "", text)
