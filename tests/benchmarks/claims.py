"""A claim: a figure, the floor it is compared with, and the ratio it may not pass."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """`figure` may be `limit` times `floor` at most; both in `unit`."""

    name: str
    figure: float
    floor: float
    limit: float
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """How many times the floor it is; a floor of nothing is only matched by nothing."""
        if self.floor:
            return self.figure / self.floor
        return 0.0 if not self.figure else float("inf")

    @property
    def holds(self) -> bool:
        """Whether the limit is kept."""
        return self.ratio <= self.limit

    def __str__(self) -> str:
        figures = f"{_short(self.figure)} / {_short(self.floor)} {self.unit}".rstrip()
        over = "" if self.holds else "  OVER"
        return f"{self.name}: {figures} = {self.ratio:.2f} (≤ {self.limit:.3g}){over}"


# Another program on the machine spoils a ratio; a limit that four measurements in a row miss is missed.
MEASUREMENTS = 4


class Ledger:
    """The claims of one run."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.again: dict[str, int] = {}

    def check(self, measure: Callable[[], Iterable[Claim]]) -> None:
        """Measure, print and keep the claims; measured again, and said, while one is over its limit, up to `MEASUREMENTS`."""
        found: list[Claim] = []
        for attempt in range(1, MEASUREMENTS + 1):
            found = list(measure())
            over = [claim for claim in found if not claim.holds]
            if not over:
                break
            print(f"\nmeasurement {attempt} of at most {MEASUREMENTS} is over:", *over, sep="\n  ")
            for claim in over:
                self.again[claim.name] = attempt + 1
        print("", *found, sep="\n")
        self.claims += found
        assert [str(claim) for claim in found if not claim.holds] == []

    def table(self) -> Iterable[str]:
        """A line for each claim."""
        width = max((len(claim.name) for claim in self.claims), default=0)
        for claim in self.claims:
            figures = f"{_short(claim.figure):>9} / {_short(claim.floor):>9} {claim.unit:<5}"
            state = "" if claim.holds else "  OVER THE LIMIT"
            attempt = self.again.get(claim.name)
            again = f"  (measurement {min(attempt, MEASUREMENTS)})" if attempt else ""
            yield f"{claim.name:<{width}} {figures} = {claim.ratio:6.3g} (≤ {claim.limit:.3g}){state}{again}"


def interleaved(rounds: int, *measures: Callable[[], float]) -> list[list[float]]:
    """What each gives, over so many rounds, by turns: what else the machine does hits all of them alike."""
    found: list[list[float]] = [[] for _ in measures]
    for _ in range(rounds):
        for kept, measure in zip(found, measures, strict=True):
            kept.append(measure())
    return found


def middle(figures: Sequence[float]) -> float:
    """The median."""
    return statistics.median(figures)


def worst(figures: Sequence[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(figures, n=20, method="inclusive")[-1]


def _short(figure: float) -> str:
    return f"{figure:.0f}" if figure >= 1000 else f"{figure:.4g}"
