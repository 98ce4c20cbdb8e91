"""What is done in one place is seen in the others."""

from __future__ import annotations

import json
import random
import time

import pytest

from .claims import Claim, Ledger, worst
from .meetings import FOOTER, PROGRAM, STEP, Place, Room
from .screen import Screen

pytestmark = pytest.mark.benchmark

ENTRIES = 40
ROUNDS = 30
HALF_A_SECOND_MS = 500.0


def seen_ms(room: Room, screen: Screen, number: int) -> float:
    """The time from the end of another process's `add` to its text on the screen."""
    time.sleep(random.uniform(0, 0.4))
    text = f"venu{number}ailleurs"
    since = screen.size
    room.command("add", "decision", text)
    done = time.perf_counter()
    return max(0.0, screen.shows(text, since=since) - done) * 1000


@pytest.mark.parametrize(("words", "rows"), [("run", 24), ("room", 24)])
def test_screens_show_what_a_command_did_within_half_a_second(
    place: Place, ledger: Ledger, words: str, rows: int
) -> None:
    room = place.meeting(ENTRIES)

    def measure() -> list[Claim]:
        with Screen(
            [*PROGRAM, words], environ=place.child_environ(), cwd=room.root, columns=4 * rows, rows=rows
        ) as screen:
            screen.shows(STEP)
            time.sleep(1)
            seen = [seen_ms(room, screen, number) for number in range(ROUNDS)]
        return [Claim(f"`add` seen by `{words}`, 95th percentile / 0.5 s", worst(seen), HALF_A_SECOND_MS, 1)]

    ledger.check(measure)


def test_a_command_sees_what_a_screen_says_is_saved(place: Place) -> None:
    room = place.meeting(ENTRIES)
    with Screen([*PROGRAM, "run"], environ=place.child_environ(), cwd=room.root) as screen:
        screen.shows(FOOTER)
        time.sleep(0.5)
        screen.type("q")
        screen.settle(0.3)
        for number in range(ROUNDS // 3):
            text = f"dit{number}ici"
            screen.type(text)
            screen.settle(0.15)
            since = screen.size
            screen.type("\r")
            screen.shows("✓ ", text, since=since)
            known = json.loads(room.command("entries", "--json"))
            assert text in [entry["text"] for entry in known]
