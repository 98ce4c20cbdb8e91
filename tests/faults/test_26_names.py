"""Titles as file names, links out of the workspace: nothing is written outside, nobody's meeting is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator.core.text import normalise, slug
from facilitator.meetings import publishing as publish

from .harness import Table, capture
from .hostile import TITLES

pytestmark = pytest.mark.fault(26)

DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}


@pytest.mark.parametrize("title", TITLES, ids=range(len(TITLES)))
def test_a_title_makes_a_name_that_every_system_takes(title: str) -> None:
    """Small ASCII letters, digits and hyphens, of at most 60 bytes, no device, never empty."""
    name = slug(title)
    assert name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(name) <= 62
    assert name.strip("-") == name
    assert name not in DEVICES


def test_hostile_titles_on_one_day_make_as_many_meetings_inside_the_workspace(table: Table, rounds) -> None:
    """Two titles of one name get two files; everything is below the workspace."""
    made = set()
    for title in TITLES[:: rounds(4, 1, 1)]:
        session = table.open(title=normalise(title).text or "Sans titre")  # as an agenda may have it
        capture(session, "une décision", "decision")
        publish.close(session)
        session.leave()
        assert session.meeting.id not in made
        made.add(session.meeting.id)
    assert {path.stem for path in (table.root / "minutes").iterdir()} == made
    assert {path.name for path in table.root.iterdir()} == {".facilitator", "minutes", "newsletter"}
    assert {path.name for path in table.folder.iterdir()} <= {"workspace", "state", "temporary", "home"}


@pytest.mark.slow
def test_agendas_of_hostile_titles_are_written_inside_the_workspace(table: Table) -> None:
    """By `new`, by their slug, by a meeting's name given on the command line."""
    for words in (
        ("new", "--template", "../../../etc/passwd"),
        ("--meeting", "../../evasion", "status"),
        ("minutes", "../../../etc/passwd"),
        ("newsletter", "../../2026-12"),
        ("newsletter", "2026-99"),
        ("start", "/dev/zero"),
        ("start", "."),
        ("check", "/dev/zero"),
    ):
        done = table.run(*words).clean()
        assert done.code in (1, 2), words
    assert {path.name for path in table.folder.iterdir()} <= {"workspace", "state", "temporary", "home"}


@pytest.mark.parametrize("folder", ["minutes", "newsletter"])
@pytest.mark.parametrize("what", ["folder", "file", "dangling"])
def test_a_link_out_of_the_workspace_is_not_written_through(table: Table, folder: str, what: str) -> None:
    """A documents' folder, or the file itself, that leads elsewhere: said, and nothing is there."""
    outside = table.folder / "dehors"
    outside.mkdir()
    session = table.open()
    capture(session, "une action", "action")
    if what == "folder":
        (table.root / folder).symlink_to(outside)
    else:
        (table.root / folder).mkdir()
        name = f"{session.meeting.id}.md" if folder == "minutes" else "2026-12.md"
        if folder == "newsletter":
            name = f"{_month_after(session.meeting.opened.day)}.md"
        target = outside / "fichier"
        if what == "file":
            target.write_text("à moi", encoding="utf-8")
        (table.root / folder / name).symlink_to(target)
    session.leave()
    table.run("close").clean()
    found = {path.name: path.read_text(encoding="utf-8") for path in outside.iterdir()}
    assert found == ({"fichier": "à moi"} if what == "file" else {})


def _month_after(day) -> str:
    return f"{day.year + day.month // 12}-{day.month % 12 + 1:02}"


def test_links_planted_in_the_private_folder_are_not_written_through(table: Table) -> None:
    """In the place of a journal, of a draft of the minutes, of the archive, of the private follow-ups."""
    outside = table.folder / "dehors"
    outside.mkdir()
    session = table.open(terminal=False)
    capture(session, "un suivi", "individual")
    session.leave()
    private = table.workspace.private
    for name in ("archive.sqlite", "private.jsonl", "base", "documents.lock"):
        (private / name).symlink_to(outside / name)
    (session.folder / "closed").symlink_to(outside / "closed")
    table.run("minutes").clean()
    table.run("close").clean()
    table.run("followups").clean()
    assert _files(outside) == []


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
