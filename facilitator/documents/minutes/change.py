"""One entry of minutes changed where it stands, text to text.

`edit` and `done` change that item and no other byte; `answer`, `send`, `remove` and `make` also move it under its heading, made if it
is missing and removed if it is emptied, or take it away, and mend what we say of it elsewhere, also what a hand made untrue of the
text that was written last (`base`). What comes out is read again: unless the entry then says what was asked, and all others what they
said, it is not done.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from facilitator.core.acts.entries import left_behind
from facilitator.core.agenda import Level
from facilitator.core.entry import read_label
from facilitator.core.vocabulary import Kind, Outcome
from facilitator.documents.markdown.escape import address_in
from facilitator.documents.markdown.outline import Heading, check_size
from facilitator.documents.minutes import words
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.front import renumbering
from facilitator.documents.minutes.mending import Entries, mended, unlinked
from facilitator.documents.minutes.of_entry import Whereabouts, step_anchor, titled_name
from facilitator.documents.minutes.placing import Change, Document, Unchangeable, applied, line_end
from facilitator.documents.minutes.questions import has_answer, place_of, standing
from facilitator.documents.minutes.reader import FoundEntry, heading_step, read_minutes
from facilitator.documents.typography import typeset

__all__ = ["Unchangeable", "answer", "done", "edit", "make", "move", "put_back", "remove", "same", "send"]


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
    base: str | None = None,
) -> str:
    """The minutes with a question answered: what was promised elsewhere was answered there, `on` a day.

    Raises LookupError, Unchangeable, TooLarge.
    """
    change = _Change(text, label, scale, base)
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
    base: str | None = None,
) -> str:
    """The minutes with a question sent elsewhere; its answer goes. One taken up individually is in them no longer.

    Raises LookupError, Unchangeable, TooLarge.
    """
    change = _Change(text, label, scale, base)
    if outcome == "individual":
        return change.removed(silent=True)
    said = change.found.said
    said = replace(
        said, outcome=outcome, due=due, due_text=None, done=False, owners=said.owners if owners is None else owners
    )
    return change.moved(replace(said, answer=None, answer_by=None, answer_link=None, answered_on=None))


def same(text: str, label: str, *, scale: Level | None = None) -> str:
    """The minutes with one more person who has the same question or need. Raises LookupError, Unchangeable, TooLarge."""
    change = _Change(text, label, scale)
    return change.settled(replace(change.found.said, same=change.found.said.same + 1))


def move(  # noqa: PLR0913  # what it is moved by, by name
    text: str,
    label: str,
    step: int,
    /,
    *,
    titles: Mapping[int, str] | None = None,
    names: Mapping[int, str] | None = None,
    scale: Level | None = None,
    base: str | None = None,
) -> str:
    """The minutes with an entry in another sequence: in the link of its tail, or under the heading of that sequence when it stands in one.

    `titles` are those of the sequences by their number, `names` what a tail calls them where it names none of them yet.
    Raises LookupError, Unchangeable, TooLarge.
    """
    called = {number: titled_name(title) for number, title in (titles or {}).items()} | dict(names or {})
    change = _Change(text, label, scale, base, called)
    said = replace(change.found.said, step=step)
    if said == change.found.said:
        return text
    if not change.in_its_sequence:
        return change.linked(said, titles or {})
    after = change.removed()
    return put_back(after, said, titles=titles, remarks=change.beneath(answers=False), scale=scale, base=base)


def remove(text: str, label: str, *, scale: Level | None = None, base: str | None = None, private: bool = False) -> str:
    """The minutes without an entry and what stands under it; of a `private` one not even that its number was given.

    Raises LookupError, Unchangeable, TooLarge.
    """
    return _Change(text, label, scale, base).removed(silent=private)


def make(  # noqa: PLR0913  # what it becomes, by name
    text: str,
    label: str,
    kind: Kind,
    number: int,
    /,
    *,
    titles: Mapping[int, str] | None = None,
    scale: Level | None = None,
    base: str | None = None,
    **fields: Any,  # noqa: ANN401  # fields of `MinutesEntry`
) -> str:
    """The minutes with an entry of another kind under this number, where such entries stand, and the `fields` that it has there.

    `titles` are those of the sequences by their number. Its remarks go with it, and an answer that its kind does not have becomes one.
    Raises LookupError, Unchangeable, TooLarge.
    """
    change = _Change(text, label, scale, base)
    was = change.found.said
    said = replace(was, kind=kind, number=number, **left_behind(kind))
    if kind != "question":
        said = replace(said, answered_on=None)
    if was.kind == "question" and was.outcome in ("newsletter", "next"):
        said = replace(said, due=None)  # that of the letter, or of the meeting
    if kind == "question":
        said = replace(said, done=False)  # what is to become of it is to be said
    remarks = change.beneath(answers=kind != "question")
    after = change.removed()
    return put_back(after, replace(said, **fields), titles=titles, remarks=remarks, scale=scale, base=base)


def put_back(  # noqa: PLR0913  # what it is, and where it goes, by name
    text: str,
    said: MinutesEntry,
    *,
    titles: Mapping[int, str] | None = None,
    remarks: Sequence[str] = (),
    scale: Level | None = None,
    base: str | None = None,
) -> str:
    """The minutes with an entry that was not in them: under its heading, made if it is missing, with lines of `remarks` under it.

    `titles` are those of the sequences by their number; one that stands in a sequence of which nothing is known goes outside them.
    Raises LookupError for one that is there, Unchangeable, TooLarge.
    """
    read = read_minutes(text)
    if read.find(said.kind, said.number):
        raise LookupError(said.number)
    if read.outline is None or read.conflicted:
        raise Unchangeable(said.label(read.front.language), 1)
    return _Return(read, read.outline, scale).put(said, titles or {}, remarks, _written(base))


def _written(base: str | None) -> list[Entries]:
    """What was written last, when it is known."""
    return [] if base is None else [[found.said for found in read_minutes(base).entries]]


class _Change(Document):
    """One entry changed."""

    def __init__(
        self,
        text: str,
        label: str,
        scale: Level | None,
        base: str | None = None,
        names: Mapping[int, str] | None = None,
    ) -> None:
        read = read_minutes(text)
        self.written = _written(base)
        name = read_label(label)
        found = read.find(*name) if name else None
        if found is None or read.outline is None:
            raise LookupError(label)
        super().__init__(read, read.outline, scale, names)
        self.label = label
        self.found = found
        if read.conflicted:
            raise self.unchangeable()
        self.item = found.item
        self.end = line_end(self.lines[found.item.line])

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
        return self._checked(said, [Change(self.item.text_line, self.item.text_line + 1, [changed])])

    def moved(self, said: MinutesEntry) -> str:
        """The item under the heading of its outcome; where there are no such headings, where it stands."""
        if said.kind != "question":
            raise self.unchangeable()
        old = self._headed()
        if self.found.section != "questions" or old is None:
            return self._checked(said, self._written(said, self._place(said, None)) + self._mended(said))
        outcome = standing(said)
        promised = None if outcome == "answered" else self.pen.tails.wording.implied(outcome, said.due)
        section = self._own_section()
        target = self.outcome_heading(section, outcome, promised)
        due = (self.said(target) or (None, None))[1] if target is not None else promised
        if outcome != "answered" and said.due is None:
            said = replace(said, due=due)  # without a day of its own it is for that of those it joins
        if target is not None and target is self.found.heading:
            return self._checked(said, self._written(said, self._place(said, old)) + self._mended(said))
        item = self._item_lines(said, place_of(said, due, step=self._step(said), headed=True))
        edits = self._taken_out()
        at = self.before(target, said) if target is not None else self.new_outcome(section, outcome, promised)
        if target is None:
            title = typeset(self.pen.tails.wording.heading(outcome, promised), self.pen.language)
            item = [f"{self.level}# {title}{self.end}", self.end, *item, self.end]
        return self._checked(said, [*edits, Change(at, at, item), *self._mended(said)])

    @property
    def in_its_sequence(self) -> bool:
        """Whether it stands under the heading of its sequence, and no tail says which."""
        return self.found.section in ("course", None)

    def linked(self, said: MinutesEntry, titles: Mapping[int, str]) -> str:
        """The item with its sequence in its tail, that sequence with a heading, and no link on its words where it was said before."""
        edits = self._written(said, self._place(said, self._headed()))
        gone = unlinked(self, [[self.found.said], *self.written], said)
        edits += gone
        if said.step in titles and not any(f'"step-{said.step}"' in line for line in self.lines):
            at, block = self.new_sequence(said.step or 0, titles, [])
            edits.append(Change(at, at, [line + self.end for line in block]))
        taken = {line for change in gone for line in range(change.begin, change.end)}
        return self._checked(said, edits + [change for change in self._mended(said) if change.begin not in taken])

    def removed(self, *, silent: bool = False) -> str:
        """Without the item, and without its number among those that are to be found."""
        edits = self._taken_out(sections=True)
        edits += self._unsaid(edits[0].begin)
        front = self.read.front
        edits += [
            Change(*lines) for lines in renumbering(front, front.closed - {self.found.name}, self.end, silent=silent)
        ]
        return self._checked(None, edits + self._mended(None))

    def beneath(self, *, answers: bool) -> list[str]:
        """The lines that stand under the item for what they are, its answer on demand, as they would under one at the margin."""
        item = self.item
        ours = [one for meant, one in self.found.labels if not answers or meant not in ("answer", "answer_link")]
        gone = {line for one in ours for line in range(one.line, one.end)}
        kept = [self.lines[line].rstrip("\r") for line in range(item.text_end, item.end) if line not in gone]
        return [line[item.column :] if not line[: item.column].strip() else line for line in kept]

    # Where it stands.

    def _headed(self) -> tuple[Outcome | None, datetime.date | None] | None:
        if self.found.section != "questions":
            return None
        headings = [self.said(heading) for heading in reversed(self.item.under)]
        return next((found for found in headings if found is not None), None)

    def _place(self, said: MinutesEntry, headed: tuple[Outcome | None, datetime.date | None] | None) -> Whereabouts:
        step = self._step(said)
        if said.kind != "question":
            return Whereabouts(step, outcome=said.offer and self.found.section != "offered")
        if headed is not None and standing(said) == headed[0]:
            return place_of(said, headed[1], step=step, headed=True)
        return place_of(said, None, step=step, headed=False)

    def _step(self, said: MinutesEntry) -> int | None:
        """The step to link to: the one its tail names, when where it stands says another or none."""
        implied = self.read.asked_in if self.found.section in ("questions", "wanted", "offered") else None
        if self.in_its_sequence:
            steps = (heading_step(heading) for heading in reversed(self.item.under))
            implied = next((step for step in steps if step is not None), None) or None
        return None if said.step == implied else said.step

    def _own_section(self) -> Heading:
        return next(
            heading for heading in reversed(self.item.under) if heading.level <= self.read.level
        )  # that of a section

    def _taken_out(self, *, sections: bool = False) -> list[Change]:
        """The item gone, and its heading when nothing else stands under it; `sections`: those of whole sections as well."""
        begin = self.emptied(self.item, sections=sections)
        return [Change(begin, self.blank_after(self.item.end) if begin < self.item.line else self.item.end, [])]

    def _unsaid(self, begin: int) -> list[Change]:
        """Needs that say where they came up, which was said with the questions: from the line `begin` on, nothing of these is left."""
        step = self.read.asked_in
        if self.found.section != "questions" or step is None or begin > self._own_section().line:
            return []
        needs = [one for one in self.read.entries if one.section in ("wanted", "offered") and one.said.step == step]
        edits = []
        for found in needs:
            place = Whereabouts(step, outcome=found.said.offer and found.section != "offered")
            edits.append(Change(found.item.text_line, found.item.text_end, self._first(found, found.said, place)))
        return edits

    # What is written.

    def _written(self, said: MinutesEntry, place: Whereabouts) -> list[Change]:
        """The edits that make the item say this: its first paragraph, and what was under it as labels."""
        edits = [Change(self.item.text_line, self.item.text_end, self._first(self.found, said, place))]
        answered = [(label, item) for label, item in self.found.labels if label in ("answer", "answer_link")]
        for known, item in self.found.labels:
            if known not in ("answer", "answer_link"):
                edits.append(Change(item.line, item.end, []))
        if _answers(said) == _answers(self.found.said) and said.outcome == self.found.said.outcome:
            return edits
        lines = self._answer_lines(said)
        if answered:
            first, *others = [item for _, item in answered]
            edits.append(Change(first.line, first.end, lines))
            edits += [Change(item.line, item.end, []) for item in others]
        elif lines:
            edits[0] = Change(edits[0].begin, edits[0].end, [*edits[0].lines, *lines])
        return edits

    def _answer_lines(self, said: MinutesEntry) -> list[str]:
        margin = " " * self.item.indent
        written = self.pen.answer(said, margin)
        return [line + self.end for line in written.removesuffix("\n").split("\n")] if written else []

    def _first(self, found: FoundEntry, said: MinutesEntry, place: Whereabouts) -> list[str]:
        """The first paragraph of an entry that was found: the mark of the list and what heads it stay, but for the box."""
        item = found.item
        line = self.lines[item.text_line]
        at = line.find(item.text.split("\n", 1)[0])
        if at < 0:
            raise self.unchangeable()
        head = line[:at] + item.text[: found.head.at].rstrip().replace("\n", " ")
        if (box := found.head.box_at) is not None:
            inside = item.text[box[0] : box[1]]
            space = inside[len(inside.rstrip()) :]
            ticked = f"[{'x' if said.done else ' '}]{space}"
            head = line[:at] + item.text[: box[0]] + ticked + item.text[box[1] : found.head.at].rstrip()
        body = self.pen.first(said, place, indent=item.indent)
        return [one + self.end for one in f"{head} {body}".rstrip(" ").split("\n")]

    def _item_lines(self, said: MinutesEntry, place: Whereabouts) -> list[str]:
        """The whole item as it will stand elsewhere, with its remarks."""
        lines = self.lines[self.item.line : self.item.end]
        edits = [Change(e.begin - self.item.line, e.end - self.item.line, e.lines) for e in self._written(said, place)]
        return applied(lines, edits)

    def _mended(self, said: MinutesEntry | None) -> list[Change]:
        before = [found.said for found in self.read.entries]
        after = [said if found is self.found else found.said for found in self.read.entries]
        return mended(self, [before, *self.written], [one for one in after if one is not None])

    def _checked(self, said: MinutesEntry | None, edits: list[Change]) -> str:
        changed = "\n".join(applied(self.lines, edits))
        check_size(changed)
        changed = self.swept(changed)
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
        kept = all(
            remark.text.strip() in remarks or remark.text in changed
            for remark in self.read.remarks
            if remark.line not in own
        )
        if not same or not kept or not _says(mine, said):
            raise self.unchangeable()
        return changed


class _Return(Document):
    """An entry put where it was not."""

    def put(
        self, said: MinutesEntry, titles: Mapping[int, str], remarks: Sequence[str], written: Sequence[Entries]
    ) -> str:
        """The document with it; raises Unchangeable where it would not be read so."""
        at, block, stands = self.home(said, titles, remarks)
        changes = [Change(at, at, [line + self.end for line in block]), *self.told(stands)]
        if stands.step and any(step_anchor(stands.step) in line for line in block):
            changes += self.anchored_above(stands.step)
        if said.number:
            front = self.read.front
            closed = front.closed | {(said.kind, said.number)}
            changes += [Change(*lines) for lines in renumbering(front, closed, self.end)]
        before = [found.said for found in self.read.entries]
        changes += mended(self, [before, *written], [*before, stands])
        changed = "\n".join(applied(self.lines, changes))
        check_size(changed)
        changed = self.swept(changed)
        again = read_minutes(changed)
        expected = {name: found.said for name, found in self.read.numbered().items()}
        got = {name: found.said for name, found in again.numbered().items()}
        if said.number:
            there = got.pop((said.kind, said.number), None)
        else:
            notes = [one.said for one in self.read.entries if one.said.kind == "note"]
            there = next((one.said for one in again.entries if one.said.kind == "note" and one.said not in notes), None)
        if got != expected or not _says(_bare(there), _bare(stands)):
            raise Unchangeable(said.label(self.read.front.language), at + 1)
        return changed


def _bare(said: MinutesEntry | None) -> MinutesEntry | None:
    """What a document can say of it."""
    return said and replace(said, phase=None, told=True)


def _says(found: MinutesEntry | None, wanted: MinutesEntry | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    if has_answer(wanted) and wanted.kind == "question":
        found, wanted = replace(found, due=None, answer_link=None), replace(wanted, due=None, answer_link=None)
    wanted = replace(wanted, link=wanted.link or address_in(wanted.text))
    return found == wanted


def _answers(said: MinutesEntry) -> tuple[object, ...]:
    return said.answer, said.answer_by, said.answer_link, said.answered_on
