"""The network that meets: who is in it, and the choices it has made once for all (`facilitator.yaml`)."""

# Annotations as they are, not as texts: msgspec would compile each of them before the first frame.
import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from facilitator.core.agenda import Level, Link, OneLine, Slug, TimeOfDay

Attribution = Literal["name", "structure", "none"]
Naming = Literal["initials", "none"]
Order = Literal["kind", "sequence"]
Section = Literal[
    "brief", "decided", "actions", "since", "questions", "wanted", "offered", "dates", "course", "put_off", "times", "evaluation", "present"
]  # fmt: skip
Language = Literal["fr", "en"]
# What a network does in a month.
Beat = Literal["meeting", "newsletter", "both", "nothing"]
Role = Literal["member", "employer", "partner", "authority"]
Security = Literal["starttls", "tls", "none"]
Host = Annotated[
    str,
    Meta(max_length=260, pattern=r"^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?$", extra={"reads": "line"}),
]
Word = Annotated[str, Meta(min_length=1, max_length=60, extra={"reads": "line"})]


class Member(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Someone of the network: who may come to a meeting, or whom to turn to. How to reach them is private and stands elsewhere."""

    name: Annotated[OneLine, Meta(description="As people call each other: Awa S.")]
    structure: Annotated[OneLine, Meta(description="Who employs them.")] | None = None
    role: Annotated[Role, Meta(description="What they are to the network.")] | None = None
    place: Annotated[OneLine, Meta(description="Where they work, and may host a meeting.")] | None = None
    knows: Annotated[tuple[Word, ...], Meta(max_length=30, description="Themes they can be asked about.")] = ()
    publics: Annotated[
        tuple[Word, ...], Meta(max_length=30, description="Whom they work with: seniors, young people.")
    ] = ()
    was: Annotated[tuple[OneLine, ...], Meta(max_length=10, description="Names they had in earlier minutes.")] = ()


class Channels(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the network speaks between meetings."""

    chat: Annotated[Link, Meta(description="The network's chat (Mattermost), where deferred questions go.")] | None = (
        None
    )
    form: Annotated[Link, Meta(description="A form or a page for the room, shown as a QR code.")] | None = None
    mail: Annotated[OneLine, Meta(description="The address that answers to newsletter questions go to.")] | None = None


class Pace(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How often people meet at a level of the network, and on what day."""

    pattern: Annotated[tuple[Beat, ...], Meta(max_length=12, description="What each month brings, in turn.")] = ()
    day: (
        Annotated[OneLine, Meta(description="The day of the meeting: 2e mardi, second Tuesday, dernier jeudi.")] | None
    ) = None


class Levels(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The rhythm of each level."""

    epci: Pace = Pace()
    departement: Pace = Pace()
    region: Pace = Pace()
    national: Pace = Pace()


class Calendar(Pace, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The meetings to come, and the rhythm that the network gave itself."""

    next_meeting: Annotated[datetime.date, Meta(description="The day of the next meeting.")] | None = None
    next_place: Annotated[OneLine, Meta(description="Where it will be held.")] | None = None
    next_start: Annotated[TimeOfDay, Meta(description="When it will begin.")] | None = None
    levels: Annotated[Levels, Meta(description="The rhythm of other levels, where it is stated.")] = Levels()


class Attributed(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How the minutes say who said it: by name, by who employs them, or not at all."""

    questions: Annotated[Attribution, Meta(description="Who asked a question.")] = "none"
    needs: Annotated[Attribution, Meta(description="Who needs or offers something.")] = "name"


Heading = Annotated[OneLine, Meta(description="The heading in the place of the usual one.")]


class Headings(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Headings of the network's own for sections of the minutes."""

    brief: Heading | None = None
    decided: Heading | None = None
    actions: Heading | None = None
    since: Heading | None = None
    questions: Heading | None = None
    wanted: Heading | None = None
    offered: Heading | None = None
    dates: Heading | None = None
    course: Heading | None = None
    put_off: Heading | None = None
    times: Heading | None = None
    evaluation: Heading | None = None
    present: Heading | None = None


class MinutesLook(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the minutes look like."""

    order: Annotated[Order, Meta(description="Gathered by kind of entry, or sequence by sequence.")] = "kind"
    headings: Headings = Headings()
    left_out: Annotated[tuple[Section, ...], Meta(description="Sections that are not written.")] = ()
    heading: Annotated[OneLine, Meta(description="What stands below the title.")] | None = None
    foot: Annotated[OneLine, Meta(description="What stands at the end.")] | None = None
    times: Annotated[bool, Meta(description="Whether the minutes hold the table of times.")] = False
    reread: Annotated[OneLine, Meta(description="Who reads the minutes again.")] | None = None


class Choices(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a network may set otherwise."""

    amber: Annotated[float, Meta(ge=0, le=1, description="Share of a step's time left at which it turns amber.")] = 0.2
    red: Annotated[float, Meta(ge=0, le=1, description="Share of a step's time left at which it turns red.")] = 0.05
    attribution: Attributed = Attributed()
    names: (
        Annotated[
            Naming,
            Meta(description="How people may be named in what goes out; what names them otherwise is shown before."),
        ]
        | None
    ) = None
    minutes: MinutesLook = MinutesLook()
    bell: Annotated[bool, Meta(description="Whether the terminal rings at a warning.")] = False
    flash: Annotated[bool, Meta(description="Whether the border of the clock flashes at a warning.")] = True
    room_overrun: Annotated[bool, Meta(description="Whether the room view shows an overrun as such.")] = False


class Neighbour(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A network of another level, whose digests are read."""

    network: Annotated[Slug, Meta(description="What its digests call it: roannais.")]
    level: Annotated[Level, Meta(description="Its level.")]
    digests: Annotated[OneLine, Meta(description="The folder of its digests, or that of its workspace.")] | None = None


class MailServer(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The server that takes mail. The password stands elsewhere, and is given to this host alone."""

    host: Annotated[Host, Meta(description="Its name, and its port if it is not the usual one.")] | None = None
    security: Annotated[Security, Meta(description="How what is said to it is kept from others.")] = "starttls"
    user: Annotated[OneLine, Meta(description="Who signs in there.")] | None = None
    sender: Annotated[OneLine, Meta(description="The address that mail comes from.")] | None = None


class Share(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How documents reach people."""

    commit: Annotated[bool, Meta(description="Whether the close commits the documents to git.")] = False
    account: Annotated[Slug, Meta(description="Which of this user's secrets are those of the network.")] | None = None
    mail: MailServer = MailServer()


class Network(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A network's settings; every key may be left out."""

    name: Annotated[OneLine, Meta(description="The name of the network.")] | None = None
    scale: Annotated[Level, Meta(description="The level of this network.")] | None = None
    language: Annotated[Language, Meta(description="The language of the documents.")] | None = None
    timezone: Annotated[OneLine, Meta(description="Europe/Paris; without it, the machine's.")] | None = None
    coordinator: (
        Annotated[OneLine, Meta(description="Who answers deferred questions unless another is named.")] | None
    ) = None
    licence: (
        Annotated[
            OneLine, Meta(description="Under which licence minutes and letters may be used again: said at their end.")
        ]
        | None
    ) = None
    members: Annotated[tuple[OneLine | Member, ...], Meta(max_length=500, description="Who may come.")] = ()
    perimeter: Annotated[tuple[OneLine, ...], Meta(max_length=200, description="The territory: said in digests.")] = ()
    levels: Annotated[tuple[Neighbour, ...], Meta(max_length=500, description="The networks above and below.")] = ()
    feeds: Annotated[tuple[OneLine, ...], Meta(max_length=50, description="RSS and Atom: addresses or files.")] = ()
    partners: Annotated[
        tuple[OneLine | Member, ...], Meta(max_length=500, description="Whom to turn to, outside the network.")
    ] = ()
    calendar: Calendar = Calendar()
    channels: Channels = Channels()
    choices: Choices = Choices()
    share: Share = Share()

    def people(self) -> tuple[Member, ...]:
        """The members, a bare name made a member without structure."""
        return tuple(map(_person, self.members))

    def others(self) -> tuple[Member, ...]:
        """The partners, in the same way."""
        return tuple(map(_person, self.partners))

    def pace(self) -> Pace:
        """The rhythm of the network itself: what its level has, else what the calendar says."""
        own: Pace = getattr(self.calendar.levels, self.scale) if self.scale else Pace()
        return own if own != Pace() else Pace(self.calendar.pattern, self.calendar.day)


def _person(said: str | Member) -> Member:
    return Member(name=said) if isinstance(said, str) else said
