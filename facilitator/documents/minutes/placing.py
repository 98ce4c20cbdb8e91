"""Where an entry stands in minutes that are there: under which heading, between which others, and what is left when it goes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.agenda import Level
from facilitator.core.network import Section
from facilitator.core.regex import regex
from facilitator.core.vocabulary import Kind, Outcome
from facilitator.documents.markdown.emptied import over_nothing, swept
from facilitator.documents.markdown.outline import Block, Heading, Item, Outline, outline
from facilitator.documents.markdown.pen import read_words
from facilitator.documents.minutes import words
from facilitator.documents.minutes.brief import by_date, is_dated
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.of_entry import EntryPen, Whereabouts, step_anchor, titled_name
from facilitator.documents.minutes.outcomes import read_outcome
from facilitator.documents.minutes.questions import place_of, standing
from facilitator.documents.minutes.reader import MinutesRead, heading_step, heading_title, read_minutes
from facilitator.documents.minutes.tail import TailPen
from facilitator.documents.minutes.writer import action_order
from facilitator.documents.typography import typeset, unfold
from facilitator.i18n import Foreseen, Translator

_STEP_LINK = regex(r"\[(?P<word>(?:\\.|[^\[\]\\\n]){1,300})\]\(#step-(?P<number>[0-9]{1,3})\)")
_SECTION: dict[Kind, Section] = {
    "decision": "decided",
    "action": "actions",
    "question": "questions",
    "aside": "put_off",
}
_OUTSIDE = ("Hors séquence", "Outside the sequences")


class Unchangeable(Foreseen, ValueError):
    """How an entry would be changed cannot be told from the way in which it is written, or the file holds conflict markers; `line` counts from 1."""

    def __init__(self, label: str, line: int) -> None:
        super().__init__(label, line)
        self.label = label
        self.line = line

    def sentence(self, tr: Translator) -> str:
        """Where it is to be changed by hand."""
        return tr(
            "The program cannot tell how {label}, line {line}, would be changed: change it there by hand.",
            label=self.label,
            line=self.line,
        )


class Change(Struct, frozen=True):
    """Lines that take the place of the ones from `begin` to before `end`."""

    begin: int
    end: int
    lines: list[str]


class Document:
    """Minutes in which something is changed."""

    def __init__(
        self, read: MinutesRead, found: Outline, scale: Level | None, names: Mapping[int, str] | None = None
    ) -> None:
        self.read = read
        self.outline = found
        self.lines = found.source.lines
        self.end = line_end(self.lines[0])
        self.level = "#" * read.level  # of the heading of a section
        self.by_sequence = read.front.order == "sequence"
        day = read.day or datetime.date.max
        self.pen = EntryPen(read.front.language, TailPen(read.front.language, scale, day, self._steps(names or {})))

    def _steps(self, names: Mapping[int, str]) -> dict[int, str]:
        """What the document calls each sequence in a tail, as it stands; where none does, its name here, or its title."""
        found: dict[int, str] = {}
        for link in _STEP_LINK.finditer("\n".join(self.lines)):
            found.setdefault(int(link["number"]), link["word"])
        titles = {
            step: titled_name(read_words(heading_title(heading)))
            for heading in self.outline.headings
            if (step := heading_step(heading)) is not None
        }
        return {**titles, **names, **found}

    # Headings.

    def said(self, heading: Heading) -> tuple[Outcome | None, datetime.date | None] | None:
        """The outcome that a heading says, and its day."""
        return read_outcome(unfold(heading.text), self.read.day)

    def outcome_heading(self, section: Heading, outcome: Outcome | None, due: datetime.date | None) -> Heading | None:
        """The heading under *Questions* that says this: of questions in the chat, whatever day it says."""
        for heading in self._under_section(section):
            said = self.said(heading)
            if said is not None and said[0] == outcome and (said[1] == due or outcome in ("mattermost", "relay")):
                return heading
        return None

    def _under_section(self, section: Heading) -> list[Heading]:
        found = []
        for heading in (heading for heading in self.outline.headings if heading.line > section.line):
            if heading.level <= section.level:
                break
            found.append(heading)
        return found

    def section_of(self, heading: Heading) -> Section | None:
        """The section that a heading opens."""
        if heading.level > self.read.level or heading_step(heading) is not None:
            return None
        return words.read_section(unfold(heading_title(heading)), self.read.front.headings)

    def _opened(self, section: Section) -> Heading | None:
        return next((heading for heading in self.outline.headings if self.section_of(heading) == section), None)

    def _step_heading(self, step: int) -> Heading | None:
        return next((heading for heading in self.outline.headings if heading_step(heading) == step), None)

    def under(self, heading: Heading) -> list[Item]:
        """The items directly under a heading."""
        return [item for item in self.outline.items if item.under and item.under[-1] is heading]

    def new_outcome(self, section: Heading, outcome: Outcome | None, due: datetime.date | None) -> int:
        """The line before which a new heading under *Questions* goes, in the order of the document."""
        wanted = (words.OUTCOME_ORDER.index(outcome), due or datetime.date.max)
        for heading in self._under_section(section):
            said = self.said(heading)
            if said is not None and (words.OUTCOME_ORDER.index(said[0]), said[1] or datetime.date.max) > wanted:
                return heading.line
        return self.region_end(section)

    def region_end(self, heading: Heading) -> int:
        """The line after all that stands under a heading and those below it."""
        following = [h.line for h in self.outline.headings if h.line > heading.line and h.level <= heading.level]
        return following[0] if following else len(self.lines)

    def blank_after(self, line: int) -> int:
        """The line after this one, if it is blank."""
        return line + 1 if line < len(self.lines) and not self.lines[line].strip() else line

    # Where an entry goes.

    def before(self, heading: Heading, said: MinutesEntry) -> int:
        """The line under a heading before which it goes: after the last one that comes before it."""
        orders = {id(found.item): _order(found.said) for found in self.read.entries if found.said.kind == said.kind}
        items, mine = self.under(heading), _order(said)
        at = next(iter(items)).line if items else self.blank_after(heading.end)
        for item in items:
            if id(item) not in orders or orders[id(item)] < mine:
                at = item.end
        return at

    def home(
        self, said: MinutesEntry, titles: Mapping[int, str], remarks: Sequence[str]
    ) -> tuple[int, list[str], MinutesEntry]:
        """The line before which an entry goes, its lines with the headings that are missing, and what is read of it there."""
        section = self._section(said)
        if section is None:
            return self._in_its_sequence(said, titles, remarks)
        if section == "questions":
            return self._among_questions(said, remarks)
        opened = self._opened(section)
        step = said.step if section in ("decided", "actions", "dates", "wanted", "offered") else None
        shown = None if section in ("wanted", "offered") and step == self.read.asked_in else step
        place = place_of(said, None, step=None, headed=False) if said.kind == "question" else Whereabouts(shown)
        block = self._item(said, place, remarks)
        said = replace(said, step=step or (self.read.asked_in if section in ("wanted", "offered") else None))
        if opened is not None:
            return self.before(opened, said), self._spaced(opened, block), said
        return self._later(section), [f"{self.level} {self._title(section)}", "", *block, ""], said

    def _section(self, said: MinutesEntry) -> Section | None:
        """The section that gathers entries of its kind; None: it stands in its sequence."""
        if said.origin is not None:
            return "since"
        if self.by_sequence and said.kind != "aside":
            return None
        if said.kind == "need":
            return "offered" if said.offer else "wanted"
        if said.kind == "news":
            return "dates" if is_dated(said, self.read.day) else None
        return _SECTION.get(said.kind)

    def _item(self, said: MinutesEntry, place: Whereabouts, remarks: Sequence[str]) -> list[str]:
        return [*self.pen.item(said, place).removesuffix("\n").split("\n"), *remarks]

    def _spaced(self, heading: Heading, block: list[str]) -> list[str]:
        return block if self.under(heading) else [*block, ""]

    def _title(self, section: Section) -> str:
        own = self.read.front.headings.get(section)
        return self.pen.line(own) if own else typeset(words.SECTIONS[section][self.pen.language][0], self.pen.language)

    def _in_its_sequence(
        self, said: MinutesEntry, titles: Mapping[int, str], remarks: Sequence[str]
    ) -> tuple[int, list[str], MinutesEntry]:
        """Last of its sequence; where nothing is known of that, outside the sequences."""
        place = (
            place_of(said, None, step=None, headed=False)
            if said.kind == "question"
            else Whereabouts(outcome=said.offer)
        )
        block = self._item(said, place, remarks)
        heading = self._step_heading(said.step or 0)
        if heading is None and said.step not in titles:
            said = replace(said, step=None)
            heading = self._step_heading(0)
        if heading is not None:
            items = self.under(heading)
            return (items[-1].end if items else self._opened_by(heading)), self._spaced(heading, block), said
        at, block = self.new_sequence(said.step or 0, titles, block)
        return at, block, said

    def new_sequence(self, step: int, titles: Mapping[int, str], block: list[str]) -> tuple[int, list[str]]:
        """The line before which the heading of a sequence goes that has none yet, and its lines with this block under it."""
        title = self.pen.line(titles[step]) if step else _OUTSIDE[self.pen.language != "fr"]
        level = self.level if self.by_sequence else f"{self.level}#"
        block = [f"{level} {step_anchor(step)}{title}", "", *block, *([""] if block else [])]
        later = [
            heading.line
            for heading in self.outline.headings
            if (number := heading_step(heading)) is not None and step and (number == 0 or number > step)
        ]
        if later:
            return later[0], block
        course = None if self.by_sequence else self._opened("course")
        if course is not None:
            return self.region_end(course), block
        return (
            self._later("course"),
            block if self.by_sequence else [f"{self.level} {self._title('course')}", "", *block],
        )

    def _opened_by(self, heading: Heading) -> int:
        """The line before which the first item of a sequence goes: after what is said there of who led it."""
        said = {remark.line - 1 for remark in self.read.remarks}
        first = next((block for block in self.outline.blocks if block.under and block.under[-1] is heading), None)
        ours = first is not None and first.paragraph and first.line not in said
        return self.blank_after(first.end if ours and first is not None else heading.end)

    def anchored_above(self, step: int) -> list[Change]:
        """No anchor on a sequence among those that were not reached: its heading has it."""
        mark = step_anchor(step)
        lines = [item.text_line for item in self.outline.items if item.text.startswith(mark)]
        return [Change(line, line + 1, [self.lines[line].replace(mark, "", 1)]) for line in lines]

    def told(self, said: MinutesEntry) -> list[Change]:
        """The link on what was decided or is to be done, in the sequence where it was said."""
        heading = self._step_heading(said.step) if said.step and not self.by_sequence else None
        if heading is None or said.kind not in ("decision", "action") or said.origin is not None:
            return []
        items = self.under(heading)
        at = items[-1].end if items else self._opened_by(heading)
        return [Change(at, at, [f"- → {self.pen.reference(said)}{self.end}", *([] if items else [self.end])])]

    def _among_questions(self, said: MinutesEntry, remarks: Sequence[str]) -> tuple[int, list[str], MinutesEntry]:
        """Under the heading of its outcome."""
        section = self._opened("questions")
        outcome = standing(said)
        promised = None if outcome == "answered" else self.pen.tails.wording.implied(outcome, said.due)
        target = self.outcome_heading(section, outcome, promised) if section else None
        due = (self.said(target) or (None, None))[1] if target is not None else promised
        step = None if said.step == self.read.asked_in else said.step
        block = self._item(said, place_of(said, due, step=step, headed=True), remarks)
        said = replace(said, step=said.step or self.read.asked_in)
        if section is not None and target is not None:
            return self.before(target, said), self._spaced(target, block), said
        title = typeset(self.pen.tails.wording.heading(outcome, promised), self.pen.language)
        block = [f"{self.level}# {title}", "", *block, ""]
        if section is not None:
            return self.new_outcome(section, outcome, promised), block, said
        return self._later("questions"), [f"{self.level} {self._title('questions')}", "", *block], said

    def _later(self, section: Section) -> int:
        """The line of the first section that comes after this one."""
        order = list(words.SECTIONS)
        following = order[order.index(section) + 1 :]
        for heading in self.outline.headings:
            if self.section_of(heading) in following or ("course" in following and heading_step(heading) is not None):
                return heading.line
        return len(self.lines)

    # What is left when one goes.

    def emptied(self, item: Item, *, sections: bool) -> int:
        """The line from which on nothing is left when an item goes: its own, or that of the heading that it stood alone under.

        With `sections` those of whole sections and sequences go, too.
        """
        begin = item.line
        for heading in reversed(item.under):
            end = self.region_end(heading)
            if not self._is_ours(heading, sections=sections) or (
                any(heading.line < other.line < end and other is not item for other in self.outline.items)
                or any(heading.line < block.line < end and self._stays(block) for block in self.outline.blocks)
                or any(heading.line < other.line < begin for other in self.outline.headings)
                or any(item.end <= other.line < end for other in self.outline.headings)
            ):
                break
            begin = heading.line
        return begin

    def swept(self, text: str) -> str:
        """This document as it was changed, without the headings under which nothing is left.

        A sequence that entries still link to says instead what was said there. Raises TooLarge.
        """
        before = "\n".join(self.lines)
        known = {heading.text for heading in over_nothing(self.outline)}
        lines, stay = text.split("\n"), set[str]()
        empty = [one for one in over_nothing(outline(text)) if heading_step(one) and one.text not in known]
        read = read_minutes(text) if empty else self.read
        for heading in reversed(empty):
            step = heading_step(heading)
            if step != read.asked_in and not any(f"(#step-{step})" in line for line in lines):
                continue
            there = [found.said for found in read.entries if found.said.step == step and found.said.number]
            told = [f"- → {self.pen.reference(said)}{self.end}" for said in there]
            if told:
                lines[heading.end : self._blank(lines, heading.end)] = [self.end, *told, self.end]
            stay.add(heading.text)
        return swept("\n".join(lines), [before], stay)

    @staticmethod
    def _blank(lines: Sequence[str], begin: int) -> int:
        """The line after the blank ones from this one on."""
        return next((place for place in range(begin, len(lines)) if lines[place].strip()), len(lines))

    def _is_ours(self, heading: Heading, *, sections: bool) -> bool:
        if self.section_of(heading) is None and heading_step(heading) is None:
            return heading.level > self.read.level and self.said(heading) is not None
        step = heading_step(heading)
        return sections and (step is None or not any(f"(#step-{step})" in line for line in self.lines))

    def _stays(self, block: Block) -> bool:
        """Whether a block is a reason to leave its heading: what people wrote is, and who led a sequence."""
        step = bool(block.under) and heading_step(block.under[-1]) is not None
        return step or any(remark.line == block.line + 1 for remark in self.read.remarks)


def _order(said: MinutesEntry) -> tuple[object, ...]:
    """What entries of one kind are ordered by under their heading."""
    if said.kind == "action":
        return action_order(said)
    if said.kind == "news" and is_dated(said):
        return by_date(said)
    return (said.number,)


def applied(lines: Sequence[str], changes: Sequence[Change]) -> list[str]:
    """The lines with these changes, which overlap nowhere."""
    done = list(lines)
    for one in sorted(changes, key=lambda one: (one.begin, one.end), reverse=True):
        done[one.begin : one.end] = one.lines
    return done


def line_end(line: str) -> str:
    """What ends this line before its newline."""
    return "\r" if line.endswith("\r") else ""
