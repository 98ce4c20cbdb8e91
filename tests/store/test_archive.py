"""The archive: derived, rebuilt at any time, and never in the way."""

from __future__ import annotations

import errno
import json
import os
import stat
from pathlib import Path

import pytest

from facilitator.core.records import Record
from facilitator.store import archive as archive_module
from facilitator.store import platform
from facilitator.store.archive import Archive, Parsed


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
    return tmp_path / ".facilitator" / "archive.json"


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
        (b'{"about":{"1":{"format":0}}}', "rebuilt-version"),
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
    for place in ("archive.json.broken", "archive.json.broken-2"):
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

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(platform, "sync_data", fail)
    archive.refresh(sources)
    assert reasons(archive) == ["not-written"]
    assert archive.notices[0].detail == os.strerror(errno.ENOSPC)
    assert len(archive.records()) == 4
    assert path.read_bytes() == before
    monkeypatch.undo()
    assert len(Archive(path, reader).records()) == 2


def test_a_broken_archive_that_cannot_be_moved_is_done_without(
    path: Path, sources: list[Path], reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"{")

    def fail(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(archive_module, "replace", fail)
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
    assert reasons(archive) == ["not-written"]
    assert len(archive.records()) == 4
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
