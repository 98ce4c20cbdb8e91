"""The network between its meetings: what is still open, counted, and listed on a key; what was said in the past, found as one types.

The screen may be the wall: until `s` is pressed nobody is named and nothing that is late is shown; what is private is masked always.
A panel is a function in `PANELS`: whatever else a network is shown by is one more.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, get_args

from msgspec import Struct
from textual import on

from facilitator.core.carrying import day_of
from facilitator.core.followups import By, FollowUp, Sort, follow_ups, grouped
from facilitator.core.records import Record
from facilitator.meetings.past import archive_of, known_archive
from facilitator.meetings.search import Found, Wanted, search
from facilitator.store.private import read_private
from facilitator.tui.cells import cell_len, left, right, wrap
from facilitator.tui.screens.sheet import Sheet
from facilitator.tui.widgets.bar import Bar
from facilitator.wording import date_text, masked, outcome_name, short_date
from facilitator.wording.following import call_text, group_name, sort_name

if TYPE_CHECKING:
    from facilitator.core.network import Network
    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace
    from facilitator.tui.widgets.lines import Row

_BYS: tuple[By, ...] = get_args(By)
_SORTS: tuple[Sort, ...] = get_args(Sort)
_SOON_DAYS = 14
_NUMBER = 5
_WIDE = 100  # from so many columns on two panels stand side by side


class Known(Struct, frozen=True):
    """What the panels are made of: how many meetings there were and the last, what is open `today`, and the settings."""

    today: datetime.date
    network: Network
    meetings: int
    last: str | None
    open: tuple[FollowUp, ...]


Panel = Callable[["Translator", Known], "tuple[str, list[str]]"]
"""A panel says its title and its lines; one without lines is not shown."""


def _followups_panel(tr: Translator, known: Known) -> tuple[str, list[str]]:
    """How many of each sort are open: no names, no ages, and nothing of what is private, not even that there is some."""
    count = Counter(one.sort for one in known.open if not one.private)
    lines = [f"{count[sort]:>4}  {sort_name(tr, sort, count[sort])}" for sort in _SORTS if count[sort]]
    return tr("Still open"), lines or [tr("Nothing.")]


def _soon_panel(tr: Translator, known: Known) -> tuple[str, list[str]]:
    """The calls that close and the projects that have a date within two weeks, which are everybody's."""
    limit = known.today + datetime.timedelta(days=_SOON_DAYS)
    dated = [(one.deadline or one.due, one) for one in known.open if one.sort in ("call", "project")]
    soon = sorted((day, one.text) for day, one in dated if day is not None and known.today <= day <= limit)
    return tr("Within two weeks"), [f"{short_date(tr, day)} · {' '.join(text.split())}" for day, text in soon]


def _meetings_panel(tr: Translator, known: Known) -> tuple[str, list[str]]:
    lines = []
    if known.network.calendar.next_meeting is not None and known.network.calendar.next_meeting >= known.today:
        lines.append(tr("next: {date}", date=date_text(tr, known.network.calendar.next_meeting)))
    day = day_of(known.last) if known.last else None
    if day is not None:
        lines.append(tr("last: {date}", date=date_text(tr, day)))
    if known.meetings:
        lines.append(tr.ntr("{n} set of minutes", "{n} sets of minutes", known.meetings))
    return tr("Meetings"), lines


PANELS: tuple[Panel, ...] = (_followups_panel, _soon_panel, _meetings_panel)


