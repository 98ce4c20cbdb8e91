"""What is typed and not entered: it outlives Escape, a kill and a closed terminal."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from facilitator.core.entry import Kind

if TYPE_CHECKING:
    from facilitator.session import Session

WAIT_S = 0.02


class HalfTyped(Struct, frozen=True):
    """A text that was typed and not entered: what it would become, and of an answer the id of its question."""

    kind: Kind | Literal["answer"]
    text: str
    entry: str | None = None


class Keeper:
    """Keeps it on the disk, off the path of the keys: of what a slow disk had no time for, only the last counts."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="draft")
        self._wanted: HalfTyped | None = None
        self._job: Future[None] | None = None

    def keep(self, typed: HalfTyped | None, wait_s: float = WAIT_S) -> None:
        """Keep this text alone, or none. It is waited for so long; what takes longer is done all the same.

        Raises:
            OSError: a text could not be kept, this one or the one before; said once.
        """
        if typed != self._wanted:
            self._wanted = typed
            self._job = self._thread.submit(self._write, typed, self._session.drafts_folder)
        if self._job is not None and wait([self._job], wait_s).done:
            job, self._job = self._job, None
            job.result()

    def _write(self, typed: HalfTyped | None, folder: Path) -> None:
        from facilitator.store.draft import Draft, clear_draft, save_draft

        if typed is not self._wanted:
            return
        if typed is not None:
            save_draft(folder, self._session.writer, Draft(kind=typed.kind, text=typed.text, entry=typed.entry))
            return
        # It may have been kept before its meeting existed.
        for place in (folder, self._session.workspace.drafts_folder):
            with suppress(OSError):  # no loss: its text was saved, and that is what was said
                clear_draft(place, self._session.writer)
