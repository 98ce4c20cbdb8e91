"""*En bref*: what a reader with one minute must know, told rather than counted."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from facilitator.documents.minutes import words
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite
from facilitator.documents.minutes.of_entry import EntryPen, anchor_id
from facilitator.documents.minutes.questions import is_waiting
from facilitator.documents.typography import typeset


def brief_lines(
    meeting: MinutesToWrite, entries: Sequence[MinutesEntry], pen: EntryPen, *, by_sequence: bool
) -> list[str]:
    """The sentence of the close, what is to be taken, which questions wait, the first date, the next meeting; each a line."""
    lines = []
    if meeting.summary and (sentence := pen.line(meeting.summary)):
        lines.append(sentence)
    lines += filter(None, told_of(entries, meeting.day, pen, by_sequence=by_sequence))
    if following := next_meeting(meeting, pen):
        lines.append(f"{_label(pen, NEXT)} {following}")
    return lines


# What each line begins with, in the order of the lines.
DECIDED, FREE, WAITING, FIRST, NEXT = LABELS = (
    ("Décidé :", "Decided:"),
    ("À prendre :", "To be taken:"),
    ("Qui sait ?", "Who knows?"),
    ("Première date :", "First date:"),
    ("Prochaine rencontre :", "Next meeting:"),
)


def told_of(
    entries: Sequence[MinutesEntry], day: datetime.date, pen: EntryPen, *, by_sequence: bool
) -> tuple[str, str, str, str]:
    """The lines that follow from the entries alone, in their order, so that a change after the close can mend them; empty: none.

    By sequence nothing is gathered: what was decided is linked to here.
    """
    decided = [said for said in entries if said.kind == "decision" and by_sequence]
    free = [said for said in entries if said.kind == "action" and not said.owners and not said.done]
    linked = [
        f"{_label(pen, label)} {', '.join(map(pen.reference, sorted(found, key=lambda said: said.number)))}"
        if found
        else ""
        for label, found in ((DECIDED, decided), (FREE, free))
    ]
    return linked[0], linked[1], waiting_line(entries, pen.language), _first_date(day, entries, pen)


def _label(pen: EntryPen, words_of: tuple[str, str]) -> str:
    return f"**{typeset(words_of[0], 'fr') if pen.french else words_of[1]}**"


def waiting_line(entries: Sequence[MinutesEntry], language: str) -> str:
    """`**Qui sait ?** 5 questions attendent une réponse, dont [2 sur Mattermost](#q6).`; nothing when none waits.

    A link leads to the first of them, on Mattermost if there is one. A function of the questions alone.
    """
    waiting = [said for said in entries if said.kind == "question" and is_waiting(said)]
    if not waiting:
        return ""
    waiting.sort(key=lambda said: said.number)
    chat = [said for said in waiting if said.outcome == "mattermost"]
    target = f"(#{anchor_id((chat or waiting)[0])})"
    count = f"{len(waiting)} question{'s' if len(waiting) > 1 else ''}"
    count = count if chat else f"[{count}]{target}"
    if language == "fr":
        text = f"**Qui sait ?** {count} {'attendent' if len(waiting) > 1 else 'attend'} une réponse"
        all_of, some, word = " [sur Mattermost]", ", dont ", "sur Mattermost"
    else:
        text = f"**Who knows?** {count} {'await' if len(waiting) > 1 else 'awaits'} an answer"
        all_of, some, word = " [on Mattermost]", ", of which ", "on Mattermost"
    if chat:
        text += f"{all_of}{target}" if len(chat) == len(waiting) else f"{some}[{len(chat)} {word}]{target}"
    return typeset(f"{text}.", language)


def _first_date(held: datetime.date, entries: Sequence[MinutesEntry], pen: EntryPen) -> str:
    dated = sorted((said for said in entries if is_dated(said, held)), key=by_date)
    if not dated:
        return ""
    first = dated[0]
    if first.when:
        day = words.near(first.when.date(), held, pen.language)
        at = words.hour_text(first.when.time(), pen.language)
        when = day if first.when.time() == datetime.time() else f"{day} {'à' if pen.french else 'at'} {at}"
    else:
        day = words.near(_day(first), held, pen.language)
        when = f"jusqu’au {day}" if pen.french else f"until {day}"
    return f"{_label(pen, FIRST)} {typeset(when, pen.language)}, {pen.reference(first)}"


def is_dated(said: MinutesEntry, held: datetime.date | None = None) -> bool:
    """Whether a piece of news is a date not to miss, for a meeting that was `held` on a day: none that was past by then."""
    if said.kind != "news" or (said.deadline is None and said.when is None):
        return False
    return held is None or _day(said) >= held


def by_date(said: MinutesEntry) -> tuple[datetime.datetime, int]:
    """What dates are ordered by: an event before the deadlines of its day."""
    day = said.when or datetime.datetime.combine(said.deadline or datetime.date.max, datetime.time.max)
    return day, said.number


def _day(said: MinutesEntry) -> datetime.date:
    return said.when.date() if said.when else said.deadline or datetime.date.max


def next_meeting(meeting: MinutesToWrite, pen: EntryPen) -> str:
    """The day, hour and place of the next meeting; nothing when none is known, or only this one's own day."""
    day = meeting.next_meeting
    if day is None or day <= meeting.day:
        return ""
    text = f"{words.weekday(day, pen.language)} {words.day_text(day, pen.language, year=True)}"
    if meeting.next_start:
        at = words.hour_text(meeting.next_start, pen.language)
        text += f" à {at}" if pen.french else f" at {at}"
    text = typeset(text, pen.language)
    return f"{text}, {pen.line(meeting.next_place)}" if meeting.next_place else text
