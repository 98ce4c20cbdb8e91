"""Where a piece of one side goes in the file of the other: after what it stands after there, under its heading, put there if it is missing."""

from __future__ import annotations

from facilitator.documents.minutes.cut import Cut, Key, Piece, Titled
from facilitator.documents.minutes.patch import Patch


class Places:
    """Puts pieces of `other` into a `patch` of `one`. `elsewhere` are pieces of `one`, by their `id`, that go to another place."""

    def __init__(self, one: Cut, other: Cut, patch: Patch) -> None:
        self.one = one
        self.other = other
        self.patch = patch
        self.elsewhere: set[int] = set()
        self.made: dict[Key, int] = {}

    def insert(self, piece: Piece, lines: list[str] | None = None) -> None:
        """Put a piece of the other side, in these lines or its own, after what it stands after there."""
        lines = self.adapted(piece) if lines is None else lines
        if piece.joined and (last := self._last_before(piece)) is not None and not last.item:
            broken = self.patch.line(last.end - 1).endswith("\\")
            self.patch.instead(last.end - 1, self.patch.line(last.end - 1).removesuffix("\\") + "\\")
            self.patch.put(last.end, broken_lines(lines, broken=broken), self.order(piece))
            return
        lines = lines if piece.item or piece.joined else broken_lines(lines, broken=self._goes_on(piece))
        spaced = not piece.item and not piece.joined
        self.patch.put(self.position(piece), lines, self.order(piece), item=piece.item, spaced=spaced)

    def position(self, piece: Piece) -> int:
        """The line before which a piece of the other side goes."""
        last = self._last_before(piece)
        if last is not None:
            return last.end
        titled = self.one.headings.get(piece.under)
        if titled is None:
            at = self._ensured(piece.under) if piece.under else None
            return self.one.read.outline.source.body if at is None and self.one.read.outline else at or 0
        kept = [one for one in self.one.under(piece.under) if one.begin > titled.heading.line]
        after = self._first_after(piece)
        if after is not None:
            return after.begin
        return max((one.end for one in kept), default=titled.heading.end)

    def order(self, piece: Piece, line: int | None = None) -> tuple[int, int]:
        """Its order among what goes before one line: what has no heading there yet comes last."""
        return (1 if piece.under not in self.one.headings and piece.under else 0, piece.begin if line is None else line)

    def adapted(self, piece: Piece) -> list[str]:
        """Its lines, as the items around it are written."""
        lines = [line.rstrip("\r") for line in self.other.lines[piece.begin : piece.end]]
        beside = (
            next((one.found.item for one in self.one.under(piece.under) if one.found), None) if piece.item else None
        )
        if beside is None:
            return lines
        if beside.marker in "*+" and lines[0].startswith("- "):
            lines[0] = beside.marker + lines[0][1:]
        return [" " * beside.column + line if line else "" for line in lines]

    def take(self, piece: Piece) -> None:
        """Take a piece of this side out."""
        self.patch.take(piece.begin, piece.end)

    def _ensured(self, key: Key) -> int | None:
        """Where what goes under a heading that this file lacks goes: the heading is put there first."""
        if key in self.made:
            return self.made[key]
        titled = self.other.headings.get(key)
        if titled is None:
            return None
        at = self._heading_at(titled)
        self.made[key] = at
        lines = [line.rstrip("\r") for line in self.other.lines[titled.heading.line : titled.heading.end]]
        self.patch.put(at, lines, (1, titled.heading.line), spaced=True)
        return at

    def _heading_at(self, titled: Titled) -> int:
        if (
            titled.parent
            and titled.parent not in self.one.headings
            and (at := self._ensured(titled.parent)) is not None
        ):
            return at
        siblings = [one for one in self.other.headings.values() if one.parent == titled.parent]
        place = siblings.index(titled)
        for one in reversed(siblings[:place]):
            if one.key in self.one.headings:
                return self.one.region_end(self.one.headings[one.key])
            if one.key in self.made:
                return self.made[one.key]
        for one in siblings[place + 1 :]:
            if one.key in self.one.headings:
                return self.one.headings[one.key].heading.line
        parent = self.one.headings.get(titled.parent)
        return self.one.region_end(parent) if parent else self.one.last

    def _goes_on(self, piece: Piece) -> bool:
        """Whether the rest of its paragraph is put after it."""
        kept = self.other.under(piece.under)
        place = kept.index(piece)
        return place + 1 < len(kept) and kept[place + 1].joined and piece.under not in self.one.headings

    def _last_before(self, piece: Piece) -> Piece | None:
        """What stands in this file of what it stands after in the other."""
        kept = self.other.under(piece.under)
        place = next((place for place, one in enumerate(kept) if one is piece), 0)
        return next((found for one in reversed(kept[:place]) if (found := self._standing(one))), None)

    def _first_after(self, piece: Piece) -> Piece | None:
        kept = self.other.under(piece.under)
        place = next((place for place, one in enumerate(kept) if one is piece), len(kept))
        return next((found for one in kept[place + 1 :] if (found := self._standing(one))), None)

    def _standing(self, piece: Piece) -> Piece | None:
        if piece.name:
            found = self.one.entries.get(piece.name)
            there = found is not None and found.under == piece.under and not found.inner
            return found if there and id(found) not in self.elsewhere else None
        return next((one for one in self.one.rest(piece.under) if one.same == piece.same), None)


def broken_lines(lines: list[str], *, broken: bool) -> list[str]:
    """A piece of a paragraph that goes on, or not."""
    last = lines[-1].rstrip().removesuffix("\\")
    return [*lines[:-1], last + ("\\" if broken else "")]
