"""What whole meetings that were led on the screens had shown to be wrong."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tui.conftest import AGENDA, NETWORK, Clock, text_of

from facilitator.core import acts as core
from facilitator.core.agenda import Step
from facilitator.core.said import Fields
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.workspace import Workspace
from facilitator.tui import registry
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.palette import found

pytestmark = pytest.mark.asyncio


@pytest.mark.ci
async def test_what_is_typed_in_the_prompt_of_a_round_takes_the_place_of_what_is_proposed(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    seat.act(core.Attend("Awa S."))
    async with app.run_test() as pilot:
        await pilot.press("o", "3", "enter")
        assert seat.meeting.round is not None and seat.meeting.round.seconds == 180


@pytest.mark.parametrize("words", ["passer", "passe", "pass"])
async def test_no_word_for_something_else_finds_the_next_step(words: str) -> None:
    assert "next" not in [gesture.id for gesture in found(translator("fr"), registry.GESTURES, words)]


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_leaving_an_adjourned_meeting_does_not_say_that_it_goes_on(seat: Session, language: str) -> None:
    seat.act(core.Start())
    app = FacilitatorApp(translator(language), session=seat)
    async with app.run_test() as pilot:
        goes_on = app.farewell()
        seat.act(core.Adjourn())
        await pilot.press("ctrl+q")
        assert app.farewell() != goes_on and "facilitator run" in app.farewell()
        assert {"fr": "terminée", "en": "adjourned"}[language] in app.farewell()


async def test_someones_own_need_is_not_counted_beside_those_of_all(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("individual", Fields(text="Fin de contrat")))
    async with app.run_test(size=(120, 36)):
        panel = next(line for line in text_of(app).splitlines() if "On cherche" in line)
        assert "·" not in panel.partition("On cherche")[2]


@pytest.mark.parametrize(("late_min", "told"), [(30, True), (9 * 60, False), (-4 * 60, False)])
async def test_a_meeting_held_far_from_its_time_is_neither_late_nor_ahead(
    app: FacilitatorApp, seat: Session, clock: Clock, late_min: int, told: bool
) -> None:
    clock.forward(minutes=10 + late_min)
    seat.act(core.Start())
    async with app.run_test(size=(120, 36)):
        header = text_of(app).splitlines()[0]
        assert ("annoncée" in header) == told


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 36)])
async def test_the_countdown_is_on_the_page_before_the_start_in_any_window(
    app: FacilitatorApp, clock: Clock, size: tuple[int, int]
) -> None:
    clock.forward(minutes=110)  # a hundred minutes late: the longest figures
    async with app.run_test(size=size):
        shown = text_of(app)
        assert "██" in shown or "+1:40:00" in shown


@pytest.mark.ci
async def test_a_break_that_is_over_says_that_we_go_on(workspace: Workspace, seat: Session, clock: Clock) -> None:
    agenda = replace(AGENDA, slug="pause", steps=(Step(kind="break", duration=300), *AGENDA.steps))
    session = Session.prepare(workspace, agenda, NETWORK, zone="Europe/Paris", language="fr", terminal=True)
    session.act(core.Start())
    app = FacilitatorApp(translator("fr"), session=session)
    async with app.run_test(size=(80, 24)) as pilot:
        clock.forward(minutes=4.9)
        app.screen.paint()
        assert "conclure" not in text_of(app)
        clock.forward(minutes=2)
        await pilot.press("v")
        await pilot.pause()
        assert "On reprend" in text_of(app) and "On conclut" not in text_of(app)
    session.leave()
    assert seat is not session
