"""Keys that come faster than the screens are painted act in the order in which they were pressed."""

from __future__ import annotations

import pytest
from textual.events import Key
from tui.conftest import AGENDA, at_once

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.meetings.session import Session
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.meeting import MeetingScreen

pytestmark = pytest.mark.asyncio


async def burst(app: FacilitatorApp, pilot, *keys: str) -> None:
    """All at once, as a terminal hands them over after a moment of waiting."""
    for key in keys:
        app.post_message(Key(key, key if len(key) == 1 else None))
    await pilot.pause(0.3)


async def test_arrows_and_letters_of_the_people_screen_act_in_turn(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await burst(app, pilot, "p", "enter", "down", "l", "down", "x", "escape", "q", *"Qui", "enter")
        assert {name: someone.status for name, someone in seat.meeting.attendance.items()} == {
            AGENDA.members[1]: "late",
            AGENDA.members[2]: "excused",
        }
        assert seat.meeting.find("question", 1).text == "Qui"


async def test_at_the_end_a_burst_names_the_owner_of_the_line_that_was_meant(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    for text in ("Une", "Deux"):
        seat.act(core.Capture("action", Fields(text=text)))
    async with app.run_test() as pilot:
        await burst(app, pilot, "c", "down", "o", *"nora", "enter", "up", "o", *"awa", "enter")
        assert [seat.meeting.find("action", number).owners for number in (1, 2)] == [("Awa S.",), ("Nora T.",)]


async def test_a_step_given_back_is_followed_by_what_is_typed_next(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        app.screen.action_run("handover")
        await pilot.pause()
        await burst(app, pilot, *"nora", "enter", "n", *"Deux", "enter", "escape", "r", "q", *"Qui", "enter")
        assert isinstance(app.screen, MeetingScreen)
        assert [entry.text for entry in seat.meeting.of_kind("note", "question")] == ["Deux", "Qui"]


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
