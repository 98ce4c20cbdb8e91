"""From the start of the process to the first frame, in a terminal of 80 columns and 24 rows."""

from __future__ import annotations

from pathlib import Path

import pytest

import facilitator

from .claims import Claim, Ledger, interleaved, middle
from .floors import floor
from .meetings import FOOTER, PROGRAM, TITLE, Place, Room
from .screen import Screen

pytestmark = pytest.mark.benchmark

SHEET = Path(facilitator.__file__).parent / "tui" / "screens" / "meeting.tcss"
READY = "tout est là"
ENTRIES = 10
ROUNDS = 15


def first_frame_ms(room: Room, argv: list[str], *texts: str) -> float:
    with Screen(argv, environ=room.place.child_environ(), cwd=room.root) as screen:
        return (screen.shows(*texts) - screen.started) * 1000


def test_the_first_frame_of_a_meeting_is_as_soon_as_that_of_a_bare_program(place: Place, ledger: Ledger) -> None:
    room = place.meeting(ENTRIES)
    bare = floor("bare_meeting", str(SHEET), READY)

    def ours() -> float:
        return first_frame_ms(room, [*PROGRAM, "run"], TITLE, FOOTER)

    def floors() -> float:
        return first_frame_ms(room, bare, TITLE, READY)

    def measure() -> list[Claim]:
        interleaved(1, ours, floors)  # compiled, and in the system's memory
        figures, bares = interleaved(ROUNDS, ours, floors)
        return [Claim("first frame of a meeting", middle(figures), middle(bares), 1.2)]

    ledger.check(measure)
