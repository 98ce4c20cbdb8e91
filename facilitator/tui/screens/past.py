"""The minutes of a past meeting, to be read; the way to their entries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from facilitator.core.text import normalise, one_line
from facilitator.meetings.faults import system_text
from facilitator.store.documents import MAX_DOCUMENT
from facilitator.store.door import read_document
from facilitator.tui.screens.help import gestures_of
from facilitator.tui.screens.sheet import Sheet

if TYPE_CHECKING:
    from facilitator.core.network import Network
    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace


class ReadScreen(Sheet):
    """The minutes of a past meeting, rendered; of one that is closed, the way to its entries."""

    def __init__(self, tr: Translator, workspace: Workspace, path: Path, network: Network) -> None:
        super().__init__(tr)
        self.workspace = workspace
        self.path = path
        self.network = network
        self.meeting: str | None = None
        self._heading = ""

    def sheet_title(self) -> str:
        """What the document calls itself; its file's name is for files."""
        return self._heading or self.tr("Reading")

    def on_mount(self) -> None:
        """Read the file; it is a person's, and may be anything."""
        super().on_mount()
        self._read()

    def moved(self, before: Path) -> None:
        """The file went with its workspace."""
        self.path = self.workspace.root / self.path.relative_to(before)

    def _read(self) -> None:
        try:
            data = read_document(self.workspace.root, self.path, limit=MAX_DOCUMENT)
        except OSError as error:
            self.tell(system_text(self.tr, error.strerror or str(error)), "refused")
            return
        self._show(data.decode("utf-8", errors="replace"))

    def _show(self, text: str) -> None:
        from textual.containers import VerticalScroll
        from textual.widgets import Markdown

        from facilitator.documents.minutes.reader import read_minutes
        from facilitator.tui.screens.minutes import shown_markdown

        read = read_minutes(text, meeting=self.path.stem)
        self.meeting = read.front.meeting if read.front.status == "final" and read.numbered() else None
        shown = shown_markdown(text)
        headings = (line.removeprefix("# ") for line in shown.splitlines() if line.startswith("# "))
        self._heading = one_line(normalise(next(headings, "")).text)
        self.query_one(".sheet-body").display = False
        for before in self.query(VerticalScroll):
            before.remove()
        scroll = VerticalScroll(Markdown(shown, open_links=False))
        self.mount(scroll, after=0)
        scroll.focus()
        self.paint()

    def sheet_keys(self) -> list[tuple[str, str]]:
        """The way to the entries."""
        edit = gestures_of(self.app).get("edit") if self.meeting is not None else None
        entries = [(edit.key(self.tr), self.tr("the entries"))] if edit is not None else []
        return [("↑↓", self.tr("scroll")), *entries]

    def pressed(self, key: str) -> bool:
        """One key: to the entries, and back to what became of the minutes."""
        gestures = gestures_of(self.app)
        if self.meeting is None or "edit" not in gestures or key not in gestures["edit"].keys:
            return False
        from facilitator.meetings.changing import past_of
        from facilitator.tui.screens.after import AfterScreen

        past = past_of(self.workspace, self.meeting, self.network)
        self.app.push_screen(AfterScreen(self.tr, past, gestures), lambda _: self._read())
        return True
