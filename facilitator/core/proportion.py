"""Sharing time out among steps: in proportion, in whole minutes where it can be, and never unfair in a surprising way.

The time is handed out in a fixed order of small pieces, so a little more of it never gives anyone less.
"""

from __future__ import annotations

from collections.abc import Sequence

MINUTE_S = 60


def fill(
    floors: Sequence[int],
    tops: Sequence[int],
    amount: int,
    weights: Sequence[int] | None = None,
    ranks: Sequence[int] | None = None,
) -> list[int]:
    """Seconds for each, `amount` in all: at least its floor, at most its top, in between in proportion to its weight.

    Without `weights` each weighs its top. With `ranks`, those of a lower one reach their tops before others are given anything. An amount outside the bounds is brought inside.
    All but one of the results that lie between their bounds are whole minutes.
    Monotone: a larger amount makes none of them smaller.
    """
    results = [min(floor, top) for floor, top in zip(floors, tops, strict=True)]
    left = min(amount, sum(tops)) - sum(results)
    for place, piece in _pieces(results, tops, weights or tops, ranks or [0] * len(results)):
        if left <= 0:
            break
        taken = min(piece, left)
        results[place] += taken
        left -= taken
    return results


def _pieces(
    floors: Sequence[int], tops: Sequence[int], weights: Sequence[int], ranks: Sequence[int]
) -> list[tuple[int, int]]:
    """What lies between the bounds, cut at whole minutes, in the order it is handed out: whose, and how many seconds."""
    found: list[tuple[int, float, int, int]] = []
    for place, (floor, top, weight, rank) in enumerate(zip(floors, tops, weights, ranks, strict=True)):
        start = floor
        while start < top:
            end = min(top, (start // MINUTE_S + 1) * MINUTE_S)
            # A piece goes to whoever is least served when half of it is given; equal ratios divide to equal floats.
            found.append((rank, (start + end) / (2 * max(1, weight)), place, end - start))
            start = end
    found.sort(key=lambda piece: piece[:3])
    return [(place, seconds) for _, _, place, seconds in found]
