"""Minutes read back, also after people and formatters have edited them: generous in form, exact in words.

An entry is known by its number at its head. What is not known is a remark and stays; what was closed and is not found is said.
Nothing in a document can raise, make a private need, or stand for an entry twice: the first one counts.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.dates import read_due
from facilitator.core.entry import label, read_label
from facilitator.core.network import Section
from facilitator.core.regex import regex
from facilitator.core.text import fold_case
from facilitator.core.vocabulary import KINDS, Kind, Outcome
from facilitator.documents.markdown.escape import address_in, is_link, unescape
from facilitator.documents.markdown.items import Head, read_head, split_tail
from facilitator.documents.markdown.outline import MAX_REMEMBERED, Block, Heading, Item, Outline, TooLarge, outline
from facilitator.documents.markdown.pen import read_typed, read_words
from facilitator.documents.minutes import words
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.front import FORMAT, Front, read_front
from facilitator.documents.minutes.outcomes import read_outcome
from facilitator.documents.minutes.tail import TailContext, folded_people, read_names, read_tail, read_value
from facilitator.documents.minutes.words import Label
from facilitator.documents.typography import unfold
from facilitator.i18n import Translator, translator
from facilitator.wording import kind_name

MAX_ITEM = 64_000
# What minutes by kind gather in sections of their own.
_GATHERED: frozenset[Kind] = frozenset(("decision", "action", "question", "need"))

_STEP = regex(r"""<a\s+(?:id|name)\s*=\s*["']?step-(?P<number>[0-9]{1,3})\b""")
_TAGS = regex(r"<a\s[^<>]{0,120}>\s*</a>\s*")
_LINKED = regex(r"\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?P<url><(?:\\.|[^<>\\\n])*>|[^\s<>]*)\)\Z", re.DOTALL)
_REFERENCE = regex(r"(?:→|->|-\\>)\s*\[.{0,400}\]\(#(?P<anchor>[a-z][0-9]{1,6})\)\s*\Z", re.DOTALL)
_LABELLED = regex(
    r"(?P<open>[*_]{0,3})(?P<label>(?:\\.|[^*_:\\]){1,300}?)\s?(?:(?P<inner>:)\s*(?P=open)|(?P=open)\s?:)(?:\s+|\Z)(?P<value>.*)\Z",
    re.DOTALL,
)
_ANSWERED = regex(
    r"(?P<word>r[ée]ponse|answer)(?:\s+(?:de\s+|d['\u2019]|from\s+|by\s+)(?P<by>.+))?\Z", re.IGNORECASE | re.DOTALL
)
_PIECE = regex(r"(?:\\.|[^\\,])+", re.DOTALL)
_DEFAULT = (
    regex(
        r"Sauf mention contraire, (?:elles ont été posées pendant « ?(?P<where>.+?) ?»)?(?:, et )?(?:(?P<who>.+?) apporte les réponses attendues)?\.\Z",
        re.DOTALL,
    ),
    regex(
        r"Unless stated otherwise, (?:they were asked during “(?P<where>.+?)”)?(?:, and )?(?:(?P<who>.+?) brings the answers awaited)?\.\Z",
        re.DOTALL,
    ),
)
_PEOPLE_LINE = regex(r"[*_]{1,3}(?P<label>[^*_:]{1,40}?)\s?:?[*_]{1,3}\s?:?\s+(?P<names>.+)\Z", re.DOTALL)
# A row ends at a hard break, at `·`, or before the next label: a formatter breaks lines anywhere else.
_PEOPLE_ROWS = regex(r"\\\n|[ ]{2,}\n|\n(?=[ ]*(?:[*_]{1,3}[^\W_]|[^\W\d_][^:,*_\n]{1,40}:\s))|\s·\s")
_EMPLOYED = regex(r"(?P<name>.*?)(?:\s\((?P<structure>.*)\))?", re.DOTALL)
_PARENTHESIS = regex(r"(?P<text>.+?)\s*\((?P<name>[^()]{1,80})\)\s*\Z", re.DOTALL)
_MINUTES = regex(r"\s*[*_]\((?P<minutes>[0-9]{1,4})\smin(?:\s·\s\[[^\[\]]{1,200}\]\([^()\s]{1,400}\))?\)[*_]\s*\Z")
_TITLE_FOLDED = regex(r"\s+")


