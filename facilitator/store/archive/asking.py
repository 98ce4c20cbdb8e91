"""What is asked of the archive, in the words of SQLite and of its index of words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from facilitator.core.carrying import name_of
from facilitator.core.records import Record
from facilitator.core.stems import stem_of

# An entry's id is the day of its meeting, moved by so many bits, and its place from the end of that day: the highest are the latest.
DAY_BITS = 24


class Query(Struct, frozen=True):
    """What is looked for among the entries. `words` are those of `core.stems`; the last is the beginning of one while `typing`.

    `theme` and `person` are folded; a person is known by a part of the name. `since` and `until` are days of meetings, both included.
    `among` are the only entries that may be found, by `name_text`.
    """

    words: tuple[str, ...] = ()
    typing: bool = False
    kind: str | None = None
    theme: str | None = None
    person: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    among: tuple[str, ...] | None = None


class Hit(Struct, frozen=True):
    """An entry that was found, and where: the line in the file at `path`, from 1; 0 when that is not known."""

    record: Record
    path: Path
    line: int


def name_text(meeting: str, number: str) -> str | None:
    """What an entry is called among those of all meetings; None for what has no number."""
    named = name_of(meeting, number)
    return named and f"{named[0]}#{named[1]}{named[2]}"


def first_id(day: datetime.date | None) -> int:
    """Below the ids of the entries of a day, or of no day."""
    return (day.toordinal() if day else 0) << DAY_BITS


def conditions(asked: Query, match: str | None) -> tuple[list[str], list[object]]:
    """What is asked, and the values for it."""
    where, values = ["counts"], list[object]()
    for condition, value in (
        ("text MATCH ?", match),
        ("kind = ?", asked.kind),
        ("theme = ?", asked.theme),
        ("instr(people, ?)", asked.person),
        ("entries.id >= ?", asked.since and first_id(asked.since)),
        ("entries.id < ?", asked.until and first_id(asked.until + datetime.timedelta(days=1))),
        (
            "name IN (SELECT value FROM json_each(?))",
            None if asked.among is None else msgspec.json.encode(asked.among).decode(),
        ),
    ):
        if value is not None:
            where.append(condition)
            values.append(value)
    return where, values


def matches(asked: Query) -> Iterator[str]:
    """What FTS5 is asked for, by turns, the best first; words are letters and digits."""
    typed = [f'words : "{word}"' for word in asked.words]
    stems = [stem_of(word) for word in asked.words]
    forms = [f'({word} OR words : "{stem}" OR stems : "{stem}")' for word, stem in zip(typed, stems, strict=True)]
    exact, other = _all(typed), _all(forms)
    yield exact
    yield f"{other} NOT {exact}"
    if asked.typing:
        begun = _all([*forms[:-1], f"{typed[-1]} *"])
        yield f"{begun} NOT {other}"


def _all(terms: Iterable[str]) -> str:
    return f"({' AND '.join(terms)})"
