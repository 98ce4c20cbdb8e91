"""Minutes cut into what a merge holds together: headings, the entries under each, and the rest in pieces that stay whole.

A piece is an item, a part of a paragraph up to a hard line break, or any other block; what it is compared by knows neither
wraps, nor the mark of a list, nor the width of a space.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from facilitator.core.vocabulary import Kind
from facilitator.documents.markdown.outline import Block, Heading, Item
from facilitator.documents.minutes import words
from facilitator.documents.minutes.outcomes import read_outcome
from facilitator.documents.minutes.reader import FoundEntry, MinutesRead, heading_step, heading_title
from facilitator.documents.typography import unfold

Name = tuple[Kind, int]
Key = tuple[object, ...]

TOP: Key = ("top",)


class Piece(Struct, frozen=True, eq=False):
    """Lines that stay together. `same` is what it is compared by, `joined` says that it goes on in the paragraph before it.

    `found` is the entry, or the note, that it is; `inner` one that stands inside another item.
    """

    same: str
    begin: int
    end: int
    under: Key
    found: FoundEntry | None = None
    joined: bool = False
    item: bool = False
    inner: bool = False

    @property
    def name(self) -> Name | None:
        """Kind and number of an entry that has one."""
        return self.found.name if self.found is not None and self.found.said.number else None


class Titled(Struct, frozen=True, eq=False):
    """A heading under its key: what it opens, whatever it is called."""

    key: Key
    heading: Heading
    parent: Key

    @property
    def same(self) -> str:
        """What its words are compared by."""
        return folded(self.heading.text)


class Cut:
    """Minutes in pieces, by the heading they stand under, each in the order of the document. `steps` names those whose anchor is gone."""

    def __init__(self, read: MinutesRead, steps: Mapping[str, int] | None = None) -> None:
        self.read = read
        self.lines: list[str] = read.outline.source.lines if read.outline else []
        self.headings: dict[Key, Titled] = {}
        self.entries: dict[Name, Piece] = {}
        self.pieces: dict[Key, list[Piece]] = {}
        self.steps: dict[str, int] = {}
        self._keys: dict[int, Key] = {}
        if read.outline is None:
            return
        for heading in read.outline.headings:
            self._title(heading, steps or {})
        self._pieces()

    def under(self, key: Key) -> list[Piece]:
        """What stands under this heading itself."""
        return self.pieces.get(key, [])

    def rest(self, key: Key) -> list[Piece]:
        """The same without the entries."""
        return [piece for piece in self.under(key) if piece.name is None]

    def text(self, piece: Piece) -> str:
        """Its lines as they stand, without those of Windows."""
        return "\n".join(line.rstrip("\r") for line in self.lines[piece.begin : piece.end])

    def region_end(self, titled: Titled) -> int:
        """The line of the next heading that is not under this one."""
        after = (one.heading for one in self.headings.values() if one.heading.line > titled.heading.line)
        return min((one.line for one in after if one.level <= titled.heading.level), default=self.last)

    @property
    def last(self) -> int:
        """The line before which the end of the document is."""
        return len(self.lines) - (1 if self.lines and not self.lines[-1].strip() else 0)

    def _title(self, heading: Heading, steps: Mapping[str, int]) -> None:
        assert self.read.outline is not None  # noqa: S101  # there are headings
        above = [
            one
            for one in self.headings.values()
            if one.heading.level < heading.level and one.heading.line < heading.line
        ]
        parent = self._parent(above)
        title = folded(heading_title(heading))
        step = heading_step(heading)
        step = steps.get(title) if step is None and heading.level in (2, 3) else step
        key: Key = ("title", heading.level, title, parent)
        if heading.level == 1 and TOP not in self.headings:
            key = TOP
        elif step is not None:
            self.steps.setdefault(title, step)
            key = ("step", step)
        elif heading.level == self.read.level and (
            section := words.read_section(unfold(heading_title(heading)), self.read.front.headings)
        ):
            key = ("section", section)
        elif parent == ("section", "questions") and (
            outcome := read_outcome(unfold(heading_title(heading)), self.read.day)
        ):
            # Of questions in the chat and of those passed on there is one heading, whatever it says besides.
            key = ("outcome", outcome[0], outcome[1] if outcome[0] in ("newsletter", "next") else None)
        if key in self.headings:
            self._keys[id(heading)] = key  # there twice: the first one counts
            return
        self.headings[key] = Titled(key, heading, parent)
        self._keys[id(heading)] = key

    def _parent(self, above: list[Titled]) -> Key:
        found: Key = ()
        level = 7
        for one in reversed(above):
            if one.heading.level < level and (not found or one.heading.level > self.headings[found].heading.level):
                return one.key
        return found

    def _pieces(self) -> None:
        assert self.read.outline is not None  # noqa: S101  # looked at before
        found = {id(one.item): one for one in self.read.entries}
        blocks: list[Item | Block] = sorted(
            [*self.read.outline.items, *self.read.outline.blocks], key=lambda block: (block.line, block.end)
        )
        for block in blocks:
            key = self._keys[id(block.under[-1])] if block.under else ()
            kept = self.pieces.setdefault(key, [])
            if isinstance(block, Item):
                kept.append(self._item(block, key, found.get(id(block))))
            elif block.paragraph:
                kept += self._paragraph(block, key)
            else:
                kept.append(Piece(self._same(block.line, block.end), block.line, block.end, key))
        for key, kept in self.pieces.items():
            self.pieces[key] = _told_apart(kept)
        for kept in self.pieces.values():
            self.entries |= {piece.name: piece for piece in kept if piece.name}
        for one in self.read.entries:
            if one.said.number and one.name not in self.entries:
                item = one.item
                key = self._keys[id(item.under[-1])] if item.under else ()
                self.entries[one.name] = Piece("", item.line, item.end, key, one, item=True, inner=True)

    def _item(self, item: Item, key: Key, found: FoundEntry | None) -> Piece:
        same = self._same(item.line, item.end)
        return Piece(same.removeprefix(item.marker).strip(), item.line, item.end, key, found, item=True)

    def _paragraph(self, block: Block, key: Key) -> list[Piece]:
        done: list[Piece] = []
        begin = block.line
        for line in range(block.line, block.end):
            said = self.lines[line].rstrip("\r")
            if line + 1 == block.end or said.endswith(("\\", "  ")):
                same = self._same(begin, line + 1).removesuffix("\\").strip()
                done.append(Piece(same, begin, line + 1, key, joined=bool(done)))
                begin = line + 1
        return done

    def _same(self, begin: int, end: int) -> str:
        return folded(" ".join(self.lines[begin:end]))


def _told_apart(pieces: list[Piece]) -> list[Piece]:
    """The same said twice under one heading is two things."""
    seen: Counter[str] = Counter()
    done = []
    for piece in pieces:
        seen[piece.same] += 1
        count = seen[piece.same]
        same = piece.same if count == 1 else f"{piece.same}\n{count}"
        done.append(
            Piece(same, piece.begin, piece.end, piece.under, piece.found, piece.joined, piece.item, piece.inner)
        )
    return done


def folded(text: str) -> str:
    """Words without what a formatter may change: wraps, widths of spaces, one mark of emphasis for the other."""
    return " ".join(unfold(text).replace("_", "*").split())
