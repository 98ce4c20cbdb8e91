"""What past meetings hold: derived from the Markdown that people read and edit, and rebuilt from it at any time.

The standard library's SQLite keeps it, with FTS5 for the words. Its own journal leaves the file as it was before or after a change
whenever it is killed, two programs take turns, and a change or a question touches the pages it is about. Shards of TinyDB on a storage of
ours were measured beside it: at 10,000
minutes each command had to read all 256 of them (0.9 s and 235 MB, before it began), a search through them took 0.7 s, and 0.1 s with an
index of words beside them; here that is 0.1 s, 60 MB and 2 to 10 ms.
A row of `sources` stands for one file, those of `entries` for what it holds. Nothing is lost when the archive is.
"""

from __future__ import annotations

import datetime
import errno
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.carrying import day_of, name_of
from facilitator.core.records import MeetingRow, Record, StepRow, TimeRow, is_open
from facilitator.core.stems import stem_of, words_of
from facilitator.core.text import fold_case
from facilitator.store.door import Linked, anchor_of, check_file, folder_of, open_own, read_document
from facilitator.store.folders import make_private
from facilitator.store.platform import replace as replace_file
from facilitator.store.workspace import document_of

FORMAT = 4
_SETTLED_NS = 3_000_000_000  # FAT keeps time by two seconds
MAX_SOURCE = 4 * 1024 * 1024
JOURNAL = "-journal"  # what SQLite puts beside the file while it changes it
_OURS = 0x66616331
# So many sources are written in one go: another program waits for no more than that.
_BATCH = 200
_WAIT_S = 5.0
# An entry's id is the day of its meeting, moved by so many bits, and its place from the end of that day: the highest are the latest.
_DAY_BITS = 24
_TRIES = 3  # after the file a new one, memory with what the file holds, memory from nothing


class _Connection(sqlite3.Connection):
    """One that is closed when nobody holds it any more: from Python 3.13 on it would be complained of."""

    def __del__(self) -> None:
        with suppress(sqlite3.Error):
            self.close()


_MANNER: dict[str, Any] = {
    "timeout": _WAIT_S, "isolation_level": None, "check_same_thread": False, "factory": _Connection,
}  # fmt: skip
# What keeps a file that may well be right from being read or written; any other failure means that it is not.
_PREVENTED = frozenset((
    sqlite3.SQLITE_PERM, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
))  # fmt: skip
_TROUBLES = (OSError, sqlite3.Error, msgspec.MsgspecError, ValueError, TypeError)
# Since 3.42 what is deleted from an index of words can be wiped at once; earlier versions cannot read such an index.
_WIPES = sqlite3.sqlite_version_info >= (3, 42)
_VERSION = FORMAT * 2 + _WIPES
_SCHEMA = (
    """CREATE TABLE sources (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    sha256 BLOB NOT NULL, parser TEXT NOT NULL, settled INTEGER NOT NULL, meeting TEXT NOT NULL, draft INTEGER NOT NULL,
    counts INTEGER NOT NULL, problems TEXT NOT NULL, missing TEXT NOT NULL, told INTEGER NOT NULL, steps INTEGER NOT NULL,
    parsed BLOB NOT NULL)""",
    """CREATE TABLE entries (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, kind TEXT NOT NULL, theme TEXT NOT NULL,
    people TEXT NOT NULL, name TEXT, origin TEXT, alive INTEGER NOT NULL, line INTEGER NOT NULL, record BLOB NOT NULL)""",
    "CREATE VIRTUAL TABLE text USING fts5(words, stems, prefix='1 2 3', columnsize=0)",
    "CREATE INDEX meetings ON sources (meeting)",
    "CREATE INDEX held ON entries (source)",
    "CREATE INDEX names ON entries (name)",
    "CREATE INDEX origins ON entries (origin) WHERE origin IS NOT NULL",
    "CREATE INDEX living ON entries (id) WHERE alive",
)

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
_T = TypeVar("_T")


class Parsed(Struct, frozen=True):
    """What the reader says of a source: its meeting, whether it is a draft, its entries, its times, what it did not grasp, what is gone.

    `lines` are those of the file on which the entries stand, from 1, none when that is not known; `steps` are the sequences that go on
    from one meeting to the next, `held` the meeting itself.
    """

    meeting: str | None = None
    draft: bool = False
    records: tuple[Record, ...] = ()
    lines: tuple[int, ...] = ()
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


