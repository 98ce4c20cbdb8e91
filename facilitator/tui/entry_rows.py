"""The list of what was caught: a window on the entries around the chosen one, which shows its whole text."""

from __future__ import annotations

from collections.abc import Sequence

from facilitator import wording
from facilitator.core.cycle.directory import Directory
from facilitator.core.entry import Entry
from facilitator.core.meeting import Meeting
from facilitator.core.vocabulary import KINDS, OUTCOMES
from facilitator.i18n import Translator
from facilitator.tui import outcomes
from facilitator.tui.cells import cell_len, fit, left, wrap
from facilitator.tui.view import entry_label
from facilitator.tui.widgets.lines import Row
from facilitator.wording.carrying import origin_text
from facilitator.wording.people import knowing_text

LABEL = 5


def shown_text(tr: Translator, entry: Entry) -> str:
    """The text as the wall may see it: the length alone of a private one."""
    return wording.masked(tr, entry.text) if entry.private else entry.text


def mark(tr: Translator, entry: Entry) -> tuple[str, str]:
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


def who(tr: Translator, entry: Entry) -> str:
    """Who said it or does it, the date it is due, and how many more have the same need; of a private one nothing."""
    if entry.private:
        return ""
    parts = []
    if entry.owners:
        parts.append(", ".join(entry.owners))
    elif entry.by:
        parts.append(entry.by)
    if entry.due:
        parts.append(f"{entry.due:%d/%m}")
    if entry.same:
        parts.append(f"+{entry.same}")
    if entry.offer:
        parts.append(tr("offer"))
    return " · ".join(parts)


def entries(  # noqa: PLR0913  # what there is to show, and the room for it
    tr: Translator, listed: Sequence[Entry], place: int | None, width: int, height: int, *, knowing: str = ""
) -> list[Row]:
    """As many rows as fit, the entry at `place` among them with its whole text and who knows; without one, the end of the list."""
    if height <= 0 or width < LABEL + 4:
        return []
    full = _full(tr, listed[place], width, height, knowing) if place is not None else []
    before = after = 0
    if place is None:
        first, last = max(0, len(listed) - height), len(listed)
        return [_short(tr, entry, width) for entry in listed[first:last]]
    room = max(0, height - len(full))
    after = min(len(listed) - place - 1, room // 2)
    before = min(place, room - after)
    after = min(len(listed) - place - 1, room - before)
    rows = [_short(tr, entry, width) for entry in listed[place - before : place]]
    rows += full
    rows += [_short(tr, entry, width) for entry in listed[place + 1 : place + 1 + after]]
    return rows


def _promised(entry: Entry) -> bool:
    """Whether it was promised in an earlier meeting: it may be late, and no name is on the wall for it until it is chosen."""
    return entry.origin is not None and entry.kind == "action"


def _short(tr: Translator, entry: Entry, width: int) -> Row:
    sign, style = mark(tr, entry)
    name = fit("" if _promised(entry) else who(tr, entry), max(0, min(18, width // 3)))
    tail = cell_len(name) + cell_len(sign) + (1 if name else 0) + (1 if sign else 0)
    text = left(shown_text(tr, entry), width - LABEL - tail)
    settled = entry.outcome is not None or entry.done
    return [
        (left(f" {entry_label(tr, entry)}", LABEL), "accent" if not settled else "dim"),
        (text, "dim" if settled else ""),
        (f" {name}" if name else "", "dim"),
        (f" {sign}" if sign else "", style),
    ]


def knowing(tr: Translator, meeting: Meeting, entry: Entry) -> str:
    """Who declared that they know about the theme of a question that is open; empty for anything else, and where nobody did."""
    owed = entry.outcome is None or OUTCOMES[entry.outcome].owed
    if entry.kind != "question" or not entry.theme or entry.private or entry.done or not owed or meeting.setup is None:
        return ""
    return knowing_text(tr, Directory(meeting.setup.members, meeting.setup.partners), entry.theme)


def _full(tr: Translator, entry: Entry, width: int, height: int, knowing: str) -> list[Row]:
    """All of it, over as many rows as needed and at hand."""
    lines = wrap(shown_text(tr, entry), width - LABEL - 1)
    sign, _ = mark(tr, entry)
    theme, link, answer = (None, None, None) if entry.private else (entry.theme, entry.link, entry.answer)
    came = "" if entry.private or entry.origin is None else tr("from {entry}", entry=origin_text(tr, entry.origin))
    found = (who(tr, entry), f"#{theme}" if theme else "", _outcome(tr, entry), came, link or "", answer or "")
    details = [part for part in (*found, knowing) if part]
    more = wrap(" · ".join(details), width - LABEL - 1) if details else []
    if len(lines) + len(more) > height:
        lines = [*lines[: max(1, height - len(more) - 1)], "…"] if height > len(more) + 1 else lines[:height]
    rows: list[Row] = []
    for place, line in enumerate(lines):
        number = left(f"›{entry_label(tr, entry)}", LABEL) if place == 0 else " " * LABEL
        tail = f" {sign}" if place == 0 and sign and cell_len(line) + cell_len(sign) + LABEL + 1 <= width else ""
        body = left(line, width - LABEL - cell_len(tail))
        rows.append([(number, "selected"), (body, "selected"), (tail, "selected")])
    rows += [[(" " * LABEL, "selected"), (left(line, width - LABEL), "selected")] for line in more]
    return rows[:height]


def _outcome(tr: Translator, entry: Entry) -> str:
    return wording.outcome_name(tr, entry.outcome) if entry.outcome else ""


def people(tr: Translator, meeting: Meeting, width: int, height: int) -> list[Row]:
    """Who is there, member by member, as many as fit."""
    rows: list[Row] = []
    names = [member.name for member in meeting.opened.members] if meeting.setup else []
    names += [name for name in meeting.attendance if name not in names]
    columns = 2 if width >= 40 else 1  # two names side by side
    cell = width // columns
    cells: list[tuple[str, str]] = []
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


def side(tr: Translator, meeting: Meeting, width: int, height: int) -> list[Row]:
    """Beside the list on a wide screen: what was decided, who does what, what was put aside."""
    groups: list[tuple[str, list[Entry]]] = [
        (wording.kinds_name(tr, kind), meeting.of_kind(kind)) for kind in ("decision", "action", "aside")
    ]
    rows: list[Row] = []
    share = max(2, height // 3)
    for name, found in groups:
        rows.append([(left(f" {name} {len(found) or ''}", width), "strong")])
        for entry in found[-(share - 1) :]:
            sign, style = mark(tr, entry)
            owner = f" {', '.join(entry.owners)}" if entry.owners and not _promised(entry) else ""
            tail = f"{fit(owner, width // 3)}{' ' + sign if sign else ''}"
            text = left(f" {entry_label(tr, entry)} {shown_text(tr, entry)}", width - cell_len(tail))
            rows.append([(text, "dim" if entry.done else ""), (tail, style or "dim")])
        rows.append([])
    return rows[:height]
