"""Publication: from a closed meeting to minutes, newsletter, archive and private follow-ups.

The act `closed` is the acknowledgement. What follows is a function of the closed meeting and can be repeated until it
holds; a close that was interrupted is finished by the next command.
A file that a person changed is never overwritten: the new text goes beside it.
"""

from __future__ import annotations

import datetime
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.acts import (
    Capture,
    Close,
    Command,
    Edit,
    Finish,
    Publish,
    Remove,
    Reopen,
    Send,
    Tombstone,
)
from facilitator.core.entry import read_label
from facilitator.core.fold import Replay
from facilitator.core.instant import Instant
from facilitator.core.records import records
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.setup import newsletter_month
from facilitator.core.time.turns import led
from facilitator.core.vocabulary import Kind
from facilitator.documents.minutes.hand import hand as told_apart
from facilitator.documents.minutes.hand import same_buffer
from facilitator.documents.minutes.merge import Unmergeable, merge, unmergeable
from facilitator.documents.minutes.numbering import numbered
from facilitator.documents.minutes.of_meeting import minutes_of
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.writer import write_minutes
from facilitator.documents.newsletter.reader import read_letter
from facilitator.documents.traces import PrivateText
from facilitator.i18n import Foreseen, Translator, translator
from facilitator.meetings.drafting import TakenFromDraft, as_it_was, draft_text, seat, take_up
from facilitator.meetings.exposure import Exposure, close_private
from facilitator.meetings.faults import os_error_text
from facilitator.meetings.letters import closed_meeting, feed_in_turn, otherwise_text, tell_changes_in_turn, teller
from facilitator.meetings.past import take_in
from facilitator.meetings.session import Session
from facilitator.meetings.withholding import (
    Questions,
    Trace,
    carried_as,
    said_elsewhere,
    said_of,
    take_made_away,
    withheld,
    withhold,
    withhold_carried,
    withhold_elsewhere,
)
from facilitator.store.documents import (
    DocumentWritten,
    Sides,
    as_bytes,
    changed_by_hand,
    in_turn,
    read_text,
    write_document,
)
from facilitator.store.journal import Journal, NotSaved
from facilitator.store.private import Led, append_private, keep_led, read_private
from facilitator.store.telephones import forget_sent
from facilitator.store.workspace import standing_beside
from facilitator.wording import local

if TYPE_CHECKING:
    from collections.abc import Collection

    from facilitator.core.entry import Entry
    from facilitator.core.meeting import Meeting
    from facilitator.core.records import Record
    from facilitator.store.workspace import Workspace

_TRIES = 3  # somebody may be saving


class Publication(Struct, frozen=True):
    """What a close left on the disk."""

    meeting: str
    minutes: DocumentWritten
    newsletter: DocumentWritten | None  # None when there was nothing to say in it
    traces: tuple[Trace, ...] = ()  # of private questions
    exposed: tuple[Exposure, ...] = ()  # how what is private could be read by others

    @property
    def documents(self) -> tuple[Path, ...]:
        """The documents that it wrote; what was put beside one that a hand had spoilt is none."""
        return tuple(one.path for one in (self.minutes, self.newsletter) if one is not None)


class Forgotten(Struct, frozen=True):
    """What became of a draft that held what no longer counts: where questions still stand, and the draft as it was written then."""

    traces: tuple[Trace, ...] = ()
    draft: DocumentWritten | None = None


class Unpublished(Foreseen, OSError):  # said as a fact
    """A meeting is closed on the disk, but not all that it leaves is written: which file, and why.

    To be repeated with `publish`, which the next command does.
    """

    def __init__(self, workspace: Workspace, meeting: str, reason: OSError | NotSaved) -> None:
        if isinstance(reason, OSError):
            path = Path(reason.filename) if isinstance(reason.filename, str) else workspace.private
            # What is not written because something of the program's own cannot be: the minutes, before all else.
            missing = workspace.minutes_folder / f"{meeting}.md" if path.is_relative_to(workspace.private) else path
            super().__init__(reason.errno, reason.strerror or str(reason), os.fspath(missing))
        else:
            super().__init__(None, reason.reason, os.fspath(reason.path))
        self.meeting = meeting

    def sentence(self, tr: Translator) -> str:
        """What is not written, why, and what goes on with it."""
        return tr(
            "The meeting {name} is closed, but not all of it is written. {problem}. The next command that can goes on.",
            name=self.meeting,
            problem=os_error_text(tr, self),
        )


