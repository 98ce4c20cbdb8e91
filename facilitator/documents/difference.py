"""What hands changed in a document against what was written: the shape that minutes and letters have in common."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

from msgspec import Struct

What = Literal["added", "removed", "changed", "moved"]


class Difference(Struct, frozen=True):
    """One thing that is otherwise than it was written: `before` is None where it was added, `after` where it was removed.

    `label` is that of an entry, `part` which of its parts (a field of it, `heading` or `remark`), empty for the whole, and for what
    is no entry `heading`, `front` or `words`. `line` is where it stands now, from 1; 0: it does not.
    """

    what: What
    label: str = ""
    part: str = ""
    before: Any = None
    after: Any = None
    line: int = 0


class Bit(Struct, frozen=True):
    """Something that is no entry: what it is compared by, its words, its line from 1."""

    same: str
    text: str
    line: int


def between(before: Sequence[Bit], after: Sequence[Bit], part: str = "words", label: str = "") -> list[Difference]:
    """What was added, removed, or put in the place of something else; what only stands elsewhere is none of it."""
    kept = {bit.same for bit in before} & {bit.same for bit in after}
    old = [bit for bit in before if bit.same not in kept]
    new = [bit for bit in after if bit.same not in kept]
    found: list[Difference] = []
    matcher = SequenceMatcher(None, [bit.same for bit in before], [bit.same for bit in after], autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        gone = [bit for bit in before[i1:i2] if bit in old]
        come = [bit for bit in after[j1:j2] if bit in new]
        pairs = min(len(gone), len(come))
        for one, other in zip(gone, come, strict=False):
            found.append(Difference("changed", label, part, one.text, other.text, other.line))
        found += [Difference("removed", label, part, before=bit.text) for bit in gone[pairs:]]
        found += [Difference("added", label, part, after=bit.text, line=bit.line) for bit in come[pairs:]]
    return found
