"""The list of what was written down: which entries are listed, and which one the keys act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from facilitator.core.text import fold_case, one_line
from facilitator.tui import entry_rows, listing, view
from facilitator.tui.cells import fit, wrap
from facilitator.tui.entry_rows import EntryRows
from facilitator.tui.keys import CAPTURES, capture_keys
from facilitator.tui.listing import ORDERS, Order, Section
from facilitator.tui.panels import FRAME, panel
from facilitator.tui.widgets.lines import Lines, Row

if TYPE_CHECKING:
    from facilitator.core.entry import Entry
    from facilitator.tui.desk import Desk


# Below this there is no place for a frame.
LEAST_ROWS = 3
# The digits of one number follow each other within this time.
DIGITS_MS = 1_500


class EntryList(Lines):
    """The entries in the order that the step wants, or those that hold what is looked for; before the meeting, who is welcome."""

    class Chosen(Message):
        """Another entry is the chosen one, or others are listed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(self._rows_of_list, id="list")
        self.desk = desk
        self.tr = desk.tr
        self.chosen: str | None = None
        self.on_purpose = False
        self.sought = ""
        self.order: Order = "step"
        self.panels = Lines(self._rows_of_panels, id="side")
        """What was decided, what is to be done, what is wanted and offered: beside the list, where there is room."""
        self.has_panels = False
        self._found: tuple[object, list[Section]] | None = None
        self._picked, self._picked_at = "", 0
        self._hidden = (0, 0)

    def sections(self) -> list[Section]:
        """What is listed, and under which headings; those of the panels come last."""
        meeting = self.desk.meeting
        of = (meeting.entries, meeting.spot, meeting.answering, self.sought, self.order, self.has_panels)
        if self._found is None or any(one is not other for one, other in zip(self._found[0], of, strict=True)):  # type: ignore[call-overload]
            self._found = (of, self._sections())
        return self._found[1]

    def _sections(self) -> list[Section]:
        meeting = self.desk.meeting
        if not self.sought:
            return listing.sections(self.tr, meeting, self.order, panels=self.has_panels)
        wanted = fold_case(self.sought)
        found = [one for one in meeting.entries.values() if wanted in fold_case(self._searched(one))]
        return [Section(self.tr("Found: {words}", words=self.sought), tuple(found))]

    def listed(self) -> Sequence[Entry]:
        """The entries listed, in the order in which they are seen."""
        return [entry for section in self.sections() for entry in section.entries]

    def reorder(self) -> Order:
        """Look at them in another order: as the step wants it, by kind, by theme; returns which."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.post_message(self.Chosen())
        return self.order

    def go_on(self, entry: str | None) -> None:
        """After what became of a question, of which this is the id: the next open one is chosen, below it, else above.

        Where none is open, none is chosen in a step for questions; elsewhere what was just done stays chosen, to be mended.
        """
        meeting = self.desk.meeting
        if listing.is_for_questions(meeting):
            following = listing.open_after(meeting, entry)
        else:
            following = listing.open_below(meeting, self.listed(), entry)
            if following is None:
                return
        self.choose(following.id if following is not None else None, on_purpose=following is not None)
        self.post_message(self.Chosen())

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
        if place is None and self._begins_at_top:
            place = 0 if by < 0 else -1
            by = 1 if by > 0 else 0
        elif place is None:
            in_list = sum(len(section.entries) for section in self.sections() if section.panel is None)
            place = (in_list or len(listed)) if by < 0 else -1
        self.choose(listed[max(0, min(len(listed) - 1, place + by))].id, on_purpose=True)
        self.post_message(self.Chosen())

    def pick(self, digit: str, now_ms: int) -> int | None:
        """Choose the question of this number, of which a digit was typed now; the number, where no question has one like it."""
        follows = self._picked and now_ms - self._picked_at < DIGITS_MS
        self._picked, self._picked_at = (self._picked if follows else "") + digit, now_ms
        meeting = self.desk.meeting
        for typed in dict.fromkeys((self._picked, digit)):
            entry = meeting.find("question", int(typed))
            if entry is not None:
                self._picked = typed
                self.choose(entry.id, on_purpose=True)
                self.post_message(self.Chosen())
                return None
            if any(str(one.number).startswith(typed) for one in meeting.of_kind("question")):
                return None  # the next digit may follow
        self._picked = ""
        return int(digit)

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

    @property
    def _begins_at_top(self) -> bool:
        """Whether what matters is at the top of the list, and not the latest at its end."""
        return not self.sought and (listing.is_for_questions(self.desk.meeting) or self.order != "step")

    def _place(self) -> int | None:
        listed = self.listed()
        return next((place for place in range(len(listed) - 1, -1, -1) if listed[place].id == self.chosen), None)

    def _rows_of_list(self, width: int, height: int) -> list[Row]:
        """The list in its frame."""
        if height < LEAST_ROWS:
            return self._inner(width, height)
        welcomes = self.desk.meeting.state == "ready" and not self.sought
        title = self.tr("Welcome") if welcomes else self.sections()[0].heading
        inner = self._inner(width - FRAME, height - 2)[: height - 2]
        beyond = [f"{arrow} {n}" for arrow, n in zip("↑↓", self._hidden, strict=True) if n]
        return panel("   ".join((title, *beyond)), inner, width, height=height)

    def _inner(self, width: int, height: int) -> list[Row]:
        meeting, found = self.desk.meeting, self.sections()
        self._hidden = (0, 0)
        if self.sought and not found[0].entries:
            return [[(" " + fit(self.nothing_found(), width - 2), "warn")]]
        if meeting.state != "ready" and not meeting.entries:
            hint = wrap(self.tr("Nothing yet. q question, h help."), width - 2)
            return [[(" " + line, "dim")] for line in hint]
        rows: list[Row] = []
        listed = [section for section in found if section.panel is None]
        first, day = self._begins_at_top, meeting.opened.day if meeting.setup is not None else None
        made = EntryRows(self.tr, width, self.desk.names, day=day, open_signs=not first, tall=self.has_panels)
        if meeting.state == "ready" and not self.sought:
            rows = view.welcome(self.tr, meeting, width)
            wanted = len(made.window(listed, self.chosen, height)) + 1
            rows += entry_rows.people(self.tr, meeting, width, max(1, height // 3, height - len(rows) - wanted))
            rows.append([])
        shown = made.window(listed, self.chosen, height - len(rows), knowing=self._knowing(), from_top=first)
        self._hidden = made.hidden
        return rows + shown

    def _rows_of_panels(self, width: int, height: int) -> list[Row]:
        """A frame for each kind, each a third: none of them moves for what is written down."""
        found = [section for section in self.sections() if section.panel is not None]
        if not found:  # what is looked for is listed, wherever it stands otherwise
            found = [one for one in listing.sections(self.tr, self.desk.meeting, self.order, panels=True) if one.panel]
        day = self.desk.meeting.opened.day if self.desk.meeting.setup is not None else None
        made = EntryRows(self.tr, width - 1 - FRAME, self.desk.names, day=day)
        rows: list[Row] = []
        for place, section in enumerate(found):
            share = height // len(found) + (1 if place < height % len(found) else 0)
            if section.entries:
                inner = made.panel(section.entries, self.chosen, share - 2, self._knowing())
            else:
                kind = section.panel or "note"
                inner = [
                    [(" " + fit(f"{capture_keys(kind)[0]} {self.tr(CAPTURES[kind][0])}", width - 2 - FRAME), "dim")]
                ]
            framed = panel(section.heading, inner[: max(0, share - 2)], width - 1, height=share)
            rows += [[(" ", ""), *row] for row in framed]
        return rows

    def _knowing(self) -> str:
        chosen = self.selected
        return entry_rows.knowing(self.tr, self.desk.meeting, chosen) if chosen is not None else ""

    def _searched(self, entry: Entry) -> str:
        """What finding looks at; of a private entry the number alone."""
        said = [view.entry_label(self.tr, entry)]
        if not entry.private:
            said += [entry.text, entry.by or "", *entry.owners, entry.theme or "", entry.answer or ""]
        return " ".join(said)
