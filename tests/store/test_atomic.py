"""Whole files: the old one or the new one, never a mixture, never elsewhere, and nothing of them lies about."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from facilitator.store import atomic, platform
from facilitator.store.atomic import replace_document, replace_own, take_away
from facilitator.store.folders import make_folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace."""
    made = tmp_path / "network"
    made.mkdir()
    return made


@pytest.fixture
def path(root: Path) -> Path:
    """A document that is not there yet."""
    return root / "minutes" / "reunion.md"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def left(root: Path) -> list[Path]:
    """The temporary files below a folder."""
    return [path for path in root.rglob("*.facilitator-tmp") if path.is_file()]


@pytest.fixture
def umask() -> Iterator[Callable[[int], None]]:
    """Sets the umask until the test is over."""
    before = os.umask(0o022)
    yield lambda mask: os.umask(mask) and None
    os.umask(before)


def two_file_systems(monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    """Let nothing be renamed out of the private folder."""
    real = platform.replace

    def apart(source: str, target: str, folders: tuple[int | None, int | None]) -> None:
        if folders[0] is not None and os.path.samestat(os.fstat(folders[0]), (root / ".facilitator").stat()):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        real(source, target, folders)

    monkeypatch.setattr(platform, "replace", apart)


def test_a_file_is_written_with_its_folders(root: Path, path: Path) -> None:
    replace_document(root, path, b"one")
    replace_document(root, path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]
    assert left(root) == []


def test_the_data_is_synced_before_the_rename_and_the_folder_after(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_document(root, path, b"x")
    order: list[str] = []
    for name in ("sync_data", "replace", "sync_folder"):
        real = getattr(platform, name)

        def noted(*arguments: object, name: str = name, real: Callable[..., None] = real) -> None:
            order.append(name)
            real(*arguments)

        monkeypatch.setattr(platform, name, noted)
    replace_document(root, path, b"y")
    assert order == ["sync_data", "replace", "sync_folder"]


@pytest.mark.parametrize("fault", ["sync_data", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    replace_document(root, path, b"old")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(platform, fault, fail)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        replace_document(root, path, b"new")
    assert path.read_bytes() == b"old"
    assert left(root) == []


@pytest.mark.parametrize("mask", [0o022, 0o002, 0o077])
def test_a_new_document_has_the_mode_of_the_umask_and_an_old_one_keeps_its_own(
    root: Path, path: Path, umask: Callable[[int], None], mask: int
) -> None:
    umask(mask)
    replace_document(root, path, b"1")
    assert mode(path) == 0o666 & ~mask
    path.chmod(0o640)
    replace_document(root, path, b"2")
    assert mode(path) == 0o640


def test_the_umask_is_known_where_the_system_does_not_say_it(
    monkeypatch: pytest.MonkeyPatch, umask: Callable[[int], None]
) -> None:
    umask(0o027)
    assert platform.umask() == 0o027

    def none(*_: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr("builtins.open", none)
    assert platform.umask() == 0o027
    assert platform.umask() == 0o027


def test_a_file_of_the_programs_own_is_always_private(root: Path, umask: Callable[[int], None]) -> None:
    umask(0)
    for path in (root / ".facilitator" / "archive.sqlite", root / "live.json"):
        path.parent.mkdir(exist_ok=True)
        replace_own(path, b"1")
        path.chmod(0o644)
        replace_own(path, b"2")
        assert (mode(path), path.read_bytes()) == (0o600, b"2")
    assert left(root) == []


def test_in_a_folder_that_hands_down_its_group_a_new_document_has_it(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "fchown", lambda _fd, uid, gid: asked.append((uid, gid)))
    folder = os.stat_result((0o042770, 1, 1, 1, 0, 4_243, 1, 0, 0, 0))
    path.parent.mkdir()
    with path.open("w") as file:
        platform.SYSTEM.as_made_in(file.fileno(), folder, 0o666)
        assert asked == [(-1, 4_243)]

        def refused(*_: object) -> None:
            raise PermissionError(errno.EPERM, "refused")

        path.chmod(0o600)
        monkeypatch.setattr(os, "fchown", refused)
        platform.SYSTEM.as_made_in(file.fileno(), folder, 0o666)
        assert mode(path) == 0o600, "the mode was meant for another group"


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


KILLED = """
import os, sys
from pathlib import Path
from facilitator.store import atomic, platform
os.umask(0)
real = platform.replace
def die(source, target, folders):
    if sys.argv[2] == "apart" and folders[0] is not None and not os.readlink(f"/proc/self/fd/{folders[0]}").endswith("-tmp"):
        raise OSError(18, "Invalid cross-device link")
    os.kill(os.getpid(), 9)
platform.replace = die
path = Path(sys.argv[1])
atomic.replace_document(path.parents[1], path, b"torn")
"""


@pytest.mark.parametrize("apart", ["together", "apart"])
def test_what_a_writer_killed_at_the_rename_left_is_nobodys_to_read_ignored_by_git_and_taken_away(
    root: Path, path: Path, apart: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    replace_document(root, path, b"old")
    bare = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # a kill breaks its data
    command = [sys.executable, "-c", KILLED, str(path), apart]
    subprocess.run(command, check=False, cwd=Path(__file__).parents[2], env=bare, timeout=60)
    assert path.read_bytes() == b"old"
    (torn,) = left(root)
    assert torn.read_bytes() == b"torn"
    assert torn.parent == (root / ".facilitator" if apart == "together" else path.parent / ".facilitator-tmp")
    assert mode(torn.parent) == 0o700
    assert apart == "together" or mode(torn) == 0o600
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    staged = subprocess.run(["git", "ls-files"], cwd=root, check=True, capture_output=True).stdout.split()
    assert staged == [b"minutes/reunion.md"]
    if apart == "apart":
        two_file_systems(monkeypatch, root)
    replace_document(root, path, b"new")
    assert path.read_bytes() == b"new"
    assert left(root) == []


@pytest.mark.parametrize("next_one", ["another document", "a copy", "the archive"])
def test_the_next_writer_of_anything_takes_away_what_was_left(root: Path, path: Path, next_one: str) -> None:
    replace_document(root, path, b"old")
    torn = root / ".facilitator" / ".1-x.facilitator-tmp"
    torn.write_bytes(b"torn")
    if next_one == "another document":
        replace_document(root, root / "agendas" / "a.yaml", b"x")
    else:
        own = root / ".facilitator" / ("archive.sqlite" if "archive" in next_one else "base/minutes/reunion.md")
        own.parent.mkdir(parents=True, exist_ok=True)
        replace_own(own, b"x")
    assert not torn.exists()


@pytest.mark.parametrize("odd", ["link", "folder", "in use"])
def test_what_only_looks_left_stays(root: Path, path: Path, odd: str) -> None:
    replace_document(root, path, b"old")
    torn = root / ".facilitator" / ".1-x.facilitator-tmp"
    if odd == "link":
        torn.symlink_to(path)
    elif odd == "folder":
        torn.mkdir()
    with path.open("rb") as _, torn.open("w") if odd == "in use" else path.open("rb") as other:
        assert odd != "in use" or platform.lock(other.fileno())
        replace_document(root, path, b"new")
    assert os.path.lexists(torn)
    assert path.read_bytes() == b"new"


def test_on_two_file_systems_a_document_is_made_beside_its_place(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch, umask: Callable[[int], None]
) -> None:
    umask(0o022)
    two_file_systems(monkeypatch, root)
    replace_document(root, path, b"one")
    assert (path.read_bytes(), mode(path)) == (b"one", 0o644)
    path.chmod(0o664)
    replace_document(root, path, b"two")
    assert (path.read_bytes(), mode(path)) == (b"two", 0o664)
    assert left(root) == []
    assert (path.parent / ".facilitator-tmp" / ".gitignore").read_bytes() == b"*\n"


@pytest.mark.parametrize("odd", ["a file", "a link", "read-only"])
def test_without_a_private_folder_a_document_is_made_beside_its_place(root: Path, path: Path, odd: str) -> None:
    private = root / ".facilitator"
    if odd == "a file":
        private.write_text("x")
    elif odd == "a link":
        private.symlink_to(root.parent)
    elif os.geteuid():
        private.mkdir(0o500)
    replace_document(root, path, b"one")
    assert path.read_bytes() == b"one"
    assert left(root.parent) == []


def test_a_temporary_file_taken_for_a_stale_one_is_made_again(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = platform.lock
    taken: list[int] = []

    def steal(fd: int, *, timeout_s: float = 0.0, shared: bool = False) -> bool:
        if not taken:
            taken.append(fd)
            left(root)[0].unlink()
        return real(fd, timeout_s=timeout_s, shared=shared)

    monkeypatch.setattr(platform, "lock", steal)
    replace_document(root, path, b"new")
    assert taken
    assert path.read_bytes() == b"new"


def test_many_writers_at_once_leave_one_whole_file(root: Path, path: Path) -> None:
    texts = [bytes([65 + i]) * 20_000 for i in range(8)]
    threads = [threading.Thread(target=replace_document, args=(root, path, text)) for text in texts for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_bytes() in texts
    assert list(path.parent.iterdir()) == [path]
    assert left(root) == []


def test_a_file_system_without_locks_is_written_all_the_same(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object, **__: object) -> bool:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(platform, "lock", no_locks)
    replace_document(root, path, b"new")
    torn = root / ".facilitator" / ".1-x.facilitator-tmp"
    torn.write_bytes(b"perhaps being written")
    replace_document(root, path, b"newer")
    assert torn.exists()
    os.utime(torn, (1, 1))
    replace_document(root, path, b"newest")
    assert not torn.exists()
    assert path.read_bytes() == b"newest"


def test_a_system_that_cannot_rename_open_files_closes_them_first(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platform.SYSTEM, "moves_open_files", False)
    replace_document(root, path, b"old")
    (root / ".facilitator" / ".1-x.facilitator-tmp").write_bytes(b"left by a kill")
    replace_document(root, path, b"new")
    assert path.read_bytes() == b"new"
    assert left(root) == []


def test_a_writer_that_came_meanwhile_keeps_its_temporary_file(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_document(root, path, b"old")
    torn = root / ".facilitator" / ".1-x.facilitator-tmp"
    torn.write_bytes(b"torn")
    real = platform.lock

    def replaced(fd: int, **options: float) -> bool:
        torn.rename(torn.with_name("gone"))
        torn.write_bytes(b"another's")
        return real(fd, **options)

    monkeypatch.setattr(platform, "lock", replaced)
    assert not take_away(torn)
    assert torn.read_bytes() == b"another's"


def test_a_name_of_the_greatest_length_can_be_written(root: Path) -> None:
    path = root / ("é" * 127)
    replace_document(root, path, b"new")
    assert path.read_bytes() == b"new"


def test_a_folder_that_another_program_just_made_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.mkdir

    def late(path: Path, mode: int = 0o777) -> None:
        real(path, mode)
        real(path, mode)

    monkeypatch.setattr(Path, "mkdir", late)
    make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


def test_a_file_in_the_way_of_a_folder_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("")
    with pytest.raises(NotADirectoryError):
        make_folder(tmp_path / "f" / "g")
    with pytest.raises(NotADirectoryError):
        make_folder(tmp_path / "f")


def test_what_the_last_look_raises_leaves_the_old_file(root: Path, path: Path) -> None:
    replace_document(root, path, b"old")
    seen = []

    def look() -> None:
        seen.append([one.read_bytes() for one in left(root)])
        raise OSError(5, "changed meanwhile")

    with pytest.raises(OSError, match="meanwhile"):
        replace_document(root, path, b"new", look=look)
    assert seen == [[b"new"]], "the new one is whole on the disk by then"
    assert path.read_bytes() == b"old"
    assert left(root) == []


def test_the_file_is_closed_once(root: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that is closed twice may be another thread's file by then."""
    closed: list[int] = []
    real = os.close

    def close(fd: int) -> None:
        closed.append(fd)
        real(fd)

    monkeypatch.setattr(atomic.os, "close", close)
    for moves in (True, False):
        monkeypatch.setattr(platform.SYSTEM, "moves_open_files", moves)
        replace_document(root, path, b"new")  # closing what is closed already would raise
    assert closed


def test_where_no_place_takes_a_new_file_the_failure_is_told_and_the_old_file_stays(
    root: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_document(root, path, b"old")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(atomic, "_open_temporary", full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        replace_document(root, path, b"new")
    assert path.read_bytes() == b"old"
