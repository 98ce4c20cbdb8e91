"""What the meeting screen shows: rows that are a pure function of the meeting, the instant and the size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from facilitator import wording
from facilitator.core.entry import Entry, label
from facilitator.core.meeting import Meeting
from facilitator.core.time.clocks import Clocks
from facilitator.i18n import Translator
from facilitator.tui.arrangement import WIDE
from facilitator.tui.cells import cell_len, fit, fit_first, left
from facilitator.tui.keys import TELEPHONES
from facilitator.tui.widgets.lines import Row, Span

if TYPE_CHECKING:
    from facilitator.core.time.warnings import Alert

MINUTE_S = 60


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
    broken = projected - promised >= MINUTE_S * 1000
    words = tr("ends around {time}, announced {promised}", time=ends, promised=said)
    if said == ends:  # as long as the other, so that nothing beside it moves when one follows the other
        kept = tr("ends at {time}, as announced", time=ends)
        return [(kept + " " * max(0, cell_len(words) - cell_len(kept)), "good")]
    if not broken:
        return [(words, "")]
    return [(words, "warn"), (tr("t re-plans"), "key")] if width >= WIDE else [(words, "warn")]


def heading(text: str, aside: str, width: int) -> Row:
    """A ruled heading: `text ────── aside`."""
    aside = f" {fit(aside, width // 2)} " if aside else ""
    name = f"{fit(text, width - cell_len(aside) - 3)} "
    rule = "─" * max(0, width - cell_len(name) - cell_len(aside) - 1)
    return [(name, "strong"), (rule, "dim"), (aside, ""), ("─" if aside else "", "dim")]


def counts(tr: Translator, meeting: Meeting, width: int, *, panels: bool = False) -> Row:
    """What was caught of each kind, in one line, and how many are there; someone's own need is not counted: the wall may look on.

    With `panels` the headings count already.
    """
    entries = list(meeting.entries.values())
    here = sum(1 for someone in meeting.attendance.values() if someone.status in ("present", "late"))
    said: list[str] = []
    short = ""  # without how many nobody has
    if not panels:
        decided = sum(one.kind == "decision" for one in entries)
        todo = [one for one in entries if one.kind == "action" and not one.done]
        free = sum(not one.owners for one in todo)
        wanted = sum(one.kind == "need" and not one.offer for one in entries)
        offered = sum(one.kind == "need" and one.offer for one in entries)
        aside = sum(one.kind == "aside" for one in entries)
        said += [tr("Decided {n}", n=decided)] if decided else []
        if todo:
            short = tr("To do {n}", n=len(todo))
            said.append(tr("To do {n}, {free} without an owner", n=len(todo), free=free) if free else short)
        said += [tr("Wanted {n}", n=wanted)] if wanted else []
        said += [tr("Offered {n}", n=offered)] if offered else []
        said += [tr("Aside {n}", n=aside)] if aside else []
    people = [tr.ntr("{n} person", "{n} people", here)] if here else []

    def fits() -> bool:
        return sum(cell_len(words) + 3 for words in (*said, *people)) <= width

    if short and not fits():
        said = [short if words.startswith(short) else words for words in said]
    while said and not fits():  # how many are there stays: it is asked for
        said.pop()
    said += people
    return [(fit(" " + "   ".join(said), width), "dim")] if said else []


def beside_counts(counted: Row, tail: Row, width: int) -> Row:
    """The line of counts with what waits from the telephones at its end."""
    room = width - sum(cell_len(text) for text, _ in tail) - 1
    return [(left("".join(text for text, _ in counted), room), "dim"), *tail, (" ", "")] if room >= 0 else counted


def waiting_row(waits: Sequence[str], width: int) -> Row:
    """What waits from the telephones, quietly, in the longest wording that fits, and the key for it."""
    tail = f" · {TELEPHONES}"
    room = width - cell_len(tail) - 1
    return [(f" {fit_first(waits, room)}", ""), (tail, "key")] if waits and room > 1 else []


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
