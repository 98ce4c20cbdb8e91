"""The meetings of a workspace, by their journals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from facilitator.core.acts import Act
from facilitator.core.fold import Replay
from facilitator.core.meeting import Meeting
from facilitator.core.records import iso
from facilitator.doctor.finding import Finding
from facilitator.meetings.session import UNFINISHED_MS
from facilitator.store.door import read_own
from facilitator.store.folders import fallback_roots, trusted
from facilitator.store.framing import read_line
from facilitator.store.journal import SUFFIX, Diagnostics, Journal
from facilitator.store.source import MAX_JOURNAL
from facilitator.store.workspace import Workspace

# A line that somebody is writing is whole well before that.
_TORN_MS = 5_000


class KnownMeeting(Struct, frozen=True):
    """A meeting as its journal tells it, and the acts of which files were read."""

    id: str
    meeting: Meeting
    acts: Sequence[Act]
    diagnostics: Diagnostics
    over: bool  # closed, and marked as published: its truth is the Markdown


def examine_journals(workspace: Workspace, *, now_ms: int, environ: Mapping[str, str]) -> Iterator[Finding]:
    """What is found in the journals of all meetings."""
    live: list[str] = []
    for meeting_id in workspace.meetings():
        known = read_meeting(workspace, meeting_id, environ)
        yield from _lines(workspace, known, now_ms)
        yield from _away(workspace, known, environ)
        if known.meeting.setup is None:
            yield Finding("no-opening", workspace.meeting_folder(known.id), meeting=known.id)
            continue
        yield from _acts(known)
        yield from _state(workspace, known, now_ms)
        if known.meeting.closed is None:
            live.append(known.id)
    if len(live) > 1:
        yield Finding("several-live", values={"meetings": ", ".join(live)})


def read_meeting(workspace: Workspace, meeting_id: str, environ: Mapping[str, str]) -> KnownMeeting:
    """A meeting folded from its journal, wherever that had to go."""
    acts, diagnostics = _read(
        workspace.meeting_folder(meeting_id), [root / meeting_id for root in _roots(workspace, environ)]
    )
    replay = Replay(acts)
    over = replay.meeting.closed is not None and workspace.marked_closed(meeting_id)
    return KnownMeeting(meeting_id, replay.meeting, replay.acts, diagnostics, over)


def _read(folder: Path, fallbacks: Sequence[Path]) -> tuple[list[Act], Diagnostics]:
    """The acts of a folder and its fallbacks. A journal that is only read writes and makes nothing."""
    with Journal(folder, writer="reader", fallbacks=fallbacks) as journal:
        return journal.read(), journal.diagnostics


def _roots(workspace: Workspace, environ: Mapping[str, str]) -> list[Path]:
    return [root for root in fallback_roots(workspace.meetings_folder, environ) if trusted(root)]


def _lines(workspace: Workspace, known: KnownMeeting, now_ms: int) -> Iterator[Finding]:
    needed = not known.over
    for path, line, reason in known.diagnostics.unreadable:
        yield Finding("journal-line", path, line or None, known.id, {"reason": reason}, attention=needed)
    for path, line, kind in known.diagnostics.unknown:
        yield Finding("journal-unknown", path, line, known.id, {"type": kind}, attention=needed)
    for path in _files(workspace.meeting_folder(known.id)):
        last = _torn(path, now_ms)
        if last is not None:
            yield Finding("journal-line", path, last, known.id, {"reason": "torn"}, attention=needed)


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == SUFFIX)
    except OSError:
        return []  # told by the journal itself


def _torn(path: Path, now_ms: int) -> int | None:
    """The number of a last line that is not whole and that nobody is writing any more; None when all are."""
    try:
        if now_ms - path.lstat().st_mtime_ns // 1_000_000 < _TORN_MS:
            return None
        data = read_own(path, limit=MAX_JOURNAL)
    except OSError:
        return None  # told by the journal itself
    tail = data[data.rfind(b"\n") + 1 :]
    return data.count(b"\n") + 1 if tail and not isinstance(read_line(tail), Act) else None


def _away(workspace: Workspace, known: KnownMeeting, environ: Mapping[str, str]) -> Iterator[Finding]:
    """The journals of a meeting that are in a fallback folder, and how many of their acts are nowhere else."""
    home: set[str] | None = None
    for root in _roots(workspace, environ):
        folder = root / known.id
        if not trusted(folder) or not _files(folder):
            continue
        if home is None:
            home = {act.id for act in _read(workspace.meeting_folder(known.id), [])[0]}
        count = sum(act.id not in home for act in _read(folder, [])[0])
        values: dict[str, str | int | None] = {"count": count, "home": str(workspace.meeting_folder(known.id))}
        yield Finding("fallback-journal", folder, meeting=known.id, values=values, attention=count > 0)


def _acts(known: KnownMeeting) -> Iterator[Finding]:
    meeting, acts = known.meeting, {act.id: act for act in known.acts}
    for void in meeting.void:
        at = iso(acts[void.act].at, meeting.opened.zone) if void.act in acts else None
        values = {"actor": void.actor, "reason": void.reason, "at": at}
        yield Finding("void-act", meeting=known.id, values={**values}, attention=False)
    if meeting.late:
        people = sorted({acts[late].actor for late in meeting.late if late in acts})
        yield Finding("late-acts", meeting=known.id, values={"count": len(meeting.late), "by": ", ".join(people)})


def _state(workspace: Workspace, known: KnownMeeting, now_ms: int) -> Iterator[Finding]:
    meeting = known.meeting
    marked = workspace.marked_closed(known.id)
    if meeting.closed is not None:
        if not marked:
            yield Finding("unfinished-close", meeting=known.id)
        return
    if marked:
        yield Finding("closed-mark", workspace.meeting_folder(known.id) / "closed", meeting=known.id)
    idle = now_ms - known.acts[-1].n
    if meeting.state != "ready" and idle > UNFINISHED_MS:
        yield Finding("untouched", meeting=known.id, values={"hours": idle // 3_600_000})
