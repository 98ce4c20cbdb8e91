"""One entry of published minutes changed where it stands: every byte outside its item stays as it is."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from msgspec import UNSET, Struct, UnsetType

from facilitator.core.act import Fields
from facilitator.core.agenda import Level
from facilitator.core.entry import Kind, Outcome, read_label
from facilitator.core.text import normalise
from facilitator.documents import vocabulary
from facilitator.documents.escape import escape, write_link
from facilitator.documents.item_reader import ANCHORED, BOX, Place
from facilitator.documents.minutes_items import field_line, write_names
from facilitator.documents.minutes_reader import MinutesRead, read_minutes
from facilitator.documents.outline import check_size
from facilitator.documents.typography import NO_BREAK, typeset
from facilitator.documents.vocabulary import Field
from facilitator.i18n import Translator, translator
from facilitator.wording import short_date

# The order in which fields stand; a new one goes after the last of those before it.
_ORDER: tuple[Field, ...] = (
    "by", "same", "theme", "type", "level", "deadline", "link", "answer", "answer_link", "outcome", "owners", "due", "done",
)  # fmt: skip
_DEFERRED = frozenset(("mattermost", "newsletter", "next", "relay"))


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
        TooLarge: it could not be read again.
    """
    read = read_minutes(text, tr=tr)
    name = read_label(label)
    place = read.places.get(name) if name else None
    if name is None or place is None:
        raise LookupError(label)
    change = _Change(read, text.split("\n"), place, name[0], tr)
    if fields is not None:
        change.edit(fields)
    if outcome is not None:
        change.send(outcome, owner, due)
    if answer is not None:
        change.answer(*answer, decided=outcome is not None, current=_current(read, name))
    if done is not None:
        change.tick(done=done)
    changed = change.text()
    check_size(changed)
    return changed


def _current(read: MinutesRead, name: tuple[Kind, int]) -> Outcome | None:
    for record in read.records:
        if record.number and read_label(record.number) == name:
            return record.outcome
    return None


class _Edit(Struct, frozen=True):
    begin: int
    end: int
    lines: list[str]


class _Change:
    def __init__(self, read: MinutesRead, lines: list[str], place: Place, kind: Kind, tr: Translator) -> None:
        self.lines = lines
        self.item = place.item
        self.fields = place.fields
        self.kind = kind
        self.language = read.language
        self.scale: Level | None = read.front.scale if read.front else None
        self.tr = tr if tr.language == read.language else translator(read.language)
        self.mark = "\r" if lines[place.item.line].endswith("\r") else ""
        nested = [inner for inner in place.item.nested if inner.text]
        self.indent = nested[0].indent - 2 if nested and nested[0].indent > 1 else place.item.indent
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
        self._maybe("by", fields.by, self._value)
        self._maybe("theme", fields.theme, self._value)
        self._maybe("link", fields.link, write_link)
        self._maybe("level", fields.level, lambda level: vocabulary.level_word(level, self.language))
        self._maybe("due", fields.due, self._date)
        self._maybe("deadline", fields.deadline, self._date)
        if fields.owners is not UNSET:
            nobody = f"*{vocabulary.nobody(self.language)}*" if self.kind == "action" else None
            self._put("owners", write_names(fields.owners, self.language) if fields.owners else nobody)
        if fields.type is not UNSET or fields.offer is not UNSET:
            sort = "offer" if fields.offer is True else (fields.type or None)
            self._put("type", vocabulary.type_word(sort, self.language) if sort else None)

    def send(self, outcome: Outcome, owner: str | None, due: datetime.date | None) -> None:
        """Another outcome in the place of the one it had; its answer goes."""
        if outcome == "individual":
            self._retext("", withheld=True)
            for field in self.fields:
                self._put(field, None)
        self._put("answer", None)
        self._put("answer_link", None)
        self._put("outcome", vocabulary.outcome_word(outcome, self.scale, self.language))
        if owner:
            self._put("owners", write_names((owner,), self.language))
        if due:
            self._put("due", self._date(due))

    def answer(self, text: str, link: str | None, *, decided: bool, current: Outcome | None) -> None:
        """An answer; what was promised elsewhere was answered there."""
        self._put("answer", self._value(text))
        self._put("answer_link", write_link(link) if link else None)
        if decided:
            return
        if current in _DEFERRED:
            self._put("done", vocabulary.yes(self.language))
        else:
            self._put("outcome", vocabulary.outcome_word("answered", self.scale, self.language))

    def tick(self, *, done: bool) -> None:
        """Tick or untick its box; an entry without one says so in a field."""
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
            indent = max(0, item.indent - 2)
            lines = self._written(field, value or "", indent) if keep else []
            # What a person wrote under a field is not part of it.
            end = item.nested[0].line if item.nested else item.end
            self.edits[item.line] = _Edit(item.line, end, lines)
        if value is not None and field not in self.fields:
            self.added[field] = self._written(field, value, self.indent)

    def _written(self, field: Field, value: str, indent: int) -> list[str]:
        return field_line(field, value, self.kind, self.language, indent).rstrip("\n").split("\n")

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
        return escape(typeset(normalise(text).text, self.language), indent=self.indent + 2, start=True)

    def _date(self, date: datetime.date) -> str:
        words = short_date(self.tr, date, year=True)
        return words.replace(" ", NO_BREAK) if self.language == "fr" else words
