"""Work beside Textual's timers: a look that finds nothing costs no message and no repaint."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

Delay = Callable[[], float]

# Between two looks at what others did: where nothing tells of it; where it is told.
OFTEN_S = 0.4
SELDOM_S = 5.0
# What is told of is about to be written.
SOON_S = 0.02


class Pulse:
    """Calls `work` again and again, `delay()` seconds apart, until stopped. Errors are for `work` to catch."""

    def __init__(self, delay: Delay, work: Callable[[], object]) -> None:
        self._delay = delay
        self._work = work
        self._handle: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """From now on; in the event loop."""
        self._handle = asyncio.get_running_loop().call_later(self._delay(), self._beat)

    def stop(self) -> None:
        """No more."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _beat(self) -> None:
        if self._handle is not None:
            self.start()
            self._work()


class Follower:
    """Calls `look` soon after something was told of, and every five seconds; where nothing tells, every 0.4 s.

    `notice` is asked before each look for the descriptor that tells, which is readable then; None where there is none.
    Errors are for both to catch.
    """

    def __init__(self, notice: Callable[[], int | None], look: Callable[[], object]) -> None:
        self._notice = notice
        self._look = look
        self._looked = 0.0
        self._fd: int | None = None
        self._handle: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """From now on; in the event loop."""
        self._handle = asyncio.get_running_loop().call_later(OFTEN_S, self._beat)

    def stop(self) -> None:
        """No more."""
        self._unlisten()
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _beat(self) -> None:
        loop = asyncio.get_running_loop()
        self._unlisten()
        self._looked = loop.time()
        self._fd = self._notice()
        if self._fd is not None:
            loop.add_reader(self._fd, self._told)
        self._handle = loop.call_later(OFTEN_S if self._fd is None else SELDOM_S, self._beat)
        self._look()

    def _told(self) -> None:
        """However much is told of, there are no more looks than where nothing tells."""
        loop = asyncio.get_running_loop()
        self.stop()
        self._handle = loop.call_at(max(loop.time() + SOON_S, self._looked + OFTEN_S), self._beat)

    def _unlisten(self) -> None:
        fd, self._fd = self._fd, None
        if fd is not None:
            asyncio.get_running_loop().remove_reader(fd)
