"""The room view on a screen of its own: for a second terminal or a projector. Read only."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from facilitator.tui.pulse import Follower, Pulse
from facilitator.tui.screens.ordered import stands
from facilitator.tui.widgets.room import RoomView

if TYPE_CHECKING:
    from facilitator.tui.desk import Desk


class RoomScreen(Screen[None]):
    """Follows the meeting; `b` blanks the screen and brings it back, `q` leaves."""

    CSS_PATH = "room.tcss"
    AUTO_FOCUS = ""
    BLANK = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "blank", "", show=False),
        Binding("q,escape", "app.leave", "", show=False),
        Binding("h,f1", "help", "", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        """Nothing else."""
        yield RoomView(self.desk)

    def on_mount(self) -> None:
        """Look every second and at what others do."""
        self.desk.follow(
            self.paint,
            Follower(lambda: self.desk.guard(self.desk.session.notice), lambda: self.desk.guard(self._look)),
            Pulse(self.desk.to_next_second, lambda: self.call_later(self.paint)),
        )

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self.desk.leave(self.paint)

    def action_blank(self) -> None:
        """Nothing on the screen, or all of it again."""
        self.toggle_class("-blank")

    def action_help(self) -> None:
        """What the keys do: on the wall nothing says so by itself."""
        from facilitator.tui.screens.help import HelpScreen, gestures_of

        tr = self.desk.tr
        keys = [("b", tr("nothing on the screen, or all of it again")), ("F2", tr("colours"))]
        self.app.push_screen(HelpScreen(tr, [*keys, (f"q {tr('Esc')}", tr("leave"))], gestures_of(self.app)))

    def paint(self) -> None:
        """Show the meeting as it stands."""
        if stands(self):
            self.desk.show(self.query_one(RoomView).paint)

    def _look(self) -> None:
        acts = self.desk.see()
        if acts is not None:
            self.call_later(self.desk.take_in, acts)
