"""The agenda: what was planned before the meeting.

These types are the only description of an agenda.
The YAML loader walks them, the shipped JSON Schema and the reference of the keys are made from them,
and the journal freezes them when the meeting opens.
Durations are whole seconds once loaded; people write them as `20`, `20m`, `1h30`, `90 min` or `51m40s`.
"""

# Annotations as they are, not as texts: msgspec would compile each of them before the first frame.
import datetime
from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import Meta, Struct

from facilitator.core.refusal import Refused
from facilitator.core.text import MAX_TEXT, fold_case
from facilitator.core.vocabulary import Deferral

StepKind = Literal["welcome", "news", "needs", "workshop", "closing", "break", "free"]
WorkshopFormat = Literal["exchange", "tool", "activity", "guest"]
NewsType = Literal["report", "funding", "call", "scheme", "event"]
Level = Literal["epci", "departement", "region", "national"]
Priority = Literal[1, 2, 3]

DAY_S = 86_400
USUAL_PRIORITY = 2

Duration = Annotated[
    int,
    Meta(
        ge=60,
        le=DAY_S,
        description="A length of time: minutes (20), or 20m, 1h, 1h30, 90 min, 51m40s.",
        extra={"reads": "duration"},
    ),
]
TimeOfDay = Annotated[
    str,
    Meta(
        pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$",
        description='A time of day, in quotes: "09:30".',
        extra={"reads": "time"},
    ),
]
OneLine = Annotated[str, Meta(min_length=1, max_length=200, extra={"reads": "line"})]
Whole = Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]
Link = Annotated[
    str,
    Meta(
        max_length=2_000, pattern=r"^https?://[^\s<>]+$", description="An address that begins with http:// or https://."
    ),
]
Slug = Annotated[
    str,
    Meta(
        max_length=80,
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        description="Names the files: small letters, digits, hyphens.",
    ),
]


