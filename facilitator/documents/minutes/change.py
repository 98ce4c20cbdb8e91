"""One entry of minutes changed where it stands, text to text.

`edit` and `done` change that item and no other byte; `answer` and `send` also move it under its heading, made if it is missing and
removed if it is emptied, and mend our counts. What comes out is read again: unless the entry then says what was asked, and all others
what they said, it is not done.
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from facilitator.core.agenda import Level
from facilitator.core.entry import label, read_label
from facilitator.core.network import Section
from facilitator.core.vocabulary import Outcome
from facilitator.documents.markdown.escape import address_in
from facilitator.documents.markdown.outline import Heading, Item, Outline, check_size
from facilitator.documents.minutes import words
from facilitator.documents.minutes.brief import waiting_line
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.front import write_numbers
from facilitator.documents.minutes.of_entry import EntryPen, Place, anchor
from facilitator.documents.minutes.outcomes import read_outcome
from facilitator.documents.minutes.questions import has_answer, place_of, standing
from facilitator.documents.minutes.reader import MinutesRead, read_minutes
from facilitator.documents.minutes.tail import TailPen
from facilitator.documents.typography import typeset, unfold
from facilitator.i18n import Foreseen, Translator

# How many questions a sequence brought: as it is written, and read.
_ASKED = re.compile(r"(?:\A|(?<=\. ))(?P<count>[0-9]{1,4}) questions?[,.]")
_ASKED_HERE = re.compile(r"(?:\A|(?<=\.\s))[0-9]{1,4}\squestions?(?P<rest>[,.]\s?)")
_QUESTIONS = {"fr": ("question", "questions"), "en": ("question", "questions")}
_STEP_LINK = re.compile(r"\[(?P<word>(?:\\.|[^\[\]\\\n]){1,300})\]\(#step-(?P<number>[0-9]{1,3})\)")


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


def edit(text: str, label: str, /, *, scale: Level | None = None, **fields: Any) -> str:  # noqa: ANN401  # fields of `MinutesEntry`
    """The minutes with fields of one entry changed, its remarks untouched. Raises LookupError, Unchangeable, TooLarge."""
    change = _Change(text, label, scale)
    return change.settled(replace(change.found.said, **fields))


def done(text: str, label: str, *, done: bool = True, scale: Level | None = None) -> str:
    """The minutes with one entry done, or no longer so. Raises LookupError, Unchangeable, TooLarge."""
    change = _Change(text, label, scale)
    said = change.found.said
    if said.kind == "question" and said.outcome in words.DEFERRED and said.answer is None:
        return change.moved(replace(said, done=done))  # where it stands it would wait on
    return change.ticked(done=done)


def answer(  # noqa: PLR0913  # what an answer may say, by name
    text: str,
    label: str,
    answer: str,
    *,
    by: str | None = None,
    link: str | None = None,
    on: datetime.date | None = None,
    scale: Level | None = None,
) -> str:
    """The minutes with a question answered: what was promised elsewhere was answered there, `on` a day.

    Raises LookupError, Unchangeable, TooLarge.
    """
    change = _Change(text, label, scale)
    said = change.found.said
    late = said.outcome in words.DEFERRED
    said = replace(said, answer=answer, answer_by=by, answer_link=link, answered_on=on)
    said = replace(said, done=True) if late else replace(said, outcome="answered", due=None)
    return change.moved(said)


def send(  # noqa: PLR0913  # what becomes of it, by name
    text: str,
    label: str,
    outcome: Outcome,
    *,
    owners: tuple[str, ...] | None = None,
    due: datetime.date | None = None,
    scale: Level | None = None,
) -> str:
    """The minutes with a question sent elsewhere; its answer goes. One taken up individually is in them no longer.

    Raises LookupError, Unchangeable, TooLarge.
    """
    change = _Change(text, label, scale)
    if outcome == "individual":
        return change.removed()
    said = change.found.said
    said = replace(
        said, outcome=outcome, due=due, due_text=None, done=False, owners=said.owners if owners is None else owners
    )
    return change.moved(replace(said, answer=None, answer_by=None, answer_link=None, answered_on=None))


def put_back(text: str, said: MinutesEntry, *, scale: Level | None = None) -> str:
    """The minutes with a question that was not in them any more: under the heading of its outcome, made if it is missing.

    Raises LookupError for one that is there, Unchangeable where nothing says where questions stand, TooLarge.
    """
    read = read_minutes(text)
    if read.find(said.kind, said.number):
        raise LookupError(said.number)
    if read.outline is None or read.conflicted:
        raise Unchangeable(said.label(read.front.language), 1)
    return _Return(read, read.outline, scale).put(said)


def numbered(text: str) -> tuple[str, tuple[str, ...]]:
    """The minutes with a number for each adopted item and its anchor put back on each entry that lost it, words untouched.

    Beside it the numbers that were given. A file with conflict markers stays as it is.
    """
    read = read_minutes(text)
    if read.outline is None or read.conflicted:
        return text, ()
    lines = list(read.outline.source.lines)
    highest: dict[str, int] = {}
    for kind, number in [*(found.name for found in read.entries), *read.front.closed]:
        highest[kind] = max(highest.get(kind, 0), number)
    given = []
    for found in read.entries:
        said = found.said
        if said.kind == "note" or (said.number and found.head.anchor):
            continue
        if not said.number:
            highest[said.kind] = highest.get(said.kind, 0) + 1
            said = replace(said, number=highest[said.kind])
            given.append(said)
        line = lines[found.item.text_line]
        at = line.find(found.item.text.split("\n", 1)[0])
        if at < 0:
            continue
        begin = at + found.head.anchor_at
        end = at + found.head.at if found.twin else begin
        put = anchor(said) + (f"**{label(said.kind, said.number, read.front.language)}** " if found.adopted else "")
        lines[found.item.text_line] = line[:begin] + put + line[end:]
    if given and "closed" in read.front.lines:
        closed = read.front.closed | {(said.kind, said.number) for said in given}
        lines[read.front.lines["closed"]] = f"closed: {write_numbers(closed)}" + _end(lines[read.front.lines["closed"]])
    return "\n".join(lines), tuple(said.label(read.front.language) for said in given)


class _Edit(Struct, frozen=True):
    begin: int
    end: int
    lines: list[str]


class _Document:
    """Minutes in which something is changed."""

    def __init__(self, read: MinutesRead, found: Outline, scale: Level | None) -> None:
        self.read = read
        self.outline = found
        self.lines = found.source.lines
        day = read.day or datetime.date.max
        self.pen = EntryPen(read.front.language, TailPen(read.front.language, scale, day, self._steps()))

    def _steps(self) -> dict[int, str]:
        """What the document calls each sequence in a tail, as it stands."""
        found: dict[int, str] = {}
        for link in _STEP_LINK.finditer("\n".join(self.lines)):
            found.setdefault(int(link["number"]), link["word"])
        return found

    def _read(self, heading: Heading) -> tuple[Outcome | None, datetime.date | None] | None:
        return read_outcome(unfold(heading.text), self.read.day)

    def _says(self, heading: Heading) -> tuple[Outcome | None, datetime.date | None]:
        return self._read(heading) or (None, None)

    def _heading(self, section: Heading, outcome: Outcome | None, due: datetime.date | None) -> Heading | None:
        """The heading under *Questions* that says this: of questions in the chat, whatever day it says."""
        for heading in self._headings(section):
            said = self._read(heading)
            if said is not None and said[0] == outcome and (said[1] == due or outcome in ("mattermost", "relay")):
                return heading
        return None

    def _headings(self, section: Heading) -> list[Heading]:
        found = []
        for heading in (heading for heading in self.outline.headings if heading.line > section.line):
            if heading.level <= section.level:
                break
            found.append(heading)
        return found

    def _under(self, heading: Heading) -> list[Item]:
        return [item for item in self.outline.items if item.under and item.under[-1] is heading]

    def _before(self, heading: Heading, said: MinutesEntry) -> int:
        """The line before which it goes: after the last question of a lower number."""
        numbers = {id(found.item): found.said.number for found in self.read.entries}
        at = heading.end
        items = self._under(heading)
        for item in items:
            if numbers.get(id(item), 0) < said.number or at == heading.end:
                at = item.end if numbers.get(id(item), 0) < said.number else item.line
        return at if items else self._blank_after(heading.end)

    def _blank_after(self, line: int) -> int:
        return line + 1 if line < len(self.lines) and not self.lines[line].strip() else line

    def _new_heading(self, section: Heading, outcome: Outcome | None, due: datetime.date | None) -> int:
        """The line before which a new heading goes, in the order of the document."""
        wanted = (words.OUTCOME_ORDER.index(outcome), due or datetime.date.max)
        for heading in self._headings(section):
            said = self._read(heading)
            if said is not None and (words.OUTCOME_ORDER.index(said[0]), said[1] or datetime.date.max) > wanted:
                return heading.line
        return self._section_end(section)

    def _section_end(self, section: Heading) -> int:
        following = [h.line for h in self.outline.headings if h.line > section.line and h.level <= section.level]
        return following[0] if following else len(self.lines)

    def _counted(self, after: list[MinutesEntry], step: int | None, change: int) -> list[_Edit]:
        """Our counts, where they stand as we wrote them: what waits for an answer, and how many were asked in a sequence."""
        before = [found.said for found in self.read.entries]
        return [*self._waiting(before, after), *self._asked(before, step, change)]

    def _waiting(self, before: list[MinutesEntry], after: list[MinutesEntry]) -> list[_Edit]:
        old, new = (waiting_line(entries, self.read.front.language) for entries in (before, after))
        if not old or old == new:
            return []
        for item in self.outline.items:
            if unfold(" ".join(item.text.split())) == unfold(old):
                line = self.lines[item.line]
                mark = line[: line.find("*")]
                return [_Edit(item.line, item.end, [f"{mark}{new}{_end(line)}"] if new else [])]
        return []

    def _asked(self, before: list[MinutesEntry], step: int | None, change: int) -> list[_Edit]:
        count = sum(said.kind == "question" and said.step == step and said.origin is None for said in before)
        named = re.compile(rf"(?:<a\s+(?:id|name)\s*=\s*[\"']?)step-{step}\b")
        for block in self.outline.blocks:
            if not change or not block.paragraph or not block.under or not named.match(block.under[-1].text):
                continue
            found = _ASKED.search(unfold(block.text))
            if block.end != block.line + 1 or found is None or int(found["count"]) != count:
                continue
            line, left = self.lines[block.line], count + change
            many = _QUESTIONS[self.read.front.language][left > 1]
            new = _ASKED_HERE.sub(f"{left} {many}\\g<rest>" if left else "", line, count=1)
            if not new.strip():
                return [_Edit(block.line, self._blank_after(block.end), [])]
            return [_Edit(block.line, block.end, [new.rstrip() + _end(line)])]
        return []


class _Change(_Document):
    """One entry changed."""

    def __init__(self, text: str, label: str, scale: Level | None) -> None:
        read = read_minutes(text)
        name = read_label(label)
        found = read.find(*name) if name else None
        if found is None or read.outline is None:
            raise LookupError(label)
        super().__init__(read, read.outline, scale)
        self.label = label
        self.found = found
        if read.conflicted:
            raise self.unchangeable()
        self.item = found.item
        self.end = _end(self.lines[found.item.line])

    def unchangeable(self) -> Unchangeable:
        return Unchangeable(self.label, self.found.item.line + 1)

    def settled(self, said: MinutesEntry) -> str:
        """The item written anew where it stands, for all but its remarks."""
        place = self._place(said, self._headed())
        return self._checked(said, self._written(said, place))

    def ticked(self, *, done: bool) -> str:
        """Its box, where it has one, is all that changes."""
        said = replace(self.found.said, done=done)
        box = self.found.head.box_at
        if box is None:
            return self.settled(said)
        line = self.lines[self.item.text_line]
        at = line.find(self.item.text.split("\n", 1)[0])
        if at < 0:
            raise self.unchangeable()
        begin, end = at + box[0], at + box[1]
        space = line[begin:end][len(line[begin:end].rstrip()) :]
        changed = f"{line[:begin]}[{'x' if done else ' '}]{space}{line[end:]}"
        return self._checked(said, [_Edit(self.item.text_line, self.item.text_line + 1, [changed])])

    def moved(self, said: MinutesEntry) -> str:
        """The item under the heading of its outcome; where there are no such headings, where it stands."""
        if said.kind != "question":
            raise self.unchangeable()
        old = self._headed()
        if self.found.section != "questions" or old is None:
            return self._checked(said, self._written(said, self._place(said, None)) + self._mended(said))
        outcome = standing(said)
        promised = None if outcome == "answered" else self.pen.tails.wording.implied(outcome, said.due)
        section = self._section()
        target = self._heading(section, outcome, promised)
        if target is not None and target is self.found.heading:
            return self._checked(said, self._written(said, self._place(said, old)) + self._mended(said))
        due = self._says(target)[1] if target is not None else promised
        item = self._item_lines(said, place_of(said, due, step=self._step(said), headed=True))
        edits = self._taken_out()
        at = self._before(target, said) if target is not None else self._new_heading(section, outcome, promised)
        if target is None:
            title = typeset(self.pen.tails.wording.heading(outcome, promised), self.pen.language)
            item = [f"### {title}{self.end}", self.end, *item, self.end]
        return self._checked(said, [*edits, _Edit(at, at, item), *self._mended(said)])

    def removed(self) -> str:
        """Without the item, and without its number among those that are to be found."""
        edits = self._taken_out()
        place = self.read.front.lines.get("closed")
        if place is not None:
            closed = self.read.front.closed - {self.found.name}
            edits.append(_Edit(place, place + 1, [f"closed: {write_numbers(closed)}{self.end}"]))
        return self._checked(None, edits + self._mended(None))

    # Where it stands.

    def _headed(self) -> tuple[Outcome | None, datetime.date | None] | None:
        if self.found.section != "questions":
            return None
        headings = [self._read(heading) for heading in reversed(self.item.under)]
        return next((found for found in headings if found is not None), None)

    def _place(self, said: MinutesEntry, headed: tuple[Outcome | None, datetime.date | None] | None) -> Place:
        step = self._step(said)
        if said.kind != "question":
            return Place(step, outcome=said.offer and self.found.section != "offered")
        if headed is not None and standing(said) == headed[0]:
            return place_of(said, headed[1], step=step, headed=True)
        return place_of(said, None, step=step, headed=False)

    def _step(self, said: MinutesEntry) -> int | None:
        """The step to link to: the one its tail names now."""
        if self.found.section in ("course", None, "since"):
            return None
        implied = self.read.asked_in if self.found.section in ("questions", "wanted", "offered") else None
        return None if said.step == implied else said.step

    def _section(self) -> Heading:
        return next(
            heading for heading in reversed(self.item.under) if heading.level <= self.read.level
        )  # that of a section

    def _taken_out(self) -> list[_Edit]:
        """The item gone, and its heading when nothing else stands under it."""
        heading = self.found.heading
        alone = (
            heading is not None
            and self.found.section == "questions"
            and self._read(heading) is not None
            and self._under(heading) == [self.item]
            and not any(block.under and block.under[-1] is heading for block in self.outline.blocks)
        )
        begin = heading.line if alone and heading is not None else self.item.line
        end = self._blank_after(self.item.end) if alone else self.item.end
        return [_Edit(begin, end, [])]

    # What is written.

    def _written(self, said: MinutesEntry, place: Place) -> list[_Edit]:
        """The edits that make the item say this: its first paragraph, and what was under it as labels."""
        edits = [_Edit(self.item.text_line, self.item.text_end, self._first(said, place))]
        answered = [(label, item) for label, item in self.found.labels if label in ("answer", "answer_link")]
        for known, item in self.found.labels:
            if known not in ("answer", "answer_link"):
                edits.append(_Edit(item.line, item.end, []))
        if _answers(said) == _answers(self.found.said) and said.outcome == self.found.said.outcome:
            return edits
        lines = self._answer_lines(said)
        if answered:
            first, *others = [item for _, item in answered]
            edits.append(_Edit(first.line, first.end, lines))
            edits += [_Edit(item.line, item.end, []) for item in others]
        elif lines:
            edits[0] = _Edit(edits[0].begin, edits[0].end, [*edits[0].lines, *lines])
        return edits

    def _answer_lines(self, said: MinutesEntry) -> list[str]:
        margin = " " * self.item.indent
        written = self.pen.answer(said, margin)
        return [line + self.end for line in written.removesuffix("\n").split("\n")] if written else []

    def _first(self, said: MinutesEntry, place: Place) -> list[str]:
        """Its first paragraph: the mark of the list and what heads it stay, but for the box."""
        line = self.lines[self.item.text_line]
        at = line.find(self.item.text.split("\n", 1)[0])
        if at < 0:
            raise self.unchangeable()
        head = line[:at] + self.item.text[: self.found.head.at].rstrip().replace("\n", " ")
        if (box := self.found.head.box_at) is not None:
            inside = self.item.text[box[0] : box[1]]
            space = inside[len(inside.rstrip()) :]
            ticked = f"[{'x' if said.done else ' '}]{space}"
            head = line[:at] + self.item.text[: box[0]] + ticked + self.item.text[box[1] : self.found.head.at].rstrip()
        body = self.pen.first(said, place, indent=self.item.indent)
        return [one + self.end for one in f"{head} {body}".rstrip(" ").split("\n")]

    def _item_lines(self, said: MinutesEntry, place: Place) -> list[str]:
        """The whole item as it will stand elsewhere, with its remarks."""
        lines = self.lines[self.item.line : self.item.end]
        edits = [_Edit(e.begin - self.item.line, e.end - self.item.line, e.lines) for e in self._written(said, place)]
        return _applied(lines, edits)

    def _mended(self, said: MinutesEntry | None) -> list[_Edit]:
        changed = (said if found is self.found else found.said for found in self.read.entries)
        after = [one for one in changed if one is not None]
        gone = self.found.said.kind == "question" and said is None and self.found.said.origin is None
        return self._counted(after, self.found.said.step, -1 if gone else 0)

    def _checked(self, said: MinutesEntry | None, edits: list[_Edit]) -> str:
        changed = "\n".join(_applied(self.lines, edits))
        check_size(changed)
        again = read_minutes(changed)
        expected = {
            found.name: found.said for found in self.read.entries if found.said.number and found is not self.found
        }
        got = {found.name: found.said for found in again.entries if found.said.number}
        mine = got.pop(self.found.name, None)
        same = got == expected and len(again.troubles) <= len(self.read.troubles)
        remarks = [remark.text.strip() for remark in again.remarks]
        # What was written under a question that is private from now on goes with it.
        own = range(self.item.line + 1, self.item.end + 1) if said is None else range(0)
        kept = all(remark.text.strip() in remarks for remark in self.read.remarks if remark.line not in own)
        if not same or not kept or not _says(mine, said):
            raise self.unchangeable()
        return changed


class _Return(_Document):
    """A question put back."""

    def put(self, said: MinutesEntry) -> str:
        """The document with it; raises Unchangeable where it would not be read so."""
        mark = _end(self.lines[0])
        at, block = self._in_its_sequence(said) if self.read.front.order == "sequence" else self._among_questions(said)
        edits = [_Edit(at, at, [line + mark for line in block])]
        place = self.read.front.lines.get("closed")
        if place is not None:
            closed = self.read.front.closed | {(said.kind, said.number)}
            edits.append(_Edit(place, place + 1, [f"closed: {write_numbers(closed)}{_end(self.lines[place])}"]))
        after = [*(found.said for found in self.read.entries), said]
        changed = "\n".join(_applied(self.lines, [*edits, *self._counted(after, said.step, 1)]))
        check_size(changed)
        again = read_minutes(changed)
        expected = {name: found.said for name, found in self.read.numbered().items()} | {(said.kind, said.number): said}
        if {name: found.said for name, found in again.numbered().items()} != expected:
            raise Unchangeable(said.label(self.read.front.language), at + 1)
        return changed

    def _in_its_sequence(self, said: MinutesEntry) -> tuple[int, list[str]]:
        """The line before which it goes, last of its sequence, and its own lines."""
        named = re.compile(rf"<a\s+(?:id|name)\s*=\s*[\"']?step-{said.step or 0}\b")
        heading = next((heading for heading in self.outline.headings if named.match(heading.text)), None)
        if heading is None:
            raise Unchangeable(said.label(self.read.front.language), 1)
        block = self.pen.item(said, place_of(said, None, step=None, headed=False)).removesuffix("\n").split("\n")
        items = self._under(heading)
        return (items[-1].end, block) if items else (self._blank_after(heading.end), [*block, ""])

    def _among_questions(self, said: MinutesEntry) -> tuple[int, list[str]]:
        """The line before which it goes, under the heading of its outcome, and its lines with the headings that are missing."""
        opened = [heading for heading in self.outline.headings if self._section_of(heading) == "questions"]
        outcome = standing(said)
        promised = None if outcome == "answered" else self.pen.tails.wording.implied(outcome, said.due)
        target = self._heading(opened[0], outcome, promised) if opened else None
        due = self._says(target)[1] if target is not None else promised
        step = None if said.step == self.read.asked_in else said.step
        written = self.pen.item(said, place_of(said, due, step=step, headed=True))
        block = written.removesuffix("\n").split("\n")
        if target is None:
            title = typeset(self.pen.tails.wording.heading(outcome, promised), self.pen.language)
            block = [f"### {title}", "", *block, ""]
        if not opened:
            block = [f"## {words.SECTIONS['questions'][self.pen.language][0]}", "", *block]
        at = (
            self._before(target, said)
            if target is not None
            else self._new_heading(opened[0], outcome, promised)
            if opened
            else self._later()
        )
        return at, block

    def _section_of(self, heading: Heading) -> Section | None:
        return (
            words.read_section(unfold(heading.text), self.read.front.headings)
            if heading.level <= self.read.level
            else None
        )

    def _later(self) -> int:
        """The line of the first section that comes after the questions."""
        order = list(words.SECTIONS)
        following = order[order.index("questions") + 1 :]
        found = [heading.line for heading in self.outline.headings if self._section_of(heading) in following]
        return found[0] if found else len(self.lines)


def _says(found: MinutesEntry | None, wanted: MinutesEntry | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    if has_answer(wanted) and wanted.kind == "question":
        found, wanted = replace(found, due=None, answer_link=None), replace(wanted, due=None, answer_link=None)
    wanted = replace(wanted, link=wanted.link or address_in(wanted.text))
    return found == wanted


def _answers(said: MinutesEntry) -> tuple[object, ...]:
    return said.answer, said.answer_by, said.answer_link, said.answered_on


def _applied(lines: list[str], edits: list[_Edit]) -> list[str]:
    done = list(lines)
    for one in sorted(edits, key=lambda one: (one.begin, one.end), reverse=True):
        done[one.begin : one.end] = one.lines
    return done


def _end(line: str) -> str:
    return "\r" if line.endswith("\r") else ""
