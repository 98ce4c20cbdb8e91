"""The palette of commands: fast or slow, in any window, it runs what was meant, once, and nothing else."""

from __future__ import annotations

import inspect

import pytest
from tui.conftest import Clock, at_once, text_of
from tui.test_any_size import resized

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.core.text import fold_case
from facilitator.meetings.session import Session
from facilitator.tui import registry
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.cells import cell_len
from facilitator.tui.gestures import entries, time, views
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.palette import found
from facilitator.tui.widgets.bar import Bar

pytestmark = [pytest.mark.asyncio, pytest.mark.painted]


@pytest.mark.ci
async def test_a_word_and_enter_more_than_once_brings_nothing_down(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test():
        for word in ("note", "suivant", "zzz", ""):
            for enters in (2, 4):
                await at_once(app, "ctrl+p", *word, *["enter"] * enters)
                await at_once(app, "escape", "escape", "escape")
                assert isinstance(app.screen, MeetingScreen)
                assert len(app.screen_stack) == 1


async def test_enter_pressed_twice_goes_one_step_only(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test():
        await at_once(app, "ctrl+p", *"suivant", "enter", "enter", "enter")
        assert seat.meeting.number_of(seat.meeting.spot.step) == 2


@pytest.mark.ci
async def test_what_is_typed_after_the_enter_goes_where_the_command_leads(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test():
        await at_once(app, "ctrl+p", *"décision", "enter", *"Une charte", "enter")
        assert seat.meeting.find("decision", 1).text == "Une charte"


@pytest.mark.ci
async def test_what_is_typed_in_the_palette_never_becomes_a_key(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test():
        await at_once(app, "ctrl+p", *"passer cq", "right", "space", "enter")
        assert seat.meeting.state == "running"
        assert seat.meeting.number_of(seat.meeting.spot.step) == 1


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_no_command_acts_on_the_meeting_unless_its_own_words_match(language: str, seat: Session) -> None:
    from facilitator.i18n import translator

    tr = translator(language)
    for command in registry.GESTURES:
        for word in tr(command.help).replace(",", " ").replace(":", " ").split():
            for other in found(tr, registry.GESTURES, word):
                own = any(part.startswith(fold_case(word)) for part in fold_case(tr(other.label)).split())
                assert own or other.opens
    assert "next" not in [command.id for command in found(tr, registry.GESTURES, "passer")]


@pytest.mark.ci
async def test_a_search_of_nothing_lists_all_and_enter_runs_the_chosen_one(app: FacilitatorApp, seat: Session) -> None:
    seat.act(core.Start())
    async with app.run_test():
        await at_once(app, "ctrl+p", "down", "down", "up", "enter")
        bar = app.screen.query_one(Bar)
        assert bar.is_open
        assert bar.kind == "need"


@pytest.mark.ci
async def test_a_command_without_match_says_so_and_enter_stays(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test():
        await at_once(app, "ctrl+p", *"zzz", "enter")
        assert "Aucune commande" in text_of(app)


@pytest.mark.ci
async def test_the_palette_opens_in_any_window(app: FacilitatorApp) -> None:
    async with app.run_test(size=(4, 6)) as pilot:
        for size in ((4, 6), (5, 10), (6, 24), (1, 1), (2, 1), (11, 3), (500, 200)):
            await resized(app, pilot, size)
            await at_once(app, "ctrl+p", *"note", "down")
            assert all(cell_len(line) <= size[0] for line in text_of(app).splitlines())
            await at_once(app, "escape")
            assert isinstance(app.screen, MeetingScreen)


@pytest.mark.ci
async def test_what_was_half_typed_below_the_palette_is_kept(app: FacilitatorApp, seat: Session) -> None:
    from facilitator.store.half_typed import load_texts

    seat.act(core.Start())
    async with app.run_test():
        await at_once(app, "q", *"Faut-il", "ctrl+p", *"no")
        app.keep_texts()
        assert [draft.text for draft in load_texts(seat.folder)] == ["Faut-il"]
        await at_once(app, "escape", *" un mandat", "enter")
        assert seat.meeting.find("question", 1).text == "Faut-il un mandat"


@pytest.mark.ci
async def test_the_sentence_begun_at_the_end_does_not_push_out_what_is_half_typed(
    app: FacilitatorApp, seat: Session
) -> None:
    from facilitator.store.half_typed import load_texts

    seat.act(core.Start())
    async with app.run_test():
        await at_once(app, "q", *"Faut-il", "ctrl+p", *"terminer", "enter", "r", *"Belle rencontre")
        app.keep_texts()
        assert {draft.text for draft in load_texts(seat.folder)} == {"Faut-il", "Belle rencontre"}


@pytest.mark.ci
async def test_the_palette_acts_on_the_entry_that_was_chosen(app: FacilitatorApp, seat: Session, clock: Clock) -> None:
    seat.act(core.Start())
    seat.act(core.Capture("action", Fields(text="Écrire")))
    async with app.run_test():
        await at_once(app, "up", "ctrl+p", *"fait", "enter")
        assert seat.meeting.find("action", 1).done


async def test_every_gesture_is_on_a_key_or_in_the_palette() -> None:
    listed = {gesture.do for gesture in registry.GESTURES}
    made = [one for module in (entries, time, views) for one in vars(module).values() if inspect.isfunction(one)]
    gestures = {one for one in made if one.__name__[0] != "_" and list(inspect.signature(one).parameters) == ["screen"]}
    assert gestures - listed == set()
    assert "go_on" in {one.__name__ for one in gestures}
