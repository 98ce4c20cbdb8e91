"""Records: an entry as other programs read it. The shape of `entries --json` and `followups --json`."""

from __future__ import annotations

import datetime

from msgspec import Struct

from facilitator.core.agenda import Level, NewsType
from facilitator.core.entry import Outcome


class Record(Struct, frozen=True):
    """One entry. `number` is said aloud (`Q3`, empty for a note), `at` is ISO 8601 with offset, `step` a number from 1.

    `kind` is that of the command line: an individual need is a `need` with `private` true.
    """

    meeting: str
    kind: str
    number: str
    text: str
    by: str | None = None
    owners: tuple[str, ...] = ()
    due: datetime.date | None = None
    theme: str | None = None
    link: str | None = None
    type: NewsType | None = None
    deadline: datetime.date | None = None
    outcome: Outcome | None = None
    answer: str | None = None
    same: int = 0
    step: int | None = None
    at: str | None = None
    done: bool = False
    private: bool = False
    level: Level | None = None
    offer: bool = False
    answer_link: str | None = None


class TimeRow(Struct, frozen=True):
    """The times of a step or a phase: whole minutes, None where there is none.

    `step` counts from 1, `phase` says that it is a part of it.
    """

    step: int
    title: str
    planned: int | None
    adjusted: int | None
    actual: int | None
    phase: bool = False
