"""What others do is looked at when it is told of, seldom otherwise, and often where nothing tells."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Iterator

import pytest

from facilitator.tui import pulse
from facilitator.tui.pulse import Follower

pytestmark = pytest.mark.asyncio

OFTEN_S = 0.04


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
def others(monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    monkeypatch.setattr(pulse, "OFTEN_S", OFTEN_S)
    monkeypatch.setattr(pulse, "SOON_S", 0.001)
    told = Told()
    yield told
    told.close()


async def passes(times: float = 1.5) -> None:
    await asyncio.sleep(OFTEN_S * times)


async def test_there_is_a_look_for_what_is_told_and_none_for_nothing(others: Told) -> None:
    others.follower.start()
    await passes()
    assert others.looks == 1
    await passes(4)
    assert others.looks == 1
    others.tell()
    await passes(0.5)
    assert others.looks == 2
    others.follower.stop()


async def test_however_much_is_told_there_are_no_more_looks_than_where_nothing_tells(others: Told) -> None:
    others.follower.start()
    await passes()
    for _ in range(80):
        others.tell()
        await passes(0.1)
    assert 3 <= others.looks <= 10
    others.follower.stop()


async def test_where_nothing_tells_there_are_looks_all_the_time_until_something_does(others: Told) -> None:
    others.there = False
    others.follower.start()
    await passes(6)
    assert others.looks >= 3
    others.there = True
    await passes(2)
    before = others.looks
    await passes(4)
    assert others.looks == before
    others.follower.stop()


async def test_there_is_a_look_now_and_then_whatever_is_told(others: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "SELDOM_S", OFTEN_S * 2)
    others.follower.start()
    await passes(10)
    assert others.looks >= 3
    others.follower.stop()


async def test_who_stopped_looks_no_more(others: Told) -> None:
    others.follower.start()
    await passes()
    others.follower.stop()
    others.tell()
    await passes(3)
    assert others.looks == 1
