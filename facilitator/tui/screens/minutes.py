"""The minutes as they stand, rendered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Markdown

from facilitator.core.public import public
from facilitator.core.setup import newsletter_month
from facilitator.documents.minutes.of_meeting import minutes_of
from facilitator.documents.minutes.writer import write_minutes
from facilitator.i18n import translator
from facilitator.tui import view
from facilitator.tui.cells import left, measurable
from facilitator.tui.screens.ordered import OrderedScreen
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from facilitator.tui.desk import Desk


class MinutesScreen(OrderedScreen):
    """A draft while the meeting lives."""

    CSS_PATH = "minutes.tcss"
    AUTO_FOCUS = "VerticalScroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,m,q", "back", "", show=False),
        Binding("h,f1", "help", "", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tr = desk.tr

    def compose(self) -> ComposeResult:
        """Title, document, keys."""
        yield Lines(self._title, classes="minutes-title")
        with VerticalScroll():
            yield Markdown(self.text(), open_links=False)
        yield Lines(self._footer, classes="minutes-footer")

    def text(self) -> str:
        """The Markdown without its front matter and without the anchors, which are for files."""
        meeting = self.desk.meeting
        words = translator(meeting.opened.language)
        shown = minutes_of(
            public(meeting),
            words,
            draft=meeting.state != "closed",
            now=self.desk.session.now().at,
            month=newsletter_month(meeting.opened.day),
        )
        return shown_markdown(write_minutes(shown))

    def action_back(self) -> None:
        """Back to the meeting."""
        self.dismiss()

    def action_help(self) -> None:
        """What the keys do."""
        from facilitator.tui.screens.help import HelpScreen, gestures_of

        self.app.push_screen(HelpScreen(self.tr, [("↑↓", self.tr("scroll")), *self._back()], gestures_of(self.app)))

    def _back(self) -> list[tuple[str, str]]:
        return [(f"{self.tr('Esc')} m q", self.tr("back"))]

    def _title(self, width: int, _height: int) -> list[Row]:
        draft = self.desk.meeting.state != "closed"
        return [[(left(" " + (self.tr("Minutes · draft") if draft else self.tr("Minutes")), width), "strong")]]

    def _footer(self, width: int, _height: int) -> list[Row]:
        return [view.keys_row([("↑↓", self.tr("scroll")), ("h", self.tr("help")), *self._back()], width)]


def shown_markdown(text: str) -> str:
    """A document without its front matter and without the anchors, which are for files."""
    body = text.split("\n---\n", 1)[-1] if text.startswith("---\n") else text
    return measurable(re.sub(r'<a id="[^"]*"(?: name="[^"]*")?></a>', "", body))