class Trouble(Struct, frozen=True):
    """Something in the file that a person should know; `line` counts from 1, 0 is the whole file."""

    line: int
    what: str


class Remark(Struct, frozen=True):
    """Something a person wrote between the entries, as it stands; `line` counts from 1."""

    line: int
    text: str


class FoundEntry(Struct, frozen=True):
    """An entry and where it stands. `labels` are the nested items that say something of it, `remarks` the others.

    `section` and `heading` are what it stands under; an adopted one has no number yet, a `twin` the number of another.
    """

    said: MinutesEntry
    item: Item
    head: Head
    section: Section | None
    heading: Heading | None
    labels: tuple[tuple[Label, Item], ...] = ()
    remarks: tuple[Item | Block, ...] = ()
    tail: bool = False
    adopted: bool = False
    twin: bool = False

    @property
    def name(self) -> tuple[Kind, int]:
        """Kind and number."""
        return self.said.kind, self.said.number


class MinutesRead(Struct):
    """What minutes say: entries in the order of the document, adopted ones and notes among them.

    `missing` are entries that were closed and are not found; `troubles` everything else a person should know, by line.
    `level` is that of the headings of sections. `people` are the names of each list, `employers` who employs those of whom it is said.
    """

    front: Front
    outline: Outline | None = None
    level: int = 2
    day: datetime.date | None = None
    entries: Sequence[FoundEntry] = ()
    remarks: Sequence[Remark] = ()
    troubles: Sequence[Trouble] = ()
    missing: tuple[tuple[Kind, int], ...] = ()
    people: Mapping[str, tuple[str, ...]] = {}
    by_default: str | None = None
    employers: Mapping[str, str] = {}
    asked_in: int | None = None
    conflicted: bool = False

    def find(self, kind: Kind, number: int) -> FoundEntry | None:
        """The entry of this kind and number."""
        return next((found for found in self.entries if number and found.name == (kind, number)), None)

    def numbered(self) -> dict[tuple[Kind, int], FoundEntry]:
        """The entries that have a number."""
        return {found.name: found for found in self.entries if found.said.number}


def read_minutes(text: str, *, meeting: str = "", tr: Translator | None = None) -> MinutesRead:
    """The entries of minutes and everything that is wrong with the file; raises nothing whatever the text.

    `meeting` is the id to use when the front matter has none; troubles are worded by `tr`, else in the document's language.
    The same text reads as the same, which nobody changes: one act asks it of a file several times.
    """
    return (_remembered if len(text) <= MAX_REMEMBERED else _read)(text, meeting, tr)


def _read(text: str, meeting: str, tr: Translator | None) -> MinutesRead:
    try:
        found = outline(text)
    except TooLarge:
        tr = tr or translator("fr")
        return MinutesRead(
            Front(meeting=meeting), troubles=[Trouble(0, tr("the file is too large to be read as minutes"))]
        )
    front = read_front(found.source.lines, found.source.body)
    if not front.meeting:
        front = replace(front, meeting=meeting)
    return _Reader(found, front, tr or translator(front.language)).run()


_remembered = functools.lru_cache(maxsize=8)(_read)


