"""What the telephones of the room send: it waits, apart from the meeting, until somebody takes it up, or not.

Pure: what waits is a function of the lines that were kept, whoever wrote them and in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2s
from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from facilitator.core.regex import regex
from facilitator.core.text import MAX_NAME, normalise, one_line

SentKind = Literal["question", "need", "same", "floor", "evaluation"]
How = Literal["taken", "declined", "withdrawn"]
Limit = Literal[
    "empty",  # nothing was said
    "text-too-long",
    "name-too-long",
    "other-sender",  # another telephone sent something else under this name
    "said-already",  # this telephone said so of this entry, waits for the floor, or has evaluated
    "too-fast",
    "too-many-waiting",  # of this telephone
    "too-many",  # from this telephone
    "full",  # of all telephones
]

MAX_SENT = 2_000  # characters: nobody types more on a telephone
WRITTEN: tuple[SentKind, ...] = ("question", "need")
PAUSE_MS = 2_000  # between two that one telephone has written
WAITING_OF_ONE = 5
MOST_OF_ONE = 30
WAITING = 500
MOST = 3_000

TOKEN = r"^[A-Za-z0-9_-]{16,64}$"  # noqa: S105  # what one looks like
_TOKEN = regex(r"[A-Za-z0-9_-]{16,64}\Z")
Token = Annotated[str, Meta(pattern=TOKEN)]
Mark = Annotated[int, Meta(ge=0, le=5)]


class Sent(Struct, frozen=True, omit_defaults=True, tag_field="op", tag="sent"):
    """What a telephone sent.

    `id` is random and made by the page: the same when it is sent again. `phone` is the random name of the telephone, for limits, withdrawal and
    its own list only. `at` is when it came, in milliseconds UTC, `by` the name that was given. `entry` is the public entry that a "same" is
    about; `useful` (1 to 5; 0: not said), `keep` and `change` are an evaluation.
    """

    id: Token
    kind: SentKind
    phone: Token
    at: int
    text: str = ""
    by: str = ""
    entry: str = ""
    useful: Mark = 0
    keep: str = ""
    change: str = ""


class Settled(Struct, frozen=True, tag_field="op", tag="settled"):
    """What became of what was sent."""

    id: Token
    how: How


Line = Sent | Settled


def is_token(text: str) -> bool:
    """Whether a text can be the name of a telephone, or of what it sent."""
    return bool(_TOKEN.match(text))


def cleaned(item: Sent) -> Sent:
    """The same, its texts as they are kept: normalised, all but the text itself on one line."""
    return replace(
        item,
        text=normalise(item.text).text,
        by=one_line(normalise(item.by).text),
        keep=one_line(normalise(item.keep).text),
        change=one_line(normalise(item.change).text),
    )


def act_id(item: Sent) -> str:
    """The id of the act by which this is taken up, whoever does it and however often: 24 hexadecimal digits.

    So an act that was saved just before a crash tells that its item is settled, and of two people who take it up at once one does.
    A telephone knows the ids of public entries; it cannot choose this one.
    """
    return blake2s(f"telephone {item.id}".encode(), digest_size=12).hexdigest()


class Sends:
    """All that telephones sent to one meeting, and what became of it. Numbers are those of arrival, from 1, and stay."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self.arrived: dict[str, Sent] = {}
        self.settled: dict[str, How] = {}
        self._of_phone: dict[str, list[Sent]] = {}
        self.take(lines)

    def take(self, lines: Iterable[Line]) -> None:
        """Know of more lines. The first of an id counts; taken up is taken up, whatever else was said of it."""
        for line in lines:
            if isinstance(line, Sent):
                if line.id not in self.arrived:
                    self.arrived[line.id] = line
                    self._of_phone.setdefault(line.phone, []).append(line)
            elif line.how == "taken":
                self.settled[line.id] = line.how
            else:
                self.settled.setdefault(line.id, line.how)

    def waiting(self) -> list[tuple[int, Sent]]:
        """What waits, with its number, in the order of arrival."""
        return [(place, one) for place, one in enumerate(self.arrived.values(), 1) if one.id not in self.settled]

    def of_phone(self, phone: str) -> list[tuple[Sent, How | None]]:
        """What one telephone sent, the first before, and what became of each: None while it waits."""
        return [(one, self.settled.get(one.id)) for one in self._of_phone.get(phone, ())]

    def knows(self, item: Sent) -> bool:
        """Whether the same came from the same telephone before."""
        known = self.arrived.get(item.id)
        return known is not None and known.phone == item.phone

    def refusal(self, item: Sent) -> Limit | None:
        """Why what a telephone sends is not kept, given what is known; None when it is."""
        if wrong := _wrong(item):
            return wrong
        if item.id in self.arrived:
            return "other-sender"
        mine = self.of_phone(item.phone)
        if any(_says_the_same(one, item, how) for one, how in mine):
            return "said-already"
        written = [one.at for one, _ in mine if one.kind in WRITTEN]
        # A clock that was set back is no haste.
        if item.kind in WRITTEN and written and 0 <= item.at - max(written) < PAUSE_MS:
            return "too-fast"
        if len(mine) >= MOST_OF_ONE:
            return "too-many"
        if item.kind in WRITTEN and sum(how is None for one, how in mine if one.kind in WRITTEN) >= WAITING_OF_ONE:
            return "too-many-waiting"
        full = len(self.arrived) >= MOST or len(self.arrived) - len(self.settled) >= WAITING
        return "full" if full else None


def _wrong(item: Sent) -> Limit | None:
    if max(len(item.text), len(item.keep), len(item.change)) > MAX_SENT:
        return "text-too-long"
    if len(item.by) > MAX_NAME:
        return "name-too-long"
    said = {
        "question": item.text,
        "need": item.text,
        "same": item.entry,
        "floor": "said by asking",
        "evaluation": item.useful or item.keep or item.change,
    }[item.kind]
    return None if said else "empty"


def _says_the_same(one: Sent, item: Sent, how: How | None) -> bool:
    """Whether it was said already: once of an entry, one evaluation, and no second place in the queue while the first waits."""
    if one.kind != item.kind or how == "withdrawn":
        return False
    if item.kind == "floor":
        return how is None
    return item.kind == "evaluation" or (item.kind == "same" and one.entry == item.entry)
