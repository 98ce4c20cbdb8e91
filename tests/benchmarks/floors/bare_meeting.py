"""The meeting screen without a meeting: as many widgets of the same kinds, the same rules of style, rows that stand still.

Called with the path of the style sheet, and the text that the last row shows.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.containers import Container, Horizontal, Vertical
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

SHEET, READY = sys.argv[1:]
STYLES = ("dim", "strong", "accent", "good", "warn", "alert", "selected", "key", "reverse")
FIGURES = ("######", "##  ##", "##  ##", "##  ##", "######")


class Rows(Widget):
    """Rows of text in three styles."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"rows--{name}" for name in STYLES}
    DEFAULT_CSS = """
    Rows { height: 1fr; width: 1fr; }
    Rows > .rows--dim { color: $text-muted; }
    Rows > .rows--strong { text-style: bold; }
    Rows > .rows--accent { color: $accent; text-style: bold; }
    Rows > .rows--good { color: $text-success; }
    Rows > .rows--warn { color: $text-warning; text-style: bold; }
    Rows > .rows--alert { color: $text-error; text-style: bold; }
    Rows > .rows--selected { background: $primary-muted; color: $text; }
    Rows > .rows--key { color: $accent; text-style: bold; }
    Rows > .rows--reverse { text-style: reverse bold; }
    """

    def __init__(self, text: str, id: str) -> None:
        super().__init__(id=id)
        self._text = text

    def render_line(self, y: int) -> Strip:
        base = self.rich_style
        dim, accent = (self.get_component_rich_style(f"rows--{name}", partial=True) for name in ("dim", "accent"))
        spans = ((f" {y:>3} ", base + accent), (self._text, base), (" Nora T.", base + dim))
        segments = [Segment(text, style) for text, style in spans]
        return Strip(segments).adjust_cell_length(self.size.width, base)


class Figure(Widget):
    """One figure of the clock."""

    DEFAULT_CSS = "Figure { width: 6; height: 5; margin: 0 1 0 0; }"

    def render_line(self, y: int) -> Strip:
        row = FIGURES[y].replace("#", "█") if y < len(FIGURES) else ""
        return Strip([Segment(row, self.rich_style)], len(row)).adjust_cell_length(self.size.width, self.rich_style)


class MeetingScreen(Screen[None]):
    """The same places as on the meeting screen."""

    DEFAULT_CLASSES = "-strip -counts -hints"
    AUTO_FOCUS = ""
    CSS = """
    #big { width: auto; height: auto; }
    #big.-amber Figure { color: $text-warning; }
    #big.-red Figure { color: $text-error; }
    #big.-over Figure { color: $text-error; }
    #bar { height: 1; display: none; background: $panel; }
    #bar.-open { display: block; }
    #bar > Rows { width: auto; height: 1; background: $panel; }
    #bar > Input { width: 1fr; background: $panel; }
    #bar > Input:focus { background: $panel; background-tint: $panel 0%; }
    """
    CSS_PATH = SHEET

    def compose(self) -> ComposeResult:
        text = "Comment faire pour la licence ?"
        yield Rows("Rencontre du réseau", "header")
        with Horizontal(id="body"):
            yield Rows("Accueil", "agenda")
            with Vertical(id="right"):
                yield Rows("Accueil", "strip")
                with Horizontal(id="step"):
                    yield Rows("━━━", "progress")
                    yield Rows("reste", "step-clock")
                with Container(id="clock"):
                    with Horizontal(id="big"):
                        yield from self._figures()
                    yield Rows("reste", "beside")
                with Horizontal(id="lower"):
                    yield Rows(text, "list")
                    yield Rows(text, "side")
                yield Rows("Questions", "counts")
        yield Rows("", "message")
        with Horizontal(id="bar"):
            yield Rows("question", "bar-label")
            line = Input(compact=True)
            line.cursor_blink = False
            yield line
            yield Rows("", "bar-hint")
        yield Rows("", "understood")
        yield Rows(READY, "footer")

    def _figures(self) -> Sequence[Figure]:
        return [Figure() for _ in range(5)]


class Bare(App[None]):
    """Nothing but the screen."""

    def get_default_screen(self) -> Screen[None]:
        return MeetingScreen()


Bare().run(mouse=False)
