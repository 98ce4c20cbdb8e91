"""Work that may take minutes, such as a push, beside the loop: keys are never kept waiting, and what it comes to is told when it is there.

A thread that ends with the program: leaving never waits for a network.
"""

from __future__ import annotations

import asyncio
import atexit
import contextvars
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from textual.app import App

T = TypeVar("T")


class Beside(Generic[T]):
    """One piece of work at a time."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._thread: threading.Thread | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._thread is not None

    def do(
        self,
        work: Callable[[], T],
        then: Callable[[T | Exception], object],
        *,
        stop: Callable[[], object] = lambda: None,
    ) -> bool:
        """Begin, and call `then` on the loop with what it returned or raised; False while another one is under way.

        `stop` ends what the work started, when the program is left before.
        """
        if self.busy:
            return False
        atexit.register(stop)
        loop, context = asyncio.get_running_loop(), contextvars.copy_context()

        def carry_out() -> None:
            found: T | Exception
            try:
                found = work()
            except Exception as error:  # noqa: BLE001  # told on the loop
                found = error
            atexit.unregister(stop)
            with suppress(RuntimeError):  # the program was left meanwhile
                loop.call_soon_threadsafe(self._end, then, found, context=context)

        self._thread = threading.Thread(target=carry_out, daemon=True, name="beside")
        self._thread.start()
        return True

    def _end(self, then: Callable[[T | Exception], object], found: T | Exception) -> None:
        self._thread = None
        if self._app.is_running:
            then(found)
