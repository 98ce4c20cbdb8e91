"""A letter that two people changed in two copies, merged item by item: the words of both are kept.

Text to text. What one alone changed is taken; where both changed one thing both stay, the second as a remark. An edit beats a deletion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from facilitator.documents.markdown.outline import Block, Heading, Item
from facilitator.documents.minutes.cut import folded
from facilitator.documents.minutes.merge import Merged, Unmergeable
from facilitator.documents.newsletter.front import Memory, read_front, remembering
from facilitator.documents.newsletter.reader import LetterItem, LetterRead, heading_section, read_letter
from facilitator.i18n import Translator, translator

Key = tuple[object, ...]


class _Piece(Struct, frozen=True, eq=False):
    """Lines that stay together, without carriage return; `gap` are those between it and what stands before it."""

    key: Key
    under: Key
    lines: tuple[str, ...]
    gap: tuple[str, ...] = ()
    item: LetterItem | None = None
    listed: bool = False


def merge_letters(base: str | None, one: str, other: str, *, tr: Translator | None = None) -> Merged | Unmergeable:
    """The text of the one with the changes of the other; `base` is what both began with. What people should be told is in `said`."""
    reads = [read_letter(text) for text in (base or "", one, other)]
    for read in reads[1:]:
        if read.unreadable is not None:
            return Unmergeable(read.unreadable.line)
    if other in {one, base}:
        return Merged(one)
    if base == one:
        return Merged(other)
    return _Merge(reads, (base or "", one, other), tr or translator(reads[1].front.language)).run()


class _Merge:
    def __init__(self, reads: Sequence[LetterRead], texts: Sequence[str], tr: Translator) -> None:
        self.tr = tr
        self.texts = texts
        self.end = "\r" if texts[1].split("\n", 1)[0].endswith("\r") else ""
        self.word = "Autre version :" if reads[1].front.language == "fr" else "Other version:"
        self.base, self.one, self.other = (
            _pieces(read, text) if read.unreadable is None else [] for read, text in zip(reads, texts, strict=True)
        )
        self.said: list[str] = []

    def run(self) -> Merged | Unmergeable:
        base, one, other = ({piece.key: piece for piece in kept} for kept in (self.base, self.one, self.other))
        done: list[_Piece] = []
        for piece in self.one:
            was, there = base.get(piece.key), other.get(piece.key)
            if there is None and was is not None:
                if _same(was, piece):
                    continue
                self._stays(piece)
            elif there is not None and self._moved(was, piece, there):
                continue
            done.append(piece if there is None else self._joined(was, piece, there))
        for place, piece in enumerate(self.other):
            was, here = base.get(piece.key), one.get(piece.key)
            if here is None and was is not None:
                if _same(was, piece):
                    continue
                self._stays(piece)
            elif here is not None and not self._moved(was, here, piece):
                continue
            put = piece if here is None else self._joined(was, here, piece)
            self._insert(done, put, self.other[:place])
        done = _without_empty(done, base)
        return self._checked(self._text(done))

    def _moved(self, was: _Piece | None, here: _Piece, there: _Piece) -> bool:
        """Whether the other put it under another heading, and this one did not."""
        return was is not None and there.under != was.under and here.under == was.under

    def _stays(self, piece: _Piece) -> None:
        if piece.item is not None:
            label = piece.item.label
            self.said.append(self.tr("{label} was deleted on one side and changed on the other: it stays", label=label))

    def _insert(self, done: list[_Piece], piece: _Piece, before: Sequence[_Piece]) -> None:
        """After what it stands after in the other, which may have gone."""
        places = {kept.key: place for place, kept in enumerate(done)}
        at = next((places[kept.key] + 1 for kept in reversed(before) if kept.key in places), 0)
        while (
            at < len(done)
            and done[at].key[0] != "heading"
            and done[at].under == piece.under
            and _is_new(done[at], self.base)
        ):
            at += 1  # what the one put there comes first
        gap = () if piece.listed and at and done[at - 1].listed else ("",)
        done.insert(at, _Piece(piece.key, piece.under, piece.lines, gap, piece.item, piece.listed))
        if at + 1 < len(done) and not done[at + 1].gap and not (piece.listed and done[at + 1].listed):
            following = done[at + 1]
            done[at + 1] = _Piece(
                following.key, following.under, following.lines, ("",), following.item, following.listed
            )

    def _joined(self, was: _Piece | None, one: _Piece, other: _Piece) -> _Piece:
        if was is not None and one.item and len({was.under, one.under, other.under}) > 2:  # a place each
            there = one.item.item.under[-1].text if one.item.item.under else ""
            label = one.item.label
            self.said.append(
                self.tr("{label} was moved by two people: it stays under {heading}", label=label, heading=there)
            )
        theirs = folded(" ".join(other.lines))
        if theirs in (folded(" ".join(one.lines)), folded(" ".join(was.lines)) if was else None):
            return one
        if was is not None and folded(" ".join(was.lines)) == folded(" ".join(one.lines)):
            return _Piece(one.key, one.under, other.lines, one.gap, other.item, one.listed)
        if one.item is None or other.item is None:
            self.said.append(self.tr("Changed by two people, both stay: {text}", text=" ".join(other.lines).strip()))
            return _Piece(one.key, one.under, (*one.lines, *other.lines), one.gap, None, one.listed)
        return _Piece(one.key, one.under, self._item(was, one, other), one.gap, one.item, one.listed)

    def _item(self, was: _Piece | None, one: _Piece, other: _Piece) -> tuple[str, ...]:
        """First its first paragraph, box apart; then what stands under it."""
        before, mine, theirs = (_parts(piece) if piece else None for piece in (was, one, other))
        assert mine is not None and theirs is not None  # noqa: S101, PT018  # both are there
        first, lost = mine.first, []
        if folded(theirs.first) not in (folded(mine.first), folded(before.first) if before else None):
            if before is not None and folded(before.first) == folded(mine.first):
                first = theirs.first
            else:
                lost += self._second(mine, other)
        box = mine.box
        if before is not None and before.box == mine.box:
            box = theirs.box
        blocks = dict(mine.blocks)
        for same in before.blocks if before else ():
            if same not in theirs.blocks:
                blocks.pop(same, None)
        added = [
            block
            for same, block in theirs.blocks.items()
            if same not in blocks and not (before and same in before.blocks)
        ]
        answers = [folded(block[0]).lower() for block in (*blocks.values(), *added)]
        if lost or sum(said.startswith(("- *réponse", "- *answer")) for said in answers) > 1:
            label = one.item.label if one.item else ""
            self.said.append(
                self.tr("{label} was changed by two people: both texts stay, the second as a remark below", label=label)
            )
        lines = [f"{mine.mark}{box}{first}".rstrip()]
        for block in (*blocks.values(), *added):
            lines += block
        return tuple("\n".join([*lines, *lost]).split("\n"))

    def _second(self, mine: _Parts, other: _Piece) -> list[str]:
        """What another person made of the words of an item, as a remark below it; not once more."""
        assert other.item is not None  # noqa: S101  # both are items
        line = f"  - *{self.word}* {' '.join(other.item.text.split())}"
        return [] if folded(line) in mine.blocks else [line]

    def _text(self, done: Sequence[_Piece]) -> str:
        front = self._front()
        lines = list(front)
        for piece in done:
            lines += [*piece.gap, *piece.lines]
        text = "\n".join(line + self.end if line or self.end else "" for line in lines)
        return f"{text}\n"

    def _front(self) -> list[str]:
        """That of the one, with what the other's letter remembers, and the keys that only the other has."""
        fronts = []
        for text in self.texts:
            lines = text.split("\n")
            found = read_letter(text)
            body = found.outline.source.body if found.outline else 0
            fronts.append((lines[:body], body, found.front))
        (_, _, base), (lines, body, mine), (others, _, theirs) = fronts
        if not body:
            return [line.rstrip("\r") for line in others]
        for key, place in theirs.lines.items():
            if key not in mine.lines and key not in base.lines and key != "fed":
                lines.insert(body - 1, others[place].rstrip("\r") + self.end)
                body += 1
                mine = read_front(lines, body)
        for meeting, memory in theirs.fed.items():
            known = mine.fed.get(meeting, Memory())
            both = Memory(known.numbers | memory.numbers, tuple(dict.fromkeys((*known.words, *memory.words))))
            if both != known or meeting not in mine.fed:
                remembering(lines, body, mine, meeting, both)
                body = next(place for place, line in enumerate(lines[1:], 2) if line.rstrip() == "---")
                mine = read_front(lines, body)
        return [line.rstrip("\r") for line in lines]

    def _checked(self, text: str) -> Merged | Unmergeable:
        """Every item is there that either side leaves there; else the file is left alone."""
        found = {_name(item) for item in read_letter(text).items}
        gone = {piece.key for piece in self.base} - (
            {piece.key for piece in self.one} & {piece.key for piece in self.other}
        )
        wanted = {_name(piece.item) for piece in (*self.one, *self.other) if piece.item and piece.key not in gone}
        return Merged(text, tuple(dict.fromkeys(self.said))) if wanted <= found else Unmergeable(0)


