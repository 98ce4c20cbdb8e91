"""Past meetings: the archive of this workspace, brought up to date with the Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.documents.minutes_reader import read_minutes
from facilitator.store.archive import Archive, Parsed

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace

# Counts the versions of the reader: another one makes every document be read again.
READER = "1"
BESIDE = ".new.md"


def open_archive(workspace: Workspace) -> Archive:
    """The archive, up to date; what it left out is in its notices. To be closed."""
    archive = Archive(workspace.archive_file, read_document, parser=READER)
    archive.refresh(minutes_files(workspace))
    return archive


def minutes_files(workspace: Workspace) -> list[Path]:
    """The minutes of this workspace, in the order of their names; what was put beside a changed file is not among them."""
    try:
        found = sorted(workspace.minutes_folder.glob("*.md"))
    except OSError:
        return []
    return [path for path in found if not path.name.endswith(BESIDE)]


def read_document(path: Path, text: str) -> Parsed:
    """Minutes as the archive keeps them. Raises ValueError when the text has no front matter of minutes."""
    found = read_minutes(text, meeting=path.stem)
    if found.front is None:
        raise ValueError(path.name)
    return Parsed(
        meeting=found.front.meeting,
        draft=found.front.status == "draft",
        records=tuple(found.records),
        problems=tuple(found.problems),
    )