class NetworkScreen(Sheet):
    """Panels, the list of what is open, or what was found: one of them at a time."""

    def __init__(self, workspace: Workspace, network: Network, tr: Translator, *, opens: str = "") -> None:
        """`opens` is the key that was pressed to come here: `f` to search at once, `s` for the list."""
        super().__init__(tr)
        self.workspace = workspace
        self.network = network
        self.known: Known | None = None
        self.by: By = "meeting"
        self.listed = opens == "s"
        self.found: list[Found] | None = None
        self._opens = opens
        self._archive = known_archive(workspace)

    def on_mount(self) -> None:
        """What is past is looked at off the screen's path; a search asks what is known of it until then."""
        super().on_mount()
        self.run_worker(self._look_back, thread=True, exit_on_error=False, group="past")
        if self._opens == "f":
            self.call_after_refresh(self._open_search)

    def on_unmount(self) -> None:
        """Let go of the archive."""
        super().on_unmount()
        self._archive.close()

    def _look_back(self) -> None:
        with archive_of(self.workspace) as archive:
            living: list[Record] = archive.living()
            meetings = list(archive.meetings())
        kept = read_private(self.workspace)
        hidden = {(record.meeting, record.number) for record in kept}
        public = [record for record in living if (record.meeting, record.number) not in hidden]
        today = datetime.datetime.now(datetime.UTC).astimezone().date()
        found = tuple(follow_ups([*public, *kept], today))
        known = Known(today, self.network, len(meetings), meetings[-1] if meetings else None, found)
        self.app.call_from_thread(self._learnt, known)

    def _learnt(self, known: Known) -> None:
        self.known = known
        self._archive.close()
        self._archive = known_archive(self.workspace)  # it may not have been there yet
        if self.bar.is_open:
            self._search()
        self.paint()

    # What is shown

    def sheet_title(self) -> str:
        """The network, and what is shown of it."""
        name = self.network.name or "facilitator"
        if self.found is not None:
            return f"{name} · {self.tr.ntr('{n} thing found', '{n} things found', len(self.found))}"
        return f"{name} · {self.tr('Still open')}" if self.listed else name

    def ids(self) -> Sequence[str]:
        """One for each line that can be chosen; the panels scroll."""
        if self.found is not None:
            return [f"{one.meeting}#{one.number}#{place}" for place, one in enumerate(self.found)]
        return [f"{name}#{one.meeting}#{one.number}" for name, held in self._groups() for one in held]

    def _groups(self) -> list[tuple[str, list[FollowUp]]]:
        return grouped(self.known.open, self.by) if self.listed and self.known is not None else []

    def row_of_choice(self, width: int) -> int:
        """Where the chosen line stands."""
        return self._rows(width)[1]

    def sheet_rows(self, width: int) -> list[Row]:
        """Panels, list, or what was found."""
        return self._rows(width)[0]

    def _rows(self, width: int) -> tuple[list[Row], int]:
        if self.found is not None:
            return self._found_rows(width)
        if self.known is None:
            return [[(f" {self.tr('Looking at the minutes…')}", "dim")]], 0
        return self._listed_rows(width) if self.listed else (self._panel_rows(width, self.known), 0)

    def _panel_rows(self, width: int, known: Known) -> list[Row]:
        boxes = [box for panel in PANELS if (box := panel(self.tr, known))[1]]
        if width < _WIDE or len(boxes) == 1:
            return [row for title, lines in boxes for row in (*_box(title, lines, width - 2), [])]
        half = (width - 3) // 2
        rows: list[Row] = []
        for place in range(0, len(boxes), 2):
            pair = [_box(title, lines, half) for title, lines in boxes[place : place + 2]]
            high = max(map(len, pair))
            pair = [[*box, *([[(" " * (half + 1), "")]] * (high - len(box)))] for box in pair]
            rows += [[*one, (" ", ""), *other] for one, other in zip(*pair, strict=True)] if len(pair) > 1 else pair[0]
            rows.append([])
        return rows

    def _listed_rows(self, width: int) -> tuple[list[Row], int]:
        rows: list[Row] = []
        at, place = 0, 0
        for name, held in self._groups():
            rows += [[]] if rows else []
            rows.append([(f" {self._heading(name)}", "accent")])
            for one in held:
                if place == self.at:
                    at = len(rows)
                rows += self._entry_rows(one, self._when(one), width, chosen=place == self.at)
                place += 1
        return rows or [[(f" {self.tr('Nothing.')}", "dim")]], at

    def _found_rows(self, width: int) -> tuple[list[Row], int]:
        rows: list[Row] = []
        at = 0
        for place, one in enumerate(self.found or ()):
            if place == self.at:
                at = len(rows)
            day = day_of(one.meeting)
            when = short_date(self.tr, day, year=True) if day else one.meeting
            rows += self._entry_rows(one, when, width, chosen=place == self.at)
        if not rows and self.bar.text.strip():
            rows.append([(f" {self.tr('Nothing.')}", "dim")])
        return rows, at

    def _heading(self, name: str) -> str:
        day = day_of(name) if self.by == "meeting" else None
        return date_text(self.tr, day) if day else group_name(self.tr, self.by, name)

    def _when(self, one: FollowUp) -> str:
        """Who and until when, short: `Karim · 4 déc.`."""
        who = ", ".join(one.owners) if self.by != "owner" else ""
        day = call_text(self.tr, one) or (short_date(self.tr, one.due) if one.due else "")
        where = outcome_name(self.tr, one.outcome) if one.outcome and self.by != "outcome" else ""
        return " · ".join(part for part in (where, who, day) if part)

    def _entry_rows(self, one: Record, when: str, width: int, *, chosen: bool) -> list[Row]:
        """The text in a column of its own, whole when it is chosen; beside it who and when, which give way first."""
        text = masked(self.tr, one.text) if one.private else " ".join(one.text.split())
        head = f" {'›' if chosen else ' '} {one.number:>{_NUMBER - 1}} "
        beside = min(cell_len(when), max(0, width // 3))
        room = max(1, width - cell_len(head) - beside - 2)
        late = isinstance(one, FollowUp) and one.late_days is not None
        style = "selected" if chosen else ""
        lines = wrap(text, room) if chosen else [text]
        tail = (f" {right(when, beside)} ", "selected" if chosen else "warn" if late else "dim")
        rows: list[Row] = [[(head, style or "strong"), (left(lines[0], room), style), tail]]
        blank = " " * (beside + 2)
        return rows + [[(" " * cell_len(head), style), (left(line, room), style), (blank, style)] for line in lines[1:]]

    # Keys

    def sheet_keys(self) -> list[tuple[str, str]]:
        """What the keys do here."""
        tr = self.tr
        keys = [("f", tr("search"))]
        if self.found is not None or self.listed:
            keys = [("↑↓", tr("choose")), (tr("Enter"), tr("open")), *keys]
        if self.listed and self.found is None:
            return [*keys, ("g", tr("gather otherwise")), ("s", tr("counts only"))]
        return [*keys, ("s", tr("list, with names"))]

    def leave_words(self) -> str:
        """From what was found back to the panels."""
        return self.tr("back")

    def pressed(self, key: str) -> bool:
        """Letters change what is shown; Enter opens the minutes in which the chosen thing stands."""
        if self.bar.is_open:
            return False
        if key == "f":
            self._open_search()
        elif key == "s":
            self.listed, self.found = self.found is not None or not self.listed, None
        elif key == "g" and self.listed and self.found is None:
            self.by = _BYS[(_BYS.index(self.by) + 1) % len(_BYS)]
        elif key == "enter" and self.ids():
            self._open_chosen()
        else:
            return False
        return True

    def action_leave_sheet(self) -> None:
        """Back: from what was found to the rest, then to the screen before."""
        if self.found is not None:
            self.found = None
            self.paint()
            return
        super().action_leave_sheet()

    def _open_chosen(self) -> None:
        from facilitator.tui.screens.past import ReadScreen

        held: list[Record] = [one for _, rows in self._groups() for one in rows]
        one = (self.found or held)[self.at]
        path = self._archive.meetings(one.meeting).get(one.meeting)
        if path is None:
            self.tell(self.tr("There are no minutes of {name}.", name=one.meeting), "refused")
            return
        self.app.push_screen(ReadScreen(self.tr, self.workspace, path, self.network))

    # Search

    def _open_search(self) -> None:
        self.found = []
        self.bar.open("find", subject=self.tr("search"))
        self.paint()

    @on(Bar.Edited)
    def _edited(self) -> None:
        if self.bar.is_open:  # as it closes it is emptied
            self.guard(self._search)

    def _search(self) -> None:
        typed = self.bar.text
        self.found = (
            search(self.workspace, self._archive, Wanted(words=typed, typing=not typed.endswith(" ")))
            if typed.strip()
            else []
        )
        self.choose(0)
        self.paint()

    def typed(self, event: Bar.Submitted) -> None:  # noqa: ARG002  # what was found of it is there
        """Enter: what was found stays, and the arrows choose."""
        self.bar.close()

    def on_bar_closed(self) -> None:
        """A search that was given up leaves nothing behind it."""
        if not self.found:
            self.found = None


def _box(title: str, lines: Sequence[str], width: int) -> list[Row]:
    """Lines in a border that bears a title, in so many cells after one of margin."""
    inner = max(1, width - 4)
    head = f" ╭─ {title} "
    rows: list[Row] = [[(f"{head}{'─' * max(0, width - cell_len(head))}╮", "accent")]]
    rows += [[(" │ ", "accent"), (left(line, inner), ""), (" │", "accent")] for line in lines]
    return [*rows, [(f" ╰{'─' * (width - 2)}╯", "accent")]]