class _Parts(Struct, frozen=True):
    mark: str
    box: str
    first: str
    blocks: dict[str, list[str]]


def _parts(piece: _Piece) -> _Parts:
    item = piece.item
    assert item is not None  # noqa: S101  # only items have parts
    listed, lines = item.item, list(piece.lines)
    text = listed.text
    at = lines[0].find(text.split("\n", 1)[0])
    begin, end = item.head.box_at or (0, 0)
    blocks: dict[str, list[str]] = {}
    covered = listed.text_end
    for block in listed.blocks:
        cut = lines[covered - listed.line : block.end - listed.line]
        covered = block.end
        blocks[folded(" ".join(cut))] = cut
    return _Parts(lines[0][: max(at, 0)] + text[:begin], text[begin:end], text[end:], blocks)


def _pieces(read: LetterRead, text: str) -> list[_Piece]:
    """The letter in pieces, in its order; blank lines and what Markdown does not show stand in the gaps."""
    found = read.outline
    if found is None:
        return []
    lines = [line.rstrip("\r") for line in text.split("\n")]
    known = {id(item.item): item for item in read.items}
    everything: list[Heading | Item | Block] = [*found.headings, *found.items, *found.blocks]
    everything.sort(key=lambda one: (one.line, one.end))
    done: list[_Piece] = []
    seen: Counter[Key] = Counter()
    covered = found.source.body
    keys: dict[int, Key] = {}
    for one in everything:
        if one.line < covered:
            continue
        cut, gap = tuple(lines[one.line : one.end]), tuple(lines[covered : one.line])
        covered = one.end
        item: LetterItem | None = None
        under: Key = ()
        if isinstance(one, Heading):
            section = heading_section(one)
            key: Key = ("heading", section if section and section != "seen" else folded(one.text))
        else:
            under = keys.get(one.under[-1].line, ()) if one.under else ()
            item = known.get(id(one))
            key = ("item", *_name(item)) if item else ("text", under, folded(" ".join(cut)))
        seen[key] += 1
        key = key if seen[key] == 1 else (*key, seen[key])
        if isinstance(one, Heading):
            keys[one.line] = key
        done.append(_Piece(key, under, cut, gap, item, isinstance(one, Item)))
    return done


def _name(item: LetterItem) -> tuple[object, ...]:
    return item.meeting, item.kind, item.number


def _same(one: _Piece, other: _Piece) -> bool:
    return one.under == other.under and folded(" ".join(one.lines)) == folded(" ".join(other.lines))


def _is_new(piece: _Piece, base: Sequence[_Piece]) -> bool:
    return all(piece.key != kept.key for kept in base)


def _without_empty(done: list[_Piece], base: dict[Key, _Piece]) -> list[_Piece]:
    """Without the headings of ours under which nothing is left, where something was."""
    filled = {piece.under for piece in done}
    held = {piece.under for piece in base.values()}
    return [piece for piece in done if piece.key[0] != "heading" or piece.key in filled or piece.key not in held]
