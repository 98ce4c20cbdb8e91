"""What went out of this workspace, so that nothing goes twice: what was begun, what came to its end.

Each line is on the disk before what it says is done. What was begun and has no end may have arrived: it is told, and not sent again by itself.
Names are kept as a digest: neither an address nor a question stands in the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from facilitator.i18n import Foreseen, Translator
from facilitator.store.accepted import digest_of
from facilitator.store.documents import SENDING_LOCK, in_turn
from facilitator.store.door import open_own, read_own
from facilitator.store.framing import body_of, frame
from facilitator.store.lines import append_lines
from facilitator.store.workspace import SENT_NAME

if TYPE_CHECKING:
    from facilitator.store.workspace import Workspace

_MOST = 32 * 1024 * 1024

State = Literal["begun", "sent", "not-sent"]


class Busy(Foreseen):
    """Somebody else of this workspace is sending."""

    def sentence(self, tr: Translator) -> str:
        """That nothing was sent."""
        return tr("Something is being sent from this folder already: nothing was sent by this try.")


@contextmanager
def sending(workspace: Workspace) -> Iterator[Sent]:
    """The memory, for the only one who sends from this workspace. Raises Busy while another one does, and OSError."""
    with ExitStack() as turn:
        try:
            turn.enter_context(in_turn(workspace, wait_s=0, lock=SENDING_LOCK))
        except BlockingIOError:
            raise Busy from None
        yield Sent(workspace)


class _Line(Struct, frozen=True):
    what: str
    state: State


_decode = msgspec.json.Decoder(_Line).decode


class Sent:
    """The memory of a workspace. What is sent is named by words that stay the same at the next try."""

    def __init__(self, workspace: Workspace) -> None:
        """Raises OSError when what is remembered cannot be read: without it something might go twice."""
        self.workspace = workspace
        self.path = workspace.private / SENT_NAME
        self._states: dict[str, State] = {}
        with suppress(FileNotFoundError, NotADirectoryError):
            for line in read_own(self.path, limit=_MOST).splitlines():
                if (body := body_of(line)) is not None:
                    with suppress(msgspec.MsgspecError):
                        one = _decode(body)
                        self._states[one.what] = one.state

    def state(self, *words: str) -> State | None:
        """What is known of it."""
        return self._states.get(digest_of(*words))

    def note(self, state: State, *words: str) -> None:
        """Remember it, on the disk. Raises OSError: then nothing may be sent."""
        what = digest_of(*words)
        self.workspace.ensure_private()
        fd = open_own(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
        try:
            append_lines(fd, self.workspace.private, frame(msgspec.json.encode(_Line(what, state))))
        finally:
            os.close(fd)
        self._states[what] = state
