"""What the room sees: rows made from the public part of the meeting only. Nothing private, no blame."""

from __future__ import annotations

from facilitator import wording
from facilitator.core.entry import Entry, label
from facilitator.core.meeting import PublicMeeting, StepState
from facilitator.core.time.clocks import Clocks
from facilitator.i18n import Translator
from facilitator.meetings.opening_page import OpeningPage, opening_page
from facilitator.tui.cells import cell_len, fit, left
from facilitator.tui.widgets.lines import Row


def title_row(meeting: PublicMeeting, times: Clocks, width: int) -> list[Row]:
    """The title of the meeting, and the time of day."""
    clock = wording.time_text(times.now, meeting.setup.zone)
    return [[(left(" " + meeting.setup.agenda.title, width - cell_len(clock) - 2), "strong"), (f" {clock} ", "strong")]]


def step_row(tr: Translator, meeting: PublicMeeting, width: int) -> list[Row]:
    """The step that runs, its phase, and who leads it."""
    step = current(meeting)
    if step is None:
        place = meeting.setup.agenda.place
        return [[(fit(" " + (place.name if place else tr("Welcome")), width), "accent")]]
    name = wording.step_title(tr, step.plan)
    if meeting.spot is not None and meeting.spot.phase is not None:
        name += f" › {step.phases[meeting.spot.phase].title}"
    lead = f" · {step.lead}" if step.lead else ""
    return [[(" " + fit(name, width - 1 - cell_len(lead)), "accent"), (lead, "dim")]]


def current(meeting: PublicMeeting) -> StepState | None:
    """The step that runs."""
    return next((step for step in meeting.steps if meeting.spot and step.id == meeting.spot.step), None)


def big(tr: Translator, meeting: PublicMeeting, times: Clocks) -> str:
    """The large clock: time left; when it is over the time of day, unless the network chose to show the overrun."""
    if meeting.state == "paused":
        return "PAUSE"
    if meeting.state in ("adjourned", "closed"):
        return tr.ptr("big word on the clock: letters A D E F I N P S U only", "END")
    if meeting.state in ("none", "ready"):
        if times.starts_in_s is not None and times.starts_in_s >= 0:
            return wording.clock_text(times.starts_in_s)
        return wording.time_text(times.now, meeting.setup.zone)
    if times.left_s < 0 and not meeting.setup.choices.room_overrun:
        return wording.time_text(times.now, meeting.setup.zone)
    return wording.left_clock(times.left_s)


def below_clock(tr: Translator, meeting: PublicMeeting, times: Clocks, width: int) -> list[Row]:
    """One line under the clock, in words."""
    zone = meeting.setup.zone
    if meeting.state in ("none", "ready"):
        start = meeting.setup.planned_start
        words = (
            tr("We begin at {time}", time=wording.time_text(start, zone)) if start is not None else tr("We begin soon")
        )
    elif meeting.state == "paused":
        words = tr("Pause: we go on soon")
    elif meeting.state in ("adjourned", "closed"):
        words = tr("Thank you all")
    elif times.left_s < 0:
        step = current(meeting)
        words = tr("We go on") if step is not None and step.plan.kind == "break" else tr("We conclude")
    else:
        words = tr("{clock} left", clock=wording.clock_text(times.left_s))
    return [[(fit(" " + words, width), "strong")]]


