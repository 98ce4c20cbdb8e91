"""The file of the archive: an SQLite database that is there, or made again, or done without, whatever is found in its place."""

from __future__ import annotations

import errno
import os
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct

from facilitator.store.door import Folder, Linked, anchor_of, check_file, folder_of, open_own
from facilitator.store.folders import make_private
from facilitator.store.platform import replace as replace_file

FORMAT = 4
JOURNAL = "-journal"  # what SQLite puts beside the file while it changes it
BESIDE = (JOURNAL, "-wal", "-shm")  # the last two by the way of an archive that another program had changed
_OURS = 0x66616331
_WAIT_S = 5.0
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
WIPES = sqlite3.sqlite_version_info >= (3, 42)
_VERSION = FORMAT * 2 + WIPES
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


class Notice(Struct, frozen=True):
    """Something to be told: what, of which file."""

    reason: NoticeReason
    path: Path
    detail: str = ""


class ArchiveFile(ABC):
    """A database in a file, else in memory; whoever asks and whoever writes need not know which.

    `notices` says what happened at the opening, then what else is to be told.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opening: list[Notice] = []  # what happened to the file
        self._kept = False  # in the file; else in memory
        self._spurned = False  # the file cannot be had
        self._db = self._open()
        self.notices = list(self._opening)

    @abstractmethod
    def _fill(self) -> None:
        """Put in all there is to be had, after the file was made again."""

    @property
    def as_left(self) -> bool:
        """Whether it holds what was put in last: it is the file, which was there and right."""
        return self._kept and not self._opening

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

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

    def _ask(self, make: Callable[[list[Any]], _T], query: str, *values: object) -> _T:
        """What `make` makes of the answer. Values may be what was typed: bytes that are no text are in nothing that is kept."""
        asked = [value.encode(errors="replace").decode() if isinstance(value, str) else value for value in values]
        return self._whatever(lambda: make(self._db.execute(query, asked).fetchall()))

    def _whatever(self, act: Callable[[], _T], tries: int = _TRIES) -> _T:
        """What an act gives, whatever is in the file and whether it can be written: from a new one, else from memory."""
        try:
            return act()
        except _TROUBLES as error:
            if not tries:
                raise
            told = self._recover(error)

        def again() -> _T:
            self._fill()
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
        return [Notice("not-written", self.path, why(error))]

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
        self._opening.append(Notice("not-written", self.path, why(error)))
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
                for beside in _besides(self.path):
                    beside.unlink(missing_ok=True)
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
            _check(folder, path)
            for beside in _besides(path):
                with suppress(FileNotFoundError):
                    _check(folder, beside)
    except FileNotFoundError:
        return False
    return True


def _check(folder: Folder, path: Path) -> None:
    """Raise OSError unless this is a file of this name alone: SQLite would wait at a pipe, and write into what a link leads to."""
    now = folder.lstat(path.name)
    check_file(now, path)
    if now.st_nlink > 1:
        raise OSError(errno.EMLINK, os.strerror(errno.EMLINK), os.fspath(path))


def _besides(path: Path) -> list[Path]:
    return [path.with_name(f"{path.name}{ending}") for ending in BESIDE]


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
        if WIPES:
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


def why(error: Exception) -> str:
    """What went wrong, in the words of the system or of SQLite."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)
