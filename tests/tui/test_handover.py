"""A step handed over: two keys and a name, a calm screen on which no letter is a command, and who led is remembered."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from tui.conftest import Clock, text_of

from facilitator.core import acts as core
from facilitator.core.public import public
from facilitator.meetings.session import Session
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.lead import LeadScreen
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.widgets.bar import Bar

pytestmark = pytest.mark.asyncio


async def handed(app: FacilitatorApp, pilot: Pilot[int], name: str = "nora") -> None:
    await pilot.press("y", *name, "enter")
    await pilot.pause()
    assert isinstance(app.screen, LeadScreen)


async def test_one_key_and_a_name_hand_the_step_over_and_escape_takes_it_back(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await handed(app, pilot)
        assert (seat.meeting.current.lead, seat.meeting.current.handed) == ("Nora T.", True)
        clock.forward(minutes=5)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        assert not seat.meeting.current.handed
        assert public(seat.meeting).steps[0].led == ("Nora T.",)


@pytest.mark.ci
async def test_whom_the_agenda_names_is_proposed(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await pilot.press("y", "enter")
        await pilot.pause()
        assert isinstance(app.screen, LeadScreen)
        assert (seat.meeting.current.lead, seat.meeting.current.handed) == ("Karim B.", True)


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36), (200, 50)])
async def test_the_screen_shows_the_step_its_clock_what_comes_next_and_two_keys(
    size: tuple[int, int], app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    seat.act(core.Start())
    async with app.run_test(size=size) as pilot:
        await handed(app, pilot)
        clock.forward(minutes=7)
        app.screen.paint()
        await pilot.pause()
        shown = text_of(app)
        for words in ("Nora T.", "Accueil et visite", "reste 13:00", "Ensuite : Actualités", "espace", "Échap", "██"):
            assert words in shown.replace("\u00a0", " "), words


@pytest.mark.ci
async def test_nothing_typed_there_becomes_a_command(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await handed(app, pilot)
        await pilot.press(*"demain on remet", "enter", *"quand on aide", "enter", *"hv", "enter")
        await pilot.pause()
        assert [note.text for note in seat.meeting.of_kind("note")] == ["demain on remet", "quand on aide", "hv"]
        assert "✓ Noté" in text_of(app)
        assert (seat.meeting.state, seat.meeting.current.handed) == ("running", True)
        assert isinstance(app.screen, LeadScreen)


@pytest.mark.ci
async def test_a_capture_typed_there_is_a_capture(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await handed(app, pilot)
        assert "! décision" in text_of(app) and "F1 aide" in text_of(app)
        await pilot.press("exclamation_mark", *"le lien", "enter", "escape")
        await pilot.press(
            "greater_than_sign", *"Écrire @karim", "enter", "escape", "question_mark", *"Qui paie", "enter"
        )
        await pilot.pause()
        assert [(one.kind, one.text) for one in seat.meeting.entries.values() if one.kind != "news"] == [
            ("decision", "le lien"),
            ("action", "Écrire"),
            ("question", "Qui paie"),
        ]
        assert seat.meeting.find("action", 1).owners == ("Karim B.",)
        seat.act(core.StartAnswer(seat.meeting.find("question", 1).id))
        app.screen.paint()
        await pilot.pause()
        assert "On répond à Q1 : reste 3:00" in text_of(app).replace("\u00a0", " ")
        assert (seat.meeting.state, seat.meeting.current.handed) == ("running", True)


@pytest.mark.ci
async def test_space_pauses_also_while_the_line_is_empty(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await handed(app, pilot)
        await pilot.press("space")
        assert seat.meeting.state == "paused"
        await pilot.press(*"Un", "enter", "space")
        assert seat.meeting.state == "running"


@pytest.mark.ci
async def test_what_was_left_is_taken_up_whole_and_no_letter_is_glued_to_it(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await handed(app, pilot)
        await pilot.press(*"Rester", "escape", *"quoi", "enter", "escape", "enter")
        assert app.screen.query_one(Bar).text == "Rester"
        assert [note.text for note in seat.meeting.of_kind("note")] == ["quoi"]


@pytest.mark.ci
async def test_the_clock_of_whoever_leads_keeps_its_size(app: FacilitatorApp, seat: Session, clock: Clock) -> None:
    from facilitator.tui.widgets.clock import BigClock

    seat.act(core.Start())
    async with app.run_test() as pilot:
        await handed(app, pilot)
        scales = set()
        for minutes in (9, 2, 8, 3, 20):  # 11:00 left, 9:00, 1:00, +2:00, +22:00
            clock.forward(minutes=minutes)
            app.screen.paint()
            await pilot.pause()
            scales.add(app.screen.query_one(BigClock).scale)
        assert len(scales) == 1
