"""The workspace: found where a person expects it, and nowhere else."""

from __future__ import annotations

import datetime
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.core.acts import Act, Closed, Open
from facilitator.core.agenda import Agenda, Step
from facilitator.core.network import Network
from facilitator.core.setup import setup_of
from facilitator.store.door import Linked, TooLarge
from facilitator.store.folders import state_folder
from facilitator.store.journal import Journal
from facilitator.store.workspace import (
    Workspace,
    besides,
    document_of,
    find_workspace,
    is_meeting_id,
    live_workspaces,
    standing_beside,
)

NewAct = Callable[..., Act]
DAY = datetime.date(2026, 11, 24)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty directory."""
    root = tmp_path / "network"
    root.mkdir()
    return Workspace(root)


def hold(workspace: Workspace, meeting_id: str, act: Act) -> None:
    """A meeting that was opened, by an act of the same order and writer."""
    with Journal(workspace.meeting_folder(meeting_id), writer="salon") as journal:
        journal.append(opening(meeting_id, act))


def opening(meeting_id: str, act: Act) -> Act:
    agenda = Agenda(title="Rencontre", steps=(Step(kind="needs", duration=600),))
    setup = setup_of(agenda, Network(), day=DAY, zone="Europe/Paris", language="fr")
    return replace(act, events=(Open(meeting_id, setup),))


def found(cwd: Path, *, live: bool = True, flag: Path | None = None) -> Path:
    return find_workspace(flag, os.environ, cwd, live=live).root


def test_the_flag_comes_first_then_the_environment_then_the_nearest_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "network" / "agendas" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / "network" / "facilitator.yaml").write_text("")
    (tmp_path / "facilitator.yaml").write_text("")
    assert found(inner) == tmp_path / "network"
    monkeypatch.setenv("FACILITATOR_WORKSPACE", str(tmp_path / "named"))
    assert found(inner) == tmp_path / "named"
    assert found(inner, flag=Path("..")) == tmp_path / "network" / "agendas"


def test_a_private_folder_makes_a_workspace_too(tmp_path: Path) -> None:
    (tmp_path / "network" / ".facilitator").mkdir(parents=True)
    (tmp_path / "network" / "minutes").mkdir()
    assert found(tmp_path / "network" / "minutes") == tmp_path / "network"


def test_without_configuration_it_is_the_current_directory(tmp_path: Path) -> None:
    assert found(tmp_path) == tmp_path


def test_a_bare_home_directory_is_never_chosen_from_below(tmp_path: Path) -> None:
    below = tmp_path / "home" / "documents"
    below.mkdir(parents=True)
    (tmp_path / "home" / ".facilitator").mkdir()
    assert found(below) == below
    (tmp_path / "home" / "facilitator.yaml").write_text("")
    assert found(below) == tmp_path / "home"


def test_what_somebody_else_planted_above_is_not_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    below = tmp_path / "work"
    below.mkdir()
    planted = tmp_path / "facilitator.yaml"
    planted.write_text("")
    real = Path.stat

    def stat_of_other(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        result = real(path, follow_symlinks=follow_symlinks)
        return os.stat_result((*result[:4], 4_242, *result[5:])) if path == planted else result

    monkeypatch.setattr(Path, "stat", stat_of_other)
    assert found(below) == below


def test_the_one_live_meeting_of_this_user_is_found_from_anywhere(
    workspace: Workspace, tmp_path: Path, new_act: NewAct
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    hold(workspace, "2026-11-24-roannais", new_act(1))
    assert found(elsewhere) == elsewhere
    assert workspace.register_live("2026-11-24-roannais")
    assert found(elsewhere) == workspace.root
    assert found(elsewhere, live=False) == elsewhere
    workspace.mark_closed("2026-11-24-roannais")
    assert found(elsewhere) == elsewhere
    workspace.mark_open("2026-11-24-roannais")
    assert found(elsewhere) == workspace.root
    workspace.unregister_live("2026-11-24-roannais")
    assert found(elsewhere) == elsewhere


def test_of_two_live_workspaces_none_is_guessed(tmp_path: Path, new_act: NewAct) -> None:
    for name in ("nord", "sud"):
        (tmp_path / name).mkdir()
        workspace = Workspace(tmp_path / name)
        hold(workspace, "2026-11-24-reunion", new_act(1))
        workspace.register_live("2026-11-24-reunion")
    assert live_workspaces(os.environ) == [tmp_path / "nord", tmp_path / "sud"]
    assert found(tmp_path) == tmp_path


UNREADABLE = b'{"workspace":' + b"[" * 3_000
LONG = b'{"workspace":"/%b","meeting":"2026-11-24-x"}' % (b"a" * 5_000)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"\xff", b'{"workspace":"/nowhere","meeting":"../../x"}', UNREADABLE, LONG]
)
def test_a_registration_that_says_nothing_is_passed_over(state: Path, tmp_path: Path, content: bytes) -> None:
    (state / "live").mkdir(parents=True)
    (state / "live" / "x.json").write_bytes(content)
    assert found(tmp_path) == tmp_path


def test_a_state_folder_that_cannot_be_written_is_said(workspace: Workspace, state: Path) -> None:
    state.parent.write_text("")
    assert not workspace.register_live("2026-11-24-roannais")
    workspace.unregister_live("2026-11-24-roannais")
    assert live_workspaces(os.environ) == []


def test_meetings_are_those_with_a_journal(workspace: Workspace, new_act: NewAct) -> None:
    assert workspace.meetings() == []
    hold(workspace, "2026-11-24-roannais", new_act(1))
    hold(workspace, "2026-10-13-roannais", new_act(1))
    (workspace.meetings_folder / "2026-09-01-empty").mkdir()
    (workspace.meetings_folder / "notes.txt").write_text("")
    (workspace.meetings_folder / ".hidden").mkdir()
    assert workspace.meetings() == ["2026-10-13-roannais", "2026-11-24-roannais"]
    workspace.mark_closed("2026-10-13-roannais")
    assert workspace.live() == ["2026-11-24-roannais"]


@pytest.mark.parametrize("left", [b"", b'{"c": "0123', b'{"c": "0123\n', None])
def test_a_folder_without_an_opening_is_not_live(workspace: Workspace, new_act: NewAct, left: bytes | None) -> None:
    folder = workspace.meeting_folder("2026-11-24-plein")
    with Journal(folder, writer="salon") as journal:
        journal.append(new_act(1))
    if left is not None:
        (folder / "salon.jsonl").write_bytes(left)
    assert workspace.meetings() == ["2026-11-24-plein"]
    assert (workspace.live(), workspace.opened()) == ([], [])


def test_an_opening_glued_to_a_torn_line_counts(workspace: Workspace, new_act: NewAct) -> None:
    hold(workspace, "2026-11-24-roannais", new_act(1))
    path = workspace.meeting_folder("2026-11-24-roannais") / "salon.jsonl"
    path.write_bytes(b'{"c": "0123' + path.read_bytes())
    assert workspace.live() == ["2026-11-24-roannais"]


def test_a_journal_that_cannot_be_read_opens_nothing(workspace: Workspace, new_act: NewAct) -> None:
    hold(workspace, "2026-11-24-roannais", new_act(1))
    path = workspace.meeting_folder("2026-11-24-roannais") / "salon.jsonl"
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")
    assert workspace.live() == []


def test_the_mark_of_a_close_is_a_file_and_never_written_through_a_link(workspace: Workspace, new_act: NewAct) -> None:
    hold(workspace, "2026-11-24-roannais", new_act(1))
    folder = workspace.meeting_folder("2026-11-24-roannais")
    mark = folder / "closed"
    mark.symlink_to("salon.jsonl")
    assert not workspace.marked_closed("2026-11-24-roannais")
    with pytest.raises(OSError, match="symbolic"):
        workspace.mark_closed("2026-11-24-roannais")
    assert workspace.live() == ["2026-11-24-roannais"]
    mark.unlink()
    mark.mkdir()
    assert not workspace.marked_closed("2026-11-24-roannais")


def test_a_meeting_that_could_only_be_written_elsewhere_is_found_and_closed(
    workspace: Workspace, new_act: NewAct
) -> None:
    workspace.private.write_text("a file in the way")
    hold(workspace, "2026-11-24-roannais", new_act(1))
    assert workspace.meetings() == workspace.live() == ["2026-11-24-roannais"]
    workspace.mark_closed("2026-11-24-roannais")
    assert workspace.live() == []


def test_a_mark_that_can_be_left_nowhere_is_an_error(workspace: Workspace) -> None:
    workspace.private.write_text("a file in the way")
    with pytest.raises(OSError, match=r"directory|exists"):
        workspace.mark_closed("2026-11-24-roannais")


def test_a_name_that_is_taken_gets_a_number(workspace: Workspace, new_act: NewAct) -> None:
    assert workspace.new_meeting_id(DAY, "roannais") == "2026-11-24-roannais"
    hold(workspace, "2026-11-24-roannais", new_act(1))
    assert workspace.new_meeting_id(DAY, "roannais") == "2026-11-24-roannais-2"
    workspace.minutes_folder.mkdir()
    (workspace.minutes_folder / "2026-11-24-roannais-2.md").write_text("")
    assert workspace.new_meeting_id(DAY, "roannais") == "2026-11-24-roannais-3"


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "a\\b", ".hidden", "a\n", "a\0b", "x" * 129])
def test_what_is_no_plain_name_is_no_meeting(workspace: Workspace, name: str) -> None:
    assert not is_meeting_id(name)
    with pytest.raises(ValueError, match="not a meeting"):
        workspace.meeting_folder(name)


def test_the_private_folder_is_closed_and_ignored(workspace: Workspace) -> None:
    workspace.ensure_private()
    assert stat.S_IMODE(workspace.private.stat().st_mode) == 0o700
    assert (workspace.private / ".gitignore").read_text() == "*\n"
    (workspace.private / ".gitignore").write_text("!private.jsonl\n")
    workspace.ensure_private()
    assert (workspace.private / ".gitignore").read_text().splitlines()[-1] == "*"


@pytest.mark.parametrize("link", [".facilitator", ".facilitator/.gitignore"])
def test_a_private_folder_that_is_a_link_is_refused(workspace: Workspace, tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (workspace.root / link).parent.mkdir(exist_ok=True)
    (workspace.root / link).symlink_to(outside)
    with pytest.raises(Linked):
        workspace.ensure_private()
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(("code", "raises"), [(errno.EROFS, False), (errno.EPERM, False), (errno.EIO, True)])
def test_a_folder_whose_mode_cannot_be_changed_is_used_as_it_is(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, code: int, *, raises: bool
) -> None:
    workspace.private.mkdir(0o755)

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "chmod", fail)
    if raises:
        with pytest.raises(OSError, match=os.strerror(code)):
            workspace.ensure_private()
    else:
        workspace.ensure_private()
        assert (workspace.private / ".gitignore").exists()


def test_a_close_is_noticed_without_folding(workspace: Workspace, new_act: NewAct) -> None:
    for meeting_id, said in (("2026-11-24-closed", Closed("2026-12", {}, {})), ("2026-11-24-open", None)):
        hold(workspace, meeting_id, new_act(1))
        with Journal(workspace.meeting_folder(meeting_id), writer="other") as journal:
            act = new_act(2, writer="other", text='"closed" est-il dit ?')
            journal.append(act if said is None else replace(act, events=(said,)))
    (workspace.meeting_folder("2026-11-24-open") / "link.jsonl").symlink_to(workspace.root)
    assert [workspace.speaks_of_a_close(name) for name in workspace.live()] == [True, False]


def test_a_gitignore_that_cannot_be_opened_is_an_error(workspace: Workspace) -> None:
    (workspace.private / ".gitignore").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        workspace.ensure_private()


def test_a_meeting_that_cannot_be_looked_into_is_none(
    workspace: Workspace, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(workspace, "2026-11-24-roannais", new_act(1))

    def refused(_: object) -> list[str]:
        raise PermissionError(errno.EACCES, "refused")

    monkeypatch.setattr(os, "listdir", refused)
    assert workspace.meetings() == []


def test_the_settings_are_read_up_to_a_size(workspace: Workspace) -> None:
    assert workspace.config_bytes() is None
    workspace.config_file.write_bytes(b"name: Roannais\n")
    assert workspace.config_bytes() == b"name: Roannais\n"
    workspace.config_file.write_bytes(b"#" * (256 * 1024 + 1))
    with pytest.raises(TooLarge):
        workspace.config_bytes()


def test_folders_are_where_people_look_for_them(workspace: Workspace) -> None:
    root = workspace.root
    assert workspace == Workspace(root)
    assert hash(workspace) == hash(Workspace(root))
    assert str(root) in repr(workspace)
    assert workspace.minutes_folder == root / "minutes"
    assert workspace.newsletter_folder == root / "newsletter"
    assert workspace.agendas_folder == root / "agendas"
    assert workspace.base_folder == root / ".facilitator" / "base"
    assert workspace.archive_file == root / ".facilitator" / "archive.sqlite"


@pytest.mark.parametrize("folder", ["minutes", "newsletter"])
def test_documents_come_in_the_order_of_their_names_without_what_was_put_beside(
    workspace: Workspace, folder: str
) -> None:
    def names() -> list[Path]:
        return workspace.minutes_files() if folder == "minutes" else workspace.newsletter_files()

    assert names() == []
    path = workspace.root / folder
    path.write_text("a file in the way")
    assert names() == []
    path.unlink()
    path.mkdir()
    written = [path / "2026-10.md", path / "2026-11.md", path / "2026-12.md"]
    places = list(besides(written[0]))
    for document in (written[2], written[0], places[1], path / "2026-09.md.bak", written[1]):
        document.write_text("")
    places[2].symlink_to("nowhere")
    assert names() == written
    assert [one.name for one in places[:2]] == ["2026-10.new.md", "2026-10.new-2.md"]
    assert standing_beside(written[0]) == places[1:3]
    assert [document_of(one) for one in places] == [written[0]] * 99
    assert document_of(written[0]) is None


def test_a_relative_state_folder_is_ignored_as_the_specification_asks(tmp_path: Path) -> None:
    environ = {"XDG_STATE_HOME": "relative", "HOME": str(tmp_path)}
    assert state_folder(environ) == tmp_path / ".local" / "state" / "facilitator"
    assert Workspace(tmp_path, environ).state_folder() == state_folder(environ)


def test_a_meeting_that_is_nowhere_is_put_away_nowhere(workspace: Workspace) -> None:
    workspace.put_away("2026-11-24-roannais")
    assert not (workspace.private / "discarded").exists()