def close(  # noqa: PLR0913  # what a close may say, by name
    session: Session,
    *,
    summary: str | None = None,
    reread_by: str | None = None,
    remarks_until: datetime.date | None = None,
    at: Instant | None = None,
    incomplete: bool = False,
) -> Publication:
    """Close a meeting and publish it; `incomplete`: even without what cannot be read of its journal.

    Raises:
        Refused: a question has no outcome, a part of the journal cannot be read, or the meeting is closed; nothing was written.
        NotSaved: the close could not be written.
        Unpublished: the meeting is closed, but a document could not be written.
    """
    session.poll()
    if not incomplete:
        _refuse_unread(session)
    draft = _last_draft(session)
    session.refresh()
    month = newsletter_month(session.setup.day)
    seen = session.seen() if session.exists else {}
    session.act(Close(month=month, seen=seen, summary=summary, reread_by=reread_by, remarks_until=remarks_until), at=at)
    published = publish(session)
    if draft is None:
        return published
    minutes = published.minutes
    return replace(published, minutes=replace(minutes, said=(*draft.said, *minutes.said), taken=draft.taken))


def _last_draft(session: Session) -> DocumentWritten | None:
    """Take up what a person changed in the draft until now: it is part of the meeting that is closed."""
    try:
        if (
            not session.exists
            or session.meeting.state == "closed"
            or not changed_by_hand(session.workspace, session.draft_path)
        ):
            return None
        return write_draft(session, wait_s=None)
    except OSError:
        return None  # what prevents it prevents the minutes too, which tell it


def _refuse_unread(session: Session) -> None:
    """Refuse while acts that somebody wrote are not known: minutes without them would look whole."""
    unread = session.unread()
    if unread:
        raise Refused("unread-files", paths=[str(path) for path in unread])
    if session.exists and session.journal.diagnostics.unknown:
        raise Refused("unknown-acts")


def publish(session: Session) -> Publication:
    """Write what a closed meeting leaves, and say so in its journal; to be repeated at will.

    Raises Refused for one that is not closed, and Unpublished.
    """
    try:
        with in_turn(session.workspace):
            return _publish(session)
    except (OSError, NotSaved) as error:
        raise Unpublished(session.workspace, session.meeting.id, error) from error


def _publish(session: Session) -> Publication:
    workspace, meeting = session.workspace, session.refresh()
    if meeting.closed is None:
        raise Refused("not-closed")
    if meeting.published is None:  # from then on what was changed since is the truth
        append_private(workspace, _private(workspace, meeting), meeting=meeting.id)
        _keep_led(workspace, meeting, session.now())
    shown = closed_meeting(workspace, meeting)
    tr = translator(shown.setup.language)
    path = workspace.minutes_folder / f"{meeting.id}.md"
    text = write_minutes(minutes_of(shown, tr, draft=False, now=meeting.closed.at))
    hand = _Hand(meeting, tr)
    minutes = write_document(workspace, path, text, hand.merged)
    minutes = minutes if minutes.beside else replace(minutes, said=hand.said)
    day = local(meeting.closed.at, shown.setup.zone).date()
    said = read_text(workspace, path) if minutes.beside is None else None  # with what people wrote there
    now = teller(shown, minutes=said)
    before = _closed_before(session) if meeting.published is None else None
    otherwise: list[tuple[str, Path, int]] = []
    if before is not None:
        told = teller(closed_meeting(workspace, before))
        otherwise = tell_changes_in_turn(workspace, told, now, today=day)
    newsletter = feed_in_turn(workspace, shown.month or "", [now], today=day)
    if newsletter is not None and otherwise:
        texts = (otherwise_text(tr, number, _relative(workspace, where), line) for number, where, line in otherwise)
        newsletter = replace(newsletter, said=(*newsletter.said, *texts))
    traces = withhold(workspace, meeting.id, said_of(meeting, withheld(workspace, meeting)))
    traces += withhold_carried(workspace, meeting)
    came = [
        PrivateText(entry.origin.meeting, entry.origin.number, entry.text)
        for entry in meeting.entries.values()
        if entry.private and entry.origin is not None
    ]
    traces += said_elsewhere(workspace, came, traces)
    take_in(workspace, meeting.id)
    documents = [written for written in (minutes, newsletter) if written is not None]
    hashes = {
        _relative(workspace, written.path): digest
        for written in documents
        if (digest := _hash(workspace, written.at)) is not None
    }
    if meeting.published != hashes:
        session.act(Publish(hashes))
    workspace.mark_closed(meeting.id)
    workspace.unregister_live(meeting.id)
    with suppress(OSError):  # what cannot be deleted now is told by the doctor
        forget_sent(workspace, meeting.id)
    return Publication(meeting.id, minutes, newsletter, tuple(traces), close_private(workspace))


