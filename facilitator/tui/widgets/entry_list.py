"""The list of what was written down: which entries are listed, and which one the keys act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from facilitator.core.text import fold_case, one_line
from facilitator.tui import entry_rows, view
from facilitator.tui.cells import fit, wrap
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from facilitator.core.entry import Entry
    from facilitator.tui.desk import Desk


class EntryList(Lines):
    """The entries in the order of capture, those that hold what is looked for; before the meeting, who is welcome."""

    class Chosen(Message):
        """Another entry is the chosen one, or others are listed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(self._entry_rows, id="list")
        self.desk = desk
        self.tr = desk.tr
        self.chosen: str | None = None
        self.on_purpose = False
        self.sought = ""
        self._listed: tuple[object, str, list[Entry]] | None = None

    def listed(self) -> Sequence[Entry]:
        """The entries listed."""
        kept = self.desk.meeting.entries
        if self._listed is None or self._listed[0] is not kept or self._listed[1] != self.sought:
            wanted = fold_case(self.sought)
            found = [one for one in kept.values() if not wanted or wanted in fold_case(self._searched(one))]
            self._listed = (kept, self.sought, found)
        return self._listed[2]

    @property
    def selected(self) -> Entry | None:
        """The entry that keys act on: the chosen one, else none."""
        return self.desk.meeting.entries.get(self.chosen) if self.chosen is not None else None

    def choose(self, entry: str | None, *, on_purpose: bool | None = None) -> None:
        """Choose the entry of this id; `on_purpose` says whether the person did, None leaves that as it is."""
        self.chosen = entry
        if on_purpose is not None:
            self.on_purpose = on_purpose

    def step(self, by: int) -> None:
        """Choose the entry that many places further; with none chosen, the first or the last."""
        listed = self.listed()
        if not listed:
            return
        place = self._place()
        if place is None:
            place = len(listed) if by < 0 else -1
        self.choose(listed[max(0, min(len(listed) - 1, place + by))].id, on_purpose=True)
        self.post_message(self.Chosen())

    def look_for(self, words: str) -> None:
        """List only what holds these words."""
        self.sought = one_line(words)
        listed = self.listed()
        if listed and self.chosen not in {entry.id for entry in listed}:
            self.chosen = listed[-1].id
        self.post_message(self.Chosen())

    def keep_choice(self) -> None:
        """What was found is chosen on purpose, if anything is."""
        self.on_purpose = self.chosen is not None

    def list_all(self) -> None:
        """Nothing is looked for any more."""
        self.sought = ""

    def nothing_found(self) -> str:
        """The sentence for it."""
        return self.tr("Nothing found: {words}", words=self.sought)

    def head(self, width: int, _height: int) -> list[Row]:
        """The row above the list: what it is, and which of how many is chosen."""
        if self.desk.meeting.state == "ready" and not self.sought:
            return [view.heading(self.tr("Welcome"), "", width)]
        name = self.tr("Found: {words}", words=self.sought) if self.sought else self.tr("Noted")
        place, many = self._place(), len(self.listed())
        return [view.heading(name, f"{place + 1} / {many}" if place is not None else str(many or ""), width)]

    def _place(self) -> int | None:
        listed = self.listed()
        return next((place for place in range(len(listed) - 1, -1, -1) if listed[place].id == self.chosen), None)

    def _entry_rows(self, width: int, height: int) -> list[Row]:
        meeting = self.desk.meeting
        if self.sought and not self.listed():
            return [[("  " + fit(self.nothing_found(), width - 3), "warn")]]
        if meeting.state != "ready" and not meeting.entries:
            hint = wrap(self.tr("Nothing yet. q question, h help."), width - 3)
            return [[("  " + line, "dim")] for line in hint]
        rows: list[Row] = []
        if meeting.state == "ready" and not self.sought:
            here = entry_rows.people(self.tr, meeting, width, max(1, height // 2))
            rows = [*view.welcome(self.tr, meeting, width), *here, []]
        listed, place = self.listed(), self._place()
        knows = "" if place is None else entry_rows.knowing(self.tr, meeting, listed[place])
        return rows + entry_rows.entries(self.tr, listed, place, width, height - len(rows), knowing=knows)

    def _searched(self, entry: Entry) -> str:
        """What finding looks at; of a private entry the number alone."""
        said = [view.entry_label(self.tr, entry)]
        if not entry.private:
            said += [entry.text, entry.by or "", *entry.owners, entry.theme or "", entry.answer or ""]
        return " ".join(said)
