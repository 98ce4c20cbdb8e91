"""What git tracks, without starting it: as git itself says, whatever the form of the index."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from facilitator.store.git_index import tracked_in


def git(folder: Path, *words: str) -> None:
    person = ["-c", "user.name=Claire", "-c", "user.email=claire@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *person, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(params=["2", "3", "4", "sha256", "worktree"])
def root(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A repository with a workspace in a folder of it, and files whose names are like those of the private folder."""
    made = tmp_path / "repository"
    made.mkdir()
    git(made, "init", "-q", *(["--object-format=sha256"] if request.param == "sha256" else []))
    if request.param == "worktree":
        git(made, "commit", "-q", "--allow-empty", "-m", "x")
        git(made, "worktree", "add", "-q", str(tmp_path / "other"))
        made = tmp_path / "other"
    workspace = made / "réseau"
    for name in (
        "private.jsonl",
        ".facilitator/private.json",
        ".facilitator/private.jsonl",
        ".facilitator2/a",
        "z" * 250,
        "{",  # what comes after a long name drops more of it than fits in a byte
    ):
        path = workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    git(made, "add", "réseau/private.jsonl", "réseau/.facilitator2", "réseau/" + "z" * 250, "réseau/{")
    if request.param == "3":
        git(made, "add", "-N", "réseau/.facilitator/private.json")
    if request.param == "4":
        git(made, "update-index", "--index-version", "4")
    return workspace


def test_what_is_tracked_in_the_folder_is_known_and_nothing_else(root: Path) -> None:
    before = {path.name for path in tracked_in(root / ".facilitator")}
    assert before <= {"private.json"}
    git(root, "add", ".facilitator/private.jsonl", ".facilitator/private.json")
    found = tracked_in(root / ".facilitator")
    assert found == [root / ".facilitator" / name for name in ("private.json", "private.jsonl")]
    git(root, "rm", "-q", "--cached", ".facilitator/private.jsonl")
    assert tracked_in(root / ".facilitator") == found[:1]


@pytest.mark.parametrize("index", [None, b"", b"DIRC", b"DIRC" + bytes(3) + b"\x02\0\0\0\x09", b"x" * 200])
def test_an_index_that_cannot_be_read_says_nothing(tmp_path: Path, index: bytes | None) -> None:
    (tmp_path / ".git").mkdir()
    if index is not None:
        (tmp_path / ".git" / "index").write_bytes(index)
    assert tracked_in(tmp_path / ".facilitator") == []


def test_where_there_is_no_repository_nothing_is_tracked(tmp_path: Path) -> None:
    assert tracked_in(tmp_path / ".facilitator") == []
