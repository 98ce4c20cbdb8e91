"""One `Input` and nothing else: how soon Textual itself answers a key. It does not blink, so as not to be slowed."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input


class Line(App[None]):
    """A line to type in."""

    def compose(self) -> ComposeResult:
        line = Input(placeholder="(ready)")
        line.cursor_blink = False
        yield line


Line().run(mouse=False)
