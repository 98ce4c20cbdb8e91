"""What the meeting screen shows: rows that are a pure function of the meeting, the instant and the size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from facilitator import wording
from facilitator.core.entry import Entry, label
from facilitator.core.meeting import Meeting, StepState
from facilitator.core.time.clocks import Clocks, following, to_go_ms, usual_answer_s
from facilitator.i18n import Translator
from facilitator.tui.arrangement import TITLE, WIDE
from facilitator.tui.cells import cell_len, fit, fit_first, left, right, wrap
from facilitator.tui.gesture import Gesture
from facilitator.tui.widgets.lines import Row, Span

if TYPE_CHECKING:
    from facilitator.core.time.warnings import Alert

MINUTE_S = 60
# From so many columns on each key of the footer has a label of its own.
ONE_LABEL_EACH = 110


def header(  # noqa: PLR0913  # all that it is a function of
    tr: Translator, title: str, meeting: Meeting, times: Clocks, zone: str, width: int, *, with_step: bool = False
) -> list[Row]:
    """What it is about, the time of day, the end as it comes against the one announced. What is left shrinks before any time does.

    `with_step`: the step that runs, its place and who leads it, where no agenda is seen; else the title of the meeting.
    """
    parts: list[Span] = [(wording.time_text(times.now, zone), "strong")]
    if times.projected_end is not None and meeting.state in ("running", "paused"):
        parts += _end(tr, times, zone, width)
    elif times.promised_end is not None and meeting.state in ("none", "ready"):
        parts.append((tr("promised end {time}", time=wording.time_text(times.promised_end, zone)), "dim"))
    while len(parts) > 1 and sum(cell_len(text) + 3 for text, _ in parts) > width:
        parts.pop()
    spans: list[Span] = []
    for text, style in parts:
        spans += [("   ", ""), (text, style)] if spans else [(text, style)]
    room = width - sum(cell_len(text) for text, _ in spans) - 3
    words = where(tr, meeting, title, room) if with_step else title
    name = left(words, room) if room >= 4 else " " * max(0, room)  # a letter or two tell nothing
    return [[(" ", ""), (name, "strong"), (" ", ""), *spans, (" ", "")]] if room >= 0 else [[*spans]]


def _end(tr: Translator, times: Clocks, zone: str, width: int) -> list[Span]:
    """When it ends at this pace, and when that was announced; of a meeting held at another time than planned, the first alone."""
    projected = times.projected_end or 0
    ends = wording.time_text(projected, zone)
    promised = times.promised_end
    if promised is None or abs(times.drift_s) >= wording.FAR_S:
        return [(tr("ends around {time}", time=ends), "")]
    said = wording.time_text(promised, zone)
    if said == ends:
        return [(tr("ends at {time}, as announced", time=ends), "good")]
    broken = projected - promised >= MINUTE_S * 1000
    words = tr("ends around {time}, announced {promised}", time=ends, promised=said)
    if not broken:
        return [(words, "")]
    return [(words, "warn"), (tr("t re-plans"), "key")] if width >= WIDE else [(words, "warn")]


def heading(text: str, aside: str, width: int) -> Row:
    """A ruled heading: `text ────── aside`."""
    aside = f" {fit(aside, width // 3)} " if aside else ""
    name = f"{fit(text, width - cell_len(aside) - 3)} "
    rule = "─" * max(0, width - cell_len(name) - cell_len(aside) - 1)
    return [(name, "strong"), (rule, "dim"), (aside, ""), ("─" if aside else "", "dim")]


def starts(meeting: Meeting, times: Clocks) -> dict[str, int]:
    """When each step to come begins at this pace, in milliseconds UTC, by its id."""
    coming = following(meeting)
    at = times.projected_end
    found: dict[str, int] = {}
    if at is None or meeting.state in ("adjourned", "closed"):
        return found
    for step in reversed(coming):
        at -= to_go_ms(step)
        found[step.id] = at
    return found


def strip(  # noqa: PLR0913  # all that it is a function of
    tr: Translator, meeting: Meeting, times: Clocks, fits_until: str | None, zone: str, width: int
) -> Row:
    """The agenda in a row: what was, what runs, what comes and when; titles shorten evenly, that of the running one last.

    Where that tells nothing, what comes next and when.
    """
    begins = starts(meeting, times)
    late = _late(meeting, fits_until)
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
    titles = _evenly([title for _, title, _, _ in found], room, at)
    if titles is None:
        return _next(tr, meeting, begins, late, zone, width)
    row: list[Span] = [(" ", "")]
    for place, ((sign, _, hour, style), title) in enumerate(zip(found, titles, strict=True)):
        row += [("   ", "")] if place else []
        row += [(sign, style), (title, style), (hour, "dim" if style == "" else style)]
    return row


def _evenly(titles: Sequence[str], room: int, running: int | None) -> list[str] | None:
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
    tr: Translator, meeting: Meeting, begins: dict[str, int], late: dict[str, str], zone: str, width: int
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
    tr: Translator, meeting: Meeting, times: Clocks, fits_until: str | None, zone: str, width: int, height: int
) -> list[Row]:
    """The agenda in a column: what each step took of what it was given, or when it begins; the line below which nothing fits before the promise."""
    rows: list[Row] = [heading(tr("Agenda"), tr("min taken / given"), width)]
    body, now_at = _steps(tr, meeting, times, fits_until, zone, width)
    room = height - 1
    if len(body) > room:
        first = max(0, min(now_at - room // 3, len(body) - room))
        body = body[first : first + room]
    return rows + body


def _steps(  # noqa: PLR0913  # all that it is a function of
    tr: Translator, meeting: Meeting, times: Clocks, fits_until: str | None, zone: str, width: int
) -> tuple[list[Row], int]:
    rows: list[Row] = []
    now_at = 0
    begins = starts(meeting, times)
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


def counts(tr: Translator, meeting: Meeting, width: int, *, panels: bool = False) -> Row:
    """What was caught of each kind, in one line, and how many are there; someone's own need is not counted: the wall may look on.

    With `panels` the headings count already.
    """
    entries = list(meeting.entries.values())
    here = sum(1 for someone in meeting.attendance.values() if someone.status in ("present", "late"))
    said: list[str] = []
    if not panels:
        decided = sum(one.kind == "decision" for one in entries)
        todo = [one for one in entries if one.kind == "action" and not one.done]
        free = sum(not one.owners for one in todo)
        wanted = sum(one.kind == "need" and not one.offer for one in entries)
        offered = sum(one.kind == "need" and one.offer for one in entries)
        aside = sum(one.kind == "aside" for one in entries)
        said += [tr("Decided {n}", n=decided)] if decided else []
        if todo:
            said.append(
                tr("To do {n}, {free} without an owner", n=len(todo), free=free)
                if free
                else tr("To do {n}", n=len(todo))
            )
        said += [tr("Wanted {n}", n=wanted)] if wanted else []
        said += [tr("Offered {n}", n=offered)] if offered else []
        said += [tr("Aside {n}", n=aside)] if aside else []
    if here:
        said.append(tr.ntr("{n} person", "{n} people", here))
    while len(said) > 1 and sum(cell_len(words) + 3 for words in said) > width:
        said.pop()
    return [(fit(" " + "   ".join(said), width), "dim")] if said else []


def where(tr: Translator, meeting: Meeting, title: str, width: int) -> str:
    """The step that runs (and its phase), its place among how many, and who leads it: as much of that as fits."""
    step = meeting.current
    if step is None:
        return title
    name = wording.step_title(tr, step.plan)
    if meeting.spot is not None and meeting.spot.phase is not None:
        name += f" › {step.phases[meeting.spot.phase].title}"
    if step.visits > 1:
        name += " " + tr("(resumed)")
    place = tr("{n} of {total}", n=meeting.number_of(step.id), total=len(meeting.steps))
    lead = step.lead or meeting.opened.agenda.facilitator or ""
    full = f"{name} · {place}" + (f" · {lead}" if lead else "")
    return fit_first((full, f"{name} · {place}", name), width)


# How the running clock stands, in the style of its words.
LEVELS = {"amber": "warn", "red": "alert", "over": "alert"}
# A clock of this many hours over is one that nobody looked at.
MANY_HOURS = 10


class Floor(Struct, frozen=True):
    """What has the floor: a clock of so many seconds left of so many, and how it stands (calm, amber, red, over)."""

    left_s: int
    of_s: int
    level: str


def floor(meeting: Meeting, times: Clocks) -> Floor:
    """The clock that matters now: of the answer, of who speaks, else of the step."""
    choices = meeting.opened.choices if meeting.setup is not None else None
    if meeting.answering is not None and times.answer_left_s is not None:
        left_s, of_s = times.answer_left_s, meeting.answering.seconds
    elif meeting.round is not None and times.round_left_s is not None:
        left_s, of_s = times.round_left_s, meeting.round.seconds
    else:
        return Floor(times.left_s, times.adjusted_s, times.level)
    if left_s < 0:
        return Floor(left_s, of_s, "over")
    return Floor(left_s, of_s, "amber" if choices is not None and left_s <= of_s * choices.amber else "calm")


def figures_text(seconds: int) -> str:
    """Time left in few figures, `+` before what is over: `12:19`, `+3:12`, and hours without seconds: `1h02`."""
    sign, hours = ("+" if seconds < 0 else ""), abs(seconds) // 3600
    if not hours:
        return f"{sign}{abs(seconds) // 60}:{abs(seconds) % 60:02}"
    if sign and hours >= MANY_HOURS:
        return f"{sign}{min(hours, 99)}h"
    return f"{sign}{min(hours, 99)}h{abs(seconds) // 60 % 60:02}"


def big(tr: Translator, meeting: Meeting, times: Clocks, zone: str) -> str:
    """The text of the block clock: time left, `+3:12` over, the word PAUSE, the countdown before the start."""
    if meeting.state == "paused":
        return "PAUSE"
    if meeting.state in ("adjourned", "closed"):
        return tr.ptr("big word on the clock: letters A D E F I N P S U only", "END")
    if meeting.state in ("none", "ready"):
        if times.starts_in_s is None:
            return wording.time_text(times.now, zone)
        return figures_text(times.starts_in_s)
    return figures_text(floor(meeting, times).left_s)


def step_clock(tr: Translator, meeting: Meeting, times: Clocks, width: int) -> Row:
    """The clock of the step in words, at the right end: what is left of how much."""
    if meeting.state not in ("running", "paused"):
        return []
    said, style = _left(tr, times)
    of = tr("of {length}", length=wording.minutes_text(tr, times.adjusted_s))
    words = fit_first((f"{said} {of}", said), width - 1)
    return [(right(words, width - 1), style)]


def progress(meeting: Meeting, times: Clocks, width: int) -> Row:
    """How far the step is."""
    if meeting.state not in ("running", "paused"):
        return []
    share = times.elapsed_s / times.adjusted_s if times.adjusted_s else 1.0
    room = width - 2
    filled = max(0, min(room, int(share * room)))
    return [(" " + "━" * filled, LEVELS.get(times.level, "accent")), ("─" * (room - filled), "dim")]


def beside_clock(tr: Translator, meeting: Meeting, times: Clocks, zone: str, width: int, height: int) -> list[Row]:  # noqa: PLR0913  # all that it is a function of
    """What has the floor, in words, beside the figures: the question that is answered, who speaks, else the step."""
    if meeting.state in ("none", "ready"):
        return [[span] for span in _before(tr, meeting, times, zone)]
    if meeting.state in ("adjourned", "closed"):
        ended = wording.time_text(meeting.adjourned_at, zone) if meeting.adjourned_at is not None else ""
        return [[(tr("adjourned"), "strong")], [(tr("at {time}", time=ended), "")]]
    rows: list[Row] = []
    if meeting.state == "paused":
        rows.append([(tr("paused for {clock}", clock=wording.clock_text(times.paused_s)), "warn")])
    return (rows + _floor_rows(tr, meeting, times, width, height - len(rows)))[:height]


def _floor_rows(tr: Translator, meeting: Meeting, times: Clocks, width: int, height: int) -> list[Row]:
    entry = meeting.entries.get(meeting.answering.entry) if meeting.answering is not None else None
    if entry is not None:
        return _answer_rows(tr, meeting, times, entry, width, height)
    if meeting.round is not None:
        return _round_rows(tr, meeting, times, width, height)
    step = meeting.current
    if step is None:
        return []
    name, phase = wording.step_title(tr, step.plan), ""
    if meeting.spot is not None and meeting.spot.phase is not None:
        phase = step.phases[meeting.spot.phase].title
    lead = step.lead or ""
    rows: list[Row] = [[(line, "strong")] for line in _lines(name, width, max(1, height - 3))]
    rows += [[(phase, "accent")]] if phase else []
    rows += [[(tr("with {name}", name=lead), "")]] if lead else []
    rows += [[_level(tr, meeting, times.level)]] if times.level != "calm" else []
    if times.answer_budget_left_s is not None:
        left_s = max(0, times.answer_budget_left_s)
        questions = left_s // usual_answer_s(meeting)
        length = wording.minutes_text(tr, left_s)
        said = tr.ntr(
            "answers: {length} left, about {n} question",
            "answers: {length} left, about {n} questions",
            questions,
            length=length,
        )
        rows.append([(fit_first((said, tr("answers {length}", length=length)), width), "dim")])
    return rows


def _answer_rows(  # noqa: PLR0913  # all that it is a function of
    tr: Translator, meeting: Meeting, times: Clocks, entry: Entry, width: int, height: int
) -> list[Row]:
    number = label(entry.kind, entry.number, tr.language)
    text = wording.masked(tr, entry.text) if entry.private else entry.text
    now = floor(meeting, times)
    tail: list[str] = []
    if not entry.private:
        names = entry.owners
        tail += [tr("to be answered by {name}", name=", ".join(names))] if names else []
        if entry.by or entry.same:
            asked = tr("asked by {name}", name=entry.by) if entry.by else ""
            others = tr.ntr("{n} other has it", "{n} others have it", entry.same) if entry.same else ""
            tail += [part for part in (asked, others) if part]
        tail += [f"#{entry.theme}"] if entry.theme else []
    last: list[Span] = [(tr("■ time is up"), "alert")] if now.level == "over" else []
    if tail:
        last.append(((" · " if last else "") + " · ".join(tail), "dim"))
    rows: list[Row] = [_headed((tr("Answering {number}", number=number), number), now, width)]
    rows += [[(line, "strong")] for line in _lines(text, width, max(1, height - 1 - bool(last)))]
    return [*rows, last] if last else rows


def _headed(words: Sequence[str], now: Floor, width: int) -> Row:
    """What has the floor, and its clock for whoever cannot read blocks."""
    clock = f"  {wording.left_clock(now.left_s)}"
    return [(fit_first(words, width - cell_len(clock)), "accent"), (clock, LEVELS.get(now.level, ""))]


def _round_rows(tr: Translator, meeting: Meeting, times: Clocks, width: int, height: int) -> list[Row]:
    turn = meeting.round
    if turn is None:
        return []
    now = floor(meeting, times)
    rows: list[Row] = [_headed((tr("Speaking now:"), ""), now, width), [(fit(turn.speaking or "", width), "strong")]]
    if now.level == "over":
        rows.append([(tr("■ time is up"), "alert")])
    if turn.waiting:
        rows.append([(fit(tr("then {name}", name=turn.waiting[0]), width), "")])
        rows.append([(tr.ntr("{n} to speak", "{n} to speak", len(turn.waiting)), "dim")])
    return rows[:height]


def _level(tr: Translator, meeting: Meeting, level: str) -> Span:
    """What the colour says, in words."""
    step = meeting.current
    is_break = step is not None and step.plan.kind == "break"
    words = {
        "amber": tr("▲ soon over"),
        "red": tr("▲▲ we go on soon") if is_break else tr("▲▲ to conclude"),
        "over": tr("■ time is up"),
    }
    return words.get(level, ""), LEVELS.get(level, "")


def _lines(text: str, width: int, most: int) -> list[str]:
    """The text in so many lines at most, the last one cut."""
    lines = wrap(" ".join(text.split()), width)
    if len(lines) > most:
        lines = [*lines[: most - 1], fit(" ".join(lines[most - 1 :]), width)]
    return lines


def below_clock(  # noqa: PLR0913  # all that it is a function of
    tr: Translator, meeting: Meeting, times: Clocks, zone: str, width: int, *, figures: bool = True
) -> Row:
    """The same in one row below the figures: what gives way is least pressing; without `figures` it says all."""
    words: list[Span] = []
    if meeting.state in ("none", "ready"):
        if not figures and times.starts_in_s is not None:
            words.append((wording.left_clock(times.starts_in_s), "strong"))
        words += _before(tr, meeting, times, zone)
    elif meeting.state in ("adjourned", "closed"):
        words += [span for row in beside_clock(tr, meeting, times, zone, width, 2) for span in row]
    else:
        if meeting.state == "paused":
            words.append((tr("paused for {clock}", clock=wording.clock_text(times.paused_s)), "warn"))
        words += _pressing(tr, meeting, times)
    while len(words) > 1 and sum(cell_len(text) + 3 for text, _ in words) - 3 > width:
        words.pop()
    row: list[Span] = []
    for text, style in words:
        row += [(" · ", "dim"), (text, style)] if row else [(fit(text, width), style)]
    return row


def _pressing(tr: Translator, meeting: Meeting, times: Clocks) -> list[Span]:
    """The question or the person that has the floor, with that clock; the step's; what the colour says."""
    now = floor(meeting, times)
    words: list[Span] = []
    entry = meeting.entries.get(meeting.answering.entry) if meeting.answering is not None else None
    clock = wording.left_clock(now.left_s)
    if entry is not None:
        number = label(entry.kind, entry.number, tr.language)
        words.append((tr("{number} answer {clock}", number=number, clock=clock), LEVELS.get(now.level, "strong")))
    elif meeting.round is not None:
        words.append((f"{meeting.round.speaking or ''} {clock}".strip(), "accent"))
    words.append(_left(tr, times))
    if times.level != "calm":
        words.append(_level(tr, meeting, times.level))
    words.append((tr("of {length}", length=wording.minutes_text(tr, times.adjusted_s)), ""))
    return words


