"""Records: an entry as other programs read it. The shape of `entries --json` and `followups --json`."""

from __future__ import annotations

import datetime

from msgspec import Struct

from facilitator.core.entry import Entry, label
from facilitator.core.meeting import Evaluation, Meeting
from facilitator.core.said import Origin, Said
from facilitator.core.vocabulary import KINDS, OUTCOMES, Kind
from facilitator.core.zone import zone_of


class Record(Said, frozen=True, kw_only=True):
    """One entry. `number` is said aloud (`Q3`, empty for a note), `at` is ISO 8601 with offset, `step` a number from 1.

    `kind` is that of the command line: an individual need is a `need` with `private` true.
    """

    meeting: str
    kind: str
    number: str
    step: int | None = None
    at: str | None = None
    private: bool = False


class TimeRow(Struct, frozen=True):
    """The times of a step: whole minutes planned and spent, None when it was not reached; `step` counts from 1."""

    step: int
    planned: int
    actual: int | None


class StepRow(Struct, frozen=True):
    """A sequence that was not reached, or that comes from a meeting in which it was not: `minutes` planned, None when unsaid.

    `step` counts from 1; `origin` is where it comes from, its number there as `step-5`.
    """

    step: int
    title: str
    minutes: int | None
    reached: bool
    origin: Origin | None = None


class MeetingRow(Struct, frozen=True):
    """The meeting itself, as its minutes tell it; what they do not say is empty.

    `visitors` are names and who employs them (None: unsaid). `led` says which sequence, from 1, who led; `workshops` are the titles of
    those that were held. `answered` are the questions that were answered later, by their number, and on what day. `evaluation` is
    what the room said of the meeting.
    """

    title: str | None = None
    day: datetime.date | None = None
    place: str | None = None
    host: tuple[str, ...] = ()
    facilitator: tuple[str, ...] = ()
    scribe: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    visitors: tuple[tuple[str, str | None], ...] = ()
    led: tuple[tuple[int, str], ...] = ()
    workshops: tuple[str, ...] = ()
    answered: tuple[tuple[str, datetime.date], ...] = ()
    evaluation: Evaluation = Evaluation()


def records(meeting: Meeting, *, private: bool = True) -> list[Record]:
    """The entries of a meeting, kind by kind in the order of their numbers; `private` ones on demand."""
    entries = meeting.of_kind(*KINDS)
    return [record_of(meeting, entry) for entry in entries if private or not entry.private]


def record_of(meeting: Meeting, entry: Entry) -> Record:
    """One entry as a record."""
    setup = meeting.opened
    step = meeting.step_of(entry)
    return Record(
        meeting=meeting.id,
        kind=KINDS[entry.kind].asked or entry.kind,
        number=label(entry.kind, entry.number, setup.language),
        step=meeting.number_of(step) if step else None,
        at=iso(entry.at, setup.zone),
        private=entry.private,
        **{name: getattr(entry, name) for name in Said.__struct_fields__},
    )


def kind_of(record: Record) -> Kind:
    """The kind of the entry that a record is of."""
    own = [kind for kind, row in KINDS.items() if row.private and (row.asked or kind) == record.kind]
    return own[0] if own and record.private else next(kind for kind in KINDS if kind == record.kind)


def is_open(record: Record) -> bool:
    """Whether a record asks for a follow-up that is not done: a question until it is answered or dropped, too."""
    owed = record.outcome is None or OUTCOMES[record.outcome].owed
    return KINDS[kind_of(record)].followed and owed and not record.done


def iso(at: int, zone: str) -> str:
    """An instant (milliseconds UTC) as ISO 8601 with the offset of `zone`, to the second."""
    return datetime.datetime.fromtimestamp(at // 1000, tz=zone_of(zone)).isoformat()
