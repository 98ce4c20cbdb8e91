"""A capture from the command line: the whole process, from its start to its end."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable

import pytest

from .claims import Claim, Ledger, interleaved, middle
from .meetings import PROGRAM, Place, Room

pytestmark = pytest.mark.benchmark

ROUNDS = 25
FEW, MANY = 10, 300


def timed_ms(room: Room, argv: list[str]) -> float:
    start = time.perf_counter()
    room.run(argv)
    return (time.perf_counter() - start) * 1000


def adding(room: Room) -> Callable[[], float]:
    """Adds a note to the meeting as it was in the beginning: it does not grow while it is measured."""
    room.command("add", "note", "x")  # the file of the commands is there from the first one on
    kept = room.place.folder / f"{room.root.name}.kept"
    shutil.copytree(room.root, kept)

    def add() -> float:
        shutil.rmtree(room.root)
        shutil.copytree(kept, room.root)
        return timed_ms(room, [*PROGRAM, "add", "note", "x", "--workspace", str(room.root)])

    return add


def test_a_capture_costs_a_few_starts_of_python_however_many_entries_there_are(place: Place, ledger: Ledger) -> None:
    few, many = place.meeting(FEW), place.meeting(MANY)
    add_few, add_many = adding(few), adding(many)

    def python() -> float:
        return timed_ms(few, [sys.executable, "-c", "pass"])

    def measure() -> list[Claim]:
        interleaved(1, add_few, add_many, python)
        of_few, of_many, of_python = interleaved(ROUNDS, add_few, add_many, python)
        return [
            Claim("`add` / `python -c pass`", middle(of_few), middle(of_python), 7),
            Claim("`add` with 300 entries / with 10", middle(of_many), middle(of_few), 1.25),
        ]

    ledger.check(measure)
