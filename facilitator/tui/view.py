"""What the meeting screen shows: rows that are a pure function of the meeting, the instant and the size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core.entry import Entry, label
from facilitator.core.meeting import Meeting, StepState
from facilitator.core.time.clocks import Clocks, usual_answer_s
from facilitator.core.vocabulary import KINDS
from facilitator.i18n import Translator
from facilitator.tui.cells import cell_len, fit, fit_first, left, right
from facilitator.tui.gesture import Gesture
from facilitator.tui.widgets.lines import Row, Span

if TYPE_CHECKING:
    from facilitator.core.time.warnings import Alert

MINUTE_S = 60
# What leaves the footer first when it is too narrow.
# From so many columns on each key of the footer has a label of its own.
ONE_LABEL_EACH = 110


def header(tr: Translator, title: str, meeting: Meeting, times: Clocks, zone: str, width: int) -> list[Row]:  # noqa: PLR0913  # all that it is a function of
    """Title, time of day, late or ahead, projected end against the promise. The title shrinks before any time does."""
    parts: list[tuple[str, str]] = [(wording.time_text(times.now, zone), "strong")]
    if meeting.state in ("running", "paused") and abs(times.drift_s) < wording.FAR_S:
        late = times.drift_s >= 60  # a minute
        parts.append((wording.drift_text(tr, times.drift_s), "warn" if late else "good"))
    if times.projected_end is not None and meeting.state in ("running", "paused"):
        ends = wording.time_text(times.projected_end, zone)
        promised = wording.time_text(times.promised_end, zone) if times.promised_end is not None else None
        broken = times.promised_end is not None and times.projected_end - times.promised_end >= 60_000
        words = (
            tr("ends {time} / {promised}", time=ends, promised=promised) if promised else tr("ends {time}", time=ends)
        )
        parts.append((words, "warn" if broken else "strong"))
    elif times.promised_end is not None and meeting.state in ("none", "ready"):
        parts.append((tr("promised end {time}", time=wording.time_text(times.promised_end, zone)), "dim"))
    while len(parts) > 1 and sum(cell_len(text) + 3 for text, _ in parts) > width:
        parts.pop(1)
    spans: list[tuple[str, str]] = []
    for text, style in parts:
        spans += [(" · ", "dim"), (text, style)] if spans else [(text, style)]
    room = width - sum(cell_len(text) for text, _ in spans) - 3
    name = left(title, room) if room >= 4 else " " * max(0, room)  # a letter or two tell nothing
    return [[(" ", ""), (name, "strong"), (" ", ""), *spans, (" ", "")]] if room >= 0 else [[*spans]]


def heading(text: str, aside: str, width: int) -> Row:
    """A ruled heading: `text ────── aside`."""
    aside = f" {fit(aside, width // 3)} " if aside else ""
    name = f"{fit(text, width - cell_len(aside) - 3)} "
    rule = "─" * max(0, width - cell_len(name) - cell_len(aside) - 1)
    return [(name, "strong"), (rule, "dim"), (aside, ""), ("─" if aside else "", "dim")]


def agenda(  # noqa: PLR0913  # all that it is a function of
    tr: Translator, meeting: Meeting, times: Clocks, fits_until: str | None, width: int, height: int
) -> list[Row]:
    """The steps with their minutes, and the line below which nothing fits before the promise."""
    rows: list[Row] = [heading(tr("Agenda"), "", width)]
    body, now_at = _steps(tr, meeting, times, fits_until, width)
    room = height - 1
    if len(body) > room:
        first = max(0, min(now_at - room // 3, len(body) - room))
        body = body[first : first + room]
    return rows + body


def _steps(
    tr: Translator, meeting: Meeting, times: Clocks, fits_until: str | None, width: int
) -> tuple[list[Row], int]:
    rows: list[Row] = []
    now_at = 0
    changed = any(step.adjusted_s != step.planned_s for step in meeting.steps)
    by_id = {clock.id: clock for clock in times.steps}
    begun = meeting.state not in ("none", "ready")
    plan_width = 6 if changed else 3
    title_width = width - 2 - plan_width - (4 if begun else 0) - 1
    for step in meeting.steps:
        running = meeting.spot is not None and step.id == meeting.spot.step
        clock = by_id.get(step.id)
        if step.id == fits_until and not running:
            rows.append(_promise_line(tr, width))
        if running:
            now_at = len(rows)
        plan = _plan(step)
        actual = f"{right(_minutes(clock.actual_s), 4)}" if clock and clock.actual_s is not None and begun else ""
        mark, style = _mark(step, meeting, running=running)
        title = wording.step_title(tr, step.plan)
        if step.aside:
            plan = tr("aside")
        row: Row = [
            (f"{mark} ", style),
            (left(title, title_width), style),
            (f" {right(plan, plan_width)}", style),
            (actual, style),
        ]
        rows.append(row)
        if running and meeting.spot is not None and meeting.spot.phase is not None:
            rows += _phases(step, meeting.spot.phase, title_width, plan_width)
    return rows, now_at


def _phases(step: StepState, at: int, title_width: int, plan_width: int) -> list[Row]:
    rows: list[Row] = []
    for place, phase in enumerate(step.phases):
        mark = "▸" if place == at else ("✓" if phase.spent_ms else "·")
        style = "accent" if place == at else "dim"
        name = left(f"{mark} {phase.title}", title_width - 1)
        rows.append([("   ", ""), (name, style), (f" {right(_minutes(phase.adjusted_s), plan_width)}", style)])
    return rows


def _promise_line(tr: Translator, width: int) -> Row:
    words = f" {tr('beyond the promise')} "
    side = max(0, width - cell_len(words)) // 2
    return [(fit("╌" * side + words + "╌" * max(0, width - side - cell_len(words)), width), "warn")]


def _plan(step: StepState) -> str:
    if step.adjusted_s == step.planned_s or step.visits:
        return _minutes(step.adjusted_s)
    return f"{_minutes(step.planned_s)}›{_minutes(step.adjusted_s)}"


def _mark(step: StepState, meeting: Meeting, *, running: bool) -> tuple[str, str]:
    if running:
        return ("‖" if meeting.state == "paused" else "▶"), "accent"
    if step.aside:
        return "–", "dim"
    return ("✓", "dim") if step.visits else ("·", "")


def _minutes(seconds: int | None) -> str:
    return "" if seconds is None else str(max(0, seconds + 30) // 60)


def counts(tr: Translator, meeting: Meeting, width: int) -> list[Row]:
    """How much was caught of each kind, in as few rows as hold it."""
    kinds = dict.fromkeys(("question", "need", "action", "decision", "aside"), 0)
    undecided = 0
    for entry in meeting.entries.values():
        if entry.kind in kinds:  # someone's own need is not counted where the room may look on
            kinds[entry.kind] += 1
        undecided += KINDS[entry.kind].answerable and entry.outcome is None
    present = sum(1 for someone in meeting.attendance.values() if someone.status in ("present", "late"))
    asked = tr("Questions {n}", n=kinds["question"])
    still = f"{asked}, {tr('open {n}', n=undecided)}" if undecided else asked
    pairs = (
        (tr("Needs {n}", n=kinds["need"]), tr("Actions {n}", n=kinds["action"])),
        (tr("Decisions {n}", n=kinds["decision"]), tr("Aside {n}", n=kinds["aside"])),
    )
    said = [still if cell_len(still) < width else asked]
    for one, other in pairs:
        gap = "   " if cell_len(one) + cell_len(other) + 3 < width else " "
        said.append(f"{one}{gap}{other}")
    said.append(tr("Present {n}", n=present))
    return [[(fit(" " + words, width), "dim")] for words in said]


def where(tr: Translator, meeting: Meeting, title: str) -> tuple[str, str]:
    """The heading over the clock: the step (and phase), and who leads it."""
    step = meeting.current
    if step is None:
        return title, ""
    name = f"{meeting.number_of(step.id)} · {wording.step_title(tr, step.plan)}"
    if meeting.spot is not None and meeting.spot.phase is not None:
        name += f" › {step.phases[meeting.spot.phase].title}"
    if step.visits > 1:
        name += " " + tr("(resumed)")
    return name, step.lead or meeting.opened.agenda.facilitator or ""


def big(tr: Translator, meeting: Meeting, times: Clocks, zone: str) -> str:
    """The text of the block clock: time left, `+3:12` over, the word PAUSE, the countdown before the start."""
    if meeting.state == "paused":
        return "PAUSE"
    if meeting.state in ("adjourned", "closed"):
        return tr.ptr("big word on the clock: letters A D E F I N P S U only", "END")
    if meeting.state in ("none", "ready"):
        if times.starts_in_s is None:
            return wording.time_text(times.now, zone)
        return (
            wording.clock_text(times.starts_in_s)
            if times.starts_in_s >= 0
            else wording.signed_clock(-times.starts_in_s)
        )
    return wording.left_clock(times.left_s)


def beside_clock(tr: Translator, meeting: Meeting, times: Clocks, zone: str, width: int) -> list[Row]:
    """The same in words, beside the figures: what is left, of how much, how far, what warns."""
    rows: list[Row] = [[span] for _, span in _words(tr, meeting, times, zone, width)]
    if meeting.state in ("running", "paused"):
        above = 3 if meeting.state == "paused" else 2
        rows[above:above] = [_bar(times, min(width, 28))]
        rows += [[]] if len(rows) == above + 1 else []
    return rows


def below_clock(  # noqa: PLR0913  # all that it is a function of
    tr: Translator, meeting: Meeting, times: Clocks, zone: str, width: int, *, figures: bool = True
) -> Row:
    """The same in one row below the figures: what gives way is said by them, or least pressing; without `figures` it says all."""
    words = _words(tr, meeting, times, zone, width)
    if not figures and meeting.state in ("none", "ready") and times.starts_in_s is not None:
        words.insert(0, (0, (big(tr, meeting, times, zone), "strong")))
    while len(words) > 1 and sum(cell_len(text) + 3 for _, (text, _) in words) - 3 > width:
        words.remove(max(words, key=lambda word: word[0]))
    row: list[Span] = []
    for _, (text, style) in words:
        row += [(" · ", "dim"), (text, style)] if row else [(fit(text, width), style)]
    return row


def _words(tr: Translator, meeting: Meeting, times: Clocks, zone: str, width: int) -> list[tuple[int, Span]]:
    """What stands beside the figures, from top to bottom, each with its rank: the highest gives way first."""
    if meeting.state in ("none", "ready"):
        return list(enumerate(_before(tr, meeting, times, zone)))
    if meeting.state in ("adjourned", "closed"):
        ended = wording.time_text(meeting.adjourned_at, zone) if meeting.adjourned_at is not None else ""
        return [(0, (tr("adjourned"), "strong")), (1, (tr("at {time}", time=ended), ""))]
    words: list[tuple[int, Span]] = []
    if meeting.state == "paused":
        words.append((0, (tr("paused for {clock}", clock=wording.clock_text(times.paused_s)), "warn")))
    words.append((2, _left(tr, times)))
    words.append((4, (tr("of {length}", length=wording.minutes_text(tr, times.adjusted_s)), "")))
    return words + _warning(tr, meeting, times, width)


def _left(tr: Translator, times: Clocks) -> tuple[str, str]:
    clock = wording.clock_text(times.left_s)
    if times.left_s < 0:
        return tr("over by {clock}", clock=clock), "alert"
    return tr("{clock} left", clock=clock), {"amber": "warn", "red": "alert"}.get(times.level, "strong")


def _bar(times: Clocks, width: int) -> Row:
    share = times.elapsed_s / times.adjusted_s if times.adjusted_s else 1.0
    filled = max(0, min(width, int(share * width)))
    return [("━" * filled, "accent"), ("─" * (width - filled), "dim")]


def _warning(tr: Translator, meeting: Meeting, times: Clocks, width: int) -> list[tuple[int, Span]]:
    """What the colours say, in words; then the answer, the round, or the time for answers."""
    rows: list[tuple[int, Span]] = []
    step = meeting.current
    is_break = step is not None and step.plan.kind == "break"
    words = {
        "amber": (tr("▲ soon over"), "warn"),
        "red": (tr("▲▲ we go on soon") if is_break else tr("▲▲ to conclude"), "alert"),
        "over": (tr("■ time is up"), "alert"),
    }.get(times.level)
    if words:
        rows.append((3, words))
    if meeting.answering is not None and times.answer_left_s is not None:
        entry = meeting.entries.get(meeting.answering.entry)
        number = label(entry.kind, entry.number, tr.language) if entry else ""
        clock = wording.left_clock(times.answer_left_s)
        said = fit_first((tr("{number} answer {clock}", number=number, clock=clock), f"{number} {clock}"), width)
        rows.append((0, (said, "alert" if times.answer_left_s < 0 else "strong")))
    if meeting.round is not None:
        turn = meeting.round
        clock = wording.left_clock(times.round_left_s) if times.round_left_s is not None else ""
        name = fit(turn.speaking or "", width - cell_len(clock) - 1)  # the name gives way to its clock
        rows.append((1, (f"{name} {clock}".strip(), "accent")))
        rows.append((5, (tr.ntr("{n} to speak", "{n} to speak", len(turn.waiting)), "dim")))
    elif times.answer_budget_left_s is not None and meeting.answering is None:
        left_s = max(0, times.answer_budget_left_s)
        rows.append((6, (tr("answers {length}", length=wording.minutes_text(tr, left_s)), "dim")))
        questions = left_s // usual_answer_s(meeting)
        rows.append((7, (tr.ntr("≈ {n} question", "≈ {n} questions", questions), "dim")))
    return rows


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


def standing(tr: Translator, meeting: Meeting, alerts: Sequence[Alert]) -> tuple[str, str] | None:
    """What deserves a line while nothing else is said: the most pressing warning that calls for a key."""
    found = [(words, alert) for alert in alerts if (words := _alert(tr, meeting, alert))]
    if not found:
        return None
    words, alert = found[0]
    return words, "alert" if alert.level == "red" else "warn"


def _alert(tr: Translator, meeting: Meeting, alert: Alert) -> str:
    """A warning in words; empty for one that the clock tells already."""
    length = wording.minutes_text(tr, alert.seconds)
    if alert.code == "gap":
        return tr("{length} to be settled (meeting or break): Ctrl+P", length=length)
    if alert.code == "answer-over":
        return tr("Answer time is over: + one more minute, s send onward")
    if alert.code == "turn-over":
        return tr("{name} has had the time: o next person", name=alert.name or "")
    if alert.code == "replan":
        # In whole minutes begun and ended, as the times in the header differ.
        length = wording.minutes_text(tr, alert.seconds // MINUTE_S * MINUTE_S)
        return tr("Ends {length} after the promise: t to re-plan", length=length)
    if alert.code == "hours" and alert.spot is not None and (step := meeting.step(alert.spot.step)) is not None:
        title = wording.step_title(tr, step.plan)
        return tr("{step} ends {length} after its hours: t to re-plan", step=title, length=length)
    if alert.code == "conclude":
        return tr("{length} left until the promised end: think of concluding", length=length)
    if alert.code == "promise-past":
        return tr("The promised end is past: c adjourns, t re-plans")
    if alert.code == "long-pause":
        return tr("Paused for {length}: space goes on", length=length)
    if alert.code == "clock-changed":
        return tr("The machine’s clock was changed; the meeting’s times are right.")
    due = alert.code == "start-due" and alert.seconds
    return tr("The meeting should have begun: → begins it") if due else ""


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
