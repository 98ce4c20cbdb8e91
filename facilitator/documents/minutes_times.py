"""The table of times: a row for each step and phase, in whole minutes, and the pauses below."""

from __future__ import annotations

import re

from facilitator.core.meeting import PublicMeeting, StepState
from facilitator.core.records import TimeRow
from facilitator.documents import vocabulary
from facilitator.documents.item_reader import words
from facilitator.documents.minutes_items import Pen
from facilitator.documents.outline import Outline
from facilitator.wording import step_title

DASH = "\u2013"
SHORTEST_PAUSE_MS = 60_000  # a shorter one is a slip of the finger

_CELL = re.compile(r"\\.|\|")
_MINUTES = re.compile(r"([0-9]{1,5}) min\Z")


def times(meeting: PublicMeeting, pen: Pen, *, running: bool) -> str:
    """The table and the pauses. While the meeting runs, the step it is at has no actual time yet."""
    tr = pen.tr
    head = [
        tr.ptr("minutes", "Step"),
        tr.ptr("minutes", "Planned"),
        tr.ptr("minutes", "Adjusted"),
        tr.ptr("minutes", "Actual"),
    ]
    rows = [_row(head), "| :--- | ---: | ---: | ---: |\n"]
    for number, step in enumerate(meeting.steps, 1):
        here = running and meeting.spot is not None and meeting.spot.step == step.id and meeting.adjourned_at is None
        rows += _step(step, number, pen, here=here)
    return "".join(rows) + _pauses(meeting, pen)


def _step(step: StepState, number: int, pen: Pen, *, here: bool) -> list[str]:
    tr = pen.tr
    title = f"{number}. {pen.line(step_title(tr, step.plan))}"
    if step.aside:
        actual = tr.ptr("minutes", "put aside")
    elif here:
        actual = tr.ptr("minutes", "under way")
    else:
        actual = _actual(step.spent_ms, pen, estimated=step.estimated) if step.visits else DASH
    rows = [_row([title, _minutes(step.planned_s), _changed(step.planned_s, step.adjusted_s), actual])]
    for phase in step.phases:
        spent = _actual(phase.spent_ms, pen, estimated=step.estimated) if phase.spent_ms else DASH
        cells = [_minutes(phase.planned_s), _changed(phase.planned_s, phase.adjusted_s), spent]
        rows.append(_row([f"{DASH} {pen.line(phase.title)}", *cells]))
    return rows


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _minutes(seconds: int) -> str:
    return f"{(seconds + 30) // 60} min"


def _changed(planned_s: int, adjusted_s: int) -> str:
    return "" if planned_s == adjusted_s else _minutes(adjusted_s)


def _actual(ms: int, pen: Pen, *, estimated: bool) -> str:
    minutes = _minutes(ms // 1000)
    return pen.tr("about {minutes}", minutes=minutes) if estimated else minutes


def _pauses(meeting: PublicMeeting, pen: Pen) -> str:
    tr = pen.tr
    pauses = [pause for pause in meeting.pauses if pause.ms >= SHORTEST_PAUSE_MS]
    if not pauses:
        return ""
    said = ", ".join(
        tr("{time} ({minutes})", time=pen.time(pause.start), minutes=_minutes(pause.ms // 1000)) for pause in pauses
    )
    total = _minutes(sum(pause.ms for pause in pauses) // 1000)
    return (
        "\n"
        + tr.ntr("{n} pause: {pauses}.", "{n} pauses, {total} in all: {pauses}.", len(pauses), total=total, pauses=said)
        + "\n"
    )


def read_times(found: Outline) -> list[TimeRow]:
    """The rows of the table of times, as far as they can be read."""
    rows: list[TimeRow] = []
    step = 0
    for paragraph in found.paragraphs:
        heading = paragraph.under[-1].text if paragraph.under else ""
        if vocabulary.read_heading(words(heading[:200])) != "times" or not paragraph.text.startswith("|"):
            continue
        for line in paragraph.text.split("\n")[2:]:
            cells = _cells(line[:2_000])
            if len(cells) != 4:
                continue
            number, _, title = cells[0].partition(". ")
            phase = cells[0].startswith(DASH)
            if not phase:
                step = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else step + 1
            name = cells[0].removeprefix(DASH).strip() if phase else title or number
            planned, adjusted, actual = map(_read_minutes, cells[1:])
            rows.append(TimeRow(step, name, planned, adjusted, actual, phase=phase))
    return rows


def _cells(line: str) -> list[str]:
    cells = []
    at = 0
    for found in _CELL.finditer(line):
        if found[0] == "|":
            cells.append(words(line[at : found.start()]))
            at = found.end()
    return cells[1:]


def _read_minutes(cell: str) -> int | None:
    found = _MINUTES.search(cell)
    return int(found[1]) if found else None
