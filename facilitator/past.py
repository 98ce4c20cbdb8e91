"""Past meetings: the archive of this workspace, brought up to date with the Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.documents.minutes_reader import read_minutes
from facilitator.store.archive import Archive, Parsed

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace

# Counts the versions of the reader: another one makes every document be read again.
READER = "2"


def open_archive(workspace: Workspace) -> Archive:
    """The archive, up to date; what it left out is in its notices. To be closed."""
    archive = Archive(workspace.archive_file, read_document, parser=READER)
    archive.refresh(workspace.minutes_files())
    return archive


def read_document(path: Path, text: str) -> Parsed:
    """Minutes as the archive keeps them. Raises ValueError when the text has no front matter of minutes."""
    found = read_minutes(text, meeting=path.stem)
    if found.front is None:
        raise ValueError(path.name)
    return Parsed(
        meeting=found.front.meeting,
        draft=found.front.status == "draft",
        records=tuple(found.records),
        times=tuple(found.times),
        problems=tuple(found.problems),
    )
