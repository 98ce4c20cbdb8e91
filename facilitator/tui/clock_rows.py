"""The clock that matters now, in figures and in words, and what has the floor: a question, somebody who speaks, else the step."""

from __future__ import annotations

from collections.abc import Sequence

from facilitator import wording
from facilitator.core.entry import Entry, label
from facilitator.core.meeting import Meeting, StepState
from facilitator.core.time.clocks import Clocks, following, usual_answer_s
from facilitator.core.time.floor import Floor, floor
from facilitator.i18n import Translator
from facilitator.tui.cells import cell_len, fit, fit_first, right, wrap
from facilitator.tui.widgets.lines import Row, Span

# How the running clock stands, in the style of its words.
LEVELS = {"amber": "warn", "red": "alert", "over": "alert"}
# A clock of this many hours over is one that nobody looked at.
MANY_HOURS = 10


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
        return tr.ptr("big word on the clock: letters A D E F I N P S U only", "PAUSE")
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
    return spent(times, width, times.level) if meeting.state in ("running", "paused") else []


def spent(times: Clocks, width: int, level: str) -> Row:
    """What was spent of the step and what is left of it, as a line of so many cells in the colour of a level."""
    share = times.elapsed_s / times.adjusted_s if times.adjusted_s else 1.0
    room = width - 2
    filled = max(0, min(room, int(share * room)))
    return [(" " + "━" * filled, LEVELS.get(level, "accent")), ("─" * (room - filled), "dim")]


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
    return (rows + _floor_rows(tr, meeting, times, zone, width, height - len(rows)))[:height]


def _floor_rows(  # noqa: PLR0913  # all that it is a function of
    tr: Translator, meeting: Meeting, times: Clocks, zone: str, width: int, height: int
) -> list[Row]:
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
    if step.plan.kind == "break" and times.left_s >= 0 and meeting.state == "running":
        rows.append([(tr("until {time}", time=wording.until_text(times.now + times.left_s * 1000, zone)), "")])
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
    return [*rows, *_bound(tr, meeting, step, zone, width)]


def _bound(tr: Translator, meeting: Meeting, step: StepState, zone: str, width: int) -> list[Row]:
    """Until when the step is to be over and where its material is; of the next one also from when on. One row each, where there is any."""
    said = wording.hours_text(tr, None, step.latest, zone)
    found = [" · ".join([*said, *_material(step)])]
    for coming in following(meeting)[:1]:
        parts = [*wording.hours_text(tr, coming.awaited, coming.latest, zone), *_material(coming)]
        words = [tr("Next: {title}", title=wording.step_title(tr, coming.plan)), *parts] if parts else []
        found.append(" · ".join(words) if cell_len(" · ".join(words)) <= width else " · ".join(words[:-1]))
    return [[(fit(words, width), "dim")] for words in found if words]


def _material(step: StepState) -> list[str]:
    return [wording.short_link(step.plan.link)] if step.plan.link is not None else []


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
    said = " · ".join([*(text for text, _ in last), *tail])
    while len(tail) > 1 and cell_len(said) > width:  # what is not told whole tells nothing
        tail.pop()
        said = " · ".join([*(text for text, _ in last), *tail])
    if tail:
        last.append(((" · " if last else "") + " · ".join(tail), "dim"))
    rows: list[Row] = [_headed((tr("Answering {number}", number=number), number), now, width)]
    rows += [[(line, "strong")] for line in _lines(text, width, max(1, height - 1 - bool(last)))]
    return [*rows, last] if last else rows


def _headed(words: Sequence[str], now: Floor, width: int, style: str = "accent") -> Row:
    """What has the floor, and its clock for whoever cannot read blocks."""
    clock = f"  {'▲ ' if now.level == 'amber' else ''}{wording.left_clock(now.left_s)}"  # not by its colour alone
    return [(fit_first(words, width - cell_len(clock)), style), (clock, LEVELS.get(now.level, ""))]


def _round_rows(tr: Translator, meeting: Meeting, times: Clocks, width: int, height: int) -> list[Row]:
    turn = meeting.round
    if turn is None:
        return []
    now = floor(meeting, times)
    head, name = _headed((tr("Speaking now:"),), now, width), turn.speaking or ""
    rows: list[Row] = [head, [(fit(name, width), "strong")]]
    if head[0][0] != tr("Speaking now:"):  # there is no place for it: the name says it
        rows = [_headed((name,), now, width, "strong")]
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
