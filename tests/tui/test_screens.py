"""The screens as they are looked at: pictures with a fixed clock, at three sizes, in both languages."""

from __future__ import annotations

import datetime

import pytest
from tui.conftest import AGENDA, Clock, check_snapshot, looked_back, text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.documents.agenda_writer import write_agenda
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.half_typed import touch_alive
from facilitator.store.workspace import Workspace
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.cells import cell_len
from facilitator.tui.widgets.lines import Lines

pytestmark = [pytest.mark.asyncio, pytest.mark.painted]

SIZES = ((60, 20), (80, 24), (120, 40))
LANGUAGES = ("fr", "en")
SCENES = ("ready", "running", "overrun", "paused", "forty", "room", "closing")


def prepare(scene: str, seat: Session, clock: Clock) -> None:
    """Bring the meeting to the scene."""
    for name in ("Awa S.", "Karim B.", "Nora T."):
        seat.act(core.Attend(name))
    if scene == "ready":
        return
    clock.at += 14 * 60_000
    seat.act(core.Start())
    clock.forward(minutes=22)
    seat.act(core.Next())
    clock.forward(minutes=23)
    seat.act(core.Next())
    seat.act(core.Capture("question", Fields(text="Qui paie la licence Aidants Connect ?", by="Awa S.")))
    first = seat.meeting.find("question", 1)
    seat.act(core.Answer(first.id, "L'État, pour les structures habilitées."))
    seat.act(core.Capture("question", Fields(text="Prêt de matériel entre structures ?")))
    seat.act(core.Send(seat.meeting.find("question", 2).id, "newsletter"))
    long = "Comment faire quand la personne ne peut pas venir et que personne ne peut aller chez elle ?"
    seat.act(core.Capture("question", Fields(text=long, by="Nora T.", theme="droits")))
    seat.act(core.Capture("individual", Fields(text="Mme Durand ne lit pas")))
    seat.act(core.Capture("decision", Fields(text="Un mandat type pour tous")))
    seat.act(core.Capture("action", Fields(text="Écrire le modèle de mandat", owners=("Nora T.",))))
    seat.act(core.Capture("action", Fields(text="Réserver la salle")))
    seat.act(core.Capture("aside", Fields(text="Les imprimantes")))
    if scene == "forty":
        for number in range(37):
            seat.act(core.Capture("question", Fields(text=f"Question posée par la salle, numéro {number + 4}")))
    clock.forward(minutes=12, seconds=41)
    if scene == "overrun":
        clock.forward(minutes=15, seconds=31)
    if scene == "paused":
        seat.act(core.Pause())
        clock.forward(minutes=1, seconds=5)
    touch_alive(seat.folder, "somebody", clock.at)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
async def test_the_meeting_looks_as_kept(
    scene: str, size: tuple[int, int], language: str, seat: Session, clock: Clock
) -> None:
    prepare(scene, seat, clock)
    app = FacilitatorApp(translator(language), session=seat)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*{"room": ("v",), "closing": ("c",), "forty": ("up", "up", "up")}.get(scene, ()))
        await pilot.pause()
        shown = text_of(app)
        assert "Durand ne" not in shown
        assert all(cell_len(line) <= size[0] for line in shown.splitlines())
        check_snapshot(app, f"{scene}-{size[0]}x{size[1]}-{language}")


