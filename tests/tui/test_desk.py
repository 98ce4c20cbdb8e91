"""What is told: what could not be saved stays until something is, the fault of a screen is not that of an act."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable

import pytest
from tui.conftest import Clock, text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.journal import NotSaved
from facilitator.tui import view
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.desk import MESSAGE_S, Desk
from facilitator.tui.widgets.bar import Bar
from facilitator.tui.widgets.lines import Lines

pytestmark = [pytest.mark.asyncio, pytest.mark.painted]


def line(app: FacilitatorApp) -> str:
    return app.screen.query_one("#message", Lines).text().replace("\N{NO-BREAK SPACE}", " ")


def full_disk(monkeypatch: pytest.MonkeyPatch, seat: Session) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise NotSaved(os.strerror(errno.ENOSPC), seat.folder)

    monkeypatch.setattr(seat, "act", full)


@pytest.mark.ci
async def test_what_was_not_saved_is_said_until_something_is(
    app: FacilitatorApp, seat: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch, other: Callable[[], Session]
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        full_disk(monkeypatch, seat)
        await pilot.press("d", *"Oui", "enter")
        other().act(core.Capture("note", Fields(text="Une")))
        app.screen._look()
        await pilot.pause()
        assert "NON ENREGISTRÉ : le disque est plein" in line(app)
        await pilot.press("escape", "s")
        assert line(app).startswith(" NON ENREGISTRÉ")
        assert "Choisissez" in line(app)
        clock.forward(seconds=MESSAGE_S + 1)
        app.screen.paint()
        assert line(app).strip() == "NON ENREGISTRÉ : le disque est plein"
        monkeypatch.delattr(seat, "act")
        await pilot.press("d", "enter")
        assert "NON" not in line(app)


@pytest.mark.ci
async def test_escape_waves_away_what_was_not_saved(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        full_disk(monkeypatch, seat)
        await pilot.press("d", *"Oui", "enter", "escape")
        assert "NON ENREGISTRÉ" in line(app)
        await pilot.press("escape")
        assert "NON ENREGISTRÉ" not in line(app)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("broken", ["clocks", "header", "standing"])
async def test_what_is_saved_is_said_saved_whatever_cannot_be_painted(
    broken: str,
    app: FacilitatorApp,
    seat: Session,
    monkeypatch: pytest.MonkeyPatch,
    errors: list[BaseException],
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Qui")

        def fails(*_args: object, **_options: object) -> None:
            raise ZeroDivisionError

        with monkeypatch.context() as patch:
            patch.setattr(*((app.desk, "clocks") if broken == "clocks" else (view, broken)), fails)
            await pilot.press("enter")
            assert app.screen.query_one(Bar).text == ""
            assert "Q1" in app.desk.line.text
            await pilot.resize_terminal(60, 20)
            await pilot.press("enter", "escape")
            await pilot.pause()
            assert app.is_running
        app.screen.paint()
        await pilot.pause()
        assert "Qui" in text_of(app)
    assert [entry.text for entry in seat.meeting.of_kind("question")] == ["Qui"]
    assert {type(error) for error in errors} == {ZeroDivisionError}
    errors.clear()


@pytest.mark.ci
async def test_what_was_saved_late_is_told_as_long_as_what_was_saved_at_once(
    app: FacilitatorApp, seat: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        clock.forward(minutes=75)
        act = seat.act

        def late(command: core.Command) -> object:
            clock.forward(seconds=MESSAGE_S + 1)
            return act(command)

        monkeypatch.setattr(seat, "act", late)
        await pilot.press("plus")
        assert "✓" in line(app)


@pytest.mark.ci
async def test_what_another_screen_had_saved_is_told_on_the_meeting_screen(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right")
        clock.forward(minutes=75)
        app.screen.paint()
        await pilot.press("p", "enter")
        await pilot.pause()
        await pilot.press("l", "escape")
        await pilot.pause()
        assert "Awa S." in line(app)


@pytest.mark.ci
async def test_in_the_room_view_a_refusal_goes_after_a_while(app: FacilitatorApp, seat: Session, clock: Clock) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "v", "s")
        await pilot.pause()
        assert line(app).strip()
        clock.forward(seconds=MESSAGE_S + 1)
        app.screen.paint()
        assert line(app).strip() == ""


async def test_what_another_person_takes_back_is_named_and_nothing_private_of_it(
    seat: Session, other, clock: Clock
) -> None:
    seat.act(core.Start())
    karim, desk = other(), Desk(seat, translator("fr"))
    karim.act(core.Capture("decision", Fields(text="Une charte")))
    karim.act(core.Undo())
    karim.act(core.Redo())
    karim.act(core.Capture("individual", Fields(text="Un secret")))
    karim.act(core.Undo())
    told = []
    for act in seat.poll():
        desk.take_in([act])
        told.append(desk.message.text.replace("\u00a0", " "))
    assert told[1] == "karim a annulé : D1 « Une charte »" and told[2] == "karim a rétabli : D1 « Une charte »"
    assert told[4].startswith("karim a annulé : S1") and "secret" not in "".join(told)
