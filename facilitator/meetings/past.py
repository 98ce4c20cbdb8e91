"""Past meetings: the archive of this workspace, brought up to date with the Markdown."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.documents.minutes.reader import MinutesRead, read_minutes
from facilitator.documents.minutes.records import missing_of, problems_of, records_of, times_of
from facilitator.i18n import translator
from facilitator.store.archive import Archive, Parsed
from facilitator.store.workspace import document_of, is_meeting_id

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace

_DATED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-.")

# Counts the versions of the reader: another one makes every document be read again.
READER = "5"


def open_archive(workspace: Workspace) -> Archive:
    """The archive, up to date; what it left out is in its notices. To be closed."""
    archive = Archive(workspace.archive_file, read_document, parser=READER)
    archive.refresh(workspace.minutes_texts())
    return archive


def minutes_of(workspace: Workspace) -> dict[str, Path]:
    """The published minutes of each meeting, in the order of the meetings."""
    archive = open_archive(workspace)
    archive.close()
    found = ((parsed.meeting, path) for path, parsed in archive.documents())
    return dict(sorted((meeting, path) for meeting, path in found if meeting))


def minutes_file(workspace: Workspace, meeting_id: str) -> Path | None:
    """The minutes of a meeting; None when there are none."""
    named = workspace.minutes_folder / f"{meeting_id}.md"
    return minutes_of(workspace).get(meeting_id) or (named if os.path.lexists(named) else None)


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
        times=tuple(times_of(read)),
        problems=tuple(problems_of(read, translator(read.front.language))),
        missing=tuple(missing_of(read)),
    )