class Asked(Struct, frozen=True):
    """What is looked for among the entries. `words` are those of `core.stems`; the last is the beginning of one while `typing`.

    `theme` and `person` are folded; a person is known by a part of the name. `since` and `until` are days of meetings, both included.
    `among` are the only entries that may be found, by `name_text`.
    """

    words: tuple[str, ...] = ()
    typing: bool = False
    kind: str | None = None
    theme: str | None = None
    person: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    among: tuple[str, ...] | None = None


class Hit(Struct, frozen=True):
    """An entry that was found, and where: the line in the file at `path`, from 1; 0 when that is not known."""

    record: Record
    path: Path
    line: int


Reader = Callable[[Path, str], Parsed]
"""Reads a document: given its path and its text; raises ValueError when it is none."""


class _Known(Struct, frozen=True):
    """What is kept of a source: size in bytes, time in nanoseconds, SHA-256, parser version.

    `settled` is false for one that changed just before it was read: some file systems give the next change the same time.
    `told` says that what is missing in it was told to somebody.
    """

    size: int
    mtime_ns: int
    sha256: bytes
    parser: str
    settled: bool
    meeting: str
    missing: str
    told: bool


class _Look(Struct, frozen=True):
    """A source that was looked at again, under the name it has in the archive; `parsed` is None when its bytes are the known ones."""

    name: str
    size: int
    mtime_ns: int
    sha256: bytes
    settled: bool
    parsed: Parsed | None
    told: bool = False


