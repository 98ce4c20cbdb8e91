"""One `Digits` clock that ticks each second: what Textual itself sends for a clock."""

from __future__ import annotations

import time

from textual.app import App, ComposeResult
from textual.widgets import Digits


class Clock(App[None]):
    """The time of day."""

    def compose(self) -> ComposeResult:
        yield Digits(time.strftime("%H:%M:%S"))

    def on_mount(self) -> None:
        self.set_interval(1, self._tick)

    def _tick(self) -> None:
        self.query_one(Digits).update(time.strftime("%H:%M:%S"))


Clock().run(mouse=False)
