"""The archive: derived, rebuilt at any time, and never in the way."""

from __future__ import annotations

import datetime
import errno
import json
import os
import random
import shutil
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.core.carrying import left_open, still_open
from facilitator.core.records import Record, StepRow, TimeRow
from facilitator.core.said import Origin
from facilitator.core.stems import asked_words
from facilitator.store import archive as archive_module
from facilitator.store.archive import Archive, Parsed
from facilitator.store.archive import file as archive_file
from facilitator.store.archive.asking import Query, name_text
from facilitator.store.archive.file import holds


class Reader:
    """Reads a document that is one entry a line; counts what it read."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self, path: Path, text: str) -> Parsed:
        self.read.append(path.name)
        if text.startswith("bad"):
            message = "not minutes"
            raise ValueError(message)
        records = tuple(
            Record(meeting=path.stem, kind="question", number=f"Q{i}", text=line)
            for i, line in enumerate(text.splitlines(), 1)
        )
        return Parsed(
            path.stem, draft=text.startswith("draft"), records=records, problems=("odd",) if "odd" in text else ()
        )


@pytest.fixture
def reader() -> Reader:
    """A reader that counts."""
    return Reader()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The archive's file, not yet made."""
    return tmp_path / ".facilitator" / "archive.sqlite"


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    """Two minutes."""
    names = ["2026-10-13-roannais.md", "2026-11-24-roannais.md"]
    for name in names:
        (tmp_path / name).write_text(f"Première de {name}\nSeconde\n")
    return [tmp_path / name for name in names]


def texts(archive: Archive) -> list[str]:
    return [record.text for record in archive.records()]


def reasons(archive: Archive) -> list[str]:
    return [notice.reason for notice in archive.notices]


def test_what_the_minutes_hold_is_found_again_without_reading_them_twice(
    path: Path, sources: list[Path], reader: Reader
) -> None:
    archive = Archive(path, reader)
    archive.refresh(sources)
    held = archive.records()
    assert [record.number for record in held] == ["Q1", "Q2", "Q1", "Q2"]
    archive.refresh(sources)
    archive.close()
    again = Archive(path, reader)
    assert again.records() == held
    again.refresh(sources)
    assert again.records() == held
    assert again.notices == []
    assert len(reader.read) == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_only_what_changed_is_read_again(path: Path, sources: list[Path], reader: Reader) -> None:
    archive = Archive(path, reader)
    archive.refresh(sources)
    sources[0].write_text("Autre chose\n")
    os.utime(sources[1], (1, 1))
    reader.read.clear()
    archive.refresh(sources)
    assert reader.read == [sources[0].name], "the same bytes under another time are not read again"
    assert texts(archive)[0] == "Autre chose"
    archive.refresh(sources[1:])
    assert len(archive.records()) == 2
    sources[1].unlink()
    archive.refresh(sources[1:])
    assert archive.records() == []
    assert Archive(path, reader).records() == []


def test_a_change_at_the_same_instant_and_of_the_same_length_is_seen(
    path: Path, sources: list[Path], reader: Reader
) -> None:
    archive = Archive(path, reader)
    archive.refresh(sources)
    then = sources[0].stat().st_mtime_ns
    sources[0].write_text(sources[0].read_text().replace("Seconde", "Dernier"))
    os.utime(sources[0], ns=(then, then))
    archive.refresh(sources)
    assert texts(archive)[1] == "Dernier"


