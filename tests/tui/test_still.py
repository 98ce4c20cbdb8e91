"""Rows are rendered again when they change, and look as Textual would paint them."""

from __future__ import annotations

from typing import Any

import pytest
from textual._styles_cache import StylesCache
from textual.css.stylesheet import Stylesheet
from textual.geometry import Region
from tui.conftest import text_of

from facilitator.core import acts as core
from facilitator.core.said import Fields
from facilitator.core.time import clocks
from facilitator.meetings.session import Session
from facilitator.tui import themes
from facilitator.tui.app import FacilitatorApp
from facilitator.tui.screens.replan import ReplanScreen
from facilitator.tui.widgets.lines import Lines
from facilitator.tui.widgets.still import Still

pytestmark = [pytest.mark.asyncio, pytest.mark.painted]


def assert_as_textual_paints(app: FacilitatorApp) -> None:
    """What is kept of every widget is what Textual's own way, with nothing kept, gives."""
    shown = [one for one in app.screen.query(Still) if one.display and one.size.area and not one.BLANK]
    assert len(shown) > 5
    for widget in shown:
        whole = Region(0, 0, *widget.outer_size)
        kept = widget.render_lines(whole)
        assert kept == StylesCache().render_widget(widget, whole), widget
        assert widget.render_lines(whole) is kept


@pytest.mark.ci
@pytest.mark.parametrize("size", [(80, 24), (140, 45)])
async def test_what_is_kept_is_what_textual_would_paint(
    app: FacilitatorApp, seat: Session, size: tuple[int, int]
) -> None:
    seat.act(core.Start())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert_as_textual_paints(app)
        await pilot.press("d", *"Une", "enter", "escape")
        await pilot.pause()
        assert "Une" in text_of(app)
        assert_as_textual_paints(app)
        for key in ("v", "v", "space", "h", "escape"):
            await pilot.press(key)
            await pilot.pause()
        assert_as_textual_paints(app)
        themes.put_on(app, "contrast", themes.CONTRAST)
        await pilot.pause()
        assert_as_textual_paints(app)
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert_as_textual_paints(app)


async def test_a_row_that_changes_is_the_only_one_rendered(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.act(core.Start())
    for text in ("Une", "Deux", "Trois"):
        seat.act(core.Capture("decision", Fields(text=text)))
    rendered: list[int] = []
    real = Lines.render_line
    async with app.run_test() as pilot:
        await pilot.pause()
        rows = [[("Une", "")], [("Deux", "")], [("Trois", "")]]
        lines = app.screen.query_one("#list", Lines)
        lines.follow(lambda _width, _height: rows)
        await pilot.pause()
        lines.render_lines(lines.size.region)
        monkeypatch.setattr(Lines, "render_line", lambda self, y: rendered.append(y) or real(self, y))
        rows[1] = [("Quatre", "")]
        assert lines.show()
        shown = lines.render_lines(lines.size.region)
        assert [row.text.strip() for row in shown[:3]] == ["Une", "Quatre", "Trois"]
        assert rendered == [1]


async def test_a_second_asks_the_clocks_once(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.act(core.Start())
    asked: list[int] = []
    real = clocks.clocks

    def counted(*of: Any) -> clocks.Clocks:
        asked.append(1)
        return real(*of)

    async with app.run_test() as pilot:
        await pilot.pause()
        for module in ("tui.desk", "core.time.warnings", "core.time.clocks"):
            monkeypatch.setattr(f"facilitator.{module}.clocks", counted)
        app.screen._tick_paint()
        assert len(asked) == 1


async def test_the_style_sheets_are_parsed_once_before_the_first_frame(
    app: FacilitatorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[Stylesheet] = []
    monkeypatch.setattr(Stylesheet, "reparse", again.append)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.theme == "night" and app.theme_variables["background"].lower() == themes.NIGHT.background
        assert again == []


@pytest.mark.ci
async def test_a_sheet_makes_its_rows_once_for_each_time_it_is_painted(
    app: FacilitatorApp, seat: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    seat.act(core.Start())
    made: list[int] = []
    real = ReplanScreen.placed_rows
    async with app.run_test() as pilot:
        await pilot.press("t")
        await pilot.pause()
        monkeypatch.setattr(ReplanScreen, "placed_rows", lambda self, width: made.append(width) or real(self, width))
        app.screen._paint()
        assert len(made) == 1
