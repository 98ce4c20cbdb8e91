"""What happens when the terminal or the system wants the program gone.

* Hang-up and termination are always handled, never ignored: with the terminal gone, Textual spins. SIGHUP is told only to
  programs of which it is the controlling terminal, so the terminal itself is asked, too.
* The draft is saved, the screen is left properly; a watchdog leaves for good when that cannot be done in time, as when
  nobody reads the terminal any more and every write blocks.
* Textual enters its application mode again on any SIGCONT, also after a SIGSTOP it knew nothing of, and would then have
  two input threads; here it does so only when it was the one that suspended.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, Any

from facilitator.store import platform

if TYPE_CHECKING:
    from textual.app import App

PATIENCE_S = 1.3
_LEAVE = b"\x1b[?2004l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"


class Signals:
    """The signals of one running application; `install` when it is mounted."""

    def __init__(self, app: App[Any], save: Callable[[], None]) -> None:
        self._app = app
        self._save = save
        self._leaving = False
        self._loop: asyncio.AbstractEventLoop

    def install(self) -> None:
        """Handle hang-up, termination, and waking up. Does nothing off the main thread or without a terminal driver."""
        if threading.current_thread() is not threading.main_thread() or self._app.is_headless:
            return
        self._loop = asyncio.get_running_loop()
        # A handler of Python's own, not of the loop's: it also runs while the loop is blocked in a write.
        for number in platform.signals(platform.SYSTEM.ending):
            signal.signal(number, lambda _number, _frame: self._leave())
        for number in platform.signals(platform.SYSTEM.waking):
            signal.signal(number, self._woken)
        threading.Thread(target=self._wait_for_the_end, daemon=True, name="terminal").start()

    def _wait_for_the_end(self) -> None:
        stream = sys.__stdin__
        with contextlib.suppress(OSError, ValueError):
            if stream is not None and platform.SYSTEM.await_hang_up(stream.fileno()):
                self._leave()

    def _leave(self) -> None:
        if not self._leaving:
            self._leaving = True
            threading.Thread(target=self._watch, daemon=True, name="leave").start()
            with contextlib.suppress(RuntimeError):  # the loop is closed: it is over already
                self._loop.call_soon_threadsafe(self._quit)

    def _quit(self) -> None:
        with contextlib.suppress(Exception):
            self._save()
        self._app.exit(0)

    def _watch(self) -> None:
        done = threading.Event()
        done.wait(PATIENCE_S)
        with contextlib.suppress(Exception):
            self._save()
        _restore_terminal(self._app)
        os._exit(0)

    def _woken(self, _number: int, _frame: FrameType | None) -> None:
        driver = self._app._driver  # noqa: SLF001  # Textual offers no other way to it
        if driver is not None and getattr(driver, "_must_signal_resume", False):
            driver.resume_application_mode()
        else:
            self._app.call_later(self._app.refresh)


def _restore_terminal(app: App[Any]) -> None:
    """Leave the terminal usable, without waiting for anyone to read."""
    driver = app._driver  # noqa: SLF001  # as above
    attributes = getattr(driver, "attrs_before", None)
    for stream in (sys.__stdin__, sys.__stderr__):
        with contextlib.suppress(Exception):
            descriptor = stream.fileno() if stream is not None else -1
            platform.SYSTEM.leave_terminal(descriptor, attributes, _LEAVE)
