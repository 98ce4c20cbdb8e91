"""What an examination says of the folders, of links, and of what git tracks."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

from facilitator.store import platform
from facilitator.store.atomic import replace_document, replace_own

from .conftest import closed, decision, found, held, old


def git(root: Path, *words: str) -> None:
    person = ["-c", "user.name=Claire", "-c", "user.email=claire@example.org"]
    subprocess.run(["git", *person, *words], cwd=root, check=True, capture_output=True)


def private_file(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o600)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt",
        "meetings/notes.txt",
        "meetings/2026-11-24-rencontre-du-reseau/notes.txt",
        "base/notes.md",
        "base/minutes/notes.txt",
        "other/notes.md",
        "meetings/-x/cli-a.jsonl",
    ],
)
def test_a_name_the_program_does_not_know_is_told_and_a_foreign_folder_only_once(workspace, name) -> None:
    meeting = closed(workspace)
    assert (workspace.private / "base" / "minutes").is_dir()
    path = private_file(workspace.private / name.replace("2026-11-24-rencontre-du-reseau", meeting))
    known = {workspace.private / place for place in ("meetings", "base", "base/minutes", f"meetings/{meeting}")}
    expected = path if path.parent in (*known, workspace.private) else path.parent
    assert [(one.code, one.path) for one in found(workspace)] == [("foreign", expected)]


def test_a_folder_in_the_place_of_a_file_is_foreign(workspace) -> None:
    closed(workspace)
    workspace.archive_file.unlink()
    workspace.archive_file.mkdir(mode=0o700)
    assert ("foreign", workspace.archive_file) in [(one.code, one.path) for one in found(workspace)]


def test_modes_that_let_others_in_or_the_owner_out_are_told(workspace) -> None:
    meeting = closed(workspace, decision())
    wrong = {
        workspace.private: 0o755,
        workspace.meeting_folder(meeting): 0o750,
        workspace.archive_file: 0o644,
        workspace.private / ".gitignore": 0o400,
    }
    for path, mode in wrong.items():
        path.chmod(mode)
    told = found(workspace)
    assert {one.code for one in told} == {"mode"}
    assert {one.path: one.values["mode"] for one in told} == {path: f"{mode:04o}" for path, mode in wrong.items()}
    assert {one.values["expected"] for one in told} == {"0700", "0600"}


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (None, "ignore-missing"),
        (b"", "ignore-missing"),
        (b"# nothing\n", "ignore-missing"),
        (b"*.json\n", "ignore-weakened"),
        (b"*\n!private.jsonl\n", "ignore-weakened"),
    ],
)
def test_a_missing_or_weakened_gitignore_is_told(workspace, rules, code) -> None:
    closed(workspace)
    path = workspace.private / ".gitignore"
    path.unlink()
    if rules is not None:
        private_file(path, rules)
    assert [(one.code, one.path) for one in found(workspace)] == [(code, path)]


@pytest.mark.parametrize("rules", [b"*\n", b"# ours\r\n*\r\n", b"!x\n*\n"])
def test_a_gitignore_whose_last_word_is_everything_holds(workspace, rules) -> None:
    closed(workspace)
    private_file(workspace.private / ".gitignore", rules)
    assert found(workspace) == []


@pytest.mark.parametrize(
    ("place", "apart"),
    [
        *(
            (place, False)
            for place in (".facilitator", ".facilitator/base/minutes", "minutes", "newsletter", "agendas")
        ),
        *((place, True) for place in (".facilitator/base/minutes", "minutes", "agendas")),
    ],
)
def test_what_an_interrupted_write_left_is_told_once_nobody_writes_it(workspace, monkeypatch, place, apart) -> None:
    closed(workspace)
    left: list[Path] = []

    def die(*_: object) -> None:
        (source,) = (path for path in workspace.root.rglob("*.facilitator-tmp") if path.is_file())
        if apart and source.parent == workspace.private:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        copy = source.with_name("copy")
        copy.write_bytes(source.read_bytes())
        copy.chmod(0o600)
        left.extend([source, copy])
        raise OSError("cut")

    monkeypatch.setattr(platform, "replace", die)
    path = workspace.root / place / "x.md"
    with pytest.raises(OSError, match="cut"):
        if place.startswith("."):
            replace_own(path, b"half")
        else:
            replace_document(workspace.root, path, b"half")
    monkeypatch.undo()
    os.replace(left[1], left[0])
    assert left[0].parent in (workspace.private, path.parent, path.parent / ".facilitator-tmp")
    old(left[0], 30_000)
    assert found(workspace) == []
    old(left[0])
    with left[0].open("rb+") as writing:
        assert platform.lock(writing.fileno())
        assert found(workspace) == []
    assert [(one.code, one.path) for one in found(workspace)] == [("temporary", left[0])]


@pytest.mark.parametrize("place", ["minutes/x.md", "newsletter/x.md", "agendas/x.yaml", "facilitator.yaml", "agendas"])
def test_a_link_where_a_document_should_be_is_told(workspace, tmp_path, place) -> None:
    closed(workspace)
    outside = tmp_path / "outside"
    outside.mkdir()
    path = workspace.root / place
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(outside)
    (one,) = found(workspace, "link-document", "document-unreadable")
    assert (one.path, one.values) == (path, {"target": str(outside)})


def test_a_link_where_no_document_should_be_is_nothing_to_tell(workspace) -> None:
    meeting = closed(workspace)
    (workspace.root / "last.md").symlink_to(f"minutes/{meeting}.md")
    assert found(workspace) == []


def test_any_link_in_the_private_folder_is_told_and_not_followed(workspace, tmp_path) -> None:
    closed(workspace)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "notes.txt").touch()
    path = workspace.private / "base" / "newsletter2"
    path.symlink_to(tmp_path / "outside")
    assert [(one.code, one.path) for one in found(workspace)] == [("link-private", path)]


def test_a_private_folder_that_is_a_link_is_told(workspace, tmp_path) -> None:
    closed(workspace)
    workspace.private.rename(tmp_path / "elsewhere")
    workspace.private.symlink_to(tmp_path / "elsewhere")
    assert [(one.code, one.path) for one in found(workspace)] == [("link-private", workspace.private)]


@pytest.mark.parametrize("below", [False, True])
def test_what_git_tracks_of_the_private_folder_is_told(workspace, tmp_path, below) -> None:
    meeting = closed(workspace, decision())
    git(tmp_path if below else workspace.root, "init", "-q")
    git(workspace.root, "add", "minutes")
    assert found(workspace) == []
    git(workspace.root, "add", "-f", ".facilitator")
    told = found(workspace)
    assert {one.code for one in told} == {"tracked"}
    assert next(workspace.meeting_folder(meeting).glob("*.jsonl")) in [one.path for one in told]


def test_git_is_asked_without_hooks_monitors_or_the_callers_repository(workspace, tmp_path, monkeypatch) -> None:
    closed(workspace)
    git(workspace.root, "init", "-q")
    ran = tmp_path / "ran"
    monitor = tmp_path / "monitor"
    monitor.write_text(f"#!/bin/sh\ntouch {ran}\n")
    monitor.chmod(0o700)
    git(workspace.root, "config", "core.fsmonitor", str(monitor))
    git(workspace.root, "-c", "core.fsmonitor=false", "add", "-f", ".facilitator/.gitignore")
    ran.unlink(missing_ok=True)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    index = (workspace.root / ".git" / "index").read_bytes()
    assert [one.code for one in found(workspace)] == ["tracked"]
    assert not ran.exists()
    assert (workspace.root / ".git" / "index").read_bytes() == index


def test_a_broken_repository_is_told_and_asks_for_nothing(workspace) -> None:
    closed(workspace)
    (workspace.root / ".git").mkdir()
    (one,) = found(workspace)
    assert (one.code, one.attention) == ("git-silent", False)
    assert "not a git repository" in str(one.values["problem"])


def test_a_git_that_hangs_is_given_up(workspace, tmp_path, monkeypatch) -> None:
    closed(workspace)
    (workspace.root / ".git").mkdir()
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o700)
    monkeypatch.setenv("PATH", str(slow.parent), prepend=os.pathsep)
    monkeypatch.setattr("facilitator.doctor.tracked._WAIT_S", 0.2)
    assert found(workspace)[0].values == {"problem": "timeout"}


def test_without_git_or_a_repository_nothing_is_asked(workspace, monkeypatch) -> None:
    closed(workspace)
    monkeypatch.setattr(subprocess, "run", None)
    assert found(workspace) == []
    (workspace.root / ".git").mkdir()
    monkeypatch.setenv("PATH", "/nowhere")
    assert found(workspace) == []


def test_a_folder_that_cannot_be_read_is_told(workspace, monkeypatch) -> None:
    held(workspace)
    closed_to_us = workspace.private / "base"
    closed_to_us.mkdir(mode=0o700)
    listed = Path.iterdir

    def iterdir(path: Path):
        if path == closed_to_us:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)  # root may read everything
    (one,) = found(workspace)
    assert (one.code, one.path, one.values) == ("unlisted", closed_to_us, {"problem": "Permission denied"})
