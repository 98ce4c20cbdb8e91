"""The network between its meetings: what is open, its dates, whose turn it is, what returns, its figures; the past, found as one types.

The screen may be the wall: until `s` is pressed nobody who owes something is named, nor what they are late with; what is private
is masked always.
A panel is a function in `PANELS`: whatever else a network is shown by is one more.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, get_args

from msgspec import Struct
from textual import on

from facilitator.core.carrying import day_of, without_private
from facilitator.core.cycle.calendar import Rhythm
from facilitator.core.cycle.figures import Figures, figures
from facilitator.core.cycle.matching import LOOKED_BACK, Need, Theme, needs, returning, since, workshops
from facilitator.core.cycle.rotation import DUTIES, Duty, Proposal
from facilitator.core.followups import SORTS, By, FollowUp, follow_ups, grouped
from facilitator.core.records import Record
from facilitator.core.regex import regex
from facilitator.meetings.cycle import LevelDay, directory_of, letters_out, other_levels, past_of, rhythm_of, turns_of
from facilitator.meetings.past import archive_of, known_archive
from facilitator.meetings.search import FoundRecord, Wanted, search
from facilitator.store.private import read_private
from facilitator.store.zone import local_today
from facilitator.tui import panels
from facilitator.tui.cells import cell_len, left, right, wrap
from facilitator.tui.screens.sheet import Sheet
from facilitator.tui.widgets.bar import Bar
from facilitator.wording import date_text, masked, month_text, outcome_name, short_date
from facilitator.wording.figures import figures_lines
from facilitator.wording.following import call_text, group_name, sort_name
from facilitator.wording.needs import theme_line
from facilitator.wording.people import duty_name
from facilitator.wording.rhythm import level_line, months_lines

if TYPE_CHECKING:
    from facilitator.core.network import Network
    from facilitator.i18n import Translator
    from facilitator.store.workspace import Workspace
    from facilitator.tui.widgets.lines import Row

_BYS: tuple[By, ...] = get_args(By)
_SOON_DAYS = 14
_NUMBER = 5
_BAR = regex(r"[█▏▎▍▌▋▊▉]+\Z")
_NEXT, _MOST = 2, 4  # so many of whose turn it is, of what returns
_WIDE = 100  # from so many columns on two panels stand side by side


class KnownNetwork(Struct, frozen=True):
    """What the panels are made of: how many meetings there were and the last, what is open `today`, and the settings.

    `rhythm` is that of this year, `levels` when other levels meet, `turns` who may do what next; `returning` and `themes` are of the last
    twelve months, `figures` of this year, or of the last one with a meeting in it.
    """

    today: datetime.date
    network: Network
    meetings: int
    last: str | None
    open: tuple[FollowUp, ...]
    rhythm: Rhythm
    levels: tuple[LevelDay, ...]
    turns: Mapping[Duty, tuple[Proposal, ...]]
    returning: tuple[Need, ...]
    themes: tuple[Theme, ...]
    figures: Figures


Panel = Callable[["Translator", KnownNetwork], "tuple[str, list[str]]"]
"""A panel says its title and its lines; one without lines is not shown."""


def _followups_panel(tr: Translator, known: KnownNetwork) -> tuple[str, list[str]]:
    """How many of each sort are open: no names, no ages, and nothing of what is private, not even that there is some."""
    count = Counter(one.sort for one in known.open if not one.private)
    lines = [f"{count[sort]:>4}  {sort_name(tr, sort, count[sort])}" for sort in SORTS if count[sort]]
    return tr("Still open"), lines or [tr("Nothing.")]


def _soon_panel(tr: Translator, known: KnownNetwork) -> tuple[str, list[str]]:
    """What has a date within two weeks: the calls that close, what is to be done by then; no names."""
    limit = known.today + datetime.timedelta(days=_SOON_DAYS)
    dated = [(one.deadline or one.due, one) for one in known.open if one.sort != "question" and not one.private]
    soon = sorted((day, one.text) for day, one in dated if day is not None and known.today <= day <= limit)
    return tr("Within two weeks"), [f"{short_date(tr, day)} · {' '.join(text.split())}" for day, text in soon]


def _dates_panel(tr: Translator, known: KnownNetwork) -> tuple[str, list[str]]:
    """The next dates, the last meeting, and how the rhythm of the year was kept, month by month."""
    lines = []
    rhythm = known.rhythm
    if rhythm.next_meeting is not None:
        lines.append(tr("Next meeting: {date}", date=date_text(tr, rhythm.next_meeting)))
    if rhythm.next_letter is not None:
        lines.append(tr("Next letter: {month}", month=month_text(tr, rhythm.next_letter)))
    lines += [level_line(tr, one.level, one.day) for one in known.levels]
    day = day_of(known.last) if known.last else None
    if day is not None:
        lines.append(tr("Last meeting: {date}", date=date_text(tr, day)))
    if known.meetings:
        lines.append(tr.ntr("{n} set of minutes", "{n} sets of minutes", known.meetings))
    if known.network.pace().pattern:
        lines += months_lines(tr, rhythm)
    return tr("Dates and rhythm"), lines


def _turns_panel(tr: Translator, known: KnownNetwork) -> tuple[str, list[str]]:
    """Who may host, lead and take notes next: names, no reasons."""
    rows = [(duty_name(tr, duty), [one.member.name for one in known.turns.get(duty, ())[:_NEXT]]) for duty in DUTIES]
    return tr("Whose turn it is"), [
        tr("{what}: {names}", what=what, names=", ".join(names)) for what, names in rows if names
    ]


def _needs_panel(tr: Translator, known: KnownNetwork) -> tuple[str, list[str]]:
    """What is wanted again and again, and what a workshop may be about."""
    lines = [
        f"{' '.join(need.text.split())} · {tr.ntr('{n} meeting', '{n} meetings', len(need.meetings))}"
        for need in known.returning[:_MOST]
    ]
    told = [theme_line(tr, one) for one in known.themes if one.held is None and one.title not in _words(known)]
    if told:
        lines += [tr("A workshop may be about"), *(f"  {line}" for line in told[:_MOST])]
    return tr("Needs that return"), lines


def _words(known: KnownNetwork) -> set[str]:
    return {need.text for need in known.returning}


def _figures_panel(tr: Translator, known: KnownNetwork) -> tuple[str, list[str]]:
    found = known.figures
    return tr("Figures of {year}", year=found.year), figures_lines(tr, found) if found.meetings else []


PANELS: tuple[Panel, ...] = (
    _followups_panel,
    _dates_panel,
    _soon_panel,
    _turns_panel,
    _needs_panel,
    _figures_panel,
)


def known_of(workspace: Workspace, network: Network, today: datetime.date) -> KnownNetwork:
    """Everything that the panels show. Raises OSError."""
    with archive_of(workspace) as archive:
        held, past, meetings = archive.records(), past_of(archive), list(archive.meetings())
    kept = read_private(workspace)
    directory = directory_of(network)
    public = [directory.called(record) for record in without_private(held, kept)]
    lately = since(public, today - LOOKED_BACK)
    year = max((one.day.year for one in past if one.day.year <= today.year), default=today.year)
    rhythm = rhythm_of(workspace, network, past, year=today.year, today=today, announced=network.calendar.next_meeting)
    return KnownNetwork(
        today,
        network,
        len(meetings),
        meetings[-1] if meetings else None,
        tuple(follow_ups([*public, *map(directory.called, kept)], today)),
        rhythm,
        other_levels(network, today),
        turns_of(network, past, public),
        returning(needs(lately)),
        workshops(lately, [one for one in past if one.day >= today - LOOKED_BACK]),
        figures(year, past, public, directory, letters=letters_out(workspace, today)),
    )


class NetworkScreen(Sheet):
    """Panels, the list of what is open, or what was found: one of them at a time."""

    def __init__(self, workspace: Workspace, network: Network, tr: Translator, *, opens: str = "") -> None:
        """`opens` is the key that was pressed to come here: `f` to search at once, `s` for the list."""
        super().__init__(tr)
        self.workspace = workspace
        self.network = network
        self.known: KnownNetwork | None = None
        self.by: By = "meeting"
        self.listed = opens == "s"
        self.found: list[FoundRecord] | None = None
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
        today = local_today(self.network.timezone)
        self.app.call_from_thread(self._learnt, known_of(self.workspace, self.network, today))

    def _learnt(self, known: KnownNetwork) -> None:
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

    def placed_rows(self, width: int) -> tuple[list[Row], int]:
        """Panels, list, or what was found."""
        if self.found is not None:
            return self._found_rows(width)
        if self.known is None:
            return [[(f" {self.tr('Looking at the minutes…')}", "dim")]], 0
        return self._listed_rows(width) if self.listed else (self._panel_rows(width, self.known), 0)

    def _panel_rows(self, width: int, known: KnownNetwork) -> list[Row]:
        """One below the other, or in two columns, each where there is most room."""
        boxes = [box for panel in PANELS if (box := panel(self.tr, known))[1]]
        if width < _WIDE or len(boxes) == 1:
            return [row for title, lines in boxes for row in _panel(title, lines, width)]
        half = (width - panels.GAP) // 2
        columns: tuple[list[Row], list[Row]] = ([], [])
        for title, lines in boxes:
            shorter = min(columns, key=len)
            shorter += _panel(title, lines, half)
        return panels.beside(*columns, half)

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
        if self.found is None:
            keys = [("↑↓", tr("scroll")), *keys]
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


def _panel(title: str, lines: Sequence[str], width: int) -> list[Row]:
    """Lines in a panel; what is longer goes on below."""
    inner = max(1, width - panels.FRAME)
    rows = [_spans(part, inner) for line in lines for part in _parts(line, inner)]
    return panels.panel(title, rows, width)


def _parts(line: str, width: int) -> list[str]:
    return [line] if _BAR.search(line) or cell_len(line) <= width else wrap(line, width)


def _spans(line: str, width: int) -> list[tuple[str, str]]:
    """A bar is told from its number by its colour, too, and from the one below it by a gap."""
    found = _BAR.search(line)
    if found is None:
        return [(left(line, width), "")]
    said = min(width, cell_len(line[: found.start()]))
    return [(left(line[: found.start()], said), ""), (left(found[0].replace("█", "▇"), width - said), "dim")]