class _Reader:
    def __init__(self, found: Outline, front: Front, tr: Translator) -> None:
        self.outline = found
        self.lines = found.source.lines
        self.front = front
        self.tr = tr
        self.entries: list[FoundEntry] = []
        self.remarks: list[Remark] = []
        self.troubles: list[Trouble] = []
        self.read = MinutesRead(front, found, entries=self.entries, remarks=self.remarks, troubles=self.troubles)
        self.read.day = self._day()
        self.steps = {
            id(heading): number for heading in found.headings if (number := heading_step(heading)) is not None
        }
        self.sections = self._sections()
        self.headed: dict[int, tuple[Outcome | None, datetime.date | None] | None] = {}
        self._people()
        self.context = TailContext(
            self.read.day, folded_people([name for names in self.read.people.values() for name in names])
        )
        self._defaults()
        self.heads = {id(item): read_head(item.text) for item in found.every()}
        self.sure = self._sure()
        self.seen: set[tuple[Kind, int]] = set()

    def run(self) -> MinutesRead:
        self._whole_file()
        for item in self.outline.items:
            self._item(item)
        self._blocks()
        self._strangers()
        self.read.missing = tuple(
            sorted(self.front.closed - self.seen, key=lambda name: (list(KINDS).index(name[0]), name[1]))
        )
        self.troubles.sort(key=lambda trouble: trouble.line)
        self.remarks.sort(key=lambda remark: remark.line)
        return self.read

    def trouble(self, line: int, what: str) -> None:
        self.troubles.append(Trouble(line, what))

    # What the document says as a whole.

    def _day(self) -> datetime.date | None:
        for heading in self.outline.headings[:3]:
            if heading.level == 1 and (day := words.read_full_date(unfold(heading.text))):
                return day
        try:
            return datetime.date.fromisoformat(self.front.meeting[:10])
        except ValueError:
            return None

    def _sections(self) -> dict[int, Section | None]:
        """What each heading opens: one of the level of sections that is no sequence; by sequence only what is left beside them.

        That level is the second, unless somebody moved all of them lower.
        """
        named = {
            id(heading): words.read_section(heading_title(heading), self.front.headings)
            for heading in self.outline.headings
            if id(heading) not in self.steps
        }
        levels = [heading.level for heading in self.outline.headings if named.get(id(heading))]
        self.read.level = max(2, min(levels, default=2))
        found = {
            id(heading): named.get(id(heading)) if heading.level <= self.read.level else None
            for heading in self.outline.headings
        }
        if self.front.order == "sequence":
            return {
                key: section if section not in words.KIND_OF_SECTION or section == "put_off" else None
                for key, section in found.items()
            }
        return found

    def _whole_file(self) -> None:
        if self.outline.conflicts:
            self.read.conflicted = True
            for line in self.outline.conflicts:
                self.trouble(
                    line + 1, self.tr("a conflict marker of git: choose which lines to keep, then take it out")
                )
        if (self.front.format or FORMAT) > FORMAT:
            message = self.tr(
                "a newer version of the program wrote these minutes (format {value})", value=self.front.format
            )
            self.trouble(self.front.lines["format"] + 1, message)
        elif "meeting" not in self.front.lines:
            self.trouble(0, self.tr("the front matter is gone"))
        elif not _ID.match(self.front.meeting):
            message = self.tr("this is the name of no meeting: {value}", value=self.front.meeting[:80])
            self.trouble(self.front.lines["meeting"] + 1, message)
        for line in self.front.odd:
            self.remarks.append(Remark(line + 1, self.lines[line].strip()))
        seen: dict[Section, int] = {}
        for heading in self.outline.headings:
            section = self.sections[id(heading)]
            if section and section in seen:
                self.trouble(
                    heading.line + 1, self.tr("this section is there twice, first on line {line}", line=seen[section])
                )
            elif section:
                seen[section] = heading.line + 1

    def _people(self) -> None:
        found: dict[str, tuple[str, ...]] = {}
        employers: dict[str, str] = {}
        for block in self.outline.blocks:
            section = self._section(block.under)
            if not block.paragraph or (section != "present" and block.under and block.under[-1].level > 1):
                continue
            for line in _PEOPLE_ROWS.split(block.text):
                if (row := _PEOPLE_LINE.match(_TITLE_FOLDED.sub(" ", line).strip())) and (
                    who := words.read_people(unfold(row["label"]))
                ):
                    named = [_EMPLOYED.fullmatch(name) for name in read_names(row["names"])]
                    found[who] = (*found.get(who, ()), *(one["name"] for one in named if one))
                    employers |= {one["name"]: one["structure"] for one in named if one and one["structure"]}
        self.read.people, self.read.employers = found, employers

    def _defaults(self) -> None:
        """Who answers and where questions were asked unless it is said otherwise."""
        for block in self.outline.blocks:
            if not block.paragraph or self._section(block.under) != "questions":
                continue
            said = _TITLE_FOLDED.sub(" ", unfold(block.text))
            for pattern in _DEFAULT:
                if found := pattern.match(said):
                    self.read.by_default = read_words(found["who"]) if found["who"] else None
                    self.read.asked_in = self._titled(read_words(found["where"])) if found["where"] else None
                    return

    def _titled(self, title: str) -> int | None:
        wanted = fold_case(title)
        named = [
            self.steps[id(heading)]
            for heading in self.outline.headings
            if id(heading) in self.steps and fold_case(read_words(heading_title(heading))) == wanted
        ]
        return named[0] if len(named) == 1 else None

    def _section(self, under: Iterable[Heading]) -> Section | None:
        return next((section for heading in under if (section := self.sections[id(heading)])), None)

    def _step(self, under: tuple[Heading, ...]) -> int | None:
        """The sequence that the nearest heading names; 0 is none of them."""
        return next((self.steps[id(heading)] for heading in reversed(under) if id(heading) in self.steps), None)

    # Entries.

    def _sure(self) -> frozenset[tuple[Kind, int]]:
        """The entries that an anchor or emphasis names."""
        heads = self.heads.values()
        found = {_name(head) for head in heads if head.bold or head.anchor}
        return frozenset(name for name in found if name)

    def _item(self, item: Item) -> None:
        self._take(item)
        self._inside(item)

    def _take(self, item: Item) -> None:
        section = self._section(item.under)
        head = self.heads[id(item)]
        name = self._named(head, section)
        if name is None and section == "put_off" and (_STEP.match(item.text) or _MINUTES.search(item.text)):
            return  # a sequence that was not reached
        if name is not None and name in self.seen:
            self._twin(item, head, name, section)
        elif name is not None:
            self._entry(item, head, name, section)
        elif self._adopts(item, head, section):
            self._entry(item, head, None, section)
        elif section in ("course", None) and self._step(item.under) is not None:
            if not _REFERENCE.match(item.text):
                self._note(item)
        elif section not in ("brief", "times", "evaluation", "present"):
            self._remark(item)

    def _inside(self, item: Item) -> None:
        """Entries that someone put under another: an anchor makes them sure."""
        waiting = list(item.nested)
        while waiting:
            nested = waiting.pop(0)
            head = self.heads[id(nested)]
            name = _name(head) if head.anchor and head.bold else None
            if name and name[0] != "individual" and name not in self.seen:
                self._entry(nested, head, name, self._section(nested.under))
            waiting = [*nested.nested, *waiting]

    def _named(self, head: Head, section: Section | None) -> tuple[Kind, int] | None:
        name = _name(head)
        if name is None or name[0] == "individual":
            return None
        if not head.bold and not head.anchor and not self._bare(name, section):
            return None
        return name

    def _twin(self, item: Item, head: Head, name: tuple[Kind, int], section: Section | None) -> None:
        """Of two with one number the first keeps it, the other is adopted; in the middle of a conflict it is left alone."""
        said = label(*name, self.front.language)
        self.trouble(item.line + 1, self.tr("{label} is there twice: the first one counts", label=said))
        if self.outline.conflicts:
            self._remark(item)
        else:
            self._entry(item, head, None, section, twin=name[0])

    def _bare(self, name: tuple[Kind, int], section: Section | None) -> bool:
        """Whether a number that nothing marks heads an entry: in its kind's section, closed, and nowhere else for sure."""
        home = words.KIND_OF_SECTION.get(section) == name[0] if section else False
        home = home or section in ("course", "since") or (section is None and self.front.order == "sequence")
        return home and name in self.front.closed and name not in self.sure

    def _adopts(self, item: Item, head: Head, section: Section | None) -> bool:
        if self.outline.conflicts or not item.text.strip():
            return False
        if (found := _LABELLED.match(item.text)) and self._meant(found, "question"):
            return False  # what was said of an entry whose own line is gone
        if section in words.KIND_OF_SECTION:
            return True
        return (
            self.front.order == "sequence"
            and head.box is not None
            and section in ("course", None)
            and self._step(item.under) is not None
        )

    def _note(self, item: Item) -> None:
        body, raw = split_tail(item.text)
        values = read_tail(raw, self.context, "note") if raw is not None else None
        text = read_typed(body if values is not None else item.text, item, self.lines)
        values = values or {}
        if not text and not values:
            return
        if "link" not in values and (link := address_in(text)):
            values["link"] = link
        said = MinutesEntry(
            kind="note",
            number=0,
            text=text,
            step=self._step(item.under) or None,
            **{name: values[name] for name in values if name != "step"},
        )
        self.entries.append(FoundEntry(said, item, self.heads[id(item)], self._section(item.under), _last(item.under)))

    def _entry(
        self,
        item: Item,
        head: Head,
        name: tuple[Kind, int] | None,
        section: Section | None,
        *,
        twin: Kind | None = None,
    ) -> None:
        home: Kind = words.KIND_OF_SECTION.get(section, "action") if section else "action"
        kind = name[0] if name else twin or home
        if item.text_end and len(item.text) > MAX_ITEM:
            self.trouble(item.line + 1, self.tr("this item is too long to be an entry"))
            self._remark(item)
            return
        begin = head.at if name or twin else _after_box(head)
        body, raw = split_tail(item.text, begin)
        values = read_tail(raw, self.context, kind) if raw is not None else None
        tail = values is not None
        if values is None:
            values, body = {}, item.text[begin:]
        values |= self._text(kind, body, values)
        if kind == "action" and not tail:
            values |= self._owner(values["text"])
        labels, remarks = self._labels(item, values, kind)
        said = self._finished(kind, name[1] if name else 0, values, item, head, section)
        if name:
            self.seen.add(name)
        elif not twin:
            self.trouble(item.line + 1, self._adoption(kind))
        self.entries.append(
            FoundEntry(
                said,
                item,
                head,
                section,
                _last(item.under),
                tuple(labels),
                tuple(remarks),
                tail,
                name is None,
                twin is not None,
            )
        )
        for block in remarks:
            self._remark(block)

    def _adoption(self, kind: Kind) -> str:
        return self.tr(
            "an item without a number, read as {kind}: it gets one at the next write", kind=kind_name(self.tr, kind)
        )

    def _text(self, kind: Kind, body: str, values: dict[str, Any]) -> dict[str, Any]:
        """Text and link: news with an address is the link."""
        body = body.strip()
        linked = _LINKED.match(body) if kind in ("news", "resource") and body.startswith("[") else None
        if linked:
            url = unescape(linked["url"].removeprefix("<").removesuffix(">"))
            if is_link(url):
                return {"text": read_words(linked["text"]), "link": url}
        text = read_words(body)
        link = values.get("link") or address_in(text)
        return {"text": text} | ({"link": link} if link else {})

    def _owner(self, text: str) -> dict[str, Any]:
        """A final parenthesis that is exactly one known person is the owner."""
        found = _PARENTHESIS.match(text)
        if not found:
            return {}
        wanted = fold_case(found["name"])
        known = {name for names in self.read.people.values() for name in names}
        exact = {name for name in known if fold_case(name) == wanted} or {
            name for name in known if wanted == fold_case(name.split()[0])
        }
        return {"text": found["text"], "owners": (exact.pop(),)} if len(exact) == 1 else {}

    def _labels(
        self, item: Item, values: dict[str, Any], kind: Kind
    ) -> tuple[list[tuple[Label, Item]], list[Item | Block]]:
        labels: list[tuple[Label, Item]] = []
        remarks: list[Item | Block] = []
        for block in item.blocks:
            found = _LABELLED.match(block.text) if isinstance(block, Item) else None
            meant = self._meant(found, kind) if found else None
            if (
                found is None
                or meant is None
                or not isinstance(block, Item)
                or any(meant == said for said, _ in labels)
            ):
                remarks.append(block)
                continue
            said = self._answer(found, block) if meant == "answer" else read_value(meant, found["value"], self.context)
            if meant == "answer_link":
                link = read_words(found["value"])
                said = {"answer_link": link if is_link(link) else address_in(link) or link}
            if said is None:
                self.trouble(block.line + 1, self.tr("this cannot be understood, and stays as it is"))
                remarks.append(block)
                continue
            labels.append((meant, block))
            if kind == "question" or meant not in ("answer", "answer_link"):
                values |= said
        return labels, remarks

    def _meant(self, found: re.Match[str], kind: Kind) -> Label | None:
        said = unfold(found["label"])
        first = _PIECE.match(said)
        if first and _ANSWERED.match(first[0].strip()):
            return "answer" if kind == "question" else None
        return words.read_label(said)

    def _answer(self, found: re.Match[str], item: Item) -> dict[str, Any]:
        values: dict[str, Any] = {}
        first, *others = [piece[0].strip() for piece in _PIECE.finditer(unfold(found["label"]))]
        if (who := _ANSWERED.match(first)) and who["by"]:
            values["answer_by"] = read_words(who["by"])
        for other in others:
            outcome = read_outcome(other, self.read.day)
            if outcome and outcome[0]:
                values |= {"outcome": outcome[0], "done": True} | ({"due": outcome[1]} if outcome[1] else {})
            elif day := self._day_in(other):
                values["answered_on"] = day
        text = read_typed(found["value"], item, self.lines)
        if text.strip(" .…"):
            values["answer"] = text
            if link := address_in(text):
                values["answer_link"] = link
        return values

    def _day_in(self, text: str) -> datetime.date | None:
        said = words.plain(text)
        return read_due(said.removeprefix("le "), self.read.day) if self.read.day else None

    def _finished(  # noqa: PLR0913  # what an item says, and where
        self, kind: Kind, number: int, values: dict[str, Any], item: Item, head: Head, section: Section | None
    ) -> MinutesEntry:
        """The entry with what its place says of it."""
        step = values.pop("step", None)
        if step is None:
            step = (self._step(item.under) or None) if section in ("course", None) else None
            step = self.read.asked_in if step is None and section in ("questions", "wanted", "offered") else step
        if section == "offered":
            values["offer"] = True
        if kind == "action":
            values["done"] = head.box is True or values.get("done", False)
        elif head.box:
            values["done"] = True
        said = MinutesEntry(kind=kind, number=number, step=step, **values)
        return self._decided(said, item, section) if kind == "question" else said

    def _decided(self, said: MinutesEntry, item: Item, section: Section | None) -> MinutesEntry:
        headed = self._headed(item.under) if section not in ("course", "since", "put_off") else None
        outcome, due = said.outcome, said.due
        if headed is not None:
            answered = headed[0] == "answered"
            if outcome is None:
                outcome = headed[0]
                due = due or headed[1]
            elif answered and outcome in words.DEFERRED:
                return replace(said, done=True)
        if said.answer is not None and outcome in words.DEFERRED:
            return replace(said, outcome=outcome, due=due, done=True)
        if said.answer is not None and outcome != "individual":
            return replace(said, outcome="answered", due=due)
        return replace(said, outcome=outcome, due=due)

    def _headed(self, under: tuple[Heading, ...]) -> tuple[Outcome | None, datetime.date | None] | None:
        for heading in reversed(under):
            key = id(heading)
            if key not in self.headed:
                self.headed[key] = read_outcome(unfold(heading_title(heading)), self.read.day)
            if self.headed[key] is not None:
                return self.headed[key]
        return None

    def _strangers(self) -> None:
        """Numbers that were never given, and headings that say nothing of the entries under them."""
        unknown: dict[int, Heading | None] = {}
        for found in self.entries:
            if not found.said.number:
                continue
            if "closed" in self.front.lines and found.name not in self.front.closed:
                said = label(*found.name, self.front.language)
                self.trouble(
                    found.item.line + 1,
                    self.tr("{label} was never given in this meeting: it stays as it is", label=said),
                )
            if not self._at_home(found):
                heading = self._says_nothing(found)
                unknown.setdefault(id(heading), heading)
        for heading in unknown.values():
            if heading is None:
                self.trouble(0, self.tr("headings are gone: what they said of the entries is not known"))
            else:
                self.trouble(
                    heading.line + 1,
                    self.tr(
                        "under the heading “{title}” stand entries of which it says nothing that is known",
                        title=read_words(heading_title(heading)),
                    ),
                )

    def _says_nothing(self, found: FoundEntry) -> Heading | None:
        """The heading that should say what an entry is: that of its section, or below it that of an outcome."""
        if found.section == "questions" and found.said.kind == "question":
            return found.heading
        return next((one for one in found.item.under if 1 < one.level <= self.read.level), None)

    def _at_home(self, found: FoundEntry) -> bool:
        """Whether an entry stands where minutes by kind have it: what a heading says of it would be lost elsewhere."""
        kind, section = found.said.kind, found.section
        if self.front.order == "sequence" or kind not in _GATHERED or section in ("since", "course", "put_off"):
            return True
        if section is None:
            return self._step(found.item.under) is not None
        if kind == "question" and section == "questions":
            return found.said.outcome is not None or self._headed(found.item.under) is not None
        return words.KIND_OF_SECTION.get(section) == kind

    # Remarks.

    def _remark(self, block: Item | Block) -> None:
        text = "\n".join(line.rstrip("\r") for line in self.lines[block.line : block.end])
        self.remarks.append(Remark(block.line + 1, text))

    def _blocks(self) -> None:
        for block in self.outline.blocks:
            if (
                block.under
                and self._section(block.under) not in ("times", "evaluation", "present", "brief")
                and not self._ours(block)
            ):
                self._remark(block)

    def _ours(self, block: Block) -> bool:
        if len(block.under) == 1 and block.under[0].level == 1:
            return True
        said = unfold(block.text)
        if any(pattern.match(_TITLE_FOLDED.sub(" ", said)) for pattern in _DEFAULT):
            return True
        last = block.under[-1]
        first = not any(line.strip() for line in self.lines[last.end : block.line])
        return id(last) in self.steps and first and _ABOUT.match(said) is not None


