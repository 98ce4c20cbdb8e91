"""Minutes that two hands changed, merged entry by entry: the text of one, with what the other changed put into it where it stands.

What one side alone changed is taken, part by part. Where both changed one part, the words of a person stand and the other's are
said; of two people both stay, the second as a remark. An edit beats a deletion. What is no entry is merged piece by piece.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import SequenceMatcher

from msgspec import Struct

from facilitator.core.agenda import Level
from facilitator.core.entry import label
from facilitator.core.regex import regex
from facilitator.documents.markdown.emptied import swept
from facilitator.documents.markdown.outline import Block, Item, TooLarge, outline
from facilitator.documents.minutes.change import Unchangeable, edit
from facilitator.documents.minutes.cut import TOP, Cut, Key, Name, Piece, Titled, folded
from facilitator.documents.minutes.entry import MinutesEntry
from facilitator.documents.minutes.merge_front import merge_front
from facilitator.documents.minutes.merge_places import Places, broken_lines
from facilitator.documents.minutes.of_entry import anchor
from facilitator.documents.minutes.parts import in_tail, joined, parts
from facilitator.documents.minutes.patch import Patch
from facilitator.documents.minutes.reader import FoundEntry, MinutesRead, heading_step, read_minutes
from facilitator.i18n import Translator, translator

_DRAFT = regex(r"> \*\*(?:Provisoire|Draft)\*\*")
_TAGS = regex(r"<a\s[^<>]{0,120}>\s*</a>\s*")


class Merged(Struct, frozen=True):
    """The minutes as they become, and what people should be told of it, a sentence each.

    `removed` are entries, and notes without a number, that a person took out: as the file said them before.
    """

    text: str
    said: tuple[str, ...] = ()
    removed: tuple[MinutesEntry, ...] = ()


class Unmergeable(Struct, frozen=True):
    """The file can no longer be read as minutes, from this line on (from 1; 0: as a whole): it is to be left alone."""

    line: int


def merge(  # noqa: PLR0913  # three texts, and how
    base: str | None,
    theirs: str,
    ours: str,
    *,
    tr: Translator | None = None,
    scale: Level | None = None,
    never: Collection[Name] = (),
    taken: Collection[Name] | None = None,
) -> Merged | Unmergeable:
    """A file as a person left it (`theirs`), with what changed from what was written last (`base`) to what is to be written now.

    Without a `base` nothing that a person may have written is changed; what the file lacks is added, its front matter is ours.
    `never` are entries that must not be in it any more, whoever changed them.
    `taken` says that what was done by hand is in `ours` already: all that is said there stands in the file, and the items of these
    numbers, which were added by hand, stay as they are.
    """
    read = read_minutes(theirs)
    if unreadable := _unreadable(read):
        return unreadable
    if ours == theirs or (ours == base and taken is None):
        return Merged(theirs, removed=_removed(base, theirs, read, tr))
    if base == theirs:
        return Merged(ours)
    return _Merge(base, read, ours, tr, scale, people=False, never=never, taken=taken).run()


def merge_people(
    base: str | None, one: str, other: str, *, tr: Translator | None = None, scale: Level | None = None
) -> Merged | Unmergeable:
    """Minutes that two people changed in two copies: the text of the one with the changes of the other, the words of both kept."""
    read = read_minutes(one)
    if unreadable := _unreadable(read) or unmergeable(other):
        return unreadable
    if other in {one, base}:
        return Merged(one)
    if base == one:
        return Merged(other)
    return _Merge(base, read, other, tr, scale, people=True).run()


def unmergeable(text: str) -> Unmergeable | None:
    """Why a file can no longer be read as minutes: marks of a conflict, too large, or neither front matter nor a number left."""
    return _unreadable(read_minutes(text))


def _unreadable(read: MinutesRead) -> Unmergeable | None:
    if read.outline is None:
        return Unmergeable(0)
    if read.conflicted:
        return Unmergeable(read.outline.conflicts[0] + 1)
    return None if read.outline.source.body or read.numbered() else Unmergeable(0)


def _removed(base: str | None, theirs: str, read: MinutesRead, tr: Translator | None) -> tuple[MinutesEntry, ...]:
    """What a person took out of a file that the program has nothing new for."""
    if base is None or base == theirs:
        return ()
    done = _Merge(base, read, base, tr, None, people=False).run()
    return done.removed if isinstance(done, Merged) else ()


class _Merge:
    def __init__(  # noqa: PLR0913  # three texts, and how
        self,
        base: str | None,
        one: MinutesRead,
        other: str,
        tr: Translator | None,
        scale: Level | None,
        *,
        people: bool,
        never: Collection[Name] = (),
        taken: Collection[Name] | None = None,
    ) -> None:
        self.people = people
        self.complete = taken is not None
        self.taken = frozenset(taken or ())
        self.never = frozenset(never)
        self.scale = scale
        self.other = Cut(read_minutes(other))
        steps = dict(self.other.steps)
        before = read_minutes(base) if base is not None else None
        self.base = Cut(before, steps) if before is not None and _unreadable(before) is None else None
        self.one = Cut(one, (self.base.steps if self.base else {}) | steps)
        language = self.other.read.front.language
        self.language = language
        self.tr = tr or translator(language)
        items = self.one.read.outline.items if self.one.read.outline else []
        self.patch = Patch(self.one.lines, [(item.line, item.end) for item in items])
        self.said: list[str] = []
        self.removed: list[MinutesEntry] = []
        self.back: set[Name] = set()
        self.out: set[Name] = set()
        self.deeper: list[tuple[Name, MinutesEntry, MinutesEntry | None]] = []
        self.used: set[int] = set()  # added items of `one` that got the number they were given
        self.places = Places(self.one, self.other, self.patch)

    def run(self) -> Merged | Unmergeable:
        for name in self._names():
            self._entry(name)
        for key in self._keys():
            self._rest(key)
        if self.complete:
            self._stand()
        self._headings()
        self._front()
        text = self.patch.text() if not self.patch.empty else "\n".join(self.one.lines)
        for name, said, mine in self.deeper:
            text = self._changed(text, name, said, mine)
        text = self._swept(text)
        return Merged(text, tuple(self.said), tuple(self.removed)) if self._whole(text) else Unmergeable(0)

    def _names(self) -> list[Name]:
        """Every entry of either side, in the order of the other's."""
        return list(dict.fromkeys([*self.other.entries, *self.one.entries, *(self.base.entries if self.base else ())]))

    def label(self, name: Name) -> str:
        return label(*name, self.language)

    # Entries.

    def _entry(self, name: Name) -> None:
        before = self.base.entries.get(name) if self.base else None
        one, other = self.one.entries.get(name), self.other.entries.get(name)
        if other is not None and one is not None:
            if name in self.taken:
                return
            if before is None and self.base is not None and not _alike(one, other):
                self._twin(name, one, other)
            else:
                self._both(name, before, one, other)
        elif other is not None:
            self._missing(name, before, other)
        elif one is not None and name in self.never and not one.inner:
            self.places.take(one)
            self.out.add(name)
        elif one is not None and before is not None:
            self._taken_out(name, before, one)

    def _both(self, name: Name, before: Piece | None, one: Piece, other: Piece) -> None:
        if before is not None and _unchanged(before, other):
            return
        moved = before is not None and other.under != before.under and one.under == before.under
        if before is not None and _unchanged(before, one) and not one.inner:
            self.places.take(one)
            lines = self.places.adapted(other)
            if moved or self._reordered(before, other):
                self.places.elsewhere.add(id(one))
                self.places.insert(other, lines)
            else:
                self.patch.put(one.begin, lines, self.places.order(other), item=True)
            return
        if moved and not one.inner:
            self.places.take(one)
            self.places.elsewhere.add(id(one))
            self.places.insert(other, [line.rstrip("\r") for line in self.one.lines[one.begin : one.end]])
        self._parts(name, before, one, other)

    def _reordered(self, before: Piece, other: Piece) -> bool:
        """Whether the other side put it after another one than before."""
        assert self.base is not None  # noqa: S101  # what was there before stood in it
        kept = {piece.name for piece in self.base.under(before.under)} & {
            piece.name for piece in self.other.under(other.under)
        }
        return _before(self.base.under(before.under), before, kept) != _before(
            self.other.under(other.under), other, kept
        )

    def _parts(self, name: Name, before: Piece | None, one: Piece, other: Piece) -> None:
        """Part by part, when both changed it; its remarks too."""
        mine, theirs = _said(one), _said(other)
        said, lost = joined(_said(before) if before else None, mine, theirs, placed=in_tail(other.found, one.found))
        lost = lost or (
            before is not None and before.under not in (one.under, other.under) and one.under != other.under
        )
        if said != mine or (lost and self.people):
            self.deeper.append((name, said, theirs if lost else None))
        elif lost:
            self._told_lost(name, other)
        self._remarks(before, one, other, lost=lost)

    def _told_lost(self, name: Name, other: Piece) -> None:
        shown = _shown(self.other.text(other))
        self.said.append(
            self.tr(
                "{label} was changed on both sides: what was written by hand stays, not this: {text}",
                label=self.label(name),
                text=shown,
            )
        )

    def _remarks(self, before: Piece | None, one: Piece, other: Piece, *, lost: bool) -> None:
        was = _under(self.base, before) if self.base and before else {}
        here, there = _under(self.one, one), _under(self.other, other)
        at = one.end
        moved = id(one) in self.places.elsewhere
        for same, block in there.items():
            if same not in was and same not in here:
                self._add(one, at, self.other, other, block, moved=moved)
        for same, block in here.items():
            if same in was and same not in there and not moved:
                self.patch.take(block.line, block.end)
        if lost and self.people:
            order = self.places.order(other, other.end - 1) if moved else (-1, 1_000_000)
            self._second(one, other, self.places.position(other) if moved else at, here, order)

    def _add(self, one: Piece, at: int, cut: Cut, other: Piece, block: Item | Block, *, moved: bool) -> None:  # noqa: PLR0913  # from where to where
        assert one.found is not None and other.found is not None  # noqa: S101, PT018  # entries are
        column, indent = other.found.item.indent, one.found.item.indent
        lines = [
            " " * indent + line[min(column, len(line) - len(line.lstrip())) :] if line.strip() else ""
            for line in (line.rstrip("\r").expandtabs(4) for line in cut.lines[block.line : block.end])
        ]
        lines = lines if isinstance(block, Item) else ["", *lines]
        order = self.places.order(other, block.line) if moved else (-1, block.line)
        self.patch.put(self.places.position(other) if moved else at, lines, order, item=True)

    def _second(  # from where to where
        self, one: Piece, other: Piece, at: int, here: dict[str, Item | Block], order: tuple[int, int]
    ) -> None:
        """What another person made of the same entry, as a remark below it."""
        assert one.found is not None and other.found is not None  # noqa: S101, PT018  # entries are
        item = other.found.item
        first = " ".join(item.text[other.found.head.at :].split())
        word = "Autre version :" if self.language == "fr" else "Other version:"
        where = self.other.headings[other.under].heading.text if other.under != one.under and other.under else ""
        texts = [f"*{word}* {first}" + (f" ({_TAGS.sub('', where)})" if where else "")]
        texts += [
            f"*{word}* {' '.join(_flat(nested, self.other))}"
            for meant, nested in other.found.labels
            if meant in ("answer", "answer_link") and folded(nested.text) not in _labels(one.found)
        ]
        margin = " " * one.found.item.indent
        for text in texts:
            if folded(text) not in here:
                self.patch.put(at, [f"{margin}- {text}"], order, item=True)
        self.said.append(
            self.tr(
                "{label} was changed by two people: both texts stay, the second as a remark below",
                label=self.label(_name(one)),
            )
        )

    def _twin(self, name: Name, one: Piece, other: Piece) -> None:
        """Two entries that were given one number: the other's goes first and keeps it, this one gets the next at the next write."""
        self.patch.put(one.begin, self.places.adapted(other), self.places.order(other), item=True)
        self.said.append(
            self.tr(
                "{label} was given to two entries: the one added by hand here gets another number",
                label=self.label(name),
            )
        )

    def _missing(self, name: Name, before: Piece | None, other: Piece) -> None:
        """It is not in this file: new there, or taken out here."""
        if before is None:
            adopted = self._adopted(other)
            if adopted is None:
                self.places.insert(other)
            else:
                self._number(adopted, other)
        elif self.complete:
            self.places.insert(other)
            self.back.add(name)
        elif _unchanged(before, other):
            self.removed.append(_said(before))
            self.out.add(name)
        else:
            self.places.insert(other)
            self.back.add(name)
            self.said.append(
                self.tr("{label} was deleted on one side and changed on the other: it stays", label=self.label(name))
            )

    def _taken_out(self, name: Name, before: Piece, one: Piece) -> None:
        alone = self.complete and _remarks(before.found) == _remarks(one.found)  # type: ignore[arg-type]  # entries are
        if (alone or _unchanged(before, one)) and not one.inner:
            self.places.take(one)
            self.out.add(name)
            return
        self.back.add(name)
        self.said.append(
            self.tr("{label} was deleted on one side and changed on the other: it stays", label=self.label(name))
        )

    def _adopted(self, other: Piece) -> Piece | None:
        """An item that a person added without a number, when this is the number that it was given."""
        wanted = _said(other)
        for piece in self.one.rest(other.under):
            found = piece.found
            if found is None or not found.adopted or found.twin or id(piece) in self.used:
                continue
            if found.said.kind == wanted.kind and folded(found.said.text) == folded(wanted.text):
                return piece
        return None

    def _number(self, adopted: Piece, other: Piece) -> None:
        """Put the number that it was given on an item, its words untouched."""
        found = adopted.found
        assert found is not None  # noqa: S101  # it was adopted
        place = found.item.text_line
        line = self.one.lines[place].rstrip("\r")
        at = line.find(found.item.text.split("\n", 1)[0])
        if at < 0:
            self.places.insert(other)
            return
        self.used.add(id(adopted))
        at += found.head.anchor_at
        said = _said(other)
        self.patch.instead(place, f"{line[:at]}{anchor(said)}**{said.label(self.language)}** {line[at:]}")

    def _changed(self, text: str, name: Name, said: MinutesEntry, lost: MinutesEntry | None) -> str:
        """One entry rewritten where it stands; what cannot be stays, and is said."""
        found = read_minutes(text).find(*name)
        other = self.other.entries[name]
        changes = {part: value for part, value in parts(said).items() if found and getattr(found.said, part) != value}
        failed = False
        if changes:
            try:
                text = edit(text, self.label(name), scale=self.scale, **changes)
            except (LookupError, Unchangeable, TooLarge):
                failed = True
        if (lost is not None or failed) and not self.people:
            self._told_lost(name, other)
        elif failed:
            text = self._beside(text, name, other)
        return text

    def _beside(self, text: str, name: Name, other: Piece) -> str:
        """What could not be put into an entry of another person, as a remark below it."""
        read = Cut(read_minutes(text))
        one = read.entries.get(name)
        if one is None:
            return text
        self.patch = Patch(
            read.lines, [(piece.begin, piece.end) for kept in read.pieces.values() for piece in kept if piece.item]
        )
        self._second(one, other, one.end, _under(read, one), (0, 0))
        return self.patch.text()

    # What is no entry.

    def _keys(self) -> list[Key]:
        return list(dict.fromkeys([*self.other.pieces, *(self.base.pieces if self.base else ())]))

    def _rest(self, key: Key) -> None:
        one, other = self.one.rest(key), self.other.rest(key)
        was = self.base.rest(key) if self.base else []
        if self.base is None and key in self.one.pieces:
            self._unknown(key, one, other)
            return
        if self.complete:
            one, other, was = ([piece for piece in pieces if not _is_note(piece)] for pieces in (one, other, was))
        here = [piece.same for piece in one]
        before = [piece.same for piece in was]
        after = [piece.same for piece in other]
        standing = {
            i + k: j + k
            for i, j, size in SequenceMatcher(None, before, here, autojunk=False).get_matching_blocks()
            for k in range(size)
        }
        if not self.people:
            self._notes_out(was, one, set(after))
        if before == after:
            return
        added = {piece.same for place, piece in enumerate(one) if place not in standing.values()}
        for tag, i1, i2, j1, j2 in _steps(before, after):
            if tag == "equal":
                continue
            fresh = [piece for piece in other[j1:j2] if piece.same not in added and not self._known(piece)]
            stood = [one[standing[place]] for place in range(i1, i2) if place in standing]
            if len(stood) == i2 - i1:
                self._swap(stood, fresh)
            else:
                self._disputed(key, fresh, deleted=not self._replaced(before, here, i1, i2))

    def _stand(self) -> None:
        """The notes of the other side, wherever a person put them, and none that it has no more."""
        there, was = _notes_in(self.other), _notes_in(self.base)
        here = [piece for key in self.one.pieces for piece in self.one.rest(key) if piece.item]
        for piece in sorted(
            there, key=lambda piece: not any(_same_note(one, piece) and one.under == piece.under for one in here)
        ):
            found = [one for one in here if _same_note(one, piece)]
            same = next((one for one in found if one.under == piece.under), next(iter(found), None))
            if same is None:
                self.places.insert(piece)
                continue
            here.remove(same)
            places = [one.under for one in was if _same_note(one, piece)]
            if same.under != piece.under and same.under in places and piece.under not in places:
                self.places.take(same)
                self.places.insert(piece)
        for one in here:
            if _is_note(one) and any(_same_note(one, old) for old in was):
                self.places.take(one)

    def _unknown(self, key: Key, one: list[Piece], other: list[Piece]) -> None:
        """Where nobody knows what was written last: what stands there stays, notes are added, and final minutes are no draft."""
        known = {piece.same for piece in one}
        for piece in other:
            if piece.item and key[:1] == ("step",) and piece.same not in known:
                self.places.insert(piece)
        if key == TOP and self.other.read.front.status == "final":
            for piece in one:
                if _DRAFT.match(piece.same):
                    self.places.take(piece)

    def _known(self, piece: Piece) -> bool:
        """Whether this is an added item that the file holds with the number it was given meanwhile."""
        if piece.found is None or not piece.found.adopted:
            return False
        said = piece.found.said
        return any(
            kept.found is not None
            and kept.found.said.kind == said.kind
            and folded(kept.found.said.text) == folded(said.text)
            for kept in self.one.under(piece.under)
            if kept.name and (self.base is None or kept.name not in self.base.entries)
        )

    @staticmethod
    def _replaced(before: list[str], here: list[str], begin: int, end: int) -> bool:
        """Whether a person put something else where these were."""
        for tag, i1, i2, _, _ in SequenceMatcher(None, before, here, autojunk=False).get_opcodes():
            if tag == "replace" and i1 < end and begin < i2:
                return True
        return False

    def _swap(self, old: list[Piece], new: list[Piece]) -> None:
        """Pieces that nobody else touched become others."""
        for piece in old:
            self.places.take(piece)
            if not new and not piece.joined:
                continue
            if not new:
                self._unbroken(piece)
        for place, piece in enumerate(new):
            lines = self.places.adapted(piece)
            if old:
                if not piece.item:
                    broken = self.one.lines[old[-1].end - 1].rstrip("\r").endswith("\\")
                    lines = broken_lines(lines, broken=broken or (place + 1 < len(new) and new[place + 1].joined))
                self.patch.put(old[0].begin, lines, self.places.order(piece), item=piece.item)
            else:
                self.places.insert(piece, lines)

    def _unbroken(self, piece: Piece) -> None:
        """The line before the last of a paragraph, when that is taken out, ends it."""
        if not self.one.lines[piece.end - 1].rstrip("\r").endswith("\\") and piece.begin:
            self.patch.instead(piece.begin - 1, self.patch.line(piece.begin - 1).removesuffix("\\"))

    def _disputed(self, key: Key, fresh: list[Piece], *, deleted: bool) -> None:
        course = key[:1] == ("step",) or key[:1] == ("title",)
        put = self.people or (deleted and course)
        for piece in fresh:
            text = _shown(self.other.text(piece))
            if put:
                self.places.insert(piece)
            if self.people:
                self.said.append(self.tr("Changed by two people, both stay: {text}", text=text))
            elif put:
                self.said.append(self.tr("Deleted on one side and changed on the other, it stays: {text}", text=text))
            else:
                self.said.append(
                    self.tr("Changed on both sides: what was written by hand stays, not this: {text}", text=text)
                )

    def _notes_out(self, was: list[Piece], one: list[Piece], after: set[str]) -> None:
        """Notes that a person took out, and put nothing in the place of."""
        before, here = [piece.same for piece in was], [piece.same for piece in one]
        elsewhere = {piece.same for kept in self.one.pieces.values() for piece in kept}
        for tag, i1, i2, _, _ in SequenceMatcher(None, before, here, autojunk=False).get_opcodes():
            if tag == "delete":
                self.removed += [
                    piece.found.said
                    for piece in was[i1:i2]
                    if piece.found is not None and piece.same in after and piece.same not in elsewhere
                ]

    # Headings.

    def _headings(self) -> None:
        """Those whose words changed, and those that nothing stands under any more."""
        for key, here in self.one.headings.items():
            there = self.other.headings.get(key)
            was = self.base.headings.get(key) if self.base else None
            if there is None and was is not None:
                self._emptied(here)
            elif there is not None and was is not None and was.same != there.same != here.same:
                lines = self.other.lines[there.heading.line : there.heading.end]
                if here.same == was.same:
                    self.patch.take(here.heading.line, here.heading.end)
                    self.patch.put(here.heading.line, lines, (0, 0))
                else:
                    self.said.append(
                        self.tr(
                            "Changed on both sides: what was written by hand stays, not this: {text}",
                            text=_TAGS.sub("", there.heading.text),
                        )
                    )

    def _emptied(self, here: Titled) -> None:
        heading = here.heading
        end = self.one.region_end(here)
        if all(
            self.patch.gone(line, line + 1) or not self.one.lines[line].strip() for line in range(heading.end, end)
        ) and not self.patch.puts_in(heading.end, end):
            self.patch.take(heading.line, heading.end)
            self.patch.take(heading.end, min(heading.end + 1, end))

    # The whole.

    def _front(self) -> None:
        base = self.base.read if self.base else None
        draft = self.one.read.front.status == "draft"
        self.said += merge_front(
            base,
            self.one.read,
            self.other.read,
            self.patch,
            self.tr,
            out=self.out if draft or self.people else frozenset(),
            back=self.back,
            people=self.people,
        )

    def _swept(self, text: str) -> str:
        """Without the headings of which each side left something, and both nothing; those of sequences that are linked to stay."""
        sides = ["\n".join(self.one.lines), "\n".join(self.other.lines)]
        asked = read_minutes(text).asked_in
        headings = [(heading_step(one), one.text) for one in outline(text).headings]
        linked = {said for step, said in headings if step and (step == asked or f"(#step-{step})" in text)}
        return swept(text, sides, linked)

    def _whole(self, text: str) -> bool:
        """Whether every entry is there that either side leaves there."""
        found = read_minutes(text).numbered()
        expected = (set(self.one.entries) | set(self.other.entries)) - self.out
        return expected <= set(found)


