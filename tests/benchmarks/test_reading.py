"""A long journal is read: every line checked, decided on and folded."""

from __future__ import annotations

import gc
import json
import time
from pathlib import Path

import pytest

from facilitator.core.acts import Act, Answer, Command, Edit, Pause, Resume, Send, Support
from facilitator.core.fold import Replay
from facilitator.core.said import Fields
from facilitator.meetings.session import Session
from facilitator.store.framing import frame_act
from facilitator.store.journal import Journal

from .claims import Claim, Ledger, interleaved, middle
from .meetings import Place, capture, further

pytestmark = pytest.mark.benchmark

ACTS = 20_000
ROUNDS = 9
# Of twenty acts: mostly captures, as in a meeting, and everything that people do to them.
TURN = 20


def led(session: Session, number: int) -> Command:
    """What is done next at a long meeting."""
    entries = session.replay.meeting
    question = entries.labels.get(("question", max(1, entries.highest.get("question", 1))))
    place = number % TURN
    if question is None or place < TURN - 7:
        return capture(number)
    return {
        0: Support(question),
        1: Edit(question, Fields(theme="droits")),
        2: Answer(question, "Oui, la communauté de communes la prend en charge."),
        3: Pause(),
        4: Resume(),
        5: Send(question, "newsletter"),
        6: capture(number, "question"),
    }[place - (TURN - 7)]


def written(place: Place) -> Path:
    """The folder of a journal of so many acts; the acts are in one file, as a terminal writes them."""
    room = place.meeting(0)
    session = room.join()
    acts: list[Act] = list(session.replay.acts)
    while len(acts) < ACTS:
        act = further(session, led(session, len(acts)))
        session.replay.add([act])
        acts.append(act)
    assert not session.meeting.void
    session.leave()
    for path in room.folder.glob("*.jsonl"):
        path.unlink()
    (room.folder / "long.jsonl").write_bytes(b"".join(frame_act(act) for act in acts))
    return room.folder


def timed_ms(start: float) -> float:
    return (time.perf_counter() - start) * 1000


def test_a_journal_of_twenty_thousand_acts_is_folded_about_as_soon_as_its_json_is_parsed(
    place: Place, ledger: Ledger
) -> None:
    folder = written(place)

    def ours() -> float:
        gc.collect()
        start = time.perf_counter()
        replay = Replay(Journal(folder, writer="reader").read())
        spent = timed_ms(start)
        assert len(replay.acts) == ACTS
        return spent

    def parsed() -> float:
        gc.collect()
        start = time.perf_counter()
        values = [json.loads(line) for line in (folder / "long.jsonl").read_bytes().splitlines()]
        spent = timed_ms(start)
        assert len(values) == ACTS
        return spent

    def measure() -> list[Claim]:
        interleaved(1, ours, parsed)
        figures, floors = interleaved(ROUNDS, ours, parsed)
        return [Claim("20,000 acts read, checked, folded / json.loads", middle(figures), middle(floors), 1.3)]

    ledger.check(measure)
