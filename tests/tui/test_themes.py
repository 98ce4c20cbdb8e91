"""The colours are chosen by one key, kept for the user, and nothing that is wrong with them keeps a meeting from being led."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tui.conftest import at_once, text_of

from facilitator.documents.theme import OwnColours
from facilitator.i18n import translator
from facilitator.meetings.session import Session
from facilitator.store.preferences import config_folder
from facilitator.store.workspace import Workspace
from facilitator.tui import themes
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.meeting import MeetingScreen
from facilitator.tui.screens.themes import NAMES, Swatches, ThemesScreen
from facilitator.tui.themes import COLOURS, Colours
from facilitator.tui.widgets.lines import Lines

pytestmark = pytest.mark.asyncio


def chosen(name: str) -> None:
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "theme").write_text(name, encoding="utf-8")


def own(text: str) -> Path:
    config_folder().mkdir(parents=True, exist_ok=True)
    (config_folder() / "theme.yaml").write_text(text, encoding="utf-8")
    return config_folder() / "theme.yaml"


@pytest.mark.ci
async def test_one_key_shows_the_themes_and_enter_keeps_one_for_the_user(app: FacilitatorApp, seat: Session) -> None:
    async with app.run_test():
        assert app.theme == "night"
        await at_once(app, "f2")
        assert isinstance(app.screen, ThemesScreen) and "Jour" in text_of(app)
        await at_once(app, "down", "enter")
        assert isinstance(app.screen, MeetingScreen) and app.theme == "day"
        assert app.theme_variables["background"].lower() == COLOURS["day"].background
    again = FacilitatorApp(translator("fr"), session=seat)
    assert again.theme == "day"
    kept = [path.name for path in config_folder().iterdir()]
    assert kept == ["theme"] and not list(seat.workspace.root.rglob("theme*"))


async def test_escape_leaves_the_colours_as_they_were(app: FacilitatorApp) -> None:
    async with app.run_test():
        await at_once(app, "f2", "down", "down", "escape")
        assert app.theme == "night" and isinstance(app.screen, MeetingScreen)
        assert not config_folder().exists()


async def test_home_has_the_same_key(workspace: Workspace) -> None:
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test():
        await at_once(app, "f2", "down", "enter")
        assert app.theme == "day"


async def test_each_row_is_painted_in_its_own_colours(app: FacilitatorApp) -> None:
    async with app.run_test():
        await at_once(app, "f2", "down")
        strips = app.screen.query_one(Swatches)
        for place, name in enumerate(("night", "day", "contrast")):
            grounds = {segment.style.bgcolor.get_truecolor().hex for segment in strips.render_line(place * 3 + 1)}
            assert COLOURS[name].background in grounds


@pytest.mark.ci
@pytest.mark.sampled(2)
@pytest.mark.parametrize("wrong", ["pink", "", "x" * 500, "\x1b[31m"])
async def test_a_choice_that_cannot_be_understood_is_said_once_and_ignored(seat: Session, wrong: str) -> None:
    chosen(wrong)
    app = FacilitatorApp(translator("fr"), session=seat)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == "night"
        said = app.desk.message
        assert (said is None) == (not wrong) and "\x1b" not in (said.text if said else "")
        await at_once(app, "escape", "f2", "escape")
        assert app.desk.message is said


async def test_a_choice_that_cannot_be_read_is_said_and_ignored(workspace: Workspace) -> None:
    (config_folder() / "theme").mkdir(parents=True)
    app = FacilitatorApp(translator("fr"), workspace=workspace)
    async with app.run_test(size=(200, 24)) as pilot:
        await pilot.pause()
        assert app.theme == "night" and str(config_folder() / "theme") in text_of(app)


async def test_a_pipe_in_the_place_of_the_choice_holds_nothing_up(workspace: Workspace) -> None:
    config_folder().mkdir(parents=True)
    os.mkfifo(config_folder() / "theme")
    assert FacilitatorApp(translator("fr"), workspace=workspace).theme == "night"


@pytest.mark.ci
async def test_ones_own_colours_are_one_more_row_and_begin_from_a_theme(app: FacilitatorApp) -> None:
    own('name: Salle du fond\nbegins: day\namber: "#5e3200"\n')
    async with app.run_test():
        await at_once(app, "f2")
        assert "Salle du fond" in text_of(app)
        await at_once(app, *["down"] * 4, "enter")
        assert app.theme == themes.OWN
        assert app.theme_variables["amber"] == "#5e3200"
        assert app.theme_variables["panel"].lower() == COLOURS["day"].panel
    assert FacilitatorApp(translator("fr"), session=app.desk.session).theme == themes.OWN


@pytest.mark.ci
@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("amber: #ffb454\n", ":1:7: "),
        ('amber: "#ffb454"\nover: "red"\n', ":2:7: "),
        ('ambre: "#ffb454"\n', ":1:1: "),
        ("- night\n", ":1:1: "),
    ],
)
async def test_what_is_wrong_with_ones_own_colours_is_said_with_its_place(seat: Session, text: str, place: str) -> None:
    path = own(text)
    chosen("own")
    app = FacilitatorApp(translator("fr"), session=seat)
    async with app.run_test(size=(200, 24)) as pilot:
        await pilot.pause()
        assert app.theme == "night"
        assert app.desk.message is not None and f"{path}{place}" in app.desk.message.text
        await at_once(app, "f2")
        assert place in text_of(app) and "Salle" not in text_of(app)
        await at_once(app, "down", "enter")
        assert app.theme == "day"


@pytest.mark.ci
async def test_a_choice_that_cannot_be_kept_is_said_and_worn_for_now(app: FacilitatorApp, tmp_path: Path) -> None:
    (tmp_path / "config").write_text("", encoding="utf-8")
    async with app.run_test(size=(200, 24)):
        await at_once(app, "f2", "down", "enter")
        assert app.theme == "day" and str(tmp_path / "config") in text_of(app)


@pytest.mark.ci
async def test_without_colours_what_stands_out_is_turned_round(seat: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = FacilitatorApp(translator("fr"), session=seat)
    async with app.run_test():
        lines = app.screen.query_one("#list", Lines)
        lines.follow(lambda *_: [[("fini", "alert"), ("choisi", "selected")]])
        strip = lines.render_line(0)
        for line_filter in lines.get_line_filters():
            strip = strip.apply_filter(line_filter, lines.background_colors[1])
        shown = {segment.text: segment.style for segment in strip if segment.text.strip()}
        assert shown["fini"].reverse and shown["choisi"].reverse
        assert all(style.color is None or style.color.is_default for style in shown.values())
        await at_once(app, "f2", "down", "enter")
        assert app.theme == "terminal"


async def test_a_terminal_of_sixteen_colours_keeps_its_own_until_others_are_chosen(
    seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLORTERM")
    monkeypatch.setenv("TERM", "xterm")
    assert FacilitatorApp(translator("fr"), session=seat).theme == "terminal"
    chosen("day")
    assert FacilitatorApp(translator("fr"), session=seat).theme == "day"


async def test_every_theme_has_a_name_and_ones_own_may_set_every_colour() -> None:
    assert set(NAMES) == set(COLOURS)
    singles = {name for name in Colours.__struct_fields__ if not name.endswith("_back")}
    assert set(OwnColours.__struct_fields__) == singles | {"name", "begins"}