@pytest.mark.sampled(2)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_home_looks_as_kept(
    size: tuple[int, int],
    language: str,
    seat: Session,
    workspace: Workspace,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("facilitator.tui.screens.home.local_today", lambda _zone: datetime.date(2026, 11, 24))
    prepare("running", seat, clock)
    workspace.agendas_folder.mkdir()
    (workspace.agendas_folder / "decembre.yaml").write_text(write_agenda(AGENDA, language="fr"), encoding="utf-8")
    workspace.config_file.write_text("name: Réseau du Roannais\n", encoding="utf-8")
    app = FacilitatorApp(translator(language), workspace=workspace)
    async with app.run_test(size=size) as pilot:
        await looked_back(app)
        await pilot.pause()
        assert "Rencontre du réseau — Roannais" in text_of(app)
        check_snapshot(app, f"home-{size[0]}x{size[1]}-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_footer_of_the_meeting_holds_its_keys_at_eighty_columns(
    language: str, seat: Session, clock: Clock
) -> None:
    prepare("running", seat, clock)
    app = FacilitatorApp(translator(language), session=seat)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        footer = app.screen.query_one("#footer", Lines).text()
        assert [word for word in ("q", "b", "a", "d", "→", "h") if f" {word} " not in footer] == []


async def test_the_times_stay_when_the_title_is_long(seat: Session, clock: Clock) -> None:
    prepare("running", seat, clock)
    app = FacilitatorApp(translator("fr"), session=seat)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert "annoncée 12:00" in text_of(app).splitlines()[0]


async def test_without_colours_the_screen_says_the_same(
    seat: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    prepare("overrun", seat, clock)
    app = FacilitatorApp(translator("fr"), session=seat)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "dépassé" in text_of(app)


@pytest.mark.ci
async def test_help_minutes_people_replan_and_the_form_open_and_close(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    prepare("overrun", seat, clock)
    async with app.run_test() as pilot:
        for keys, words in (
            (("h",), "ce que font les touches"),
            (("m",), "Rencontre du réseau — Roannais"),
            (("p", "enter"), "Élodie P."),
            (("t",), "Recaler"),
            (("up", "e"), "champ suivant"),
        ):
            await pilot.press(*keys)
            for _ in range(100):  # the page of the minutes is made in a thread of its own
                await pilot.pause(0.02)
                if words in text_of(app):
                    break
            assert words in text_of(app), keys
            await pilot.press("escape")
            await pilot.pause(0.1)
        assert "Ensuite" in text_of(app)


@pytest.mark.ci
async def test_a_way_to_keep_the_promise_is_one_key_and_one_undo(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    prepare("overrun", seat, clock)
    before = [step.adjusted_s for step in seat.meeting.steps]
    async with app.run_test() as pilot:
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("1")
        await pilot.pause()
        assert [step.adjusted_s for step in seat.meeting.steps] != before
        await pilot.press("u")
        assert [step.adjusted_s for step in seat.meeting.steps] == before


@pytest.mark.ci
async def test_the_form_changes_what_was_caught_and_keeps_a_wrong_date_in_front_of_the_person(
    app: FacilitatorApp, seat: Session, clock: Clock
) -> None:
    prepare("running", seat, clock)
    async with app.run_test() as pilot:
        app.screen.list.choose(seat.meeting.find("action", 2).id, on_purpose=True)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("end", *" demain", "tab", "tab", *"3xx", "enter")
        assert "3xx" in text_of(app)
        await pilot.press(*["backspace"] * 3, *"2026-12-10", "enter")
        await pilot.pause()
        action = seat.meeting.find("action", 2)
        assert (action.text, action.due.isoformat()) == ("Réserver la salle demain", "2026-12-10")


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize("typed", ["9", "0", "xx", ""])
async def test_a_step_number_that_is_none_is_said_and_nothing_is_saved(
    app: FacilitatorApp, seat: Session, clock: Clock, typed: str
) -> None:
    prepare("running", seat, clock)
    async with app.run_test() as pilot:
        app.screen.list.choose(seat.meeting.find("action", 2).id, on_purpose=True)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press(*" demain", "shift+tab", "end", "backspace", *typed, "enter")
        await pilot.pause()
        assert "Il n’y a pas" in text_of(app)
        assert seat.meeting.find("action", 2).text == "Réserver la salle"


@pytest.mark.ci
async def test_what_the_form_changed_and_moved_is_one_undo(app: FacilitatorApp, seat: Session, clock: Clock) -> None:
    prepare("running", seat, clock)
    before = seat.meeting.find("action", 2)
    async with app.run_test() as pilot:
        app.screen.list.choose(seat.meeting.find("action", 2).id, on_purpose=True)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press(*" demain", "shift+tab", "end", "backspace", "4", "enter")
        await pilot.pause()
        action = seat.meeting.find("action", 2)
        assert (action.text, seat.meeting.number_of(action.step)) == ("Réserver la salle demain", 4)
        await pilot.press("u")
        assert seat.meeting.find("action", 2) == before


@pytest.mark.ci
async def test_a_speaking_round_goes_from_one_to_the_next(app: FacilitatorApp, seat: Session, clock: Clock) -> None:
    prepare("running", seat, clock)
    async with app.run_test() as pilot:
        await pilot.press("o", "backspace", "backspace", "2", "enter")
        await pilot.pause()
        assert seat.meeting.round.seconds == 120
        speaking = seat.meeting.round.speaking
        assert speaking in text_of(app)
        await pilot.press("o", "o")
        assert seat.meeting.round.speaking != speaking
