"""From the start of the process to the first frame, in a terminal of 80 columns and 24 rows."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from msgspec.structs import replace
from stage import standard_agenda

import facilitator
from facilitator.documents.agenda_writer import write_agenda

from .claims import Claim, Ledger, interleaved, middle
from .floors import floor
from .meetings import FOOTER, PROGRAM, STEP, TITLE, Place, Room
from .screen import Screen

pytestmark = pytest.mark.benchmark

SHEET = Path(facilitator.__file__).parent / "tui" / "screens" / "meeting.tcss"
READY = "tout est là"
# On the last row before a meeting has begun.
FIRST_FOOTER = " aide"
ENTRIES = 10
ROUNDS = 15


def first_frame_ms(room: Room, argv: list[str], *texts: str) -> float:
    with Screen(argv, environ=room.place.child_environ(), cwd=room.root) as screen:
        return (screen.shows(*texts) - screen.started) * 1000


def test_the_first_frame_of_a_meeting_is_as_soon_as_that_of_a_bare_program(place: Place, ledger: Ledger) -> None:
    """1.04 to 1.12 of a bare program's (goal 1.2), once 1.23 while much else ran; 1.45 leaves room for another machine."""
    room = place.meeting(ENTRIES)
    bare = floor("bare_meeting", str(SHEET), READY)

    def ours() -> float:
        return first_frame_ms(room, [*PROGRAM, "run"], STEP, FOOTER)

    def floors() -> float:
        return first_frame_ms(room, bare, TITLE, READY)

    def measure() -> list[Claim]:
        interleaved(1, ours, floors)  # compiled, and in the system's memory
        figures, bares = interleaved(ROUNDS, ours, floors)
        return [Claim("first frame of a meeting", middle(figures), middle(bares), 1.45)]

    ledger.check(measure)


def test_the_first_frame_of_an_agenda_is_as_soon_as_that_of_a_bare_program(place: Place, ledger: Ledger) -> None:
    """1.01 to 1.17 of a bare program's (goal 1.2), of which reading YAML is 0.08; 1.5 leaves room for another machine."""
    bare = floor("bare_meeting", str(SHEET), READY)
    agenda = write_agenda(replace(standard_agenda(), title=TITLE), language="fr")
    numbers = itertools.count()

    def folder() -> Room:
        root = place.folder / f"agenda-{next(numbers)}"
        root.mkdir()
        (root / "agenda.yaml").write_text(agenda, encoding="utf-8")
        return Room(place, root, "")

    def ours() -> float:
        return first_frame_ms(folder(), [*PROGRAM, "run", "agenda.yaml"], TITLE, FIRST_FOOTER)

    def floors() -> float:
        return first_frame_ms(folder(), bare, TITLE, READY)

    def measure() -> list[Claim]:
        interleaved(1, ours, floors)
        figures, bares = interleaved(ROUNDS, ours, floors)
        return [Claim("first frame of an agenda", middle(figures), middle(bares), 1.5)]

    ledger.check(measure)
