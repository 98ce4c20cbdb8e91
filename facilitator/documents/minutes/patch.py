"""Lines put into a document and taken out of it at once, with the blank lines that Markdown wants around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec import Struct


class _Put(Struct, frozen=True):
    order: tuple[int, ...]
    lines: list[str]
    item: bool
    spaced: bool


class Patch:
    """What is to change in these lines, by where it stands in them as they are. `items` are the ranges that items take."""

    def __init__(self, lines: list[str], items: Iterable[tuple[int, int]]) -> None:
        self.lines = lines
        self.end = "\r" if any(line.endswith("\r") for line in lines[:3]) else ""
        self.in_item = {line for begin, end in items for line in range(begin, end)}
        self._puts: defaultdict[int, list[_Put]] = defaultdict(list)
        self._gone: set[int] = set()
        self._instead: dict[int, str] = {}

    def put(
        self, at: int, lines: list[str], order: tuple[int, ...], *, item: bool = False, spaced: bool = False
    ) -> None:
        """Before the line `at`, in this order among what goes there; `spaced` wants blank lines around it."""
        self._puts[at].append(_Put(order, [line.rstrip("\r") for line in lines], item, spaced))

    def take(self, begin: int, end: int) -> None:
        """Take these lines out."""
        self._gone.update(range(begin, end))

    def gone(self, begin: int, end: int) -> bool:
        """Whether all of these lines are taken out."""
        return self._gone.issuperset(range(begin, end))

    def instead(self, line: int, text: str) -> None:
        """Another text on this line."""
        self._instead[line] = text.rstrip("\r") + self.end

    def line(self, line: int) -> str:
        """What will stand on this line, without its end."""
        return self._instead.get(line, self.lines[line]).rstrip("\r")

    def puts_in(self, begin: int, end: int) -> bool:
        """Whether something is put before one of these lines; what is put at `end` goes elsewhere."""
        return any(begin <= at < end for at in self._puts)

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not (self._puts or self._gone or self._instead)

    def text(self) -> str:
        """The document as it becomes."""
        out = _Out(self.end)
        for place in range(len(self.lines) + 1):
            for one in sorted(self._puts.get(place, ()), key=lambda one: one.order):
                out.block(one)
            if place == len(self.lines):
                break
            if place in self._gone:
                out.dropped = True
            else:
                out.line(self._instead.get(place, self.lines[place]), item=place in self.in_item)
        return "\n".join(out.lines)


class _Out:
    def __init__(self, end: str) -> None:
        self.end = end
        self.lines: list[str] = []
        self.dropped = False
        self.item = False
        self.wants = False  # a blank line before what follows
        self.after_item = False

    def line(self, line: str, *, item: bool) -> None:
        blank = not line.strip()
        if blank and self.dropped and self._blank() and self.lines:
            return
        if not blank:
            if (self.wants or (self.after_item and not item)) and not self._blank():
                self.lines.append(self.end)
            self.item = item
            self.dropped = False
        self.wants = self.after_item = False
        self.lines.append(line)

    def block(self, one: _Put) -> None:
        if not self._blank() and (
            self.wants or one.spaced or (one.item and not self.item) or (self.after_item and not one.item)
        ):
            self.lines.append(self.end)
        self.lines += [line + self.end if line else self.end for line in one.lines]
        self.item = one.item
        self.wants, self.after_item = one.spaced, one.item
        self.dropped = False

    def _blank(self) -> bool:
        return not self.lines or not self.lines[-1].strip()
