"""Who keeps a number that was claimed twice.

A number is said aloud when it is claimed, so the first claim in the order of the journal keeps it.
A claim that lost takes the lowest number above its own that nobody ever claimed:
this rests on the claims alone, so what arrives later changes it only by claiming that very number.
An entry claims when it is captured and whenever its kind changes; taken away, it keeps what it claimed.
An act that was undone and brought back claims again when it is brought back.
What a close froze was printed: nobody else ever has it, not even when the entry was undone since.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from facilitator.core.acts import Act, Captured, KindChanged, Open
from facilitator.core.acts.opening import carried_entries
from facilitator.core.folding import Claim
from facilitator.core.history import History, Order
from facilitator.core.vocabulary import Kind


def settled_numbers(history: History, ordered: Sequence[Act], void: Container[str] = ()) -> dict[Claim, int]:
    """The numbers of the claims that count and have another than they claim; acts whose ids are in `void` claim nothing."""
    claimed = {claim[1:] for _, claim in _claims(ordered)}
    claims = [(act, claim) for act, claim in _claims(history.acts) if claim[2] and act.id not in void]
    claims.sort(key=lambda one: history.redone.get(one[0].id, one[0].order))
    numbers: dict[Claim, int] = {}
    for entry, kind, number, place in _printed(history, ordered):
        had = [(act.order, claim) for act, claim in claims if claim[:2] == (entry, kind) and act.order < place]
        if had:
            numbers[max(had)[1]] = number
    taken = frozen_numbers(history, ordered) - {(claim[1], number) for claim, number in numbers.items()}
    taken |= _from_the_start(history.acts)
    lost: list[Claim] = []
    # Two may have changed an entry alike, and it keeps the number that both claimed for it.
    for claim in sorted(dict.fromkeys(claim for _, claim in claims), key=lambda claim: claim not in numbers):
        said = claim[1], numbers.get(claim, claim[2])
        if said in taken:
            lost.append(claim)
        taken.add(said)
    for claim in lost:
        _, kind, number = claim
        while (kind, number) in taken or (kind, number) in claimed:
            number += 1
        numbers[claim] = number
        taken.add((kind, number))
    return numbers


def frozen_numbers(history: History, ordered: Sequence[Act]) -> set[tuple[Kind, int]]:
    """The numbers that closes froze."""
    return {(kind, number) for _, kind, number, _ in _printed(history, ordered)}


def _printed(history: History, ordered: Sequence[Act]) -> list[tuple[str, Kind, int, Order]]:
    """What closes froze: the entry, its kind by then, its number, the place of the close."""
    captured = {event.entry: event.kind for act in ordered for event in act.events if isinstance(event, Captured)}
    kinds = ((one, one.kind or captured.get(one.entry)) for one in history.frozen)
    return [(one.entry, kind, one.number, one.order) for one, kind in kinds if kind is not None]


def _claims(acts: Iterable[Act]) -> list[tuple[Act, Claim]]:
    return [
        (act, (event.entry, event.kind, event.number))
        for act in acts
        for event in act.events
        if isinstance(event, Captured | KindChanged)
    ]


def _from_the_start(acts: Sequence[Act]) -> set[tuple[Kind, int]]:
    """The numbers that the agenda's own news, and what was carried over, hold from the start."""
    opening = next((event for act in acts for event in act.events if isinstance(event, Open)), None)
    if opening is None:
        return set()
    items = sum(len(step.items) for step in opening.setup.agenda.steps)
    news: set[tuple[Kind, int]] = {("news", number) for number in range(1, items + 1)}
    return news | {(entry.kind, entry.number) for entry in carried_entries(opening.setup)}
