"""A document cut at its front matter."""

from __future__ import annotations

from msgspec import Struct


class Split(Struct, frozen=True):
    """A document in lines. `body` is the index of the first line after the front matter, 0 when there is none."""

    lines: list[str]
    body: int

    @property
    def front(self) -> str:
        """The YAML between the two fences."""
        return "\n".join(line.rstrip("\r") for line in self.lines[1 : self.body - 1])


def split(text: str) -> Split:
    """The document cut at its front matter. Lines keep a carriage return they end with; a byte order mark is no text."""
    lines = text.split("\n")
    if lines[0].removeprefix("\ufeff").rstrip() != "---":
        return Split(lines, 0)
    for place, line in enumerate(lines[1:4_000], 1):
        if line.rstrip() in ("---", "..."):
            return Split(lines, place + 1)
    return Split(lines, 0)
