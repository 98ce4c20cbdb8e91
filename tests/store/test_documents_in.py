"""The documents of a folder: what the program may have written there, and nothing else."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from facilitator.store import documents
from facilitator.store.documents import documents_in, write_document
from facilitator.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = Workspace(tmp_path / "network")
    made.agendas_folder.mkdir(parents=True)
    made.ensure_private()
    (made.agendas_folder / "a.yaml").write_text("title: A\n")
    return made


def names(workspace: Workspace) -> list[str]:
    return [path.name for path, _ in documents_in(workspace, workspace.agendas_folder, (".yaml", ".yml"))]


def test_files_of_the_endings_are_found_in_the_order_of_their_names(workspace: Workspace) -> None:
    (workspace.agendas_folder / "0.yml").write_text("")
    (workspace.agendas_folder / "b.txt").write_text("")
    assert names(workspace) == ["0.yml", "a.yaml"]


def test_links_pipes_and_second_names_of_what_is_private_are_none(workspace: Workspace) -> None:
    (workspace.agendas_folder / "link.yaml").symlink_to("a.yaml")
    os.mkfifo(workspace.agendas_folder / "pipe.yaml")
    workspace.private_file.write_text("secret")
    (workspace.agendas_folder / "second.yaml").hardlink_to(workspace.private_file)
    assert names(workspace) == ["a.yaml"]


def test_a_folder_that_is_not_there_holds_none(workspace: Workspace) -> None:
    assert list(documents_in(workspace, workspace.minutes_folder, (".md",))) == []


def test_what_goes_away_meanwhile_is_none(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "read_text", lambda *_: None)
    assert names(workspace) == []
    lstat = Path.lstat

    def gone(path: Path) -> os.stat_result:
        if path.suffix == ".yaml":
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", gone)
    assert names(workspace) == []


def test_what_cannot_be_read_is_an_error(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> str:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(documents, "read_text", failing)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        names(workspace)


def test_where_every_place_beside_is_somebody_elses_nothing_is_written(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "_put", lambda *_: False)
    path = workspace.minutes_folder / "m.md"
    with pytest.raises(FileExistsError):
        write_document(workspace, path, "text")
    assert not path.exists()