def _closed_before(session: Session) -> Meeting | None:
    """The meeting as it was closed before it was opened again the last time; None for one that never was."""
    acts = session.replay.acts
    again = [place for place, act in enumerate(acts) if any(isinstance(event, Reopen) for event in act.events)]
    before = Replay(acts[: again[-1]]).meeting if again else None
    return before if before is not None and before.closed is not None else None


class _Hand:
    """Puts what a meeting has to say into minutes that a person changed; what is to be told of it is in `said`.

    Where what was done by hand in a draft became acts, `taken` is what became of it, of the file as it stood (`now`) then.
    """

    def __init__(
        self, meeting: Meeting, tr: Translator, *, now: str | None = None, taken: TakenFromDraft | None = None
    ) -> None:
        self.never: list[tuple[Kind, int]] = [("question", number) for number in _private_questions(meeting)]
        self.scale = meeting.setup.scale if meeting.setup else None
        self.highest = meeting.highest
        self.final = meeting.closed is not None
        self.tr = tr
        self.now = now
        self.taken = taken
        self.said: tuple[str, ...] = ()

    def merged(self, base: str | None, theirs: str, ours: str) -> str | None:
        """What is to stand in the file; None for one that can no longer be read as minutes. Raises _SavedAgain."""
        if self.final:
            return self._final(base, theirs, ours)
        if theirs != self.now:
            raise _SavedAgain
        names: Collection[tuple[Kind, int]] = ()
        if self.taken is not None:
            theirs, names, base = self.taken.text, self.taken.names, self.taken.base or base
        found = merge(base, theirs, ours, tr=self.tr, scale=self.scale, never=self.never, taken=names)
        if isinstance(found, Unmergeable):
            return None
        self.said = found.said
        return found.text

    def _final(self, base: str | None, theirs: str, ours: str) -> str | None:
        """The same for minutes that are published: what was added by hand gets its number now."""
        found = merge(base, theirs, ours, tr=self.tr, scale=self.scale, never=self.never)
        if isinstance(found, Unmergeable):
            return None
        text, given = numbered(found.text, self.highest)
        added = self.tr("Added by hand in the minutes: {labels}", labels=", ".join(given))
        self.said = (*found.said, *((added,) if given else ()))
        return text


def hand_texts(tr: Translator, workspace: Workspace, written: DocumentWritten) -> list[str]:
    """What is to be told of a document in which a person had written."""
    told = list(written.said)
    if written.beside is not None:
        path, beside = (_relative(workspace, place) for place in (written.path, written.beside))
        line = _unread_from(workspace, written.path)
        where = f"{path}, {tr('line {line}', line=line)}" if line else path
        told.append(
            tr(
                "{where}: it cannot be read any more. It was left as it is, the new text is in {beside}",
                where=where,
                beside=beside,
            )
        )
    return told


def _unread_from(workspace: Workspace, path: Path) -> int:
    """The line, from 1, from which on a document cannot be read any more; 0 where that is all of it, or not known."""
    try:
        text = read_text(workspace, path) or ""
    except OSError:
        return 0
    if path.parent == workspace.newsletter_folder:
        unreadable = read_letter(text).unreadable
        return unreadable.line if unreadable is not None else 0
    left = unmergeable(text)
    return left.line if left is not None else 0


class _SavedAgain(Exception):
    """Somebody saved the draft while what they had done before became acts."""


def _private(workspace: Workspace, meeting: Meeting) -> list[Record]:
    """What of a meeting is private; an answer that was given in private, which no journal holds, stays with its question."""
    answered = {(one.meeting, one.number): one for one in read_private(workspace) if one.answer}
    private = [record for record in records(meeting) if record.private]
    given = ((record, answered.get((record.meeting, record.number))) for record in private)
    return [
        record if kept is None else replace(record, answer=kept.answer, answer_link=kept.answer_link)
        for record, kept in given
    ]


