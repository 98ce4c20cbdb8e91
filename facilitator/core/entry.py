"""What is captured in a meeting, and the number by which it is said."""

from __future__ import annotations

from facilitator.core.regex import regex
from facilitator.core.said import Said
from facilitator.core.vocabulary import KIND_OF_LETTER, KINDS, OUTCOMES, Kind

_LABEL = regex(r"([A-Za-z])\s?([0-9]{1,6})\Z")


class Entry(Said, frozen=True, kw_only=True, gc=False):
    """One captured thing.

    `id` never shows and never changes. `number` is what is said aloud (0 for a note, which has none).
    `at` is the instant of capture in milliseconds UTC, `step` the id of the step it belongs to.
    `moved` says that it was put in a step afterwards, `withheld` that it was taken up individually and not made public since; `was` are
    the numbers it had as other kinds.
    """

    id: str
    kind: Kind
    number: int
    at: int
    actor: str
    step: str | None = None
    edited: bool = False
    moved: bool = False
    withheld: bool = False
    was: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The number as it is said in French: `Q3`, `B1`; empty for a note."""
        return label(self.kind, self.number)

    @property
    def private(self) -> bool:
        """True when its text must never reach a shared document."""
        if KINDS[self.kind].private or self.withheld:
            return True
        return self.outcome is not None and OUTCOMES[self.outcome].private


def label(kind: Kind, number: int, language: str = "fr") -> str:
    """The number as people say it: `Q3`; a need is `B1` in French, `N1` in English; a note has none."""
    if not number:
        return ""
    row = KINDS[kind]
    return f"{(row.english if language == 'en' else '') or row.letter}{number}"


def read_label(text: str) -> tuple[Kind, int] | None:
    """The kind and number that `Q3`, `q 3`, `B1` or `N1` name; None when it names nothing."""
    found = _LABEL.match(text.strip())
    if not found:
        return None
    kind = KIND_OF_LETTER.get(found[1].upper())
    number = int(found[2])
    return (kind, number) if kind and number else None
