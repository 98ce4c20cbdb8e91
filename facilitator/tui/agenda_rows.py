"""The agenda: in a row, or in a column with what each step took of what it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from facilitator import wording
from facilitator.core.meeting import Meeting, StepState
from facilitator.core.time.clocks import Clocks, following
from facilitator.i18n import Translator
from facilitator.tui.arrangement import MARGIN, TITLE, WIDE
from facilitator.tui.cells import cell_len, fit, left, right
from facilitator.tui.view import heading
from facilitator.tui.widgets.lines import Row, Span


def strip(  # noqa: PLR0913  # all that it is a function of
    tr: Translator, meeting: Meeting, begins: Mapping[str, int], fits_until: str | None, zone: str, width: int
) -> Row:
    """The agenda in a row: what was, what runs, what comes and when; titles shorten evenly, that of the running one last.

    Where that tells nothing, and in a narrow window, what comes next and when.
    """
    late = _late(meeting, fits_until)
    if width < WIDE - MARGIN:
        return _next(tr, meeting, begins, late, zone, width)
    found: list[tuple[str, str, str, str]] = []  # sign, title, hour, style
    for step in meeting.steps:
        title = wording.step_title(tr, step.plan)
        running = meeting.spot is not None and step.id == meeting.spot.step
        if step.aside and not running:
            continue
        sign, style = _mark(step, meeting, running=running)
        hour = wording.time_text(begins[step.id], zone) if step.id in begins else ""
        found.append(("" if sign == "·" else f"{sign} ", title, f" {hour}" if hour else "", late.get(step.id, style)))
    room = width - 2 - sum(cell_len(sign) + cell_len(hour) for sign, _, hour, _ in found) - 3 * (len(found) - 1)
    at = next((place for place, (sign, *_) in enumerate(found) if sign.startswith(("▶", "‖"))), None)
    titles = evenly([title for _, title, _, _ in found], room, at)
    if titles is None:
        return _next(tr, meeting, begins, late, zone, width)
    row: list[Span] = [(" ", "")]
    for place, ((sign, _, hour, style), title) in enumerate(zip(found, titles, strict=True)):
        row += [("   ", "")] if place else []
        row += [(sign, style), (title, style), (hour, "dim" if style == "" else style)]
    return row


def evenly(titles: Sequence[str], room: int, running: int | None) -> list[str] | None:
    """The titles in so many cells together, the longest cut first and the running one last; None when too little is left."""
    widths = [cell_len(title) for title in titles]
    over = sum(widths) - room
    for spared in (running, None):
        while over > 0:
            longest = max(
                (one for one in range(len(widths)) if one != spared), key=lambda one: widths[one], default=None
            )
            if longest is None or widths[longest] <= TITLE:
                break
            widths[longest] -= 1
            over -= 1
    return None if over > 0 else [fit(title, width) for title, width in zip(titles, widths, strict=True)]


def _next(  # noqa: PLR0913  # all that it is a function of
    tr: Translator, meeting: Meeting, begins: Mapping[str, int], late: dict[str, str], zone: str, width: int
) -> Row:
    """What comes next and when, as many as fit whole."""
    words = tr("Next:")
    row: list[Span] = [(f" {words} ", "dim")]
    used = cell_len(words) + 2
    for step in following(meeting):
        hour = wording.time_text(begins[step.id], zone) if step.id in begins else ""
        title = wording.step_title(tr, step.plan)
        alone = len(row) == 1
        if not alone and used + cell_len(title) + cell_len(hour) + 4 > width:
            break
        title = fit(title, width - used - cell_len(hour) - 2)
        style = late.get(step.id, "")
        row += [] if alone else [("   ", "")]
        row += [(title, style), (f" {hour}", style or "dim")]
        used += cell_len(title) + cell_len(hour) + (1 if alone else 4)
    return row if len(row) > 1 else []


def _late(meeting: Meeting, fits_until: str | None) -> dict[str, str]:
    """The style of the steps that do not end before the promise, by their ids."""
    found: dict[str, str] = {}
    for step in following(meeting):
        if found or step.id == fits_until:
            found[step.id] = "warn"
    return found


def agenda(  # noqa: PLR0913  # all that it is a function of
    tr: Translator,
    meeting: Meeting,
    times: Clocks,
    begins: Mapping[str, int],
    fits_until: str | None,
    zone: str,
    width: int,
    height: int,
) -> list[Row]:
    """The agenda in a column: what each step took of what it was given, or when it begins; the line below which nothing fits before the promise."""
    rows: list[Row] = [[(" ", ""), *heading(tr("Agenda"), tr("taken / given"), width - 1)]]
    body, now_at = _steps(tr, meeting, times, begins, fits_until, zone, width)
    room = height - 1
    if len(body) > room:
        first = max(0, min(now_at - room // 3, len(body) - room))
        body = body[first : first + room]
    return rows + body


def _steps(  # noqa: PLR0913  # all that it is a function of
    tr: Translator,
    meeting: Meeting,
    times: Clocks,
    begins: Mapping[str, int],
    fits_until: str | None,
    zone: str,
    width: int,
) -> tuple[list[Row], int]:
    rows: list[Row] = []
    now_at = 0
    by_id = {clock.id: clock for clock in times.steps}
    for step in meeting.steps:
        running = meeting.spot is not None and step.id == meeting.spot.step
        clock = by_id.get(step.id)
        if step.id == fits_until and not running:
            rows.append(_promise_line(tr, width))
        if running:
            now_at = len(rows)
        mark, style = _mark(step, meeting, running=running)
        given = _minutes(step.adjusted_s)
        if step.aside:
            figures = tr("aside")
        elif clock is not None and clock.actual_s is not None:
            figures = f"{_minutes(clock.actual_s)} / {given}"
        else:
            hour = wording.time_text(begins[step.id], zone) if step.id in begins else ""
            figures = f"{hour}  {right(given, 3)}"
        title = wording.step_title(tr, step.plan)
        rows.append(
            [
                (f" {mark} ", style),
                (left(title, width - 5 - cell_len(figures)), style),
                (f" {figures} ", "dim" if style == "" else style),
            ]
        )
        if running and meeting.spot is not None and meeting.spot.phase is not None:
            rows += _phases(step, meeting.spot.phase, width)
    return rows, now_at


def _phases(step: StepState, at: int, width: int) -> list[Row]:
    rows: list[Row] = []
    for place, phase in enumerate(step.phases):
        mark = "▸" if place == at else ("✓" if phase.spent_ms else "·")
        style = "accent" if place == at else "dim"
        minutes = _minutes(phase.adjusted_s)
        name = left(f"{mark} {phase.title}", width - 6 - cell_len(minutes))
        rows.append([("    ", ""), (name, style), (f" {minutes} ", style)])
    return rows


def _promise_line(tr: Translator, width: int) -> Row:
    words = f" {tr('beyond the promise')} "
    side = max(0, width - cell_len(words)) // 2
    return [(fit("╌" * side + words + "╌" * max(0, width - side - cell_len(words)), width), "warn")]


def _mark(step: StepState, meeting: Meeting, *, running: bool) -> tuple[str, str]:
    if running:
        return ("‖" if meeting.state == "paused" else "▶"), "accent"
    if step.aside:
        return "–", "dim"
    return ("✓", "dim") if step.visits else ("·", "")


def _minutes(seconds: int | None) -> str:
    return "" if seconds is None else str(max(0, seconds + 30) // 60)
