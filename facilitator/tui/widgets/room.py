"""The room view: step, huge clock, what comes next, what was decided, the questions so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from facilitator.core.public import public
from facilitator.tui import figures, room_view
from facilitator.tui.widgets.boxes import Box
from facilitator.tui.widgets.clock import BigClock
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from facilitator.core.meeting import Meeting, PublicMeeting
    from facilitator.tui.desk import Desk

# Rows kept for what stands beside the clock: title, step, words, and the lines below.
OTHERS = 7
CODE_COLUMNS = 100
# From so many rows on, the clock stands beside the opening page.
OPENING = 30


class RoomView(Box):
    """Follows the meeting; takes nothing but its public part."""

    DEFAULT_CSS = """
    RoomView { height: 1fr; layout: vertical; }
    RoomView > Lines { height: 1; }
    RoomView > #room-title { background: $panel; }
    RoomView > #room-clock { height: 7; align: center middle; }
    RoomView > #room-words { width: 40; }
    RoomView > #room-lower { height: 1fr; layout: horizontal; }
    RoomView > #room-lower > #room-code { width: 0; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="room-view")
        self.desk = desk
        self._of: Meeting | None = None
        self._public: PublicMeeting | None = None
        self._shown = ""
        self._room = (0, 0)
        self._code: list[str] = []
        self.times = desk.clocks()

    @property
    def shown(self) -> PublicMeeting:
        """The public part of the meeting as it stands."""
        meeting = self.desk.meeting
        if self._public is None or self._of is not meeting:
            self._of, self._public = meeting, public(meeting)
        return self._public

    def compose(self) -> ComposeResult:
        """Title, step, clock, words, the rest."""
        tr = self.desk.tr
        yield Lines(lambda width, _: room_view.title_row(self.shown, self.times, width), id="room-title")
        yield Lines(lambda width, _: room_view.step_row(tr, self.shown, width), id="room-step")
        with Box(id="room-clock"):
            yield BigClock(id="room-big")
        yield Lines(lambda width, _: room_view.below_clock(tr, self.shown, self.times, width), id="room-words")
        with Box(id="room-lower"):
            yield Lines(self._lower, id="room-rest")
            yield Lines(self._code_rows, id="room-code")

    def on_resize(self) -> None:
        """The clock takes what the window gives."""
        self._shown = ""
        self.paint()

    def paint(self) -> None:
        """Show the meeting as it stands."""
        if not self.is_mounted or not self.size.area:
            return
        self.times = self.desk.clocks()
        text = room_view.big(self.desk.tr, self.shown, self.times)
        width, height = self.size
        rows = max(0, height - OTHERS - (3 if height >= 30 else 0))  # a larger window also lists more
        if room_view.has_opening_page(
            self.desk.tr, self.shown
        ):  # it is what people come to read; the hour stays above it
            rows = figures.ROWS if height >= OPENING else 0
        if text != self._shown or self._room != (width, rows):
            changed_size = figures.width(text) != figures.width(self._shown) or self._room != (width, rows)
            self._shown, self._room = text, (width, rows)
            if changed_size:
                scale = figures.best_scale(text, width - 4, rows)
                clock = self.query_one("#room-clock", Box)
                clock.styles.height = scale * figures.ROWS + (
                    1 if scale and height > scale * figures.ROWS + OTHERS else 0
                )
                self._arrange_code(width, height)
            self.query_one("#room-big", BigClock).put(text, width - 4, rows)
        for lines in self.query(Lines):
            lines.show()

    def _arrange_code(self, width: int, height: int) -> None:
        """A QR code for the network's form or chat, where there is room for one."""
        channels = self.shown.setup.channels
        address = channels.form or channels.chat
        self._code = _blocks(address) if address and width >= CODE_COLUMNS else []
        lines = self.query_one("#room-code", Lines)
        fits = self._code and height // 2 >= len(self._code) // 2
        lines.styles.width = len(self._code[0]) + 2 if fits else 0

    def _lower(self, width: int, height: int) -> list[Row]:
        return room_view.lower(self.desk.tr, self.shown, self.times, width, height)

    def _code_rows(self, _width: int, height: int) -> list[Row]:
        if len(self._code) > height:
            return []
        return [[(row, "")] for row in self._code]


def _blocks(address: str) -> list[str]:
    """The QR code of an address in half blocks, light on dark, with its quiet zone."""
    import segno

    matrix = [list(row) for row in segno.make(address, micro=False).matrix_iter(border=2)]
    if len(matrix) % 2:
        matrix.append([0] * len(matrix[0]))
    signs = {(0, 0): "█", (0, 1): "▀", (1, 0): "▄", (1, 1): " "}
    return [
        "".join(signs[bool(above), bool(below)] for above, below in zip(matrix[y], matrix[y + 1], strict=True))
        for y in range(0, len(matrix), 2)
    ]