class Place(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the meeting is held, and who hosts it."""

    name: Annotated[OneLine, Meta(description="The name of the place.")]
    host: Annotated[OneLine, Meta(description="Who hosts: shown and thanked.")] | None = None
    address: Annotated[OneLine, Meta(description="How to find it, or the telephone or video link.")] | None = None
    why: (
        Annotated[OneLine, Meta(description="Why it is proposed, for whoever chooses; not shown in the meeting.")]
        | None
    ) = None


class Phase(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a workshop, with a clock of its own."""

    title: Annotated[OneLine, Meta(description="What is done in this phase.")]
    duration: Duration


class NewsItem(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A piece of news known before the meeting; it becomes an entry (I1, I2 …) when the meeting opens."""

    title: Annotated[OneLine, Meta(description="The news, in a sentence.")]
    type: Annotated[NewsType, Meta(description="What sort of news it is.")] | None = None
    link: Link | None = None
    deadline: Annotated[datetime.date, Meta(description="Last day to answer a call: 2026-12-15.")] | None = None
    level: Annotated[Level, Meta(description="The level of the network it comes from.")] | None = None


class Step(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"origin": "from"}):
    """A step of the meeting."""

    kind: Annotated[StepKind, Meta(description="What sort of step it is.")]
    duration: Duration
    title: (
        Annotated[OneLine, Meta(description="Shown on the agenda; without it, the usual name of the kind.")] | None
    ) = None
    minimum: Annotated[Duration, Meta(description="Re-planning never goes below this.")] | None = None
    priority: (
        Annotated[
            Priority,
            Meta(description="When time is short, 3 is cut first and 1 last; time won goes to 1 first. Without it, 2."),
        ]
        | None
    ) = None
    not_before: (
        Annotated[TimeOfDay, Meta(description="Not planned to begin before: the time a guest comes.")] | None
    ) = None
    not_after: Annotated[TimeOfDay, Meta(description="Over by then: the time a guest leaves.")] | None = None
    lead: (
        Annotated[
            OneLine | Annotated[tuple[OneLine, ...], Meta(min_length=1, max_length=20)],
            Meta(description="Who leads this step: a name, its beginning if that of one member begins so, or a list."),
        ]
        | None
    ) = None
    link: Annotated[Link, Meta(description="Its material: shown, and a link in the minutes.")] | None = None
    format: Annotated[WorkshopFormat, Meta(description="The format of a workshop.")] | None = None
    phases: Annotated[tuple[Phase, ...], Meta(max_length=20, description="The parts of a workshop.")] = ()
    items: Annotated[tuple[NewsItem, ...], Meta(max_length=50, description="News known beforehand.")] = ()
    answer_time: Annotated[Duration, Meta(description="For answering one question on the spot.")] | None = None
    answer_budget: Annotated[Duration, Meta(description="For all answers together.")] | None = None
    defer_to: (
        Annotated[Deferral, Meta(description="Proposed at the end for the questions left; never applied by itself.")]
        | None
    ) = None
    origin: Annotated[OneLine, Meta(description="Where it was not reached: 2026-10-13-roannais#step-5.")] | None = None
    why: (
        Annotated[OneLine, Meta(description="Why it is proposed, for whoever chooses; not shown in the meeting.")]
        | None
    ) = None

    @property
    def leads(self) -> tuple[str, ...]:
        """Who leads it, one or several; nobody when it is not said."""
        return (self.lead,) if isinstance(self.lead, str) else self.lead or ()

    @property
    def rank(self) -> int:
        """Its priority, 2 when none is given."""
        return self.priority or USUAL_PRIORITY


class Carried(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"meeting": "from"}):
    """Something left open by an earlier meeting."""

    meeting: Annotated[OneLine, Meta(description="The meeting it comes from: 2026-10-13-roannais.")]
    text: Annotated[Whole, Meta(description="What was asked or promised.")]
    why: (
        Annotated[OneLine, Meta(description="Why it comes back, for whoever chooses; not shown in the meeting.")] | None
    ) = None
    number: Annotated[OneLine, Meta(description="Its number there: Q2.")] | None = None


class Agenda(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A meeting to come. Only its title and its steps are required."""

    title: Annotated[OneLine, Meta(description="The title of the meeting.")]
    steps: Annotated[tuple[Step, ...], Meta(min_length=1, max_length=200, description="The steps, in their order.")]
    slug: Slug | None = None
    date: Annotated[datetime.date, Meta(description="The day: 2026-11-24. Without it, the day it starts.")] | None = (
        None
    )
    start: TimeOfDay | None = None
    end: (
        Annotated[TimeOfDay, Meta(description="The end promised to the room; without it, start plus the durations.")]
        | None
    ) = None
    place: Annotated[Place, Meta(extra={"reads": "named"})] | None = None
    facilitator: Annotated[OneLine, Meta(description="Who leads the meeting.")] | None = None
    scribe: Annotated[OneLine, Meta(description="Who takes notes.")] | None = None
    members: Annotated[
        tuple[OneLine, ...],
        Meta(max_length=500, description="Who may come; without it, the members of facilitator.yaml."),
    ] = ()
    since: Annotated[OneLine, Meta(description="The meeting before: what was answered and done since.")] | None = None
    carried: Annotated[tuple[Carried, ...], Meta(max_length=200, description="Left open by earlier meetings.")] = ()
    language: Annotated[Literal["fr", "en"], Meta(description="The language of the documents.")] | None = None

    @property
    def planned_s(self) -> int:
        """The sum of the durations, in seconds, without the time in which hours are waited for."""
        return sum(step.duration for step in self.steps)

    def clock_at(self, elapsed_s: int) -> str | None:
        """The time of day so long after the start, `09:50`, over midnight if need be; None where no start is stated."""
        if self.start is None:
            return None
        hour, minute = map(int, self.start.split(":"))
        at = (hour * 60 + minute + elapsed_s // 60) % (DAY_S // 60)
        return f"{at // 60:02}:{at % 60:02}"


def step_said(titles: Mapping[int, str], said: str) -> int:
    """The step of this number, or of this title, else the one whose title begins so. Raises Refused."""
    if said.isascii() and said.isdigit():
        if int(said[:4]) in titles:
            return int(said[:4])
    else:
        wanted = fold_case(said).replace("\u2019", "'")
        folded = {step: fold_case(title).replace("\u2019", "'") for step, title in titles.items()}
        found = [step for step, title in folded.items() if title == wanted]
        found = found or [step for step, title in folded.items() if title.startswith(wanted)]
        if wanted and len(found) == 1:
            return found[0]
    raise Refused("no-step", step=said)
