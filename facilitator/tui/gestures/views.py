"""Who is there, the other screens, the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.core import acts as core

if TYPE_CHECKING:
    from facilitator.tui.board import Board
    from facilitator.tui.widgets.bar import Bar


def attended(screen: Board, typed: Bar.Submitted) -> None:
    """This person is there, or excused, or gone; nobody named is the list of all."""
    if not typed.text.strip():
        from facilitator.tui.screens.people import PeopleScreen

        screen.bar.close()
        screen.app.push_screen(PeopleScreen(screen.desk))
        return
    screen.bar.take_or_select(done=screen.desk.attend(typed.text))


def room(screen: Board) -> None:
    """Turn the screen into what the room may see, and back."""
    screen.app.call_next(screen.turn)


def telephones(screen: Board) -> None:
    """The telephones of the room, and what they sent."""
    from facilitator.tui.screens.telephones import TelephonesScreen

    screen.app.push_screen(TelephonesScreen(screen.desk))


def minutes(screen: Board) -> None:
    """The minutes as they stand."""
    from facilitator.tui.screens.minutes import MinutesScreen

    screen.app.push_screen(MinutesScreen(screen.desk))


def colours(screen: Board) -> None:
    """The colours to choose from."""
    from facilitator.tui.screens.themes import ThemesScreen

    screen.app.push_screen(ThemesScreen(screen.tr))


def adjourn(screen: Board) -> None:
    """Stop time at this instant, then close calmly."""
    desk = screen.desk
    if desk.meeting.state in ("adjourned", "closed") or desk.act(core.Adjourn()) is not None:
        from facilitator.tui.screens.closing import ClosingScreen

        screen.app.push_screen(ClosingScreen(desk))


def leave(screen: Board) -> None:
    """Leave; the meeting goes on."""
    screen.desk.keep_texts()
    screen.app.exit(0)