def test_a_source_that_has_long_been_the_same_is_not_even_opened(
    path: Path, sources: list[Path], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    for source in sources:
        os.utime(source, (1, 1))
    archive = Archive(path, reader)
    archive.refresh(sources)
    monkeypatch.setattr(archive_module, "read_document", lambda *_, **__: pytest.fail("opened"))
    archive.refresh(sources)
    assert len(archive.records()) == 4


@pytest.mark.parametrize("field", ["kind", "theme", "person"])
def test_bytes_that_are_no_text_find_nothing_and_cost_nothing(
    path: Path, sources: list[Path], reader: Reader, field: str
) -> None:
    archive = Archive(path, reader)
    archive.refresh(sources)
    assert archive.find(Query(**{field: "a\udc80b"})) == [] == archive.records("a\udc80b")
    assert archive.find(Query(words=("a\udc80b",), typing=True)) == []
    assert not archive.notices and not list(path.parent.glob("*.broken*"))


def test_another_version_of_the_reader_reads_everything_again(path: Path, sources: list[Path], reader: Reader) -> None:
    Archive(path, reader, parser="1").refresh(sources)
    reader.read.clear()
    Archive(path, reader, parser="2").refresh(sources)
    assert len(reader.read) == 2


def test_drafts_conflicts_and_what_is_no_minutes_are_left_out_and_told(
    path: Path, tmp_path: Path, sources: list[Path], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "MAX_SOURCE", 300)
    odd = {
        "a-draft.md": b"draft\n",
        "b-conflict.md": b"x\n<<<<<<< HEAD\ny\n=======\nz\n>>>>>>> other\n",
        "c-bad.md": b"bad\n",
        "d-latin.md": b"\xe9t\xe9\n",
        "e-huge.md": b"x" * 301,
        "f-odd.md": b"odd\n",
        "g-heading.md": b"Titre\n=======\n",
    }
    for name, data in odd.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "h-folder.md").mkdir()
    paths = [*sources, *(tmp_path / name for name in odd), tmp_path / "h-folder.md", tmp_path / "none.md"]
    archive = Archive(path, reader)
    for _ in range(2):
        archive.refresh(paths)
        assert {(notice.path.name, notice.reason) for notice in archive.notices} == {
            ("a-draft.md", "draft"),
            ("b-conflict.md", "conflict"),
            ("c-bad.md", "unreadable"),
            ("d-latin.md", "unreadable"),
            ("e-huge.md", "unreadable"),
            ("f-odd.md", "problem"),
            ("h-folder.md", "unreadable"),
        }
        assert len(archive.records()) == 7
    assert [source.name for source, _ in archive.documents()] == [
        *(s.name for s in sources),
        "f-odd.md",
        "g-heading.md",
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "rebuilt-empty"),
        (b"{", "rebuilt-broken"),
        (b"\xff\x00", "rebuilt-broken"),
        (b"[1]", "rebuilt-broken"),
        (b"[" * 100_000, "rebuilt-broken"),
        (b'{"a":{"1":' + b"[" * 100_000, "rebuilt-broken"),
        (b'{"sources":{"1":{"path":3}}}', "rebuilt-broken"),
        (b'{"sources":{"x":{}}}', "rebuilt-broken"),
        (b'{"sources":{"1":7}}', "rebuilt-broken"),
        (b'{"about":{"1":{"format":0}}}', "rebuilt-broken"),
        (b"SQLite format 3\x00" + b"\xff" * 5000, "rebuilt-broken"),
    ],
)
def test_a_spoilt_archive_is_rebuilt_and_said(
    path: Path, sources: list[Path], reader: Reader, content: bytes, reason: str
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    archive = Archive(path, reader)
    archive.refresh(sources)
    assert reasons(archive) == [reason]
    assert len(archive.records()) == 4
    assert len(Archive(path, reader).records()) == 4
    if reason == "rebuilt-broken":
        assert (path.parent / archive.notices[0].detail).read_bytes() == content


def test_a_folder_in_its_place_is_moved_aside(path: Path, sources: list[Path], reader: Reader) -> None:
    for place in ("archive.sqlite.broken", "archive.sqlite.broken-2"):
        path.mkdir(parents=True)
        (path / "precious").write_text("")
        archive = Archive(path, reader)
        archive.refresh(sources)
        assert reasons(archive) == ["rebuilt-broken"]
        assert (path.parent / place / "precious").exists()
        assert path.is_file()
        path.unlink()


def test_an_archive_that_cannot_be_written_answers_all_the_same(
    path: Path, sources: list[Path], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(path, reader)
    archive.refresh(sources[:1])
    before = path.read_bytes()

    sources[1].write_text("Longue\n" * 2_000)
    archive._db.execute("PRAGMA max_page_count = 1")  # it cannot grow
    for reason in (["not-written"], []):
        archive.refresh(sources)
        assert reasons(archive) == reason, "said once"
        assert len(archive.records()) == 2_002
    assert path.read_bytes() == before
    assert len(Archive(path, reader).records()) == 2


def test_a_broken_archive_that_cannot_be_moved_is_done_without(
    path: Path, sources: list[Path], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"{")

    def fail(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(archive_file, "replace_file", fail)
    archive = Archive(path, reader)
    assert reasons(archive) == ["not-written"]
    archive.refresh(sources)
    assert len(archive.records()) == 4
    assert path.read_bytes() == b"{"


def test_an_archive_spoilt_while_open_costs_nothing(path: Path, sources: list[Path], reader: Reader) -> None:
    archive = Archive(path, reader)
    archive.refresh(sources[:1])
    path.write_bytes(b"{")
    archive.refresh(sources)
    assert reasons(archive) == ["rebuilt-broken"]
    path.write_bytes(b"")
    assert len(archive.records()) == 4, "nor for who only asks"
    again = Archive(path, reader)
    again.refresh(sources)
    assert len(again.records()) == 4


def test_two_programs_at_once_leave_an_archive_that_is_right_after_a_refresh(
    path: Path, sources: list[Path], reader: Reader
) -> None:
    one, other = Archive(path, reader), Archive(path, reader)
    one.refresh(sources[:1])
    other.refresh(sources)
    one.refresh(sources)
    last = Archive(path, reader)
    last.refresh(sources)
    assert len(last.records()) == len(one.records()) == len(other.records()) == 4


@pytest.mark.parametrize("place", ["target.json", ".facilitator/private.jsonl"])
def test_a_link_is_not_written_through_wherever_it_leads(
    path: Path, tmp_path: Path, sources: list[Path], reader: Reader, place: str
) -> None:
    target = tmp_path / place
    path.parent.mkdir()
    target.write_text(json.dumps({}))
    path.symlink_to(target)
    archive = Archive(path, reader)
    archive.refresh(sources)
    assert reasons(archive) == ["not-written"]
    assert target.read_text() == "{}"


def test_of_several_texts_of_a_meeting_the_one_that_bears_its_name_counts(tmp_path: Path, path: Path) -> None:
    """Else what was last put beside that; the copies are told, what the program put beside is not."""

    def reader(source: Path, text: str) -> Parsed:
        record = Record(meeting="m", kind="question", number="Q1", text=source.name)
        return Parsed("m" if text != "alone" else None, draft="draft" in text, records=(record,))

    places = [tmp_path / name for name in ("m.md", "m.new.md", "m.new-2.md", "copy.md", "other.md")]
    for place, text in zip(places, ("final", "final", "final 2", "final", "alone"), strict=True):
        place.write_text(text)
    os.utime(places[1], (1, 1))
    archive = Archive(path, reader)

    def counts() -> list[str]:
        archive.refresh(places)
        return [source.name for source, _ in archive.documents()]

    assert counts() == ["m.md", "other.md"]
    assert [(one.reason, one.path.name, one.detail) for one in archive.notices] == [("copy", "copy.md", "m")]
    places[0].write_text("draft")
    assert counts() == ["m.new-2.md", "other.md"]
    places[1].unlink()
    places[2].unlink()
    assert counts() == ["copy.md", "other.md"]
    assert [one.reason for one in archive.notices] == ["draft"]


def record(meeting: str, number: str, text: str, **parts: object) -> Record:
    kinds = {"Q": "question", "A": "action", "P": "aside", "I": "news", "B": "need"}
    return Record(meeting=meeting, kind=kinds[number[0]], number=number, text=text, **parts)


def archive_with(path: Path, folder: Path, *meetings: Parsed) -> Archive:
    """An archive of these meetings, read from files of their names."""
    held = {f"{parsed.meeting}.md": parsed for parsed in meetings}
    places = [folder / name for name in held]
    for place in places:
        place.write_text(place.name)
    archive = Archive(path, lambda source, _: held[source.name])
    archive.refresh(places)
    return archive


OCTOBER, NOVEMBER = "2026-10-13-roannais", "2026-11-24-roannais"
SAID = (
    Parsed(
        OCTOBER,
        records=(
            record(OCTOBER, "Q1", "Qui prête des tablettes ?", by="Awa S.", theme="Matériel"),
            record(OCTOBER, "Q2", "Et l’adhésion au réseau régional ?", answer="Décidée en mars"),
        ),
        lines=(7, 9),
        times=(TimeRow(1, 20, 25),),
        steps=(StepRow(2, "Un atelier", 30, reached=False),),
    ),
    Parsed(NOVEMBER, records=(record(NOVEMBER, "A1", "Réparer la TABLETTE", owners=("Karim B.",)),), lines=(12,)),
)


@pytest.mark.parametrize(
    ("words", "asked", "found"),
    [
        ("tablette", {}, "A1 Q1"),
        ("tablettes", {}, "Q1 A1"),
        ("reseaux regionaux", {}, "Q2"),
        ("décidées", {}, "Q2"),
        ("materiel", {}, "Q1"),
        ("karim", {}, "A1"),
        ("tab", {}, ""),
        ("tab", {"typing": True}, "A1 Q1"),
        ("qui tablet", {"typing": True}, "A1 Q1"),
        ("tablette", {"kind": "question"}, "Q1"),
        ("tablette", {"since": datetime.date(2026, 10, 14)}, "A1"),
        ("tablette", {"until": datetime.date(2026, 10, 13)}, "Q1"),
        ("tablette", {"among": (name_text(OCTOBER, "Q1"),)}, "Q1"),
        ("tablette", {"among": ()}, ""),
        ("", {}, "A1 Q1 Q2"),
        ("", {"theme": "materiel"}, "Q1"),
        ("", {"person": "karim"}, "A1"),
        ("", {"since": datetime.date(2026, 11, 24), "until": datetime.date(2026, 11, 24)}, "A1"),
        ('tablette" OR words : "x', {}, ""),
    ],
)
def test_what_was_said_is_found_by_its_words_in_any_form_the_exact_then_the_latest_first(
    path: Path, tmp_path: Path, words: str, asked: dict[str, object], found: str
) -> None:
    archive = archive_with(path, tmp_path, *SAID)
    hits = archive.find(Query(words=asked_words(words, typing=bool(asked.get("typing"))), **asked))
    assert " ".join(hit.record.number for hit in hits) == found


def test_what_is_found_says_where_it_stands_and_no_more_than_asked_is(path: Path, tmp_path: Path) -> None:
    archive = archive_with(path, tmp_path, *SAID)
    (hit,) = archive.find(Query(words=("adhesion",)))
    assert (hit.record, hit.path, hit.line) == (SAID[0].records[1], tmp_path / f"{OCTOBER}.md", 9)
    assert [hit.record.number for hit in archive.find(Query(words=("tablette",)), most=1)] == ["A1"]
    assert archive.documents() == [(tmp_path / f"{one.meeting}.md", one) for one in SAID]
    assert [(place.stem, one.times, one.records) for place, one in archive.outlines()] == [
        (OCTOBER, SAID[0].times, ()),
        (NOVEMBER, (), ()),
    ]
    assert archive.meetings() == {one.meeting: tmp_path / f"{one.meeting}.md" for one in SAID}
    assert list(archive.meetings(NOVEMBER)) == [NOVEMBER]
    assert archive.steps() == [(OCTOBER, SAID[0].steps[0])]
    assert archive.records(NOVEMBER) == [*SAID[1].records]


def test_nothing_is_found_of_what_a_source_held_before_and_no_word_of_it_is_left(
    path: Path, tmp_path: Path, reader: Reader
) -> None:
    source = tmp_path / f"{OCTOBER}.md"
    source.write_text("Un secretbiengarde\n")
    archive = Archive(path, reader)
    archive.refresh([source])
    source.write_text("Autre chose\n")
    archive.update([source])
    assert archive.find(Query(words=("secretbiengarde",))) == []
    archive.close()
    assert b"secretbiengard" not in path.read_bytes()


def test_what_an_older_sqlite_leaves_of_words_is_swept_out(
    path: Path, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "WIPES", False)
    monkeypatch.setattr(archive_file, "WIPES", False)
    test_nothing_is_found_of_what_a_source_held_before_and_no_word_of_it_is_left(path, tmp_path, reader)


def test_one_source_is_taken_in_without_a_look_at_the_others(
    path: Path, sources: list[Path], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(path, reader)
    archive.refresh(sources)
    sources[0].unlink()
    sources[1].write_text("Autre chose\n")
    looked, lstat = [], os.lstat
    monkeypatch.setattr(archive_module.os, "lstat", lambda path: (looked.append(path), lstat(path))[1])
    archive.update(sources[1:])
    assert looked == sources[1:]
    assert texts(archive)[-1] == "Autre chose" and len(archive.records()) == 3
    archive.update(sources[:1])
    assert texts(archive) == ["Autre chose"]


@pytest.mark.parametrize("seed", range(6))
def test_what_is_still_open_needs_only_what_lives(path: Path, tmp_path: Path, seed: int) -> None:
    chance, day = random.Random(seed), datetime.date(2026, 12, 1)
    names: list[tuple[str, str]] = []
    meetings = []
    for place in range(1, 5):
        meeting, held = f"2026-{place:02}-01-x", []
        for number in ("Q1", "Q2", "A1", "P1", "I1", "B1"):
            origin = Origin(*chance.choice(names)) if names and chance.random() < 0.4 else None
            held.append(
                record(
                    meeting,
                    number,
                    f"{meeting} {number}",
                    origin=origin,
                    done=chance.random() < 0.3,
                    outcome=chance.choice(["answered", "next", None]) if number[0] == "Q" else None,
                    deadline=day if number == "I1" and chance.random() < 0.5 else None,
                )
            )
        names += [(meeting, one.number) for one in held]
        meetings.append(Parsed(meeting, records=tuple(held)))
    archive = archive_with(path, tmp_path, *meetings)
    assert still_open(archive.living()) == still_open(archive.records())
    assert left_open(archive.living(), on=day, today=day) == left_open(archive.records(), on=day, today=day)
    assert len(archive.living()) < len(archive.records())


def test_a_change_cut_short_at_any_moment_is_taken_back(
    path: Path, sources: list[Path], reader: Reader, tmp_path: Path
) -> None:
    """What a killed program leaves, its journal beside the file, is copied in the middle of a change."""
    archive = Archive(path, reader)
    archive.refresh(sources)
    copy = tmp_path / "copy" / ".facilitator" / path.name
    copy.parent.mkdir(parents=True)
    for source in sources:
        shutil.copy2(source, tmp_path / "copy")
    archive._db.execute("PRAGMA cache_size = 1")  # pages go to the disk before the change is whole
    sources[0].write_text("x\n" * 3_000)

    def cut(change: object, _: object) -> None:
        real(change, _)
        for left in path.parent.glob("archive.sqlite*"):
            shutil.copy2(left, copy.parent)

    real = archive._change
    archive._change = cut
    archive.refresh(sources)
    assert copy.with_name("archive.sqlite-journal").exists()
    assert copy.stat().st_size > 100_000
    assert holds(copy)
    again = Archive(copy, reader)
    assert again.notices == [] and len(again.records()) == 4
    assert [source for source, _ in again.documents()] == [tmp_path / "copy" / source.name for source in sources]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_an_archive_that_was_cut_off_is_made_again_when_that_is_found(
    path: Path, sources: list[Path], reader: Reader, share: float
) -> None:
    sources[0].write_text("".join(f"Ligne {number}\n" for number in range(500)))
    archive = Archive(path, reader)
    archive.refresh(sources)
    held = archive.records()
    archive.close()
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert not holds(path)
    again = Archive(path, reader)
    again.refresh(sources)
    assert again.records() == held
    assert path.stat().st_size > 0 and len(Archive(path, reader).records()) == len(held)


def test_what_is_no_archive_of_this_version_is_known_for_it(path: Path, sources: list[Path], reader: Reader) -> None:
    def reason(change: str) -> list[str]:
        path.unlink(missing_ok=True)
        archive = Archive(path, reader)
        archive.refresh(sources)
        archive.close()
        with sqlite3.connect(path) as db:
            db.execute(change)
        db.close()
        assert not holds(path)
        again = Archive(path, reader)
        again.refresh(sources)
        assert len(again.records()) == 4
        return reasons(again)

    assert reason("PRAGMA user_version = 99") == ["rebuilt-version"]
    assert reason("PRAGMA application_id = 7") == ["rebuilt-broken"]
    assert reason("CREATE VIEW more AS SELECT * FROM sources") == ["rebuilt-broken"]
    assert reason("DROP TABLE entries") == ["rebuilt-broken"]


def test_a_row_that_cannot_be_read_is_read_again_from_its_source(
    path: Path, sources: list[Path], reader: Reader
) -> None:
    archive = Archive(path, reader)
    archive.refresh(sources)
    archive._db.execute("UPDATE entries SET record = 'x'")
    assert len(archive.records()) == 4
    assert reasons(archive) == ["rebuilt-broken"]


def test_while_another_program_holds_the_archive_it_is_done_without(
    path: Path, sources: list[Path], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(archive_file._MANNER, "timeout", 0)
    archive = Archive(path, reader)
    archive.refresh(sources[:1])
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    archive.refresh(sources)
    assert reasons(archive) == ["not-written"] and len(archive.records()) == 4
    other.execute("COMMIT")
    other.execute("BEGIN EXCLUSIVE")
    late = Archive(path, reader)
    assert holds(path)
    assert reasons(late) == ["not-written"]
    late.refresh(sources)
    assert reasons(late) == ["not-written"] and len(late.records()) == 4
    other.execute("ROLLBACK")
    other.close()


def test_a_link_in_the_place_of_its_journal_or_another_name_for_it_keeps_it_from_being_used(
    path: Path, sources: list[Path], reader: Reader, tmp_path: Path
) -> None:
    Archive(path, reader).refresh(sources[:1])
    journal, target = path.with_name("archive.sqlite-journal"), tmp_path / "target"
    target.write_text("")
    journal.symlink_to(target)
    archive = Archive(path, reader)
    archive.refresh(sources)
    assert reasons(archive) == ["not-written"] and len(archive.records()) == 4
    journal.unlink()
    os.link(path, tmp_path / "other")
    archive = Archive(path, reader)
    archive.refresh(sources)
    assert reasons(archive) == ["rebuilt-broken"] and len(archive.records()) == 4


@pytest.mark.parametrize("ending", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("odd", [os.mkfifo, Path.mkdir, None], ids=["pipe", "folder", "second name"])
def test_what_is_no_file_of_its_own_beside_it_is_not_opened(
    path: Path, sources: list[Path], reader: Reader, tmp_path: Path, ending: str, odd: Callable[[Path], None] | None
) -> None:
    """SQLite would wait at a pipe for ever, and write over what has another name."""
    Archive(path, reader).refresh(sources[:1])
    beside, kept, held = path.with_name(f"{path.name}{ending}"), tmp_path / "kept", -1
    kept.write_text("à garder")
    os.link(kept, beside) if odd is None else odd(beside)
    if odd is os.mkfifo:
        held = os.open(beside, os.O_RDWR | os.O_NONBLOCK)  # so that nothing hangs where it is opened all the same
    assert not holds(path)
    archive = Archive(path, reader)
    archive.refresh(sources)
    assert reasons(archive)[0] in ("rebuilt-broken", "not-written") and len(archive.records()) == 4
    assert kept.read_text() == "à garder"
    if held >= 0:
        os.close(held)


def test_what_cannot_be_opened_is_done_without(
    path: Path, sources: list[Path], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    Archive(path, reader).refresh(sources)
    real = sqlite3.connect

    def connect(place: str, **manner: object) -> sqlite3.Connection:
        return real("file:/nowhere/x?mode=rw" if path.name in place else place, **manner)  # coverage has a file, too

    monkeypatch.setattr(archive_file.sqlite3, "connect", connect)
    archive = Archive(path, reader)
    archive.refresh(sources)
    assert reasons(archive) == ["not-written"] and len(archive.records()) == 4


def test_a_name_that_is_no_text_is_left_out_and_told(path: Path, sources: list[Path], reader: Reader) -> None:
    odd = Path(os.fsdecode(os.fsencode(sources[0].parent) + b"/\xe9.md"))
    odd.write_text("x\n")
    archive = Archive(path, reader)
    archive.refresh([*sources, odd])
    assert [(one.reason, one.path) for one in archive.notices] == [("unreadable", odd)]
    assert len(archive.records()) == 4


def test_a_workspace_that_moved_is_not_read_again(
    path: Path, sources: list[Path], reader: Reader, tmp_path: Path
) -> None:
    for source in sources:
        os.utime(source, (1, 1))
    Archive(path, reader).refresh(sources)
    moved = shutil.copytree(tmp_path, tmp_path.with_name(f"{tmp_path.name}-moved"))
    reader.read.clear()
    archive = Archive(moved / ".facilitator" / path.name, reader)
    archive.refresh([moved / source.name for source in sources])
    assert reader.read == []
    assert [place.parent for place, _ in archive.documents()] == [moved, moved]


def test_a_large_past_is_written_in_several_goes(
    path: Path, tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "_BATCH", 2)
    places = [tmp_path / f"2026-01-0{day}-x.md" for day in range(1, 6)]
    for place in places:
        place.write_text("Une question\n")
    archive = Archive(path, reader)
    archive.refresh(places)
    assert len(archive.records()) == 5


def test_what_is_missing_is_told_until_it_was_said(path: Path, tmp_path: Path) -> None:
    archive = archive_with(path, tmp_path, Parsed(OCTOBER, missing=("Q2", "A1")))
    source = tmp_path / f"{OCTOBER}.md"
    assert [(one.reason, one.detail) for one in archive.notices] == [("missing", "Q2, A1")]
    archive.note_said()
    archive.note_said()
    archive.refresh([source])
    assert archive.notices == []
    archive.note_said()
    source.write_text("another text with the same gap")
    archive.refresh([source])
    assert archive.notices == []


def test_a_mistake_of_ours_is_raised_after_all_is_tried(path: Path, sources: list[Path], reader: Reader) -> None:
    archive = Archive(path, reader)
    archive.refresh(sources)

    def wrong() -> None:
        raise TypeError

    with pytest.raises(TypeError):
        archive._whatever(lambda: archive._in_turn(wrong))
    assert len(archive.records()) == 4


def test_who_only_asks_a_broken_archive_gets_nothing_and_is_told(
    path: Path, sources: list[Path], reader: Reader
) -> None:
    Archive(path, reader).refresh(sources)
    archive = Archive(path, reader)
    archive._db.execute("UPDATE entries SET record = 'x'")
    assert archive.records() == []
    assert reasons(archive) == ["rebuilt-broken"]


def test_a_file_that_another_program_is_making_is_awaited_or_done_without(
    path: Path, sources: list[Path], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(archive_file._MANNER, "timeout", 0)
    archive = Archive(path, reader)
    path.parent.mkdir()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    archive.refresh(sources)
    assert reasons(archive) == ["not-written"] and len(archive.records()) == 4
    other.execute("COMMIT")
    other.close()


def test_whatever_is_no_file_does_not_hold(path: Path) -> None:
    assert holds(path)
    path.mkdir(parents=True)
    assert not holds(path)
