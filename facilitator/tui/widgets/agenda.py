"""The agenda in a column or in a row, the line below which nothing fits, and when it last moved on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core.time.clocks import coming, fitting
from facilitator.tui import agenda_rows
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from facilitator.core.time.clocks import Clocks
    from facilitator.tui.desk import Desk

# Two "next" from one keyboard within this time are one: a presenter's remote bounces.
BOUNCE_MS = 2_000
# Faster than this it was no second press.
CHATTER_MS = 300


class AgendaLines(Lines):
    """The steps with their minutes; `strip` is the same in a row."""

    def __init__(self, desk: Desk, times: Clocks) -> None:
        super().__init__(self._step_rows, id="agenda")
        self.desk = desk
        self.strip = Lines(self._strip_row, id="strip")
        self._times = times
        self._fits: str | None = None
        self._begins: dict[str, int] = {}
        self._look()
        self._minutes: object = None
        self._moved_at: int | None = None
        self._warned_at: int | None = None

    def tell(self, times: Clocks) -> None:
        """Show it at this instant; nothing but minutes moves by itself."""
        self._times = times
        meeting = self.desk.meeting
        self._look()
        begins = tuple(begin // 60_000 for begin in self._begins.values())
        minutes = (meeting, self._fits, (times.step_elapsed_s + 30) // 60, begins)
        if minutes != self._minutes:
            self._minutes = minutes
            self.show()
            self.strip.show()

    def _look(self) -> None:
        """When each step to come begins at this pace, in milliseconds UTC, by its id, and the first that does not fit."""
        meeting, now = self.desk.meeting, self.desk.session.now()
        spans = [] if meeting.state in ("adjourned", "closed") else coming(meeting, now)
        self._begins = {step.id: begin for step, begin, _ in spans}
        self._fits = fitting(meeting, now, spans)

    def moved(self, now_ms: int) -> None:
        """It was moved on just now."""
        self._moved_at = now_ms

    def bounces(self, now_ms: int) -> bool:
        """Whether a press now is the bounce of the one before."""
        return self._moved_at is not None and 0 <= now_ms - self._moved_at < BOUNCE_MS

    def was_pressed_again(self, now_ms: int) -> bool:
        """Whether a bounce was rather a second press; true once."""
        if self._moved_at is None or now_ms - self._moved_at < CHATTER_MS or self._warned_at == self._moved_at:
            return False
        self._warned_at = self._moved_at
        return True

    def _step_rows(self, width: int, height: int) -> list[Row]:
        desk = self.desk
        return agenda_rows.agenda(
            desk.tr, desk.meeting, self._times, self._begins, self._fits, desk.zone, width, height
        )

    def _strip_row(self, width: int, _height: int) -> list[Row]:
        desk = self.desk
        return [agenda_rows.strip(desk.tr, desk.meeting, self._begins, self._fits, desk.zone, width)]
