"""Numbers that were said and are others now, because somebody had claimed them before.

A number is said aloud: whoever heard the old one has to be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from facilitator.core.acts import Act
from facilitator.core.entry import Entry, read_label
from facilitator.core.meeting import Meeting
from facilitator.core.vocabulary import Kind


class Renumbered(Struct, frozen=True):
    """An entry as it stands, and the number that was said of it before."""

    entry: Entry
    said: int


def renumbered(before: Meeting, after: Meeting) -> list[Renumbered]:
    """The entries that have another number than before; quick where none has."""
    if after.renumbered is before.renumbered:
        return []
    both = (
        (before.entries.get(entry), after.entries.get(entry))
        for entry in dict.fromkeys([*before.renumbered, *after.renumbered])
    )
    return [Renumbered(new, old.number) for old, new in both if old and new and _differs(new, old.kind, old.number)]


def misheard(
    meeting: Meeting, acts: Iterable[Act], actor: str, heard: Mapping[str, str], name: tuple[Kind, int]
) -> list[Renumbered]:
    """The entries that a person heard under this kind and number, and that have another number now.

    What was caught or changed by that person was heard under the number that was claimed for it, unless `heard` says what
    was said of it since: entry ids to labels as `Q2`.
    """
    kind, number = name
    said = {entry: read_label(label) for entry, label in heard.items()}
    if meeting.renumbered:
        mine = (event for act in acts if act.actor == actor for event in act.events)
        about = {getattr(event, "entry", "") for event in mine} - set(said)
        said |= {entry: (kind, was) for entry, was in meeting.renumbered.items() if entry in about}
    found = [meeting.entries.get(entry) for entry, was in said.items() if was == name]
    return [Renumbered(entry, number) for entry in found if entry and _differs(entry, kind, number)]


def _differs(entry: Entry, kind: Kind, said: int) -> bool:
    return entry.kind == kind and entry.number != said