def _keep_led(workspace: Workspace, meeting: Meeting, now: Instant) -> None:
    """Keep the share that members led, where they did: no minutes hold it, and the journal need not stay."""
    facilitator = meeting.opened.agenda.facilitator
    led_s = sum(lead.seconds for lead in led(meeting, now) if lead.name != facilitator)
    if led_s:
        keep_led(workspace, Led(meeting.id, led_s, sum(step.spent_ms for step in meeting.steps) // 1000))


def finish_interrupted(workspace: Workspace) -> list[Publication | Unpublished]:
    """Publish the meetings that were closed but for their documents: what was written of each, or what prevents it."""
    finished = []
    for meeting_id in workspace.live():
        session = _joined(workspace, meeting_id)
        if session is None:
            continue
        try:
            finished.append(finish_close(session))
        finally:
            session.leave()
    return [one for one in finished if one is not None]


def finish_close(session: Session) -> Publication | Unpublished | None:
    """Publish a meeting that was closed but for its documents: what was written, or what prevents it; None for any other."""
    if session.meeting.closed is None or session.workspace.marked_closed(session.meeting.id):
        return None
    try:
        return publish(session)
    except Unpublished as problem:
        return problem
    except Refused as refused:
        if refused.reason != "not-closed":
            raise
        return None  # somebody has opened it again meanwhile


def reopen(session: Session, *, at: Instant | None = None) -> None:
    """Take the close back; what was changed in private since goes on in the journal. The minutes are a draft again.

    Raises:
        Refused: the meeting is not closed, a person has changed the published documents since, or was forgotten in it.
        NotSaved: it could not be written.
        OSError: the documents could not be looked at.
    """
    workspace = session.workspace
    with in_turn(workspace):
        meeting = session.refresh()
        for name, expected in (meeting.published or {}).items():
            path = workspace.root / name
            if path.parent == workspace.minutes_folder and _hash(workspace, path) not in (None, expected):
                raise Refused("published-touched")
        if any(isinstance(event, Tombstone) for act in session.replay.acts for event in act.events):
            raise Refused("someone-forgotten")
        kept = [record for record in read_private(workspace) if record.meeting == meeting.id]
        session.act(Reopen(), at=at)
        workspace.mark_open(meeting.id)
        workspace.register_live(meeting.id)
        commands = [command for record in kept for command in _catching_up(session.meeting, record)]
        if meeting.published is not None:  # all that was private was kept by then
            numbers = {record.number for record in kept}
            private = (entry for entry in session.meeting.entries.values() if entry.private)
            commands += [Remove(entry.id) for entry in private if entry.label not in numbers]
        for command in commands:
            with suppress(Refused):
                session.act(command)
        with suppress(OSError):  # it is open again; the next draft says what prevents it
            _write_draft(session, session.replay)


def _catching_up(meeting: Meeting, record: Record) -> list[Command]:
    """What was done in private after the close, as commands of the meeting that is open again."""
    named = read_label(record.number)
    entry = meeting.find(*named) if named else None
    if entry is None:  # it was made one of another kind since
        parts = {
            name: value for name in Fields.__struct_fields__ if (value := getattr(record, name)) and name != "offer"
        }
        return [Capture("individual", Fields(**parts))]
    commands: list[Command] = []
    if entry.kind == "question" and entry.outcome != "individual":
        commands.append(Send(entry.id, "individual"))
    changed = _changed_fields(entry, record)
    if changed != Fields():
        commands.append(Edit(entry.id, changed))
    if entry.done != record.done:
        commands.append(Finish(entry.id, done=record.done))
    return commands


def _changed_fields(entry: Entry, record: Record) -> Fields:
    names = Fields.__struct_fields__
    return Fields(**{name: getattr(record, name) for name in names if getattr(record, name) != getattr(entry, name)})


def write_draft(session: Session, *, wait_s: float | None = 0) -> DocumentWritten | None:
    """Write the minutes of a meeting under way; None when another screen is at it, or there is none to write.

    What a person changed in them since they were left becomes acts of the meeting first. Nothing is written of a meeting that somebody has closed, nor over minutes that say so. Raises OSError.
    """
    if not session.exists or session.meeting.state == "closed":
        return None
    try:
        with in_turn(session.workspace, wait_s=wait_s):
            # Asked of the journal again, in this turn: another screen may have closed the meeting a moment ago.
            with Journal(session.folder, writer="reader") as journal:
                replay = Replay(journal.read())
            meeting = replay.meeting
            if meeting.state == "closed" or _is_final(session.workspace, meeting.id):
                return None
            return _write_draft(session, replay)
    except BlockingIOError:
        return None


def forget_in_draft(session: Session) -> Forgotten:
    """Take what no longer counts out of the draft, and what is taken up individually out of agendas that carry it, too.

    Returns where questions stood in agendas, or still stand, and what is to be told of the draft. Raises OSError.
    """
    traces: list[Trace] = []
    meeting = session.meeting
    private = carried_as(_private_questions(meeting)) | {
        was: [entry.text] for entry in meeting.entries.values() if entry.private for was in entry.was
    }
    if private:
        with in_turn(session.workspace):
            traces = withhold_elsewhere(session.workspace, meeting.id, private)
            traces += take_made_away(session.workspace, meeting.id, private)
    draft = write_draft(session, wait_s=None) if os.path.lexists(session.draft_path) else None
    return Forgotten(tuple(traces), draft)


def _write_draft(session: Session, replay: Replay) -> DocumentWritten | None:
    """Write it; None when a person saved the file again and again meanwhile: the next one is written."""
    workspace, path = session.workspace, session.draft_path
    told: list[str] = []
    said: list[str] = []
    for _ in range(_TRIES):
        hand = changed_by_hand(workspace, path)
        now = hand.now if hand else read_text(workspace, path)
        tr = translator(replay.meeting.opened.language)
        taken = None
        if hand is not None and unmergeable(hand.now) is None:
            replay, taken = _taken_up(session, replay.meeting.id, hand, tr)
            told += taken.told
            said += taken.said
        meeting = replay.meeting
        held = _Hand(meeting, tr, now=now, taken=taken)
        with suppress(_SavedAgain):
            written = write_document(workspace, path, draft_text(replay, session.now().at), held.merged)
            withhold(workspace, meeting.id, _private_questions(meeting))
            said += () if written.beside else held.said
            return replace(written, said=tuple(said), taken=tuple(told))
    return None


def _taken_up(session: Session, meeting_id: str, hand: Sides, tr: Translator) -> tuple[Replay, TakenFromDraft]:
    """The meeting with what was done by hand in its draft, and what became of it. Raises OSError."""
    writer = seat(session.workspace, meeting_id)
    try:
        left, base = hand.left, None
        if left is not None and not same_buffer(left, hand.now):
            # An editor saved a draft that was written anew since it read it: what came since is not what a person took out.
            left = base = as_it_was(writer.replay.acts, hand.now) or left
        taken = take_up(writer, told_apart(left, hand.now), tr, at=session.now())
        writer.refresh()
        return writer.replay, replace(taken, base=base)
    except NotSaved as failure:
        raise OSError(None, failure.reason, os.fspath(failure.path)) from failure
    finally:
        writer.leave()


def _private_questions(meeting: Meeting) -> Questions:
    return said_of(meeting, [one.number for one in meeting.of_kind("question") if one.private])


def _is_final(workspace: Workspace, meeting_id: str) -> bool:
    """Whether the published minutes are there: under the meeting's name, or beside a draft that a person changed."""
    path = workspace.minutes_folder / f"{meeting_id}.md"
    if workspace.marked_closed(meeting_id):
        return True
    fronts = (read_minutes(read_text(workspace, place) or "").front for place in (path, *standing_beside(path)))
    return any(front.status == "final" and "status" in front.lines for front in fronts)


def _joined(workspace: Workspace, meeting_id: str) -> Session | None:
    try:
        return Session.join(workspace, meeting_id, terminal=False)
    except LookupError:
        return None


def _relative(workspace: Workspace, path: Path) -> str:
    return path.relative_to(workspace.root).as_posix()


def _hash(workspace: Workspace, path: Path) -> str | None:
    """The SHA-256 of a document; None when it is not there. Raises OSError."""
    text = read_text(workspace, path)
    return None if text is None else sha256(as_bytes(text)).hexdigest()
