"""What waits to be sent is tried again while somebody is at a screen, at growing intervals, beside the loop."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from facilitator.tui.beside import Beside
from facilitator.tui.screens.sheet import problem_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from facilitator.share.again import Again, Tried
    from facilitator.store.workspace import Workspace
    from facilitator.tui.screens.sheet import Sheet

DELAYS_S = (5.0, 30.0, 60.0, 120.0, 240.0, 480.0, 900.0)
"""How long it is waited before each try; the last one for ever."""


class Retrying:
    """The tries of a screen. `after` is called with how much waits on, each time that it was tried."""

    def __init__(self, screen: Sheet, workspace: Workspace, after: Callable[[int], object]) -> None:
        self.screen = screen
        self.workspace = workspace
        self.after = after
        self._tries = 0
        self._left = False
        self._timer: Timer | None = None
        self._trying: Beside[Tried] = Beside(screen.app)

    @property
    def busy(self) -> bool:
        """Whether a try is under way."""
        return self._trying.busy

    def leave(self) -> None:
        """Try no more; what is under way comes to its end."""
        if self._timer is not None:
            self._timer.stop()
        self._left = True

    def wait(self, waits: int) -> None:
        """Try later what waits, if anything does."""
        if waits and self._timer is None and not (self.busy or self._left):
            delay = DELAYS_S[min(self._tries, len(DELAYS_S) - 1)]
            self._timer = self.screen.set_timer(delay, self._try)

    def _try(self) -> None:
        self._timer = None
        if self.screen.app.screen is not self.screen:  # what is said would not be read
            self.wait(1)
            return
        from facilitator.share.again import Again

        self._tries += 1
        current: list[Again] = []

        def work() -> Tried:
            current.append(Again(self.workspace, self.screen.tr, os.environ))
            return current[0].run()

        def stop() -> None:
            for one in current:
                one.stop()

        self._trying.do(work, self._tried, stop=stop)

    def _tried(self, found: Tried | Exception) -> None:
        if isinstance(found, Exception):
            self.screen.tell(problem_text(self.screen.tr, found), "unsaved")
            self.wait(1)
            return
        if found.said:
            self.screen.tell("\n".join(found.said), "done" if found.well else "unsaved")
        self.after(found.waits)
        self.wait(found.waits)
