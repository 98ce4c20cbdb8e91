"""What an examination says of the documents people read and edit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from facilitator.cli.commands.doctor_words import WORDS

from .conftest import closed, decision, found, held

CONFLICT = "<<<<<<< HEAD\nune\n=======\ndeux\n>>>>>>> autre\n"


@pytest.fixture
def documents(workspace) -> dict[str, Path]:
    meeting = closed(workspace, decision())
    agenda = workspace.agendas_folder / "prochaine.yaml"
    agenda.parent.mkdir()
    agenda.write_text("title: Prochaine\n")
    return {
        "meeting": workspace.meeting_folder(meeting),
        "minutes": workspace.minutes_folder / f"{meeting}.md",
        "newsletter": next(workspace.newsletter_folder.glob("*.md")),
        "agenda": agenda,
    }


@pytest.mark.parametrize("name", ["minutes", "newsletter", "agenda"])
def test_conflict_markers_are_told_with_their_line(workspace, documents, name) -> None:
    path = documents[name]
    lines = path.read_text().count("\n")
    path.write_text(path.read_text() + CONFLICT)
    assert [(one.code, one.path, one.line) for one in found(workspace)] == [("conflict", path, lines + 1)]


def test_an_underlined_heading_is_no_conflict(workspace, documents) -> None:
    newsletter = documents["newsletter"]
    newsletter.write_text(newsletter.read_text() + "\nBonjour\n=======\n")
    assert found(workspace) == []


HEADS = ["", "---\nformat: [\n---\n", "---\ntitle: Sans le reste\n---\n"]


@pytest.mark.parametrize("head", HEADS)
def test_a_head_of_minutes_that_is_missing_or_unreadable_is_told_and_they_are_read_by_their_name(
    workspace, documents, head
) -> None:
    path = documents["minutes"]
    path.write_text(head + path.read_text().split("---\n", 2)[2])
    assert [(one.code, one.path) for one in found(workspace)] == [("document-problem", path)]


@pytest.mark.parametrize("head", HEADS)
def test_a_letter_without_its_head_is_known_by_its_words_and_is_nothing_to_tell(workspace, documents, head) -> None:
    path = documents["newsletter"]
    path.write_text(head + path.read_text().split("---\n", 2)[2])
    assert found(workspace) == []


def test_a_letter_whose_memory_cannot_be_read_is_told(workspace, documents) -> None:
    path = documents["newsletter"]
    path.write_text("---\nfed: 12\n---\n" + path.read_text().split("---\n", 2)[2])
    assert [(one.code, one.path) for one in found(workspace)] == [("front-unreadable", path)]


def test_minutes_that_neither_say_nor_are_named_as_a_meeting_s_are_told(workspace, documents) -> None:
    path = workspace.minutes_folder / "brouillon.md"
    path.write_text("# Des idées\n\n- une\n")
    assert [(one.code, one.path) for one in found(workspace)] == [("front-unreadable", path)]


def test_an_entry_that_was_published_and_is_gone_is_told(workspace, documents) -> None:
    path = documents["minutes"]
    path.write_text("".join(line for line in path.read_text().splitlines(keepends=True) if 'id="d1"' not in line))
    (one,) = found(workspace)
    assert (one.code, one.path, one.values) == ("missing-entries", path, {"labels": "D1"})


@pytest.mark.parametrize("name", ["minutes", "newsletter", "agenda"])
def test_a_document_that_is_no_text_is_told_with_the_line(workspace, documents, name) -> None:
    path = documents[name]
    path.write_bytes(b"une\ndeux\n\xff\n")
    (one,) = found(workspace)
    assert (one.code, one.path, one.line, one.values) == ("document-unreadable", path, 3, {"problem": "utf-8"})


def test_a_document_that_is_no_file_is_told(workspace, documents) -> None:
    (workspace.minutes_folder / "autre.md").mkdir()
    (one,) = found(workspace)
    assert (one.code, one.line) == ("document-unreadable", None)


def test_what_minutes_hold_and_cannot_mean_is_told(workspace, documents) -> None:
    path = documents["minutes"]
    text = path.read_text()
    item = next(line for line in text.splitlines() if 'id="d1"' in line)
    path.write_text(f"{text}\n{item}\n")
    (one,) = found(workspace)
    assert (one.code, one.path) == ("document-problem", path)
    assert "D1" in str(one.values["problem"])


@pytest.mark.parametrize("name", ["minutes", "newsletter"])
def test_a_text_put_beside_a_document_is_told_with_the_document(workspace, documents, name) -> None:
    path = documents[name]
    beside = path.with_name(path.name.removesuffix(".md") + ".new.md")
    beside.write_text("rien qui se lise")
    (one,) = found(workspace)
    assert (one.code, one.path, one.values) == ("beside", path, {"beside": str(beside)})


@pytest.mark.parametrize("name", ["minutes", "newsletter"])
def test_a_document_that_cannot_be_read_is_not_said_to_be_read_and_nothing_is_to_be_deleted(
    workspace, documents, name
) -> None:
    path = documents[name]
    text = path.read_text()
    path.with_name(path.name.removesuffix(".md") + ".new.md").write_text(text)
    path.write_text(text.replace("\n## ", "\n<<<<<<< ici\n## ", 1))
    codes = [one.code for one in found(workspace)]
    assert "beside-unread" in codes and "beside" not in codes
    for code in ("beside", "beside-unread"):
        assert "rm " not in WORDS[code].do


@pytest.mark.parametrize("name", ["newsletter", "agenda"])
@pytest.mark.parametrize("mark", ["<<<<<<< ici", ">>>>>>> là"])
def test_a_lone_marker_of_a_merge_is_said_with_its_line(workspace, documents, name, mark) -> None:
    agenda = workspace.agendas_folder / "a.yaml"
    agenda.parent.mkdir(exist_ok=True)
    agenda.write_text("title: R\nsteps: []\n")
    path = agenda if name == "agenda" else documents[name]
    lines = path.read_text().split("\n")
    path.write_text("\n".join([*lines[:-1], mark, ""]))
    conflicts = [(one.code, one.path, one.line) for one in found(workspace) if one.code == "conflict"]
    assert conflicts == [("conflict", path, len(lines))]


def test_minutes_without_a_journal_are_told_and_ask_for_nothing(workspace, documents) -> None:
    shutil.rmtree(documents["meeting"])
    (one,) = found(workspace)
    assert (one.code, one.path, one.meeting) == ("no-journal", documents["minutes"], documents["meeting"].name)
    assert not one.attention


def test_a_closed_meeting_without_its_minutes_is_told(workspace, documents) -> None:
    documents["minutes"].unlink()
    (one,) = found(workspace)
    assert (one.code, one.meeting, one.attention) == ("no-minutes", documents["meeting"].name, True)


def test_minutes_under_another_name_are_those_of_their_meeting(workspace, documents) -> None:
    documents["minutes"].rename(workspace.minutes_folder / "roannais.md")
    assert found(workspace) == []


def test_a_live_meeting_needs_no_minutes(workspace) -> None:
    held(workspace)
    assert found(workspace) == []


def test_settings_that_cannot_be_read_are_told_with_their_line(workspace) -> None:
    workspace.config_file.write_text("name: Réseau\nlanguage: de\n")
    (one,) = found(workspace)
    assert (one.code, one.path, one.line) == ("settings", workspace.config_file, 2)
    workspace.config_file.write_text("name: Réseau\nlanguage: fr\n")
    assert found(workspace) == []


def test_two_people_with_one_name_in_the_settings_are_told_with_their_line(workspace) -> None:
    workspace.config_file.write_text("members:\n  - Awa S.\n  - Nora T.\n  - awa s.\n")
    (one,) = found(workspace)
    assert (one.code, one.path, one.line) == ("one-name", workspace.config_file, 4)


def test_settings_that_are_no_file_or_too_large_are_told(workspace) -> None:
    workspace.config_file.write_bytes(b"#" * 300_000)
    assert [one.code for one in found(workspace)] == ["document-unreadable"]
    workspace.config_file.unlink()
    workspace.config_file.mkdir()
    assert [one.code for one in found(workspace)] == ["document-unreadable"]


@pytest.mark.parametrize(
    "name", ["inbox.md", "digests/2026-11.md", "digests/received/loire-2026-11.md", "surveys/besoins.md"]
)
def test_conflict_markers_in_what_comes_between_meetings_are_told_too(workspace, documents, name) -> None:
    path = workspace.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("# Titre\n" + CONFLICT)
    assert [(one.code, one.path, one.line) for one in found(workspace)] == [("conflict", path, 2)]


def test_a_digest_that_cannot_be_read_is_told_with_why(workspace, documents) -> None:
    path = workspace.received_folder / "loire-2026-11.md"
    path.parent.mkdir(parents=True)
    path.write_text("---\nformat: 9\ndigest: 2026-11\nlevel: epci\nnetwork: loire\n---\n")
    (one,) = found(workspace)
    assert (one.code, one.path) == ("document-problem", path) and "format 9" in str(one.values["problem"])
