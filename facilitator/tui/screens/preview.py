"""What is about to go out, as whoever gets it will read it, with what deserves a look; Enter sends it, Escape sends nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from facilitator.core.text import normalise
from facilitator.tui.cells import measurable, wrap
from facilitator.tui.screens.sheet import Sheet
from facilitator.tui.widgets.lines import Row

if TYPE_CHECKING:
    from facilitator.i18n import Translator


class PreviewScreen(Sheet):
    """Rows of text; `looks` are the sentences of what deserves a look, first."""

    def __init__(self, tr: Translator, title: str, text: str, looks: Sequence[str], send: Callable[[], object]) -> None:
        super().__init__(tr)
        self.words = title
        self.text = measurable(normalise(text).text)
        self.looks = looks
        self.send = send

    def sheet_title(self) -> str:
        """Where it goes."""
        return self.words

    def sheet_rows(self, width: int) -> list[Row]:
        """What deserves a look, and the text."""
        rows: list[Row] = []
        if self.looks:
            rows.append([(" " + self.tr("Deserves a look").upper(), "warn")])
            rows += [[("   " + line, "")] for look in self.looks for line in wrap(look, width - 4)]
            rows.append([])
        for line in self.text.split("\n"):
            rows += [[(" " + part, "strong")] for part in wrap(line, width - 2)] or [[]]
        return rows

    def sheet_keys(self) -> list[tuple[str, str]]:
        """Send, or read on."""
        words = self.tr("send it as it stands") if self.looks else self.tr("send")
        return [(self.tr("Enter"), words), ("↑↓", self.tr("scroll"))]

    def leave_words(self) -> str:
        """Escape sends nothing."""
        return self.tr("send nothing")

    def pressed(self, key: str) -> bool:
        """Enter sends."""
        if key != "enter":
            return False
        self.dismiss()
        self.send()
        return True
