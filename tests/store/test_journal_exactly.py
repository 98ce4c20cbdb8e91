"""The journal byte by byte and descriptor by descriptor: what it writes, reads again, locks and leaves open."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from facilitator.core.acts import Act
from facilitator.store import platform
from facilitator.store.framing import frame, frame_act
from facilitator.store.journal import Journal, NotSaved
from facilitator.store.source import Source

NewAct = Callable[..., Act]


def contents(path: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(path.glob("*.jsonl"))]


def failing(monkeypatch: pytest.MonkeyPatch, error: Callable[[int], OSError | None]) -> list[int]:
    """Every sync of a file is counted, and fails with what `error` says of its turn, from 0."""
    turns: list[int] = []
    real = platform.sync_data

    def sync(fd: int) -> None:
        if stat.S_ISREG(os.fstat(fd).st_mode):
            turns.append(fd)
            found = error(len(turns) - 1)
            if found is not None:
                raise found
        real(fd)

    monkeypatch.setattr(platform, "sync_data", sync)
    return turns


def test_what_could_not_be_saved_says_where_and_why(folder: Path, new_act: NewAct) -> None:
    error = NotSaved("disk full", folder, new_act(1))
    assert (error.args, error.reason, error.path, error.act) == (("disk full", folder), "disk full", folder, new_act(1))


@pytest.mark.parametrize(
    ("error", "reason"),
    [(OSError("odd"), "odd"), (OSError(errno.ENOSPC, "No space left"), "No space left")],
)
def test_the_reason_is_the_systems_words(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    failing(monkeypatch, lambda turn: error)
    with Journal(folder, writer="salon", fallbacks=[]) as journal, pytest.raises(NotSaved) as refused:
        journal.append(new_act(1))
    assert (refused.value.reason, refused.value.path) == (reason, folder)


def test_the_order_begins_after_what_was_seen(folder: Path, new_act: NewAct) -> None:
    with Journal(folder, writer="salon", fallbacks=[]) as journal:
        assert journal.next_n(0) == 1
        journal.append(new_act(1))
        assert journal.next_n(0) == new_act(1).n + 1
        assert journal.next_n(new_act(9).n) == new_act(9).n
        assert journal.seen() == {"salon": new_act(1).n}


def test_acts_are_lines_and_nothing_else(folder: Path, new_act: NewAct) -> None:
    acts = [new_act(i) for i in range(3)]
    with Journal(folder, writer="salon", fallbacks=[]) as journal:
        for act in acts:
            journal.append(act)
    assert contents(folder) == [b"".join(map(frame_act, acts))]


def test_what_vanished_is_written_again_as_it_was(folder: Path, new_act: NewAct) -> None:
    theirs = [new_act(i, "annexe") for i in (1, 2)]
    with (
        Journal(folder, writer="salon", fallbacks=[]) as journal,
        Journal(folder, writer="annexe", fallbacks=[]) as other,
    ):
        journal.append(new_act(9))
        for act in theirs:
            other.append(act)
        assert len(journal.poll()) == 2
        (folder / "annexe.jsonl").write_bytes(b"")
        assert journal.poll() == []
        assert (folder / "salon.jsonl").read_bytes() == b"".join(map(frame_act, (new_act(9), *theirs)))
        assert journal.poll() == []
        assert (folder / "salon.jsonl").read_bytes().count(b"\n") == 3


@pytest.mark.parametrize("shared", [False, True])
def test_who_only_reads_writes_nothing_again(folder: Path, new_act: NewAct, shared: bool) -> None:
    with Journal(folder, writer="annexe", fallbacks=[]) as other:
        other.append(new_act(1, "annexe"))
    with Journal(folder, writer="salon", shared=shared, fallbacks=[]) as journal:
        journal.read()
        (folder / "annexe.jsonl").unlink()
        journal.poll()
        assert contents(folder) == []
        assert [act.id for act in journal.read()] == ["annexe-1"]


def test_a_command_writes_what_vanished_with_its_next_act(folder: Path, new_act: NewAct) -> None:
    with Journal(folder, writer="annexe", fallbacks=[]) as other:
        other.append(new_act(1, "annexe"))
    with Journal(folder, writer="cli", shared=True, fallbacks=[]) as journal:
        journal.append(new_act(2))
        journal.read()
        (folder / "annexe.jsonl").unlink()
        journal.poll()
        assert contents(folder) == [frame_act(new_act(2))]
        journal.append(new_act(3))
        assert contents(folder) == [b"".join(map(frame_act, (new_act(2), new_act(1, "annexe"), new_act(3))))]


def test_what_could_not_be_read_in_a_file_that_is_gone_is_not_told_any_more(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "annexe.jsonl").write_bytes(b"odd\n")
    with Journal(folder, writer="salon", fallbacks=[]) as journal:
        journal.poll()
        assert journal.diagnostics.unreadable == [(folder / "annexe.jsonl", 1, "foreign")]
        (folder / "annexe.jsonl").unlink()
        journal.poll()
        assert journal.diagnostics.unreadable == []


def test_only_journals_are_read(folder: Path, new_act: NewAct) -> None:
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_bytes(frame_act(new_act(1)))
    with Journal(folder, writer="salon", fallbacks=[]) as journal:
        assert journal.read() == []


def test_the_meetings_own_folder_is_read_and_written_whoever_may_write_it(folder: Path, new_act: NewAct) -> None:
    folder.mkdir(parents=True)
    (folder / "annexe.jsonl").write_bytes(frame_act(new_act(1, "annexe")))
    folder.chmod(0o777)
    folder.parent.chmod(0o777)
    with Journal(folder, writer="salon", fallbacks=[]) as journal:
        assert len(journal.read()) == 1
        folder.chmod(0o777)
        journal.append(new_act(2))
        assert journal.fallback is None


def test_home_is_tried_twice_then_each_fallback(
    folder: Path, new_act: NewAct, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fallbacks = [tmp_path / "one" / "m", tmp_path / "two" / "m"]
    for place in fallbacks:
        with Journal(place, writer="annexe", fallbacks=[]) as other:
            other.claim()
    with Journal(folder, writer="salon", fallbacks=fallbacks) as journal:
        journal.claim()
        turns = failing(monkeypatch, lambda turn: OSError(errno.EIO, "broken") if turn in (0, 1, 4) else None)
        journal.append(new_act(1))
        assert (len(turns), journal.fallback) == (3, fallbacks[0])
        journal.append(new_act(2))
        journal.append(new_act(3))  # the file there fails: a new one beside it, as it took acts before
        assert (len(turns), journal.fallback) == (6, fallbacks[0])
    assert contents(fallbacks[1]) == []
    with Journal(folder, writer="annexe", fallbacks=fallbacks) as other:
        assert {act.id for act in other.read()} == {"salon-1", "salon-2", "salon-3"}


def test_a_command_keeps_its_turn_until_it_ends_and_takes_it_anew(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = []
    real = platform.lock

    def lock(fd: int, *, timeout_s: float = 0, shared: bool = False) -> bool:
        taken.append(fd)
        return real(fd, timeout_s=timeout_s, shared=shared)

    monkeypatch.setattr(platform, "lock", lock)

    def free() -> bool:
        fd = os.open(next(folder.glob("*.jsonl")), os.O_RDWR)
        try:
            return real(fd, timeout_s=0)
        finally:
            os.close(fd)

    with Journal(folder, writer="cli", shared=True, fallbacks=[]) as journal:
        with journal.turn():
            journal.append(new_act(1))
            assert not free()
        assert free()
        journal.append(new_act(2))
        assert free()
    assert len(taken) == 2


def test_where_nothing_can_be_locked_a_command_writes_a_file_of_its_own(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lock(fd: int, **_: object) -> bool:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(platform, "lock", lock)
    with Journal(folder, writer="cli", shared=True, fallbacks=[]) as journal:
        journal.append(new_act(1))
        own = [file.name for file in folder.glob("*.jsonl") if file.stat().st_size]
    assert own == [name for name in own if f"-{os.getpid()}-" in name]
    assert len(own) == 1


def test_a_command_that_can_write_nowhere_says_so_in_its_turn_too(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal(folder, writer="cli", shared=True, fallbacks=[]) as journal:
        with monkeypatch.context() as for_a_while:
            failing(for_a_while, lambda turn: OSError(errno.EIO, "broken"))
            with pytest.raises(NotSaved, match="broken"), journal.turn():
                journal.append(new_act(1))
        journal.append(new_act(1))
        assert [act.id for act in journal.read()] == ["salon-1"]


def test_a_file_that_another_session_holds_is_named_as_the_reason(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        Journal(folder, writer="salon", fallbacks=[]) as first,
        Journal(folder, writer="salon", fallbacks=[]) as second,
    ):
        first.append(new_act(1))
        failing(monkeypatch, lambda turn: OSError(errno.EIO, "broken"))
        with pytest.raises(NotSaved) as refused:
            second.append(new_act(2))
        assert refused.value.reason == "held by another session"


def test_what_is_no_file_is_named_as_the_reason(folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch) -> None:
    with Journal(folder, writer="annexe", fallbacks=[]) as other:
        other.append(new_act(1, "annexe"))
    os.mkfifo(folder / "salon.jsonl")
    failing(monkeypatch, lambda turn: OSError(errno.EIO, "broken"))
    with Journal(folder, writer="salon", fallbacks=[]) as journal, pytest.raises(NotSaved) as refused:
        journal.append(new_act(1))
    assert refused.value.reason == "not a regular file"


def test_nothing_is_left_open(folder: Path, new_act: NewAct) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    with Journal(folder, writer="salon", fallbacks=[]) as journal:
        journal.append(new_act(1))
        (folder / "salon.jsonl").rename(folder / "moved.jsonl")
        journal.append(new_act(2))
        (folder / "pipe.jsonl").mkdir()
        os.mkfifo(folder / "held.jsonl")
        journal.poll()
        journal.writers_alive()
        with Journal(folder, writer="held", fallbacks=[]) as odd:
            odd.append(new_act(3, "held"))
            assert odd.writers_alive() == ["salon"]
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_file_is_read_from_where_it_was_left(
    tmp_path: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(frame_act(new_act(1)) + b"odd\n")
    source = Source(str(path))
    assert not source.moved(path.stat())
    assert [act.id for _, act in source.follow(path.stat())] == ["salon-1"]
    assert not source.moved(path.stat())
    with path.open("ab") as file:
        file.write(frame_act(new_act(2)) + b"odd\n")
    assert not source.moved(path.stat())
    assert [act.id for _, act in source.follow(path.stat())] == ["salon-2"]
    assert source.unreadable == [(path, 2, "foreign"), (path, 4, "foreign")]
    monkeypatch.setattr(source, "_read", lambda: pytest.fail("read again"))
    assert source.follow(path.stat()) == []


def test_a_file_that_another_took_the_place_of_is_read_from_its_first_line(tmp_path: Path, new_act: NewAct) -> None:
    path, other = tmp_path / "a.jsonl", tmp_path / "b"
    path.write_bytes(b"odd\n" + frame_act(new_act(1)))
    source = Source(str(path))
    source.follow(path.stat())
    other.write_bytes(b"\xef\xbb\xbf" + frame_act(new_act(2)) + b"odd\n" + frame_act(new_act(3)) * 3)
    other.replace(path)
    assert source.moved(path.stat())
    assert {act.id for _, act in source.follow(path.stat())} == {"salon-2", "salon-3"}
    assert source.unreadable == [(path, 2, "foreign")]


def test_what_vanished_is_written_elsewhere_at_once_when_the_own_file_fails(
    folder: Path, new_act: NewAct, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fallback = tmp_path / "one" / "m"
    for place in (folder, fallback):
        with Journal(place, writer="annexe", fallbacks=[]) as other:
            other.append(new_act(1, "annexe"))
    (fallback / "annexe.jsonl").unlink()
    with Journal(folder, writer="salon", fallbacks=[fallback]) as journal:
        journal.append(new_act(2))
        journal.read()
        (folder / "annexe.jsonl").unlink()
        failing(monkeypatch, lambda turn: OSError(errno.EIO, "broken") if turn < 2 else None)
        assert journal.poll() == []
        assert frame_act(new_act(1, "annexe")) in b"".join(contents(fallback))


def test_a_disk_that_takes_nothing_keeps_what_vanished_for_the_next_act(
    folder: Path, new_act: NewAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Journal(folder, writer="annexe", fallbacks=[]) as other:
        other.append(new_act(1, "annexe"))
    with Journal(folder, writer="salon", fallbacks=[]) as journal:
        journal.append(new_act(2))
        journal.read()
        (folder / "annexe.jsonl").unlink()
        with monkeypatch.context() as for_a_while:
            failing(for_a_while, lambda turn: OSError(errno.EIO, "broken"))
            assert journal.poll() == []
        for file in folder.glob("*.jsonl"):
            file.write_bytes(b"")
        journal.append(new_act(3))
        assert frame_act(new_act(1, "annexe")) in b"".join(contents(folder))


def test_a_writer_whose_acts_are_the_very_first_was_seen(folder: Path, new_act: NewAct) -> None:
    with Journal(folder, writer="salon", fallbacks=[]) as journal:
        journal.append(replace(new_act(1), n=0))
        assert journal.seen() == {"salon": 0}


def test_a_newer_programs_act_behind_a_torn_one_is_no_act_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"torn" + frame(b'{"id":"a","n":1,"v":7,"events":[]}'))
    source = Source(str(path))
    assert source.follow(path.stat()) == []
    assert source.unreadable == [(path, 1, "foreign")]


def test_an_own_line_is_passed_over_only_right_after_what_was_read(tmp_path: Path, new_act: NewAct) -> None:
    path = tmp_path / "a.jsonl"
    lines = [frame_act(new_act(i)) for i in range(4)]
    path.write_bytes(lines[0])
    now = path.stat()
    identity = (now.st_dev, now.st_ino)
    source = Source(str(path))

    def passes(size: int, line: bytes) -> bool:
        ends = source.ends_at(identity, size)
        if ends:
            source.passed(line)
        return ends

    assert not passes(0, lines[0])
    assert [act.id for _, act in source.follow(path.stat())] == ["salon-0"]
    path.write_bytes(lines[0] + lines[1])
    assert passes(len(lines[0]), lines[1])
    assert source.follow(path.stat()) == []
    path.write_bytes(b"".join(lines) + b"odd\n")
    assert not passes(len(b"".join(lines[:3])), lines[3])
    assert [act.id for _, act in source.follow(path.stat())] == ["salon-2", "salon-3"]
    assert source.unreadable == [(path, 5, "foreign")]
