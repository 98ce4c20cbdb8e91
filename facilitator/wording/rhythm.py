"""The rhythm of a network in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from facilitator.i18n import N_
from facilitator.wording.names import level_name
from facilitator.wording.times import MONTHS, date_text, month_text, short_date

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from facilitator.core.agenda import Level
    from facilitator.core.cycle.calendar import Month, Rhythm, State
    from facilitator.core.network import Beat
    from facilitator.i18n import Translator

_BEATS: dict[Beat, str] = {
    "meeting": N_("meeting"),
    "newsletter": N_("letter"),
    "both": N_("meeting and letter"),
    "nothing": "–",
}
_STATES: dict[State, str] = {
    "kept": N_("kept"),
    "due": N_("to come"),
    "late": N_("late"),
    "missed": N_("did not take place"),
    "free": "",
}
# A month may be missed by its letter alone.
_MARKED: dict[State, str] = {
    "kept": N_("kept"),
    "due": N_("to come"),
    "late": N_("late"),
    "missed": N_("not kept"),
}
_MARKS: dict[State, str] = {"kept": "✓", "due": "○", "late": "!", "missed": "✗", "free": "·"}


def rhythm_lines(tr: Translator, rhythm: Rhythm) -> list[str]:
    """A line for each month, then how many were kept and what is next."""
    width = max(len(tr(words)) for words in _BEATS.values())
    lines = [_line(tr, month, width) for month in rhythm.months]
    kept, over = rhythm.kept()
    if over:
        lines.append(tr.ntr("{kept} month of {n} kept.", "{kept} months of {n} kept.", over, kept=kept))
    if rhythm.next_meeting is not None:
        lines.append(tr("Next meeting: {date}", date=date_text(tr, rhythm.next_meeting)))
    if rhythm.next_letter is not None:
        lines.append(tr("Next letter: {month}", month=month_text(tr, rhythm.next_letter)))
    return lines


def months_lines(tr: Translator, rhythm: Rhythm) -> list[str]:
    """The months by their initials, below each a mark, and what the marks mean; how many were kept."""
    initials = " ".join(tr(MONTHS[int(month.month[5:]) - 1])[:1].upper() for month in rhythm.months)
    marks = " ".join(_MARKS[month.state] for month in rhythm.months)
    there = {month.state for month in rhythm.months}
    legend = [f"{_MARKS[state]} {tr(words)}" for state, words in _MARKED.items() if state in there]
    kept, over = rhythm.kept()
    said = [tr.ntr("{kept} month of {n} kept.", "{kept} months of {n} kept.", over, kept=kept)] if over else []
    return [initials, marks, "  ".join(legend), *said]


def past_date_text(tr: Translator, day: datetime.date) -> str:
    """What is to be said of a next meeting in the settings whose day is past."""
    return tr("facilitator.yaml: the next meeting, {date}, is past: change next_meeting", date=date_text(tr, day))


def level_line(tr: Translator, level: Level, day: datetime.date) -> str:
    """When another level meets."""
    return tr("{level}: {date}", level=level_name(tr, level).capitalize(), date=date_text(tr, day))


def _line(tr: Translator, month: Month, width: int) -> str:
    named = month_text(tr, month.month)
    beat = tr(_BEATS[month.beat]) if month.beat != "nothing" else "–"
    return f"{named:<16} {beat:<{width}} {_state(tr, month)}".rstrip()


def _state(tr: Translator, month: Month) -> str:
    days = _days(tr, month.meetings)
    if month.state == "free":
        return days
    said = [tr(_STATES[month.state])]
    if days:
        said.append(days)
    elif month.day is not None and month.state in ("due", "late"):
        said.append(tr("planned on {date}", date=short_date(tr, month.day)))
    if month.beat == "both" and month.state != "kept":
        said.append(tr("the letter is out") if month.letter else tr("the letter is not out"))
    return " · ".join(said)


def _days(tr: Translator, days: Sequence[datetime.date]) -> str:
    return ", ".join(short_date(tr, day) for day in days)
