"""Every screen opens, is painted and is left in any window, down to one cell."""

from __future__ import annotations

import pytest
from textual.events import Paste, Resize
from textual.geometry import Size
from textual.pilot import Pilot
from tui.conftest import NETWORK, Clock, at_once, looked_back, text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.cells import cell_len
from facilitator.tui.screens.home import HomeScreen
from facilitator.tui.screens.meeting import MeetingScreen

pytestmark = [pytest.mark.asyncio, pytest.mark.painted, pytest.mark.timeout(60)]

SIZES = ((1, 1), (11, 5))
LONG = "Comment faire 中文 quand la personne ne peut pas venir et que personne ne peut aller chez elle 👩🏽‍⚕️ ?" * 3
# The keys that open each screen, or each state of one, from the meeting's; Escape leads back.
SCREENS = {
    "an entry chosen": ("up", "up"),
    "found": ("f", *"faire"),
    "nothing found": ("f", *"zzz"),
    "a question written": ("q", *"Faut-il"),
    "an outcome asked for": ("up", "s"),
    "an answer": ("up", "r", *"Oui"),
    "a round begun": ("o",),
    "help": ("h",),
    "the form": ("up", "e"),
    "the people": ("p", "enter", "down"),
    "someone new": ("p", "enter", "p", *"Zoé"),
    "the plan": ("t", "down", "down", "pagedown"),
    "a step of it": ("t", *("down",) * 9, "i", *"Pause 10"),
    "the minutes": ("m", "down"),
    "the palette": ("ctrl+p", *"no"),
    "the palette of nothing": ("ctrl+p", *"zzz"),
}
ENDED = {
    "the close": ("c",),
    "its actions": ("c", "down", "o", *"Nora"),
    "an outcome": ("c", "down", "down", "down", "s"),
    "its sentence": ("c", "r", *"Belle rencontre"),
    "its refusal": ("c", "enter"),
}


def prepare(seat: Session, clock: Clock) -> None:
    """A meeting late, with long texts in scripts of all widths."""
    for name in ("Awa S.", "Karim B.", "Zoé de la Médiathèque"):
        seat.act(core.Attend(name))
    clock.at += 14 * 60_000
    seat.act(core.Start())
    clock.forward(minutes=90)
    for kind in ("question", "decision", "action", "individual", "note", "question"):
        seat.act(core.Capture(kind, Fields(text=LONG)))


def painted(app: FacilitatorApp, columns: int) -> None:
    assert all(cell_len(line) <= columns for line in text_of(app).splitlines())


async def resized(app: FacilitatorApp, pilot: Pilot[int], size: tuple[int, int]) -> None:
    """Give the window another size; returns when the screen has it."""
    await pilot.resize_terminal(*size)
    while app.screen._compositor.size != size:
        await pilot.pause(0.01)


async def opened(app: FacilitatorApp, screens: dict[str, tuple[str, ...]], size: tuple[int, int]) -> None:
    for keys in screens.values():
        await at_once(app, *keys)
        painted(app, size[0])
        while not isinstance(app.screen, MeetingScreen) or app.screen.bar.is_open or app.screen.message.asked:
            await at_once(app, "escape")


@pytest.mark.ci
@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_of_a_meeting_opens_in_any_window(
    seat: Session, clock: Clock, size: tuple[int, int]
) -> None:
    prepare(seat, clock)
    app = FacilitatorApp(translator("fr"), session=seat)
    async with app.run_test(size=size):
        await opened(app, SCREENS, size)
        await opened(app, ENDED, size)
        assert seat.meeting.state == "adjourned"


@pytest.mark.ci
async def test_every_screen_of_a_meeting_follows_the_window(seat: Session, clock: Clock) -> None:
    prepare(seat, clock)
    app = FacilitatorApp(translator("fr"), session=seat)
    async with app.run_test() as pilot:
        for keys in (*(SCREENS[name] for name in ("the form", "the plan", "the minutes")), *list(ENDED.values())[:2]):
            await at_once(app, *keys)
            for size in ((2, 1), (80, 24)):
                await resized(app, pilot, size)
                painted(app, size[0])
            while not isinstance(app.screen, MeetingScreen) or app.screen.bar.is_open or app.screen.message.asked:
                await at_once(app, "escape")


@pytest.mark.ci
async def test_a_meeting_under_way_a_round_a_pause_and_the_room_follow_the_window(seat: Session, clock: Clock) -> None:
    prepare(seat, clock)
    app = FacilitatorApp(translator("en"), session=seat)
    async with app.run_test() as pilot:
        for keys in (("o", "enter", "o"), ("escape", "space"), ("v",), ("space",), ("v", "right")):
            await at_once(app, *keys)
            for size in ((1, 1), (11, 5), (80, 24)):
                await resized(app, pilot, size)
                painted(app, size[0])
        app.screen.action_run("handover")
        await at_once(app, *"nora", "enter", "n", *"Une note")
        for size in ((1, 1), (80, 24)):
            await resized(app, pilot, size)
            painted(app, size[0])


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(1, 1), (11, 5)])
async def test_home_and_past_minutes_open_in_any_window(workspace: Workspace, size: tuple[int, int]) -> None:
    workspace.minutes_folder.mkdir(parents=True)
    (workspace.minutes_folder / "2026-09-01-reseau.md").write_text(f"# Titre\n\n| a | b |\n|---|---|\n| {LONG} | x |\n")
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test(size=size) as pilot:
        await looked_back(app)
        for other in ((200, 50), size):
            await at_once(app, "down", "enter")
            painted(app, app.size.width)
            await resized(app, pilot, other)
            painted(app, other[0])
            await at_once(app, "escape")
            assert isinstance(app.screen, HomeScreen)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [*SIZES, (300, 100)])
async def test_the_room_on_a_screen_of_its_own_fits_any_window(
    seat: Session, clock: Clock, size: tuple[int, int]
) -> None:
    assert NETWORK.channels.form
    prepare(seat, clock)
    app = FacilitatorApp(translator("fr"), session=seat, room=True)
    async with app.run_test(size=size):
        painted(app, size[0])
        await at_once(app, "b", "b")
        painted(app, size[0])


@pytest.mark.ci
@pytest.mark.parametrize("size", [(1, 1), (80, 24)])
async def test_signs_that_are_joined_to_nothing_bring_no_screen_down(seat: Session, size: tuple[int, int]) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("note", Fields(text="\u200d\u200d中 👩\u200d\u200d👧 \ufe0f")))
    app = FacilitatorApp(translator("fr"), session=seat)
    async with app.run_test(size=size):
        for text in (("\u200d\u200d" + "中" * 12) * 5, "👩\u200d❤️\u200d👨" * 3, "a\u200d", "\ufe0f" * 30):
            await at_once(app, "q")
            app.post_message(Paste(text))
            for keys in (
                ("home", "end", "left", "enter", "escape", "up", "e"),
                ("end", "left", "backspace", "home", "delete"),
            ):
                await at_once(app, *keys)
                painted(app, size[0])
            await at_once(app, "enter", "escape")
        await at_once(app, "m", "down")
        painted(app, size[0])
    assert len(seat.meeting.of_kind("question")) == 4


@pytest.mark.ci
async def test_the_window_may_change_while_the_program_leaves(app: FacilitatorApp) -> None:
    async with app.run_test(size=(80, 24)):
        app.exit(0)
        for size in ((300, 100), (1, 1), (120, 40)):
            app.screen.on_resize(Resize(Size(*size), Size(*size)))
    assert app.return_value == 0
