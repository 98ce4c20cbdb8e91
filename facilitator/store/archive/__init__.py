"""What past meetings hold: derived from the Markdown that people read and edit, and rebuilt from it at any time.

The standard library's SQLite keeps it, with FTS5 for the words. Its own journal leaves the file as it was before or after a change
whenever it is killed, two programs take turns, and a change or a question touches the pages it is about. Shards of TinyDB on a storage of
ours were measured beside it: at 10,000 minutes each command had to read all 256 of them (0.9 s and 235 MB, before it began), and a search
through them took 0.7 s, 0.1 s with an index of words beside them; here a search takes 1 to 22 ms (`tests/benchmarks/test_past.py`).
A row of `sources` stands for one file, those of `entries` for what it holds. Nothing is lost when the archive is.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.carrying import day_of
from facilitator.core.records import MeetingRow, Record, StepRow, TimeRow, is_open
from facilitator.core.stems import stem_of, words_of
from facilitator.core.text import fold_case, has_conflict
from facilitator.store.archive.asking import DAY_BITS, Hit, Query, conditions, first_id, matches, name_text
from facilitator.store.archive.file import WIPES, ArchiveFile, Notice, why
from facilitator.store.door import anchor_of, read_document
from facilitator.store.workspace import document_of

_SETTLED_NS = 3_000_000_000  # FAT keeps time by two seconds
MAX_SOURCE = 4 * 1024 * 1024
# So many sources are written in one go: another program waits for no more than that.
_BATCH = 200


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


class Archive(ArchiveFile):
    """The entries of all published minutes.

    `parser` is the version of the reader: another one makes every source be read again.
    `notices` says what happened at the opening and the last refresh. Whoever asks may be another thread than who refreshes.
    """

    def __init__(self, path: Path, reader: Reader, *, parser: str = "1") -> None:
        self._root = anchor_of(path)
        self._reader = reader
        self._parser = parser
        self._sources: list[Path] = []
        super().__init__(path)

    def refresh(self, sources: Iterable[Path]) -> None:
        """Look at the sources, read those that changed, forget those that are no longer named or there.

        Never raises: what cannot be read is left out and told.
        """
        self._sources = list(sources)
        self._whatever(lambda: self._look_at(self._sources, everything=True))

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

    def find(self, asked: Query, *, most: int = 100) -> list[Hit]:
        """The entries that hold all words, at most so many, the best first.

        Those come first that hold the words as they were typed, then those with other forms of them, then, while `typing`, those
        with a word that begins as the last; of each the latest.
        """
        found: list[Hit] = []
        for match in matches(asked) if asked.words else (None,):
            if len(found) < most:
                found += self._narrow(asked, match, most - len(found))
        return found

    def note_said(self) -> None:
        """Keep in mind that what is missing was said: it is not again until something else is."""
        said = [(self._name(notice.path),) for notice in self.notices if notice.reason == "missing"]
        if said:
            self._whatever(
                lambda: self._in_turn(lambda: self._db.executemany("UPDATE sources SET told = 1 WHERE path = ?", said))
            )

    # What is looked at.

    def _fill(self) -> None:
        if self._sources:
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
            self.notices.append(Notice("unreadable", source, why(error)))
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
        if has_conflict(data):
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
        if wiped and not WIPES:
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
        entry = self._before(first_id(day_of(meeting)))
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
        return self._db.execute(query, (first, first + (1 << DAY_BITS) - 1)).fetchone()[0] or first

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

    # What is asked.

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

    def _narrow(self, asked: Query, match: str | None, most: int) -> list[Hit]:
        where, values = conditions(asked, match)
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
