"""The sheet of re-planning: the plan before and after, the line below which nothing fits, what an undo says."""

from __future__ import annotations

import re

import pytest
from tui.conftest import Clock, text_of

from facilitator.core import acts as core
from facilitator.meetings.session import Session
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.meeting import MeetingScreen

pytestmark = pytest.mark.asyncio


def late(seat: Session, clock: Clock) -> None:
    """Ten twenty-eight in the welcome: the end is 13 minutes after the one announced."""
    seat.act(core.Start())
    clock.forward(minutes=68)
    seat.watch()  # nobody looked: that is noted before the sheet opens


def shown(app: FacilitatorApp) -> str:
    return re.sub(r" +", " ", text_of(app).replace("\u00a0", " "))


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(80, 24), (60, 18), (120, 36), (200, 50)])
async def test_the_lengths_before_and_after_stand_side_by_side(
    size: tuple[int, int], app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    late(seat, clock)
    async with app.run_test(size=size) as pilot:
        await pilot.press("t")
        await pilot.pause()
        told = shown(app)
        assert "avant après" in told
        assert re.search(r"Actualités 20 min 1\d min", told)


@pytest.mark.ci
async def test_by_hand_the_line_below_which_nothing_fits_is_drawn(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    late(seat, clock)
    clock.forward(minutes=5)
    async with app.run_test() as pilot:
        await pilot.press("t", *["down"] * 4)
        await pilot.pause()
        rows = text_of(app).splitlines()
        limit = next(place for place, row in enumerate(rows) if "à cette allure" in row)
        assert "Accompagner" in rows[limit + 1] and "12:00" in rows[limit]


@pytest.mark.ci
async def test_what_was_said_of_a_pause_does_not_stand_on_the_sheet(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    late(seat, clock)
    async with app.run_test() as pilot:
        await pilot.press("space", "space")
        assert "la rencontre reprend" in text_of(app)
        await pilot.press("t")
        await pilot.pause()
        assert "la rencontre reprend" not in text_of(app)


@pytest.mark.ci
async def test_an_undone_replan_says_what_it_took_back_with_a_minus(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    late(seat, clock)
    async with app.run_test() as pilot:
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        await pilot.press("u")
        await pilot.pause()
        told = text_of(app).replace("\u00a0", " ")
        assert re.search(r"\u2212\d+ min", told) and not re.search(r"-\d", told)
