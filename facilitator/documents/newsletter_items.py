"""What a meeting brings to the newsletter: one list item for each thing, with the section it belongs to."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator

from msgspec import Struct

from facilitator.core.entry import Entry
from facilitator.core.meeting import PublicMeeting
from facilitator.core.text import one_line
from facilitator.documents import vocabulary
from facilitator.documents.markdown.escape import write_link
from facilitator.documents.newsletter_pen import DASH, NESTED, Pen, dated, next_meeting
from facilitator.documents.typography import NO_BREAK
from facilitator.documents.vocabulary import Section

ORDER: tuple[Section, ...] = ("calls", "news", "answers", "asked", "seen", "reuse", "exchange", "next")


class Contribution(Struct, frozen=True):
    """An item for a section. `key` is how the letter remembers that it was put in; `date` sorts calls."""

    section: Section
    key: str
    markdown: str
    date: datetime.date | None = None


def contributions(
    meeting: PublicMeeting, pen: Pen, *, minutes_name: str, today: datetime.date | None
) -> Iterator[Contribution]:
    """Everything the meeting brings, in the order of the letter; calls that ended before `today` are past."""
    scribe = _Scribe(meeting, pen, f"../minutes/{minutes_name}")
    yield from scribe.news(today)
    yield from scribe.questions()
    yield from scribe.resources()
    yield from scribe.needs()
    yield from scribe.next()


class _Scribe:
    def __init__(self, meeting: PublicMeeting, pen: Pen, path: str) -> None:
        self.meeting = meeting
        self.pen = pen
        self.tr = pen.tr
        self.path = path

    def news(self, today: datetime.date | None) -> Iterator[Contribution]:
        colon = f"{NO_BREAK}:" if self.pen.language == "fr" else ":"
        for entry in dated(self.meeting):
            if entry.deadline and (today is None or entry.deadline >= today):
                date = self.pen.date(entry.deadline)
                text = f"- **{date}**{colon} {self.titled(entry)} ({self.link(entry)})\n"
                yield Contribution("calls", entry.label, text, entry.deadline)
        for entry in self.meeting.of_kind("news"):
            if entry.deadline is None:
                yield self.plain("news", entry)

    def questions(self) -> Iterator[Contribution]:
        for entry in self.meeting.of_kind("question"):
            if entry.outcome == "answered" and entry.answer:
                yield Contribution("answers", entry.label, self.answered(entry))
            elif entry.outcome == "newsletter" and not entry.done:
                before = NO_BREAK if self.pen.language == "fr" else ""
                text = self.pen.text(entry.text, indent=NESTED, start=True)
                room = f"  - *{vocabulary.answer_word(self.pen.language)}{before}:*\n"
                yield Contribution("asked", entry.label, f"- [ ] {text} ({self.link(entry)})\n{room}")

    def answered(self, entry: Entry) -> str:
        answer = self.pen.text(entry.answer or "", indent=NESTED, start=True)
        more = f"\\\n  {write_link(entry.answer_link)}" if entry.answer_link else ""
        return f"- **{self.pen.line(entry.text)}** ({self.link(entry)})\\\n  {answer}{more}\n"

    def resources(self) -> Iterator[Contribution]:
        welcome = {step.id for step in self.meeting.steps if step.plan.kind == "welcome"}
        for entry in self.meeting.of_kind("note", "resource"):
            seen = self.meeting.entry_steps.get(entry.id) in welcome
            if seen or entry.kind == "resource":
                yield self.plain("seen" if seen else "reuse", entry)

    def needs(self) -> Iterator[Contribution]:
        for entry in self.meeting.of_kind("need"):
            who = self.pen.attributed(entry)
            signed = f" {DASH} {self.pen.line(who)}" if who else ""
            wanted = self.tr("I offer:") if entry.offer else self.tr("I am looking for:")
            text = f"- *{wanted}* {self.titled(entry)}{signed} ({self.link(entry)})\n"
            yield Contribution("exchange", entry.label, text)

    def next(self) -> Iterator[Contribution]:
        if day := next_meeting(self.meeting, self.pen):
            minutes = self.tr.ptr("a document", "minutes")
            yield Contribution("next", "next", f"- {day[:1].upper()}{day[1:]} ([{minutes}]({self.path}))\n")

    def plain(self, section: Section, entry: Entry) -> Contribution:
        key = entry.label or f"note-{hashlib.sha256(entry.text.encode()).hexdigest()[:12]}"
        return Contribution(section, key, f"- {self.titled(entry)} ({self.link(entry)})\n")

    def titled(self, entry: Entry) -> str:
        """The text on one line, and its link."""
        return self.pen.line(entry.text) + (f" {write_link(entry.link)}" if entry.link else "")

    def link(self, entry: Entry) -> str:
        """The place of an entry in the minutes; a note's is its step."""
        if entry.number:
            return f"[{self.pen.said(entry)}]({self.path}#{self.pen.anchor(entry)})"
        step = self.meeting.entry_steps.get(entry.id)
        minutes = self.tr.ptr("a document", "minutes")
        number = next((place for place, known in enumerate(self.meeting.steps, 1) if known.id == step), 0)
        return f"[{minutes}]({self.path}#step-{number})"


def source_line(meeting: PublicMeeting, pen: Pen, minutes_name: str) -> str:
    """The meeting that the items come from, in a sentence, with a link to its minutes."""
    title, date = pen.line(meeting.setup.agenda.title), pen.date(meeting.setup.day)
    path = f"../minutes/{minutes_name}"
    return pen.tr("From the meeting of {date}, {title}: [minutes]({path})", date=date, title=title, path=path)


def seen_at(meeting: PublicMeeting, pen: Pen) -> str:
    """The heading of what the visit showed, with the name of the place when it has one."""
    place = meeting.setup.agenda.place
    name = one_line(place.name) if place else ""
    if not name:
        return vocabulary.seen_heading(pen.language)
    return f"{vocabulary.heading('seen', pen.language)}… {pen.line(name)}"


def how_to_reply(meeting: PublicMeeting, pen: Pen) -> str:
    """Where answers go, in a sentence; empty when the network says nothing."""
    channels = meeting.setup.channels
    ways = []
    if channels.mail:
        ways.append(pen.tr("write to {address}", address=pen.line(channels.mail)))
    if channels.chat:
        ways.append(pen.tr("answer on the chat {link}", link=write_link(channels.chat)))
    return pen.tr("To reply: {ways}.", ways=pen.tr.ptr("between ways", " or ").join(ways)) if ways else ""
