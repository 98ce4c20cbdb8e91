"""Records of a meeting: its entries as other programs read them."""

from __future__ import annotations

import datetime

from facilitator.core.entry import KINDS, Entry, label
from facilitator.core.meeting import Meeting
from facilitator.core.record import Record
from facilitator.core.zone import zone_of


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
        kind="need" if entry.kind == "individual" else entry.kind,
        number=label(entry.kind, entry.number, setup.language),
        text=entry.text,
        by=entry.by,
        owners=entry.owners,
        due=entry.due,
        theme=entry.theme,
        link=entry.link,
        type=entry.type,
        deadline=entry.deadline,
        outcome=entry.outcome,
        answer=entry.answer,
        same=entry.same,
        step=meeting.number_of(step) if step else None,
        at=iso(entry.at, setup.zone),
        done=entry.done,
        private=entry.private,
        level=entry.level,
        offer=entry.offer,
        answer_link=entry.answer_link,
    )


def is_open(record: Record) -> bool:
    """Whether a record asks for a follow-up that is not done.

    Actions, needs, and questions that were neither answered nor dropped.
    """
    if record.done:
        return False
    if record.kind == "question":
        return record.outcome not in ("answered", "drop")
    return record.kind == "action" or (record.kind == "need" and record.private)


def iso(at: int, zone: str) -> str:
    """An instant (milliseconds UTC) as ISO 8601 with the offset of `zone`, to the second."""
    return datetime.datetime.fromtimestamp(at // 1000, tz=zone_of(zone)).isoformat()
