"""Huge inputs: bounded in time and memory, nothing lost that was taken."""

from __future__ import annotations

import resource
import time

import msgspec
import pytest

from facilitator.core.acts import Capture, Send
from facilitator.core.capture import read_line
from facilitator.core.fold import Replay
from facilitator.core.refusal import Refused
from facilitator.core.said import Fields
from facilitator.core.text import MAX_TEXT, normalise
from facilitator.meetings import publishing as publish
from facilitator.store.framing import frame_act

from .harness import MEMBERS, Table, capture, texts

pytestmark = pytest.mark.fault(27)

MILLION = {
    "x": "x" * 5_000_000,
    "escapes": "\x1b]0;" * 1_000_000,
    "brackets": "[" * 100_000,
    "at signs": "@a " * 300_000,
    "hashes": "#a " * 300_000,
    "due": "pour le 12 " * 100_000,
    "links": "https://a.b/ " * 100_000,
    "accents": "e\u0301" * 500_000,
    "newlines": "\n" * 1_000_000,
    "spaces": " " * 1_000_000 + "x",
    "arrows": "-> " * 200_000,
}


def _limited(seconds: float = 10) -> float:
    return time.process_time() + seconds


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", MILLION)
def test_five_megabytes_are_normalised_in_linear_time(name: str) -> None:
    """A paste that nobody meant."""
    until = _limited(3)
    text = normalise(MILLION[name]).text
    assert time.process_time() < until
    assert normalise(text).text == text


@pytest.mark.sampled(3)
@pytest.mark.parametrize("name", MILLION)
def test_the_longest_line_that_is_taken_is_read_at_once(table: Table, name: str) -> None:
    """The capture line is taken apart within a tenth of a second, at the limit of a text."""
    text = normalise(MILLION[name]).text[:MAX_TEXT] or "x"
    for kind in ("question", "action", "note"):
        began = time.process_time()
        line = read_line(text, kind=kind, members=MEMBERS, today=table.today, next_meeting=None)
        assert time.process_time() - began < 0.5
        assert line.fields.text


def test_a_text_above_the_limit_is_refused_and_nothing_of_it_is_written(table: Table) -> None:
    """Exit 1, a sentence of one line, not the five megabytes again."""
    session = table.open()
    before = sum(path.stat().st_size for path in session.folder.iterdir())
    with pytest.raises(Refused, match="text-too-long"):
        session.act(Capture("question", Fields(text=MILLION["x"])))
    session.leave()
    done = table.run("add", "question", "-", stdin=MILLION["x"]).clean()
    assert done.code == 1
    assert len(done.said) < 500
    assert sum(path.stat().st_size for path in session.folder.iterdir() if path.suffix == ".jsonl") == before


@pytest.mark.slow
def test_twenty_thousand_acts_are_read_in_half_a_second(table: Table) -> None:
    """And a meeting of five thousand questions is closed and read back without losing one."""
    session = table.open()
    done = session.act(Capture("question", Fields(text="question 0")))
    lines = []
    for place in range(1, 20_000):
        event = msgspec.structs.replace(
            done.act.events[0], entry=f"e{place}", number=place + 1, fields=Fields(text=f"question {place}")
        )
        act = msgspec.structs.replace(done.act, id=f"a{place}", n=done.act.n + place, writer="autre", events=(event,))
        lines.append(frame_act(act))
    session.leave()
    (session.folder / "autre.jsonl").write_bytes(b"".join(lines))
    began = time.process_time()
    again = table.join(session.meeting.id)
    took = time.process_time() - began
    assert len(again.meeting.entries) == 20_000
    assert took < 1.5, took
    began = time.process_time()
    capture(again, "encore une")
    assert time.process_time() - began < 0.05
    again.leave()
    assert len(texts(Replay(table.read(session.meeting.id)[1].read()).meeting)) == 20_001


@pytest.mark.slow
def test_a_meeting_of_a_thousand_long_entries_is_published_and_read_back(table: Table) -> None:
    """Minutes of megabytes: written in seconds, each entry once."""
    session = table.open()
    for place in range(300):
        capture(session, f"question {place} " + "[*_`<" * 300)
    for entry in session.meeting.undecided():
        session.act(Send(entry.id, "drop"))
    until = _limited(20)
    published = publish.close(session)
    session.leave()
    assert time.process_time() < until
    assert published.minutes.path.read_text(encoding="utf-8").count("**Q") >= 300
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2_000_000
