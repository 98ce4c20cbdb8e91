"""What happens when the terminal or the system wants the program gone.

* Whatever would end a program on the spot, with the terminal left raw, ends it as it should; a fault of the machine code
  (SIGSEGV and its like) alone is not handled: it would come again.
* Hang-up and termination are always handled, never ignored: with the terminal gone, Textual spins. SIGHUP is told only to
  programs of which it is the controlling terminal, so the terminal itself is asked, too.
* What is half typed is kept, the screen is left properly; a watchdog leaves for good when that cannot be done in time, as when
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
# They have no names, and end a program that does not handle them.
_REAL_TIME = range(getattr(signal, "SIGRTMIN", 0), getattr(signal, "SIGRTMAX", -1) + 1)
LEAVE = "\x1b[?2004l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"


class Signals:
    """The signals of one running application; `install` when it is mounted."""

    def __init__(self, app: App[Any], save: Callable[[], None], last_words: Callable[[], str] = str) -> None:
        """`save` keeps what is half typed; `last_words` are for the ordinary screen when it must end by force."""
        self._app = app
        self._save = save
        self._last_words = last_words
        self.leaving = False
        self._watcher = threading.Thread()
        self._by_force = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def install(self) -> None:
        """Handle what asks a program to end, and waking up; once. Nothing off the main thread or without a terminal driver."""
        if threading.current_thread() is not threading.main_thread() or self._app.is_headless or self._loop is not None:
            return
        self._loop = asyncio.get_running_loop()
        # A handler of Python's own, not of the loop's: it also runs while the loop is blocked in a write.
        for number in (*platform.signals(platform.SYSTEM.ending), *_REAL_TIME):
            signal.signal(number, lambda _number, _frame: self.leave(0))
        for number in platform.signals(platform.SYSTEM.waking):
            signal.signal(number, self._woken)
        threading.Thread(target=self._wait_for_the_end, daemon=True, name="terminal").start()

    def _wait_for_the_end(self) -> None:
        stream = sys.__stdin__
        with contextlib.suppress(OSError, ValueError):
            if stream is not None and platform.SYSTEM.await_hang_up(stream.fileno()):
                self.leave(0)

    def leave(self, code: int) -> None:
        """Keep what is half typed and end with this exit code; by force when that cannot be done in time. From any thread."""
        if not self.leaving:
            self.leaving = True
            self._watcher = threading.Thread(target=self._watch, args=(code,), daemon=True, name="leave")
            self._watcher.start()
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: it is over already
                self._loop.call_soon_threadsafe(self._quit, code)

    def settle(self) -> None:
        """Let who ends the program by force do so to the end, when that has begun: the terminal is in those hands."""
        if self._by_force.is_set():
            self._watcher.join()

    def _quit(self, code: int) -> None:
        with contextlib.suppress(Exception):
            self._save()
        self._app.exit(code)

    def _watch(self, code: int) -> None:
        done = threading.Event()
        done.wait(PATIENCE_S)
        self._by_force.set()
        with contextlib.suppress(Exception):
            self._save()
        _restore_terminal(self._app, self._last_words() if code else "")
        os._exit(code)

    def _woken(self, _number: int, _frame: FrameType | None) -> None:
        driver = self._app._driver  # noqa: SLF001  # Textual offers no other way to it
        if driver is not None and getattr(driver, "_must_signal_resume", False):
            driver.resume_application_mode()
        else:
            self._app.call_later(self._app.refresh)


def _restore_terminal(app: App[Any], words: str) -> None:
    """Leave the terminal usable, and these words on it, though nobody may read them."""
    driver = app._driver  # noqa: SLF001  # as above
    attributes = getattr(driver, "attrs_before", None)
    for stream in (sys.__stdin__, sys.__stderr__):
        with contextlib.suppress(Exception):
            descriptor = stream.fileno() if stream is not None else -1
            platform.SYSTEM.leave_terminal(descriptor, attributes, LEAVE.encode())
    with contextlib.suppress(Exception):
        if words and sys.__stderr__ is not None:
            os.write(sys.__stderr__.fileno(), f"{words}\r\n".encode())
