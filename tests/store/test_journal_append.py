"""Writing: what is said to be saved is on the disk, whatever breaks."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.core.acts import Act
from facilitator.store import journal as journal_module
from facilitator.store import platform
from facilitator.store.door import write_all
from facilitator.store.framing import frame_act
from facilitator.store.journal import Journal, NotSaved

NewAct = Callable[..., Act]


def ids(acts: list[Act]) -> list[str]:
    return sorted(act.id for act in acts)


def write(folder: Path, writer: str, act: Act, *, shared: bool = False) -> None:
    with Journal(folder, writer=writer, shared=shared) as journal:
        journal.append(act)


def name_of(fd: int) -> str:
    return str(Path(f"/proc/self/fd/{fd}").readlink())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_an_appended_act_is_read_back_by_another_journal(folder: Path, new_act: NewAct) -> None:
    with Journal(folder, writer="salon") as journal:
        journal.append(new_act(1))
        assert Journal(folder, writer="wall").read() == [new_act(1)]
        assert journal.read() == [new_act(1)]


def test_nothing_is_on_the_disk_before_the_first_act(folder: Path) -> None:
    with Journal(folder, writer="salon") as journal:
        assert journal.read() == []
    assert not folder.parent.parent.exists()


def test_an_act_is_synced_before_it_is_acknowledged(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    real_data, real_folder = platform.sync_data, platform.sync_folder

    def sync_data(fd: int) -> None:
        calls.append(name_of(fd))
        real_data(fd)

    def sync_folder(path: Path) -> None:
        calls.append(str(path))
        real_folder(path)

    monkeypatch.setattr(platform, "sync_data", sync_data)
    monkeypatch.setattr(platform, "sync_folder", sync_folder)
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    assert calls[-1] == str(folder / "salon.jsonl")
    assert str(folder) in calls
    calls.clear()
    journal.append(new_act(2))
    assert calls == [str(folder / "salon.jsonl")]


def test_the_files_are_private_and_ignored_before_the_first_byte(folder: Path, new_act: NewAct) -> None:
    write(folder, "salon", new_act(1))
    private = folder.parent.parent
    assert (private / ".gitignore").read_text() == "*\n"
    assert [mode(part) for part in (private, private / "meetings", folder)] == [0o700] * 3
    assert [mode(private / ".gitignore"), mode(folder / "salon.jsonl")] == [0o600] * 2


def test_a_journal_is_private_from_its_first_moment(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "refused")

    monkeypatch.setattr(Path, "chmod", refused)
    write(folder, "salon", new_act(1))
    assert mode(folder / "salon.jsonl") == 0o600


def test_folders_that_were_open_to_others_are_closed(folder: Path, new_act: NewAct) -> None:
    folder.mkdir(parents=True)
    (folder / "salon.jsonl").touch(0o644)
    folder.parent.parent.chmod(0o755)
    write(folder, "salon", new_act(1))
    assert mode(folder.parent.parent) == 0o700
    assert mode(folder / "salon.jsonl") == 0o600


def test_a_torn_line_is_sealed_by_the_next_act(folder: Path, new_act: NewAct) -> None:
    write(folder, "salon", new_act(1))
    path = folder / "salon.jsonl"
    path.write_bytes(path.read_bytes() + b'{"c":"0000')
    before = path.read_bytes()
    journal = Journal(folder, writer="salon")
    journal.append(new_act(2))
    assert path.read_bytes().startswith(before + b"\n")
    assert ids(journal.read()) == ["salon-1", "salon-2"]
    assert journal.diagnostics.unreadable == [(path, 2, "foreign")]


def test_a_short_write_is_gone_on_with(folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, data[:7]))
    journal.append(new_act(2))
    monkeypatch.undo()
    assert ids(Journal(folder, writer="x").read()) == ["salon-1", "salon-2"]


@pytest.mark.parametrize("fault", ["write_all", "sync_data"])
def test_after_a_failure_the_journal_goes_on_in_a_new_file(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    failures = 0
    owner = journal_module if fault == "write_all" else platform
    real = getattr(owner, fault)

    def once(fd: int, *rest: bytes) -> None:
        nonlocal failures
        if name_of(fd).endswith("/salon.jsonl"):
            failures += 1
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(fd, *rest)

    monkeypatch.setattr(owner, fault, once)
    journal.append(new_act(2))
    journal.append(new_act(3))
    assert failures == 1
    assert journal.fallback is None
    assert len(list(folder.glob("salon-*.jsonl"))) == 1
    monkeypatch.undo()
    assert ids(Journal(folder, writer="x").read()) == ["salon-1", "salon-2", "salon-3"]


def test_a_folder_that_cannot_be_written_is_left_for_a_named_fallback(
    folder: Path, new_act: NewAct, state: Path
) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("a file where the private folder should be")
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    journal.append(new_act(2))
    assert journal.fallback is not None
    assert journal.fallback.is_relative_to(state)
    assert mode(journal.fallback) == 0o700
    assert (journal.fallback / ".gitignore").read_text() == "*\n"
    assert [mode(path) for path in journal.fallback.glob("*.jsonl")] == [0o600]
    assert ids(Journal(folder, writer="x").read()) == ["salon-1", "salon-2"]


def test_without_state_folder_the_temporary_folder_is_used(folder: Path, new_act: NewAct, state: Path) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("")
    state.parent.write_text("")
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    assert journal.fallback is not None
    assert journal.fallback.parent.parent.name == f"facilitator-{os.getuid()}"
    assert ids(Journal(folder, writer="x").read()) == ["salon-1"]


def test_a_temporary_folder_that_others_can_change_is_not_trusted(
    folder: Path, new_act: NewAct, state: Path, tmp_path: Path
) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("")
    state.parent.write_text("")
    planted = tmp_path / f"facilitator-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)
    with pytest.raises(NotSaved):
        write(folder, "salon", new_act(1))


def test_two_workspaces_never_share_a_fallback(tmp_path: Path, new_act: NewAct) -> None:
    folders = []
    for name in ("nord", "sud"):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".facilitator").write_text("")
        folders.append(tmp_path / name / ".facilitator" / "meetings" / "2026-11-24-reunion")
    write(folders[0], "salon", new_act(1))
    assert Journal(folders[1], writer="salon").read() == []


def test_when_nothing_can_be_written_the_act_is_not_saved_and_can_be_tried_again(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    monkeypatch.setattr(journal_module, "write_all", no_space)
    for _ in range(3):
        with pytest.raises(NotSaved):
            journal.append(new_act(2))
    with pytest.raises(NotSaved) as caught:
        journal.append(new_act(2))
    assert caught.value.act == new_act(2)
    assert caught.value.path == folder
    assert os.strerror(errno.ENOSPC) in str(caught.value)
    assert ids(journal.read()) == ["salon-1"]
    monkeypatch.undo()
    journal.append(new_act(2))
    assert journal.fallback is None
    assert ids(Journal(folder, writer="x").read()) == ["salon-1", "salon-2"]
    assert len(list(folder.glob("*.jsonl"))) == 2, "failed tries leave no empty files"


def test_what_went_to_the_fallback_comes_home_with_the_next_act(folder: Path, new_act: NewAct, state: Path) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("")
    write(folder, "salon", new_act(1))
    folder.parent.parent.unlink()
    later = Journal(folder, writer="later")
    later.read()
    later.append(new_act(2, "later"))
    for file in state.rglob("*.jsonl"):
        file.unlink()
    assert ids(Journal(folder, writer="x").read()) == ["later-2", "salon-1"]
    assert (folder / "later.jsonl").read_bytes().count(b"\n") == 2


@pytest.mark.parametrize("removed", ["file", "folder", "replaced"])
def test_an_own_file_taken_away_is_written_again_whole(folder: Path, new_act: NewAct, removed: str) -> None:
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    journal.append(new_act(2))
    path = folder / "salon.jsonl"
    path.unlink()
    if removed == "folder":
        (folder.parent.parent / ".gitignore").unlink()
        folder.rmdir()
        folder.parent.rmdir()
        folder.parent.parent.rmdir()
    elif removed == "replaced":
        path.write_bytes(b"another file\n")
    journal.append(new_act(3))
    assert ids(Journal(folder, writer="x").read()) == ["salon-1", "salon-2", "salon-3"]
    assert (folder.parent.parent / ".gitignore").exists()


def test_what_others_wrote_is_written_again_by_a_terminal_that_saw_it(folder: Path, new_act: NewAct) -> None:
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    write(folder, "x", new_act(7, "cli"), shared=True)
    assert ids(journal.poll()) == ["cli-7"]
    next(folder.glob("cli-*.jsonl")).unlink()
    assert journal.poll() == []
    assert ids(Journal(folder, writer="y").read()) == ["cli-7", "salon-1"]


def test_what_cannot_be_written_again_at_once_goes_with_the_next_act(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    journal.poll()
    (folder / "salon.jsonl").unlink()
    monkeypatch.setattr(journal_module, "write_all", no_space)
    assert journal.poll() == []
    monkeypatch.undo()
    journal.append(new_act(2))
    assert ids(Journal(folder, writer="x").read()) == ["salon-1", "salon-2"]


def test_a_file_that_lost_nothing_is_left_alone(folder: Path, new_act: NewAct) -> None:
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    (folder / "copy.jsonl").write_bytes((folder / "salon.jsonl").read_bytes())
    journal.poll()
    (folder / "copy.jsonl").unlink()
    journal.poll()
    assert (folder / "salon.jsonl").read_bytes().count(b"\n") == 1


def test_a_fallback_that_others_can_change_is_not_used(folder: Path, new_act: NewAct, tmp_path: Path) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("")
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    journal = Journal(folder, writer="salon", fallbacks=[tmp_path / "open" / "meeting"])
    with pytest.raises(NotSaved):
        journal.append(new_act(1))


def test_appending_an_act_again_is_harmless(folder: Path, new_act: NewAct) -> None:
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    journal.append(new_act(1))
    assert Journal(folder, writer="x").read() == [new_act(1)]


def test_a_link_out_of_the_workspace_is_not_written_through(folder: Path, new_act: NewAct, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.parent.mkdir(parents=True)
    folder.symlink_to(outside)
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    assert list(outside.iterdir()) == []
    assert journal.fallback is not None


def test_a_linked_journal_file_is_not_written_through(folder: Path, new_act: NewAct, tmp_path: Path) -> None:
    folder.mkdir(parents=True)
    target = tmp_path / "target"
    target.write_text("precious")
    (folder / "salon.jsonl").symlink_to(target)
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    assert target.read_text() == "precious"
    assert ids(Journal(folder, writer="x").read()) == ["salon-1"]


def test_a_pipe_named_like_a_journal_blocks_nobody(folder: Path, new_act: NewAct) -> None:
    folder.mkdir(parents=True)
    os.mkfifo(folder / "salon.jsonl")
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    assert ids(journal.read()) == ["salon-1"]
    assert (folder / "salon.jsonl", 0, "not-a-file") in journal.diagnostics.unreadable


def test_commands_share_one_file(folder: Path, new_act: NewAct) -> None:
    for i in range(3):
        with Journal(folder, writer=f"c{i}", shared=True) as journal:
            journal.append(new_act(i, f"c{i}"))
    assert [path.name for path in folder.glob("*.jsonl")] == [f"cli-{platform.machine()}.jsonl"]


def test_a_command_that_cannot_have_the_lock_writes_a_file_of_its_own(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "_SHARED_WAIT_S", 0.05)
    write(folder, "a", new_act(1), shared=True)
    shared = next(folder.glob("cli-*.jsonl"))
    with shared.open() as held:
        assert platform.lock(held.fileno())
        with Journal(folder, writer="b", shared=True) as journal:
            journal.append(new_act(2))
            journal.append(new_act(3))
    assert len(list(folder.glob(f"cli-{platform.machine()}-{os.getpid()}-*.jsonl"))) == 1
    assert ids(Journal(folder, writer="x").read()) == ["salon-1", "salon-2", "salon-3"]


def test_a_command_does_without_locks_that_do_not_work(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object, **__: object) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(platform, "lock", no_locks)
    write(folder, "a", new_act(1), shared=True)
    write(folder, "salon", new_act(2))
    assert ids(Journal(folder, writer="x").read()) == ["salon-1", "salon-2"]
    assert Journal(folder, writer="x").writers_alive() == []


def test_two_that_write_at_the_same_instant_without_a_lock_do_not_write_over_each_other(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(folder, writer="a", shared=True)
    journal.append(new_act(1))
    real = write_all

    def after_another(fd: int, data: bytes) -> None:
        with next(folder.glob("cli-*.jsonl")).open("ab") as other:
            other.write(frame_act(new_act(7)))
        real(fd, data)

    monkeypatch.setattr(journal_module, "write_all", after_another)
    journal.append(new_act(2))
    assert ids(Journal(folder, writer="x").read()) == ["salon-1", "salon-2", "salon-7"]


def test_a_turn_shows_what_came_before_and_keeps_others_out(folder: Path, new_act: NewAct) -> None:
    one, other = Journal(folder, writer="a", shared=True), Journal(folder, writer="b", shared=True)
    order: list[str] = []
    began = threading.Event()

    def second() -> None:
        began.wait()
        with other.turn() as arrived:
            order.append("second")
            assert ids(arrived) == ["salon-1"]
            other.append(new_act(2))

    thread = threading.Thread(target=second)
    thread.start()
    with one.turn() as arrived:
        assert arrived == []
        began.set()
        thread.join(0.1)
        order.append("first")
        one.append(new_act(1))
    thread.join()
    assert order == ["first", "second"]
    assert len(list(folder.glob("*.jsonl"))) == 1


def test_the_order_follows_the_clock_and_never_goes_back(folder: Path, new_act: NewAct) -> None:
    journal = Journal(folder, writer="salon")
    assert journal.next_n(5) == 5
    journal.append(new_act(1))
    assert journal.next_n(5) == new_act(1).n + 1
    assert journal.next_n(new_act(1).n + 9) == new_act(1).n + 9
    write(folder, "wall", new_act(50, "wall"))
    journal.poll()
    assert journal.next_n(5) == new_act(50).n + 1
    assert journal.seen() == {"salon": new_act(1).n, "wall": new_act(50).n}


def test_alive_is_who_holds_the_lock_of_its_file(folder: Path, new_act: NewAct) -> None:
    terminal, other = Journal(folder, writer="salon"), Journal(folder, writer="wall")
    terminal.append(new_act(1))
    assert other.writers_alive() == ["salon"]
    assert terminal.writers_alive() == []
    assert other.claim()
    assert terminal.writers_alive() == ["wall"]
    other.close()
    assert terminal.writers_alive() == []
    assert not (folder / "wall.jsonl").exists(), "a file that never held an act is taken away"
    terminal.close()
    assert other.writers_alive() == []
    assert (folder / "salon.jsonl").exists()


def test_a_second_terminal_of_the_same_name_gets_a_file_of_its_own(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_module, "_OWN_WAIT_S", 0.01)
    one, other = Journal(folder, writer="salon"), Journal(folder, writer="salon")
    one.append(new_act(1))
    other.append(new_act(2))
    assert len(list(folder.glob("*.jsonl"))) == 2


def test_children_inherit_no_file(folder: Path, new_act: NewAct) -> None:
    journal = Journal(folder, writer="salon")
    journal.append(new_act(1))
    descriptors = [link for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    own = [int(link.name) for link in descriptors if str(link.readlink()).endswith("/salon.jsonl")]
    assert own
    assert not any(os.get_inheritable(fd) for fd in own)


def test_a_file_that_cannot_be_opened_is_held_by_nobody(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal(folder, writer="salon") as journal:
        journal.append(new_act(1))

        def refused(*_: object) -> int:
            raise PermissionError(errno.EACCES, "refused")

        monkeypatch.setattr(os, "open", refused)
        assert Journal(folder, writer="wall").writers_alive() == []
        monkeypatch.undo()


def test_a_claim_that_cannot_be_had_is_said(folder: Path) -> None:
    folder.parent.parent.parent.mkdir(parents=True)
    folder.parent.parent.write_text("")
    assert not Journal(folder, writer="salon").claim()
