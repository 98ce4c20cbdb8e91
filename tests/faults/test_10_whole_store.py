"""The whole store is unreadable, empty, or something else: nothing is overwritten, what can be had is had."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from .harness import Table, capture, few

pytestmark = pytest.mark.fault(10)


def _past(table: Table) -> None:
    """A meeting that is over, with a question that is still open."""
    table.run("start").ok()
    table.run("add", "action", "Envoyer le lien", "--owner", "Awa S.").ok()
    table.run("add", "need", "-", "--individual", stdin="Un suivi discret").ok()
    table.run("close").ok()


def _followups(table: Table) -> list[tuple[str, str]]:
    done = table.run("followups", "--json").ok()
    return [(item["number"], item["text"]) for item in json.loads(done.out)]


JUNK = {
    "torn": b"{",
    "empty": b"",
    "zeros": b"\0" * 4096,
    "list": b"[]",
    "nothing": b"{}",
    "head-alone": b"SQLite format 3\0",
    "head-and-junk": b"SQLite format 3\0" + b"\xff" * 8_000,
}


@pytest.mark.parametrize("name", few(JUNK))
def test_an_archive_that_cannot_be_read_is_rebuilt_from_the_minutes(table: Table, name: str) -> None:
    """Nothing is lost, and what was there is kept beside it when it was not empty."""
    _past(table)
    before = _followups(table)
    assert ("A1", "Envoyer le lien") in before
    table.workspace.archive_file.write_bytes(JUNK[name])
    assert _followups(table) == before
    assert _followups(table) == before


@pytest.mark.slow
def test_an_archive_of_another_version_is_rebuilt(table: Table) -> None:
    """Whatever a newer program put there."""
    _past(table)
    before = _followups(table)
    with sqlite3.connect(table.workspace.archive_file) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    assert _followups(table) == before


def test_a_folder_in_the_place_of_the_archive_is_left_there(table: Table) -> None:
    """It may be somebody's; the follow-ups are read all the same."""
    _past(table)
    before = _followups(table)
    table.workspace.archive_file.unlink()
    table.workspace.archive_file.mkdir()
    (table.workspace.archive_file / "à moi").write_text("x", encoding="utf-8")
    assert _followups(table) == before
    assert [path.read_text(encoding="utf-8") for path in table.root.rglob("à moi")] == ["x"]


def test_without_the_archive_nothing_is_lost(table: Table) -> None:
    """It is only ever derived."""
    _past(table)
    before = _followups(table)
    table.workspace.archive_file.unlink()
    assert _followups(table) == before


@pytest.mark.parametrize("what", ["folder", "link", "zeros", "empty"])
def test_a_journal_file_that_is_no_journal_is_left_alone_and_the_others_are_read(table: Table, what: str) -> None:
    """One file of a meeting was replaced by something else."""
    session = table.open()
    capture(session, "la mienne")
    odd = session.folder / "autre.jsonl"
    elsewhere = table.folder / "ailleurs"
    elsewhere.write_bytes(b"secret\n")
    {
        "folder": odd.mkdir,
        "link": lambda: odd.symlink_to(elsewhere),
        "zeros": lambda: odd.write_bytes(b"\0" * 10_000),
        "empty": lambda: odd.write_bytes(b""),
    }[what]()
    session.leave()
    assert "la mienne" in table.run("entries").ok().out
    table.run("add", "note", "et la suite").ok()
    assert elsewhere.read_bytes() == b"secret\n"
    assert odd.is_symlink() == (what == "link")


def test_a_private_folder_that_is_a_file_or_a_link_is_refused_with_a_sentence(table: Table) -> None:
    """What is private is never written through somebody else's link."""
    outside = table.folder / "dehors"
    outside.mkdir()
    table.workspace.private.symlink_to(outside)
    done = table.run("start").clean()
    assert list(outside.iterdir()) == []
    table.workspace.private.unlink()
    table.workspace.private.write_text("un fichier", encoding="utf-8")
    done = table.run("start").clean()
    assert done.code in (0, 1)
    assert table.workspace.private.read_text(encoding="utf-8") == "un fichier"


@pytest.mark.slow
def test_junk_in_every_file_of_the_private_folder_never_ends_in_a_traceback(table: Table) -> None:
    """Every reading command answers or says why not."""
    _past(table)
    table.run("start", "--again").ok()
    for path in [path for path in table.workspace.private.rglob("*") if path.is_file()]:
        path.write_bytes(b"\xff\x00\x1b[31m{]" * 50)
    for words in (("status",), ("followups",), ("entries",), ("minutes", "--stdout"), ("add", "note", "x"), ("close",)):
        table.run(*words).clean()


@pytest.mark.slow
def test_minutes_that_are_a_folder_or_unreadable_are_said_and_the_others_are_read(table: Table) -> None:
    """One document that cannot be read hides no other."""
    _past(table)
    before = _followups(table)
    (table.root / "minutes" / "2026-01-01-dossier.md").mkdir()
    (table.root / "minutes" / "2026-01-02-binaire.md").write_bytes(b"\xff\xfe\x00" * 1_000)
    Path(table.root / "minutes" / "2026-01-03-lien.md").symlink_to("/dev/zero")
    assert _followups(table) == before