def _left(tr: Translator, times: Clocks) -> Span:
    clock = wording.clock_text(times.left_s)
    if times.left_s < 0:
        return tr("over by {clock}", clock=clock), "alert"
    return tr("{clock} left", clock=clock), {"amber": "warn", "red": "alert"}.get(times.level, "strong")


def _before(tr: Translator, meeting: Meeting, times: Clocks, zone: str) -> list[Span]:
    setup = meeting.setup
    rows: list[Span] = []
    if times.starts_in_s is not None and setup is not None and setup.planned_start is not None:
        at = wording.time_text(setup.planned_start, zone)
        late = times.starts_in_s < 0
        rows.append((tr("due at {time}", time=at), "warn") if late else (tr("before we begin"), "strong"))
        if not late:
            rows.append((tr("at {time}", time=at), ""))
    else:
        rows.append((tr("ready to begin"), "strong"))
    rows.append((tr("→ to begin"), "key"))
    return rows


def welcome(tr: Translator, meeting: Meeting, width: int) -> list[Row]:
    """Where we are and who welcomes us, for the page that is on the wall before the start."""
    place = meeting.opened.agenda.place
    date = wording.date_text(tr, meeting.opened.day)
    said = [date[:1].upper() + date[1:]]
    if place is not None:
        host = " · " + tr("welcomed by {name}", name=place.host) if place.host else ""
        said.append(place.name + host)
    return [*([(fit(" " + words, width), "strong")] for words in said), []]


