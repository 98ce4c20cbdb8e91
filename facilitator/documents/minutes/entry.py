"""An entry as the minutes say it, and all that minutes are written from: plain values, no private ones among them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from msgspec import Struct

from facilitator.core.agenda import Level, StepKind
from facilitator.core.entry import label
from facilitator.core.meeting import Evaluation
from facilitator.core.network import Language, Order, Section
from facilitator.core.said import Origin, Said
from facilitator.core.vocabulary import Kind


class MinutesEntry(Said, frozen=True, kw_only=True):
    """What one entry says. `step` is its sequence, from 1, `phase` counts from 0.

    `owners` of a question are those who answer; none: whoever answers by default. `answered_on` is the day of a late answer.
    `told` says that it was said in its own sequence, which then has a link on its words.
    """

    kind: Kind
    number: int
    text: str = ""
    answered_on: datetime.date | None = None
    step: int | None = None
    phase: int | None = None
    told: bool = True

    def label(self, language: str) -> str:
        """The number as people say it."""
        return label(self.kind, self.number, language)


class StepToWrite(Struct, frozen=True):
    """A sequence: its place on the agenda from 1, its title as shown, who led it, whole minutes planned and spent.

    `actual` is None when it was not reached; `origin` is the meeting in which it was not, its number there as `step-5`;
    `link` is the address of its material.
    """

    number: int
    kind: StepKind
    title: str
    planned: int
    actual: int | None
    leads: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    origin: Origin | None = None
    link: str | None = None


class Person(Struct, frozen=True):
    """Someone who was there, and who employs them when that is shown."""

    name: str
    structure: str | None = None


class Elsewhere(Struct, frozen=True):
    """An entry of earlier minutes: its text and where it stands, and whether it is a question."""

    text: str
    origin: Origin
    asked: bool = True


class Look(Struct, frozen=True):
    """What a network has its minutes look like."""

    order: Order = "kind"
    headings: dict[Section, str] = {}
    left_out: tuple[Section, ...] = ()
    heading: str | None = None
    foot: str | None = None
    times: bool = False


class MinutesToWrite(Struct, frozen=True):
    """A meeting as its minutes tell it. `entries` are in the order they were said, attribution already applied.

    `month` is that of the newsletter, `as_of` the local time of a draft, `acts` how many there were by then, `since` the day of the meeting before.
    `ended_on` is the local day on which it ended.
    `given` is the highest number of each kind that was ever given. `present` holds members in the order of their list; times are local.
    """

    meeting: str
    title: str
    day: datetime.date
    zone: str
    language: Language
    steps: tuple[StepToWrite, ...] = ()
    entries: tuple[MinutesEntry, ...] = ()
    draft: bool = False
    as_of: datetime.time | None = None
    acts: int | None = None
    scale: Level | None = None
    place: str | None = None
    address: str | None = None
    host: str | None = None
    facilitator: str | None = None
    scribe: str | None = None
    coordinator: str | None = None
    started: datetime.time | None = None
    ended: datetime.time | None = None
    ended_on: datetime.date | None = None
    summary: str | None = None
    month: str | None = None
    next_meeting: datetime.date | None = None
    next_start: datetime.time | None = None
    next_place: str | None = None
    present: tuple[str, ...] = ()
    visitors: tuple[Person, ...] = ()
    excused: tuple[str, ...] = ()
    since: datetime.date | None = None
    meanwhile: tuple[Elsewhere, ...] = ()
    reread_by: str | None = None
    remarks_until: datetime.date | None = None
    evaluation: Evaluation = Evaluation()
    look: Look = Look()
    licence: str | None = None
    given: Mapping[Kind, int] = {}