def _name(piece: Piece) -> Name:
    assert piece.found is not None  # noqa: S101  # entries are
    return piece.found.name


def _before(pieces: list[Piece], piece: Piece, among: set[Name | None]) -> Name | None:
    """The entry, among these, that stands before a piece."""
    return next((one.name for one in reversed(pieces[: pieces.index(piece)]) if one.name and one.name in among), None)


def _said(piece: Piece) -> MinutesEntry:
    assert piece.found is not None  # noqa: S101  # entries are
    return piece.found.said


def _is_note(piece: Piece) -> bool:
    return piece.found is not None and piece.found.said.kind == "note"


def _same_note(one: Piece, note: Piece) -> bool:
    return (_is_note(one) and _alike(one, note)) or one.same == note.same


def _notes_in(cut: Cut | None) -> list[Piece]:
    return [piece for key in cut.pieces for piece in cut.rest(key) if _is_note(piece)] if cut else []


def _alike(one: Piece, other: Piece) -> bool:
    return folded(_said(one).text) == folded(_said(other).text)


def _unchanged(before: Piece, after: Piece) -> bool:
    """Whether an entry says the same, stands under the same and has the same remarks."""
    assert before.found is not None and after.found is not None  # noqa: S101, PT018  # entries are
    return (
        before.under == after.under
        and _said(before) == _said(after)
        and _remarks(before.found) == _remarks(after.found)
    )


