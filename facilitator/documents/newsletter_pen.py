"""What the letter writes with: the texts and days of one meeting, as Markdown of its language."""

from __future__ import annotations

import datetime

from facilitator.core.entry import Entry, label
from facilitator.core.meeting import PublicMeeting
from facilitator.core.network import Language
from facilitator.core.people import attributed, attribution_of
from facilitator.core.setup import Setup
from facilitator.core.text import normalise
from facilitator.documents.markdown.escape import escape, escape_line
from facilitator.documents.typography import NO_BREAK, typeset
from facilitator.i18n import Translator
from facilitator.wording import date_text, short_date

NESTED = 2
DASH = "\u2013"


class Pen:
    """Writes for one meeting, in the language of `tr`.

    Text is normalised again: a journal may come from another program.
    """

    def __init__(self, setup: Setup, tr: Translator) -> None:
        self.setup = setup
        self.tr = tr
        self.language = tr.language
        self.document: Language = "en" if tr.language == "en" else "fr"

    def line(self, text: str) -> str:
        """Captured text on one line, escaped."""
        return escape_line(typeset(normalise(text).text, self.language))

    def text(self, text: str, *, indent: int, start: bool = False) -> str:
        """Captured text with its own lines, escaped."""
        return escape(typeset(normalise(text).text, self.language), indent=indent, start=start)

    def date(self, date: datetime.date) -> str:
        """A date with its year, its parts kept together."""
        return short_date(self.tr, date, year=True).replace(" ", NO_BREAK if self.language == "fr" else " ")

    def said(self, entry: Entry) -> str:
        """The number of an entry as the document's language says it."""
        return label(entry.kind, entry.number, self.language)

    def anchor(self, entry: Entry) -> str:
        """The anchor of an entry in the minutes: `b1`, in every language."""
        return label(entry.kind, entry.number).lower()

    def attributed(self, entry: Entry) -> str | None:
        """Who said it, as the network wants it said: the name, the structure, or nobody."""
        return attributed(entry.by, attribution_of(entry.kind, self.setup.choices.attribution), self.setup.members)


def dated(meeting: PublicMeeting) -> list[Entry]:
    """The news that have a deadline, the nearest first."""
    found = [(entry.deadline, entry) for entry in meeting.of_kind("news") if entry.deadline is not None]
    return [entry for _, entry in sorted(found, key=lambda pair: (pair[0], pair[1].number))]


def next_meeting(meeting: PublicMeeting, pen: Pen) -> str | None:
    """The next date and place in words; None when no date is known."""
    calendar = meeting.setup.calendar
    if calendar.next_meeting is None:
        return None
    day = date_text(pen.tr, calendar.next_meeting)
    if calendar.next_place is None:
        return day
    return pen.tr("{day}, {place}", day=day, place=pen.line(calendar.next_place))
