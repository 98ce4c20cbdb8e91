"""A person who captures without pause: `writer.py ROOT MEETING NAME LOG [--command] [--count N] [--size MAX] …`.

The log says `try TEXT` before and `ack TEXT` after an act was acknowledged, each line in one write.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from facilitator.core.acts import Capture
from facilitator.core.said import Fields
from facilitator.meetings.session import Session
from facilitator.store import platform
from facilitator.store.journal import NotSaved
from facilitator.store.workspace import Workspace
from tests.faults.harness import full


def main() -> int:
    """Capture until the count is reached or an act could not be saved."""
    words = argparse.ArgumentParser()
    words.add_argument("root", type=Path)
    words.add_argument("meeting")
    words.add_argument("name")
    words.add_argument("log", type=Path)
    words.add_argument("--command", action="store_true", help="share the commands' file")
    words.add_argument("--count", type=int, default=1_000_000)
    words.add_argument("--size", type=int, default=0, help="up to so many characters more")
    words.add_argument("--again", type=int, default=0, help="how often an act that was not saved is tried again")
    words.add_argument("--without-sync", action="store_true", help="the protection taken out")
    given = words.parse_args()
    if given.without_sync:
        platform.SYSTEM.sync_data = lambda _: None
    log = os.open(given.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    session = Session.join(
        Workspace(given.root), given.meeting, terminal=not given.command, actor=f"{given.name}@laptop"
    )
    random = Random(given.name)
    for place in range(given.count):
        size = random.choice((0, 0, 0, given.size // 10, given.size)) if given.size else 0
        text = f"{given.name}-{place:06}" + (f"|{size}" if size else "")
        os.write(log, f"try {text}\n".encode())
        if not _capture(session, text, log, given.again):
            return 1
    session.leave()
    return 0


_named: set[Path | None] = {None}


def _capture(session: Session, text: str, log: int, again: int) -> bool:
    for _ in range(again + 1):
        started = time.monotonic()
        try:
            done = session.act(Capture("question", Fields(text=full(text))))
        except NotSaved as error:
            os.write(log, f"not {error.reason} {error.path}\n".encode())
            time.sleep(0.05)
            continue
        os.write(log, f"ack {text}\nnum {done.entry.label} {text}\n".encode())
        fallback = session.journal.fallback
        if fallback not in _named:
            _named.add(fallback)
            os.write(log, f"fallback {fallback}\n".encode())
        if time.monotonic() - started > 1:
            os.write(log, f"slow {time.monotonic() - started:.1f}\n".encode())
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