class Archive:
    """The entries of all published minutes.

    `parser` is the version of the reader: another one makes every source be read again.
    `notices` says what happened at the opening and the last refresh. Whoever asks may be another thread than who refreshes.
    """

    def __init__(self, path: Path, reader: Reader, *, parser: str = "1") -> None:
        self.path = path
        self._root = anchor_of(path)
        self._opening: list[Notice] = []  # what happened to the file
        self._reader = reader
        self._parser = parser
        self._sources: list[Path] = []
        self._kept = False  # in the file; else in memory
        self._spurned = False  # the file cannot be had
        self._db = self._open()
        self.notices = list(self._opening)

    def refresh(self, sources: Iterable[Path]) -> None:
        """Look at the sources, read those that changed, forget those that are no longer named or there.

        Never raises: what cannot be read is left out and told.
        """
        self._sources = list(sources)
        self._whatever(self._refresh)

    def update(self, sources: Iterable[Path]) -> None:
        """Look at these sources and no other, as `refresh` does."""
        chosen = list(sources)
        self._whatever(lambda: self._look_at(chosen, everything=False))

    def documents(self) -> list[tuple[Path, Parsed]]:
        """The source that counts of each meeting and all it holds, drafts left out, in the order of their paths.

        Of several it is the one named after the meeting, else what was last put beside that, else the first.
        """
        return self._whatever(self._documents)

    def outlines(self, last: int = -1) -> list[tuple[Path, Parsed]]:
        """The same without the entries: much less, of a long past; with `last`, of so many only."""
        query = "SELECT path, parsed FROM sources WHERE counts ORDER BY path DESC LIMIT ?"
        return self._ask(self._parsed, query, last)[::-1]

    def meetings(self, meeting: str | None = None) -> dict[str, Path]:
        """The file that counts of each meeting, or of one, in the order of the meetings."""
        query = "SELECT meeting, path FROM sources WHERE counts AND meeting <> path"
        if meeting is None:
            return self._ask(self._places, query + " ORDER BY meeting")
        return self._ask(self._places, query + " AND meeting = ?", meeting)

    def steps(self) -> list[tuple[str, StepRow]]:
        """The sequences that go on from one meeting to the next, with the meeting each is of."""
        query = "SELECT meeting, parsed FROM sources WHERE counts AND steps AND meeting <> path ORDER BY path"
        return self._ask(_steps, query)

    def records(self, meeting: str | None = None) -> list[Record]:
        """The entries of all meetings, or of one, each once, drafts left out."""
        query = "SELECT record FROM entries JOIN sources ON source = sources.id WHERE counts"
        if meeting is None:
            return self._ask(_records, query + " ORDER BY path, entries.id DESC")
        return self._ask(_records, query + " AND meeting = ? ORDER BY entries.id DESC", meeting)

    def living(self) -> list[Record]:
        """The entries from which something may still come, and those that are one thing with another, whatever became of them.

        `still_open` and `left_open` say the same of them as of `records`, whose order they have.
        """
        query = (
            "SELECT record FROM entries JOIN sources ON source = sources.id WHERE counts AND (alive OR origin IS NOT NULL"
            " OR name IN (SELECT origin FROM entries WHERE origin IS NOT NULL)) ORDER BY path, entries.id DESC"
        )
        return self._ask(_records, query)

    def find(self, asked: Asked, *, most: int = 100) -> list[Hit]:
        """The entries that hold all words, at most so many, the best first.

        Those come first that hold the words as they were typed, then those with other forms of them, then, while `typing`, those
        with a word that begins as the last; of each the latest.
        """
        found: list[Hit] = []
        for match in _matches(asked) if asked.words else (None,):
            if len(found) < most:
                found += self._narrow(asked, match, most - len(found))
        return found

    def _narrow(self, asked: Asked, match: str | None, most: int) -> list[Hit]:
        where, values = _conditions(asked, match)
        first = "entries" if match is None else "text CROSS JOIN entries ON entries.id = text.rowid"
        query = (  # nothing of what was typed is in it; in this order, SQLite ends when it has enough
            f"SELECT record, path, line FROM {first} CROSS JOIN sources ON source = sources.id"  # noqa: S608
            f" WHERE {' AND '.join(where)} ORDER BY {'entries.id' if match is None else 'text.rowid'} DESC LIMIT ?"
        )
        return self._ask(self._hits, query, *values, most)

    def _hits(self, rows: Iterable[Any]) -> list[Hit]:
        return [Hit(msgspec.json.decode(data, type=Record), self._path(name), line) for data, name, line in rows]

    def _parsed(self, rows: Iterable[Any]) -> list[tuple[Path, Parsed]]:
        return [(self._path(name), msgspec.json.decode(data, type=Parsed)) for name, data in rows]

    def _places(self, rows: Iterable[Any]) -> dict[str, Path]:
        return {meeting: self._path(name) for meeting, name in rows}

    def note_said(self) -> None:
        """Keep in mind that what is missing was said: it is not again until something else is."""
        said = [(self._name(notice.path),) for notice in self.notices if notice.reason == "missing"]
        if said:
            self._whatever(
                lambda: self._in_turn(lambda: self._db.executemany("UPDATE sources SET told = 1 WHERE path = ?", said))
            )

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    # What is looked at.

    def _refresh(self) -> None:
        self._look_at(self._sources, everything=True)

    def _look_at(self, sources: Sequence[Path], *, everything: bool) -> None:
        self.notices = list(self._opening)
        known = self._known(None if everything else [self._name(source) for source in sources])
        looks: list[_Look] = []
        for source in sources:
            name = self._name(source)
            look = self._look(source, name, known.get(name))
            if look is None:
                continue
            known.pop(name, None)
            if isinstance(look, _Look):
                looks.append(look)
            if len(looks) == _BATCH:
                self._write(looks)
                looks = []
        self._write(looks, list(known))
        self._tell()

    def _known(self, names: Sequence[str] | None) -> dict[str, _Known]:
        query = "SELECT path, size, mtime_ns, sha256, parser, settled, meeting, missing, told FROM sources"
        if names is None:
            rows = list(self._db.execute(query))
        else:
            rows = [row for name in names for row in self._db.execute(f"{query} WHERE path = ?", (name,))]
        return {name: _Known(*row) for name, *row in rows}

    def _look(self, source: Path, name: str, known: _Known | None) -> _Look | _Known | None:
        """What is known of a source, or what it is now if it changed; None when it is not there, or left out."""
        if known is not None and known.parser != self._parser:
            known = None
        try:
            name.encode()
            now = os.lstat(source)
            settled = time.time_ns() - now.st_mtime_ns > _SETTLED_NS
            if known is not None and known.settled and (known.size, known.mtime_ns) == (now.st_size, now.st_mtime_ns):
                return known
            data = read_document(self._root, source, limit=MAX_SOURCE)
        except FileNotFoundError:
            return None
        except (OSError, UnicodeEncodeError) as error:
            self.notices.append(Notice("unreadable", source, _why(error)))
            return None
        digest = sha256(data).digest()
        if known is not None and known.sha256 == digest:
            return _Look(name, now.st_size, now.st_mtime_ns, digest, settled, None)
        parsed = self._parse(source, data)
        if parsed is None:
            return None
        told = known is not None and known.told and known.missing == _listed(parsed.missing)
        return _Look(name, now.st_size, now.st_mtime_ns, digest, settled, parsed, told)

    def _parse(self, source: Path, data: bytes) -> Parsed | None:
        if _has_conflict(data):
            self.notices.append(Notice("conflict", source))
            return None
        try:
            return self._reader(source, data.decode("utf-8-sig"))
        except ValueError as error:
            self.notices.append(Notice("unreadable", source, str(error)))
            return None

    def _tell(self) -> None:
        """What there is to say of the sources, changed or not."""
        rows = self._db.execute(
            "SELECT path, meeting, draft, counts, problems, missing FROM sources WHERE draft OR NOT counts OR problems <> '[]'"
            " OR (missing <> '' AND NOT told) ORDER BY path"
        )
        for name, meeting, draft, counts, problems, missing in rows:
            path = self._path(name)
            if draft:
                self.notices.append(Notice("draft", path))
            elif counts:
                self.notices += [Notice("problem", path, problem) for problem in msgspec.json.decode(problems)]
                self.notices += [Notice("missing", path, missing)] if missing else []
            elif document_of(path) is None:
                self.notices.append(Notice("copy", path, meeting))

    def _documents(self) -> list[tuple[Path, Parsed]]:
        held: dict[int, list[tuple[Record, int]]] = {}
        query = "SELECT source, record, line FROM entries JOIN sources ON source = sources.id WHERE counts ORDER BY entries.id DESC"
        for source, data, line in self._db.execute(query):
            held.setdefault(source, []).append((msgspec.json.decode(data, type=Record), line))
        found = []
        for source, name, data in self._db.execute("SELECT id, path, parsed FROM sources WHERE counts ORDER BY path"):
            records, lines = tuple(zip(*held.get(source, ()), strict=True)) or ((), ())
            found.append(
                (self._path(name), replace(msgspec.json.decode(data, type=Parsed), records=records, lines=lines))
            )
        return found

    def _name(self, source: Path) -> str:
        """What a source is called in the archive: its path from the workspace on, wherever that is moved to."""
        text, root = str(source), f"{self._root}{os.sep}"
        return text.removeprefix(root)

    def _path(self, name: str) -> Path:
        return self._root / name

    # What is written.

    def _write(self, looks: Sequence[_Look], gone: Sequence[str] = ()) -> None:
        if looks or gone:
            self._in_turn(lambda: self._change(looks, gone))

    def _in_turn(self, change: Callable[[], object]) -> None:
        """Change the archive as a whole or not at all, in turn with other programs."""
        self._make()
        self._db.execute("BEGIN IMMEDIATE")
        try:
            change()
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # of a full disk SQLite has let go itself
                self._db.execute("ROLLBACK")
            raise

    def _change(self, looks: Sequence[_Look], gone: Sequence[str]) -> None:
        touched: set[str] = set()
        wiped = False
        for name in (*gone, *(look.name for look in looks if look.parsed is not None)):
            # By name: another program may have written since.
            for source, meeting in self._db.execute(
                "SELECT id, meeting FROM sources WHERE path = ?", (name,)
            ).fetchall():
                touched.add(meeting)
                self._db.execute("DELETE FROM text WHERE rowid IN (SELECT id FROM entries WHERE source = ?)", (source,))
                self._db.execute("DELETE FROM entries WHERE source = ?", (source,))
                self._db.execute("DELETE FROM sources WHERE id = ?", (source,))
                wiped = True
        for look in looks:
            touched.add(self._put(look, look.parsed) if look.parsed is not None else self._put_off(look))
        for meeting in touched:
            self._choose(meeting)
        if wiped and not _WIPES:
            self._db.execute("INSERT INTO text (text) VALUES ('optimize')")  # no word stays of what was taken back

    def _put(self, look: _Look, parsed: Parsed) -> str:
        meeting = parsed.meeting or look.name
        rest = msgspec.json.encode(replace(parsed, records=(), lines=()))
        source = self._db.execute(
            "INSERT INTO sources (path, size, mtime_ns, sha256, parser, settled, meeting, draft, counts, problems, missing, told, steps,"
            " parsed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)",
            (look.name, look.size, look.mtime_ns, look.sha256, self._parser, look.settled, meeting, parsed.draft,
             msgspec.json.encode(parsed.problems).decode(), _listed(parsed.missing), look.told, bool(parsed.steps), rest),
        ).lastrowid  # fmt: skip
        entry = self._before(_first_id(day_of(meeting)))
        lines = parsed.lines or (0,) * len(parsed.records)
        rows, words = [], []
        # From the last to the first: FTS5 is quick where numbers rise.
        for record, line in reversed(list(zip(parsed.records, lines, strict=True))):
            entry += 1
            rows.append((entry, source, *_columns(record), line, msgspec.json.encode(record)))
            words.append((entry, *_said(record)))
        self._db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._db.executemany("INSERT INTO text (rowid, words, stems) VALUES (?, ?, ?)", words)
        return meeting

    def _before(self, first: int) -> int:
        """The last id that is taken among those of a day."""
        query = "SELECT max(id) FROM entries WHERE id BETWEEN ? AND ?"
        return self._db.execute(query, (first, first + (1 << _DAY_BITS) - 1)).fetchone()[0] or first

    def _put_off(self, look: _Look) -> str:
        """The same bytes under another time."""
        self._db.execute(
            "UPDATE sources SET size = ?, mtime_ns = ?, settled = ? WHERE path = ? AND sha256 = ?",
            (look.size, look.mtime_ns, look.settled, look.name, look.sha256),
        )
        found = self._db.execute("SELECT meeting FROM sources WHERE path = ?", (look.name,)).fetchone()
        return found[0] if found else look.name

    def _choose(self, meeting: str) -> None:
        """Say which of the sources of a meeting counts."""
        query = "SELECT path, mtime_ns FROM sources WHERE meeting = ? AND NOT draft"
        finals = [
            (_rank(self._path(name), mtime_ns, meeting), name) for name, mtime_ns in self._db.execute(query, (meeting,))
        ]
        chosen = min(finals)[1] if finals else None
        self._db.execute("UPDATE sources SET counts = path IS ? WHERE meeting = ?", (chosen, meeting))

    # The file.

    def _ask(self, make: Callable[[list[Any]], _T], query: str, *values: object) -> _T:
        return self._whatever(lambda: make(self._db.execute(query, values).fetchall()))

    def _whatever(self, act: Callable[[], _T], tries: int = _TRIES) -> _T:
        """What an act gives, whatever is in the file and whether it can be written: from a new one, else from memory."""
        try:
            return act()
        except _TROUBLES as error:
            if not tries:
                raise
            told = self._recover(error)

        def again() -> _T:
            if self._sources:
                self._refresh()
            return act()

        given = self._whatever(again, tries - 1)
        told += [notice for notice in self._opening if notice not in self.notices]
        self.notices = [*told, *self.notices]
        return given

    def _recover(self, error: Exception) -> list[Notice]:
        """Go on from a file that is made again, or from memory when it is right and cannot be written; what is to be said of that."""
        kept, self._kept = self._kept, False
        if kept and not isinstance(error, OSError) and _code(error) not in _PREVENTED:
            self._db.close()
            self._db = self._rebuild("rebuilt-broken")
            return []
        aloof = _memory()
        if kept:
            with suppress(sqlite3.Error):
                self._db.backup(aloof)
        self._db.close()
        self._db, self._spurned = aloof, True
        return [Notice("not-written", self.path, _why(error))]

    def _open(self) -> sqlite3.Connection:
        try:
            found = _stands(self.path)
        except Linked:
            return (
                _memory()
            )  # neither what it leads to nor the link is ours; it is told when something is to be written
        except OSError:
            return self._rebuild("rebuilt-broken")
        return self._opened() if found else _memory()

    def _opened(self) -> sqlite3.Connection:
        """The file when it can be taken as it is, else what stands for it."""
        try:
            db = _connect(self.path)
        except sqlite3.Error as error:
            return self._spurn(error)
        try:
            wrong = _wrong(db, self.path)
        except sqlite3.Error as error:
            if _code(error) in _PREVENTED:
                db.close()
                return self._spurn(error)
            wrong = "rebuilt-broken"
        if wrong is None:
            self._kept = True
            return db
        db.close()
        return self._rebuild(wrong)

    def _spurn(self, error: Exception) -> sqlite3.Connection:
        """Do without the file, and say so."""
        self._opening.append(Notice("not-written", self.path, _why(error)))
        self._spurned = True
        return _memory()

    def _rebuild(self, reason: NoticeReason) -> sqlite3.Connection:
        """Start from nothing; what could not be read is kept beside it for whoever wants to look."""
        detail = ""
        try:
            if reason == "rebuilt-broken":
                aside = self._free_name()
                replace_file(self.path, aside)
                detail = aside.name
            elif reason == "rebuilt-version":
                self.path.unlink(missing_ok=True)
            if reason != "rebuilt-empty":  # else it may be what another program is making
                self.path.with_name(f"{self.path.name}{JOURNAL}").unlink(missing_ok=True)
        except OSError as error:
            return self._spurn(error)
        self._opening.append(Notice(reason, self.path, detail))
        return _memory()

    def _free_name(self) -> Path:
        place, aside = 1, self.path.with_name(f"{self.path.name}.broken")
        while os.path.lexists(aside):
            place += 1
            aside = self.path.with_name(f"{self.path.name}.broken-{place}")
        return aside

    def _make(self) -> None:
        """Let it be in the file. Raises OSError, Linked for a link; sqlite3.Error."""
        if self._kept or self._spurned:
            return
        make_private(self.path.parent)
        os.close(open_own(self.path, os.O_RDWR | os.O_CREAT))
        _stands(self.path)
        db = _connect(self.path)
        try:
            _prepare(db)
        except sqlite3.Error:
            db.close()
            raise
        self._db.close()
        self._db, self._kept = db, True


