"""What is private of a person in the acts of a closed meeting, and the same acts without it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, cast

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import replace

from facilitator.core.acts import (
    Act,
    AnyEvent,
    Attend,
    Captured,
    Edited,
    EndRound,
    HandedOver,
    KindChanged,
    Open,
    RoundPassed,
    RoundStarted,
    Send,
    Tombstone,
    Unattend,
)
from facilitator.core.event import Event
from facilitator.core.network import Attributed
from facilitator.core.people import attribution_of
from facilitator.core.said import Said
from facilitator.core.since import Brought
from facilitator.core.text import fold_case
from facilitator.core.vocabulary import KINDS, OUTCOMES, Kind

_ROUND = (RoundStarted, RoundPassed, EndRound)


def names(person: str, said: str | None) -> bool:
    """Whether a text names a person by their whole name, whatever the accents and the case."""
    if not said:
        return False
    return re.search(rf"(?<!\w){re.escape(fold_case(person))}(?!\w)", fold_case(said)) is not None


def is_about(person: str, said: Said) -> bool:
    """Whether something that was said names a person anywhere."""
    return _says(said, person)


def without(acts: Sequence[Act], person: str) -> list[Act]:
    """The acts that change when what is private of a person is deleted, as they are then: a tombstone in place of each event.

    Private are what they asked for individually and whatever became of it, when they came and went, their speaking rounds (the
    whole of each: the times of the others rest on theirs), what they led by a handover, and who asked what the minutes do not sign.
    """
    hidden = _hidden(acts, person)
    events = [event for act in acts for event in act.events]
    wanted = next((event.setup.choices.attribution for event in events if isinstance(event, Open)), Attributed())
    rounds = any(_says(event, person) for event in events if isinstance(event, _ROUND))
    kinds: dict[str, Kind] = {}
    changed = []
    for act in acts:
        left = tuple(_without(event, person, hidden, kinds, wanted, rounds=rounds) for event in act.events)
        if left != act.events:
            changed.append(replace(act, events=cast("tuple[AnyEvent, ...]", left)))
    return changed


def _without(  # noqa: PLR0913  # what an event is judged by, by name
    event: Event, person: str, hidden: set[str], kinds: dict[str, Kind], wanted: Attributed, *, rounds: bool
) -> Event:
    entry = getattr(event, "entry", None)
    if entry in hidden or (rounds and isinstance(event, _ROUND)):
        return Tombstone()
    if isinstance(event, Open):
        since = event.setup.since
        carried = tuple(_unsigned(one, person, wanted) for one in since.carried)
        return replace(event, setup=replace(event.setup, since=replace(since, carried=carried)))
    if isinstance(event, Attend | Unattend):
        return Tombstone() if names(person, event.name) else event
    if isinstance(event, HandedOver):
        return replace(event, to=None) if names(person, event.to) else event
    if isinstance(event, Captured):
        kinds[event.entry] = event.kind
    if isinstance(event, KindChanged):
        kinds[event.entry] = event.kind
    if isinstance(event, Captured | Edited) and isinstance(event.fields.by, str) and names(person, event.fields.by):
        shown = attribution_of(kinds.get(event.entry, "note"), wanted) == "name"
        return event if shown else replace(event, fields=replace(event.fields, by=UNSET))
    return event


def _unsigned(brought: Brought, person: str, wanted: Attributed) -> Brought:
    """What an earlier meeting left, without who asked it where they are this person and the minutes do not sign it."""
    by = brought.fields.by
    if not isinstance(by, str) or not names(person, by) or attribution_of(brought.kind, wanted) == "name":
        return brought
    return replace(brought, fields=replace(brought.fields, by=UNSET))


def _hidden(acts: Iterable[Act], person: str) -> set[str]:
    """The entries that are or were private and in which this person is named."""
    private: set[str] = set()
    about: set[str] = set()
    for act in acts:
        for event in act.events:
            entry = getattr(event, "entry", None)
            if not isinstance(entry, str):
                continue
            if isinstance(event, Captured | KindChanged) and KINDS[event.kind].private:
                private.add(entry)
            if isinstance(event, Send) and OUTCOMES[event.to].private:
                private.add(entry)
            if _says(event, person):
                about.add(entry)
    return private & about


def _says(said: Struct, person: str) -> bool:
    return any(names(person, text) for text in _texts(msgspec.to_builtins(said)))


def _texts(value: Any) -> Iterable[str]:  # noqa: ANN401  # any JSON
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
