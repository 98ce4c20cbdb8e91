"""What is captured in a meeting, and what becomes of it."""

from __future__ import annotations

import datetime
import re
from typing import Literal

from msgspec import Struct

from facilitator.core.agenda import Level, NewsType

Kind = Literal["question", "need", "individual", "decision", "action", "news", "resource", "aside", "note"]
Outcome = Literal["answered", "mattermost", "newsletter", "next", "relay", "individual", "drop"]

KINDS: tuple[Kind, ...] = ("question", "need", "individual", "decision", "action", "news", "resource", "aside", "note")
OUTCOMES: tuple[Outcome, ...] = ("answered", "mattermost", "newsletter", "next", "relay", "individual", "drop")

# Said aloud in French: B for besoin, S for suivi. English says N for need; both are understood.
LETTERS: dict[Kind, str] = {
    "question": "Q",
    "need": "B",
    "individual": "S",
    "decision": "D",
    "action": "A",
    "news": "I",
    "resource": "L",
    "aside": "P",
    "note": "",
}
KIND_OF_LETTER: dict[str, Kind] = {letter: kind for kind, letter in LETTERS.items() if letter} | {"N": "need"}

SIGNS: dict[str, Kind] = {"?": "question", "*": "need", "!": "decision", ">": "action"}

_LABEL = re.compile(r"([A-Za-z])\s?([0-9]{1,6})\Z")


class Entry(Struct, frozen=True, gc=False):
    """One captured thing.

    `id` never shows and never changes. `number` is what is said aloud (0 for a note, which has none).
    `at` is the instant of capture in milliseconds UTC, `step` the id of the step it belongs to.
    """

    id: str
    kind: Kind
    number: int
    text: str
    at: int
    actor: str
    step: str | None = None
    by: str | None = None
    owners: tuple[str, ...] = ()
    due: datetime.date | None = None
    theme: str | None = None
    link: str | None = None
    type: NewsType | None = None
    level: Level | None = None
    deadline: datetime.date | None = None
    offer: bool = False
    same: int = 0
    outcome: Outcome | None = None
    answer: str | None = None
    answer_link: str | None = None
    done: bool = False
    edited: bool = False

    @property
    def label(self) -> str:
        """The number as it is said in French: `Q3`, `B1`; empty for a note."""
        return label(self.kind, self.number)

    @property
    def private(self) -> bool:
        """True when its text must never reach a shared document."""
        return self.kind == "individual" or self.outcome == "individual"


def label(kind: Kind, number: int, language: str = "fr") -> str:
    """The number as people say it: `Q3`; a need is `B1` in French, `N1` in English; a note has none."""
    if not number:
        return ""
    letter = "N" if kind == "need" and language == "en" else LETTERS[kind]
    return f"{letter}{number}"


def read_label(text: str) -> tuple[Kind, int] | None:
    """The kind and number that `Q3`, `q 3`, `B1` or `N1` name; None when it names nothing."""
    found = _LABEL.match(text.strip())
    if not found:
        return None
    kind = KIND_OF_LETTER.get(found[1].upper())
    number = int(found[2])
    return (kind, number) if kind and number else None
