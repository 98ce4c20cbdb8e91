"""Something to be done elsewhere, in bounded time: whatever hangs, a name that is looked up or a peer that says a byte a minute, is given up.

A peer that was given up cannot be told to stop. So work asks before the step after which there is no way back: what was given up goes no further.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class GivenUp(Exception):
    """It took too long."""


class Errand(Generic[T]):
    """One piece of work, done in a thread of its own that ends with the program at the latest."""

    def __init__(self, work: Callable[[Errand[T]], T]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._given_up = False
        self._done: list[T] = []
        self._failed: list[BaseException] = []

    def check(self) -> None:
        """Raise GivenUp when nobody waits any more; to be asked before each step that cannot be taken back."""
        with self._lock:
            if self._given_up:
                raise GivenUp

    def run(self, seconds: float) -> T:
        """What the work returns or raises. Raises GivenUp after so long."""
        thread = threading.Thread(target=self._carry_out, daemon=True, name="errand")
        thread.start()
        thread.join(seconds)
        with self._lock:
            if not (self._done or self._failed):
                self._given_up = True
                raise GivenUp
        if self._failed:
            raise self._failed[0]
        return self._done[0]

    def _carry_out(self) -> None:
        try:
            done = self._work(self)
        except BaseException as error:  # noqa: BLE001  # raised where it is waited for
            with self._lock:
                self._failed.append(error)
        else:
            with self._lock:
                self._done.append(done)
