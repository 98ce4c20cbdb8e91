"""What others do is looked at when it is told of, seldom otherwise, and often where nothing tells."""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Callable, Iterator

import pytest

from facilitator.tui.pulse import OFTEN_S, SELDOM_S, SOON_S, Follower


class Loop:
    """What a follower asks of an event loop, in a time of its own: slow machines see the same."""

    def __init__(self) -> None:
        self.now = 0.0
        self._calls: list[tuple[float, Handle, Callable[[], object]]] = []
        self._readers: dict[int, Callable[[], object]] = {}

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, call: Callable[[], object]) -> Handle:
        return self.call_at(self.now + delay, call)

    def call_at(self, when: float, call: Callable[[], object]) -> Handle:
        handle = Handle()
        self._calls.append((when, handle, call))
        return handle

    def add_reader(self, fd: int, call: Callable[[], object]) -> None:
        self._readers[fd] = call

    def remove_reader(self, fd: int) -> None:
        del self._readers[fd]

    def passes(self, seconds: float) -> None:
        """As a real loop would do it: what can be read, and what is due, in turn."""
        end = self.now + seconds
        while True:
            readable = select.select(list(self._readers), [], [], 0)[0]
            for fd in readable:
                self._readers[fd]()
            self._calls = [call for call in self._calls if not call[1].cancelled]
            due = min(self._calls, key=lambda call: call[0], default=None)
            if due is not None and due[0] <= end:
                self.now = max(self.now, due[0])
                self._calls.remove(due)
                due[2]()
            elif not readable:
                break
        self.now = end


class Handle:
    """Of a call that is to come."""

    cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class Told:
    """A descriptor that tells, as long as it is there, and how often was looked."""

    def __init__(self) -> None:
        self._reads, self._writes = os.pipe()
        self.there = True
        self.looks = 0
        self.follower = Follower(self.notice, self.look)

    def notice(self) -> int | None:
        if not self.there:
            return None
        os.set_blocking(self._reads, False)
        with contextlib.suppress(BlockingIOError):
            os.read(self._reads, 65536)
        return self._reads

    def look(self) -> None:
        self.looks += 1

    def tell(self) -> None:
        os.write(self._writes, b"x")

    def close(self) -> None:
        os.close(self._reads)
        os.close(self._writes)


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> Loop:
    loop = Loop()
    monkeypatch.setattr("asyncio.get_running_loop", lambda: loop)
    return loop


@pytest.fixture
def others() -> Iterator[Told]:
    told = Told()
    yield told
    told.close()


def test_there_is_a_look_for_what_is_told_and_none_for_nothing(others: Told, loop: Loop) -> None:
    others.follower.start()
    loop.passes(OFTEN_S)
    assert others.looks == 1
    loop.passes(SELDOM_S * 0.9)
    assert others.looks == 1
    others.tell()
    loop.passes(SOON_S)
    assert others.looks == 2
    others.follower.stop()


def test_however_much_is_told_there_are_no_more_looks_than_where_nothing_tells(others: Told, loop: Loop) -> None:
    others.follower.start()
    loop.passes(OFTEN_S)
    for _ in range(100):
        others.tell()
        loop.passes(OFTEN_S / 10)
    assert 9 <= others.looks <= 11
    others.follower.stop()


def test_where_nothing_tells_there_are_looks_all_the_time_until_something_does(others: Told, loop: Loop) -> None:
    others.there = False
    others.follower.start()
    loop.passes(OFTEN_S * 5.5)
    assert others.looks == 5
    others.there = True
    loop.passes(OFTEN_S * 2)
    before = others.looks
    loop.passes(OFTEN_S * 4)
    assert others.looks == before
    others.follower.stop()


def test_there_is_a_look_now_and_then_whatever_is_told(others: Told, loop: Loop) -> None:
    others.follower.start()
    loop.passes(SELDOM_S * 3 + OFTEN_S)
    assert others.looks == 4
    others.follower.stop()


def test_who_stopped_looks_no_more(others: Told, loop: Loop) -> None:
    others.follower.start()
    loop.passes(OFTEN_S)
    others.follower.stop()
    others.tell()
    loop.passes(SELDOM_S)
    assert others.looks == 1
