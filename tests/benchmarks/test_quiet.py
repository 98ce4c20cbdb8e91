"""Nobody types: what the clocks cost, on the line and on the processor."""

from __future__ import annotations

import time

import pytest

from .claims import Claim, Ledger
from .floors import floor
from .meetings import FOOTER, PROGRAM, PROGRESS, Place
from .screen import Screen

pytestmark = pytest.mark.benchmark

ENTRIES = 300
# Long enough for the draft of the minutes to have been written: from then on only time passes.
SETTLING_S = 18.0
LISTENING_S = 24.0
# A frame that paints half of the screen is a full repaint, whatever it was meant as.
FULL = 0.5


class Listening:
    """What a screen sends and spends between now and `stop`."""

    def __init__(self, screen: Screen) -> None:
        self._screen = screen
        self._from = screen.size
        self._cpu = screen.cpu_s()
        self._at = time.perf_counter()

    def stop(self) -> None:
        """Count."""
        seconds = time.perf_counter() - self._at
        frames = self._screen.frames(self._from)
        self.bytes_s = (self._screen.size - self._from) / seconds
        self.cpu_ms_s = (self._screen.cpu_s() - self._cpu) * 1000 / seconds
        self.frames_s = len(frames) / seconds
        self.full = sum(cells >= FULL * self._screen.cells for cells in frames) + self._screen.erased(self._from)


def listen(*screens: Screen) -> list[Listening]:
    """Listen to all of them at the same time."""
    time.sleep(SETTLING_S)
    found = [Listening(screen) for screen in screens]
    time.sleep(LISTENING_S)
    for listening in found:
        listening.stop()
    return found


def test_a_meeting_that_nobody_types_in_costs_hardly_more_than_a_clock(place: Place, ledger: Ledger) -> None:
    """The processor: 1.18 to 1.27 of a bare clock's (goal 1.3); 1.55 leaves room for another machine."""
    room = place.meeting(ENTRIES)
    environ = place.child_environ()

    def measure() -> list[Claim]:
        with (
            Screen([*PROGRAM, "run"], environ=environ, cwd=room.root) as ours,
            Screen(floor("bare_clock"), environ=environ, cwd=room.root) as bare,
        ):
            ours.shows(FOOTER)
            meeting, clock = listen(ours, bare)
        return [
            Claim("meeting, bytes a second", meeting.bytes_s, clock.bytes_s, 0.7, "B/s"),
            Claim("meeting, processor", meeting.cpu_ms_s, clock.cpu_ms_s, 1.55, "ms/s"),
            Claim("meeting, frames a second", meeting.frames_s, clock.frames_s, 1.1, "1/s"),
            Claim("meeting, full repaints between ticks", meeting.full, 0, 0, ""),
        ]

    ledger.check(measure)


def test_the_room_view_on_a_large_screen_costs_a_few_clocks(place: Place, ledger: Ledger) -> None:
    room = place.meeting(ENTRIES)
    environ = place.child_environ()

    def measure() -> list[Claim]:
        with (
            Screen([*PROGRAM, "room"], environ=environ, cwd=room.root, columns=200, rows=50) as ours,
            Screen(floor("bare_clock"), environ=environ, cwd=room.root) as bare,
            Screen(floor("bare_figures", "3"), environ=environ, cwd=room.root, columns=200, rows=50) as alike,
        ):
            ours.shows(PROGRESS)
            view, clock, large = listen(ours, bare, alike)
        return [
            Claim("room view at 200x50, bytes a second", view.bytes_s, clock.bytes_s, 3, "B/s"),
            Claim("room view, against a clock of the same figures", view.bytes_s, large.bytes_s, 1.5, "B/s"),
            Claim("room view, full repaints between ticks", view.full, 0, 0, ""),
        ]

    ledger.check(measure)
