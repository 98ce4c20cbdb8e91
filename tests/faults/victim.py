"""A process that does one thing once it is let go, to be killed at each of its system calls: `victim.py ROOT`.

Reads `ACTION ARGUMENTS…` lines; for each, a copy of itself stops before the action. Says the copy's id, then how it ended.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from facilitator.core.acts import Start
from facilitator.core.network import Network
from facilitator.core.refusal import Refused
from facilitator.i18n import translator
from facilitator.meetings import publishing as publish
from facilitator.meetings.session import Session
from facilitator.store.atomic import replace_document
from facilitator.store.workspace import Workspace
from tests.faults.harness import agenda, capture


def act(root: str, meeting: str, text: str, kind: str) -> None:
    """Join a meeting and capture a text."""
    session = Session.join(Workspace(Path(root)), meeting, terminal=kind == "terminal", actor="claire@laptop")
    capture(session, text)
    session.leave()


def first(root: str, text: str) -> None:
    """Make a meeting, and with it everything that is not there yet."""
    session = Session.prepare(
        Workspace(Path(root)), agenda(), Network(), zone="Europe/Paris", language="fr", terminal=True
    )
    with suppress(Refused):  # whoever was killed a moment ago may have begun it
        session.act(Start())
    capture(session, text)
    session.leave()


def close(root: str, meeting: str) -> None:
    """Close a meeting and publish it."""
    session = Session.join(Workspace(Path(root)), meeting, terminal=False, actor="claire@laptop")
    publish.close(session, summary="Une bonne rencontre.")
    session.leave()


def draft(root: str, meeting: str) -> None:
    """Write the draft of the minutes."""
    session = Session.join(Workspace(Path(root)), meeting, terminal=False, actor="claire@laptop")
    publish.write_draft(session)
    session.leave()


def document(path: str, text: str) -> None:
    """Replace a document."""
    replace_document(Path(path).parents[1], Path(path), text.encode())


ACTIONS: dict[str, Callable[..., None]] = {
    "act": act,
    "first": first,
    "close": close,
    "draft": draft,
    "document": document,
}


def main() -> None:
    """Do what is asked, one thing after the other."""
    translator("fr")
    for line in sys.stdin:
        action, *arguments = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            os.kill(os.getpid(), signal.SIGSTOP)
            code = 3
            try:
                ACTIONS[action](*arguments)
                code = 0
            finally:
                os._exit(code)
        os.waitpid(child, os.WUNTRACED)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
