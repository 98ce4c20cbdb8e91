"""The end: adjourn, complete, close."""

from __future__ import annotations

import datetime
import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tui.conftest import Clock, text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.meetings import publishing as publish
from facilitator.meetings.session import Session
from facilitator.store.journal import NotSaved
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.closing import ClosingScreen

pytestmark = pytest.mark.asyncio


async def test_c_stops_time_and_undo_gives_it_back(app: FacilitatorApp, seat: Session, clock: Clock) -> None:
    async with app.run_test() as pilot:
        await pilot.press("c")
        assert seat.meeting.state == "ready" and "n’a pas commencé" in text_of(app)
        clock.forward(minutes=5)
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
    app: FacilitatorApp, seat: Session, other: Callable[[], Session]
) -> None:
    async with app.run_test() as pilot:
        await pilot.press(
            "right", "q", *"Un", "enter", *"Deux", "enter", "escape", "a", *"Agir", "enter", "escape", "c"
        )
        await pilot.pause()
        await pilot.press("enter")
        assert seat.meeting.state == "adjourned"
        assert "Q1, Q2" in text_of(app) and "s en donne une" in text_of(app)
        karim = other()
        karim.act(core.Capture("note", Fields(text="Tiens")))
        app.desk.poll()
        assert "Q1, Q2" in app.desk.message.text and "Tiens" in app.desk.message.text
        assert app.screen.entry.number == 1 and app.screen.entry.kind == "question"
        await pilot.press("up")
        await pilot.press("home", "e", "escape")
        assert "reprend" not in text_of(app)  # nothing was typed
        app.screen.choose(0)
        await pilot.press("o", *"nora -> 20 janvier", "enter")
        assert seat.meeting.find("action", 1).owners == ("Nora T.",)
        assert seat.meeting.find("action", 1).due == datetime.date(2027, 1, 20)
        await pilot.press("t")
        assert "2 questions" in text_of(app) and "lettre" in app.desk.message.text
        await pilot.press("delete")
        assert "Suppr ne fait rien ici" in text_of(app)
        await pilot.press("up", "r", *"Belle rencontre.", "enter")
        assert "la phrase est gardée" in text_of(app)
        await pilot.press("enter")
        assert not app.screen.ids() and app.screen.first == 0
        assert seat.meeting.state == "closed"
        assert seat.meeting.summary == "Belle rencontre."
        assert {entry.outcome for entry in seat.meeting.of_kind("question")} == {"newsletter"}
    minutes = seat.workspace.minutes_folder / f"{seat.meeting.id}.md"
    assert "Belle rencontre." in minutes.read_text(encoding="utf-8")


@pytest.mark.ci
async def test_a_close_can_be_taken_back(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "c")
        await pilot.pause()
        await pilot.press("enter")
        assert seat.meeting.state == "closed"
        await pilot.press("u")
        assert seat.meeting.state == "closed" and "u encore" in text_of(app)
        await pilot.press("u")
        assert seat.meeting.state == "adjourned"


def full_disk(*_args: object, **_options: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.ci
async def test_c_on_a_closed_meeting_leads_back_to_where_it_is_reopened(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "c")
        await pilot.pause()
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, ClosingScreen)
        await pilot.press("c")
        await pilot.pause()
        assert isinstance(app.screen, ClosingScreen)
        await pilot.press("u", "u")
        assert seat.meeting.state == "adjourned"
        assert "rouverte" in text_of(app)


@pytest.mark.ci
async def test_a_document_that_could_not_be_written_is_written_at_the_next_enter(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes = seat.workspace.minutes_folder
    async with app.run_test() as pilot:
        await pilot.press("right", "c")
        await pilot.pause()
        with monkeypatch.context() as patch:
            patch.setattr(publish, "write_document", full_disk)
            await pilot.press("enter")
            assert seat.meeting.state == "closed"
            assert "un document n’a pas pu être écrit" in text_of(app)
        assert not list(minutes.glob("*.md"))
        assert "publier" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert [path.name for path in minutes.glob("*.md")] == [f"{seat.meeting.id}.md"]
        assert "publier" not in text_of(app)
        assert "n’a pas pu" not in text_of(app)


@pytest.mark.ci
async def test_after_a_second_close_a_document_that_failed_is_written_too(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "c")
        await pilot.pause()
        await pilot.press("enter", "u", "u", "r", *"Belle rencontre.", "enter")
        with monkeypatch.context() as patch:
            patch.setattr(publish, "write_document", full_disk)
            await pilot.press("enter")
        await pilot.press("enter")
    written = next(seat.workspace.minutes_folder.glob("*.md"))
    assert "Belle rencontre." in written.read_text(encoding="utf-8")


@pytest.mark.ci
async def test_what_could_not_be_sent_on_is_said_not_saved(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.act(core.Start())
    for text in ("Une", "Deux"):
        seat.act(core.Capture("question", Fields(text=text)))
    async with app.run_test() as pilot:
        await pilot.press("c")
        await pilot.pause()
        tried: list[object] = []

        def full(command: core.Command) -> None:
            tried.append(command)
            raise NotSaved(os.strerror(errno.ENOSPC), seat.folder)

        monkeypatch.setattr(seat, "act", full)
        await pilot.press("t")
        await pilot.pause()
        assert "NON ENREGISTRÉ" in text_of(app)
        assert "renvoyée" not in text_of(app)
        assert len(tried) == 1


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("failure", [NotSaved("no space left on device", Path("x")), OSError(errno.EIO, "x")])
async def test_a_reopening_that_fails_is_said(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "c")
        await pilot.pause()
        await pilot.press("enter")

        def fails(*_args: object, **_options: object) -> None:
            raise failure

        monkeypatch.setattr(publish, "reopen", fails)
        await pilot.press("u", "u")
        await pilot.pause()
        assert seat.meeting.state == "closed"
        assert "NON ENREGISTRÉ" in text_of(app)


@pytest.mark.ci
async def test_of_a_closed_meeting_nothing_is_changed(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("action", Fields(text="Agir")))
    async with app.run_test() as pilot:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("enter")
        for key in ("r", "o", "s", "t"):
            await pilot.press(key)
            assert not app.screen.bar.is_open
        assert seat.meeting.state == "closed"
