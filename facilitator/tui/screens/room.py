"""The room view on a screen of its own: for a second terminal or a projector. Read only."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from facilitator.meetings.session import Session
from facilitator.tui.pulse import Follower, Pulse
from facilitator.tui.screens.ordered import stands
from facilitator.tui.widgets.room import RoomView

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace
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

    def __init__(self, desk: Desk, *, follows: bool = True) -> None:
        """`follows`: once this meeting is over, or while nothing is written of it, the one that is opened meanwhile is shown."""
        super().__init__()
        self.desk = desk
        self._follows = follows
        self._over: set[str] = set()

    def compose(self) -> ComposeResult:
        """Nothing else."""
        yield RoomView(self.desk, waits=self._follows and self.desk.meeting.state == "closed")

    def on_mount(self) -> None:
        """Look every second and at what others do."""
        self.desk.follow(
            self.paint,
            Follower(lambda: self.desk.guard(self.desk.session.notice), lambda: self.desk.guard(self._look)),
            Pulse(self.desk.to_next_second, self._second),
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

    def _second(self) -> None:
        self.desk.guard(self.desk.telephones.look)
        self.call_later(self.paint)

    def _look(self) -> None:
        acts = self.desk.see()
        if acts is not None:
            self.call_later(self.desk.take_in, acts)
        session = self._opened_since()
        if session is not None:
            self._follows = False
            self.call_later(self._go_over, session)

    def _opened_since(self) -> Session | None:
        """A seat at the meeting that goes on here, where the one that is shown does not; None for one left unfinished long ago.

        A meeting that is over stays so: its folder is not looked into again, for there may be many.
        """
        shown = self.desk.session
        if not self._follows or (shown.exists and self.desk.meeting.state != "closed"):
            return None
        mine = {self.desk.meeting.id} if shown.exists else set()
        for name in sorted(shown.workspace.names() - self._over - mine, reverse=True):
            found = None if shown.workspace.marked_closed(name) else _joined(shown.workspace, name)
            if found is not None and found.meeting.state != "closed" and not found.unfinished:
                return found
            if found is not None:
                found.leave()
            if found is not None or shown.workspace.marked_closed(name):
                self._over.add(name)
        return None

    def _go_over(self, session: Session) -> None:
        """Show another meeting in the place of this one."""
        self.desk.leave(self.paint)
        self.app.show_room(session)  # type: ignore[attr-defined]  # the application of this program


def _joined(workspace: Workspace, meeting_id: str) -> Session | None:
    """A seat at a meeting; None where its journal holds none, or not yet."""
    try:
        return Session.join(workspace, meeting_id, terminal=False)
    except LookupError:
        return None
