"""What was said: the parts that an entry, its record and an item of a document have in common."""

from __future__ import annotations

import datetime
from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import astuple

from facilitator.core.agenda import Level, NewsType
from facilitator.core.vocabulary import Outcome

Count = Annotated[int, Meta(ge=0, le=99_999)]
LocalTime = Annotated[datetime.datetime, Meta(tz=False)]


class Vote(Struct, frozen=True):
    """How a decision was voted on."""

    votes_for: Count
    against: Count = 0
    abstentions: Count = 0


class Origin(Struct, frozen=True):
    """Where an entry that was carried over comes from: a meeting and a number there.

    A meeting of another network is named after it: `roannais/2026-11-24`.
    """

    meeting: str
    number: str


class Said(Struct, frozen=True, gc=False):
    """What was said, and what became of it.

    `due_text` is a date that a hand wrote and nothing can read; `when` the local day and hour of an event, `deadline` the last
    day of a call. `by` said it, `owners` do or answer it, `answer_by` gave the answer.
    """

    text: str
    by: str | None = None
    owners: tuple[str, ...] = ()
    due: datetime.date | None = None
    due_text: str | None = None
    theme: str | None = None
    link: str | None = None
    type: NewsType | None = None
    level: Level | None = None
    deadline: datetime.date | None = None
    when: LocalTime | None = None
    offer: bool = False
    vote: Vote | None = None
    consensus: bool = False
    origin: Origin | None = None
    same: int = 0
    outcome: Outcome | None = None
    answer: str | None = None
    answer_link: str | None = None
    answer_by: str | None = None
    done: bool = False


class Fields(Struct, frozen=True, omit_defaults=True, gc=False):
    """The parts of what was said that can be given or changed, by the same names; what is UNSET stays as it was."""

    text: str | UnsetType = UNSET
    by: str | None | UnsetType = UNSET
    owners: tuple[str, ...] | UnsetType = UNSET
    due: datetime.date | None | UnsetType = UNSET
    due_text: str | None | UnsetType = UNSET
    theme: str | None | UnsetType = UNSET
    link: str | None | UnsetType = UNSET
    type: NewsType | None | UnsetType = UNSET
    level: Level | None | UnsetType = UNSET
    deadline: datetime.date | None | UnsetType = UNSET
    when: LocalTime | None | UnsetType = UNSET
    offer: bool | UnsetType = UNSET
    vote: Vote | None | UnsetType = UNSET
    consensus: bool | UnsetType = UNSET
    origin: Origin | None | UnsetType = UNSET


def given(fields: Fields) -> dict[str, Any]:
    """The fields that were given, by name."""
    return {name: value for name, value in zip(_NAMES, astuple(fields), strict=True) if value is not UNSET}


_NAMES = Fields.__struct_fields__