def name_text(meeting: str, number: str) -> str | None:
    """What an entry is called among those of all meetings; None for what has no number."""
    named = name_of(meeting, number)
    return named and f"{named[0]}#{named[1]}{named[2]}"


def holds(path: Path) -> bool:
    """Whether the program would take the archive as it is; only read, where opening it would make it again."""
    try:
        if not _stands(path):
            return True
    except OSError:
        return False
    db = _connect(path, "ro")
    try:
        return _wrong(db, path) is None and db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.Error as error:
        return _code(error) in _PREVENTED  # such as a change that was cut short: whoever may write takes it back
    finally:
        db.close()


def _stands(path: Path) -> bool:
    """Whether there is a file. Raises OSError: Linked for a link, and for whatever is no file or has another name too."""
    try:
        with folder_of(anchor_of(path), path) as folder:
            now = folder.lstat(path.name)
            check_file(now, path)
            if now.st_nlink > 1:
                raise OSError(errno.EMLINK, os.strerror(errno.EMLINK), os.fspath(path))
            journal = path.with_name(f"{path.name}{JOURNAL}")
            with suppress(FileNotFoundError):
                if stat.S_ISLNK(folder.lstat(journal.name).st_mode):
                    raise Linked(journal)
    except FileNotFoundError:
        return False
    return True


