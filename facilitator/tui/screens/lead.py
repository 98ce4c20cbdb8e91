"""The relay: a member leads the step with her clock and three keys, then gives it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from facilitator.core import acts as core
from facilitator.core.people import complete
from facilitator.core.said import Fields
from facilitator.core.text import normalise
from facilitator.tui import view
from facilitator.tui.pulse import Pulse
from facilitator.tui.screens.ordered import OrderedScreen, stands
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Lines, Row
from facilitator.tui.widgets.room import RoomView

if TYPE_CHECKING:
    from facilitator.tui.desk import Desk


class LeadScreen(OrderedScreen):
    """Pause, note, give back. Nothing private is on it: it is hers and the room's."""

    CSS_PATH = "lead.tcss"
    AUTO_FOCUS = ""
    BLANK = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "pause", "", show=False),
        Binding("n,N", "note", "", show=False),
        Binding("r,R,escape", "give_back", "", show=False),
    ]

    def __init__(self, desk: Desk, step: str) -> None:
        """`step` is the id of the step that was handed over."""
        super().__init__()
        self.desk = desk
        self.step = step
        self.tr = desk.tr

    def compose(self) -> ComposeResult:
        """Her clock, what was said last, the line for a note, three keys."""
        yield RoomView(self.desk)
        yield Lines(self._message)
        yield Bar(self.tr, lambda prefix: complete(prefix, self.desk.names), self.desk.texts)
        yield Lines(self._footer, classes="lead-footer")

    def on_mount(self) -> None:
        """Follow the meeting."""
        self.desk.follow(self.paint, Pulse(self.desk.to_next_second, lambda: self.call_later(self.paint)))

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self.desk.leave(self.paint)

    def paint(self) -> None:
        """Show the meeting as it stands."""
        self.desk.show(self._paint)

    def _paint(self) -> None:
        if stands(self):
            self.query_one(RoomView).paint()
            for lines in self.query_children(Lines):
                lines.show()

    @property
    def bar(self) -> Bar:
        """The line for a note."""
        return self.query_one(Bar)

    def action_pause(self) -> None:
        """Stop the step's clock, or go on."""
        self.desk.guard(lambda: self.desk.act(core.Resume() if self.desk.meeting.state == "paused" else core.Pause()))

    def action_note(self) -> None:
        """Write a note down."""
        self.bar.open("note", subject=self.tr("note"))
        self.paint()

    def action_give_back(self) -> None:
        """The facilitator leads again, whatever became of the step meanwhile: nobody stays shut in here."""
        self.desk.guard(self._give_back)
        self.dismiss()

    def _give_back(self) -> None:
        step = self.desk.meeting.step(self.step)
        if step is not None and step.handed and self.desk.meeting.state in ("running", "paused"):
            self.desk.act(core.HandOver(None, self.step))

    @on(Bar.Submitted)
    def _noted(self, event: Bar.Submitted) -> None:
        self.desk.guard(lambda: self._note(event.text))

    def _note(self, text: str) -> None:
        if not text.strip():
            self.bar.close()
        elif self.desk.act(core.Capture("note", Fields(text=normalise(text).text))) is not None:
            self.bar.clear()

    @on(Bar.Closed)
    def _note_closed(self) -> None:
        self.paint()

    @on(Bar.Left)
    def _note_left(self) -> None:
        self.desk.say(self.tr("Text kept: {key} brings it back.", key="n"))

    def _message(self, width: int, _height: int) -> list[Row]:
        return [self.desk.room_row(width)]

    def _footer(self, width: int, _height: int) -> list[Row]:
        tr = self.tr
        if self.bar.is_open:
            return [view.footer_of_bar(tr, "note", width)]
        pause = tr("go on") if self.desk.meeting.state == "paused" else tr("pause")
        return [view.keys_row([(tr("space"), pause), ("n", tr("note")), ("r", tr("give back"))], width)]
