"""What earlier meetings left open for the next one, each thing once.

A question that was carried from meeting to meeting is one thing: a chain of records, each of which names the one before as its
origin. Closed in one of them it is closed; while it is open, the latest stands for it.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Iterable, Sequence
from typing import Literal, TypeVar

from msgspec import Struct

from facilitator.core.entry import read_label
from facilitator.core.records import Record, StepRow, is_open
from facilitator.core.vocabulary import KINDS, Kind

Why = Literal["unanswered", "late", "due", "undated", "aside", "closes", "returns"]
# An entry of whatever meeting: the meeting's id, its kind, its number.
Name = tuple[str, Kind, int]

_T = TypeVar("_T")
_R = TypeVar("_R", bound=Record)
_ORDER = tuple(KINDS)


class LeftOpen(Struct, frozen=True):
    """Something that is still open: the latest record of it, why it comes back, and how many days that has been so.

    `days` count from the meeting in which it came up first; from the day it was due for what is late; to the day on which a
    call closes. `meetings` is how often it was said, of a need that returns.
    """

    record: Record
    why: Why
    days: int
    meetings: int = 1


def name_of(meeting: str, number: str) -> Name | None:
    """What a meeting and a number there name; None for what no number names."""
    named = read_label(number)
    return (meeting, *named) if named else None


def chains(records: Iterable[_R]) -> list[list[_R]]:
    """The records that are one thing, in the order of their meetings; the chains in the order in which the first was given.

    What has no number is a chain of its own.
    """
    named = [
        (
            name_of(record.meeting, record.number) or place,
            record.origin and name_of(record.origin.meeting, record.origin.number),
            record,
        )
        for place, record in enumerate(records)
    ]
    return [sorted(chain, key=lambda record: record.meeting) for chain in _joined(named)]


def _joined(named: Sequence[tuple[Hashable, Hashable | None, _T]]) -> list[list[_T]]:
    """What is one thing: each has its name, and that of what it comes from, if any."""
    leader: dict[Hashable, Hashable] = {}

    def found(name: Hashable) -> Hashable:
        leader.setdefault(name, name)
        while leader[name] != name:
            leader[name] = name = leader[leader[name]]
        return name

    for name, origin, _ in named:
        if origin is not None:
            leader[found(name)] = found(origin)
    joined: dict[Hashable, list[_T]] = {}
    for name, _, one in named:
        joined.setdefault(found(name), []).append(one)
    return list(joined.values())


def not_reached(rows: Iterable[tuple[str, StepRow]]) -> list[tuple[str, StepRow]]:
    """The sequences that no meeting has reached, each once: the latest of each chain, with the meeting that it is of."""
    named = [
        ((meeting, f"step-{row.step}"), (row.origin.meeting, row.origin.number) if row.origin else None, (meeting, row))
        for meeting, row in rows
    ]
    found = [sorted(chain, key=lambda one: one[0]) for chain in _joined(named)]
    return [chain[-1] for chain in found if not any(row.reached for _, row in chain)]


def private_names(records: Iterable[Record], private: Iterable[Record]) -> set[tuple[str, str]]:
    """The meetings and numbers of what is `private` by now, and of all that is one thing with it in another meeting."""
    kept = [*private]
    found = {(record.meeting, record.number) for record in kept}
    if not found:
        return found
    pairs = [
        ((one.meeting, one.number), (one.origin.meeting, one.origin.number))
        for one in (*records, *kept)
        if one.origin is not None
    ]
    while more := {name for pair in pairs if found.intersection(pair) for name in pair} - found:
        found |= more
    return found


def without_private(records: Iterable[Record], private: Iterable[Record]) -> list[Record]:
    """The records of what is public now: nothing that is private in any meeting that it was carried over to, or came from."""
    given = [*records]
    hidden = private_names(given, private)
    return [record for record in given if (record.meeting, record.number) not in hidden]


def still_open(records: Iterable[Record]) -> list[Record]:
    """The follow-ups that are open, each once: the latest of each chain of which nothing is closed.

    Of a chain that was taken up individually anywhere it is that one, which is private.
    """
    found = []
    for chain in chains(records):
        last = next((record for record in reversed(chain) if record.private), chain[-1])
        if is_open(last) and not any(map(_is_closed, chain)):
            found.append(last)
    return found


def left_open(records: Iterable[Record], *, on: datetime.date, today: datetime.date) -> list[LeftOpen]:
    """What is to come back at a meeting held on a day, as it stands `today`; nothing private, nothing that has no number.

    Questions without an answer, what else is followed up (actions) that is late, due by then or without a date, subjects put aside, and
    calls that close before it.
    """
    found = []
    for chain in chains(records):
        last = chain[-1]
        if not last.number or not last.text or any(record.private or _is_closed(record) for record in chain):
            continue
        left = _left(chain, on, today)
        if left is not None:
            found.append(left)
    return sorted(found, key=lambda left: _ORDER.index(left.record.kind))


def _left(chain: Sequence[Record], on: datetime.date, today: datetime.date) -> LeftOpen | None:
    record, age = chain[-1], _age(chain[0], today)
    if record.kind == "question":
        return LeftOpen(record, "unanswered", age)
    if record.kind == "aside":
        return LeftOpen(record, "aside", age)
    if is_open(record):
        if record.due is None:
            return LeftOpen(record, "undated", age)
        if record.due < today:
            return LeftOpen(record, "late", (today - record.due).days)
        return LeftOpen(record, "due", age) if record.due <= on else None
    if record.kind in ("news", "resource") and record.deadline is not None and today <= record.deadline <= on:
        return LeftOpen(record, "closes", (record.deadline - today).days)
    return None


def _age(record: Record, today: datetime.date) -> int:
    day = day_of(record.meeting)
    return max(0, (today - day).days) if day else 0


def _is_closed(record: Record) -> bool:
    """Whether nothing more is to come of it, whatever else is said of it: it is done, or a question that has its outcome."""
    return record.done or (record.kind == "question" and not is_open(record))


def day_of(meeting: str) -> datetime.date | None:
    """The day of a meeting, as its id says it."""
    try:
        return datetime.date.fromisoformat(meeting[:10])
    except ValueError:
        return None
