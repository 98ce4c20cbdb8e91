"""The rows of what was caught: windows on the entries around the chosen one, which shows its whole text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core.cycle.directory import Directory
from facilitator.core.entry import Entry
from facilitator.core.people import NAMES_APART
from facilitator.core.vocabulary import KINDS, OUTCOMES
from facilitator.tui import outcomes
from facilitator.tui.cells import cell_len, fit, left, right, wrap
from facilitator.tui.view import entry_label
from facilitator.tui.widgets.lines import Row, Span
from facilitator.wording.carrying import origin_text
from facilitator.wording.people import knowing_text, short_name

if TYPE_CHECKING:
    import datetime

    from facilitator.core.meeting import Meeting
    from facilitator.i18n import Translator
    from facilitator.tui.listing import Section

LABEL = 6
# From this width on a text may take further lines: a question of eighty letters reads whole.
FURTHER_LINES = 40
# Of so many lines in all; in a column that is narrower than this, where there is height, of one more.
LINES, NARROW = 2, 60
# What stands after the text takes no more than this share of its row.
SHARE = 3


def shown_text(tr: Translator, entry: Entry) -> str:
    """The text as the wall may see it: the length alone of a private one."""
    return wording.masked(tr, entry.text) if entry.private else entry.text


def mark(tr: Translator, entry: Entry) -> Span:
    """What became of it, in a sign or two words, and its style."""
    if KINDS[entry.kind].answerable:
        if entry.outcome is None:
            return "?", "warn"
        return outcomes.words(tr)[entry.outcome].mark, "good" if entry.outcome == "answered" else "dim"
    if entry.done:
        return "✓", "good"
    if entry.kind == "action" and not entry.owners:
        return tr("no owner"), "warn"
    return "", ""


def who(tr: Translator, entry: Entry, names: Collection[str] = ()) -> str:
    """Who said it or does it, in short, and the day it is due: `Karim · 4 déc.`; of a private one nothing."""
    if entry.private:
        return ""
    people = entry.owners or tuple((entry.by or "").split(NAMES_APART))
    parts = [", ".join(short_name(name, names) for name in people if name)]
    if entry.due:
        parts.append(wording.day_text(tr, entry.due))
    return " · ".join(part for part in parts if part)


class EntryRows:
    """The rows of entries for one width, in one language; `names` are those that short ones must tell apart."""

    hidden: tuple[int, int] = (0, 0)
    """How many entries of the last window stand above and below it."""

    def __init__(  # noqa: PLR0913  # all that a row is made with
        self,
        tr: Translator,
        width: int,
        names: Collection[str] = (),
        *,
        day: datetime.date | None = None,
        open_signs: bool = True,
        tall: bool = False,
    ) -> None:
        """`day` is that of the meeting; `open_signs`: an open question bears a sign; `tall`: there is more height than width."""
        self._day = day
        self._tr = tr
        self._width = width
        self._names = names
        self._open_signs = open_signs
        self._tall = tall

    def window(
        self, sections: Sequence[Section], chosen: str | None, height: int, *, knowing: str = "", from_top: bool = False
    ) -> list[Row]:
        """As many rows as fit, the chosen entry among them with its whole text; without one the end, or the beginning.

        Headings stand between the sections; that of the first is for the border. `from_top`: what matters is at the top, and its
        first entry stays in sight whatever is chosen further down.
        """
        self.hidden = (0, 0)
        if height <= 0 or self._width < LABEL + 4:
            return []
        items: list[Entry | str] = []
        for place, section in enumerate(sections):
            if place and section.entries:
                items.append(section.heading)
            items += section.entries
        places = (place for place, item in enumerate(items) if isinstance(item, Entry) and item.id == chosen)
        at = next(places, None)
        if at is None:
            rows = self._below(items, 0, height) if from_top else self._above(items, len(items), height)
            rows = rows or (self._rows(items[0 if from_top else -1])[:height] if items else [])
            beyond = _entries(items) - self._seen(items if from_top else items[::-1], len(rows))
            self.hidden = (0, beyond) if from_top else (beyond, 0)
            return rows
        full = self.full(items[at], height, knowing)  # type: ignore[arg-type]  # as found
        room = height - len(full)
        first = self._rows(items[0]) if from_top and at else []
        first = first if len(first) <= room else []
        share = room - min(len(self._below(items, at + 1, room)), room // 2)
        before, above = self._above(items, at, share), items[:at]
        if first and self._seen(above[::-1], len(before)) < _entries(above):
            above = items[1:at]
            before = self._above(above, len(above), max(0, max(share, len(first)) - len(first)))
        else:
            first = []
        after = self._below(items, at + 1, room - len(first) - len(before))
        below = items[at + 1 :]
        self.hidden = (
            _entries(above) - self._seen(above[::-1], len(before)),
            _entries(below) - self._seen(below, len(after)),
        )
        return [*first, *before, *full, *after]

    def _seen(self, items: Sequence[Entry | str], height: int) -> int:
        """How many of the entries, which follow each other, are whole in so many rows, or at least one that is cut."""
        seen = 0
        for item in items:
            if height <= 0:
                break
            height -= len(self._rows(item))
            seen += not isinstance(item, str)
        return seen

    def _below(self, items: Sequence[Entry | str], start: int, height: int) -> list[Row]:
        """What fits whole, and no heading over nothing."""
        rows: list[Row] = []
        heading: list[Row] = []
        for item in items[start:]:
            if isinstance(item, str):
                heading = self._rows(item)
                continue
            made = [*heading, *self._rows(item)]
            if len(rows) + len(made) > height:
                break
            rows, heading = [*rows, *made], []
        return rows

    def _above(self, items: Sequence[Entry | str], end: int, height: int) -> list[Row]:
        """What fits whole."""
        rows: list[Row] = []
        for item in reversed(items[:end]):
            made = self._rows(item)
            if len(rows) + len(made) > height:
                break
            rows = [*made, *rows]
        return rows

    def _rows(self, item: Entry | str) -> list[Row]:
        return [divider(item, self._width)] if isinstance(item, str) else self.short(item)

    def short(self, entry: Entry) -> list[Row]:
        """One row, or two where the width allows; what stands after the text gives way to it."""
        room = self._width - LABEL
        text = " ".join(shown_text(self._tr, entry).split("\n"))
        tail = self._tail(entry, room // SHARE)
        most = 1
        if self._width >= FURTHER_LINES and not _holds(text, room, tail[:1], 1):
            most = LINES + (self._tall and self._width < NARROW)
        while tail and not _holds(text, room, tail, most):
            tail.pop(-1)
        ends = sum(cell_len(part) + 1 for part, _ in tail)
        lines = [text] if cell_len(text) <= room - ends else wrap(text, room - ends)
        if len(lines) > most:
            lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
        style = "dim" if entry.outcome is not None or entry.done else "private" if entry.private else ""
        rows: list[Row] = []
        for place, line in enumerate(lines):
            head = left(f" {entry_label(self._tr, entry)}" if place == 0 else "", LABEL)
            spans = [(f" {part}", look) for part, look in reversed(tail)] if place == 0 else []
            body = left(line, room - ends) if place == 0 else fit(line, room)
            rows.append([(head, style or "accent"), (body, style), *spans])
        return rows

    def _tail(self, entry: Entry, most: int) -> list[Span]:
        """What stands after the text, what gives way first last: what became of it, how many more, who and when, the theme."""
        sign, look = mark(self._tr, entry)
        if sign == "?" and not self._open_signs:
            sign = ""
        found = [(sign, look)]
        if entry.private:
            return [part for part in found if part[0]]
        if entry.same:
            found.append((f"+{entry.same}", "accent"))
        if entry.offer:
            found.append((self._tr("offer"), "good"))
        if not self._is_late(entry):  # nobody's name is on the wall for what may be late
            found.append((fit(who(self._tr, entry, self._names), most), "dim"))
        for part in self._settled(entry):
            day = wording.day_text(self._tr, entry.deadline) if entry.deadline else ""
            found.append((part if cell_len(part) <= most else day, "accent"))  # whole, or the day alone
        if entry.theme and not entry.private:
            found.append((fit(f"#{entry.theme}", most), "dim"))
        return [part for part in found if part[0]]

    def _is_late(self, entry: Entry) -> bool:
        """Whether it was promised in an earlier meeting and its day is past: no name is on the wall for it until it is chosen."""
        promised = entry.origin is not None and entry.kind == "action" and not entry.done
        return promised and entry.due is not None and (self._day is None or entry.due < self._day)

    def _settled(self, entry: Entry) -> list[str]:
        """How it was decided; when a piece of news takes place, or until when it holds."""
        tr = self._tr
        vote = wording.vote_text(tr, entry.vote) if entry.vote else tr("by consensus") if entry.consensus else ""
        when = wording.when_text(tr, entry.when) if entry.when else ""
        until = tr("until {day}", day=wording.day_text(tr, entry.deadline)) if entry.deadline else ""
        return [part for part in (vote, when, until) if part]

    def full(self, entry: Entry, height: int, knowing: str = "") -> list[Row]:
        """All of it, over as many rows as needed and at hand."""
        tr, width = self._tr, self._width
        lines = wrap(shown_text(tr, entry), width - LABEL - 1)
        sign, _ = mark(tr, entry)
        sign = "" if sign == "?" and not self._open_signs else sign
        theme, link, answer = (None, None, None) if entry.private else (entry.theme, entry.link, entry.answer)
        came = "" if entry.private or entry.origin is None else tr("from {entry}", entry=origin_text(tr, entry.origin))
        same = f"+{entry.same}" if entry.same and not entry.private else ""
        offer = tr("offer") if entry.offer and not entry.private else ""
        became = wording.outcome_name(tr, entry.outcome) if entry.outcome else ""
        beside = bool(sign) and cell_len(lines[0]) + cell_len(sign) + LABEL + 1 <= width
        below = "" if beside or became else sign
        told = (
            below,
            who(tr, entry, self._names),
            *self._settled(entry),
            same,
            offer,
            f"#{theme}" if theme else "",
            became,
            came,
            link or "",
            answer or "",
        )
        details = [part for part in (*told, knowing) if part]
        more = wrap(" · ".join(details), width - LABEL - 1) if details else []
        if len(lines) + len(more) > height:
            lines = [*lines[: max(1, height - len(more) - 1)], "…"] if height > len(more) + 1 else lines[:height]
        rows: list[Row] = []
        for place, line in enumerate(lines):
            number = left(f"▌{entry_label(tr, entry)}" if place == 0 else "▌", LABEL)
            tail = f" {sign}" if place == 0 and beside else ""
            body = left(line, width - LABEL - cell_len(tail))
            rows.append([(number, "selected"), (body, "selected"), (tail, "selected")])
        rows += [[(left("▌", LABEL), "selected"), (left(line, width - LABEL), "selected")] for line in more]
        return rows[:height]

    def panel(self, entries: Sequence[Entry], chosen: str | None, height: int, knowing: str = "") -> list[Row]:
        """The rows of a panel: the latest that fit whole, the chosen one among them; who and when at the end, on a line of their own where need be."""
        blocks = [
            self.full(entry, height, knowing) if entry.id == chosen else self._block(entry, height) for entry in entries
        ]
        at = next((place for place, entry in enumerate(entries) if entry.id == chosen), len(blocks) - 1)
        if sum(map(len, blocks)) > height > LINES:
            height -= 1  # a row for how many more there are
        first = last = at
        used = len(blocks[at]) if blocks else 0
        while blocks and (first > 0 or last < len(blocks) - 1):
            if first > 0 and used + len(blocks[first - 1]) <= height:
                first -= 1
                used += len(blocks[first])
            elif last < len(blocks) - 1 and used + len(blocks[last + 1]) <= height:
                last += 1
                used += len(blocks[last])
            else:
                break
        rows = [row for block in blocks[first : last + 1] for row in block][:height]
        if more := len(blocks) - (last + 1 - first):
            rows.append([(" " * LABEL + fit(self._tr.ntr("{n} more", "{n} more", more), self._width - LABEL), "dim")])
        return rows

    def _block(self, entry: Entry, height: int) -> list[Row]:
        room = self._width - LABEL
        tail = " ".join(part for part, _ in reversed(self._tail(entry, room)) if not part.startswith("#"))
        look = mark(self._tr, entry)[1] or "dim"
        style = "dim" if entry.done else ""
        lines = wrap(" ".join(shown_text(self._tr, entry).split("\n")), room)
        if len(lines) > (most := max(1, height // 2)):
            lines = [*lines[: most - 1], fit(" ".join(lines[most - 1 :]), room)]
        rows: list[Row] = []
        for place, line in enumerate(lines):
            head = left(f" {entry_label(self._tr, entry)}" if place == 0 else "", LABEL)
            rows.append([(head, style or "accent"), (line, style)])
        spare = room - cell_len(lines[-1])
        if tail and cell_len(tail) + 2 <= spare:
            rows[-1] = [*rows[-1], (right(tail, spare), look)]
        elif tail:
            rows.append([(" " * LABEL, ""), (right(tail, room), look)])
        return rows


def divider(title: str, width: int) -> Row:
    """A heading within a list: `── title ─────`."""
    name = fit(title, width - 5)
    return [("── ", "rule"), (name, "dim"), (" " + "─" * max(0, width - 4 - cell_len(name)), "rule")]


def _holds(text: str, room: int, tail: Sequence[Span], most: int) -> bool:
    ends = sum(cell_len(part) + 1 for part, _ in tail)
    return cell_len(text) <= room - ends or (most > 1 and len(wrap(text, max(1, room - ends))) <= most)


def _entries(items: Sequence[Entry | str]) -> int:
    return sum(not isinstance(item, str) for item in items)


def knowing(tr: Translator, meeting: Meeting, entry: Entry) -> str:
    """Who declared that they know about the theme of a question that is open; empty for anything else, and where nobody did."""
    owed = entry.outcome is None or OUTCOMES[entry.outcome].owed
    if entry.kind != "question" or not entry.theme or entry.private or entry.done or not owed or meeting.setup is None:
        return ""
    directory = Directory(meeting.setup.members, meeting.setup.partners)
    return knowing_text(tr, directory, entry.theme, but=(entry.by or "").split(NAMES_APART))


def people(tr: Translator, meeting: Meeting, width: int, height: int) -> list[Row]:
    """Who is there, member by member, as many as fit."""
    rows: list[Row] = []
    names = [member.name for member in meeting.opened.members] if meeting.setup else []
    names += [name for name in meeting.attendance if name not in names]
    columns = max(1, width // 24)
    cell = width // columns
    cells: list[Span] = []
    for name in names:
        someone = meeting.attendance.get(name)
        here = someone is not None and someone.status in ("present", "late")
        words = name if someone is None or here else f"{name} ({wording.presence_name(tr, someone.status)})"
        cells.append((left(f" {'✓' if here else '·'} {words}", cell), "" if here else "dim"))
    rows = [cells[i : i + columns] for i in range(0, len(cells), columns)]
    if len(rows) > height > 0:
        rows = [
            *rows[: height - 1],
            [(" " + tr.ntr("{n} more", "{n} more", len(names) - (height - 1) * columns), "dim")],
        ]
    return rows
