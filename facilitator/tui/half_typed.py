"""What is typed and not entered: it outlives Escape, another bar, another screen, a kill and a closed terminal."""

from __future__ import annotations

from collections.abc import Container, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct

from facilitator.core.vocabulary import Kind

if TYPE_CHECKING:
    from facilitator.meetings.session import Session
    from facilitator.store.half_typed import KeptText

WAIT_S = 0.02
# An entry; the answer to a question; the sentence of the minutes; the owners of an action; the title of a step.
Becomes = Kind | Literal["answer", "summary", "owners", "step"]
BECOMES = frozenset[str](name for part in get_args(Becomes) for name in get_args(part))


class HalfTyped(Struct, frozen=True):
    """A text that was typed and not entered: what it would become, and the id of the entry it is about."""

    kind: Becomes
    text: str
    entry: str | None = None


class Texts:
    """The texts in the bars and those that were left for something else; kept on the disk off the path of the keys.

    Of what a slow disk had no time for, only the last state counts.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="typed")
        self._kept: tuple[HalfTyped, ...] = ()
        self._job: Future[None] | None = None
        self._left: list[HalfTyped] = []
        self._typing: dict[object, HalfTyped] = {}

    def note(self, line: object, typed: HalfTyped | None) -> None:
        """What stands in a line now; there may be one on each of several screens, and the latest comes first."""
        self._typing.pop(line, None)
        if typed is not None:
            self._typing[line] = typed

    def leave(self, typed: HalfTyped) -> None:
        """Something else is begun, or nothing: the text waits until it is taken up."""
        self._left.append(typed)

    def take(self, kind: Becomes, entry: str | None = None) -> str:
        """The text that was left last for this, and for nothing else; empty when there is none."""
        found = self._last(kind, entry)
        if found is None:
            return ""
        self._left.remove(found)
        return found.text

    def drop(self, kind: Becomes) -> None:
        """What was left for this is saved, or nothing any more."""
        self._left = [one for one in self._left if one.kind != kind]

    def left(self, kind: Becomes, entry: str | None = None) -> str:
        """The same, left where it is."""
        found = self._last(kind, entry)
        return found.text if found is not None else ""

    def adopt(self, kept: Sequence[KeptText], entries: Container[str]) -> HalfTyped | None:
        """Take over what others left, the latest first; gives the latest.

        What it would have become may not be known here, or be about an entry that is not there: in doubt it is private.
        """
        texts: list[HalfTyped] = []
        for one in kept:
            known = one.kind in BECOMES and (one.entry is None or one.entry in entries)
            kind: Becomes = one.kind if known else "individual"  # type: ignore[assignment]  # as looked up
            texts.append(HalfTyped(kind, one.text, one.entry if known else None))
        self._left[:0] = reversed(texts)
        return texts[0] if texts else None

    def keep(self, wait_s: float = WAIT_S) -> None:
        """Keep it all on the disk. It is waited for so long; what takes longer is done all the same.

        Raises:
            OSError: a text could not be kept, this one or one before; said once.
        """
        wanted = (*reversed(self._typing.values()), *reversed(self._left))
        if wanted != self._kept:
            self._kept = wanted
            self._job = self._thread.submit(self._write, wanted, self._session.texts_folder)
        if self._job is not None and wait([self._job], wait_s).done:
            job, self._job = self._job, None
            job.result()

    def _last(self, kind: Becomes, entry: str | None) -> HalfTyped | None:
        return next((one for one in reversed(self._left) if (one.kind, one.entry) == (kind, entry)), None)

    def _write(self, wanted: tuple[HalfTyped, ...], folder: Path) -> None:
        from facilitator.store.half_typed import KeptText, clear_texts, save_texts

        if wanted is not self._kept:
            return
        if wanted:
            first, *others = (KeptText(kind=one.kind, text=one.text, entry=one.entry) for one in wanted)
            save_texts(folder, self._session.writer, first, others)
        # It may have been kept before its meeting existed.
        early = self._session.workspace.texts_folder
        for place in {early} - {folder} if wanted else {early, folder}:
            with suppress(OSError):  # no loss: its text was saved, and that is what was said
                clear_texts(place, self._session.writer)
