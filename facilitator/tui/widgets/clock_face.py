"""The clock of the meeting screen: large figures, and the same in words beside or below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from facilitator.tui import figures, view
from facilitator.tui.cells import fit
from facilitator.tui.widgets.boxes import Box
from facilitator.tui.widgets.clock import BigClock
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from facilitator.core.time.clocks import Clocks
    from facilitator.tui.desk import Desk

TALL = 34
# What the words beside the figures take.
BESIDE = 15


class ClockFace(Box):
    """As large as the room it is given (`fit`) allows."""

    def __init__(self, desk: Desk, times: Clocks) -> None:
        super().__init__(id="clock")
        self.desk = desk
        self._times = times
        self._big = BigClock(id="big")
        self._beside = Lines(self._words, id="beside")
        self._given = (0, 0, False)
        self._room = (0, 0)
        self._shown = ""

    def compose(self) -> ComposeResult:
        """The figures and the words."""
        self._big.begin(self._text(), *self._room)
        yield self._big
        yield self._beside

    def on_mount(self) -> None:
        """The colour, too, is right from the first frame on."""
        self._put(self._text())

    def fit(self, columns: int, rows: int, *, tall: bool) -> None:
        """Take at most this room, in cells; where the screen is not `tall` the words are beside rather than below."""
        self._given = (columns, rows, tall)
        self._arrange()

    def tell(self, times: Clocks) -> None:
        """Show it at this instant."""
        self._times = times
        self._beside.show()
        text = self._text()
        if figures.width(text) != figures.width(self._shown):
            self._arrange()
        else:
            self._put(text)

    def _arrange(self) -> None:
        """How large the figures are, and where the words."""
        columns, rows, tall = self._given
        text = self._text()
        beside = figures.best_scale(text, columns - BESIDE - 3, rows)
        below = figures.best_scale(text, columns, rows)
        side = beside >= max(1, below) or (beside >= 1 and not tall)
        self.set_class(not side, "-below")
        scale = beside if side else below
        self._room = (columns - BESIDE - 3 if side else columns, rows)
        self.styles.height = max(1, scale * figures.ROWS) + (0 if side else 1 if scale else 0)
        self._shown = ""
        if self.is_mounted:
            self._put(text)

    def _put(self, text: str) -> None:
        self._big.tone(self._times.level if self.desk.meeting.state == "running" else "calm")
        if text != self._shown:
            self._shown = text
            self._big.put(text, *self._room)

    def _text(self) -> str:
        return view.big(self.desk.tr, self.desk.meeting, self._times, self.desk.zone)

    def _words(self, width: int, height: int) -> list[Row]:
        desk = self.desk
        if height == 1:
            has_figures = self._big.scale > 0
            return [view.below_clock(desk.tr, desk.meeting, self._times, desk.zone, width, figures=has_figures)]
        rows = view.beside_clock(desk.tr, desk.meeting, self._times, desk.zone, width)
        return [[(fit(text, width), style) for text, style in row] for row in rows]
