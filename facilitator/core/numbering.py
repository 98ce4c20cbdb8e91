"""Who keeps a number that was claimed twice.

A number is said aloud when it is claimed, so the first claim in the order of the journal keeps it.
A claim that lost takes the lowest number above its own that nobody ever claimed:
this rests on the claims alone, so what arrives later changes it only by claiming that very number.
An entry that was undone and brought back claims again when it is brought back.
"""

from __future__ import annotations

from collections.abc import Sequence

from facilitator.core.act import Act, Captured, Opened
from facilitator.core.entry import Kind
from facilitator.core.history import History


def settled_numbers(history: History, ordered: Sequence[Act]) -> dict[str, int]:
    """The number of each captured entry that counts, by entry id."""
    claimed = {(event.kind, event.number) for act in ordered for event in act.events if isinstance(event, Captured)}
    taken = set(_agenda_news(history.acts))
    claimed |= taken
    claims = [
        (entry_frozen, history.redone.get(act.id, place), event)
        for place, act in enumerate(history.acts)
        for event in act.events
        if isinstance(event, Captured) and event.number
        for entry_frozen in (event.entry not in history.frozen,)
    ]
    claims.sort(key=lambda claim: claim[:2])
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


def _agenda_news(acts: Sequence[Act]) -> list[tuple[Kind, int]]:
    """The numbers that the agenda's own news hold from the start."""
    opening = next((event for act in acts for event in act.events if isinstance(event, Opened)), None)
    items = sum(len(step.items) for step in opening.setup.agenda.steps) if opening else 0
    return [("news", number) for number in range(1, items + 1)]
