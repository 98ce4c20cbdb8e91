"""Who keeps a number that was claimed twice.

A number is said aloud when it is claimed, so the first claim in the order of the journal keeps it.
A claim that lost takes the lowest number above its own that nobody ever claimed:
this rests on the claims alone, so what arrives later changes it only by claiming that very number.
An entry that was undone and brought back claims again when it is brought back.
What a close froze was printed: nobody else ever has it, not even when the entry was undone since.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from facilitator.core.act import Act, Captured, Opened
from facilitator.core.entry import Kind
from facilitator.core.history import History


def settled_numbers(history: History, ordered: Sequence[Act], void: Container[str] = ()) -> dict[str, int]:
    """The number of each captured entry that counts, by entry id; acts whose ids are in `void` claim nothing."""
    claimed = {(event.kind, event.number) for _, event in _captures(ordered)}
    claims = [
        (event.entry not in history.frozen, history.redone.get(act.id, act.order), event)
        for act, event in _captures(history.acts)
        if event.number and act.id not in void
    ]
    claims.sort(key=lambda claim: claim[:2])
    live = {event.entry for _, _, event in claims}
    taken = {*_agenda_news(history.acts), *frozen_numbers(history, ordered, live)}
    numbers: dict[str, int] = {}
    lost: list[Captured] = []
    for _, _, event in claims:
        number = history.frozen.get(event.entry, event.number)
        if (event.kind, number) in taken:
            lost.append(event)
        else:
            numbers[event.entry] = number
            taken.add((event.kind, number))
    for event in lost:
        number = event.number
        while (event.kind, number) in taken or (event.kind, number) in claimed:
            number += 1
        numbers[event.entry] = number
        taken.add((event.kind, number))
    return numbers


def frozen_numbers(history: History, ordered: Sequence[Act], without: Container[str] = ()) -> set[tuple[Kind, int]]:
    """The numbers that closes froze, but for those of the entries `without`."""
    frozen = history.frozen
    return {
        (event.kind, frozen[event.entry])
        for _, event in _captures(ordered)
        if event.entry in frozen and event.entry not in without
    }


def _captures(acts: Iterable[Act]) -> list[tuple[Act, Captured]]:
    return [(act, event) for act in acts for event in act.events if isinstance(event, Captured)]


def _agenda_news(acts: Sequence[Act]) -> list[tuple[Kind, int]]:
    """The numbers that the agenda's own news hold from the start."""
    opening = next((event for act in acts for event in act.events if isinstance(event, Opened)), None)
    items = sum(len(step.items) for step in opening.setup.agenda.steps) if opening else 0
    return [("news", number) for number in range(1, items + 1)]
