"""Keys that come faster than the screens are painted act in the order in which they were pressed."""

from __future__ import annotations

import asyncio

import pytest
from textual.events import Key
from tui.conftest import AGENDA, at_once

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.meetings.session import Session
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.palette import PaletteScreen

pytestmark = pytest.mark.asyncio


async def burst(app: FacilitatorApp, pilot, *keys: str) -> None:
    """All at once, as a terminal hands them over after a moment of waiting."""
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))
    await pilot.pause(0.3)


@pytest.mark.ci
async def test_arrows_and_letters_of_the_people_screen_act_in_turn(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await burst(app, pilot, "p", "enter", "down", "l", "down", "x", "escape", "q", *"Qui", "enter")
        assert {name: someone.status for name, someone in seat.meeting.attendance.items()} == {
            AGENDA.members[1]: "late",
            AGENDA.members[2]: "excused",
        }
        assert seat.meeting.find("question", 1).text == "Qui"


@pytest.mark.ci
async def test_at_the_end_a_burst_names_the_owner_of_the_line_that_was_meant(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    for text in ("Une", "Deux"):
        seat.act(core.Capture("action", Fields(text=text)))
    async with app.run_test() as pilot:
        await burst(app, pilot, "c", "down", "o", *"nora", "enter", "up", "o", *"awa", "enter")
        assert [seat.meeting.find("action", number).owners for number in (1, 2)] == [("Awa S.",), ("Nora T.",)]


@pytest.mark.ci
async def test_a_step_given_back_is_followed_by_what_is_typed_next(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        app.screen.action_run("handover")
        await pilot.pause()
        await burst(app, pilot, *"nora", "enter", *"Deux", "enter", "escape", "escape", "q", *"Qui", "enter")
        assert isinstance(app.screen, MeetingScreen)
        assert [entry.text for entry in seat.meeting.of_kind("note", "question")] == ["Deux", "Qui"]


@pytest.mark.ci
async def test_the_form_and_the_minutes_are_left_before_what_is_typed_next(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("note", Fields(text="Une")))
    async with app.run_test() as pilot:
        await burst(app, pilot, "up", "e", "escape", "m", "escape", "q", *"Qui", "enter")
        assert seat.meeting.find("question", 1).text == "Qui"


@pytest.mark.parametrize("after", [("right",), ("q", *"Qui", "enter"), ("escape", "space", "ctrl+p", "enter")])
async def test_what_is_pressed_after_the_key_that_leaves_does_nothing(
    app: FacilitatorApp, seat: Session, after: tuple[str, ...]
) -> None:
    seat.act(core.Start())
    before = seat.meeting
    async with app.run_test():
        await at_once(app, "ctrl+q", *after)
    assert seat.meeting == before
    assert app.return_value == 0


@pytest.mark.ci
async def test_a_screen_that_is_slow_to_open_gets_every_key_that_was_meant_for_it(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.act(core.Start())
    compose = PaletteScreen._compose

    async def slow(screen: PaletteScreen) -> None:
        await asyncio.sleep(0.1)  # a machine that is busy
        await compose(screen)

    monkeypatch.setattr(PaletteScreen, "_compose", slow)
    async with app.run_test():
        await at_once(app, "ctrl+p", *"décision", "enter", *"Une charte", "enter")
    assert seat.meeting.find("decision", 1).text == "Une charte"


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("opens", "meant_for_nothing", "closes"),
    [("h", "tco+sue", "h"), ("m", "tco+s", "escape"), ("v", "%", "v")],
    ids=["help", "minutes", "room"],
)
async def test_what_means_nothing_on_a_screen_means_nothing_on_the_one_before(
    app: FacilitatorApp, seat: Session, opens: str, meant_for_nothing: str, closes: str
) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("note", Fields(text="Une")))
    before = seat.meeting
    async with app.run_test():
        await at_once(app, opens, *meant_for_nothing, closes)
        await at_once(app)
        assert isinstance(app.screen, MeetingScreen)
        assert not app.screen.bar.is_open
        assert seat.meeting == before


@pytest.mark.ci
async def test_letters_that_no_screen_of_people_or_plans_knows_are_lost_there(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    before = seat.meeting
    async with app.run_test():
        for opens in (("p", "enter"), ("t",)):
            await at_once(app, *opens, "d", "o", "v", "c", "left", "space", "escape")
            await at_once(app)
            assert isinstance(app.screen, MeetingScreen)
            assert not app.screen.bar.is_open
            assert not app.screen.in_room
            assert seat.meeting.spot == before.spot
            assert seat.meeting.state == "running"


@pytest.mark.ci
async def test_in_the_form_every_key_acts_where_it_stands_in_a_burst(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("note", Fields(text="Un")))
    async with app.run_test():
        await at_once(
            app, "up", "e", "x", "backspace", "e", "left", "left", "delete", "o", "home", ">", "end", "!", "enter"
        )
        (note,) = seat.meeting.of_kind("note")
        assert note.text == ">Uoe!"
