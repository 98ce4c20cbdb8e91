"""What is kept beside the journals: half-typed texts, private follow-ups, the archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from facilitator.core.meeting import Meeting
from facilitator.core.text import normalise
from facilitator.core.vocabulary import DISCREET, KINDS, SIGNS
from facilitator.doctor.finding import Finding, problem_of
from facilitator.doctor.journals import read_meeting
from facilitator.meetings.session import UNFINISHED_MS
from facilitator.store.archive.file import holds
from facilitator.store.door import read_json
from facilitator.store.folders import fallback_roots, trusted
from facilitator.store.half_typed import TYPED, KeptText
from facilitator.store.journal import Journal
from facilitator.store.private import unreadable_private
from facilitator.store.telephones import serving_of, telephones_files
from facilitator.store.workspace import Workspace


def examine_kept(workspace: Workspace, *, now_ms: int, environ: Mapping[str, str]) -> Iterator[Finding]:
    """What is found among half-typed texts, private follow-ups and in the archive."""
    for meeting_id in workspace.meetings():
        yield from _meeting_texts(workspace, meeting_id, environ)
    yield from _early_texts(workspace.texts_folder, now_ms)
    if workspace.private.is_symlink():
        return  # told where the folders are looked at
    yield from _private(workspace)
    yield from _archive(workspace)
    yield from _telephones(workspace)


def _telephones(workspace: Workspace) -> Iterator[Finding]:
    """What telephones sent to meetings that are over, which a server that was killed did not delete."""
    live = set(workspace.live())
    for path in telephones_files(workspace):
        if path.stem not in live and serving_of(workspace, path.stem) is None:
            yield Finding("telephones-left", path)


def _meeting_texts(workspace: Workspace, meeting_id: str, environ: Mapping[str, str]) -> Iterator[Finding]:
    """The half-typed texts of a meeting that nobody is typing any more."""
    folder = workspace.meeting_folder(meeting_id)
    away = [root / meeting_id for root in fallback_roots(workspace.meetings_folder, environ)]
    paths = [path for place in (folder, *filter(trusted, away)) for path in _text_files(place)]
    if not paths:
        return
    with Journal(folder, writer="reader", fallbacks=away) as journal:
        alive = journal.writers_alive()
    meeting = read_meeting(workspace, meeting_id, environ).meeting
    for path in paths:
        if not any(name == path.stem or name.startswith(f"{path.stem}-") for name in alive):
            yield from _text(path, meeting_id, meeting)


def _early_texts(folder: Path, now_ms: int) -> Iterator[Finding]:
    """The half-typed texts of meetings that nothing was written of; whether their writers live is not known."""
    for path in _text_files(folder) if trusted(folder) else []:
        try:
            age = now_ms - path.lstat().st_mtime_ns // 1_000_000
        except FileNotFoundError:
            continue
        if age > UNFINISHED_MS:
            yield from _text(path, None, None)


def _text_files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == TYPED)
    except OSError:
        return []


def _text(path: Path, meeting_id: str | None, meeting: Meeting | None) -> Iterator[Finding]:
    try:
        kept = read_json(path, KeptText)
    except FileNotFoundError:
        return
    except (OSError, ValueError):
        yield Finding("half-typed-unreadable", path, meeting=meeting_id)
        return
    for one in (kept, *kept.others):
        if not one.text:
            continue
        values: dict[str, str | int | None] = {
            "writer": normalise(kept.writer or path.stem).text,
            "kind": one.kind if one.kind in KINDS else None,
            "text": None if _is_secret(one, meeting) else normalise(one.text).text,
        }
        yield Finding("half-typed-left", path, meeting=meeting_id, values=values)


def _is_secret(kept: KeptText, meeting: Meeting | None) -> bool:
    """Whether the text may be an individual need, or be about one; in doubt it is."""
    if kept.kind in DISCREET or SIGNS.get(kept.text.lstrip()[:1]) in DISCREET:
        return True
    if kept.entry is None:
        return kept.kind not in KINDS
    entry = meeting.entries.get(kept.entry) if meeting is not None else None
    return entry is None or entry.private or entry.kind in DISCREET


def _private(workspace: Workspace) -> Iterator[Finding]:
    path = workspace.private_file
    try:
        for line in unreadable_private(workspace):
            yield Finding("private-line", path, line)
    except OSError as error:
        yield Finding("private-unreadable", path, values={"problem": problem_of(error)})


def _archive(workspace: Workspace) -> Iterator[Finding]:
    if not holds(workspace.archive_file):
        yield Finding("archive-broken", workspace.archive_file)
