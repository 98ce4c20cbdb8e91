"""Past meetings: the archive of this workspace, brought up to date with the Markdown."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.core.regex import regex
from facilitator.core.text import one_line
from facilitator.documents.minutes.held import held_of
from facilitator.documents.minutes.reader import MinutesRead, read_minutes
from facilitator.documents.minutes.records import lines_of, missing_of, problems_of, records_of, times_of
from facilitator.documents.minutes.steps import steps_of
from facilitator.i18n import translator
from facilitator.store.archive import Archive, Parsed
from facilitator.store.looking import current_look
from facilitator.store.workspace import document_of, is_meeting_id, standing_beside

if TYPE_CHECKING:
    from facilitator.i18n import Translator
    from facilitator.store.archive.file import Notice, NoticeReason
    from facilitator.store.workspace import Workspace

_DATED = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-.")

# Counts the versions of the reader: another one makes every document be read again.
READER = "9"


@contextmanager
def archive_of(workspace: Workspace) -> Iterator[Archive]:
    """The archive, up to date; what it left out is in its notices. During `one_look` all of the past is looked at the first time only."""
    with archive_as_is(workspace) as archive:
        look = current_look()
        if look is not None and look.root == workspace.root and archive.as_left:
            written = {path for path in look.written if path.parent == workspace.minutes_folder}
            archive.update(written)
            archive.notices += [one for one in look.said if one.path not in written]
        else:
            archive.refresh(workspace.minutes_texts())
        if look is not None:
            look.root = workspace.root
            look.said = [one for one in archive.notices if one.reason in ("unreadable", "conflict")]
            look.written.clear()
        yield archive


@contextmanager
def archive_as_is(workspace: Workspace) -> Iterator[Archive]:
    """The archive as the last refresh left it: whoever uses it looks at nothing of the past."""
    archive = known_archive(workspace)
    try:
        yield archive
    finally:
        archive.close()


def known_archive(workspace: Workspace) -> Archive:
    """The same, to be closed by whoever keeps it open."""
    return Archive(workspace.archive_file, read_document, parser=READER)


def take_in(workspace: Workspace, meeting_id: str) -> None:
    """Let the archive hold what the minutes of one meeting say by now; however many others there are, they are not looked at."""
    named = workspace.minutes_folder / f"{meeting_id}.md"
    with archive_as_is(workspace) as archive:
        archive.update({named, *archive.meetings(meeting_id).values(), *standing_beside(named)})


def minutes_of(workspace: Workspace) -> dict[str, Path]:
    """The published minutes of each meeting, in the order of the meetings."""
    with archive_of(workspace) as archive:
        return archive.meetings()


def minutes_file(workspace: Workspace, meeting_id: str) -> Path | None:
    """The minutes of a meeting; None when there are none. Those that bear its name are found without a look at the others."""
    named = workspace.minutes_folder / f"{meeting_id}.md"
    with archive_as_is(workspace) as archive:
        archive.update([named])
        if archive.meetings(meeting_id).get(meeting_id) == named:
            return named
        archive.refresh(workspace.minutes_texts())
        return archive.meetings(meeting_id).get(meeting_id) or (named if os.path.lexists(named) else None)


def is_minutes(read: MinutesRead, stem: str) -> bool:
    """Whether a document is minutes: it says of which meeting, or is named as a meeting is and holds entries."""
    if read.outline is None:
        return False
    return "meeting" in read.front.lines or (_DATED.match(stem) is not None and bool(read.entries))


def read_document(path: Path, text: str) -> Parsed:
    """Minutes as the archive keeps them. Raises ValueError for a text that neither says nor is named as a meeting's."""
    stem = (document_of(path) or path).stem
    read = read_minutes(text, meeting=stem)
    if not is_minutes(read, stem):
        raise ValueError(path.name)
    # A spoilt name is no reason to lose the minutes.
    meeting = read.front.meeting if is_meeting_id(read.front.meeting) else stem
    return Parsed(
        meeting=meeting,
        draft=read.front.status == "draft",
        records=tuple(records_of(read, meeting)),
        lines=tuple(lines_of(read)),
        times=tuple(times_of(read)),
        steps=tuple(steps_of(read)),
        held=held_of(read),
        problems=tuple(problems_of(read, translator(read.front.language))),
        missing=tuple(missing_of(read)),
    )


def notice_text(tr: Translator, notice: Notice) -> str | None:
    """What the archive has to say; None for what is nobody's concern."""
    name, detail = one_line(notice.path.name), notice.detail
    if notice.reason == "unreadable" and name.casefold().startswith("readme"):
        return None
    words: dict[NoticeReason, str] = {
        "rebuilt-broken": tr("The archive could not be read: it was put aside as {name} and made again.", name=detail),
        "rebuilt-empty": tr("The archive was made again from the minutes."),
        "rebuilt-version": tr("The archive was made again from the minutes."),
        "not-written": tr("The archive could not be written ({problem}); nothing is lost by that.", problem=detail),
        "conflict": tr("{name} holds conflict markers: it was left out.", name=name),
        "copy": tr("{name} is another text of the meeting {meeting}: it was left out.", name=name, meeting=detail),
        "unreadable": tr("{name} could not be read as minutes: it was left out.", name=name),
        "problem": tr("{path}: {problem}", path=name, problem=detail),
        "missing": tr("{path}: {labels}: published, and no longer there.", path=name, labels=detail),
    }
    return words.get(notice.reason)
