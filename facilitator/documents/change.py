"""One entry of published minutes changed where it stands: every byte outside its item stays as it is.

What comes out is read again: unless the entry then says exactly what was asked, and all others what they said, it is not done.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from facilitator.core.agenda import Level
from facilitator.core.entry import read_label
from facilitator.core.records import Record
from facilitator.core.said import Fields
from facilitator.core.text import normalise
from facilitator.core.vocabulary import DEFERRED, Kind, Outcome
from facilitator.documents import vocabulary
from facilitator.documents.item_reader import ANCHORED, BOX, Place
from facilitator.documents.markdown.escape import escape, write_link
from facilitator.documents.minutes_items import field_line, write_names
from facilitator.documents.minutes_reader import MinutesRead, read_minutes
from facilitator.documents.outline import Item, check_size, outline
from facilitator.documents.typography import NO_BREAK, typeset
from facilitator.documents.vocabulary import Field
from facilitator.i18n import Translator, translator
from facilitator.wording import short_date

# The order in which fields stand; a new one goes after the last of those before it.
_ORDER: tuple[Field, ...] = (
    "by", "same", "theme", "type", "level", "deadline", "link", "answer", "answer_link", "outcome", "owners", "due", "done",
)  # fmt: skip


class Unchangeable(ValueError):
    """An entry is written in a way in which it cannot be changed surely; `line` counts from 1."""

    def __init__(self, label: str, line: int) -> None:
        super().__init__(label, line)
        self.label = label
        self.line = line


def change_item(  # noqa: PLR0913  # what can be changed, by name
    text: str,
    label: str,
    *,
    tr: Translator,
    done: bool | None = None,
    answer: tuple[str, str | None] | None = None,
    outcome: Outcome | None = None,
    owner: str | None = None,
    due: datetime.date | None = None,
    fields: Fields | None = None,
) -> str:
    """The minutes with one entry changed, in the language they are written in.

    `answer` is a text and an address: a question that was sent elsewhere keeps that outcome and is done, any other is answered.
    `outcome` sends a question, to `owner` by `due`; one taken up individually keeps nothing but its number.
    `fields` edits: None takes a field away. `tr` speaks the language of the document, else that language is found.

    Raises:
        LookupError: no entry of this label stands in the document.
        Unchangeable: the document would not read back as it was, but for what was asked.
        TooLarge: it could not be read again.
    """
    read = read_minutes(text, tr=tr)
    name = read_label(label)
    place = read.places.get(name) if name else None
    if name is None or place is None:
        raise LookupError(label)
    change = _Change(read, text.split("\n"), place, name, tr)
    if fields is not None:
        change.edit(fields)
    if outcome is not None:
        change.send(outcome, owner, due)
    if answer is not None:
        change.answer(*answer, decided=outcome is not None)
    if done is not None:
        change.tick(done=done)
    changed = change.text()
    check_size(changed)
    if not _only(read, text, name, change.expected, changed):
        raise Unchangeable(label, place.item.line + 1)
    return changed


def record_in(read: MinutesRead, name: tuple[Kind, int]) -> Record | None:
    """The entry of this kind and number; None when it does not stand in these minutes."""
    return next((record for record in read.records if record.number and read_label(record.number) == name), None)


def _only(read: MinutesRead, text: str, name: tuple[Kind, int], expected: Record, changed: str) -> bool:
    """Whether the one entry says what is expected, and the document otherwise what it said."""
    again = read_minutes(changed)
    new = record_in(again, name)
    if new != expected:
        return False
    old_structure, structure = outline(text), outline(changed)
    return (
        [record for record in again.records if record is not new]
        == [record for record in read.records if record is not record_in(read, name)]
        and [remark.text for remark in again.remarks] == [remark.text for remark in read.remarks]
        and [one.text for one in structure.headings] == [one.text for one in old_structure.headings]
        and [one.text for one in structure.paragraphs] == [one.text for one in old_structure.paragraphs]
        and (again.front, again.times) == (read.front, read.times)
        and len(again.problems) <= len(read.problems)
    )


class _Edit(Struct, frozen=True):
    begin: int
    end: int
    lines: list[str]


class _Change:
    def __init__(
        self, read: MinutesRead, lines: list[str], place: Place, name: tuple[Kind, int], tr: Translator
    ) -> None:
        self.lines = lines
        self.item = place.item
        self.fields = place.fields
        self.kind = name[0]
        found = record_in(read, name)
        assert found is not None  # noqa: S101  # what has a place has a record
        self.expected: Record = found  # what the entry is to say afterwards
        self.language = read.language
        self.scale: Level | None = read.front.scale if read.front else None
        self.tr = tr if tr.language == read.language else translator(read.language)
        self.mark = "\r" if lines[place.item.line].endswith("\r") else ""
        nested = [inner for inner in place.item.nested if inner.text]
        # What fields are indented by: as those that are there, be it with tabs.
        self.indent = self._margin(nested[0]) if nested else " " * place.item.indent
        self.edits: dict[int, _Edit] = {}
        self.added: dict[Field, list[str]] = {}

    def text(self) -> str:
        """The document with all edits in it."""
        edits = list(self.edits.values())
        for field in _ORDER:
            if field in self.added:
                at = self._after(field)
                edits.append(_Edit(at, at, self.added[field]))
        edits.reverse()  # of those added at one place, the last comes first
        for edit in sorted(edits, key=lambda edit: (edit.begin, edit.end), reverse=True):
            self.lines[edit.begin : edit.end] = [line + self.mark for line in edit.lines]
        return "\n".join(self.lines)

    def edit(self, fields: Fields) -> None:
        """Text and fields as given; what is UNSET stays."""
        if fields.text is not UNSET:
            self._retext(fields.text)
            self._expect(text=_kept(fields.text))
        self._maybe("by", fields.by, self._value)
        self._maybe("theme", fields.theme, self._value)
        self._maybe("link", fields.link, write_link)
        self._maybe("level", fields.level, lambda level: vocabulary.level_word(level, self.language))
        self._maybe("due", fields.due, self._date)
        self._maybe("deadline", fields.deadline, self._date)
        for name in ("by", "theme", "link", "level", "due", "deadline"):
            value = getattr(fields, name)
            if value is not UNSET:
                self._expect(**{name: (_kept(value) if isinstance(value, str) else value) or None})
        if fields.owners is not UNSET:
            self._expect(owners=tuple(filter(None, map(_kept, fields.owners))))
            nobody = f"*{vocabulary.nobody(self.language)}*" if self.kind == "action" else None
            self._put("owners", write_names(fields.owners, self.language) if fields.owners else nobody)
        if fields.type is not UNSET or fields.offer is not UNSET:
            sort = "offer" if fields.offer is True else (fields.type or None)
            self._expect(offer=sort == "offer", type=None if sort == "offer" else sort)
            self._put("type", vocabulary.type_word(sort, self.language) if sort else None)

    def send(self, outcome: Outcome, owner: str | None, due: datetime.date | None) -> None:
        """Another outcome in the place of the one it had; its answer goes, and it is to be followed up again."""
        if outcome == "individual":
            self._retext("", withheld=True)
            for field in self.fields:
                self._put(field, None)
            old = self.expected
            self.expected = Record(meeting=old.meeting, kind=old.kind, number=old.number, text="", step=old.step)
        self._put("answer", None)
        self._put("answer_link", None)
        self.tick(done=False)
        self._put("outcome", vocabulary.outcome_word(outcome, self.scale, self.language))
        self._expect(answer=None, answer_link=None, outcome=outcome, private=outcome == "individual")
        if owner:
            self._put("owners", write_names((owner,), self.language))
            self._expect(owners=(_kept(owner),))
        if due:
            self._put("due", self._date(due))
            self._expect(due=due)

    def answer(self, text: str, link: str | None, *, decided: bool) -> None:
        """An answer; what was promised elsewhere was answered there."""
        self._put("answer", self._value(text))
        self._put("answer_link", write_link(link) if link else None)
        self._expect(answer=_kept(text) or None, answer_link=_kept(link) if link else None)
        if decided:
            return
        if self.expected.outcome in DEFERRED:
            self.tick(done=True)
        else:
            self._put("outcome", vocabulary.outcome_word("answered", self.scale, self.language))
            self._expect(outcome="answered", private=False)

    def tick(self, *, done: bool) -> None:
        """Tick or untick its box; an entry without one says so in a field."""
        self._expect(done=done)
        first = self.item.text_line
        line = self.lines[first]
        if BOX.match(self.item.text):
            at = line.index("[", self.item.indent)
            ticked = f"{line[: at + 1]}{'x' if done else ' '}{line[at + 2 :]}".removesuffix(self.mark)
            edit = self.edits.get(first)
            if edit is not None:
                head = edit.lines[0]
                ticked = f"{head[: at + 1]}{'x' if done else ' '}{head[at + 2 :]}"
                self.edits[first] = _Edit(first, edit.end, [ticked, *edit.lines[1:]])
            else:
                self.edits[first] = _Edit(first, first + 1, [ticked])
            self._put("done", None)
        else:
            self._put("done", vocabulary.yes(self.language) if done else None)

    def _maybe(self, field: Field, value: object, write: Callable[..., str]) -> None:
        if not isinstance(value, UnsetType):
            self._put(field, write(value) if value else None)

    def _put(self, field: Field, value: str | None) -> None:
        """Replace the field where it stands, take it away (None), or add it."""
        self.added.pop(field, None)
        for place, item in enumerate(self.fields.get(field, [])):
            keep = place == 0 and value is not None
            lines = self._written(field, value or "", self._margin(item)) if keep else []
            # What a person wrote under a field is not part of it.
            end = item.nested[0].line if item.nested else item.end
            self.edits[item.line] = _Edit(item.line, end, lines)
        if value is not None and field not in self.fields:
            self.added[field] = self._written(field, value, self.indent)

    def _written(self, field: Field, value: str, margin: str) -> list[str]:
        return (margin + field_line(field, value, self.kind, self.language, 0)).rstrip("\n").split("\n")

    def _margin(self, item: Item) -> str:
        """What stands before the mark of a nested item; a space for each character of what opens its line otherwise."""
        before = self.lines[item.text_line][: max(0, item.indent - 2)]
        return before if not before.strip() else " " * len(before)

    def _expect(self, **parts: Any) -> None:  # noqa: ANN401  # fields of a record
        self.expected = replace(self.expected, **parts)

    def _after(self, field: Field) -> int:
        before = _ORDER[: _ORDER.index(field)]
        known = [item.end for name in before for item in self.fields.get(name, [])]
        return max(known, default=self.item.text_end)

    def _retext(self, text: str, *, withheld: bool = False) -> None:
        found = ANCHORED.match(self.item.text)
        head = self.lines[self.item.text_line][: self.item.indent] + (found[0].rstrip() if found else "")
        body = escape(typeset(normalise(text).text, self.language), indent=self.item.indent)
        body = vocabulary.withheld(self.language) if withheld else body
        lines = f"{head} {body}".rstrip(" ").split("\n") if body else [head]
        self.edits[self.item.text_line] = _Edit(self.item.text_line, self.item.text_end, lines)

    def _value(self, text: str) -> str:
        return escape(typeset(_kept(text), self.language), indent=len(self.indent) + 2, start=True)

    def _date(self, date: datetime.date) -> str:
        words = short_date(self.tr, date, year=True)
        return words.replace(" ", NO_BREAK) if self.language == "fr" else words


def _kept(text: str) -> str:
    return normalise(text).text
