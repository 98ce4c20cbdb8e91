"""The application: which screen comes first, the theme, the signals. Everything else is in the screens."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType

from facilitator.store.workspace import Workspace
from facilitator.tui import themes
from facilitator.tui.desk import Desk
from facilitator.tui.patience import show_now
from facilitator.tui.signals import Signals
from facilitator.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from textual.message_pump import MessagePump
    from textual.screen import Screen
    from textual.widget import Widget

    from facilitator.i18n import Translator
    from facilitator.meetings.session import Session


# A key that takes longer than this does not hold up the next one.
KEY_WAIT_S = 0.5
# How often it is asked whether what a key went to is still there.
GONE_S = 0.02
# So long the program waits, when it ends, for what is half typed to be kept.
LEAVING_S = 0.5


class FacilitatorApp(App[int]):
    """The terminal application of one meeting, or of the home screen until one is chosen."""

    TITLE = "facilitator"
    ENABLE_COMMAND_PALETTE = False  # the meeting screen has its own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "", show=False, priority=True),
        Binding("ctrl+c", "no_quit", "", show=False, priority=False),
    ]

    def __init__(
        self,
        tr: Translator,
        *,
        session: Session | None = None,
        workspace: Workspace | None = None,
        room: bool = False,
    ) -> None:
        first = "home" if session is None else "room" if room else "meeting"
        super().__init__(css_path=[Path(__file__).parent / "screens" / f"{first}.tcss"])
        self.tr = tr
        self.desk = self._desk(session) if session is not None else None
        self._home = workspace or Workspace(Path.cwd())
        self.room = room
        self.failure: BaseException | None = None
        self.signals = Signals(self, self.save_draft)
        self.register_theme(themes.USUAL)
        self.register_theme(themes.CONTRAST)
        self.theme = "facilitator"
        self.animation_level = "none"  # it costs bytes on a slow link and shows nothing

    def get_default_screen(self) -> Screen[Any]:
        """The first screen, without an empty one before it."""
        if self.desk is None:
            from facilitator.tui.screens.home import HomeScreen

            return HomeScreen(self._home, self.tr)
        if self.room:
            from facilitator.tui.screens.room import RoomScreen

            return RoomScreen(self.desk)
        from facilitator.tui.screens.meeting import MeetingScreen

        return MeetingScreen(self.desk)

    def on_mount(self) -> None:
        """From now on the signals are ours."""
        self.signals.install()
        self.call_after_refresh(_collect_garbage)

    def live(self) -> int:
        """Run until the person leaves; what stays to be said is said on the ordinary screen. Returns the exit code."""
        code = self.run(mouse=False)
        if self.desk is not None:
            self.desk.session.leave()
            self._farewell(self.desk)
        return 1 if self.failure is not None else code or 0

    def open_meeting(self, session: Session) -> None:
        """Lead this meeting; called by the home screen."""
        from facilitator.tui.screens.meeting import MeetingScreen

        self.desk = self._desk(session)
        self.push_screen(MeetingScreen(self.desk))

    def _desk(self, session: Session) -> Desk:
        return Desk(session, self.tr, lambda: show_now(self.screen))

    def save_draft(self) -> None:
        """Keep what is half typed, wherever the meeting screen is, before the program ends."""
        from facilitator.tui.screens.meeting import MeetingScreen

        for screen in self.screen_stack:
            if isinstance(screen, MeetingScreen):
                screen.save_draft(LEAVING_S)

    def action_leave(self) -> None:
        """Leave; the meeting goes on."""
        self.save_draft()
        self.exit(0)

    def action_no_quit(self) -> None:
        """Ctrl+C never quits: it is pressed by habit."""
        if self.desk is not None:
            self.desk.say(self.tr("Ctrl+C does not quit; Ctrl+Q leaves, and the meeting goes on."))

    def on_lines_broken(self, event: Lines.Broken) -> None:
        """Some rows could not be shown: note why, once."""
        if self.desk is not None:
            self.desk.note_error(event.error)

    async def on_event(self, event: events.Event) -> None:
        """Let each key take effect before the next is looked at: letters typed right after `q` belong into its line."""
        fresh = isinstance(event, events.Key) and not event.is_forwarded and bool(self.screen_stack)
        before = self.screen if fresh else None
        target = self.focused if fresh and self.focused is not None else before
        await super().on_event(event)
        if before is not None and target is not None:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._settled(target, before), KEY_WAIT_S)

    async def _settled(self, target: Widget, before: Screen[Any]) -> None:
        """Until a key has gone from where it arrived up to the screen, and what it opened is there."""
        for node in (target, *target.ancestors):
            if node is not self and node.is_running:
                await _passed(node)
        if self.screen_stack and self.screen is not before:
            await _passed(self.screen)

    def _handle_exception(self, error: Exception) -> None:
        """Say an error that nothing caught on the ordinary screen, without a traceback; the meeting itself goes on."""
        if self.is_headless:
            super()._handle_exception(error)
            return
        self.failure = error
        if self.desk is not None:
            self.desk.note_error(error)
        self.exit(1)

    def _farewell(self, desk: Desk) -> None:
        if self.failure is not None:
            words = self.tr("The program stopped on an error ({error}).", error=type(self.failure).__name__)
            sys.stderr.write(words + "\n")
        if self.room or not desk.session.exists:
            return
        if desk.meeting.state in ("ready", "running", "paused", "adjourned"):
            sys.stderr.write(self.tr("The meeting goes on. Come back with: facilitator run") + "\n")


async def _passed(node: MessagePump) -> None:
    """Until what was sent to it before has been dealt with, or it is gone."""
    passed = asyncio.Event()
    if not node.call_later(passed.set):
        return
    while node.is_running and not passed.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(passed.wait(), GONE_S)


def _collect_garbage() -> None:
    """From the first frame on, and only among what is made from now on."""
    gc.freeze()
    gc.enable()
