"""Killed while capturing: what was acknowledged is there, once, whole."""

from __future__ import annotations

import time
from random import Random

import pytest

from .harness import Table, capture, texts, wait_for_an_act

pytestmark = pytest.mark.fault(1)


@pytest.mark.ci
@pytest.mark.parametrize("writers", [1, 3])
def test_kill_nine_at_any_moment_loses_nothing_that_was_acknowledged(table: Table, count, rounds, writers: int) -> None:
    """Terminals and commands are killed together at a random moment, and others go on in the same meeting."""
    random = Random(writers)
    meeting, logs = table.begin(), []
    for place in range(rounds(2, 20, 200)):
        started = [
            table.writer(meeting, f"w{place}-{one}", *(["--command"] if one == 2 else []), "--size", "9000")
            for one in range(writers)
        ]
        wait_for_an_act(started)
        time.sleep(random.random() * 0.15)
        for writer in started:
            writer.kill()
        logs += [writer.log for writer in started]
        count("killed", table.judge(meeting, logs[-writers:], among=logs))
        if place % 5 == 4:
            meeting, logs = table.begin(), []


def test_the_torn_line_of_a_killed_writer_is_kept_and_told(table: Table) -> None:
    """Half a line stays in the file, is counted, and hides neither what was before nor what comes after."""
    session = table.open(terminal=False)
    capture(session, "avant")
    session.leave()
    (path,) = session.folder.glob("*.jsonl")
    torn = path.read_bytes() + path.read_bytes().splitlines()[-1].replace(b"avant", b"perdu")[:90]
    path.write_bytes(torn)
    again = table.join(session.meeting.id, terminal=False)
    capture(again, "après")
    again.leave()
    found, journal = table.read(session.meeting.id)
    assert texts(found) == ["avant", "après"]
    assert path.read_bytes().startswith(torn + b"\n")
    assert [(where, why) for where, _, why in journal.diagnostics.unreadable] == [(path, "foreign")]
