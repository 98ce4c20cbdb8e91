"""The minutes as they stand, rendered. The page takes a moment: it is made beside the loop, and the screen is there at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from facilitator.i18n import translator
from facilitator.tui import footer
from facilitator.tui.beside import Beside
from facilitator.tui.cells import left, measurable
from facilitator.tui.screens.ordered import OrderedScreen, stands
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from textual.widgets import Markdown

    from facilitator.core.meeting import Meeting
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
        self._made = False

    def compose(self) -> ComposeResult:
        """Title, document, keys."""
        yield Lines(self._title, classes="minutes-title")
        yield VerticalScroll()
        yield Lines(self._footer, classes="minutes-footer")

    def on_mount(self) -> None:
        """Have the page made."""
        meeting = self.desk.meeting
        making: Beside[Markdown] = Beside(self.app)
        self.call_after_refresh(lambda: making.do(lambda: self._page(meeting), self._show))

    def _page(self, meeting: Meeting) -> Markdown:
        from textual.widgets import Markdown

        return Markdown(self.text(meeting), open_links=False)

    def _show(self, page: Markdown | Exception) -> None:
        if isinstance(page, Exception):
            self.desk.broke(page)
            self.dismiss()
        elif stands(self):
            self._made = True
            self.query_one(VerticalScroll).mount(page)
            self.query_one(".minutes-title", Lines).show()

    def text(self, meeting: Meeting) -> str:
        """The Markdown without its front matter and without the anchors, which are for files."""
        from facilitator.core.public import public
        from facilitator.core.setup import newsletter_month
        from facilitator.documents.minutes.of_meeting import minutes_of
        from facilitator.documents.minutes.writer import write_minutes

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
        said = self.tr("Minutes · draft") if draft else self.tr("Minutes")
        return [
            [(left(f" {said}" if self._made else f" {said} · {self.tr('the page is being made…')}", width), "strong")]
        ]

    def _footer(self, width: int, _height: int) -> list[Row]:
        return [footer.keys_row([("↑↓", self.tr("scroll")), ("h", self.tr("help")), *self._back()], width)]


def shown_markdown(text: str) -> str:
    """A document without its front matter and without the anchors, which are for files."""
    body = text.split("\n---\n", 1)[-1] if text.startswith("---\n") else text
    return measurable(re.sub(r'<a id="[^"]*"(?: name="[^"]*")?></a>', "", body))
