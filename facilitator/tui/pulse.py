"""Regular work beside Textual's timers: a look that finds nothing costs no message and no repaint."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

Delay = Callable[[], float]


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