def lower(tr: Translator, meeting: PublicMeeting, times: Clocks, width: int, height: int) -> list[Row]:
    """What comes next, what was decided, the questions so far, and three lines for whoever arrives late."""
    late = late_rows(tr, meeting, times, width)
    room = max(0, height - len(late) - 1)
    if meeting.state in ("none", "ready") and (page := opening_page(tr, meeting)):
        rows = opening_rows(tr, page, width, room)
        return [*rows, *([[]] * (height - len(rows) - len(late))), *late][:height]
    rows = []
    for name, found in _groups(tr, meeting):
        if not found or len(rows) + 2 > room:
            continue
        rows.append([(left(f" {name}", width), "accent")])
        space = max(1, min(len(found), (room - len(rows)) // (2 if name == tr("Decided") else 1)))
        rows += [_entry(tr, entry, width) for entry in found[-space:]]
    rows = rows[:room]
    rows += [[]] * (height - len(rows) - len(late)) if height > len(rows) + len(late) else []
    return [*rows, *late][:height]


def has_opening_page(tr: Translator, meeting: PublicMeeting) -> bool:
    """Whether the wall tells what became of what the last meeting left: before the start, when something did."""
    return meeting.state in ("none", "ready") and opening_page(tr, meeting) is not None


def opening_rows(tr: Translator, page: OpeningPage, width: int, height: int) -> list[Row]:
    """Since the last meeting: what was answered and by whom, what is awaited, what returns, what was done; whole texts, as many as fit."""
    rows: list[Row] = [
        [(fit(f" {page.heading} · {page.counts}" if page.counts else f" {page.heading}", width), "accent")]
    ]
    done: list[Row] = [[(fit(f" {page.done}", width), "good")]] if page.done else []
    answered = [
        [
            [(fit(f"   {one.question}", width), "strong")],
            *([[(fit(f"     {one.answer}", width), "")]] if one.answer else []),
        ]
        for one in page.answered
    ]
    awaited = [[_awaited(one.number, one.question, one.who, width)] for one in page.awaited]
    returned = [[_awaited(one.number, one.need, one.whence, width)] for one in page.returned]
    room = height - len(rows) - len(done)
    least = 2 if returned else 0  # one of what returns is there whatever else is
    below = len(awaited) + bool(awaited) + (len(returned) + 1 if returned else 0)
    half = max(room - below, room // 2) if below else room
    groups = (
        (tr("You had asked, the network has answered"), answered, half),
        (tr("Still awaited"), awaited, room - least),
        (tr("What comes back"), returned, room),
    )
    used = 0
    for name, blocks, most in groups:
        shown: list[Row] = []
        for block in blocks:
            if used + 1 + len(shown) + len(block) > most:
                break
            shown += block
        if shown:
            rows += [[(left(f" {name}", width), "accent")], *shown]
            used += 1 + len(shown)
    return [*rows, *done][:height]


def _awaited(number: str, question: str, who: str, width: int) -> Row:
    who = fit(who, max(width // 3, width - 11 - cell_len(question)))  # the question is not the first to be cut
    return [
        (left(f"   {number}", 8), "dim"),
        (left(fit(question, width - 10 - cell_len(who)), width - 9 - cell_len(who)), ""),
        (f"{who} ", "dim"),
    ]


def late_rows(tr: Translator, meeting: PublicMeeting, times: Clocks, width: int) -> list[Row]:
    """Where we are, what comes next, when it ends."""
    lines: list[str] = []
    step = current(meeting)
    ids = [other.id for other in meeting.steps if not other.aside]
    following: list[StepState] = [other for other in meeting.steps if not other.aside]
    if step is not None:
        place = ids.index(step.id) + 1 if step.id in ids else 0
        lines.append(
            tr("Step {n} of {total}: {title}", n=place, total=len(ids), title=wording.step_title(tr, step.plan))
        )
        following = following[place:]
    elif meeting.setup.agenda.place is not None and meeting.setup.agenda.place.host:
        lines.append(tr("Welcomed by {name}", name=meeting.setup.agenda.place.host))
    if following and meeting.state not in ("adjourned", "closed"):
        after = following[0]
        lead = f" · {after.lead}" if after.lead else ""
        length = wording.minutes_text(tr, after.adjusted_s)
        lines.append(tr("Next: {title}", title=f"{wording.step_title(tr, after.plan)}{lead} ({length})"))
    if times.promised_end is not None:
        lines.append(tr("End at {time}", time=wording.time_text(times.promised_end, meeting.setup.zone)))
    return [[(" ", ""), (fit(line, width - 1), "strong")] for line in lines]


def _groups(tr: Translator, meeting: PublicMeeting) -> list[tuple[str, list[Entry]]]:
    questions = [entry for entry in meeting.of_kind("question") if entry.text]
    return [(tr("Decided"), meeting.of_kind("decision")), (tr("Questions so far"), questions)]


def _entry(tr: Translator, entry: Entry, width: int) -> Row:
    said = label(entry.kind, entry.number, tr.language)
    sign = " ✓" if entry.outcome == "answered" else ""
    return [(left(f"   {said}", 8), "dim"), (left(entry.text, width - 8 - cell_len(sign)), ""), (sign, "good")]
