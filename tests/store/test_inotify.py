"""What is told of changes in folders, and where nothing is told."""

from __future__ import annotations

import ctypes
import errno
import os
import select
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from facilitator.store.inotify import Inotify
from facilitator.store.platform import MacOS, Posix, Windows

NFS, EXT4 = 0x6969, 0xEF53


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "ws" / ".facilitator" / "meeting"
    folder.mkdir(parents=True)
    (folder / "one.jsonl").write_bytes(b"a\n")
    return folder


@pytest.fixture
def notices() -> Iterator[Inotify]:
    notices = Posix().notices()
    yield notices
    notices.close()


def told(notices: Inotify) -> bool:
    return bool(select.select([notices.fd], [], [], 0)[0])


def _append(folder: Path) -> None:
    with (folder / "one.jsonl").open("ab") as file:
        file.write(b"b\n")


def _rename_into(folder: Path) -> None:
    (folder.parent / "pulled").write_bytes(b"c\n")
    (folder.parent / "pulled").rename(folder / "two.jsonl")


HAPPENS: dict[str, Callable[[Path], object]] = {
    "a line is added": _append,
    "a new writer's file": lambda folder: (folder / "two.jsonl").touch(),
    "a file is put in its place, as git and Syncthing do": _rename_into,
    "a file goes": lambda folder: (folder / "one.jsonl").unlink(),
    "a file gets another name": lambda folder: (folder / "one.jsonl").rename(folder.parent / "x"),
    "the folder is moved": lambda folder: folder.rename(folder.parent / "x"),
    "the workspace is moved": lambda folder: folder.parent.parent.rename(folder.parent.parent.with_name("elsewhere")),
    "what holds the workspace is moved": lambda folder: folder.parents[2].rename(folder.parents[2].with_name("moved")),
}


@pytest.mark.parametrize("happening", HAPPENS)
def test_what_happens_is_told_until_it_was_looked_at(folder: Path, notices: Inotify, happening: str) -> None:
    assert notices.follow([folder])
    assert not told(notices)
    HAPPENS[happening](folder)
    assert told(notices)
    notices.follow([folder])
    assert not told(notices)


def test_that_somebody_looks_on_or_reads_is_not_told(folder: Path, notices: Inotify) -> None:
    notices.follow([folder])
    os.utime(folder / "one.jsonl")
    assert (folder / "one.jsonl").read_bytes()
    assert list(folder.iterdir())
    assert not told(notices)


def test_a_folder_to_come_is_told_of_when_it_is_there(folder: Path, notices: Inotify) -> None:
    later = folder.parent / "fallback" / "meeting"
    assert notices.follow([folder, later])
    assert not told(notices)
    later.mkdir(parents=True)
    assert told(notices)
    notices.follow([folder, later])
    (later / "x.jsonl").touch()
    assert told(notices)


def test_what_goes_on_where_one_was_before_is_not_told(folder: Path, notices: Inotify) -> None:
    other = folder.parent / "other"
    other.mkdir()
    notices.follow([folder])
    notices.follow([other])
    _append(folder)
    assert not told(notices)
    (other / "x.jsonl").touch()
    assert told(notices)


def test_a_link_on_the_way_is_gone_through(folder: Path, notices: Inotify) -> None:
    link = folder.parents[2] / "link"
    link.symlink_to(folder.parent)
    notices.follow([link / "meeting"])
    _append(folder)
    assert told(notices)


def test_what_one_writes_oneself_is_passed_over(folder: Path, notices: Inotify) -> None:
    notices.follow([folder])
    for _ in range(2):
        _append(folder)
        _append(folder)
        assert not notices.quiet()
        assert notices.quiet(b"one.jsonl")
        assert notices.quiet()
        assert not told(notices)


