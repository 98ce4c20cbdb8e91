"""One entry as a list item: anchor, number, text, and its fields as nested labelled items."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from facilitator.core.entry import Entry, label
from facilitator.core.network import Language
from facilitator.core.people import attributed
from facilitator.core.setup import Setup
from facilitator.core.text import normalise
from facilitator.core.vocabulary import DEFERRED, Kind
from facilitator.documents import vocabulary
from facilitator.documents.markdown.escape import escape, escape_line, write_link
from facilitator.documents.typography import NO_BREAK, typeset
from facilitator.documents.vocabulary import Field
from facilitator.i18n import Translator
from facilitator.wording import short_date, time_text

NESTED = 2


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

    def time(self, ms: int) -> str:
        """The time of day in the meeting's zone."""
        return time_text(ms, self.setup.zone)

    def said(self, entry: Entry) -> str:
        """The number of an entry as the document's language says it."""
        return label(entry.kind, entry.number, self.language)

    def reference(self, entry: Entry) -> str:
        """A link to the home of an entry in the same document."""
        said = self.said(entry)
        return f"[{said}](#{said.lower()})"

    def item(self, entry: Entry) -> str:
        """The entry in full, a newline at its end."""
        done = "x" if entry.done else NO_TICK
        box = f"[{done}] " if entry.kind == "action" else ""
        said = self.said(entry)
        anchor = f'<a id="{said.lower()}"></a>**{said}**' if said else ""
        text = self.text(entry.text, indent=NESTED, start=not anchor)
        if not entry.text and entry.outcome == "individual":
            text = vocabulary.withheld(self.language)
        between = " " if anchor and text else ""
        lines = [f"- {box}{anchor}{between}{text}\n"]
        lines += [field_line(name, value, entry.kind, self.language) for name, value in self.fields(entry)]
        return "".join(lines)

    def fields(self, entry: Entry) -> Iterator[tuple[Field, str]]:
        """The fields that an entry shows, with their values as Markdown."""
        language = self.language
        scale = self.setup.scale
        said_by = self.attributed(entry.by)
        ticked = entry.done and entry.kind != "action"
        every: tuple[tuple[Field, str | None], ...] = (
            ("by", self.value(said_by) if said_by else None),
            ("same", f"+{entry.same}" if entry.same else None),
            ("theme", self.value(entry.theme) if entry.theme else None),
            ("type", vocabulary.type_word("offer", language) if entry.offer else None),
            ("type", vocabulary.type_word(entry.type, language) if entry.type else None),
            ("level", vocabulary.level_word(entry.level, language) if entry.level else None),
            ("deadline", self.date(entry.deadline) if entry.deadline else None),
            ("link", write_link(entry.link) if entry.link else None),
            ("answer", self.value(entry.answer) if entry.answer else None),
            ("answer_link", write_link(entry.answer_link) if entry.answer_link else None),
            ("outcome", vocabulary.outcome_word(entry.outcome, scale, language) if entry.outcome else None),
            ("owners", self.owners(entry)),
            ("due", self.date(entry.due) if entry.due else None),
            ("done", vocabulary.yes(language) if ticked else None),
        )
        return ((field, value) for field, value in every if value is not None)

    def attributed(self, name: str | None) -> str | None:
        """Who said it, as the network wants it said: the name, the structure, or nobody."""
        return attributed(name, self.setup.choices.attribution, self.setup.members)

    def owners(self, entry: Entry) -> str | None:
        """Who does or answers it; emphasised when nobody was named."""
        if entry.owners:
            return write_names(entry.owners, self.language)
        if entry.kind == "action":
            return f"*{vocabulary.nobody(self.language)}*"
        if entry.kind == "question" and entry.outcome in DEFERRED:
            coordinator = self.setup.coordinator or self.setup.agenda.facilitator
            word = vocabulary.coordination(self.language)
            return f"*{self.line(coordinator)} ({word})*" if coordinator else f"*{word}*"
        return None

    def value(self, text: str) -> str:
        """Captured text as the value of a field."""
        return self.text(text, indent=2 * NESTED, start=True)


NO_TICK = " "


def write_names(names: tuple[str, ...], language: str) -> str:
    """Several names in one value; a comma inside a name is escaped."""
    written = (
        escape(typeset(normalise(name).text, language), indent=2 * NESTED, start=True).replace(",", "\\,")
        for name in names
    )
    return ", ".join(written)


def field_line(field: Field, value: str, kind: Kind, language: str, indent: int = NESTED) -> str:
    """A nested, labelled item, a newline at its end."""
    before = NO_BREAK if language == "fr" else ""
    return f"{' ' * indent}- *{vocabulary.label_of(field, kind, language)}{before}:* {value}\n"
