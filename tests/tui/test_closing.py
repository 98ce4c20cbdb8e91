"""The end: adjourn, complete, close."""

from __future__ import annotations

import pytest
from tui.conftest import Clock, text_of

from facilitator.session import Session
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.closing import ClosingScreen

pytestmark = pytest.mark.asyncio


async def test_c_stops_time_and_undo_gives_it_back(app: FacilitatorApp, seat: Session, clock: Clock) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        clock.forward(minutes=5)
        await pilot.press("c")
        await pilot.pause()
        assert seat.meeting.state == "adjourned"
        assert isinstance(app.screen, ClosingScreen)
        await pilot.press("u")
        await pilot.pause()
        assert seat.meeting.state == "running"
        assert not isinstance(app.screen, ClosingScreen)


async def test_a_question_left_refuses_the_close_and_one_key_sends_all_the_rest(
    app: FacilitatorApp, seat: Session
) -> None:
    async with app.run_test() as pilot:
        await pilot.press(
            "right", "q", *"Un", "enter", *"Deux", "enter", "escape", "a", *"Agir", "enter", "escape", "c"
        )
        await pilot.pause()
        await pilot.press("enter")
        assert seat.meeting.state == "adjourned"
        assert "Q1, Q2" in text_of(app)
        await pilot.press("o", *"nora", "enter")
        assert seat.meeting.find("action", 1).owners == ("Nora T.",)
        await pilot.press("t", "r", *"Belle rencontre.", "enter", "enter")
        assert seat.meeting.state == "closed"
        assert seat.meeting.summary == "Belle rencontre."
        assert {entry.outcome for entry in seat.meeting.of_kind("question")} == {"newsletter"}
    minutes = seat.workspace.minutes_folder / f"{seat.meeting.id}.md"
    assert "Belle rencontre." in minutes.read_text(encoding="utf-8")


async def test_a_close_can_be_taken_back(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "c")
        await pilot.pause()
        await pilot.press("enter")
        assert seat.meeting.state == "closed"
        await pilot.press("u")
        assert seat.meeting.state == "adjourned"