# What a folder of a meeting, and so a meeting, can be called.
_ID = regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}\Z")
_ABOUT = regex(
    r"(?:Atelier|Avec|Reprise|Workshop|With|Taken up)\b.{0,2000}\.\Z|[0-9]+ (?:question|besoin|proposition|need|offer).{0,100}\.\Z",
    re.DOTALL,
)


def _last(under: tuple[Heading, ...]) -> Heading | None:
    return under[-1] if under else None


def _after_box(head: Head) -> int:
    return head.box_at[1] if head.box_at else 0


def step_not_reached(read: MinutesRead, item: Item) -> tuple[int | None, str, int | None] | None:
    """The number, title and planned minutes of a sequence that an item under *Reporté* says was not reached; None for another."""
    under = [words.read_section(heading_title(heading), read.front.headings) for heading in item.under]
    found, named = _MINUTES.search(item.text), _STEP.match(item.text)
    if "put_off" not in under or not (found or named):
        return None
    title = read_words(_TAGS.sub("", item.text[: found.start()] if found else item.text))
    return int(named["number"]) if named else None, title, int(found["minutes"]) if found else None


def heading_title(heading: Heading) -> str:
    """Its Markdown without anchors."""
    return _TAGS.sub("", heading.text)


def heading_step(heading: Heading) -> int | None:
    """The sequence that its anchor names."""
    found = _STEP.search(heading.text)
    return int(found["number"]) if found else None


def _name(head: Head) -> tuple[Kind, int] | None:
    """The kind and number that a head names: its number, else its anchor."""
    if head.label:
        return read_label(head.label)
    return read_label(head.anchor) if head.anchor else None
