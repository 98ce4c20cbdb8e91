"""The application: which screen comes first, the theme, the signals. Everything else is in the screens."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.widget import Widget

from facilitator.core.text import normalise, one_line
from facilitator.i18n import Foreseen
from facilitator.meetings.faults import crash_text, fault_text
from facilitator.meetings.session import WorkspaceMoved
from facilitator.store.preferences import chosen_theme, read_theme, theme_file
from facilitator.store.workspace import HeldFolder, Workspace
from facilitator.tui import themes
from facilitator.tui.desk import Desk
from facilitator.tui.patience import show_now
from facilitator.tui.signals import LEAVE, Signals
from facilitator.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.message import Message
    from textual.screen import Screen
    from textual.theme import Theme

    from facilitator.i18n import Translator
    from facilitator.meetings.session import Session
    from facilitator.tui.themes import Colours


# A key that takes longer than this does not hold up the next one.
KEY_WAIT_S = 0.5
# How often it is asked whether what a key went to is still there.
GONE_S = 0.02
# So long the program waits, when it ends, for what is half typed to be kept.
LEAVING_S = 0.5


@runtime_checkable
class MovesAlong(Protocol):
    """A screen that knows files of a workspace by where they are."""

    def moved(self, before: Path) -> None:
        """The workspace that was in `before` is somewhere else."""


class FacilitatorApp(App[int]):
    """The terminal application of one meeting, or of the home screen until one is chosen."""

    TITLE = "facilitator"
    ENABLE_COMMAND_PALETTE = False  # the meeting screen has its own
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "", show=False, priority=True),
        Binding("ctrl+c", "no_quit", "", show=False, priority=False),
        Binding("f2", "colours", "", show=False),
    ]

    def __init__(
        self,
        tr: Translator,
        *,
        session: Session | None = None,
        workspace: Workspace | None = None,
        room: bool = False,
        follows: bool = True,
    ) -> None:
        first = "home" if session is None else "room" if room else "meeting"
        # Without colours (`NO_COLOR`) it is as on a terminal of sixteen, less these.
        super().__init__(
            css_path=[Path(__file__).parent / "screens" / f"{first}.tcss"], ansi_color="NO_COLOR" in os.environ or None
        )
        self.tr = tr
        self.desk = self._desk(session) if session is not None else None
        self._home = workspace or Workspace(Path.cwd())
        self._held: HeldFolder | None = None
        self.room = room
        self._follows = follows
        self.failure: BaseException | None = None
        self._leaving = False
        self._under_way: events.Key | None = None
        self._unwanted = False
        self._last_words = ""
        self._unkept = ""
        self._unwritten = False  # what leaves the screen cannot be written by Textual
        self.signals = Signals(self, self.keep_texts, self.farewell)
        self._about_colours = ""
        self._put_on_colours()
        self.animation_level = "none"  # it costs bytes on a slow link and shows nothing

    def _put_on_colours(self) -> None:
        """The theme that this user chose; one that cannot be had is said once, and the usual one is there.

        Where the terminal has sixteen colours, these are the usual ones: others would fall together.
        """
        usual = "terminal" if self.console.color_system == "standard" else themes.DEFAULT
        name, colours = usual, themes.COLOURS[usual]
        try:
            name = chosen_theme() or usual
            colours = self._own_colours() if name == themes.OWN else themes.COLOURS[name]
        except KeyError:
            self._about_colours = self.tr(
                "There is no theme “{name}”: F2 shows those there are.", name=one_line(normalise(name).text)
            )
            name = usual
        except (OSError, Foreseen) as problem:
            self._about_colours = (fault_text(self.tr, problem) or str(problem)).partition("\n")[0]
            name = usual
        if self.no_color:
            name, colours = "terminal", themes.TERMINAL
        self._wear(themes.theme(name, colours))

    def _wear(self, theme: Theme) -> None:
        """Begin in this theme: before anything is parsed, where Textual would otherwise parse every style sheet a second time."""
        self.register_theme(theme)
        if theme.ansi or self.native_ansi_color:  # then it filters colours otherwise, too
            self.theme = theme.name
            return
        self.set_reactive(App.theme, theme.name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)

    def _own_colours(self) -> Colours:
        """A person's own colours; the usual ones when there are none. Raises OSError and Problems."""
        from facilitator.documents.theme import read_colours

        data = read_theme()
        if data is None:
            return themes.COLOURS[themes.DEFAULT]
        return themes.own(read_colours(data, name=str(theme_file()), tr=self.tr))

    def get_default_screen(self) -> Screen[Any]:
        """The first screen, without an empty one before it."""
        if self.desk is None:
            from facilitator.tui.screens.home import HomeScreen

            return HomeScreen(self._home, self.tr, self.open_meeting)
        if self.room:
            from facilitator.tui.screens.room import RoomScreen

            return RoomScreen(self.desk, follows=self._follows)
        from facilitator.tui.screens.meeting import MeetingScreen

        return MeetingScreen(self.desk)

    def get_driver_class(self) -> type[Driver]:
        """Textual's; on Unix, ours for any keyboard."""
        chosen = super().get_driver_class()
        if chosen.__module__ != "textual.drivers.linux_driver":
            return chosen
        from facilitator.tui.keyboard import Keyboard

        return Keyboard

    def on_mount(self) -> None:
        """From now on the signals are ours."""
        self.signals.install()
        if self.desk is None and self._home.root.is_dir():
            self._held = HeldFolder(self._home.root)
        if not self.is_headless:
            asyncio.get_running_loop().set_exception_handler(self._loop_failed)
        self.call_after_refresh(_collect_garbage)
        if self._about_colours:
            self.call_after_refresh(self._tell_colours)

    def _tell_colours(self) -> None:
        """What is wrong with the colours that were chosen: once, and to whoever leads, not to the room."""
        from facilitator.tui.screens.sheet import Sheet

        screen = self.screen
        if self.desk is not None:
            self.desk.say(self._about_colours, "refused", for_room=False)
        elif isinstance(screen, Sheet):
            screen.tell(self._about_colours, "refused")

    def show_help(self, here: list[tuple[str, str]]) -> None:
        """What the keys do, over the screen that asks, whose own come first."""
        from facilitator.tui.screens.help import HelpScreen, gestures_of

        self.push_screen(HelpScreen(self.tr, here, gestures_of(self)))

    def action_colours(self) -> None:
        """Choose among the colours."""
        from facilitator.tui.screens.themes import ThemesScreen

        if not isinstance(self.screen, ThemesScreen):
            self.push_screen(ThemesScreen(self.tr))

    def on_unmount(self) -> None:
        """Nothing is held any longer."""
        if self._held is not None:
            self._held.let_go()

    def follow(self) -> WorkspaceMoved | None:
        """Go on where the workspace is by now; what is to be told of it where no meeting tells it. It is asked at each key."""
        if self.desk is not None:
            self.desk.session.follow()
            return None
        if self._held is None:
            return None
        before, root = self._home.root, self._held.find()
        if root is None or not root.is_dir():
            return WorkspaceMoved(before, lost=True)
        if root == before:
            return None
        self._home.move(root)
        for screen in self.screen_stack:
            if isinstance(screen, MovesAlong):
                screen.moved(before)
        return WorkspaceMoved(root)

    def live(self) -> int:
        """Run until the person leaves; what stays to be said is said on the ordinary screen. Returns the exit code."""
        threading.excepthook = self._thread_failed
        try:
            code = self.run(mouse=False)
        except Exception as error:  # noqa: BLE001  # before the first screen, or after the last
            self._fail(error)
            code = 1
        self.signals.settle()
        if self.desk is not None:
            self.desk.session.leave()
        if self._unwritten:
            sys.stderr.write(LEAVE)
        if words := self.farewell():
            sys.stderr.write(words + "\n")
        return 1 if self.failure is not None else code or 0

    def open_meeting(self, session: Session) -> None:
        """Lead this meeting; called by the home screen."""
        from facilitator.tui.screens.meeting import MeetingScreen

        self.desk = self._desk(session)
        self.push_screen(MeetingScreen(self.desk))

    def show_room(self, session: Session) -> None:
        """Show the room of another meeting; called by that of one that is over."""
        from facilitator.tui.screens.room import RoomScreen

        before, self.desk = self.desk, self._desk(session)
        self.push_screen(RoomScreen(self.desk))
        if before is not None:
            before.session.leave()

    def _desk(self, session: Session) -> Desk:
        return Desk(session, self.tr, lambda: show_now(self.screen))

    def keep_texts(self) -> None:
        """Keep what is half typed, on whatever screen, before the program ends; what prevents it is said."""
        if self.desk is not None and (words := self.desk.keep_texts(LEAVING_S)):
            self._unkept = f"{words}."

    def action_leave(self) -> None:
        """Leave; the meeting goes on."""
        self.keep_texts()
        self.exit(0)

    def exit(self, result: int | None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave; from now on no key acts."""
        self._leaving = True
        super().exit(result, return_code, message)

    def action_no_quit(self) -> None:
        """Ctrl+C never quits: it is pressed by habit."""
        if self.desk is not None:
            self.desk.say(self.tr("Ctrl+C does not quit; Ctrl+Q leaves, and the meeting goes on."))

    def on_lines_broken(self, event: Lines.Broken) -> None:
        """Some rows could not be shown: note why, once."""
        if self.desk is not None:
            self.desk.note_error(event.error)

    async def on_event(self, event: events.Event) -> None:
        """Let each key take effect before the next is looked at: letters typed right after `q` belong into its line.

        What follows the key that leaves is for whatever comes after the program.
        """
        if isinstance(event, (events.Key, events.Paste)) and (self._leaving or not self.screen_stack):
            return
        if not isinstance(event, events.Key):
            await super().on_event(event)
            return
        if event.is_forwarded:  # it comes back too late: the next key may have led elsewhere
            return
        before = self.screen
        target = self.focused or before
        self._under_way, self._unwanted = event, False
        await super().on_event(event)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._settled(target, before), KEY_WAIT_S)
        self._under_way = None
        if self._unwanted and before is self.screen:
            await super().on_event(event)

    def post_message(self, message: Message) -> bool:
        """A key that comes back, wanted by no screen, is looked up among the bindings before the next one is."""
        if message is self._under_way:
            self._unwanted = True
            return True
        return super().post_message(message)

    async def _settled(self, target: Widget, before: Screen[Any]) -> None:
        """Until a key has gone from where it arrived up to the screen, and what it opened is there."""
        for node in (target, *target.ancestors):
            if isinstance(node, Widget) and node.is_running:
                await _passed(node)
        if self.screen_stack and self.screen is not before:
            await _passed(self.screen)

    def note(self, error: BaseException) -> None:
        """Keep the details of an error that stops nothing, for whoever repairs the program."""
        if self.desk is not None:
            self.desk.note_error(error)
        else:
            crash_text(self.tr, error)

    def _handle_exception(self, error: Exception) -> None:
        """An error that nothing caught ends the program, as `panic` does; while it is left anyway it is noted only."""
        if self.is_headless:
            super()._handle_exception(error)
        elif self._leaving:
            self.note(error)
        else:
            self._fail(error)

    def panic(self, *renderables: RenderableType) -> None:
        """Textual's way out for what it shows as a traceback: there is none for a person to see."""
        if self.is_headless:
            super().panic(*renderables)
        else:
            self._fail(RuntimeError(*renderables))

    def _fail(self, error: BaseException) -> None:
        """End with one line, and 1, however much still works; what is half typed is kept, the meeting itself goes on."""
        if self.failure is None:
            self.failure = error
            self._last_words = fault_text(self.tr, error) or crash_text(self.tr, error)
        self.signals.leave(1)

    def _thread_failed(self, failed: threading.ExceptHookArgs) -> None:
        """Without the thread that writes to the terminal there is no program; any other is missed by its work only.

        A terminal that takes nothing any more while the program leaves is no news.
        """
        error = failed.exc_value or RuntimeError(failed.exc_type.__name__)
        writes = failed.thread is not None and failed.thread.name == "textual-output"
        if not writes:
            self.note(error)
        elif not (self._leaving or self.signals.leaving):
            self._unwritten = True
            self._fail(error)

    def _loop_failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        self.note(context.get("exception") or RuntimeError(context.get("message")))

    def farewell(self) -> str:
        """The one line for the ordinary screen: why it ended, if it was an error, what was not kept, and that the meeting goes on."""
        goes_on = (
            self.desk is not None
            and not self.room
            and self.desk.session.exists
            and self.desk.meeting.state in ("ready", "running", "paused", "adjourned")
        )
        back = ""
        if goes_on and self.desk is not None and self.desk.meeting.state == "adjourned":
            back = self.tr("The meeting is adjourned, and not closed yet. Come back with: facilitator run, then c")
        elif goes_on:
            back = self.tr("The meeting goes on. Come back with: facilitator run")
        open_on = ""
        if goes_on and self.desk is not None and self.desk.telephones.serving is not None:
            open_on = self.tr("The page for telephones stays open until the meeting is published.")
        return " ".join(words for words in (self._last_words, self._unkept, back, open_on) if words)


async def _passed(node: Widget) -> None:
    """Until what was sent to it before has been dealt with, or it is gone."""
    passed = asyncio.Event()
    if not node.call_later(passed.set):
        return
    while not passed.is_set() and (node.is_running or not node.is_mounted):
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(passed.wait(), GONE_S)


def _collect_garbage() -> None:
    """From the first frame on, and only among what is made from now on."""
    gc.freeze()
    gc.enable()
