"""The server of the room on telephones, started and stopped from a screen: a process of its own, apart from the terminal."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from facilitator.i18n import Foreseen, Translator
from facilitator.store import platform
from facilitator.store.telephones import Serving, serving_of

if TYPE_CHECKING:
    from facilitator.meetings.session import Session

_STARTS_S = 15.0
_STOPS_S = 5.0
_STEP_S = 0.02
_STARTED: dict[
    int, subprocess.Popen[str]
] = {}  # those of this process: told apart from one that still ends, and waited for


class NotServed(Foreseen):
    """The room is not served to telephones; `why` is what the server said of it, in a person's language, or nothing."""

    def __init__(self, why: str = "") -> None:
        super().__init__(why)
        self.why = why

    def sentence(self, tr: Translator) -> str:
        """Why, as the server said it."""
        return self.why or tr("The room could not be opened to telephones.")


class NotBegun(NotServed):
    """Nothing is written of this meeting yet: there is nothing to serve."""

    def sentence(self, tr: Translator) -> str:
        """What to do first."""
        return tr("Nothing is written of this meeting yet: begin it, or note who is there, then open it to telephones.")


def start_serving(session: Session, *, language: str, address: str | None = None, port: int | None = None) -> Serving:
    """Serve the room of this meeting to telephones until `stop_serving`, or the close; who does it already goes on.

    It is waited for until it serves: some tenths of a second. Raises NotServed with the reason, in `language`; OSError.
    """
    if not session.exists:
        raise NotBegun
    workspace, meeting_id = session.workspace, session.meeting.id
    known = serving_of(workspace, meeting_id)
    if known is not None:
        return known
    words = [sys.executable, "-m", "facilitator", "room", "--web", "--meeting", meeting_id]
    words += ["--workspace", os.fspath(workspace.root), "--lang", language]
    words += ["--address", address] if address is not None else []
    words += ["--port", str(port)] if port is not None else []
    process = subprocess.Popen(  # noqa: S603  # this program
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    until = time.monotonic() + _STARTS_S
    while time.monotonic() < until:
        if process.poll() is not None:
            said = process.communicate()[1].strip()
            raise NotServed(said)
        found = serving_of(workspace, meeting_id)
        if found is not None and found.pid == process.pid:
            _STARTED[process.pid] = process
            return found
        time.sleep(_STEP_S)
    process.kill()
    process.communicate()
    raise NotServed


def stop_serving(session: Session) -> bool:
    """End the serving, whoever began it on this machine; False when nobody served here, or it did not end. Raises OSError."""
    workspace, meeting_id = session.workspace, session.meeting.id
    known = serving_of(workspace, meeting_id)
    if known is None or known.machine != platform.machine():
        return False
    with suppress(ProcessLookupError):
        os.kill(known.pid, signal.SIGTERM)
    until = time.monotonic() + _STOPS_S
    while serving_of(workspace, meeting_id) is not None and time.monotonic() < until:
        time.sleep(_STEP_S)
    started = _STARTED.pop(known.pid, None)
    if started is not None:
        with suppress(subprocess.TimeoutExpired):
            started.communicate(timeout=_STOPS_S)
    return serving_of(workspace, meeting_id) is None
