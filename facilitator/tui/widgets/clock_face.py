"""The clock of the meeting screen: large figures, and what has the floor in words beside or below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from facilitator.core.time.floor import floor
from facilitator.tui import clock_rows
from facilitator.tui.cells import cell_len, fit
from facilitator.tui.widgets.boxes import Box
from facilitator.tui.widgets.clock import BigClock
from facilitator.tui.widgets.lines import Lines, Row, Span

if TYPE_CHECKING:
    from facilitator.core.time.clocks import Clocks
    from facilitator.tui.arrangement import Arrangement
    from facilitator.tui.desk import Desk


class ClockFace(Box):
    """In a place that is as large for any figures (`arrange`)."""

    def __init__(self, desk: Desk, times: Clocks) -> None:
        super().__init__(id="clock")
        self.desk = desk
        self._times = times
        self._big = BigClock(id="big")
        self._beside = Lines(self._words, id="beside")
        self._scale = 0
        self._shown = ""

    def compose(self) -> ComposeResult:
        """The figures and the words."""
        self._big.begin(self._text(), self._scale)
        yield self._big
        yield self._beside

    def on_mount(self) -> None:
        """The colour, too, is right from the first frame on."""
        self._put(self._text())

    def take(self, places: Arrangement) -> None:
        """Take the place it has in this arrangement."""
        self.set_class(not places.beside, "-below")
        self.styles.height = places.clock_rows
        self._big.styles.width = places.figures_width
        self._scale = places.scale
        self._shown = ""
        if self.is_mounted:
            self._put(self._text())

    def tell(self, times: Clocks) -> None:
        """Show it at this instant."""
        self._times = times
        self._beside.show()
        self._put(self._text())

    def _put(self, text: str) -> None:
        meeting = self.desk.meeting
        self._big.tone(floor(meeting, self._times).level if meeting.state == "running" else "calm")
        if text != self._shown:
            self._shown = text
            self._big.put(text, self._scale)

    def _text(self) -> str:
        return clock_rows.big(self.desk.tr, self.desk.meeting, self._times, self.desk.zone)

    def _words(self, width: int, height: int) -> list[Row]:
        desk, times = self.desk, self._times
        if height == 1:
            return [clock_rows.below_clock(desk.tr, desk.meeting, times, desk.zone, width, figures=self._scale > 0)]
        rows = clock_rows.beside_clock(desk.tr, desk.meeting, times, desk.zone, width, height)
        return [[]] * ((height - len(rows)) // 2) + [
            _fitted(row, width) for row in rows
        ]  # in the middle of the figures


def _fitted(row: Row, width: int) -> Row:
    fitted: list[Span] = []
    for text, style in row:
        fitted.append((fit(text, width), style))
        width -= cell_len(fitted[-1][0])
    return fitted