def _remarks(found: FoundEntry) -> list[str]:
    return [folded(block.text) for block in found.remarks]


def _labels(found: FoundEntry) -> set[str]:
    return {folded(item.text) for _, item in found.labels}


def _under(cut: Cut, piece: Piece) -> dict[str, Item | Block]:
    """The remarks under an entry by what they are compared by."""
    assert piece.found is not None  # noqa: S101  # entries are
    found = {}
    for block in piece.found.remarks:
        text = " ".join(cut.lines[block.line : block.end])
        same = folded(text).removeprefix(block.marker).strip() if isinstance(block, Item) else folded(text)
        found[same] = block
    return found


def _flat(item: Item, cut: Cut) -> Iterator[str]:
    for line in cut.lines[item.line : item.end]:
        yield line.strip().removeprefix(item.marker).strip() if line is cut.lines[item.line] else line.strip()


def _shown(text: str) -> str:
    return " ".join(_TAGS.sub("", text).split())


def _steps(before: list[str], after: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """What becomes of the ones in the others, one for one where as many are replaced."""
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "replace" and i2 - i1 == j2 - j1:
            yield from ((tag, i1 + k, i1 + k + 1, j1 + k, j1 + k + 1) for k in range(i2 - i1))
        else:
            yield tag, i1, i2, j1, j2
