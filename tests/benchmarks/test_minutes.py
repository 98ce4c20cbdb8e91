"""Minutes of a long meeting are written and read back: beside what a bare parse of the same text takes."""

from __future__ import annotations

import datetime
import itertools
import time
from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt

from facilitator.core.vocabulary import Kind, Outcome
from facilitator.documents.minutes.entry import MinutesEntry, MinutesToWrite, StepToWrite
from facilitator.documents.minutes.reader import read_minutes
from facilitator.documents.minutes.writer import write_minutes

from .claims import Claim, Ledger, interleaved, middle

pytestmark = pytest.mark.benchmark

ENTRIES = 200
ROUNDS = 15
DAY = datetime.date(2026, 11, 24)
KINDS: tuple[Kind, ...] = ("question", "note", "need", "action", "decision", "news", "note", "resource")
OUTCOMES: tuple[Outcome, ...] = ("answered", "mattermost", "newsletter", "next", "relay")
SAID = "Faut-il un mandat écrit pour faire une démarche à la place de quelqu’un, « même » pour une impression ?"


def _entry(number: int) -> MinutesEntry:
    kind = KINDS[number % len(KINDS)]
    question = kind == "question"
    outcome = OUTCOMES[number // len(KINDS) % len(OUTCOMES)] if question else None
    return MinutesEntry(
        kind=kind,
        number=0 if kind == "note" else number + 1,
        text=f"{SAID} ({number})",
        by="Awa Diallo" if kind == "need" else None,
        owners=("Nora Lefèvre", "Fatou Sarr") if kind == "action" else (),
        due=DAY + datetime.timedelta(days=number % 60) if kind == "action" else None,
        theme=None if kind == "note" else "droits",
        link="https://example.org/page" if kind in ("news", "resource") else None,
        outcome=outcome,
        answer="Oui, sauf par Aidants Connect, qui en tient lieu." if outcome == "answered" else None,
        step=number % 5 + 1,
    )


MEETING = MinutesToWrite(
    meeting="2026-11-24-reseau",
    title="Rencontre du réseau",
    day=DAY,
    zone="Europe/Paris",
    language="fr",
    steps=tuple(StepToWrite(number, "free", f"Séquence {number}", 20, 22) for number in range(1, 6)),
    entries=tuple(map(_entry, range(ENTRIES))),
    coordinator="Claire Dumas",
    present=tuple(f"Personne {letter}" for letter in "ABCDEFGHIJKLMNOPQRST"),
)


def _spent(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1_000


def test_two_hundred_entries_are_written_and_read_back_in_the_time_of_two_parses(ledger: Ledger) -> None:
    """Written in at most twice, read back in at most one and a half times what markdown-it-py takes to parse the text."""
    text = write_minutes(MEETING)
    assert len(read_minutes(text).entries) == ENTRIES
    others = (f"{text}\n{number}\n" for number in itertools.count())  # one that was just read would be remembered
    parse = MarkdownIt("commonmark").enable("table").parse

    def measure() -> list[Claim]:
        floor, written, read = (
            middle(times)
            for times in interleaved(
                ROUNDS,
                lambda: _spent(lambda: parse(text)),
                lambda: _spent(lambda: write_minutes(MEETING)),
                lambda: _spent(lambda: read_minutes(next(others))),
            )
        )
        return [
            Claim("minutes of 200 entries written, beside a parse", written, floor, 2),
            Claim("minutes of 200 entries read back, beside a parse", read, floor, 1.5),
        ]

    ledger.check(measure)
