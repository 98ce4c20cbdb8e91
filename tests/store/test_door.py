"""What is read: a regular file, reached without a link below its anchor, of the kind that belongs there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from facilitator.store import platform
from facilitator.store.atomic import replace_document
from facilitator.store.door import (
    NOT_A_DOCUMENT,
    NOT_A_FILE,
    Linked,
    TooLarge,
    folder_of,
    open_own,
    read_document,
    read_given,
    read_own,
)
from facilitator.store.framing import frame


@pytest.fixture(params=[True, False], ids=["names in open folders", "paths"])
def root(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with minutes and something private; on a system that looks names up in open folders, or not."""
    monkeypatch.setattr(platform, "LOOKS_UP_IN_FOLDERS", request.param)
    made = tmp_path / "network"
    (made / "minutes").mkdir(parents=True)
    (made / ".facilitator").mkdir()
    (made / ".facilitator" / "private.jsonl").write_bytes(b"private")
    (made / "minutes" / "a.md").write_bytes(b"public")
    return made


def test_a_document_is_read_and_written(root: Path) -> None:
    path = root / "minutes" / "a.md"
    assert read_document(root, path, limit=6) == b"public"
    replace_document(root, path, b"more")
    assert path.read_bytes() == b"more"
    with pytest.raises(TooLarge) as caught:
        read_document(root, path, limit=3)
    assert caught.value.limit == 3


