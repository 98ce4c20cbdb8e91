"""What a person did to a draft: the text as it was left and the text as it stands, told apart entry by entry.

Nothing is taken for deleted that may only be missing: where the end of the file is gone, where its front matter is, where most of it
went at once, where it was not there yet when an editor read the file. A number that was lost is put back on the item it was of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from facilitator.core.regex import regex
from facilitator.documents.markdown.outline import Block, Heading, Item
from facilitator.documents.minutes.cut import Name, folded
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.numbering import put_numbers
from facilitator.documents.minutes.of_entry import step_anchor
from facilitator.documents.minutes.parts import parts
from facilitator.documents.minutes.reader import FoundEntry, MinutesRead, heading_step, heading_title, read_minutes

# Why what is missing is not taken for deleted.
Doubt = Literal["front", "end", "many"]

_HEADING = regex(r" {0,3}#{1,6}[ \t]+")
# Which mark a list has is a formatter's business.
_BULLET = regex(r"^[ \t]*[-*+][ \t]+", re.MULTILINE)
MANY = 4  # so many entries, and most of those there were, are not deleted at once
ALIKE = 0.6


class ChangedByHand(Struct, frozen=True):
    """An entry as it was left, and as it stands."""

    was: MinutesEntry
    now: MinutesEntry

    @property
    def parts(self) -> frozenset[str]:
        """The parts that differ, but for what a formatter may change."""
        before, after = parts(self.was), parts(self.now)
        return frozenset(name for name in before if not _same(before[name], after[name]))


class Hand(Struct, frozen=True):
    """What a person did. `read` is the file to go on from: what was cut off and numbers that were lost are back in it.

    `added` are the items in it that have no number of this meeting; `kept` what is missing from it and not taken for deleted, `doubt`
    why. `acts` is how many there were when it was left.
    """

    read: MinutesRead
    changed: tuple[ChangedByHand, ...] = ()
    removed: tuple[MinutesEntry, ...] = ()
    added: tuple[FoundEntry, ...] = ()
    kept: tuple[MinutesEntry, ...] = ()
    doubt: Doubt | None = None
    acts: int | None = None

    @property
    def text(self) -> str:
        """The file to go on from."""
        return "\n".join(self.read.outline.source.lines) if self.read.outline else ""


def hand(left: str | None, now: str) -> Hand:
    """What was done by hand to minutes that were `left` so and stand so `now`, both readable as minutes (`merge.unmergeable`).

    Where nobody knows how they were left, nothing was changed or deleted; what has no number was added.
    """
    if left is None:
        read = read_minutes(now)
        return Hand(read, added=tuple(_without_number(read)))
    before = read_minutes(left)
    now = _anchored(before, now)
    now, cut = _mended_end(before, now)
    read = read_minutes(now)
    read = _renumbered(before, read)
    was, here = before.numbered(), read.numbered()
    changed = [one for name in was if name in here and (one := ChangedByHand(was[name].said, here[name].said)).parts]
    missing = [was[name].said for name in was if name not in here]
    notes = _notes(before, read)
    if read.front.meeting != before.front.meeting and "meeting" in read.front.lines:
        return Hand(read, doubt="front")  # it says that it is of another meeting
    known = {name for name in was if name in read.front.closed}
    gone = [said for said in missing if (said.kind, said.number) in known]
    doubt = _doubt(before, read, len(gone), cut=bool(cut))
    trusted = doubt not in ("front", "many")
    removed = [*gone, *(notes.removed if _same_moment(before, read) else ())] if trusted else []
    kept = [*cut, *(() if trusted else (*gone, *notes.removed))]
    unknown = [found for name, found in here.items() if name not in was and not found.adopted]
    new = sorted([*_new(before, read), *unknown, *notes.added], key=lambda found: found.item.line)
    return Hand(read, (*changed, *notes.changed), tuple(removed), tuple(new), tuple(kept), doubt, before.front.acts)


def same_buffer(left: str, now: str) -> bool:
    """Whether an editor had this text before it, and not one that was written earlier and saved late."""
    return _same_moment(read_minutes(left), read_minutes(now))


def _same_moment(before: MinutesRead, now: MinutesRead) -> bool:
    return now.front.acts in (before.front.acts, None)


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return folded(_BULLET.sub("- ", one)) == folded(_BULLET.sub("- ", other))
    return one == other


def _doubt(before: MinutesRead, read: MinutesRead, gone: int, *, cut: bool) -> Doubt | None:
    if (
        read.front.meeting != before.front.meeting
        or "meeting" not in read.front.lines
        or "closed" not in read.front.lines
    ):
        return "front" if "closed" in before.front.lines else None
    if gone >= MANY and gone * 2 > len(before.numbered()):
        return "many"
    return "end" if cut else None


def _anchored(before: MinutesRead, now: str) -> str:
    """The file with the anchors back on the headings of sequences that lost theirs, known by their words."""
    read = read_minutes(now)
    if before.outline is None or read.outline is None:
        return now
    standing = {heading_step(heading) for heading in read.outline.headings}
    lost = {
        folded(heading_title(heading)): step
        for heading in before.outline.headings
        if (step := heading_step(heading)) is not None and step not in standing
    }
    lines = read.outline.source.lines
    for heading in read.outline.headings:
        step = lost.pop(folded(heading_title(heading)), None)
        mark = _HEADING.match(lines[heading.line])
        if step is not None and mark and heading_step(heading) is None:
            line = lines[heading.line]
            lines[heading.line] = line[: mark.end()] + step_anchor(step) + line[mark.end() :]
    return "\n".join(lines)


# Items without a number.


def _without_number(read: MinutesRead) -> Iterator[FoundEntry]:
    return (found for found in read.entries if found.adopted and found.said.text.strip())


def _new(before: MinutesRead, read: MinutesRead) -> Iterator[FoundEntry]:
    """Those that were not left so."""
    left = Counter((found.said.kind, folded(found.said.text)) for found in _without_number(before))
    for found in _without_number(read):
        key = (found.said.kind, folded(found.said.text))
        if left[key]:
            left[key] -= 1
        else:
            yield found


def _renumbered(before: MinutesRead, read: MinutesRead) -> MinutesRead:
    """The file with the numbers back on the items that lost theirs, known by their words."""
    here = read.numbered()
    missing = [found for name, found in before.numbered().items() if name not in here]
    if not missing:
        return read
    loose = [found for found in _new(before, read) if not found.twin]
    known = {folded(found.said.text) for found in before.entries if found.said.kind == "note"}
    notes = [found for found in read.entries if found.said.kind == "note" and folded(found.said.text) not in known]
    given: list[tuple[FoundEntry, Name]] = []
    for alike in (_equal, similar):
        for old in list(missing):
            # News and resources have their home among the notes.
            among = [*loose, *notes] if alike is _equal or old.said.kind in ("news", "resource") else loose
            found = next(
                (one for one in among if one.said.kind in (old.said.kind, "note") and alike(_bare(old), _bare(one))),
                None,
            )
            if found is not None:
                given.append((found, old.name))
                missing.remove(old)
                (loose if found in loose else notes).remove(found)
    return read_minutes(put_numbers(read, given)[0]) if given else read


def _bare(found: FoundEntry) -> str:
    """What an item says after its number, as it is written."""
    head = found.head
    return found.item.text[head.at if found.said.number or head.label is None else head.anchor_at :]


def _equal(one: str, other: str) -> bool:
    return folded(one) == folded(other)


def similar(one: str, other: str) -> bool:
    """Whether the one may have been edited into the other, or was still being typed."""
    return _likeness(one, other) >= ALIKE


def _likeness(one: str, other: str) -> float:
    one, other = folded(one).casefold(), folded(other).casefold()
    if min(len(one), len(other)) >= MANY and (other.startswith(one) or one.startswith(other)):
        return 1.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


# Notes, which have no number: they are known by their words and their order.


class _Notes(Struct, frozen=True):
    changed: tuple[ChangedByHand, ...] = ()
    removed: tuple[MinutesEntry, ...] = ()
    added: tuple[FoundEntry, ...] = ()


def _notes(before: MinutesRead, read: MinutesRead) -> _Notes:
    was = [found for found in before.entries if found.said.kind == "note"]
    here = [found for found in read.entries if found.said.kind == "note"]
    words = {id(found.said): found.item.text for found in was}
    removed: list[MinutesEntry] = []
    added: list[FoundEntry] = []
    changed: list[ChangedByHand] = []
    old_words, new_words = ([folded(found.said.text) for found in notes] for notes in (was, here))
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes():
        fresh = here[j1:j2]
        for old in was[i1:i2]:
            best = max(fresh, key=lambda one: _likeness(old.said.text, one.said.text), default=None)
            best = fresh[0] if tag == "equal" else best
            new = best if best is not None and similar(old.said.text, best.said.text) else None
            fresh = [one for one in fresh if one is not new]
            if new is None:
                removed.append(old.said)
            else:
                changed.append(ChangedByHand(old.said, new.said))
        added += [new for new in fresh if new.said.text.strip()]
    for found in list(added):
        said = next((said for said in removed if _equal(said.text, found.said.text)), None)
        if said is not None:
            changed.append(ChangedByHand(said, found.said))
            removed.remove(said)
            added.remove(found)
    standing = {folded(item.text) for item in read.outline.every()} if read.outline else set()
    gone = [said for said in removed if folded(words[id(said)]) not in standing]
    return _Notes(tuple(one for one in changed if one.parts), tuple(gone), tuple(added))


# A file whose end is gone: cut off in the middle of a save, or by a disk that was full.


def _mended_end(before: MinutesRead, now: str) -> tuple[str, tuple[MinutesEntry, ...]]:
    """The file with its end back, when entries stood there; and those entries."""
    read = read_minutes(now)
    if before.outline is None or read.outline is None:
        return now, ()
    old, new = _marks(before), _marks(read)
    standing = {key for key, _ in new}
    last = max((place for place, (key, _) in enumerate(old) if key in standing), default=-1)
    following = old[last + 1 :]
    end = len(read.outline.source.lines)
    if new and new[-1][0] not in {key for key, _ in old}:
        # What is left of the line in which it was cut.
        block = new[-1][1]
        begun = _words(read, block)
        if not following or not begun or not _words(before, following[0][1]).startswith(begun):
            return now, ()  # something else ends it
        end = block.line
    elif new and (twin := next((block for key, block in old if key == new[-1][0]), None)) is not None:
        begun, whole = _words(read, new[-1][1]), _words(before, twin)
        if begun != whole and whole.startswith(begun) and last >= 0 and old[last][0] == new[-1][0]:
            following, end = old[last:], new[-1][1].line
    found = {id(one.item): one.said for one in before.entries}
    lost = tuple(found[id(block)] for _, block in following if id(block) in found)
    if not lost:
        return now, ()
    ending = "\r" if any(line.endswith("\r") for line in read.outline.source.lines[:3]) else ""
    kept = read.outline.source.lines[:end]
    while kept and not kept[-1].strip():
        kept.pop()
    begin = following[0][1].line
    gap = [""] if not before.outline.source.lines[begin - 1].strip() else []
    tail = [line.rstrip("\r") + ending for line in [*gap, *before.outline.source.lines[begin:]]]
    return "\n".join([*kept, *tail]), lost


def _marks(read: MinutesRead) -> list[tuple[object, Heading | Item | Block]]:
    """Everything that stands in the file with what it is known by, in order."""
    assert read.outline is not None  # noqa: S101  # the caller looked
    named = {id(found.item): found.name for found in read.entries if found.said.number}
    done: list[tuple[object, Heading | Item | Block]] = [
        (("heading", folded(heading_title(heading))), heading) for heading in read.outline.headings
    ]
    done += [(named.get(id(item)) or _words(read, item), item) for item in read.outline.items]
    done += [(_words(read, block), block) for block in read.outline.blocks]
    return sorted(done, key=lambda mark: mark[1].line)


def _words(read: MinutesRead, block: Heading | Item | Block) -> str:
    assert read.outline is not None  # noqa: S101  # it stands in it
    return folded(" ".join(read.outline.source.lines[block.line : block.end]))