@pytest.mark.parametrize("names", [("one.jsonl", "two.jsonl"), ("two.jsonl", "one.jsonl"), ("two.jsonl",), ("x" * 60,)])
def test_what_another_writes_is_not_passed_over(folder: Path, notices: Inotify, names: tuple[str, ...]) -> None:
    (folder / names[-1]).touch()
    (folder / names[0]).touch()
    notices.follow([folder])
    for name in names:
        with (folder / name).open("ab") as file:
            file.write(b"b\n")
    for own in (b"one.jsonl", b"", b"one.jsonl"):
        assert not notices.quiet(own)
    notices.follow([folder])
    assert notices.quiet()


def test_that_ones_own_file_goes_is_told(folder: Path, notices: Inotify) -> None:
    notices.follow([folder])
    (folder / "one.jsonl").unlink()
    assert not notices.quiet(b"one.jsonl")


@pytest.mark.ci
def test_a_flood_of_changes_is_forgotten_at_once(folder: Path, notices: Inotify) -> None:
    notices.follow([folder])
    for number in range(3_000):
        (folder / f"{number}{'x' * 40}").touch()
    notices.follow([folder])
    assert not told(notices)


def libc(
    magic: int = EXT4, *, limit: int = 1 << 30, closed: Path | None = None, fails: bool = False
) -> SimpleNamespace:
    """A C library on a file system of this sort, with at most so many watches, and a folder that may not be read."""
    watches: list[bytes] = []

    def add(_fd: int, name: bytes, _mask: int) -> int:
        if len(watches) >= limit or (closed is not None and name == os.fsencode(closed)):
            return -1
        watches.append(name)
        return len(watches)

    def statfs(_name: bytes, state: object) -> int:
        ctypes.c_long.from_buffer(state).value = magic  # type: ignore[arg-type]  # a buffer
        return -1 if fails else 0

    return SimpleNamespace(
        inotify_init1=lambda _flags: os.open(os.devnull, os.O_RDONLY),
        inotify_add_watch=add,
        inotify_rm_watch=lambda _fd, _watch: 0,
        statfs=statfs,
    )


@pytest.mark.parametrize(
    ("system", "tells"),
    [
        (libc(), True),
        (libc(0x9123683E), True),
        (libc(NFS), False),
        (libc(0x65735546), False),  # FUSE
        (libc(0x01021997), False),  # 9p
        (libc(0x517B), False),  # SMB
        (libc(fails=True), False),
        (libc(limit=0), False),
    ],
)
def test_one_has_to_look_oneself_where_not_all_is_told(folder: Path, system: SimpleNamespace, *, tells: bool) -> None:
    notices = Inotify(system)
    assert notices.follow([folder]) is tells
    notices.close()


def test_a_folder_above_may_be_closed_to_this_user(folder: Path) -> None:
    notices = Inotify(libc(closed=folder.parents[2]))
    assert notices.follow([folder])
    notices.close()
    notices = Inotify(libc(closed=folder))
    assert not notices.follow([folder])
    notices.close()


def test_systems_without_it_say_so() -> None:
    for system in (MacOS(SimpleNamespace()), Windows(SimpleNamespace())):
        with pytest.raises(OSError, match=os.strerror(errno.ENOSYS)):
            system.notices()
    with pytest.raises(OSError, match=os.strerror(errno.ENOSYS)):
        Inotify(SimpleNamespace())


def test_a_user_who_may_have_no_more_of_them_is_told_so() -> None:
    def none_left(_flags: int) -> int:
        ctypes.set_errno(errno.EMFILE)
        return -1

    with pytest.raises(OSError, match=os.strerror(errno.EMFILE)):
        Inotify(SimpleNamespace(inotify_init1=none_left))


def test_what_is_closed_is_closed_once(notices: Inotify) -> None:
    fd = notices.fd
    notices.close()
    with open(os.devnull, "rb") as other:  # noqa: PTH123  # it takes the number that was let go
        assert other.fileno() == fd
        notices.close()
        os.fstat(fd)
