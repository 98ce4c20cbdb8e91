"""Minutes read back, also after people have edited them: the entries, word for word, and what could not be read.

An entry is a list item that begins with its anchor; a note is any other item directly under a step. Everything else is a person's remark.
Nothing in a document can raise, make a private need, or stand for an entry twice: the first one counts.
"""

from __future__ import annotations

import re

from msgspec import Struct
from msgspec.structs import asdict

from facilitator.core.entry import label
from facilitator.core.records import Record, TimeRow
from facilitator.core.vocabulary import KINDS, Kind
from facilitator.documents import vocabulary
from facilitator.documents.front import Front, FrontUnreadable, read_front
from facilitator.documents.item_reader import BOX, Place, named, read_item, words
from facilitator.documents.minutes_times import read_times
from facilitator.documents.outline import Heading, Item, Outline, TooLarge, outline
from facilitator.i18n import Translator, translator

MAX_ITEM = 64_000

_STEP = re.compile(r'<a id="step-([0-9]{1,3})"></a>')
_REFERENCE = re.compile(r"\[[A-Z][0-9]{1,6}\]\(#([a-z][0-9]{1,6})\)")
# A line of seven `=` alone is a heading.
_CONFLICT = (re.compile(r"^<{7} ", re.MULTILINE), re.compile(r"^>{7} ", re.MULTILINE))
_OURS = frozenset(("brief", "times", "next"))


class Remark(Struct, frozen=True):
    """Something a person wrote between the entries; `line` counts from 1."""

    line: int
    text: str


class MinutesRead(Struct):
    """What minutes say. `places` finds the item of an entry by kind and number; `conflicted` says that git left its marks."""

    front: Front | None
    records: list[Record]
    problems: list[str]
    remarks: list[Remark]
    places: dict[tuple[Kind, int], Place]
    language: str
    times: list[TimeRow] = []
    conflicted: bool = False


def read_minutes(text: str, *, meeting: str = "", tr: Translator | None = None) -> MinutesRead:
    """The entries of minutes, in the order of their numbers, notes last.

    `meeting` is the id to use when the front matter has none; problems are worded by `tr`, else in the document's language.
    """
    try:
        found = outline(text)
    except TooLarge:
        tr = tr or translator("fr")
        said = tr("the file is too large to be read as minutes")
        return MinutesRead(None, [], [said], [], {}, "fr")
    front, unreadable = _front(found)
    language = front.language if front else "fr"
    reader = _Reader(found, front.meeting if front else meeting, language, tr or translator(language))
    if unreadable:
        reader.problem(0, reader.tr("the front matter cannot be read"))
    if all(mark.search(text) for mark in _CONFLICT):
        reader.read.conflicted = True
        reader.problem(0, reader.tr("there are conflict markers in the file"))
    reader.read.front = front
    return reader.run()


def _front(found: Outline) -> tuple[Front | None, bool]:
    if not found.source.body:
        return None, True
    try:
        return read_front(found.source.front, Front), False
    except FrontUnreadable:
        return None, True


class _Reader:
    def __init__(self, found: Outline, meeting: str, language: str, tr: Translator) -> None:
        self.outline = found
        self.meeting = meeting
        self.tr = tr
        self.read = MinutesRead(None, [], [], [], {}, language)
        self.steps = self._linked()

    def run(self) -> MinutesRead:
        for item in self.outline.every():
            self._item(item)
        order = {kind: place for place, kind in enumerate(KINDS)}
        self.read.records.sort(key=lambda record: (order[record.kind], int(record.number[1:] or 0)))  # type: ignore[index]
        self.read.times = read_times(self.outline)
        return self.read

    def problem(self, line: int, said: str) -> None:
        self.read.problems.append(self.tr("line {line}: {problem}", line=line, problem=said) if line else said)

    def _linked(self) -> dict[str, int]:
        """The step of the entries that a step links to, by their anchor."""
        steps: dict[str, int] = {}
        for paragraph in self.outline.paragraphs:
            step = _step(paragraph.under)
            if step:
                for found in _REFERENCE.finditer(paragraph.text[:MAX_ITEM]):
                    steps.setdefault(found[1], step)
        return steps

    def _item(self, item: Item) -> None:
        name, said = named(item)
        if said is None:
            self._unnamed(item)
        elif len(item.text) > MAX_ITEM:
            self.problem(item.line + 1, self.tr("{label} is too long", label=said))
        elif name is None:
            self.problem(item.line + 1, self.tr("{label} does not match its anchor", label=said))
        elif name[0] == "individual":
            self.problem(item.line + 1, self.tr("{label} is a private number: it is not read here", label=said))
        elif name in self.read.places:
            self.problem(item.line + 1, self.tr("{label} is there twice: the first one counts", label=said))
        else:
            anchor = label(*name).lower()
            step = _step(item.under) or self.steps.get(anchor) or self.steps.get(label(*name, "en").lower())
            self._entry(item, name[0], label(*name, self.read.language), step, name)

    def _unnamed(self, item: Item) -> None:
        step = _stepping(item.under)
        if (
            step is not None
            and item.outermost
            and item.text
            and len(item.text) <= MAX_ITEM
            and not BOX.match(item.text)
        ):
            self._entry(item, "note", "", step or None, None)
        elif item.outermost and not (item.under and vocabulary.read_heading(words(item.under[-1].text[:200])) in _OURS):
            self._remark(item)

    def _entry(self, item: Item, kind: Kind, number: str, step: int | None, name: tuple[Kind, int] | None) -> None:
        parts, fields, remarks, unclear = read_item(item)
        for nested, field in unclear:
            known = vocabulary.label_of(field, kind, self.read.language)
            said = self.tr("“{field}” cannot be understood: “{text}”", field=known, text=words(nested.text[:200])[:60])
            self.problem(nested.line + 1, said)
        for nested in remarks:
            if named(nested)[1] is None:
                self._remark(nested)
        if name is not None:
            self.read.places[name] = Place(item, fields)
        self.read.records.append(
            Record(
                meeting=self.meeting,
                kind=kind,
                number=number,
                step=step,
                private=parts.outcome == "individual",
                **asdict(parts),
            )
        )

    def _remark(self, item: Item) -> None:
        self.read.remarks.append(Remark(item.line + 1, words(item.text[:2_000])))


def _stepping(under: tuple[Heading, ...]) -> int | None:
    """The number of the step that the innermost heading opens; 0 outside the steps, None when it opens none."""
    found = _STEP.match(under[-1].text) if under else None
    return int(found[1]) if found else None


def _step(under: tuple[Heading, ...]) -> int | None:
    return _stepping(under) or None
