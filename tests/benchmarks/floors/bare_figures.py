"""The figures of a large clock that ticks each second, as Textual sends what one widget shows."""

from __future__ import annotations

import sys
import time

from textual.app import App, ComposeResult
from textual.widgets import Static

from facilitator.tui import figures

SCALE = int(sys.argv[1])


def clock() -> str:
    """The time as a countdown shows it, in solid blocks."""
    text = time.strftime("%M:%S")
    glyphs = [figures.glyph(character, SCALE) for character in text]
    return "\n".join((" " * SCALE).join(rows) for rows in zip(*glyphs, strict=True))


class Clock(App[None]):
    """Minutes and seconds."""

    CSS = "Static { width: auto; height: auto; }"

    def compose(self) -> ComposeResult:
        yield Static(clock(), markup=False)

    def on_mount(self) -> None:
        self.set_interval(1, lambda: self.query_one(Static).update(clock()))


Clock().run(mouse=False)
