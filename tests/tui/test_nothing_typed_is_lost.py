"""What is typed and not entered is kept, each text for what it was to become, whatever is done next."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from tui.conftest import Clock, text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.core.text import MAX_TEXT
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.half_typed import KeptText, load_texts, save_texts
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.closing import ClosingScreen
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.widgets.bar import Bar

pytestmark = pytest.mark.asyncio


def bar(app: FacilitatorApp) -> Bar:
    return app.screen.query_one(Bar)


def kept(app: FacilitatorApp, seat: Session) -> set[tuple[str, str]]:
    app.keep_texts()
    return {(kept.kind, kept.text) for kept in load_texts(seat.folder)}


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("other", ["find", "attend", "decision", "individual", "round", "handover", "send"])
async def test_another_bar_opened_over_a_text_keeps_it(app: FacilitatorApp, seat: Session, other: str) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("question", Fields(text="Une")))
    async with app.run_test() as pilot:
        await pilot.press("q", *"Mme Durand")
        app.screen.action_run(other)
        await pilot.pause()
        assert "Mme Durand" not in bar(app).text
        assert ("question", "Mme Durand") in kept(app, seat)
        await pilot.press("escape", "q")
        assert bar(app).text == "Mme Durand"


async def test_someones_own_need_is_not_laid_open_by_another_bar(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "x", *"Mme Durand")
        app.screen.action_run("question")
        await pilot.pause()
        assert bar(app).text == ""
        assert "Durand" not in text_of(app)


@pytest.mark.ci
async def test_texts_of_several_kinds_are_kept_side_by_side(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test() as pilot:
        await pilot.press("right", "q", *"Qui", "escape", "d", *"Oui", "escape", "n", *"Le")
        assert kept(app, seat) == {("question", "Qui"), ("decision", "Oui"), ("note", "Le")}
        await pilot.press(*" FSE", "enter", "escape", "q", "enter")
        assert kept(app, seat) == {("decision", "Oui")}
        await pilot.press("escape", "d", "enter")
        assert kept(app, seat) == set()
        assert [entry.text for entry in seat.meeting.of_kind("question", "decision", "note")] == [
            "Qui",
            "Oui",
            "Le FSE",
        ]


@pytest.mark.ci
async def test_answers_are_kept_for_their_questions(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    for text in ("Une", "Deux"):
        seat.act(core.Capture("question", Fields(text=text)))
    async with app.run_test() as pilot:
        await pilot.press("up", "r", *"deux", "escape", "up", "r")
        assert bar(app).text == ""
        await pilot.press(*"un", "enter", "down", "r", "enter")
        assert [question.answer for question in seat.meeting.of_kind("question")] == ["un", "deux"]


async def test_after_a_kill_every_text_is_there(app: FacilitatorApp, seat: Session, clock: Clock) -> None:
    seat.act(core.Start())
    texts = [KeptText("question", "Qui"), KeptText("decision", "Oui"), KeptText("summary", "Belle")]
    save_texts(seat.folder, "claire-roanne-999999999-abcdef", texts[0], texts[1:])
    save_texts(seat.folder, "claire-roanne-999999998-abcdef", KeptText("question", "Quand", at=1))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert not bar(app).is_open and "q le reprend" in text_of(app)
        await pilot.press("q")
        assert bar(app).text == "Qui"
        texts = {("question", "Qui"), ("question", "Quand"), ("decision", "Oui"), ("summary", "Belle")}
        assert kept(app, seat) == texts
        assert {kept.writer for kept in load_texts(seat.folder)} == {seat.writer}
        await pilot.press("enter", "escape", "q", "enter", "escape", "d", "enter", "escape", "c")
        assert [entry.text for entry in seat.meeting.of_kind("question", "decision")] == ["Qui", "Quand", "Oui"]
        assert "Belle" in text_of(app)


@pytest.mark.ci
async def test_what_is_typed_while_the_program_starts_stays_before_a_text_that_was_left(
    app: FacilitatorApp, seat: Session
) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await pilot.press("q", *"Qui")
        save_texts(seat.folder, "claire-roanne-999999999-abcdef", KeptText("question", "Faut-il"))
        app.screen.restore_texts()
        await pilot.pause()
        assert bar(app).text == "Qui"
        assert "q le reprend" in text_of(app)
        await pilot.press("enter", "escape", "q")
        assert bar(app).text == "Faut-il"


@pytest.mark.ci
async def test_an_answer_to_a_question_that_is_not_there_comes_back_masked(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    save_texts(seat.folder, "claire-roanne-999999999-abcdef", KeptText("answer", "Durand", entry="unknown"))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "Durand" not in text_of(app)
        await pilot.press("x")
        assert "Durand" not in text_of(app)
        await pilot.press("enter")
        assert seat.meeting.find("individual", 1).text == "Durand"


Step = Callable[[FacilitatorApp, Pilot[int]], Awaitable[None]]


async def adjourned(app: FacilitatorApp, pilot: Pilot[int]) -> None:
    await pilot.press("c")
    await pilot.pause()


@pytest.mark.ci
async def test_the_sentence_of_the_minutes_outlives_leaving_the_screen_undo_and_a_kill(
    app: FacilitatorApp, seat: Session, workspace: object
) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await adjourned(app, pilot)
        await pilot.press("r", *"Belle renc", "escape")
        await pilot.pause()
        assert "r le reprend" in text_of(app)
        await pilot.press("r", *"ontre.", "enter", "escape")
        await pilot.pause()
        await adjourned(app, pilot)
        assert "Belle rencontre." in text_of(app)
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, MeetingScreen)
        assert kept(app, seat) == {("summary", "Belle rencontre.")}
    seat.journal.close()
    again = type(seat).join(seat.workspace, seat.meeting.id, terminal=True)
    second = FacilitatorApp(translator("fr"), session=again)
    async with second.run_test() as pilot:
        await adjourned(second, pilot)
        assert "Belle rencontre." in text_of(second)
        await pilot.press("enter")
        assert again.meeting.summary == "Belle rencontre."
        assert kept(second, again) == set()
        await pilot.press("r", "z")
        assert not bar(second).is_open
    again.leave()


@pytest.mark.ci
async def test_a_sentence_being_typed_is_kept_while_it_is_typed(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        await adjourned(app, pilot)
        await pilot.press("r", *"Belle")
        assert kept(app, seat) == {("summary", "Belle")}


@pytest.mark.ci
async def test_an_owner_and_the_title_of_a_step_are_kept_too(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("action", Fields(text="Agir")))
    async with app.run_test() as pilot:
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("down", "down", "down", "down", "i", *"Bilan 5", "escape")
        assert "i le reprend" in text_of(app)
        await pilot.press("i", "enter")
        assert "Bilan" in [step.plan.title for step in seat.meeting.steps]
        await pilot.press("escape")
        await pilot.pause()
        await adjourned(app, pilot)
        assert isinstance(app.screen, ClosingScreen)
        await pilot.press("o", *"Nor", "escape")
        assert "o le reprend" in text_of(app)
        await pilot.press("o", *"a", "enter")
        assert seat.meeting.find("action", 1).owners == ("Nora T.",)


@pytest.mark.ci
async def test_a_note_left_by_whoever_leads_is_kept(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test() as pilot:
        app.screen.action_run("handover")
        await pilot.press(*"nora", "enter")
        await pilot.pause()
        await pilot.press(*"Deux", "escape", "escape")
        await pilot.pause()
        await pilot.press("n")
        assert bar(app).text == "Deux"


@pytest.mark.ci
async def test_a_text_kept_before_its_meeting_existed_is_kept_once(
    app: FacilitatorApp, seat: Session, tmp_path: Path
) -> None:
    async with app.run_test() as pilot:
        await pilot.press("q", *"Qui", "escape", "d", *"Oui")
        app.keep_texts()
        early = seat.texts_folder
        await pilot.press("enter")
        assert kept(app, seat) == {("question", "Qui")}
        assert load_texts(early) == []


@pytest.mark.ci
async def test_a_pasted_text_that_is_too_long_is_said_to_be_on_each_screen(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    ways = ("q", "escape y n o r a enter x", "escape escape c r")
    async with app.run_test() as pilot:
        for keys in ways:
            await pilot.press(*keys.split())
            await pilot.pause()
            assert bar(app).is_open
            app.desk.message = None
            bar(app).input.paste("x" * (MAX_TEXT + 1))
            await pilot.pause()
            assert app.desk.message is not None, app.screen
            assert "10001" in app.desk.message.text.replace(" ", "").replace("\u202f", "")
