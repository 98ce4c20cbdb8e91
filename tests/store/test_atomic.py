"""Whole files: the old one or the new one, never a mixture, never elsewhere."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from facilitator.store import atomic, platform
from facilitator.store.atomic import Outside, TooLarge, make_folder, read_file, write_atomically


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "minutes" / "2026" / "reunion.md"
    write_atomically(path, b"one", inside=tmp_path)
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_the_data_is_synced_before_the_rename_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    for name in ("sync_data", "replace", "sync_folder"):
        real = getattr(platform, name)

        def noted(*arguments: object, name: str = name, real: Callable[..., None] = real) -> None:
            order.append(name)
            real(*arguments)

        monkeypatch.setattr(platform, name, noted)
    write_atomically(tmp_path / "f", b"x")
    assert order == ["sync_data", "replace", "sync_folder"]


@pytest.mark.parametrize("fault", ["sync_data", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(platform, fault, fail)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_keeps_its_mode_and_a_private_one_is_always_private(tmp_path: Path) -> None:
    path = tmp_path / "f"
    write_atomically(path, b"1")
    assert mode(path) == 0o644 & ~_umask()
    path.chmod(0o664)
    write_atomically(path, b"2")
    assert mode(path) == 0o664
    write_atomically(path, b"3", mode=0o600)
    assert mode(path) == 0o600


def test_a_file_of_somebody_else_keeps_its_owner_where_that_is_allowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"1")
    asked: list[tuple[int, int]] = []
    other = os.stat_result((0o100640, 1, 1, 1, 4_242, 4_243, 1, 0, 0, 0))
    monkeypatch.setattr(os, "fchown", lambda _fd, uid, gid: asked.append((uid, gid)))
    with path.open() as file:
        platform.SYSTEM.keep_owner(file.fileno(), other)
        assert asked == [(4_242, 4_243)]
        assert mode(path) == 0o640
        path.chmod(0o600)

        def refused(*_: object) -> None:
            raise PermissionError(errno.EPERM, "refused")

        monkeypatch.setattr(os, "fchown", refused)
        platform.SYSTEM.keep_owner(file.fileno(), other)
        assert mode(path) == 0o600, "the mode was meant for the other owner"


def test_a_link_inside_the_workspace_is_written_through(tmp_path: Path) -> None:
    real = tmp_path / "shared.md"
    real.write_bytes(b"old")
    link = tmp_path / "link.md"
    link.symlink_to(real)
    write_atomically(link, b"new", inside=tmp_path)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("linked", ["file", "folder"])
def test_a_link_out_of_the_workspace_is_refused(tmp_path: Path, linked: str) -> None:
    workspace, outside = tmp_path / "w", tmp_path / "outside"
    workspace.mkdir()
    outside.mkdir()
    (outside / "minutes.md").write_bytes(b"precious")
    if linked == "folder":
        (workspace / "minutes").symlink_to(outside)
    else:
        (workspace / "minutes").mkdir()
        (workspace / "minutes" / "minutes.md").symlink_to(outside / "minutes.md")
    with pytest.raises(Outside):
        write_atomically(workspace / "minutes" / "minutes.md", b"new", inside=workspace)
    assert (outside / "minutes.md").read_bytes() == b"precious"
    assert list(outside.iterdir()) == [outside / "minutes.md"]


def test_what_a_killed_writer_left_is_taken_away(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from facilitator.store import atomic, platform\n"
        "platform.replace = lambda *_: os.kill(os.getpid(), 9)\n"
        "atomic.write_atomically(Path(sys.argv[1]), b'torn')"
    )
    path = tmp_path / "f"
    path.write_bytes(b"old")
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # a kill breaks its data
    command = [sys.executable, "-c", code, str(path)]
    subprocess.run(command, check=False, cwd=Path(__file__).parents[2], env=bare, timeout=60)
    assert path.read_bytes() == b"old"
    assert (tmp_path / ".f.facilitator-tmp").exists()
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_planted_as_the_temporary_file_goes_and_its_target_stays(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_bytes(b"precious")
    (tmp_path / ".f.facilitator-tmp").symlink_to(target)
    write_atomically(tmp_path / "f", b"new")
    assert target.read_bytes() == b"precious"
    assert (tmp_path / "f").read_bytes() == b"new"


def test_a_temporary_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".f.facilitator-tmp").mkdir()
    with pytest.raises(IsADirectoryError):
        write_atomically(tmp_path / "f", b"new")


def test_a_temporary_file_taken_for_a_stale_one_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = platform.lock
    taken: list[int] = []

    def steal(fd: int, *, timeout_s: float = 0.0, shared: bool = False) -> bool:
        if not taken:
            taken.append(fd)
            (tmp_path / ".f.facilitator-tmp").unlink()
        return real(fd, timeout_s=timeout_s, shared=shared)

    monkeypatch.setattr(platform, "lock", steal)
    write_atomically(tmp_path / "f", b"new")
    assert taken
    assert (tmp_path / "f").read_bytes() == b"new"


def test_a_temporary_file_that_goes_by_itself_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left = tmp_path / ".f.facilitator-tmp"
    left.write_bytes(b"of another writer")
    real = os.open

    def renamed_first(path: Path, flags: int, *mode: int) -> int:
        if path == left and not flags & os.O_CREAT:  # it was there a moment ago: the other writer is done with it
            left.unlink()
        return real(path, flags, *mode)

    monkeypatch.setattr(os, "open", renamed_first)
    write_atomically(tmp_path / "f", b"new")
    assert (tmp_path / "f").read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [tmp_path / "f"]


def test_a_folder_that_another_program_just_made_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.mkdir

    def late(path: Path, mode: int = 0o777) -> None:
        real(path, mode)
        real(path, mode)

    monkeypatch.setattr(Path, "mkdir", late)
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_temporary_file_in_use_is_waited_for_then_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_WAIT_S", 0.05)
    path = tmp_path / "f"
    with (tmp_path / ".f.facilitator-tmp").open("w") as other:
        assert platform.lock(other.fileno())
        with pytest.raises(BlockingIOError):
            write_atomically(path, b"new")
    assert not path.exists()


def test_many_writers_at_once_leave_one_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "f"
    texts = [bytes([65 + i]) * 20_000 for i in range(8)]
    threads = [threading.Thread(target=write_atomically, args=(path, text)) for text in texts for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_bytes() in texts
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_system_without_locks_is_written_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object, **__: object) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(platform, "lock", no_locks)
    write_atomically(tmp_path / "f", b"new")
    assert (tmp_path / "f").read_bytes() == b"new"
    monkeypatch.setattr(atomic, "_WAIT_S", 0.05)
    left = tmp_path / ".f.facilitator-tmp"
    left.write_bytes(b"perhaps being written")
    with pytest.raises(BlockingIOError):
        write_atomically(tmp_path / "f", b"newer")
    os.utime(left, (1, 1))
    write_atomically(tmp_path / "f", b"newer")
    assert (tmp_path / "f").read_bytes() == b"newer"


def test_a_system_that_cannot_rename_open_files_closes_them_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform.SYSTEM, "moves_open_files", False)
    (tmp_path / ".f.facilitator-tmp").write_bytes(b"left by a kill")
    write_atomically(tmp_path / "f", b"new")
    assert (tmp_path / "f").read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [tmp_path / "f"]


def test_a_folder_where_the_file_should_be_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    with pytest.raises(IsADirectoryError):
        write_atomically(tmp_path / "f", b"new")
    assert list(tmp_path.iterdir()) == [tmp_path / "f"]


def test_a_name_of_the_greatest_length_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 127)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_a_file_in_the_way_of_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("")
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "f" / "g")
    with pytest.raises(FileExistsError):
        make_folder(tmp_path / "f")


def test_only_regular_files_of_a_reasonable_size_are_read(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"12345")
    assert read_file(path, limit=5) == b"12345"
    with pytest.raises(TooLarge) as caught:
        read_file(path, limit=4)
    assert caught.value.limit == 4
    os.mkfifo(tmp_path / "pipe")
    for odd in (tmp_path, tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(OSError, match=r"not a regular file|directory"):
            read_file(odd)


def _umask() -> int:
    old = os.umask(0)
    os.umask(old)
    return old


def test_what_the_last_look_raises_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "minutes.md"
    path.write_bytes(b"old")
    seen = []

    def look() -> None:
        seen.append(sorted(one.name for one in tmp_path.iterdir()))
        raise OSError(5, "changed meanwhile")

    with pytest.raises(OSError, match="meanwhile"):
        write_atomically(path, b"new", look=look)
    assert [len(names) for names in seen] == [2], "the new one is whole on the disk by then"
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])