def _connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    return _set_up(sqlite3.connect(f"file:{quote(os.fspath(path))}?mode={mode}", uri=True, **_MANNER))


def _memory() -> sqlite3.Connection:
    db = _set_up(sqlite3.connect(":memory:", **_MANNER))
    _prepare(db)
    return db


def _set_up(db: sqlite3.Connection) -> sqlite3.Connection:
    """What a file says is not trusted, and nothing stays in it of what was taken out."""
    for setting in ("trusted_schema = OFF", "cell_size_check = ON", "secure_delete = ON", "temp_store = MEMORY"):
        db.execute(f"PRAGMA {setting}")
    return db


def _prepare(db: sqlite3.Connection) -> None:
    """Make the tables, unless another program did meanwhile."""
    db.execute("BEGIN EXCLUSIVE")
    if not db.execute("PRAGMA user_version").fetchone()[0]:
        for table in _SCHEMA:
            db.execute(table)
        if _WIPES:
            db.execute("INSERT INTO text (text, rank) VALUES ('secure-delete', 1)")
        db.execute(f"PRAGMA application_id = {_OURS}")
        db.execute(f"PRAGMA user_version = {_VERSION}")
    db.execute("COMMIT")


def _wrong(db: sqlite3.Connection, path: Path) -> NoticeReason | None:
    """Why a file cannot be taken as it is. Raises sqlite3.Error, OSError."""
    if not path.lstat().st_size:
        return "rebuilt-empty"
    there = db.execute("SELECT type, sql FROM sqlite_master").fetchall()
    ours, version = (db.execute(f"PRAGMA {one}").fetchone()[0] for one in ("application_id", "user_version"))
    if ours == _OURS and version != _VERSION:
        return "rebuilt-version"
    odd = any(kind not in ("table", "index") for kind, _ in there)
    return "rebuilt-broken" if ours != _OURS or odd or not {sql for _, sql in there}.issuperset(_SCHEMA) else None