def test_the_workspace_itself_may_be_reached_by_links(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert read_document(tmp_path / "link", tmp_path / "link" / "minutes" / "a.md") == b"public"
    replace_document(tmp_path / "link", tmp_path / "link" / "minutes" / "a.md", b"more")
    assert (root / "minutes" / "a.md").read_bytes() == b"more"


@pytest.mark.parametrize("linked", ["minutes", "minutes/b.md"])
@pytest.mark.parametrize("to", ["inside", "outside", "nothing", "itself"])
def test_a_link_on_the_way_is_named_whatever_it_leads_to(root: Path, tmp_path: Path, linked: str, to: str) -> None:
    outside = {"inside": root / "elsewhere", "outside": tmp_path / "elsewhere"}.get(to, tmp_path / "nothing")
    if to in ("inside", "outside"):
        outside.mkdir()
        (outside / "b.md").write_bytes(b"there")
    (root / "minutes" / "a.md").unlink()
    (root / "minutes").rmdir()
    place = root / linked
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(place.name if to == "itself" else outside if linked == "minutes" else outside / "b.md")
    path = root / "minutes" / "b.md"
    for work in (lambda: read_document(root, path), lambda: replace_document(root, path, b"new")):
        with pytest.raises(Linked) as caught:
            work()
        assert caught.value.filename == str(place)
    assert [one.read_bytes() for one in outside.glob("*")] == ([b"there"] if outside.exists() else [])


@pytest.mark.parametrize(
    "name", [".facilitator/private.jsonl", ".git/config", ".GIT/config", "x/.Facilitator/y", "../x"]
)
def test_no_document_is_in_a_private_folder_in_gits_or_outside(root: Path, name: str) -> None:
    for work in (lambda: read_document(root, root / name), lambda: replace_document(root, root / name, b"new")):
        with pytest.raises(PermissionError, match=NOT_A_DOCUMENT):
            work()
    assert not (root / "x").exists()
    assert (root / ".facilitator" / "private.jsonl").read_bytes() == b"private"


def test_another_name_of_something_private_is_no_document(root: Path) -> None:
    (root / "minutes" / "b.md").hardlink_to(root / ".facilitator" / "private.jsonl")
    (root / "minutes" / "c.md").hardlink_to(root / "minutes" / "a.md")
    with pytest.raises(PermissionError, match=NOT_A_DOCUMENT):
        read_document(root, root / "minutes" / "b.md")
    assert read_document(root, root / "minutes" / "c.md") == b"public"
    replace_document(root, root / "minutes" / "b.md", b"new")
    assert (root / ".facilitator" / "private.jsonl").read_bytes() == b"private"


def test_a_journal_or_what_is_private_is_no_document_by_whatever_way_it_came_there(root: Path) -> None:
    """A copy, a backup, a mount: its first line is one of ours."""
    path = root / "newsletter/2026-12.md"
    path.parent.mkdir(exist_ok=True)
    for data in (frame(b'{"op":"drop"}'), b"\n" + frame(b"{}"), frame(b"{}").rstrip(b"\n")):
        path.write_bytes(data)
        with pytest.raises(OSError, match=NOT_A_DOCUMENT):
            read_document(root, path)
    path.write_bytes(b'{"c": 1}\n')
    assert read_document(root, path) == b'{"c": 1}\n'


def test_what_is_no_file_is_neither_opened_nor_replaced(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = root / "minutes" / "pipe.md"
    os.mkfifo(pipe)
    opened: list[str] = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, *rest, **more: opened.append(str(path)) or real(path, *rest, **more))
    for odd, words in ((pipe, NOT_A_FILE), (root / "minutes", "directory")):
        for work in (
            lambda odd=odd: read_document(root, odd),
            lambda odd=odd: read_given(odd, limit=9),
            lambda odd=odd: replace_document(root, odd, b"new"),
        ):
            with pytest.raises(OSError, match=words):
                work()
    with pytest.raises(OSError, match=NOT_A_FILE):
        read_given(Path("/dev/zero"), limit=9)
    assert not [path for path in opened if path.endswith(("pipe.md", "zero"))]
    assert pipe.is_fifo()


def test_a_file_that_becomes_a_pipe_as_it_is_opened_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = root / "minutes" / "a.md"
    real = os.open

    def swapped(name: str | Path, *rest: int, **more: int) -> int:
        if str(name).endswith("a.md"):
            path.unlink()
            os.mkfifo(path)
        return real(name, *rest, **more)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(OSError, match=NOT_A_FILE):
        read_document(root, path)


def test_a_file_that_a_person_names_may_be_reached_by_links(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(root / "minutes" / "a.md")
    assert read_given(tmp_path / "link.yaml", limit=9) == b"public"


@pytest.mark.parametrize("linked", ["base", "base/x"])
def test_no_link_is_followed_in_the_private_folder(root: Path, tmp_path: Path, linked: str) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "x").write_bytes(b"x")
    (root / ".facilitator" / linked).parent.mkdir(exist_ok=True)
    (root / ".facilitator" / linked).symlink_to(tmp_path / linked)
    for work in (lambda path: read_own(path), lambda path: open_own(path, os.O_RDWR | os.O_CREAT)):
        with pytest.raises(Linked):
            work(root / ".facilitator" / "base" / "x")


def test_a_folder_that_may_be_entered_but_not_listed_is_no_hindrance(root: Path) -> None:
    (root / "minutes").chmod(0o311)
    assert read_document(root, root / "minutes" / "a.md") == b"public"
    (root / "minutes").chmod(0o755)


def test_the_workspace_itself_is_a_folder_and_no_document(root: Path) -> None:
    with pytest.raises(IsADirectoryError):
        read_document(root, root)


def test_what_goes_away_while_second_names_are_looked_for_is_passed_over(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / ".facilitator" / "gone").write_text("x")
    (root / "minutes" / "other.md").hardlink_to(root / "minutes" / "a.md")
    real = os.lstat

    def lstat(path: str) -> os.stat_result:
        if str(path).endswith("gone"):
            raise FileNotFoundError
        return real(path)

    monkeypatch.setattr(os, "lstat", lstat)
    assert read_document(root, root / "minutes" / "a.md") == b"public"


def test_the_folder_of_a_file_is_reached_from_above_it_only(root: Path) -> None:
    with pytest.raises(ValueError, match="is not below"), folder_of(root / ".facilitator", root / "minutes" / "a.md"):
        pass
