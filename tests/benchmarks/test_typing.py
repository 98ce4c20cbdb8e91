"""A key is pressed: how soon its letter is on the screen, while the clocks run and the list is long."""

from __future__ import annotations

import random
import time

import pytest

from .claims import Claim, Ledger, middle, worst
from .floors import floor
from .meetings import FOOTER, PROGRAM, Place
from .screen import Screen

pytestmark = pytest.mark.benchmark

ENTRIES = 300
LINES = 20
# Letters that no screen shows otherwise: whatever holds one is the echo of its key.
LETTERS = "αβγδεζηθικλμνξο"
BACKSPACE = "\x7f"


def echo_ms(screen: Screen, letter: str) -> float:
    """The time until the letter has come back, at any moment of the clock's second."""
    time.sleep(random.uniform(0.02, 0.09))
    since = screen.size
    pressed = screen.type(letter)
    return (screen.shows(letter, since=since) - pressed) * 1000


def typed_ms(screens: list[Screen], lines: int = LINES) -> list[list[float]]:
    """The echoes of each screen, key by key in turn."""
    found: list[list[float]] = [[] for _ in screens]
    for _ in range(lines):
        for letter in LETTERS:
            for kept, screen in zip(found, screens, strict=True):
                kept.append(echo_ms(screen, letter))
        for screen in screens:
            screen.type(BACKSPACE * len(LETTERS))
            screen.settle(0.15)
    return found


def test_a_key_is_echoed_as_soon_as_in_a_bare_input(place: Place, ledger: Ledger) -> None:
    room = place.meeting(ENTRIES)
    environ = place.child_environ()

    def measure() -> list[Claim]:
        with (
            Screen([*PROGRAM, "run"], environ=environ, cwd=room.root) as ours,
            Screen(floor("bare_input"), environ=environ, cwd=room.root) as bare,
        ):
            ours.shows(FOOTER)
            bare.shows("ready)")
            time.sleep(1.5)
            ours.type("q")
            ours.settle(0.3)
            figures, floors = typed_ms([ours, bare])
        return [
            Claim("echo of a key, median", middle(figures), middle(floors), 1.5),
            Claim("echo of a key, 95th percentile", worst(figures), worst(floors), 3),
        ]

    ledger.check(measure)
