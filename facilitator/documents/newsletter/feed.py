"""The letter fed by a meeting: what is new goes to the end of its section, made where it is missing; every other byte stays.

What was fed once is not put back, what another meeting said already is not said again, and a question that is answered since
moves from *Qui sait ?* to *Vous avez demandé*.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from facilitator.core.dates import read_due
from facilitator.core.regex import regex
from facilitator.core.vocabulary import Kind
from facilitator.documents.markdown.outline import Heading, Item, Outline, TooLarge, check_size
from facilitator.documents.markdown.pen import read_words
from facilitator.documents.minutes.entry import MinutesToWrite
from facilitator.documents.minutes.of_entry import licence_line
from facilitator.documents.newsletter import words
from facilitator.documents.newsletter.change import answered_lines, same_words, tick, waits, without
from facilitator.documents.newsletter.front import (
    Front,
    Memory,
    Unreadable,
    read_front,
    read_meetings,
    remembering,
    write_front,
)
from facilitator.documents.newsletter.items import Letter, LetterPen, SectionItem, is_late, is_private, tells
from facilitator.documents.newsletter.reader import LetterItem, LetterRead, heading_section, read_letter, titled_link
from facilitator.documents.newsletter.words import ORDER, Section
from facilitator.documents.typography import typeset, unfold

BULLETS = "-*+"

_DAY = regex(r"[0-9]{1,2}(?:er)? [^\W\d_]{3,9}(?: [0-9]{4})?")


def feed(  # noqa: PLR0913  # what a feed rests on, by name
    existing: str | None,
    letter: Letter,
    meeting: MinutesToWrite,
    *,
    name: str | None = None,
    earlier: Sequence[str] = (),
    again: Collection[tuple[Kind, int]] = (),
) -> str:
    """The letter with what the meeting brings that it never held; the same text, or none, when there is nothing new.

    `name` is that of the file of its minutes without `.md`, when it is not the meeting's id. A letter of another month than the
    meeting's takes its later answers only, those that no `earlier` letter tells. `again` are entries to put in whatever was fed
    before: someone has just sent them here.

    Raises Unreadable: the text is a person's, to be left alone.
    """
    fed = _Feed(_begun(existing, letter, meeting), letter, meeting, name or meeting.meeting)
    fed.told = frozenset(number for before in earlier for number in answers_told(before, fed.names))
    fed.again = frozenset(again)
    return fed.run() or existing or ""


def put_in(existing: str | None, letter: Letter, nobody: MinutesToWrite, piece: SectionItem) -> str:
    """The letter with an item that no meeting brings (`nobody` is one that says nothing), unless it says it already.

    Raises Unreadable: the text is a person's, to be left alone.
    """
    fed = _Feed(_begun(existing, letter, nobody), letter, nobody, nobody.meeting)
    if not fed.is_said(piece):
        fed.write(fed.put(piece.section, piece.heading, [piece]), None)
    return fed.text


def _begun(existing: str | None, letter: Letter, meeting: MinutesToWrite) -> str:
    """The letter as it stands, or the beginning of a new one, and its end where the network states a licence."""
    if existing and existing.strip():
        return existing
    language = meeting.language
    title = typeset(words.title(letter.month, letter.network, language), language)
    licence = f"\n{licence_line(meeting.licence, language)}\n" if meeting.licence else ""
    return f"{write_front(letter.month, language)}\n# {title}\n{licence}"


def answers_told(text: str, names: Collection[str]) -> frozenset[int]:
    """The numbers of the questions of a meeting, known by any of these names, whose answer a letter tells."""
    read = read_letter(text)
    memory = read_meetings(read.front.fed, names) or Memory()
    later = [int(word[8:]) for word in memory.words if word.startswith("answer-Q")]
    there = [item.number for item in read.items if item.meeting in names and item.kind == "question" and item.answer]
    return frozenset((*later, *there))


class _Told(Struct, frozen=True):
    """An item that says something already: its words, the address that its title links to."""

    item: LetterItem | None
    words: str
    link: str | None


class _Put(NamedTuple):
    """Lines that go before the line `at`; of those at one place, in this order."""

    at: int
    order: tuple[int, ...]
    lines: list[str]


class _Known:
    """A letter as it was read once, and what several questions are asked of."""

    def __init__(self, text: str, names: frozenset[str]) -> None:
        self.text = text
        self.read = read_letter(text)
        if self.read.unreadable is not None:
            raise self.read.unreadable
        assert self.read.outline is not None  # noqa: S101  # what can be read has one
        self.found = self.read.outline
        self.names = names

    def end(self, licence: str | None) -> int:
        """The line before which the letter ends: that of its licence, where it stands as it was written, else the last."""
        last = max(self.found.blocks, key=lambda block: block.line, default=None)
        lines = self.found.source.lines
        below = lines[last.end :] if last else []
        if last is None or licence is None or any(map(str.strip, below)):
            return len(lines)
        wanted = (licence_line(licence, language) for language in ("fr", "en"))
        return last.line if last.text.strip() in wanted else len(lines)

    @cached_property
    def headings(self) -> list[tuple[Section | None, Heading]]:
        """The headings under the title, and what each opens."""
        return [(heading_section(heading), heading) for heading in self.found.headings if heading.level > 1]

    @cached_property
    def told(self) -> list[_Told]:
        """What it says of other meetings, and in items that lead nowhere."""
        return _told(self.read, self.names)


class _Feed:
    told: frozenset[int]
    again: frozenset[tuple[Kind, int]]

    def __init__(self, text: str, letter: Letter, meeting: MinutesToWrite, name: str) -> None:
        self.text = text
        self.letter = letter
        self.meeting = meeting
        self.names = frozenset((meeting.meeting, name))
        self._known = _Known(text, self.names)
        front = self._known.read.front
        self.language = front.language if front.lines else meeting.language
        self.pen = LetterPen(letter, meeting, self.language, f"../minutes/{name}.md")
        self.memory = read_meetings(front.fed, self.names)
        self.whole = meeting.month is None or meeting.month == letter.month

    def known(self) -> _Known:
        """The letter as it is now, read once for each time that it changes; raises Unreadable."""
        if self._known.text != self.text:
            self._known = _Known(self.text, self.names)
        return self._known

    @property
    def found(self) -> Outline:
        return self.known().found

    @property
    def end(self) -> int:
        """The line before which the letter ends."""
        return self.known().end(self.meeting.licence)

    def run(self) -> str | None:
        """The letter as it is now; None when the meeting brings nothing and the letter holds nothing."""
        before = self.text
        read = self.known().read
        there = {(item.kind, item.number) for item in read.items if item.meeting in self.names}
        lost = self.memory is None and self.is_linked(read)
        self.settle()
        fresh = [piece for piece in self.pen.pieces() if self.is_fresh(piece, there, lost=lost)]
        new = [piece for piece in fresh if not self.is_said(piece)]
        puts: list[_Put] = []
        first = self.whole and self.memory is None
        following = self.pen.next() if first and not lost else ""
        if first and not lost and (fresh or following or self.meeting.summary):
            puts += self.top(following)
        for section in ORDER:
            pieces = [piece for piece in new if piece.section == section]
            if pieces:
                puts += self.put(section, pieces[0].heading, pieces)
        memory = self.remembered(there, fresh, lost=lost) if puts or self.text != before or lost else None
        if not puts and memory is None and self.text == before:
            said = [block for block in self.found.blocks if block.line < self.end]
            return None if not read.items and not said and not self.found.items else before
        self.write(puts, memory)
        self.check(new)
        return self.text

    # What is new.

    def is_fresh(self, piece: SectionItem, there: set[tuple[Kind, int]], *, lost: bool) -> bool:
        """Whether the letter never held it; one that `lost` its memory has shown its visit."""
        memory = self.memory or Memory()
        if piece.word:
            return self.whole and piece.word not in memory.words and not lost
        if piece.name in there:
            return False
        if piece.name in self.again:
            return True
        late = piece.section == "answers" and is_late(piece.said)
        if not self.whole and not late:
            return False
        if late:
            if piece.said.number in self.told or f"answer-Q{piece.said.number}" in memory.words:
                return False
            # One that was in this letter was taken out by a person; those that were sent elsewhere never were.
            return not (self.whole and memory.has(*piece.name))
        return not memory.has(*piece.name)

    def is_linked(self, read: LetterRead) -> bool:
        """Whether the letter leads to the minutes of this meeting."""
        lines = read.outline.source.lines[read.outline.source.body :] if read.outline else []
        return any(f"minutes/{name}.md" in line for line in lines for name in self.names)

    def is_said(self, piece: SectionItem) -> bool:
        """Whether the letter says it already, for another meeting or for none; a question that waits then takes the answer."""
        if piece.word:
            said = same_words(piece.title)
            return any(told.item is None and told.words == said for told in self.known().told)
        is_twin = _twin_of(piece)
        twin = next((told for told in self.known().told if is_twin(told)), None)
        if twin is None:
            return False
        if piece.section == "answers" and twin.item is not None and waits(twin.item):
            self.move(twin.item, self.pen.answer_lines(piece.said))
        return True

    # Answers.

    def settle(self) -> None:
        """Questions that wait here and are answered, under their box or in the minutes, go to where answers are; boxes are ticked."""
        while item := next((one for one in self.known().read.items if _is_answered_in_place(one)), None):
            self.move(item, None)
        for said in self.meeting.entries:
            if said.kind != "question" or is_private(said) or not said.number:
                continue
            items = [item for item in self.known().read.find(self.names, "question", said.number) if waits(item)]
            if items and tells(said):
                self.move(items[0], self.pen.answer_lines(said))
            elif said.done:
                self.text = tick(self.text, [item for item in items if not item.ticked], ticked=True)

    def move(self, item: LetterItem, answer: list[str] | None) -> None:
        """A question with its answer to the end of where answers are; where it stands there already, only its box goes."""
        if item.section == "answers":
            lines = self.text.split("\n")
            end = "\r" if lines[item.item.line].endswith("\r") else ""
            margin, begin, after = " " * item.item.column, item.item.line, item.item.end
            lines[begin:after] = [
                f"{margin}{line}{end}" if line else end for line in answered_lines(self.text, item, answer)
            ]
            self.text = "\n".join(lines)
        else:
            block = answered_lines(self.text, item, answer)
            self.text = without(self.text, self.known().read, item)
            self.write(self.put("answers", self.title("answers"), [block]), None)
        if any(_is_answered_in_place(one) and _same(one, item) for one in self.known().read.items):
            raise Unreadable("swallowed", item.item.line + 1)

    def title(self, section: Section) -> str:
        return typeset(words.SECTIONS[section][self.language][0], self.language)

    # Where it goes.

    def top(self, following: str) -> list[_Put]:
        """The sentence and the next meeting, before the first section."""
        found = self.found
        end = next((heading.line for heading in found.headings if heading.level > 1), self.end)
        heads = [block for block in found.blocks if block.line < end and block.paragraph]
        titles = [heading.end for heading in found.headings if heading.line < end]
        bottom = max([block.end for block in heads] + titles + [found.source.body])
        dated = [block for block in heads if _is_next(block.text)]
        sources = [block for block in heads if "minutes/" in block.text]
        day = _day_in(unfold(following))
        if sources or not dated:
            puts = [_Put(sources[-1].end if sources else bottom, (0, 0), ["", self.pen.sentence()])]
        else:
            puts = [_Put(dated[0].line, (0, 0), [self.pen.sentence(), ""])]
        if following and not (day and any(day in unfold(block.text) for block in dated)):
            puts.append(_Put(dated[-1].end if dated else bottom, (0, 1), ["", following]))
        return puts

    def put(self, section: Section, title: str, pieces: Sequence[SectionItem | list[str]]) -> list[_Put]:
        """Items at the end of their section; dates where their day is."""
        blocks = [
            (list(piece.lines), piece.day) if isinstance(piece, SectionItem) else (piece, None) for piece in pieces
        ]
        heading = self.heading_of(section, title)
        found = self.found
        if heading is None:
            reply = self.pen.how_to_reply() if section == "asked" else ""
            lines = [
                "",
                f"## {title}",
                "",
                *([reply, ""] if reply else []),
                *(line for block, _ in blocks for line in block),
            ]
            return [_Put(self.place(section), (2, ORDER.index(section)), lines)]
        listed = [item for item in found.items if item.under and item.under[-1] == heading]
        if not listed:
            at = _after_text(found, self.section_end(heading), heading.end)
            return [_Put(at, (1, 0), ["", *(line for block, _ in blocks for line in block)])]
        puts = []
        for place, (block, day) in enumerate(blocks):
            later = self.later(listed, day)
            at = later.line if later else listed[-1].end
            puts.append(_Put(at, (1, place), _like(block, later or listed[-1])))
        return puts

    def later(self, listed: list[Item], day: datetime.date | None) -> Item | None:
        """The first item of a later day."""
        for item in listed if day else ():
            said = _day_in(unfold(item.text[:200])) if item.text.startswith(("**", "__")) else ""
            other = read_due(said, self.meeting.day) if said else None
            if other and day and other > day:
                return item
        return None

    def heading_of(self, section: Section, title: str) -> Heading | None:
        """The heading of a section: by its words, else the one under which most such items stand."""
        headings = self.known().headings
        wanted = same_words(read_words(title))
        for known, heading in headings:
            if known == section and (section != "seen" or same_words(read_words(heading.text)) == wanted):
                return heading
        sections = {id(heading): known for known, heading in headings}
        counts: dict[int, int] = {}
        for item in self.known().read.items:
            place = id(item.item.under[-1]) if item.item.under else 0
            if sections.get(place, section) is None and self.home(item) == section:
                counts[place] = counts.get(place, 0) + 1
        most = max(counts.values(), default=0)
        return next((heading for _, heading in headings if most and counts.get(id(heading)) == most), None)

    def home(self, item: LetterItem) -> Section | None:
        """The section in which the program puts such an item."""
        if item.kind == "question":
            return "answers" if item.ticked is None else "asked"
        if item.kind == "news":
            return "dates" if item.text.startswith(("**", "__")) else "news"
        if item.kind == "need":
            offers = {said.number: said.offer for said in self.meeting.entries if said.kind == "need"}
            offer = offers.get(item.number) if item.meeting in self.names else None
            return None if offer is None else "offered" if offer else "wanted"
        if item.kind == "decision":
            return "decided"
        return "reuse" if item.kind == "resource" else None

    def place(self, section: Section) -> int:
        """The line before which a new section goes: after the nearest one before it in the order, else before the next."""
        found = self.found
        order = ORDER.index(section)
        known = [(ORDER.index(name), heading) for name, heading in self.known().headings if name]
        before = max((place for place, _ in known if place <= order), default=None)
        if before is not None:
            last = [heading for place, heading in known if place == before][-1]
            return _after_text(found, self.section_end(last), last.end)
        after = [heading.line for place, heading in known if place > order]
        return _after_text(found, min(after, default=self.end), found.source.body)

    def section_end(self, heading: Heading) -> int:
        """The line after what stands directly under a heading."""
        return next((other.line for other in self.found.headings if other.line > heading.line), self.end)

    # What is remembered.

    def remembered(self, there: set[tuple[Kind, int]], fresh: list[SectionItem], *, lost: bool) -> Memory | None:
        """What this meeting has fed; None when that is what the letter remembers already."""
        old = self.memory or Memory()
        numbers = set(old.numbers)
        later: set[int] = set()
        for piece in fresh:
            if piece.word:
                continue
            if piece.section == "answers" and is_late(piece.said):
                later.add(piece.said.number)
            if self.whole:
                numbers.add(piece.name)
        if self.whole:
            numbers |= there
        waited = {said.number for said in self.meeting.entries if said.kind == "question" and is_late(said)}
        for item in self.known().read.items:
            mine = item.meeting in self.names and item.kind == "question" and item.number in waited
            if mine and item.answer and old.has("question", item.number):
                later.add(item.number)
        visits = [piece.word for piece in (self.pen.pieces() if lost and self.whole else fresh) if piece.word]
        remembered = (*old.words, *visits, *(f"answer-Q{number}" for number in sorted(later)))
        memory = Memory(frozenset(numbers), tuple(dict.fromkeys(remembered)))
        return memory if memory != old or (self.memory is None and self.whole) else None

    def write(self, puts: list[_Put], memory: Memory | None) -> None:
        """The letter with all that goes into it, and with what it remembers."""
        found, front = self.found, self.known().read.front
        lines = self.text.split("\n")
        end = "\r" if lines[0].endswith("\r") else ""
        if puts and lines[-1].strip():
            lines[-1] = lines[-1].rstrip("\r") + end
            lines.append("")
        for put in sorted(puts, key=lambda put: (min(put.at, len(lines) - 1), put.order), reverse=True):
            at = min(put.at, len(lines) - 1)
            lines[at:at] = [line + end for line in put.lines]
        if memory is not None:
            self.remember(lines, found.source.body, front, memory)
        self.text = "\n".join(lines)

    def remember(self, lines: list[str], body: int, front: Front, memory: Memory) -> None:
        if not body:
            end = "\r" if lines[0].endswith("\r") else ""
            mark = "\ufeff" if lines[0].startswith("\ufeff") else ""
            lines[0] = lines[0].removeprefix("\ufeff")
            top = (mark + write_front(self.letter.month, self.language)).split("\n")[:-1]
            lines[:0] = [line + end for line in (*top, "")]
            body, front = len(top), read_front(lines, len(top))
        key = next((name for name in sorted(self.names) if name in front.fed_lines), self.meeting.meeting)
        remembering(lines, body, front, key, memory)

    def check(self, new: list[SectionItem]) -> None:
        """Raises Unreadable when it is too large, or what was put in cannot be seen: something open above it swallows it."""
        try:
            check_size(self.text)
        except TooLarge:
            raise Unreadable("too-large") from None
        seen = {(item.kind, item.number) for item in self.known().read.items if item.meeting in self.names}
        if any(not piece.word and piece.name not in seen for piece in new):
            raise Unreadable("swallowed")


def _is_answered_in_place(item: LetterItem) -> bool:
    """Whether a question is answered where it waits: its box is to go."""
    return item.kind == "question" and item.answer is not None and (item.ticked is not None or item.section == "asked")


def _same(one: LetterItem, other: LetterItem) -> bool:
    return (one.meeting, one.kind, one.number) == (other.meeting, other.kind, other.number)


def _told(read: LetterRead, names: frozenset[str]) -> list[_Told]:
    """What the letter says of other meetings, and in items that lead nowhere."""
    known = {id(item.item): item for item in read.items}
    found = []
    for listed in read.outline.items if read.outline else []:
        item = known.get(id(listed))
        if item is not None and item.meeting in names:
            continue
        text, link = titled_link(item.text if item is not None else _bare(listed.text[:10_000]))
        found.append(_Told(item, same_words(text), link))
    return found


_BARE = regex(r"\A(?:\\?\[[ xX]?\\?\]\s+)?(?:\*\*|__)?(?P<text>.*?)(?:\*\*|__)?(?:\s*\(\S{0,8}\))?\s*\Z", re.DOTALL)


def _bare(markdown: str) -> str:
    """The text of an item that lost its link: without box, bold, and the number that is left of the link."""
    found = _BARE.match(markdown)
    return found["text"] if found else markdown


def _twin_of(piece: SectionItem) -> Callable[[_Told], bool]:
    """Whether an item says what a piece does: it is what that comes from, or has the same address, or the same words."""
    origin, title = piece.said.origin, same_words(piece.title)

    def is_twin(told: _Told) -> bool:
        if origin and told.item and (told.item.meeting, told.item.label) == (origin.meeting, origin.number):
            return True
        if told.item is not None and told.item.kind != piece.said.kind:
            return False
        if piece.said.kind in ("news", "resource") and piece.link and told.link:
            return piece.link == told.link
        return bool(piece.title) and title == told.words

    return is_twin


def _is_next(text: str) -> bool:
    said = same_words(read_words(text.replace("*", "").replace("_", "")))
    return any(said.startswith(same_words(word)) for synonyms in words.NEXT.values() for word in synonyms)


def _day_in(text: str) -> str:
    """`8 décembre 2026` in `mardi 8 décembre 2026 à 9 h 30, …`."""
    found = _DAY.search(text)
    return found[0] if found else ""


def _after_text(found: Outline, line: int, least: int) -> int:
    """The line after the last one before `line` that is not blank, not before `least`."""
    lines = found.source.lines
    line = min(line, len(lines))
    while line > least and not lines[line - 1].strip():
        line -= 1
    return line


def _like(block: list[str], model: Item) -> list[str]:
    """The lines of items with the bullet and the margin of another one."""
    margin = " " * model.column
    bullet = model.marker if model.marker in BULLETS else "-"
    return [
        margin + (bullet + line[1:] if line[:2] in ("- ", "* ", "+ ") else line) if line else line for line in block
    ]