def _code(error: Exception) -> int:
    """The primary code of a failure of SQLite; 0 for another."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _why(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _first_id(day: datetime.date | None) -> int:
    """Below the ids of the entries of a day, or of no day."""
    return (day.toordinal() if day else 0) << _DAY_BITS


def _columns(record: Record) -> tuple[object, ...]:
    people = "\n".join(fold_case(name) for name in (record.by, *record.owners, record.answer_by) if name)
    alive = not record.done and (is_open(record) or record.kind == "aside" or record.deadline is not None)
    origin = name_text(record.origin.meeting, record.origin.number) if record.origin else None
    return record.kind, fold_case(record.theme or ""), people, name_text(record.meeting, record.number), origin, alive


def _said(record: Record) -> tuple[str, str]:
    """The words by which an entry is found, and the stems that are no words of it."""
    said = (record.text, record.answer, record.theme, record.by, *record.owners, record.answer_by)
    words = words_of("\n".join(part for part in said if part))
    return " ".join(words), " ".join({stem_of(word) for word in words}.difference(words))


def _conditions(asked: Asked, match: str | None) -> tuple[list[str], list[object]]:
    """What is asked, and the values for it."""
    where, values = ["counts"], list[object]()
    for condition, value in (
        ("text MATCH ?", match),
        ("kind = ?", asked.kind),
        ("theme = ?", asked.theme),
        ("instr(people, ?)", asked.person),
        ("entries.id >= ?", asked.since and _first_id(asked.since)),
        ("entries.id < ?", asked.until and _first_id(asked.until + datetime.timedelta(days=1))),
        (
            "name IN (SELECT value FROM json_each(?))",
            None if asked.among is None else msgspec.json.encode(asked.among).decode(),
        ),
    ):
        if value is not None:
            where.append(condition)
            values.append(value)
    return where, values


def _matches(asked: Asked) -> Iterator[str]:
    """What FTS5 is asked for, by turns, the best first; words are letters and digits."""
    typed = [f'words : "{word}"' for word in asked.words]
    stems = [stem_of(word) for word in asked.words]
    forms = [f'({word} OR words : "{stem}" OR stems : "{stem}")' for word, stem in zip(typed, stems, strict=True)]
    exact, other = _all(typed), _all(forms)
    yield exact
    yield f"{other} NOT {exact}"
    if asked.typing:
        begun = _all([*forms[:-1], f"{typed[-1]} *"])
        yield f"{begun} NOT {other}"


def _all(terms: Iterable[str]) -> str:
    return f"({' AND '.join(terms)})"


def _records(rows: Iterable[tuple[bytes]]) -> list[Record]:
    decode = msgspec.json.Decoder(Record).decode
    return [decode(data) for (data,) in rows]


def _steps(rows: Iterable[Any]) -> list[tuple[str, StepRow]]:
    return [(meeting, row) for meeting, data in rows for row in msgspec.json.decode(data, type=Parsed).steps]


def _listed(numbers: Iterable[str]) -> str:
    return ", ".join(numbers)


def _rank(path: Path, mtime_ns: int, meeting: str) -> tuple[int, int, str]:
    """What goes before what among the sources of a meeting: the lowest is the one that counts."""
    if path.stem == meeting:
        return (0, 0, str(path))
    document = document_of(path)
    if document is not None and document.stem == meeting:
        return (1, -mtime_ns, path.name)
    return (2, 0, str(path))


def _has_conflict(data: bytes) -> bool:
    if b"<<<<<<< " not in data:
        return False
    lines = data.splitlines()
    return any(line.startswith(b"<<<<<<< ") for line in lines) and any(line.startswith(b">>>>>>> ") for line in lines)
