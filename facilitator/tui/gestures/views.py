"""Who is there, the other screens, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core import acts as core

if TYPE_CHECKING:
    from facilitator.tui.screens.meeting import MeetingScreen
    from facilitator.tui.widgets.bar import Bar


def attended(screen: MeetingScreen, typed: Bar.Submitted) -> None:
    """This person is there, or excused, or gone; nobody named is the list of all."""
    if not typed.text.strip():
        from facilitator.tui.screens.people import PeopleScreen

        screen.bar.close()
        screen.app.push_screen(PeopleScreen(screen.desk))
        return
    screen.bar.take_or_select(done=screen.desk.attend(typed.text))


def room(screen: MeetingScreen) -> None:
    """Turn the screen into what the room may see, and back."""
    screen.app.call_next(screen.turn)


def minutes(screen: MeetingScreen) -> None:
    """The minutes as they stand."""
    from facilitator.tui.screens.minutes import MinutesScreen

    screen.app.push_screen(MinutesScreen(screen.desk))


def show_keys(screen: MeetingScreen) -> None:
    """What the keys do."""
    from facilitator.tui.screens.help import HelpScreen

    here = [(gesture.keys_text(screen.tr), screen.tr(gesture.help)) for gesture in screen.keys_now]
    screen.app.push_screen(HelpScreen(screen.tr, here, screen.gestures))


def palette(screen: MeetingScreen) -> None:
    """The palette of commands."""
    from facilitator.tui.screens.palette import PaletteScreen

    screen.app.push_screen(PaletteScreen(screen.desk, screen.gestures, screen.do))


def colours(screen: MeetingScreen) -> None:
    """The colours to choose from."""
    from facilitator.tui.screens.themes import ThemesScreen

    screen.app.push_screen(ThemesScreen(screen.tr))


def adjourn(screen: MeetingScreen) -> None:
    """Stop time at this instant, then close calmly."""
    from facilitator.tui.screens.closing import ClosingScreen

    desk = screen.desk
    if desk.meeting.state in ("adjourned", "closed") or desk.act(core.Adjourn()) is not None:
        screen.app.push_screen(ClosingScreen(desk, {gesture.id: gesture for gesture in screen.gestures}))


def leave(screen: MeetingScreen) -> None:
    """Leave; the meeting goes on."""
    screen.keep_texts()
    screen.app.exit(0)
