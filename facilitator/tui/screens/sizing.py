"""What fits on the meeting screen at which size, and how large its clock is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.tui import figures, view
from facilitator.tui.widgets.boxes import Box
from facilitator.tui.widgets.clock import BigClock

if TYPE_CHECKING:
    from textual.screen import Screen

    from facilitator.core.time.clocks import Clocks
    from facilitator.i18n import Translator
    from facilitator.tui.desk import Desk

    Base = Screen[None]
else:
    Base = object

WIDE, NARROW, SLIM = 110, 72, 52
TALL, FLAT = 34, 12
BESIDE = 15


class Sizing(Base):
    """A part of the meeting screen."""

    desk: Desk
    tr: Translator
    times: Clocks
    _big_text: str

    def _put_clock(self, text: str) -> None:
        big = self.query_one("#big", BigClock)
        big.tone(self.times.level if self.desk.meeting.state == "running" else "calm")
        if text != self._big_text:
            self._big_text = text
            big.put(text, *self._clock_room)

    def _arrange(self, width: int, height: int) -> None:
        """Choose what fits, and how large the clock is."""
        rows = self._fit(width, height)
        self.query_one("#clock", Box).styles.height = rows
        self._big_text = ""
        self._put_clock(self._big())

    def _fit(self, width: int, height: int) -> int:
        """Set the classes for this size, and the room for the clock; the rows that the clock and its words take."""
        self.set_class(width >= WIDE, "-wide")
        self.set_class(width < NARROW, "-narrow")
        self.set_class(width < SLIM, "-slim")
        self.set_class(height < FLAT, "-flat")
        left = 34 if width >= WIDE else 0 if width < SLIM else 23 if width < NARROW else 29
        columns = width - left - 3
        rows = max(figures.ROWS, height - 20) if height >= TALL else figures.ROWS
        if height < FLAT:
            rows = max(0, height - 3)
        text = self._big()
        beside = figures.best_scale(text, columns - BESIDE - 3, rows)
        below = figures.best_scale(text, columns, rows)
        side = beside >= max(1, below) or (beside >= 1 and height < TALL)
        self.set_class(not side, "-below")
        scale = beside if side else below
        self._clock_room = (columns - BESIDE - 3 if side else columns, rows)
        return max(1, scale * figures.ROWS) + (0 if side else 1 if scale else 0)

    _clock_room: tuple[int, int] = (50, figures.ROWS)

    def _big(self) -> str:
        return view.big(self.tr, self.desk.meeting, self.times, self.desk.zone)