def standing(
    tr: Translator, meeting: Meeting, alerts: Sequence[Alert], *, typing: bool = False
) -> tuple[str, str] | None:
    """What deserves a line while nothing else is said: the most pressing warning that calls for a key.

    While the bar takes letters (`typing`) no letter is named as a key.
    """
    found = [(words, alert) for alert in alerts if (words := _alert(tr, meeting, alert, typing=typing))]
    if not found:
        return None
    words, alert = found[0]
    return words, "alert" if alert.level == "red" else "warn"


def _alert(tr: Translator, meeting: Meeting, alert: Alert, *, typing: bool) -> str:
    """A warning in words; empty for one that the clock tells already."""
    length = wording.minutes_text(tr, alert.seconds)
    # In whole minutes begun and ended, as the times in the header differ.
    whole = wording.minutes_text(tr, alert.seconds // MINUTE_S * MINUTE_S)
    name = alert.name or ""
    step = meeting.step(alert.spot.step) if alert.spot is not None else None
    title = wording.step_title(tr, step.plan) if step is not None else ""
    said = {
        "gap": tr("{length} to be settled (meeting or break): Ctrl+P", length=length),
        "answer-over": tr("Answer time is over: + one more minute, s send onward"),
        "turn-over": tr("{name} has had the time: o next person", name=name),
        "replan": tr("Ends {length} after the promise: t to re-plan", length=whole),
        "hours": tr("{step} ends {length} after its hours: t to re-plan", step=title, length=length),
        "conclude": tr("{length} left until the promised end: think of concluding", length=length),
        "promise-past": tr("The promised end is past: c adjourns, t re-plans"),
        "long-pause": tr("Paused for {length}: space goes on", length=length),
        "clock-changed": tr("The machine’s clock was changed; the meeting’s times are right."),
        "start-due": tr("The meeting should have begun: → begins it") if alert.seconds else "",
    }
    if typing:
        said |= {
            "answer-over": tr("Answer time is over"),
            "turn-over": tr("{name} has had the time", name=name),
            "replan": tr("Ends {length} after the promise", length=whole),
            "hours": tr("{step} ends {length} after its hours", step=title, length=length),
            "promise-past": tr("The promised end is past"),
        }
    return said.get(alert.code, "")


def number_label(tr: Translator, number: int) -> str:
    """A question's number as it is said."""
    return label("question", number, tr.language)


def entry_label(tr: Translator, entry: Entry) -> str:
    """The number, or a dash for a note."""
    return label(entry.kind, entry.number, tr.language) or "–"


def footer(tr: Translator, meeting: Meeting, chosen: list[Gesture], width: int) -> Row:
    """Keys and labels, as many as fit; in a narrow window those that write down an entry share one label."""
    taken = [gesture for gesture in chosen if gesture.kind is not None and gesture.kind != "note"]
    cells = [(gesture.key(tr), _label(tr, meeting, gesture)) for gesture in chosen]
    if width < ONE_LABEL_EACH and len(taken) > 2:
        at = chosen.index(taken[0])
        one = (" ".join(gesture.key(tr) for gesture in taken), tr("write down"))
        cells = [cell for gesture, cell in zip(chosen, cells, strict=True) if gesture not in taken]
        cells.insert(at, one)
    return keys_row(cells, width)


def _room_for(cells: list[tuple[str, str]]) -> int:
    return sum(cell_len(key) + cell_len(words) + 3 for key, words in cells)


def keys_row(cells: list[tuple[str, str]], width: int) -> Row:
    """`key label` pairs, as many as fit, the first ones first; the last, which is the way out, and help always."""
    always = [cell for cell in cells[:-1] if cell[0] == "h"] + cells[-1:]
    if _room_for(always) > width:
        always = cells[-1:]
    kept = list(always)
    for cell in cells:
        if cell not in kept and _room_for([*kept, cell]) <= width:
            kept.append(cell)
    cells = [cell for cell in cells if cell in kept]
    row: list[tuple[str, str]] = []
    for key, words in cells:
        row += [(f" {key}", "key"), (f" {words} ", "")]
    return row


def _label(tr: Translator, meeting: Meeting, gesture: Gesture) -> str:
    if gesture.id == "pause" and meeting.state == "paused":
        return tr("go on")
    if gesture.id == "next" and meeting.state in ("none", "ready"):
        return tr("begin")
    if gesture.id == "adjourn" and meeting.state == "adjourned":
        return tr("close")
    if gesture.id == "adjourn" and meeting.state == "closed":
        return tr("the close")
    return tr(gesture.label)


def footer_of_choice(tr: Translator, width: int) -> Row:
    """While one key is asked for, the only other that does something."""
    return keys_row([(tr("Esc"), tr("change nothing"))], width)


def footer_of_bar(tr: Translator, mode: str, width: int) -> Row:
    """The keys of the open bar."""
    cells = [(tr("Enter"), tr("save"))]
    if mode == "capture":
        cells.append(("Tab", tr("who, theme, due")))
    elif mode in ("attend", "handover"):
        cells.append(("Tab", tr("complete")))
    elif mode in ("find", "command"):
        cells = [(tr("Enter"), tr("choose"))]
    cells.append((tr("Esc"), tr("close the line")))
    return keys_row(cells, width)
