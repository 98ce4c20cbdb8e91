"""What past meetings hold: derived from the Markdown that people read and edit, and rebuilt from it at any time.

TinyDB keeps it, on a storage of ours: its own rewrites the file in place and loses everything when that is interrupted.
A row stands for one source file. Nothing is lost when the archive is.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct
from tinydb import TinyDB
from tinydb.storages import MemoryStorage, Storage

from facilitator.core.records import MeetingRow, Record, StepRow, TimeRow
from facilitator.store.atomic import replace_own
from facilitator.store.door import Linked, anchor_of, read_document, read_json
from facilitator.store.folders import make_private
from facilitator.store.platform import replace
from facilitator.store.workspace import document_of

FORMAT = 3
_SETTLED_NS = 3_000_000_000  # FAT keeps time by two seconds
MAX_SOURCE = 4 * 1024 * 1024
MAX_ARCHIVE = 256 * 1024 * 1024

NoticeReason = Literal[
    "rebuilt-broken",  # the archive could not be read: moved aside to `detail`, rebuilt
    "rebuilt-empty",
    "rebuilt-version",  # another version of this program wrote it
    "not-written",  # it could not be written (`detail`: why); what it holds is right all the same
    "conflict",  # a source with the markers of a failed merge: left out
    "draft",  # a source that is still a draft: left out
    "copy",  # another text of the meeting `detail`: left out
    "unreadable",  # a source that could not be read (`detail`: why): left out
    "problem",  # a source was read, but for `detail`
    "missing",  # entries that a source held when it was published (`detail`: their numbers), and that was not told yet
]


class Parsed(Struct, frozen=True):
    """What the reader says of a source: its meeting, whether it is a draft, its entries, its times, what it did not grasp, what is gone.

    `steps` are the sequences that go on from one meeting to the next, `held` the meeting itself.
    """

    meeting: str | None = None
    draft: bool = False
    records: tuple[Record, ...] = ()
    times: tuple[TimeRow, ...] = ()
    steps: tuple[StepRow, ...] = ()
    held: MeetingRow = MeetingRow()
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Notice(Struct, frozen=True):
    """Something to be told: what, of which file."""

    reason: NoticeReason
    path: Path
    detail: str = ""


class Row(Struct, frozen=True):
    """What is kept of a source: its path, size in bytes, time in nanoseconds, SHA-256, parser version, and content.

    `settled` is false for one that changed just before it was read: some file systems give the next change the same time.
    `told` says that what is missing in it was told to somebody.
    """

    path: str
    size: int
    mtime_ns: int
    sha256: str
    parser: str
    settled: bool
    parsed: Parsed
    told: bool = False


Reader = Callable[[Path, str], Parsed]
"""Reads a document: given its path and its text; raises ValueError when it is none."""


class AtomicStorage(Storage):
    """A TinyDB storage that replaces its file as a whole, durably, or leaves it as it was."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables; None when there is no file. Raises ValueError for anything but a TinyDB file, and OSError."""
        try:
            return read_json(self._path, dict[str, dict[str, Any]], limit=MAX_ARCHIVE)
        except FileNotFoundError:
            return None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file. Raises OSError; the old one is then untouched."""
        make_private(self._path.parent)
        replace_own(self._path, msgspec.json.encode(data))


class Archive:
    """The entries of all published minutes.

    `parser` is the version of the reader: another one makes every source be read again.
    `notices` says what happened at the opening and the last refresh.
    """

    def __init__(self, path: Path, reader: Reader, *, parser: str = "1") -> None:
        self.path = path
        self._root = anchor_of(path)
        self.notices: list[Notice] = []
        self._reader = reader
        self._parser = parser
        self._rows: dict[str, Row] = {}
        self._db = self._open()

    def refresh(self, sources: Iterable[Path]) -> None:
        """Look at the sources, read those that changed, forget those that are no longer named or there.

        Never raises: what cannot be read is left out and told.
        """
        self.notices = [notice for notice in self.notices if notice.reason.startswith("rebuilt")]
        rows: dict[str, Row] = {}
        for source in sources:
            row = self._look(source)
            if row is not None:
                rows[row.path] = row
        changed = {path for path, row in rows.items() if self._rows.get(path) != row}
        gone = self._rows.keys() - rows.keys()
        self._rows = rows
        if changed or gone:
            self._store(changed, gone)
        chosen = {path for path, _ in self.documents()}
        for row in rows.values():
            path, parsed = Path(row.path), row.parsed
            if parsed.draft:
                self.notices.append(Notice("draft", path))
            elif path in chosen:
                self.notices += [Notice("problem", path, problem) for problem in parsed.problems]
                if parsed.missing and not row.told:
                    self.notices.append(Notice("missing", path, ", ".join(parsed.missing)))
            elif document_of(path) is None:
                self.notices.append(Notice("copy", path, parsed.meeting or ""))

    def documents(self) -> list[tuple[Path, Parsed]]:
        """The source that counts of each meeting and what it holds, drafts left out, in the order of their paths.

        Of several it is the one named after the meeting, else what was last put beside that, else the first.
        """
        chosen: dict[str, tuple[Path, Parsed]] = {}
        finals = [(Path(path), row.parsed) for path, row in self._rows.items() if not row.parsed.draft]
        for path, parsed in sorted(finals, key=lambda final: self._rank(*final), reverse=True):
            chosen[parsed.meeting or str(path)] = (path, parsed)
        return sorted(chosen.values(), key=lambda final: final[0])

    def _rank(self, path: Path, parsed: Parsed) -> tuple[int, int, str]:
        """What goes before what among the sources of a meeting: the lowest is the one that counts."""
        if path.stem == parsed.meeting:
            return (0, 0, "")
        document = document_of(path)
        if document is not None and document.stem == parsed.meeting:
            return (1, -self._rows[str(path)].mtime_ns, path.name)
        return (2, 0, str(path))

    def records(self) -> list[Record]:
        """The entries of all meetings, each once, drafts left out."""
        return [record for _, parsed in self.documents() for record in parsed.records]

    def note_said(self) -> None:
        """Keep in mind that what is missing was said: it is not again until something else is."""
        said = {notice.path for notice in self.notices if notice.reason == "missing"}
        now = {str(path): msgspec.structs.replace(self._rows[str(path)], told=True) for path in said}
        if now:
            self._rows |= now
            self._store(set(now), ())

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _look(self, source: Path) -> Row | None:
        """The row of a source, read again if it changed; None when it is not there, or left out."""
        known = self._rows.get(str(source))
        if known is not None and known.parser != self._parser:
            known = None
        try:
            now = source.lstat()
            settled = time.time_ns() - now.st_mtime_ns > _SETTLED_NS
            if known is not None and known.settled and (known.size, known.mtime_ns) == (now.st_size, now.st_mtime_ns):
                return known
            data = read_document(self._root, source, limit=MAX_SOURCE)
        except FileNotFoundError:
            return None
        except OSError as error:
            self.notices.append(Notice("unreadable", source, error.strerror or str(error)))
            return None
        digest = sha256(data).hexdigest()
        if known is not None and known.sha256 == digest:
            return msgspec.structs.replace(known, size=now.st_size, mtime_ns=now.st_mtime_ns, settled=settled)
        parsed = self._parse(source, data)
        if parsed is None:
            return None
        told = known is not None and known.told and known.parsed.missing == parsed.missing
        return Row(str(source), now.st_size, now.st_mtime_ns, digest, self._parser, settled, parsed, told)

    def _parse(self, source: Path, data: bytes) -> Parsed | None:
        if _has_conflict(data):
            self.notices.append(Notice("conflict", source))
            return None
        try:
            return self._reader(source, data.decode("utf-8-sig"))
        except ValueError as error:
            self.notices.append(Notice("unreadable", source, str(error)))
            return None

    def _open(self) -> TinyDB:
        db = TinyDB(self.path, storage=AtomicStorage)
        try:
            if self._is_empty():
                return self._rebuild("rebuilt-empty")
            about = db.table("about").all()
            stored = [msgspec.convert(dict(doc), Row) for doc in db.table("sources")]
        except Linked:
            return db  # neither what it leads to nor the link is ours: that nothing is kept is told when it is written
        except (OSError, ValueError, TypeError, AttributeError, msgspec.MsgspecError):
            return self._rebuild("rebuilt-broken")
        if (about or stored) and [doc.get("format") for doc in about] != [FORMAT]:
            return self._rebuild("rebuilt-version")
        self._rows = {row.path: row for row in stored}
        return db

    def _rebuild(self, reason: NoticeReason) -> TinyDB:
        """Start from nothing; what could not be read is kept beside it for whoever wants to look."""
        detail = ""
        try:
            if reason == "rebuilt-broken":
                aside = self._free_name()
                replace(self.path, aside)
                detail = aside.name
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            self.notices.append(Notice("not-written", self.path, error.strerror or str(error)))
            return TinyDB(storage=MemoryStorage)
        self.notices.append(Notice(reason, self.path, detail))
        return TinyDB(self.path, storage=AtomicStorage)

    def _is_empty(self) -> bool:
        try:
            now = self.path.lstat()
        except FileNotFoundError:
            return False
        return stat.S_ISREG(now.st_mode) and not now.st_size

    def _free_name(self) -> Path:
        place, aside = 1, self.path.with_name(f"{self.path.name}.broken")
        while os.path.lexists(aside):
            place += 1
            aside = self.path.with_name(f"{self.path.name}.broken-{place}")
        return aside

    def _store(self, changed: set[str], gone: Iterable[str]) -> None:
        try:
            self._write(changed, gone)
        except (OSError, ValueError, TypeError, AttributeError, msgspec.MsgspecError) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            self.notices.append(Notice("not-written", self.path, why))
            self._db = TinyDB(storage=MemoryStorage)

    def _write(self, changed: set[str], gone: Iterable[str]) -> None:
        sources = self._db.table("sources", cache_size=0)
        stale = {*changed, *gone}
        if not self._db.table("about"):
            self._db.table("about").insert({"format": FORMAT})
        sources.remove(lambda row: row.get("path") in stale)  # by path: another program may have numbered anew
        sources.insert_multiple([msgspec.to_builtins(self._rows[path]) for path in sorted(changed)])


def _has_conflict(data: bytes) -> bool:
    lines = data.splitlines()
    return any(line.startswith(b"<<<<<<< ") for line in lines) and any(line.startswith(b">>>>>>> ") for line in lines)
