"""Past meetings: the archive of this workspace, brought up to date with the Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from facilitator.documents.minutes_reader import read_minutes
from facilitator.store.archive import Archive, Parsed
from facilitator.store.workspace import is_meeting_id

if TYPE_CHECKING:
    from facilitator.core.records import Record
    from facilitator.store.workspace import Workspace

# Counts the versions of the reader: another one makes every document be read again.
READER = "4"


def open_archive(workspace: Workspace) -> Archive:
    """The archive, up to date; what it left out is in its notices. To be closed."""
    archive = Archive(workspace.archive_file, read_document, parser=READER)
    archive.refresh(workspace.minutes_texts())
    return archive


def minutes_records(workspace: Workspace) -> dict[str, tuple[Record, ...]]:
    """What the published minutes of each meeting say, as they are now."""
    archive = open_archive(workspace)
    archive.close()
    return {parsed.meeting: parsed.records for _, parsed in archive.documents() if parsed.meeting}


def minutes_of(workspace: Workspace) -> dict[str, Path]:
    """The published minutes of each meeting, in the order of the meetings."""
    archive = open_archive(workspace)
    archive.close()
    found = ((parsed.meeting, path) for path, parsed in archive.documents())
    return dict(sorted((meeting, path) for meeting, path in found if meeting))


def read_document(path: Path, text: str) -> Parsed:
    """Minutes as the archive keeps them. Raises ValueError when the text has no front matter of minutes."""
    found = read_minutes(text, meeting=path.stem)
    if found.front is None:
        raise ValueError(path.name)
    named = found.front.meeting
    meeting = named if is_meeting_id(named) else path.stem  # a spoilt name is no reason to lose the minutes
    return Parsed(
        meeting=meeting,
        draft=found.front.status == "draft",
        records=tuple(replace(record, meeting=meeting) for record in found.records),
        times=tuple(found.times),
        problems=tuple(found.problems),
    )
