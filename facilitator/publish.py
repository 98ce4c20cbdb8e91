"""Publication: from a closed meeting to minutes, newsletter, archive and private follow-ups.

The act `closed` is the acknowledgement. What follows is a function of the closed meeting and can be repeated until it
holds; a close that was interrupted is finished by the next command.
A file that a person changed is never overwritten: the new text goes beside it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator.core.act import Instant
from facilitator.core.command import Close, Publish, Reopen
from facilitator.core.public import public
from facilitator.core.records import records
from facilitator.core.refusal import Refused
from facilitator.core.setup import newsletter_month
from facilitator.documents.front import FrontUnreadable
from facilitator.documents.minutes import write_minutes
from facilitator.documents.newsletter import feed_newsletter
from facilitator.documents.outline import TooLarge
from facilitator.i18n import translator
from facilitator.past import open_archive
from facilitator.session import Session
from facilitator.store import platform
from facilitator.store.atomic import PRIVATE_MODE, read_file, write_atomically
from facilitator.store.folders import make_private
from facilitator.store.private import append_private
from facilitator.store.workspace import beside

if TYPE_CHECKING:
    from facilitator.core.meeting import PublicMeeting
    from facilitator.store.workspace import Workspace

DRAFT_LOCK = "draft.lock"
MAX_DOCUMENT = 16 * 1024 * 1024


class Written(Struct, frozen=True):
    """A document on the disk. `beside` is where the text went because a person had changed the file at `path`."""

    path: Path
    beside: Path | None = None


class Publication(Struct, frozen=True):
    """What a close left on the disk."""

    meeting: str
    minutes: Written
    newsletter: Written | None  # None when there was nothing to say in it


def close(session: Session, *, summary: str | None = None, at: Instant | None = None) -> Publication:
    """Close a meeting and publish it.

    Raises:
        Refused: a question has no outcome, or the meeting is closed; nothing was written.
        NotSaved: the close could not be written.
        OSError: the meeting is closed, but a document could not be written; to be repeated with `publish`.
    """
    session.poll()
    month = newsletter_month(session.setup.day)
    session.act(Close(month=month, seen=session.seen() if session.exists else {}, summary=summary), at=at)
    return publish(session)


def publish(session: Session) -> Publication:
    """Write what a closed meeting leaves, and say so in its journal; to be repeated at will.

    Raises OSError when a document cannot be written.
    """
    meeting = session.meeting
    if meeting.closed is None:
        raise Refused("not-closed")
    workspace = session.workspace
    shown = public(meeting)
    tr = translator(shown.setup.language)
    now = Instant(at=meeting.closed_at or 0)
    name = f"{meeting.id}.md"
    text = write_minutes(shown, tr, draft=False, now=now, month=meeting.closed.month)
    minutes = write_document(workspace, workspace.minutes_folder / name, text)
    newsletter = feed(workspace, meeting.closed.month, [shown])
    append_private(workspace, [record for record in records(meeting) if record.private], meeting=meeting.id)
    open_archive(workspace).close()
    documents = [written for written in (minutes, newsletter) if written is not None]
    hashes = {_relative(workspace, written.path): _sha256(written) for written in documents}
    if meeting.published != hashes:
        session.act(Publish(hashes))
    workspace.mark_closed(meeting.id)
    workspace.unregister_live(meeting.id)
    return Publication(meeting.id, minutes, newsletter)


def feed(workspace: Workspace, month: str, meetings: Sequence[PublicMeeting]) -> Written | None:
    """Put what these meetings hold into the newsletter of `month`; what was put there once is not put again.

    Returns None, and makes no file, when there is no newsletter yet and nothing to say in it.

    A newsletter that cannot be read any more is left to the person who changed it: the text goes beside it.
    Raises OSError.
    """
    path = workspace.newsletter_folder / f"{month}.md"
    before = _text(path)
    try:
        after = fed(before, month, meetings)
    except (FrontUnreadable, TooLarge):
        aside = beside(path)
        write_atomically(aside, _bytes(fed(None, month, meetings)), inside=workspace.root)
        return Written(path, aside)
    if before is None and not after:
        return None
    if after != before:
        write_atomically(path, _bytes(after), inside=workspace.root)
    return Written(path)


def fed(newsletter: str | None, month: str, meetings: Sequence[PublicMeeting]) -> str:
    """The newsletter with what these meetings hold. Raises FrontUnreadable or TooLarge for one that cannot be read."""
    text = newsletter
    for meeting in meetings:
        tr = translator(meeting.setup.language)
        text = feed_newsletter(text, month, meeting, tr, minutes_name=f"{meeting.id}.md")
    return text or ""


def newsletter_text(workspace: Workspace, month: str) -> str | None:
    """The newsletter of `month` as it is on the disk; None when there is none. Raises OSError."""
    return _text(workspace.newsletter_folder / f"{month}.md")


def finish_interrupted(workspace: Workspace) -> list[Publication]:
    """Publish the meetings that were closed but for their documents."""
    finished = []
    for meeting_id in workspace.live():
        session = _joined(workspace, meeting_id)
        if session is None:
            continue
        if session.meeting.closed is not None:
            finished.append(publish(session))
        session.leave()
    return finished


def reopen(session: Session, *, at: Instant | None = None) -> None:
    """Take the close back.

    Raises Refused when a person has changed the published documents since.
    """
    meeting = session.meeting
    for name, expected in (meeting.published or {}).items():
        path = session.workspace.root / name
        if path.parent == session.workspace.minutes_folder and _text(path) is not None and _hash(path) != expected:
            raise Refused("published-touched")
    session.act(Reopen(), at=at)
    session.workspace.mark_open(meeting.id)
    session.workspace.register_live(meeting.id)


def write_draft(session: Session) -> Written | None:
    """Write the minutes of a meeting under way; None when another screen is at it, or there is nothing to write yet."""
    meeting = session.meeting
    if not session.exists or meeting.state == "closed":
        return None
    with _draft_turn(session.journal.fallback or session.folder) as ours:
        if not ours:
            return None
        shown = public(meeting)
        text = write_minutes(
            shown,
            translator(shown.setup.language),
            draft=True,
            now=session.now(),
            month=newsletter_month(shown.setup.day),
        )
        return write_document(session.workspace, session.workspace.minutes_folder / f"{meeting.id}.md", text)


def write_document(workspace: Workspace, path: Path, text: str) -> Written:
    """Write a document, unless a person changed it since this machine wrote it: then beside it.

    What this machine writes is kept in `base/`, announced before and settled after the write, so that an interruption
    between the two is never taken for a person's hand.
    """
    base = workspace.base_folder / _relative(workspace, path)
    announced = base.with_name(f"{base.name}.next")
    current = _text(path)
    if current == text:
        _keep(base, text)
        return Written(path)
    if current is not None and current not in (_text(base), _text(announced)):
        aside = beside(path)
        write_atomically(aside, _bytes(text), inside=workspace.root)
        return Written(path, aside)
    _keep(announced, text)
    write_atomically(path, _bytes(text), inside=workspace.root)
    _keep(base, text)
    announced.unlink(missing_ok=True)
    return Written(path)


def _keep(base: Path, text: str) -> None:
    make_private(base.parent)
    write_atomically(base, _bytes(text), mode=PRIVATE_MODE)


def _joined(workspace: Workspace, meeting_id: str) -> Session | None:
    try:
        return Session.join(workspace, meeting_id, terminal=False)
    except LookupError:
        return None


@contextmanager
def _draft_turn(folder: Path) -> Iterator[bool]:
    """Whether this process may write the draft now."""
    flags = os.O_RDWR | os.O_CREAT | platform.NOFOLLOW | platform.CLOEXEC
    fd = os.open(folder / DRAFT_LOCK, flags, PRIVATE_MODE)
    try:
        yield platform.lock(fd)
    finally:
        os.close(fd)


def _text(path: Path) -> str | None:
    try:
        return read_file(path, limit=MAX_DOCUMENT).decode("utf-8", errors="surrogateescape")
    except (FileNotFoundError, NotADirectoryError):
        return None


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogateescape")


def _relative(workspace: Workspace, path: Path) -> str:
    return path.relative_to(workspace.root).as_posix()


def _sha256(written: Written) -> str:
    return _hash(written.beside or written.path)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
